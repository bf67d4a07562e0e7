// SPDX-License-Identifier: Apache-2.0

//! The command line: the SDK's, with other defaults.
//!
//! The database is ParityDb in every command, with no flag. Where a command of the SDK would choose
//! RocksDB by default, the default is changed here. `purge-chain` needs no relay chain.

use clap::{ArgMatches, Args, Command, CommandFactory, FromArgMatches, Subcommand};
use polkadot_omni_node_lib::{
	chain_spec::LoadSpec,
	extra_subcommand::{DefaultExtraSubcommands, ExtraSubcommand as ExtraSubcommandT},
	CliConfig, RunConfig, NODE_VERSION,
};
use polkadot_sdk::{
	sc_cli::{self, CliConfiguration, Database, PurgeChainCmd, SubstrateCli},
	sc_service::BasePath,
};
use std::{
	ffi::OsString,
	fs::{File, TryLockError},
	path::Path,
};

/// The SDK's command line.
type Cli = polkadot_omni_node_lib::cli::Cli<Caliber>;

const DATABASE: &str = "database";
const PARITY_DB: &str = "paritydb";
const PURGE_CHAIN: &str = "purge-chain";
const RELAY_CHAIN_ARGS: &str = "relay_chain_args";

/// Name, version and authors of this node.
pub struct Caliber;

impl CliConfig for Caliber {
	fn impl_version() -> String {
		format!("{}-sdk-{NODE_VERSION}", env!("CARGO_PKG_VERSION"))
	}

	fn author() -> String {
		env!("CARGO_PKG_AUTHORS").into()
	}

	fn support_url() -> String {
		"the issue tracker of the repository this node was built from".into()
	}

	fn copyright_start_year() -> u16 {
		2026
	}
}

/// Commands that are handled before the SDK's own.
pub enum ExtraSubcommand {
	/// The SDK's extra commands.
	Sdk(DefaultExtraSubcommands),
	/// Removes this chain's database.
	///
	/// The command of that name for parachains needs the relay chain's specification and has no
	/// argument for it. This one is the SDK's for nodes without a relay chain.
	PurgeChain(PurgeChainCmd),
}

impl FromArgMatches for ExtraSubcommand {
	fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
		match matches.subcommand() {
			Some((PURGE_CHAIN, matches)) => {
				PurgeChainCmd::from_arg_matches(matches).map(Self::PurgeChain)
			}
			_ => DefaultExtraSubcommands::from_arg_matches(matches).map(Self::Sdk),
		}
	}

	fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
		*self = Self::from_arg_matches(matches)?;
		Ok(())
	}
}

impl Subcommand for ExtraSubcommand {
	fn augment_subcommands(command: Command) -> Command {
		let command = DefaultExtraSubcommands::augment_subcommands(command);
		let command = command.mut_subcommand(PURGE_CHAIN, |_| {
			PurgeChainCmd::augment_args(Command::new(PURGE_CHAIN))
				.about("Remove this chain's database; keys stay")
		});
		// Applies when nothing follows `--`; otherwise see `store_relay_chain_in_parity_db`.
		let command =
			command.mut_arg(RELAY_CHAIN_ARGS, |arg| arg.default_value("--database=paritydb"));
		default_to_parity_db(command)
	}

	fn augment_subcommands_for_update(command: Command) -> Command {
		Self::augment_subcommands(command)
	}

	fn has_subcommand(name: &str) -> bool {
		name == PURGE_CHAIN || DefaultExtraSubcommands::has_subcommand(name)
	}
}

impl ExtraSubcommandT for ExtraSubcommand {
	fn handle(self, config: &RunConfig) -> sc_cli::Result<()> {
		match self {
			Self::Sdk(command) => command.handle(config),
			Self::PurgeChain(command) => purge(&command, &*config.chain_spec_loader),
		}
	}
}

/// Makes ParityDb the default of every command that has a database.
fn default_to_parity_db(mut command: Command) -> Command {
	if command.get_arguments().any(|arg| arg.get_id() == DATABASE) {
		command = command.mut_arg(DATABASE, |arg| arg.default_value(PARITY_DB));
	}
	command.mut_subcommands(default_to_parity_db)
}

