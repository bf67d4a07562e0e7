// SPDX-License-Identifier: Apache-2.0

//! The peg, and USDai that comes and goes by it.

use crate::{
	tests::mock::*,
	types::{Peg, Stablecoin},
};
use caliber_primitives::{Balance, USD, USDAI};
use polkadot_sdk::{
	frame_support::assert_ok,
	sp_runtime::{DispatchResult, Permill},
};

/// Returns the peg of the tests: weights 3 : 1, fees of 1 % and 2 % for USDC.
pub fn peg() -> Peg<u32> {
	Peg {
		max_debt: 1_000_000 * USD,
		min_swap: USD,
		stablecoins: vec![
			Stablecoin {
				asset: USDC,
				ceiling_weight: 750_000,
				minting_fee: 10_000,
				redemption_fee: 20_000,
				priced_asset: Some(0),
			},
			Stablecoin {
				asset: USDT,
				ceiling_weight: 250_000,
				minting_fee: 0,
				redemption_fee: 0,
				priced_asset: None,
			},
		],
	}
}

/// Issues USDai to `who` against USDT of Bob.
pub fn issue(who: &AccountId, amount: Balance) {
	assert_ok!(Psm::mint(RuntimeOrigin::signed(BOB), USDAI, USDT, amount, Permill::one()));
	assert_ok!(send(USDAI, &BOB, who, amount));
}

/// Mints USDai of Alice against a stablecoin.
pub fn mint(asset: u32, amount: Balance) -> DispatchResult {
	Psm::mint(RuntimeOrigin::signed(ALICE), USDAI, asset, amount, Permill::one())
}

/// Redeems USDai of Alice for a stablecoin.
pub fn redeem(asset: u32, amount: Balance) -> DispatchResult {
	Psm::redeem(RuntimeOrigin::signed(ALICE), USDAI, asset, amount, Permill::one())
}
