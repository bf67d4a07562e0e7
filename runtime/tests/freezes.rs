// SPDX-License-Identifier: Apache-2.0

//! Freezes of accounts: what the technical committee may do, and what nobody may.

#![allow(missing_docs)]

mod common;

use caliber_primitives::{SUSDAI, USD, USDAI};
use caliber_runtime::{
	assets::local_asset,
	configs::governance::{origins::Origin, TechnicalCollective},
	AccountId, AssetConversion, Assets, Balance, Reserves, Runtime, RuntimeOrigin, Vault,
};
use common::*;
use polkadot_sdk::{
	frame_support::{
		assert_noop, assert_ok,
		traits::{
			fungibles::Inspect,
			tokens::{Fortitude, Preservation},
		},
	},
	pallet_asset_conversion::{self, PoolLocator},
	pallet_assets, pallet_collective,
	sp_core::H256,
	sp_runtime::{DispatchError, DispatchResult, MultiAddress, TokenError},
	staging_xcm::latest::Location,
};

type Error = pallet_caliber_reserves::Error<Runtime>;
type AssetsCall = pallet_assets::Call<Runtime, pallet_assets::Instance1>;

const REASON: H256 = H256::repeat_byte(7);

/// Returns the origin of two thirds of the technical committee.
fn committee() -> RuntimeOrigin {
	pallet_collective::RawOrigin::<_, TechnicalCollective>::Members(2, 3).into()
}

fn referendum() -> RuntimeOrigin {
	Origin::StableAdmin.into()
}

fn freeze(by: RuntimeOrigin) -> DispatchResult {
	Reserves::freeze(by, saver(), REASON)
}

/// Returns what the saver can spend of an asset.
fn spendable(asset: u32) -> Balance {
	Assets::reducible_balance(asset, &saver(), Preservation::Expendable, Fortitude::Polite)
}

/// Sends USDai of the saver by a transaction.
fn pay(amount: Balance) -> AssetsCall {
	AssetsCall::transfer { id: USDAI.into(), target: MultiAddress::Id(borrower()), amount }
}

/// Lets the saver have 3 000 USDai, and about as many shares of the vault.
fn save() {
	buy_usdai(&saver(), 6_000);
	let left = usdai_of(&saver()) - 3_000 * USD;
	submit_ok(&saver(), pallet_caliber_vault::Call::deposit { assets: left, min_shares: 1 });
	assert_eq!(spendable(USDAI), 3_000 * USD);
	assert_eq!(spendable(SUSDAI), susdai_of(&saver()));
	assert!(susdai_of(&saver()) > USD);
}

#[test]
fn freeze_of_the_committee_should_end_by_itself_and_not_return_at_once() {
	run_live(|| {
		save();
		let shares = susdai_of(&saver());
		assert_ok!(freeze(committee()));
		// A fortnight, and not longer by being repeated.
		set_time(START + 14 * DAY - 1);
		assert_noop!(freeze(committee()), Error::NotStricter);
		assert_eq!([USDAI, SUSDAI].map(spendable), [0, 0]);
		let low = pallet_assets::Error::<Runtime, pallet_assets::Instance1>::BalanceLow;
		submit_err(&saver(), pay(USD), low);
		let deposit = pallet_caliber_vault::Call::deposit { assets: 10 * USD, min_shares: 1 };
		submit_err(&saver(), deposit, TokenError::Frozen);
		assert!(submit(
			&saver(),
			pallet_caliber_vault::Call::request_redemption { shares: USD, least_price: None }
		)
		.is_err());

		set_time(START + 14 * DAY);
		assert_eq!([USDAI, SUSDAI].map(spendable), [3_000 * USD, shares]);
		assert_eq!(Reserves::frozen(saver()), None);
		submit_ok(&saver(), pay(USD));
		// A month of rest.
		set_time(START + 44 * DAY - 1);
		assert_noop!(freeze(committee()), Error::BrakeResting);
		submit_ok(&saver(), pay(2_999 * USD));
		submit_ok(
			&saver(),
			pallet_caliber_vault::Call::request_redemption { shares, least_price: None },
		);
		assert_eq!((usdai_of(&saver()), susdai_of(&saver())), (0, 0));
		set_time(START + 44 * DAY);
		assert_ok!(freeze(committee()));
	});
}

