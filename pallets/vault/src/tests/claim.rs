// SPDX-License-Identifier: Apache-2.0

use super::mock::*;
use crate::{Error, Event, HoldReason, Ledger, Operators};
use caliber_primitives::{Balance, USD, USDAI};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, traits::fungible::InspectHold},
	sp_runtime::{DispatchResult, TokenError},
};

fn held(who: AccountId) -> Balance {
	Balances::balance_on_hold(&HoldReason::RedemptionRequest.into(), &who)
}

fn held_for_operators(who: AccountId) -> Balance {
	Balances::balance_on_hold(&HoldReason::Operator.into(), &who)
}

fn claim_part(who: AccountId, id: u32, amount: Balance) -> DispatchResult {
	Vault::claim(RuntimeOrigin::signed(who), id, Some(amount))
}

fn set_operator(who: AccountId, operator: AccountId, approved: bool) -> DispatchResult {
	Vault::set_operator(RuntimeOrigin::signed(who), operator, approved)
}

/// Alice and Bob have been served 40 each.
fn two_served() {
	assert_ok!(deposit(ALICE, 100 * USD));
	assert_ok!(deposit(BOB, 100 * USD));
	assert_ok!(redeem(ALICE, 40 * USD));
	assert_ok!(redeem(BOB, 40 * USD));
	to_window(FIRST_WINDOW + 1);
	assert_ok!(start());
	assert_ok!(settle(2));
	System::reset_events();
}

#[test]
fn claim_should_pay_and_close_when_all_is_served() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(redeem(ALICE, 40 * USD));
		assert_noop!(claim(ALICE, 0), Error::<Test>::NothingToClaim);
		to_window(FIRST_WINDOW + 1);
		assert_ok!(start());
		assert_ok!(settle(1));
		assert_eq!(held(ALICE), CLBR);

		assert_noop!(claim(BOB, 0), Error::<Test>::NotRequestOwner);
		assert_noop!(claim(ALICE, 1), Error::<Test>::UnknownRequest);
		System::reset_events();
		assert_ok!(claim(ALICE, 0));
		assert_eq!(
			events(),
			[
				Event::Claimed { id: 0, who: ALICE, by: ALICE, assets: 40 * USD, left: 0 },
				Event::RequestClosed { id: 0 }
			]
		);
		assert_eq!(usdai(ALICE), ENDOWMENT - 60 * USD);
		assert_eq!(held(ALICE), 0);
		assert_noop!(claim(ALICE, 0), Error::<Test>::UnknownRequest);
	});
}

#[test]
fn claim_should_keep_the_request_when_shares_still_wait() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(lend(70 * USD));
		assert_ok!(redeem(ALICE, 40 * USD));
		to_window(FIRST_WINDOW + 1);
		assert_ok!(start());
		assert_ok!(settle(1));
		assert_ok!(claim(ALICE, 0));
		assert_eq!(request(0).shares, 10 * USD);
		assert_noop!(claim(ALICE, 0), Error::<Test>::NothingToClaim);

		assert_ok!(receive(70 * USD, 0));
		to_window(FIRST_WINDOW + 2);
		assert_ok!(start());
		assert_ok!(settle(1));
		assert_ok!(claim(ALICE, 0));
		assert_eq!(Vault::request(0), None);
		assert_eq!(usdai(ALICE), ENDOWMENT - 60 * USD);
	});
}

#[test]
fn claim_should_pay_a_part_when_one_is_named() {
	ExtBuilder::default().build_and_execute(|| {
		two_served();
		for amount in [0, 40 * USD + 1] {
			assert_noop!(claim_part(ALICE, 0, amount), Error::<Test>::ClaimOutOfRange);
		}
		assert_ok!(claim_part(ALICE, 0, 15 * USD));
		assert_eq!(
			events(),
			[Event::Claimed { id: 0, who: ALICE, by: ALICE, assets: 15 * USD, left: 25 * USD }]
		);
		assert_eq!(usdai(ALICE), ENDOWMENT - 85 * USD);
		assert_eq!(request(0).claimable, 25 * USD);
		assert_eq!(Ledger::<Test>::get().claimable, 65 * USD);
		assert_eq!(held(ALICE), CLBR);

		assert_noop!(claim_part(ALICE, 0, 25 * USD + 1), Error::<Test>::ClaimOutOfRange);
		assert_ok!(claim_part(ALICE, 0, 25 * USD));
		assert_eq!(Vault::request(0), None);
		assert_eq!(held(ALICE), 0);
	});
}

