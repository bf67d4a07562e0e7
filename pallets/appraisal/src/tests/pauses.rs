// SPDX-License-Identifier: Apache-2.0

//! Pauses of a model by the committee, and who may decide what.

use super::mock::*;
use crate::Error;
use caliber_primitives::{
	appraisal::{ModelStatus, ModelStatus::*},
	titles::Ineligibility,
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
fn pause_of_the_committee_should_go_on_when_a_referendum_lists() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(set(committee(), Paused));
		assert_noop!(set(committee(), Listed), BadOrigin);
		assert_noop!(set(RuntimeOrigin::root(), Listed), Error::<Test>::StatusUnchanged);
		assert_ok!(set(RuntimeOrigin::root(), Paused));
		assert_ok!(set(RuntimeOrigin::root(), Listed));
		pass(14 * DAY - 1);
		assert_eq!(status(), Paused);
		pass(1);
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
