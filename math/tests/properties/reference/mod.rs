//! The specification, computed the slow way.

pub mod annuity;
pub mod calendar;
pub mod schedule;

use num_bigint::BigUint;
use num_traits::Zero;

/// An integer of any size.
pub fn big(value: impl Into<BigUint>) -> BigUint {
	value.into()
}

/// 1e18.
pub fn wad() -> BigUint {
	big(10_u32).pow(18)
}

/// `ceil(numerator / denominator)`.
pub fn ceil_div(numerator: BigUint, denominator: &BigUint) -> BigUint {
	let floor = &numerator / denominator;
	if (&numerator % denominator).is_zero() {
		floor
	} else {
		floor + 1_u32
	}
}