#[test]
fn claim_should_pay_the_owner_when_an_operator_claims() {
	ExtBuilder::default().build_and_execute(|| {
		two_served();
		assert_noop!(claim(CHARLIE, 0), Error::<Test>::NotRequestOwner);
		assert_ok!(set_operator(ALICE, CHARLIE, true));
		assert!(Vault::is_operator(ALICE, CHARLIE));
		assert!(!Vault::is_operator(CHARLIE, ALICE));
		assert_eq!(last_event(), Event::OperatorApproved { owner: ALICE, operator: CHARLIE });
		// Of Alice only.
		assert_noop!(claim(CHARLIE, 1), Error::<Test>::NotRequestOwner);
		assert_ok!(claim_part(CHARLIE, 0, 10 * USD));
		assert_eq!(
			last_event(),
			Event::Claimed { id: 0, who: ALICE, by: CHARLIE, assets: 10 * USD, left: 30 * USD }
		);
		assert_eq!((usdai(ALICE), usdai(CHARLIE)), (ENDOWMENT - 90 * USD, ENDOWMENT));
		// It may claim, and nothing else.
		assert_ok!(redeem(ALICE, 10 * USD));
		assert_noop!(cancel(CHARLIE, 2), Error::<Test>::NotRequestOwner);
		assert_noop!(commit(CHARLIE, 2, 5), Error::<Test>::NotRequestOwner);

		assert_ok!(set_operator(ALICE, CHARLIE, false));
		assert_eq!(last_event(), Event::OperatorRevoked { owner: ALICE, operator: CHARLIE });
		assert_noop!(claim(CHARLIE, 0), Error::<Test>::NotRequestOwner);
		assert_ok!(claim(ALICE, 0));
	});
}

#[test]
fn set_operator_should_hold_a_deposit_for_each_until_it_is_revoked() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(set_operator(ALICE, ALICE, true), Error::<Test>::OwnOperator);
		assert_noop!(set_operator(ALICE, BOB, false), Error::<Test>::NotOperator);
		assert_ok!(set_operator(ALICE, BOB, true));
		assert_noop!(set_operator(ALICE, BOB, true), Error::<Test>::AlreadyOperator);
		assert_ok!(set_operator(ALICE, CHARLIE, true));
		assert_eq!(held_for_operators(ALICE), 2 * CLBR);
		assert_ok!(set_operator(ALICE, BOB, false));
		assert_eq!(held_for_operators(ALICE), CLBR);
		assert_ok!(set_operator(ALICE, CHARLIE, false));
		assert_eq!(held_for_operators(ALICE), 0);
		assert_eq!(Operators::<Test>::iter().count(), 0);
		// Nobody without CLBR.
		assert_noop!(set_operator(55, ALICE, true), TokenError::FundsUnavailable);
	});
}

#[test]
fn claim_should_fail_by_itself_when_the_owner_may_not_receive() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(deposit(BOB, 100 * USD));
		assert_ok!(redeem(ALICE, 40 * USD));
		assert_ok!(redeem(BOB, 40 * USD));
		let issuer = RuntimeOrigin::signed(TREASURY);
		assert_ok!(Assets::block(issuer.clone(), USDAI, ALICE));
		to_window(FIRST_WINDOW + 1);
		assert_ok!(start());
		assert_ok!(settle(2));

		assert_noop!(claim(ALICE, 0), TokenError::Blocked);
		assert_ok!(claim(BOB, 1));
		assert_ok!(redeem(BOB, 40 * USD));
		to_window(FIRST_WINDOW + 2);
		assert_ok!(start());
		assert_ok!(settle(1));
		assert_ok!(claim(BOB, 2));

		// It is still there when the owner may receive it.
		assert_ok!(Assets::thaw(issuer, USDAI, ALICE));
		assert_ok!(claim(ALICE, 0));
		assert_eq!(usdai(ALICE), ENDOWMENT - 60 * USD);
	});
}

#[test]
fn claim_should_be_possible_for_a_frozen_owner_who_may_receive() {
	ExtBuilder::default().build_and_execute(|| {
		two_served();
		let issuer = RuntimeOrigin::signed(TREASURY);
		assert_ok!(Assets::freeze(issuer, USDAI, ALICE));
		assert_ok!(claim(ALICE, 0));
		// What is frozen cannot come in again.
		assert_noop!(deposit(ALICE, 10 * USD), TokenError::Frozen);
	});
}
