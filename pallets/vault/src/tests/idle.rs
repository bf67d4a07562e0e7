// SPDX-License-Identifier: Apache-2.0

//! Idle money for bills, and what idle blocks do.

use super::mock::*;
use crate::{
	weights::WeightInfo, Checkpoints, Error, Event, LastSettled, Ledger, Requests, Settlement,
};
use caliber_primitives::{
	traits::{IdleFunds, SeniorLender},
	Balance, USD,
};
use polkadot_sdk::{
	frame_support::{
		assert_noop, assert_ok, storage::with_storage_layer, traits::Hooks, weights::Weight,
	},
	sp_runtime::{DispatchError, FixedU128, Perbill, TokenError},
};

type W = ();

fn idle_block(weight: Weight) -> Weight {
	<Vault as Hooks<u64>>::on_idle(1, weight)
}

/// What `start_settlement` says of itself: what came for bills, shares, USDai.
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
		assert_eq!((Vault::idle(), Vault::assets()), (40 * USD, 40 * USD));
		BillsValue::set(59 * USD);
		assert_eq!(Vault::assets(), 99 * USD);

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
		assert_ok!(Vault::receive(&BORROWER, 0, 100 * USD));
		assert_ok!(redeem(ALICE, 10 * USD + 1));
		// Window 3 closes at 4 500: a second before it is not yet among them.
		set_time(4_000);
		assert_eq!(Vault::wanted_within(499), 0);
		// ceil(13e18 + 1.3)
		assert_eq!(Vault::wanted_within(500), 13 * USD + 2);
		assert_eq!(Vault::wanted_within(u64::MAX), 13 * USD + 2);
		// The next window's come later.
		to_window(FIRST_WINDOW + 1);
		assert_ok!(redeem(ALICE, 10 * USD));
		assert_eq!(Vault::wanted_within(0), 13 * USD + 2);
		assert_eq!(Vault::wanted_within(999), 13 * USD + 2);
		assert_eq!(Vault::wanted_within(1_000), 26 * USD + 2);
		// What a settlement has set aside is not wanted any more.
		assert_ok!(start());
		assert_eq!(Vault::wanted_within(0), 0);
		// The part of a unit that rounding has left to the others makes one more.
		assert_eq!(Vault::wanted_within(1_000), 13 * USD + 1);
		assert_ok!(settle(1));
		assert_eq!(Vault::wanted_within(999), 0);
		assert_eq!(Vault::wanted_within(1_000), 13 * USD + 1);
	});
}

#[test]
fn wanted_should_count_what_rolls_over_with_the_next_window() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(redeem(ALICE, 40 * USD));
		assert_ok!(Vault::lend(&BORROWER, 90 * USD));
		to_window(FIRST_WINDOW + 1);
		assert_eq!(Vault::wanted_within(0), 40 * USD);
		assert_ok!(start());
		assert_eq!(Vault::wanted_within(999), 0);
		assert_eq!(Vault::wanted_within(1_000), 30 * USD);
		assert_ok!(settle(1));
		assert_eq!(Vault::wanted_within(999), 0);
		assert_eq!(Vault::wanted_within(1_000), 30 * USD);
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

#[test]
fn idle_block_should_do_nothing_without_weight() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(redeem(ALICE, 50 * USD));
		to_window(FIRST_WINDOW + 1);
		assert_eq!(idle_block(Weight::zero()), Weight::zero());
		let short = W::look() - Weight::from_parts(1, 0);
		assert_eq!(idle_block(short), Weight::zero());
		assert_eq!(Settlement::<Test>::get(), None);
		// To look is all that there is room for.
		assert_eq!(idle_block(W::look()), W::look());
		assert_eq!(Settlement::<Test>::get(), None);
		assert_eq!(Checkpoints::<Test>::iter().count(), 0);
	});
}

