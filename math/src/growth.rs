// SPDX-License-Identifier: Apache-2.0

//! Growth of a price over a year.

use crate::{mul_div, MathError, Rounding, SECONDS_PER_YEAR, WAD};

/// Returns the annual growth rate, at 1e-18, of a price that moved `from` one amount `to` another
/// in `span_secs` seconds: `floor((to − from) · 1e18 · 31 536 000 / (from · span))`. Simple, not
/// compounded; negative where the price fell, and then rounded away from zero.
///
/// # Errors
/// - [`MathError::DivisionByZero`] when the price began at zero or no time has passed.
/// - [`MathError::Overflow`] when `from · span` does not fit `u128`, or the rate does not fit
///   `i128`.
pub fn annualised_growth(from: u128, to: u128, span_secs: u64) -> Result<i128, MathError> {
	// 1e18 · 31 536 000 is less than 2^85.
	let year = WAD.checked_mul(SECONDS_PER_YEAR.into()).ok_or(MathError::Overflow)?;
	let base = from.checked_mul(span_secs.into()).ok_or(MathError::Overflow)?;
	let signed = |rate: u128| i128::try_from(rate).map_err(|_| MathError::Overflow);
	match to.checked_sub(from) {
		Some(gain) => signed(mul_div(gain, year, base, Rounding::Down)?),
		None => {
			let loss = from.checked_sub(to).ok_or(MathError::Overflow)?;
			// At most the greatest `i128`, whose negative fits.
			signed(mul_div(loss, year, base, Rounding::Up)?).map(|rate| -rate)
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::SECONDS_PER_DAY;

	const YEAR: u64 = SECONDS_PER_YEAR;
	/// One per cent.
	const CENT: i128 = 10_000_000_000_000_000;

	#[test]
	fn growth_should_be_the_gain_when_a_year_has_passed() {
		assert_eq!(annualised_growth(100, 105, YEAR), Ok(5 * CENT));
		assert_eq!(annualised_growth(100, 95, YEAR), Ok(-5 * CENT));
		assert_eq!(annualised_growth(100, 100, YEAR), Ok(0));
		assert_eq!(annualised_growth(100, 0, YEAR), Ok(-100 * CENT));
	}

	#[test]
	fn growth_should_be_simple_when_the_time_is_not_a_year() {
		// 1 % in 73 days, a fifth of a year, is 5 %; 10 % in two years too.
		assert_eq!(annualised_growth(WAD, WAD / 100 * 101, 73 * SECONDS_PER_DAY), Ok(5 * CENT));
		assert_eq!(annualised_growth(WAD, WAD / 10 * 11, 2 * YEAR), Ok(5 * CENT));
	}

	#[test]
	fn growth_should_round_down_on_either_side_of_zero() {
		// A third: 0.333…
		assert_eq!(annualised_growth(3, 4, YEAR), Ok(333_333_333_333_333_333));
		assert_eq!(annualised_growth(3, 2, YEAR), Ok(-333_333_333_333_333_334));
	}

	#[test]
	fn growth_should_refuse_when_there_is_no_base() {
		assert_eq!(annualised_growth(0, 1, YEAR), Err(MathError::DivisionByZero));
		assert_eq!(annualised_growth(1, 1, 0), Err(MathError::DivisionByZero));
	}

	#[test]
	fn growth_should_overflow_when_a_figure_does_not_fit() {
		assert_eq!(annualised_growth(u128::MAX, 1, 2), Err(MathError::Overflow));
		// 2^127 − 1 is 1.7e38: the last units that fit, at 1e18 a unit.
		let most = 170_141_183_460_469_231_731;
		assert_eq!(
			annualised_growth(1, 1 + most, YEAR),
			Ok(170_141_183_460_469_231_731 * 10_i128.pow(18))
		);
		assert_eq!(annualised_growth(1, 2 + most, YEAR), Err(MathError::Overflow));
		assert_eq!(annualised_growth(1, u128::MAX, 1), Err(MathError::Overflow));
	}
}
