// SPDX-License-Identifier: Apache-2.0

use super::mock::*;
use crate::{Error, Event, Ledger, TotalAccrual};
use caliber_primitives::{
	traits::{Accrual, SeniorLender},
	USD,
};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok},
	sp_runtime::FixedU128,
};

#[test]
fn lend_should_move_idle_to_principal_out() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_noop!(Vault::lend(&BORROWER, 100 * USD + 1), Error::<Test>::InsufficientLiquidity);
		assert_ok!(Vault::lend(&BORROWER, 60 * USD));
		assert_eq!(
			last_event(),
			Event::Lent { to: BORROWER, amount: 60 * USD, principal_out: 60 * USD }
		);
		assert_eq!(usdai(BORROWER), ENDOWMENT + 60 * USD);
		assert_eq!(Vault::liquidity(), 40 * USD);

		let nav = Vault::nav();
		assert_eq!((nav.idle, nav.principal_out), (40 * USD, 60 * USD));
		assert_eq!((nav.for_deposits, nav.for_redemptions), (100 * USD, 100 * USD));
		// All of it may be lent.
		assert_ok!(Vault::lend(&BORROWER, 40 * USD));
		assert_eq!(usdai(vault()), 0);
	});
}

#[test]
fn receive_should_give_the_treasury_its_fee_rounded_up() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(Vault::lend(&BORROWER, 60 * USD));

		// 10 % of 11 units is 1.1.
		assert_ok!(Vault::receive(&BORROWER, 20 * USD, 11));
		assert_eq!(
			last_event(),
			Event::Received { from: BORROWER, principal: 20 * USD, interest: 11, fee: 2 }
		);
		assert_eq!(usdai(TREASURY), 2);
		assert_eq!(usdai(BORROWER), ENDOWMENT + 40 * USD - 11);
		let ledger = Ledger::<Test>::get();
		assert_eq!((ledger.idle, ledger.principal_out), (60 * USD + 9, 40 * USD));
	});
}

#[test]
fn receive_should_refuse_more_principal_than_is_out() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(Vault::lend(&BORROWER, 60 * USD));
		assert_noop!(
			Vault::receive(&BORROWER, 60 * USD + 1, 0),
			Error::<Test>::ExceedsPrincipalOut
		);
		assert_ok!(Vault::receive(&BORROWER, 60 * USD, 0));
	});
}

#[test]
fn receive_should_take_nothing_when_nothing_is_paid() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Vault::receive(&BORROWER, 0, 0));
		assert_eq!(usdai(BORROWER), ENDOWMENT);
	});
}

#[test]
fn accrual_should_be_the_sum_over_loans_from_the_time_each_has_paid_for() {
	ExtBuilder::default().build_and_execute(|| {
		let now = time();
		let first = Accrual { per_second: 7, since: now - 100 };
		let second = Accrual { per_second: 5, since: now - 10 };
		assert_ok!(Vault::update_accrual(None, Some(first)));
		assert_ok!(Vault::update_accrual(None, Some(second)));
		assert_eq!(Vault::nav().accrued_interest, 7 * 100 + 5 * 10);
		// 10 % of 750, none left over.
		assert_eq!(Vault::nav().accrued_fee, 75);

		// The first pays up to now; then it stops.
		let paid = Accrual { per_second: 7, since: now };
		assert_ok!(Vault::update_accrual(Some(first), Some(paid)));
		assert_eq!(Vault::nav().accrued_interest, 50);
		set_time(now + 10);
		assert_eq!(Vault::nav().accrued_interest, 70 + 100);
		assert_ok!(Vault::update_accrual(Some(paid), None));
		assert_eq!(Vault::nav().accrued_interest, 100);
		assert_eq!(
			last_event(),
			Event::AccrualChanged { per_second: 5, offset: 5 * u128::from(now - 10) }
		);
		assert_ok!(Vault::update_accrual(Some(second), None));
		assert_eq!(TotalAccrual::<Test>::get(), Default::default());
	});
}

#[test]
fn accrual_should_count_interest_paid_ahead_against_what_was_earned() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		let now = time();
		assert_ok!(Vault::update_accrual(None, Some(Accrual { per_second: 5, since: now - 10 })));
		assert_ok!(Vault::update_accrual(None, Some(Accrual { per_second: 2, since: now + 10 })));
		assert_eq!(Vault::nav().accrued_interest, 50 - 20);

		// More was paid ahead than is owed: deposits count nothing, and never less than nothing.
		assert_ok!(Vault::update_accrual(None, Some(Accrual { per_second: 9, since: now + 100 })));
		let nav = Vault::nav();
		assert_eq!(nav.accrued_interest, 0);
		assert_eq!(nav.for_deposits, nav.for_redemptions);
		// 16 a second from here: 50 - 20 - 900 + 16 * 55 = 10.
		set_time(now + 55);
		assert_eq!(Vault::nav().accrued_interest, 10);
	});
}

