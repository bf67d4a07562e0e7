// SPDX-License-Identifier: Apache-2.0

//! Amount that is used up and becomes free again by the clock.

use crate::{mul_div, MathError, Rounding};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Amount in use, of a limit that frees as much in each period.
///
/// What is used is gone evenly: after `used / limit` periods, however long that is. A use within the
/// limit is gone after one period at most. Where the limit falls below what is in use, nothing is
/// left until the clock has freed the difference. A limit of zero frees all at the end of a period.
///
/// The limit refills from the first second on. So two limits may be used within a period: one that
/// was free at its begin, and one that it frees.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Meter {
	/// Amount in use at `at`.
	pub used: u128,
	/// Time of the last use, unix seconds.
	pub at: u64,
}

impl Meter {
	/// Returns the amount that is still in use at `now`, rounded up:
	/// `max(0, used − floor(limit · (now − at) / period))`.
	///
	/// # Errors
	/// [`MathError::DivisionByZero`] where the period is zero.
	pub fn used_at(&self, now: u64, limit: u128, period: u64) -> Result<u128, MathError> {
		// Saturating is safe here: a span of time, not an amount.
		let passed = now.saturating_sub(self.at);
		if limit == 0 && passed >= period {
			return Ok(0);
		}
		match mul_div(limit, passed.into(), period.into(), Rounding::Down) {
			// Saturating is meant: no more than was used becomes free.
			Ok(freed) => Ok(self.used.saturating_sub(freed)),
			// More is freed than any amount.
			Err(MathError::Overflow) => Ok(0),
			Err(error) => Err(error),
		}
	}

	/// Returns the amount that is free at `now`, rounded down; none while more than the limit is in
	/// use.
	///
	/// # Errors
	/// See [`Self::used_at`].
	pub fn left(&self, now: u64, limit: u128, period: u64) -> Result<u128, MathError> {
		// Saturating is meant: a limit that was lowered may be less than what is in use.
		Ok(limit.saturating_sub(self.used_at(now, limit, period)?))
	}

