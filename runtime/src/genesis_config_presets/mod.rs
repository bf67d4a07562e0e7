// SPDX-License-Identifier: Apache-2.0

//! Genesis state of each network.
//!
//! `development` and `local_testnet` have the same economy: the hardware models of
//! `data/models.json`, stablecoins and a Treasury-bill token of another chain, the peg, and
//! well-known accounts in every role. They differ in their collators, and from a live chain in the
//! tempo, the age of prices and the period of their updates. `testnet` has the models, the
//! stablecoins, the peg and the waits of a live chain. Its operators fill in the accounts.

mod assets;
mod models;
mod networks;

pub use assets::{pyusd, tbill, usdc, usdt, PRICED_PYUSD, PRICED_TBILL, PRICED_USDC, PRICED_USDT};

use alloc::{vec, vec::Vec};
use polkadot_sdk::{cumulus_primitives_core::ParaId, sp_genesis_builder, sp_keyring};
use sp_genesis_builder::{PresetId, DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
use sp_keyring::Sr25519Keyring as Keyring;

/// Id of this parachain in the presets.
pub const PARA_ID: ParaId = ParaId::new(2000);

/// Preset of a network of several operators, without their accounts.
pub const TESTNET_RUNTIME_PRESET: &str = "testnet";

/// Returns a preset as JSON, or `None` for an unknown name.
pub fn get_preset(id: &PresetId) -> Option<Vec<u8>> {
	let patch = match id.as_ref() {
		DEV_RUNTIME_PRESET => networks::development(vec![Keyring::Alice]),
		LOCAL_TESTNET_RUNTIME_PRESET => networks::development(vec![Keyring::Alice, Keyring::Bob]),
		TESTNET_RUNTIME_PRESET => networks::testnet(),
		_ => return None,
	};
	Some(
		serde_json::to_string(&patch)
			.expect("a JSON value is written without errors; qed")
			.into_bytes(),
	)
}

/// Returns the names of all presets.
pub fn preset_names() -> Vec<PresetId> {
	[DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET, TESTNET_RUNTIME_PRESET]
		.map(PresetId::from)
		.into()
}
