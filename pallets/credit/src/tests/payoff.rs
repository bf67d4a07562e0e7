// SPDX-License-Identifier: Apache-2.0

use super::mock::*;
use crate::{
	frame_support::{assert_noop, assert_ok},
	Error, Event,
};
use caliber_primitives::{credit::FeeRecipient, Balance, LoanId, USD};

/// A payment period's interest on 120 000: 120 000 * 4 058 853 374 * 2 592 000.
const INTEREST_0: Balance = 1_262_465_753_448_960_000_000;

fn payoff(
	loan: LoanId,
	max_amount: Balance,
) -> Result<(), polkadot_sdk::sp_runtime::DispatchError> {
	Credit::payoff(RuntimeOrigin::signed(ANYONE), loan, max_amount).map(|_| ()).map_err(|e| e.error)
}

#[test]
fn payoff_should_take_exactly_what_closes_the_loan() {
	ExtBuilder::default().build_and_execute(|| {
		let mut terms = bare_terms();
		terms.loan.fees.exit = percent(2, FeeRecipient::Curator);
		let id = draw(open(terms), 120_000 * USD);
		take_events();
		let before = (usd(ANYONE), usd(VAULT), usd(CURATOR));
		// The payment period that has begun, and 110 000 ahead with two percent of them.
		let exit_fee = 2_200 * USD;
		let total = 120_000 * USD + INTEREST_0 + exit_fee;
		assert_eq!(Credit::payoff_amount(id), Some(total));
		assert_noop!(payoff(id, total - 1), Error::<Test>::PayoffAboveMaximum);
		assert_ok!(payoff(id, total));
		assert_eq!(before.0 - usd(ANYONE), total);
		assert_eq!(usd(VAULT) - before.1 + usd(CURATOR) - before.2, total);
		assert!(matches!(
			take_events()[..],
			[
				Event::Repaid { periods: 1, prepaid, fees, balance_after: 0, .. },
				Event::LoanClosed { .. }
			] if prepaid == 110_000 * USD && fees == exit_fee
		));
		assert_eq!(loan(id), None);
		assert_eq!(Credit::payoff_amount(id), None);
	});
}

#[test]
fn payoff_should_charge_no_interest_inside_a_period_already_paid() {
	ExtBuilder::default().build_and_execute(|| {
		let id = draw(open(bare_terms()), 120_000 * USD);
		assert_ok!(repay(id, 10_000 * USD + INTEREST_0));
		assert_eq!(Credit::payoff_amount(id), Some(110_000 * USD));
		assert_ok!(payoff(id, 110_000 * USD));
		assert_eq!(usd(CURATOR) + junior_held(CURATOR) + usd(VAULT), 2 * FUNDS + INTEREST_0);
	});
}

#[test]
fn payoff_should_charge_no_exit_fee_when_only_the_last_period_is_left() {
	ExtBuilder::default().build_and_execute(|| {
		let mut terms = bare_terms();
		terms.loan.fees.exit = percent(2, FeeRecipient::Treasury);
		let id = draw(open(terms), 120_000 * USD);
		set_time(START + 11 * PERIOD + 1);
		let due = Credit::due(id).expect("the loan exists");
		assert_eq!((due.periods, due.principal), (12, 120_000 * USD));
		assert_eq!(Credit::payoff_amount(id), Some(due.total));
		assert_ok!(payoff(id, due.total));
		assert_eq!(usd(TREASURY), 0);
	});
}

#[test]
fn payoff_should_refuse_when_the_loan_is_not_there() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(payoff(loan_id(0, 0), FUNDS), Error::<Test>::UnknownLoan);
	});
}
