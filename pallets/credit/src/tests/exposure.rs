// SPDX-License-Identifier: Apache-2.0

//! Sums by model lag payments, never draws. Numbers of loans.

use super::{mock::*, support::lot::*};
use crate::{
	frame_support::{assert_noop, assert_ok, traits::Hooks, weights::Weight},
	Error, Event, OutstandingByModel,
};
use caliber_primitives::{credit::Task, Balance, LineId, LoanId, ModelId, USD};

fn by_model() -> Vec<(ModelId, Balance)> {
	let mut all: Vec<_> = OutstandingByModel::<Test>::iter().collect();
	all.sort();
	all
}

fn payoff(loan: LoanId) {
	assert_ok!(Credit::payoff(RuntimeOrigin::signed(ANYONE), loan, FUNDS));
}

fn drawing_by(who: AccountId, line: LineId, amount: Balance) -> Outcome {
	Credit::draw(RuntimeOrigin::signed(who), line, amount).map(|_| ()).map_err(|e| e.error)
}

/// A line over titles 1 and 2, worth two to one, with 300 000 out.
fn line_over_two() -> LineId {
	set_worth(1, Ok(600_000 * USD));
	set_worth(2, Ok(300_000 * USD));
	let id = offer(bare_terms());
	assert_ok!(accept(BORROWER, id, &bare_terms(), &[1, 2]));
	draw(id, 300_000 * USD);
	id
}

const BEFORE: [(ModelId, Balance); 2] = [(1, 200_000 * USD), (2, 100_000 * USD)];

#[test]
fn payment_should_write_no_sum_by_model_and_the_next_draw_book_it() {
	ExtBuilder::default().build_and_execute(|| {
		let id = line_over_two();
		let loan = loan_id(id, 0);
		let due = Credit::due(loan).expect("the loan exists").total;
		take_events();
		assert_ok!(repay(loan, due + 125_000 * USD));
		assert_eq!(line(id).outstanding, 150_000 * USD);
		assert_eq!((line(id).exposure.to_vec(), by_model()), (BEFORE.to_vec(), BEFORE.to_vec()));
		assert!(line(id).exposure_lags());
		let changed = |event: &Event<Test>| matches!(event, Event::ExposureChanged { .. });
		assert!(!take_events().iter().any(changed));
		draw(id, 30_000 * USD);
		let after = [(1, 120_000 * USD), (2, 60_000 * USD)];
		assert_eq!((line(id).exposure.to_vec(), by_model()), (after.to_vec(), after.to_vec()));
	});
}

#[test]
fn idle_round_should_book_payments() {
	ExtBuilder::default().build_and_execute(|| {
		let id = line_over_two();
		let due = Credit::due(loan_id(id, 0)).expect("the loan exists").total;
		assert_ok!(repay(loan_id(id, 0), due + 125_000 * USD));
		take_events();
		Credit::on_idle(1, Weight::MAX);
		let after = vec![(1, 100_000 * USD), (2, 50_000 * USD)];
		assert_eq!((line(id).exposure.to_vec(), by_model()), (after.clone(), after.clone()));
		assert_eq!(take_events(), [Event::ExposureChanged { line: id, exposure: after }]);
		// There is nothing to book then.
		Credit::on_idle(1, Weight::MAX);
		assert_eq!(take_events(), []);
	});
}

#[test]
fn swap_and_end_should_book_payments() {
	ExtBuilder::default().build_and_execute(|| {
		let id = line_over_two();
		let due = Credit::due(loan_id(id, 0)).expect("the loan exists").total;
		assert_ok!(repay(loan_id(id, 0), due + 125_000 * USD));
		let by_borrower = || RuntimeOrigin::signed(BORROWER);
		assert_ok!(Credit::swap_titles(by_borrower(), id, titles(&[2]), titles(&[])));
		assert_eq!(by_model(), [(1, 150_000 * USD)]);
		payoff(loan_id(id, 0));
		assert_eq!(by_model(), [(1, 150_000 * USD)]);
		assert_ok!(Credit::close_line(by_borrower(), id));
		assert_eq!(by_model(), []);
	});
}

