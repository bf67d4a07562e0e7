// SPDX-License-Identifier: Apache-2.0

//! What this node adds to the SDK's command line.
//!
//! The database is ParityDb. Where a command of the SDK would choose RocksDB by default, the default
//! is changed here, so that no flag is needed. `purge-chain` is [ours](crate::purge).

use crate::{place::Place, purge::Purge};
use clap::{ArgMatches, Command, CommandFactory, FromArgMatches, Subcommand};
use polkadot_omni_node_lib::{
	cli::Subcommand as SdkSubcommand,
	extra_subcommand::{DefaultExtraSubcommands, ExtraSubcommand as ExtraSubcommandT},
	CliConfig, RunConfig, NODE_VERSION,
};
use polkadot_sdk::sc_cli::{self, SubstrateCli};
use std::ffi::OsString;

/// The SDK's command line.
pub type Cli = polkadot_omni_node_lib::cli::Cli<Caliber>;

const DATABASE: &str = "database";
const PARITY_DB: &str = "paritydb";
const RELAY_CHAIN_ARGS: &str = "relay_chain_args";

/// Who this node is.
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

/// The SDK's extra commands, on a command line whose defaults are Caliber's.
pub struct ExtraSubcommand(DefaultExtraSubcommands);

impl FromArgMatches for ExtraSubcommand {
	fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
		DefaultExtraSubcommands::from_arg_matches(matches).map(Self)
	}

	fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
		self.0.update_from_arg_matches(matches)
	}
}

impl Subcommand for ExtraSubcommand {
	fn augment_subcommands(command: Command) -> Command {
		let command = default_to_parity_db(DefaultExtraSubcommands::augment_subcommands(command));
		let command = command.mut_subcommand("purge-chain", |purge| {
			purge
				.about("Remove this chain's database, or the relay chain's; keys stay")
				.mut_arg("parachain", |arg| arg.help("Remove this chain's database (the default)"))
				.mut_arg("relaychain", |arg| {
					arg.help("Remove the relay chain's database; with `--parachain`, both")
				})
		});
		// Without anything behind `--`; with something, see `with_relay_chain_database`.
		command.mut_arg(RELAY_CHAIN_ARGS, |arg| arg.default_value("--database=paritydb"))
	}

	fn augment_subcommands_for_update(command: Command) -> Command {
		Self::augment_subcommands(command)
	}

	fn has_subcommand(name: &str) -> bool {
		DefaultExtraSubcommands::has_subcommand(name)
	}
}

impl ExtraSubcommandT for ExtraSubcommand {
	fn handle(self, config: &RunConfig) -> sc_cli::Result<()> {
		self.0.handle(config)
	}
}

/// What a command line asks for.
pub enum Task {
	/// A node, there.
	Run(Box<Place>),
	/// The removal of databases.
	Purge(Purge),
	/// What the SDK does by itself, complaints about arguments among it.
	Other,
}

/// Reads the arguments of the process, its name the first of them.
pub fn read(args: Vec<OsString>) -> sc_cli::Result<Task> {
	let command = Cli::setup_command(ExtraSubcommand::augment_subcommands(Cli::command()));
	let Ok(matches) = command.try_get_matches_from(args) else { return Ok(Task::Other) };
	if matches.subcommand_name().is_some_and(ExtraSubcommand::has_subcommand) {
		return Ok(Task::Other);
	}
	let cli = Cli::from_arg_matches(&matches)?;
	Ok(match &cli.subcommand {
		None => Task::Run(Box::new(Place::of_node(&cli)?)),
		Some(SdkSubcommand::PurgeChain(command)) => Task::Purge(Purge {
			place: Place::of_command(&command.base)?,
			parachain: command.parachain || !command.relaychain,
			relay_chain: command.relaychain,
			yes: command.base.yes,
		}),
		Some(_) => Task::Other,
	})
}

/// ParityDb as the default of every command that has a database.
fn default_to_parity_db(mut command: Command) -> Command {
	if command.get_arguments().any(|arg| arg.get_id() == DATABASE) {
		command = command.mut_arg(DATABASE, |arg| arg.default_value(PARITY_DB));
	}
	command.mut_subcommands(default_to_parity_db)
}

/// The arguments with a database for the relay chain behind `--`, if they name none there.
fn with_relay_chain_database(mut args: Vec<OsString>) -> Option<Vec<OsString>> {
	let separator = args.iter().position(|arg| arg == "--")?;
	let named = args[separator + 1..].iter().any(|arg| {
		let arg = arg.to_string_lossy();
		arg == "--database"
			|| arg == "--db"
			|| arg.starts_with("--database=")
			|| arg.starts_with("--db=")
	});
	if named {
		return None;
	}
	args.push(format!("--{DATABASE}={PARITY_DB}").into());
	Some(args)
}

/// Start over with a database for the relay chain where the arguments after `--` name none.
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
		// The name that this process was called by is what messages show.
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

	fn args(text: &str) -> Vec<OsString> {
		text.split_whitespace().map(OsString::from).collect()
	}

	fn task(text: &str) -> Task {
		read(args(&format!("caliber-node {text}"))).unwrap()
	}

	#[test]
	fn purge_should_be_of_this_chain_unless_the_relay_chain_is_named() {
		for (flags, expected) in [
			("", (true, false)),
			("--parachain", (true, false)),
			("--relaychain", (false, true)),
			("--parachain --relaychain", (true, true)),
		] {
			let Task::Purge(purge) = task(&format!("purge-chain -y --chain dev -d /data {flags}"))
			else {
				panic!("not a purge: {flags}")
			};
			assert_eq!(
				(purge.parachain, purge.relay_chain, purge.yes),
				(expected.0, expected.1, true)
			);
			let database = "/data/chains/caliber-dev/paritydb";
			assert_eq!(purge.place.database, std::path::Path::new(database));
		}
	}

	#[test]
	fn other_commands_should_be_left_to_the_sdk() {
		for text in ["export-chain-spec --chain dev", "key generate", "--no-such-flag", "--help"] {
			assert!(matches!(task(text), Task::Other), "{text}");
		}
	}

	#[test]
	fn chain_that_is_not_known_should_be_refused() {
		for text in ["--chain nowhere", "purge-chain --chain nowhere"] {
			let error = read(args(&format!("caliber-node {text}"))).err().unwrap().to_string();
			assert!(error.contains("nowhere"), "{error}");
		}
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

		let base = <polkadot_omni_node_lib::cli::Cli<Caliber> as clap::CommandFactory>::command();
		let commands = database_of(&ExtraSubcommand::augment_subcommands(base));
		assert!(commands.len() > 5, "{commands:?}");
		assert!(commands.iter().all(|(_, default)| default == &[PARITY_DB.to_string()]));
	}
}
