// SPDX-License-Identifier: Apache-2.0

//! How far a value moves: in a block, in the period of an update, in a day.

use super::mock::*;
use crate::{AppraisalPolicy, Course, Courses, Span};
use caliber_math::WAD;
use caliber_primitives::appraisal::{OracleKey, OracleValue};
use polkadot_sdk::{frame_support::assert_ok, sp_runtime::Perbill};

const HOUR: u64 = 3_600;
const DAY: u64 = 86_400;
/// The default period of an update, and the quarter more after which all of it is forgotten.
const PERIOD: u64 = 600;
const FORGOTTEN: u64 = 750;
/// Hundredths of a dollar.
const CENT: u128 = WAD / 100;

/// A value that three operators agree on, and whose first period is over.
fn settle(key: OracleKey, value: OracleValue) {
	agree(key, value);
	pass(PERIOD);
}

/// One more update towards what all report, so many seconds later.
fn nudge(secs: u64, key: OracleKey, value: OracleValue) -> u128 {
	pass(secs);
	for operator in [1, 2, 3] {
		feed(operator, key, value);
	}
	accepted(key).unwrap()
}

/// Updates as soon as the period lets them move, until nothing moves any more.
fn push(key: OracleKey, value: OracleValue) -> u128 {
	let mut reached = accepted(key).unwrap();
	loop {
		let next = nudge(FORGOTTEN, key, value);
		if next == reached {
			return reached;
		}
		reached = next;
	}
}

fn set(change: impl FnOnce(&mut AppraisalPolicy)) {
	let mut policy = Appraisal::policy();
	change(&mut policy);
	assert_ok!(Appraisal::set_policy(RuntimeOrigin::root(), policy));
}

#[test]
fn first_value_should_be_taken_as_it_is_when_there_is_none_before() {
	ExtBuilder::default().build_and_execute(|| {
		agree(RESALE, 100 * WAD);
		assert_eq!(accepted(RESALE), Some(100 * WAD));
		let span = Span { since: START, low: 100 * WAD, high: 100 * WAD };
		let begun = Course {
			free_until: START + PERIOD,
			recent: vec![span].try_into().unwrap(),
			day: vec![span].try_into().unwrap(),
		};
		assert_eq!(Courses::<Test>::get(RESALE), Some(begun));
	});
}

#[test]
fn liars_should_not_hold_others_up_when_they_feed_first() {
	ExtBuilder::default().build_and_execute(|| {
		for (key, wait, reached) in [(RESALE, PERIOD - 1, 100), (RENTAL, PERIOD, 900)] {
			feed_each(key, [1_000 * WAD, 1_000 * WAD, 100 * WAD]);
			assert_eq!(accepted(key), Some(1_000 * WAD));
			pass(wait);
			feed(4, key, 100 * WAD);
			feed(5, key, 100 * WAD);
			assert_eq!(accepted(key), Some(reached * WAD));
		}
	});
}

#[test]
fn first_period_should_not_come_back_when_a_policy_lengthens_it() {
	ExtBuilder::default().build_and_execute(|| {
		settle(RESALE, 100 * WAD);
		set(|policy| policy.update_period = DAY);
		assert_eq!(nudge(0, RESALE, 1_000 * WAD), 110 * WAD);
	});
}

#[test]
fn first_period_should_leave_no_trace_when_it_is_over() {
	ExtBuilder::default().build_and_execute(|| {
		agree(RESALE, 1_000 * WAD);
		assert_eq!(nudge(PERIOD - 1, RESALE, 100 * WAD), 100 * WAD);
		// From a hundred on, not from a thousand.
		assert_eq!(nudge(1, RESALE, 200 * WAD), 110 * WAD);
		assert_eq!(push(RESALE, 200 * WAD), 125 * WAD);
	});
}

