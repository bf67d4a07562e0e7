// SPDX-License-Identifier: Apache-2.0

//! Ways back from a sale, and from a loss.

use super::{mock::*, support::lot::*, waterfall::wealths};
use crate::{
	frame_support::{assert_noop, assert_ok},
	Error, Event, LineLosses,
};
use caliber_primitives::{
	appraisal::AppraisalError,
	credit::LineState,
	titles::Ineligibility,
	traits::{LossPayee, TitleInspect},
	Balance, LineId, LoanId, USD,
};

/// Two percent of the 550 000 that are left when the first of twelve installments is paid.
const COST: Balance = 11_000 * USD;

fn reinstate(line: LineId, max_cost: Balance) -> Outcome {
	Credit::reinstate(RuntimeOrigin::signed(BORROWER), line, max_cost)
}

fn repay_loss(line: LineId, max_amount: Balance) -> Outcome {
	Credit::repay_loss(RuntimeOrigin::signed(ANYONE), line, max_amount)
}

/// Pays the one installment that is overdue when the usual loan defaults, and the running one's interest
/// is not due.
fn pay_overdue(loan: LoanId) {
	let terms = line(loan.line).terms.loan;
	let record = loan_record(loan);
	let due = Credit::allocate(&record, &terms, caliber_math::schedule::Horizon::Reached, None)
		.expect("the loan has a schedule");
	let total = due.principal + due.interest + due.late_interest + due.servicing;
	assert_ok!(Credit::repay(RuntimeOrigin::signed(BORROWER), loan, total));
	assert_eq!(line(loan.line).outstanding, 550_000 * USD);
}

#[test]
fn reinstate_should_end_the_sale_when_what_is_overdue_is_paid() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, loan) = auctioned(bare_terms(), DEBT);
		assert_ok!(bid(OTHER_BORROWER, id, RESERVE));
		set_time(DEFAULT_AT + ROUND - 1);
		assert_noop!(reinstate(id, FUNDS), Error::<Test>::PaymentOverdue);
		pay_overdue(loan);
		assert_eq!(Credit::auction(id).map(|report| report.reinstatement_cost), Some(COST));
		assert_noop!(reinstate(id, COST - 1), Error::<Test>::CostAboveMaximum);
		let [vault, curator, borrower, treasury] = wealths();
		let held = line(id).junior_holdback;
		assert!(held > 0);
		take_events();
		assert_ok!(reinstate(id, COST));

		assert_eq!((Credit::auction(id), line(id).state), (None, LineState::Open));
		assert_eq!((bid_held(OTHER_BORROWER), usd(OTHER_BORROWER)), (0, FUNDS));
		assert_eq!(line_of_title(1), Some(id));
		assert_eq!(wealths(), [vault, curator + held, borrower - COST, treasury + COST]);
		// The loan earns again.
		assert!(senior_rate() > 0);
		let told = Event::LineReinstated { line: id, payer: BORROWER, cost: COST };
		assert_eq!(take_events().last(), Some(&told));
	});
}

#[test]
fn reinstate_should_refuse_when_the_lot_is_won() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, loan) = auctioned(bare_terms(), DEBT);
		assert_ok!(bid(OTHER_BORROWER, id, RESERVE));
		pay_overdue(loan);
		set_time(DEFAULT_AT + ROUND);
		assert_noop!(reinstate(id, FUNDS), Error::<Test>::LotWon);
		assert_ok!(settle(id));
		assert_eq!(TitlesMock::owner(1), Some(OTHER_BORROWER));
		assert_noop!(reinstate(id, FUNDS), Error::<Test>::NoAuction);
	});
}

#[test]
fn reinstate_should_refuse_when_something_else_is_not_cured() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, loan) = auctioned(bare_terms(), DEBT);
		pay_overdue(loan);
		set_ineligible(1, Some(Ineligibility::CustodyStale));
		assert_noop!(reinstate(id, FUNDS), Error::<Test>::StillInBreach);
		set_ineligible(1, None);
		set_worth(1, Ok(800_000 * USD));
		assert_noop!(reinstate(id, FUNDS), Error::<Test>::StillInBreach);
		// The last value less a fifth would cover it no better.
		set_worth(1, Err(AppraisalError::Stale(some_key())));
		assert_noop!(reinstate(id, FUNDS), Error::<Test>::StillInBreach);
		set_worth(1, Ok(2_000_000 * USD));
		assert_ok!(reinstate(id, FUNDS));
	});
}

