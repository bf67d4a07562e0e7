// SPDX-License-Identifier: Apache-2.0

//! Titles and the reserves: money on hold from the first block on.

use crate::{titles::Surety, Balance};
use polkadot_sdk::{frame_support::dispatch::DispatchResult, sp_runtime::DispatchError};

/// Bonds and capital of the parties behind titles. The reserves post those of the genesis, once
/// they have minted the first USDai.
pub trait PostSurety<AccountId> {
	/// Puts `amount` USDai of a registered party on hold, on top of what it has there.
	fn post(surety: Surety, party: &AccountId, amount: Balance) -> DispatchResult;
}

/// Registers nobody.
impl<AccountId> PostSurety<AccountId> for () {
	fn post(_: Surety, _: &AccountId, _: Balance) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}
}
