// SPDX-License-Identifier: Apache-2.0

//! Thefts at the peg: broken dollars for good ones, by a low price and by a silent oracle; blocked
//! minting; dust; and powers that go past the reserves.

#![allow(missing_docs)]

mod common;

use caliber_primitives::{appraisal::OracleKey, Balance, USD};
use caliber_runtime::{
	configs::governance::origins::Origin, genesis_config_presets as presets, AccountId, Appraisal,
	ForeignAssets, Reserves, Runtime, RuntimeCall, RuntimeOrigin,
};
use common::{peg::*, *};
use pallet_caliber_reserves::types::StablecoinTerms;
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok},
	pallet_assets, pallet_psm, pallet_utility,
	sp_keyring::Sr25519Keyring as Keyring,
	sp_runtime::{traits::Dispatchable, DispatchError, Permill},
	staging_xcm::latest::prelude::*,
};

type Error = pallet_caliber_reserves::Error<Runtime>;
type ForeignAssetsCall = pallet_assets::Call<Runtime, pallet_assets::Instance2>;

const HOUR: u64 = 3_600;
const DOLLAR: Balance = 1_000_000;

/// Holds the USDai of the peg.
fn holder() -> AccountId {
	account(Keyring::Alice)
}

/// Brings the broken dollars.
fn thief() -> AccountId {
	account(Keyring::Two)
}

/// Runs a test on a peg of 50, 30 and 20 million at a dollar each, at the tempo of a live chain.
fn with_peg(test: impl FnOnce()) {
	run_live(|| {
		fill_peg(&holder(), [50_000_000, 30_000_000, 20_000_000]);
		report_prices([DOLLAR; 3]);
		test();
	});
}

/// Returns the market value of all dollars of an account, with `price` for a USDC in millionths.
/// USDai counts as a dollar.
fn wealth(who: &AccountId, price: Balance) -> Balance {
	let [usdc, usdt, pyusd] = coins().map(|(coin, _)| coins_of(&coin, who));
	usdc * price / DOLLAR + usdt + pyusd + usdai_of(who) / (USD / UNIT)
}

/// Returns the swap of `dollars` of USDC for USDT and PYUSD, in one transaction.
fn swap(dollars: Balance) -> RuntimeCall {
	let third = dollars * USD / 5;
	pallet_utility::Call::batch_all {
		calls: vec![
			mint(&presets::usdc(), dollars * UNIT),
			redeem(&presets::usdt(), 3 * third),
			redeem(&presets::pyusd(), 2 * third),
		],
	}
	.into()
}

/// Asserts that the thief cannot swap, and has what it brought.
#[track_caller]
fn refused(dollars: Balance, error: Error) {
	let before = coins().map(|(coin, _)| coins_of(&coin, &thief()));
	let result = submit(&thief(), swap(dollars)).map(drop).map_err(|e| e.error);
	assert_eq!(result, Err(DispatchError::from(error)));
	assert_eq!(coins().map(|(coin, _)| coins_of(&coin, &thief())), before);
}

#[test]
fn broken_dollar_should_buy_no_good_one_when_its_price_says_so() {
	with_peg(|| {
		give(&presets::usdc(), &thief(), 50_000_000 * UNIT);
		let before = wealth(&thief(), 981_000);
		assert_eq!(before, 49_050_000 * UNIT);
		report_prices([981_000, DOLLAR, DOLLAR]);
		refused(50_000_000, Error::StablecoinFrozen);
		// Nor by halves, with USDai that it has from elsewhere.
		submit_err(&thief(), mint(&presets::usdc(), UNIT), Error::StablecoinFrozen);
		give(&presets::pyusd(), &thief(), 1_000 * UNIT);
		submit_ok(&thief(), mint(&presets::pyusd(), 1_000 * UNIT));
		submit_err(&thief(), redeem(&presets::usdt(), 1_000 * USD), Error::BasketOnly);
		submit_ok(&thief(), basket(1_000 * USD));
		assert!(wealth(&thief(), 981_000) <= before + 1_000 * UNIT);

		// The holders get what is behind their dollars: 50 · 0.981 + 30 + 20 of 100, less the fee.
		submit_err(&holder(), redeem(&presets::usdt(), USD), Error::BasketOnly);
		let before = coins().map(|(coin, _)| coins_of(&coin, &holder()));
		submit_ok(&holder(), basket(1_000_000 * USD));
		let got: Vec<_> = coins()
			.iter()
			.zip(before)
			.map(|((coin, _), before)| (coins_of(coin, &holder()) - before) / UNIT)
			.collect();
		assert!(got[0].abs_diff(499_500) <= 10, "{got:?}");
		assert!(got[1].abs_diff(299_700) <= 10, "{got:?}");
		assert!(got[2].abs_diff(199_800) <= 10, "{got:?}");
		assert!(Reserves::proof_of_reserves().backed);
	});
}

