// SPDX-License-Identifier: Apache-2.0

//! The peg: its genesis, its ceilings and fees, and the calls that change its stablecoins.

use super::mock::*;
use crate::{
	types::{GenesisPool, Stablecoin, StablecoinTerms},
	Error, Event, Origin, Stablecoins,
};
use caliber_primitives::{titles::Surety, USD, USDAI};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok},
	pallet_psm::{self, CircuitBreakerLevel, Psm as Instances, PsmAdmin},
	sp_core::crypto::Ss58Codec,
	sp_runtime::{traits::BadOrigin, DispatchResult, Perbill, Permill},
};

#[test]
fn genesis_should_create_the_peg() {
	ExtBuilder::default().build_and_execute(|| {
		let info = Instances::<Test>::get(USDAI).expect("it was made");
		assert_eq!(info.fee_destination, TREASURY);
		assert_eq!(info.max_debt, 1_000_000 * USD);
		assert_eq!(info.min_swap_amount, 1);
		assert_eq!(info.external_count, 2);
		let admins = PsmAdmin::<Test>::get(USDAI).expect("it was made");
		let admin = OriginCaller::Reserves(Origin::PegAdmin);
		assert_eq!(admins.full_admin, admin);
		assert_eq!(admins.emergency_admin, admin);
		assert_eq!(Stablecoins::<Test>::get(USDC), Some(PRICED_USDC));
		assert_eq!(Stablecoins::<Test>::get(USDT), Some(PRICED_USDT));
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
fn psm_should_have_no_admin_but_the_reserves() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(mint(USDC, 1_000 * UNIT));
		for origin in
			[RuntimeOrigin::root(), RuntimeOrigin::signed(ALICE), RuntimeOrigin::signed(COMMITTEE)]
		{
			let all = CircuitBreakerLevel::AllDisabled;
			assert_noop!(Psm::set_asset_status(origin.clone(), USDAI, USDC, all), BadOrigin);
			let fee = Psm::set_redemption_fee(origin.clone(), USDAI, USDC, Permill::one());
			assert_noop!(fee, BadOrigin);
			assert_noop!(Psm::set_max_debt(origin.clone(), USDAI, u128::MAX), BadOrigin);
			assert_noop!(Psm::add_external_asset(origin.clone(), USDAI, BILL), BadOrigin);
			assert_noop!(Psm::remove_external_asset(origin, USDAI, USDC), BadOrigin);
		}
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
		r#"{{"peg":{{"maxDebt":1000000000000000000000000,"minSwap":1,
		"stablecoins":[
		{{"asset":10,"ceilingWeight":750000,"mintingFee":10000,"redemptionFee":20000,"pricedAsset":0}},
		{{"asset":11,"ceilingWeight":250000,"mintingFee":0,"redemptionFee":0,"pricedAsset":1}}]}},
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
fn genesis_should_refuse_a_stablecoin_without_its_minimum_balance_or_a_feed() {
	let fails = |change: fn(&mut Stablecoin<u32>)| {
		let panic = std::panic::catch_unwind(|| with(change)).expect_err("it fails");
		panic.downcast_ref::<String>().expect("the message is formatted").clone()
	};
	let message = fails(|stablecoin| stablecoin.asset = BILL);
	assert!(message.contains("MinimumBalanceMissing"), "{message}");
	let message = fails(|stablecoin| stablecoin.priced_asset = UNKNOWN);
	assert!(message.contains("NoPriceFeed"), "{message}");
	let message = fails(|stablecoin| stablecoin.redemption_fee = 20_001);
	assert!(message.contains("PegFeeTooHigh"), "{message}");
}

#[test]
fn set_priced_asset_should_be_for_the_admin() {
	ExtBuilder::default().build_and_execute(|| {
		let alice = RuntimeOrigin::signed(ALICE);
		assert_noop!(Reserves::set_priced_asset(alice, USDT, PRICED_USDC), BadOrigin);
		assert_ok!(Reserves::set_priced_asset(RuntimeOrigin::root(), USDT, PRICED_USDC));
		let priced_asset = PRICED_USDC;
		assert_eq!(last_event(), Event::PricedAssetSet { asset: USDT, priced_asset });
		assert_eq!(Stablecoins::<Test>::get(USDT), Some(priced_asset));
	});
}

#[test]
fn set_priced_asset_should_refuse_what_the_peg_or_the_oracle_does_not_have() {
	ExtBuilder::default().build_and_execute(|| {
		let set = |asset, priced| Reserves::set_priced_asset(RuntimeOrigin::root(), asset, priced);
		assert_noop!(set(BILL, PRICED_USDC), Error::<Test>::NotAStablecoin);
		assert_noop!(set(USDT, UNKNOWN), Error::<Test>::NoPriceFeed);
	});
}

/// A stablecoin whose new feed has said nothing is frozen until it says a dollar.
#[test]
fn set_priced_asset_should_freeze_until_the_new_price_is_at_the_floor() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Reserves::set_priced_asset(RuntimeOrigin::root(), USDT, 7));
		assert_noop!(mint(USDT, USD), Error::<Test>::StablecoinFrozen);
		assert_ok!(Reserves::set_priced_asset(RuntimeOrigin::root(), USDT, PRICED_USDC));
		assert_ok!(mint(USDT, USD));
	});
}

