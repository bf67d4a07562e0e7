// SPDX-License-Identifier: Apache-2.0

//! Clock, balances and events of the test runtime.

use crate::{tests::mock::*, Event, Ledger};
use caliber_primitives::{Balance, Seconds};
use caliber_testkit as testkit;
use polkadot_sdk::sp_runtime::DispatchResult;

/// Returns the time of the block, unix seconds.
pub fn now() -> Seconds {
	testkit::now::<Test>()
}

/// Moves the clock on.
pub fn pass(seconds: Seconds) {
	testkit::pass::<Test>(seconds);
}

/// Sends an asset.
pub fn send(asset: u32, from: &AccountId, to: &AccountId, amount: Balance) -> DispatchResult {
	testkit::send::<Test>(asset, from, to, amount)
}

/// Returns the balance of an account.
pub fn balance(asset: u32, who: &AccountId) -> Balance {
	testkit::balance::<Test>(asset, who)
}

/// Returns the last event of the reserves pallet.
pub fn last_event() -> Event<Test> {
	testkit::last_event::<Test, _>()
}

/// Returns the bills of the ledger.
pub fn bills_held() -> Balance {
	Ledger::<Test>::get().held
}

/// Writes the bills of the ledger.
pub fn set_bills_held(held: Balance) {
	Ledger::<Test>::mutate(|ledger| ledger.held = held);
}
