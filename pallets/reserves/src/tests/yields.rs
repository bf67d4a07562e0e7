// SPDX-License-Identifier: Apache-2.0

//! The checkpoints of prices, and the yield.

use super::mock::*;
use crate::{
	types::{BillPriceCheckpoint, CheckpointDays},
	BillPriceCheckpoints, BillPriceDays, Event, BILL_PRICE_CHECKPOINTS,
};
use caliber_math::SECONDS_PER_YEAR;
use caliber_primitives::{
	appraisal::OracleKey,
	traits::{OnNewAppraisal, ReferenceRate, TreasuryBills},
	Balance, Seconds, USD,
};
use polkadot_sdk::{
	frame_support::{assert_ok, assert_storage_noop},
	sp_runtime::{FixedU128, Perbill},
};

/// Runs a test with bills set at genesis.
fn with_bills(test: impl FnOnce()) {
	ExtBuilder::default().bill(bill(BILL, Perbill::zero())).build_and_execute(test);
}

fn annual_yield() -> Option<FixedU128> {
	<Reserves as TreasuryBills>::annual_yield()
}

/// Returns the simple growth in a year of 365 days.
fn yearly(from: Balance, to: Balance, seconds: Seconds) -> FixedU128 {
	FixedU128::from_inner(
		(to - from) * Balance::from(SECONDS_PER_YEAR) * 1_000_000_000
			/ (from / 1_000_000_000)
			/ Balance::from(seconds),
	)
}

#[test]
fn price_should_be_kept_once_a_day() {
	with_bills(|| {
		let today = u32::try_from(START / DAY).expect("a day is small");
		accept_price(USD);
		assert_eq!(last_event(), Event::PriceKept { day: today, price: USD });
		pass(DAY - 1);
		accept_price(2 * USD);
		let checkpoint = |day: u32| BillPriceCheckpoints::<Test>::get(day % BILL_PRICE_CHECKPOINTS);
		assert_eq!(
			checkpoint(today),
			Some(BillPriceCheckpoint { day: today, price: USD, as_of: START })
		);
		assert_eq!(checkpoint(today + 1), None);
		pass(1);
		accept_price(3 * USD);
		assert_eq!(
			checkpoint(today + 1),
			Some(BillPriceCheckpoint { day: today + 1, price: 3 * USD, as_of: START + DAY })
		);
		assert_eq!(
			BillPriceDays::<Test>::get(),
			Some(CheckpointDays { last: today + 1, kept: 0b11 })
		);
	});
}

#[test]
fn price_should_not_be_kept_when_it_is_not_of_the_bills_or_older() {
	with_bills(|| {
		let ignored = |key: OracleKey, value, at| {
			assert_storage_noop!(Reserves::on_new_appraisal(&key, value, at));
		};
		ignored(OracleKey::Price(4), USD, START);
		ignored(OracleKey::Resale(PRICED_BILL), USD, START);
		ignored(OracleKey::Price(PRICED_BILL), 0, START);
		ignored(OracleKey::Price(PRICED_BILL), USD, Seconds::MAX);
		accept_price(USD);
		// Nor is an older price.
		ignored(OracleKey::Price(PRICED_BILL), USD, START - DAY);
		assert_ok!(Reserves::set_treasury_bill(RuntimeOrigin::root(), None));
		ignored(OracleKey::Price(PRICED_BILL), USD, START + DAY);
		assert_eq!(annual_yield(), None);
	});
}

#[test]
fn prices_should_be_kept_for_ninety_one_days() {
	with_bills(|| {
		for day in 0..200 {
			accept_price(USD + day);
			pass(DAY);
		}
		assert_eq!(BillPriceCheckpoints::<Test>::iter().count(), 91);
		let oldest =
			BillPriceCheckpoints::<Test>::iter_values().map(|checkpoint| checkpoint.price).min();
		assert_eq!(oldest, Some(USD + 109));
	});
}

#[test]
fn yield_should_be_known_after_seven_days() {
	with_bills(|| {
		assert_eq!(annual_yield(), None);
		accept_price(USD);
		assert_eq!((annual_yield(), Reserves::reference_apr()), (None, None));
		pass(7 * DAY - 1);
		accept_price(1_001 * USD / 1_000);
		assert_eq!(annual_yield(), None);
		pass(1);
		accept_price(1_001 * USD / 1_000);
		// One thousandth in seven days: 5.214 % in a year.
		assert_eq!(annual_yield(), Some(yearly(USD, 1_001 * USD / 1_000, 7 * DAY)));
		assert_eq!(annual_yield(), Some(FixedU128::from_inner(52_142_857_142_857_142)));
		assert_eq!(Reserves::reference_apr(), annual_yield());
	});
}

#[test]
fn yield_should_look_back_ninety_days() {
	with_bills(|| {
		// The price jumps by a tenth on the second day, then grows by 0.01 % of a dollar a day.
		accept_price(USD);
		let price = |day: Balance| 11 * USD / 10 + day * USD / 10_000;
		for day in 1..=90 {
			pass(DAY);
			accept_price(price(day));
		}
		assert_eq!(annual_yield(), Some(yearly(USD, price(90), 90 * DAY)));
		pass(DAY);
		accept_price(price(91));
		assert_eq!(annual_yield(), Some(yearly(price(1), price(91), 90 * DAY)));
		assert_eq!(Reserves::bills().and_then(|report| report.annual_yield), annual_yield());
	});
}

/// Returns the oldest day of the ninety before `day` to `day` by looking at all of them.
fn oldest_by_scan(kept: &[u32], day: u32) -> Option<u32> {
	(day.saturating_sub(90)..=day).find(|day| kept.contains(day))
}

#[test]
fn oldest_day_should_be_that_of_a_scan_when_days_are_missing() {
	// Every day, every third, weeks apart, and silences around the length of the ring.
	let gaps = [1, 3, 14, 45, 89, 90, 91, 92, 128, 200];
	for gap in gaps {
		for other in gaps {
			let mut day = 1_000;
			let mut kept = vec![day];
			let mut days = CheckpointDays::first(day);
			for step in 0..60 {
				day += if step % 3 == 2 { other } else { gap };
				days = days.with(day);
				kept.push(day);
				// Asked by the price of the day, of a day without a checkpoint, and of an older one.
				for asked in [day, day + 1, day + 89, day + 90, day + 91, day + 200, day - 1] {
					let found = days.oldest_until(asked);
					let newer = &kept[kept.partition_point(|kept| kept + 91 <= day)..];
					assert_eq!(found, oldest_by_scan(newer, asked), "{gap} {other} {asked}");
				}
				for asked in day - 100..day + 2 {
					let stored = asked + 91 > day && kept.contains(&asked);
					assert_eq!(days.contains(asked), stored, "{gap} {other} {asked}");
				}
			}
		}
	}
}

#[test]
fn yield_should_be_zero_when_the_price_falls() {
	with_bills(|| {
		accept_price(USD);
		pass(10 * DAY);
		accept_price(USD - 1);
		assert_eq!(annual_yield(), Some(FixedU128::from_inner(0)));
	});
}

#[test]
fn yield_should_bridge_days_without_a_price_but_not_more_than_ninety() {
	with_bills(|| {
		accept_price(USD);
		pass(50 * DAY);
		accept_price(101 * USD / 100);
		assert_eq!(annual_yield(), Some(yearly(USD, 101 * USD / 100, 50 * DAY)));
		pass(91 * DAY);
		accept_price(102 * USD / 100);
		assert_eq!(annual_yield(), None);
		pass(7 * DAY);
		accept_price(103 * USD / 100);
		assert!(annual_yield().is_some());
	});
}
