// SPDX-License-Identifier: Apache-2.0

use super::mock::*;
use crate::{types::NO_BID, Error, Event, HoldReason, LiveRequests, Queue, Requests};
use caliber_math::LOCKED_FIRST_SHARES as LOCKED;
use caliber_primitives::{vault::RequestReport, Balance, RequestId, WindowIndex, USD};
use polkadot_sdk::{
	frame_support::{
		assert_noop, assert_ok,
		traits::{
			fungible::{InspectHold, Mutate},
			tokens::Preservation,
		},
	},
	sp_runtime::TokenError,
};

fn held(who: AccountId) -> Balance {
	Balances::balance_on_hold(&HoldReason::RedemptionRequest.into(), &who)
}

/// The queue, from its head.
fn queue() -> Vec<RequestId> {
	let mut ids = Vec::new();
	let mut at = Queue::<Test>::get(NO_BID).head;
	while let Some(id) = at {
		ids.push(id);
		at = Requests::<Test>::get(id).expect("it is queued").next;
	}
	ids
}

#[test]
fn request_should_escrow_shares_and_hold_a_deposit() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(redeem(ALICE, 40 * USD));
		assert_eq!(
			last_event(),
			Event::Requested { id: 0, who: ALICE, shares: 40 * USD, window: FIRST_WINDOW }
		);
		assert_eq!(shares(ALICE), 60 * USD - LOCKED);
		assert_eq!(shares(vault()), 40 * USD + LOCKED);
		assert_eq!(held(ALICE), CLBR);
		assert_eq!(
			request(0),
			RequestReport {
				id: 0,
				owner: ALICE,
				shares: 40 * USD,
				window: FIRST_WINDOW,
				claimable: 0,
				tick: 0,
				commitment: None,
				revealed: false,
				bid_window: None,
				least_price: None,
				offered_to: None,
			}
		);
		// Shares in the queue are in issue.
		assert_eq!(Vault::nav().shares, 100 * USD);
		assert_eq!(Vault::request(1), None);
	});
}

#[test]
fn request_should_take_all_shares_of_an_account() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(deposit(BOB, 10 * USD));
		assert_ok!(redeem(BOB, 10 * USD));
		assert_eq!(shares(BOB), 0);
		assert_ok!(cancel(BOB, 0));
		assert_eq!(shares(BOB), 10 * USD);
	});
}

#[test]
fn request_should_refuse_less_than_a_share() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_noop!(redeem(ALICE, USD - 1), Error::<Test>::BelowMinimumRequest);
		assert_ok!(redeem(ALICE, USD));
	});
}

#[test]
fn request_should_take_less_than_a_share_when_it_is_all_that_the_account_has() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(deposit(BOB, USD));
		assert_ok!(redeem(BOB, USD));
		assert_ok!(cancel(BOB, 0));
		// Half of it goes to Charlie, who never had any.
		let transfer = Shares::transfer(&BOB, &CHARLIE, USD / 2, Preservation::Expendable);
		assert_ok!(transfer);
		assert_noop!(redeem(CHARLIE, USD / 2 - 1), Error::<Test>::BelowMinimumRequest);
		assert_noop!(redeem(CHARLIE, USD / 2 + 1), Error::<Test>::BelowMinimumRequest);
		assert_ok!(redeem(CHARLIE, USD / 2));
		assert_eq!(shares(CHARLIE), 0);
		// Nothing is never all.
		assert_noop!(redeem(CHARLIE, 0), Error::<Test>::BelowMinimumRequest);
		to_window(FIRST_WINDOW + 1);
		assert_ok!(start());
		assert_ok!(settle(1));
		assert_ok!(claim(CHARLIE, 1));
		assert_eq!(usdai(CHARLIE), ENDOWMENT + USD / 2);
	});
}

#[test]
fn request_should_refuse_more_than_the_caller_has() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_noop!(redeem(ALICE, 100 * USD), TokenError::FundsUnavailable);
		// No CLBR for the deposit.
		RequestDeposit::set(10_000 * CLBR);
		assert_noop!(redeem(ALICE, USD), TokenError::FundsUnavailable);
	});
}

#[test]
fn request_should_refuse_the_fifty_first_of_an_account() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(deposit(BOB, 100 * USD));
		for _ in 0..50 {
			assert_ok!(redeem(ALICE, USD));
		}
		assert_noop!(redeem(ALICE, USD), Error::<Test>::TooManyRequests);
		assert_ok!(redeem(BOB, USD));
		assert_ok!(cancel(ALICE, 7));
		assert_ok!(redeem(ALICE, USD));
		assert_eq!(LiveRequests::<Test>::get(ALICE), 50);
	});
}

#[test]
fn requests_should_queue_in_the_order_they_come_and_leave_from_anywhere() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		for _ in 0..5 {
			assert_ok!(redeem(ALICE, USD));
		}
		assert_eq!(queue(), [0, 1, 2, 3, 4]);
		// From the middle, the head, the tail.
		for (id, left) in [(2, vec![0, 1, 3, 4]), (0, vec![1, 3, 4]), (4, vec![1, 3])] {
			assert_ok!(cancel(ALICE, id));
			assert_eq!(queue(), left);
			assert_ok!(Vault::do_try_state());
		}
		assert_ok!(redeem(ALICE, 2 * USD));
		assert_eq!(queue(), [1, 3, 5]);
		for id in [5, 1, 3] {
			assert_ok!(cancel(ALICE, id));
		}
		assert_eq!(queue(), [] as [RequestId; 0]);
		assert_eq!(Queue::<Test>::get(NO_BID).tail, None);
	});
}

