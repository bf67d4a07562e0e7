// SPDX-License-Identifier: Apache-2.0

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::titles::TitleStatus;
use polkadot_sdk::{
	frame_support::{
		assert_noop, assert_ok,
		traits::fungible::{Inspect, InspectHold},
	},
	pallet_balances,
};

#[test]
fn confirm_should_mint_the_nft_to_the_owner() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		let seen = evidence(title);
		assert_ok!(confirm_as(VERIFIER, title));

		let record = crate::Titles::<Test>::get(title).unwrap();
		assert_eq!(record.status, TitleStatus::Active);
		let attestation = Attestations::<Test>::get(title).unwrap();
		assert_eq!(attestation.verifier, Some(VERIFIER));
		assert_eq!((attestation.confirmed_at, attestation.evidence), (Some(START), Some(seen)));
		assert_eq!(owner_of(title), Some(OWNER));
		let event =
			Event::TitleConfirmed { title, verifier: VERIFIER, owner: OWNER, evidence: seen };
		assert_eq!(last_event(), event);
	});
}

#[test]
fn confirm_should_cost_no_nft_deposit() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		let held = Balances::total_balance_on_hold(&CUSTODIAN);
		assert_ok!(confirm_as(VERIFIER, title));
		for who in [OWNER, VERIFIER, Titles::account_id()] {
			assert_eq!(pallet_balances::Pallet::<Test>::reserved_balance(&who), 0);
		}
		assert_eq!(Balances::balance(&OWNER), ENDOWMENT);
		// The records of two devices, and nothing for the NFT.
		assert_eq!(Balances::total_balance_on_hold(&CUSTODIAN), held + 2 * DEPOSIT_PER_ITEM);
	});
}

#[test]
fn confirm_should_renew_custody() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		insured(title, WORTH, 60 * DAY);
		set_time(START + 30 * DAY);
		assert_ok!(confirm_as(VERIFIER, title));
		assert_eq!(kept_since(title), START + 30 * DAY);
		assert_eq!(Titles::eligibility(title), Ok(()));
	});
}

#[test]
fn confirmed_title_should_be_sent_by_its_owner() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(send_nft(OWNER, title, BUYER));
		assert_eq!(owner_of(title), Some(BUYER));
	});
}

#[test]
fn confirm_should_fail_when_not_a_verifier() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		for who in [STRANGER, OWNER, CUSTODIAN] {
			assert_noop!(confirm_as(who, title), Error::<Test>::UnknownParty);
		}
		assert_ok!(Titles::remove_party(RuntimeOrigin::root(), PartyKind::Verifier, VERIFIER));
		assert_noop!(confirm_as(VERIFIER, title), Error::<Test>::UnknownParty);
	});
}

#[test]
fn confirm_should_fail_when_the_verifier_is_the_custodian() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		verifies_too(&CUSTODIAN);
		assert_noop!(confirm_as(CUSTODIAN, title), Error::<Test>::VerifierIsCustodian);

		assert_ok!(Titles::attest(RuntimeOrigin::signed(RIVAL), OWNER, spec(3)));
		assert_ok!(confirm_as(CUSTODIAN, title + 1));
	});
}

#[test]
fn confirm_should_fail_when_unknown_or_confirmed() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(confirm_as(VERIFIER, 0), Error::<Test>::UnknownTitle);
		let title = active(1);
		assert_noop!(confirm_as(VERIFIER, title), Error::<Test>::NotAttested);
	});
}

#[test]
fn confirm_should_fail_when_the_custodian_is_suspended() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		assert_ok!(Titles::suspend_party(RuntimeOrigin::root(), PartyKind::Custodian, CUSTODIAN));
		assert_noop!(confirm_as(VERIFIER, title), Error::<Test>::PartySuspended);
	});
}

#[test]
fn confirm_should_fail_when_there_is_no_collection() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		let collection = Collection::<Test>::take().unwrap();
		assert_noop!(confirm_as(VERIFIER, title), Error::<Test>::NoCollection);
		Collection::<Test>::put(collection);
	});
}
