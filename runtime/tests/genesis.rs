// SPDX-License-Identifier: Apache-2.0

//! Genesis states of the presets.

#![allow(missing_docs)]

mod common;

use caliber_primitives::{SUSDAI, USDAI};
use caliber_runtime::{
	accounts::TreasuryAccount,
	constants::{currency, time::DAYS},
	genesis_config_presets as presets, AllPalletsWithSystem, Assets, Balances, ForeignAssets,
	OracleMembership, Runtime,
};
use common::*;
use polkadot_sdk::{
	frame_support::traits::{
		fungibles::{metadata::Inspect as _, Inspect as _},
		PalletsInfoAccess,
	},
	frame_system, pallet_balances,
	pallet_referenda::TracksInfo as _,
	sp_keyring::Sr25519Keyring as Keyring,
	sp_runtime::traits::Get,
};

#[test]
fn every_preset_should_build_and_pass_try_state() {
	for name in presets::preset_names() {
		genesis(name.as_ref()).execute_with(check_state);
	}
}

#[test]
fn local_testnet_should_have_two_collators_and_development_one() {
	let collators = |preset| {
		genesis(preset).execute_with(|| {
			polkadot_sdk::pallet_collator_selection::Invulnerables::<Runtime>::get().len()
		})
	};
	assert_eq!((collators("development"), collators("local_testnet")), (1, 2));
}

#[test]
fn testnet_should_name_nobody_and_run_in_the_periods_of_a_live_chain() {
	genesis(presets::TESTNET_RUNTIME_PRESET).execute_with(|| {
		// One existential deposit keeps the account of the treasury alive.
		let treasury = Balances::free_balance(TreasuryAccount::get());
		assert_eq!(treasury, currency::EXISTENTIAL_DEPOSIT);
		assert_eq!(pallet_balances::TotalIssuance::<Runtime>::get(), treasury);
		assert_eq!(OracleMembership::members().len(), 0);
		assert_eq!(caliber_runtime::TechnicalMembership::members().len(), 0);
		for coin in [presets::usdc(), presets::usdt(), presets::pyusd()] {
			assert_eq!(ForeignAssets::total_issuance(coin), 0);
		}
		let root = caliber_runtime::configs::governance::tracks::TracksInfo::info(0).unwrap();
		assert_eq!(root.decision_period, 28 * DAYS);
		assert_eq!(caliber_runtime::Vault::window().length, 30 * DAY);
	});
}

/// Returns true if the genesis of a preset contains the key of a well-known account.
fn names_a_well_known_account(preset: &str) -> bool {
	let storage = genesis_storage(preset);
	let known: Vec<[u8; 32]> = Keyring::iter().map(|key| key.to_raw_public()).collect();
	let has = |bytes: &[u8]| known.iter().any(|key| bytes.windows(32).any(|part| part == key));
	storage.top.iter().any(|(key, value)| has(key) || has(value))
}

#[test]
fn well_known_accounts_should_be_in_the_presets_of_one_machine_only() {
	assert!(names_a_well_known_account("development"));
	assert!(names_a_well_known_account("local_testnet"));
	assert!(!names_a_well_known_account(presets::TESTNET_RUNTIME_PRESET));
}

#[test]
fn stable_assets_should_exist_with_eighteen_decimals() {
	run(|| {
		for id in [USDAI, SUSDAI] {
			assert!(Assets::asset_exists(id));
			assert_eq!(Assets::decimals(id), 18);
			assert_eq!(Assets::total_issuance(id), 0);
		}
		for coin in [presets::usdc(), presets::usdt(), presets::pyusd()] {
			assert_eq!(ForeignAssets::decimals(coin), 6);
		}
		assert_eq!(ForeignAssets::symbol(presets::tbill()), b"TBILL".to_vec());
	});
}

#[test]
fn models_should_be_those_of_the_data_in_their_order() {
	let file: serde_json::Value =
		serde_json::from_str(include_str!("../../data/models.json")).unwrap();
	let models = file["models"].as_array().unwrap();
	assert!(models.len() >= 5);
	run(|| {
		for (id, model) in models.iter().enumerate() {
			let record = caliber_runtime::Appraisal::model(id as u32).unwrap();
			assert_eq!(model["id"].as_u64(), Some(id as u64));
			assert_eq!(record.spec.name.to_vec(), model["name"].as_str().unwrap().as_bytes());
			assert_eq!(
				record.spec.reference_price.to_string(),
				model["reference_price"].as_str().unwrap()
			);
		}
	});
}

#[test]
fn address_format_should_be_the_one_of_the_chain_properties() {
	let prefix = <<Runtime as frame_system::Config>::SS58Prefix as Get<u16>>::get();
	assert_eq!(prefix, currency::SS58_PREFIX);
}

#[test]
fn tempo_should_divide_the_periods_of_every_track() {
	let decision = || {
		let root = caliber_runtime::configs::governance::tracks::TracksInfo::info(0).unwrap();
		root.decision_period
	};
	run(|| assert_eq!(decision(), 28 * DAYS / 1_000));
	polkadot_sdk::sp_io::TestExternalities::default()
		.execute_with(|| assert_eq!(decision(), 28 * DAYS));
}

#[test]
fn genesis_should_name_nobody_as_a_master() {
	// There are governance, a committee and operators, and no pallet with a master key.
	run(|| {
		assert_eq!(OracleMembership::members().len(), 3);
		let names: Vec<_> =
			AllPalletsWithSystem::infos().into_iter().map(|info| info.name).collect();
		assert!(names.contains(&"Referenda"));
		assert!(!names.contains(&"Sudo"));
	});
}
