// SPDX-License-Identifier: Apache-2.0

//! Accepted values of the oracle.

use crate::{
	appraisal::{AppraisalError, OracleKey, OracleValue},
	Balance, PricedAssetId, Seconds,
};
use polkadot_sdk::frame_support::weights::Weight;

/// Prices of assets. The reserves ask the appraisal.
pub trait PriceSource {
	/// Returns the price of one whole unit in USD with 18 decimals, and its time.
	fn price(asset: PricedAssetId) -> Result<(Balance, Seconds), AppraisalError>;
	/// Returns the last accepted price, whatever its age, and its time; `None` if no price was ever
	/// accepted.
	fn last_known(asset: PricedAssetId) -> Option<(Balance, Seconds)>;
}

/// Notices that the oracle accepted a value. The appraisal tells credit and the reserves.
///
/// The notice is handled in the transaction of the operator: it takes the same short time whatever
/// the number of lines, titles and requests.
pub trait OnNewAppraisal {
	/// Handles the acceptance of a value for `key`.
	fn on_new_appraisal(key: &OracleKey, value: OracleValue, as_of: Seconds);
	/// Returns the most that [`Self::on_new_appraisal`] weighs.
	fn weight() -> Weight;
}

impl OnNewAppraisal for () {
	fn on_new_appraisal(_: &OracleKey, _: OracleValue, _: Seconds) {}

	fn weight() -> Weight {
		Weight::zero()
	}
}

impl<A: OnNewAppraisal, B: OnNewAppraisal> OnNewAppraisal for (A, B) {
	fn on_new_appraisal(key: &OracleKey, value: OracleValue, as_of: Seconds) {
		A::on_new_appraisal(key, value, as_of);
		B::on_new_appraisal(key, value, as_of);
	}

	fn weight() -> Weight {
		A::weight().saturating_add(B::weight())
	}
}
