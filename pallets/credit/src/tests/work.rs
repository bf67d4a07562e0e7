// SPDX-License-Identifier: Apache-2.0

//! What a keeper should call, and from when.

use super::{mock::*, support::lot::*};
use crate::frame_support::assert_ok;
use caliber_primitives::{
	appraisal::AppraisalError,
	credit::{LineState, Task, Work},
	traits::LossPayee,
	Seconds, USD,
};

fn work() -> Vec<Work> {
	Credit::due_for_work(0, 256)
}

/// Ensures that the task succeeds from the second of its time on, and not before.
fn assert_from(work: Work) {
	set_time(work.from - 1);
	assert!(undone(|| perform(work.task)).is_err(), "{work:?} succeeds too early");
	set_time(work.from);
	assert_eq!(undone(|| perform(work.task)), Ok(()), "{work:?}");
}

const DUE: Seconds = START + PERIOD;
const DEFAULT: Seconds = DUE + 10 * DAY + 1;

#[test]
fn due_for_work_should_name_collections_and_defaults_in_the_order_of_time() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(work(), []);
		let id = open(terms());
		assert_eq!(work(), []);
		let first = draw(id, 120_000 * USD);
		set_time(START + DAY);
		let second = draw(id, 60_000 * USD);
		let expected = [
			Work { from: DUE, task: Task::Collect(first) },
			Work { from: DUE + DAY, task: Task::Collect(second) },
			Work { from: DEFAULT, task: Task::DeclareDefault(first) },
			Work { from: DEFAULT + DAY, task: Task::DeclareDefault(second) },
		];
		assert_eq!(work(), expected);
		assert_eq!(Credit::due_for_work(DUE, 2), expected[..2]);
		assert_eq!(Credit::due_for_work(DUE + 1, 2), expected[1..3]);
		assert_eq!(Credit::due_for_work(DEFAULT + DAY + 1, 256), []);
		assert_eq!(Credit::due_for_work(0, 0), []);
		expected.into_iter().for_each(assert_from);
		// What was collected is named again for the next payment period.
		set_time(DUE + DAY);
		assert_ok!(perform(Task::Collect(first)));
		let next = Work { from: DUE + PERIOD, task: Task::Collect(first) };
		assert!(work().contains(&next));
	});
}

#[test]
fn due_for_work_should_name_a_collection_while_something_is_set_aside() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		let loan = draw(id, 120_000 * USD);
		let declare = Work { from: DEFAULT, task: Task::DeclareDefault(loan) };
		assert_eq!(work(), [declare]);
		let top_up = |amount| {
			assert_ok!(Credit::top_up_reserve(RuntimeOrigin::signed(ANYONE), id, amount));
		};
		top_up(1);
		let collect = Work { from: DUE, task: Task::Collect(loan) };
		assert_eq!(work(), [collect, declare]);
		assert_from(collect);
		// What is there is taken, and nothing is left to take.
		set_time(DUE + DAY);
		assert_ok!(perform(collect.task));
		assert_eq!(work(), [declare]);
		top_up(USD);
		assert_eq!(work(), [collect, declare]);
	});
}

#[test]
fn due_for_work_should_name_the_end_of_a_cure_period_while_the_line_is_broken() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		let loan = draw(id, 120_000 * USD);
		let declare = Work { from: DEFAULT, task: Task::DeclareDefault(loan) };
		set_worth(1, Ok(150_000 * USD));
		assert_ok!(Credit::declare_breach(RuntimeOrigin::signed(ANYONE), id));
		let uncured = Work { from: START + 14 * DAY + 1, task: Task::DeclareUncured(id) };
		assert_eq!(work(), [uncured, declare]);
		for worth in [Ok(2_000_000 * USD), Err(AppraisalError::Stale(some_key()))] {
			set_worth(1, worth);
			assert_eq!(work(), [declare]);
		}
		set_worth(1, Ok(150_000 * USD));
		assert_from(uncured);
	});
}

#[test]
fn due_for_work_should_name_the_auction_of_a_line_in_default_and_its_rounds() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, loan) = in_default(bare_terms(), DEBT);
		let start_auction = Work { from: DEFAULT_AT, task: Task::StartAuction(id) };
		assert_eq!(work(), [start_auction]);
		let due = Credit::due(loan).expect("the loan exists").total;
		// A line that is whole again is not sold.
		let repaid = undone(|| {
			assert_ok!(repay(loan, due));
			assert_eq!(work(), []);
			Ok(())
		});
		assert_eq!(repaid, Ok(()));
		assert_ok!(perform(start_auction.task));
		let settle = |from| Work { from, task: Task::SettleAuction(id) };
		for _ in 0..3 {
			let round = settle(auction(id).ends_at);
			assert_eq!(work(), [round]);
			assert_from(round);
			assert_ok!(perform(round.task));
		}
		// The curator and governance decide then.
		assert_eq!(work(), []);
	});
}

#[test]
fn due_for_work_should_name_insurance_proceeds_that_can_be_applied() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		let loan = draw(id, 120_000 * USD);
		let apply = Work { from: START, task: Task::ApplyInsuranceProceeds(loan) };
		assert!(!work().contains(&apply));
		assert_ok!(<Credit as LossPayee<_>>::receive_loss_payment(id, 1, &ANYONE, 1));
		assert!(work().contains(&apply));
		assert_ok!(perform(apply.task));
		assert_eq!(line(id).insurance_proceeds, 0);
		assert!(!work().contains(&apply));
	});
}

#[test]
fn due_for_work_should_name_one_loan_that_takes_insurance_proceeds() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		let (first, second) = (draw(id, 60_000 * USD), draw(id, 120_000 * USD));
		assert_ok!(<Credit as LossPayee<_>>::receive_loss_payment(id, 1, &ANYONE, 70_000 * USD));
		let apply = |loan| Work { from: START, task: Task::ApplyInsuranceProceeds(loan) };
		assert!(work().contains(&apply(first)) && !work().contains(&apply(second)));
		assert_ok!(perform(apply(first).task));
		assert!(work().contains(&apply(second)));
		assert_ok!(perform(apply(second).task));
		assert_eq!((line(id).insurance_proceeds, balance_of(first)), (0, 0));
	});
}

#[test]
fn due_for_work_should_name_nothing_on_an_offer_or_a_line_without_debt() {
	ExtBuilder::default().build_and_execute(|| {
		offer(bare_terms());
		let (id, loan) = in_default(bare_terms(), DEBT);
		assert_ok!(Credit::payoff(RuntimeOrigin::signed(ANYONE), loan, FUNDS));
		assert_eq!((line(id).state, work()), (LineState::Defaulted, vec![]));
	});
}
