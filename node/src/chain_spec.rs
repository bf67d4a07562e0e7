// SPDX-License-Identifier: Apache-2.0

//! The chains this node knows by name, made from the runtime's genesis presets.

use caliber_runtime::{
	constants::currency::{DECIMALS, SS58_PREFIX, SYMBOL},
	genesis_config_presets::{self, PARA_ID, TESTNET_RUNTIME_PRESET},
	RuntimeGenesisConfig, WASM_BINARY,
};
use polkadot_omni_node_lib::chain_spec::{ChainSpec, Extensions, GenericChainSpec, LoadSpec};
use polkadot_sdk::{
	sc_chain_spec::{json_merge, ChainType, Properties},
	sp_core::storage::{well_known_keys::CODE, Storage},
	sp_genesis_builder::{DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET},
	sp_runtime::BuildStorage,
};

/// A chain that this node knows by name.
struct KnownChain {
	name: &'static str,
	id: &'static str,
	chain_type: ChainType,
	/// Preset of the runtime that the genesis state is built from.
	preset: &'static str,
	/// Relay chain that the chain is attached to, unless the node is given the specification of
	/// another.
	relay_chain: &'static str,
}

/// One collator, sealing its own blocks.
const DEVELOPMENT: KnownChain = KnownChain {
	name: "Caliber Development",
	id: "caliber-dev",
	chain_type: ChainType::Development,
	preset: DEV_RUNTIME_PRESET,
	relay_chain: "rococo-local",
};

/// Two collators under a relay chain on one machine.
const LOCAL: KnownChain = KnownChain {
	name: "Caliber Local",
	id: "caliber-local",
	chain_type: ChainType::Local,
	preset: LOCAL_TESTNET_RUNTIME_PRESET,
	relay_chain: "rococo-local",
};

/// A network of many operators: a template without accounts, which `chain-specs/testnet.js` fills in.
const TESTNET: KnownChain = KnownChain {
	name: "Caliber Testnet",
	id: "caliber-testnet",
	chain_type: ChainType::Live,
	preset: TESTNET_RUNTIME_PRESET,
	relay_chain: "paseo",
};

/// Form of the genesis state in the specification of a [`KnownChain`].
#[derive(Clone, Copy)]
pub enum GenesisForm {
	/// The name of a preset, for commands that write a plain specification. To build the state from
	/// it the SDK compiles the runtime's wasm twice.
	Preset,
	/// The storage itself, built natively, for every other command. A node needs it at each start.
	Storage,
}

/// Loads a chain by its name, or from a file.
pub struct ChainSpecLoader {
	/// Form of the genesis state of a chain that is loaded by its name.
	pub genesis: GenesisForm,
}

impl LoadSpec for ChainSpecLoader {
	fn load_spec(&self, id: &str) -> Result<Box<dyn ChainSpec>, String> {
		let chain = match id {
			// The development chain is what a node without a chain runs.
			"" | "dev" | "development" => DEVELOPMENT,
			"local" => LOCAL,
			"testnet" => TESTNET,
			path => return load_file(path),
		};
		let mut spec = chain.spec()?;
		if matches!(self.genesis, GenesisForm::Storage) {
			spec.set_storage(chain.storage()?);
		}
		Ok(Box::new(spec))
	}
}

fn load_file(path: &str) -> Result<Box<dyn ChainSpec>, String> {
	match GenericChainSpec::from_json_file(path.into()) {
		Ok(spec) => Ok(Box::new(spec)),
		Err(error) => Err(format!(
			"{error}\n`{path}` is neither a chain specification that can be read nor one of the names \
			 `dev`, `local` and `testnet`."
		)),
	}
}

impl KnownChain {
	/// Returns the specification, with the genesis state as a preset.
	fn spec(&self) -> Result<GenericChainSpec, String> {
		let extensions = Extensions::new(self.relay_chain.into(), PARA_ID.into());
		Ok(GenericChainSpec::builder(wasm()?, extensions)
			.with_name(self.name)
			.with_id(self.id)
			.with_chain_type(self.chain_type.clone())
			.with_genesis_config_preset_name(self.preset)
			.with_protocol_id("clbr")
			.with_properties(properties())
			.build())
	}

