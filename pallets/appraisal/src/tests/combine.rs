// SPDX-License-Identifier: Apache-2.0

//! Combination of reports: number, freshness, median, date.

use super::mock::*;
use caliber_math::WAD;
use caliber_primitives::governance::values::AppraisalValues;
use polkadot_sdk::{
	frame_support::assert_ok,
	pallet_oracle::{CombineData, TimestampedValue},
};

#[test]
fn combining_should_wait_when_feeders_are_too_few() {
	ExtBuilder::default().build_and_execute(|| {
		feed_each(RESALE, [100 * WAD, 101 * WAD]);
		assert_eq!(accepted(RESALE), None);
		feed(3, RESALE, 102 * WAD);
		assert_eq!(accepted(RESALE), Some(101 * WAD));
	});
}

#[test]
fn combining_should_take_the_mean_of_the_middle_two_when_feeders_are_even() {
	ExtBuilder::default().build_and_execute(|| {
		feed_each(RESALE, [100, 104, 102, 107].map(|dollars| dollars * WAD));
		// First the median of three, 102; then the median of four, 103, which is within the bounds.
		assert_eq!(accepted(RESALE), Some(103 * WAD));
	});
}

#[test]
fn combining_should_ignore_a_dishonest_report_when_the_others_agree() {
	ExtBuilder::default().build_and_execute(|| {
		feed_each(RESALE, [20_000 * WAD, 1_000_000_000 * WAD, 20_100 * WAD]);
		assert_eq!(accepted(RESALE), Some(20_100 * WAD));
		feed_each(RENTAL, [2 * WAD, 1, 3 * WAD]);
		assert_eq!(accepted(RENTAL), Some(2 * WAD));
	});
}

#[test]
fn combining_should_count_a_value_when_it_is_just_fresh() {
	ExtBuilder::default().build_and_execute(|| {
		feed(1, RESALE, 100 * WAD);
		pass(3_600);
		feed(2, RESALE, 100 * WAD);
		feed(3, RESALE, 100 * WAD);
		assert_eq!(accepted(RESALE), Some(100 * WAD));
		assert_eq!(as_of(RESALE), Some(START));
	});
}

#[test]
fn combining_should_drop_a_value_when_it_is_just_stale() {
	ExtBuilder::default().build_and_execute(|| {
		feed(1, RESALE, 100 * WAD);
		pass(3_601);
		feed(2, RESALE, 100 * WAD);
		feed(3, RESALE, 100 * WAD);
		assert_eq!(accepted(RESALE), None);
	});
}

#[test]
fn combining_should_leave_the_last_value_to_age_when_too_few_are_fresh() {
	ExtBuilder::default().build_and_execute(|| {
		agree(RESALE, 100 * WAD);
		pass(3_601);
		feed(1, RESALE, 105 * WAD);
		feed(2, RESALE, 105 * WAD);
		assert_eq!(accepted(RESALE), Some(100 * WAD));
		assert_eq!(as_of(RESALE), Some(START));
	});
}

#[test]
fn combined_value_should_be_dated_by_the_last_needed_report_when_there_are_more() {
	ExtBuilder::default().build_and_execute(|| {
		for operator in [1, 2, 3] {
			feed(operator, RESALE, 100 * WAD);
			pass(10);
		}
		// Three have reported since the first of them.
		assert_eq!(as_of(RESALE), Some(START));
		feed(4, RESALE, 100 * WAD);
		assert_eq!(as_of(RESALE), Some(START + 10));
		pass(10);
		// A second report of the same operator is no further support.
		feed(4, RESALE, 100 * WAD);
		assert_eq!(as_of(RESALE), Some(START + 10));
	});
}

#[test]
fn minimum_of_feeders_should_follow_the_policy_when_it_asks_for_more_than_half() {
	ExtBuilder::default().build_and_execute(|| {
		let policy = AppraisalValues { min_feeders: 4, ..Default::default() };
		Values::set(policy);
		feed_each(RESALE, [100 * WAD; 3]);
		assert_eq!(accepted(RESALE), None);
		feed(4, RESALE, 100 * WAD);
		assert_eq!(accepted(RESALE), Some(100 * WAD));
		let policy = AppraisalValues { min_feeders: 5, ..Default::default() };
		Values::set(policy);
		pass(60);
		for operator in [1, 2, 3, 4] {
			feed(operator, RESALE, 101 * WAD);
		}
		assert_eq!(as_of(RESALE), Some(START));
		feed(5, RESALE, 101 * WAD);
		assert_eq!(as_of(RESALE), Some(START + 60));
	});
}

/// Three liars of eight operators, of whom the others are silent, name no price.
#[test]
fn combining_should_need_more_than_half_of_the_seats_when_those_are_many() {
	ExtBuilder::default().build_and_execute(|| {
		let root = RuntimeOrigin::root;
		for operator in [6, 7, 8] {
			assert_ok!(Operators::add_member(root(), operator));
		}
		for operator in 1..=4 {
			feed(operator, RESALE, WAD);
		}
		assert_eq!(accepted(RESALE), None);
		pass(10);
		// Five of eight: the date is that of the fifth report from the youngest on.
		feed(5, RESALE, WAD);
		assert_eq!((accepted(RESALE), as_of(RESALE)), (Some(WAD), Some(START)));
		feed(6, RESALE, WAD);
		assert_eq!(as_of(RESALE), Some(START));
		pass(10);
		for operator in [1, 2, 3] {
			feed(operator, RESALE, WAD);
		}
		// 1, 2 and 3 at 20, 5 and 6 at 10: the fifth is of 10.
		assert_eq!(as_of(RESALE), Some(START + 10));
		// With seven seats four are more than half.
		assert_ok!(Operators::remove_member(root(), 8));
		feed(4, RESALE, WAD);
		assert_eq!(as_of(RESALE), Some(START + 20));
		// With six seats half are three, and not enough.
		Values::mutate(|values| values.max_age = 5);
		assert_ok!(Operators::remove_member(root(), 7));
		pass(10);
		for operator in [1, 2, 3] {
			feed(operator, RESALE, WAD);
		}
		assert_eq!(as_of(RESALE), Some(START + 20));
		feed(4, RESALE, WAD);
		assert_eq!(as_of(RESALE), Some(START + 30));
	});
}

#[test]
fn combining_should_ignore_a_value_when_it_is_from_the_future() {
	ExtBuilder::default().build_and_execute(|| {
		let raw = |secs: u64| TimestampedValue { value: WAD, timestamp: secs * 1_000 };
		let combine = |values: Vec<_>| Appraisal::combine_data(&RESALE, values, None);
		assert_eq!(combine(vec![raw(START), raw(START), raw(START + 1)]), None);
		assert_eq!(combine(vec![]), None);
	});
}
