// SPDX-License-Identifier: Apache-2.0

use crate::types::{revenue_period, RevenueHistory, REVENUE_PERIOD};
use caliber_primitives::Balance;
use proptest::prelude::*;

fn history(payments: &[(u64, Balance)]) -> RevenueHistory {
	payments.iter().fold(RevenueHistory::default(), |history, (period, amount)| {
		history.record(*period, *amount).unwrap()
	})
}

#[test]
fn revenue_period_should_count_thirty_days_from_the_epoch() {
	assert_eq!(REVENUE_PERIOD, 2_592_000);
	assert_eq!(revenue_period(0), 0);
	assert_eq!(revenue_period(2_591_999), 0);
	assert_eq!(revenue_period(2_592_000), 1);
	// 2026-11-22 00:00 UTC is 20 779 days after the epoch.
	assert_eq!(revenue_period(20_779 * 86_400), 692);
}

#[test]
fn trailing_year_should_be_nothing_when_nothing_was_paid() {
	assert_eq!(RevenueHistory::default().trailing_year(0), Some(0));
	assert_eq!(RevenueHistory::default().trailing_year(700), Some(0));
}

#[test]
fn trailing_year_should_count_from_the_first_period_on() {
	let early = history(&[(0, 1), (3, 2)]);
	assert_eq!(early.trailing_year(3), Some(3));
	assert_eq!(early.trailing_year(11), Some(3));
	assert_eq!(early.trailing_year(12), Some(2));
	assert_eq!(early.trailing_year(15), Some(0));
}

#[test]
fn record_should_empty_the_buckets_it_passes() {
	// Periods 5 and 17 share a bucket.
	let twice = history(&[(5, 100), (17, 7)]);
	assert_eq!(twice.trailing_year(17), Some(7));
	assert_eq!(twice.total, 107);

	let after_a_gap = history(&[(5, 1), (6, 2), (16, 4), (400, 8)]);
	assert_eq!(after_a_gap.trailing_year(400), Some(8));
	assert_eq!(after_a_gap.total, 15);
}

#[test]
fn record_should_book_into_the_latest_period_when_the_clock_ran_back() {
	let back = history(&[(20, 1), (19, 2)]);
	assert_eq!(back.latest, 20);
	assert_eq!(back.trailing_year(20), Some(3));
	assert_eq!(back.trailing_year(31), Some(3));
	assert_eq!(back.trailing_year(32), Some(0));
}

#[test]
fn record_should_fail_when_a_sum_overflows() {
	assert_eq!(history(&[(1, Balance::MAX)]).record(1, 1), None);
	assert_eq!(history(&[(1, Balance::MAX)]).record(50, 1), None);
}

proptest! {
	#[test]
	fn trailing_year_should_be_the_sum_of_the_payments_of_twelve_periods(
		steps in prop::collection::vec((0u64..16, 0u64..1_000_000), 0..60),
		wait in 0u64..30,
	) {
		let mut period = 0;
		let mut payments = vec![];
		for (step, amount) in steps {
			period += step;
			payments.push((period, Balance::from(amount)));
		}
		let history = history(&payments);
		let now = period + wait;
		let of_the_year = payments.iter().filter(|(paid, _)| paid + 12 > now);
		prop_assert_eq!(
			history.trailing_year(now),
			Some(of_the_year.map(|(_, amount)| amount).sum())
		);
		prop_assert_eq!(history.total, payments.iter().map(|(_, amount)| amount).sum::<u128>());
	}
}