/// Adds a stablecoin of six decimals to the peg.
fn add(terms: StablecoinTerms) -> DispatchResult {
	Reserves::add_stablecoin(RuntimeOrigin::root(), BILL, PRICED_USDC, terms)
}

#[test]
fn add_stablecoin_should_need_the_minimum_balance_a_feed_and_fees_in_range() {
	ExtBuilder::default().build_and_execute(|| {
		let terms = peg_terms(1_000, 2_000);
		assert_noop!(add(terms), Error::<Test>::MinimumBalanceMissing);
		// Anyone may bring it.
		assert_ok!(send(BILL, &BOB, &peg_account(), MINIMUM));
		let root = RuntimeOrigin::root;
		let unknown = Reserves::add_stablecoin(root(), BILL, UNKNOWN, terms);
		assert_noop!(unknown, Error::<Test>::NoPriceFeed);
		let missing = Reserves::add_stablecoin(root(), 99, PRICED_USDC, terms);
		assert_noop!(missing, Error::<Test>::UnknownAsset);
		assert_noop!(add(peg_terms(0, 20_001)), Error::<Test>::PegFeeTooHigh);
		assert_noop!(add(peg_terms(20_001, 0)), Error::<Test>::PegFeeTooHigh);
		assert_ok!(add(terms));
		let event = Event::StablecoinAdded { asset: BILL, priced_asset: PRICED_USDC, terms };
		assert_eq!(last_event(), event);
		assert_ok!(Psm::mint(
			RuntimeOrigin::signed(BOB),
			USDAI,
			BILL,
			100 * UNIT,
			Permill::from_parts(1_000)
		));
		// The fee of 0.1 % went to the treasury.
		assert_eq!(balance(USDAI, &BOB), 99_900_000_000_000_000_000);
		assert_noop!(add(terms), pallet_psm::Error::<Test>::AssetAlreadyApproved);
		// The last unit is paid out, and the minimum balance stays.
		assert_ok!(send(USDAI, &TREASURY, &BOB, 100_000_000_000_000_000));
		let all = Reserves::set_stablecoin_terms(root(), BILL, peg_terms(0, 0));
		assert_ok!(all);
		let bob = RuntimeOrigin::signed(BOB);
		assert_ok!(Psm::redeem(bob, USDAI, BILL, 100 * USD, Permill::zero()));
		assert_eq!(balance(BILL, &peg_account()), MINIMUM);
		assert_ok!(Reserves::do_try_state());
		assert_ok!(Reserves::remove_stablecoin(root(), BILL));
		assert_eq!(last_event(), Event::StablecoinRemoved { asset: BILL });
		assert_eq!(Stablecoins::<Test>::get(BILL), None);
		let gone = Reserves::remove_stablecoin(root(), BILL);
		assert_noop!(gone, Error::<Test>::NotAStablecoin);
	});
}

