// SPDX-License-Identifier: Apache-2.0

//! Limits on moves of a value: in a block, in an update period, in a day.

use super::mock::*;
use crate::{Bucket, PriceHistories, PriceHistory};
use caliber_math::WAD;
use caliber_primitives::appraisal::{OracleKey, OracleValue};
use caliber_primitives::governance::values::AppraisalValues;
use polkadot_sdk::{frame_support::assert_ok, sp_runtime::Perbill};

const HOUR: u64 = 3_600;
const DAY: u64 = 86_400;
/// Default update period, in seconds, and the period with the quarter after which its first bucket
/// is dropped.
const PERIOD: u64 = 600;
const DROPPED: u64 = 750;
/// A hundredth of a dollar.
const CENT: u128 = WAD / 100;

/// Feeds the first value of a key for three operators and passes the period without limits.
fn feed_first(key: OracleKey, value: OracleValue) {
	agree(key, value);
	pass(PERIOD);
}

/// Feeds a value for three operators `secs` later. Returns the accepted value.
fn feed_after(secs: u64, key: OracleKey, value: OracleValue) -> u128 {
	pass(secs);
	for operator in [1, 2, 3] {
		feed(operator, key, value);
	}
	accepted(key).unwrap()
}

/// Feeds a value as often as the update period permits a move, until the accepted value stays.
fn feed_to_limit(key: OracleKey, value: OracleValue) -> u128 {
	let mut reached = accepted(key).unwrap();
	loop {
		let next = feed_after(DROPPED, key, value);
		if next == reached {
			return reached;
		}
		reached = next;
	}
}

/// Changes the valuation policy.
fn change_policy(change: impl FnOnce(&mut AppraisalValues)) {
	let mut policy = Values::get();
	change(&mut policy);
	Values::set(policy);
}

#[test]
fn first_value_should_be_accepted_as_it_is_when_the_key_has_none() {
	ExtBuilder::default().build_and_execute(|| {
		agree(RESALE, 100 * WAD);
		assert_eq!(accepted(RESALE), Some(100 * WAD));
		let bucket = Bucket { since: START, low: 100 * WAD, high: 100 * WAD };
		let started = PriceHistory {
			free_until: START + PERIOD,
			recent: vec![bucket].try_into().unwrap(),
			day: vec![bucket].try_into().unwrap(),
		};
		assert_eq!(PriceHistories::<Test>::get(RESALE), Some(started));
	});
}

