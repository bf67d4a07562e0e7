// SPDX-License-Identifier: Apache-2.0

//! Time in which the chain made no blocks counts against nobody.

use super::{mock::*, support::lot::*};
use crate::{
	frame_support::{assert_noop, assert_ok, traits::Hooks, weights::Weight},
	Error,
};
use caliber_primitives::{
	credit::{AuctionPhase, LineState, LoanState, Task, Work},
	Balance, LineId, Seconds, USD,
};

/// Last second of the grace period of the first payment period.
const GRACE_ENDS: Seconds = START + PERIOD + 10 * DAY;

fn uncured(line: LineId) -> Outcome {
	Credit::declare_uncured(RuntimeOrigin::signed(ANYONE), line).map(|_| ()).map_err(|e| e.error)
}

fn idle() {
	for _ in 0..3 {
		Credit::on_idle(1, Weight::MAX);
	}
}

#[test]
fn cure_period_should_be_longer_by_an_outage() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		draw(id, 120_000 * USD);
		set_worth(1, Ok(150_000 * USD));
		assert_ok!(Credit::declare_breach(RuntimeOrigin::signed(ANYONE), id));
		set_time(START + 12 * DAY);
		stand_still(5 * DAY);
		let report = Credit::line(id).and_then(|report| report.breach).expect("it is in breach");
		assert_eq!((report.since, report.cure_until), (START, START + 19 * DAY));
		let task = Task::DeclareUncured(id);
		let work = Work { from: START + 19 * DAY + 1, task };
		assert!(Credit::due_for_work(0, 10).contains(&work));
		for at in [START + 14 * DAY + 1, START + 17 * DAY, START + 19 * DAY] {
			set_time(at);
			assert_noop!(uncured(id), Error::<Test>::CurePeriodRunning);
			idle();
			assert_eq!(line(id).state, LineState::Breached);
		}
		set_time(START + 19 * DAY + 1);
		assert_ok!(uncured(id));
	});
}

#[test]
fn cure_period_should_not_be_longer_by_an_outage_before_or_after_it() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		draw(id, 120_000 * USD);
		stand_still(2 * DAY);
		let since = now();
		set_worth(1, Ok(150_000 * USD));
		assert_ok!(Credit::declare_breach(RuntimeOrigin::signed(ANYONE), id));
		set_time(since + 14 * DAY);
		assert_noop!(uncured(id), Error::<Test>::CurePeriodRunning);
		// It was over in the last block before this one.
		stand_still(DAY);
		assert_ok!(uncured(id));
	});
}

#[test]
fn grace_period_should_be_longer_by_an_outage() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		let loan = draw(id, 120_000 * USD);
		set_time(START + PERIOD + DAY);
		stand_still(3 * DAY);
		let default_at = GRACE_ENDS + 3 * DAY + 1;
		assert_eq!(Credit::loan(loan).map(|report| report.default_at), Some(default_at));
		let work = Work { from: default_at, task: Task::DeclareDefault(loan) };
		assert_eq!(Credit::due_for_work(0, 10), [work]);
		for at in [GRACE_ENDS + 1, default_at - 1] {
			set_time(at);
			assert_eq!(Credit::loan(loan).map(|report| report.state), Some(LoanState::Late));
			assert_noop!(declare_default(loan), Error::<Test>::GracePeriodRunning);
			idle();
			assert_eq!(line(id).state, LineState::Open);
		}
		// Interest ran on all the same, late interest for the grace period of the terms.
		let due = Credit::due(loan).expect("the loan exists");
		let late = 120_000 * 1_585_489_600 * Balance::from(10 * DAY);
		assert_eq!(due.late_interest, late);
		set_time(default_at);
		assert_ok!(declare_default(loan));
	});
}

