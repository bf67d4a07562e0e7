// SPDX-License-Identifier: Apache-2.0

use super::mock::*;
use crate::{
	frame_support::{assert_ok, weights::Weight},
	Event, Sweep, WeightInfo,
};
use caliber_primitives::{
	appraisal::{AppraisalError, OracleKey},
	credit::LineState,
	titles::Ineligibility,
	traits::{LossPayee, OnNewAppraisal},
	USD,
};

fn new_price() {
	Credit::on_new_appraisal(&OracleKey::Resale(1), USD, now());
}

#[test]
fn idle_blocks_should_collect_what_a_due_date_makes_due() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(terms());
		let loan = draw(id, 120_000 * USD);
		let reserve = line(id).reserve;
		set_time(START + PERIOD - 1);
		idle(PLENTY);
		assert_eq!(line(id).reserve, reserve);
		set_time(START + PERIOD);
		// The round over the loans ended with the last block; this is the first of a new one.
		idle(PLENTY);
		idle(PLENTY);
		let paid = 10_000 * USD + 1_262_465_753_448_960_000_000;
		assert_eq!(line(id).reserve, reserve - paid);
		assert_eq!(loan_record(loan).next_period, 1);
	});
}

#[test]
fn idle_blocks_should_go_round_all_loans_a_few_at_a_time() {
	ExtBuilder::default().build_and_execute(|| {
		let all = small_lines(10);
		for line in &all {
			assert_ok!(Credit::top_up_reserve(RuntimeOrigin::signed(ANYONE), *line, 2_000 * USD));
		}
		set_time(START + PERIOD);
		let collected =
			|| all_loans().into_iter().filter(|id| loan_record(*id).next_period == 1).count();
		let mut before = 0;
		for _ in 0..3 {
			idle(PLENTY);
			let done = collected();
			assert!(done - before <= 4, "at most four a block");
			before = done;
		}
		assert_eq!(before, 10);
		assert_eq!(Sweep::<Test>::get().last_line, None);
	});
}

#[test]
fn idle_blocks_should_apply_a_claim_in_the_block_it_comes_in() {
	ExtBuilder::default().build_and_execute(|| {
		let all = small_lines(9);
		for line in all {
			assert_ok!(<Credit as LossPayee<AccountId>>::receive_loss_payment(
				line,
				100 + line,
				&ANYONE,
				20_000 * USD
			));
			idle(PLENTY);
			assert!(super::mock::line(line).loans.is_empty());
		}
	});
}

#[test]
fn idle_blocks_should_flag_defaults_and_breaches_and_uncured_ones() {
	ExtBuilder::default().build_and_execute(|| {
		let all = small_lines(3);
		set_ineligible(100, Some(Ineligibility::Uninsured));
		set_worth(101, Ok(10_000 * USD));
		new_price();
		idle(PLENTY);
		let states = || all.iter().map(|id| line(*id).state).collect::<Vec<_>>();
		assert_eq!(states(), [LineState::Breached, LineState::Breached, LineState::Open]);
		// A quarter of 9 000 less 10 000 / 2 * 0.95.
		assert_eq!(SeniorImpairment::get(), 4_250 * USD / 4);
		// Values move, and what is provisioned with them.
		set_worth(101, Ok(8_000 * USD));
		new_price();
		for _ in 0..2 {
			idle(PLENTY);
		}
		assert_eq!(SeniorImpairment::get(), 5_200 * USD / 4);
		set_time(START + 14 * DAY + 1);
		for _ in 0..2 {
			idle(PLENTY);
		}
		assert_eq!(states(), [LineState::Defaulted, LineState::Defaulted, LineState::Open]);
		set_time(START + PERIOD + 10 * DAY + 1);
		for _ in 0..2 {
			idle(PLENTY);
		}
		assert_eq!(states()[2], LineState::Defaulted);
	});
}

#[test]
fn idle_blocks_should_cure_lines_that_are_whole_and_no_others() {
	ExtBuilder::default().build_and_execute(|| {
		let all = small_lines(3);
		set_worth(100, Ok(10_000 * USD));
		set_ineligible(101, Some(Ineligibility::CustodyStale));
		let round = || {
			new_price();
			idle(PLENTY);
			idle(PLENTY);
		};
		round();
		let states = || all.iter().map(|id| line(*id).state).collect::<Vec<_>>();
		assert_eq!(states(), [LineState::Breached, LineState::Breached, LineState::Open]);
		set_worth(100, Ok(2_000_000 * USD));
		round();
		assert_eq!(states(), [LineState::Open, LineState::Breached, LineState::Open]);
		set_time(START + 14 * DAY + 1);
		round();
		assert_eq!(states()[1], LineState::Defaulted);
		set_ineligible(101, None);
		round();
		assert_eq!(states()[1], LineState::Open);
		assert_eq!(SeniorImpairment::get(), 0);
		// In default for a payment, one is whole when that is paid, whether there is a price or not.
		set_time(START + PERIOD + 10 * DAY + 1);
		round();
		assert_eq!(states()[2], LineState::Defaulted);
		set_worth(102, Err(AppraisalError::Stale(some_key())));
		round();
		assert_eq!(states()[2], LineState::Defaulted);
		let loan = loan_id(all[2], 0);
		let due = Credit::due(loan).expect("the loan exists").total;
		assert_ok!(repay(loan, due));
		round();
		assert_eq!(states()[2], LineState::Open);
	});
}

