// SPDX-License-Identifier: Apache-2.0

//! The formulas of the specification (`docs/specification/`), computed the slow way.

pub mod annuity;
pub mod calendar;
pub mod schedule;

use num_bigint::BigUint;
use num_traits::Zero;

/// Returns `value` as an integer of any size.
pub fn big(value: impl Into<BigUint>) -> BigUint {
	value.into()
}

/// Returns 1e18.
pub fn wad() -> BigUint {
	big(10_u32).pow(18)
}

/// Returns `ceil(numerator / denominator)`.
pub fn ceil_div(numerator: BigUint, denominator: &BigUint) -> BigUint {
	let floor = &numerator / denominator;
	if (&numerator % denominator).is_zero() {
		floor
	} else {
		floor + 1_u32
	}
}
