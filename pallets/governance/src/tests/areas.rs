// SPDX-License-Identifier: Apache-2.0

//! Tests of the state of an area: what it keeps and forgets, and which times count.

use super::mock::*;
use crate::{
	AreaId, Brake, BrakeTarget, Change, CommitteeVetoes, CreditArea, Error, Pauses, VaultArea,
};
use caliber_primitives::{
	governance::{
		values::{CreditValue, GovernanceValue, VaultValue},
		Authority, BrakeTerms, Governed,
	},
	USD,
};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, traits::Get, BoundedVec},
	sp_core::H256,
	sp_runtime::Perbill,
};

fn ceiling(dollars: u128) -> Change {
	Change::Credit(CreditValue::GlobalCeiling(dollars * USD))
}

fn min_draw(dollars: u128) -> Change {
	Change::Credit(CreditValue::MinDraw(dollars * USD))
}

fn fee(percent: u32) -> Change {
	Change::Vault(VaultValue::YieldFee(Perbill::from_percent(percent)))
}

fn times(value: GovernanceValue) -> Change {
	Change::Governance(value)
}

#[test]
fn set_should_forget_the_brakes_that_have_rested() {
	run(|| {
		assert_ok!(brake(&[Brake::Value(ceiling(7))]));
		pass(44 * DAY - 1);
		assert_ok!(set(&[min_draw(2_000)]));
		assert_eq!(CreditArea::<Test>::get().brakes.len(), 1);
		pass(1);
		assert_ok!(set(&[min_draw(3_000)]));
		assert_eq!(CreditArea::<Test>::get().brakes.len(), 0);
	});
}

#[test]
fn brake_and_release_should_forget_the_moves_that_are_complete() {
	run(|| {
		let cost = Change::Credit(CreditValue::LiquidationCost(Perbill::from_percent(20)));
		assert_ok!(set(&[cost]));
		pass(30 * DAY - 1);
		assert_ok!(brake(&[Brake::Value(ceiling(7))]));
		assert_eq!(CreditArea::<Test>::get().ramps.len(), 1);
		pass(1);
		assert_ok!(release(&[BrakeTarget::Value(AreaId::Credit, 0)]));
		assert_eq!(CreditArea::<Test>::get().ramps.len(), 0);
		assert_eq!(credit().liquidation_cost, Perbill::from_percent(20));
	});
}

#[test]
fn set_should_move_a_price_over_the_period_of_before_the_call() {
	run(|| {
		assert_ok!(set(&[times(GovernanceValue::RampPeriod(7 * DAY)), fee(20)]));
		pass(7 * DAY);
		// 7 of 30 days: 10 % + 10 % · 7 / 30.
		assert_eq!(vault().yield_fee, Perbill::from_parts(123_333_333));
		pass(23 * DAY);
		assert_eq!(vault().yield_fee, Perbill::from_percent(20));
		assert_ok!(set(&[fee(10)]));
		pass(7 * DAY);
		assert_eq!(vault().yield_fee, Perbill::from_percent(10));
	});
}

#[test]
fn set_should_move_a_price_over_the_period_of_the_tempo() {
	check(chain(21_600, Vec::new()), || {
		// 30 days take 120 seconds.
		assert_ok!(set(&[fee(20)]));
		pass(60);
		assert_eq!(vault().yield_fee, Perbill::from_percent(15));
		pass(60);
		assert_eq!(vault().yield_fee, Perbill::from_percent(20));
	});
}

#[test]
fn set_should_keep_a_price_where_it_stands_when_it_is_set_twice_in_one_call() {
	run(|| {
		assert_ok!(set(&[fee(50), fee(0)]));
		assert_eq!(vault().yield_fee, Perbill::from_percent(10));
		assert_eq!(VaultArea::<Test>::get().ramps.len(), 1);
		pass(15 * DAY);
		assert_eq!(vault().yield_fee, Perbill::from_percent(5));
	});
}

#[test]
fn set_should_leave_the_end_of_a_brake_when_the_times_of_brakes_change() {
	run(|| {
		assert_ok!(brake(&[Brake::Value(ceiling(7))]));
		let duration = times(GovernanceValue::BrakeDuration(DAY));
		let rest = times(GovernanceValue::BrakeRest(90 * DAY));
		assert_ok!(set(&[duration, rest]));
		let terms: BrakeTerms = crate::Values::<Test>::get();
		assert_eq!(terms, BrakeTerms { duration: DAY, rest: 90 * DAY });
		pass(14 * DAY - 1);
		assert_eq!(credit().global_ceiling, 7 * USD);
		pass(1);
		assert_eq!(credit().global_ceiling, 500_000_000 * USD);
		// The rest is that of the present.
		pass(90 * DAY - 1);
		assert_noop!(brake(&[Brake::Value(ceiling(7))]), Error::<Test>::BrakeResting);
		pass(1);
		assert_ok!(brake(&[Brake::Value(ceiling(7))]));
		pass(DAY);
		assert_eq!(credit().global_ceiling, 500_000_000 * USD);
	});
}

#[test]
fn brake_should_let_each_value_rest_by_itself() {
	run(|| {
		assert_ok!(brake(&[Brake::Value(ceiling(7))]));
		pass(14 * DAY);
		// A brake on another value of the area is no return of the first.
		assert_ok!(brake(&[Brake::Value(min_draw(5_000))]));
		assert_noop!(
			brake(&[Brake::Value(min_draw(6_000)), Brake::Value(ceiling(7))]),
			Error::<Test>::BrakeResting
		);
		assert_eq!(credit().min_draw, 5_000 * USD);
	});
}

#[test]
fn release_should_end_all_or_nothing() {
	run(|| {
		let ceiling_target = BrakeTarget::Value(AreaId::Credit, 0);
		assert_ok!(brake(&[Brake::Value(ceiling(7))]));
		for other in [BrakeTarget::Value(AreaId::Credit, 2), BrakeTarget::Value(AreaId::Vault, 200)]
		{
			assert_noop!(release(&[ceiling_target.clone(), other]), Error::<Test>::NotBraked);
		}
		assert_eq!(credit().global_ceiling, 7 * USD);
		// Twice the same target is a target that is braked no more.
		assert_noop!(
			release(&[ceiling_target.clone(), ceiling_target.clone()]),
			Error::<Test>::NotBraked
		);
		assert_ok!(release(&[ceiling_target]));
		assert_eq!(credit().global_ceiling, 500_000_000 * USD);
	});
}

#[test]
fn try_state_should_find_what_the_committee_cannot_have_done() {
	let found = |invariant: &str, change: fn()| {
		chain(1, Vec::new()).execute_with(|| {
			assert_eq!(caliber_testkit::broken(Governance::do_try_state, change), invariant);
		});
	};
	found("INV-G8: entries of each struck call <= 1", || {
		let twice = vec![(H256::zero(), START), (H256::zero(), START + 1)];
		CommitteeVetoes::<Test>::put(BoundedVec::truncate_from(twice));
	});
	found("INV-G9: no call is paused for good", || {
		let mut paused = Governed::new(false);
		let terms = BrakeTerms { duration: DAY, rest: DAY };
		paused.apply(Authority::Referendum, true, START, &terms).unwrap();
		Pauses::<Test>::insert(name("Balances", "burn"), paused);
	});
}
