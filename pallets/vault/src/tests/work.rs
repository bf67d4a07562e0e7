// SPDX-License-Identifier: Apache-2.0

//! Calls that the runtime names to keepers and savers. Window 3 is [3 500, 4 500).

use super::mock::*;
use caliber_primitives::{
	credit::{Task, Work},
	traits::Round,
	USD,
};
use polkadot_sdk::frame_support::assert_ok;

/// The tasks, each from the present second on.
fn tasks() -> Vec<Task> {
	let now = time();
	let of = |Work { from, task }| {
		assert_eq!(from, now);
		task
	};
	Vault::due_for_work().into_iter().map(of).collect()
}

#[test]
fn due_for_work_should_name_the_round_the_settlement_and_the_payouts_in_their_turn() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(redeem(ALICE, 10 * USD));
		assert_ok!(redeem(ALICE, 20 * USD));
		set_time(4_499);
		assert_eq!(tasks(), []);
		set_time(4_500);
		LastRound::set(Some(Round { begun: 4_499, ended: 4_499 }));
		assert_eq!(tasks(), [Task::TurnRound]);
		LastRound::set(Some(Round { begun: 4_500, ended: 4_500 }));
		assert_eq!(tasks(), [Task::StartSettlement]);
		assert_ok!(start_now());
		assert_eq!(tasks(), [Task::Settle]);
		assert_ok!(settle(1));
		assert_eq!(tasks(), [Task::Settle, Task::Claim(0)]);
		assert_ok!(settle(1));
		assert_eq!(tasks(), [Task::Claim(0), Task::Claim(1)]);
		assert_ok!(claim(ALICE, 0));
		// Its place among the payouts is empty when its turn comes.
		assert_eq!(tasks(), [Task::Claim(1)]);
		assert_ok!(claim(ALICE, 1));
		assert_eq!(tasks(), []);
	});
}

/// What only time, money or a price can bring is nobody's task.
#[test]
fn due_for_work_should_name_nothing_while_money_is_awaited() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(lend(95 * USD));
		assert_ok!(redeem(ALICE, 10 * USD));
		set_time(4_500);
		assert_eq!(tasks(), []);
	});
}
