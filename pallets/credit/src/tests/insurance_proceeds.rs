// SPDX-License-Identifier: Apache-2.0

use super::mock::*;
use crate::{
	frame_support::{assert_noop, assert_ok},
	Error, Event, Sweep,
};
use caliber_primitives::{
	credit::{FeeRecipient, LineState},
	traits::LossPayee,
	Balance, LineId, LoanId, USD,
};

const INTEREST_0: Balance = 1_262_465_753_448_960_000_000;
const PERIOD_0: Balance = 10_000 * USD + INTEREST_0;

fn claim(line: LineId, amount: Balance) -> Result<(), polkadot_sdk::sp_runtime::DispatchError> {
	// A line that lives takes all of it.
	let taken = <Credit as LossPayee<_>>::receive_loss_payment(line, 1, &ANYONE, amount)?;
	assert_eq!(taken, amount);
	Ok(())
}

fn apply(loan: LoanId) -> Result<(), polkadot_sdk::sp_runtime::DispatchError> {
	Credit::apply_insurance_proceeds(RuntimeOrigin::signed(ANYONE), loan)
		.map(|_| ())
		.map_err(|e| e.error)
}

#[test]
fn receive_insurance_proceeds_should_set_the_money_aside_for_the_loans() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		draw(id, 120_000 * USD);
		take_events();
		assert_ok!(claim(id, 50_000 * USD));
		assert_eq!((line(id).insurance_proceeds, line(id).reserve), (50_000 * USD, 0));
		assert_eq!(usd(Credit::account_id()), 50_000 * USD);
		assert_eq!(Sweep::<Test>::get().urgent, Some(id));
		assert_eq!(
			take_events(),
			[Event::InsuranceProceedsReceived {
				line: id,
				title: 1,
				payer: ANYONE,
				amount: 50_000 * USD,
				insurance_proceeds: 50_000 * USD,
				reserve: 0
			}]
		);
	});
}

#[test]
fn receive_insurance_proceeds_should_fill_the_reserve_while_nothing_is_owed() {
	ExtBuilder::default().build_and_execute(|| {
		let id = offer(bare_terms());
		assert_noop!(claim(id, USD), Error::<Test>::NotAccepted);
		assert_ok!(accept(BORROWER, id, &bare_terms(), &[1]));
		assert_ok!(claim(id, 50_000 * USD));
		assert_eq!((line(id).insurance_proceeds, line(id).reserve), (0, 50_000 * USD));
	});
}

#[test]
fn receive_insurance_proceeds_should_be_taken_in_every_state() {
	for state in [LineState::Breached, LineState::Defaulted, LineState::Liquidating] {
		ExtBuilder::default().build_and_execute(|| {
			let id = open(bare_terms());
			draw(id, 120_000 * USD);
			bring_to(id, state);
			assert_ok!(claim(id, 50_000 * USD));
			if state == LineState::Liquidating {
				// It goes down the waterfall with the price.
				assert_noop!(apply(loan_id(0, 0)), Error::<Test>::InLiquidation);
				assert_eq!(line(id).insurance_proceeds, 50_000 * USD);
			} else {
				assert_ok!(apply(loan_id(0, 0)));
				assert_eq!(line(id).insurance_proceeds, 0);
			}
		});
	}
}

#[test]
fn apply_insurance_proceeds_should_settle_what_is_due_and_prepay_without_an_exit_fee() {
	ExtBuilder::default().build_and_execute(|| {
		let mut terms = bare_terms();
		terms.loan.fees.exit = percent(10, FeeRecipient::Treasury);
		let id = open(terms);
		let loan = draw(id, 120_000 * USD);
		assert_noop!(apply(loan_id(0, 7)), Error::<Test>::UnknownLoan);
		assert_noop!(apply(loan), Error::<Test>::NoInsuranceProceeds);
		assert_ok!(claim(id, PERIOD_0 + 50_000 * USD));
		take_events();
		assert_ok!(apply(loan));
		assert_eq!((balance_of(loan), usd(TREASURY)), (60_000 * USD, 0));
		assert_eq!((line(id).insurance_proceeds, usd(Credit::account_id())), (0, 0));
		assert!(matches!(
			take_events()[..],
			[
				Event::Repaid { payer, periods: 1, prepaid, fees: 0, .. },
				Event::InsuranceProceedsApplied { insurance_proceeds: 0, amount, .. }
			] if payer == Credit::account_id()
				&& prepaid == 50_000 * USD
				&& amount == PERIOD_0 + 50_000 * USD
		));
	});
}

#[test]
fn apply_insurance_proceeds_should_take_less_than_the_period_that_is_due() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		let loan = draw(id, 120_000 * USD);
		assert_ok!(claim(id, PERIOD_0 - 1));
		assert_ok!(apply(loan));
		assert_eq!((balance_of(loan), line(id).insurance_proceeds), (110_000 * USD + 1, 0));
		assert_noop!(apply(loan), Error::<Test>::NoInsuranceProceeds);
		assert_ok!(claim(id, 1));
		assert_ok!(apply(loan));
		assert_eq!((balance_of(loan), loan_record(loan).next_period), (110_000 * USD, 1));
	});
}

#[test]
fn apply_insurance_proceeds_should_go_on_to_the_next_loan() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		let (first, second) = (draw(id, 120_000 * USD), draw(id, 120_000 * USD));
		assert_ok!(claim(id, 200_000 * USD));
		assert_ok!(apply(first));
		assert_eq!(loan(first), None);
		assert_eq!(line(id).insurance_proceeds, 80_000 * USD - INTEREST_0);
		assert_ok!(apply(second));
		assert_eq!(
			(line(id).insurance_proceeds, balance_of(second)),
			(0, 40_000 * USD + 2 * INTEREST_0)
		);
		// What no loan needs is the borrower's.
		assert_ok!(claim(id, 60_000 * USD));
		assert_ok!(apply(second));
		let left = line(id).insurance_proceeds;
		assert_eq!(left, 20_000 * USD - 2 * INTEREST_0);
		let before = usd(BORROWER);
		assert_ok!(Credit::close_line(RuntimeOrigin::signed(BORROWER), id));
		assert_eq!(usd(BORROWER) - before, left);
	});
}

#[test]
fn collect_should_take_insurance_money_after_the_reserve() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		let loan = draw(id, 120_000 * USD);
		assert_ok!(Credit::top_up_reserve(RuntimeOrigin::signed(ANYONE), id, 4_000 * USD));
		assert_ok!(claim(id, PERIOD_0 - 4_000 * USD + 5));
		set_time(START + PERIOD);
		let collect = || {
			Credit::collect(RuntimeOrigin::signed(ANYONE), loan).map(|_| ()).map_err(|e| e.error)
		};
		take_events();
		assert_ok!(collect());
		assert_eq!((line(id).reserve, line(id).insurance_proceeds), (0, 5));
		assert!(matches!(
			take_events()[..],
			[
				Event::Repaid { .. },
				Event::Collected { amount, reserve: 0, .. },
				Event::InsuranceProceedsApplied { amount: claimed, insurance_proceeds: 5, .. }
			] if amount == 4_000 * USD && claimed == PERIOD_0 - 4_000 * USD
		));
	});
}
