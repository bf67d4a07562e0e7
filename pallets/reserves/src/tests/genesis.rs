// SPDX-License-Identifier: Apache-2.0

//! The first USDai, minted through the peg at genesis, and the pool that it opens.

use super::mock::*;
use crate::{types::Growth, Error, MintRateLimit};
use caliber_primitives::{titles::Surety, Balance, USD, USDAI};
use caliber_testkit::CLBR;
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, traits::fungibles::Inspect},
	pallet_psm::PsmDebt,
	sp_runtime::Perbill,
};
use std::panic::{catch_unwind, AssertUnwindSafe};

/// Returns the message with which a genesis fails.
fn failure(genesis: ExtBuilder) -> String {
	let panic = catch_unwind(AssertUnwindSafe(|| drop(genesis.build()))).expect_err("it fails");
	panic.downcast_ref::<String>().expect("the message is formatted").clone()
}

/// Returns the USDai that a stablecoin has issued.
fn debt(stablecoin: u32) -> Balance {
	PsmDebt::<Test>::get(USDAI, stablecoin)
}

#[test]
fn genesis_should_mint_through_the_peg_at_its_fees() {
	ExtBuilder::default()
		.paid_in(USDC, ALICE, 300_000 * UNIT + 1)
		.paid_in(USDT, BOB, 100_000 * USD + 1)
		.build_and_execute(|| {
			// A unit of USDC is 10^12 units of USDai. The fee of 1 % is rounded up, to the treasury.
			let fee = 3_000 * USD + 10_000_000_000;
			assert_eq!(balance(USDAI, &TREASURY), fee);
			assert_eq!(balance(USDAI, &ALICE), 300_000 * USD + 1_000_000_000_000 - fee);
			assert_eq!(balance(USDAI, &BOB), 100_000 * USD + 1);

			let supply = 400_000 * USD + 1_000_000_000_001;
			assert_eq!(Assets::total_issuance(USDAI), supply);
			assert_eq!(debt(USDC), 300_000 * USD + 1_000_000_000_000);
			assert_eq!(debt(USDT), 100_000 * USD + 1);
			let proof = Reserves::proof_of_reserves();
			assert_eq!((proof.supply, proof.debt), (supply, supply));
			assert!(proof.backed);

			// The stablecoins have moved, from the funds given for it.
			let peg = Psm::psm_account(&USDAI);
			assert_eq!(balance(USDC, &peg), 300_000 * UNIT + 1 + MINIMUM);
			assert_eq!(balance(USDT, &peg), 100_000 * USD + 1 + MINIMUM);
			assert_eq!(balance(USDC, &ALICE), 1_000_000 * UNIT);
			assert_eq!(balance(USDT, &BOB), 1_000_000_000 * USD);
			// What came in goes out again.
			assert_ok!(redeem(USDC, 100 * USD));
		});
}

#[test]
fn genesis_should_post_bonds_out_of_the_first_mints_and_before_the_pool() {
	ExtBuilder::default()
		.paid_in(USDT, ALICE, 100_000 * USD)
		.posted(Surety::CustodianBond, ALICE, 60_000 * USD)
		.posted(Surety::InsurerCapital, ALICE, 30_000 * USD)
		.build_and_execute(|| {
			assert_eq!(balance(USDAI, &BONDS), 90_000 * USD);
			assert_eq!(balance(USDAI, &ALICE), 10_000 * USD);
			assert_eq!(Assets::total_issuance(USDAI), 100_000 * USD);
		});
}

#[test]
fn genesis_should_panic_when_a_bond_is_more_than_was_minted() {
	let message = failure(ExtBuilder::default().paid_in(USDT, ALICE, 100_000 * USD).posted(
		Surety::VerifierBond,
		ALICE,
		100_000 * USD + 1,
	));
	assert!(message.contains("cannot post VerifierBond of"), "{message}");
}

#[test]
fn genesis_should_leave_the_mint_limit_of_the_first_day_untouched() {
	ExtBuilder::default().paid_in(USDT, ALICE, 100_000 * USD).build_and_execute(|| {
		Values::mutate(|values| values.mint_limit_floor = 1_000 * USD);
		assert_eq!(MintRateLimit::<Test>::get(), None);
		// A tenth of the supply of the genesis.
		let report = Reserves::mint_rate_limit();
		assert_eq!((report.reference, report.allowance), (100_000 * USD, 10_000 * USD));
		assert_eq!(report.room, 10_000 * USD);
		assert_noop!(mint(USDT, 10_000 * USD + 1), Error::<Test>::MintRateLimitExceeded);
		assert_ok!(mint(USDT, 10_000 * USD));
		assert_noop!(mint(USDT, USD), Error::<Test>::MintRateLimitExceeded);
		assert_eq!(
			MintRateLimit::<Test>::get(),
			Some(Growth { reference: 100_000 * USD, at: START })
		);
	});
}

