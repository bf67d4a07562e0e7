// SPDX-License-Identifier: Apache-2.0

//! What this node adds to the SDK's command line.
//!
//! The database is ParityDb. Where a command of the SDK would choose RocksDB by default, the default
//! is changed here, so that no flag is needed.

use clap::{ArgMatches, Command, FromArgMatches, Subcommand};
use polkadot_omni_node_lib::{
	extra_subcommand::{DefaultExtraSubcommands, ExtraSubcommand as ExtraSubcommandT},
	CliConfig, RunConfig, NODE_VERSION,
};
use polkadot_sdk::sc_cli;
use std::ffi::OsString;

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
