// SPDX-License-Identifier: Apache-2.0

//! Offer whose price moves by the clock, and is taken back by what is traded.

use crate::{mul_div, MathError, Rounding, WAD};

/// Place of an offer on the path of its price.
///
/// The place goes from 0 to 1 within `period` seconds and stays there. A trade takes it back by its
/// share of `full`, and never below 0. Each part of a trade is paid by the place that it finds: the
/// mean of the places that the trade passes counts for the whole of it. So it makes no difference
/// into how many trades of one second an amount is cut, but for rounding, which is against the one
/// who trades.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ClockedOffer {
	/// Seconds that the place has moved for; more than `period` count as `period`.
	pub elapsed: u64,
	/// Seconds from 0 to 1, not zero.
	pub period: u64,
	/// Amount whose trade takes the place back from 1 to 0, not zero.
	pub full: u128,
}

impl ClockedOffer {
	/// Returns the mean of the places that a trade of `amount` passes, at 1e-18, rounded down. With
	/// p the present place and f the share of `full`: `p − f / 2`, or `p² / 2f` where f > p.
	///
	/// # Errors
	/// - [`MathError::DivisionByZero`] when `period` or `full` is zero.
	/// - [`MathError::Overflow`] when the share does not fit.
	pub fn mean_place(&self, amount: u128) -> Result<u128, MathError> {
		let elapsed = self.elapsed.min(self.period);
		let place = mul_div(WAD, elapsed.into(), self.period.into(), Rounding::Down)?;
		let share = mul_div(WAD, amount, self.full, Rounding::Up)?;
		if share <= place {
			return place.checked_sub(share.div_ceil(2)).ok_or(MathError::Overflow);
		}
		let twice = share.checked_mul(2).ok_or(MathError::Overflow)?;
		mul_div(place, place, twice, Rounding::Down)
	}

	/// Returns the seconds that count as elapsed after a trade of `amount`:
	/// `max(0, elapsed − ceil(period · amount / full))`.
	///
	/// # Errors
	/// [`MathError::DivisionByZero`] when `full` is zero.
	pub fn elapsed_after(&self, amount: u128) -> Result<u64, MathError> {
		let elapsed = self.elapsed.min(self.period);
		let back = match mul_div(self.period.into(), amount, self.full, Rounding::Up) {
			Err(MathError::Overflow) => u128::MAX,
			back => back?,
		};
		// Saturating is safe here: times, not amounts.
		Ok(elapsed.saturating_sub(u64::try_from(back).unwrap_or(u64::MAX)))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	fn offer(elapsed: u64) -> ClockedOffer {
		ClockedOffer { elapsed, period: 3_600, full: 1_000 }
	}

	#[test]
	fn mean_place_should_be_the_middle_of_what_a_trade_passes() {
		assert_eq!(offer(0).mean_place(0), Ok(0));
		assert_eq!(offer(1_800).mean_place(0), Ok(WAD / 2));
		assert_eq!(offer(9_999).mean_place(0), Ok(WAD));
		// From 1 to 0.8, from 1 to 0, from 0.5 to 0.
		assert_eq!(offer(3_600).mean_place(200), Ok(WAD * 9 / 10));
		assert_eq!(offer(3_600).mean_place(1_000), Ok(WAD / 2));
		assert_eq!(offer(1_800).mean_place(500), Ok(WAD / 4));
		// A half of it from 0.5 to 0, and a half at 0.
		assert_eq!(offer(1_800).mean_place(1_000), Ok(WAD / 8));
		assert_eq!(offer(0).mean_place(1_000), Ok(0));
	}

	#[test]
	fn elapsed_after_should_go_back_by_the_share_rounded_up() {
		assert_eq!(offer(3_600).elapsed_after(0), Ok(3_600));
		assert_eq!(offer(3_600).elapsed_after(500), Ok(1_800));
		assert_eq!(offer(9_999).elapsed_after(1), Ok(3_596));
		assert_eq!(offer(1_800).elapsed_after(501), Ok(0));
		assert_eq!(offer(1_800).elapsed_after(u128::MAX), Ok(0));
	}

	#[test]
	fn offer_should_refuse_when_it_has_no_length() {
		let without = |period, full| ClockedOffer { elapsed: 1, period, full };
		assert_eq!(without(0, 1).mean_place(1), Err(MathError::DivisionByZero));
		assert_eq!(without(1, 0).mean_place(1), Err(MathError::DivisionByZero));
		assert_eq!(without(1, 0).elapsed_after(1), Err(MathError::DivisionByZero));
		assert_eq!(without(1, 1).mean_place(u128::MAX), Err(MathError::Overflow));
	}

	proptest! {
		/// Whoever cuts a trade into two gets no more for both than for the whole.
		#[test]
		fn trade_in_two_parts_should_not_pass_higher_places(
			elapsed in 0..5_000u64,
			one in 1..1_000_000u128,
			other in 1..1_000_000u128,
		) {
			let whole = ClockedOffer { elapsed, period: 3_600, full: 1_000_000 };
			let after = ClockedOffer { elapsed: whole.elapsed_after(one).unwrap(), ..whole };
			let weighed = |offer: &ClockedOffer, amount: u128| {
				offer.mean_place(amount).unwrap() * amount
			};
			let parts = weighed(&whole, one) + weighed(&after, other);
			let sum = one + other;
			// A unit of rounding for each unit of the amount.
			prop_assert!(parts <= weighed(&whole, sum) + 2 * sum);
		}

		/// The place never rises by a trade, and stays between 0 and 1.
		#[test]
		fn mean_place_should_fall_with_the_amount(
			elapsed in 0..5_000u64,
			one in 0..1_000_000u128,
			more in 0..1_000_000u128,
		) {
			let offer = ClockedOffer { elapsed, period: 3_600, full: 1_000_000 };
			let mean = |amount| offer.mean_place(amount).unwrap();
			prop_assert!(mean(0) <= WAD);
			prop_assert!(mean(one + more) <= mean(one));
			let after = |amount| offer.elapsed_after(amount).unwrap();
			prop_assert!(after(one + more) <= after(one));
		}
	}
}
