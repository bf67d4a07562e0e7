// SPDX-License-Identifier: Apache-2.0

//! Settlements in which requests bid. Alice has 1 000 shares for 1 000, Bob none.

use super::mock::*;
use crate::{
	types::{Tick, TickSet, NO_BID},
	weights::WeightInfo,
	Event, Ledger, Queue, Settlement,
};
use caliber_primitives::{Balance, RequestId, USD};
use polkadot_sdk::{
	frame_support::{assert_ok, traits::fungible::Mutate, traits::tokens::Preservation},
	sp_runtime::FixedU128,
};

/// Queues a request of ten shares of Alice for each tick, which it bids, and leaves `idle` USDai.
fn queue_with_bids(ticks: &[Tick], idle: Balance) {
	assert_ok!(deposit(ALICE, 1_000 * USD));
	let mut bids = Vec::new();
	for (id, tick) in (0..).zip(ticks) {
		assert_ok!(redeem(ALICE, 10 * USD));
		if *tick != NO_BID {
			bids.push((ALICE, id, *tick));
		}
	}
	assert_ok!(lend(1_000 * USD - idle));
	bid(FIRST_WINDOW, &bids);
	to_window(FIRST_WINDOW + 1);
	System::reset_events();
}

/// Shares that wait and USDai to claim of each request.
fn outcome(count: u32) -> Vec<(Balance, Balance)> {
	(0..count).map(|id| (request(id).shares, request(id).claimable)).collect()
}

fn started() -> (Option<Tick>, Tick, Balance, Balance, Balance) {
	let started = events().into_iter().find_map(|event| match event {
		Event::SettlementStarted { marginal, tick, shares, liquidity, forgone, .. } => {
			Some((marginal, tick, shares, liquidity, forgone))
		}
		_ => None,
	});
	started.expect("a settlement has started")
}

fn order() -> Vec<RequestId> {
	let served = |event| match event {
		Event::Served { id, .. } => Some(id),
		_ => None,
	};
	events().into_iter().filter_map(served).collect()
}

#[test]
fn clearing_should_cost_nothing_when_there_is_enough() {
	ExtBuilder::default().build_and_execute(|| {
		queue_with_bids(&[0, 1_000, 300], 30 * USD);
		assert_ok!(start());
		assert_eq!(started(), (None, 0, 30 * USD, 30 * USD, 0));
		assert_ok!(settle(10));
		// The highest first, all in full.
		assert_eq!(order(), [1, 2, 0]);
		assert_eq!(outcome(3), [(0, 10 * USD), (0, 10 * USD), (0, 10 * USD)]);
	});
}

#[test]
fn clearing_should_serve_the_highest_first_and_the_marginal_tick_in_part() {
	ExtBuilder::default().build_and_execute(|| {
		// 500: 10, 200: 20, 0: 10 shares. At 200 those cost 9.8 + 19.6.
		queue_with_bids(&[200, 0, 500, 200], 147 * USD / 10);
		assert_ok!(start());
		// 14.7 / 0.98 = 15 shares; they are worth 15.
		let forgone = 3 * USD / 10;
		assert_eq!(started(), (Some(200), 200, 15 * USD, 147 * USD / 10, forgone));
		assert_ok!(settle(10));
		assert_eq!(order(), [2, 0]);
		let (full, half) = (98 * USD / 10, 49 * USD / 10);
		assert_eq!(outcome(4), [(5 * USD, half), (10 * USD, 0), (0, full), (10 * USD, 0)]);

		// Served and idle together are all there was.
		let nav = Vault::nav();
		assert_eq!((nav.idle, nav.claimable), (0, 147 * USD / 10));
		// Those left stand at tick 0, behind those that stood there.
		let zero = Queue::<Test>::get(0);
		assert_eq!((Queue::<Test>::get(200).head, zero.head, zero.tail), (None, Some(1), Some(3)));
		// What was forgone is the others', evenly over a window: 985 shares for 985.3 then.
		assert_eq!((nav.shares, nav.for_redemptions), (985 * USD, 985 * USD));
		assert_eq!(nav.redemption_price, FixedU128::from_u32(1));
		set_time(time() + LENGTH / 2);
		assert_eq!(Vault::nav().for_redemptions, 98_515 * USD / 100);
		set_time(time() + LENGTH / 2);
		assert_eq!(Vault::nav().for_redemptions, 9_853 * USD / 10);
	});
}

