// SPDX-License-Identifier: Apache-2.0

use super::mock::*;
use crate::{
	frame_support::{assert_noop, assert_ok},
	Error, Event,
};
use caliber_primitives::{credit::LineState, traits::RevenueSink, Balance, USD};

fn top_up(line: u32, amount: Balance) -> Result<(), polkadot_sdk::sp_runtime::DispatchError> {
	Credit::top_up_reserve(RuntimeOrigin::signed(ANYONE), line, amount)
}

fn withdraw(line: u32, amount: Balance) -> Result<(), polkadot_sdk::sp_runtime::DispatchError> {
	Credit::withdraw_reserve(RuntimeOrigin::signed(BORROWER), line, amount)
		.map(|_| ())
		.map_err(|e| e.error)
}

#[test]
fn top_up_reserve_should_add_to_the_lines_ledger() {
	ExtBuilder::default().build_and_execute(|| {
		let (first, second) = (open(terms()), offer(terms()));
		assert_ok!(accept(BORROWER, second, &terms(), &[2]));
		take_events();
		assert_ok!(top_up(first, 30 * USD));
		assert_ok!(top_up(second, 12 * USD));
		assert_eq!((line(first).reserve, line(second).reserve), (30 * USD, 12 * USD));
		assert_eq!(usd(Credit::account_id()), 42 * USD);
		assert_eq!(
			take_events()[1],
			Event::ReserveToppedUp {
				line: second,
				payer: ANYONE,
				amount: 12 * USD,
				reserve: 12 * USD
			}
		);
	});
}

#[test]
fn top_up_reserve_should_refuse_when_there_is_nothing_to_fill() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(top_up(0, USD), Error::<Test>::UnknownLine);
		let line = offer(terms());
		assert_noop!(top_up(line, USD), Error::<Test>::NotAccepted);
		assert_noop!(top_up(line, 0), Error::<Test>::ZeroAmount);
	});
}

#[test]
fn revenue_should_go_to_the_reserve() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(terms());
		take_events();
		assert_ok!(Credit::receive_revenue(id, &ANYONE, 500 * USD));
		assert_eq!(line(id).reserve, 500 * USD);
		assert_eq!(usd(ANYONE), FUNDS - 500 * USD);
		assert_eq!(
			take_events(),
			[Event::RevenueReceived {
				line: id,
				payer: ANYONE,
				amount: 500 * USD,
				reserve: 500 * USD
			}]
		);
	});
}

#[test]
fn withdraw_reserve_should_leave_what_the_loans_need() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(terms());
		draw(id, 120_000 * USD);
		draw(id, 60_000 * USD);
		// Three installments of each: 33 471.78… for 120 000, half of it for 60 000.
		let required = 33_471_780_821_984_640_000_000 + 33_471_780_821_984_640_000_000 / 2;
		assert_eq!(line(id).reserve, required);
		assert_noop!(withdraw(id, 1), Error::<Test>::ReserveRequired);
		assert_ok!(top_up(id, 100 * USD));
		take_events();
		assert_noop!(withdraw(id, 100 * USD + 1), Error::<Test>::ReserveRequired);
		let before = usd(BORROWER);
		assert_ok!(withdraw(id, 60 * USD));
		assert_eq!(usd(BORROWER) - before, 60 * USD);
		assert_eq!(
			take_events(),
			[Event::ReserveWithdrawn { line: id, amount: 60 * USD, reserve: required + 40 * USD }]
		);
		assert_ok!(withdraw(id, 40 * USD));
		assert_noop!(withdraw(id, 1), Error::<Test>::ReserveRequired);
	});
}

#[test]
fn withdraw_reserve_should_give_all_when_no_loan_is_left() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(terms());
		let loan = draw(id, 120_000 * USD);
		let reserve = line(id).reserve;
		assert_ok!(Credit::payoff(RuntimeOrigin::signed(ANYONE), loan, FUNDS));
		assert_noop!(withdraw(id, reserve + 1), Error::<Test>::ReserveRequired);
		assert_ok!(withdraw(id, reserve));
		assert_eq!(usd(Credit::account_id()), 0);
	});
}

#[test]
fn withdraw_reserve_should_be_the_borrowers_on_an_open_line() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(withdraw(0, USD), Error::<Test>::UnknownLine);
		let id = open(terms());
		assert_ok!(top_up(id, USD));
		assert_noop!(withdraw(id, 0), Error::<Test>::ZeroAmount);
		assert_noop!(
			Credit::withdraw_reserve(RuntimeOrigin::signed(CURATOR), id, USD),
			Error::<Test>::NotBorrower
		);
		bring_to(id, LineState::Breached);
		assert_noop!(withdraw(id, USD), Error::<Test>::LineNotOpen);
	});
}

#[test]
fn withdraw_reserve_should_refuse_while_a_payment_is_overdue() {
	ExtBuilder::default().build_and_execute(|| {
		// Nothing is kept back by these terms; what is there is less than the installment.
		let id = open(bare_terms());
		let loan = draw(id, 120_000 * USD);
		assert_ok!(Credit::receive_revenue(id, &ANYONE, 5_000 * USD));
		set_time(START + PERIOD);
		assert_ok!(withdraw(id, USD));
		set_time(START + PERIOD + 1);
		assert_noop!(withdraw(id, USD), Error::<Test>::PaymentOverdue);
		let due = Credit::due(loan).expect("the loan is there").total;
		assert_ok!(repay(loan, due));
		assert_ok!(withdraw(id, 4_999 * USD));
	});
}

#[cfg(feature = "runtime-benchmarks")]
#[test]
fn benchmark_line_should_hold_the_title_and_take_payments() {
	use caliber_primitives::traits::LossPayee;
	ExtBuilder::default().build().execute_with(|| {
		// A model of the other titles.
		set_model(2, 1_000);
		let id = <Credit as RevenueSink<AccountId>>::benchmark_line(&BORROWER, 2)
			.expect("there are lines");
		assert_eq!(line_of_title(2), Some(id));
		let largest = line(id);
		assert!(largest.titles.is_full() && largest.loans.is_full());
		assert_ok!(Credit::receive_revenue(id, &ANYONE, 5));
		assert_ok!(Credit::receive_loss_payment(id, 2, &ANYONE, 7));
		assert_eq!((line(id).reserve, line(id).insurance_proceeds), (5, 7));
	});
}
