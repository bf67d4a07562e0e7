// SPDX-License-Identifier: Apache-2.0

use crate::types::{revenue_period, RevenueHistory, RevenueRun, REVENUE_PERIOD, REVENUE_YEAR};
use caliber_primitives::{Balance, Seconds};
use proptest::prelude::*;

const DAY: Seconds = 86_400;

/// What off-takers paid, by time.
fn history(payments: &[(Seconds, Balance)]) -> RevenueHistory {
	history_of(payments, 0)
}

/// What off-takers paid, by time, where each period has to bring `enough`.
fn history_of(payments: &[(Seconds, Balance)], enough: Balance) -> RevenueHistory {
	payments.iter().fold(RevenueHistory::default(), |history, (at, amount)| {
		history.record(*at, *amount, true, enough).unwrap()
	})
}

#[test]
fn revenue_period_should_be_a_twelfth_of_a_year_from_the_epoch() {
	assert_eq!(REVENUE_PERIOD, 2_628_000);
	assert_eq!(REVENUE_YEAR, 365 * DAY);
	assert_eq!(revenue_period(0), 0);
	assert_eq!(revenue_period(2_627_999), 0);
	assert_eq!(revenue_period(2_628_000), 1);
	// 2026-11-22 00:00 UTC is 20 779 days after the epoch.
	assert_eq!(revenue_period(20_779 * DAY), 683);
}

#[test]
fn trailing_year_should_be_nothing_when_nothing_was_paid() {
	assert_eq!(RevenueHistory::default().trailing_year(0), Some(0));
	assert_eq!(RevenueHistory::default().trailing_year(1_800_000_000), Some(0));
	let unearned = RevenueHistory::default().record(5, 7, false, 0).unwrap();
	assert_eq!((unearned.total, unearned.trailing_year(5)), (7, Some(0)));
}

#[test]
fn trailing_year_should_be_all_that_was_earned_in_the_first_year() {
	let early = history(&[(100, 1), (200 * DAY, 2)]);
	assert_eq!(early.trailing_year(200 * DAY), Some(3));
	assert_eq!(early.trailing_year(365 * DAY + 100), Some(3));
	// The year begins in period 1: what was paid in period 0 is gone.
	assert_eq!(early.trailing_year(400 * DAY), Some(2));
	assert_eq!(early.trailing_year(600 * DAY), Some(0));
}

#[test]
fn trailing_year_should_count_the_oldest_period_by_its_part_in_the_year() {
	// Two years of a dollar a period, paid in its middle.
	let steady = (0..24)
		.map(|period| (period * REVENUE_PERIOD + REVENUE_PERIOD / 2, 1_000))
		.collect::<Vec<_>>();
	let steady = history(&steady);
	let at = |passed| steady.trailing_year(23 * REVENUE_PERIOD + passed);
	// The running period, eleven in full and what is left of the thirteenth.
	assert_eq!(at(0), Some(13_000));
	assert_eq!(at(REVENUE_PERIOD / 4), Some(12_750));
	assert_eq!(at(REVENUE_PERIOD / 2), Some(12_500));
	assert_eq!(at(REVENUE_PERIOD - 1), Some(12_000));
}

#[test]
fn record_should_empty_the_buckets_it_passes() {
	let at = |period: Seconds| period * REVENUE_PERIOD;
	// Periods 5 and 18 share a bucket.
	let twice = history(&[(at(5), 100), (at(18), 7)]);
	assert_eq!(twice.trailing_year(at(18)), Some(7));
	assert_eq!((twice.total, twice.earned), (107, 107));

	let after_a_gap = history(&[(at(5), 1), (at(6), 2), (at(16), 4), (at(400), 8)]);
	assert_eq!(after_a_gap.trailing_year(at(400)), Some(8));
	assert_eq!(after_a_gap.total, 15);
}

#[test]
fn record_should_book_into_the_latest_period_when_the_clock_ran_back() {
	let at = |period: Seconds| period * REVENUE_PERIOD;
	let back = history(&[(at(7), 5), (at(20), 1), (at(19), 2)]);
	assert_eq!(back.latest, 20);
	assert_eq!(back.trailing_year(at(20)), Some(3));
	assert_eq!(back.trailing_year(at(31)), Some(3));
	assert_eq!(back.trailing_year(at(33)), Some(0));
}

#[test]
fn record_should_fail_when_a_sum_overflows() {
	for is_earned in [true, false] {
		assert_eq!(history(&[(1, Balance::MAX)]).record(1, 1, is_earned, 0), None);
	}
}

/// First second of a period.
fn begin(period: u64) -> Seconds {
	period * REVENUE_PERIOD
}

#[test]
fn earned_per_hour_should_begin_when_ninety_days_have_brought_enough() {
	// From the middle of period 20 on, 90 days end in period 23.
	let first = begin(20) + REVENUE_PERIOD / 2;
	let paid = [(first, 900), (begin(21), 900), (begin(22) + 5, 400), (begin(22) + 6, 500)];
	let history = history_of(&paid, 900);
	assert_eq!(revenue_period(first + 90 * DAY), 23);
	assert_eq!(history.earned_per_hour(1, first + 90 * DAY - 1), None);
	// 2 700 in 2 160 hours.
	assert_eq!(history.earned_per_hour(1, first + 90 * DAY), Some(1));
	assert_eq!(history.earned_per_hour(0, first + 90 * DAY), None);
	// Each of the periods has to bring enough, the first and the last too.
	for short in 0..paid.len() {
		let mut paid = paid;
		paid[short].1 -= 1;
		let history = history_of(&paid, 900);
		assert_eq!(history.earned_per_hour(1, first + 90 * DAY), None);
		assert_eq!(history.earned_per_hour(1, first + 900 * DAY), None);
	}
	assert_eq!(RevenueHistory::default().earned_per_hour(1, 1_800_000_000), None);
}

