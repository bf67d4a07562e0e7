// SPDX-License-Identifier: Apache-2.0

//! Split of a payment over the senior tranche (the vault) and the junior one (the curator's first
//! loss).
//!
//! A tranche's share is that of the original amounts, so that the split of a payment depends on the
//! terms and not on the order of earlier payments. The units that the floors leave over, the dust,
//! have a named owner.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use primitive_types::U256;
use scale_info::TypeInfo;

use crate::{fixed::wide_mul_div_down, mul_div, MathError, Rounding};

/// Tranches of a loan, as drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Tranches {
	/// Principal that the senior lent when the loan was drawn, 18 decimals.
	pub senior: u128,
	/// Principal that the junior lent when the loan was drawn, 18 decimals.
	pub junior: u128,
	/// Rate of the senior, a second at 1e-18.
	pub senior_rate: u128,
	/// Rate of the junior, a second at 1e-18.
	pub junior_rate: u128,
}

/// Amount divided between the two tranches, 18 decimals.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Split {
	/// Part of the senior.
	pub senior: u128,
	/// Part of the junior.
	pub junior: u128,
}

impl Split {
	/// Returns the sum of both parts.
	///
	/// # Errors
	/// [`MathError::Overflow`] when the sum does not fit `u128`.
	pub fn total(&self) -> Result<u128, MathError> {
		self.senior.checked_add(self.junior).ok_or(MathError::Overflow)
	}
}

impl Tranches {
	/// Returns the rate of the loan as a whole, a second at 1e-18:
	/// `floor(Σ rateᵢ·amountᵢ / Σ amountᵢ)`.
	///
	/// # Errors
	/// - [`MathError::DivisionByZero`] when both amounts are zero.
	/// - [`MathError::Overflow`] when the amounts or the weighted rates exceed their types.
	pub fn blended_rate(&self) -> Result<u128, MathError> {
		let (senior, junior) = self.interest_weights();
		senior
			.checked_add(junior)
			.ok_or(MathError::Overflow)?
			.checked_div(self.principal()?.into())
			.ok_or(MathError::DivisionByZero)?
			.try_into()
			.map_err(|_| MathError::Overflow)
	}

	/// Splits interest by the earnings of each tranche:
	/// `floor(interest·rateᵢ·amountᵢ / Σ rate·amount)` each, the dust to the senior. All of it is
	/// the senior's when neither tranche earns anything.
	///
	/// # Errors
	/// [`MathError::Overflow`] when the weighted rates exceed 256 bits.
	pub fn split_interest(&self, interest: u128) -> Result<Split, MathError> {
		let (senior_weight, junior_weight) = self.interest_weights();
		let weights = senior_weight.checked_add(junior_weight).ok_or(MathError::Overflow)?;
		if weights.is_zero() {
			return Ok(Split { senior: interest, junior: 0 });
		}
		let junior = wide_mul_div_down(interest.into(), junior_weight, weights)?;
		let junior = u128::try_from(junior).map_err(|_| MathError::Overflow)?;
		let senior = interest.checked_sub(junior).ok_or(MathError::Overflow)?;
		Ok(Split { senior, junior })
	}

	/// Splits scheduled principal by original amounts: `floor(principal·amountᵢ / Σ amount)` each,
	/// the dust to the senior. Neither tranche gets more than its part of `outstanding`: the excess
	/// is the other's.
	///
	/// # Errors
	/// - [`MathError::ExceedsOutstanding`] when `principal` is more than both parts of
	///   `outstanding`.
	/// - [`MathError::DivisionByZero`] when there is principal to split and both amounts are zero.
	/// - [`MathError::Overflow`] when the amounts exceed `u128` in total.
	pub fn split_principal(&self, principal: u128, outstanding: Split) -> Result<Split, MathError> {
		let junior = self.floor_share(self.junior, principal)?;
		let senior = principal.checked_sub(junior).ok_or(MathError::Overflow)?;
		within(Split { senior, junior }, outstanding)
	}

	/// Splits a prepayment by original amounts, as [`Self::split_principal`], but the dust is the
	/// junior's.
	///
	/// # Errors
	/// Those of [`Self::split_principal`].
	pub fn split_prepayment(
		&self,
		principal: u128,
		outstanding: Split,
	) -> Result<Split, MathError> {
		let senior = self.floor_share(self.senior, principal)?;
		let junior = principal.checked_sub(senior).ok_or(MathError::Overflow)?;
		within(Split { senior, junior }, outstanding)
	}

	/// Returns the amount that the loan was drawn for.
	fn principal(&self) -> Result<u128, MathError> {
		self.senior.checked_add(self.junior).ok_or(MathError::Overflow)
	}

	/// Returns `rateᵢ · amountᵢ` of each tranche, exact: the product of two `u128` fits 256 bits.
	fn interest_weights(&self) -> (U256, U256) {
		let weight = |rate: u128, amount: u128| U256::from(rate) * U256::from(amount);
		(weight(self.senior_rate, self.senior), weight(self.junior_rate, self.junior))
	}

	/// Returns `floor(principal · part / Σ amount)`; zero when there is no principal to split.
	fn floor_share(&self, part: u128, principal: u128) -> Result<u128, MathError> {
		if principal == 0 {
			return Ok(0);
		}
		mul_div(principal, part, self.principal()?, Rounding::Down)
	}
}

