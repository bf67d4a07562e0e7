// SPDX-License-Identifier: Apache-2.0

use super::mock::*;
use crate::{Assets, DayOpening, Models, NextModelId, Opening, Policy};
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
		DayOpening::<Test>::insert(OracleKey::Rental(1), Opening { value: WAD, since: START });
	});
}

#[test]
fn try_state_should_fail_when_a_value_is_out_of_bounds() {
	finds(|| Values::<Test>::insert(RESALE, timed(0)));
	finds(|| RawValues::<Test>::insert(1, UTILISATION, timed(WAD + 1)));
}

#[test]
fn try_state_should_fail_when_values_and_openings_differ() {
	finds(|| DayOpening::<Test>::remove(RESALE));
	finds(|| Values::<Test>::remove(RESALE));
	finds(|| DayOpening::<Test>::insert(RESALE, Opening { value: 0, since: START }));
}
