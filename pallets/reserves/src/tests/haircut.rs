// SPDX-License-Identifier: Apache-2.0

//! The haircut of the bills moves the price of savers, and so it moves linearly.

use super::mock::*;
use crate::{types::TreasuryBill, Bills, Error, Event};
use caliber_primitives::{traits::TreasuryBills, Balance, USD};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok},
	sp_runtime::{DispatchResult, Perbill},
};

fn set(asset: u32, percent: u32) -> DispatchResult {
	let haircut = Perbill::from_percent(percent);
	Reserves::set_treasury_bill(RuntimeOrigin::root(), Some(bill(asset, haircut)))
}

fn value() -> Balance {
	<Reserves as TreasuryBills>::value()
}

/// Runs a test with a thousand bills at one dollar and a haircut of 10 % from genesis on.
fn with_bills(test: impl FnOnce()) {
	let at_genesis = bill(BILL, Perbill::from_percent(10));
	ExtBuilder::default().bill(at_genesis).build_and_execute(|| {
		set_price(PRICED_BILL, Some(USD));
		assert_ok!(send(BILL, &BOB, &Reserves::account_id(), 1_000 * UNIT));
		set_bills_held(1_000 * UNIT);
		test();
	});
}

#[test]
fn haircut_should_count_at_once_when_the_token_is_new() {
	with_bills(|| {
		assert_eq!(value(), 900 * USD);
		pass(RAMP);
		assert_eq!(value(), 900 * USD);
	});
}

#[test]
fn haircut_should_move_linearly_to_a_higher_one() {
	with_bills(|| {
		assert_ok!(set(BILL, 40));
		assert_eq!(
			last_event(),
			Event::TreasuryBillSet {
				asset: BILL,
				priced_asset: PRICED_BILL,
				haircut: Perbill::from_percent(40),
				full_at: START + RAMP,
			}
		);
		// Nobody gains by the second of the change: 30 % in 30 days is 1 % a day.
		assert_eq!(value(), 900 * USD);
		pass(DAY);
		assert_eq!(value(), 890 * USD);
		assert_eq!(Reserves::bills().map(|report| report.value), Some(890 * USD));
		assert_eq!(Reserves::value_for_deposits(), Some(1_000 * USD));
		pass(14 * DAY);
		assert_eq!(value(), 750 * USD);
		pass(15 * DAY - 1);
		assert!(value() > 600 * USD && value() < 6_001 * USD / 10);
		pass(1);
		assert_eq!(value(), 600 * USD);
		pass(DAY);
		assert_eq!(value(), 600 * USD);
	});
}

#[test]
fn haircut_should_move_linearly_to_a_lower_one() {
	with_bills(|| {
		assert_ok!(set(BILL, 1));
		assert_eq!(value(), 900 * USD);
		pass(10 * DAY);
		// 9 % in 30 days.
		assert_eq!(value(), 930 * USD);
		pass(20 * DAY);
		assert_eq!(value(), 990 * USD);
	});
}

#[test]
fn haircut_should_not_jump_when_it_is_set_again_and_again() {
	with_bills(|| {
		for percent in [40, 0, 25, 40] {
			assert_ok!(set(BILL, percent));
			assert_eq!(value(), 900 * USD);
		}
		pass(DAY);
		// 30 % in 30 days from 10 % on, then from 11 % on.
		assert_eq!(value(), 890 * USD);
		assert_ok!(set(BILL, 0));
		assert_ok!(set(BILL, 41));
		assert_eq!(value(), 890 * USD);
		pass(DAY);
		assert_eq!(value(), 880 * USD);
		// Turned back, it goes on from where it stands: 12 % in 30 days.
		assert_ok!(set(BILL, 0));
		assert_eq!(value(), 880 * USD);
		pass(10 * DAY);
		assert_eq!(value(), 920 * USD);
	});
}

#[test]
fn haircut_should_go_on_when_the_same_one_is_set_again() {
	with_bills(|| {
		assert_ok!(set(BILL, 40));
		pass(15 * DAY);
		assert_ok!(set(BILL, 40));
		assert_eq!(Bills::<Test>::get().map(|bill| bill.haircut.ends_at()), Some(START + RAMP));
		pass(15 * DAY);
		assert_eq!(value(), 600 * USD);
	});
}

#[test]
fn haircut_should_not_jump_by_another_token_or_none_while_bills_are_held() {
	with_bills(|| {
		assert_noop!(set(BILL18, 50), Error::<Test>::BillsHeld);
		assert_noop!(
			Reserves::set_treasury_bill(RuntimeOrigin::root(), None),
			Error::<Test>::BillsHeld
		);
		// Without bills nobody's price moves, and the haircut of another token counts at once.
		set_bills_held(0);
		assert_ok!(set(BILL18, 40));
		let record = Bills::<Test>::get().expect("it is set");
		assert_eq!(record.haircut.at(now()), Perbill::from_percent(40));
	});
}

#[test]
fn haircut_should_be_half_at_most() {
	with_bills(|| {
		let beyond = TreasuryBill {
			haircut: Perbill::from_parts(500_000_001),
			..bill(BILL, Perbill::zero())
		};
		let set_beyond = Reserves::set_treasury_bill(RuntimeOrigin::root(), Some(beyond));
		assert_noop!(set_beyond, Error::<Test>::HaircutTooHigh);
		assert_ok!(set(BILL, 50));
		pass(RAMP);
		assert_eq!(value(), 500 * USD);
	});
}