#[test]
fn move_should_be_accepted_when_it_is_at_the_bound_of_an_update() {
	ExtBuilder::default().build_and_execute(|| {
		settle(RESALE, 100 * WAD);
		agree(RESALE, 110 * WAD);
		assert_eq!(accepted(RESALE), Some(110 * WAD));
		settle(RENTAL, 100 * WAD);
		agree(RENTAL, 110 * WAD + 1);
		assert_eq!(accepted(RENTAL), Some(110 * WAD));
		settle(PRICE, 100 * WAD);
		agree(PRICE, 90 * WAD - 1);
		assert_eq!(accepted(PRICE), Some(90 * WAD));
	});
}

#[test]
fn move_should_be_a_tenth_in_all_when_several_operators_feed_in_one_block() {
	ExtBuilder::default().build_and_execute(|| {
		for (key, told, reached) in [(RESALE, 200, 110), (RENTAL, 1, 90)] {
			settle(key, 100 * WAD);
			pass(6);
			feed(1, key, told * WAD);
			assert_eq!(accepted(key), Some(100 * WAD));
			for operator in [2, 3, 4, 5] {
				feed(operator, key, told * WAD);
				assert_eq!(accepted(key), Some(reached * WAD));
			}
		}
	});
}

#[test]
fn move_should_wait_for_the_period_when_blocks_follow_one_another() {
	ExtBuilder::default().build_and_execute(|| {
		settle(RESALE, 100 * WAD);
		assert_eq!(nudge(0, RESALE, 200 * WAD), 110 * WAD);
		assert_eq!(nudge(6, RESALE, 200 * WAD), 110 * WAD);
		// Up to a quarter of the period longer than it has to be.
		assert_eq!(nudge(FORGOTTEN - 7, RESALE, 200 * WAD), 110 * WAD);
		assert_eq!(nudge(1, RESALE, 200 * WAD), 121 * WAD);
	});
}

#[test]
fn move_should_find_no_seam_when_it_comes_at_the_end_of_a_period() {
	ExtBuilder::default().build_and_execute(|| {
		settle(RESALE, 100 * WAD);
		assert_eq!(nudge(PERIOD - 1, RESALE, 200 * WAD), 110 * WAD);
		assert_eq!(nudge(1, RESALE, 200 * WAD), 110 * WAD);
		assert_eq!(nudge(FORGOTTEN - 2, RESALE, 200 * WAD), 110 * WAD);
		assert_eq!(nudge(1, RESALE, 200 * WAD), 121 * WAD);
	});
}

#[test]
fn move_should_be_free_within_the_bounds_when_it_goes_to_and_fro() {
	ExtBuilder::default().build_and_execute(|| {
		settle(RESALE, 100 * WAD);
		for dollars in [104, 99, 108, 100] {
			assert_eq!(nudge(6, RESALE, dollars * WAD), dollars * WAD);
		}
		// From 108 a tenth down is 97.2, and from there a tenth up is 106.92.
		assert_eq!(nudge(6, RESALE, 90 * WAD), 9_720 * CENT);
		assert_eq!(nudge(6, RESALE, 200 * WAD), 10_692 * CENT);
	});
}

#[test]
fn move_should_stop_at_a_quarter_when_a_day_asks_for_more() {
	ExtBuilder::default().build_and_execute(|| {
		settle(RESALE, 100 * WAD);
		settle(RENTAL, 100 * WAD);
		for (dollars, cents) in [(110, 9_000), (121, 8_100), (125, 7_500), (125, 7_500)] {
			pass(FORGOTTEN);
			for operator in [1, 2, 3] {
				let both = vec![(RESALE, 200 * WAD), (RENTAL, WAD)];
				assert_ok!(Appraisal::feed(
					RuntimeOrigin::signed(operator),
					both.try_into().unwrap()
				));
			}
			assert_eq!(accepted(RESALE), Some(dollars * WAD));
			assert_eq!(accepted(RENTAL), Some(cents * CENT));
		}
	});
}

