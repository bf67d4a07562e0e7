// SPDX-License-Identifier: Apache-2.0

//! Tests of vetoes.

use super::mock::*;
use crate::{CommitteeVetoes, Error, Event, Veto, MAX_VETOES, VETO_REST};
use caliber_primitives::governance::Authority;
use caliber_testkit::last_event;
use codec::Encode;
use polkadot_sdk::{
	frame_support::{
		assert_noop, assert_ok,
		traits::{
			schedule::{v3::Named, DispatchTime},
			Bounded,
		},
	},
	frame_system,
	sp_core::H256,
	sp_io::hashing::blake2_256,
	sp_runtime::traits::BadOrigin,
};

fn call(text: u8) -> RuntimeCall {
	frame_system::Call::remark_with_event { remark: vec![text] }.into()
}

/// Schedules the enactment of a referendum as `pallet-referenda` does.
fn decide(index: u32, text: u8) {
	let bounded = Bounded::Inline(call(text).encode().try_into().unwrap());
	assert_ok!(<Scheduler as Named<u32, RuntimeCall, OriginCaller>>::schedule_named(
		(*b"assembly", "enactment", index).using_encoded(blake2_256),
		DispatchTime::At(100),
		None,
		63,
		frame_system::RawOrigin::Root.into(),
		bounded,
	));
}

fn veto(who: AccountId, what: Veto) -> polkadot_sdk::frame_support::dispatch::DispatchResult {
	Governance::veto(RuntimeOrigin::signed(who), what)
}

fn hash(text: u8) -> H256 {
	H256(blake2_256(&call(text).encode()))
}

#[test]
fn veto_should_strike_what_a_referendum_decided() {
	run(|| {
		decide(3, 1);
		let what = Veto::Referendum(3);
		assert_ok!(veto(COMMITTEE, what));
		let event = Event::Vetoed { what, hash: hash(1), by: Authority::Committee };
		assert_eq!(last_event::<Test, Event<Test>>(), event);
		assert!(polkadot_sdk::pallet_scheduler::Agenda::<Test>::get(100).is_empty());
		assert_noop!(veto(COMMITTEE, what), Error::<Test>::NotScheduled);
	});
}

#[test]
fn veto_should_strike_a_task_without_a_name() {
	run(|| {
		let remark = Box::new(call(1));
		assert_ok!(Scheduler::schedule(RuntimeOrigin::root(), 50, None, 63, remark));
		assert_noop!(
			veto(COMMITTEE, Veto::Task { when: 50, index: 1 }),
			Error::<Test>::NotScheduled
		);
		assert_ok!(veto(COMMITTEE, Veto::Task { when: 50, index: 0 }));
		assert!(polkadot_sdk::pallet_scheduler::Agenda::<Test>::get(50).is_empty());
	});
}

#[test]
fn veto_should_leave_the_last_word_to_holders() {
	run(|| {
		decide(1, 1);
		assert_ok!(veto(COMMITTEE, Veto::Referendum(1)));
		decide(2, 1);
		assert_noop!(veto(COMMITTEE, Veto::Referendum(2)), Error::<Test>::AlreadyVetoed);
		// Another call may be struck, and the track that cancels is not bound.
		decide(3, 2);
		assert_ok!(veto(COMMITTEE, Veto::Referendum(3)));
		assert_ok!(veto(CANCELLER, Veto::Referendum(2)));
		// After half a year the committee may strike it again.
		pass(VETO_REST - 1);
		decide(4, 1);
		assert_noop!(veto(COMMITTEE, Veto::Referendum(4)), Error::<Test>::AlreadyVetoed);
		pass(1);
		assert_ok!(veto(COMMITTEE, Veto::Referendum(4)));
	});
}

#[test]
fn veto_should_be_bounded() {
	run(|| {
		for text in 0..MAX_VETOES as u8 {
			decide(u32::from(text), text);
			assert_ok!(veto(COMMITTEE, Veto::Referendum(text.into())));
		}
		decide(1_000, 255);
		assert_noop!(veto(COMMITTEE, Veto::Referendum(1_000)), Error::<Test>::TooManyVetoes);
		assert_eq!(CommitteeVetoes::<Test>::get().len(), MAX_VETOES as usize);
	});
}

#[test]
fn veto_should_refuse_anybody_else() {
	run(|| {
		decide(1, 1);
		for who in [ALICE, TRACK, CAUTIOUS] {
			assert_noop!(veto(who, Veto::Referendum(1)), BadOrigin);
		}
		assert_noop!(veto(COMMITTEE, Veto::Referendum(2)), Error::<Test>::NotScheduled);
	});
}
