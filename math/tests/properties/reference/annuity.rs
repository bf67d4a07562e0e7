// SPDX-License-Identifier: Apache-2.0

//! Present values, as exact fractions.

use caliber_math::Income;
use num_bigint::BigUint;
use num_traits::Zero;

use super::{big, wad};

/// Returns Σ over the months m = 1..=n of (rental · utilisation − opex) · 730 / (1 + d/12)^m, as a
/// numerator and a denominator, summed month by month.
pub fn present_value(income: &Income) -> (BigUint, BigUint) {
	let billion = big(1_000_000_000_u32);
	let earned = big(income.rental_per_hour) * big(income.utilisation);
	let spent = big(income.opex_per_hour) * &billion;
	if earned <= spent {
		return (BigUint::zero(), billion);
	}
	let monthly = (earned - spent) * 730_u32;
	// The discount factor of a month is whole / grown.
	let whole = wad() * 12_u32;
	let grown = &whole + big(income.discount_rate);
	// From the last month to the first: sum = (sum + 1) · whole / grown.
	let (mut numerator, mut denominator) = (BigUint::zero(), big(1_u32));
	for _ in 0..income.remaining_months {
		numerator = (numerator + &denominator) * &whole;
		denominator *= &grown;
	}
	(monthly * numerator, billion * denominator)
}
