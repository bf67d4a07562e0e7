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
		assert!(proof.backed);
		assert_eq!(proof.treasury_bills, 0);
		assert_eq!(
			proof.reserves,
			[
				ReserveReport {
					priced_asset: Some(0),
					symbol: b"USDC".to_vec(),
					decimals: 6,
					debt: 902 * USD,
					balance: 902 * UNIT,
					balance_usd: Some(902 * USD),
					price: Some(USD - 1),
					below_floor: false,
				},
				ReserveReport {
					priced_asset: None,
					symbol: b"USDT".to_vec(),
					decimals: 18,
					debt: 500 * USD,
					balance: 500 * USD,
					balance_usd: Some(500 * USD),
					price: None,
					below_floor: false,
				},
			]
		);
	});
}

#[test]
fn proof_should_show_a_stablecoin_without_debt_when_it_has_a_price() {
	ExtBuilder::default().build_and_execute(|| {
		let proof = Reserves::proof_of_reserves();
		assert_eq!(proof.reserves.len(), 1);
		assert_eq!((proof.reserves[0].debt, proof.reserves[0].price), (0, None));
		assert!(proof.backed);
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
			1,
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
		assert_eq!((<Reserves as PegReport>::supply(), Reserves::reserves()), (0, vec![(0, 0)]));
		assert_ok!(mint(USDC, 1_000 * UNIT + 3));
		assert_ok!(mint(USDT, 500 * USD));
		assert_ok!(redeem(USDC, 100 * USD));
		assert_eq!(<Reserves as PegReport>::supply(), 1_402 * USD + 3 * (USD / UNIT));
		let usdc = 902 * USD + 3 * (USD / UNIT);
		// USDT has no id at the oracle yet.
		assert_eq!(Reserves::reserves(), vec![(0, usdc)]);
		assert_ok!(Reserves::set_priced_asset(RuntimeOrigin::root(), USDT, Some(7)));
		assert_eq!(Reserves::reserves(), vec![(0, usdc), (7, 500 * USD)]);
		// A gift to the account of the peg stands behind USDai too.
		assert_ok!(send(USDT, &ALICE, &Psm::psm_account(&USDAI), USD));
		assert_eq!(Reserves::reserves(), vec![(0, usdc), (7, 501 * USD)]);
	});
}