#[test]
fn idle_block_should_start_what_is_due_and_serve_as_many_as_there_is_room_for() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		for _ in 0..5 {
			assert_ok!(redeem(ALICE, 10 * USD));
		}
		idle_block(Weight::MAX);
		assert_eq!(Settlement::<Test>::get(), None);
		to_window(FIRST_WINDOW + 1);

		let served = || Requests::<Test>::iter().filter(|(_, r)| r.claimable > 0).count();
		let begin = W::look() + W::start_settlement();
		assert_eq!(idle_block(begin), begin);
		assert!(Settlement::<Test>::exists());
		assert_eq!(served(), 0);

		let two = W::look() + W::settle(2);
		assert_eq!(idle_block(two), two);
		assert_eq!(served(), 2);
		assert_ok!(Vault::do_try_state());
		// What is not needed for the three that are left is for others.
		assert_eq!(idle_block(Weight::MAX / 2), W::look() + W::settle(3));
		assert_eq!(served(), 5);
		assert_eq!(LastSettled::<Test>::get(), Some(FIRST_WINDOW));
		assert_eq!(idle_block(Weight::MAX / 2), W::look());
	});
}

#[test]
fn idle_block_should_change_nothing_when_a_settlement_cannot_start() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(redeem(ALICE, 50 * USD));
		to_window(FIRST_WINDOW + 1);
		// A value that no number holds.
		BillsValue::set(u128::MAX);
		assert_noop!(start(), Error::<Test>::Overflow);
		System::reset_events();
		idle_block(Weight::MAX / 2);
		assert_eq!((Settlement::<Test>::get(), LastSettled::<Test>::get()), (None, None));
		assert_eq!(events(), []);
		// It is tried again.
		BillsValue::set(0);
		idle_block(Weight::MAX / 2);
		assert_eq!(LastSettled::<Test>::get(), Some(FIRST_WINDOW));
	});
}

#[test]
fn idle_block_should_write_one_price_a_day() {
	ExtBuilder::default().build_and_execute(|| {
		// No shares, no price.
		idle_block(Weight::MAX);
		assert_eq!(Checkpoints::<Test>::iter().count(), 0);
		assert_ok!(deposit(ALICE, 100 * USD));
		let both = W::look() + W::checkpoint();
		assert_eq!(idle_block(both), both);
		assert_eq!(Checkpoints::<Test>::get(0).map(|day| day.at), Some(3_500));
		set_time(86_399);
		assert_eq!(idle_block(both), W::look());
		set_time(86_400);
		assert_eq!(idle_block(both), both);
		assert_eq!(Checkpoints::<Test>::iter().count(), 2);
		// A deposit does it where no block had room.
		set_time(3 * 86_400 + 5);
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_eq!(Checkpoints::<Test>::get(3).map(|day| day.at), Some(3 * 86_400 + 5));
		// After 128 days the places are used again.
		set_time(128 * 86_400);
		idle_block(both);
		assert_eq!(Checkpoints::<Test>::get(0).map(|day| day.at), Some(128 * 86_400));
		assert_eq!(Checkpoints::<Test>::iter().count(), 3);
	});
}

#[test]
fn deposits_should_pause_and_nothing_else() {
	ExtBuilder::default().build_and_execute(|| {
		let pause = |paused| Vault::set_deposits_paused(RuntimeOrigin::root(), paused);
		assert_ok!(deposit(ALICE, 100 * USD));
		let alice = RuntimeOrigin::signed(ALICE);
		assert_noop!(Vault::set_deposits_paused(alice.clone(), true), DispatchError::BadOrigin);
		assert_ok!(pause(true));
		assert_eq!(last_event(), Event::DepositsPausedSet { paused: true });
		assert_noop!(deposit(ALICE, 10 * USD), Error::<Test>::DepositsPaused);
		assert_noop!(Vault::mint(alice, 10 * USD, ENDOWMENT), Error::<Test>::DepositsPaused);
		assert_ok!(redeem(ALICE, 10 * USD));
		to_window(FIRST_WINDOW + 1);
		assert_ok!(start());
		assert_ok!(settle(1));
		assert_ok!(claim(ALICE, 0));
		assert_eq!(Ledger::<Test>::get().idle, 90 * USD);
		assert_ok!(pause(false));
		assert_ok!(deposit(ALICE, 10 * USD));
	});
}
