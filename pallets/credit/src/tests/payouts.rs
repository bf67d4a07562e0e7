// SPDX-License-Identifier: Apache-2.0

use super::mock::*;
use crate::{
	frame_support::{assert_noop, assert_ok},
	Error, Event, UnclaimedPayouts,
};
use caliber_primitives::{credit::FeeRecipient, Balance, USD, USDAI};

fn block(who: AccountId) {
	assert_ok!(Assets::block(RuntimeOrigin::signed(ADMIN), USDAI, who));
}

fn thaw(who: AccountId) {
	assert_ok!(Assets::thaw(RuntimeOrigin::signed(ADMIN), USDAI, who));
}

fn claim(who: AccountId) -> Result<(), polkadot_sdk::sp_runtime::DispatchError> {
	Credit::claim_payout(RuntimeOrigin::signed(ANYONE), who)
}

fn owed(who: AccountId) -> Balance {
	UnclaimedPayouts::<Test>::get(who)
}

/// Junior interest of the first payment period of 120 000.
const JUNIOR_INTEREST_0: Balance = 197_260_273_941_408_000_006;

#[test]
fn a_blocked_curator_should_not_keep_anyone_from_paying() {
	ExtBuilder::default().build_and_execute(|| {
		let loan = draw(open(bare_terms()), 120_000 * USD);
		block(CURATOR);
		let before = usd(CURATOR);
		let due = Credit::due(loan).expect("the loan exists").total;
		take_events();
		assert_eq!(repay(loan, due), Ok(due));
		assert_eq!(usd(CURATOR), before);
		assert_eq!(owed(CURATOR), 1_000 * USD + JUNIOR_INTEREST_0);
		assert_eq!(totals().unclaimed_payouts, owed(CURATOR));
		assert_eq!(usd(Credit::account_id()), owed(CURATOR));
		assert_eq!(
			take_events()[..2],
			[
				Event::PayoutDeferred {
					account: CURATOR,
					amount: JUNIOR_INTEREST_0,
					owed: JUNIOR_INTEREST_0
				},
				Event::PayoutDeferred {
					account: CURATOR,
					amount: 1_000 * USD,
					owed: 1_000 * USD + JUNIOR_INTEREST_0
				},
			]
		);

		assert!(claim(CURATOR).is_err());
		thaw(CURATOR);
		take_events();
		let amount = owed(CURATOR);
		assert_ok!(claim(CURATOR));
		assert_eq!(usd(CURATOR), before + amount);
		assert_eq!((owed(CURATOR), totals().unclaimed_payouts), (0, 0));
		assert_eq!(take_events(), [Event::PayoutClaimed { account: CURATOR, amount }]);
		assert_noop!(claim(CURATOR), Error::<Test>::NothingToClaim);
	});
}

#[test]
fn a_blocked_curator_should_not_lock_capital_again_but_be_owed_it() {
	ExtBuilder::default().build_and_execute(|| {
		let mut terms = bare_terms();
		terms.revolving = true;
		let id = open(terms);
		let loan = draw(id, 120_000 * USD);
		block(CURATOR);
		assert_ok!(Credit::payoff(RuntimeOrigin::signed(ANYONE), loan, FUNDS));
		assert_eq!(line(id).junior_locked, 88_000 * USD);
		assert_eq!(owed(CURATOR), 12_000 * USD + JUNIOR_INTEREST_0);
	});
}

#[test]
fn a_blocked_curator_should_not_keep_a_line_from_closing() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		block(CURATOR);
		assert_ok!(Credit::close_line(RuntimeOrigin::signed(BORROWER), id));
		assert_eq!((junior_held(CURATOR), owed(CURATOR)), (0, 100_000 * USD));
		assert_eq!(line_of_title(1), None);
		thaw(CURATOR);
		assert_ok!(claim(CURATOR));
		assert_eq!(usd(CURATOR), FUNDS);
	});
}

#[test]
fn a_blocked_borrower_should_not_keep_its_curator_from_closing() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		assert_ok!(Credit::top_up_reserve(RuntimeOrigin::signed(ANYONE), id, 500 * USD));
		block(BORROWER);
		set_time(START + 180 * DAY + 1);
		assert_ok!(Credit::close_line(RuntimeOrigin::signed(CURATOR), id));
		assert_eq!(owed(BORROWER), 500 * USD);
		assert_eq!(usd(Credit::account_id()), 500 * USD);
	});
}

#[test]
fn a_blocked_treasury_should_keep_nobody_from_drawing_or_paying() {
	ExtBuilder::default().build_and_execute(|| {
		let mut terms = bare_terms();
		terms.loan.fees.origination = percent(1, FeeRecipient::Treasury);
		terms.loan.fees.servicing = percent(1, FeeRecipient::Treasury);
		terms.loan.fees.exit = percent(1, FeeRecipient::Treasury);
		let id = open(terms);
		draw(id, 10_000 * USD);
		block(TREASURY);
		let loan = draw(id, 120_000 * USD);
		assert_eq!(owed(TREASURY), 1_200 * USD);
		assert_ok!(Credit::payoff(RuntimeOrigin::signed(ANYONE), loan, FUNDS));
		// The servicing fee on 120 000 and the exit fee on 110 000.
		assert_eq!(owed(TREASURY), 1_200 * USD + 1_200 * USD + 1_100 * USD);
		thaw(TREASURY);
		assert_ok!(claim(TREASURY));
		assert_eq!(usd(TREASURY), 100 * USD + 3_500 * USD);
	});
}

#[test]
fn what_the_reserve_pays_to_a_blocked_account_should_stay_in_the_pallets() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(terms());
		let loan = draw(id, 120_000 * USD);
		let reserve = line(id).reserve;
		block(CURATOR);
		set_time(START + PERIOD);
		assert_ok!(Credit::collect(RuntimeOrigin::signed(ANYONE), loan));
		let paid = reserve - line(id).reserve;
		assert_eq!(owed(CURATOR), 1_000 * USD + JUNIOR_INTEREST_0);
		assert_eq!(usd(Credit::account_id()), reserve - paid + owed(CURATOR));
	});
}

#[test]
fn a_payer_without_the_money_should_owe_it_to_nobody() {
	ExtBuilder::default().build_and_execute(|| {
		let loan = draw(open(bare_terms()), 120_000 * USD);
		block(CURATOR);
		assert_noop!(
			Credit::payoff(RuntimeOrigin::signed(TREASURY), loan, FUNDS),
			crate::sp_runtime::TokenError::FundsUnavailable
		);
		assert_eq!(totals().unclaimed_payouts, 0);
	});
}
