// SPDX-License-Identifier: Apache-2.0

//! Sealing and revealing bids. The windows of the tests last 1 000 seconds; window 3 is
//! [3 500, 4 500), and its bids are revealed from 4 400 on.

use super::mock::*;
use crate::{
	types::{TickSet, NO_BID},
	Error, Event, Queue, QueueChunks, QueueTotals, Requests,
};
use caliber_primitives::{RequestId, USD};
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
		assert_noop!(reveal(BOB, 0, 1_000), Error::<Test>::NotRequestOwner);
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

		assert_ok!(reveal(ALICE, 0, 1_000));
		assert_noop!(reveal(ALICE, 0, 1_000), Error::<Test>::AlreadyRevealed);
		// Tick 0 keeps its place.
		assert_ok!(reveal(ALICE, 2, 0));
		assert_eq!(lane(NO_BID), [1, 2, 3]);
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
		// They may still leave.
		assert_ok!(cancel(ALICE, 5));
		assert_eq!(lane(64), [2, 3]);
		assert_ok!(cancel(ALICE, 2));
		assert_ok!(cancel(ALICE, 3));
		assert_eq!(Vault::bids(), [(63, 10 * USD), (0, 20 * USD)]);
		assert!(!QueueChunks::<Test>::contains_key(1));
		assert!(!Queue::<Test>::contains_key(64));
	});
}

#[test]
fn bid_should_stay_with_a_request_that_rolls_over_until_another_is_revealed() {
	ExtBuilder::default().build_and_execute(|| {
		requests(3);
		assert_ok!(lend(1_000 * USD));
		// The last one is sealed and not revealed.
		assert_ok!(commit(ALICE, 2, 900));
		bid(FIRST_WINDOW, &[(ALICE, 0, 300), (ALICE, 1, 300)]);
		to_window(FIRST_WINDOW + 1);
		assert_ok!(start());
		assert_eq!(lane(300), [0, 1]);
		assert_eq!((request(0).window, request(0).tick), (FIRST_WINDOW + 1, 300));

		// A new bid counts when it is revealed, and not before.
		assert_ok!(commit(ALICE, 0, 200));
		assert_eq!((request(0).tick, request(0).revealed), (300, false));
		to_reveal(FIRST_WINDOW + 1);
		assert_eq!(lane(300), [0, 1]);
		assert_noop!(reveal(ALICE, 1, 300), Error::<Test>::AlreadyRevealed);
		assert_ok!(reveal(ALICE, 0, 200));
		assert_eq!((lane(300), lane(200)), (vec![1], vec![0]));
		// What was sealed before may be revealed now.
		assert_ok!(reveal(ALICE, 2, 900));
		assert_eq!(lane(900), [2]);
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
