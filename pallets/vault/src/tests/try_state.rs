// SPDX-License-Identifier: Apache-2.0

//! What is wrong in the state is noticed.

use super::mock::*;
use crate::{
	types::{Checkpoint, Lane, TickSet, NO_BID},
	Checkpoints, EscrowedShares, Ledger, LiveRequests, NextRequestId, Operators, Queue,
	QueueChunks, QueueTotals, Requests, Settlement, Windows,
};
use caliber_primitives::{traits::SeniorLender, Balance, USD};
use polkadot_sdk::{
	frame_support::{
		assert_ok,
		traits::{
			fungible::{Mutate, MutateHold},
			tokens::{Fortitude, Precision, Preservation},
		},
	},
	sp_runtime::TryRuntimeError,
};

/// A vault with three requests, one of them served in part, that `corrupt` then changes.
fn noticed(error: &'static str, corrupt: impl FnOnce()) {
	ExtBuilder::default().build().execute_with(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(Vault::lend(&BORROWER, 95 * USD));
		assert_ok!(redeem(ALICE, 10 * USD));
		assert_ok!(redeem(ALICE, 10 * USD));
		to_window(FIRST_WINDOW + 1);
		assert_ok!(start());
		assert_ok!(settle(1));
		assert_ok!(redeem(ALICE, 10 * USD));
		assert_ok!(Vault::do_try_state());
		corrupt();
		assert_eq!(Vault::do_try_state(), Err(TryRuntimeError::Other(error)));
	});
}

fn change(id: u32, change: impl FnOnce(&mut crate::types::Request<AccountId>)) {
	Requests::<Test>::mutate(id, |request| change(request.as_mut().expect("it exists")));
}

fn take(id: impl FnOnce(&mut Balance)) {
	EscrowedShares::<Test>::mutate(id);
}

#[test]
fn try_state_should_notice_a_broken_queue() {
	noticed("the queue has a request that does not exist", || Requests::<Test>::remove(1));
	noticed("a request has the wrong one before it", || change(1, |r| r.previous = Some(2)));
	noticed("a request stands in another lane than its own", || change(1, |r| r.tick = 7));
	noticed("a lane is not in the order of windows", || change(2, |r| r.window = 2));
	noticed("a request without shares is in the queue", || change(1, |r| r.shares = 0));
	noticed("a lane does not end at its tail", || change(1, |r| r.next = None));
	noticed("a lane has a window after the newest", || change(2, |r| r.window = 9));
	noticed("a chunk has other shares than its requests", || change(1, |r| r.shares += 1));
	noticed("a chunk has other shares than its requests", || {
		QueueChunks::<Test>::mutate(0, |chunk| chunk.newest[0] -= 1);
	});
	noticed("an empty lane is kept", || Queue::<Test>::insert(9, Lane::default()));
	noticed("a lane has a tick that nobody may bid", || {
		Queue::<Test>::insert(1_001, Lane::default());
	});
	noticed("a lane has no sums", || QueueChunks::<Test>::remove(0));
	noticed("a chunk without shares is kept", || {
		QueueChunks::<Test>::insert(3, crate::types::Chunk::default());
	});
	noticed("a chunk has ticks that nobody may bid", || {
		QueueChunks::<Test>::insert(16, QueueChunks::<Test>::get(0));
	});
	noticed("the totals of the queue are not those of its requests", || {
		QueueTotals::<Test>::mutate(|totals| totals.chunks.shares[0] += 1);
	});
	for mark in [(0, false), (64, true)] {
		noticed("a tick is marked that has no requests, or has some and is not", || {
			QueueTotals::<Test>::mutate(|totals| totals.lanes.set(mark.0, mark.1));
		});
		noticed("a tick is marked that has no requests, or has some and is not", || {
			QueueTotals::<Test>::mutate(|totals| totals.older.set(mark.0, mark.1));
		});
	}
	noticed("a request is in the queue without shares, or not in it with shares", || {
		Queue::<Test>::remove(NO_BID);
		QueueChunks::<Test>::remove(0);
		QueueTotals::<Test>::kill();
	});
}

#[test]
fn try_state_should_notice_wrong_requests() {
	let windows = |change: fn(&mut crate::types::Schedule)| move || Windows::<Test>::mutate(change);
	noticed("a window has no length", windows(|windows| windows.current.length = 0));
	noticed("windows begin before the first", windows(|windows| windows.current.first = 0));
	noticed("bids are revealed longer than sealed", windows(|w| w.current.reveal = 501));
	noticed(
		"windows do not follow each other",
		windows(|windows| {
			windows.next =
				Some(crate::types::Epoch { since: windows.current.since + 1, ..windows.current })
		}),
	);
	noticed("a price is not in the place of its day", || {
		Checkpoints::<Test>::insert(5, Checkpoint { at: 0, price: 1.into() });
	});
	noticed("an account is its own operator", || Operators::<Test>::insert(BOB, BOB, 0));
	noticed("the deposits for operators are not what their account has on hold", || {
		Operators::<Test>::insert(BOB, ALICE, 1);
	});
	noticed("a request has a number that was not given", || NextRequestId::<Test>::put(2));
	noticed("an account has another number of requests than is counted", || {
		LiveRequests::<Test>::insert(ALICE, 2);
	});
	noticed("accounts without requests are counted, or some with are not", || {
		LiveRequests::<Test>::insert(BOB, 1);
	});
	noticed("the deposits of an account are not what it has on hold", || {
		let reason = crate::HoldReason::RedemptionRequest.into();
		assert_ok!(Balances::release(&reason, &ALICE, 1, Precision::Exact));
	});
}

#[test]
fn try_state_should_notice_wrong_shares() {
	noticed("the shares of the requests are neither in escrow nor burnt", || {
		take(|escrowed| *escrowed -= 1);
	});
	noticed("the vault's account lacks shares", || {
		assert_ok!(Shares::burn_from(
			&vault(),
			1,
			Preservation::Expendable,
			Precision::Exact,
			Fortitude::Polite,
		));
	});
	noticed("a settlement that is complete has not ended", || {
		Settlement::<Test>::put(crate::types::SettlementState {
			window: 9,
			nav: 1,
			supply: 1,
			tick: 0,
			lanes: TickSet::default(),
			queued: 0,
			shares_left: 0,
			served: 0,
			paid: 0,
		});
	});
}

#[test]
fn try_state_should_notice_wrong_assets() {
	noticed("the requests may claim something else than is set aside for them", || {
		Ledger::<Test>::mutate(|ledger| ledger.claimable -= 1);
	});
	noticed("something is set aside without a settlement", || {
		Ledger::<Test>::mutate(|ledger| ledger.reserved = 1);
	});
	noticed("more principal is impaired than is out", || {
		Ledger::<Test>::mutate(|ledger| ledger.impairment = 95 * USD + 1);
	});
	noticed("the vault's account lacks USDai", || {
		Ledger::<Test>::mutate(|ledger| ledger.idle += 1);
	});
}
