// SPDX-License-Identifier: Apache-2.0

use super::mock::*;
use crate::{
	frame_support::{assert_noop, assert_ok},
	Curators, Error, Event, Lines,
};
use caliber_primitives::{credit::LineTerms, USD};

fn close(who: AccountId, line: u32) -> Result<(), polkadot_sdk::sp_runtime::DispatchError> {
	Credit::close_line(RuntimeOrigin::signed(who), line).map(|_| ()).map_err(|e| e.error)
}

#[test]
fn close_line_should_give_everyone_their_own() {
	ExtBuilder::default().build_and_execute(|| {
		let id = offer(terms());
		assert_ok!(accept(BORROWER, id, &terms(), &[1, 2]));
		let loan = draw(id, 120_000 * USD);
		assert_ok!(Credit::payoff(RuntimeOrigin::signed(ANYONE), loan, FUNDS));
		let reserve = line(id).reserve;
		let (borrower, curator) = (usd(BORROWER), usd(CURATOR));
		take_events();
		assert_ok!(close(BORROWER, id));

		assert_eq!(Lines::<Test>::get(id), None);
		assert_eq!((line_of_title(1), line_of_title(2)), (None, None));
		assert_eq!(usd(BORROWER) - borrower, reserve);
		// What was never drawn; the rest came back with the payoff.
		assert_eq!(usd(CURATOR) - curator, 88_000 * USD);
		assert_eq!((junior_held(CURATOR), deposit_held(CURATOR)), (0, 0));
		assert_eq!(Curators::<Test>::get(CURATOR).map(|c| c.committed), Some(0));
		assert_eq!(take_events(), [Event::LineClosed { line: id, reserve, junior: 88_000 * USD }]);
		// The titles serve again.
		assert_ok!(accept(BORROWER, offer(terms()), &terms(), &[1, 2]));
	});
}

#[test]
fn close_line_should_be_the_curators_in_the_second_after_the_availability() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(terms());
		set_time(START + 180 * DAY);
		assert_noop!(close(CURATOR, id), Error::<Test>::StillAvailable);
		set_time(START + 180 * DAY + 1);
		assert_ok!(close(CURATOR, id));
		assert_eq!(usd(CURATOR), FUNDS);
	});
}

/// A borrower who has pledged its machines, for which it paid papers and appraisals, finds its line
/// gone in the block in which it draws.
#[test]
fn close_line_should_leave_the_borrower_what_the_curator_has_committed() {
	ExtBuilder::default().build_and_execute(|| {
		let mut terms = bare_terms();
		terms.limit = 100_000 * USD;
		let id = open(terms);
		assert_noop!(close(CURATOR, id), Error::<Test>::StillAvailable);
		let loan = draw(id, 99_001 * USD);
		assert_ok!(Credit::payoff(RuntimeOrigin::signed(ANYONE), loan, FUNDS));
		// 999 dollars are left of the limit, less than a draw may be: there is no commitment.
		assert_ok!(close(CURATOR, id));
		assert_eq!((line_of_title(1), junior_held(CURATOR)), (None, 0));
		// What is repaid of a line that revolves may be drawn again.
		let id = open(LineTerms { revolving: true, ..terms });
		let loan = draw(id, 100_000 * USD);
		assert_ok!(Credit::payoff(RuntimeOrigin::signed(ANYONE), loan, FUNDS));
		assert_noop!(close(CURATOR, id), Error::<Test>::StillAvailable);
		assert_ok!(close(BORROWER, id));
	});
}

#[test]
fn close_line_should_refuse_when_it_is_not_over() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(close(BORROWER, 0), Error::<Test>::UnknownLine);
		let id = offer(terms());
		assert_noop!(close(CURATOR, id), Error::<Test>::NotAccepted);
		assert_ok!(accept(BORROWER, id, &terms(), &[1]));
		assert_noop!(close(ANYONE, id), Error::<Test>::NotParty);
		draw(id, 10_000 * USD);
		assert_noop!(close(BORROWER, id), Error::<Test>::LoansOutstanding);
		assert_noop!(close(CURATOR, id), Error::<Test>::LoansOutstanding);
	});
}
