// SPDX-License-Identifier: Apache-2.0

//! Where a node keeps its data and where it listens, worked out of its arguments as the SDK does it.

use crate::{
	chain_spec::ChainSpecLoader,
	cli::{Caliber, Cli},
};
use polkadot_omni_node_lib::{
	chain_spec::{ChainSpec, LoadSpec},
	CliConfig,
};
use polkadot_sdk::sc_cli::{self, CliConfiguration, SubstrateCli};
use std::{
	net::{IpAddr, SocketAddr},
	path::{Path, PathBuf},
};

/// A port the node is about to listen on.
#[derive(Debug, Clone, PartialEq)]
pub struct Port {
	/// What for.
	pub what: &'static str,
	/// The flag that chooses another.
	pub flag: &'static str,
	/// On which addresses.
	pub address: SocketAddr,
}

/// What is known of a node before it starts.
#[derive(Debug, Clone)]
pub struct Place {
	/// `--base-path`.
	pub base: PathBuf,
	/// The folder of the chain in it.
	pub data: PathBuf,
	/// The folder of the database in that.
	pub database: PathBuf,
	/// The folder of the session keys, if they are kept in one.
	pub keystore: Option<PathBuf>,
	/// `--chain`, as it was given.
	pub chain: String,
	/// The ports of this chain's part. Those of the relay chain's part are the SDK's affair.
	pub ports: Vec<Port>,
	/// Mebibytes that the SDK wants free: it stops the node below.
	pub threshold: u64,
	/// Whether keys in the keystore are needed to make blocks.
	pub collates: bool,
}

impl Default for Place {
	/// In words, for commands that have no place of their own.
	fn default() -> Self {
		Self {
			base: "BASE_PATH".into(),
			data: "BASE_PATH/chains/ID".into(),
			database: "BASE_PATH/chains/ID/paritydb".into(),
			keystore: None,
			chain: "CHAIN".into(),
			ports: Vec::new(),
			threshold: 0,
			collates: false,
		}
	}
}

impl Place {
	/// The place of a node that these arguments start.
	pub fn of_node(cli: &Cli) -> sc_cli::Result<Self> {
		let mut command = cli.run.normalize();
		// Neither asks the user for the password, nor reads the node key, which would make it: the SDK
		// does both in its turn.
		command.base.keystore_params.password_interactive = false;
		command.base.keystore_params.password_filename = None;
		command.base.network_params.node_key_params.node_key = Some("1".repeat(64));

		let runtime = sc_cli::build_runtime()?;
		let config = Arguments.create_configuration(&command, runtime.handle().clone())?;
		let dev = command.is_dev()?;
		let rpc = match &config.rpc.addr {
			Some(endpoints) => {
				let needed = endpoints.iter().filter(|endpoint| !endpoint.is_optional);
				needed.map(|endpoint| endpoint.listen_addr).collect()
			}
			None => vec![SocketAddr::from(([127, 0, 0, 1], config.rpc.port))],
		};
		let peers = config.network.listen_addresses.iter();
		// A development node takes no peers.
		let peers = peers.filter(|_| !dev).filter_map(|address| tcp(&address.to_string()));
		let figures = config.prometheus_config.iter().map(|prometheus| prometheus.port);
		let port = |what, flag| move |address| Port { what, flag, address };
		let ports = rpc.into_iter().map(port("RPC", "--rpc-port"));
		let ports = ports.chain(peers.map(port("peers", "--port")));
		let ports = ports.chain(figures.map(port("metrics", "--prometheus-port")));
		Ok(Self {
			ports: ports.collect(),
			threshold: cli.storage_monitor.threshold,
			// Well-known keys are held in memory.
			collates: command.base.validator && !dev && config.dev_key_seed.is_none(),
			keystore: config.keystore.path().map(Path::to_path_buf),
			..Self::new(
				config.base_path.path(),
				&config.data_path,
				config.database.path(),
				command.chain_id(dev)?,
			)
		})
	}

	/// The place of the data that a command is about.
	pub fn of_command(command: &impl CliConfiguration) -> sc_cli::Result<Self> {
		let runtime = sc_cli::build_runtime()?;
		let config = Arguments.create_configuration(command, runtime.handle().clone())?;
		Ok(Self::new(
			config.base_path.path(),
			&config.data_path,
			config.database.path(),
			command.chain_id(command.is_dev()?)?,
		))
	}

	fn new(base: &Path, data: &Path, database: Option<&Path>, chain: String) -> Self {
		// The SDK names the folder by the kind of the node in that of the database.
		let database = database.and_then(Path::parent).unwrap_or(data);
		Self {
			base: base.into(),
			data: data.into(),
			database: database.into(),
			chain,
			..Self::default()
		}
	}

	/// The command that removes the database.
	pub fn purge(&self) -> String {
		let chain = if self.chain.is_empty() { "dev" } else { &self.chain };
		let [chain, base] = [chain.into(), self.base.display().to_string()].map(quoted);
		format!("caliber-node purge-chain --chain {chain} --base-path {base}")
	}
}

