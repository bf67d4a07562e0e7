// SPDX-License-Identifier: Apache-2.0

//! Sealing and revealing bids. The windows of the tests last 1 000 seconds; window 3 is
//! [3 500, 4 500), and its bids are revealed from 4 400 on.

use super::mock::*;
use crate::{
	types::{TickSet, NO_BID},
	Error, Event, Queue, QueueChunks, QueueTotals, Requests,
};
use caliber_primitives::{Balance, RequestId, USD};
use codec::Encode;
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok},
	sp_core::H256,
	sp_io::hashing::blake2_256,
};

/// Alice has requests of ten shares each.
fn requests(count: u32) {
	assert_ok!(deposit(ALICE, 1_000 * USD));
	for _ in 0..count {
		assert_ok!(redeem(ALICE, 10 * USD));
	}
}

/// The requests of a lane, from its head.
fn lane(tick: u16) -> Vec<RequestId> {
	let mut ids = Vec::new();
	let mut at = Queue::<Test>::get(tick).head;
	while let Some(id) = at {
		ids.push(id);
		at = Requests::<Test>::get(id).expect("it is queued").next;
	}
	ids
}

#[test]
fn commit_should_seal_a_bid_until_the_last_part_of_the_window() {
	ExtBuilder::default().build_and_execute(|| {
		requests(1);
		let seal = H256(blake2_256(&(0_u32, 70_u16, [0_u8; 32]).encode()));
		assert_ok!(commit(ALICE, 0, 70));
		assert_eq!(
			last_event(),
			Event::BidCommitted { id: 0, commitment: seal, window: FIRST_WINDOW }
		);
		let report = request(0);
		assert_eq!((report.tick, report.commitment, report.revealed), (0, Some(seal), false));

		assert_eq!(Vault::window().reveal_from, 4_400);
		set_time(4_399);
		assert_ok!(commit(ALICE, 0, 80));
		for time in [4_400, 4_499] {
			set_time(time);
			assert_noop!(commit(ALICE, 0, 90), Error::<Test>::BiddingClosed);
		}
		// The last one counts.
		assert_noop!(reveal(ALICE, 0, 70), Error::<Test>::CommitmentMismatch);
		assert_ok!(reveal(ALICE, 0, 80));
	});
}

#[test]
fn commit_should_refuse_what_cannot_be_bid_for() {
	ExtBuilder::default().build_and_execute(|| {
		requests(2);
		assert_noop!(commit(BOB, 0, 5), Error::<Test>::NotRequestOwner);
		assert_noop!(commit(ALICE, 2, 5), Error::<Test>::UnknownRequest);
		to_window(FIRST_WINDOW + 1);
		assert_noop!(commit(ALICE, 0, 5), Error::<Test>::WindowClosed);
		assert_ok!(start());
		assert_noop!(commit(ALICE, 0, 5), Error::<Test>::WindowClosed);
		assert_ok!(settle(2));
		assert_noop!(commit(ALICE, 0, 5), Error::<Test>::NotQueued);
		assert_noop!(reveal(ALICE, 0, 5), Error::<Test>::NotQueued);
	});
}

#[test]
fn reveal_should_be_possible_in_the_last_part_of_the_window_only() {
	ExtBuilder::default().build_and_execute(|| {
		requests(3);
		for id in 0..3 {
			assert_ok!(commit(ALICE, id, 500));
		}
		set_time(4_399);
		assert_noop!(reveal(ALICE, 0, 500), Error::<Test>::RevealNotOpen);
		set_time(4_400);
		assert_ok!(reveal(ALICE, 0, 500));
		assert_eq!(last_event(), Event::BidRevealed { id: 0, tick: 500, window: FIRST_WINDOW });
		set_time(4_499);
		assert_ok!(reveal(ALICE, 1, 500));
		set_time(4_500);
		assert_noop!(reveal(ALICE, 2, 500), Error::<Test>::WindowClosed);

		// Not revealed, it is as if it had not been sealed.
		assert_eq!((lane(500), lane(NO_BID)), (vec![0, 1], vec![2]));
		assert_eq!(Vault::bids(), [(500, 20 * USD), (0, 10 * USD)]);
	});
}

