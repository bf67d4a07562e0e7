// SPDX-License-Identifier: Apache-2.0

use super::mock::*;
use crate::{frame_support::assert_noop, frame_support::assert_ok, Error};
use caliber_primitives::{
	credit::{LineState, LineTerms},
	USD,
};

fn revolving() -> LineTerms {
	LineTerms { revolving: true, ..bare_terms() }
}

#[test]
fn repaid_principal_should_be_drawn_again() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(revolving());
		let loan = draw(id, 1_000_000 * USD);
		assert_eq!((line(id).junior_locked, junior_held(CURATOR)), (0, 0));
		assert_noop!(
			Credit::draw(RuntimeOrigin::signed(BORROWER), id, 1_000 * USD),
			Error::<Test>::LimitExceeded
		);
		assert_ok!(Credit::payoff(RuntimeOrigin::signed(ANYONE), loan, FUNDS));
		// The curator's part is back on hold for the line.
		assert_eq!(line(id).junior_locked, 100_000 * USD);
		assert_eq!(junior_held(CURATOR), 100_000 * USD);
		draw(id, 1_000_000 * USD);
		assert_eq!(line(id).drawn_total, 2_000_000 * USD);
		assert_eq!(line(id).outstanding, 1_000_000 * USD);
	});
}

#[test]
fn an_installment_should_make_room_for_its_principal() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(revolving());
		let loan = draw(id, 1_000_000 * USD);
		let due = Credit::due(loan).expect("the loan exists");
		assert_ok!(repay(loan, due.total));
		assert_eq!(line(id).undrawn(), due.principal);
		draw(id, due.principal);
		assert_eq!(line(id).outstanding, 1_000_000 * USD);
	});
}

#[test]
fn principal_should_stand_ready_while_a_breach_may_be_cured() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(revolving());
		let loan = draw(id, 1_000_000 * USD);
		bring_to(id, LineState::Breached);
		assert_ok!(Credit::payoff(RuntimeOrigin::signed(ANYONE), loan, FUNDS));
		assert_eq!(junior_held(CURATOR), 100_000 * USD);
	});
}

#[test]
fn principal_should_go_free_when_the_line_is_in_default() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(revolving());
		let loan = draw(id, 1_000_000 * USD);
		bring_to(id, LineState::Defaulted);
		let before = usd(CURATOR);
		assert_ok!(Credit::payoff(RuntimeOrigin::signed(ANYONE), loan, FUNDS));
		assert_eq!(junior_held(CURATOR), 0);
		assert!(usd(CURATOR) - before > 100_000 * USD);
	});
}

#[test]
fn principal_should_go_free_when_nothing_can_be_drawn_any_more() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(revolving());
		let loan = draw(id, 1_000_000 * USD);
		set_time(START + 180 * DAY);
		assert_ok!(repay(loan, Credit::due(loan).expect("the loan exists").total));
		let locked = junior_held(CURATOR);
		assert!(locked > 0);
		set_time(START + 180 * DAY + 1);
		assert_ok!(Credit::payoff(RuntimeOrigin::signed(ANYONE), loan, FUNDS));
		assert_eq!(junior_held(CURATOR), locked);
	});
}

#[test]
fn a_curator_without_an_account_should_not_keep_anyone_from_paying() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(revolving());
		let loan = draw(id, 1_000_000 * USD);
		// All of the capital is drawn; the curator moves the rest away and its account goes.
		assert_ok!(Assets::transfer(
			RuntimeOrigin::signed(CURATOR),
			caliber_primitives::USDAI,
			OTHER_BORROWER,
			usd(CURATOR)
		));
		assert_eq!(usd(CURATOR), 0);
		assert_ok!(Credit::payoff(RuntimeOrigin::signed(ANYONE), loan, FUNDS));
		assert_eq!(junior_held(CURATOR), 100_000 * USD);
		assert_ok!(Credit::close_line(RuntimeOrigin::signed(BORROWER), id));
		assert!(usd(CURATOR) > 100_000 * USD);
	});
}
