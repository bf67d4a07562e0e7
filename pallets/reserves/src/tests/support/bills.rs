// SPDX-License-Identifier: Apache-2.0

//! Treasury bills, and their prices in place of the appraisal pallet.

use crate::{tests::mock::*, types::TreasuryBill};
use caliber_primitives::{
	appraisal::{AppraisalError, OracleKey},
	traits::{OnNewAppraisal, PriceSource},
	Balance, PricedAssetId, Seconds, USD,
};
use polkadot_sdk::{frame_support::parameter_types, sp_runtime::Perbill};
use std::collections::BTreeMap;

parameter_types! {
	/// Price of each asset, its time (the end of all times for one that is always of now), and true
	/// if it is fresh.
	pub storage PriceFeed: BTreeMap<PricedAssetId, (Balance, Seconds, bool)> = BTreeMap::new();
}

/// Prices in place of the appraisal pallet.
pub struct MockPrices;
impl PriceSource for MockPrices {
	fn price(asset: PricedAssetId) -> Result<(Balance, Seconds), AppraisalError> {
		match PriceFeed::get().get(&asset) {
			Some((price, at, true)) => Ok((*price, (*at).min(now()))),
			None if asset >= UNKNOWN => Err(AppraisalError::UnknownKey),
			None => Err(AppraisalError::Unavailable(OracleKey::Price(asset))),
			_ => Err(AppraisalError::Stale(OracleKey::Price(asset))),
		}
	}

	fn last_known(asset: PricedAssetId) -> Option<(Balance, Seconds)> {
		PriceFeed::get().get(&asset).map(|(price, at, _)| (*price, (*at).min(now())))
	}
}

/// First id that the oracle does not have.
pub const UNKNOWN: PricedAssetId = 90;

/// Returns the Treasury bills of a token.
pub fn bill(asset: u32, haircut: Perbill) -> TreasuryBill<u32> {
	TreasuryBill { asset, priced_asset: PRICED_BILL, haircut }
}

/// Lets the oracle report one dollar for a stablecoin all the time.
pub fn steady(asset: PricedAssetId) {
	set_price(asset, Some(USD));
	let mut feed = PriceFeed::get();
	feed.insert(asset, (USD, Seconds::MAX, true));
	PriceFeed::set(&feed);
}

/// Sets a fresh price of an asset, or makes the last one stale. The reserves are told of the prices
/// of stablecoins.
pub fn set_price(asset: PricedAssetId, price: Option<Balance>) {
	let mut feed = PriceFeed::get();
	match (price, feed.get_mut(&asset)) {
		(Some(price), _) => drop(feed.insert(asset, (price, now(), true))),
		(None, Some(old)) => old.2 = false,
		(None, None) => {}
	}
	PriceFeed::set(&feed);
	if let (PRICED_USDC | PRICED_USDT, Some(price)) = (asset, price) {
		Reserves::on_new_appraisal(&OracleKey::Price(asset), price, now());
	}
}

/// Accepts a price of the bills as the oracle does.
pub fn accept_price(price: Balance) {
	set_price(PRICED_BILL, Some(price));
	Reserves::on_new_appraisal(&OracleKey::Price(PRICED_BILL), price, now());
}