/// Returns `wanted`, where the excess of one part over its part of `outstanding` goes to the other.
fn within(wanted: Split, outstanding: Split) -> Result<Split, MathError> {
	let total = wanted.total()?;
	if total > outstanding.total()? {
		return Err(MathError::ExceedsOutstanding);
	}
	// The total is within what is outstanding, so the excess of one part fits the other.
	let rest = |side: u128| total.checked_sub(side).ok_or(MathError::Overflow);
	if wanted.senior > outstanding.senior {
		Ok(Split { senior: outstanding.senior, junior: rest(outstanding.senior)? })
	} else if wanted.junior > outstanding.junior {
		Ok(Split { senior: rest(outstanding.junior)?, junior: outstanding.junior })
	} else {
		Ok(wanted)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	/// 80 : 20, the junior earning twice the senior's rate.
	const LOAN: Tranches = Tranches { senior: 80, junior: 20, senior_rate: 10, junior_rate: 20 };
	const PLENTY: Split = Split { senior: u128::MAX / 2, junior: u128::MAX / 2 };

	fn split(senior: u128, junior: u128) -> Split {
		Split { senior, junior }
	}

	#[test]
	fn blended_rate_should_be_the_floor_of_the_weighted_mean() {
		// (80·10 + 20·20) / 100 = 12
		assert_eq!(LOAN.blended_rate(), Ok(12));
		// (80·10 + 20·24) / 100 = 12.8
		assert_eq!(Tranches { junior_rate: 24, ..LOAN }.blended_rate(), Ok(12));
		let single = Tranches { junior: 0, ..LOAN };
		assert_eq!(single.blended_rate(), Ok(10));
	}

	#[test]
	fn blended_rate_should_refuse_when_there_is_no_principal() {
		let none = Tranches { senior: 0, junior: 0, ..LOAN };
		assert_eq!(none.blended_rate(), Err(MathError::DivisionByZero));
	}

	#[test]
	fn blended_rate_should_overflow_when_the_amounts_do() {
		let huge = Tranches { senior: u128::MAX, junior: 1, senior_rate: 1, junior_rate: 1 };
		assert_eq!(huge.blended_rate(), Err(MathError::Overflow));
		let alone = Tranches { junior: 0, senior_rate: u128::MAX, ..huge };
		assert_eq!(alone.blended_rate(), Ok(u128::MAX));
	}

	#[test]
	fn interest_should_follow_what_each_earns_and_leave_the_dust_to_the_senior() {
		// Weights 800 : 400.
		assert_eq!(LOAN.split_interest(300), Ok(split(200, 100)));
		// 2/3 and 1/3 of 10: 6.67 and 3.33.
		assert_eq!(LOAN.split_interest(10), Ok(split(7, 3)));
		assert_eq!(LOAN.split_interest(1), Ok(split(1, 0)));
		assert_eq!(LOAN.split_interest(0), Ok(split(0, 0)));
	}

	#[test]
	fn interest_should_be_the_seniors_when_neither_earns() {
		let free = Tranches { senior_rate: 0, junior_rate: 0, ..LOAN };
		assert_eq!(free.split_interest(7), Ok(split(7, 0)));
	}

	#[test]
	fn interest_should_be_the_juniors_when_only_it_earns() {
		let free = Tranches { senior_rate: 0, ..LOAN };
		assert_eq!(free.split_interest(7), Ok(split(0, 7)));
	}

	#[test]
	fn interest_should_be_exact_when_amounts_and_rates_are_at_their_limits() {
		let half = u128::MAX / 2;
		let even = Tranches { senior: half, junior: half, senior_rate: 3, junior_rate: 3 };
		assert_eq!(even.split_interest(u128::MAX), Ok(split(half + 1, half)));
	}

	#[test]
	fn principal_should_leave_the_dust_to_the_senior_and_a_prepayment_to_the_junior() {
		assert_eq!(LOAN.split_principal(50, PLENTY), Ok(split(40, 10)));
		assert_eq!(LOAN.split_prepayment(50, PLENTY), Ok(split(40, 10)));
		// 80 % and 20 % of 7: 5.6 and 1.4.
		assert_eq!(LOAN.split_principal(7, PLENTY), Ok(split(6, 1)));
		assert_eq!(LOAN.split_prepayment(7, PLENTY), Ok(split(5, 2)));
	}

	#[test]
	fn principal_should_spill_to_the_other_side_when_one_is_full() {
		assert_eq!(LOAN.split_principal(50, split(40, 10)), Ok(split(40, 10)));
		assert_eq!(LOAN.split_principal(50, split(39, 11)), Ok(split(39, 11)));
		assert_eq!(LOAN.split_principal(50, split(41, 9)), Ok(split(41, 9)));
		assert_eq!(LOAN.split_prepayment(7, split(7, 0)), Ok(split(7, 0)));
		assert_eq!(LOAN.split_prepayment(7, split(0, 7)), Ok(split(0, 7)));
	}

	#[test]
	fn principal_should_refuse_when_it_is_more_than_what_is_left() {
		let refused = Err(MathError::ExceedsOutstanding);
		assert_eq!(LOAN.split_principal(51, split(40, 10)), refused);
		assert_eq!(LOAN.split_prepayment(51, split(40, 10)), refused);
	}

	#[test]
	fn principal_should_split_nothing_when_nothing_is_paid() {
		let none = Tranches { senior: 0, junior: 0, ..LOAN };
		assert_eq!(none.split_principal(0, split(0, 0)), Ok(split(0, 0)));
		assert_eq!(none.split_prepayment(0, split(0, 0)), Ok(split(0, 0)));
		assert_eq!(none.split_principal(1, PLENTY), Err(MathError::DivisionByZero));
	}
}
