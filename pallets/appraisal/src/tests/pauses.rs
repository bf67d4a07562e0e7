// SPDX-License-Identifier: Apache-2.0

//! Pauses of a model by the committee, and who may decide what.

use super::mock::*;
use crate::Error;
use caliber_math::WAD;
use caliber_primitives::{
	appraisal::{AppraisalError, Independent, ModelStatus, ModelStatus::*, OracleValue},
	titles::{AssetClass, Ineligibility},
	traits::{InspectModels, TitleValue},
	Balance,
};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok},
	sp_runtime::{traits::BadOrigin, DispatchResult},
};

/// Returns the origin of the technical committee.
fn committee() -> RuntimeOrigin {
	RuntimeOrigin::signed(COMMITTEE)
}

/// Sets the status of the model.
fn set(origin: RuntimeOrigin, status: ModelStatus) -> DispatchResult {
	Appraisal::set_model_status(origin, MODEL, status)
}

/// Returns the status of the model now.
fn status() -> ModelStatus {
	Appraisal::model(MODEL).unwrap().status_at(now())
}

#[test]
fn pause_of_the_committee_should_end_and_rest_when_its_time_is_over() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(set(committee(), Paused));
		assert_noop!(set(committee(), Paused), Error::<Test>::NotStricter);
		assert_eq!(ineligibility(MODEL), Some(Ineligibility::ModelPaused));
		pass(14 * DAY - 1);
		assert_eq!(status(), Paused);
		pass(1);
		assert_eq!(status(), Listed);
		// Nothing was fed; the pause is no longer the reason.
		assert_eq!(ineligibility(MODEL), Some(Ineligibility::AppraisalUnavailable));
		assert_noop!(set(committee(), Paused), Error::<Test>::BrakeResting);
		pass(30 * DAY - 1);
		assert_noop!(set(committee(), Paused), Error::<Test>::BrakeResting);
		pass(1);
		assert_ok!(set(committee(), Paused));
	});
}

/// Feeds all keys of the model.
fn feed_model() {
	let values: [(_, OracleValue); 3] =
		[(RESALE, 20_000 * WAD), (RENTAL, 2 * WAD), (UTILISATION, WAD / 4 * 3)];
	for (key, value) in values {
		agree(key, value);
	}
}

/// Returns what titles, credit and pages are told of the value of the machines of a title.
fn values_of(title_id: u32) -> [Result<Balance, AppraisalError>; 3] {
	let facts = title_of(MODEL);
	[
		Appraisal::present_value(&facts, Independent::NONE),
		<Appraisal as TitleValue>::value(&facts, Independent::NONE, 0)
			.map(|valuation| valuation.value),
		title_value(title_id),
	]
}

#[test]
fn value_should_stand_and_new_debt_be_refused_when_only_the_committee_pauses() {
	ExtBuilder::default().build_and_execute(|| {
		// Eight used units at 80 % of 20 000 dollars: the least of the three approaches.
		let value = Ok(128_000 * WAD);
		put_title(3, title_of(MODEL));
		feed_model();
		season();
		assert_eq!((values_of(3), ineligibility(MODEL)), ([value; 3], None));

		assert_ok!(set(committee(), Paused));
		for wait in [0, DAY, 13 * DAY - 1] {
			pass(wait);
			feed_model();
			assert_eq!(ineligibility(MODEL), Some(Ineligibility::ModelPaused));
			assert_eq!(Appraisal::listed_class(MODEL), None);
			// By then the cost approach has gone down less than the market stands below it.
			assert_eq!(values_of(3), [value; 3]);
			assert_eq!(Appraisal::feed_value(RESALE), Ok((20_000 * WAD, now())));
			assert_eq!(Appraisal::feed_report(RESALE).unwrap().withheld, None);
		}
		pass(1);
		season();
		assert_eq!((values_of(3), ineligibility(MODEL)), ([value; 3], None));
		assert_eq!(Appraisal::listed_class(MODEL), Some(AssetClass::Compute));
	});
}

#[test]
fn value_should_be_withheld_when_a_referendum_pauses_too() {
	ExtBuilder::default().build_and_execute(|| {
		put_title(3, title_of(MODEL));
		feed_model();
		season();
		assert_ok!(set(committee(), Paused));
		assert_ok!(set(RuntimeOrigin::root(), Paused));
		assert_eq!(values_of(3), [Err(AppraisalError::Paused); 3]);
		assert_eq!(Appraisal::feed_value(RESALE), Err(AppraisalError::Paused));
		assert_eq!(ineligibility(MODEL), Some(Ineligibility::ModelPaused));
		assert_ok!(set(RuntimeOrigin::root(), Listed));
		assert_eq!(values_of(3), [Ok(128_000 * WAD); 3]);
		assert_eq!(ineligibility(MODEL), None);
	});
}

#[test]
fn set_model_status_should_refuse_the_committee_when_a_referendum_paused() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(set(RuntimeOrigin::root(), Paused));
		assert_noop!(set(committee(), Listed), BadOrigin);
		assert_noop!(set(committee(), Paused), Error::<Test>::NotStricter);
		pass(1_000 * DAY);
		assert_eq!(status(), Paused);
		assert_noop!(set(RuntimeOrigin::root(), Paused), Error::<Test>::StatusUnchanged);
	});
}

#[test]
fn pause_of_the_committee_should_last_when_a_referendum_pauses_too() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(set(committee(), Paused));
		assert_ok!(set(RuntimeOrigin::root(), Paused));
		pass(14 * DAY);
		assert_eq!(status(), Paused);
	});
}

#[test]
fn pause_of_the_committee_should_end_and_rest_when_a_referendum_lists() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(set(RuntimeOrigin::root(), Listed), Error::<Test>::StatusUnchanged);
		assert_ok!(set(committee(), Paused));
		assert_noop!(set(committee(), Listed), BadOrigin);
		pass(DAY);
		assert_ok!(set(RuntimeOrigin::root(), Listed));
		assert_eq!(status(), Listed);
		assert_noop!(set(RuntimeOrigin::root(), Listed), Error::<Test>::StatusUnchanged);
		pass(30 * DAY - 1);
		assert_noop!(set(committee(), Paused), Error::<Test>::BrakeResting);
		pass(1);
		assert_ok!(set(committee(), Paused));
		// One decision of the holders ends both pauses.
		assert_ok!(set(RuntimeOrigin::root(), Paused));
		assert_ok!(set(RuntimeOrigin::root(), Listed));
		assert_eq!(status(), Listed);
	});
}

#[test]
fn calls_should_refuse_the_committee_when_they_raise_risk() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(Appraisal::add_model(committee(), spec()), BadOrigin);
		assert_noop!(Appraisal::update_model(committee(), MODEL, spec()), BadOrigin);
		assert_noop!(Appraisal::delist_model(committee(), MODEL), BadOrigin);
		assert_noop!(Appraisal::register_asset(committee(), 8, symbol("USDT")), BadOrigin);
		assert_noop!(Appraisal::remove_asset(committee(), ASSET), BadOrigin);
		assert_noop!(set(committee(), Delisted), BadOrigin);
	});
}
