// SPDX-License-Identifier: Apache-2.0

//! Sums of a round over the lines.

use super::mock::*;
use crate::{
	frame_support::{assert_ok, weights::Weight},
	LastBook, WeightInfo,
};
use caliber_primitives::{
	appraisal::AppraisalError,
	credit::{LineState, RoundBook},
	traits::LineRounds,
	Balance, LineId, USD,
};
use polkadot_sdk::sp_runtime::FixedU128;

/// The sums of the last round.
fn book() -> RoundBook {
	Credit::last_book().expect("a round has ended")
}

/// By state: lines, and what they owe.
fn by_state(book: &RoundBook) -> Vec<(LineState, u32, Balance)> {
	book.by_state.to_vec()
}

/// Pays all that the loan of a small line owes.
fn payoff(line_id: LineId) {
	assert_ok!(Credit::payoff(RuntimeOrigin::signed(ANYONE), loan_id(line_id, 0), FUNDS));
}

/// A whole round.
fn round() -> RoundBook {
	assert_ok!(turn(100));
	book()
}

#[test]
fn round_book_should_tell_states_and_coverage_when_the_round_has_ended() {
	ExtBuilder::default().build_and_execute(|| {
		let all = small_lines(3);
		offer(bare_terms());
		// Seven tenths are lent: 14 000, 21 000, and 7 000, which is too little for 10 000.
		for (title, worth) in [(100, 20_000), (101, 30_000), (102, 10_000)] {
			set_worth(title, Ok(worth * USD));
		}
		assert_ok!(turn(3));
		assert_eq!((Credit::last_book(), Credit::book().last_round), (None, None));
		set_time(START + 6);
		assert_ok!(turn(3));
		let expected = RoundBook {
			begun: START,
			ended: START + 6,
			by_state: vec![
				(LineState::Offered, 1, 0),
				(LineState::Open, 2, 20_000 * USD),
				(LineState::Breached, 1, 10_000 * USD),
			]
			.try_into()
			.expect("three states"),
			overdue: 0,
			base: 42_000 * USD,
			debt: 30_000 * USD,
			debt_without_base: 0,
			coverage: Some(FixedU128::from_rational(14, 10)),
		};
		assert_eq!(book(), expected);
		assert_eq!(Credit::book().last_round, Some(expected));

		// The next one begins from zero: it finds what there is then, and the breach healed.
		set_time(START + 60);
		set_worth(102, Ok(16_000 * USD));
		assert_ok!(Credit::cure(RuntimeOrigin::signed(ANYONE), all[2]));
		payoff(all[0]);
		let next = round();
		assert_eq!((next.begun, next.ended), (START + 60, START + 60));
		assert_eq!(
			by_state(&next),
			[(LineState::Offered, 1, 0), (LineState::Open, 3, 20_000 * USD)]
		);
		// What is paid needs no cover, and its title covers no other's debt.
		assert_eq!((next.base, next.debt), (32_200 * USD, 20_000 * USD));
		assert_eq!(next.coverage, Some(FixedU128::from_rational(161, 100)));
	});
}

#[test]
fn round_book_should_count_a_line_once_as_the_round_found_it() {
	ExtBuilder::default().build_and_execute(|| {
		let all = small_lines(3);
		// Two were looked at. What is paid after that is not seen, what was not looked at is.
		assert_ok!(turn(2));
		all.into_iter().for_each(payoff);
		assert_ok!(turn(2));
		let found = book();
		assert_eq!(by_state(&found), [(LineState::Open, 3, 20_000 * USD)]);
		assert_eq!((found.base, found.debt), (2_800_000 * USD, 20_000 * USD));
		assert_eq!(by_state(&round()), [(LineState::Open, 3, 0)]);
		assert_eq!((book().debt, book().coverage), (0, None));
	});
}

#[test]
fn round_book_should_tell_what_is_overdue_from_the_second_after_the_deadline() {
	ExtBuilder::default().build_and_execute(|| {
		let all = small_lines(3);
		payoff(all[0]);
		set_time(START + PERIOD);
		assert_eq!(round().overdue, 0);
		set_time(START + PERIOD + 1);
		assert_eq!(round().overdue, 20_000 * USD);
		assert_ok!(repay(loan_id(all[1], 0), Credit::due(loan_id(all[1], 0)).unwrap().total));
		assert_eq!(round().overdue, 10_000 * USD);
	});
}

#[test]
fn round_book_should_leave_a_line_out_of_coverage_when_its_base_is_not_known() {
	ExtBuilder::default().build_and_execute(|| {
		small_lines(2);
		set_worth(100, Ok(20_000 * USD));
		set_worth(101, Err(AppraisalError::Unavailable(some_key())));
		forget_worth(101);
		let found = round();
		// Without any value nothing covers the debt, and the round declares it.
		let states = [(LineState::Open, 1, 10_000 * USD), (LineState::Breached, 1, 10_000 * USD)];
		assert_eq!(by_state(&found), states);
		assert_eq!((found.base, found.debt), (14_000 * USD, 10_000 * USD));
		assert_eq!(found.debt_without_base, 10_000 * USD);
		assert_eq!(found.coverage, Some(FixedU128::from_rational(14, 10)));
	});
}

#[test]
fn round_should_not_be_noted_when_a_line_was_looked_at_and_not_counted() {
	ExtBuilder::default().build_and_execute(|| {
		small_lines(1);
		let looked = <() as WeightInfo>::sweep_idle()
			+ <() as WeightInfo>::sweep_line()
			+ <() as WeightInfo>::declare_breach(1);
		let counted = looked + <() as WeightInfo>::count_line(1);
		for _ in 0..6 {
			idle(counted - Weight::from_parts(1, 0));
		}
		assert_eq!((Credit::last_round(), LastBook::<Test>::get()), (None, None));
		for _ in 0..3 {
			idle(counted);
		}
		assert!(Credit::last_round().is_some());
		assert_eq!(by_state(&book()), [(LineState::Open, 1, 10_000 * USD)]);
	});
}