#[test]
fn broken_dollar_should_buy_no_good_one_when_the_oracle_is_silent() {
	with_peg(|| {
		give(&presets::usdc(), &thief(), 50_000_000 * UNIT);
		// The market is at 0.88 from here on, and no operator says so.
		let before = wealth(&thief(), 880_000);
		// In the hour in which the last price is fresh, no more than the limit of a day gets in: a
		// tenth of the supply.
		refused(50_000_000, Error::InflowLimitExceeded);
		submit_ok(&thief(), swap(10_000_000));
		refused(10_000, Error::InflowLimitExceeded);
		let after = wealth(&thief(), 880_000);
		// 10 million less the fee of a thousandth, for 8.8 million.
		assert_eq!(after - before, 1_190_000 * UNIT);

		set_time(START + HOUR + 1);
		refused(1_000, Error::StablecoinPriceStale);
		set_time(START + 6 * HOUR - 1);
		refused(1_000, Error::StablecoinPriceStale);
		submit_ok(&holder(), redeem(&presets::usdt(), USD));
		set_time(START + 6 * HOUR);
		refused(1_000, Error::StablecoinFrozen);
		// Each might be the broken one: there is the basket alone.
		for (coin, _) in coins() {
			submit_err(&holder(), redeem(&coin, USD), Error::BasketOnly);
		}
		submit_ok(&holder(), basket(1_000 * USD));
		assert_eq!(wealth(&thief(), 880_000), after);
		let proof = Reserves::proof_of_reserves();
		assert!(proof.backed && !proof.backed_at_market && proof.basket_only);
	});
}

#[test]
fn minting_should_stay_open_when_a_large_account_goes_in_circles() {
	with_peg(|| {
		let usdc = presets::usdc();
		set_time(START + 30 * DAY);
		for day in 0..3 {
			set_time(START + (30 + day) * DAY);
			report_prices([DOLLAR; 3]);
			// Fifty million leave and come back, less the fee, in one transaction.
			let there_and_back = pallet_utility::Call::batch_all {
				calls: vec![redeem(&usdc, 40_000_000 * USD), mint(&usdc, 39_960_000 * UNIT)],
			};
			submit_ok(&holder(), there_and_back);
			// Everybody else may mint as if nothing had been.
			buy_usdai(&saver(), 1_000_000);
		}
		// It cannot fill the limit without new money: a tenth of the supply, and then the others
		// wait for no more than a part of the day.
		give(&usdc, &holder(), 20_000_000 * UNIT);
		set_time(START + 40 * DAY);
		report_prices([DOLLAR; 3]);
		let room = Reserves::mint_rate_limit().room.min(reserve(presets::PRICED_USDC).inflow_room);
		submit_ok(&holder(), mint(&usdc, room / (USD / UNIT)));
		submit_err(&saver(), mint(&usdc, 1_000_000 * UNIT), Error::MintRateLimitExceeded);
		set_time(START + 40 * DAY + 3 * HOUR);
		report_prices([DOLLAR; 3]);
		submit_ok(&saver(), mint(&usdc, 1_000_000 * UNIT));
	});
}

/// The remainder of PYUSD after this redemption is less than its minimum balance, and an asset
/// destroys such a remainder.
#[test]
fn reserve_should_stay_whole_when_a_remainder_is_below_the_minimum_balance() {
	run_live(|| {
		report_prices([DOLLAR; 3]);
		buy_usdai(&saver(), 100);
		let pyusd = presets::pyusd();
		submit_ok(&saver(), mint(&pyusd, 10_000_000));
		submit_ok(&saver(), redeem(&pyusd, 10_005_005_005_005_005_006));
		// 9 995 000 went out of 10 000 000, beside the minimum balance of 10 000.
		assert_eq!(coins_of(&pyusd, &peg_account()), 15_000);
		assert_eq!(debt(&pyusd), 5_000 * USD / UNIT);
		assert!(Reserves::proof_of_reserves().backed);
		// The rest goes too, and the minimum balance stays.
		submit_ok(&saver(), redeem(&pyusd, 5_005_005_005_005_006));
		assert_eq!(coins_of(&pyusd, &peg_account()), 10_000);
		assert_eq!(debt(&pyusd), 0);
	});
}

#[test]
fn psm_should_be_administered_by_the_reserves_alone() {
	run_live(|| {
		let (usdai_asset, usdc) = (usdai(), presets::usdc());
		let all_stopped = pallet_psm::CircuitBreakerLevel::AllDisabled;
		let calls: Vec<RuntimeCall> = vec![
			pallet_psm::Call::set_asset_status {
				internal_asset: usdai_asset.clone(),
				external_asset: usdc.clone(),
				status: all_stopped,
			}
			.into(),
			pallet_psm::Call::add_external_asset {
				internal_asset: usdai_asset.clone(),
				external_asset: presets::tbill(),
			}
			.into(),
			pallet_psm::Call::set_redemption_fee {
				internal_asset: usdai_asset.clone(),
				external_asset: usdc,
				fee: Permill::one(),
			}
			.into(),
			pallet_psm::Call::set_max_debt { internal_asset: usdai_asset, value: u128::MAX }.into(),
		];
		for call in calls {
			for origin in [
				RuntimeOrigin::root(),
				Origin::StableAdmin.into(),
				Origin::WhitelistedCaller.into(),
				signed(&holder()),
			] {
				let refused = |call: RuntimeCall| {
					call.dispatch(origin.clone()).map(drop).map_err(|e| e.error).is_err()
				};
				assert!(refused(call.clone()), "{call:?}");
			}
		}
	});
}

