// SPDX-License-Identifier: Apache-2.0

//! Work of idle blocks.

use super::mock::*;
use crate::{
	types::IdleWork, weights::WeightInfo, Error, Event, History, LastSettled, Requests, Settlement,
};
use caliber_primitives::{traits::Round, USD, USDAI};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, traits::Hooks, weights::Weight},
	sp_runtime::TokenError,
};

type W = ();

fn idle_block(weight: Weight) -> Weight {
	<Vault as Hooks<u64>>::on_idle(1, weight)
}

#[test]
fn idle_block_should_do_nothing_without_weight() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(redeem(ALICE, 50 * USD));
		to_window(FIRST_WINDOW + 1);
		assert_eq!(idle_block(Weight::zero()), Weight::zero());
		let short = W::idle_probe() - Weight::from_parts(1, 0);
		assert_eq!(idle_block(short), Weight::zero());
		assert_eq!(Settlement::<Test>::get(), None);
		// There is room for the probe alone.
		assert_eq!(idle_block(W::idle_probe()), W::idle_probe());
		assert_eq!(Settlement::<Test>::get(), None);
		assert_eq!(History::<Test>::iter().count(), 0);
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
		let begin = W::idle_probe() + W::note_reference() + W::start_settlement();
		assert_eq!(idle_block(begin), begin);
		assert!(Settlement::<Test>::exists());
		assert_eq!(served(), 0);

		let two = W::idle_probe() + W::settle(2);
		assert_eq!(idle_block(two), two);
		assert_eq!(served(), 2);
		assert_ok!(Vault::do_try_state());
		// What is not needed for the three that are left is for others.
		let limit = W::idle_probe() + W::settle(3) + W::pay_out() + W::pay_out();
		assert_eq!(idle_block(limit), limit);
		// Two are paid already, with their deposits.
		assert_eq!((served(), usdai(ALICE)), (3, ENDOWMENT - 80 * USD));
		assert_eq!(idle_block(Weight::MAX / 2), W::idle_probe() + W::pay_out() * 3);
		assert_eq!((Requests::<Test>::iter().count(), usdai(ALICE)), (0, ENDOWMENT - 50 * USD));
		assert_eq!(LastSettled::<Test>::get(), Some(FIRST_WINDOW));
		assert_eq!(idle_block(Weight::MAX / 2), W::idle_probe());
	});
}

#[test]
fn idle_block_should_leave_a_claim_to_who_cannot_receive() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(deposit(BOB, 100 * USD));
		assert_ok!(redeem(ALICE, 40 * USD));
		assert_ok!(redeem(BOB, 40 * USD));
		let issuer = RuntimeOrigin::signed(TREASURY);
		assert_ok!(Assets::block(issuer.clone(), USDAI, ALICE));
		to_window(FIRST_WINDOW + 1);
		System::reset_events();
		idle_block(Weight::MAX / 2);
		// Nothing stops the others.
		assert_eq!((usdai(ALICE), usdai(BOB)), (ENDOWMENT - 100 * USD, ENDOWMENT - 60 * USD));
		let reason = TokenError::Blocked.into();
		assert!(events().contains(&Event::PayoutKept { id: 0, reason }));
		assert_ok!(Assets::thaw(issuer, USDAI, ALICE));
		idle_block(Weight::MAX / 2);
		assert_eq!(request(0).claimable, 40 * USD);
		assert_ok!(claim(ALICE, 0));
		assert_eq!(usdai(ALICE), ENDOWMENT - 60 * USD);
	});
}

#[test]
fn idle_block_should_ask_for_a_round_that_a_settlement_waits_for() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(redeem(ALICE, 50 * USD));
		to_window(FIRST_WINDOW + 1);
		LastRound::set(Some(Round { begun: 4_499, ended: 4_500 }));
		idle_block(Weight::MAX / 2);
		assert_eq!((AskedRounds::get(), Settlement::<Test>::get()), (vec![4_500], None));
		LastRound::set(Some(Round { begun: 4_500, ended: 4_500 }));
		idle_block(Weight::MAX / 2);
		assert_eq!((AskedRounds::get().len(), usdai(ALICE)), (1, ENDOWMENT - 50 * USD));
	});
}

#[test]
fn idle_block_should_change_nothing_when_a_settlement_cannot_start() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(redeem(ALICE, 50 * USD));
		to_window(FIRST_WINDOW + 1);
		// A value that overflows.
		BillsValue::set(u128::MAX);
		assert_noop!(start(), Error::<Test>::Overflow);
		System::reset_events();
		idle_block(Weight::MAX / 2);
		assert_eq!((Settlement::<Test>::get(), LastSettled::<Test>::get()), (None, None));
		let failed = |work| Event::IdleWorkFailed { work, reason: Error::<Test>::Overflow.into() };
		let work = [IdleWork::DayRecord, IdleWork::StartSettlement];
		assert_eq!(events(), work.map(failed));
		// It is tried again.
		BillsValue::set(0);
		idle_block(Weight::MAX / 2);
		assert_eq!(LastSettled::<Test>::get(), Some(FIRST_WINDOW));
	});
}

#[test]
fn idle_block_should_write_one_record_a_day() {
	ExtBuilder::default().build_and_execute(|| {
		// No shares, no record.
		idle_block(Weight::MAX);
		assert_eq!(History::<Test>::iter().count(), 0);
		assert_ok!(deposit(ALICE, 100 * USD));
		let both = W::idle_probe() + W::day_record();
		assert_eq!(idle_block(both), both);
		assert_eq!(History::<Test>::get(0).map(|day| day.at), Some(3_500));
		set_time(86_399);
		assert_eq!(idle_block(both), W::idle_probe());
		set_time(86_400);
		assert_eq!(idle_block(both), both);
		assert_eq!(History::<Test>::iter().count(), 2);
		// A deposit does it where no block had room.
		set_time(3 * 86_400 + 5);
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_eq!(History::<Test>::get(3).map(|day| day.at), Some(3 * 86_400 + 5));
		// After 400 days the places are used again.
		set_time(400 * 86_400);
		idle_block(both);
		assert_eq!(History::<Test>::get(0).map(|day| day.at), Some(400 * 86_400));
		assert_eq!(History::<Test>::iter().count(), 3);
	});
}
