// SPDX-License-Identifier: Apache-2.0

//! Genesis states of the presets.

#![allow(missing_docs)]

mod common;

use caliber_primitives::{SUSDAI, USD, USDAI};
use caliber_runtime::{
	accounts::TreasuryAccount,
	constants::{currency, time::DAYS},
	genesis_config_presets as presets, AllPalletsWithSystem, AssetConversion, Assets, Balances,
	ForeignAssets, Governance, OracleMembership, Reserves, Runtime,
};
use common::*;
use polkadot_sdk::{
	frame_support::traits::{
		fungibles::{metadata::Inspect as _, Inspect as _},
		PalletsInfoAccess,
	},
	frame_system, pallet_balances, pallet_psm,
	pallet_referenda::TracksInfo as _,
	sp_keyring::Sr25519Keyring as Keyring,
	sp_runtime::traits::Get,
	staging_xcm::latest::Location,
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
		// The minimum balance of each stablecoin lies in the account of the peg, and there is no
		// more.
		let peg = caliber_runtime::Psm::psm_account(&usdai());
		for coin in [presets::usdc(), presets::usdt(), presets::pyusd()] {
			assert_eq!(ForeignAssets::total_issuance(coin.clone()), 10_000);
			assert_eq!(ForeignAssets::balance(coin, &peg), 10_000);
		}
		assert!(Reserves::proof_of_reserves().backed);
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
		}
		assert_eq!(Assets::total_issuance(SUSDAI), 0);
		for coin in [presets::usdc(), presets::usdt(), presets::pyusd()] {
			assert_eq!(ForeignAssets::decimals(coin), 6);
		}
		assert_eq!(ForeignAssets::symbol(presets::tbill()), b"TBILL".to_vec());
	});
}

#[test]
fn first_usdai_should_be_minted_through_the_peg() {
	run(|| {
		// Of the provider of the pool, who deals in bills, the custodian, the verifier and the insurer.
		let minted = (1_100_001 + 550_001 + 50_001 + 5_000_001) * USD;
		let pooled = 100_000 * USD;
		assert_eq!(Assets::total_issuance(USDAI), minted);
		let debt = pallet_psm::PsmDebt::<Runtime>::get(usdai(), presets::usdc());
		assert_eq!(debt, minted);
		let proof = Reserves::proof_of_reserves();
		assert!(proof.backed);
		assert_eq!(proof.supply, minted);
		// A CLBR costs half a dollar in both pools.
		for (dollar, amount) in [(usdai(), pooled), (presets::usdc(), 100_000 * 1_000_000)] {
			let pool = AssetConversion::get_reserves(Location::here(), dollar);
			assert_eq!(pool.ok(), Some((200_000 * currency::CLBR, amount)));
		}
	});
	genesis(presets::TESTNET_RUNTIME_PRESET).execute_with(|| {
		assert_eq!(Assets::total_issuance(USDAI), 0);
		assert!(AssetConversion::get_reserves(Location::here(), usdai()).is_err());
	});
}

#[test]
fn parties_should_have_their_bonds_and_capital_on_hold() {
	use caliber_runtime::{assets::UsdAiHold, Titles};
	use pallet_caliber_titles::{self as titles, HoldReason};
	use polkadot_sdk::frame_support::traits::fungible::InspectHold;
	run(|| {
		for (who, reason, dollars) in [
			(custodian(), HoldReason::CustodianBond, 500_000),
			(custodian(), HoldReason::VerifierBond, 50_000),
			(verifier(), HoldReason::VerifierBond, 50_000),
			(insurer(), HoldReason::InsurerCapital, 5_000_000),
		] {
			assert_eq!(UsdAiHold::balance_on_hold(&reason.into(), &who), dollars * USD);
			assert_eq!(usdai_of(&who), USD);
		}
		assert!(Titles::bond_is_sufficient(&custodian()));
		let insurer = titles::Insurers::<Runtime>::get(insurer()).unwrap();
		assert_eq!(insurer.capacity.governed(), 500_000_000 * USD);
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
			let terms = caliber_runtime::Appraisal::model_version(id as u32, 0).unwrap();
			assert_eq!(model["id"].as_u64(), Some(id as u64));
			assert_eq!(record.name.to_vec(), model["name"].as_str().unwrap().as_bytes());
			assert_eq!(
				terms.reference_price.to_string(),
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

/// Returns the names of the governed values that differ from their defaults.
fn changed_values() -> Vec<String> {
	let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
	Governance::values()
		.into_iter()
		.flat_map(|(_, values)| values)
		.filter(|value| value.governed != value.default)
		.map(|value| text(value.name))
		.collect()
}

#[test]
fn governed_values_should_be_within_their_ranges_at_the_tempo_of_every_preset() {
	for preset in presets::preset_names() {
		genesis(preset.as_ref()).execute_with(|| {
			set_time(START);
			let areas = Governance::values();
			assert_eq!(areas.len(), 7);
			for (area, values) in areas {
				assert!(!values.is_empty());
				for value in values {
					let name = String::from_utf8_lossy(&value.name).into_owned();
					let at = format!("{preset:?}: {name} of {}", String::from_utf8_lossy(&area));
					let range = value.least..=value.greatest;
					assert!(range.contains(&value.default), "{at}: {value:?}");
					assert!(range.contains(&value.governed), "{at}: {value:?}");
					assert!(range.contains(&value.value), "{at}: {value:?}");
					// Nothing brakes and nothing moves in the first block.
					assert_eq!(value.value, value.governed, "{at}");
				}
			}
		});
	}
}

#[test]
fn development_should_differ_from_a_live_chain_in_tempo_and_prices_alone() {
	for (preset, tempo, changed, window) in [
		("development", 21_600, vec!["MaxAge", "UpdatePeriod"], 120),
		("local_testnet", 21_600, vec!["MaxAge", "UpdatePeriod"], 120),
		(presets::TESTNET_RUNTIME_PRESET, 1, vec![], 30 * DAY),
	] {
		genesis(preset).execute_with(|| {
			assert_eq!(Governance::tempo(), tempo, "{preset}");
			assert_eq!(changed_values(), changed, "{preset}");
			assert_eq!(caliber_runtime::Vault::window().length, window, "{preset}");
		});
	}
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

#[test]
fn genesis_should_build_governance_first_and_reserves_last() {
	let names: Vec<_> = AllPalletsWithSystem::infos().into_iter().map(|info| info.name).collect();
	let at = |name: &str| names.iter().position(|each| *each == name).expect("it is a pallet");
	for ours in ["Appraisal", "Titles", "Credit", "Vault", "Reserves"] {
		assert!(at("Governance") < at(ours), "{ours} reads governed values");
	}
	for basis in ["Assets", "ForeignAssets", "AssetConversion", "Psm", "Titles", "Credit", "Vault"]
	{
		assert!(at(basis) < at("Reserves"), "reserves mint and make pools after {basis}");
	}
}
