// SPDX-License-Identifier: Apache-2.0

use super::mock::*;
use crate::{Error, Event, Ledger};
use caliber_primitives::{
	traits::{Accrual, AccrualSum, SeniorBook, SeniorLender, Settlement},
	USD,
};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, storage::with_storage_layer},
	sp_runtime::{FixedU128, TokenError},
};

#[test]
fn lend_should_move_idle_to_principal_out() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_noop!(lend(100 * USD + 1), Error::<Test>::InsufficientLiquidity);
		assert_ok!(lend(60 * USD));
		assert_eq!(
			last_event(),
			Event::Lent { to: BORROWER, amount: 60 * USD, principal_out: 60 * USD }
		);
		assert_eq!(usdai(BORROWER), ENDOWMENT + 60 * USD);
		assert_eq!(Vault::lendable(), 40 * USD);

		let nav = Vault::nav();
		assert_eq!((nav.idle, nav.principal_out), (40 * USD, 60 * USD));
		assert_eq!((nav.for_deposits, nav.for_redemptions), (100 * USD, 100 * USD));
		// All of it may be lent.
		assert_ok!(lend(40 * USD));
		assert_eq!(usdai(vault()), 0);
	});
}

#[test]
fn settle_should_give_the_treasury_its_fee_rounded_up() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(lend(60 * USD));

		// 10 % of 11 units is 1.1.
		assert_ok!(receive(20 * USD, 11));
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
fn settle_should_refuse_more_principal_than_is_out() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(lend(60 * USD));
		assert_noop!(receive(60 * USD + 1, 0), Error::<Test>::ExceedsPrincipalOut);
		assert_ok!(receive(60 * USD, 0));
	});
}

#[test]
fn settle_should_take_nothing_when_nothing_is_paid() {
	ExtBuilder::default().build_and_execute(|| {
		let accrual = Accrual { per_second: 7, since: time(), paid: 3, earned: 0 };
		let offset = 7 * u128::from(time()) + 3;
		assert_eq!(seen_prices(|| receive(0, 0)), []);
		assert_eq!(events(), []);
		// A place may change without money.
		assert_eq!(seen_prices(|| replace(None, Some(accrual))), []);
		assert_eq!(events(), [Event::AccrualChanged { per_second: 7, offset, earned: 0 }]);
		assert_eq!(usdai(BORROWER), ENDOWMENT);
	});
}

#[test]
fn accrual_should_be_the_sum_over_loans_from_the_time_each_has_paid_for() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		let now = time();
		let first = Accrual { per_second: 7, since: now - 100, paid: 0, earned: 0 };
		let second = Accrual { per_second: 5, since: now - 10, paid: 0, earned: 0 };
		assert_ok!(replace(None, Some(first)));
		assert_ok!(replace(None, Some(second)));
		assert_eq!(Vault::nav().accrued_interest, 7 * 100 + 5 * 10);
		// 10 % of 750, none left over.
		assert_eq!(Vault::nav().accrued_fee, 75);

		// The first pays up to now; then it stops.
		let paid = Accrual { per_second: 7, since: now, paid: 0, earned: 0 };
		assert_ok!(replace(Some(first), Some(paid)));
		assert_eq!(Vault::nav().accrued_interest, 50);
		set_time(now + 10);
		assert_eq!(Vault::nav().accrued_interest, 70 + 100);
		assert_ok!(replace(Some(paid), None));
		assert_eq!(Vault::nav().accrued_interest, 100);
		assert_eq!(
			last_event(),
			Event::AccrualChanged { per_second: 5, offset: 5 * u128::from(now - 10), earned: 0 }
		);
		assert_ok!(replace(Some(second), None));
		assert_eq!(Ledger::<Test>::get().accrual, Default::default());
	});
}

#[test]
fn accrual_should_count_interest_paid_ahead_against_what_was_earned() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		let now = time();
		assert_ok!(replace(
			None,
			Some(Accrual { per_second: 5, since: now - 10, paid: 0, earned: 0 })
		));
		assert_ok!(replace(
			None,
			Some(Accrual { per_second: 2, since: now + 10, paid: 0, earned: 0 })
		));
		assert_eq!(Vault::nav().accrued_interest, 50 - 20);

		// More was paid ahead than is owed: deposits count nothing, and never less than nothing.
		assert_ok!(replace(
			None,
			Some(Accrual { per_second: 9, since: now + 100, paid: 0, earned: 0 })
		));
		let nav = Vault::nav();
		assert_eq!(nav.accrued_interest, 0);
		assert_eq!(nav.for_deposits, nav.for_redemptions);
		// 16 a second from here: 50 - 20 - 900 + 16 * 55 = 10.
		set_time(now + 55);
		assert_eq!(Vault::nav().accrued_interest, 10);
	});
}

