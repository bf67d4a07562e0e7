// SPDX-License-Identifier: Apache-2.0

//! Redemption at once.

use super::mock::*;
use crate::{Error, Event, RecentExits};
use caliber_primitives::{traits::Round, Balance, USD};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok},
	sp_runtime::{DispatchResult, Perbill},
};

fn redeem_now(who: AccountId, shares: Balance) -> DispatchResult {
	Vault::redeem_now(RuntimeOrigin::signed(who), shares, 1)
}

#[test]
fn redeem_now_should_pay_the_price_less_the_fee_which_the_others_earn() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 900 * USD));
		assert_ok!(deposit(BOB, 100 * USD));
		System::reset_events();
		// 2 % of 1 000 within a day; the fee is half a percent.
		assert_ok!(redeem_now(BOB, 20 * USD));
		let fee = USD / 10;
		assert_eq!(
			last_event(),
			Event::RedeemedNow { who: BOB, shares: 20 * USD, assets: 20 * USD - fee, fee }
		);
		assert_eq!((usdai(BOB), shares(BOB)), (ENDOWMENT - 80 * USD - fee, 80 * USD));
		// The fee enters the price over a window: nobody buys it.
		let nav = Vault::nav();
		assert_eq!((nav.idle, nav.for_redemptions), (980 * USD + fee, 980 * USD));
		set_time(time() + LENGTH);
		assert_eq!(Vault::nav().for_redemptions, 980 * USD + fee);
		assert_noop!(
			Vault::redeem_now(RuntimeOrigin::signed(BOB), USD, USD),
			Error::<Test>::TooFewAssets
		);
		assert_noop!(redeem_now(BOB, 0), Error::<Test>::TooFewAssets);
	});
}

#[test]
fn redeem_now_should_stop_at_the_limit_of_a_day_which_refills() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 1_000 * USD));
		assert_ok!(redeem_now(ALICE, 20 * USD));
		assert_noop!(redeem_now(ALICE, USD), Error::<Test>::AboveExitLimit);
		assert_eq!(RecentExits::<Test>::get().used, 20 * USD);
		// Half a day later there is room for about half of it: of 980.
		set_time(time() + DAY / 2);
		assert_noop!(redeem_now(ALICE, 95 * USD / 10), Error::<Test>::AboveExitLimit);
		assert_ok!(redeem_now(ALICE, 94 * USD / 10));
	});
}

#[test]
fn redeem_now_should_take_no_money_that_others_want() {
	ExtBuilder::default().build_and_execute(|| {
		Values::mutate(|values| values.exit_share = Perbill::from_percent(20));
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(deposit(BOB, 100 * USD));
		assert_ok!(lend(120 * USD));
		assert_ok!(redeem(ALICE, 75 * USD));
		to_reveal(FIRST_WINDOW);
		// 80 idle, 75 wanted. 5.02 shares bring 4.995.
		assert_noop!(redeem_now(BOB, 51 * USD / 10), Error::<Test>::MoreThanIdle);
		assert_ok!(redeem_now(BOB, 502 * USD / 100));
		to_window(FIRST_WINDOW + 1);
		assert_noop!(redeem_now(BOB, USD), Error::<Test>::MoreThanIdle);
		assert_ok!(start());
		assert_ok!(settle(1));
		// The fee has begun to run off.
		assert!((75 * USD..75 * USD + USD / 500).contains(&request(0).claimable));
	});
}

#[test]
fn redeem_now_should_wait_for_a_round_that_has_just_ended() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 1_000 * USD));
		let ended = time();
		LastRound::set(Some(Round { begun: ended, ended }));
		set_time(ended + 7_200);
		assert_ok!(redeem_now(ALICE, USD));
		set_time(ended + 7_201);
		assert_noop!(redeem_now(ALICE, USD), Error::<Test>::RoundTooOld);
		// What a round has seen is as old as its begin.
		LastRound::set(Some(Round { begun: ended, ended: ended + 7_201 }));
		assert_noop!(redeem_now(ALICE, USD), Error::<Test>::RoundTooOld);
	});
}

/// A price that has fallen in this block is not in the provisions yet.
#[test]
fn redeem_now_should_wait_for_the_round_that_a_price_has_asked_for() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 1_000 * USD));
		RoundMarked::set(true);
		assert_noop!(redeem_now(ALICE, USD), Error::<Test>::RoundTooOld);
		RoundMarked::set(false);
		assert_ok!(redeem_now(ALICE, USD));
	});
}

/// Coming and going around a payment: the fee and the buffer leave nothing.
#[test]
fn redeem_now_should_not_pay_who_came_a_moment_before() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 10_000 * USD));
		assert_ok!(deposit(BOB, 1_000 * USD));
		let before = usdai(BOB);
		assert_ok!(deposit(BOB, 200 * USD));
		assert_ok!(redeem_now(BOB, 200 * USD));
		assert_eq!(usdai(BOB), before - USD);
	});
}
