// SPDX-License-Identifier: Apache-2.0

//! The peg: its genesis, its ceilings, fees and breakers, and the priced assets.

use super::mock::*;
use crate::{
	types::{GenesisPool, Stablecoin},
	Error, Event, Stablecoins,
};
use caliber_primitives::{titles::Surety, USD, USDAI};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok},
	pallet_psm::{self, CircuitBreakerLevel, Psm as Instances, PsmAdmin},
	sp_core::crypto::Ss58Codec,
	sp_runtime::{traits::BadOrigin, Perbill, Permill},
};

#[test]
fn genesis_should_create_the_peg() {
	ExtBuilder::default().build_and_execute(|| {
		let info = Instances::<Test>::get(USDAI).expect("it was made");
		assert_eq!(info.fee_destination, TREASURY);
		assert_eq!(info.max_debt, 1_000_000 * USD);
		assert_eq!(info.min_swap_amount, USD);
		assert_eq!(info.external_count, 2);
		let admins = PsmAdmin::<Test>::get(USDAI).expect("it was made");
		assert_eq!(admins.full_admin, PegAdmin::get());
		assert_eq!(admins.emergency_admin, PegGuardian::get());
		assert_eq!(Stablecoins::<Test>::get(USDC), Some(0));
		assert_eq!(Stablecoins::<Test>::get(USDT), None);
	});
}

#[test]
fn peg_should_pay_its_fees_to_the_treasury() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(mint(USDC, 1_000 * UNIT));
		assert_eq!(Assets::balance(USDAI, &ALICE), 990 * USD);
		assert_eq!(Assets::balance(USDAI, &TREASURY), 10 * USD);
		assert_ok!(redeem(USDC, 100 * USD));
		assert_eq!(Assets::balance(USDC, &ALICE), 999_098 * UNIT);
		assert_eq!(Assets::balance(USDAI, &TREASURY), 12 * USD);
		assert_ok!(mint(USDT, 1_000 * USD));
		assert_eq!(Assets::balance(USDAI, &TREASURY), 12 * USD);
	});
}

#[test]
fn peg_should_stop_at_the_ceiling_of_a_stablecoin() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(mint(USDT, 250_000 * USD + 1), pallet_psm::Error::<Test>::ExceedsMaxPsmDebt);
		assert_ok!(mint(USDT, 250_000 * USD));
		assert_ok!(mint(USDC, 750_000 * UNIT));
		assert_noop!(mint(USDC, UNIT), pallet_psm::Error::<Test>::ExceedsMaxPsmDebt);
	});
}

#[test]
fn guardian_should_stop_minting_and_leave_redemption() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(mint(USDC, 1_000 * UNIT));
		let stop = |who| {
			Psm::set_asset_status(
				RuntimeOrigin::signed(who),
				USDAI,
				USDC,
				CircuitBreakerLevel::MintingDisabled,
			)
		};
		assert_noop!(stop(ALICE), BadOrigin);
		assert_ok!(stop(GUARDIAN));
		assert_noop!(mint(USDC, UNIT), pallet_psm::Error::<Test>::MintingStopped);
		assert_ok!(redeem(USDC, 100 * USD));
	});
}

#[test]
fn genesis_should_have_no_peg_when_none_is_given() {
	ExtBuilder::default().peg(None).build_and_execute(|| {
		assert!(!Instances::<Test>::contains_key(USDAI));
		let proof = Reserves::proof_of_reserves();
		assert!(proof.backed && proof.reserves.is_empty());
	});
}

/// Builds a genesis with a changed stablecoin.
fn with(change: impl FnOnce(&mut Stablecoin<u32>)) {
	let mut peg = peg();
	change(&mut peg.stablecoins[0]);
	ExtBuilder::default().peg(Some(peg)).build();
}

#[test]
#[should_panic(expected = "the peg of the genesis cannot be made")]
fn genesis_should_refuse_a_stablecoin_that_does_not_exist() {
	with(|stablecoin| stablecoin.asset = 99);
}

#[test]
#[should_panic(expected = "InvalidShare")]
fn genesis_should_refuse_a_fee_of_more_than_all() {
	with(|stablecoin| stablecoin.minting_fee = 1_000_001);
}

#[test]
fn genesis_should_read_as_json() {
	let config = crate::GenesisConfig::<Test> {
		peg: Some(peg()),
		mints: vec![(ALICE, USDC, 5)],
		sureties: vec![(Surety::VerifierBond, BOB, 3)],
		pool: Some(GenesisPool { provider: BOB, clbr: 7, usdai: USD }),
		bill: Some(bill(BILL, Perbill::from_percent(1))),
	};
	let (alice, bob) = (ALICE.to_ss58check(), BOB.to_ss58check());
	let json = format!(
		r#"{{"peg":{{"maxDebt":1000000000000000000000000,"minSwap":1000000000000000000,
		"stablecoins":[
		{{"asset":10,"ceilingWeight":750000,"mintingFee":10000,"redemptionFee":20000,"pricedAsset":0}},
		{{"asset":11,"ceilingWeight":250000,"mintingFee":0,"redemptionFee":0,"pricedAsset":null}}]}},
		"mints":[["{alice}",10,5]],"sureties":[["VerifierBond","{bob}",3]],
		"pool":{{"provider":"{bob}","clbr":7,"usdai":1000000000000000000}},
		"bill":{{"asset":12,"pricedAsset":3,"haircut":10000000}}}}"#
	);
	let read: crate::GenesisConfig<Test> = serde_json::from_str(&json).expect("it is well formed");
	assert_eq!((read.peg, read.bill), (config.peg, config.bill));
	assert_eq!((read.mints, read.pool), (config.mints, config.pool));
	assert_eq!(read.sureties, config.sureties);
}

