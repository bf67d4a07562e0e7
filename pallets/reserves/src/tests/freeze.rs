// SPDX-License-Identifier: Apache-2.0

//! Freezing of accounts: by a referendum, by the technical committee, and not of the chain's own.

use super::mock::*;
use crate::{types::FrozenAccount, Error, Event, Frozen, FrozenAccounts, PoolAccounts};
use caliber_primitives::{SUSDAI, USD, USDAI};
use polkadot_sdk::{
	frame_support::{
		assert_noop, assert_ok,
		traits::{
			fungibles::{Inspect, Mutate},
			tokens::{Fortitude, Preservation, WithdrawConsequence},
		},
	},
	pallet_assets::{self, FrozenBalance},
	sp_core::H256,
	sp_runtime::{traits::BadOrigin, DispatchResult, TokenError},
};

const REASON: H256 = H256::repeat_byte(7);
const OTHER_REASON: H256 = H256::repeat_byte(8);

fn committee() -> RuntimeOrigin {
	RuntimeOrigin::signed(COMMITTEE)
}

/// Freezes an account by a referendum.
fn freeze(who: AccountId) -> DispatchResult {
	Reserves::freeze(RuntimeOrigin::root(), who, REASON)
}

/// Freezes an account by the committee.
fn brake(who: AccountId) -> DispatchResult {
	Reserves::freeze(committee(), who, REASON)
}

fn thaw(who: AccountId) -> DispatchResult {
	Reserves::thaw(RuntimeOrigin::root(), who, REASON)
}

/// Returns true if nothing that Alice has of an asset can be spent, by both answers of the assets.
fn is_frozen(asset: u32) -> bool {
	let all = balance(asset, &ALICE);
	let left =
		Assets::reducible_balance(asset, &ALICE, Preservation::Expendable, Fortitude::Polite);
	let frozen = Assets::can_withdraw(asset, &ALICE, USD) == WithdrawConsequence::Frozen;
	assert_eq!(left, if frozen { 0 } else { all });
	frozen
}

/// Runs a test in which Alice has both dollars and Bob has USDai.
fn with_dollars(test: impl FnOnce()) {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(mint(USDT, 1_000 * USD));
		issue(&BOB, 1_000 * USD);
		assert_ok!(Assets::mint_into(SUSDAI, &ALICE, 100 * USD));
		test();
	});
}

