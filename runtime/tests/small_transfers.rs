// SPDX-License-Identifier: Apache-2.0

//! Small transfers of USDai and sUSDai: none of them opens an account.

#![allow(missing_docs)]

mod common;

use caliber_primitives::{Balance, SUSDAI, USD, USDAI};
use caliber_runtime::{
	constants::currency::CLBR, filters::ProxyType, genesis_config_presets as presets, AccountId,
	Assets, Runtime, RuntimeCall,
};
use common::*;
use polkadot_sdk::{
	frame_system, pallet_asset_conversion, pallet_assets, pallet_proxy, pallet_utility,
	sp_runtime::{DispatchError, MultiAddress, TokenError},
	staging_xcm::latest::Location,
};

/// Returns a transfer of a local asset.
fn transfer(id: u32, to: &AccountId, amount: Balance) -> RuntimeCall {
	RuntimeCall::Assets(pallet_assets::Call::transfer {
		id: id.into(),
		target: MultiAddress::Id(to.clone()),
		amount,
	})
}

/// Returns an account that has nothing.
fn nobody() -> AccountId {
	AccountId::new([0x6e; 32])
}

/// One hundredth of a dollar.
const CENT: Balance = USD / 100;

#[test]
fn small_transfer_should_be_refused_when_the_receiver_has_none() {
	run(|| {
		let closed = || DispatchError::from(frame_system::Error::<Runtime>::CallFiltered);
		buy_usdai(&saver(), 1_000);
		submit_ok(
			&saver(),
			pallet_caliber_vault::Call::deposit { assets: 500 * USD, min_shares: 0 },
		);
		for id in [USDAI, SUSDAI] {
			let keep_alive = |to: &AccountId, amount| {
				RuntimeCall::Assets(pallet_assets::Call::transfer_keep_alive {
					id: id.into(),
					target: MultiAddress::Id(to.clone()),
					amount,
				})
			};
			submit_err(&saver(), transfer(id, &nobody(), CENT - 1), closed());
			submit_err(&saver(), keep_alive(&nobody(), CENT - 1), closed());
			submit_err(&saver(), transfer(id, &nobody(), 1), closed());
			submit_ok(&saver(), transfer(id, &nobody(), CENT));
			// The receiver has some by now.
			submit_ok(&saver(), transfer(id, &nobody(), 1));
			submit_ok(&saver(), keep_alive(&nobody(), 1));
			let other = AccountId::new([0x6f; 32]);
			let all = |to: &AccountId, keep_alive| {
				RuntimeCall::Assets(pallet_assets::Call::transfer_all {
					id: id.into(),
					dest: MultiAddress::Id(to.clone()),
					keep_alive,
				})
			};
			// A cent walked along would leave an account of one unit behind at each step.
			submit_err(&nobody(), all(&other, true), closed());
			submit_ok(&nobody(), all(&saver(), true));
			assert_eq!(Assets::balance(id, nobody()), 1);
			// All that an account has may go, however little: the account is no more.
			submit_err(&nobody(), transfer(id, &other, 1), closed());
			submit_ok(&nobody(), all(&other, false));
			assert_eq!((Assets::balance(id, nobody()), Assets::balance(id, &other)), (0, 1));
		}
	});
}

#[test]
fn small_transfer_should_be_refused_when_it_is_approved_or_wrapped() {
	run(|| {
		let closed = || DispatchError::from(frame_system::Error::<Runtime>::CallFiltered);
		buy_usdai(&saver(), 1_000);
		submit_ok(
			&saver(),
			RuntimeCall::Assets(pallet_assets::Call::approve_transfer {
				id: USDAI.into(),
				delegate: MultiAddress::Id(borrower()),
				amount: USD,
			}),
		);
		let approved = |amount| {
			RuntimeCall::Assets(pallet_assets::Call::transfer_approved {
				id: USDAI.into(),
				owner: MultiAddress::Id(saver()),
				destination: MultiAddress::Id(nobody()),
				amount,
			})
		};
		submit_err(&borrower(), approved(CENT - 1), closed());

		let small = || transfer(USDAI, &nobody(), CENT - 1);
		let batch = pallet_utility::Call::batch_all { calls: vec![small()] };
		assert_eq!(submit(&saver(), batch).map_err(|error| error.error), Err(closed()));
		let delegate = MultiAddress::Id(borrower());
		submit_ok(
			&saver(),
			pallet_proxy::Call::add_proxy { delegate, proxy_type: ProxyType::Any, delay: 0 },
		);
		submit_ok(
			&borrower(),
			pallet_proxy::Call::proxy {
				real: MultiAddress::Id(saver()),
				force_proxy_type: None,
				call: Box::new(small()),
			},
		);
		// The proxy reports the result of the call in its event.
		assert_eq!(usdai_of(&nobody()), 0);

		submit_ok(&borrower(), approved(CENT));
		assert_eq!(usdai_of(&nobody()), CENT);
		submit_ok(&borrower(), approved(1));
	});
}

#[test]
fn small_transfer_should_be_open_when_the_asset_is_another() {
	run(|| {
		let target = MultiAddress::Id(nobody());
		let id = presets::usdc();
		submit_err(
			&saver(),
			RuntimeCall::ForeignAssets(pallet_assets::Call::transfer { id, target, amount: 1 }),
			TokenError::BelowMinimum,
		);
	});
}

#[test]
fn small_swap_should_be_refused_when_the_receiver_has_none_of_the_dollar() {
	run(|| {
		let closed = || DispatchError::from(frame_system::Error::<Runtime>::CallFiltered);
		let path = || vec![Box::new(Location::here()), Box::new(usdai())];
		let buy = |amount_out: Balance, send_to: AccountId| {
			pallet_asset_conversion::Call::swap_tokens_for_exact_tokens {
				path: path(),
				amount_out,
				amount_in_max: CLBR,
				send_to,
				keep_alive: false,
			}
		};
		let sell = |amount_in: Balance, amount_out_min: Balance, send_to: AccountId| {
			pallet_asset_conversion::Call::swap_exact_tokens_for_tokens {
				path: path(),
				amount_in,
				amount_out_min,
				send_to,
				keep_alive: false,
			}
		};
		let rich = appraiser();
		submit_err(&borrower(), buy(CENT - 1, nobody()), closed());
		// A hundredth of a CLBR is worth half a cent.
		submit_err(&borrower(), sell(CLBR / 100, 1, nobody()), closed());
		// A CLBR is worth half a dollar, whatever the seller asks for.
		submit_ok(&borrower(), sell(CLBR, 1, nobody()));
		submit_ok(&borrower(), sell(CLBR / 100, 1, nobody()));
		submit_ok(&borrower(), buy(1, nobody()));
		buy_usdai(&rich, 1);
		submit_ok(&borrower(), buy(CENT - 1, rich));
		// What is sold is no matter.
		let other = pallet_asset_conversion::Call::swap_exact_tokens_for_tokens {
			path: vec![Box::new(usdai()), Box::new(Location::here())],
			amount_in: CENT,
			amount_out_min: 1,
			send_to: saver(),
			keep_alive: false,
		};
		submit_ok(&nobody(), other);
	});
}
