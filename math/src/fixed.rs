// SPDX-License-Identifier: Apache-2.0

//! Products and quotients of amounts, with a named rounding.

use primitive_types::{U256, U512};

use crate::{MathError, SECONDS_PER_YEAR};

/// One whole at 18 decimals: a dollar, a share, a rate of 100 %.
pub const WAD: u128 = 1_000_000_000_000_000_000;

/// The whole in parts per billion, the accuracy of a `Perbill`.
pub const PPB: u32 = 1_000_000_000;

/// Direction in which a result is rounded to a whole unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rounding {
	/// To the unit below (floor), as for an amount that a user receives.
	Down,
	/// To the unit above (ceiling), as for an amount that a user pays.
	Up,
}

/// Returns `a · b / denominator`, the product exact in 256 bits, rounded once as `rounding` says.
///
/// # Errors
/// - [`MathError::DivisionByZero`] when `denominator` is zero, even if `a · b` is zero too.
/// - [`MathError::Overflow`] when the rounded quotient does not fit `u128`.
pub fn mul_div(a: u128, b: u128, denominator: u128, rounding: Rounding) -> Result<u128, MathError> {
	if denominator == 0 {
		return Err(MathError::DivisionByZero);
	}
	// (2^128 − 1)² < 2^256: the product of two u128 always fits.
	let product = U256::from(a).checked_mul(U256::from(b)).ok_or(MathError::Overflow)?;
	let (quotient, remainder) = product.div_mod(U256::from(denominator));
	let quotient = u128::try_from(quotient).map_err(|_| MathError::Overflow)?;
	match rounding {
		Rounding::Up if !remainder.is_zero() => quotient.checked_add(1).ok_or(MathError::Overflow),
		_ => Ok(quotient),
	}
}

/// Returns `floor(a · b / denominator)` of 256-bit factors, the product exact in 512 bits.
pub(crate) fn wide_mul_div_down(a: U256, b: U256, denominator: U256) -> Result<U256, MathError> {
	let quotient =
		a.full_mul(b).checked_div(U512::from(denominator)).ok_or(MathError::DivisionByZero)?;
	U256::try_from(quotient).map_err(|_| MathError::Overflow)
}

/// Returns the share `ppb / 1e9` of `amount`, rounded once as `rounding` says; never more than
/// `amount`.
///
/// # Errors
/// [`MathError::InvalidTerms`] when `ppb` is more than the whole ([`PPB`]).
pub fn share_of(amount: u128, ppb: u32, rounding: Rounding) -> Result<u128, MathError> {
	if ppb > PPB {
		return Err(MathError::InvalidTerms);
	}
	mul_div(amount, ppb.into(), PPB.into(), rounding)
}

/// Returns the rate of one second of an annual rate `apr_wad`, both at 1e-18:
/// `ceil(apr / 31 536 000)`.
pub fn per_second_rate(apr_wad: u128) -> u128 {
	apr_wad.div_ceil(SECONDS_PER_YEAR as u128)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn mul_div_should_be_exact_when_the_division_is() {
		for rounding in [Rounding::Down, Rounding::Up] {
			assert_eq!(mul_div(6, 7, 2, rounding), Ok(21));
			assert_eq!(mul_div(0, 7, 2, rounding), Ok(0));
			assert_eq!(mul_div(u128::MAX, u128::MAX, u128::MAX, rounding), Ok(u128::MAX));
		}
	}

	#[test]
	fn mul_div_should_round_as_named_when_a_remainder_is_left() {
		assert_eq!(mul_div(10, 1, 3, Rounding::Down), Ok(3));
		assert_eq!(mul_div(10, 1, 3, Rounding::Up), Ok(4));
		assert_eq!(mul_div(1, 1, u128::MAX, Rounding::Down), Ok(0));
		assert_eq!(mul_div(1, 1, u128::MAX, Rounding::Up), Ok(1));
	}

	#[test]
	fn mul_div_should_refuse_when_the_denominator_is_zero() {
		assert_eq!(mul_div(1, 1, 0, Rounding::Down), Err(MathError::DivisionByZero));
		assert_eq!(mul_div(0, 0, 0, Rounding::Up), Err(MathError::DivisionByZero));
	}

	#[test]
	fn mul_div_should_overflow_when_the_quotient_exceeds_the_type() {
		for rounding in [Rounding::Down, Rounding::Up] {
			assert_eq!(mul_div(u128::MAX, 2, 1, rounding), Err(MathError::Overflow));
			let result = mul_div(u128::MAX, u128::MAX, u128::MAX - 1, rounding);
			assert_eq!(result, Err(MathError::Overflow));
		}
	}

	#[test]
	fn mul_div_should_overflow_when_only_the_ceiling_exceeds_the_type() {
		// With M = 2^128 − 1 = 7q + 3: 7·(2q + 1) = 2M + 1, and its half is M and a half.
		let b = u128::MAX / 7 * 2 + 1;
		assert_eq!(mul_div(7, b, 2, Rounding::Down), Ok(u128::MAX));
		assert_eq!(mul_div(7, b, 2, Rounding::Up), Err(MathError::Overflow));
	}

	#[test]
	fn share_of_should_round_as_named_when_a_remainder_is_left() {
		assert_eq!(share_of(1_000, PPB / 2, Rounding::Down), Ok(500));
		assert_eq!(share_of(3, PPB / 2, Rounding::Down), Ok(1));
		assert_eq!(share_of(3, PPB / 2, Rounding::Up), Ok(2));
		assert_eq!(share_of(u128::MAX, PPB, Rounding::Up), Ok(u128::MAX));
		assert_eq!(share_of(u128::MAX, 0, Rounding::Up), Ok(0));
	}

	#[test]
	fn share_of_should_refuse_when_the_share_is_more_than_the_whole() {
		assert_eq!(share_of(1, PPB + 1, Rounding::Down), Err(MathError::InvalidTerms));
	}

	#[test]
	fn per_second_rate_should_round_up_when_the_year_does_not_divide() {
		assert_eq!(per_second_rate(0), 0);
		assert_eq!(per_second_rate(1), 1);
		assert_eq!(per_second_rate(31_536_000), 1);
		assert_eq!(per_second_rate(31_536_001), 2);
		// 12 %: 0.12e18 / 31 536 000 = 3 805 175 038.05…
		assert_eq!(per_second_rate(WAD / 100 * 12), 3_805_175_039);
		// 100 %: 1e18 / 31 536 000 = 31 709 791 983.76…
		assert_eq!(per_second_rate(WAD), 31_709_791_984);
	}
}
