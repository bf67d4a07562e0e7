// SPDX-License-Identifier: Apache-2.0

//! The proof of reserves.

use super::mock::*;
use caliber_primitives::{reserves::ReserveReport, traits::PegReport, USD, USDAI};
use polkadot_sdk::frame_support::{
	assert_ok,
	traits::{
		fungibles::Mutate,
		tokens::{Fortitude, Precision, Preservation},
	},
};

#[test]
fn proof_should_show_supply_debt_and_each_stablecoin() {
	ExtBuilder::default().build_and_execute(|| {
		set_price(0, Some(USD - 1));
		assert_ok!(mint(USDC, 1_000 * UNIT));
		assert_ok!(mint(USDT, 500 * USD));
		// The fee is 2 %: the debt falls by 98.
		assert_ok!(redeem(USDC, 100 * USD));

		let proof = Reserves::proof_of_reserves();
		assert_eq!((proof.supply, proof.debt), (1_402 * USD, 1_402 * USD));
		assert!(proof.backed && proof.backed_at_market && !proof.basket_only);
		assert_eq!((proof.treasury_bills, proof.claimed), (0, 0));
		let room = 10_000_000_000 * USD;
		// 902.000001 at 0.999…: a unit of USDC is 10^12 of a dollar.
		let usdc_value = 902 * USD + USD / UNIT - 903;
		assert_eq!(proof.market_value, usdc_value + 500 * USD + MINIMUM);
		assert_eq!(
			reserve(USDC),
			ReserveReport {
				priced_asset: Some(PRICED_USDC),
				symbol: b"USDC".to_vec(),
				decimals: 6,
				debt: 902 * USD,
				balance: 902 * UNIT + MINIMUM,
				balance_usd: Some(902 * USD + USD / UNIT),
				price: Some(USD - 1),
				last_price: Some(USD - 1),
				priced_at: Some(START),
				market_value: Some(usdc_value),
				below_floor: false,
				frozen: false,
				frozen_since: None,
				minting_stopped: false,
				// The 98 that were redeemed may come back beside the limit.
				inflow_room: room - 902 * USD,
				claimed: 0,
			}
		);
		let usdt = reserve(USDT);
		assert_eq!((usdt.decimals, usdt.debt, usdt.balance), (18, 500 * USD, 500 * USD + MINIMUM));
		assert_eq!((usdt.price, usdt.market_value), (Some(USD), usdt.balance_usd));
		assert_eq!(usdt.inflow_room, room - 500 * USD);
	});
}

#[test]
fn proof_should_show_a_stablecoin_without_debt() {
	ExtBuilder::default().build_and_execute(|| {
		let proof = Reserves::proof_of_reserves();
		assert_eq!(proof.reserves.len(), 2);
		assert!(proof.reserves.iter().all(|each| each.debt == 0 && each.price == Some(USD)));
		assert!(proof.backed && proof.backed_at_market);
	});
}

#[test]
fn proof_should_tell_units_from_what_they_fetch_when_a_dollar_breaks() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(mint(USDC, 600 * UNIT));
		assert_ok!(mint(USDT, 400 * USD));
		set_price(PRICED_USDC, Some(88 * USD / 100));
		let proof = Reserves::proof_of_reserves();
		assert!(proof.backed && !proof.backed_at_market && proof.basket_only);
		// 600.000001 · 0.88 + 400.
		assert_eq!(proof.market_value, 928 * USD + 88 * USD / UNIT / 100 + MINIMUM);
		let usdc = reserve(USDC);
		assert!(usdc.frozen && usdc.below_floor);
		assert_eq!(usdc.frozen_since, Some(START));
		assert!(!reserve(USDT).frozen);
		// At the floor it counts as the dollar that the peg takes it for.
		set_price(PRICED_USDC, Some(997 * USD / 1_000));
		let proof = Reserves::proof_of_reserves();
		assert!(proof.backed_at_market && !proof.basket_only);
		assert_eq!(proof.market_value, 998_200_000_997_000_000_001);
	});
}