#[test]
fn settle_should_refuse_what_was_never_booked() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		let accrual = Accrual { per_second: 7, since: 100, paid: 0, earned: 0 };
		assert_noop!(replace(Some(accrual), None), Error::<Test>::UnknownAccrual);
		assert_ok!(replace(None, Some(accrual)));
		assert_noop!(
			replace(Some(Accrual { per_second: 8, since: 1, paid: 0, earned: 0 }), None),
			Error::<Test>::UnknownAccrual
		);
		let huge = Accrual { per_second: u128::MAX, since: 2, paid: 0, earned: 0 };
		assert_noop!(replace(None, Some(huge)), Error::<Test>::Overflow);
	});
}

#[test]
fn provision_should_lower_the_redemption_price_only() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(lend(60 * USD));
		assert_ok!(Vault::provision(0, 25 * USD));
		assert_eq!(last_event(), Event::ImpairmentChanged { impairment: 25 * USD });
		let nav = Vault::nav();
		assert_eq!(nav.redemption_price, FixedU128::from_rational(75, 100));
		assert_eq!(nav.deposit_price, FixedU128::from_u32(1));
		assert_eq!(Vault::preview_redeem(4 * USD), Ok(3 * USD));

		assert_ok!(Vault::provision(25 * USD, 0));
		assert_eq!(Vault::nav().redemption_price, FixedU128::from_u32(1));
	});
}

#[test]
fn provision_should_not_exceed_what_is_out() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(lend(60 * USD));
		assert_noop!(Vault::provision(0, 60 * USD + 1), Error::<Test>::ExceedsPrincipalOut);
		assert_ok!(Vault::provision(0, 60 * USD));
		assert_noop!(Vault::provision(60 * USD + 1, 0), Error::<Test>::UnknownImpairment);
		// A payment comes in first, the impairment follows.
		assert_ok!(receive(20 * USD, 0));
		assert_ok!(Vault::provision(60 * USD, 40 * USD));
	});
}

#[test]
fn write_off_should_be_a_loss_of_both_prices_that_stays_on_record() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(lend(60 * USD));
		assert_noop!(write_off(60 * USD + 1, 0), Error::<Test>::ExceedsPrincipalOut);
		assert_ok!(write_off(10 * USD, 0));
		assert_ok!(write_off(5 * USD, 0));
		assert_eq!(
			last_event(),
			Event::WrittenOff { principal: 5 * USD, interest: 0, bad_debt: 15 * USD }
		);
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
		assert_ok!(lend(60 * USD));
		assert_ok!(Vault::provision(0, 25 * USD));
		let expected = Vault::nav();
		// Released and written off in one go, in either order, the redemption price stays.
		assert_ok!(Vault::provision(25 * USD, 0));
		assert_ok!(write_off(25 * USD, 0));
		let nav = Vault::nav();
		assert_eq!(nav.for_redemptions, expected.for_redemptions);
		assert_eq!(nav.redemption_price, FixedU128::from_rational(75, 100));
		assert_eq!((nav.impairment, nav.bad_debt, nav.principal_out), (0, 25 * USD, 35 * USD));

		assert_ok!(Vault::provision(0, 35 * USD));
		assert_ok!(write_off(35 * USD, 0));
		assert_ok!(Vault::provision(35 * USD, 0));
		let nav = Vault::nav();
		assert_eq!((nav.for_redemptions, nav.for_deposits), (40 * USD, 40 * USD));
		assert_eq!(nav.bad_debt, 60 * USD);
	});
}

#[test]
fn lend_should_book_money_and_accrual_in_one_step() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		let accrual = Accrual { per_second: USD, since: time() - 10, paid: 4 * USD, earned: 0 };
		// 6 earned and not paid, 5.4 of them the savers': known before the money has moved.
		let price = FixedU128::from_rational(1_054, 1_000);
		let seen = seen_prices(|| Vault::lend(&BORROWER, 60 * USD, Some(accrual)));
		assert_eq!(seen, [(price, FixedU128::from_u32(1)); 2]);
		let book = SeniorBook {
			principal_out: 60 * USD,
			accrual: AccrualSum {
				per_second: USD,
				offset: u128::from(time() - 10) * USD + 4 * USD,
				earned: 0,
			},
			provisions: 0,
			suspended: 0,
		};
		assert_eq!(<Vault as SeniorLender<AccountId>>::book(), book);
		assert_ok!(Vault::provision(0, 7 * USD));
		assert_eq!(
			<Vault as SeniorLender<AccountId>>::book(),
			SeniorBook { provisions: 7 * USD, ..book }
		);
	});
}