#[test]
fn reveal_should_refuse_what_was_not_sealed() {
	ExtBuilder::default().build_and_execute(|| {
		requests(4);
		assert_ok!(commit(ALICE, 0, 1_000));
		assert_ok!(commit(ALICE, 1, 1_001));
		assert_ok!(commit(ALICE, 2, 0));
		to_reveal(FIRST_WINDOW);
		assert_noop!(reveal(ALICE, 9, 1_000), Error::<Test>::UnknownRequest);
		assert_noop!(reveal(ALICE, 3, 0), Error::<Test>::NoCommitment);
		assert_noop!(reveal(ALICE, 1, 1_001), Error::<Test>::TickOutOfRange);
		// Another tick, another salt, another request's.
		assert_noop!(reveal(ALICE, 0, 999), Error::<Test>::CommitmentMismatch);
		let alice = RuntimeOrigin::signed(ALICE);
		assert_noop!(
			Vault::reveal_bid(alice.clone(), 0, 1_000, salt(1)),
			Error::<Test>::CommitmentMismatch
		);
		assert_noop!(
			Vault::reveal_bid(alice, 1, 1_000, salt(0)),
			Error::<Test>::CommitmentMismatch
		);

		// Whoever knows the salt may reveal.
		assert_ok!(reveal(BOB, 0, 1_000));
		assert_noop!(reveal(ALICE, 0, 1_000), Error::<Test>::AlreadyRevealed);
		// Tick 0 keeps its place, behind the one that was not bid for.
		assert_ok!(reveal(ALICE, 2, 0));
		assert_eq!(lane(NO_BID), [3, 1, 2]);
		assert_eq!((request(2).tick, request(2).revealed), (0, true));
	});
}

#[test]
fn reveal_should_move_a_request_to_the_end_of_the_lane_of_its_tick() {
	ExtBuilder::default().build_and_execute(|| {
		requests(6);
		// From the middle, the head and the tail; 63 and 64 are in two chunks.
		bid(FIRST_WINDOW, &[(ALICE, 2, 64), (ALICE, 0, 63), (ALICE, 5, 64), (ALICE, 3, 64)]);
		assert_eq!(lane(NO_BID), [1, 4]);
		assert_eq!(lane(63), [0]);
		assert_eq!(lane(64), [2, 5, 3]);
		assert_eq!(QueueChunks::<Test>::get(0).shares[63], 10 * USD);
		assert_eq!(QueueChunks::<Test>::get(1).shares[0], 30 * USD);
		assert_eq!(QueueTotals::<Test>::get().chunks.shares[..3], [30 * USD, 30 * USD, 0]);
		assert_eq!(QueueTotals::<Test>::get().lanes.highest(), Some(64));
		// They may not leave any more.
		assert_noop!(cancel(ALICE, 5), Error::<Test>::CancellingEnded);
		assert_eq!(Vault::bids(), [(64, 30 * USD), (63, 10 * USD), (0, 20 * USD)]);
	});
}

#[test]
fn commit_should_move_a_request_to_the_end_and_bind_it() {
	ExtBuilder::default().build_and_execute(|| {
		requests(3);
		assert_ok!(commit(ALICE, 0, 50));
		assert_eq!(lane(NO_BID), [1, 2, 0]);
		assert_noop!(cancel(ALICE, 0), Error::<Test>::BidBinds);
		assert_ok!(cancel(ALICE, 1));
		// Sealing again does not help.
		assert_ok!(commit(ALICE, 2, 50));
		assert_eq!(lane(NO_BID), [0, 2]);
		assert_noop!(cancel(ALICE, 2), Error::<Test>::BidBinds);
	});
}

