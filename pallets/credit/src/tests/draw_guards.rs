// SPDX-License-Identifier: Apache-2.0

//! What a borrower in trouble draws no more, what a swap leaves, and capital that comes back to a line.

use super::{mock::*, support::lot::*};
use crate::{
	frame_support::{assert_noop, assert_ok},
	sp_runtime::DispatchError,
	Borrowers, Error, Event,
};
use caliber_primitives::{
	credit::{LineState, LineTerms},
	titles::Ineligibility,
	Balance, LineId, TitleId, USD,
};

fn drawing(line: LineId, amount: Balance) -> Result<(), DispatchError> {
	Credit::draw(RuntimeOrigin::signed(BORROWER), line, amount).map(|_| ()).map_err(|e| e.error)
}

fn swapping(line: LineId, released: &[TitleId], pledged: &[TitleId]) -> Result<(), DispatchError> {
	let (released, pledged) = (titles(released), titles(pledged));
	Credit::swap_titles(RuntimeOrigin::signed(BORROWER), line, released, pledged)
}

fn availability(line: LineId) -> Option<Balance> {
	Credit::line(line).and_then(|report| report.availability)
}

fn adding(who: AccountId, line: LineId, amount: Balance) -> Result<(), DispatchError> {
	Credit::add_junior_capital(RuntimeOrigin::signed(who), line, amount)
}

/// A borrower whose first line goes down draws all that its other line gives, with the savers' money.
#[test]
fn draw_should_be_refused_while_another_line_of_the_borrower_is_in_trouble() {
	ExtBuilder::default().build_and_execute(|| {
		let bad = open(bare_terms());
		let good = offer(bare_terms());
		assert_ok!(accept(BORROWER, good, &bare_terms(), &[2]));
		draw(bad, 120_000 * USD);
		let before = [VAULT, BORROWER].map(usd);
		let refused = || {
			assert_noop!(drawing(good, 10_000 * USD), Error::<Test>::BorrowerInTrouble);
			assert_eq!(availability(good), Some(0));
		};
		for state in [LineState::Breached, LineState::Defaulted, LineState::Liquidating] {
			bring_to(bad, state);
			assert_eq!(Borrowers::<Test>::get(BORROWER).map(|it| it.troubled), Some(1));
			refused();
		}
		assert_eq!([VAULT, BORROWER].map(usd), before);
		// Nobody else is in trouble.
		let other = offer_by(OTHER_CURATOR, OTHER_BORROWER, bare_terms());
		assert_ok!(accept(OTHER_BORROWER, other, &bare_terms(), &[5]));
		assert_ok!(Credit::draw(RuntimeOrigin::signed(OTHER_BORROWER), other, 10_000 * USD));
		// The debt is paid: the sale is over and the line open.
		let loan = loans_of(bad)[0];
		assert_ok!(Credit::payoff(RuntimeOrigin::signed(ANYONE), loan, FUNDS));
		assert_eq!(Borrowers::<Test>::get(BORROWER), None);
		draw(good, 10_000 * USD);
	});
}

#[test]
fn draw_should_be_open_again_when_the_line_in_trouble_is_cured_or_has_ended() {
	ExtBuilder::default().build_and_execute(|| {
		let good = offer(bare_terms());
		assert_ok!(accept(BORROWER, good, &bare_terms(), &[2]));
		let bad = open(bare_terms());
		let loan = draw(bad, 120_000 * USD);
		set_ineligible(1, Some(Ineligibility::CustodyStale));
		assert_ok!(Credit::declare_breach(RuntimeOrigin::signed(ANYONE), bad));
		assert_noop!(drawing(good, 10_000 * USD), Error::<Test>::BorrowerInTrouble);
		set_ineligible(1, None);
		assert_ok!(Credit::cure(RuntimeOrigin::signed(ANYONE), bad));
		draw(good, 10_000 * USD);
		// A line without debt that nobody has cured ends with its trouble.
		set_ineligible(1, Some(Ineligibility::CustodyStale));
		assert_ok!(Credit::declare_breach(RuntimeOrigin::signed(ANYONE), bad));
		assert_ok!(Credit::payoff(RuntimeOrigin::signed(ANYONE), loan, FUNDS));
		assert_noop!(drawing(good, 10_000 * USD), Error::<Test>::BorrowerInTrouble);
		assert_ok!(Credit::close_line(RuntimeOrigin::signed(BORROWER), bad));
		draw(good, 10_000 * USD);
		assert_eq!(Borrowers::<Test>::get(BORROWER).map(|it| it.troubled), Some(0));
	});
}

#[test]
fn borrower_should_draw_on_its_other_line_when_the_lot_of_the_bad_one_is_sold() {
	ExtBuilder::default().build_and_execute(|| {
		let (bad, _) = unsold(bare_terms(), DEBT);
		let good = offer(bare_terms());
		assert_ok!(accept(BORROWER, good, &bare_terms(), &[2]));
		assert_noop!(drawing(good, 10_000 * USD), Error::<Test>::BorrowerInTrouble);
		assert_ok!(credit_bid(CURATOR, bad));
		assert_eq!(Borrowers::<Test>::get(BORROWER), None);
		draw(good, 10_000 * USD);
	});
}

