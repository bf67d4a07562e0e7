// SPDX-License-Identifier: Apache-2.0

//! A repayment is not too late until the lot is won.

use super::{mock::*, support::lot::*};
use crate::{
	frame_support::{assert_noop, assert_ok, traits::Hooks, weights::Weight},
	Error, Event, UnclaimedPayouts,
};
use caliber_primitives::{
	credit::LineState,
	titles::Ineligibility,
	traits::{LossPayee, RevenueSink, TitleInspect},
	USD,
};

#[test]
fn payoff_of_the_last_loan_should_cancel_the_auction_and_free_the_bid() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, loan) = auctioned(bare_terms(), DEBT);
		assert_ok!(bid(OTHER_BORROWER, id, RESERVE));
		set_time(DEFAULT_AT + ROUND - 1);
		take_events();
		assert_ok!(Credit::payoff(RuntimeOrigin::signed(ANYONE), loan, FUNDS));

		assert_eq!(Credit::auction(id), None);
		assert_eq!((bid_held(OTHER_BORROWER), usd(OTHER_BORROWER)), (0, FUNDS));
		assert_eq!(line(id).state, LineState::Open);
		let events = take_events();
		let amount = RESERVE;
		for event in [
			Event::AuctionCancelled { line: id },
			Event::BidReleased { line: id, bidder: OTHER_BORROWER, amount },
		] {
			assert!(events.contains(&event), "{event:?} is missing");
		}
		assert_noop!(settle(id), Error::<Test>::NoAuction);
		// The borrower takes its titles back.
		assert_ok!(Credit::close_line(RuntimeOrigin::signed(BORROWER), id));
		assert_eq!((TitlesMock::owner(1), line_of_title(1)), (Some(BORROWER), None));
	});
}

/// The hammer has fallen, and a rise of the price has made the lot worth more than was bid. Who then
/// pays the debt would have the winner's money held for nothing.
#[test]
fn payment_should_not_take_a_lot_back_from_who_has_won_it() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, loan) = auctioned(bare_terms(), DEBT);
		assert_ok!(bid(OTHER_BORROWER, id, RESERVE));
		set_time(DEFAULT_AT + ROUND);
		assert!(Credit::auction(id).expect("it is not settled").is_won);
		let payoff = || Credit::payoff(RuntimeOrigin::signed(BORROWER), loan, FUNDS);
		assert_noop!(payoff().map_err(|e| e.error), Error::<Test>::LotWon);
		assert_noop!(repay(loan, FUNDS), Error::<Test>::LotWon);
		// What is paid short of that goes to the lenders, and comes back with the surplus.
		let borrower = wealth(BORROWER);
		let paid = Credit::due(loan).expect("it is there").total;
		assert_ok!(Credit::repay(RuntimeOrigin::signed(BORROWER), loan, paid));
		let vault = wealth(VAULT);
		assert_ok!(settle(id));
		assert_eq!(TitlesMock::owner(1), Some(OTHER_BORROWER));
		assert_eq!(usd(OTHER_BORROWER), FUNDS - RESERVE);
		assert_eq!(totals().bad_debt, 0);
		assert!(wealth(VAULT) > vault);
		// 784 000 of the price are left, of which the debt took less than what was paid before.
		assert!(wealth(BORROWER) > borrower - paid + 784_000 * USD - DEBT);
	});
}

/// Nobody has bid: until the round is settled a payment ends it.
#[test]
fn payoff_should_end_a_round_that_is_over_without_a_bid() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, loan) = auctioned(bare_terms(), DEBT);
		set_time(DEFAULT_AT + ROUND);
		assert_ok!(Credit::payoff(RuntimeOrigin::signed(ANYONE), loan, FUNDS));
		assert_eq!((Credit::auction(id), line(id).state), (None, LineState::Open));
	});
}

#[test]
fn repayment_should_be_taken_and_leave_the_auction_alone_while_something_is_owed() {
	ExtBuilder::default().build_and_execute(|| {
		let line_id = open(bare_terms());
		let (first, second) = (draw(line_id, 300_000 * USD), draw(line_id, 300_000 * USD));
		set_time(DEFAULT_AT);
		assert_ok!(declare_default(first));
		assert_ok!(start(line_id));
		assert_ok!(bid(OTHER_BORROWER, line_id, RESERVE));
		assert_ok!(repay(first, 100_000 * USD));
		assert_ok!(Credit::payoff(RuntimeOrigin::signed(ANYONE), second, FUNDS));
		assert_eq!(line(line_id).state, LineState::Liquidating);
		assert_eq!(bid_held(OTHER_BORROWER), RESERVE);
		// The last unit of the debt ends it.
		assert_ok!(repay(first, FUNDS));
		assert_eq!(line(line_id).state, LineState::Open);
		assert_eq!(bid_held(OTHER_BORROWER), 0);
	});
}

