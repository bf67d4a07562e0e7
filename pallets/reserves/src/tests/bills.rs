// SPDX-License-Identifier: Apache-2.0

//! The Treasury bills: their token, and their value.

use super::mock::*;
use crate::{
	types::{BillRecord, TreasuryBill},
	BillPriceCheckpoints, BillPriceDays, Bills, Error, Event,
};
use caliber_primitives::{traits::TreasuryBills, Balance, USD};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok},
	sp_runtime::{traits::BadOrigin, DispatchResult, Perbill},
};

fn value() -> Balance {
	<Reserves as TreasuryBills>::value()
}

fn set(asset: u32, haircut: Perbill) -> DispatchResult {
	Reserves::set_treasury_bill(RuntimeOrigin::root(), Some(bill(asset, haircut)))
}

#[test]
fn value_should_be_the_price_less_the_haircut_rounded_down() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(value(), 0);
		assert_ok!(set(BILL, Perbill::from_percent(5)));
		assert_eq!(value(), 0);
		hold(BILL, 7 * UNIT);
		assert_eq!(value(), 0);
		set_price(PRICED_BILL, Some(102 * USD / 100));
		// 7 * 1.02 * 0.95
		assert_eq!(value(), 6_783 * USD / 1_000);
		assert_eq!(Reserves::proof_of_reserves().treasury_bills, 6_783 * USD / 1_000);
		set_price(PRICED_BILL, Some(1_020_000_000_000_000_001));
		// and 7 * 0.95 = 6.65 units more
		assert_eq!(value(), 6_783 * USD / 1_000 + 6);
		assert_ok!(set(BILL, Perbill::zero()));
		pass(RAMP);
		assert_eq!(value(), 714 * USD / 100 + 7);
		assert_ok!(set(BILL, Perbill::from_percent(50)));
		pass(RAMP);
		// A half of 7.14 and 7 units.
		assert_eq!(value(), 357 * USD / 100 + 3);
	});
}

#[test]
fn value_should_be_the_same_when_the_token_has_eighteen_decimals() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(set(BILL18, Perbill::from_percent(5)));
		set_price(PRICED_BILL, Some(102 * USD / 100));
		hold(BILL18, 7 * USD);
		assert_eq!(value(), 6_783 * USD / 1_000);
		// 0.969 of a unit more rounds to zero.
		hold(BILL18, 1);
		assert_eq!(value(), 6_783 * USD / 1_000);
		hold(BILL18, 1);
		assert_eq!(value(), 6_783 * USD / 1_000 + 1);
	});
}

#[test]
fn value_should_be_less_by_the_stale_haircut_when_the_price_is_stale() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(set(BILL, Perbill::from_percent(10)));
		hold(BILL, 7 * UNIT);
		// The bills never had a price.
		assert_eq!(value(), 0);
		set_price(PRICED_BILL, Some(2 * USD));
		assert_eq!(value(), 126 * USD / 10);
		set_price(PRICED_BILL, None);
		// 14 * 0.9 * 0.95
		assert_eq!(value(), 1_197 * USD / 100);
		let report = Reserves::bills().expect("there are bills");
		assert_eq!((report.price, report.price_at), (Some(2 * USD), Some(START)));
		assert!(report.stale);
		// A buyer of shares pays what the oracle said last.
		assert_eq!(Reserves::value_for_deposits(), Some(14 * USD));
		Values::mutate(|values| values.stale_bill_haircut = Perbill::one());
		assert_eq!(value(), 0);
		Values::mutate(|values| values.stale_bill_haircut = Perbill::zero());
		assert_eq!(value(), 126 * USD / 10);
	});
}

#[test]
fn value_should_round_down_the_two_haircuts_together() {
	ExtBuilder::default().build_and_execute(|| {
		// 1 − 0.333333333 = 0.666666667, times 0.5 = 0.3333333335, rounded down.
		assert_ok!(set(BILL, Perbill::from_parts(333_333_333)));
		Values::mutate(|values| values.stale_bill_haircut = Perbill::from_percent(50));
		hold(BILL, UNIT);
		set_price(PRICED_BILL, Some(USD));
		set_price(PRICED_BILL, None);
		assert_eq!(value(), 333_333_333 * USD / 1_000_000_000);
	});
}

#[test]
fn value_should_be_zero_when_it_overflows() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(set(BILL, Perbill::zero()));
		hold(BILL, 7 * UNIT);
		set_price(PRICED_BILL, Some(Balance::MAX));
		assert_eq!(value(), 0);
		// No shares are sold at that value.
		assert_eq!(Reserves::value_for_deposits(), None);
		set_price(PRICED_BILL, Some(0));
		assert_eq!(value(), 0);
	});
}

#[test]
fn donation_should_change_neither_value_nor_bills_held() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(set(BILL, Perbill::zero()));
		set_price(PRICED_BILL, Some(USD));
		hold(BILL, 7 * UNIT);
		let account = Reserves::account_id();
		assert_ok!(send(BILL, &BOB, &account, UNIT));
		assert_eq!(value(), 7 * USD);
		assert_eq!(Reserves::bills().map(|report| report.held), Some(7 * UNIT));
	});
}