#[test]
fn committee_should_not_thaw_what_a_referendum_froze() {
	run_live(|| {
		save();
		assert_ok!(freeze(referendum()));
		set_time(START + 365 * DAY);
		assert_eq!([USDAI, SUSDAI].map(spendable), [0, 0]);
		assert_noop!(freeze(committee()), Error::NotStricter);
		assert_noop!(Reserves::thaw(committee(), saver(), REASON), DispatchError::BadOrigin);
		assert_ok!(Reserves::thaw(referendum(), saver(), REASON));
		assert_eq!(spendable(USDAI), 3_000 * USD);
		assert_noop!(Reserves::thaw(RuntimeOrigin::root(), saver(), REASON), Error::NotFrozen);
	});
}

#[test]
fn referendum_should_end_a_freeze_of_the_committee() {
	run_live(|| {
		save();
		assert_ok!(freeze(committee()));
		assert_noop!(Reserves::thaw(committee(), saver(), REASON), DispatchError::BadOrigin);
		set_time(START + DAY);
		assert_ok!(Reserves::thaw(referendum(), saver(), REASON));
		submit_ok(&saver(), pay(3_000 * USD));
		assert_noop!(freeze(committee()), Error::BrakeResting);
	});
}

/// Makes the pool of two assets and returns its account.
fn pool(one: Location, other: Location) -> AccountId {
	type Locator = <Runtime as pallet_asset_conversion::Config>::PoolLocator;
	let account = Locator::pool_address(&one, &other).expect("the assets are two");
	if AssetConversion::get_reserves(one.clone(), other.clone()).is_err() {
		submit_ok(
			&saver(),
			pallet_asset_conversion::Call::create_pool {
				asset1: Box::new(one),
				asset2: Box::new(other),
			},
		);
	}
	account
}

/// Who freezes a pool keeps all that its providers have put in.
#[test]
fn no_pool_should_be_frozen() {
	run_live(|| {
		let susdai = local_asset(SUSDAI);
		let pools = [
			// Made at genesis, by the saver, and by the saver without a dollar in it.
			pool(usdai(), Location::here()),
			pool(usdai(), susdai.clone()),
			pool(susdai, Location::here()),
		];
		for pool in pools {
			for by in [committee(), referendum(), RuntimeOrigin::root()] {
				assert_noop!(Reserves::freeze(by, pool.clone(), REASON), Error::ProtectedAccount);
			}
		}
		for chain in [Vault::account_id(), Reserves::account_id()] {
			assert_noop!(Reserves::freeze(committee(), chain, REASON), Error::ProtectedAccount);
		}
	});
}

/// Providers of a pool of the two dollars, which no list names, get both back.
#[test]
fn providers_should_take_their_dollars_out_when_the_committee_tries_to_freeze_the_pool() {
	run_live(|| {
		save();
		let susdai = local_asset(SUSDAI);
		let amount = 1_000 * USD;
		let [one, other] = [usdai(), susdai.clone()].map(Box::new);
		let pool = pool(usdai(), susdai);
		let before = [usdai_of(&saver()), susdai_of(&saver())];
		submit_ok(
			&saver(),
			pallet_asset_conversion::Call::add_liquidity {
				asset1: one.clone(),
				asset2: other.clone(),
				amount1_desired: amount,
				amount2_desired: amount,
				amount1_min: amount,
				amount2_min: amount,
				mint_to: saver(),
			},
		);
		assert_noop!(Reserves::freeze(committee(), pool, REASON), Error::ProtectedAccount);
		// The pool keeps a hundred of its shares, which are worth as many units of both.
		let shares = amount - 100;
		submit_ok(
			&saver(),
			pallet_asset_conversion::Call::remove_liquidity {
				asset1: one,
				asset2: other,
				lp_token_burn: shares,
				amount1_min_receive: 1,
				amount2_min_receive: 1,
				withdraw_to: saver(),
			},
		);
		let after = [usdai_of(&saver()), susdai_of(&saver())];
		assert_eq!(after, before.map(|balance| balance - 100));
	});
}