/// 70 % of 1 100 000 cover the debt at a coverage of 1.1, and of four fifths of it they do not.
#[test]
fn reinstate_should_end_a_sale_when_nothing_but_a_price_is_missing() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, loan) = auctioned(bare_terms(), DEBT);
		pay_overdue(loan);
		set_worth(1, Ok(1_100_000 * USD));
		set_worth(1, Err(AppraisalError::Stale(some_key())));
		assert_ok!(reinstate(id, FUNDS));
		assert_eq!(line(id).state, LineState::Open);
	});
}

/// Nobody has bid in any round: a line that is whole is given away no more than one that is sold.
#[test]
fn reinstate_should_end_a_sale_that_nobody_has_won() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, loan) = unwanted(bare_terms(), DEBT);
		assert_ok!(bid(OTHER_BORROWER, id, 5));
		let due = Credit::due(loan).expect("it is there").total;
		assert_ok!(Credit::repay(RuntimeOrigin::signed(BORROWER), loan, due));
		assert_ok!(reinstate(id, FUNDS));
		assert_eq!((line(id).state, bid_held(OTHER_BORROWER)), (LineState::Open, 0));
	});
}

/// The insurer has paid more than the debt, and the machines would be sold all the same.
#[test]
fn set_aside_money_that_covers_the_debt_should_end_the_sale() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, loan) = auctioned(bare_terms(), DEBT);
		assert_ok!(bid(OTHER_BORROWER, id, RESERVE));
		let owed = Credit::payoff_amount(loan).expect("it is there");
		let by = || RuntimeOrigin::signed(ANYONE);
		assert_ok!(Credit::top_up_reserve(by(), id, 10_000 * USD));
		let short = owed - 10_000 * USD - 1;
		assert_ok!(Credit::receive_loss_payment(id, 1, &ANYONE, short));
		// A unit is missing.
		assert_noop!(reinstate(id, 0), Error::<Test>::PaymentOverdue);
		assert_ok!(Credit::top_up_reserve(by(), id, 1 + 7 * USD));
		let [vault, curator, borrower, treasury] = wealths();
		assert_ok!(Credit::reinstate(by(), id, 0));

		assert_eq!((Credit::auction(id), line(id).state), (None, LineState::Open));
		assert_eq!(bid_held(OTHER_BORROWER), 0);
		let left = line(id);
		assert_eq!((left.outstanding, left.reserve + left.insurance_proceeds), (0, 7 * USD));
		// All that was owed went to the two lenders, and cost nobody else anything.
		let after = wealths();
		assert_eq!(after[0] + after[1] - vault - curator, owed);
		assert_eq!((after[2], after[3]), (borrower, treasury));
		assert_eq!(SeniorPrincipal::get(), 0);
		assert_ok!(Credit::close_line(RuntimeOrigin::signed(BORROWER), id));
		assert_eq!(TitlesMock::owner(1), Some(BORROWER));
	});
}

#[test]
fn repay_loss_should_pay_the_savers_what_a_line_cost_them_and_no_more() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = in_default(bare_terms(), DEBT);
		assert_noop!(repay_loss(id, USD), Error::<Test>::NoLoss);
		super::waterfall::sell(id, 100_000 * USD);
		let (lost, junior) = losses(id);
		assert_eq!((totals().bad_debt, junior), (lost, 60_000 * USD));
		let (vault, payer) = (usd(VAULT), usd(ANYONE));
		take_events();
		assert_noop!(repay_loss(id, 0), Error::<Test>::ZeroAmount);
		assert_ok!(repay_loss(id, 1_000 * USD));
		let left = lost - 1_000 * USD;
		assert_eq!((losses(id), totals().bad_debt), ((left, junior), left));
		let told =
			Event::LossRepaid { line: id, payer: ANYONE, amount: 1_000 * USD, left, total: left };
		assert_eq!(take_events(), [told]);
		// The curator's loss is not the savers'.
		assert_ok!(repay_loss(id, FUNDS / 2));
		assert_eq!((usd(VAULT) - vault, payer - usd(ANYONE)), (lost, lost));
		assert_eq!((losses(id), totals().bad_debt, SeniorBadDebt::get()), ((0, junior), 0, 0));
		assert_noop!(repay_loss(id, USD), Error::<Test>::NoLoss);
		assert!(LineLosses::<Test>::get(id).is_some());
	});
}
