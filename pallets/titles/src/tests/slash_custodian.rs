// SPDX-License-Identifier: Apache-2.0

use crate::{
	tests::mock::{Titles, *},
	*,
};
use polkadot_sdk::{
	frame_support::{
		assert_noop, assert_ok,
		dispatch::DispatchResult,
		traits::{fungible::Inspect, LockableCurrency, WithdrawReasons},
	},
	sp_runtime::{traits::BadOrigin, TokenError},
};

fn slash(title: u32, amount: u128) -> DispatchResult {
	Titles::slash_custodian(RuntimeOrigin::root(), title, amount)
}

#[test]
fn slash_custodian_should_pay_the_owner_from_the_bond() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		let free = Balances::balance(&CUSTODIAN);
		assert_ok!(slash(title, 300 * CLBR));
		assert_eq!(bond_held(&CUSTODIAN), BOND - 300 * CLBR);
		assert_eq!(Custodians::<Test>::get(CUSTODIAN).unwrap().bond, BOND - 300 * CLBR);
		assert_eq!(Balances::balance(&OWNER), ENDOWMENT + 300 * CLBR);
		assert_eq!(Balances::balance(&CUSTODIAN), free);
		assert_eq!(
			last_event(),
			Event::CustodianSlashed {
				title,
				custodian: CUSTODIAN,
				owner: OWNER,
				amount: 300 * CLBR,
				bond: BOND - 300 * CLBR
			}
		);
	});
}

#[test]
fn slash_custodian_should_pay_who_owns_the_nft_also_when_pledged() {
	ExtBuilder::default().build_and_execute(|| {
		let (sold, held) = (active(1), pledged(3, 9));
		assert_ok!(send_nft(OWNER, sold, BUYER));
		assert_ok!(slash(sold, CLBR));
		assert_ok!(slash(held, 2 * CLBR));
		assert_eq!(Balances::balance(&BUYER), ENDOWMENT + CLBR);
		assert_eq!(Balances::balance(&OWNER), ENDOWMENT + 2 * CLBR);
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

#[test]
fn slash_custodian_should_pay_though_the_custodian_has_locked_its_balance() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		<Balances as LockableCurrency<AccountId>>::set_lock(
			*b"pyconvot",
			&CUSTODIAN,
			ENDOWMENT,
			WithdrawReasons::all(),
		);
		assert_ok!(slash(title, BOND));
		assert_eq!(Balances::balance(&OWNER), ENDOWMENT + BOND);
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
		assert_noop!(slash(title, 1), Error::<Test>::CustodianIsOwner);
	});
}

#[test]
fn slash_custodian_should_change_nothing_when_too_little_for_the_owner_to_live() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		let poor = AccountId::new([99; 32]);
		assert_ok!(send_nft(OWNER, title, poor.clone()));
		assert_noop!(slash(title, EXISTENTIAL_DEPOSIT - 1), TokenError::CannotCreate);
		assert_ok!(slash(title, EXISTENTIAL_DEPOSIT));
		assert_eq!(Balances::balance(&poor), EXISTENTIAL_DEPOSIT);
	});
}

#[test]
fn slash_custodian_should_be_for_governance() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		for who in [OWNER, CUSTODIAN, VERIFIER] {
			assert_noop!(Titles::slash_custodian(RuntimeOrigin::signed(who), title, 1), BadOrigin);
		}
	});
}
