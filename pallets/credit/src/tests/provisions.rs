// SPDX-License-Identifier: Apache-2.0

//! What is provisioned of a line: its shortfall, and the part of it that counts.

use super::mock::*;
use crate::sp_runtime::FixedU128;
use crate::{
	frame_support::{assert_noop, assert_ok, traits::Hooks, weights::Weight},
	Error,
};
use caliber_primitives::{
	appraisal::AppraisalError,
	credit::LineState,
	titles::{Ineligibility, TitleStatus},
	traits::LossPayee,
	Balance, LineId, USD,
};

/// A billion parts: all of a shortfall.
const ALL: Balance = 1_000_000_000;

fn declare_breach(id: LineId) {
	assert_ok!(Credit::declare_breach(RuntimeOrigin::signed(ANYONE), id));
}

fn reassess(id: LineId) {
	assert_ok!(Credit::reassess(RuntimeOrigin::signed(ANYONE), id));
}

fn top_up(id: LineId, amount: Balance) {
	assert_ok!(Credit::top_up_reserve(RuntimeOrigin::signed(ANYONE), id, amount));
}

/// What the line and the senior lender have in their books, which is the same.
fn provisioned(id: LineId) -> Balance {
	assert_eq!(line(id).impairment, SeniorImpairment::get());
	line(id).impairment
}

/// A line over title 1 with 120 000 out, 108 000 of it senior, when the title is worth so much.
fn drawn_line(worth: Balance) -> LineId {
	let id = open(bare_terms());
	draw(id, 120_000 * USD);
	set_worth(1, Ok(worth));
	id
}

/// So many parts of a billion of an amount, rounded up.
fn parts(amount: Balance, parts: Balance) -> Balance {
	(amount * parts).div_ceil(ALL)
}

#[test]
fn a_breach_of_coverage_should_weigh_a_quarter_and_more_with_each_day_of_the_cure_period() {
	ExtBuilder::default().build_and_execute(|| {
		let id = drawn_line(150_000 * USD);
		declare_breach(id);
		// 150 000 / 2 * 0.95 = 71 250 of 108 000.
		let lacking = 36_750 * USD;
		for day in 0..14 {
			// 25 % and so many fourteenths of 75 %, by the part of a billion rounded up.
			let weight = ALL / 4 + (day * 3 * ALL / 4).div_ceil(14);
			for second in [0, DAY - 1] {
				set_time(START + day as u64 * DAY + second);
				reassess(id);
				assert_eq!(provisioned(id), parts(lacking, weight), "day {day}");
			}
		}
		set_time(START + 14 * DAY);
		reassess(id);
		assert_eq!(line(id).state, LineState::Breached);
		assert_eq!(provisioned(id), lacking);
	});
}

#[test]
fn a_lapse_of_paper_should_weigh_a_twentieth_and_more_with_each_day_of_the_cure_period() {
	for lapse in [Ineligibility::CustodyStale, Ineligibility::Uninsured] {
		ExtBuilder::default().build_and_execute(|| {
			// 70 % of 210 000 are 147 000: a tenth more than the 132 000 that are needed.
			let id = drawn_line(210_000 * USD);
			set_ineligible(1, Some(lapse));
			declare_breach(id);
			// 210 000 / 2 * 0.95 = 99 750 of 108 000.
			assert_eq!(provisioned(id), 8_250 * USD / 20);
			set_time(START + 7 * DAY);
			reassess(id);
			// 5 % and half of 95 %.
			assert_eq!(provisioned(id), parts(8_250 * USD, ALL * 525 / 1_000));
			set_time(START + 14 * DAY);
			reassess(id);
			assert_eq!(provisioned(id), 8_250 * USD);
		});
	}
}