#[test]
fn checks_should_pass_in_the_genesis_block_and_in_no_other() {
	ExtBuilder::default().build_and_execute(|| {
		Values::mutate(|values| {
			values.mint_limit_floor = 0;
			values.mint_limit_share = Perbill::zero();
		});
		set_price(PRICED_USDC, Some(USD / 2));
		assert_noop!(mint(USDC, 10 * UNIT), Error::<Test>::StablecoinFrozen);
		assert_noop!(mint(USDT, 10 * USD), Error::<Test>::MintRateLimitExceeded);

		System::set_block_number(0);
		assert_ok!(mint(USDC, 10 * UNIT));
		assert_ok!(mint(USDT, 10 * USD));
		assert_eq!(MintRateLimit::<Test>::get(), None);

		System::set_block_number(1);
		assert_noop!(mint(USDC, 10 * UNIT), Error::<Test>::StablecoinFrozen);
		assert_noop!(mint(USDT, 10 * USD), Error::<Test>::MintRateLimitExceeded);
	});
}

#[test]
fn genesis_should_panic_when_an_account_does_not_have_the_stablecoin() {
	let message = failure(ExtBuilder::default().promised(USDC, NOBODY, 1_000 * UNIT));
	assert!(message.contains(&format!("{NOBODY:?} cannot mint USDai")), "{message}");
	assert!(message.contains("1000000000 of the stablecoin 10 at genesis"), "{message}");
	// One unit more than the account has.
	let message = failure(ExtBuilder::default().promised(USDT, ALICE, 1_000_000 * USD + 1));
	assert!(message.contains(&format!("{ALICE:?} cannot mint USDai")), "{message}");
}

#[test]
fn genesis_should_panic_when_the_peg_refuses_a_mint() {
	// The ceiling of USDT is a quarter of a million.
	let message = failure(ExtBuilder::default().paid_in(USDT, BOB, 250_000 * USD + 1));
	assert!(message.contains("the stablecoin 11 at genesis"), "{message}");
	assert!(message.contains("ExceedsMaxPsmDebt"), "{message}");
	let message = failure(ExtBuilder::default().paid_in(BILL, BOB, UNIT));
	assert!(message.contains("UnsupportedAsset"), "{message}");
	let message = failure(ExtBuilder::default().peg(None).paid_in(USDC, BOB, UNIT));
	assert!(message.contains("PsmNotFound"), "{message}");
}

#[test]
fn genesis_should_panic_when_the_haircut_is_too_high() {
	let haircut = Perbill::from_parts(500_000_001);
	let message = failure(ExtBuilder::default().bill(bill(BILL, haircut)));
	assert!(message.contains("HaircutTooHigh"), "{message}");
	drop(ExtBuilder::default().bill(bill(BILL, Perbill::from_percent(50))).build());
}

#[test]
fn genesis_should_open_the_pool_with_what_was_minted() {
	ExtBuilder::default()
		.paid_in(USDT, BOB, 501 * USD)
		.pool(BOB, 999 * CLBR, 500 * USD)
		.build_and_execute(|| {
			assert_eq!(pool(NATIVE), (500 * USD, 999 * CLBR));
			assert_eq!(balance(USDAI, &BOB), USD);
			assert_eq!(balance(NATIVE, &BOB), CLBR);
			assert!(PoolAssets::balance(0, BOB) > 0);
			let proof = Reserves::proof_of_reserves();
			assert_eq!((proof.supply, proof.debt), (501 * USD, 501 * USD));
		});
}

#[test]
fn genesis_should_panic_when_the_provider_of_the_pool_has_too_little() {
	const CANNOT: &str = "the pool of the genesis cannot be made";
	let message = failure(ExtBuilder::default().pool(BOB, CLBR, USD));
	assert!(message.contains(CANNOT), "{message}");
	let genesis = ExtBuilder::default().paid_in(USDT, BOB, 501 * USD);
	let message = failure(genesis.pool(BOB, 1_001 * CLBR, 500 * USD));
	assert!(message.contains(CANNOT), "{message}");
}
