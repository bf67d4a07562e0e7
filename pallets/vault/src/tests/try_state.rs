// SPDX-License-Identifier: Apache-2.0

//! Each broken invariant is noticed.

use super::mock::*;
use crate::{
	phases::ClearedWindow,
	types::{Bid, Epoch, Lane, TickSet, NO_BID},
	EscrowedShares, History, Ledger, LiveRequests, NextRequestId, Operators, Queue, QueueChunks,
	QueueTotals, RequestOf, Requests, Settlement, Windows,
};
use caliber_primitives::{vault::Day, Balance, USD};
use caliber_testkit::broken;
use polkadot_sdk::frame_support::{
	assert_ok,
	traits::{
		fungible::Mutate,
		tokens::{Fortitude, Precision, Preservation},
		Consideration,
	},
};

/// A vault with three requests, one of them served in part, that `corrupt` then changes.
fn noticed(error: &'static str, corrupt: impl FnOnce()) {
	ExtBuilder::default().build().execute_with(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(lend(95 * USD));
		assert_ok!(redeem(ALICE, 10 * USD));
		assert_ok!(redeem(ALICE, 10 * USD));
		to_window(FIRST_WINDOW + 1);
		assert_ok!(start());
		assert_ok!(settle(1));
		assert_ok!(redeem(ALICE, 10 * USD));
		assert_eq!(broken(Vault::do_try_state, corrupt), error);
	});
}

fn change(id: u32, change: impl FnOnce(&mut RequestOf<Test>)) {
	Requests::<Test>::mutate(id, |request| change(request.as_mut().expect("it exists")));
}

fn take(id: impl FnOnce(&mut Balance)) {
	EscrowedShares::<Test>::mutate(id);
}

#[test]
fn try_state_should_notice_a_broken_queue() {
	noticed("INV-V4: each id of a lane has a request", || Requests::<Test>::remove(1));
	noticed("INV-V4: request.previous = the request before it", || {
		change(1, |r| r.previous = Some(2))
	});
	noticed("INV-V5: tick of a request = tick of its lane", || change(2, |r| r.tick = 7));
	noticed("INV-V5: windows of a lane do not fall", || {
		crate::LastSettled::<Test>::kill();
		change(2, |r| r.window = 2);
	});
	noticed("INV-V30: a request with a least price stands at tick 0 and has no bid", || {
		change(2, |r| {
			r.least_price = Some(1.into());
			r.bid = Some(Bid { commitment: Default::default(), window: 4, revealed: false });
		});
	});
	noticed("INV-V5: shares of a queued request > 0", || change(1, |r| r.shares = 0));
	noticed("INV-V4: lane.tail = the last request", || change(1, |r| r.next = None));
	noticed("INV-V5: window of a request ≤ newest window", || change(2, |r| r.window = 9));
	noticed("INV-V6: chunk = Σ shares of its requests", || change(1, |r| r.shares += 1));
	noticed("INV-V6: chunk = Σ shares of its requests", || {
		QueueChunks::<Test>::mutate(0, |chunk| chunk.newest[0] -= 1);
	});
	noticed("INV-V4: a stored lane has a head", || Queue::<Test>::insert(9, Lane::default()));
	noticed("INV-V5: tick of a lane ≤ 1 000", || {
		Queue::<Test>::insert(1_001, Lane::default());
	});
	noticed("INV-V6: each lane has a chunk", || QueueChunks::<Test>::remove(0));
	noticed("INV-V6: Σ shares of a stored chunk > 0", || {
		QueueChunks::<Test>::insert(3, crate::types::Chunk::default());
	});
	noticed("INV-V6: index of a chunk < 16", || {
		QueueChunks::<Test>::insert(16, QueueChunks::<Test>::get(0));
	});
	noticed("INV-V7: totals = Σ shares of the requests by chunk", || {
		QueueTotals::<Test>::mutate(|totals| totals.chunks.shares[0] += 1);
	});
	for mark in [(0, false), (64, true)] {
		noticed("INV-V7: tick marked ⇔ its lane has requests", || {
			QueueTotals::<Test>::mutate(|totals| totals.lanes.set(mark.0, mark.1));
		});
		noticed("INV-V7: tick marked ⇔ its lane has requests", || {
			QueueTotals::<Test>::mutate(|totals| totals.older.set(mark.0, mark.1));
		});
	}
	noticed("INV-V8: queued ⇔ shares > 0", || {
		Queue::<Test>::remove(NO_BID);
		QueueChunks::<Test>::remove(0);
		QueueTotals::<Test>::kill();
	});
}