#[test]
fn day_should_be_forgotten_by_the_hour_when_it_is_over() {
	ExtBuilder::default().build_and_execute(|| {
		settle(RESALE, 100 * WAD);
		assert_eq!(push(RESALE, 200 * WAD), 125 * WAD);
		let elapsed = now() - START;
		assert!(elapsed <= HOUR);
		// The hour of the hundred is the first: it counts until it is a day and an hour old.
		assert_eq!(nudge(DAY - elapsed, RESALE, 200 * WAD), 125 * WAD);
		assert_eq!(nudge(HOUR - 1, RESALE, 200 * WAD), 125 * WAD);
		assert_eq!(nudge(1, RESALE, 200 * WAD), 13_750 * CENT);
		// 125 and a quarter.
		assert_eq!(push(RESALE, 200 * WAD), 15_625 * CENT);
	});
}

#[test]
fn day_should_find_no_seam_when_the_value_has_rested() {
	ExtBuilder::default().build_and_execute(|| {
		settle(RESALE, 100 * WAD);
		// Just before the value is a day old it moves by a quarter, and so it stays when it is.
		pass(DAY - 2 * HOUR);
		assert_eq!(push(RESALE, 200 * WAD), 125 * WAD);
		assert!(now() < START + DAY);
		for _ in 0..24 {
			assert_eq!(nudge(HOUR, RESALE, 200 * WAD), 125 * WAD);
		}
	});
}

#[test]
fn value_should_come_back_in_part_when_it_was_talked_down() {
	ExtBuilder::default().build_and_execute(|| {
		settle(RESALE, 100 * WAD);
		assert_eq!(push(RESALE, WAD), 75 * WAD);
		// 75 and a quarter.
		assert_eq!(push(RESALE, 100 * WAD), 9_375 * CENT);
		pass(DAY + HOUR);
		assert_eq!(push(RESALE, 100 * WAD), 100 * WAD);
	});
}

#[test]
fn value_should_come_back_at_once_when_it_was_talked_up() {
	ExtBuilder::default().build_and_execute(|| {
		settle(RESALE, 100 * WAD);
		assert_eq!(push(RESALE, 1_000 * WAD), 125 * WAD);
		assert_eq!(nudge(FORGOTTEN, RESALE, 100 * WAD), 11_250 * CENT);
		assert_eq!(push(RESALE, 100 * WAD), 100 * WAD);
	});
}

#[test]
fn move_should_be_bounded_by_the_old_value_when_the_outage_was_long() {
	ExtBuilder::default().build_and_execute(|| {
		settle(RESALE, 100 * WAD);
		pass(30 * DAY);
		agree(RESALE, 1_000 * WAD);
		assert_eq!(accepted(RESALE), Some(110 * WAD));
		assert_eq!(as_of(RESALE), Some(START + PERIOD + 30 * DAY));
	});
}

#[test]
fn move_should_be_bounded_by_the_value_alone_when_its_course_is_missing() {
	ExtBuilder::default().build_and_execute(|| {
		agree(RESALE, 100 * WAD);
		Courses::<Test>::remove(RESALE);
		agree(RESALE, 1_000 * WAD);
		assert_eq!(accepted(RESALE), Some(110 * WAD));
	});
}

#[test]
fn utilisation_should_recover_in_steps_when_it_was_zero() {
	ExtBuilder::default().build_and_execute(|| {
		let thousandth = WAD / 1_000;
		settle(UTILISATION, 0);
		assert_eq!(accepted(UTILISATION), Some(0));
		// A tenth of a tenth of the hours; then a quarter of it in all.
		assert_eq!(nudge(6, UTILISATION, WAD / 2), 10 * thousandth);
		assert_eq!(push(UTILISATION, WAD / 2), 25 * thousandth);
		for days in 2..=4 {
			pass(DAY + HOUR);
			assert_eq!(push(UTILISATION, WAD / 2), 25 * thousandth * days);
		}
		// From a tenth on by its own share.
		pass(DAY + HOUR);
		assert_eq!(push(UTILISATION, WAD / 2), 125 * thousandth);
	});
}

