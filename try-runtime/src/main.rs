// SPDX-License-Identifier: Apache-2.0

//! Checks the state of a Caliber chain, and rehearses upgrades of its runtime.
//!
//! The state comes from a raw chain specification: that of a network, or the output of
//! `caliber-node export-state` for any block. The program decodes every stored value and checks the
//! invariants (`try_state`) of every pallet. It runs natively and changes no chain.

mod state;

use caliber_runtime::{invariants, AllPalletsWithSystem, Executive, Runtime, System, VERSION};
use clap::{Parser, Subcommand};
use polkadot_sdk::{
	frame_support::traits::{
		PalletsInfoAccess, TryDecodeEntireStorage, TryState, TryStateSelect, UpgradeCheckSelect,
	},
	frame_system,
};
use std::{fs, path::PathBuf, process::ExitCode};

mod next {
	#![allow(missing_docs, dead_code)]

	include!(concat!(env!("OUT_DIR"), "/next_runtime.rs"));
}

/// Check the state of a Caliber chain, and rehearse an upgrade of its runtime.
#[derive(Parser)]
#[command(version)]
struct Cli {
	#[command(subcommand)]
	command: Command,
}

#[derive(Subcommand)]
enum Command {
	/// Decode every stored value and check the invariants of every pallet.
	State {
		/// A raw chain specification: `caliber-node export-state`, or `export-chain-spec --raw`.
		spec: PathBuf,
	},
	/// Run the migrations of this build on the state, with their own checks before and after, then
	/// check it as `state` does.
	Upgrade {
		/// A raw chain specification: `caliber-node export-state`, or `export-chain-spec --raw`.
		spec: PathBuf,
	},
	/// Write a runtime that differs from this build's by a spec version one higher.
	///
	/// It serves to rehearse an upgrade on a test network, from the referendum to the first block
	/// of the new runtime.
	NextRuntime {
		/// The file to write: WebAssembly, compressed.
		out: PathBuf,
	},
}

/// Decodes the whole state and checks the invariants of every pallet, and those between them.
fn check() -> Result<(), String> {
	AllPalletsWithSystem::try_decode_entire_state().map_err(|errors| {
		let lines: Vec<_> = errors.iter().map(|error| format!("  {error:?}")).collect();
		format!("these values cannot be decoded:\n{}", lines.join("\n"))
	})?;
	<AllPalletsWithSystem as TryState<_>>::try_state(System::block_number(), TryStateSelect::All)
		.map_err(|error| format!("the state is not sound, see above: {error:?}"))?;
	invariants::check().map_err(|error| format!("the books of the pallets differ: {error:?}"))?;
	println!(
		"Every value decodes, and the state of all {} pallets is sound.",
		AllPalletsWithSystem::infos().len()
	);
	Ok(())
}

/// Runs the migrations with their checks.
fn migrate() -> Result<(), String> {
	let weight = Executive::try_runtime_upgrade(UpgradeCheckSelect::All)
		.map_err(|error| format!("the upgrade fails: {error:?}"))?;
	println!(
		"The migrations succeed; they weigh {} ps and {} bytes of proof.",
		weight.ref_time(),
		weight.proof_size()
	);
	Ok(())
}

/// Prints the block, the number of keys, and the spec versions on chain and of this build.
fn introduce(keys: usize) {
	let on_chain = frame_system::LastRuntimeUpgrade::<Runtime>::get()
		.map_or_else(|| "unknown".into(), |last| last.spec_version.0.to_string());
	println!(
		"Block {}, {keys} keys; spec version {on_chain} on chain, {} in this build.",
		System::block_number(),
		VERSION.spec_version
	);
}

fn run(command: Command) -> Result<(), String> {
	let (spec, upgrade) = match command {
		Command::State { spec } => (spec, false),
		Command::Upgrade { spec } => (spec, true),
		Command::NextRuntime { out } => {
			let code = next::WASM_BINARY.ok_or("this build was made without the runtime's blob")?;
			fs::write(&out, code)
				.map_err(|error| format!("{} cannot be written: {error}", out.display()))?;
			println!("{}: spec version {}", out.display(), VERSION.spec_version + 1);
			return Ok(());
		}
	};
	let storage = state::read(&spec)?;
	let keys = storage.top.len();
	polkadot_sdk::sp_io::TestExternalities::new(storage).execute_with(|| {
		introduce(keys);
		if upgrade {
			migrate()?;
		}
		check()
	})
}

fn main() -> ExitCode {
	// The pallets log each invariant that does not hold. A genesis state has no time yet, which is
	// not an error here.
	const LOG: &str = "RUST_LOG";
	if std::env::var_os(LOG).is_none() {
		std::env::set_var(LOG, "error,runtime::timestamp=off");
	}
	sp_tracing::try_init_simple();
	match run(Cli::parse().command) {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("error: {error}");
			ExitCode::FAILURE
		}
	}
}