/// Returns terms of a new stablecoin.
fn terms() -> StablecoinTerms {
	StablecoinTerms {
		ceiling_weight: Permill::from_percent(10),
		minting_fee: Permill::zero(),
		redemption_fee: Permill::from_parts(1_000),
	}
}

#[test]
fn new_stablecoin_should_need_a_feed_its_minimum_balance_and_a_price() {
	with_peg(|| {
		const PRICED: u32 = 77;
		let coin = Location::new(1, [Parachain(1000), PalletInstance(50), GeneralIndex(7777)]);
		let owner = holder();
		assert_ok!(ForeignAssets::force_create(
			RuntimeOrigin::root(),
			coin.clone(),
			owner.clone().into(),
			true,
			10_000
		));
		assert_ok!(ForeignAssets::force_set_metadata(
			RuntimeOrigin::root(),
			coin.clone(),
			b"New Dollar".to_vec(),
			b"NEWD".to_vec(),
			6,
			false
		));
		// Root goes the same way as the track.
		let add =
			|origin: RuntimeOrigin| Reserves::add_stablecoin(origin, coin.clone(), PRICED, terms());
		for origin in [RuntimeOrigin::root(), Origin::StableAdmin.into()] {
			assert_noop!(add(origin), Error::NoPriceFeed);
		}
		assert_ok!(Appraisal::register_asset(
			RuntimeOrigin::root(),
			PRICED,
			b"NEWD".to_vec().try_into().unwrap()
		));
		assert_noop!(add(RuntimeOrigin::root()), Error::MinimumBalanceMissing);
		give(&coin, &thief(), 1_000 * UNIT);
		submit_ok(
			&thief(),
			RuntimeCall::ForeignAssets(ForeignAssetsCall::transfer {
				id: coin.clone(),
				target: peg_account().into(),
				amount: 10_000,
			}),
		);
		assert_ok!(add(Origin::StableAdmin.into()));
		submit_err(&thief(), mint(&coin, UNIT), Error::StablecoinFrozen);
		report(vec![(OracleKey::Price(PRICED), USD)]);
		submit_ok(&thief(), mint(&coin, UNIT));
		submit_ok(&thief(), redeem(&coin, USD));
		// While it has a debt its silence holds the others back, however small it is; and anyone
		// may redeem the rest of it.
		set_time(START + HOUR);
		report_prices([DOLLAR; 3]);
		set_time(START + 6 * HOUR + 1);
		report_prices([DOLLAR; 3]);
		assert!(reserve(PRICED).frozen);
		submit_err(&holder(), redeem(&presets::usdt(), USD), Error::BasketOnly);
		give(&coin, &holder(), 10_000);
		submit_ok(&holder(), redeem(&coin, 1_001_001_001_001_002));
		assert_eq!(debt(&coin), 0);
		submit_ok(&holder(), redeem(&presets::usdt(), USD));
	});
}

#[test]
fn claim_should_wait_for_the_issuer_and_be_paid_by_anyone() {
	with_peg(|| {
		let usdc = presets::usdc();
		// The issuer freezes the reserve in the middle of a crisis.
		let team = caliber_runtime::accounts::TreasuryAccount::get();
		report_prices([880_000, DOLLAR, DOLLAR]);
		assert_ok!(ForeignAssets::freeze(signed(&team), usdc.clone(), peg_account().into()));
		let before = coins_of(&presets::usdt(), &holder());
		submit_ok(&holder(), basket(100_000 * USD));
		let usdt = coins_of(&presets::usdt(), &holder()) - before;
		assert!(usdt.abs_diff(29_970 * UNIT) <= UNIT, "{usdt}");
		let claimed = reserve(presets::PRICED_USDC).claimed;
		assert!(claimed.abs_diff(50_000 * USD) <= USD, "{claimed}");
		let claim = || pallet_caliber_reserves::Call::claim_basket {
			asset: presets::usdc(),
			who: holder(),
		};
		assert!(submit(&thief(), claim()).is_err());
		assert_ok!(ForeignAssets::thaw(signed(&team), usdc.clone(), peg_account().into()));
		let before = coins_of(&usdc, &holder());
		submit_ok(&thief(), claim());
		let paid = coins_of(&usdc, &holder()) - before;
		assert!(paid.abs_diff(49_950 * UNIT) <= UNIT, "{paid}");
		assert_eq!(reserve(presets::PRICED_USDC).claimed, 0);
		submit_err(&thief(), claim(), Error::NoClaim);
	});
}