#[test]
fn freeze_should_stop_the_account_and_no_other() {
	with_dollars(|| {
		assert_ok!(freeze(ALICE));
		assert_eq!(last_event(), Event::AccountFrozen { who: ALICE, reason: REASON, until: None });
		assert_eq!(
			Reserves::frozen(ALICE),
			Some(FrozenAccount { since: START, reason: REASON, until: None })
		);

		for asset in [USDAI, SUSDAI] {
			assert!(is_frozen(asset));
			assert_noop!(send(asset, &ALICE, &BOB, USD), TokenError::Frozen);
			assert_noop!(
				Assets::transfer(RuntimeOrigin::signed(ALICE), asset, BOB, USD),
				pallet_assets::Error::<Test>::BalanceLow
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
		// No account of an asset is opened for it.
		assert!(!pallet_assets::Account::<Test>::contains_key(USDAI, ALICE));
		assert_ok!(send(USDAI, &BOB, &ALICE, 5 * USD));
		assert_noop!(send(USDAI, &ALICE, &BOB, USD), TokenError::Frozen);
		assert_ok!(thaw(ALICE));
		assert_ok!(send(USDAI, &ALICE, &BOB, 2 * USD));
	});
}

#[test]
fn freeze_of_a_referendum_should_last_until_it_thaws() {
	with_dollars(|| {
		assert_noop!(thaw(ALICE), Error::<Test>::NotFrozen);
		assert_ok!(freeze(ALICE));
		assert_noop!(freeze(ALICE), Error::<Test>::AlreadyFrozen);
		// The committee adds nothing to it, and cannot turn it into a freeze that ends.
		assert_noop!(brake(ALICE), Error::<Test>::NotStricter);
		pass(365 * DAY);
		assert!(is_frozen(USDAI) && is_frozen(SUSDAI));
		assert_ok!(thaw(ALICE));
		assert_eq!(last_event(), Event::AccountThawed { who: ALICE, reason: REASON });
		assert_eq!(Frozen::<Test>::get(ALICE), None);
		assert_eq!(Reserves::frozen(ALICE), None);
		assert_ok!(redeem(USDT, 1_000 * USD));
		assert_noop!(thaw(ALICE), Error::<Test>::NotFrozen);
	});
}

/// A committee that could freeze for ever would keep all that an account has.
#[test]
fn freeze_of_the_committee_should_end_by_itself_and_rest() {
	with_dollars(|| {
		assert_ok!(brake(ALICE));
		let until = Some(START + 14 * DAY);
		assert_eq!(last_event(), Event::AccountFrozen { who: ALICE, reason: REASON, until });
		assert_eq!(
			Reserves::frozen(ALICE),
			Some(FrozenAccount { since: START, reason: REASON, until })
		);
		// It gets no longer by being repeated.
		pass(14 * DAY - 1);
		assert!(is_frozen(USDAI) && is_frozen(SUSDAI));
		assert_noop!(brake(ALICE), Error::<Test>::NotStricter);
		assert_noop!(redeem(USDT, 10 * USD), TokenError::FundsUnavailable);
		// Nobody has to make a call for its end.
		pass(1);
		assert!(!is_frozen(USDAI) && !is_frozen(SUSDAI));
		assert_eq!(Reserves::frozen(ALICE), None);
		assert_noop!(thaw(ALICE), Error::<Test>::NotFrozen);
		assert_noop!(brake(ALICE), Error::<Test>::BrakeResting);
		pass(30 * DAY - 1);
		assert_noop!(brake(ALICE), Error::<Test>::BrakeResting);
		// In the meantime Alice leaves with all that she had.
		assert_ok!(redeem(USDT, 1_000 * USD));
		assert_ok!(send(SUSDAI, &ALICE, &BOB, 100 * USD));
		assert_eq!([USDAI, SUSDAI].map(|asset| balance(asset, &ALICE)), [0, 0]);
		pass(1);
		assert_ok!(brake(ALICE));
		let until = Some(START + 58 * DAY);
		assert_eq!(Reserves::frozen(ALICE).and_then(|frozen| frozen.until), until);
	});
}

/// Who could thaw what a referendum froze would hand the dollars back to whom they were kept from.
#[test]
fn committee_should_thaw_nothing() {
	with_dollars(|| {
		assert_ok!(freeze(ALICE));
		assert_noop!(Reserves::thaw(committee(), ALICE, REASON), BadOrigin);
		assert!(is_frozen(USDAI));
		assert_ok!(brake(BOB));
		assert_noop!(Reserves::thaw(committee(), BOB, REASON), BadOrigin);
		let alice = RuntimeOrigin::signed(ALICE);
		assert_noop!(Reserves::freeze(alice.clone(), BOB, REASON), BadOrigin);
		assert_noop!(Reserves::thaw(alice, ALICE, REASON), BadOrigin);
	});
}

#[test]
fn referendum_should_keep_an_account_frozen_when_the_committee_froze_it_first() {
	with_dollars(|| {
		assert_ok!(brake(ALICE));
		pass(DAY);
		assert_ok!(Reserves::freeze(RuntimeOrigin::root(), ALICE, OTHER_REASON));
		let since = START + DAY;
		assert_eq!(
			Reserves::frozen(ALICE),
			Some(FrozenAccount { since, reason: OTHER_REASON, until: None })
		);
		pass(14 * DAY);
		assert!(is_frozen(USDAI));
		// The brake is over and rests: the record stays until the rest is over.
		assert_ok!(thaw(ALICE));
		assert!(!is_frozen(USDAI));
		assert!(Frozen::<Test>::contains_key(ALICE));
		assert_noop!(brake(ALICE), Error::<Test>::BrakeResting);
		// A referendum does not wait for it.
		assert_ok!(freeze(ALICE));
		pass(29 * DAY);
		assert_ok!(thaw(ALICE));
		assert!(!Frozen::<Test>::contains_key(ALICE));
	});
}

#[test]
fn thaw_should_end_a_freeze_of_the_committee_and_let_it_rest() {
	with_dollars(|| {
		assert_ok!(brake(ALICE));
		pass(DAY);
		assert_ok!(thaw(ALICE));
		assert!(!is_frozen(USDAI) && !is_frozen(SUSDAI));
		assert_eq!(Reserves::frozen(ALICE), None);
		assert_noop!(brake(ALICE), Error::<Test>::BrakeResting);
		pass(30 * DAY - 1);
		assert_noop!(brake(ALICE), Error::<Test>::BrakeResting);
		pass(1);
		assert_ok!(brake(ALICE));
	});
}

#[test]
fn freeze_should_leave_the_freezes_of_others_alone() {
	/// Freezes a dollar of everything.
	struct OneDollar;
	impl FrozenBalance<u32, AccountId, u128> for OneDollar {
		fn frozen_balance(_: u32, _: &AccountId) -> Option<u128> {
			Some(USD)
		}
		fn died(_: u32, _: &AccountId) {}
		fn contains_freezes(asset: u32) -> bool {
			asset == USDT
		}
	}
	type Both = FrozenAccounts<Test, OneDollar>;
	type Alone = FrozenAccounts<Test, ()>;
	with_dollars(|| {
		assert_eq!(Alone::frozen_balance(USDAI, &ALICE), None);
		assert_eq!([USDAI, USDT].map(Alone::contains_freezes), [false, false]);
		assert_ok!(freeze(ALICE));
		assert_eq!(Both::frozen_balance(USDAI, &ALICE), Some(u128::MAX));
		assert_eq!(Both::frozen_balance(SUSDAI, &ALICE), Some(u128::MAX));
		assert_eq!(Both::frozen_balance(USDT, &ALICE), Some(USD));
		assert_eq!(Both::frozen_balance(USDAI, &BOB), Some(USD));
		assert_eq!([USDAI, USDT].map(Both::contains_freezes), [true, true]);
		assert_eq!([USDAI, USDT].map(Alone::contains_freezes), [true, false]);
	});
}

#[test]
fn freeze_should_spare_the_accounts_of_the_chain() {
	ExtBuilder::default().build_and_execute(|| {
		for who in [VAULT, Reserves::account_id(), Psm::psm_account(&USDAI)] {
			assert_noop!(freeze(who.clone()), Error::<Test>::ProtectedAccount);
			assert_noop!(brake(who), Error::<Test>::ProtectedAccount);
		}
	});
}

/// Who freezes a pool keeps all that its providers have put in.
#[test]
fn providers_should_get_their_dollars_when_somebody_tries_to_freeze_the_pool() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		assert_ok!(Assets::mint_into(SUSDAI, &BOB, 10_000 * USD));
		// No list names these pools: neither token is the native one, a stablecoin or the bills.
		for token in [SUSDAI, BILL18] {
			open_pool(token, 1_000 * USD, 1_000 * USD);
			let pool = pool_account(USDAI, token);
			assert_noop!(freeze(pool.clone()), Error::<Test>::ProtectedAccount);
			assert_noop!(brake(pool.clone()), Error::<Test>::ProtectedAccount);
			assert_eq!(balance(USDAI, &pool), 1_000 * USD);
			let shares = PoolAssets::balance(if token == SUSDAI { 0 } else { 1 }, &BOB);
			let before = balance(USDAI, &BOB);
			assert_ok!(AssetConversion::remove_liquidity(
				RuntimeOrigin::signed(BOB),
				Box::new(USDAI),
				Box::new(token),
				shares,
				1,
				1,
				BOB,
			));
			// All but the part of the hundred shares that the pool itself keeps.
			let back = balance(USDAI, &BOB) - before;
			assert!(back > 999 * USD && back <= 1_000 * USD, "{back}");
		}
	});
}

