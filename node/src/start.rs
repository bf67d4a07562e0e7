// SPDX-License-Identifier: Apache-2.0

//! What is looked at before the SDK's node starts, and watched while it runs.

use crate::{
	place::{Place, Port},
	room, trouble,
};
use polkadot_omni_node_lib::{
	chain_spec::ChainSpec,
	runtime::{DefaultRuntimeResolver, Runtime, RuntimeResolver},
};
use polkadot_sdk::sc_cli;
use std::{
	fs,
	io::ErrorKind,
	net::TcpListener,
	path::{Path, PathBuf},
};

/// Aura's key type, in hex: how the names of its key files begin.
const AURA: &str = "61757261";

/// The SDK asks it for the runtime just before it starts the node, when logging works already.
pub struct Resolver {
	/// The place of the node, if it is a node that starts and not another command.
	pub place: Option<Place>,
}

impl RuntimeResolver for Resolver {
	fn runtime(&self, chain_spec: &dyn ChainSpec) -> sc_cli::Result<Runtime> {
		if let Some(place) = &self.place {
			prepare(place)?;
		}
		DefaultRuntimeResolver.runtime(chain_spec)
	}
}

fn prepare(place: &Place) -> sc_cli::Result<()> {
	trouble::explain_panics(place.clone());
	room::check(place)?;
	place.ports.iter().try_for_each(free)?;
	if let Some(keystore) = place.keystore.as_deref().filter(|_| place.collates) {
		if !has_aura_key(keystore) {
			eprintln!(
				"No key of Aura in {}: this collator makes no blocks until its keys are made \
				 (`author_rotateKeysWithOwner`) and set on the chain (`session.setKeys`).",
				keystore.display()
			);
		}
	}
	room::watch(place.clone())?;
	Ok(())
}

/// Refuses a port that is taken.
///
/// The SDK would listen for RPC on another one, of which nobody knows, and share that for peers.
fn free(port: &Port) -> sc_cli::Result<()> {
	match TcpListener::bind(port.address) {
		Err(error) if error.kind() == ErrorKind::AddrInUse => Err(format!(
			"the port for {}, {}, is in use, perhaps by another node. Stop that one, or choose another \
			 port by `{}`.",
			port.what, port.address, port.flag
		)
		.into()),
		_ => Ok(()),
	}
}

fn has_aura_key(keystore: &Path) -> bool {
	let names = fs::read_dir(keystore).into_iter().flatten().flatten();
	let mut names = names.map(|entry| PathBuf::from(entry.file_name()));
	names.any(|name| name.to_string_lossy().starts_with(AURA))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn port_should_be_refused_by_its_flag_when_it_is_taken() {
		let taken = TcpListener::bind("127.0.0.1:0").unwrap();
		let address = taken.local_addr().unwrap();
		let port = Port { what: "RPC", flag: "--rpc-port", address };
		let error = free(&port).unwrap_err().to_string();
		assert!(error.contains("--rpc-port") && error.contains(&address.to_string()), "{error}");
		drop(taken);
		free(&port).unwrap();
	}

	#[test]
	fn key_should_be_found_when_it_is_of_aura() {
		let folder = tempfile::tempdir().unwrap();
		assert!(!has_aura_key(&folder.path().join("none")));
		fs::write(folder.path().join("6772616e00"), "").unwrap();
		assert!(!has_aura_key(folder.path()));
		fs::write(folder.path().join("6175726100"), "").unwrap();
		assert!(has_aura_key(folder.path()));
	}
}
