// SPDX-License-Identifier: Apache-2.0

use super::mock::*;
use crate::{
	frame_support::{assert_noop, assert_ok},
	Error, Event,
};
use caliber_primitives::{Balance, LoanId, USD};

const PRINCIPAL: Balance = 10_000 * USD;
const INTEREST_0: Balance = 1_262_465_753_448_960_000_000;
const INTEREST_1: Balance = 1_157_260_273_994_880_000_000;
const INTEREST_2: Balance = 1_052_054_794_540_800_000_000;

fn collect(loan: LoanId) -> Result<(), polkadot_sdk::sp_runtime::DispatchError> {
	Credit::collect(RuntimeOrigin::signed(ANYONE), loan).map(|_| ()).map_err(|e| e.error)
}

#[test]
fn collect_should_pay_an_installment_from_the_reserve_at_the_second_of_its_due_date() {
	ExtBuilder::default().build_and_execute(|| {
		let id = draw(open(terms()), 120_000 * USD);
		let reserve = line(0).reserve;
		take_events();
		set_time(START + PERIOD - 1);
		assert_noop!(collect(id), Error::<Test>::NothingDue);
		set_time(START + PERIOD);
		let before = (usd(VAULT), usd(CURATOR));
		assert_ok!(collect(id));

		let amount = PRINCIPAL + INTEREST_0;
		assert_eq!(line(0).reserve, reserve - amount);
		assert_eq!(usd(Credit::account_id()), reserve - amount);
		assert_eq!(usd(VAULT) - before.0 + usd(CURATOR) - before.1, amount);
		assert!(matches!(
			take_events()[..],
			[
				Event::Repaid { payer, periods: 1, late_interest: 0, .. },
				Event::Collected { amount: a, reserve: r, .. }
			] if payer == Credit::account_id() && a == amount && r == reserve - amount
		));
		assert_eq!(usd(ANYONE), FUNDS);
		assert_noop!(collect(id), Error::<Test>::NothingDue);
	});
}

#[test]
fn collect_should_take_late_interest_and_no_period_that_has_only_begun() {
	ExtBuilder::default().build_and_execute(|| {
		let id = draw(open(terms()), 120_000 * USD);
		let reserve = line(0).reserve;
		set_time(START + PERIOD + 5 * DAY);
		assert_ok!(collect(id));
		let late = 120_000 * 1_585_489_600 * u128::from(5 * DAY);
		assert_eq!(line(0).reserve, reserve - PRINCIPAL - INTEREST_0 - late);
		assert_eq!(loan_record(id).next_period, 1);
	});
}

#[test]
fn collect_should_take_all_of_a_reserve_that_does_not_hold_what_is_due() {
	ExtBuilder::default().build_and_execute(|| {
		let id = draw(open(terms()), 120_000 * USD);
		// Three installments are there, and four due dates have passed with their late interest.
		set_time(START + 4 * PERIOD);
		take_events();
		assert_ok!(collect(id));
		assert_eq!((loan_record(id).next_period, line(0).reserve), (2, 0));
		// The third lacks the late interest of all of them.
		let late = |balance: Balance| balance * 1_585_489_600 * u128::from(10 * DAY);
		let lacking = late(120_000) + late(110_000) + late(100_000);
		assert_eq!(balance_of(id), 90_000 * USD + lacking);
		assert!(matches!(
			take_events()[..],
			[Event::Repaid { periods: 2, interest, .. }, Event::Collected { reserve: 0, .. }]
				if interest == INTEREST_0 + INTEREST_1 + INTEREST_2
		));
		assert_noop!(collect(id), Error::<Test>::ReserveTooLow);
		assert_ok!(Credit::top_up_reserve(RuntimeOrigin::signed(ANYONE), 0, lacking));
		assert_ok!(collect(id));
		assert_eq!((loan_record(id).next_period, line(0).reserve), (3, 0));
		assert_eq!(usd(Credit::account_id()), 0);
		// The emptied account takes money again.
		assert_ok!(Credit::top_up_reserve(RuntimeOrigin::signed(ANYONE), 0, 1));
	});
}

#[test]
fn collect_should_refuse_when_the_reserve_is_empty_or_the_loan_unknown() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(collect(loan_id(0, 0)), Error::<Test>::UnknownLoan);
		let id = draw(open(bare_terms()), 120_000 * USD);
		assert_noop!(collect(id), Error::<Test>::NothingDue);
		set_time(START + PERIOD);
		assert_noop!(collect(id), Error::<Test>::ReserveTooLow);
	});
}

#[test]
fn collect_should_close_the_loan_with_the_last_period() {
	ExtBuilder::default().build_and_execute(|| {
		let id = draw(open(terms()), 120_000 * USD);
		assert_ok!(Credit::top_up_reserve(RuntimeOrigin::signed(ANYONE), 0, 200_000 * USD));
		set_time(START + 12 * PERIOD);
		take_events();
		assert_ok!(collect(id));
		assert_eq!(loan(id), None);
		assert!(matches!(
			take_events()[..],
			[Event::Repaid { periods: 12, .. }, Event::LoanClosed { .. }, Event::Collected { .. }]
		));
	});
}

#[test]
fn collect_should_draw_on_the_one_reserve_for_each_loan() {
	ExtBuilder::default().build_and_execute(|| {
		let line_id = open(terms());
		let (first, second) = (draw(line_id, 120_000 * USD), draw(line_id, 120_000 * USD));
		let reserve = line(line_id).reserve;
		set_time(START + PERIOD);
		assert_ok!(collect(first));
		assert_ok!(collect(second));
		assert_eq!(line(line_id).reserve, reserve - 2 * (PRINCIPAL + INTEREST_0));
		let left = 2 * (2 * PRINCIPAL + INTEREST_1 + INTEREST_2);
		assert_eq!(line(line_id).reserve, left);
	});
}
