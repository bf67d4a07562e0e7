// SPDX-License-Identifier: Apache-2.0

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::USD;
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, dispatch::DispatchResult},
	sp_runtime::traits::BadOrigin,
};

fn slash(title: u32, amount: u128) -> DispatchResult {
	Titles::slash_custodian(RuntimeOrigin::root(), title, amount, None)
}

#[test]
fn slash_custodian_should_pay_the_owner_from_the_bond() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		let free = usdai(&CUSTODIAN);
		assert_ok!(slash(title, 300 * USD));
		assert_eq!(bond_held(&CUSTODIAN), BOND - 300 * USD);
		assert_eq!(Custodians::<Test>::get(CUSTODIAN).unwrap().bond, BOND - 300 * USD);
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT + 300 * USD);
		assert_eq!(usdai(&CUSTODIAN), free);
		assert_eq!(
			last_event(),
			Event::CustodianSlashed {
				title,
				custodian: CUSTODIAN,
				line: None,
				owner: OWNER,
				loss: None,
				amount: 300 * USD,
				to_line: 0,
				bond: BOND - 300 * USD
			}
		);
	});
}

#[test]
fn slash_custodian_should_pay_the_owner_of_a_free_title_and_the_line_of_a_pledged_one() {
	ExtBuilder::default().build_and_execute(|| {
		let (sold, held) = (active(1), pledged(3, 9));
		assert_ok!(send_nft(OWNER, sold, BUYER));
		assert_ok!(slash(sold, USD));
		assert_ok!(slash(held, 2 * USD));
		assert_eq!(usdai(&BUYER), USDAI_ENDOWMENT + USD);
		assert_eq!(usdai(&reserve_account(9)), 2 * USD);
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT);
	});
}

#[test]
fn slash_custodian_should_take_all_of_the_bond_and_no_more() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		let deposits = deposit_held(&CUSTODIAN);
		assert_noop!(slash(title, BOND + 1), Error::<Test>::InsufficientBond);
		assert_ok!(slash(title, BOND));
		assert_eq!(bond_held(&CUSTODIAN), 0);
		assert_eq!(deposit_held(&CUSTODIAN), deposits);
		assert_noop!(slash(title, 1), Error::<Test>::InsufficientBond);
	});
}

#[test]
fn slash_custodian_should_keep_it_from_attesting_when_the_bond_is_too_low() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(slash(title, BOND - MIN_BOND));
		assert_ok!(Titles::attest(RuntimeOrigin::signed(CUSTODIAN), OWNER, spec(3)));
		assert_ok!(slash(title, 1));
		assert_noop!(
			Titles::attest(RuntimeOrigin::signed(CUSTODIAN), OWNER, spec(5)),
			Error::<Test>::BondTooLow
		);
	});
}

/// What a claim has frozen is not paid out twice.
#[test]
fn slash_custodian_should_leave_what_a_claim_has_frozen() {
	ExtBuilder::default().build_and_execute(|| {
		let (claimed, title) = (active(1), active(3));
		let owner = RuntimeOrigin::signed(OWNER);
		assert_ok!(Titles::request_redemption(owner.clone(), claimed));
		set_time(START + REDEMPTION_PERIOD + 1);
		assert_ok!(Titles::escalate_redemption(owner, claimed));
		assert_noop!(slash(title, BOND - TWO_UNITS + 1), Error::<Test>::InsufficientBond);
		assert_ok!(slash(title, BOND - TWO_UNITS));
		assert_ok!(Titles::resolve_claim(referendum(), claimed, TWO_UNITS));
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT + BOND);
		assert_eq!(bond_held(&CUSTODIAN), 0);
	});
}

#[test]
fn slash_verifier_should_pay_the_same_account_from_the_bond_of_who_confirmed() {
	ExtBuilder::default().build_and_execute(|| {
		let (waiting, title) = (attested(1), active(3));
		let slash =
			|title, amount| Titles::slash_verifier(referendum(), title, VERIFIER, amount, None);
		assert_noop!(slash(title, 0), Error::<Test>::ZeroAmount);
		assert_noop!(slash(77, 1), Error::<Test>::UnknownTitle);
		assert_noop!(slash(waiting, 1), Error::<Test>::NotConfirmed);
		assert_noop!(slash(title, VERIFIER_BOND + 1), Error::<Test>::InsufficientBond);
		assert_ok!(send_nft(OWNER, title, BUYER));
		assert_ok!(slash(title, VERIFIER_BOND));
		assert_eq!(
			last_event(),
			Event::VerifierSlashed {
				title,
				verifier: VERIFIER,
				line: None,
				owner: BUYER,
				loss: None,
				amount: VERIFIER_BOND,
				to_line: 0,
				bond: 0
			}
		);
		assert_eq!(usdai(&BUYER), USDAI_ENDOWMENT + VERIFIER_BOND);
		assert_eq!(bond_held(&CUSTODIAN), BOND);
		assert_ok!(Titles::remove_party(referendum(), PartyKind::Verifier, VERIFIER));
		assert_noop!(slash(title, 1), Error::<Test>::NoVerifier);
	});
}

#[test]
fn slash_verifier_should_fail_when_the_verifier_owns_the_title() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(send_nft(OWNER, title, VERIFIER));
		assert_noop!(
			Titles::slash_verifier(referendum(), title, VERIFIER, 1, None),
			Error::<Test>::NotIndependent
		);
	});
}

#[test]
fn slash_custodian_should_fail_when_zero_unconfirmed_or_unknown() {
	ExtBuilder::default().build_and_execute(|| {
		let (waiting, title) = (attested(1), active(3));
		assert_noop!(slash(title, 0), Error::<Test>::ZeroAmount);
		assert_noop!(slash(waiting, 1), Error::<Test>::NotConfirmed);
		assert_noop!(slash(77, 1), Error::<Test>::UnknownTitle);
	});
}

#[test]
fn slash_custodian_should_fail_when_the_custodian_owns_the_title() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(send_nft(OWNER, title, CUSTODIAN));
		assert_noop!(slash(title, 1), Error::<Test>::NotIndependent);
	});
}

#[test]
fn slash_custodian_should_be_for_governance() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		for who in [OWNER, CUSTODIAN, VERIFIER] {
			assert_noop!(
				Titles::slash_custodian(RuntimeOrigin::signed(who), title, 1, None),
				BadOrigin
			);
		}
	});
}
