// SPDX-License-Identifier: Apache-2.0

//! Freezing of accounts.

use super::mock::*;
use crate::{types::FrozenAccount, Error, Event, Frozen};
use caliber_primitives::{SUSDAI, USD, USDAI};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, traits::fungibles::Mutate},
	pallet_assets,
	sp_core::H256,
	sp_runtime::{traits::BadOrigin, DispatchResult, TokenError},
};

const REASON: H256 = H256::repeat_byte(7);

fn freeze(who: AccountId) -> DispatchResult {
	Reserves::freeze(RuntimeOrigin::signed(COMPLIANCE), who, REASON)
}

fn thaw(who: AccountId) -> DispatchResult {
	Reserves::thaw(RuntimeOrigin::signed(COMPLIANCE), who, REASON)
}

#[test]
fn freeze_should_stop_the_account_and_no_other() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(mint(USDT, 1_000 * USD));
		issue(&BOB, 1_000 * USD);
		assert_ok!(Assets::mint_into(SUSDAI, &ALICE, 100 * USD));
		assert_ok!(freeze(ALICE));
		assert_eq!(last_event(), Event::AccountFrozen { who: ALICE, reason: REASON });
		assert_eq!(Reserves::frozen(ALICE), Some(FrozenAccount { since: START, reason: REASON }));

		for asset in [USDAI, SUSDAI] {
			assert_noop!(send(asset, &ALICE, &BOB, USD), TokenError::Frozen);
			assert_noop!(
				Assets::transfer(RuntimeOrigin::signed(ALICE), asset, BOB, USD),
				pallet_assets::Error::<Test>::Frozen
			);
		}
		assert_noop!(redeem(USDT, 10 * USD), TokenError::FundsUnavailable);
		// The account still receives, so that a payment to it blocks nothing.
		assert_ok!(send(USDAI, &BOB, &ALICE, 5 * USD));
		assert_ok!(mint(USDT, 10 * USD));
		// Other assets of the account are free, and so are other accounts.
		assert_ok!(send(USDT, &ALICE, &BOB, USD));
		assert_ok!(send(USDAI, &BOB, &TREASURY, USD));
	});
}

#[test]
fn freeze_should_hold_for_the_first_balance_when_the_account_has_none() {
	ExtBuilder::default().build_and_execute(|| {
		issue(&BOB, 1_000 * USD);
		assert_ok!(freeze(ALICE));
		// The treasury, the team of both assets, has paid two deposits.
		let deposits = Balances::reserved_balance(&TREASURY);
		assert!(deposits > 0);
		assert_ok!(send(USDAI, &BOB, &ALICE, 5 * USD));
		assert_noop!(send(USDAI, &ALICE, &BOB, USD), TokenError::Frozen);
		// The empty account is closed when it is thawed.
		assert_ok!(thaw(ALICE));
		assert_eq!(Balances::reserved_balance(&TREASURY), deposits / 2);
		assert_ok!(send(USDAI, &ALICE, &BOB, 2 * USD));
		assert!(!pallet_assets::Account::<Test>::contains_key(SUSDAI, ALICE));
	});
}

#[test]
fn thaw_should_let_the_account_spend_again() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(mint(USDT, 1_000 * USD));
		assert_noop!(thaw(ALICE), Error::<Test>::NotFrozen);
		assert_ok!(freeze(ALICE));
		assert_noop!(freeze(ALICE), Error::<Test>::AlreadyFrozen);
		assert_ok!(thaw(ALICE));
		assert_eq!(last_event(), Event::AccountThawed { who: ALICE, reason: REASON });
		assert_eq!(Frozen::<Test>::get(ALICE), None);
		assert_eq!(Balances::reserved_balance(&TREASURY), 0);
		assert_ok!(redeem(USDT, 1_000 * USD));
		assert_noop!(thaw(ALICE), Error::<Test>::NotFrozen);
	});
}

#[test]
fn thaw_should_skip_an_asset_when_its_account_is_gone() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(mint(USDT, 1_000 * USD));
		assert_ok!(freeze(ALICE));
		// The team of the asset has thawed the account by itself, and the account was emptied.
		assert_ok!(Assets::thaw(RuntimeOrigin::signed(TREASURY), USDAI, ALICE));
		assert_ok!(redeem(USDT, 1_000 * USD));
		assert!(!pallet_assets::Account::<Test>::contains_key(USDAI, ALICE));
		assert_ok!(thaw(ALICE));
		assert_eq!(Balances::reserved_balance(&TREASURY), 0);
	});
}

#[test]
fn freeze_should_be_for_the_compliance_origin() {
	ExtBuilder::default().build_and_execute(|| {
		for origin in [RuntimeOrigin::signed(ALICE), RuntimeOrigin::root()] {
			assert_noop!(Reserves::freeze(origin.clone(), BOB, REASON), BadOrigin);
			assert_noop!(Reserves::thaw(origin, BOB, REASON), BadOrigin);
		}
	});
}

#[test]
fn freeze_should_spare_the_accounts_of_the_chain() {
	ExtBuilder::default().build_and_execute(|| {
		for who in [VAULT, Reserves::account_id(), Psm::psm_account(&USDAI)] {
			assert_noop!(freeze(who), Error::<Test>::ProtectedAccount);
		}
	});
}

#[test]
fn freeze_should_freeze_all_or_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(mint(USDT, 1_000 * USD));
		// The team cannot pay the deposit of the sUSDai account.
		let all = Balances::free_balance(&TREASURY);
		assert_ok!(Balances::force_set_balance(RuntimeOrigin::root(), TREASURY, 1));
		assert!(all > 1);
		assert!(Reserves::freeze(RuntimeOrigin::signed(COMPLIANCE), ALICE, REASON).is_err());
		assert_ok!(Balances::force_set_balance(RuntimeOrigin::root(), TREASURY, all));
	});
}