#[test]
fn dishonest_first_value_should_not_limit_others_when_the_first_period_runs() {
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
fn first_period_should_not_start_again_when_a_policy_lengthens_it() {
	ExtBuilder::default().build_and_execute(|| {
		feed_first(RESALE, 100 * WAD);
		change_policy(|policy| policy.update_period = DAY);
		assert_eq!(feed_after(0, RESALE, 1_000 * WAD), 110 * WAD);
	});
}

#[test]
fn first_period_should_leave_no_trace_when_it_is_over() {
	ExtBuilder::default().build_and_execute(|| {
		agree(RESALE, 1_000 * WAD);
		assert_eq!(feed_after(PERIOD - 1, RESALE, 100 * WAD), 100 * WAD);
		// From 100, not from 1 000.
		assert_eq!(feed_after(1, RESALE, 200 * WAD), 110 * WAD);
		assert_eq!(feed_to_limit(RESALE, 200 * WAD), 125 * WAD);
	});
}

#[test]
fn move_should_be_accepted_when_it_is_at_the_bound_of_an_update() {
	ExtBuilder::default().build_and_execute(|| {
		feed_first(RESALE, 100 * WAD);
		agree(RESALE, 110 * WAD);
		assert_eq!(accepted(RESALE), Some(110 * WAD));
		feed_first(RENTAL, 100 * WAD);
		agree(RENTAL, 110 * WAD + 1);
		assert_eq!(accepted(RENTAL), Some(110 * WAD));
		feed_first(PRICE, 100 * WAD);
		agree(PRICE, 90 * WAD - 1);
		assert_eq!(accepted(PRICE), Some(90 * WAD));
	});
}

#[test]
fn move_should_be_one_tenth_in_total_when_several_operators_feed_in_one_block() {
	ExtBuilder::default().build_and_execute(|| {
		for (key, reported, reached) in [(RESALE, 200, 110), (RENTAL, 1, 90)] {
			feed_first(key, 100 * WAD);
			pass(6);
			feed(1, key, reported * WAD);
			assert_eq!(accepted(key), Some(100 * WAD));
			for operator in [2, 3, 4, 5] {
				feed(operator, key, reported * WAD);
				assert_eq!(accepted(key), Some(reached * WAD));
			}
		}
	});
}

#[test]
fn move_should_wait_for_the_period_when_blocks_follow_one_another() {
	ExtBuilder::default().build_and_execute(|| {
		feed_first(RESALE, 100 * WAD);
		assert_eq!(feed_after(0, RESALE, 200 * WAD), 110 * WAD);
		assert_eq!(feed_after(6, RESALE, 200 * WAD), 110 * WAD);
		// Up to a quarter of the period longer than the period.
		assert_eq!(feed_after(DROPPED - 7, RESALE, 200 * WAD), 110 * WAD);
		assert_eq!(feed_after(1, RESALE, 200 * WAD), 121 * WAD);
	});
}

#[test]
fn move_should_stay_limited_when_it_comes_at_the_end_of_a_period() {
	ExtBuilder::default().build_and_execute(|| {
		feed_first(RESALE, 100 * WAD);
		assert_eq!(feed_after(PERIOD - 1, RESALE, 200 * WAD), 110 * WAD);
		assert_eq!(feed_after(1, RESALE, 200 * WAD), 110 * WAD);
		assert_eq!(feed_after(DROPPED - 2, RESALE, 200 * WAD), 110 * WAD);
		assert_eq!(feed_after(1, RESALE, 200 * WAD), 121 * WAD);
	});
}

#[test]
fn move_should_be_free_within_the_bounds_when_it_goes_up_and_down() {
	ExtBuilder::default().build_and_execute(|| {
		feed_first(RESALE, 100 * WAD);
		for dollars in [104, 99, 108, 100] {
			assert_eq!(feed_after(6, RESALE, dollars * WAD), dollars * WAD);
		}
		// From 108 a tenth down is 97.2, and from there a tenth up is 106.92.
		assert_eq!(feed_after(6, RESALE, 90 * WAD), 9_720 * CENT);
		assert_eq!(feed_after(6, RESALE, 200 * WAD), 10_692 * CENT);
	});
}

#[test]
fn move_should_stop_at_a_quarter_when_a_day_asks_for_more() {
	ExtBuilder::default().build_and_execute(|| {
		feed_first(RESALE, 100 * WAD);
		feed_first(RENTAL, 100 * WAD);
		for (dollars, cents) in [(110, 9_000), (121, 8_100), (125, 7_500), (125, 7_500)] {
			pass(DROPPED);
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
fn day_should_be_dropped_by_the_hour_when_it_is_over() {
	ExtBuilder::default().build_and_execute(|| {
		feed_first(RESALE, 100 * WAD);
		assert_eq!(feed_to_limit(RESALE, 200 * WAD), 125 * WAD);
		let elapsed = now() - START;
		assert!(elapsed <= HOUR);
		// The bucket of 100 is the first: it counts until it is a day and an hour old.
		assert_eq!(feed_after(DAY - elapsed, RESALE, 200 * WAD), 125 * WAD);
		assert_eq!(feed_after(HOUR - 1, RESALE, 200 * WAD), 125 * WAD);
		assert_eq!(feed_after(1, RESALE, 200 * WAD), 13_750 * CENT);
		// 125 and a quarter.
		assert_eq!(feed_to_limit(RESALE, 200 * WAD), 15_625 * CENT);
	});
}

#[test]
fn day_should_stay_limited_when_the_value_was_constant_before() {
	ExtBuilder::default().build_and_execute(|| {
		feed_first(RESALE, 100 * WAD);
		// The value moves by a quarter shortly before it is a day old, and no further when it is.
		pass(DAY - 2 * HOUR);
		assert_eq!(feed_to_limit(RESALE, 200 * WAD), 125 * WAD);
		assert!(now() < START + DAY);
		for _ in 0..24 {
			assert_eq!(feed_after(HOUR, RESALE, 200 * WAD), 125 * WAD);
		}
	});
}

#[test]
fn value_should_recover_in_part_when_reports_pushed_it_down() {
	ExtBuilder::default().build_and_execute(|| {
		feed_first(RESALE, 100 * WAD);
		assert_eq!(feed_to_limit(RESALE, WAD), 75 * WAD);
		// 75 and a quarter.
		assert_eq!(feed_to_limit(RESALE, 100 * WAD), 9_375 * CENT);
		pass(DAY + HOUR);
		assert_eq!(feed_to_limit(RESALE, 100 * WAD), 100 * WAD);
	});
}

#[test]
fn value_should_fall_back_at_once_when_reports_pushed_it_up() {
	ExtBuilder::default().build_and_execute(|| {
		feed_first(RESALE, 100 * WAD);
		assert_eq!(feed_to_limit(RESALE, 1_000 * WAD), 125 * WAD);
		assert_eq!(feed_after(DROPPED, RESALE, 100 * WAD), 11_250 * CENT);
		assert_eq!(feed_to_limit(RESALE, 100 * WAD), 100 * WAD);
	});
}

#[test]
fn move_should_be_limited_by_the_old_value_when_the_outage_was_long() {
	ExtBuilder::default().build_and_execute(|| {
		feed_first(RESALE, 100 * WAD);
		pass(30 * DAY);
		agree(RESALE, 1_000 * WAD);
		assert_eq!(accepted(RESALE), Some(110 * WAD));
		assert_eq!(as_of(RESALE), Some(START + PERIOD + 30 * DAY));
	});
}

#[test]
fn move_should_be_limited_by_the_value_alone_when_its_history_is_missing() {
	ExtBuilder::default().build_and_execute(|| {
		agree(RESALE, 100 * WAD);
		PriceHistories::<Test>::remove(RESALE);
		agree(RESALE, 1_000 * WAD);
		assert_eq!(accepted(RESALE), Some(110 * WAD));
	});
}

#[test]
fn utilisation_should_recover_in_steps_when_it_was_zero() {
	ExtBuilder::default().build_and_execute(|| {
		let thousandth = WAD / 1_000;
		feed_first(UTILISATION, 0);
		assert_eq!(accepted(UTILISATION), Some(0));
		// The floor is a tenth of the hours: 10 % of it per update, 25 % of it per day.
		assert_eq!(feed_after(6, UTILISATION, WAD / 2), 10 * thousandth);
		assert_eq!(feed_to_limit(UTILISATION, WAD / 2), 25 * thousandth);
		for days in 2..=4 {
			pass(DAY + HOUR);
			assert_eq!(feed_to_limit(UTILISATION, WAD / 2), 25 * thousandth * days);
		}
		// Above the floor by its own share.
		pass(DAY + HOUR);
		assert_eq!(feed_to_limit(UTILISATION, WAD / 2), 125 * thousandth);
	});
}

#[test]
fn utilisation_should_move_by_its_own_share_when_it_is_a_tenth_or_more() {
	ExtBuilder::default().build_and_execute(|| {
		feed_first(UTILISATION, WAD / 10 * 8);
		assert_eq!(feed_after(0, UTILISATION, 0), WAD / 100 * 72);
		assert_eq!(feed_to_limit(UTILISATION, 0), WAD / 10 * 6);
	});
}

#[test]
fn utilisation_should_fall_to_zero_when_it_is_under_the_floor() {
	ExtBuilder::default().build_and_execute(|| {
		feed_first(UTILISATION, WAD / 200);
		agree(UTILISATION, 0);
		assert_eq!(accepted(UTILISATION), Some(0));
	});
}

#[test]
fn price_should_move_when_it_is_a_few_units() {
	ExtBuilder::default().build_and_execute(|| {
		feed_first(PRICE, 5);
		agree(PRICE, 1_000);
		assert_eq!(accepted(PRICE), Some(1_000));
		agree(PRICE, 1);
		assert_eq!(accepted(PRICE), Some(1));
	});
}

#[test]
fn value_should_stay_when_a_tightened_policy_leaves_it_out_of_bounds() {
	ExtBuilder::default().build_and_execute(|| {
		feed_first(RESALE, 100 * WAD);
		assert_eq!(feed_after(DROPPED, RESALE, 200 * WAD), 110 * WAD);
		assert_eq!(feed_after(DROPPED, RESALE, 200 * WAD), 121 * WAD);
		change_policy(|policy| {
			policy.max_move_per_update = Perbill::from_percent(1);
			policy.max_move_per_day = Perbill::from_percent(10);
		});
		assert_eq!(feed_to_limit(RESALE, 200 * WAD), 121 * WAD);
		// It falls by the limit of an update, not at once into the bounds of the day.
		assert_eq!(feed_after(DROPPED, RESALE, 50 * WAD), 11_979 * CENT);
	});
}

#[test]
fn each_block_should_be_a_move_when_the_period_is_a_second() {
	ExtBuilder::default().build_and_execute(|| {
		change_policy(|policy| policy.update_period = 1);
		feed_first(RESALE, 100 * WAD);
		assert_eq!(feed_after(6, RESALE, 200 * WAD), 110 * WAD);
		assert_eq!(feed_after(1, RESALE, 200 * WAD), 110 * WAD);
		assert_eq!(feed_after(0, RESALE, 200 * WAD), 110 * WAD);
		assert_eq!(feed_after(6, RESALE, 200 * WAD), 121 * WAD);
		assert_eq!(feed_after(6, RESALE, 200 * WAD), 125 * WAD);
		assert_eq!(feed_after(6, RESALE, 200 * WAD), 125 * WAD);
	});
}

#[test]
fn report_should_give_the_bounds_of_the_next_value_when_moves_are_limited() {
	ExtBuilder::default().build_and_execute(|| {
		let bounds = || {
			let report = Appraisal::feed_report(RESALE).unwrap();
			report.lowest.zip(report.highest)
		};
		assert_eq!(bounds(), None);
		agree(RESALE, 100 * WAD);
		pass(PERIOD - 1);
		assert_eq!(bounds(), None);
		pass(1);
		assert_eq!(bounds(), Some((90 * WAD, 110 * WAD)));
		assert_eq!(feed_after(0, RESALE, 200 * WAD), 110 * WAD);
		assert_eq!(bounds(), Some((99 * WAD, 110 * WAD)));
		pass(DROPPED);
		assert_eq!(bounds(), Some((99 * WAD, 121 * WAD)));
		assert_eq!(feed_to_limit(RESALE, 200 * WAD), 125 * WAD);
		// At most a quarter up from 100, at most a tenth down from 125.
		assert_eq!(bounds(), Some((11_250 * CENT, 125 * WAD)));
	});
}