#[test]
fn bid_should_count_in_its_window_alone() {
	ExtBuilder::default().build_and_execute(|| {
		requests(5);
		assert_ok!(lend(1_000 * USD));
		bid(FIRST_WINDOW, &[(ALICE, 3, 300), (ALICE, 0, 300), (ALICE, 2, 900)]);
		to_window(FIRST_WINDOW + 1);
		// One that comes before the end of the settlement.
		assert_ok!(redeem(ALICE, 10 * USD));
		assert_ok!(start());
		assert_eq!((lane(300), lane(900)), (vec![3, 0], vec![2]));
		// What is left at each tick joins tick 0, the highest first.
		assert_ok!(settle(1));
		assert_ok!(Vault::do_try_state());
		assert_eq!((lane(300), lane(NO_BID)), (vec![3, 0], vec![1, 4, 5, 2]));
		assert_ok!(settle(1));
		assert_noop!(settle(1), Error::<Test>::NoSettlement);
		assert_eq!(lane(NO_BID), [1, 4, 5, 2, 3, 0]);
		assert_eq!(Vault::bids(), [(0, 60 * USD)]);
		assert_eq!((request(0).window, request(0).tick), (FIRST_WINDOW + 1, 0));
		// They can be bid for again, and leave.
		assert_ok!(commit(ALICE, 2, 10));
		assert_ok!(cancel(ALICE, 3));
		assert_eq!(lane(NO_BID), [1, 4, 5, 0, 2]);
		to_reveal(FIRST_WINDOW + 1);
		assert_noop!(reveal(ALICE, 0, 300), Error::<Test>::NoCommitment);
		assert_ok!(reveal(ALICE, 2, 10));
		assert_eq!((lane(10), lane(NO_BID)), (vec![2], vec![1, 4, 5, 0]));
	});
}

/// Figures in thousands of those of the case: victims of 9 million sealed at 500, others of 20 million
/// at 0, ten bids of 2 million each of which one is revealed, 10 million idle.
#[test]
fn ladder_of_sealed_bids_should_cost_more_than_it_gains() {
	ExtBuilder::default().build_and_execute(|| {
		const K: Balance = 1_000 * USD;
		for (who, assets) in [(ALICE, 30 * K), (BOB, 9 * K), (CHARLIE, 61 * K)] {
			assert_ok!(deposit(who, assets));
		}
		assert_ok!(lend(90 * K));
		// The others come first, then the victim, then the ladder.
		assert_ok!(redeem(CHARLIE, 20 * K));
		assert_ok!(redeem(BOB, 9 * K));
		assert_ok!(commit(BOB, 1, 500));
		let rungs: Vec<u16> = vec![50, 100, 150, 200, 250, 300, 350, 400, 450, 499];
		for (id, tick) in (2..).zip(&rungs) {
			assert_ok!(redeem(ALICE, 2 * K));
			assert_ok!(commit(ALICE, id, *tick));
		}
		to_reveal(FIRST_WINDOW);
		assert_ok!(reveal(BOB, 1, 500));
		assert_ok!(reveal(ALICE, 11, 499));
		to_window(FIRST_WINDOW + 1);
		assert_ok!(start());
		assert_ok!(settle(100));
		// The victim pays 499 of 10 000, which is 449.1.
		assert_eq!(request(1).claimable, 9 * K - 4_491 * USD / 10);
		// Alice is served 1 525 shares, for 1 449 USDai.
		let served = 2 * K - request(11).shares;
		assert_eq!((served / USD, request(11).claimable / USD), (1_525, 1_449));
		// The nine others leave 499 of 10 000 of 18 000, when they are cancelled.
		for id in 2..11 {
			assert_ok!(cancel(ALICE, id));
			assert_ok!(Vault::do_try_state());
		}
		assert_ok!(claim(ALICE, 11));
		assert_ok!(cancel(ALICE, 11));
		let lost = 18 * K * 499 / 10_000;
		assert_eq!(lost, 8_982 * USD / 10);
		assert_eq!(shares(ALICE) + 1_000_000, 30 * K - served - lost);
		// What others lose is everybody's when the buffer has run off.
		set_time(time() + LENGTH);
		assert_ok!(receive(90 * K, 0));
		let has =
			Vault::preview_redeem(shares(ALICE)).unwrap() + (usdai(ALICE) + 30 * K - ENDOWMENT);
		let gain = has as i128 - (30 * K) as i128;
		assert!(gain < -(400 * USD as i128), "the ladder gains {gain}");
	});
}