#[test]
fn what_is_set_aside_should_wait_for_the_waterfall_while_payers_are_served() {
	ExtBuilder::default().build_and_execute(|| {
		let by = || RuntimeOrigin::signed(ANYONE);
		let (id, loan) = auctioned(bare_terms(), DEBT);
		assert_ok!(Credit::top_up_reserve(by(), id, 700_000 * USD));
		assert_ok!(Credit::receive_loss_payment(id, 1, &ANYONE, 700_000 * USD));
		take_events();
		let refused = Error::<Test>::InLiquidation;
		assert_noop!(Credit::collect(by(), loan).map_err(|e| e.error), refused);
		let refused = Error::<Test>::InLiquidation;
		assert_noop!(Credit::apply_insurance_proceeds(by(), loan).map_err(|e| e.error), refused);
		for _ in 0..3 {
			Credit::on_idle(1, Weight::MAX);
		}
		assert_eq!(take_events(), []);
		assert_eq!((line(id).reserve, line(id).insurance_proceeds), (700_000 * USD, 700_000 * USD));

		let due = Credit::due(loan).expect("the loan exists").total;
		assert_eq!(repay(loan, due), Ok(due));
		assert_eq!((line(id).reserve, line(id).insurance_proceeds), (700_000 * USD, 700_000 * USD));
		assert_ok!(Credit::payoff(by(), loan, FUNDS));
		assert_eq!((Credit::auction(id), line(id).state), (None, LineState::Open));
		// Nobody needs it any more.
		let before = usd(BORROWER);
		assert_ok!(Credit::close_line(RuntimeOrigin::signed(BORROWER), id));
		assert_eq!(usd(BORROWER) - before, 1_400_000 * USD);
	});
}

#[test]
fn what_is_set_aside_should_be_collected_until_the_auction_has_started() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, loan) = in_default(bare_terms(), DEBT);
		let by = || RuntimeOrigin::signed(ANYONE);
		assert_ok!(Credit::receive_loss_payment(id, 1, &ANYONE, 70_000 * USD));
		assert_ok!(Credit::collect(by(), loan));
		// Nothing is overdue then, but it is not whole.
		set_ineligible(1, Some(Ineligibility::CustodyStale));
		assert_ok!(start(id));
		assert_noop!(
			Credit::collect(by(), loan).map_err(|e| e.error),
			Error::<Test>::InLiquidation
		);
	});
}

#[test]
fn cancellation_should_free_the_bid_of_a_closed_account_too() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, loan) = auctioned(bare_terms(), DEBT);
		assert_ok!(bid(OTHER_BORROWER, id, RESERVE));
		block(OTHER_BORROWER);
		assert_ok!(Credit::payoff(RuntimeOrigin::signed(ANYONE), loan, FUNDS));
		assert_eq!(bid_held(OTHER_BORROWER), 0);
		assert_eq!(UnclaimedPayouts::<Test>::get(OTHER_BORROWER), RESERVE);
	});
}

#[test]
fn revenue_and_insurance_proceeds_should_still_reach_a_line_that_is_auctioned() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = auctioned(bare_terms(), DEBT);
		assert_ok!(Credit::receive_revenue(id, &ANYONE, 5 * USD));
		assert_ok!(Credit::receive_loss_payment(id, 1, &ANYONE, 7 * USD));
		assert_eq!((line(id).reserve, line(id).insurance_proceeds), (5 * USD, 7 * USD));
		assert_eq!(line(id).state, LineState::Liquidating);
	});
}

#[test]
fn auctioned_line_should_lend_and_release_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = auctioned(bare_terms(), DEBT);
		let by = RuntimeOrigin::signed;
		assert!(Credit::draw(by(BORROWER), id, 1_000 * USD).is_err());
		assert!(Credit::withdraw_reserve(by(BORROWER), id, 1).is_err());
		let close = Credit::close_line(by(BORROWER), id).map_err(|e| e.error);
		assert_noop!(close, Error::<Test>::LoansOutstanding);
		assert_eq!(line_of_title(1), Some(id));
	});
}