#[test]
fn the_highest_weight_that_applies_should_count() {
	ExtBuilder::default().build_and_execute(|| {
		// 140 000 of the 132 000 that are needed, and of 145 200 that would be enough: 95 000 of
		// 108 000 would come in.
		let id = drawn_line(200_000 * USD);
		set_ineligible(1, Some(Ineligibility::CustodyStale));
		declare_breach(id);
		assert_eq!(provisioned(id), 13_000 * USD / 10);
		// With its coverage it breaks more than paper: 71 250 would come in.
		set_worth(1, Ok(150_000 * USD));
		reassess(id);
		assert_eq!(provisioned(id), 36_750 * USD / 4);
		// A machine that is gone is no paper, whatever the other is worth.
		set_worth(1, Ok(210_000 * USD));
		set_ineligible(1, Some(Ineligibility::NotActive(TitleStatus::Suspended)));
		reassess(id);
		assert_eq!(provisioned(id), parts(8_250 * USD, ALL / 4));
	});
}

#[test]
fn a_line_of_low_coverage_should_weigh_a_tenth_before_anything_is_declared() {
	ExtBuilder::default().build_and_execute(|| {
		// The least of which 70 % are 1.1 times 132 000.
		let enough = (1_452_000 * USD).div_ceil(7);
		let id = drawn_line(enough);
		reassess(id);
		assert_eq!(provisioned(id), 0);
		set_worth(1, Ok(enough - 1));
		reassess(id);
		let proceeds = (enough - 1) / 2;
		let lacking = 108_000 * USD - (proceeds - (proceeds * 5).div_ceil(100));
		assert_eq!(provisioned(id), lacking.div_ceil(10));
		assert_eq!(line(id).state, LineState::Open);
		// So does the round of the chain.
		set_worth(1, Ok(enough));
		let round = || {
			set_time(now() + 3_600);
			Credit::on_idle(1, Weight::MAX);
		};
		round();
		assert_eq!(provisioned(id), 0);
		// A value that is missing is the last one less a fifth: 70 % of it are 116 160.
		set_worth(1, Err(AppraisalError::Stale(some_key())));
		round();
		let proceeds = (enough - enough.div_ceil(5)) / 2;
		let lacking = 108_000 * USD - (proceeds - (proceeds * 5).div_ceil(100));
		assert_eq!(provisioned(id), lacking.div_ceil(10));
	});
}

#[test]
fn a_draw_and_a_swap_that_leave_a_low_coverage_should_be_provisioned_at_once() {
	ExtBuilder::default().build_and_execute(|| {
		// A draw to the brim is what governance may allow.
		Values::mutate(|values| values.draw_cushion = FixedU128::from_u32(1));
		let id = open(bare_terms());
		set_worth(1, Ok(200_000 * USD));
		draw(id, 120_000 * USD);
		// 95 000 of 108 000 would come in.
		assert_eq!(provisioned(id), 13_000 * USD / 10);
		let by_borrower = || RuntimeOrigin::signed(BORROWER);
		assert_ok!(Credit::add_titles(by_borrower(), id, titles(&[2])));
		assert_eq!(provisioned(id), 0);
		assert_ok!(Credit::swap_titles(by_borrower(), id, titles(&[2]), titles(&[])));
		assert_eq!(provisioned(id), 13_000 * USD / 10);
	});
}

#[test]
fn money_that_the_line_holds_should_be_no_shortfall() {
	ExtBuilder::default().build_and_execute(|| {
		let id = drawn_line(150_000 * USD);
		let loan = loan_id(id, 0);
		set_time(START + PERIOD + 10 * DAY + 1);
		assert_ok!(Credit::declare_default(RuntimeOrigin::signed(ANYONE), loan));
		assert_eq!(provisioned(id), 36_750 * USD);
		top_up(id, 5_000 * USD);
		assert_eq!(provisioned(id), 31_750 * USD);
		let claim = |amount| {
			assert_ok!(<Credit as LossPayee<AccountId>>::receive_loss_payment(
				id, 1, &ANYONE, amount
			));
		};
		claim(20_000 * USD);
		assert_eq!(provisioned(id), 11_750 * USD);
		claim(500_000 * USD);
		assert_eq!(provisioned(id), 0);
	});
}

#[test]
fn a_reserve_that_is_withdrawn_should_be_a_shortfall_again() {
	ExtBuilder::default().build_and_execute(|| {
		let id = drawn_line(200_000 * USD);
		top_up(id, 3_000 * USD);
		reassess(id);
		assert_eq!(provisioned(id), 1_000 * USD);
		let by_borrower = RuntimeOrigin::signed(BORROWER);
		assert_ok!(Credit::withdraw_reserve(by_borrower, id, 3_000 * USD));
		assert_eq!(provisioned(id), 1_300 * USD);
	});
}