	/// Returns the meter with `amount` used at `now`. Nothing used leaves it as it is, and the time
	/// goes on counting.
	///
	/// # Errors
	/// [`MathError::Overflow`] where the sum does not fit, and that of [`Self::used_at`].
	pub fn with(
		&self,
		now: u64,
		amount: u128,
		limit: u128,
		period: u64,
	) -> Result<Self, MathError> {
		if amount == 0 {
			return Ok(*self);
		}
		let used = self.used_at(now, limit, period)?;
		Ok(Self { used: used.checked_add(amount).ok_or(MathError::Overflow)?, at: now })
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::SECONDS_PER_HOUR as HOUR;
	use proptest::prelude::*;

	#[test]
	fn meter_should_free_a_limit_in_a_period() {
		let meter = Meter::default().with(1_000, 900, 1_000, HOUR).unwrap();
		assert_eq!(meter, Meter { used: 900, at: 1_000 });
		assert_eq!(meter.left(1_000, 1_000, HOUR), Ok(100));
		// Before its time nothing is freed.
		assert_eq!(meter.left(0, 1_000, HOUR), Ok(100));
		// 1 000 · 1 800 / 3 600.
		assert_eq!(meter.left(2_800, 1_000, HOUR), Ok(600));
		assert_eq!(meter.left(4_240, 1_000, HOUR), Ok(1_000));
		assert_eq!(meter.left(u64::MAX, 1_000, HOUR), Ok(1_000));
		// What is freed is rounded down.
		assert_eq!(meter.used_at(1_003, 1_000, HOUR), Ok(900));
		assert_eq!(meter.used_at(1_004, 1_000, HOUR), Ok(899));
		let more = meter.with(2_800, 500, 1_000, HOUR).unwrap();
		assert_eq!(more, Meter { used: 900, at: 2_800 });
		assert_eq!(meter.with(1_000, u128::MAX, 1_000, HOUR), Err(MathError::Overflow));
	}

	/// A million is used, and then the limit falls to 400 000: it takes two and a half hours.
	#[test]
	fn meter_should_free_all_however_far_the_limit_has_fallen() {
		let meter = Meter { used: 1_000_000, at: 0 };
		let left = |hours_of_ten: u64| meter.left(hours_of_ten * HOUR / 10, 400_000, HOUR);
		assert_eq!(left(0), Ok(0));
		// After an hour 600 000 are in use.
		assert_eq!(left(10), Ok(0));
		assert_eq!(left(15), Ok(0));
		assert_eq!(left(20), Ok(200_000));
		assert_eq!(left(25), Ok(400_000));
		// A limit of one takes a million hours.
		assert_eq!(meter.used_at(999_999 * HOUR, 1, HOUR), Ok(1));
		assert_eq!(meter.used_at(1_000_000 * HOUR, 1, HOUR), Ok(0));
	}

	#[test]
	fn limit_of_zero_should_free_all_after_a_period() {
		let meter = Meter { used: 7, at: 100 };
		assert_eq!(meter.used_at(99 + HOUR, 0, HOUR), Ok(7));
		assert_eq!(meter.used_at(100 + HOUR, 0, HOUR), Ok(0));
		assert_eq!(meter.left(u64::MAX, 0, HOUR), Ok(0));
	}

	#[test]
	fn limits_beyond_all_amounts_should_free_all() {
		let meter = Meter { used: u128::MAX, at: 0 };
		assert_eq!(meter.used_at(u64::MAX, u128::MAX, 1), Ok(0));
		assert_eq!(meter.used_at(1, u128::MAX, 2), Ok(u128::MAX / 2 + 1));
		assert_eq!(meter.used_at(0, u128::MAX, 0), Err(MathError::DivisionByZero));
	}

	#[test]
	fn nothing_used_should_keep_the_time() {
		// A unit is freed in six minutes, and ten uses of nothing on the way put it off by nothing.
		let mut meter = Meter { used: 5, at: 0 };
		for minute in 1..=10 {
			meter = meter.with(minute * 36, 0, 10, HOUR).unwrap();
		}
		assert_eq!(meter.used_at(360, 10, HOUR), Ok(4));
	}

	proptest! {
		#[test]
		fn use_should_be_gone_after_its_part_of_the_limit(
			used in 1u128..1_000_000_000_000_000_000_000_000_000,
			limit in 1u128..1_000_000_000_000_000_000_000_000_000,
			period in 1u64..1_000_000,
		) {
			let meter = Meter { used, at: 1_000 };
			let whole = (used * u128::from(period)).div_ceil(limit);
			let Ok(whole) = u64::try_from(whole) else { return Ok(()) };
			let Some(end) = whole.checked_add(1_000) else { return Ok(()) };
			prop_assert_eq!(meter.used_at(end, limit, period), Ok(0));
			prop_assert_eq!(meter.left(end, limit, period), Ok(limit));
			prop_assert!(meter.used_at(end - 1, limit, period).unwrap() > 0);
		}

		#[test]
		fn use_should_never_grow_by_itself(
			used in 0u128..u128::MAX,
			limit in 0u128..u128::MAX,
			period in 1u64..1_000_000,
			first in 0u64..u64::MAX,
			second in 0u64..u64::MAX,
		) {
			let meter = Meter { used, at: 0 };
			let (early, late) = (first.min(second), first.max(second));
			let at = |time| meter.used_at(time, limit, period).unwrap();
			prop_assert!(at(late) <= at(early));
			prop_assert!(at(early) <= used);
		}

		#[test]
		fn uses_of_a_period_should_be_two_limits_at_most(
			limit in 1u128..1_000_000,
			uses in prop::collection::vec((0u64..2_000, 0u128..1_000_000), 1..40),
		) {
			let (mut meter, mut now) = (Meter::default(), 10_000);
			let mut made: Vec<(u64, u128)> = Vec::new();
			for (wait, wanted) in uses {
				now += wait;
				let amount = wanted.min(meter.left(now, limit, HOUR).unwrap());
				meter = meter.with(now, amount, limit, HOUR).unwrap();
				prop_assert!(meter.used_at(now, limit, HOUR).unwrap() <= limit);
				made.push((now, amount));
				let of_period = made.iter().filter(|(at, _)| at + HOUR > now);
				prop_assert!(of_period.map(|(_, amount)| amount).sum::<u128>() <= 2 * limit);
			}
		}
	}
}
