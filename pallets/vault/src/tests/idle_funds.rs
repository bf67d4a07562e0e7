// SPDX-License-Identifier: Apache-2.0

//! Idle money for bills and for the queue.

use super::mock::*;
use crate::{Error, Event};
use caliber_primitives::{
	traits::{IdleFunds, SeniorLender},
	vault::WindowPhase,
	USD,
};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, storage::with_storage_layer},
	sp_runtime::TokenError,
};

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

		assert_ok!(Vault::put_back(&DEALER, 61 * USD, 61 * USD));
		assert_eq!(
			last_event(),
			Event::IdlePutBack { from: DEALER, amount: 61 * USD, idle: 101 * USD }
		);
		assert_eq!(Vault::idle(), 101 * USD);
		// More than there is.
		assert_noop!(
			with_storage_layer(|| Vault::put_back(&DEALER, ENDOWMENT, ENDOWMENT)),
			TokenError::FundsUnavailable
		);
		assert_noop!(Vault::put_back(&DEALER, u128::MAX, u128::MAX), Error::<Test>::Overflow);
		// Nothing is no movement.
		System::reset_events();
		assert_ok!(Vault::take(&DEALER, 0));
		assert_ok!(Vault::put_back(&DEALER, 0, 0));
		assert_eq!(events(), []);
	});
}

#[test]
fn wanted_should_be_what_cannot_be_cancelled_at_the_redemption_price() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 300 * USD));
		// 300 shares for 390: 1.3 each.
		assert_ok!(receive_earned(100 * USD));
		assert_ok!(redeem(ALICE, 10 * USD + 1));
		// Window 3 closes at 4 500: until its last part begins it can be cancelled.
		set_time(4_399);
		assert_eq!(Vault::wanted(), Ok(0));
		set_time(4_400);
		// ceil(13e18 + 1.3)
		assert_eq!(Vault::wanted(), Ok(13 * USD + 2));
		to_window(FIRST_WINDOW + 1);
		assert_eq!(Vault::wanted(), Ok(13 * USD + 2));
		// The next window's come later.
		assert_ok!(redeem(ALICE, 10 * USD));
		assert_eq!(Vault::wanted(), Ok(13 * USD + 2));
		// What a settlement has set aside is not wanted any more.
		assert_ok!(start());
		assert_eq!(Vault::wanted(), Ok(0));
		assert_ok!(settle(1));
		assert_eq!(Vault::wanted(), Ok(0));
		// The part of a unit that rounding has left to the others makes one more.
		to_window(FIRST_WINDOW + 2);
		assert_eq!(Vault::wanted(), Ok(13 * USD + 1));
	});
}

/// What the queue wants sells bills, so that it is what nobody can take back. Idle money is kept for
/// more: what a settlement left over comes before any line, though it can be cancelled.
#[test]
fn wanted_should_leave_out_what_was_left_over_when_it_can_be_cancelled_and_lines_should_not_have_it(
) {
	ExtBuilder::default().build_and_execute(|| {
		let figures = || (Vault::wanted(), Vault::lendable());
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(lend(90 * USD));
		assert_ok!(redeem(ALICE, 40 * USD));
		// It may still be cancelled, until 4 400.
		set_time(4_399);
		assert_eq!(figures(), (Ok(0), 10 * USD));
		set_time(4_400);
		assert_eq!(figures(), (Ok(40 * USD), 0));
		to_window(FIRST_WINDOW + 1);
		assert_ok!(redeem(ALICE, 7 * USD));
		assert_eq!(figures(), (Ok(40 * USD), 0));
		// Ten are set aside. While the settlement runs nobody cancels the other thirty.
		assert_ok!(start());
		assert_noop!(cancel(ALICE, 0), Error::<Test>::WindowClosed);
		assert_eq!(figures(), (Ok(30 * USD), 0));
		// Then they wait in the open window, like the seven.
		assert_ok!(settle(1));
		assert_eq!(figures(), (Ok(0), 0));
		assert_ok!(receive(31 * USD, 0));
		assert_eq!(figures(), (Ok(0), USD));
		assert_noop!(lend(USD + 1), Error::<Test>::InsufficientLiquidity);
		assert_ok!(lend(USD));
		// From the last part of the window on neither can be cancelled.
		to_reveal(FIRST_WINDOW + 1);
		assert_noop!(cancel(ALICE, 0), Error::<Test>::CancellingEnded);
		assert_eq!(figures(), (Ok(37 * USD), 0));
	});
}

/// Whoever is left over cancels and asks again as often as it likes: bills are neither sold for it nor
/// bought back after it.
#[test]
fn wanted_should_not_move_when_a_request_that_was_left_over_is_cancelled() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(lend(90 * USD));
		assert_ok!(redeem(ALICE, 40 * USD));
		to_window(FIRST_WINDOW + 1);
		assert_ok!(start());
		assert_ok!(settle(1));
		assert_eq!(Vault::wanted(), Ok(0));
		assert_ok!(cancel(ALICE, 0));
		assert_eq!(Vault::wanted(), Ok(0));
		assert_ok!(redeem(ALICE, 30 * USD));
		assert_eq!(Vault::wanted(), Ok(0));
	});
}

