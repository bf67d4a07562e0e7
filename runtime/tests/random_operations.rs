// SPDX-License-Identifier: Apache-2.0

//! Random histories of titles, appraisal, credit, vault and reserves together.
//!
//! A history has every call of every user, operators of the oracle that are silent or lie, prices
//! that crash and recover, borrowers that vanish, auctions without bids, and months that pass.
//! After each step the books of the pallets agree, and the price of a share has fallen only by
//! named losses.
//!
//! `CALIBER_RANDOM_OPS` sets the number of steps of each test, `CALIBER_RANDOM_SEED` the seed of
//! its first history. A seed determines its history for any number of steps.

#![allow(missing_docs)]

mod common;
mod random {
	pub mod chance;
	pub mod credit;
	pub mod history;
	pub mod money;
	pub mod op;
	pub mod titles;
	pub mod world;
}

use common::*;
use random::history::History;

/// Steps of a history, and of a test by default.
const STEPS: u64 = 25_000;
/// Steps between two commits of the changes from memory to the state.
const COMMIT_EVERY: u64 = 250;

/// Reads a number from the environment.
fn number(name: &str) -> Option<u64> {
	std::env::var(name).ok().map(|text| text.parse().expect("a number"))
}

/// Runs histories until the number of steps is reached.
fn histories(first_seed: u64) {
	let mut left = number("CALIBER_RANDOM_OPS").unwrap_or(STEPS);
	let mut seed = number("CALIBER_RANDOM_SEED").unwrap_or(1).wrapping_add(first_seed);
	while left > 0 {
		let steps = left.min(STEPS);
		history(seed, steps);
		left -= steps;
		seed = seed.wrapping_add(1);
	}
}

/// Runs one history.
fn history(seed: u64, steps: u64) {
	let mut history = History::new(seed);
	let mut ext = live_genesis();
	ext.execute_with(|| {
		polkadot_sdk::frame_system::Pallet::<caliber_runtime::Runtime>::set_block_number(1);
		set_time(START);
		history.begin();
	});
	let mut left = steps;
	while left > 0 {
		ext.commit_all().expect("no transaction is open");
		let next = left.min(COMMIT_EVERY);
		ext.execute_with(|| history.go(next));
		left -= next;
	}
	ext.execute_with(|| history.end(steps == STEPS));
}

#[test]
fn books_should_agree_after_every_step_of_a_random_history() {
	histories(0);
}

#[test]
fn books_should_agree_after_every_step_of_another_history() {
	histories(1_000);
}
