// SPDX-License-Identifier: Apache-2.0

//! Idle money for bills and for the queue.

use super::mock::*;
use crate::{Error, Event};
use caliber_primitives::{traits::IdleFunds, Balance, USD};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, storage::with_storage_layer},
	sp_runtime::{FixedU128, Perbill, TokenError},
};

/// Figures of [`Event::SettlementStarted`]: USDai for bills, shares, USDai set aside.
fn started() -> (Balance, Balance, Balance) {
	let started = events().into_iter().find_map(|event| match event {
		Event::SettlementStarted { divested, shares, liquidity, .. } => {
			Some((divested, shares, liquidity))
		}
		_ => None,
	});
	started.expect("a settlement has started")
}

#[test]
fn take_should_move_idle_money_out_and_put_back_in() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_noop!(Vault::take(&DEALER, 100 * USD + 1), Error::<Test>::InsufficientLiquidity);
		assert_ok!(Vault::take(&DEALER, 60 * USD));
		assert_eq!(last_event(), Event::IdleTaken { to: DEALER, amount: 60 * USD, idle: 40 * USD });
		assert_eq!((usdai(vault()), usdai(DEALER)), (40 * USD, ENDOWMENT + 60 * USD));
		assert_eq!((Vault::idle(), Vault::assets()), (40 * USD, Ok(40 * USD)));
		BillsValue::set(59 * USD);
		assert_eq!(Vault::assets(), Ok(99 * USD));

		assert_ok!(Vault::put_back(&DEALER, 61 * USD));
		assert_eq!(
			last_event(),
			Event::IdlePutBack { from: DEALER, amount: 61 * USD, idle: 101 * USD }
		);
		assert_eq!(Vault::idle(), 101 * USD);
		// More than there is.
		assert_noop!(
			with_storage_layer(|| Vault::put_back(&DEALER, ENDOWMENT)),
			TokenError::FundsUnavailable
		);
		assert_noop!(Vault::put_back(&DEALER, u128::MAX), Error::<Test>::Overflow);
		// Nothing is no movement.
		System::reset_events();
		assert_ok!(Vault::take(&DEALER, 0));
		assert_ok!(Vault::put_back(&DEALER, 0));
		assert_eq!(events(), []);
	});
}

#[test]
fn wanted_should_be_what_closes_within_the_time_at_the_redemption_price() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 300 * USD));
		// 300 shares for 390: 1.3 each.
		assert_ok!(receive(0, 100 * USD));
		assert_ok!(redeem(ALICE, 10 * USD + 1));
		// Window 3 closes at 4 500: a second before it is not yet among them.
		set_time(4_000);
		assert_eq!(Vault::wanted_within(499), Ok(0));
		// ceil(13e18 + 1.3)
		assert_eq!(Vault::wanted_within(500), Ok(13 * USD + 2));
		assert_eq!(Vault::wanted_within(u64::MAX), Ok(13 * USD + 2));
		// The next window's come later.
		to_window(FIRST_WINDOW + 1);
		assert_ok!(redeem(ALICE, 10 * USD));
		assert_eq!(Vault::wanted_within(0), Ok(13 * USD + 2));
		assert_eq!(Vault::wanted_within(999), Ok(13 * USD + 2));
		assert_eq!(Vault::wanted_within(1_000), Ok(26 * USD + 2));
		// What a settlement has set aside is not wanted any more.
		assert_ok!(start());
		assert_eq!(Vault::wanted_within(0), Ok(0));
		// The part of a unit that rounding has left to the others makes one more.
		assert_eq!(Vault::wanted_within(1_000), Ok(13 * USD + 1));
		assert_ok!(settle(1));
		assert_eq!(Vault::wanted_within(999), Ok(0));
		assert_eq!(Vault::wanted_within(1_000), Ok(13 * USD + 1));
	});
}

#[test]
fn wanted_should_count_what_rolls_over_with_the_next_window() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(redeem(ALICE, 40 * USD));
		assert_ok!(lend(90 * USD));
		to_window(FIRST_WINDOW + 1);
		assert_eq!(Vault::wanted_within(0), Ok(40 * USD));
		assert_ok!(start());
		assert_eq!(Vault::wanted_within(999), Ok(0));
		assert_eq!(Vault::wanted_within(1_000), Ok(30 * USD));
		assert_ok!(settle(1));
		assert_eq!(Vault::wanted_within(999), Ok(0));
		assert_eq!(Vault::wanted_within(1_000), Ok(30 * USD));
	});
}

#[test]
fn settlement_should_sell_bills_as_far_as_the_queue_needs() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(invest(80 * USD));
		assert_ok!(redeem(ALICE, 50 * USD));
		to_window(FIRST_WINDOW + 1);
		assert_ok!(start());
		assert_eq!(started(), (30 * USD, 50 * USD, 50 * USD));
		assert_eq!((BillsValue::get(), Vault::idle()), (50 * USD, 0));
		assert_ok!(settle(1));
		assert_eq!(Vault::nav().redemption_price, FixedU128::from_u32(1));
	});
}

#[test]
fn settlement_should_sell_no_bills_when_enough_is_idle() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(invest(50 * USD));
		assert_ok!(redeem(ALICE, 50 * USD));
		to_window(FIRST_WINDOW + 1);
		assert_ok!(start());
		assert_eq!(started(), (0, 50 * USD, 50 * USD));
		assert_eq!(BillsValue::get(), 50 * USD);
		assert_ok!(settle(1));
	});
}

#[test]
fn settlement_should_go_on_with_what_comes_when_the_market_gives_less() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(invest(80 * USD));
		assert_ok!(redeem(ALICE, 50 * USD));
		// 10 for 30, and then nothing at all.
		BillsLimit::set(0);
		to_window(FIRST_WINDOW + 1);
		assert_ok!(start());
		assert_eq!(started(), (0, 20 * USD, 20 * USD));
		assert_ok!(settle(1));

		BillsLimit::set(u128::MAX);
		BillsLoss::set(Perbill::from_percent(50));
		// 80 shares for 80 of bills. 30 are wanted, and 60 sold for them: 50 remain behind the 80.
		System::reset_events();
		to_window(FIRST_WINDOW + 2);
		assert_ok!(start());
		assert_eq!(BillsValue::get(), 20 * USD);
		// 30 shares at 50/80.
		assert_eq!(started(), (30 * USD, 30 * USD, 1_875 * USD / 100));
		assert_ok!(settle(1));
		assert_eq!(Vault::nav().redemption_price, FixedU128::from_rational(50, 80));
	});
}
