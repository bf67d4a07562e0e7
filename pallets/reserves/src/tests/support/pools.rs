// SPDX-License-Identifier: Apache-2.0

//! Pools of USDai and a token.

use crate::tests::mock::*;
use caliber_primitives::{Balance, USD, USDAI};
use polkadot_sdk::frame_support::assert_ok;

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

/// Returns the USDai and the tokens in the pool.
pub fn pool(token: u32) -> (Balance, Balance) {
	AssetConversion::get_reserves(USDAI, token).expect("there is a pool")
}
