// SPDX-License-Identifier: Apache-2.0

//! Move bounds by a price history, compared with a list of all values that were ever in force.

use crate::{PriceHistory, MAX_DAY_BUCKETS, MAX_UPDATE_BUCKETS};
use caliber_primitives::governance::values::AppraisalValues;
use codec::MaxEncodedLen;
use proptest::prelude::*;

const DAY: u64 = 86_400;
const TENTH: u128 = 100_000_000;
const QUARTER: u128 = 250_000_000;
const PPB: u128 = 1_000_000_000;

fn policy(update_period: u64) -> AppraisalValues {
	AppraisalValues { update_period, ..Default::default() }
}

/// Values and the time from which each was in force.
type Past = Vec<(u64, u128)>;

/// Returns true if `later` differs from `earlier` by at most `share` of it, or of the floor.
fn within(earlier: u128, later: u128, floor: u128, share: u128) -> bool {
	earlier.abs_diff(later) * PPB <= earlier.max(floor) * share
}

/// Returns each value that was in force within `period` before the last one was accepted.
fn in_force(past: &Past, period: u64) -> impl Iterator<Item = u128> + '_ {
	let now = past.last().unwrap().0;
	past.windows(2).filter(move |pair| now - pair[1].0 <= period).map(|pair| pair[0].1)
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(300))]

	#[test]
	fn price_history_should_bound_every_move_when_values_are_fed_at_any_time(
		period in prop_oneof![Just(1u64), Just(6), Just(7), Just(600), Just(DAY), 1..DAY],
		floor in prop_oneof![Just(1u128), Just(1_000_000)],
		first in 1..10_000_000u128,
		feeds in proptest::collection::vec(
			(
				prop_oneof![
					4 => Just(0u64), 4 => 1..40u64, 4 => 100..800u64,
					3 => 3_000..4_000u64, 1 => 80_000..95_000u64, 1 => Just(10 * DAY),
				],
				prop_oneof![1u128..100_000_000, Just(1), Just(100_000_000), 900_000..1_100_000u128],
			),
			1..150,
		),
	) {
		let policy = policy(period);
		let start = 1_000_000;
		let mut now = start;
		let mut history = PriceHistory::start(first, now, &policy);
		let mut past: Past = vec![(now, first)];
		for (secs, median) in feeds {
			now += secs;
			let previous = past.last().unwrap().1;
			let (value, next) = history.accept(previous, median, floor, now, &policy).unwrap();
			history = next;
			prop_assert!(value.abs_diff(median) <= previous.abs_diff(median), "away");
			if now - start < period {
				prop_assert_eq!(value, median);
				past = vec![(now, value)];
				continue;
			}
			past.push((now, value));
			for earlier in in_force(&past, period) {
				prop_assert!(within(earlier, value, floor, TENTH), "update: {earlier} to {value}");
			}
			for earlier in in_force(&past, DAY) {
				prop_assert!(within(earlier, value, floor, QUARTER), "day: {earlier} to {value}");
			}
			// A value one bucket older than the period is without effect.
			let permits = |period: u64, share| {
				in_force(&past, period).all(|earlier| within(earlier, median, floor, share))
			};
			if permits(period + period.div_ceil(4), TENTH) && permits(DAY + 3_600, QUARTER) {
				prop_assert_eq!(value, median, "held back for no reason");
			}
			prop_assert!(history.recent.len() <= MAX_UPDATE_BUCKETS as usize);
			prop_assert!(history.day.len() <= MAX_DAY_BUCKETS as usize);
		}
	}
}

#[test]
fn price_history_should_bound_its_size_when_it_is_fed_for_days() {
	let policy = policy(600);
	let mut history = PriceHistory::start(100, 0, &policy);
	for half_minute in 1..20_000 {
		history = history.accept(100, 100, 1, half_minute * 30, &policy).unwrap().1;
	}
	assert_eq!((history.recent.len(), history.day.len()), (5, 25));
	// Two lengths, the start, and forty bytes for each of thirty buckets.
	assert_eq!(PriceHistory::max_encoded_len(), 2 + 8 + 30 * 40);
}

#[test]
fn price_history_should_merge_its_oldest_buckets_when_the_period_is_lengthened() {
	let short = policy(4);
	let mut history = PriceHistory::start(100, 0, &short);
	for (now, value) in [(4, 101), (5, 102), (6, 103), (7, 104), (8, 105)] {
		history = history.accept(value - 1, value, 1, now, &short).unwrap().1;
	}
	assert_eq!(history.recent.len(), 5);
	let oldest = history.recent[0];
	assert_eq!((oldest.since, oldest.low, oldest.high), (4, 100, 101));

	let long = policy(600);
	let (value, history) = history.accept(105, 200, 1, 700, &long).unwrap();
	// A tenth up from 100, which is still in the history.
	assert_eq!(value, 110);
	assert_eq!(history.recent.len(), 5);
	let merged = history.recent[0];
	assert_eq!((merged.since, merged.low, merged.high), (5, 100, 102));
	assert_eq!(history.recent[4].since, 700);
}

#[test]
fn price_history_should_overflow_when_a_bound_does_not_fit() {
	let policy = policy(1);
	let history = PriceHistory::start(u128::MAX, 0, &policy);
	assert!(history.accept(u128::MAX, 1, 1, 10, &policy).is_err());
}