#[test]
fn cancel_should_return_shares_and_deposit() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(redeem(ALICE, 40 * USD));
		// A change of the deposit does not reach a request that exists.
		RequestDeposit::set(7 * CLBR);
		assert_ok!(cancel(ALICE, 0));
		assert_eq!(
			events()[3..],
			[
				Event::Cancelled { id: 0, who: ALICE, shares: 40 * USD },
				Event::RequestClosed { id: 0 }
			]
		);
		assert_eq!(shares(ALICE), 100 * USD - LOCKED);
		assert_eq!(held(ALICE), 0);
		assert_eq!(Vault::request(0), None);
		assert_eq!(LiveRequests::<Test>::iter().count(), 0);
	});
}

#[test]
fn cancel_should_refuse_strangers_and_unknown_requests() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(redeem(ALICE, 40 * USD));
		assert_noop!(cancel(BOB, 0), Error::<Test>::NotRequestOwner);
		assert_noop!(cancel(ALICE, 1), Error::<Test>::UnknownRequest);
	});
}

#[test]
fn cancel_should_be_possible_until_the_last_part_of_the_window() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(redeem(ALICE, 10 * USD));
		assert_ok!(redeem(ALICE, 10 * USD));
		// Window 3 is [3 500, 4 500), its last part begins at 4 400.
		set_time(4_399);
		assert_ok!(cancel(ALICE, 0));
		for time in [4_400, 4_499] {
			set_time(time);
			assert_noop!(cancel(ALICE, 1), Error::<Test>::CancellingEnded);
		}
		set_time(4_500);
		assert_noop!(cancel(ALICE, 1), Error::<Test>::WindowClosed);
		// One that is made at the boundary belongs to the next.
		assert_ok!(redeem(ALICE, 10 * USD));
		assert_eq!(request(2).window, 4);
		set_time(5_399);
		assert_ok!(cancel(ALICE, 2));
	});
}

#[test]
fn cancel_should_be_possible_again_when_a_settlement_has_left_the_request() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(lend(90 * USD));
		assert_ok!(redeem(ALICE, 8 * USD));
		assert_ok!(redeem(ALICE, 8 * USD));
		assert_ok!(redeem(ALICE, 8 * USD));
		to_window(FIRST_WINDOW + 1);
		assert_ok!(start());
		for id in 0..3 {
			assert_noop!(cancel(ALICE, id), Error::<Test>::WindowClosed);
		}
		assert_ok!(settle(1));
		assert_noop!(cancel(ALICE, 1), Error::<Test>::WindowClosed);
		assert_ok!(settle(10));

		// The first is served, the second in part, the third not at all.
		assert_noop!(cancel(ALICE, 0), Error::<Test>::NotQueued);
		assert_eq!(request(1).window, FIRST_WINDOW + 1);
		assert_ok!(cancel(ALICE, 1));
		assert_eq!(last_event(), Event::Cancelled { id: 1, who: ALICE, shares: 6 * USD });
		assert_eq!(request(1).claimable, 2 * USD);
		assert_eq!(held(ALICE), 3 * CLBR);
		assert_ok!(claim(ALICE, 1));
		assert_eq!(held(ALICE), 2 * CLBR);

		// The third may leave until the window closes in which it queues now.
		to_window(FIRST_WINDOW + 2);
		assert_noop!(cancel(ALICE, 2), Error::<Test>::WindowClosed);
	});
}

#[test]
fn cancel_should_be_possible_for_a_new_request_when_a_settlement_runs() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(redeem(ALICE, 10 * USD));
		to_window(FIRST_WINDOW + 1);
		assert_ok!(redeem(ALICE, 20 * USD));
		assert_ok!(start());
		assert_ok!(redeem(ALICE, 5 * USD));
		assert_ok!(cancel(ALICE, 1));
		assert_ok!(cancel(ALICE, 2));
		assert_ok!(settle(9));
		assert_eq!(request(0).claimable, 10 * USD);
	});
}

#[test]
fn queue_should_remember_windows_when_nobody_settles() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		let mut expected: Vec<(RequestId, WindowIndex)> = Vec::new();
		for step in 0..3 {
			to_window(FIRST_WINDOW + step);
			assert_ok!(redeem(ALICE, 10 * USD));
			expected.push((step, FIRST_WINDOW + step));
		}
		for (id, window) in expected {
			assert_eq!(request(id).window, window);
		}
		// Two windows have closed, the third takes requests.
		assert_ok!(start());
		assert_ok!(settle(9));
		assert_eq!((request(0).claimable, request(1).claimable), (10 * USD, 10 * USD));
		assert_eq!((request(2).claimable, request(2).shares), (0, 10 * USD));
		assert_ok!(cancel(ALICE, 2));
	});
}

#[test]
fn requests_of_should_be_those_of_an_account_by_id() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 1_000 * USD));
		assert_ok!(deposit(BOB, 1_000 * USD));
		for index in 0..20 {
			assert_ok!(redeem(if index % 3 == 0 { BOB } else { ALICE }, 10 * USD));
		}
		assert_ok!(cancel(BOB, 3));
		let ids = |who| Vault::requests_of(who).iter().map(|r| r.id).collect::<Vec<_>>();
		assert_eq!(ids(BOB), [0, 6, 9, 12, 15, 18]);
		assert_eq!(ids(ALICE).len(), 13);
		assert!(ids(CHARLIE).is_empty());
		assert_eq!(Vault::requests_of(BOB)[1], request(6));
	});
}
