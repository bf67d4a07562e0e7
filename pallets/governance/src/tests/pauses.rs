// SPDX-License-Identifier: Apache-2.0

//! Tests of paused calls.

use super::mock::*;
use crate::{Brake, BrakeTarget, Error, NotPaused};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, traits::Contains},
	pallet_balances,
};

fn transfers() -> Brake {
	Brake::Pause(name("Balances", "transfer_keep_alive"))
}

#[test]
fn a_pause_should_keep_the_call_out_and_end_by_itself() {
	run(|| {
		assert!(may_transfer());
		assert_ok!(brake(&[transfers()]));
		assert!(!may_transfer());
		let until = Governance::paused_until(name("Balances", "transfer_keep_alive"));
		assert_eq!(until, Some(START + 14 * DAY));
		pass(14 * DAY - 1);
		assert!(!may_transfer());
		pass(1);
		assert!(may_transfer());
		assert_noop!(brake(&[transfers()]), Error::<Test>::BrakeResting);
		pass(30 * DAY);
		assert_ok!(brake(&[transfers()]));
	});
}

#[test]
fn a_pause_should_stop_no_other_call() {
	run(|| {
		assert_ok!(brake(&[transfers()]));
		let burn = pallet_balances::Call::burn { value: 1, keep_alive: true };
		assert!(NotPaused::<Test>::contains(&burn.into()));
	});
}

#[test]
fn a_pause_should_close_no_door_out() {
	run(|| {
		let way_out = Brake::Pause(name("Balances", "transfer_all"));
		assert_noop!(brake(&[way_out]), Error::<Test>::NeverPaused);
		let call = pallet_balances::Call::transfer_all { dest: ALICE, keep_alive: false };
		assert!(NotPaused::<Test>::contains(&call.into()));
	});
}

#[test]
fn a_pause_should_refuse_a_name_that_the_runtime_does_not_have() {
	run(|| {
		for (pallet, call) in [("Balances", "transfer"), ("balances", "burn"), ("", "")] {
			let unknown = Brake::Pause(name(pallet, call));
			assert_noop!(brake(&[unknown]), Error::<Test>::UnknownCall);
		}
	});
}

#[test]
fn release_should_open_the_call_again() {
	run(|| {
		let target = BrakeTarget::Pause(name("Balances", "transfer_keep_alive"));
		assert_noop!(release(std::slice::from_ref(&target)), Error::<Test>::NotBraked);
		assert_ok!(brake(&[transfers()]));
		assert_noop!(brake(&[transfers()]), Error::<Test>::NotStricter);
		assert_ok!(release(&[target]));
		assert!(may_transfer());
		assert_noop!(brake(&[transfers()]), Error::<Test>::BrakeResting);
	});
}