#[test]
fn clearing_should_clear_below_the_bids_when_they_fit_for_less() {
	ExtBuilder::default().build_and_execute(|| {
		// Twenty at 500 cost 19.2 when each gives up 400.
		queue_with_bids(&[500, 0, 500], 192 * USD / 10);
		assert_ok!(start());
		let expected = (Some(399), 400, 20 * USD, 192 * USD / 10, 8 * USD / 10);
		assert_eq!(started(), expected);
		assert_eq!(Settlement::<Test>::get().map(|settlement| settlement.tick), Some(400));
		assert_ok!(settle(10));
		let paid = 96 * USD / 10;
		assert_eq!(outcome(3), [(0, paid), (10 * USD, 0), (0, paid)]);
	});
}

#[test]
fn clearing_should_serve_nobody_when_nothing_is_idle() {
	ExtBuilder::default().build_and_execute(|| {
		queue_with_bids(&[500, 0], 0);
		assert_ok!(start());
		assert_eq!(started(), (Some(500), 500, 0, 0, 0));
		// The one that bid joins tick 0.
		assert_ok!(settle(1));
		assert_eq!(Settlement::<Test>::get(), None);
		assert_eq!(Vault::bids(), [(0, 20 * USD)]);
		assert_eq!(outcome(2), [(10 * USD, 0), (10 * USD, 0)]);
	});
}

#[test]
fn clearing_should_be_of_all_closed_windows_when_several_have_passed() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 1_000 * USD));
		assert_ok!(redeem(ALICE, 10 * USD));
		bid(FIRST_WINDOW, &[(ALICE, 0, 100)]);
		to_window(FIRST_WINDOW + 1);
		assert_ok!(redeem(ALICE, 10 * USD));
		assert_ok!(lend(985 * USD));
		assert_ok!(commit(ALICE, 1, 400));
		to_window(FIRST_WINDOW + 2);
		assert_ok!(start());
		assert_ok!(settle(10));
		// 10 at 100 fit into 15; the other could not be revealed, and takes the rest at no cost.
		assert_eq!((request(0).claimable, request(1).claimable), (10 * USD, 5 * USD));
	});
}

#[test]
fn clearing_should_give_the_same_whatever_the_number_of_steps() {
	let outcome_of = |steps: &[u32]| {
		let mut result = Vec::new();
		ExtBuilder::default().build_and_execute(|| {
			queue_with_bids(&[5, 1_000, 5, 64, 63, 5, 0, 127, 999], 53 * USD + 7);
			assert_ok!(start());
			for step in steps {
				assert_ok!(settle(*step));
				assert_ok!(Vault::do_try_state());
			}
			assert_eq!(Settlement::<Test>::get(), None);
			result = outcome(9);
		});
		result
	};
	let at_once = outcome_of(&[100]);
	// Six are served, and what is left at tick 5 joins tick 0.
	assert_eq!(outcome_of(&[1; 7]), at_once);
	assert_eq!(outcome_of(&[2, 3, 4]), at_once);
}

