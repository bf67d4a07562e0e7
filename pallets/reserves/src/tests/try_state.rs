// SPDX-License-Identifier: Apache-2.0

//! What [`Pallet::do_try_state`](crate::Pallet::do_try_state) finds. The peg's part is tested with
//! the proof of reserves.

use super::mock::*;
use crate::{types::Checkpoint, Bills, BillsHeld, Checkpoints, LastCheckpoint, Stablecoins};
use caliber_primitives::USD;
use polkadot_sdk::{
	frame_support::assert_ok,
	sp_runtime::{Perbill, TryRuntimeError},
};

/// Break a state that is in order, and see that it is told.
fn finds(message: &'static str, breaks: impl FnOnce()) {
	ExtBuilder::default().bill(bill(BILL, Perbill::zero())).build().execute_with(|| {
		accept_price(USD);
		pass(DAY);
		accept_price(USD);
		assert_ok!(send(BILL, &BOB, &Reserves::account_id(), UNIT));
		BillsHeld::<Test>::put(UNIT);
		assert_ok!(Reserves::do_try_state());
		breaks();
		assert_eq!(Reserves::do_try_state(), Err(TryRuntimeError::Other(message)));
	});
}

#[test]
fn try_state_should_find_bills_that_are_missing() {
	finds("there are fewer bills than held", || BillsHeld::<Test>::put(UNIT + 1));
	finds("bills are held of no token", Bills::<Test>::kill);
}

#[test]
fn try_state_should_find_prices_out_of_place() {
	let today = u32::try_from(START / DAY).expect("a day is small") + 1;
	let kept = |day, price| Checkpoint { day, price, as_of: START };
	finds("a price is kept in another day's place", || {
		Checkpoints::<Test>::insert(today % 91, kept(today - 2, USD));
	});
	finds("a price of nothing is kept", || {
		Checkpoints::<Test>::insert(today % 91, kept(today, 0));
	});
	finds("a kept price is not counted", || LastCheckpoint::<Test>::put(today - 1));
	finds("the last price kept is missing", || Checkpoints::<Test>::remove(today % 91));
	finds("prices are kept of no token", || {
		BillsHeld::<Test>::kill();
		Bills::<Test>::kill();
	});
}

#[test]
fn try_state_should_find_more_prices_than_the_peg_may_have() {
	finds("more stablecoins have prices than the peg may have", || {
		for asset in 20..24 {
			Stablecoins::<Test>::insert(asset, 5);
		}
	});
}
