// SPDX-License-Identifier: Apache-2.0

//! Messages cannot dispatch calls of Caliber, with any origin and any payment.

use crate::common::*;
use caliber_runtime::{configs::xcm::LocationToAccountId, RuntimeCall, RuntimeEvent};
use codec::Encode;
use polkadot_sdk::{
	frame_system, pallet_balances, pallet_xcm, sp_runtime::MultiAddress,
	staging_xcm_executor::traits::ConvertLocation,
};

const ORIGIN_KINDS: [OriginKind; 4] =
	[OriginKind::Native, OriginKind::SovereignAccount, OriginKind::Superuser, OriginKind::Xcm];

/// Returns calls that no other chain may dispatch.
fn calls() -> [RuntimeCall; 3] {
	[
		// A call of root.
		frame_system::Call::set_storage { items: vec![(b"key".to_vec(), b"value".to_vec())] }
			.into(),
		// A call of any account.
		pallet_balances::Call::transfer_allow_death {
			dest: MultiAddress::Id(newcomer()),
			value: CLBR,
		}
		.into(),
		// A call of the administration of messages.
		pallet_xcm::Call::force_suspension { suspended: true }.into(),
	]
}

/// Returns a program that pays and then dispatches a call.
fn transact(kind: OriginKind, call: &RuntimeCall) -> Vec<Instruction<()>> {
	vec![
		WithdrawAsset((Location::here(), CLBR).into()),
		BuyExecution { fees: (Location::here(), CLBR).into(), weight_limit: Unlimited },
		Transact { origin_kind: kind, fallback_max_weight: None, call: call.encode().into() },
	]
}

/// Returns the account of a location on Caliber.
fn account_of(location: &Location) -> AccountId {
	LocationToAccountId::convert_location(location).expect("it has an account")
}

/// Endows the account of a location with CLBR for all its messages.
fn endow(location: &Location) {
	submit_ok(
		&account(Keyring::Bob),
		pallet_balances::Call::transfer_allow_death {
			dest: account_of(location).into(),
			value: 1_000 * CLBR,
		},
	);
}

/// Asserts that the message of a chain was paid for and stopped at its call, and that `sender` may
/// claim the rest of the fee.
#[track_caller]
fn assert_not_called(chain: &Location, sender: &Location) {
	let outcome = outcome();
	assert_eq!((outcome.done, outcome.barred), (0, 0), "{outcome:?}");
	assert_eq!(outcome.failed, [(chain.clone(), XcmError::NoPermission)]);
	let [(claimer, _)] = &outcome.trapped[..] else { panic!("{outcome:?}") };
	assert_eq!(claimer, sender);
	let events = Caliber::ext_wrapper(caliber_runtime::System::events);
	assert!(!events.iter().any(|record| matches!(
		record.event,
		RuntimeEvent::Balances(pallet_balances::Event::Transfer { .. })
	)));
	empty_block!(Caliber);
}

#[test]
fn calls_should_be_closed_to_parachains_that_pay() {
	start();
	for chain in [para(ASSET_HUB), para(SIBLING)] {
		endow(&chain);
	}
	for kind in ORIGIN_KINDS {
		for call in calls() {
			message_from!(AssetHub, Xcm(transact(kind, &call)));
			assert_not_called(&para(ASSET_HUB), &para(ASSET_HUB));
			message_from!(Sibling, Xcm(transact(kind, &call)));
			assert_not_called(&para(SIBLING), &para(SIBLING));
		}
	}
	assert_eq!(here(&Location::here(), &newcomer()), 0);
}

#[test]
fn calls_should_be_closed_to_the_relay_chain_and_its_bodies() {
	start();
	let body = Location::new(1, [Plurality { id: BodyId::Executive, part: BodyPart::Voice }]);
	for who in [Location::parent(), body.clone()] {
		endow(&who);
	}
	for kind in ORIGIN_KINDS {
		for call in calls() {
			message_from_relay(Xcm(transact(kind, &call)));
			assert_not_called(&Location::parent(), &Location::parent());
			let mut program = transact(kind, &call);
			program.insert(0, DescendOrigin(body.interior().clone()));
			message_from_relay(Xcm(program));
			assert_not_called(&Location::parent(), &body);
		}
	}
	assert_eq!(here(&Location::here(), &newcomer()), 0);
}

/// The governance of the relay chain may do this on other chains.
#[test]
fn calls_should_be_closed_to_the_relay_chain_that_does_not_pay() {
	start();
	for kind in ORIGIN_KINDS {
		for call in calls() {
			let mut program = transact(kind, &call).split_off(2);
			program.insert(0, UnpaidExecution { weight_limit: Unlimited, check_origin: None });
			message_from_relay(Xcm(program));
			assert_eq!(outcome(), Outcome { barred: 1, ..Default::default() });
			empty_block!(Caliber);
		}
	}
	assert_eq!(here(&Location::here(), &newcomer()), 0);
}

#[test]
fn calls_should_be_closed_to_accounts_of_other_chains() {
	start();
	let alice = to(&account(Keyring::Alice)).interior().clone();
	let mut there = para(SIBLING);
	there.append_with(alice.clone()).expect("there is room");
	endow(&there);
	for kind in ORIGIN_KINDS {
		for call in calls() {
			let mut program = transact(kind, &call);
			program.insert(0, DescendOrigin(alice.clone()));
			message_from!(Sibling, Xcm(program));
			assert_not_called(&para(SIBLING), &there);
		}
	}
	assert_eq!(here(&Location::here(), &newcomer()), 0);
}

#[test]
fn nobody_should_become_another() {
	start();
	let bob = to(&account(Keyring::Bob));
	endow(&para(SIBLING));
	let steal = |first| {
		Xcm(vec![
			WithdrawAsset((Location::here(), CLBR).into()),
			BuyExecution { fees: (Location::here(), CLBR).into(), weight_limit: Unlimited },
			first,
			WithdrawAsset((Location::here(), 10 * CLBR).into()),
			DepositAsset { assets: AllCounted(1).into(), beneficiary: to(&newcomer()) },
		])
	};
	for target in [bob.clone(), Location::here(), Location::parent(), para(ASSET_HUB)] {
		message_from!(Sibling, steal(AliasOrigin(target)));
		assert_eq!(outcome().failed, [(para(SIBLING), XcmError::NoPermission)]);
		empty_block!(Caliber);
	}
	message_from!(Sibling, steal(UniversalOrigin(Parachain(ASSET_HUB))));
	assert_eq!(outcome().failed, [(para(SIBLING), XcmError::InvalidLocation)]);
	assert_eq!(here(&Location::here(), &newcomer()), 0);
}
