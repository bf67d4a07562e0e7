// SPDX-License-Identifier: Apache-2.0

//! Hardware models of the tests, as the genesis and as the calls take them.

use crate::{types::*, GenesisModel};
use caliber_math::{CurvePoint, WAD};
use caliber_primitives::{appraisal::Namespace, titles::AssetClass};
use polkadot_sdk::sp_runtime::{FixedU128, Perbill};

/// Returns a datacenter GPU: 30 000 dollars new, 80 % after a year, 40 % after three, 10 % after
/// five.
pub fn genesis_model() -> GenesisModel {
	GenesisModel {
		class: AssetClass::Compute,
		namespace: Namespace::Serial,
		name: "H100 SXM 80GB".into(),
		reference_price: 30_000 * WAD,
		release_date: 1_660_000_000,
		economic_life_months: 60,
		curve: vec![(0, 1_000_000_000), (12, 800_000_000), (36, 400_000_000), (60, 100_000_000)],
		new_factor: 1_000_000_000,
		refurbished_factor: 900_000_000,
		used_factor: 800_000_000,
		as_is_factor: 500_000_000,
		forced_sale_factor: 700_000_000,
		discount_rate: WAD / 100 * 12,
		opex_per_hour: WAD / 2,
		max_advance_rate: 700_000_000,
	}
}

/// Returns the model of the genesis as the calls take it.
pub fn spec() -> ModelSpec {
	let point = |age_months, percent: u32| CurvePoint { age_months, factor: percent * 10_000_000 };
	ModelSpec {
		class: AssetClass::Compute,
		namespace: Namespace::Serial,
		name: b"H100 SXM 80GB".to_vec().try_into().unwrap(),
		reference_price: 30_000 * WAD,
		release_date: 1_660_000_000,
		economic_life_months: 60,
		curve: vec![point(0, 100), point(12, 80), point(36, 40), point(60, 10)].try_into().unwrap(),
		conditions: ConditionFactors {
			new: Perbill::from_percent(100),
			refurbished: Perbill::from_percent(90),
			used: Perbill::from_percent(80),
			as_is: Perbill::from_percent(50),
		},
		forced_sale_factor: Perbill::from_percent(70),
		discount_rate: FixedU128::from_rational(12, 100),
		opex_per_hour: WAD / 2,
		max_advance_rate: Perbill::from_percent(70),
	}
}

/// Returns a symbol.
pub fn symbol(text: &str) -> Symbol {
	text.as_bytes().to_vec().try_into().unwrap()
}