#[test]
fn set_treasury_bill_should_be_for_the_admin() {
	ExtBuilder::default().build_and_execute(|| {
		let haircut = Perbill::from_percent(5);
		let set = |origin| Reserves::set_treasury_bill(origin, Some(bill(BILL, haircut)));
		assert_noop!(set(RuntimeOrigin::signed(ALICE)), BadOrigin);
		assert_ok!(set(RuntimeOrigin::root()));
		assert_eq!(
			last_event(),
			Event::TreasuryBillSet { asset: BILL, priced_asset: PRICED_BILL, haircut, full_at: 0 }
		);
		assert_ok!(Reserves::set_treasury_bill(RuntimeOrigin::root(), None));
		assert_eq!(last_event(), Event::TreasuryBillCleared);
		assert_eq!(Bills::<Test>::get(), None);
	});
}

#[test]
fn set_treasury_bill_should_refuse_an_unknown_token() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(set(99, Perbill::zero()), Error::<Test>::UnknownAsset);
	});
}

#[test]
fn set_treasury_bill_should_refuse_another_token_while_bills_are_held() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(set(BILL, Perbill::zero()));
		assert_ok!(set(BILL18, Perbill::zero()));
		hold(BILL18, 1);
		assert_noop!(set(BILL, Perbill::zero()), Error::<Test>::BillsHeld);
		assert_noop!(
			Reserves::set_treasury_bill(RuntimeOrigin::root(), None),
			Error::<Test>::BillsHeld
		);
		// The haircut may change.
		let half = Perbill::from_percent(50);
		assert_ok!(set(BILL18, half));
		let record = Bills::<Test>::get().expect("it is set");
		assert_eq!((record.asset, record.haircut.target()), (BILL18, half));
		set_bills_held(0);
		assert_ok!(set(BILL, Perbill::zero()));
	});
}

/// Another feed would change the value of the bills held, and with it the price of a share, in one
/// step.
#[test]
fn set_treasury_bill_should_refuse_another_priced_asset_while_bills_are_held() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(set(BILL, Perbill::zero()));
		set_price(PRICED_BILL, Some(USD));
		hold(BILL, 7 * UNIT);
		let reprice = || {
			let other = TreasuryBill { priced_asset: 4, ..bill(BILL, Perbill::zero()) };
			Reserves::set_treasury_bill(RuntimeOrigin::root(), Some(other))
		};
		assert_noop!(reprice(), Error::<Test>::BillsHeld);
		set_price(4, Some(2 * USD));
		assert_noop!(reprice(), Error::<Test>::BillsHeld);
		assert_eq!(value(), 7 * USD);
		// The haircut may change at any price.
		set_price(PRICED_BILL, None);
		assert_ok!(set(BILL, Perbill::from_percent(1)));
		set_bills_held(0);
		assert_ok!(reprice());
		assert_eq!(Bills::<Test>::get().map(|bill| bill.priced_asset), Some(4));
	});
}

#[test]
fn value_for_deposits_should_be_unknown_only_when_bills_are_held_without_a_price() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(Reserves::value_for_deposits(), Some(0));
		assert_ok!(set(BILL, Perbill::from_percent(10)));
		assert_eq!(Reserves::value_for_deposits(), Some(0));
		hold(BILL, 7 * UNIT);
		assert_eq!((Reserves::value_for_deposits(), value()), (None, 0));
		set_price(PRICED_BILL, Some(USD));
		assert_eq!((Reserves::value_for_deposits(), value()), (Some(7 * USD), 63 * USD / 10));
	});
}

#[test]
fn set_treasury_bill_should_drop_the_checkpoints_when_the_priced_asset_changes() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(set(BILL, Perbill::zero()));
		accept_price(USD);
		pass(DAY);
		accept_price(USD);
		assert_ok!(set(BILL, Perbill::from_percent(1)));
		assert_eq!(BillPriceCheckpoints::<Test>::iter().count(), 2);
		let other = TreasuryBill { priced_asset: 4, ..bill(BILL, Perbill::zero()) };
		assert_ok!(Reserves::set_treasury_bill(RuntimeOrigin::root(), Some(other)));
		assert_eq!(BillPriceCheckpoints::<Test>::iter().count(), 0);
		assert_eq!(BillPriceDays::<Test>::get(), None);
	});
}

#[test]
fn genesis_should_set_the_bills() {
	let at_genesis = bill(BILL, Perbill::from_percent(1));
	ExtBuilder::default().bill(at_genesis.clone()).build_and_execute(|| {
		assert_eq!(Bills::<Test>::get(), Some(BillRecord::new(at_genesis)));
	});
}

#[test]
#[should_panic(expected = "the Treasury bills of the genesis cannot be set")]
fn genesis_should_refuse_bills_that_do_not_exist() {
	ExtBuilder::default().bill(bill(99, Perbill::zero())).build();
}
