//! The schedule, window by window, in integers of any size.

use caliber_math::{Amortization, Fee, LateTerms, Schedule};
use num_bigint::BigUint;
use num_traits::Zero;

use super::{big, calendar, ceil_div, wad};

/// What one window owes.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
	pub due_at: u64,
	pub principal: BigUint,
	pub interest: BigUint,
	pub balance_after: BigUint,
}

/// A loan's windows.
pub struct Windows {
	schedule: Schedule,
	has_stub: bool,
	pub deadlines: Vec<u64>,
}

impl Windows {
	pub fn of(schedule: &Schedule) -> Self {
		Self {
			schedule: *schedule,
			has_stub: calendar::has_stub(&schedule.calendar, schedule.originated_at),
			deadlines: calendar::deadlines(&schedule.calendar, schedule.originated_at),
		}
	}

	pub fn count(&self) -> usize {
		self.deadlines.len()
	}

	/// blended · window
	fn accrual(&self, k: usize) -> BigUint {
		let start = if k == 0 { self.schedule.originated_at } else { self.deadlines[k - 1] };
		big(self.schedule.rate_per_second) * big(self.deadlines[k] - start)
	}

	pub fn row(&self, k: usize, balance: &BigUint) -> Row {
		let interest = ceil_div(balance * self.accrual(k), &wad());
		let last = self.count() - 1;
		let principal = if k == last {
			balance.clone()
		} else if k == 0 && self.has_stub && !self.schedule.stub_amortizes {
			BigUint::zero()
		} else {
			match self.schedule.amortization {
				Amortization::Bullet => BigUint::zero(),
				Amortization::Linear => balance / big(self.count() - k),
				Amortization::Level => {
					let (mut g, mut d) = (wad(), BigUint::zero());
					for window in (k..=last).rev() {
						d += &g;
						g = g * (wad() + self.accrual(window)) / wad();
					}
					let level = balance * g / d;
					let wanted = if level > interest { level - &interest } else { BigUint::zero() };
					wanted.min(balance.clone())
				}
			}
		};
		let balance_after = balance - &principal;
		Row { due_at: self.deadlines[k], principal, interest, balance_after }
	}

	pub fn rows(&self, principal: u128) -> Vec<Row> {
		let mut balance = big(principal);
		(0..self.count())
			.map(|k| {
				let row = self.row(k, &balance);
				balance = row.balance_after.clone();
				row
			})
			.collect()
	}
}

/// What is paid at `now` for being late.
pub fn late_interest(balance: &BigUint, late: &LateTerms, deadline: u64, now: u64) -> BigUint {
	if now <= deadline {
		return BigUint::zero();
	}
	let seconds = big((now - deadline).min(late.grace_period_secs));
	ceil_div(balance * big(late.grace_rate_per_second) * seconds, &wad())
}

/// A fee on `base`.
pub fn fee(fee: &Fee, base: &BigUint) -> BigUint {
	match *fee {
		Fee::None => BigUint::zero(),
		Fee::Absolute(amount) => big(amount),
		Fee::Share(ppb) => ceil_div(base * ppb, &big(1_000_000_000_u32)),
	}
}
