// SPDX-License-Identifier: Apache-2.0

//! Reports over all lines.

use super::{mock::*, support::lot::*};
use crate::frame_support::assert_ok;
use caliber_primitives::{
	credit::{Book, LineRole, LineState},
	LineId, USD,
};

/// Ids of the lines that `lines` answers with.
fn ids(from: LineId, limit: u32) -> Vec<LineId> {
	Credit::lines(from, limit).into_iter().map(|(id, _)| id).collect()
}

#[test]
fn book_should_be_empty_when_there_are_no_lines() {
	ExtBuilder::default().build_and_execute(|| assert_eq!(Credit::book(), Book::default()));
}

#[test]
fn book_should_add_up_by_state_by_model_and_by_days_late() {
	ExtBuilder::default().build_and_execute(|| {
		let first = open(bare_terms());
		let (late, paid) = (draw(first, 120_000 * USD), draw(first, 60_000 * USD));
		let second = offer_by(OTHER_CURATOR, OTHER_BORROWER, bare_terms());
		assert_ok!(accept(OTHER_BORROWER, second, &bare_terms(), &[5]));
		let by_other = || RuntimeOrigin::signed(OTHER_BORROWER);
		assert_ok!(Credit::draw(by_other(), second, 200_000 * USD));
		offer(bare_terms());
		assert_ok!(repay(paid, Credit::due(paid).expect("it is there").total));
		assert_ok!(repay(loan_id(second, 0), Credit::due(loan_id(second, 0)).unwrap().total));
		assert_eq!(balance_of(late) + balance_of(paid), 175_000 * USD);

		// 175 000 and 183 333.33… are out, nine tenths of it senior, none of it late.
		let other = 200_000 * USD - 200_000 * USD / 12;
		let expected = Book {
			outstanding: 175_000 * USD + other,
			senior_outstanding: totals().senior_outstanding,
			impairment: 0,
			bad_debt: 0,
			by_state: vec![(LineState::Offered, 1, 0), (LineState::Open, 2, 175_000 * USD + other)],
			// The payments are not booked yet.
			by_model: vec![(1, 180_000 * USD), (5, 200_000 * USD)],
			by_days_late: vec![(0, 175_000 * USD + other)],
			last_round: None,
		};
		assert_eq!(Credit::book(), expected);
		set_time(START + PERIOD);
		assert_eq!(Credit::book(), expected);
		// A part of a day is a day.
		for (late_for, days) in [(1, 1), (DAY, 1), (DAY + 1, 2), (9 * DAY, 9)] {
			set_time(START + PERIOD + late_for);
			let by_days_late = vec![(0, 55_000 * USD + other), (days, 120_000 * USD)];
			assert_eq!(Credit::book(), Book { by_days_late, ..expected.clone() });
		}

		set_worth(5, Ok(100_000 * USD));
		assert_ok!(Credit::declare_breach(RuntimeOrigin::signed(ANYONE), second));
		let book = Credit::book();
		assert_eq!(
			book.by_state,
			[
				(LineState::Offered, 1, 0),
				(LineState::Open, 1, 175_000 * USD),
				(LineState::Breached, 1, other)
			]
		);
		// Half of 100 000, less a twentieth; a quarter counts at the breach.
		let senior = line(second).senior_outstanding;
		assert_eq!(book.impairment, (senior - 47_500 * USD).div_ceil(4));
	});
}

#[test]
fn book_should_tell_bad_debt_that_is_not_recovered() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = unwanted(bare_terms(), DEBT);
		assert_ok!(resolve(id, TREASURY, 0));
		let (interest, _) = unpaid_interest(600_000, now() - START);
		let bad_debt = 540_000 * USD + interest;
		assert_eq!(Credit::book(), Book { bad_debt, ..Default::default() });
	});
}

#[test]
fn lines_should_be_reported_by_id_a_page_at_a_time() {
	ExtBuilder::default().build_and_execute(|| {
		let mut terms = bare_terms();
		terms.limit = 1_000 * USD;
		let all: Vec<LineId> = (0..70).map(|_| offer(terms)).collect();
		for gone in [0, 3, 69] {
			assert_ok!(Credit::withdraw_offer(RuntimeOrigin::signed(CURATOR), all[gone]));
		}
		assert_eq!(ids(0, 3), [1, 2, 4]);
		assert_eq!(ids(3, 2), [4, 5]);
		assert_eq!(ids(67, 10), [67, 68]);
		assert_eq!((ids(70, 10), ids(u32::MAX, 10), ids(0, 0)), (vec![], vec![], vec![]));
		// No page is longer than 64.
		let page = ids(0, u32::MAX);
		assert_eq!((page.len(), page.last()), (64, Some(&65)));
		let (id, report) = Credit::lines(5, 1).remove(0);
		assert_eq!(Credit::line(id), Some(report));
	});
}

#[test]
fn lines_of_should_name_the_lines_of_an_account_in_each_role() {
	ExtBuilder::default().build_and_execute(|| {
		let first = offer_by(CURATOR, BORROWER, bare_terms());
		let second = offer_by(OTHER_CURATOR, BORROWER, bare_terms());
		let third = offer_by(CURATOR, OTHER_CURATOR, bare_terms());
		let of = |who, role| Credit::lines_of(who, role);
		assert_eq!(of(CURATOR, LineRole::Curator), [first, third]);
		assert_eq!(of(OTHER_CURATOR, LineRole::Curator), [second]);
		assert_eq!(of(OTHER_CURATOR, LineRole::Borrower), [third]);
		assert_eq!(of(BORROWER, LineRole::Borrower), [first, second]);
		assert_eq!(of(BORROWER, LineRole::Curator), Vec::<LineId>::new());
		assert_ok!(Credit::withdraw_offer(RuntimeOrigin::signed(CURATOR), first));
		assert_eq!(of(BORROWER, LineRole::Borrower), [second]);
	});
}
