// SPDX-License-Identifier: Apache-2.0

//! The first state of each network.
//!
//! `development` and `local_testnet` carry the same economy: the hardware models of
//! `data/models.json`, stablecoins and a Treasury-bill token of another chain, the peg, and
//! well-known accounts in every role. They differ in their collators.

use crate::{
	configs::governance::TreasuryAccount, constants::currency::CLBR, AppraisalConfig,
	AssetConversionConfig, AssetsConfig, Balance, BalancesConfig, CollatorSelectionConfig,
	CreditConfig, ForeignAssetsConfig, OracleMembershipConfig, OriginsConfig, ParachainInfoConfig,
	PolkadotXcmConfig, ReservesConfig, RuntimeGenesisConfig, SessionConfig, SessionKeys,
	TechnicalMembershipConfig, TitlesConfig, VaultConfig,
};
use alloc::{string::String, vec, vec::Vec};
use caliber_primitives::{titles::AssetClass, PricedAssetId, SUSDAI, USD, USDAI, USD_DECIMALS};
use pallet_caliber_appraisal::GenesisModel;
use pallet_caliber_reserves::types::{Peg, Stablecoin, TreasuryBill};
use polkadot_sdk::{staging_xcm::latest::prelude::*, *};

use cumulus_primitives_core::ParaId;
use frame_support::build_struct_json_patch;
use sp_genesis_builder::{PresetId, DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
use sp_keyring::Sr25519Keyring as Keyring;
use sp_runtime::Perbill;

/// The number of this parachain on its relay chain.
pub const PARA_ID: ParaId = ParaId::new(2000);

const SAFE_XCM_VERSION: u32 = XCM_VERSION;

/// The oracle's number of USDC.
pub const PRICED_USDC: PricedAssetId = 1;
/// The oracle's number of USDT.
pub const PRICED_USDT: PricedAssetId = 2;
/// The oracle's number of PYUSD.
pub const PRICED_PYUSD: PricedAssetId = 3;
/// The oracle's number of the Treasury-bill token.
pub const PRICED_TBILL: PricedAssetId = 10;

fn asset_hub(index: u128) -> Location {
	Location::new(1, [Parachain(1000), PalletInstance(50), GeneralIndex(index)])
}

/// USDC as Asset Hub issues it.
pub fn usdc() -> Location {
	asset_hub(1337)
}

/// USDT as Asset Hub issues it.
pub fn usdt() -> Location {
	asset_hub(1984)
}

/// PYUSD of Ethereum, bridged.
pub fn pyusd() -> Location {
	Location::new(
		2,
		[
			GlobalConsensus(NetworkId::Ethereum { chain_id: 1 }),
			AccountKey20 {
				network: None,
				key: [
					0x6c, 0x3e, 0xa9, 0x03, 0x64, 0x06, 0x85, 0x20, 0x06, 0x29, 0x07, 0x70, 0xbe,
					0xdf, 0xca, 0xba, 0x0e, 0x23, 0xa0, 0xe8,
				],
			},
		],
	)
}

/// A token of Treasury bills. Its place on Asset Hub is made up: it exists on development networks
/// only.
pub fn tbill() -> Location {
	asset_hub(3001)
}

/// A foreign asset of the presets.
struct Foreign {
	location: Location,
	name: &'static str,
	symbol: &'static str,
	decimals: u8,
	min_balance: Balance,
}

fn foreign_assets() -> Vec<Foreign> {
	vec![
		Foreign {
			location: usdc(),
			name: "USD Coin",
			symbol: "USDC",
			decimals: 6,
			min_balance: 10_000,
		},
		Foreign {
			location: usdt(),
			name: "Tether USD",
			symbol: "USDT",
			decimals: 6,
			min_balance: 10_000,
		},
		Foreign {
			location: pyusd(),
			name: "PayPal USD",
			symbol: "PYUSD",
			decimals: 6,
			min_balance: 10_000,
		},
		Foreign {
			location: tbill(),
			name: "Tokenised Treasury Bills",
			symbol: "TBILL",
			decimals: 18,
			min_balance: USD / 100,
		},
	]
}

mod models {
	//! `data/models.json`: what it says, where each figure comes from and under which licence is
	//! told beside it.

	use super::{AssetClass, GenesisModel, String, Vec};
	use serde::Deserialize;

	#[derive(Deserialize)]
	struct Catalogue {
		models: Vec<Model>,
	}

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

	#[derive(Deserialize)]
	struct Condition {
		new: u32,
		refurbished: u32,
		used: u32,
		as_is: u32,
	}

	fn amount(text: &str) -> u128 {
		text.parse().expect("amounts in models.json are whole numbers; qed")
	}

	/// The models in the order of their ids.
	pub fn catalogue() -> Vec<GenesisModel> {
		let catalogue: Catalogue = serde_json::from_str(include_str!("../../data/models.json"))
			.expect("models.json is part of the source and read by a test; qed");
		catalogue
			.models
			.into_iter()
			.map(|model| GenesisModel {
				class: model.class,
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
}

/// A stablecoin of the peg: free to bring in, a thousandth to take out.
fn stablecoin(
	asset: Location,
	ceiling_weight: u32,
	priced_asset: PricedAssetId,
) -> Stablecoin<Location> {
	Stablecoin {
		asset,
		ceiling_weight,
		minting_fee: 0,
		redemption_fee: 1_000,
		priced_asset: Some(priced_asset),
	}
}

/// The session keys of a well-known account: each key pair is the account's own.
fn session_keys(key: Keyring) -> SessionKeys {
	SessionKeys { aura: key.public().into(), authority_discovery: key.public().into() }
}

fn network(collators: Vec<Keyring>, id: ParaId) -> serde_json::Value {
	let account = |key: Keyring| key.to_account_id();
	let treasury = TreasuryAccount::get();
	let foreign = foreign_assets();
	let dollars = [
		account(Keyring::Alice),
		account(Keyring::Bob),
		account(Keyring::Dave),
		account(Keyring::Eve),
		account(Keyring::Ferdie),
		account(Keyring::DaveStash),
		account(Keyring::EveStash),
		account(Keyring::FerdieStash),
	];
	const HOLDING: Balance = 10_000_000;

	build_struct_json_patch!(RuntimeGenesisConfig {
		balances: BalancesConfig {
			balances: Keyring::iter()
				.map(|key| (account(key), 10_000_000 * CLBR))
				.chain([(treasury.clone(), 1_000_000 * CLBR)])
				.collect::<Vec<_>>(),
		},
		parachain_info: ParachainInfoConfig { parachain_id: id },
		collator_selection: CollatorSelectionConfig {
			invulnerables: collators.iter().copied().map(account).collect::<Vec<_>>(),
			candidacy_bond: 1_000 * CLBR,
			desired_candidates: 10u32,
		},
		session: SessionConfig {
			keys: collators
				.into_iter()
				.map(|key| (account(key), account(key), session_keys(key)))
				.collect::<Vec<_>>(),
		},
		polkadot_xcm: PolkadotXcmConfig { safe_xcm_version: Some(SAFE_XCM_VERSION) },
		assets: AssetsConfig {
			assets: vec![
				(USDAI, treasury.clone(), true, 1u128),
				(SUSDAI, treasury.clone(), true, 1u128),
			],
			metadata: vec![
				(USDAI, b"USDai".to_vec(), b"USDai".to_vec(), USD_DECIMALS),
				(SUSDAI, b"Staked USDai".to_vec(), b"sUSDai".to_vec(), USD_DECIMALS),
			],
			next_asset_id: Some(1_000u32),
		},
		foreign_assets: ForeignAssetsConfig {
			assets: foreign
				.iter()
				.map(|a| (a.location.clone(), treasury.clone(), true, a.min_balance))
				.collect::<Vec<_>>(),
			metadata: foreign
				.iter()
				.map(|a| {
					(
						a.location.clone(),
						a.name.as_bytes().to_vec(),
						a.symbol.as_bytes().to_vec(),
						a.decimals,
					)
				})
				.collect::<Vec<_>>(),
			accounts: foreign
				.iter()
				.flat_map(|a| {
					dollars.iter().map(|who| {
						(a.location.clone(), who.clone(), HOLDING * 10u128.pow(a.decimals.into()))
					})
				})
				.collect::<Vec<_>>(),
		},
		// Whoever has USDC only can pay fees: a pool with the native token at half a dollar.
		asset_conversion: AssetConversionConfig {
			pools: vec![(
				Location::here(),
				usdc(),
				account(Keyring::FerdieStash),
				200_000 * CLBR,
				100_000 * 1_000_000,
			)],
		},
		// A day of governance passes in a minute and a half.
		origins: OriginsConfig { tempo: 1_000u32 },
		technical_membership: TechnicalMembershipConfig {
			members: vec![
				account(Keyring::Alice),
				account(Keyring::Bob),
				account(Keyring::Charlie)
			]
			.try_into()
			.expect("three members are within the bound; qed"),
		},
		oracle_membership: OracleMembershipConfig {
			members: vec![
				account(Keyring::AliceStash),
				account(Keyring::BobStash),
				account(Keyring::CharlieStash),
			]
			.try_into()
			.expect("three operators are within the bound; qed"),
		},
		appraisal: AppraisalConfig {
			max_age: Some(600u64),
			// Every block may move a price: a day of data is replayed in seconds.
			update_period: Some(1u64),
			models: models::catalogue(),
			assets: vec![
				(PRICED_USDC, String::from("USDC")),
				(PRICED_USDT, String::from("USDT")),
				(PRICED_PYUSD, String::from("PYUSD")),
				(PRICED_TBILL, String::from("TBILL")),
			],
		},
		titles: TitlesConfig {
			custodians: vec![(
				account(Keyring::Charlie),
				b"Helsinki DC 3".to_vec(),
				3u8,
				*b"FI",
				100_000 * CLBR,
			)],
			// The custodian is a verifier too, and still may not confirm what it attested.
			verifiers: vec![account(Keyring::Dave), account(Keyring::Charlie)],
			insurers: vec![(
				account(Keyring::EveStash),
				b"Nordic Machinery Cover".to_vec(),
				*b"FI"
			)],
			appraisers: vec![(
				account(Keyring::FerdieStash),
				b"Baltic Appraisers".to_vec(),
				*b"EE"
			)],
		},
		credit: CreditConfig { curators: vec![(account(Keyring::Eve), 50_000_000 * USD)] },
		vault: VaultConfig { window_length: 120u64 },
		reserves: ReservesConfig {
			peg: Some(Peg {
				max_debt: 1_000_000_000 * USD,
				min_swap: USD,
				stablecoins: vec![
					stablecoin(usdc(), 500_000, PRICED_USDC),
					stablecoin(usdt(), 300_000, PRICED_USDT),
					stablecoin(pyusd(), 200_000, PRICED_PYUSD),
				],
			}),
			bill: Some(TreasuryBill {
				asset: tbill(),
				priced_asset: PRICED_TBILL,
				haircut: Perbill::from_parts(2_000_000),
			}),
		},
	})
}

/// A preset as JSON; none for an unknown name.
pub fn get_preset(id: &PresetId) -> Option<Vec<u8>> {
	let collators = match id.as_ref() {
		DEV_RUNTIME_PRESET => vec![Keyring::Alice],
		LOCAL_TESTNET_RUNTIME_PRESET => vec![Keyring::Alice, Keyring::Bob],
		_ => return None,
	};
	let patch = network(collators, PARA_ID);
	Some(
		serde_json::to_string(&patch)
			.expect("a JSON value is written without errors; qed")
			.into_bytes(),
	)
}

/// The presets there are.
pub fn preset_names() -> Vec<PresetId> {
	vec![PresetId::from(DEV_RUNTIME_PRESET), PresetId::from(LOCAL_TESTNET_RUNTIME_PRESET)]
}
