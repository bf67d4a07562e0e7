// SPDX-License-Identifier: Apache-2.0

//! The chains this node knows by name, made from the runtime's genesis presets.

use caliber_runtime::{
	constants::currency::{DECIMALS, SS58_PREFIX, SYMBOL},
	genesis_config_presets::{PARA_ID, TESTNET_RUNTIME_PRESET},
	WASM_BINARY,
};
use polkadot_omni_node_lib::chain_spec::{ChainSpec, Extensions, GenericChainSpec, LoadSpec};
use polkadot_sdk::{
	sc_chain_spec::{ChainType, Properties},
	sp_genesis_builder::{DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET},
};

/// Loads a chain by its name, or from a file.
pub struct ChainSpecLoader;

impl LoadSpec for ChainSpecLoader {
	fn load_spec(&self, id: &str) -> Result<Box<dyn ChainSpec>, String> {
		Ok(Box::new(match id {
			// The development chain is what a node without a chain runs.
			"" | "dev" | "development" => development()?,
			"local" => local()?,
			"testnet" => testnet()?,
			path => GenericChainSpec::from_json_file(path.into()).map_err(|error| {
				format!(
					"{error}\n`{path}` is neither a chain specification that can be read nor one of \
					 the names `dev`, `local` and `testnet`."
				)
			})?,
		}))
	}
}

fn properties() -> Properties {
	let mut properties = Properties::new();
	properties.insert("tokenSymbol".into(), SYMBOL.into());
	properties.insert("tokenDecimals".into(), DECIMALS.into());
	properties.insert("ss58Format".into(), SS58_PREFIX.into());
	properties
}

fn spec(
	name: &str,
	id: &str,
	chain_type: ChainType,
	preset: &str,
	relay_chain: &str,
) -> Result<GenericChainSpec, String> {
	let code = WASM_BINARY.ok_or(
		"This node was built without its runtime (SKIP_WASM_BUILD was set). Build it again without.",
	)?;
	// The specification of the relay chain that the chain is attached to, unless another is given.
	let extensions = Extensions::new(relay_chain.into(), PARA_ID.into());
	Ok(GenericChainSpec::builder(code, extensions)
		.with_name(name)
		.with_id(id)
		.with_chain_type(chain_type)
		.with_genesis_config_preset_name(preset)
		.with_protocol_id("clbr")
		.with_properties(properties())
		.build())
}

/// One collator, sealing its own blocks.
pub fn development() -> Result<GenericChainSpec, String> {
	spec(
		"Caliber Development",
		"caliber-dev",
		ChainType::Development,
		DEV_RUNTIME_PRESET,
		"rococo-local",
	)
}

/// Two collators under a relay chain on one machine.
pub fn local() -> Result<GenericChainSpec, String> {
	spec(
		"Caliber Local",
		"caliber-local",
		ChainType::Local,
		LOCAL_TESTNET_RUNTIME_PRESET,
		"rococo-local",
	)
}

/// A network of many operators: a template without anybody's account, which `chain-specs/testnet.js`
/// fills in.
pub fn testnet() -> Result<GenericChainSpec, String> {
	spec("Caliber Testnet", "caliber-testnet", ChainType::Live, TESTNET_RUNTIME_PRESET, "paseo")
}
