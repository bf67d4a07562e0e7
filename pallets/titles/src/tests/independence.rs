// SPDX-License-Identifier: Apache-2.0

//! Nobody is two parties of one title.

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::{titles::Ineligibility, TitleId};
use polkadot_sdk::frame_support::{
	assert_noop, assert_ok, dispatch::DispatchResult, traits::fungible::Mutate,
};

/// Registers an account as a party of every kind but custodian.
fn register(who: AccountId) {
	let provider = |kind| Parties::<Test>::iter_prefix(kind).next().unwrap().1.info;
	for info in [PartyInfo::Verifier, provider(PartyKind::Insurer), provider(PartyKind::Appraiser)]
	{
		// One that is a party of this kind already stays it.
		let _ = Titles::register_party(referendum(), who.clone(), info);
	}
}

/// Posts the bond of a verifier.
fn bonds(who: AccountId) {
	assert_ok!(UsdAi::mint_into(&who, VERIFIER_BOND + 1));
	let origin = RuntimeOrigin::signed(who);
	assert_ok!(Titles::post_bond(origin, Surety::VerifierBond, VERIFIER_BOND));
}

fn bind(who: AccountId, title: TitleId) -> DispatchResult {
	Titles::bind_policy(RuntimeOrigin::signed(who), title, terms(WORTH, NOTICE))
}

fn file(who: AccountId, title: TitleId) -> DispatchResult {
	let document = sp_core::H256::zero();
	let until = Titles::now() + 60 * DAY;
	Titles::file_appraisal(RuntimeOrigin::signed(who), title, WORTH, document, until)
}

fn confirm(who: AccountId, title: TitleId) -> DispatchResult {
	confirm_as(who, title)
}

fn encumber(title: TitleId, owner: AccountId) -> DispatchResult {
	<Titles as Encumber<AccountId>>::encumber(title, &owner, 9)
}

#[test]
fn custodian_should_not_attest_its_own_machines() {
	ExtBuilder::default().build_and_execute(|| {
		let custodian = || RuntimeOrigin::signed(CUSTODIAN);
		let own = Titles::attest(custodian(), CUSTODIAN, spec(1));
		assert_noop!(own, Error::<Test>::NotIndependent);
		let delivery = vec![(OWNER, spec(1)), (CUSTODIAN, spec(3))].try_into().unwrap();
		let own = Titles::attest_batch(custodian(), delivery);
		assert_noop!(own, Error::<Test>::NotIndependent);
		assert_ok!(Titles::attest(RuntimeOrigin::signed(RIVAL), CUSTODIAN, spec(1)));
	});
}

#[test]
fn verifier_should_be_neither_owner_nor_insurer_nor_appraiser() {
	ExtBuilder::default().build_and_execute(|| {
		for who in [OWNER, INSURER, APPRAISER] {
			register(who.clone());
			bonds(who);
		}
		let title = attested(1);
		insured(title, WORTH, DAY);
		appraised(APPRAISER, title, WORTH, DAY);
		for who in [OWNER, INSURER, APPRAISER] {
			assert_noop!(confirm(who, title), Error::<Test>::NotIndependent);
		}
		assert_ok!(confirm(VERIFIER, title));
	});
}

#[test]
fn insurer_and_appraiser_should_be_no_other_party() {
	ExtBuilder::default().build_and_execute(|| {
		for who in [OWNER, CUSTODIAN, VERIFIER, INSURER, APPRAISER, CURATOR] {
			register(who);
		}
		let title = active(1);
		appraised(APPRAISER, title, WORTH, DAY);
		for who in [OWNER, CUSTODIAN, VERIFIER, APPRAISER] {
			assert_noop!(bind(who, title), Error::<Test>::NotIndependent);
		}
		for who in [OWNER, CUSTODIAN, VERIFIER, INSURER] {
			assert_noop!(file(who, title), Error::<Test>::NotIndependent);
		}
		// An insurer may bind a second policy, an appraiser may replace what it filed.
		assert_ok!(bind(INSURER, title));
		assert_ok!(file(APPRAISER, title));
		// The curator is a party of what its line holds.
		assert_ok!(encumber(title, OWNER));
		assert_noop!(bind(CURATOR, title), Error::<Test>::NotIndependent);
		assert_noop!(file(CURATOR, title), Error::<Test>::NotIndependent);
		assert_ok!(bind(SECOND_INSURER, title));
	});
}

#[test]
fn encumber_should_fail_when_the_nft_was_sent_to_another_party() {
	ExtBuilder::default().build_and_execute(|| {
		let dependent = || Error::<Test>::Ineligible(Ineligibility::NotIndependent);
		let title = active(1);
		appraised(APPRAISER, title, WORTH, DAY);
		let mut from = OWNER;
		for to in [CUSTODIAN, VERIFIER, INSURER, APPRAISER, CURATOR] {
			assert_ok!(send_nft(from.clone(), title, to.clone()));
			assert_noop!(encumber(title, to.clone()), dependent());
			// Without a line nobody knows its curator.
			let alone = Titles::eligibility(title);
			assert_eq!(alone.is_ok(), to == CURATOR, "{alone:?}");
			from = to;
		}
		assert_ok!(send_nft(from, title, BUYER));
		assert_ok!(encumber(title, BUYER));
	});
}

#[test]
fn encumber_should_fail_when_the_curator_has_vouched_for_the_title() {
	ExtBuilder::default().build_and_execute(|| {
		register(CURATOR);
		binds_anything(&CURATOR);
		bonds(CURATOR);
		assert_ok!(Balances::transfer_keep_alive(
			RuntimeOrigin::signed(STRANGER),
			CURATOR,
			100 * CLBR
		));
		let dependent = || Error::<Test>::Ineligible(Ineligibility::NotIndependent);
		let (insured, appraised, confirmed) = (active(1), active(3), attested(5));
		assert_ok!(bind(CURATOR, insured));
		assert_ok!(file(CURATOR, appraised));
		assert_ok!(bind(INSURER, confirmed));
		assert_ok!(confirm(CURATOR, confirmed));
		for title in [insured, appraised, confirmed] {
			assert_noop!(encumber(title, OWNER), dependent());
		}
	});
}
