// SPDX-License-Identifier: Apache-2.0

//! Hardware models of `data/models.json`. The sources and licences of its figures are documented
//! beside it.

use alloc::{string::String, vec::Vec};
use caliber_primitives::{appraisal::Namespace, titles::AssetClass};
use pallet_caliber_appraisal::GenesisModel;
use serde::Deserialize;

/// Content of `data/models.json`.
#[derive(Deserialize)]
struct Catalogue {
	models: Vec<Model>,
}

/// Hardware model as the file writes it: amounts are decimal strings, factors are in parts per
/// million.
#[derive(Deserialize)]
struct Model {
	name: String,
	class: AssetClass,
	reference_price: String,
	release_date_unix: u64,
	economic_life_months: u16,
	curve: Vec<(u16, u32)>,
	condition: Condition,
	forced_sale: u32,
	discount_rate: String,
	opex_per_hour: String,
	max_advance_rate: u32,
}

/// Value factors by condition.
#[derive(Deserialize)]
struct Condition {
	new: u32,
	refurbished: u32,
	used: u32,
	as_is: u32,
}

/// Reads a decimal amount.
fn amount(text: &str) -> u128 {
	text.parse().expect("amounts in models.json are whole numbers; qed")
}

/// Returns the models in the order of their ids.
pub fn catalogue() -> Vec<GenesisModel> {
	let catalogue: Catalogue = serde_json::from_str(include_str!("../../../data/models.json"))
		.expect("models.json is part of the source and read by a test; qed");
	catalogue
		.models
		.into_iter()
		.map(|model| GenesisModel {
			class: model.class,
			namespace: Namespace::Serial,
			name: model.name,
			reference_price: amount(&model.reference_price),
			release_date: model.release_date_unix,
			economic_life_months: model.economic_life_months,
			curve: model.curve,
			new_factor: model.condition.new,
			refurbished_factor: model.condition.refurbished,
			used_factor: model.condition.used,
			as_is_factor: model.condition.as_is,
			forced_sale_factor: model.forced_sale,
			discount_rate: amount(&model.discount_rate),
			opex_per_hour: amount(&model.opex_per_hour),
			max_advance_rate: model.max_advance_rate,
		})
		.collect()
}