/// An off-taker pays a dust, and waits.
#[test]
fn earned_per_hour_should_be_none_when_a_dust_was_paid() {
	let dust = (0..24).map(|period| (begin(20 + period), 1)).collect::<Vec<_>>();
	for paid in [&dust[..1], &dust[..4], &dust] {
		let history = history_of(paid, 2);
		for days in [90, 365, 1_000] {
			assert_eq!(history.earned_per_hour(1, begin(20) + days * DAY), None);
		}
		assert_eq!(history.earned, paid.len() as Balance);
	}
}

#[test]
fn earned_per_hour_should_go_on_when_nothing_is_paid_any_more() {
	let paid = (0..4).map(|period| (begin(20 + period), 2_190_000)).collect::<Vec<_>>();
	let history = history_of(&paid, 2_190_000);
	let at = |seconds| history.earned_per_hour(1, begin(20) + seconds);
	// 8 760 000 in 8 760 hours, and in half as many.
	assert_eq!(at(REVENUE_YEAR / 2), Some(2_000));
	assert_eq!(at(REVENUE_YEAR), Some(1_000));
	assert_eq!(history.earned_per_hour(2, begin(20) + REVENUE_YEAR), Some(500));
	// A year after the last payment nothing is left.
	assert_eq!(at(REVENUE_YEAR + 4 * REVENUE_PERIOD), Some(0));
	assert_eq!(at(10 * REVENUE_YEAR), Some(0));
	// One that comes then is small, and the history is known all the same.
	let late = history.record(begin(20) + 5 * REVENUE_YEAR, 8_760, true, 2_190_000).unwrap();
	assert_eq!(late.earned_per_hour(1, begin(20) + 5 * REVENUE_YEAR), Some(1));
}

/// What came before a gap is not averaged over a time for which nobody knows.
#[test]
fn run_should_begin_anew_after_a_period_that_brought_too_little() {
	let mut paid = vec![(begin(20), 50_000), (begin(21), 9), (begin(22), 10)];
	assert_eq!(history_of(&paid, 10).run.unwrap().since, begin(22));
	assert_eq!(history_of(&paid, 9).run.unwrap().since, begin(20));
	paid.extend((23..25).map(|period| (begin(period), 2_190_000)));
	let history = history_of(&paid, 10);
	// Three periods are 91 days and a quarter.
	assert_eq!(history.earned_per_hour(1, begin(25) - 1), None);
	// 10 and twice 2 190 000 in 2 190 hours.
	assert_eq!(history.earned_per_hour(1, begin(25)), Some(2_000));
	assert_eq!(history.earned, 50_009 + 10 + 4_380_000);
	// A period without a payment ends a run as well.
	let gap = history_of(&[(begin(20), 10), (begin(22), 10)], 10);
	assert_eq!(gap.run.unwrap().since, begin(22));
	let long = history_of(&[(begin(20), 10), (begin(60), 10)], 10);
	assert_eq!(long.run.unwrap().since, begin(60));
}

/// The share that governance asks for is that of the beginning of a run.
#[test]
fn run_should_keep_what_is_enough() {
	let history = RevenueHistory::default().record(begin(20), 5, true, 5).unwrap();
	let history = history.record(begin(21), 5, true, 6).unwrap();
	assert_eq!(
		history.run.unwrap(),
		RevenueRun { since: begin(20), before: 0, enough: 5, complete: false }
	);
	let next = history.record(begin(23), 5, true, 6).unwrap();
	assert_eq!(next.run.unwrap().enough, 6);
}

proptest! {
	/// What was paid in the last year counts, but for the period in which the year begins: of that
	/// the part that lies in the year.
	#[test]
	fn trailing_year_should_be_what_was_paid_in_the_last_year(
		steps in prop::collection::vec((0u64..60 * DAY, 0u64..1_000_000), 1..60),
		wait in 0u64..500 * DAY,
	) {
		let mut at = 1_700_000_000;
		let mut payments = vec![];
		for (step, amount) in steps {
			at += step;
			payments.push((at, Balance::from(amount)));
		}
		let history = history(&payments);
		let now = at + wait;
		let sum = |from: Seconds, to: Seconds| {
			let within = payments.iter().filter(|(at, _)| (from..=to).contains(at));
			within.map(|(_, amount)| amount).sum::<Balance>()
		};
		let counted = history.trailing_year(now).unwrap();
		if now <= payments[0].0 + 365 * DAY {
			prop_assert_eq!(counted, sum(0, now));
		} else {
			// The year begins in the period that began this long ago.
			let begins = now - now % REVENUE_PERIOD - 12 * REVENUE_PERIOD;
			let cut = sum(begins, begins + REVENUE_PERIOD - 1);
			let whole = sum(begins + REVENUE_PERIOD, now);
			let part = REVENUE_PERIOD - now % REVENUE_PERIOD;
			prop_assert_eq!(counted, whole + cut * Balance::from(part) / 2_628_000);
		}
		prop_assert_eq!(history.total, sum(0, now));
	}
}
