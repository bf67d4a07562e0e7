// SPDX-License-Identifier: Apache-2.0

//! Treasury bills, and their prices in place of the appraisal pallet.

use crate::{tests::mock::*, types::TreasuryBill};
use caliber_primitives::{
	appraisal::{AppraisalError, OracleKey},
	traits::{OnNewAppraisal, PriceSource},
	Balance, PricedAssetId, Seconds,
};
use polkadot_sdk::{frame_support::parameter_types, sp_runtime::Perbill};
use std::collections::BTreeMap;

parameter_types! {
	/// Price of each asset, its time, and true if it is fresh.
	pub storage PriceFeed: BTreeMap<PricedAssetId, (Balance, Seconds, bool)> = BTreeMap::new();
}

/// Prices in place of the appraisal pallet.
pub struct MockPrices;
impl PriceSource for MockPrices {
	fn price(asset: PricedAssetId) -> Result<(Balance, Seconds), AppraisalError> {
		match PriceFeed::get().get(&asset) {
			Some((price, at, true)) => Ok((*price, *at)),
			_ => Err(AppraisalError::Stale(OracleKey::Price(asset))),
		}
	}

	fn last_known(asset: PricedAssetId) -> Option<(Balance, Seconds)> {
		PriceFeed::get().get(&asset).map(|(price, at, _)| (*price, *at))
	}
}

/// Returns the Treasury bills of a token.
pub fn bill(asset: u32, haircut: Perbill) -> TreasuryBill<u32> {
	TreasuryBill { asset, priced_asset: PRICED_BILL, haircut }
}

/// Sets a fresh price of an asset, or makes the last one stale.
pub fn set_price(asset: PricedAssetId, price: Option<Balance>) {
	let mut feed = PriceFeed::get();
	match (price, feed.get_mut(&asset)) {
		(Some(price), _) => drop(feed.insert(asset, (price, now(), true))),
		(None, Some(old)) => old.2 = false,
		(None, None) => {}
	}
	PriceFeed::set(&feed);
}

/// Accepts a price of the bills as the oracle does.
pub fn accept_price(price: Balance) {
	set_price(PRICED_BILL, Some(price));
	Reserves::on_new_appraisal(&OracleKey::Price(PRICED_BILL), price, now());
}