/// The share of an unrevealed bid that is left to the others.
#[test]
fn unrevealed_bid_should_cost_the_least_share_when_the_window_clears_at_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		requests(3);
		// There is enough for one, and none is revealed.
		assert_ok!(lend(990 * USD));
		for id in 0..3 {
			assert_ok!(commit(ALICE, id, 100));
		}
		to_window(FIRST_WINDOW + 1);
		assert_ok!(start());
		System::reset_events();
		assert_ok!(settle(1));
		// Its turn: 0.5 % of ten.
		let left = USD / 20;
		assert_eq!(request(0).claimable, 10 * USD - left);
		assert_eq!(events()[0], Event::Forfeited { id: 0, shares: 0, worth: left });
		let nav = Vault::nav();
		assert_eq!((nav.idle, nav.for_redemptions, nav.shares), (left, 990 * USD, 990 * USD));
		// Cancelling, and bidding again.
		System::reset_events();
		assert_ok!(cancel(ALICE, 1));
		assert_eq!(events()[0], Event::Forfeited { id: 1, shares: left, worth: left });
		assert_eq!(shares(ALICE), 970 * USD - 1_000_000 + 10 * USD - left);
		assert_ok!(commit(ALICE, 2, 100));
		assert_eq!(request(2).shares, 10 * USD - left);
		assert_eq!(Vault::nav().shares, 990 * USD - 2 * left);
		// It is once.
		assert_ok!(commit(ALICE, 2, 100));
		assert_eq!(request(2).shares, 10 * USD - left);
		// The worth is the others' after the length of a window.
		assert_eq!(Vault::nav().for_redemptions, 990 * USD - 2 * left);
		set_time(time() + LENGTH);
		assert_eq!(Vault::nav().for_redemptions, 990 * USD + left);
	});
}

#[test]
fn unrevealed_bid_should_cost_nothing_when_an_outage_fell_into_the_last_part() {
	ExtBuilder::default().build_and_execute(|| {
		requests(2);
		assert_ok!(lend(1_000 * USD));
		assert_ok!(commit(ALICE, 0, 100));
		set_time(4_450);
		Outages::note(4_450, 4_460);
		set_time(4_510);
		assert_ok!(start());
		assert_ok!(cancel(ALICE, 0));
		assert_eq!(shares(ALICE), 990 * USD - 1_000_000);
	});
}

#[test]
fn bid_should_wait_for_the_settlement_of_the_window_before() {
	ExtBuilder::default().build_and_execute(|| {
		requests(2);
		assert_ok!(lend(990 * USD));
		bid(FIRST_WINDOW, &[(ALICE, 0, 300)]);
		to_window(FIRST_WINDOW + 1);
		assert_ok!(redeem(ALICE, 10 * USD));
		assert_ok!(commit(ALICE, 2, 900));
		// Nobody settles until bids are revealed.
		to_reveal(FIRST_WINDOW + 1);
		assert_noop!(reveal(ALICE, 2, 900), Error::<Test>::SettlementDue);
		assert_ok!(start());
		assert_noop!(reveal(ALICE, 2, 900), Error::<Test>::SettlementRunning);
		assert_ok!(settle(9));
		assert_ok!(reveal(ALICE, 2, 900));
		assert_eq!((request(0).shares, request(2).tick), (0, 900));
		// Had it not been, that would cost nothing.
		assert_eq!(crate::ExcusedWindow::<Test>::get(), Some(FIRST_WINDOW + 1));
	});
}

#[test]
fn bid_should_not_be_possible_when_the_request_is_made_in_the_last_part() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		to_reveal(FIRST_WINDOW);
		assert_ok!(redeem(ALICE, 10 * USD));
		assert_noop!(commit(ALICE, 0, 5), Error::<Test>::BiddingClosed);
		assert_noop!(reveal(ALICE, 0, 5), Error::<Test>::NoCommitment);
	});
}

#[test]
fn tick_set_should_find_its_highest_whatever_is_in_it() {
	let mut set = TickSet::default();
	assert_eq!(set.highest(), None);
	for tick in [0, 63, 64, 500, 1_000] {
		set.set(tick, true);
		assert!(set.contains(tick));
		assert_eq!(set.highest(), Some(tick));
	}
	assert!(!set.contains(1) && !set.contains(65) && !set.contains(5_000));
	set.keep_from(64);
	assert!(!set.contains(63) && set.contains(64));
	set.keep_from(65);
	assert!(!set.contains(64) && set.contains(500));
	for left in [Some(500), None] {
		set.set(set.highest().expect("one is left"), false);
		assert_eq!(set.highest(), left);
	}
	set.keep_from(0);
	assert_eq!(set, TickSet::default());
}