#[test]
fn settle_should_move_money_and_place_in_one_step() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		let began = time();
		let old = Accrual { per_second: USD, since: began, paid: 0, earned: 0 };
		assert_ok!(Vault::lend(&BORROWER, 60 * USD, Some(old)));
		set_time(began + 20);
		let before = Vault::nav();
		assert_eq!(before.deposit_price, FixedU128::from_rational(118, 100));

		// All that was earned comes in: the deposit price stays, the redemption price rises by it.
		// Nobody can read another pair of prices meanwhile, while 18 go to the vault and 2 to the
		// treasury.
		let new = Accrual { since: began + 20, ..old };
		let settlement = Settlement {
			interest: 20 * USD,
			old: Some(old),
			new: Some(new),
			paid_until: began + 20,
			..Default::default()
		};
		let after = FixedU128::from_rational(118, 100);
		let seen = seen_prices(|| settle_loan(settlement));
		assert_eq!(seen, [(after, after); 4]);
		assert_eq!(usdai(TREASURY), 2 * USD);
		assert_eq!(Vault::nav().accrued_interest, 0);
		assert_eq!(
			events().split_off(events().len() - 2),
			[
				Event::Received { from: BORROWER, principal: 0, interest: 20 * USD, fee: 2 * USD },
				Event::AccrualChanged {
					per_second: USD,
					offset: u128::from(began + 20) * USD,
					earned: 0
				},
			]
		);
	});
}

#[test]
fn settle_should_change_nothing_when_a_part_of_it_fails() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		let old = Accrual { per_second: USD, since: time(), paid: 0, earned: 0 };
		assert_ok!(Vault::lend(&BORROWER, 60 * USD, Some(old)));
		let paid = Settlement { principal: 20 * USD, old: Some(old), ..Default::default() };
		// Another place than the loan has.
		let other = Some(Accrual { per_second: 2 * USD, ..old });
		assert_noop!(settle_loan(Settlement { old: other, ..paid }), Error::<Test>::UnknownAccrual);
		let huge = Some(Accrual { per_second: u128::MAX, since: 2, paid: 0, earned: 0 });
		assert_noop!(settle_loan(Settlement { new: huge, ..paid }), Error::<Test>::Overflow);
		assert_noop!(
			settle_loan(Settlement { principal: 60 * USD + 1, ..paid }),
			Error::<Test>::ExceedsPrincipalOut
		);
		// More interest than the borrower has.
		assert_noop!(
			with_storage_layer(|| settle_loan(Settlement { interest: 2 * ENDOWMENT, ..paid })),
			TokenError::FundsUnavailable
		);
		assert_ok!(settle_loan(paid));
		assert_eq!(Ledger::<Test>::get().accrual, AccrualSum::default());
	});
}

#[test]
fn write_off_should_add_interest_to_bad_debt_when_there_is_any() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(lend(60 * USD));
		assert_ok!(write_off(10 * USD, 3 * USD));
		assert_eq!(
			last_event(),
			Event::WrittenOff { principal: 10 * USD, interest: 3 * USD, bad_debt: 13 * USD }
		);
		// The prices never had the interest.
		assert_eq!(Vault::nav().redemption_price, FixedU128::from_rational(90, 100));
		assert_noop!(write_off(1, u128::MAX), Error::<Test>::Overflow);
	});
}

#[test]
fn recover_should_raise_the_price_and_lower_bad_debt_to_zero_at_most() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(lend(60 * USD));
		assert_ok!(write_off(20 * USD, 0));
		assert_noop!(Vault::recover(&BORROWER, 0), Error::<Test>::NothingRecovered);

		assert_ok!(Vault::recover(&BORROWER, 15 * USD));
		assert_eq!(
			last_event(),
			Event::Recovered { from: BORROWER, amount: 15 * USD, bad_debt: 5 * USD }
		);
		let nav = Vault::nav();
		assert_eq!((nav.idle, nav.principal_out, nav.bad_debt), (55 * USD, 40 * USD, 5 * USD));
		// It is earned over a window.
		assert_eq!(nav.redemption_price, FixedU128::from_rational(80, 100));
		set_time(time() + LENGTH);
		assert_eq!(Vault::nav().redemption_price, FixedU128::from_rational(95, 100));
		// The borrower began with the endowment and 60; no fee is taken of a recovery.
		assert_eq!((usdai(BORROWER), usdai(TREASURY)), (ENDOWMENT + 45 * USD, 0));

		assert_ok!(Vault::recover(&BORROWER, 6 * USD));
		let nav = Vault::nav();
		assert_eq!((nav.idle, nav.bad_debt), (61 * USD, 0));
		set_time(time() + LENGTH);
		assert_eq!(Vault::nav().redemption_price, FixedU128::from_rational(101, 100));
		assert_noop!(
			with_storage_layer(|| Vault::recover(&BORROWER, 2 * ENDOWMENT)),
			TokenError::FundsUnavailable
		);
		assert_noop!(Vault::recover(&BORROWER, u128::MAX), Error::<Test>::Overflow);
	});
}
