// SPDX-License-Identifier: Apache-2.0

//! The schedule, payment period by payment period, in integers of any size.

use caliber_math::{Amortization, Fee, LateTerms, Schedule};
use num_bigint::BigUint;
use num_traits::Zero;

use super::{big, calendar, ceil_div, wad};

/// Payment that one payment period owes.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
	pub due_at: u64,
	pub principal: BigUint,
	pub interest: BigUint,
	pub balance_after: BigUint,
}

/// Payment periods of a loan.
pub struct Periods {
	schedule: Schedule,
	has_stub: bool,
	pub due_dates: Vec<u64>,
}

impl Periods {
	pub fn of(schedule: &Schedule) -> Self {
		Self {
			schedule: *schedule,
			has_stub: calendar::has_stub(&schedule.calendar, schedule.originated_at),
			due_dates: calendar::due_dates(&schedule.calendar, schedule.originated_at),
		}
	}

	pub fn count(&self) -> usize {
		self.due_dates.len()
	}

	/// Returns the blended rate times the length of payment period `k`, at 1e-18.
	fn accrual(&self, k: usize) -> BigUint {
		let start = if k == 0 { self.schedule.originated_at } else { self.due_dates[k - 1] };
		big(self.schedule.rate_per_second) * big(self.due_dates[k] - start)
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
					for period in (k..=last).rev() {
						d += &g;
						g = g * (wad() + self.accrual(period)) / wad();
					}
					let level = balance * g / d;
					let wanted = if level > interest { level - &interest } else { BigUint::zero() };
					wanted.min(balance.clone())
				}
			}
		};
		let balance_after = balance - &principal;
		Row { due_at: self.due_dates[k], principal, interest, balance_after }
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

/// Returns the late interest of `balance` from `since` to `now`, a second at a time of those after
/// the due date and within the grace period.
pub fn late_interest(
	balance: &BigUint,
	late: &LateTerms,
	due_date: u64,
	since: u64,
	now: u64,
) -> BigUint {
	let from = big(since.max(due_date));
	let until = big(now).min(big(due_date) + big(late.grace_period_secs));
	interest(balance, late.grace_rate_per_second, &from, &until)
}

/// Returns the simple interest of `balance` from one time to another, rounded up.
pub fn interest(balance: &BigUint, rate: u128, from: &BigUint, until: &BigUint) -> BigUint {
	if until <= from {
		return BigUint::zero();
	}
	ceil_div(balance * big(rate) * (until - from), &wad())
}

/// Returns the fee on `base`.
pub fn fee(fee: &Fee, base: &BigUint) -> BigUint {
	match *fee {
		Fee::None => BigUint::zero(),
		Fee::Absolute(amount) => big(amount),
		Fee::Share(ppb) => ceil_div(base * ppb, &big(1_000_000_000_u32)),
	}
}
