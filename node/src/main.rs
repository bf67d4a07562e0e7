// SPDX-License-Identifier: Apache-2.0

//! The node of Caliber: the SDK's node for parachains, with Caliber's chains built in.

mod chain_spec;
mod cli;
mod place;
mod purge;
mod room;
mod start;
mod trouble;

use cli::Task;
use place::Place;
use polkadot_omni_node_lib::{run_with_custom_cli, RunConfig};
use polkadot_sdk::sc_cli;
use std::process::ExitCode;

fn main() -> ExitCode {
	let mut place = None;
	match run(&mut place) {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			trouble::tell_error(&error, &place.unwrap_or_default());
			ExitCode::FAILURE
		}
	}
}

fn run(place: &mut Option<Place>) -> sc_cli::Result<()> {
	cli::store_relay_chain_in_parity_db()?;
	match cli::read(std::env::args_os().collect())? {
		Task::Purge(purge) => return purge.run(),
		Task::Run(node) => *place = Some(*node),
		Task::Other => {}
	}
	let resolver = start::Resolver { place: place.clone() };
	let config = RunConfig::new(Box::new(resolver), Box::new(chain_spec::ChainSpecLoader));
	run_with_custom_cli::<cli::Caliber, cli::ExtraSubcommand>(config)
}
