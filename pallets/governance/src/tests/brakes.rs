// SPDX-License-Identifier: Apache-2.0

//! Tests of brakes on values.

use super::mock::*;
use crate::{AreaId, Brake, BrakeTarget, Change, Error, Event, MAX_BRAKES};
use caliber_primitives::{
	governance::values::{CreditValue, GovernanceValue, VaultValue},
	USD,
};
use caliber_testkit::last_event;
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok},
	sp_runtime::{traits::BadOrigin, Perbill},
};

fn ceiling(dollars: u128) -> Change {
	Change::Credit(CreditValue::GlobalCeiling(dollars * USD))
}

const CEILING: BrakeTarget = BrakeTarget::Value(AreaId::Credit, 0);

#[test]
fn brake_should_count_for_fourteen_days_and_rest_for_thirty() {
	run(|| {
		assert_ok!(brake(&[Brake::Value(ceiling(7))]));
		let event = Event::BrakeSet { brake: Brake::Value(ceiling(7)), until: START + 14 * DAY };
		assert_eq!(last_event::<Test, Event<Test>>(), event);
		assert_eq!(credit().global_ceiling, 7 * USD);
		pass(14 * DAY - 1);
		assert_eq!(credit().global_ceiling, 7 * USD);
		pass(1);
		assert_eq!(credit().global_ceiling, 500_000_000 * USD);
		assert_noop!(brake(&[Brake::Value(ceiling(7))]), Error::<Test>::BrakeResting);
		pass(30 * DAY - 1);
		assert_noop!(brake(&[Brake::Value(ceiling(7))]), Error::<Test>::BrakeResting);
		pass(1);
		assert_ok!(brake(&[Brake::Value(ceiling(7))]));
		assert_eq!(credit().global_ceiling, 7 * USD);
	});
}

#[test]
fn brake_should_become_stricter_but_not_longer() {
	run(|| {
		assert_ok!(brake(&[Brake::Value(ceiling(100))]));
		pass(13 * DAY);
		assert_noop!(brake(&[Brake::Value(ceiling(101))]), Error::<Test>::NotStricter);
		assert_noop!(brake(&[Brake::Value(ceiling(100))]), Error::<Test>::NotStricter);
		assert_ok!(brake(&[Brake::Value(ceiling(50))]));
		assert_eq!(credit().global_ceiling, 50 * USD);
		pass(DAY);
		assert_eq!(credit().global_ceiling, 500_000_000 * USD);
	});
}

#[test]
fn brake_should_refuse_to_widen_anything() {
	run(|| {
		for change in [
			ceiling(500_000_001),
			Change::Credit(CreditValue::MinFirstLoss(Perbill::from_percent(4))),
			Change::Credit(CreditValue::MaxAdvanceRate(Perbill::from_percent(80))),
		] {
			assert_noop!(brake(&[Brake::Value(change)]), Error::<Test>::NotStricter);
		}
		let outside = Change::Credit(CreditValue::MinFirstLoss(Perbill::from_percent(51)));
		assert_noop!(brake(&[Brake::Value(outside)]), Error::<Test>::OutOfRange);
	});
}

#[test]
fn brake_should_not_reach_what_moves_a_price_or_risks_something_either_way() {
	run(|| {
		for change in [
			Change::Vault(VaultValue::YieldFee(Perbill::zero())),
			Change::Credit(CreditValue::LiquidationCost(Perbill::from_percent(50))),
			Change::Credit(CreditValue::MaxSweepSteps(1)),
			// The committee would make its own brakes longer.
			Change::Governance(GovernanceValue::BrakeDuration(30 * DAY)),
			Change::Governance(GovernanceValue::BrakeRest(7 * DAY)),
		] {
			assert_noop!(brake(&[Brake::Value(change)]), Error::<Test>::NotBrakable);
		}
	});
}

#[test]
fn brake_should_be_all_or_nothing() {
	run(|| {
		let fee = Change::Vault(VaultValue::YieldFee(Perbill::zero()));
		assert_noop!(
			brake(&[Brake::Value(ceiling(7)), Brake::Value(fee)]),
			Error::<Test>::NotBrakable
		);
		assert_eq!(credit().global_ceiling, 500_000_000 * USD);
	});
}

#[test]
fn brake_should_be_for_the_committee_alone() {
	run(|| {
		for origin in [RuntimeOrigin::signed(TRACK), RuntimeOrigin::signed(ALICE)] {
			let brakes = vec![Brake::Value(ceiling(7))].try_into().unwrap();
			assert_noop!(Governance::brake(origin.clone(), brakes), BadOrigin);
			let targets = vec![CEILING].try_into().unwrap();
			assert_noop!(Governance::release(origin, targets), BadOrigin);
		}
	});
}

#[test]
fn the_stricter_of_brake_and_referendum_should_count() {
	run(|| {
		assert_ok!(brake(&[Brake::Value(ceiling(100))]));
		assert_ok!(set(&[ceiling(10)]));
		assert_eq!(credit().global_ceiling, 10 * USD);
		assert_ok!(set(&[ceiling(900_000_000)]));
		assert_eq!(credit().global_ceiling, 100 * USD);
		pass(14 * DAY);
		assert_eq!(credit().global_ceiling, 900_000_000 * USD);
	});
}

#[test]
fn release_should_end_a_brake_and_let_it_rest() {
	run(|| {
		assert_noop!(release(&[CEILING]), Error::<Test>::NotBraked);
		assert_ok!(brake(&[Brake::Value(ceiling(7))]));
		pass(DAY);
		assert_ok!(release(&[CEILING]));
		assert_eq!(last_event::<Test, Event<Test>>(), Event::BrakeReleased { target: CEILING });
		assert_eq!(credit().global_ceiling, 500_000_000 * USD);
		assert_noop!(release(&[CEILING]), Error::<Test>::NotBraked);
		// Brakes cannot be chained by releasing them.
		pass(29 * DAY);
		assert_noop!(brake(&[Brake::Value(ceiling(7))]), Error::<Test>::BrakeResting);
		pass(DAY);
		assert_ok!(brake(&[Brake::Value(ceiling(7))]));
	});
}

#[test]
fn brakes_should_be_forgotten_when_they_have_rested() {
	run(|| {
		assert_ok!(brake(&[Brake::Value(ceiling(7))]));
		pass(44 * DAY);
		let draw = Change::Credit(CreditValue::MinDraw(2_000 * USD));
		assert_ok!(brake(&[Brake::Value(draw)]));
		assert_eq!(crate::CreditArea::<Test>::get().brakes.len(), 1);
	});
}

#[test]
fn brakes_should_last_as_the_tempo_says() {
	check(chain(21_600, Vec::new()), || {
		assert_ok!(brake(&[Brake::Value(ceiling(7))]));
		pass(55);
		assert_eq!(credit().global_ceiling, 7 * USD);
		pass(1);
		assert_eq!(credit().global_ceiling, 500_000_000 * USD);
	});
}

#[test]
fn an_area_should_have_room_for_a_brake_on_each_of_its_values() {
	use caliber_primitives::governance::{values::CreditValues, Area};
	assert!(u32::from(CreditValues::COUNT) <= MAX_BRAKES);
}
