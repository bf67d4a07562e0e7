// SPDX-License-Identifier: Apache-2.0

//! Income that is received and not earned yet. It runs off linearly.

use crate::{mul_div, MathError, Rounding};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Income that nobody owns yet: `amount` at the time `since`, nothing from `until` on, and in
/// proportion to the time between.
///
/// Several incomes share one buffer. The time that remains of the buffer is the mean of the times
/// that remain of its parts, weighted by their amounts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Locked {
	/// Amount that was locked at `since`.
	pub amount: u128,
	/// Time from which the amount runs off, unix seconds.
	pub since: u64,
	/// First second in which nothing is locked, unix seconds.
	pub until: u64,
}

impl Locked {
	/// Returns the amount that is still locked at `now`, rounded up:
	/// `ceil(amount · (until − now) / (until − since))`.
	///
	/// # Errors
	/// None in the range of [`mul_div`]: the result is at most `amount`.
	pub fn at(&self, now: u64) -> Result<u128, MathError> {
		// Saturating is safe here and below: spans of time, not amounts. After the end nothing is left.
		let left = self.until.saturating_sub(now);
		let whole = self.until.saturating_sub(self.since);
		if left >= whole {
			// Before it began, or without a period, all of it is locked until `until`.
			return Ok(if left == 0 { 0 } else { self.amount });
		}
		mul_div(self.amount, left.into(), whole.into(), Rounding::Up)
	}

	/// Returns the buffer with `income` added at `now`, which is earned within `period` seconds.
	///
	/// With l the amount still locked, the period becomes
	/// `max(1, floor((l · (until − now) + income · period) / (l + income)))`: rounded down, so that
	/// small incomes do not put the end off.
	///
	/// # Errors
	/// [`MathError::Overflow`] when a product or sum does not fit.
	pub fn with(&self, now: u64, income: u128, period: u64) -> Result<Self, MathError> {
		let left = self.at(now)?;
		if income == 0 {
			return Ok(*self);
		}
		let amount = left.checked_add(income).ok_or(MathError::Overflow)?;
		let remaining = self.until.saturating_sub(now);
		let weighed = |part: u128, time: u64| part.checked_mul(time.into());
		let weight = weighed(left, remaining)
			.and_then(|sum| sum.checked_add(weighed(income, period)?))
			.ok_or(MathError::Overflow)?;
		let mean = u64::try_from(weight.checked_div(amount).ok_or(MathError::DivisionByZero)?)
			.map_err(|_| MathError::Overflow)?;
		let until = now.checked_add(mean.max(1)).ok_or(MathError::Overflow)?;
		Ok(Self { amount, since: now, until })
	}

	/// Returns the buffer with up to `loss` taken out at `now`, and what was taken. The end stays.
	///
	/// # Errors
	/// None in the range of [`mul_div`].
	pub fn without(&self, now: u64, loss: u128) -> Result<(Self, u128), MathError> {
		let left = self.at(now)?;
		let taken = left.min(loss);
		if taken == 0 {
			return Ok((*self, 0));
		}
		// `taken` is at most `left`.
		let amount = left - taken;
		let until = if amount == 0 { now } else { self.until };
		Ok((Self { amount, since: now, until }, taken))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	#[test]
	fn at_should_run_off_linearly_and_round_up() {
		let locked = Locked { amount: 100, since: 1_000, until: 1_030 };
		assert_eq!(locked.at(900), Ok(100));
		assert_eq!(locked.at(1_000), Ok(100));
		// 100 · 29 / 30 = 96.67.
		assert_eq!(locked.at(1_001), Ok(97));
		assert_eq!(locked.at(1_015), Ok(50));
		assert_eq!(locked.at(1_029), Ok(4));
		assert_eq!(locked.at(1_030), Ok(0));
		assert_eq!(locked.at(u64::MAX), Ok(0));
		assert_eq!(Locked::default().at(0), Ok(0));
	}

	#[test]
	fn with_should_take_the_mean_of_the_times_by_amount() {
		let first = Locked::default().with(1_000, 300, 100).unwrap();
		assert_eq!(first, Locked { amount: 300, since: 1_000, until: 1_100 });
		// At 1 050 there are 150 for 50 seconds; 50 more for 100: (7 500 + 5 000) / 200 = 62.5.
		let second = first.with(1_050, 50, 100).unwrap();
		assert_eq!(second, Locked { amount: 200, since: 1_050, until: 1_112 });
		assert_eq!(second.with(1_060, 0, 5), Ok(second));
	}

	#[test]
	fn with_should_lock_for_a_second_at_least() {
		let locked = Locked::default().with(7, 5, 0).unwrap();
		assert_eq!(locked, Locked { amount: 5, since: 7, until: 8 });
	}

	#[test]
	fn without_should_take_no_more_than_is_locked() {
		let locked = Locked { amount: 100, since: 0, until: 100 };
		let (rest, taken) = locked.without(40, 20).unwrap();
		assert_eq!((rest, taken), (Locked { amount: 40, since: 40, until: 100 }, 20));
		let (rest, taken) = locked.without(40, 61).unwrap();
		assert_eq!((rest, taken), (Locked { amount: 0, since: 40, until: 40 }, 60));
		assert_eq!(locked.without(100, 1), Ok((locked, 0)));
	}

	#[test]
	fn figures_should_be_refused_when_they_overflow() {
		let most = Locked { amount: u128::MAX, since: 0, until: 2 };
		assert_eq!(most.at(1), Ok(u128::MAX / 2 + 1));
		assert_eq!(most.with(0, 1, 1), Err(MathError::Overflow));
		assert_eq!(Locked::default().with(u64::MAX, 1, 1), Err(MathError::Overflow));
	}

	proptest! {
		#[test]
		fn with_should_end_between_both_ends(
			amount in 1u128..1_000_000_000_000_000_000_000_000,
			period in 1u64..3_000_000,
			wait in 0u64..3_000_000,
			income in 1u128..1_000_000_000_000_000_000_000_000,
			other in 1u64..3_000_000,
		) {
			let first = Locked::default().with(0, amount, period).unwrap();
			let left = first.at(wait).unwrap();
			let second = first.with(wait, income, other).unwrap();
			prop_assert_eq!(second.at(wait), Ok(left + income));
			let (mine, theirs) = (period.saturating_sub(wait), other);
			let remaining = second.until - wait;
			prop_assert!(remaining <= mine.max(theirs).max(1));
			if left > 0 {
				prop_assert!(remaining >= mine.min(theirs));
			}
			// The sum of amount and time is not more than that of both.
			let weight = left * u128::from(mine) + income * u128::from(theirs);
			prop_assert!((left + income) * u128::from(remaining) <= weight.max(left + income));
		}

		#[test]
		fn the_amount_should_never_grow_by_itself(
			amount in 0u128..u128::MAX / 2,
			since in 0u64..1_000,
			period in 1u64..10_000_000,
			first in 0u64..11_000_000,
			second in 0u64..11_000_000,
		) {
			let locked = Locked { amount, since, until: since + period };
			let (early, late) = (first.min(second), first.max(second));
			prop_assert!(locked.at(late).unwrap() <= locked.at(early).unwrap());
			prop_assert!(locked.at(early).unwrap() <= amount);
		}
	}
}