#[test]
fn utilisation_should_move_by_its_own_share_when_it_is_a_tenth_or_more() {
	ExtBuilder::default().build_and_execute(|| {
		settle(UTILISATION, WAD / 10 * 8);
		assert_eq!(nudge(0, UTILISATION, 0), WAD / 100 * 72);
		assert_eq!(push(UTILISATION, 0), WAD / 10 * 6);
	});
}

#[test]
fn utilisation_should_fall_to_zero_when_it_is_under_the_floor() {
	ExtBuilder::default().build_and_execute(|| {
		settle(UTILISATION, WAD / 200);
		agree(UTILISATION, 0);
		assert_eq!(accepted(UTILISATION), Some(0));
	});
}

#[test]
fn price_should_not_stick_when_it_is_a_few_units() {
	ExtBuilder::default().build_and_execute(|| {
		settle(PRICE, 5);
		agree(PRICE, 1_000);
		assert_eq!(accepted(PRICE), Some(1_000));
		agree(PRICE, 1);
		assert_eq!(accepted(PRICE), Some(1));
	});
}

#[test]
fn value_should_stay_when_a_tightened_policy_leaves_it_out_of_reach() {
	ExtBuilder::default().build_and_execute(|| {
		settle(RESALE, 100 * WAD);
		assert_eq!(nudge(FORGOTTEN, RESALE, 200 * WAD), 110 * WAD);
		assert_eq!(nudge(FORGOTTEN, RESALE, 200 * WAD), 121 * WAD);
		set(|policy| {
			policy.max_move_per_update = Perbill::from_percent(1);
			policy.max_move_per_day = Perbill::from_percent(10);
		});
		assert_eq!(push(RESALE, 200 * WAD), 121 * WAD);
		// Down it goes by the bound of an update, not at once into the day's bounds.
		assert_eq!(nudge(FORGOTTEN, RESALE, 50 * WAD), 11_979 * CENT);
	});
}

#[test]
fn each_block_should_be_a_move_when_the_period_is_a_second() {
	ExtBuilder::default().build_and_execute(|| {
		set(|policy| policy.update_period = 1);
		settle(RESALE, 100 * WAD);
		assert_eq!(nudge(6, RESALE, 200 * WAD), 110 * WAD);
		assert_eq!(nudge(1, RESALE, 200 * WAD), 110 * WAD);
		assert_eq!(nudge(0, RESALE, 200 * WAD), 110 * WAD);
		assert_eq!(nudge(6, RESALE, 200 * WAD), 121 * WAD);
		assert_eq!(nudge(6, RESALE, 200 * WAD), 125 * WAD);
		assert_eq!(nudge(6, RESALE, 200 * WAD), 125 * WAD);
	});
}

#[test]
fn report_should_say_how_far_the_next_value_may_move() {
	ExtBuilder::default().build_and_execute(|| {
		let reach = || {
			let report = Appraisal::feed_report(RESALE).unwrap();
			report.lowest.zip(report.highest)
		};
		assert_eq!(reach(), None);
		agree(RESALE, 100 * WAD);
		pass(PERIOD - 1);
		assert_eq!(reach(), None);
		pass(1);
		assert_eq!(reach(), Some((90 * WAD, 110 * WAD)));
		assert_eq!(nudge(0, RESALE, 200 * WAD), 110 * WAD);
		assert_eq!(reach(), Some((99 * WAD, 110 * WAD)));
		pass(FORGOTTEN);
		assert_eq!(reach(), Some((99 * WAD, 121 * WAD)));
		assert_eq!(push(RESALE, 200 * WAD), 125 * WAD);
		// No more than a quarter up from 100, no more than a tenth down from 125.
		assert_eq!(reach(), Some((11_250 * CENT, 125 * WAD)));
	});
}
