// SPDX-License-Identifier: Apache-2.0

//! Pools of USDai and a token.

use crate::tests::mock::*;
#[cfg(feature = "runtime-benchmarks")]
use crate::types::TreasuryBill;
use caliber_primitives::{Balance, USD, USDAI};
#[cfg(feature = "runtime-benchmarks")]
use polkadot_sdk::sp_runtime::Perbill;
use polkadot_sdk::{frame_support::assert_ok, pallet_asset_conversion::PoolLocator};

/// Set-up of the benchmarks.
#[cfg(feature = "runtime-benchmarks")]
pub struct ReservesBenchmarkHelper;
#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper<u32> for ReservesBenchmarkHelper {
	fn market() -> TreasuryBill<u32> {
		set_price(PRICED_BILL, Some(USD));
		bill(BILL18, Perbill::from_percent(1))
	}
}

/// Opens a pool of USDai and a token with liquidity of Bob.
pub fn open_pool(token: u32, usdai: Balance, tokens: Balance) {
	// One dollar more: the pool leaves the provider's accounts alive.
	issue(&BOB, usdai + USD);
	let bob = RuntimeOrigin::signed(BOB);
	let pair = || (Box::new(USDAI), Box::new(token));
	let (one, other) = pair();
	assert_ok!(AssetConversion::create_pool(bob.clone(), one, other));
	let (one, other) = pair();
	assert_ok!(AssetConversion::add_liquidity(bob, one, other, usdai, tokens, 1, 1, BOB));
}

/// Returns the account of the pool of two assets, which need not be made yet.
pub fn pool_account(one: u32, other: u32) -> AccountId {
	type Locator = <Test as polkadot_sdk::pallet_asset_conversion::Config>::PoolLocator;
	Locator::pool_address(&one, &other).expect("the assets are two")
}

/// Returns the USDai and the tokens in the pool.
pub fn pool(token: u32) -> (Balance, Balance) {
	AssetConversion::get_reserves(USDAI, token).expect("there is a pool")
}