#[test]
fn try_state_should_notice_wrong_requests() {
	let windows =
		|change: fn(&mut crate::types::WindowSchedule)| move || Windows::<Test>::mutate(change);
	noticed("INV-V1: window length > 0", windows(|windows| windows.current.length = 0));
	noticed("INV-V1: first window > 0", windows(|windows| windows.current.first = 0));
	noticed("INV-V1: reveal period ≤ window length / 2", windows(|w| w.current.reveal = 501));
	let epoch =
		|current: Epoch| Epoch { since: SINCE + 4 * LENGTH, first: 5, length: 300, ..current };
	noticed("INV-V1: next epoch begins = close of its previous window", || {
		Windows::<Test>::mutate(|windows| {
			let since = SINCE + 4 * LENGTH + 1;
			windows.next = Some(Epoch { since, ..epoch(windows.current) });
		});
	});
	noticed("INV-V1: next epoch knows the reveal period of its previous window", || {
		Windows::<Test>::mutate(|windows| {
			let reveal_before = REVEAL - 1;
			windows.next = Some(Epoch { reveal_before, ..epoch(windows.current) });
		});
	});
	noticed("INV-V2: place of a record = its day mod 400", || {
		History::<Test>::insert(5, Day { day: 406, at: 406 * DAY, ..Default::default() });
	});
	noticed("INV-V2: day of a record = day of its time", || {
		History::<Test>::insert(5, Day { day: 405, at: 406 * DAY, ..Default::default() });
	});
	noticed("INV-V10: owner ≠ operator", || {
		let footprint = crate::Pallet::<Test>::operator_footprint();
		let ticket = <Test as crate::Config>::OperatorConsideration::new(&BOB, footprint);
		Operators::<Test>::insert(BOB, BOB, ticket.expect("BOB has CLBR"));
	});
	noticed("INV-V8: id < next id", || NextRequestId::<Test>::put(2));
	noticed("INV-V9: live requests of an account = number of its requests", || {
		LiveRequests::<Test>::insert(ALICE, 2);
	});
	noticed("INV-V9: live requests of an account = number of its requests", || {
		LiveRequests::<Test>::insert(BOB, 1);
	});
}

#[test]
fn try_state_should_notice_wrong_shares() {
	noticed("INV-V3: Σ queued shares = escrow + burnt shares left to serve", || {
		take(|escrowed| *escrowed -= 1);
	});
	noticed("INV-V12: escrow + locked shares ≤ shares of the vault's account", || {
		assert_ok!(Shares::burn_from(
			&vault(),
			1,
			Preservation::Expendable,
			Precision::Exact,
			Fortitude::Polite,
		));
	});
	let running = |proceeds, cost| crate::types::SettlementState {
		window: 9,
		nav: 1,
		supply: 1,
		tick: 0,
		lanes: TickSet::default(),
		queued: 0,
		waiting: 0,
		proceeds,
		cost,
		shares_left: 0,
		served: 0,
		paid: 0,
	};
	noticed("INV-V11: a running settlement has shares to serve or lanes to join", || {
		Settlement::<Test>::put(running(1, 0));
	});
}

#[test]
fn try_state_should_notice_wrong_phases() {
	noticed("INV-V31: place of a clearing = its window mod 64, tick ≤ 1 000", || {
		let cleared = ClearedWindow { window: 66, tick: 0, excused: false };
		crate::ClearedWindows::<Test>::insert(3, cleared);
	});
	noticed("INV-V32: payouts = positions from the first to before the next", || {
		crate::Payouts::<Test>::insert(9, 0);
	});
	noticed("INV-V32: payouts = positions from the first to before the next", || {
		crate::PayoutPositions::<Test>::mutate(|range| range.next += 1);
	});
}

#[test]
fn try_state_should_notice_wrong_assets() {
	noticed("INV-V13: Σ claimable of the requests = claimable", || {
		Ledger::<Test>::mutate(|ledger| ledger.claimable -= 1);
	});
	noticed("INV-V14: reserved = 0 without a settlement", || {
		Ledger::<Test>::mutate(|ledger| ledger.reserved = 1);
	});
	noticed("INV-V15: impairment ≤ principal out", || {
		Ledger::<Test>::mutate(|ledger| ledger.impairment = 95 * USD + 1);
	});
	noticed("INV-V16: idle + reserved + claimable ≤ USDai of the vault's account", || {
		Ledger::<Test>::mutate(|ledger| ledger.idle += 1);
	});
}

#[test]
fn try_state_should_notice_wrong_notes_of_idle_money() {
	noticed("INV-V40: idle USDai noted = idle", || {
		Ledger::<Test>::mutate(|ledger| ledger.least_idle.idle += 1);
	});
	noticed("INV-V40: least of the last day noted ≤ idle", || {
		Ledger::<Test>::mutate(|ledger| ledger.least_idle.least[0] = ledger.idle + 1);
	});
	noticed("INV-V40: last day noted ≤ this day", || {
		Ledger::<Test>::mutate(|ledger| ledger.least_idle.day += 1_000);
	});
}
