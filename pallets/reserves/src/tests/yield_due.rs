// SPDX-License-Identifier: Apache-2.0

//! Yield of the bills on which the vault takes a fee.

use super::mock::*;
use crate::{
	types::{BillYield, TreasuryBill},
	BillYields,
};
use caliber_primitives::{traits::TreasuryBills, Balance, USD};
use polkadot_sdk::{frame_support::assert_ok, sp_runtime::Perbill};

fn due() -> Balance {
	<Reserves as TreasuryBills>::yield_due()
}

/// Runs a test with a thousand bills held and a first price of one dollar.
fn with_bills(test: impl FnOnce()) {
	ExtBuilder::default().bill(bill(BILL, Perbill::zero())).build_and_execute(|| {
		assert_ok!(send(BILL, &BOB, &Reserves::account_id(), 100_000_000 * UNIT));
		set_bills_held(1_000 * UNIT);
		accept_price(USD);
		test();
	});
}

/// Accepts a price a day later.
fn next_day(price: Balance) {
	pass(DAY);
	accept_price(price);
}

#[test]
fn yield_should_be_the_rise_of_what_lasted_a_day_above_the_highest_price() {
	with_bills(|| {
		// The first price is no rise.
		assert_eq!((due(), BillYields::<Test>::get().highest), (0, Some(USD)));
		accept_price(USD + USD / 100);
		next_day(USD + USD / 100);
		assert_eq!(due(), 0);
		pass(DAY - 1);
		accept_price(USD + USD / 50);
		assert_eq!(due(), 0);
		pass(1);
		accept_price(USD + USD / 50);
		// 1.01 was the lowest of a day.
		assert_eq!(due(), 10 * USD);
		// Down and up again earns nothing.
		next_day(USD / 2);
		next_day(USD + USD / 100);
		next_day(USD + USD / 100);
		assert_eq!((due(), BillYields::<Test>::get().highest), (10 * USD, Some(USD + USD / 100)));
		// Twice the bills, of which the new ones begin when all of a day has seen them.
		set_bills_held(2_000 * UNIT);
		next_day(USD + USD / 50);
		next_day(USD + 3 * USD / 100);
		assert_eq!(due(), 30 * USD);
		// Bills that are sold leave what they have earned.
		set_bills_held(0);
		next_day(2 * USD);
		next_day(2 * USD);
		assert_eq!(due(), 30 * USD);
		<Reserves as TreasuryBills>::settle_yield();
		assert_eq!((due(), BillYields::<Test>::get().highest), (0, Some(2 * USD)));
	});
}

/// A median of 1.05 is accepted once, and the next update says 1.00: 2.5 millions of yield of fifty
/// millions, and a fee of 250 000.
#[test]
fn one_price_should_earn_nothing_when_it_is_gone_the_next_day() {
	with_bills(|| {
		set_bills_held(50_000_000 * UNIT);
		next_day(USD);
		for hour in [1, 23, 24, 30] {
			// It falls into a day, or begins one.
			pass(hour * HOUR);
			accept_price(105 * USD / 100);
			pass(600);
			accept_price(USD);
			assert_eq!(due(), 0);
			for _ in 0..3 {
				next_day(USD);
				assert_eq!((due(), BillYields::<Test>::get().highest), (0, Some(USD)));
			}
		}
		// A silence of the oracle makes it last no longer.
		next_day(105 * USD / 100);
		pass(3 * DAY);
		accept_price(USD);
		next_day(USD);
		assert_eq!((due(), BillYields::<Test>::get().highest), (0, Some(USD)));
		// What lasts is a yield, once.
		next_day(105 * USD / 100);
		next_day(105 * USD / 100);
		next_day(105 * USD / 100);
		assert_eq!(due(), 2_500_000 * USD);
	});
}

/// Bills are bought at the highest price: nobody pays a fee on what they rose by before.
#[test]
fn yield_should_be_that_of_the_fewest_bills_of_a_day() {
	with_bills(|| {
		accept_price(101 * USD / 100);
		next_day(101 * USD / 100);
		pass(HOUR);
		set_bills_held(5_000 * UNIT);
		accept_price(101 * USD / 100);
		pass(HOUR);
		set_bills_held(700 * UNIT);
		accept_price(101 * USD / 100);
		set_bills_held(9_000 * UNIT);
		next_day(101 * USD / 100);
		assert_eq!(due(), 7 * USD);
	});
}

#[test]
fn yield_should_begin_anew_with_another_feed() {
	with_bills(|| {
		next_day(USD + USD / 100);
		next_day(USD + USD / 100);
		set_price(PRICED_BILL + 1, Some(5 * USD));
		let other = TreasuryBill { priced_asset: PRICED_BILL + 1, ..bill(BILL, Perbill::zero()) };
		set_bills_held(0);
		assert_ok!(Reserves::set_treasury_bill(RuntimeOrigin::root(), Some(other)));
		// What was earned stays due, and another price is no rise.
		let begun = BillYield { highest: Some(5 * USD), due: 10 * USD, day: None };
		assert_eq!(BillYields::<Test>::get(), begun);
	});
}

#[test]
fn bills_should_be_fresh_while_none_is_held_or_their_price_is() {
	with_bills(|| {
		let is_fresh = || <Reserves as TreasuryBills>::is_fresh();
		assert!(is_fresh());
		set_price(PRICED_BILL, None);
		assert!(!is_fresh());
		set_bills_held(0);
		assert!(is_fresh());
	});
}
