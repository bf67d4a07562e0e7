// SPDX-License-Identifier: Apache-2.0

//! Network of a relay chain, Asset Hub (1000), Caliber (2000) and a sibling (2001).

use crate::{parachain, relay};
use caliber_runtime::{
	configs::xcm::LocationToAccountId as CaliberLocationToAccountId, genesis_config_presets,
	AccountId, Balance, RuntimeGenesisConfig,
};
use polkadot_sdk::{
	cumulus_primitives_core::AggregateMessageOrigin,
	frame_support,
	polkadot_parachain_primitives::primitives::Sibling as SiblingOf,
	sp_core::storage::Storage,
	sp_genesis_builder::DEV_RUNTIME_PRESET,
	sp_keyring::Sr25519Keyring as Keyring,
	sp_runtime::{traits::AccountIdConversion, BuildStorage},
	staging_xcm::latest::{prelude::*, Location},
};
use xcm_emulator::{
	decl_test_networks, decl_test_parachains, decl_test_relay_chains, OnInitialize as _,
	TestExternalities,
};

pub const ASSET_HUB: u32 = 1000;
pub const CALIBER: u32 = 2000;
pub const SIBLING: u32 = 2001;

/// Id of USDC on Asset Hub.
pub const USDC: u32 = 1337;
/// Id of USDT on Asset Hub.
pub const USDT: u32 = 1984;

/// One unit of the relay chain's token.
pub const DOT: Balance = 10_000_000_000;
/// Balance of every account of the stand-ins at the start, in the relay chain's token.
pub const ENDOWMENT: Balance = 1_000_000 * DOT;
/// Alice's balance of each stablecoin on Asset Hub, in millionths.
pub const HOLDING: Balance = 50_000_000 * 1_000_000;

/// Block of the relay chain at the start, 2026-01-01.
const FIRST_RELAY_BLOCK: u32 = 294_537_600;

/// Returns the well-known accounts with their endowment.
fn accounts() -> Vec<(AccountId, Balance)> {
	Keyring::iter().map(|key| (key.to_account_id(), ENDOWMENT)).collect()
}

/// Merges `patch` into `base`, object by object.
fn merge(base: &mut serde_json::Value, patch: serde_json::Value) {
	match (base, patch) {
		(serde_json::Value::Object(base), serde_json::Value::Object(patch)) => {
			for (key, value) in patch {
				merge(base.entry(key).or_insert(serde_json::Value::Null), value);
			}
		}
		(base, patch) => *base = patch,
	}
}

/// Builds the genesis of Caliber from the development preset.
fn caliber() -> Storage {
	let patch =
		genesis_config_presets::get_preset(&DEV_RUNTIME_PRESET.into()).expect("the preset exists");
	let mut config = serde_json::to_value(RuntimeGenesisConfig::default()).expect("it is JSON");
	merge(&mut config, serde_json::from_slice(&patch).expect("it is JSON"));
	serde_json::from_value::<RuntimeGenesisConfig>(config)
		.expect("the preset is a configuration")
		.build_storage()
		.expect("the configuration is sound")
}

/// Returns the account of a parachain on its siblings.
pub fn account_of_sibling(para: u32) -> AccountId {
	SiblingOf::from(para).into_account_truncating()
}

/// Returns the supply of an asset of Asset Hub in the development preset.
fn preset_supply(location: Location) -> Balance {
	TestExternalities::new(caliber())
		.execute_with(|| caliber_runtime::ForeignAssets::total_supply(location))
}

/// Builds the genesis of Asset Hub.
fn asset_hub() -> Storage {
	let alice = Keyring::Alice.to_account_id();
	let genesis = parachain::Genesis {
		balances: accounts(),
		own: vec![
			(USDC, alice.clone(), HOLDING),
			(USDT, alice.clone(), HOLDING),
			// Asset Hub holds the supply of the genesis of Caliber.
			(USDC, account_of_sibling(CALIBER), preset_supply(genesis_config_presets::usdc())),
			(USDT, account_of_sibling(CALIBER), preset_supply(genesis_config_presets::usdt())),
		],
		foreign: vec![],
	};
	genesis.build(ASSET_HUB, alice)
}

/// Builds the genesis of the sibling.
fn sibling() -> Storage {
	let of_caliber = |inner: &[Junction]| {
		let mut location = Location::new(1, [Parachain(CALIBER)]);
		inner.iter().for_each(|j| location.push_interior(*j).expect("there is room"));
		location
	};
	let genesis = parachain::Genesis {
		balances: accounts(),
		own: vec![],
		foreign: vec![
			of_caliber(&[]),
			of_caliber(&[PalletInstance(50), GeneralIndex(1)]),
			of_caliber(&[PalletInstance(50), GeneralIndex(2)]),
			genesis_config_presets::usdc(),
		],
	};
	genesis.build(SIBLING, Keyring::Alice.to_account_id())
}

decl_test_relay_chains! {
	#[api_version(16)]
	pub struct RelayChain {
		genesis = relay::genesis(accounts()),
		on_init = {
			relay::System::set_block_number(FIRST_RELAY_BLOCK);
			for para in [ASSET_HUB, CALIBER, SIBLING] {
				relay::Dmp::make_parachain_reachable(para);
			}
		},
		runtime = relay,
		core = {
			SovereignAccountOf: relay::SovereignAccountOf,
		},
		pallets = {
			XcmPallet: relay::XcmPallet,
		}
	}
}

decl_test_parachains! {
	pub struct AssetHubChain {
		genesis = asset_hub(),
		on_init = (),
		runtime = parachain,
		core = {
			XcmpMessageHandler: parachain::XcmpQueue,
			LocationToAccountId: parachain::LocationToAccountId,
			ParachainInfo: parachain::ParachainInfo,
			MessageOrigin: AggregateMessageOrigin,
			BlockProducer: parachain::NoConsensus,
		},
		pallets = {
			PolkadotXcm: parachain::PolkadotXcm,
		}
	},
	pub struct CaliberChain {
		genesis = caliber(),
		on_init = (),
		runtime = caliber_runtime,
		core = {
			XcmpMessageHandler: caliber_runtime::XcmpQueue,
			LocationToAccountId: CaliberLocationToAccountId,
			ParachainInfo: caliber_runtime::ParachainInfo,
			MessageOrigin: AggregateMessageOrigin,
		},
		pallets = {
			PolkadotXcm: caliber_runtime::PolkadotXcm,
		}
	},
	pub struct SiblingChain {
		genesis = sibling(),
		on_init = (),
		runtime = parachain,
		core = {
			XcmpMessageHandler: parachain::XcmpQueue,
			LocationToAccountId: parachain::LocationToAccountId,
			ParachainInfo: parachain::ParachainInfo,
			MessageOrigin: AggregateMessageOrigin,
			BlockProducer: parachain::NoConsensus,
		},
		pallets = {
			PolkadotXcm: parachain::PolkadotXcm,
		}
	}
}

decl_test_networks! {
	pub struct Emulated {
		relay_chain = RelayChain,
		parachains = vec![ AssetHubChain, CaliberChain, SiblingChain, ],
		bridge = ()
	}
}

pub type Relay = RelayChain<Emulated>;
pub type AssetHub = AssetHubChain<Emulated>;
pub type Caliber = CaliberChain<Emulated>;
pub type Sibling = SiblingChain<Emulated>;