/// The address of a pool is known before the pool is made.
#[test]
fn pool_should_be_free_when_its_address_was_frozen_before() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		let [frozen, rests] = [BILL, BILL18].map(|token| pool_account(USDAI, token));
		assert_ok!(freeze(frozen.clone()));
		assert_ok!(brake(rests.clone()));
		assert_ok!(thaw(rests.clone()));
		open_pool(BILL18, 1_000 * USD, 1_000 * USD);
		assert_eq!(Frozen::<Test>::get(&rests), None);
		System::reset_events();
		open_pool(BILL, 1_000 * USD, 1_000 * UNIT);
		assert_eq!(Frozen::<Test>::get(&frozen), None);
		let thawed = Event::AccountThawed { who: frozen.clone(), reason: REASON };
		assert!(caliber_testkit::events::<Test, Event<Test>>().contains(&thawed));
		assert!(PoolAccounts::<Test>::contains_key(&frozen));
		assert_noop!(freeze(frozen.clone()), Error::<Test>::ProtectedAccount);
		let path = [USDAI, BILL].map(Box::new).to_vec();
		let bob = RuntimeOrigin::signed(BOB);
		issue(&BOB, 100 * USD);
		assert_ok!(AssetConversion::swap_exact_tokens_for_tokens(
			bob.clone(),
			path.clone(),
			10 * USD,
			1,
			BOB,
			false
		));
		// What is in the pool comes out again.
		let back = path.into_iter().rev().collect();
		assert_ok!(AssetConversion::swap_exact_tokens_for_tokens(bob, back, UNIT, 1, BOB, false));
	});
}
