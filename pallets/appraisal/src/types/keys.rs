// SPDX-License-Identifier: Apache-2.0

//! Oracle keys: the model they belong to, and the highest value each may have.

use caliber_math::WAD;
use caliber_primitives::{appraisal::OracleKey, Balance, ModelId};

/// Highest price, USD with 18 decimals: a billion dollars.
pub const MAX_PRICE: Balance = 1_000_000_000 * WAD;
/// Utilisation of a model of which every hour is rented.
pub const FULL_UTILISATION: u128 = WAD;

/// Returns the model a key belongs to; none for the price of an asset.
pub(crate) fn model_of_key(key: &OracleKey) -> Option<ModelId> {
	match key {
		OracleKey::Resale(model_id)
		| OracleKey::Rental(model_id)
		| OracleKey::Utilisation(model_id) => Some(*model_id),
		OracleKey::Price(_) => None,
	}
}

/// Returns the three keys of a model.
pub(crate) fn keys_of_model(model_id: ModelId) -> [OracleKey; 3] {
	[OracleKey::Resale(model_id), OracleKey::Rental(model_id), OracleKey::Utilisation(model_id)]
}

/// Returns the highest value of a key.
pub(crate) fn highest_value(key: &OracleKey) -> u128 {
	match key {
		OracleKey::Utilisation(_) => FULL_UTILISATION,
		OracleKey::Resale(_) | OracleKey::Rental(_) | OracleKey::Price(_) => MAX_PRICE,
	}
}