#[test]
fn loan_should_not_be_in_default_by_time_without_blocks() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		let loan = draw(id, 120_000 * USD);
		set_time(START + PERIOD - DAY);
		// The due date and twice the grace period pass without a block in which to pay.
		stand_still(21 * DAY);
		assert_eq!(now(), START + PERIOD + 20 * DAY);
		assert_noop!(declare_default(loan), Error::<Test>::GracePeriodRunning);
		idle();
		assert_eq!(line(id).state, LineState::Open);
		// All of the grace period is left.
		set_time(START + PERIOD + 30 * DAY);
		assert_noop!(declare_default(loan), Error::<Test>::GracePeriodRunning);
		set_time(START + PERIOD + 30 * DAY + 1);
		assert_ok!(declare_default(loan));
	});
}

#[test]
fn round_should_be_longer_by_an_outage() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = auctioned(bare_terms(), DEBT);
		let end = DEFAULT_AT + ROUND;
		set_time(end - 1);
		stand_still(2 * DAY);
		let end = end + 2 * DAY;
		let report = Credit::auction(id).expect("it runs");
		assert_eq!((report.ends_at, report.phase), (end, AuctionPhase::Bidding));
		assert_eq!(report.minimum_bid, Some(RESERVE));
		assert_eq!(now(), end - 1);
		assert_noop!(settle(id), Error::<Test>::AuctionRunning);
		// Late by the clock of the auction: the round goes on for ten minutes.
		assert_ok!(bid(ANYONE, id, RESERVE));
		let end = end - 1 + EXTENSION;
		assert_eq!(Credit::auction(id).map(|report| report.ends_at), Some(end));
		let work = Work { from: end, task: Task::SettleAuction(id) };
		assert_eq!(Credit::due_for_work(0, 10), [work]);
		set_time(end - 1);
		assert_noop!(settle(id), Error::<Test>::AuctionRunning);
		assert_ok!(bid(OTHER_BORROWER, id, 2 * RESERVE));
		set_time(end);
		assert_noop!(settle(id), Error::<Test>::AuctionRunning);
		set_time(end - 1 + EXTENSION);
		assert_noop!(bid(ANYONE, id, 4 * RESERVE), Error::<Test>::AuctionEnded);
		assert_ok!(settle(id));
		assert_eq!(wealth(OTHER_BORROWER), FUNDS - 2 * RESERVE);
	});
}

#[test]
fn round_should_not_be_longer_by_a_bid_in_time_after_an_outage() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = auctioned(bare_terms(), DEBT);
		set_time(DEFAULT_AT + DAY);
		stand_still(2 * DAY);
		set_time(DEFAULT_AT + ROUND + 2 * DAY - EXTENSION);
		assert_ok!(bid(ANYONE, id, RESERVE));
		let end = DEFAULT_AT + ROUND + 2 * DAY;
		assert_eq!(Credit::auction(id).map(|report| report.ends_at), Some(end));
	});
}

#[test]
fn option_and_binding_offer_should_be_longer_by_an_outage() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = unsold(bare_terms(), DEBT);
		let option_ends = auction(id).ends_at;
		set_time(option_ends - 10);
		stand_still(DAY);
		assert_eq!(Credit::auction(id).map(|it| it.phase), Some(AuctionPhase::CuratorOption));
		assert_noop!(resolve(id, ANYONE, 0), Error::<Test>::NotInResolution);
		assert_eq!(undone(|| credit_bid(CURATOR, id)), Ok(()));
		set_time(option_ends + DAY - 1);
		assert_noop!(bid(ANYONE, id, 5), Error::<Test>::OptionRunning);
		set_time(option_ends + DAY);
		assert_noop!(credit_bid(CURATOR, id), Error::<Test>::NoOption);
		let placed = now();
		assert_ok!(bid(ANYONE, id, 5));
		set_time(placed + DAY);
		stand_still(4 * DAY);
		let bound_until = placed + BINDING + 4 * DAY;
		assert_eq!(Credit::auction(id).and_then(|it| it.bound_until), Some(bound_until));
		set_time(bound_until - 1);
		assert_noop!(withdraw_bid(ANYONE, id), Error::<Test>::BidBinding);
		set_time(bound_until);
		assert_ok!(withdraw_bid(ANYONE, id));
	});
}
