// SPDX-License-Identifier: Apache-2.0

//! Changes of the membership: only reports of present operators count.

use super::mock::*;
use crate::{Error, Event, LastFed};
use caliber_math::WAD;
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok},
	pallet_oracle::RawValues,
};

/// Returns the admin origin.
fn root() -> RuntimeOrigin {
	RuntimeOrigin::root()
}

/// Feeds the values of three operators, two of them too high.
fn feed_two_high() {
	feed_each(RESALE, [300 * WAD, 300 * WAD, 100 * WAD]);
	assert_eq!(accepted(RESALE), Some(300 * WAD));
}

/// Asserts that an operator is gone with all its reports.
fn assert_gone(operator: u64) {
	assert!(!LastFed::<Test>::contains_key(operator));
	assert_eq!(RawValues::<Test>::iter_prefix(operator).count(), 0);
	let one = vec![(RESALE, WAD)].try_into().unwrap();
	assert_noop!(Appraisal::feed(RuntimeOrigin::signed(operator), one), Error::<Test>::NotOperator);
}

#[test]
fn reports_should_be_removed_when_their_operator_leaves() {
	ExtBuilder::default().build_and_execute(|| {
		feed_each(RESALE, [20_000 * WAD, 20_000 * WAD]);
		pass(0);
		feed(1, RENTAL, WAD);
		assert!(LastFed::<Test>::contains_key(1));
		assert_ok!(Operators::remove_member(root(), 1));
		assert_gone(1);
		// Two of the three reports are left.
		feed(3, RESALE, 20_000 * WAD);
		assert_eq!(accepted(RESALE), None);
		feed(4, RESALE, 20_000 * WAD);
		assert_eq!(accepted(RESALE), Some(20_000 * WAD));
	});
}

#[test]
fn median_should_ignore_a_dishonest_operator_when_it_is_removed() {
	ExtBuilder::default().build_and_execute(|| {
		feed_two_high();
		assert_ok!(Operators::remove_member(root(), 1));
		assert_gone(1);
		// The accepted value stays until the next report; then the three present operators count.
		assert_eq!(accepted(RESALE), Some(300 * WAD));
		pass(60);
		feed(4, RESALE, 100 * WAD);
		assert_eq!(accepted(RESALE), Some(100 * WAD));
		let median = Event::PriceAccepted {
			key: RESALE,
			value: 100 * WAD,
			as_of: START,
			median: 100 * WAD,
			feeders: 3,
		};
		System::assert_has_event(median.into());
	});
}

#[test]
fn operator_should_have_no_reports_when_it_replaces_another() {
	ExtBuilder::default().build_and_execute(|| {
		feed_two_high();
		assert_ok!(Operators::swap_member(root(), 1, 9));
		assert_gone(1);
		assert_eq!(RawValues::<Test>::iter_prefix(9).count(), 0);
		feed(9, RESALE, 100 * WAD);
		assert_eq!(accepted(RESALE), Some(100 * WAD));
	});
}

#[test]
fn reports_should_be_removed_when_all_operators_are_replaced() {
	ExtBuilder::default().build_and_execute(|| {
		feed_two_high();
		assert_ok!(Operators::reset_members(root(), vec![3, 6, 7]));
		assert_gone(1);
		assert_gone(2);
		assert!(RawValues::<Test>::contains_key(3, RESALE));
		feed(6, RESALE, 100 * WAD);
		assert_eq!(accepted(RESALE), Some(300 * WAD));
		feed(7, RESALE, 100 * WAD);
		assert_eq!(accepted(RESALE), Some(100 * WAD));
	});
}

#[test]
fn operator_should_have_no_reports_when_it_changes_its_key() {
	ExtBuilder::default().build_and_execute(|| {
		feed_two_high();
		assert_ok!(Operators::change_key(RuntimeOrigin::signed(1), 9));
		assert_gone(1);
		assert_eq!(RawValues::<Test>::iter_prefix(9).count(), 0);
	});
}

#[test]
fn operator_should_have_no_reports_when_it_returns() {
	ExtBuilder::default().build_and_execute(|| {
		feed_two_high();
		assert_ok!(Operators::remove_member(root(), 1));
		assert_ok!(Operators::add_member(root(), 1));
		assert_eq!(RawValues::<Test>::iter_prefix(1).count(), 0);
		feed(1, RESALE, 100 * WAD);
		assert_eq!(accepted(RESALE), Some(100 * WAD));
	});
}

#[test]
fn reports_should_become_stale_when_their_operator_stops() {
	ExtBuilder::default().build_and_execute(|| {
		feed_two_high();
		pass(3_000);
		for operator in [3, 4, 5] {
			feed(operator, RESALE, 290 * WAD);
		}
		// The two high reports are still fresh: the median of five.
		assert_eq!(accepted(RESALE), Some(290 * WAD));
		assert_eq!(as_of(RESALE), Some(START + 3_000));
		pass(601);
		feed(3, RESALE, 280 * WAD);
		// 280, 290, 290: the high ones are stale.
		assert_eq!(accepted(RESALE), Some(290 * WAD));
		pass(0);
		feed(4, RESALE, 280 * WAD);
		assert_eq!(accepted(RESALE), Some(280 * WAD));
	});
}

#[test]
fn repeated_report_should_be_outvoted_when_the_market_moves() {
	ExtBuilder::default().build_and_execute(|| {
		// Two operators that follow the market outvote one that repeats an old value.
		agree(RESALE, 100 * WAD);
		for dollars in [102, 104, 106] {
			pass(1_800);
			feed(1, RESALE, 100 * WAD);
			feed(2, RESALE, dollars * WAD);
			feed(3, RESALE, dollars * WAD);
			assert_eq!(accepted(RESALE), Some(dollars * WAD));
		}
	});
}