#[test]
fn swap_should_leave_no_sum_when_all_is_paid() {
	ExtBuilder::default().build_and_execute(|| {
		let id = line_over_two();
		payoff(loan_id(id, 0));
		assert_eq!(by_model(), BEFORE);
		let by_borrower = RuntimeOrigin::signed(BORROWER);
		assert_ok!(Credit::swap_titles(by_borrower, id, titles(&[1]), titles(&[])));
		assert_eq!((by_model(), line(id).exposure.to_vec()), (vec![], vec![]));
	});
}

#[test]
fn liquidation_should_leave_no_sum_after_payments() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, loan) = auctioned(bare_terms(), DEBT);
		let due = Credit::due(loan).expect("the loan exists").total;
		assert_ok!(repay(loan, due));
		assert_eq!(by_model(), [(1, DEBT)]);
		assert_ok!(bid(ANYONE, id, RESERVE));
		set_time(DEFAULT_AT + ROUND);
		assert_ok!(settle(id));
		assert_eq!(by_model(), []);
	});
}

#[test]
fn draws_of_others_should_count_what_is_not_booked_yet() {
	ExtBuilder::default().build_and_execute(|| {
		set_model(1, 70);
		set_model(5, 70);
		let first = open(bare_terms());
		let second = offer_by(OTHER_CURATOR, OTHER_BORROWER, bare_terms());
		assert_ok!(accept(OTHER_BORROWER, second, &bare_terms(), &[5]));
		assert_ok!(Credit::set_model_ceiling(referendum(), 70, Some(100_000 * USD)));
		let loan = draw(first, 60_000 * USD);
		payoff(loan);
		let other = |amount| drawing_by(OTHER_BORROWER, second, amount);
		assert_noop!(other(40_000 * USD + 1), Error::<Test>::ModelCeilingExceeded);
		// Its own payments a line books itself.
		assert_eq!(undone(|| drawing_by(BORROWER, first, 100_000 * USD)), Ok(()));
		Credit::on_idle(1, Weight::MAX);
		assert_ok!(other(100_000 * USD));
	});
}

#[test]
fn loan_numbers_should_never_be_used_again() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		let by_line = |loan: LoanId| (loan.line, loan.number);
		let (first, second) = (draw(id, 10_000 * USD), draw(id, 20_000 * USD));
		assert_eq!((by_line(first), by_line(second)), ((id, 0), (id, 1)));
		payoff(first);
		assert_eq!((loan(first), loans_of(id)), (None, vec![second]));
		let third = draw(id, 30_000 * USD);
		assert_eq!(by_line(third), (id, 2));
		// The last one that was paid leaves its number too.
		payoff(third);
		payoff(second);
		let fourth = draw(id, 40_000 * USD);
		assert_eq!((by_line(fourth), loans_of(id)), ((id, 3), vec![fourth]));
		// New terms leave the number as it is.
		let mut terms = bare_terms();
		terms.limit = 1_100_000 * USD;
		let hash = Credit::terms_hash(&terms);
		assert_ok!(Credit::offer_terms(RuntimeOrigin::signed(CURATOR), id, terms, now() + DAY));
		assert_ok!(Credit::accept_terms(RuntimeOrigin::signed(BORROWER), id, hash));
		assert_eq!((loans_of(id), draw(id, 10_000 * USD)), (vec![fourth], loan_id(id, 4)));
		// Each line counts for itself.
		let other = offer(bare_terms());
		assert_ok!(accept(BORROWER, other, &bare_terms(), &[2]));
		assert_eq!(draw(other, 10_000 * USD), loan_id(other, 0));
		let repay_old = Credit::repay(RuntimeOrigin::signed(ANYONE), third, USD);
		assert_eq!(repay_old.map_err(|e| e.error), Err(Error::<Test>::UnknownLoan.into()));
	});
}

#[test]
fn loans_should_stand_in_the_order_of_their_numbers_when_some_are_paid() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		let loans: Vec<_> = (0..16).map(|_| draw(id, 1_000 * USD)).collect();
		for at in [3, 15, 0, 7] {
			payoff(loans[at]);
		}
		let numbers: Vec<u32> = loans_of(id).iter().map(|loan| loan.number).collect();
		assert_eq!(numbers, [1, 2, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14]);
		let next = draw(id, 1_000 * USD);
		assert_eq!((next.number, loans_of(id).last()), (16, Some(&next)));
		let works = Credit::due_for_work(0, 256);
		assert!(works.iter().all(|work| work.task != Task::DeclareDefault(loans[3])));
		assert!(works.iter().any(|work| work.task == Task::DeclareDefault(next)));
	});
}
