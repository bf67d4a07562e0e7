// SPDX-License-Identifier: Apache-2.0

//! Bonds and capital in place of the titles pallet.

use crate::tests::mock::*;
use caliber_primitives::{titles::Surety, traits::PostSurety, Balance, USDAI};
use caliber_testkit as testkit;
use polkadot_sdk::sp_runtime::DispatchResult;

/// Takes what is posted to [`BONDS`].
pub struct MockSureties;
impl PostSurety<AccountId> for MockSureties {
	fn post(_: Surety, party: &AccountId, amount: Balance) -> DispatchResult {
		testkit::send::<Test>(USDAI, party, &BONDS, amount)
	}
}