/// An argument as a shell takes it.
fn quoted(argument: String) -> String {
	let plain = |c: char| c.is_alphanumeric() || "/._-=:".contains(c);
	if argument.chars().all(plain) {
		argument
	} else {
		format!("'{}'", argument.replace('\'', "'\\''"))
	}
}

/// The address in a `/ip4/0.0.0.0/tcp/30333`.
fn tcp(address: &str) -> Option<SocketAddr> {
	let mut parts = address.split('/').skip(2);
	let ip: IpAddr = parts.next()?.parse().ok()?;
	let port = (parts.next()? == "tcp").then(|| parts.next()?.parse().ok()).flatten()?;
	Some(SocketAddr::new(ip, port))
}

/// Reads a command's arguments by the SDK's rules, with Caliber's chains.
struct Arguments;

impl SubstrateCli for Arguments {
	fn impl_name() -> String {
		Self::executable_name()
	}

	fn impl_version() -> String {
		Caliber::impl_version()
	}

	fn description() -> String {
		Caliber::description(Self::executable_name())
	}

	fn author() -> String {
		Caliber::author()
	}

	fn support_url() -> String {
		Caliber::support_url()
	}

	fn copyright_start_year() -> i32 {
		Caliber::copyright_start_year().into()
	}

	fn load_spec(&self, id: &str) -> Result<Box<dyn ChainSpec>, String> {
		ChainSpecLoader.load_spec(id)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::cli::{read, Task};

	fn place(arguments: &str) -> Place {
		let arguments = std::iter::once("caliber-node").chain(arguments.split_whitespace());
		match read(arguments.map(Into::into).collect()).unwrap() {
			Task::Run(place) => *place,
			_ => panic!("not the arguments of a node"),
		}
	}

	#[test]
	fn address_should_be_found_when_it_is_tcp() {
		assert_eq!(tcp("/ip4/0.0.0.0/tcp/30333"), Some(([0, 0, 0, 0], 30333).into()));
		assert_eq!(tcp("/ip6/::1/tcp/1/ws"), Some("[::1]:1".parse().unwrap()));
		for other in
			["", "/ip4/0.0.0.0/udp/1/webrtc-direct", "/dns4/a.example/tcp/1", "/ip4/1.2.3.4/tcp"]
		{
			assert_eq!(tcp(other), None, "{other}");
		}
	}

	#[test]
	fn folders_should_be_below_the_base_path() {
		let place = place("--chain local --base-path /data --collator");
		assert_eq!(place.data, Path::new("/data/chains/caliber-local"));
		assert_eq!(place.database, Path::new("/data/chains/caliber-local/paritydb"));
		assert_eq!(
			place.keystore.as_deref(),
			Some(Path::new("/data/chains/caliber-local/keystore"))
		);
		assert_eq!(place.purge(), "caliber-node purge-chain --chain local --base-path /data");
		assert_eq!(place.threshold, 1024);
	}

	#[test]
	fn arguments_should_be_quoted_when_a_shell_would_take_them_apart() {
		assert_eq!(quoted("/var/lib/a-b_c.d".into()), "/var/lib/a-b_c.d");
		assert_eq!(quoted("/my data".into()), "'/my data'");
		assert_eq!(quoted("it's".into()), r"'it'\''s'");
	}

	#[test]
	fn nothing_should_be_written_when_arguments_are_read() {
		let folder = tempfile::tempdir().unwrap();
		for role in ["", "--collator", "--validator --unsafe-force-node-key-generation", "--dev"] {
			place(&format!("--chain local --base-path {} {role}", folder.path().display()));
			assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "{role}");
		}
	}

	#[test]
	fn ports_should_be_those_of_the_arguments() {
		let ports = |arguments: &str| -> Vec<String> {
			let ports = place(arguments).ports;
			let mut all: Vec<_> =
				ports.iter().map(|port| format!("{} {}", port.what, port.address.port())).collect();
			all.sort();
			all.dedup();
			all
		};
		assert_eq!(
			ports("--chain local --base-path /data"),
			["RPC 9944", "metrics 9615", "peers 30333"]
		);
		assert_eq!(
			ports("--chain local --base-path /data --port 1 --rpc-port 2 --prometheus-port 3"),
			["RPC 2", "metrics 3", "peers 1"]
		);
		assert_eq!(ports("--dev --base-path /data --no-prometheus"), ["RPC 9944"]);
	}

	#[test]
	fn keys_should_be_needed_when_a_collator_has_none_by_name() {
		assert!(place("--chain local --base-path /data --collator").collates);
		assert!(place("--chain local --base-path /data --validator").collates);
		assert!(!place("--chain local --base-path /data --alice --collator").collates);
		assert!(!place("--chain local --base-path /data").collates);
		assert!(!place("--dev --base-path /data").collates);
	}
}