#[test]
fn proof_should_not_count_a_stablecoin_whose_oracle_is_silent() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(mint(USDC, 600 * UNIT));
		set_price(PRICED_USDC, Some(USD));
		pass(6 * HOUR - 1);
		let proof = Reserves::proof_of_reserves();
		assert!(proof.backed_at_market && !reserve(USDC).frozen);
		pass(1);
		let proof = Reserves::proof_of_reserves();
		assert!(proof.backed && !proof.backed_at_market && proof.basket_only);
		assert_eq!(reserve(USDC).frozen_since, Some(START + 6 * HOUR));
	});
}

#[test]
fn proof_should_not_be_backed_when_usdai_is_issued_from_elsewhere() {
	ExtBuilder::default().build().execute_with(|| {
		assert_ok!(mint(USDC, 1_000 * UNIT));
		assert!(Reserves::proof_of_reserves().backed);
		assert_ok!(Assets::mint_into(USDAI, &ALICE, 1));
		assert!(!Reserves::proof_of_reserves().backed);
		assert!(Reserves::do_try_state().is_err());
	});
}

#[test]
fn proof_should_be_backed_when_a_holder_burns_usdai() {
	ExtBuilder::default().build_and_execute(|| {
		issue(&BOB, 1_000 * USD);
		let alice = RuntimeOrigin::signed(ALICE);
		assert_ok!(Assets::touch(alice.clone(), USDAI));
		assert_ok!(send(USDAI, &BOB, &ALICE, 10 * USD));
		assert_ok!(Assets::refund(alice, USDAI, true));
		let proof = Reserves::proof_of_reserves();
		assert_eq!((proof.supply, proof.debt), (990 * USD, 1_000 * USD));
		assert!(proof.backed);
	});
}

#[test]
fn proof_should_not_be_backed_when_a_stablecoin_is_missing() {
	ExtBuilder::default().build().execute_with(|| {
		assert_ok!(mint(USDC, 1_000 * UNIT));
		assert_ok!(mint(USDT, 1_000 * USD));
		assert_ok!(Assets::burn_from(
			USDT,
			&Psm::psm_account(&USDAI),
			1 + MINIMUM,
			Preservation::Expendable,
			Precision::Exact,
			Fortitude::Force,
		));
		let proof = Reserves::proof_of_reserves();
		// A surplus of another stablecoin does not cover it.
		assert_ok!(Assets::mint_into(USDC, &Psm::psm_account(&USDAI), 1_000 * UNIT));
		assert_eq!(proof.supply, proof.debt);
		assert!(!Reserves::proof_of_reserves().backed);
		assert!(Reserves::do_try_state().is_err());
	});
}

#[test]
fn peg_report_should_name_supply_and_each_stablecoin_with_an_id() {
	ExtBuilder::default().build_and_execute(|| {
		// The minimum balances stand behind USDai too.
		let first = vec![(PRICED_USDC, USD / UNIT), (PRICED_USDT, MINIMUM)];
		assert_eq!((<Reserves as PegReport>::supply(), Reserves::reserves()), (0, first));
		assert_ok!(mint(USDC, 1_000 * UNIT + 3));
		assert_ok!(mint(USDT, 500 * USD));
		assert_ok!(redeem(USDC, 100 * USD));
		assert_eq!(<Reserves as PegReport>::supply(), 1_402 * USD + 3 * (USD / UNIT));
		let usdc = 902 * USD + 4 * (USD / UNIT);
		let usdt = 500 * USD + MINIMUM;
		assert_eq!(Reserves::reserves(), vec![(PRICED_USDC, usdc), (PRICED_USDT, usdt)]);
		// A gift to the account of the peg stands behind USDai too.
		assert_ok!(send(USDT, &ALICE, &Psm::psm_account(&USDAI), USD));
		assert_eq!(Reserves::reserves(), vec![(PRICED_USDC, usdc), (PRICED_USDT, usdt + USD)]);
	});
}
