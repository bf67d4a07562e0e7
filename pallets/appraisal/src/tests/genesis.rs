// SPDX-License-Identifier: Apache-2.0

//! Genesis: ids, JSON, refusals.

use super::mock::*;
use crate::{Assets, GenesisConfig, GenesisModel, ModelRecord, NextModelId};
use caliber_primitives::titles::AssetClass;
use polkadot_sdk::sp_runtime::BuildStorage;

/// Returns true if a chain with this genesis starts.
fn starts(genesis: GenesisConfig<Test>) -> bool {
	std::panic::catch_unwind(|| genesis.build_storage().is_ok()).unwrap_or(false)
}

#[test]
fn genesis_should_number_models_from_zero_when_there_are_several() {
	let second =
		GenesisModel { class: AssetClass::Storage, name: "JBOD".into(), ..genesis_model() };
	let genesis = GenesisConfig {
		models: vec![genesis_model(), second],
		assets: vec![(1, "USDC".into()), (9, "TBILL".into())],
		..Default::default()
	};
	ExtBuilder::default().genesis(genesis).build_and_execute(|| {
		assert_eq!(Appraisal::model(0), Some(ModelRecord::new(&spec())));
		assert_eq!(Appraisal::model_version(0, 0), Some(spec().terms()));
		assert_eq!(Appraisal::model(1).unwrap().class, AssetClass::Storage);
		assert_eq!(Appraisal::model_version(1, 0), Some(spec().terms()));
		assert_eq!(NextModelId::<Test>::get(), 2);
		assert_eq!(Assets::<Test>::get(9), Some(symbol("TBILL")));
	});
}

#[test]
fn genesis_should_survive_json_when_amounts_exceed_64_bits() {
	let genesis = GenesisConfig::<Test> {
		models: vec![genesis_model()],
		assets: vec![(ASSET, "USDC".into())],
		..Default::default()
	};
	let value = serde_json::to_value(&genesis).unwrap();
	assert_eq!(value["models"][0]["referencePrice"].to_string(), "30000000000000000000000");
	let text = serde_json::to_string(&value).unwrap();
	let read: GenesisConfig<Test> = serde_json::from_str(&text).unwrap();
	assert_eq!(read.models, genesis.models);
	let read: GenesisConfig<Test> = serde_json::from_value(value).unwrap();
	assert_eq!(read.models, genesis.models);
}

#[test]
fn chain_should_not_start_when_the_specification_is_out_of_bounds() {
	let with = |change: fn(&mut GenesisModel)| {
		let mut model = genesis_model();
		change(&mut model);
		starts(GenesisConfig { models: vec![model], ..Default::default() })
	};
	assert!(with(|_| ()));
	assert!(!with(|model| model.name = "x".repeat(65)));
	assert!(!with(|model| model.curve = (0..17).map(|age| (age, 1)).collect()));
	assert!(!with(|model| model.max_advance_rate = 800_000_001));
	// Refused rather than cut off at 100 %.
	assert!(!with(|model| model.forced_sale_factor = 1_000_000_001));
	assert!(!with(|model| model.new_factor = 1_000_000_001));

	let twice = vec![(1, "USDC".into()), (1, "USDT".into())];
	assert!(!starts(GenesisConfig { assets: twice, ..Default::default() }));
	let long = vec![(1, "S".repeat(17))];
	assert!(!starts(GenesisConfig { assets: long, ..Default::default() }));
}