#[test]
fn update_accrual_should_refuse_what_was_never_booked() {
	ExtBuilder::default().build_and_execute(|| {
		let accrual = Accrual { per_second: 7, since: 100 };
		assert_noop!(Vault::update_accrual(Some(accrual), None), Error::<Test>::UnknownAccrual);
		assert_ok!(Vault::update_accrual(None, Some(accrual)));
		assert_noop!(
			Vault::update_accrual(Some(Accrual { per_second: 8, since: 1 }), None),
			Error::<Test>::UnknownAccrual
		);
		let huge = Accrual { per_second: u128::MAX, since: 2 };
		assert_noop!(Vault::update_accrual(None, Some(huge)), Error::<Test>::Overflow);
	});
}

#[test]
fn impairment_should_lower_the_redemption_price_only() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(Vault::lend(&BORROWER, 60 * USD));
		assert_ok!(Vault::update_impairment(0, 25 * USD));
		assert_eq!(last_event(), Event::ImpairmentChanged { impairment: 25 * USD });
		let nav = Vault::nav();
		assert_eq!(nav.redemption_price, FixedU128::from_rational(75, 100));
		assert_eq!(nav.deposit_price, FixedU128::from_u32(1));
		assert_eq!(Vault::preview_redeem(4 * USD), 3 * USD);

		assert_ok!(Vault::update_impairment(25 * USD, 0));
		assert_eq!(Vault::nav().redemption_price, FixedU128::from_u32(1));
	});
}

#[test]
fn impairment_should_not_exceed_what_is_out() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(Vault::lend(&BORROWER, 60 * USD));
		assert_noop!(Vault::update_impairment(0, 60 * USD + 1), Error::<Test>::ExceedsPrincipalOut);
		assert_ok!(Vault::update_impairment(0, 60 * USD));
		assert_noop!(Vault::update_impairment(60 * USD + 1, 0), Error::<Test>::UnknownImpairment);
		// A payment comes in first, the impairment follows.
		assert_ok!(Vault::receive(&BORROWER, 20 * USD, 0));
		assert_ok!(Vault::update_impairment(60 * USD, 40 * USD));
	});
}

#[test]
fn write_off_should_be_a_loss_of_both_prices_that_stays_on_record() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(Vault::lend(&BORROWER, 60 * USD));
		assert_noop!(Vault::write_off(60 * USD + 1), Error::<Test>::ExceedsPrincipalOut);
		assert_ok!(Vault::write_off(10 * USD));
		assert_ok!(Vault::write_off(5 * USD));
		assert_eq!(last_event(), Event::WrittenOff { principal: 5 * USD, bad_debt: 15 * USD });
		let nav = Vault::nav();
		assert_eq!(nav.principal_out, 45 * USD);
		assert_eq!(nav.redemption_price, FixedU128::from_rational(85, 100));
		assert_eq!(nav.deposit_price, FixedU128::from_rational(85, 100));
	});
}

#[test]
fn write_off_should_count_a_loss_once_when_it_was_impaired_before() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(Vault::lend(&BORROWER, 60 * USD));
		assert_ok!(Vault::update_impairment(0, 25 * USD));
		let expected = Vault::nav();
		// Released and written off in one go, in either order, the redemption price stays.
		assert_ok!(Vault::update_impairment(25 * USD, 0));
		assert_ok!(Vault::write_off(25 * USD));
		let nav = Vault::nav();
		assert_eq!(nav.for_redemptions, expected.for_redemptions);
		assert_eq!(nav.redemption_price, FixedU128::from_rational(75, 100));
		assert_eq!((nav.impairment, nav.bad_debt, nav.principal_out), (0, 25 * USD, 35 * USD));

		assert_ok!(Vault::update_impairment(0, 35 * USD));
		assert_ok!(Vault::write_off(35 * USD));
		assert_ok!(Vault::update_impairment(35 * USD, 0));
		let nav = Vault::nav();
		assert_eq!((nav.for_redemptions, nav.for_deposits), (40 * USD, 40 * USD));
		assert_eq!(nav.bad_debt, 60 * USD);
	});
}
