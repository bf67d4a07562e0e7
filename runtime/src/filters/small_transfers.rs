// SPDX-License-Identifier: Apache-2.0

//! Rule on small transfers of the dollars.
//!
//! USDai and sUSDai are sufficient assets with a minimum balance of one unit, so that no payout is
//! too small and no remainder is dropped. Accounts would otherwise cost nothing to open: therefore
//! a transaction that opens one sends at least [`LEAST`] of them.

use crate::{
	assets::local_asset, AccountId, Address, AssetConversion, Assets, Balance, Runtime, RuntimeCall,
};
use alloc::boxed::Box;
use caliber_primitives::{SUSDAI, USD, USDAI};
use polkadot_sdk::{
	frame_support::traits::{fungibles::Inspect, Contains, Get},
	frame_system, pallet_asset_conversion, pallet_assets,
	sp_runtime::traits::StaticLookup,
	staging_xcm::latest::prelude::Location,
};

/// Least amount of USDai or sUSDai that a transfer or a swap sends to an account that has none.
pub const LEAST: Balance = USD / 100;

/// Calls that send no account its first USDai or sUSDai in an amount below [`LEAST`].
///
/// `transfer_all` is one of them in any amount where it empties the account: it makes no second one.
/// Where it keeps the account alive it opens none: a filter does not know whose balance it moves.
pub struct NoSmallTransfers;

impl Contains<RuntimeCall> for NoSmallTransfers {
	fn contains(call: &RuntimeCall) -> bool {
		use pallet_asset_conversion::Call as Pools;
		use pallet_assets::Call as Dollars;
		match call {
			RuntimeCall::Assets(
				Dollars::transfer { id, target, amount }
				| Dollars::transfer_keep_alive { id, target, amount },
			) => is_open(id.0, *amount, target),
			RuntimeCall::Assets(Dollars::transfer_approved { id, destination, amount, .. }) => {
				is_open(id.0, *amount, destination)
			}
			RuntimeCall::Assets(Dollars::transfer_all { id, dest, keep_alive: true }) => {
				is_open(id.0, 0, dest)
			}
			RuntimeCall::AssetConversion(Pools::swap_exact_tokens_for_tokens {
				path,
				amount_in,
				amount_out_min,
				send_to,
				..
			}) => bought_dollar(path).is_none_or(|id| {
				let enough = *amount_out_min >= LEAST || has_some(id, send_to);
				// A path without a price fails by itself.
				enough || proceeds(path, *amount_in).is_none_or(|amount| amount >= LEAST)
			}),
			RuntimeCall::AssetConversion(Pools::swap_tokens_for_exact_tokens {
				path,
				amount_out,
				send_to,
				..
			}) => bought_dollar(path).is_none_or(|id| *amount_out >= LEAST || has_some(id, send_to)),
			_ => true,
		}
	}
}

/// Returns true if `amount` of the asset may be sent to `target`.
fn is_open(id: u32, amount: Balance, target: &Address) -> bool {
	if amount >= LEAST || ![USDAI, SUSDAI].contains(&id) {
		return true;
	}
	// An address of no account fails by itself.
	<Runtime as frame_system::Config>::Lookup::lookup(target.clone())
		.map_or(true, |who| has_some(id, &who))
}

/// Returns true if the account has some of the asset, on hold or free.
fn has_some(id: u32, who: &AccountId) -> bool {
	Assets::total_balance(id, who) > 0
}

/// Returns the dollar that a swap along `path` ends with; `None` for any other asset.
fn bought_dollar(path: &[Box<Location>]) -> Option<u32> {
	let bought = path.last()?;
	[USDAI, SUSDAI].into_iter().find(|id| **bought == local_asset(*id))
}

/// Returns what a swap of `amount` along `path` brings now; `None` where the path is too long, or a
/// pool is missing or has no answer.
fn proceeds(path: &[Box<Location>], amount: Balance) -> Option<Balance> {
	let longest: u32 = <Runtime as pallet_asset_conversion::Config>::MaxSwapPathLength::get();
	if path.len() > longest as usize {
		return None;
	}
	path.windows(2).try_fold(amount, |amount, hop| {
		let (from, to) = ((*hop[0]).clone(), (*hop[1]).clone());
		AssetConversion::quote_price_exact_tokens_for_tokens(from, to, amount, true)
	})
}
