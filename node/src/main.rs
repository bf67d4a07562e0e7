// SPDX-License-Identifier: Apache-2.0

//! The node of Caliber: the SDK's node for parachains, with Caliber's chains built in.

mod chain_spec;
mod cli;

use polkadot_omni_node_lib::{run_with_custom_cli, runtime::DefaultRuntimeResolver, RunConfig};
use polkadot_sdk::sc_cli;

fn main() -> sc_cli::Result<()> {
	cli::store_relay_chain_in_parity_db()?;
	let config =
		RunConfig::new(Box::new(DefaultRuntimeResolver), Box::new(chain_spec::ChainSpecLoader));
	run_with_custom_cli::<cli::Caliber, cli::ExtraSubcommand>(config)
}
