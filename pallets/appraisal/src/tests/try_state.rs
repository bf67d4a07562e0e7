// SPDX-License-Identifier: Apache-2.0

use super::mock::*;
use crate::{
	Assets, Course, Courses, DelistedValues, FinalValues, Models, NextModelId, Policy, Span,
};
use caliber_math::WAD;
use caliber_primitives::appraisal::OracleKey;
use polkadot_sdk::pallet_oracle::{RawValues, TimestampedValue, Values};

/// A break of the state is found.
fn finds(breakage: impl FnOnce()) {
	ExtBuilder::default().build().execute_with(|| {
		agree(RESALE, 20_000 * WAD);
		agree(PRICE, WAD);
		assert!(Appraisal::do_try_state().is_ok());
		breakage();
		assert!(Appraisal::do_try_state().is_err());
	});
}

fn timed(value: u128) -> TimestampedValue<u128, u64> {
	TimestampedValue { value, timestamp: START * 1_000 }
}

#[test]
fn try_state_should_fail_when_the_policy_is_out_of_bounds() {
	finds(|| Policy::<Test>::mutate(|policy| policy.min_feeders = 0));
}

#[test]
fn try_state_should_fail_when_a_model_is_incomplete_or_gone() {
	finds(|| {
		Models::<Test>::mutate(MODEL, |model| {
			model.as_mut().unwrap().spec.curve = Default::default();
		});
	});
	finds(|| NextModelId::<Test>::put(0));
	finds(|| NextModelId::<Test>::put(2));
}

#[test]
fn try_state_should_fail_when_a_feed_is_an_orphan() {
	finds(|| Assets::<Test>::remove(ASSET));
	finds(|| RawValues::<Test>::insert(1, OracleKey::Price(8), timed(WAD)));
	finds(|| {
		Values::<Test>::insert(OracleKey::Rental(1), timed(WAD));
		Courses::<Test>::insert(OracleKey::Rental(1), course());
	});
}

#[test]
fn try_state_should_fail_when_a_value_is_out_of_bounds() {
	finds(|| Values::<Test>::insert(RESALE, timed(0)));
	finds(|| RawValues::<Test>::insert(1, UTILISATION, timed(WAD + 1)));
}

#[test]
fn try_state_should_fail_when_values_and_courses_differ() {
	finds(|| Courses::<Test>::remove(RESALE));
	finds(|| Values::<Test>::remove(RESALE));
	finds(|| Courses::<Test>::insert(RESALE, course()));
	// This is that of the asset, before it is broken.
	let breaks = |change: fn(&mut Course)| {
		finds(|| {
			let mut course = course();
			Courses::<Test>::insert(PRICE, course.clone());
			assert!(Appraisal::do_try_state().is_ok());
			change(&mut course);
			Courses::<Test>::insert(PRICE, course);
		});
	};
	breaks(|course| course.day = Default::default());
	breaks(|course| course.recent[0].low = WAD + 1);
	breaks(|course| course.recent[0].low = 0);
	breaks(|course| course.day[0].since += 1);
	breaks(|course| course.day.try_push(course.day[0]).unwrap());
	breaks(|course| {
		let earlier = Span { since: START - 1, low: 9, high: 8 };
		course.day = vec![earlier, course.day[0]].try_into().unwrap();
	});
}

#[test]
fn try_state_should_fail_when_final_values_are_not_those_of_a_delisted_model() {
	finds(|| DelistedValues::<Test>::insert(MODEL, FinalValues::default()));
	finds(|| DelistedValues::<Test>::insert(9, FinalValues::default()));
	finds(|| {
		Appraisal::delist_model(RuntimeOrigin::root(), MODEL).unwrap();
		assert!(Appraisal::do_try_state().is_ok());
		DelistedValues::<Test>::remove(MODEL);
	});
}

/// The course of a dollar since the start.
fn course() -> Course {
	Course::begin(WAD, START, &Policy::<Test>::get())
}
