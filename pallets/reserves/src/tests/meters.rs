// SPDX-License-Identifier: Apache-2.0

//! Amounts of the hour and of the day become free again by the clock, however far a limit has fallen.

use super::mock::*;
use crate::{Error, Ledger};
use caliber_math::Meter;
use caliber_primitives::{reserves::BillSide::Sells, Balance, USD};
use polkadot_sdk::frame_support::{assert_noop, assert_ok};

/// Runs a test with five millions of bills, nothing idle, and a demand for four millions.
fn with_demand(test: impl FnOnce()) {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		with_bills(BILL18, 0);
		issue(&DEALER, 2_000_000 * USD);
		hold(BILL18, 5_000_000 * USD);
		Draws::set(4_000_000 * USD);
		test();
	});
}

fn left_in_hour() -> Option<Balance> {
	offer(Sells).map(|offer| offer.left_in_hour)
}

/// The queue could not be paid out of bills again for ever: a million was sold, and a referendum has
/// lowered the amount of an hour to 400 000.
#[test]
fn offer_should_open_again_when_the_amount_of_an_hour_has_fallen_below_what_was_filled() {
	with_demand(|| {
		assert_ok!(fill(Sells, 1_000_000 * USD));
		Values::mutate(|values| values.hourly_limit = 400_000 * USD);
		// 600 000 are in use after an hour, and 400 000 after an hour and a half.
		for half_hours in [0, 2, 1] {
			pass(half_hours * HOUR / 2);
			assert_eq!(left_in_hour(), Some(0));
			assert_noop!(fill(Sells, 1_000 * USD), Error::<Test>::HourlyLimitReached);
		}
		pass(HOUR / 2);
		assert_eq!(left_in_hour(), Some(200_000 * USD));
		pass(HOUR / 2);
		assert_eq!(left_in_hour(), Some(400_000 * USD));
		assert_ok!(fill(Sells, 400_000 * USD));
	});
}

#[test]
fn offer_should_be_free_an_hour_later_when_the_amount_was_none_for_a_time() {
	with_demand(|| {
		assert_ok!(fill(Sells, 1_000_000 * USD));
		Values::mutate(|values| values.hourly_limit = 0);
		pass(HOUR);
		assert_eq!(offer(Sells), None);
		Values::mutate(|values| values.hourly_limit = 1_000_000 * USD);
		assert_eq!(left_in_hour(), Some(1_000_000 * USD));
	});
}

/// Sales for the queue may lose more than a day permits. Other fills wait until all of that is free.
#[test]
fn loss_should_be_free_again_when_as_many_days_have_passed_as_it_took() {
	with_demand(|| {
		// 2 bp of five millions are 1 000 a day.
		let lost = Meter { used: 10_000 * USD, at: now() };
		Ledger::<Test>::mutate(|ledger| ledger.offers.lost = lost);
		let left = || offer(Sells).map(|offer| offer.loss_left);
		pass(DAY);
		assert_eq!(left(), Some(0));
		pass(8 * DAY);
		assert_eq!(left(), Some(0));
		pass(DAY / 2);
		assert_eq!(left(), Some(500 * USD));
		pass(DAY / 2);
		assert_eq!(left(), Some(1_000 * USD));
	});
}
