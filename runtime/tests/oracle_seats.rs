// SPDX-License-Identifier: Apache-2.0

//! Seats of the oracle and of the technical committee are given and taken by governance. Their
//! holders cannot hand them on.

#![allow(missing_docs)]

mod common;

use caliber_primitives::{
	appraisal::{AppraisalError, OracleKey},
	USD,
};
use caliber_runtime::{
	configs::{governance::TechnicalMembershipInstance, oracle::OracleMembershipInstance},
	filters::ProxyType,
	AccountId, Appraisal, OracleMembership, Runtime, RuntimeCall, RuntimeEvent, RuntimeOrigin,
	System,
};
use common::*;
use pallet_caliber_appraisal::{Call as AppraisalCall, Error as AppraisalError_, Event};
use polkadot_sdk::{
	frame_support::assert_ok,
	frame_system, pallet_membership, pallet_multisig, pallet_oracle, pallet_proxy, pallet_utility,
	sp_keyring::Sr25519Keyring as Keyring,
	sp_runtime::{traits::Dispatchable, DispatchError, MultiAddress},
};

const RESALE: OracleKey = OracleKey::Resale(0);

fn closed() -> DispatchError {
	frame_system::Error::<Runtime>::CallFiltered.into()
}

/// Account to which an operator would hand its seat.
fn other_key() -> AccountId {
	account(Keyring::Two)
}

fn change_key() -> RuntimeCall {
	let new = MultiAddress::Id(other_key());
	pallet_membership::Call::<Runtime, OracleMembershipInstance>::change_key { new }.into()
}

fn feed(dollars: u128) -> AppraisalCall<Runtime> {
	AppraisalCall::feed { values: vec![(RESALE, dollars * USD)].try_into().unwrap() }
}

/// Has a referendum enacted.
fn referendum_decides(call: impl Into<RuntimeCall>) {
	assert_ok!(call.into().dispatch(RuntimeOrigin::root()));
}

/// Returns the values that the runtime accepted of the reports in this block.
fn accepted_now() -> Vec<u128> {
	let events = System::events().into_iter();
	events
		.filter_map(|record| match record.event {
			RuntimeEvent::Appraisal(Event::PriceAccepted { value, .. }) => Some(value / USD),
			_ => None,
		})
		.collect()
}

/// The operator is to be removed. In the block before it gives its seat to another key of its own.
#[test]
fn removed_operator_should_not_feed_under_another_key() {
	run(|| {
		let [dishonest, second, third] = operators();
		submit_ok(&dishonest, feed(1));
		submit_err(&dishonest, change_key(), closed());
		let old = MultiAddress::Id(dishonest.clone());
		referendum_decides(RuntimeCall::OracleMembership(pallet_membership::Call::remove_member {
			who: old,
		}));
		assert!(!OracleMembership::members().contains(&other_key()));
		set_time(now() + 6);
		for key in [&dishonest, &other_key()] {
			submit_err(key, feed(1), AppraisalError_::<Runtime>::NotOperator);
		}
		// What it reported before counts no more: two are left, and they are not enough.
		submit_ok(&second, feed(20_000));
		submit_ok(&third, feed(20_000));
		assert_eq!(accepted_now(), Vec::<u128>::new());
		assert_eq!(Appraisal::feed_value(RESALE), Err(AppraisalError::Unavailable(RESALE)));
		// Governance gives the seat to an honest operator.
		referendum_decides(RuntimeCall::OracleMembership(pallet_membership::Call::add_member {
			who: MultiAddress::Id(saver()),
		}));
		submit_ok(&saver(), feed(20_000));
		assert_eq!(accepted_now(), [20_000]);
	});
}

#[test]
fn seat_should_not_be_handed_on_inside_another_call() {
	run(|| {
		let [operator, ..] = operators();
		let seats = || OracleMembership::members().to_vec();
		let before = seats();
		submit_err(
			&operator,
			pallet_utility::Call::batch_all { calls: vec![change_key()] },
			closed(),
		);
		let inner = || Box::new(change_key());
		submit_err(
			&operator,
			pallet_multisig::Call::as_multi_threshold_1 {
				other_signatories: vec![other_key()],
				call: inner(),
			},
			closed(),
		);
		submit_ok(
			&operator,
			pallet_proxy::Call::add_proxy {
				delegate: MultiAddress::Id(other_key()),
				proxy_type: ProxyType::Any,
				delay: 0,
			},
		);
		submit_ok(
			&other_key(),
			pallet_proxy::Call::proxy {
				real: MultiAddress::Id(operator.clone()),
				force_proxy_type: None,
				call: inner(),
			},
		);
		let refused = pallet_proxy::Event::ProxyExecuted { result: Err(closed()) };
		System::assert_has_event(refused.into());
		assert_eq!(seats(), before);
	});
}

#[test]
fn seat_of_the_technical_committee_should_not_be_handed_on() {
	run(|| {
		let new = MultiAddress::Id(other_key());
		let call =
			pallet_membership::Call::<Runtime, TechnicalMembershipInstance>::change_key { new };
		submit_err(&account(Keyring::Alice), call, closed());
	});
}

#[test]
fn root_should_be_no_operator() {
	run(|| {
		let [first, second, third] = operators();
		submit_ok(&first, feed(20_000));
		submit_ok(&second, feed(20_000));
		let values = vec![(RESALE, USD)].try_into().unwrap();
		referendum_decides(pallet_oracle::Call::feed_values { values });
		assert_eq!(accepted_now(), Vec::<u128>::new());
		submit_ok(&third, feed(20_000));
		assert_eq!(accepted_now(), [20_000]);
	});
}