#[test]
fn stablecoins_should_be_as_many_as_the_peg_may_have_and_stay_while_they_have_debt() {
	ExtBuilder::default().build_and_execute(|| {
		for asset in [BILL, BILL18] {
			assert_ok!(send(asset, &BOB, &peg_account(), MINIMUM));
		}
		assert_ok!(add(peg_terms(0, 0)));
		let more =
			Reserves::add_stablecoin(RuntimeOrigin::root(), BILL18, PRICED_USDC, peg_terms(0, 0));
		assert_noop!(more, pallet_psm::Error::<Test>::TooManyAssets);
		assert_ok!(mint(USDC, UNIT));
		let removed = Reserves::remove_stablecoin(RuntimeOrigin::root(), USDC);
		assert_noop!(removed, pallet_psm::Error::<Test>::AssetHasDebt);
	});
}

#[test]
fn set_stablecoin_terms_should_set_ceiling_and_fees() {
	ExtBuilder::default().build_and_execute(|| {
		let terms = StablecoinTerms { ceiling_weight: Permill::zero(), ..peg_terms(0, 5_000) };
		let set = |asset| Reserves::set_stablecoin_terms(RuntimeOrigin::root(), asset, terms);
		assert_ok!(mint(USDT, 100 * USD));
		assert_noop!(set(BILL), Error::<Test>::NotAStablecoin);
		assert_ok!(set(USDT));
		assert_eq!(last_event(), Event::StablecoinTermsSet { asset: USDT, terms });
		assert_noop!(mint(USDT, USD), pallet_psm::Error::<Test>::ExceedsMaxPsmDebt);
		let before = balance(USDT, &ALICE);
		assert_ok!(redeem(USDT, 100 * USD));
		assert_eq!(balance(USDT, &ALICE) - before, 99_500_000_000_000_000_000);
	});
}

#[test]
fn set_debt_ceiling_should_stop_minting_above_it() {
	ExtBuilder::default().build_and_execute(|| {
		let set = |ceiling| Reserves::set_debt_ceiling(RuntimeOrigin::root(), ceiling);
		assert_noop!(set(100_000_000_001 * USD), Error::<Test>::CeilingTooHigh);
		assert_ok!(set(1_000 * USD));
		assert_eq!(last_event(), Event::DebtCeilingSet { ceiling: 1_000 * USD });
		// A quarter of it is that of USDT.
		assert_noop!(mint(USDT, 250 * USD + 1), pallet_psm::Error::<Test>::ExceedsMaxPsmDebt);
		assert_ok!(mint(USDT, 250 * USD));
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
fn peg_should_keep_decimals_apart() {
	ExtBuilder::default().build_and_execute(|| {
		// One unit of USDC is 10^12 units of USDai; a smaller remainder stays with the caller.
		assert_ok!(mint(USDC, 1_000 * UNIT + 1));
		assert_eq!(Reserves::proof_of_reserves().supply, 1_000 * USD + 1_000_000_000_000);
		assert_ok!(mint(USDT, 1_000 * USD + 1));
		let supply = Reserves::proof_of_reserves().supply;
		assert_eq!(supply, 2_000 * USD + 1_000_000_000_001);
		assert_ok!(redeem(USDT, 999 * USD + 1));
		assert_eq!(Assets::balance(USDT, peg_account()), USD + MINIMUM);
		assert_ok!(redeem(USDC, 100 * USD + 1));
		let proof = Reserves::proof_of_reserves();
		assert!(proof.backed);
		// The fee of 2 % takes the odd unit: 98 dollars are paid out.
		assert_eq!(reserve(USDC).balance, 902 * UNIT + 1 + MINIMUM);
	});
}
