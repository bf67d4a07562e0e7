// SPDX-License-Identifier: Apache-2.0

//! Tests of the invariants: each change breaks one.

use super::mock::*;
use crate::{
	AreaState, CreditArea, CurrentRules, LastBlockAt, Outages, Ramp, RelayHeight, RelayHeights,
	RuleArea, RuleVersions, Tempo, ValueBrake, VaultArea,
};
use caliber_primitives::{
	governance::{
		values::{CreditValue, VaultValue},
		Outage,
	},
	USD,
};
use polkadot_sdk::{frame_support::BoundedVec, sp_runtime::Perbill};

fn assert_broken(invariant: &str, change: impl FnOnce()) {
	chain(1, Vec::new()).execute_with(|| {
		let message = caliber_testkit::broken(Governance::do_try_state, change);
		assert!(message.contains(invariant), "{message}");
	});
}

#[test]
fn try_state_should_find_a_value_outside_its_range() {
	assert_broken("INV-G1", || {
		CreditArea::<Test>::mutate(|area| area.values.max_advance_rate = Perbill::one());
	});
}

#[test]
fn try_state_should_find_a_brake_that_cannot_be() {
	let brake = |value| ValueBrake { value, until: START + 1 };
	assert_broken("INV-G2: braked", || {
		CreditArea::<Test>::mutate(|area| {
			area.brakes = BoundedVec::truncate_from(vec![brake(CreditValue::MaxSweepSteps(1))]);
		});
	});
	assert_broken("INV-G2: least", || {
		let none = CreditValue::MinFirstLoss(Perbill::zero());
		CreditArea::<Test>::mutate(|area| {
			area.brakes = BoundedVec::truncate_from(vec![brake(none)])
		});
	});
	assert_broken("INV-G2: brakes on each", || {
		let two = [1, 2].map(|ceiling| brake(CreditValue::GlobalCeiling(ceiling * USD)));
		CreditArea::<Test>::mutate(|area| area.brakes = BoundedVec::truncate_from(two.to_vec()));
	});
}

#[test]
fn try_state_should_find_a_move_that_cannot_be() {
	let ramp = |from, starts_at, ends_at| Ramp { from, starts_at, ends_at };
	let fee = VaultValue::YieldFee(Perbill::zero());
	let with = |ramps: Vec<Ramp<VaultValue>>| {
		VaultArea::<Test>::mutate(|area: &mut AreaState<_, _>| {
			area.ramps = BoundedVec::truncate_from(ramps);
		});
	};
	assert_broken("INV-G3: values", || with(vec![ramp(VaultValue::DepositCap(1), 1, 2)]));
	assert_broken("INV-G3: begin", || with(vec![ramp(fee, 2, 1)]));
	assert_broken("INV-G3: ways", || with(vec![ramp(fee, 1, 2), ramp(fee, 1, 2)]));
}

#[test]
fn try_state_should_find_a_version_that_is_missing_or_wrong() {
	assert_broken("INV-G4: versions", || RuleVersions::<Test>::remove(0));
	assert_broken("INV-G4: versions", || CurrentRules::<Test>::put(1));
	assert_broken("INV-G4: rules", || {
		RuleArea::<Test>::mutate(|area| area.values.max_relistings += 1);
	});
}

#[test]
fn try_state_should_find_a_clock_that_cannot_be() {
	assert_broken("INV-G5", || Tempo::<Test>::put(0));
	let noted = |outages: Vec<Outage>| Outages::<Test>::put(BoundedVec::truncate_from(outages));
	let hour = |from, until| Outage { from, until };
	assert_broken("INV-G6: length", || noted(vec![hour(0, 3_600)]));
	assert_broken("INV-G6: end of each", || noted(vec![hour(0, 4_000), hour(3_999, 9_000)]));
	assert_broken("INV-G6: end of the last", || noted(vec![hour(0, START + 1)]));
	assert_broken("INV-G6: end of the last", || {
		noted(vec![hour(0, 4_000)]);
		LastBlockAt::<Test>::kill();
	});
	assert_broken("INV-G7", || {
		RelayHeights::<Test>::put(RelayHeight { first: 2, last: 1 });
	});
}
