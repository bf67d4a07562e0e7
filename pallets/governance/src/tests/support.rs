// SPDX-License-Identifier: Apache-2.0

//! Time, values and brakes, as the tests say them.

use super::mock::*;
use crate::{Brake, BrakeTarget, CallName, Change, NotPaused, Values};
use caliber_primitives::{
	governance::values::{CreditValues, RuleValues, VaultValues},
	Seconds,
};
use caliber_testkit as testkit;
use polkadot_sdk::{
	frame_support::{
		dispatch::DispatchResult,
		traits::{Contains, Get, OnTimestampSet},
	},
	pallet_balances,
};

/// Lets time pass, in steps too short for an outage.
pub fn pass(mut seconds: Seconds) {
	while seconds > 0 {
		let step = seconds.min(3_600);
		testkit::pass::<Test>(step);
		Governance::on_timestamp_set(testkit::now::<Test>() * 1_000);
		seconds -= step;
	}
}

/// Sets values by a referendum.
pub fn set(changes: &[Change]) -> DispatchResult {
	Governance::set(RuntimeOrigin::signed(TRACK), changes.to_vec().try_into().unwrap())
}

/// Brakes values or calls.
pub fn brake(brakes: &[Brake]) -> DispatchResult {
	Governance::brake(RuntimeOrigin::signed(COMMITTEE), brakes.to_vec().try_into().unwrap())
}

/// Ends brakes.
pub fn release(targets: &[BrakeTarget]) -> DispatchResult {
	Governance::release(RuntimeOrigin::signed(COMMITTEE), targets.to_vec().try_into().unwrap())
}

/// Returns the name of a call.
pub fn name(pallet: &str, call: &str) -> CallName {
	CallName::new(pallet, call).unwrap()
}

/// Returns true if a transfer passes the filter.
pub fn may_transfer() -> bool {
	let call = pallet_balances::Call::transfer_keep_alive { dest: ALICE, value: 1 };
	NotPaused::<Test>::contains(&call.into())
}

pub fn credit() -> CreditValues {
	Values::<Test>::get()
}

pub fn vault() -> VaultValues {
	Values::<Test>::get()
}

pub fn rules() -> RuleValues {
	Values::<Test>::get()
}