#[test]
fn idle_blocks_should_declare_no_breach_because_a_price_is_missing() {
	ExtBuilder::default().build_and_execute(|| {
		let all = small_lines(1);
		// 70 % of 17 000 cover 11 000, and four fifths of that do not.
		set_worth(100, Ok(17_000 * USD));
		set_worth(100, Err(AppraisalError::Stale(some_key())));
		new_price();
		idle(PLENTY);
		assert_eq!(line(all[0]).state, LineState::Open);
		// A tenth of 9 000 less four fifths of 17 000 / 2 * 0.95.
		assert_eq!(SeniorImpairment::get(), (9_000 - 6_460) * USD / 10);
		// Far under water it is in breach without a price too.
		set_worth(100, Ok(15_000 * USD));
		set_worth(100, Err(AppraisalError::Stale(some_key())));
		new_price();
		idle(PLENTY);
		assert_eq!(line(all[0]).state, LineState::Breached);
	});
}

#[test]
fn a_round_over_the_lines_should_begin_with_a_price_of_a_machine_or_after_an_interval() {
	ExtBuilder::default().build_and_execute(|| {
		let all = small_lines(1);
		idle(PLENTY);
		assert!(!Sweep::<Test>::get().watching);
		assert_eq!(Sweep::<Test>::get().next_round_at, START + 3_600);
		set_ineligible(100, Some(Ineligibility::CustodyStale));
		Credit::on_new_appraisal(&OracleKey::Price(1), USD, now());
		set_time(START + 3_599);
		idle(PLENTY);
		assert_eq!(line(all[0]).state, LineState::Open);
		set_time(START + 3_600);
		idle(PLENTY);
		assert_eq!(line(all[0]).state, LineState::Breached);
		for key in [OracleKey::Resale(1), OracleKey::Rental(1), OracleKey::Utilisation(1)] {
			Sweep::<Test>::mutate(|state| state.marked = false);
			Credit::on_new_appraisal(&key, USD, now());
			assert!(Sweep::<Test>::get().marked);
		}
	});
}

#[test]
fn idle_blocks_should_never_use_more_than_they_are_given() {
	ExtBuilder::default().build_and_execute(|| {
		let all = small_lines(6);
		for line in &all {
			assert_ok!(Credit::top_up_reserve(RuntimeOrigin::signed(ANYONE), *line, 2_000 * USD));
			set_ineligible(100 + line, Some(Ineligibility::Uninsured));
		}
		set_time(START + PERIOD);
		new_price();
		assert_eq!(idle(Weight::zero()), Weight::zero());
		let least = <() as WeightInfo>::sweep_idle();
		assert_eq!(idle(least - Weight::from_parts(1, 0)), Weight::zero());
		assert_eq!(idle(least), least);
		assert!(all.iter().all(|id| line(*id).state == LineState::Open));
		// With a little more each time, everything is done in the end.
		let step = <() as WeightInfo>::collect(1);
		let mut limit = least;
		for _ in 0..60 {
			limit += step / 8;
			idle(limit);
		}
		assert!(all.iter().all(|id| line(*id).state == LineState::Breached));
		assert!(all_loans().into_iter().all(|id| loan_record(id).next_period == 1));
	});
}

#[test]
fn idle_blocks_should_leave_what_cannot_be_done_as_it_is() {
	ExtBuilder::default().build_and_execute(|| {
		let all = small_lines(2);
		set_worth(100, Err(AppraisalError::Stale(some_key())));
		set_time(START + PERIOD);
		take_events();
		for _ in 0..4 {
			idle(PLENTY);
		}
		assert_eq!(take_events(), []);
		// Not enough for an installment: it is taken once, and the next blocks leave the rest alone.
		assert_ok!(Credit::top_up_reserve(RuntimeOrigin::signed(ANYONE), all[0], USD));
		take_events();
		for _ in 0..4 {
			idle(PLENTY);
		}
		assert!(matches!(
			take_events()[..],
			[
				Event::Repaid { periods: 0, interest: USD, principal: 0, .. },
				Event::Collected { amount: USD, reserve: 0, .. }
			]
		));
		assert_eq!(line(all[0]).state, LineState::Open);
	});
}
