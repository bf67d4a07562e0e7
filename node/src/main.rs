// SPDX-License-Identifier: Apache-2.0

//! The node of Caliber: the SDK's node for parachains, with Caliber's chains built in.
//!
//! - [`cli`]: the command line, with ParityDb as the database of every command
//! - [`chain_spec`]: the chains the node knows by name
//! - [`start`]: the step between the command line and the SDK's node
//! - [`disk_guard`]: the watch over the disk
//!
//! Advice for a node that does not start or does not go on stands in `docs/operators.md`.

mod chain_spec;
mod cli;
mod disk_guard;
mod start;

use chain_spec::{ChainSpecLoader, GenesisForm};
use cli::Request;
use polkadot_omni_node_lib::{run_with_custom_cli, RunConfig};
use polkadot_sdk::sc_cli;
use std::{process::ExitCode, thread, time::Duration};

/// Time in which the SDK's logger, which writes on a thread of its own, has written what it holds.
const LOG_FLUSH: Duration = Duration::from_millis(150);

fn main() -> ExitCode {
	match run() {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			// The error is the last line that an operator sees.
			thread::sleep(LOG_FLUSH);
			eprintln!("Error: {error}");
			ExitCode::FAILURE
		}
	}
}

fn run() -> sc_cli::Result<()> {
	cli::store_relay_chain_in_parity_db()?;
	let request = Request::read(std::env::args_os())?;
	let genesis =
		if request.writes_plain_spec { GenesisForm::Preset } else { GenesisForm::Storage };
	run_with_custom_cli::<cli::Caliber, cli::ExtraSubcommand>(RunConfig::new(
		Box::new(start::Resolver { node: request.node }),
		Box::new(ChainSpecLoader { genesis }),
	))
}