#[test]
fn wanted_should_be_nothing_while_cancelling_is_open_again() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 110 * USD));
		assert_ok!(lend(70 * USD));
		assert_ok!(redeem(ALICE, 30 * USD));
		to_window(FIRST_WINDOW + 1);
		assert_eq!((Vault::wanted(), Vault::lendable()), (Ok(30 * USD), 10 * USD));
		// A tenth is gone: 30 shares are worth 27.
		assert_ok!(Vault::provision(0, 11 * USD));
		assert_ok!(start_now());
		assert_eq!(Vault::window().phase, WindowPhase::Reopened);
		assert_eq!((Vault::wanted(), Vault::lendable()), (Ok(0), 13 * USD));
		set_time(Vault::window().until.expect("it ends"));
		assert_eq!((Vault::wanted(), Vault::lendable()), (Ok(27 * USD), 13 * USD));
	});
}

/// A bid takes a request that was left over into the open window and binds it at once: it would be
/// lent out otherwise, and missing when the window closes.
#[test]
fn wanted_should_count_a_request_that_bids_from_its_bid_on() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(deposit(BOB, 50 * USD));
		assert_ok!(lend(140 * USD));
		assert_ok!(redeem(ALICE, 40 * USD));
		to_window(FIRST_WINDOW + 1);
		assert_ok!(start());
		assert_ok!(settle(1));
		// Ten were served, thirty are left over.
		assert_ok!(receive(60 * USD, 0));
		assert_eq!((Vault::wanted(), Vault::lendable()), (Ok(0), 30 * USD));
		assert_ok!(commit(ALICE, 0, 5));
		assert_eq!((Vault::wanted(), Vault::lendable()), (Ok(30 * USD), 30 * USD));
		assert_noop!(lend(30 * USD + 1), Error::<Test>::InsufficientLiquidity);
		// Sealed again: it is the same request.
		assert_ok!(commit(ALICE, 0, 7));
		assert_eq!(Vault::wanted(), Ok(30 * USD));
		// So is a new request that bids, and one that does not bid is not.
		assert_ok!(redeem(BOB, 9 * USD));
		assert_ok!(redeem(BOB, 20 * USD));
		assert_eq!(Vault::wanted(), Ok(30 * USD));
		assert_ok!(commit(BOB, 1, 5));
		assert_eq!((Vault::wanted(), Vault::lendable()), (Ok(39 * USD), 21 * USD));
		assert_noop!(cancel(BOB, 1), Error::<Test>::BidBinds);
		assert_ok!(cancel(BOB, 2));
		to_reveal(FIRST_WINDOW + 1);
		assert_eq!(Vault::wanted(), Ok(39 * USD));
		to_window(FIRST_WINDOW + 2);
		assert_eq!(Vault::wanted(), Ok(39 * USD));
	});
}

#[test]
fn long_idle_should_be_the_least_since_the_day_three_days_ago() {
	ExtBuilder::default().windows(SINCE, 365 * DAY).build_and_execute(|| {
		let long_idle = || Vault::long_idle(3 * DAY);
		set_time(10 * DAY + 100);
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_eq!((long_idle(), Vault::long_idle(0)), (0, 0));
		// Not before a whole day three days ago had it from its begin on.
		set_time(14 * DAY - 1);
		assert_eq!(long_idle(), 0);
		set_time(14 * DAY);
		assert_eq!(long_idle(), 100 * USD);
		// A loan for an hour ends that.
		assert_ok!(lend(60 * USD));
		set_time(14 * DAY + 3_600);
		assert_ok!(receive(60 * USD, 0));
		assert_eq!(long_idle(), 40 * USD);
		set_time(18 * DAY - 1);
		assert_eq!(long_idle(), 40 * USD);
		set_time(18 * DAY);
		assert_eq!(long_idle(), 100 * USD);
	});
}

/// Whoever brings money and waits for the vault to spend it finds the vault spending its own old
/// money, and then none.
#[test]
fn long_idle_should_fall_by_what_is_taken_when_new_money_lies_there_too() {
	ExtBuilder::default().windows(SINCE, 365 * DAY).build_and_execute(|| {
		set_time(10 * DAY);
		assert_ok!(deposit(ALICE, 100 * USD));
		set_time(20 * DAY);
		assert_ok!(deposit(BOB, 1_000 * USD));
		assert_eq!(Vault::long_idle(3 * DAY), 100 * USD);
		assert_ok!(invest(70 * USD));
		assert_eq!((Vault::idle(), Vault::long_idle(3 * DAY)), (1_030 * USD, 30 * USD));
		assert_ok!(invest(30 * USD));
		assert_eq!(Vault::long_idle(3 * DAY), 0);
		// What is sold comes back as new money.
		assert_ok!(divest(100 * USD));
		assert_eq!((Vault::idle(), Vault::long_idle(3 * DAY)), (1_100 * USD, 0));
		set_time(23 * DAY);
		assert_eq!(Vault::long_idle(3 * DAY), 0);
		set_time(24 * DAY);
		assert_eq!(Vault::long_idle(3 * DAY), 1_100 * USD);
	});
}

#[test]
fn long_idle_should_count_shorter_days_when_the_chain_is_fast() {
	ExtBuilder::default().windows(SINCE, 30 * DAY).tempo(21_600).build_and_execute(|| {
		// Three days are twelve seconds, and so is a day.
		let long_idle = || Vault::long_idle(12);
		set_time(12_000);
		assert_ok!(deposit(ALICE, 100 * USD));
		set_time(12_023);
		assert_eq!(long_idle(), 0);
		set_time(12_024);
		assert_eq!(long_idle(), 100 * USD);
	});
}
