// SPDX-License-Identifier: Apache-2.0

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::Balance;
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, traits::fungible::Inspect},
	sp_runtime::TokenError,
};

fn bond_of(who: AccountId) -> Balance {
	Custodians::<Test>::get(who).unwrap().bond
}

#[test]
fn post_bond_should_hold_the_amount_on_top() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Titles::post_bond(RuntimeOrigin::signed(CUSTODIAN), 5 * CLBR));
		assert_eq!(bond_of(CUSTODIAN), BOND + 5 * CLBR);
		assert_eq!(bond_held(&CUSTODIAN), BOND + 5 * CLBR);
		assert_eq!(Balances::balance(&CUSTODIAN), ENDOWMENT - BOND - 5 * CLBR);
		assert_eq!(
			last_event(),
			Event::BondPosted { custodian: CUSTODIAN, amount: 5 * CLBR, bond: BOND + 5 * CLBR }
		);
	});
}

#[test]
fn post_bond_should_work_when_suspended() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Titles::suspend_party(RuntimeOrigin::root(), PartyKind::Custodian, CUSTODIAN));
		assert_ok!(Titles::post_bond(RuntimeOrigin::signed(CUSTODIAN), CLBR));
	});
}

#[test]
fn post_bond_should_fail_when_not_custodian_or_zero_or_unfunded() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Titles::post_bond(RuntimeOrigin::signed(STRANGER), CLBR),
			Error::<Test>::UnknownParty
		);
		assert_noop!(
			Titles::post_bond(RuntimeOrigin::signed(CUSTODIAN), 0),
			Error::<Test>::ZeroAmount
		);
		assert_noop!(
			Titles::post_bond(RuntimeOrigin::signed(CUSTODIAN), ENDOWMENT),
			TokenError::FundsUnavailable
		);
		assert_eq!(bond_of(CUSTODIAN), BOND);
	});
}

#[test]
fn post_bond_should_fail_when_the_sum_overflows() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Titles::post_bond(RuntimeOrigin::signed(CUSTODIAN), Balance::MAX),
			Error::<Test>::Overflow
		);
	});
}

#[test]
fn withdraw_bond_should_return_all_of_it_when_there_are_no_titles() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Titles::withdraw_bond(RuntimeOrigin::signed(CUSTODIAN), BOND));
		assert_eq!(bond_of(CUSTODIAN), 0);
		assert_eq!(bond_held(&CUSTODIAN), 0);
		assert_eq!(Balances::balance(&CUSTODIAN), ENDOWMENT);
		assert_eq!(
			last_event(),
			Event::BondWithdrawn { custodian: CUSTODIAN, amount: BOND, bond: 0 }
		);
	});
}

#[test]
fn withdraw_bond_should_leave_the_minimum_when_a_title_lives() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		assert_noop!(
			Titles::withdraw_bond(RuntimeOrigin::signed(CUSTODIAN), BOND - MIN_BOND + 1),
			Error::<Test>::BondRequired
		);
		assert_ok!(Titles::withdraw_bond(RuntimeOrigin::signed(CUSTODIAN), BOND - MIN_BOND));
		assert_eq!(bond_of(CUSTODIAN), MIN_BOND);

		assert_ok!(Titles::withdraw_attestation(RuntimeOrigin::signed(CUSTODIAN), title));
		assert_ok!(Titles::withdraw_bond(RuntimeOrigin::signed(CUSTODIAN), MIN_BOND));
		assert_eq!(bond_of(CUSTODIAN), 0);
	});
}

#[test]
fn withdraw_bond_should_leave_title_deposits_held() {
	ExtBuilder::default().build_and_execute(|| {
		active(1);
		assert_ok!(Titles::withdraw_bond(RuntimeOrigin::signed(CUSTODIAN), BOND - MIN_BOND));
		assert_eq!(deposit_held(&CUSTODIAN), SPEC_DEPOSIT);
	});
}

#[test]
fn withdraw_bond_should_fail_when_suspended_zero_too_much_or_not_custodian() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Titles::withdraw_bond(RuntimeOrigin::signed(STRANGER), 1),
			Error::<Test>::UnknownParty
		);
		assert_noop!(
			Titles::withdraw_bond(RuntimeOrigin::signed(CUSTODIAN), 0),
			Error::<Test>::ZeroAmount
		);
		assert_noop!(
			Titles::withdraw_bond(RuntimeOrigin::signed(CUSTODIAN), BOND + 1),
			Error::<Test>::InsufficientBond
		);
		assert_ok!(Titles::suspend_party(RuntimeOrigin::root(), PartyKind::Custodian, CUSTODIAN));
		assert_noop!(
			Titles::withdraw_bond(RuntimeOrigin::signed(CUSTODIAN), 1),
			Error::<Test>::PartySuspended
		);
	});
}
