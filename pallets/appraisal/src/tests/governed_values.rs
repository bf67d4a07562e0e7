// SPDX-License-Identifier: Apache-2.0

//! Governed values: their defaults, and what happens where they do not fit together. Each has a
//! range of its own, and no range keeps two of them apart.

use super::mock::*;
use caliber_math::WAD;
use caliber_primitives::{
	appraisal::{AppraisalError, Independent},
	governance::values::AppraisalValues,
	titles::Ineligibility,
	traits::TitleValue,
};
use polkadot_sdk::sp_runtime::Perbill;

#[test]
fn governed_values_should_have_the_documented_defaults_when_none_is_set() {
	let values = AppraisalValues::default();
	assert!(values.require_cost && values.require_market && values.require_income);
	assert_eq!(values.min_feeders, 3);
	assert_eq!(values.max_age, 3_600);
	assert_eq!(values.update_period, 600);
	assert_eq!(values.max_move_per_update, Perbill::from_percent(10));
	assert_eq!(values.max_move_per_day, Perbill::from_percent(25));
}

#[test]
fn value_should_be_missing_when_no_approach_is_required() {
	ExtBuilder::default().build_and_execute(|| {
		agree(RESALE, 20_000 * WAD);
		agree(RENTAL, 2 * WAD);
		agree(UTILISATION, WAD / 2);
		let facts = title_of(MODEL);
		season();
		assert!(<Appraisal as TitleValue>::value(&facts, Independent::NONE, 0).is_ok());
		assert_eq!(ineligibility(MODEL), None);
		Values::mutate(|values| {
			values.require_cost = false;
			values.require_market = false;
			values.require_income = false;
		});
		// An appraisal lowers a value and does not stand in for one.
		for independent in [Independent::NONE, Independent::of([5 * WAD, 5 * WAD])] {
			let value = <Appraisal as TitleValue>::value(&facts, independent, 0);
			assert_eq!(value, Err(AppraisalError::Zero));
			let last_known = <Appraisal as TitleValue>::last_known(&facts, independent, 0);
			assert_eq!(last_known, Err(AppraisalError::Zero));
		}
		assert_eq!(ineligibility(MODEL), Some(Ineligibility::AppraisalUnavailable));
	});
}

#[test]
fn feed_should_accept_nothing_when_more_feeders_are_needed_than_there_are() {
	ExtBuilder::default().build_and_execute(|| {
		agree(RESALE, 20_000 * WAD);
		for min_feeders in [MAX_FEEDERS + 1, u32::MAX] {
			Values::mutate(|values| values.min_feeders = min_feeders);
			feed_each(RESALE, [20_100 * WAD; 5]);
			assert_eq!(accepted(RESALE), Some(20_000 * WAD));
		}
		// The value in force ages.
		pass(3_601);
		assert_eq!(Appraisal::feed_value(RESALE), Err(AppraisalError::Stale(RESALE)));
	});
}

#[test]
fn feed_should_obey_the_limit_of_a_day_when_that_of_an_update_is_higher() {
	ExtBuilder::default().build_and_execute(|| {
		Values::mutate(|values| {
			values.max_move_per_update = Perbill::from_percent(50);
			values.max_move_per_day = Perbill::from_percent(5);
		});
		agree(RESALE, 20_000 * WAD);
		pass(600);
		agree(RESALE, 30_000 * WAD);
		assert_eq!(accepted(RESALE), Some(21_000 * WAD));
		pass(3_600);
		agree(RESALE, 10_000 * WAD);
		// Within 5 % of 21 000, the highest value of the day.
		assert_eq!(accepted(RESALE), Some(19_950 * WAD));
	});
}
