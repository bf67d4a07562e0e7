// SPDX-License-Identifier: Apache-2.0

//! Shares of a vault: the conversions of ERC-4626, from a net asset value and a supply. There are
//! no virtual shares or assets: the first deposit locks real shares for ever instead
//! ([`LOCKED_FIRST_SHARES`]), and `supply` includes them.

use crate::{mul_div, MathError, Rounding, WAD};

/// Shares (18 decimals) that the first deposit locks for ever. The supply never returns to zero, so
/// nobody can own all of a nearly empty vault and move its price by a donation.
pub const LOCKED_FIRST_SHARES: u128 = 1_000_000;

/// Returns the shares that `assets` are worth: `assets · supply / nav`, rounded once as `rounding`
/// says; 1:1 while there are no shares. A deposit rounds down, a withdrawal of exact assets up.
///
/// # Errors
/// - [`MathError::DivisionByZero`] when there are shares but nothing behind them.
/// - [`MathError::Overflow`] when the result does not fit `u128`.
pub fn shares_for_assets(
	assets: u128,
	nav: u128,
	supply: u128,
	rounding: Rounding,
) -> Result<u128, MathError> {
	if supply == 0 {
		return Ok(assets);
	}
	mul_div(assets, supply, nav, rounding)
}

/// Returns the assets that `shares` are worth: `shares · nav / supply`, rounded once as `rounding`
/// says; 1:1 while there are no shares. A redemption rounds down, a mint of exact shares up.
///
/// # Errors
/// [`MathError::Overflow`] when the result does not fit `u128`.
pub fn assets_for_shares(
	shares: u128,
	nav: u128,
	supply: u128,
	rounding: Rounding,
) -> Result<u128, MathError> {
	if supply == 0 {
		return Ok(shares);
	}
	mul_div(shares, nav, supply, rounding)
}

/// Returns the price of one share in assets, at 18 decimals: `nav · 1e18 / supply`, rounded once as
/// `rounding` says; one while there are no shares. It serves display and comparison: conversions
/// use the net asset value itself, which loses less.
///
/// # Errors
/// [`MathError::Overflow`] when the result does not fit `u128`.
pub fn price_wad(nav: u128, supply: u128, rounding: Rounding) -> Result<u128, MathError> {
	assets_for_shares(WAD, nav, supply, rounding)
}

#[cfg(test)]
mod tests {
	use super::*;
	use Rounding::{Down, Up};

	#[test]
	fn conversions_should_be_one_to_one_when_there_are_no_shares() {
		for rounding in [Down, Up] {
			assert_eq!(shares_for_assets(123, 0, 0, rounding), Ok(123));
			assert_eq!(shares_for_assets(123, 999, 0, rounding), Ok(123));
			assert_eq!(assets_for_shares(123, 999, 0, rounding), Ok(123));
			assert_eq!(price_wad(999, 0, rounding), Ok(WAD));
		}
	}

	#[test]
	fn conversions_should_round_as_named_when_the_price_is_not_whole() {
		// 110 assets behind 100 shares: a share is worth 1.1, an asset 0.909…
		assert_eq!(shares_for_assets(10, 110, 100, Down), Ok(9));
		assert_eq!(shares_for_assets(10, 110, 100, Up), Ok(10));
		assert_eq!(assets_for_shares(9, 110, 100, Down), Ok(9));
		assert_eq!(assets_for_shares(9, 110, 100, Up), Ok(10));
		assert_eq!(assets_for_shares(10, 110, 100, Down), Ok(11));
		assert_eq!(assets_for_shares(10, 110, 100, Up), Ok(11));
	}

	#[test]
	fn conversions_should_tell_a_worthless_vault_apart_when_nothing_is_behind_the_shares() {
		assert_eq!(shares_for_assets(1, 0, 100, Down), Err(MathError::DivisionByZero));
		assert_eq!(assets_for_shares(50, 0, 100, Up), Ok(0));
		assert_eq!(price_wad(0, 100, Up), Ok(0));
	}

	#[test]
	fn conversions_should_refuse_when_the_result_does_not_fit() {
		assert_eq!(shares_for_assets(u128::MAX, 1, 2, Down), Err(MathError::Overflow));
		assert_eq!(assets_for_shares(u128::MAX, 2, 1, Down), Err(MathError::Overflow));
		assert_eq!(price_wad(u128::MAX, 1, Down), Err(MathError::Overflow));
	}

	#[test]
	fn price_wad_should_round_as_named_when_it_is_between_units() {
		assert_eq!(price_wad(3 * WAD, 2 * WAD, Down), Ok(WAD / 2 * 3));
		// One third: 0.333…
		assert_eq!(price_wad(1, 3, Down), Ok(333_333_333_333_333_333));
		assert_eq!(price_wad(1, 3, Up), Ok(333_333_333_333_333_334));
	}
}
