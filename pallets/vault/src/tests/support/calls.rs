// SPDX-License-Identifier: Apache-2.0

//! Calls of savers, bidders and settlers, and what they read.

use crate::{tests::mock::*, types::Tick};
use caliber_primitives::{
	vault::{RequestReport, WindowPhase},
	Balance, RequestId, WindowIndex, SUSDAI, USDAI,
};
use caliber_testkit as testkit;
use codec::Encode;
use polkadot_sdk::{
	frame_support::assert_ok,
	sp_core::H256,
	sp_io,
	sp_runtime::{DispatchResult, FixedU128},
};

pub fn vault() -> AccountId {
	Vault::account_id()
}

pub fn deposit(who: AccountId, assets: Balance) -> DispatchResult {
	Vault::deposit(RuntimeOrigin::signed(who), assets, 0)
}

pub fn redeem(who: AccountId, shares: Balance) -> DispatchResult {
	Vault::request_redemption(RuntimeOrigin::signed(who), shares, None)
}

/// Requests redemption at `percent` of the price of one, and not below.
pub fn redeem_above(who: AccountId, shares: Balance, percent: u128) -> DispatchResult {
	let least = FixedU128::from_rational(percent, 100);
	Vault::request_redemption(RuntimeOrigin::signed(who), shares, Some(least))
}

pub fn cancel(who: AccountId, id: RequestId) -> DispatchResult {
	Vault::cancel_request(RuntimeOrigin::signed(who), id)
}

pub fn claim(who: AccountId, id: RequestId) -> DispatchResult {
	Vault::claim(RuntimeOrigin::signed(who), id, None)
}

/// The salt of a request's bids in the tests.
pub fn salt(id: RequestId) -> [u8; 32] {
	[u8::try_from(id % 251).expect("it is less"); 32]
}

pub fn commit(who: AccountId, id: RequestId, tick: Tick) -> DispatchResult {
	let seal = sp_io::hashing::blake2_256(&(id, tick, salt(id)).encode());
	Vault::commit_bid(RuntimeOrigin::signed(who), id, H256(seal))
}

pub fn reveal(who: AccountId, id: RequestId, tick: Tick) -> DispatchResult {
	Vault::reveal_bid(RuntimeOrigin::signed(who), id, tick, salt(id))
}

/// Seal and reveal the bids of requests of the window; the clock goes to its last part.
pub fn bid(window: WindowIndex, bids: &[(AccountId, RequestId, Tick)]) {
	for (who, id, tick) in bids {
		assert_ok!(commit(*who, *id, *tick));
	}
	to_reveal(window);
	for (who, id, tick) in bids {
		assert_ok!(reveal(*who, *id, *tick));
	}
}

/// Starts the settlement; while something is awaited, at the end of that time.
pub fn start() -> DispatchResult {
	let report = Vault::window();
	if let (WindowPhase::Raising, Some(until)) = (report.phase, report.until) {
		set_time(until);
	}
	start_now()
}

pub fn start_now() -> DispatchResult {
	Vault::start_settlement(RuntimeOrigin::signed(CHARLIE))
}

pub fn settle(max_requests: u32) -> DispatchResult {
	Vault::settle(RuntimeOrigin::signed(CHARLIE), max_requests)
		.map(|_| ())
		.map_err(|failed| failed.error)
}

pub fn request(id: RequestId) -> RequestReport<AccountId> {
	Vault::request(id).expect("the request exists")
}

pub fn usdai(who: AccountId) -> Balance {
	testkit::balance::<Test>(USDAI, &who)
}

pub fn shares(who: AccountId) -> Balance {
	testkit::balance::<Test>(SUSDAI, &who)
}

/// USDai that comes to the vault's account without a call of the vault.
pub fn donate(from: AccountId, amount: Balance) {
	assert_ok!(testkit::send::<Test>(USDAI, &from, &vault(), amount));
}

/// The last event of the vault.
pub fn last_event() -> crate::Event<Test> {
	testkit::last_event::<Test, _>()
}

/// The events of the vault.
pub fn events() -> Vec<crate::Event<Test>> {
	testkit::events::<Test, _>()
}
