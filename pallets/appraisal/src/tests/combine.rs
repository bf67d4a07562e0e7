// SPDX-License-Identifier: Apache-2.0

use super::mock::*;
use crate::{AppraisalPolicy, DayOpening, Opening};
use caliber_math::WAD;
use caliber_primitives::appraisal::{OracleKey, OracleValue};
use polkadot_sdk::{
	frame_support::assert_ok,
	pallet_oracle::{CombineData, TimestampedValue},
	sp_runtime::Perbill,
};

const DAY: u64 = 86_400;

/// One more update towards what the other operators report already.
fn nudge(key: OracleKey, value: OracleValue) {
	pass(0);
	feed(1, key, value);
}

/// All three report a value, an update at a time, until nothing moves any more.
fn push(key: OracleKey, value: OracleValue) {
	agree(key, value);
	for _ in 0..10 {
		nudge(key, value);
	}
}

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
		// First the median of three, 102; then that of four, 103, which is within reach.
		assert_eq!(accepted(RESALE), Some(103 * WAD));
	});
}

#[test]
fn combining_should_ignore_a_liar_when_the_others_agree() {
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
fn combined_value_should_be_dated_by_the_last_needed_feeder_when_more_have_spoken() {
	ExtBuilder::default().build_and_execute(|| {
		for operator in [1, 2, 3] {
			feed(operator, RESALE, 100 * WAD);
			pass(10);
		}
		// Three have spoken since the first of them did.
		assert_eq!(as_of(RESALE), Some(START));
		feed(4, RESALE, 100 * WAD);
		assert_eq!(as_of(RESALE), Some(START + 10));
		pass(10);
		// One who speaks again is no further support.
		feed(4, RESALE, 100 * WAD);
		assert_eq!(as_of(RESALE), Some(START + 10));
	});
}

#[test]
fn first_value_should_be_taken_as_it_is_when_there_is_none_before() {
	ExtBuilder::default().build_and_execute(|| {
		agree(RESALE, 100 * WAD);
		assert_eq!(accepted(RESALE), Some(100 * WAD));
		let opening = Opening { value: 100 * WAD, since: START };
		assert_eq!(DayOpening::<Test>::get(RESALE), Some(opening));
	});
}

#[test]
fn move_should_be_accepted_when_it_is_at_the_bound_of_an_update() {
	ExtBuilder::default().build_and_execute(|| {
		agree(RESALE, 100 * WAD);
		agree(RESALE, 110 * WAD);
		assert_eq!(accepted(RESALE), Some(110 * WAD));
	});
}

#[test]
fn move_should_stop_at_a_tenth_when_an_update_asks_for_more() {
	ExtBuilder::default().build_and_execute(|| {
		agree(RESALE, 100 * WAD);
		pass(0);
		feed(1, RESALE, 200 * WAD);
		assert_eq!(accepted(RESALE), Some(100 * WAD));
		feed(2, RESALE, 200 * WAD);
		assert_eq!(accepted(RESALE), Some(110 * WAD));
		feed(3, RESALE, 200 * WAD);
		assert_eq!(accepted(RESALE), Some(121 * WAD));
	});
}

#[test]
fn move_should_stop_at_a_quarter_when_a_day_asks_for_more() {
	ExtBuilder::default().build_and_execute(|| {
		agree(RESALE, 100 * WAD);
		agree(RENTAL, 100 * WAD);
		push(RESALE, 200 * WAD);
		push(RENTAL, WAD);
		assert_eq!(accepted(RESALE), Some(125 * WAD));
		assert_eq!(accepted(RENTAL), Some(75 * WAD));

		// One second before the day is over, nothing has changed.
		pass(DAY - 1);
		push(RESALE, 200 * WAD);
		assert_eq!(accepted(RESALE), Some(125 * WAD));
	});
}

#[test]
fn day_should_open_with_the_last_value_when_it_is_a_day_old() {
	ExtBuilder::default().build_and_execute(|| {
		agree(RESALE, 100 * WAD);
		push(RESALE, 200 * WAD);
		pass(DAY);
		for operator in [1, 2, 3] {
			feed(operator, RESALE, 200 * WAD);
		}
		// 125 and a tenth.
		assert_eq!(accepted(RESALE), Some(137_500_000_000_000_000_000));
		let opening = Opening { value: 125 * WAD, since: START + DAY };
		assert_eq!(DayOpening::<Test>::get(RESALE), Some(opening));
		push(RESALE, 200 * WAD);
		// 125 and a quarter.
		assert_eq!(accepted(RESALE), Some(156_250_000_000_000_000_000));
	});
}

#[test]
fn move_should_be_bounded_by_the_old_value_when_the_outage_was_long() {
	ExtBuilder::default().build_and_execute(|| {
		agree(RESALE, 100 * WAD);
		pass(30 * DAY);
		agree(RESALE, 1_000 * WAD);
		assert_eq!(accepted(RESALE), Some(110 * WAD));
		assert_eq!(as_of(RESALE), Some(START + 30 * DAY));
	});
}

#[test]
fn utilisation_should_recover_in_steps_when_it_was_zero() {
	ExtBuilder::default().build_and_execute(|| {
		agree(UTILISATION, 0);
		assert_eq!(accepted(UTILISATION), Some(0));
		pass(0);
		feed(1, UTILISATION, WAD / 2);
		feed(2, UTILISATION, WAD / 2);
		// A tenth of a tenth of the hours.
		assert_eq!(accepted(UTILISATION), Some(WAD / 100));
		push(UTILISATION, WAD / 2);
		// A quarter of a tenth.
		assert_eq!(accepted(UTILISATION), Some(WAD / 1_000 * 25));
		for days in 2..=4 {
			pass(DAY);
			push(UTILISATION, WAD / 2);
			assert_eq!(accepted(UTILISATION), Some(WAD / 1_000 * 25 * days));
		}
		// From a tenth on by its own share.
		pass(DAY);
		push(UTILISATION, WAD / 2);
		assert_eq!(accepted(UTILISATION), Some(WAD / 1_000 * 125));
	});
}

#[test]
fn utilisation_should_move_by_its_own_share_when_it_is_a_tenth_or_more() {
	ExtBuilder::default().build_and_execute(|| {
		agree(UTILISATION, WAD / 10 * 8);
		pass(0);
		feed(1, UTILISATION, 0);
		feed(2, UTILISATION, 0);
		assert_eq!(accepted(UTILISATION), Some(WAD / 100 * 72));
		push(UTILISATION, 0);
		assert_eq!(accepted(UTILISATION), Some(WAD / 10 * 6));
	});
}

#[test]
fn utilisation_should_fall_to_zero_when_it_is_under_the_floor() {
	ExtBuilder::default().build_and_execute(|| {
		agree(UTILISATION, WAD / 200);
		agree(UTILISATION, 0);
		assert_eq!(accepted(UTILISATION), Some(0));
	});
}

#[test]
fn price_should_not_stick_when_it_is_a_few_units() {
	ExtBuilder::default().build_and_execute(|| {
		agree(PRICE, 5);
		agree(PRICE, 1_000);
		assert_eq!(accepted(PRICE), Some(1_000));
	});
}

#[test]
fn value_should_stay_when_a_tightened_policy_leaves_it_outside_of_the_day() {
	ExtBuilder::default().build_and_execute(|| {
		agree(RESALE, 100 * WAD);
		agree(RESALE, 200 * WAD);
		assert_eq!(accepted(RESALE), Some(121 * WAD));
		let tight = AppraisalPolicy {
			max_move_per_update: Perbill::from_percent(1),
			max_move_per_day: Perbill::from_percent(10),
			..Default::default()
		};
		assert_ok!(Appraisal::set_policy(RuntimeOrigin::root(), tight));
		push(RESALE, 200 * WAD);
		assert_eq!(accepted(RESALE), Some(121 * WAD));
		// Down it goes by the bound of an update, not at once into the day's bounds.
		pass(0);
		feed(1, RESALE, 50 * WAD);
		feed(2, RESALE, 50 * WAD);
		assert_eq!(accepted(RESALE), Some(119_790_000_000_000_000_000));
	});
}

#[test]
fn number_of_feeders_should_follow_the_policy_when_it_changes() {
	ExtBuilder::default().build_and_execute(|| {
		let policy = AppraisalPolicy { min_feeders: 1, ..Default::default() };
		assert_ok!(Appraisal::set_policy(RuntimeOrigin::root(), policy));
		feed(1, RESALE, 100 * WAD);
		assert_eq!(accepted(RESALE), Some(100 * WAD));
		let policy = AppraisalPolicy { min_feeders: 5, ..Default::default() };
		assert_ok!(Appraisal::set_policy(RuntimeOrigin::root(), policy));
		pass(60);
		for operator in [1, 2, 3, 4] {
			feed(operator, RESALE, 101 * WAD);
		}
		assert_eq!(as_of(RESALE), Some(START));
		feed(5, RESALE, 101 * WAD);
		assert_eq!(as_of(RESALE), Some(START + 60));
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
