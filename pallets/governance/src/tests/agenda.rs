// SPDX-License-Identifier: Apache-2.0

//! Tests of the scheduler's agenda: what can be struck there, and what a strike leaves.

use super::mock::*;
use crate::{Error, Event, Veto};
use caliber_primitives::governance::Authority;
use caliber_testkit::{alarms, last_event};
use codec::Encode;
use polkadot_sdk::{
	frame_support::{
		assert_noop, assert_ok,
		traits::{
			schedule::{
				v3::{Anon, Named},
				DispatchTime,
			},
			Bounded, Hooks, QueryPreimage, StorePreimage,
		},
	},
	frame_system, pallet_scheduler,
	sp_core::H256,
	sp_io::hashing::blake2_256,
	sp_runtime::traits::BlakeTwo256,
};

/// Block in which the tasks are due.
const DUE: u32 = 50;

/// Schedules a call without a name. Returns its place.
fn schedule(call: impl Into<RuntimeCall>) -> Veto {
	let call = Preimage::bound(call.into()).unwrap();
	let origin = frame_system::RawOrigin::Root.into();
	let at = DispatchTime::At(DUE);
	let task =
		<Scheduler as Anon<u32, RuntimeCall, OriginCaller>>::schedule(at, None, 63, origin, call);
	let (when, index) = task.unwrap();
	Veto::Task { when, index }
}

/// Schedules the enactment of a referendum.
fn enact(referendum: u32, call: impl Into<RuntimeCall>) -> Veto {
	enact_bounded(referendum, Preimage::bound(call.into()).unwrap())
}

/// Schedules the enactment of a referendum on a call that is bounded already.
fn enact_bounded(referendum: u32, call: Bounded<RuntimeCall, BlakeTwo256>) -> Veto {
	let origin = frame_system::RawOrigin::Root.into();
	let name = (*b"assembly", "enactment", referendum).using_encoded(blake2_256);
	let at = DispatchTime::At(DUE);
	assert_ok!(<Scheduler as Named<u32, RuntimeCall, OriginCaller>>::schedule_named(
		name, at, None, 63, origin, call,
	));
	Veto::Referendum(referendum)
}

fn remark(bytes: usize) -> RuntimeCall {
	frame_system::Call::remark_with_event { remark: vec![7; bytes] }.into()
}

fn veto(who: AccountId, what: Veto) -> polkadot_sdk::frame_support::dispatch::DispatchResult {
	Governance::veto(RuntimeOrigin::signed(who), what)
}

/// Runs the tasks that are due. Returns their number.
fn run_due() -> usize {
	Governance::note_relay_block(1_000);
	Scheduler::on_initialize(1);
	Governance::note_relay_block(1_000 + DUE);
	Scheduler::on_initialize(2);
	let dispatched = |event: &pallet_scheduler::Event<Test>| {
		matches!(event, pallet_scheduler::Event::Dispatched { .. })
	};
	caliber_testkit::events::<Test, pallet_scheduler::Event<Test>>()
		.iter()
		.filter(|event| dispatched(event))
		.count()
}

#[test]
fn veto_should_not_stop_a_referendum_by_its_alarms() {
	run(|| {
		let nudge = schedule(alarms::Call::nudge_referendum { index: 1 });
		let fewer = schedule(alarms::Call::one_fewer_deciding { track: 1 });
		for what in [nudge, fewer] {
			for who in [COMMITTEE, CANCELLER] {
				assert_noop!(veto(who, what), Error::<Test>::NotScheduled);
			}
		}
		assert_eq!(run_due(), 2);
	});
}

#[test]
fn veto_should_keep_a_struck_call_from_running_and_leave_the_others() {
	run(|| {
		let first = schedule(remark(1));
		schedule(remark(2));
		enact(9, remark(3));
		assert_ok!(veto(COMMITTEE, first));
		assert_ok!(veto(COMMITTEE, Veto::Referendum(9)));
		assert_eq!(run_due(), 1);
		assert_noop!(veto(COMMITTEE, Veto::Referendum(9)), Error::<Test>::NotScheduled);
	});
}

#[test]
fn veto_should_drop_the_preimage_of_a_long_call() {
	run(|| {
		let call = remark(1_000);
		let hash = H256(blake2_256(&call.encode()));
		let len = call.encoded_size() as u32;
		assert_ok!(Preimage::note_preimage(RuntimeOrigin::signed(ALICE), call.encode()));
		let what = enact_bounded(1, Bounded::Lookup { hash, len });
		assert!(<Preimage as QueryPreimage>::is_requested(&hash));
		assert_ok!(veto(COMMITTEE, what));
		let event = Event::Vetoed { what, hash, by: Authority::Committee };
		assert_eq!(last_event::<Test, Event<Test>>(), event);
		assert!(!<Preimage as QueryPreimage>::is_requested(&hash));
	});
}

#[test]
fn veto_should_know_the_same_call_wherever_it_stands() {
	run(|| {
		// Short ones stand in the agenda itself, long ones by their hash.
		for bytes in [10, 1_000] {
			let first = enact(1, remark(bytes));
			assert_ok!(veto(COMMITTEE, first));
			enact(2, remark(bytes));
			// The place of an enactment names it as well as the referendum does.
			let place = Veto::Task { when: DUE, index: 0 };
			for what in [Veto::Referendum(2), place] {
				assert_noop!(veto(COMMITTEE, what), Error::<Test>::AlreadyVetoed);
			}
			assert_noop!(veto(COMMITTEE, first), Error::<Test>::NotScheduled);
			assert_ok!(veto(CANCELLER, place));
			assert_noop!(veto(CANCELLER, Veto::Referendum(2)), Error::<Test>::NotScheduled);
		}
	});
}

#[test]
fn veto_by_the_canceller_should_not_use_up_that_of_the_committee() {
	run(|| {
		for referendum in [1, 2] {
			let what = enact(referendum, remark(1));
			assert_ok!(veto(CANCELLER, what));
		}
		let what = enact(3, remark(1));
		assert_ok!(veto(COMMITTEE, what));
	});
}

#[test]
fn veto_should_rest_as_the_tempo_says() {
	check(chain(21_600, Vec::new()), || {
		assert_ok!(veto(COMMITTEE, schedule(remark(1))));
		let what = schedule(remark(1));
		// 180 days are 15 552 000 seconds, and a 21 600th of them is 720.
		pass(719);
		assert_noop!(veto(COMMITTEE, what), Error::<Test>::AlreadyVetoed);
		pass(1);
		assert_ok!(veto(COMMITTEE, what));
	});
}
