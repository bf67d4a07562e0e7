// SPDX-License-Identifier: Apache-2.0

//! Yield of the bills on which the vault takes a fee.

use super::mock::*;
use crate::{types::TreasuryBill, BillYields};
use caliber_primitives::{traits::TreasuryBills, Balance, USD};
use polkadot_sdk::{frame_support::assert_ok, sp_runtime::Perbill};

fn due() -> Balance {
	<Reserves as TreasuryBills>::yield_due()
}

/// Runs a test with bills that had a price of one dollar, and a thousand of them held.
fn with_bills(test: impl FnOnce()) {
	ExtBuilder::default().bill(bill(BILL, Perbill::zero())).build_and_execute(|| {
		accept_price(USD);
		assert_ok!(send(BILL, &BOB, &Reserves::account_id(), 2_000 * UNIT));
		set_bills_held(1_000 * UNIT);
		test();
	});
}

#[test]
fn yield_should_be_the_rise_above_the_highest_price_for_the_bills_held() {
	with_bills(|| {
		// The first price is no rise.
		assert_eq!(due(), 0);
		accept_price(USD + USD / 100);
		assert_eq!(due(), 10 * USD);
		// Down and up again earns nothing.
		accept_price(USD / 2);
		accept_price(USD + USD / 100);
		assert_eq!(due(), 10 * USD);
		// Twice the bills, of which the new ones begin here.
		set_bills_held(2_000 * UNIT);
		accept_price(USD + USD / 50);
		assert_eq!(due(), 30 * USD);
		// Bills that are sold leave what they have earned.
		set_bills_held(0);
		accept_price(2 * USD);
		assert_eq!(due(), 30 * USD);
		<Reserves as TreasuryBills>::settle_yield();
		assert_eq!((due(), BillYields::<Test>::get().highest), (0, Some(2 * USD)));
	});
}

#[test]
fn yield_should_begin_anew_with_another_feed() {
	with_bills(|| {
		accept_price(USD + USD / 100);
		set_price(PRICED_BILL + 1, Some(5 * USD));
		let other = TreasuryBill { priced_asset: PRICED_BILL + 1, ..bill(BILL, Perbill::zero()) };
		set_bills_held(0);
		assert_ok!(Reserves::set_treasury_bill(RuntimeOrigin::root(), Some(other)));
		// What was earned stays due, and another price is no rise.
		assert_eq!((due(), BillYields::<Test>::get().highest), (10 * USD, Some(5 * USD)));
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