#[test]
fn clearing_should_return_what_rounding_leaves_to_idle() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 3 * USD));
		assert_ok!(redeem(ALICE, USD + 1));
		assert_ok!(redeem(ALICE, USD + 1));
		// 3 shares for 3.3; 1 of them lent.
		assert_ok!(receive(0, USD / 3));
		bid(FIRST_WINDOW, &[(ALICE, 0, 7), (ALICE, 1, 7)]);
		to_window(FIRST_WINDOW + 1);
		let before = Ledger::<Test>::get();
		assert_ok!(start());
		assert_ok!(settle(2));
		let after = Ledger::<Test>::get();
		assert_eq!((after.reserved, after.idle + after.claimable), (0, before.idle));
	});
}

/// 10 000 requests of 200 accounts, one in ten with a bid.
fn full_window() {
	const ACCOUNTS: u64 = 200;
	const EACH: u32 = 50;
	assert_ok!(deposit(ALICE, 11_000 * USD));
	let first = 1_000;
	let accounts: Vec<AccountId> = (first..first + ACCOUNTS).collect();
	for who in &accounts {
		assert_ok!(Balances::mint_into(who, 100 * CLBR));
		let transfer = Shares::transfer(&ALICE, who, 50 * USD, Preservation::Expendable);
		assert_ok!(transfer);
	}
	let mut bids = Vec::new();
	let mut id: RequestId = 0;
	for _ in 0..EACH {
		for who in &accounts {
			assert_ok!(redeem(*who, USD));
			if id.is_multiple_of(10) {
				bids.push((*who, id, u16::try_from(id % 1_001).expect("it is less")));
			}
			id += 1;
		}
	}
	assert_eq!(id, 10_000);
	// A little more than what is asked for.
	assert_ok!(lend(900 * USD));
	bid(FIRST_WINDOW, &bids);
	to_window(FIRST_WINDOW + 1);
}

#[test]
fn clearing_should_settle_ten_thousand_requests_in_bounded_steps() {
	ExtBuilder::default().build_and_execute(|| {
		full_window();
		System::reset_events();
		let queued = Vault::window().queued_shares;
		assert_ok!(start());
		let (mut steps, mut largest) = (0, Default::default());
		while Settlement::<Test>::exists() {
			System::reset_events();
			let post = Vault::settle(RuntimeOrigin::signed(CHARLIE), 100).expect("it goes on");
			let weight = post.actual_weight.expect("it is known");
			largest = weight.max(largest);
			steps += 1;
		}
		println!("10 000 requests: {steps} steps of 100, the largest weighs {largest:?}");
		assert_eq!((queued, steps), (10_000 * USD, 100));
		assert_eq!(largest, <() as WeightInfo>::settle(100));
		// Far below half a block: one second, and a quarter of 10 MiB of proof.
		assert!(largest.ref_time() < 100_000_000_000 && largest.proof_size() < 2_621_440);
		let ledger = Ledger::<Test>::get();
		assert_eq!((ledger.claimable, ledger.idle), (10_000 * USD, 100 * USD));
		assert_eq!(Vault::nav().shares, 1_000 * USD);
	});
}

#[test]
fn tick_of_a_lane_should_be_marked_as_long_as_somebody_stands_in_it() {
	ExtBuilder::default().build_and_execute(|| {
		queue_with_bids(&[300, 0], 10 * USD);
		let marked = |tick: Tick| {
			let totals = crate::QueueTotals::<Test>::get();
			(totals.lanes.contains(tick), totals.older.contains(tick))
		};
		// Both are of the newest window until somebody joins in the next.
		assert_eq!((marked(300), marked(0)), ((true, false), (true, false)));
		assert_ok!(redeem(ALICE, 10 * USD));
		assert_eq!((marked(300), marked(0)), ((true, true), (true, true)));
		assert_ok!(start());
		assert_ok!(settle(10));
		assert_eq!((marked(300), marked(0)), ((false, false), (true, true)));
		assert_ok!(cancel(ALICE, 1));
		assert_eq!(marked(0), (true, false));
		assert_ok!(cancel(ALICE, 2));
		assert_eq!(crate::QueueTotals::<Test>::get().lanes, TickSet::default());
	});
}
