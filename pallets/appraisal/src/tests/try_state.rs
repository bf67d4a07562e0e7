// SPDX-License-Identifier: Apache-2.0

//! Each invariant is found broken by its own number.

use super::mock::*;
use crate::{
	Assets, Bucket, DelistedValues, FinalValues, Median, Medians, ModelVersions, Models,
	NextModelId, PriceHistories, PriceHistory,
};
use caliber_math::WAD;
use caliber_primitives::appraisal::OracleKey;
use caliber_testkit::broken;
use polkadot_sdk::{
	pallet_oracle::{RawValues, TimestampedValue, Values},
	sp_runtime::Perbill,
};

/// Asserts that a change of the state breaks an invariant.
fn breaks(invariant: &str, change: impl FnOnce()) {
	ExtBuilder::default().build().execute_with(|| {
		agree(RESALE, 20_000 * WAD);
		agree(PRICE, WAD);
		let message = broken(Appraisal::do_try_state, change);
		assert!(message.starts_with(&format!("{invariant}: ")), "{invariant}: {message}");
	});
}

/// Returns a value at the start of the test.
fn timed(value: u128) -> TimestampedValue<u128, u64> {
	TimestampedValue { value, timestamp: START * 1_000 }
}

/// Returns the history of a price of one dollar since the start of the test.
fn history() -> PriceHistory {
	PriceHistory::start(WAD, START, &Default::default())
}

#[test]
fn try_state_should_fail_when_a_version_is_missing_or_wrong() {
	breaks("INV-A1", || ModelVersions::<Test>::insert(MODEL, 1, spec().terms()));
	breaks("INV-A1", || ModelVersions::<Test>::insert(9, 0, spec().terms()));
	breaks("INV-A1", || ModelVersions::<Test>::remove(MODEL, 0));
	breaks("INV-A1", || {
		Models::<Test>::mutate(MODEL, |model| model.as_mut().unwrap().version = 1);
	});
	// A version between the first and the present one.
	breaks("INV-A1", || {
		Models::<Test>::mutate(MODEL, |model| model.as_mut().unwrap().version = 2);
		ModelVersions::<Test>::insert(MODEL, 2, spec().terms());
	});
}

#[test]
fn try_state_should_fail_when_a_forced_sale_factor_is_zero() {
	breaks("INV-A3", || {
		Models::<Test>::mutate(MODEL, |model| {
			model.as_mut().unwrap().forced_sale_factor = Default::default();
		});
	});
	// It is zero now, and moves to one that is not.
	breaks("INV-A3", || {
		Models::<Test>::mutate(MODEL, |model| {
			let factor = &mut model.as_mut().unwrap().forced_sale_factor;
			*factor = Default::default();
			factor.move_to(Perbill::one(), START, 100);
		});
	});
}

#[test]
fn try_state_should_fail_when_a_model_is_incomplete_or_gone() {
	breaks("INV-A3", || {
		ModelVersions::<Test>::mutate(MODEL, 0, |terms| {
			terms.as_mut().unwrap().curve = Default::default();
		});
	});
	breaks("INV-A3", || {
		Models::<Test>::mutate(MODEL, |model| {
			model.as_mut().unwrap().name = Default::default();
		});
	});
	// An earlier version counts too.
	breaks("INV-A3", || {
		Models::<Test>::mutate(MODEL, |model| model.as_mut().unwrap().version = 1);
		ModelVersions::<Test>::insert(MODEL, 1, spec().terms());
		assert!(Appraisal::do_try_state().is_ok());
		ModelVersions::<Test>::mutate(MODEL, 0, |terms| {
			terms.as_mut().unwrap().reference_price = 0;
		});
	});
	breaks("INV-A2", || NextModelId::<Test>::put(0));
	breaks("INV-A2", || NextModelId::<Test>::put(2));
}

#[test]
fn try_state_should_fail_when_a_feed_is_an_orphan() {
	breaks("INV-A5", || Assets::<Test>::remove(ASSET));
	breaks("INV-A5", || RawValues::<Test>::insert(1, OracleKey::Price(8), timed(WAD)));
	breaks("INV-A5", || {
		Values::<Test>::insert(OracleKey::Rental(1), timed(WAD));
		PriceHistories::<Test>::insert(OracleKey::Rental(1), history());
	});
}

#[test]
fn try_state_should_fail_when_a_value_is_out_of_range() {
	breaks("INV-A6", || Values::<Test>::insert(RESALE, timed(0)));
	breaks("INV-A6", || RawValues::<Test>::insert(1, UTILISATION, timed(WAD + 1)));
}

#[test]
fn try_state_should_fail_when_values_and_histories_differ() {
	breaks("INV-A7", || PriceHistories::<Test>::remove(RESALE));
	breaks("INV-A7", || Values::<Test>::remove(RESALE));
	breaks("INV-A8", || PriceHistories::<Test>::insert(RESALE, history()));
}

#[test]
fn try_state_should_fail_when_values_and_medians_differ() {
	let median = |value, usable_since| Median { value, usable_since };
	breaks("INV-A11", || Medians::<Test>::remove(RESALE));
	breaks("INV-A11", || Medians::<Test>::insert(RENTAL, median(WAD, START)));
	breaks("INV-A11", || Medians::<Test>::insert(RESALE, median(0, START)));
	breaks("INV-A11", || Medians::<Test>::insert(RESALE, median(WAD, START + 1)));
}

#[test]
fn try_state_should_fail_when_a_report_is_of_nobody_with_a_seat() {
	breaks("INV-A12", || RawValues::<Test>::insert(9, RESALE, timed(WAD)));
}

#[test]
fn try_state_should_fail_when_a_history_is_malformed() {
	// The history of the asset, before it is changed.
	let breaks = |invariant: &str, change: fn(&mut PriceHistory)| {
		breaks(invariant, || {
			let mut history = history();
			PriceHistories::<Test>::insert(PRICE, history.clone());
			assert!(Appraisal::do_try_state().is_ok());
			change(&mut history);
			PriceHistories::<Test>::insert(PRICE, history);
		});
	};
	breaks("INV-A8", |history| history.day = Default::default());
	breaks("INV-A8", |history| history.recent[0].low = WAD + 1);
	breaks("INV-A9", |history| history.day[0].since += 1);
	breaks("INV-A9", |history| history.day.try_push(history.day[0]).unwrap());
	breaks("INV-A10", |history| history.recent[0].low = 0);
	breaks("INV-A10", |history| {
		let earlier = Bucket { since: START - 1, low: 9, high: 8 };
		history.day = vec![earlier, history.day[0]].try_into().unwrap();
	});
}

#[test]
fn try_state_should_fail_when_final_values_are_not_those_of_a_delisted_model() {
	breaks("INV-A4", || DelistedValues::<Test>::insert(MODEL, FinalValues::default()));
	breaks("INV-A4", || DelistedValues::<Test>::insert(9, FinalValues::default()));
	breaks("INV-A4", || {
		Appraisal::delist_model(RuntimeOrigin::root(), MODEL).unwrap();
		assert!(Appraisal::do_try_state().is_ok());
		DelistedValues::<Test>::remove(MODEL);
	});
}
