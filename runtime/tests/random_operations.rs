// SPDX-License-Identifier: Apache-2.0

//! Random histories over titles, appraisal, credit lines, vault and reserves together: every call of
//! every user, oracles that fall silent or lie, prices that crash and recover, borrowers that vanish,
//! auctions that nobody bids in, and months that go by. After each step the books of the pallets
//! agree and the price of a share has fallen by named losses alone.
//!
//! `CALIBER_RANDOM_OPS` sets the number of steps of each test, `CALIBER_RANDOM_SEED` the seed of its
//! first history. Every seed has one history, whatever the number of steps.

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

/// Steps of a history, and of a test where nothing else is said.
const STEPS: u64 = 25_000;
/// Steps after which what has changed goes from memory to the state.
const COMMIT_EVERY: u64 = 250;

fn number(name: &str) -> Option<u64> {
	std::env::var(name).ok().map(|text| text.parse().expect("a number"))
}

/// As many histories as it takes to come to the number of steps that was asked for.
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

fn history(seed: u64, steps: u64) {
	let mut history = History::new(seed);
	let mut ext = genesis("development");
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