/// Removes a chain's database, unless a node runs on it.
fn purge(command: &PurgeChainCmd, chains: &dyn LoadSpec) -> sc_cli::Result<()> {
	let chain = chains.load_spec(&command.chain_id(command.is_dev()?)?)?;
	let data = base_path(command)?.config_dir(chain.id());
	let kind = command.database()?.unwrap_or(Database::ParityDb);
	let database = command.database_config(&data, 0, kind)?;
	if let Some(folder) = database.path().filter(|folder| is_locked(folder)) {
		return Err(format!("a node runs on {}: stop it first", folder.display()).into());
	}
	command.run(database)
}

/// Returns true if a running node holds the lock of a database.
fn is_locked(database: &Path) -> bool {
	let lock = File::open(database.join("lock"));
	lock.is_ok_and(|lock| matches!(lock.try_lock(), Err(TryLockError::WouldBlock)))
}

/// Returns the base path of a command, as the SDK determines it.
fn base_path(command: &impl CliConfiguration) -> sc_cli::Result<BasePath> {
	let default = || BasePath::from_project("", "", &Cli::executable_name());
	Ok(command.base_path()?.unwrap_or_else(default))
}

/// Facts about a command line that are needed before the SDK reads it.
#[derive(Default)]
pub struct Request {
	/// Base path of the node that runs; `None` for every other command.
	pub node: Option<BasePath>,
	/// True if the command writes a chain specification in plain form, for people to read.
	pub writes_plain_spec: bool,
}

impl Request {
	/// Reads the arguments of the process, the first of which is its name.
	///
	/// Invalid arguments are not an error here: the SDK reports them.
	pub fn read(args: impl IntoIterator<Item = OsString>) -> sc_cli::Result<Self> {
		let Ok(matches) = command().try_get_matches_from(args) else { return Ok(Self::default()) };
		Ok(match matches.subcommand() {
			Some(("export-chain-spec" | "build-spec", spec)) => {
				Self { node: None, writes_plain_spec: !spec.get_flag("raw") }
			}
			Some(_) => Self::default(),
			None => {
				let node = Cli::from_arg_matches(&matches)?.run.normalize();
				Self { node: Some(base_path(&node)?), writes_plain_spec: false }
			}
		})
	}
}

/// Returns the command line as `polkadot_omni_node_lib` composes it.
fn command() -> Command {
	Cli::setup_command(ExtraSubcommand::augment_subcommands(Cli::command()))
}

/// Returns the arguments with a database for the relay chain after `--`, or `None` if they name one
/// there or have no `--`.
fn with_relay_chain_database(mut args: Vec<OsString>) -> Option<Vec<OsString>> {
	let separator = args.iter().position(|arg| arg == "--")?;
	let named = args[separator + 1..].iter().any(|arg| {
		let arg = arg.to_string_lossy();
		let flag = arg.split('=').next().unwrap_or_default();
		flag == "--database" || flag == "--db"
	});
	if named {
		return None;
	}
	args.push(format!("--{DATABASE}={PARITY_DB}").into());
	Some(args)
}