	/// Builds the genesis state natively, by the steps that the SDK takes in the wasm: the preset
	/// patches the default configuration, and the pallets build their storage from the result.
	fn storage(&self) -> Result<Storage, String> {
		let preset = genesis_config_presets::get_preset(&self.preset.into())
			.ok_or_else(|| format!("the runtime has no preset `{}`", self.preset))?;
		let text = |error: serde_json::Error| format!("preset `{}`: {error}", self.preset);
		let patch = serde_json::from_slice(&preset).map_err(text)?;
		let mut config = serde_json::to_value(RuntimeGenesisConfig::default()).map_err(text)?;
		json_merge(&mut config, patch);
		let config = serde_json::to_vec(&config).map_err(text)?;
		let config: RuntimeGenesisConfig = serde_json::from_slice(&config).map_err(text)?;
		let mut storage = config.build_storage()?;
		storage.top.insert(CODE.to_vec(), wasm()?.to_vec());
		Ok(storage)
	}
}

fn wasm() -> Result<&'static [u8], String> {
	WASM_BINARY.ok_or_else(|| {
		"This node was built without its runtime (SKIP_WASM_BUILD was set). Build it again without."
			.into()
	})
}

fn properties() -> Properties {
	let mut properties = Properties::new();
	properties.insert("tokenSymbol".into(), SYMBOL.into());
	properties.insert("tokenDecimals".into(), DECIMALS.into());
	properties.insert("ss58Format".into(), SS58_PREFIX.into());
	properties
}

#[cfg(test)]
mod tests {
	use super::*;
	use polkadot_sdk::{
		sc_chain_spec::GenesisConfigBuilderRuntimeCaller, sp_core::hexdisplay::HexDisplay,
	};
	use std::collections::BTreeSet;

	/// Keys whose values differ between two states, in hex.
	fn differing(one: &Storage, other: &Storage) -> Vec<String> {
		let keys: BTreeSet<_> = one.top.keys().chain(other.top.keys()).collect();
		let differing = keys.into_iter().filter(|key| one.top.get(*key) != other.top.get(*key));
		differing.map(|key| HexDisplay::from(key).to_string()).collect()
	}

	#[test]
	fn native_genesis_should_be_that_of_the_wasm() {
		let wasm = wasm().unwrap();
		// One caller compiles the wasm once for all chains.
		let caller = GenesisConfigBuilderRuntimeCaller::<()>::new(wasm);
		for chain in [DEVELOPMENT, LOCAL, TESTNET] {
			let native = chain.storage().unwrap();
			let preset = chain.preset.to_string();
			let mut expected = caller.get_storage_for_named_preset(Some(&preset)).unwrap();
			expected.top.insert(CODE.to_vec(), wasm.to_vec());
			assert!(expected.top.len() > 100, "{}", chain.name);
			assert_eq!(differing(&native, &expected), Vec::<String>::new(), "{}", chain.name);
			assert!(native.children_default.is_empty() && expected.children_default.is_empty());
		}
	}

	#[test]
	fn specification_should_be_readable_when_it_is_written() {
		let spec = DEVELOPMENT.spec().unwrap().as_json(false).unwrap();
		let spec: serde_json::Value = serde_json::from_str(&spec).unwrap();
		let patch = &spec["genesis"]["runtimeGenesis"]["patch"];
		assert!(patch["balances"].is_object(), "{patch}");
	}

	#[test]
	fn genesis_should_be_storage_when_a_node_loads_a_chain() {
		for name in ["", "dev", "development", "local", "testnet"] {
			let spec = ChainSpecLoader { genesis: GenesisForm::Storage }.load_spec(name).unwrap();
			// A preset would be in the JSON as such, once the wasm is compiled.
			let json = spec.as_json(false).unwrap();
			assert!(json.contains("\"raw\"") && !json.contains("runtimeGenesis"), "{name}");
		}
	}

	#[test]
	fn chain_should_be_refused_when_it_is_neither_known_nor_a_file() {
		let loader = ChainSpecLoader { genesis: GenesisForm::Preset };
		let Err(error) = loader.load_spec("nowhere") else { panic!("it was loaded") };
		assert!(error.contains("`nowhere`") && error.contains("`testnet`"), "{error}");
	}
}
