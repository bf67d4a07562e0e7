// SPDX-License-Identifier: Apache-2.0

//! What the vault remembers of a window after cancelling in it has ended, and of money that leaves
//! at once.

use caliber_math::{mul_div, MathError, Meter, Rounding, SECONDS_PER_DAY};
use caliber_primitives::{Balance, Seconds, WindowIndex};
use codec::{Decode, Encode, MaxEncodedLen};
use polkadot_sdk::sp_runtime::FixedU128;
use scale_info::TypeInfo;

/// Number of windows whose clearing is remembered.
pub const CLEARED_WINDOWS: u32 = 64;

/// Redemption price at the moment in which cancelling ended in a window.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct ReferencePrice {
	/// The window.
	pub window: WindowIndex,
	/// Redemption price before the first transaction after that moment, USDai a share.
	pub price: FixedU128,
}

/// Time in which the requests of closed windows can be cancelled again.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Reopening {
	/// The last of the windows.
	pub window: WindowIndex,
	/// First second in which its requests cannot be cancelled, unix seconds.
	pub until: Seconds,
}

/// Sales of Treasury bills for requests that wait.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct RaisedMoney {
	/// USDai that came in for the requests.
	pub amount: Balance,
	/// Loss of these sales against the mark of the bills, in USDai.
	pub cost: Balance,
}

impl RaisedMoney {
	/// Returns the part of the cost that requests bear whose proceeds are `proceeds`: all of it if
	/// they take all that was raised, else in proportion, rounded up. Never more than the proceeds.
	///
	/// # Errors
	/// None in the range of [`mul_div`]: the result is at most the cost.
	pub fn cost_of(&self, proceeds: Balance) -> Result<Balance, MathError> {
		let cost = match proceeds < self.amount {
			true => mul_div(self.cost, proceeds, self.amount, Rounding::Up)?,
			false => self.cost,
		};
		Ok(cost.min(proceeds))
	}

	/// Returns the proceeds for which `idle` USDai is enough, their cost taken off, rounded down.
	///
	/// # Errors
	/// [`MathError::Overflow`] when they do not fit.
	pub fn proceeds_for(&self, idle: Balance) -> Result<Balance, MathError> {
		let Some(paid) = self.amount.checked_sub(self.cost).filter(|paid| *paid > 0) else {
			return Ok(idle);
		};
		if idle >= paid {
			return idle.checked_add(self.cost).ok_or(MathError::Overflow);
		}
		mul_div(idle, self.amount, paid, Rounding::Down)
	}

	/// Takes off what was raised for requests of this worth that are not served.
	///
	/// # Errors
	/// Those of [`mul_div`]: none, as the parts are at most the whole.
	pub fn forget(&mut self, worth: Balance) -> Result<(), MathError> {
		let part = worth.min(self.amount);
		if part == 0 {
			return Ok(());
		}
		let cost = mul_div(self.cost, part, self.amount, Rounding::Up)?;
		self.amount = self.amount.checked_sub(part).ok_or(MathError::Overflow)?;
		self.cost = self.cost.checked_sub(cost).ok_or(MathError::Overflow)?;
		Ok(())
	}
}

/// Clearing of a window, for bids that were sealed in it and not revealed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct ClearedWindow {
	/// The window.
	pub window: WindowIndex,
	/// Its clearing tick, in basis points.
	pub tick: u16,
	/// True if not all of its last part was there to reveal bids in.
	pub excused: bool,
}

/// Shares of the requests that bid in a window.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct SealedShares {
	/// The window.
	pub window: WindowIndex,
	/// Shares of its requests with a sealed or revealed bid.
	pub shares: Balance,
}

/// Served requests that idle work has yet to pay out: positions from `first` to before `next`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct PayoutRange {
	/// Position that is paid next.
	pub first: u64,
	/// Position of the request that is served next.
	pub next: u64,
}

/// USDai that was redeemed at once and counts against the limit of a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Exits {
	/// Amount that counted at `at`.
	pub used: Balance,
	/// Time of the last redemption, unix seconds.
	pub at: Seconds,
}

impl Exits {
	/// Returns the amount that still counts at `now`, rounded up. The limit frees as much in a day,
	/// however far it has fallen since ([`Meter`]).
	///
	/// # Errors
	/// None: a day is not zero.
	pub fn used_at(&self, now: Seconds, limit: Balance) -> Result<Balance, MathError> {
		let Self { used, at } = *self;
		Meter { used, at }.used_at(now, limit, SECONDS_PER_DAY)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn cost_should_be_borne_in_full_by_who_takes_what_was_raised() {
		let raised = RaisedMoney { amount: 1_000, cost: 7 };
		assert_eq!(raised.cost_of(1_000), Ok(7));
		assert_eq!(raised.cost_of(5_000), Ok(7));
		// 3.5, rounded up.
		assert_eq!(raised.cost_of(500), Ok(4));
		assert_eq!(raised.cost_of(0), Ok(0));
		assert_eq!(RaisedMoney { amount: 0, cost: 0 }.cost_of(9), Ok(0));
		assert_eq!(RaisedMoney { amount: 1, cost: 50 }.cost_of(9), Ok(9));
	}

	#[test]
	fn exits_should_be_gone_evenly_however_long_it_takes() {
		let exits = Exits { used: 1_000, at: 100 };
		assert_eq!(exits.used_at(100, 1_000), Ok(1_000));
		assert_eq!(exits.used_at(100 + SECONDS_PER_DAY / 2, 1_000), Ok(500));
		assert_eq!(exits.used_at(100 + SECONDS_PER_DAY, 1_000), Ok(0));
		// A day frees a limit, and a thousand days a thousand of them.
		assert_eq!(exits.used_at(100 + SECONDS_PER_DAY, 1), Ok(999));
		assert_eq!(exits.used_at(100 + 1_000 * SECONDS_PER_DAY, 1), Ok(0));
		assert_eq!(exits.used_at(u64::MAX, 1), Ok(0));
		assert_eq!(exits.used_at(99 + SECONDS_PER_DAY, 0), Ok(1_000));
		assert_eq!(exits.used_at(100 + SECONDS_PER_DAY, 0), Ok(0));
		assert_eq!(exits.used_at(0, 1_000), Ok(1_000));
	}

	/// Two millions leave at once, 2 % of a hundred. A settlement pays sixty, and 2 % of the rest are
	/// 800 000.
	#[test]
	fn exits_should_open_again_when_the_assets_have_fallen() {
		let exits = Exits { used: 2_000_000, at: 0 };
		let used = |half_days: u64| exits.used_at(half_days * SECONDS_PER_DAY / 2, 800_000);
		assert_eq!(used(0), Ok(2_000_000));
		assert_eq!(used(2), Ok(1_200_000));
		assert_eq!(used(3), Ok(800_000));
		assert_eq!(used(4), Ok(400_000));
		assert_eq!(used(5), Ok(0));
	}
}
