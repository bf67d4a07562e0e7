// SPDX-License-Identifier: Apache-2.0

//! The step between the command line and the SDK's node.

use crate::disk_guard;
use polkadot_omni_node_lib::{
	chain_spec::ChainSpec,
	runtime::{AuraConsensusId, BlockNumber, Consensus, Runtime, RuntimeResolver},
};
use polkadot_sdk::{sc_cli, sc_service::BasePath};

/// Tells the SDK which kind of runtime the node runs.
///
/// The SDK's own resolver reads the block number and the key type of Aura from the metadata, for
/// which it builds the genesis state and compiles the runtime's wasm. Caliber's types are known.
pub struct Resolver {
	/// Base path of the node that starts; `None` when another command runs.
	pub node: Option<BasePath>,
}

impl RuntimeResolver for Resolver {
	/// Returns the kind of Caliber's runtime, and starts the disk guard of a node.
	///
	/// The SDK calls it once, after logging is set up and before the database is opened.
	fn runtime(&self, chain_spec: &dyn ChainSpec) -> sc_cli::Result<Runtime> {
		if let Some(base_path) = &self.node {
			disk_guard::start(base_path.config_dir(chain_spec.id()))?;
		}
		Ok(Runtime::Omni(BlockNumber::U32, Consensus::Aura(AuraConsensusId::Sr25519)))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::chain_spec::{ChainSpecLoader, GenesisForm};
	use polkadot_omni_node_lib::chain_spec::LoadSpec;
	use polkadot_sdk::sp_core::sr25519;
	use std::any::TypeId;

	fn development() -> Box<dyn ChainSpec> {
		ChainSpecLoader { genesis: GenesisForm::Preset }.load_spec("dev").unwrap()
	}

	#[test]
	fn kind_should_be_that_of_the_runtime() {
		fn made_of_sr25519<Key: From<sr25519::Public>>() {}
		made_of_sr25519::<caliber_runtime::AuraId>();
		assert_eq!(TypeId::of::<caliber_runtime::BlockNumber>(), TypeId::of::<u32>());
		let kind = Resolver { node: None }.runtime(&*development()).unwrap();
		let expected = Runtime::Omni(BlockNumber::U32, Consensus::Aura(AuraConsensusId::Sr25519));
		assert!(kind == expected);
	}

	#[test]
	fn node_should_not_start_when_its_folder_cannot_be_made() {
		let folder = tempfile::tempdir().unwrap();
		let file = folder.path().join("a file");
		std::fs::write(&file, "").unwrap();
		let resolver = Resolver { node: Some(BasePath::new(file)) };
		let Err(error) = resolver.runtime(&*development()) else { panic!("it starts") };
		assert!(error.to_string().contains("chains/caliber-dev"), "{error}");
	}
}
