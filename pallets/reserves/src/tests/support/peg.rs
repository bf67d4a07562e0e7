// SPDX-License-Identifier: Apache-2.0

//! The peg, and USDai that comes and goes by it.

use crate::{
	tests::mock::*,
	types::{Peg, Stablecoin, StablecoinTerms},
};
use caliber_primitives::{reserves::ReserveReport, Balance, USD, USDAI};
use polkadot_sdk::{
	frame_support::assert_ok,
	sp_runtime::{DispatchResult, Permill},
};

/// Returns the peg of the tests: weights 3 : 1, fees of 1 % and 2 % for USDC.
pub fn peg() -> Peg<u32> {
	Peg {
		max_debt: 1_000_000 * USD,
		min_swap: 1,
		stablecoins: vec![
			Stablecoin {
				asset: USDC,
				ceiling_weight: 750_000,
				minting_fee: 10_000,
				redemption_fee: 20_000,
				priced_asset: PRICED_USDC,
			},
			Stablecoin {
				asset: USDT,
				ceiling_weight: 250_000,
				minting_fee: 0,
				redemption_fee: 0,
				priced_asset: PRICED_USDT,
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

/// Redeems a basket of USDai of Alice.
pub fn basket(amount: Balance) -> DispatchResult {
	Reserves::redeem_basket(RuntimeOrigin::signed(ALICE), amount, 0)
}

/// Returns the account of the peg.
pub fn peg_account() -> AccountId {
	Psm::psm_account(&USDAI)
}

/// Returns terms of a stablecoin with a tenth of the weights; fees in parts per million.
pub fn peg_terms(minting_fee: u32, redemption_fee: u32) -> StablecoinTerms {
	StablecoinTerms {
		ceiling_weight: Permill::from_percent(10),
		minting_fee: Permill::from_parts(minting_fee),
		redemption_fee: Permill::from_parts(redemption_fee),
	}
}

/// Returns the reserve of a stablecoin, from the proof of reserves.
pub fn reserve(asset: u32) -> ReserveReport {
	let symbol = if asset == USDC { b"USDC" } else { b"USDT" };
	let reserves = Reserves::proof_of_reserves().reserves;
	reserves.into_iter().find(|each| each.symbol == symbol).expect("it is of the peg")
}