#[test]
fn insurance_of_machines_that_are_lost_should_be_expected_less_a_haircut_and_once() {
	ExtBuilder::default().build_and_execute(|| {
		let id = offer(bare_terms());
		assert_ok!(accept(BORROWER, id, &bare_terms(), &[1, 2]));
		draw(id, 120_000 * USD);
		set_worth(1, Ok(100_000 * USD));
		set_worth(2, Ok(60_000 * USD));
		set_ineligible(2, Some(Ineligibility::NotActive(TitleStatus::Lost)));
		declare_breach(id);
		// 100 000 / 2 * 0.95 = 47 500 of 108 000.
		assert_eq!(provisioned(id), 60_500 * USD / 4);
		// No more than the policy pays, and than the machines are worth; four fifths of it.
		set_insured_loss(2, 50_000 * USD, 0);
		reassess(id);
		assert_eq!(provisioned(id), 20_500 * USD / 4);
		set_insured_loss(2, 1_000_000 * USD, 0);
		reassess(id);
		assert_eq!(provisioned(id), 12_500 * USD / 4);
		// What comes takes the place of what was expected: 40 000 of the 48 000, and nothing twice.
		set_insured_loss(2, 960_000 * USD, 40_000 * USD);
		let claim = <Credit as LossPayee<AccountId>>::receive_loss_payment;
		assert_ok!(claim(id, 2, &ANYONE, 40_000 * USD));
		assert_eq!(provisioned(id), 12_500 * USD / 4);
		// Four fifths of the 20 000 that are left of their value.
		reassess(id);
		assert_eq!(provisioned(id), 4_500 * USD / 4);
		set_insured_loss(2, 900_000 * USD, 100_000 * USD);
		reassess(id);
		assert_eq!(provisioned(id), 20_500 * USD / 4);
	});
}

#[test]
fn a_payment_should_lower_what_is_provisioned_and_a_cure_release_it() {
	ExtBuilder::default().build_and_execute(|| {
		let id = drawn_line(150_000 * USD);
		declare_breach(id);
		set_time(START + 7 * DAY);
		reassess(id);
		// 25 % and half of 75 %.
		let weight = ALL * 625 / 1_000;
		assert_eq!(provisioned(id), parts(36_750 * USD, weight));
		let due = Credit::due(loan_id(id, 0)).expect("the loan exists").total;
		assert_ok!(repay(loan_id(id, 0), due + 10_000 * USD));
		// 18 000 of the 20 000 are senior.
		assert_eq!(provisioned(id), parts(18_750 * USD, weight));
		let cure = || Credit::cure(RuntimeOrigin::signed(ANYONE), id);
		// 105 000 of the 110 000 that 100 000 need.
		assert_noop!(cure().map_err(|error| error.error), Error::<Test>::StillInBreach);
		// 112 000: enough, and less than 121 000. 76 000 of 90 000 would come in.
		set_worth(1, Ok(160_000 * USD));
		assert_ok!(cure());
		assert_eq!(provisioned(id), 1_400 * USD);
		set_worth(1, Ok(2_000_000 * USD));
		reassess(id);
		assert_eq!(provisioned(id), 0);
	});
}

#[test]
fn a_weight_should_not_grow_while_the_chain_stands_still() {
	ExtBuilder::default().build_and_execute(|| {
		let id = drawn_line(150_000 * USD);
		declare_breach(id);
		set_time(START + DAY);
		stand_still(20 * DAY);
		reassess(id);
		let after_a_day = ALL / 4 + (3 * ALL / 4).div_ceil(14);
		assert_eq!(provisioned(id), parts(36_750 * USD, after_a_day));
		set_time(START + 27 * DAY);
		reassess(id);
		// Seven days of fourteen.
		assert_eq!(provisioned(id), parts(36_750 * USD, ALL * 625 / 1_000));
	});
}