/// Starts the process over with a database for the relay chain, if the arguments after `--` name
/// none.
///
/// The SDK reads the arguments of the process itself, so they can only be changed by a new start.
pub fn store_relay_chain_in_parity_db() -> sc_cli::Result<()> {
	let Some(args) = with_relay_chain_database(std::env::args_os().skip(1).collect()) else {
		return Ok(());
	};
	#[cfg(unix)]
	{
		use std::os::unix::process::CommandExt;
		let mut command = std::process::Command::new(std::env::current_exe()?);
		// Messages show the name that this process was called by.
		if let Some(name) = std::env::args_os().next() {
			command.arg0(name);
		}
		Err(command.args(args).exec().into())
	}
	#[cfg(not(unix))]
	Err(format!("Add these arguments behind `--`: {:?}", args.last()).into())
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::chain_spec::{ChainSpecLoader, GenesisForm};
	use std::fs;

	fn args(text: &str) -> Vec<OsString> {
		text.split_whitespace().map(OsString::from).collect()
	}

	fn request(text: &str) -> Request {
		Request::read(args(&format!("caliber-node {text}"))).unwrap()
	}

	fn purge_dev_chain(base: &Path) -> sc_cli::Result<()> {
		let args = format!("caliber-node purge-chain -y --chain dev -d {}", base.display());
		let matches = command().try_get_matches_from(args.split(' ')).unwrap();
		let Ok(ExtraSubcommand::PurgeChain(command)) = ExtraSubcommand::from_arg_matches(&matches)
		else {
			panic!("not a purge")
		};
		purge(&command, &ChainSpecLoader { genesis: GenesisForm::Preset })
	}

	#[test]
	fn node_should_have_the_base_path_of_its_arguments() {
		let node = request("--collator --chain local --base-path /data -- --chain relay.json").node;
		assert_eq!(node.unwrap().path(), Path::new("/data"));
		// Each process has one temporary folder, which the SDK then uses, too.
		let one = request("--dev").node.unwrap();
		assert_eq!(one.path(), request("--dev --tmp").node.unwrap().path());
	}

	#[test]
	fn node_should_be_none_when_another_command_runs() {
		for text in ["export-chain-spec --chain dev", "key generate", "--no-such-flag", "--help"] {
			assert!(request(text).node.is_none(), "{text}");
		}
	}

	#[test]
	fn specification_should_be_plain_when_it_is_written_and_not_raw() {
		for (text, expected) in [
			("export-chain-spec --chain dev", true),
			("export-chain-spec --chain dev --raw", false),
			("build-spec --chain dev", true),
			("build-spec --chain dev --raw", false),
			("export-genesis-head --chain dev", false),
			("--dev", false),
		] {
			assert_eq!(request(text).writes_plain_spec, expected, "{text}");
		}
	}

	#[test]
	fn purge_should_remove_the_database_and_keep_the_keys() {
		let base = tempfile::tempdir().unwrap();
		let chain = base.path().join("chains/caliber-dev");
		for folder in ["paritydb/full", "keystore", "network"] {
			fs::create_dir_all(chain.join(folder)).unwrap();
		}
		purge_dev_chain(base.path()).unwrap();
		assert!(!chain.join("paritydb").exists());
		assert!(chain.join("keystore").exists() && chain.join("network").exists());
		// With nothing left to remove it is no error.
		purge_dev_chain(base.path()).unwrap();
	}

	#[test]
	fn purge_should_be_refused_when_a_node_runs_on_the_database() {
		let base = tempfile::tempdir().unwrap();
		let database = base.path().join("chains/caliber-dev/paritydb/full");
		fs::create_dir_all(&database).unwrap();
		let lock = File::create(database.join("lock")).unwrap();
		lock.lock().unwrap();
		let error = purge_dev_chain(base.path()).unwrap_err().to_string();
		assert!(error.contains("stop it first"), "{error}");
		assert!(database.exists());
	}

	#[test]
	fn relay_chain_should_get_a_database_when_it_names_none() {
		assert_eq!(
			with_relay_chain_database(args("--collator -- --chain relay.json")),
			Some(args("--collator -- --chain relay.json --database=paritydb"))
		);
		assert_eq!(
			with_relay_chain_database(args("--database rocksdb --")),
			Some(args("--database rocksdb -- --database=paritydb"))
		);
	}

	#[test]
	fn relay_chain_should_keep_the_database_it_names() {
		for given in ["-- --database=rocksdb", "-- --chain x --database auto", "-- --db=auto"] {
			assert_eq!(with_relay_chain_database(args(given)), None);
		}
	}

	#[test]
	fn arguments_should_stay_when_there_is_no_relay_chain_part() {
		assert_eq!(with_relay_chain_database(args("--dev --database auto")), None);
	}

	#[test]
	fn parity_db_should_be_the_default_of_every_command() {
		fn database_of(command: &Command) -> Vec<(String, Vec<String>)> {
			let own = command.get_arguments().filter(|arg| arg.get_id() == DATABASE).map(|arg| {
				let values = arg.get_default_values().iter();
				let values = values.map(|value| value.to_string_lossy().into_owned());
				(command.get_name().to_string(), values.collect())
			});
			let nested = command.get_subcommands().flat_map(database_of);
			own.chain(nested).collect()
		}

		let commands = database_of(&command());
		assert!(commands.len() > 5, "{commands:?}");
		assert!(commands.iter().all(|(_, default)| default == &[PARITY_DB.to_string()]));
	}
}