/// What a draw may not do, a draw and a swap may not either: titles leave a line up to the brim of the
/// maintenance coverage, and the next fall of the price is the lenders' breach.
#[test]
fn swap_titles_should_leave_what_a_draw_leaves_when_a_title_is_freed() {
	ExtBuilder::default().build_and_execute(|| {
		let id = offer(bare_terms());
		assert_ok!(accept(BORROWER, id, &bare_terms(), &[1, 2]));
		set_worth(1, Ok(100_000 * USD));
		set_worth(2, Ok(100_000 * USD));
		// 70 000 of base are left of 140 000: enough for 55 335 and a part with the cushion.
		let brim = 70_000 * USD * 1_000 / 1_265;
		let loan = draw(id, brim + 1_000 * USD);
		assert_noop!(swapping(id, &[2], &[]), Error::<Test>::InsufficientCoverage);
		assert_eq!(line_of_title(2), Some(id));
		// A title that is added is never too little, whatever is left of the cushion.
		// Of 90 000 are 63 000 left to lend, of 61 969 that the maintenance coverage asks for.
		set_worth(1, Ok(30_000 * USD));
		set_worth(2, Ok(60_000 * USD));
		set_worth(3, Ok(1_000 * USD));
		assert_ok!(swapping(id, &[], &[3]));
		assert_noop!(swapping(id, &[3], &[]), Error::<Test>::InsufficientCoverage);
		set_worth(1, Ok(100_000 * USD));
		assert_ok!(Credit::payoff(RuntimeOrigin::signed(ANYONE), loan, FUNDS));
		draw(id, brim);
		assert_ok!(swapping(id, &[2, 3], &[]));
	});
}

#[test]
fn swap_titles_should_cure_a_breach_when_the_maintenance_coverage_is_left() {
	ExtBuilder::default().build_and_execute(|| {
		let id = offer(bare_terms());
		assert_ok!(accept(BORROWER, id, &bare_terms(), &[1, 2]));
		draw(id, 120_000 * USD);
		// 70 % of 190 000 are 133 000: more than 1.1 times the debt, less than the cushion.
		set_worth(1, Ok(190_000 * USD));
		set_ineligible(2, Some(Ineligibility::Uninsured));
		assert_noop!(swapping(id, &[2], &[]), Error::<Test>::InsufficientCoverage);
		assert_ok!(Credit::declare_breach(RuntimeOrigin::signed(ANYONE), id));
		assert_ok!(swapping(id, &[2], &[]));
		assert_ok!(Credit::cure(RuntimeOrigin::signed(ANYONE), id));
	});
}

/// What the curator got of a payment in default does not stand behind the line any more.
#[test]
fn add_junior_capital_should_let_a_line_that_revolves_be_drawn_after_a_cured_default() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(LineTerms { revolving: true, ..bare_terms() });
		let loan = draw(id, 120_000 * USD);
		set_time(START + PERIOD + 10 * DAY + 1);
		assert_ok!(Credit::declare_default(RuntimeOrigin::signed(ANYONE), loan));
		let due = Credit::due(loan).expect("the loan exists").total;
		assert_ok!(repay(loan, due));
		assert_ok!(Credit::cure(RuntimeOrigin::signed(ANYONE), id));
		// Of 20 000 repaid, for the month that is over and the one that runs, 2 000 were the curator's.
		assert_eq!((line(id).undrawn(), line(id).junior_locked), (900_000 * USD, 88_000 * USD));
		assert_noop!(drawing(id, 900_000 * USD), Error::<Test>::JuniorCapitalShort);

		assert_noop!(adding(ANYONE, id, 2_000 * USD), Error::<Test>::NotLineCurator);
		assert_noop!(adding(CURATOR, id, 0), Error::<Test>::ZeroAmount);
		assert_noop!(adding(CURATOR, id, 2_000 * USD + 1), Error::<Test>::CapitalNotNeeded);
		let before = usd(CURATOR);
		take_events();
		assert_ok!(adding(CURATOR, id, 2_000 * USD));
		assert_eq!(
			take_events(),
			[Event::JuniorCapitalAdded { line: id, amount: 2_000 * USD, junior: 90_000 * USD }]
		);
		assert_eq!(before - usd(CURATOR), 2_000 * USD);
		assert_eq!(junior_held(CURATOR), 90_000 * USD);
		assert_noop!(adding(CURATOR, id, 1), Error::<Test>::CapitalNotNeeded);
		draw(id, 900_000 * USD);
		assert_eq!(junior_held(CURATOR), 0);
	});
}

#[test]
fn add_junior_capital_should_refuse_when_nothing_can_be_drawn() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(adding(CURATOR, 0, USD), Error::<Test>::UnknownLine);
		let id = offer(bare_terms());
		assert_noop!(adding(CURATOR, id, USD), Error::<Test>::NotAccepted);
		assert_ok!(accept(BORROWER, id, &bare_terms(), &[1]));
		assert_noop!(adding(CURATOR, id, USD), Error::<Test>::CapitalNotNeeded);
		set_time(START + 180 * DAY + 1);
		assert_noop!(adding(CURATOR, id, USD), Error::<Test>::AvailabilityEnded);
		set_time(START);
		draw(id, 10_000 * USD);
		bring_to(id, LineState::Defaulted);
		assert_noop!(adding(CURATOR, id, USD), Error::<Test>::LineNotOpen);
	});
}
