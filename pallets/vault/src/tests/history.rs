// SPDX-License-Identifier: Apache-2.0

//! Records of the days.

use super::mock::*;
use crate::{History, HISTORY_DAYS};
use caliber_primitives::{
	credit::{LineState, RoundBook},
	traits::{Accrual, SeniorLender},
	vault::Day,
	Balance, Seconds, USD,
};
use polkadot_sdk::{
	frame_support::{assert_ok, traits::Hooks, weights::Weight},
	sp_runtime::{BoundedVec, FixedU128},
};

/// To a time, with a block that has room.
fn block_at(time: Seconds) {
	set_time(time);
	<Vault as Hooks<u64>>::on_idle(1, Weight::MAX / 2);
}

/// Days of the records that the API returns.
fn days(from_day: u32, limit: u32) -> Vec<u32> {
	Vault::history(from_day, limit).into_iter().map(|record| record.day).collect()
}

#[test]
fn record_should_hold_the_figures_of_its_moment() {
	ExtBuilder::default().build_and_execute(|| {
		set_time(100 * DAY);
		assert_ok!(deposit(ALICE, 200 * USD));
		assert_ok!(invest(30 * USD));
		BillsYield::set(Some(FixedU128::from_rational(4, 100)));
		let round = RoundBook {
			begun: 101 * DAY - 60,
			ended: 101 * DAY - 7,
			by_state: BoundedVec::truncate_from(vec![(LineState::Open, 1, 41 * USD)]),
			base: 82 * USD,
			debt: 41 * USD,
			coverage: Some(FixedU128::from_u32(2)),
			..RoundBook::default()
		};
		LastBook::set(Some(round.clone()));
		let accrual = Accrual { per_second: USD, since: 101 * DAY, paid: 0, earned: 0 };
		assert_ok!(lend(60 * USD));
		assert_ok!(write_off(10 * USD, 0));
		// It is earned within the window.
		assert_ok!(Vault::recover(&BORROWER, 10 * USD));
		assert_ok!(Vault::provision(0, 5 * USD));
		// A request served, whose 20 wait to be claimed, and one that waits.
		assert_ok!(redeem(ALICE, 20 * USD));
		set_time(100 * DAY + LENGTH);
		assert_ok!(Vault::provision(5 * USD, 0));
		assert_ok!(start());
		assert_ok!(settle(1));
		assert_ok!(write_off(9 * USD, 0));
		assert_ok!(Vault::provision(0, 18 * USD));
		assert_ok!(redeem(ALICE, 7 * USD));
		set_time(101 * DAY);
		assert_ok!(replace(None, Some(accrual)));

		block_at(101 * DAY + 10);
		// 171 without accrual and 9 of it net of the fee, for 180 shares.
		let record = Day {
			day: 101,
			at: 101 * DAY + 10,
			deposit_price: FixedU128::from_u32(1),
			redemption_price: FixedU128::from_rational(153, 180),
			idle: 100 * USD,
			treasury_bills: 30 * USD,
			principal_out: 41 * USD,
			accrued_interest: 9 * 10_i128.pow(18),
			suspended: 0,
			locked: 0,
			bill_fee: 0,
			impairment: 18 * USD,
			bad_debt: 9 * USD,
			shares: 180 * USD,
			queued_shares: 7 * USD,
			claimable: 20 * USD,
			usdai_supply: 5 * ENDOWMENT,
			reserves: BoundedVec::truncate_from(vec![(7, 3 * ENDOWMENT)]),
			bills_apr: Some(FixedU128::from_rational(4, 100)),
			// A dollar a second and 4 % of 30, less a tenth, for 180.
			forward_apr: Some(FixedU128::from_rational((31_536_000 * 10 + 12) * 9, 180 * 100)),
			round: Some(round),
		};
		assert_eq!(Vault::history(101, 1), [record]);
	});
}

#[test]
fn record_should_count_interest_below_zero_when_it_was_paid_ahead() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		let accrual = Accrual { per_second: 1, since: 100 * DAY + 11, paid: 0, earned: 0 };
		assert_ok!(replace(None, Some(accrual)));
		block_at(100 * DAY);
		// 9 of 10 of 11 units, rounded down.
		assert_eq!(Vault::history(100, 1)[0].accrued_interest, -10);
		assert_eq!(Vault::nav().accrued_interest, 0);
	});
}

#[test]
fn history_should_begin_at_the_day_asked_for_and_leave_out_days_without_a_record() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		for day in [100, 101, 103, 104] {
			block_at(day * DAY + 7);
		}
		assert_eq!(days(0, 400), [100, 101, 103, 104]);
		assert_eq!(days(101, 400), [101, 103, 104]);
		assert_eq!(days(102, 1), [103]);
		assert_eq!(days(0, 2), [100, 101]);
		assert_eq!(days(104, u32::MAX), [104]);
		assert_eq!((days(105, 9), days(u32::MAX, 9), days(0, 0)), (vec![], vec![], vec![]));
	});
}

#[test]
fn history_should_wrap_after_400_days() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		let idle_of = |day| Vault::history(day, 1).first().map(|record| (record.day, record.idle));
		let (first, days_kept) = (20_000, u32::from(HISTORY_DAYS));
		for day in first..first + days_kept {
			block_at(Seconds::from(day) * DAY);
			assert_ok!(receive(0, 10));
		}
		assert_eq!(History::<Test>::iter().count(), 400);
		assert_eq!(days(0, u32::MAX), (first..first + 400).collect::<Vec<_>>());
		assert_eq!(idle_of(first), Some((first, 100 * USD)));
		assert_eq!(idle_of(first + 399), Some((first + 399, 100 * USD + 399 * 9)));

		// A day later the first is over, before another record has its place.
		set_time(Seconds::from(first + 400) * DAY);
		assert_eq!(days(0, u32::MAX), (first + 1..first + 400).collect::<Vec<_>>());
		block_at(Seconds::from(first + 400) * DAY + 5);
		assert_eq!(History::<Test>::iter().count(), 400);
		assert_eq!(days(0, u32::MAX), (first + 1..first + 401).collect::<Vec<_>>());
		assert_eq!(idle_of(first + 400), Some((first + 400, 100 * USD + 400 * 9)));
		assert_ok!(Vault::do_try_state());

		// Records of long ago are no history, though their places keep them.
		set_time(Seconds::from(first + 1_000) * DAY);
		assert_eq!((days(0, u32::MAX), History::<Test>::iter().count()), (vec![], 400));
		let nav = Vault::nav();
		assert_eq!((nav.apr.realised_7, nav.apr.realised_90), (None, None));
	});
}

#[test]
fn record_should_keep_as_many_stablecoins_as_it_has_room_for() {
	ExtBuilder::default().build_and_execute(|| {
		PegReserves::set((0..12).map(|id| (id, Balance::from(id))).collect());
		set_time(100 * DAY);
		assert_ok!(deposit(ALICE, 100 * USD));
		block_at(100 * DAY);
		assert_eq!(Vault::history(100, 1)[0].reserves.len(), 10);
	});
}