#[test]
fn set_priced_asset_should_be_for_the_admin() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Reserves::set_priced_asset(RuntimeOrigin::signed(ALICE), USDT, Some(1)),
			BadOrigin
		);
		assert_ok!(Reserves::set_priced_asset(RuntimeOrigin::root(), USDT, Some(1)));
		assert_eq!(last_event(), Event::PricedAssetSet { asset: USDT, priced_asset: Some(1) });
		assert_ok!(Reserves::set_priced_asset(RuntimeOrigin::root(), USDT, None));
		assert_eq!(last_event(), Event::PricedAssetSet { asset: USDT, priced_asset: None });
		assert_eq!(Stablecoins::<Test>::get(USDT), None);
	});
}

#[test]
fn set_priced_asset_should_refuse_unknown_assets_and_more_than_the_peg_has() {
	ExtBuilder::default().build_and_execute(|| {
		let set = |asset| Reserves::set_priced_asset(RuntimeOrigin::root(), asset, Some(5));
		assert_noop!(set(99), Error::<Test>::UnknownAsset);
		assert_ok!(set(USDT));
		assert_ok!(set(BILL));
		assert_noop!(set(USDAI), Error::<Test>::TooManyStablecoins);
		// The priced asset of a stablecoin that has one may change.
		assert_ok!(set(USDC));
		assert_eq!(Stablecoins::<Test>::get(USDC), Some(5));
	});
}

#[test]
fn mint_should_refuse_when_the_fee_is_above_the_limit_of_the_caller() {
	ExtBuilder::default().build_and_execute(|| {
		let mint =
			|max_fee| Psm::mint(RuntimeOrigin::signed(ALICE), USDAI, USDC, 10 * UNIT, max_fee);
		let fee = Permill::from_parts(10_000);
		assert_noop!(mint(Permill::from_parts(9_999)), pallet_psm::Error::<Test>::FeeTooHigh);
		assert_ok!(mint(fee));
	});
}

#[test]
fn breaker_should_stop_the_swaps_of_its_level() {
	ExtBuilder::default().build_and_execute(|| {
		use CircuitBreakerLevel::*;
		assert_ok!(mint(USDC, 1_000 * UNIT));
		assert_ok!(mint(USDT, 1_000 * USD));
		for (level, mints, redeems) in
			[(AllEnabled, true, true), (MintingDisabled, false, true), (AllDisabled, false, false)]
		{
			let guardian = RuntimeOrigin::signed(GUARDIAN);
			assert_ok!(Psm::set_asset_status(guardian, USDAI, USDC, level));
			if mints {
				assert_ok!(mint(USDC, 10 * UNIT));
			} else {
				let stopped = pallet_psm::Error::<Test>::MintingStopped;
				assert_noop!(mint(USDC, 10 * UNIT), stopped);
			}
			if redeems {
				assert_ok!(redeem(USDC, 10 * USD));
			} else {
				let all = pallet_psm::Error::<Test>::AllSwapsStopped;
				assert_noop!(redeem(USDC, 10 * USD), all);
			}
			// The other stablecoin goes on at every level.
			assert_ok!(mint(USDT, 10 * USD));
			assert_ok!(redeem(USDT, 10 * USD));
		}
	});
}

#[test]
fn peg_should_keep_decimals_apart() {
	ExtBuilder::default().build_and_execute(|| {
		// One unit of USDC is 10^12 units of USDai; a smaller remainder stays with the caller.
		assert_ok!(mint(USDC, 1_000 * UNIT + 1));
		assert_eq!(Reserves::proof_of_reserves().supply, 1_000 * USD + 1_000_000_000_000);
		assert_ok!(mint(USDT, 1_000 * USD + 1));
		let supply = Reserves::proof_of_reserves().supply;
		assert_eq!(supply, 2_000 * USD + 1_000_000_000_001);
		assert_ok!(redeem(USDT, 999 * USD + 1));
		assert_eq!(Assets::balance(USDT, Psm::psm_account(&USDAI)), USD);
		assert_ok!(redeem(USDC, 100 * USD + 1));
		let proof = Reserves::proof_of_reserves();
		assert!(proof.backed);
		// The fee of 2 % takes the odd unit: 98 dollars are paid out.
		assert_eq!(proof.reserves[0].balance, 902 * UNIT + 1);
	});
}
