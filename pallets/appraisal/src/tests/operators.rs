// SPDX-License-Identifier: Apache-2.0

//! Operators come and go: only the values of those who are there count.

use super::mock::*;
use crate::{Error, Event, LastFed};
use caliber_math::WAD;
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok},
	pallet_oracle::RawValues,
};

fn root() -> RuntimeOrigin {
	RuntimeOrigin::root()
}

/// The values of three operators, two of which are dear.
fn two_dear() {
	feed_each(RESALE, [300 * WAD, 300 * WAD, 100 * WAD]);
	assert_eq!(accepted(RESALE), Some(300 * WAD));
}

/// Operator 1 is gone, with all that it reported.
fn is_gone(operator: u64) {
	assert!(!LastFed::<Test>::contains_key(operator));
	assert_eq!(RawValues::<Test>::iter_prefix(operator).count(), 0);
	let one = vec![(RESALE, WAD)].try_into().unwrap();
	assert_noop!(Appraisal::feed(RuntimeOrigin::signed(operator), one), Error::<Test>::NotOperator);
}

#[test]
fn operator_should_take_its_values_along_when_it_leaves() {
	ExtBuilder::default().build_and_execute(|| {
		feed_each(RESALE, [20_000 * WAD, 20_000 * WAD]);
		pass(0);
		feed(1, RENTAL, WAD);
		assert!(LastFed::<Test>::contains_key(1));
		assert_ok!(Operators::remove_member(root(), 1));
		is_gone(1);
		// Of three that have spoken two are left.
		feed(3, RESALE, 20_000 * WAD);
		assert_eq!(accepted(RESALE), None);
		feed(4, RESALE, 20_000 * WAD);
		assert_eq!(accepted(RESALE), Some(20_000 * WAD));
	});
}

#[test]
fn median_should_forget_a_liar_when_it_is_removed() {
	ExtBuilder::default().build_and_execute(|| {
		two_dear();
		assert_ok!(Operators::remove_member(root(), 1));
		is_gone(1);
		// What was accepted stays until the next value; then it is that of the three who are left.
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
fn operator_should_bring_no_values_when_it_takes_the_place_of_another() {
	ExtBuilder::default().build_and_execute(|| {
		two_dear();
		assert_ok!(Operators::swap_member(root(), 1, 9));
		is_gone(1);
		assert_eq!(RawValues::<Test>::iter_prefix(9).count(), 0);
		feed(9, RESALE, 100 * WAD);
		assert_eq!(accepted(RESALE), Some(100 * WAD));
	});
}

#[test]
fn operators_should_take_their_values_along_when_all_are_replaced() {
	ExtBuilder::default().build_and_execute(|| {
		two_dear();
		assert_ok!(Operators::reset_members(root(), vec![3, 6, 7]));
		is_gone(1);
		is_gone(2);
		assert!(RawValues::<Test>::contains_key(3, RESALE));
		feed(6, RESALE, 100 * WAD);
		assert_eq!(accepted(RESALE), Some(300 * WAD));
		feed(7, RESALE, 100 * WAD);
		assert_eq!(accepted(RESALE), Some(100 * WAD));
	});
}

#[test]
fn operator_should_start_anew_when_it_changes_its_key() {
	ExtBuilder::default().build_and_execute(|| {
		two_dear();
		assert_ok!(Operators::change_key(RuntimeOrigin::signed(1), 9));
		is_gone(1);
		assert_eq!(RawValues::<Test>::iter_prefix(9).count(), 0);
	});
}

#[test]
fn operator_should_count_anew_when_it_comes_back() {
	ExtBuilder::default().build_and_execute(|| {
		two_dear();
		assert_ok!(Operators::remove_member(root(), 1));
		assert_ok!(Operators::add_member(root(), 1));
		assert_eq!(RawValues::<Test>::iter_prefix(1).count(), 0);
		feed(1, RESALE, 100 * WAD);
		assert_eq!(accepted(RESALE), Some(100 * WAD));
	});
}

#[test]
fn operator_should_age_out_when_it_stops() {
	ExtBuilder::default().build_and_execute(|| {
		two_dear();
		pass(3_000);
		for operator in [3, 4, 5] {
			feed(operator, RESALE, 290 * WAD);
		}
		// The two are still fresh: five values, and their middle one.
		assert_eq!(accepted(RESALE), Some(290 * WAD));
		assert_eq!(as_of(RESALE), Some(START + 3_000));
		pass(601);
		feed(3, RESALE, 280 * WAD);
		// 280, 290, 290: the dear ones are gone.
		assert_eq!(accepted(RESALE), Some(290 * WAD));
		pass(0);
		feed(4, RESALE, 280 * WAD);
		assert_eq!(accepted(RESALE), Some(280 * WAD));
	});
}

#[test]
fn operator_should_not_be_told_from_the_market_when_it_repeats_itself() {
	ExtBuilder::default().build_and_execute(|| {
		// One who repeats is outvoted by two who follow the market, and keeps the feed from no one.
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
