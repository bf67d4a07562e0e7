// SPDX-License-Identifier: Apache-2.0

//! The basket: a share of every stablecoin, and the claims of what it cannot pay.

use super::mock::*;
use crate::{Claimed, Claims, Error, Event};
use caliber_primitives::{Balance, USD, USDAI};
use polkadot_sdk::{
	frame_support::{
		assert_noop, assert_ok,
		traits::{
			fungibles::Mutate,
			tokens::{Fortitude, Precision, Preservation},
		},
	},
	pallet_psm::PsmDebt,
	sp_core::H256,
	sp_runtime::{DispatchResult, TokenError},
};

/// Runs a test on a peg with a debt of 3 000 in USDC and of 1 000 in USDT. Alice has 3 970 USDai
/// and the treasury the fee of 30.
fn with_three_to_one(test: impl FnOnce()) {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(mint(USDC, 3_000 * UNIT));
		assert_ok!(mint(USDT, 1_000 * USD));
		test();
	});
}

fn debt(asset: u32) -> Balance {
	PsmDebt::<Test>::get(USDAI, asset)
}

fn claim(asset: u32) -> DispatchResult {
	Reserves::claim_basket(RuntimeOrigin::signed(BOB), asset, ALICE)
}

/// Freezes an asset as its issuer may, or thaws it.
fn issuer_freezes(asset: u32, frozen: bool) {
	let issuer = RuntimeOrigin::signed(TREASURY);
	let done = match frozen {
		true => Assets::freeze_asset(issuer, asset),
		false => Assets::thaw_asset(issuer, asset),
	};
	assert_ok!(done);
}

#[test]
fn basket_should_pay_by_the_debt_in_each_at_the_fee_of_each() {
	with_three_to_one(|| {
		let (usdc, usdt) = (balance(USDC, &ALICE), balance(USDT, &ALICE));
		assert_ok!(basket(400 * USD));
		// 300 less 2 %, and 100 without a fee.
		assert_eq!(balance(USDC, &ALICE) - usdc, 294 * UNIT);
		assert_eq!(balance(USDT, &ALICE) - usdt, 100 * USD);
		assert_eq!(balance(USDAI, &ALICE), 3_570 * USD);
		assert_eq!(balance(USDAI, &TREASURY), 36 * USD);
		assert_eq!((debt(USDC), debt(USDT)), (2_706 * USD, 900 * USD));
		let event = Event::BasketRedeemed { who: ALICE, usdai: 400 * USD, out: 394 * USD };
		assert_eq!(last_event(), event);
	});
}

#[test]
fn basket_should_be_open_when_something_is_frozen_and_when_nothing_is() {
	with_three_to_one(|| {
		assert_ok!(basket(4 * USD));
		set_price(PRICED_USDC, Some(USD / 2));
		assert_ok!(basket(4 * USD));
		set_price(PRICED_USDT, Some(USD / 2));
		assert_ok!(basket(4 * USD));
		// Every stop of minting leaves it open.
		for asset in [USDC, USDT] {
			assert_ok!(Reserves::set_minting_stopped(RuntimeOrigin::root(), asset, true));
		}
		assert_ok!(basket(4 * USD));
		pass(365 * DAY);
		assert_ok!(basket(4 * USD));
	});
}

#[test]
fn basket_should_keep_what_is_behind_a_dollar_for_those_who_stay() {
	with_three_to_one(|| {
		// At one fee for both: what a fee keeps back is of the stablecoin that has it.
		let terms = peg_terms(0, 1_000);
		for asset in [USDC, USDT] {
			assert_ok!(Reserves::set_stablecoin_terms(RuntimeOrigin::root(), asset, terms));
		}
		set_price(PRICED_USDC, Some(88 * USD / 100));
		let per_dollar = || {
			let proof = Reserves::proof_of_reserves();
			proof.market_value / (proof.supply / 1_000_000)
		};
		let before = per_dollar();
		for _ in 0..30 {
			assert_ok!(basket(100 * USD));
			assert!(per_dollar() >= before, "{} {before}", per_dollar());
		}
	});
}

#[test]
fn basket_should_refuse_too_little_too_much_and_less_than_is_asked() {
	with_three_to_one(|| {
		let alice = RuntimeOrigin::signed(ALICE);
		assert_noop!(basket(USD - 1), Error::<Test>::BasketTooSmall);
		assert_noop!(basket(3_970 * USD + 1), TokenError::FundsUnavailable);
		let ask = |min_out| Reserves::redeem_basket(alice.clone(), 400 * USD, min_out);
		assert_noop!(ask(394 * USD + 1), Error::<Test>::TooLittleOut);
		// What would be a claim does not count.
		issuer_freezes(USDC, true);
		assert_noop!(ask(100 * USD + 1), Error::<Test>::TooLittleOut);
		assert_ok!(ask(100 * USD));
	});
}

#[test]
fn part_should_become_a_claim_when_the_issuer_freezes_it() {
	with_three_to_one(|| {
		issuer_freezes(USDC, true);
		let usdt = balance(USDT, &ALICE);
		assert_ok!(basket(400 * USD));
		assert_eq!(balance(USDT, &ALICE) - usdt, 100 * USD);
		assert_eq!(balance(USDAI, &ALICE), 3_570 * USD);
		assert_eq!(Claims::<Test>::get(USDC, ALICE), Some(300 * USD));
		assert_eq!(Claimed::<Test>::get(USDC), 300 * USD);
		assert_eq!(balance(USDAI, &Reserves::claims_account()), 300 * USD);
		let proof = Reserves::proof_of_reserves();
		assert_eq!((proof.claimed, reserve(USDC).claimed), (300 * USD, 300 * USD));
		assert_eq!(proof.supply, 3_900 * USD);
		assert!(proof.backed);
		assert_noop!(claim(USDC), TokenError::Frozen);
		assert_noop!(claim(USDT), Error::<Test>::NoClaim);

		// When it can be paid anyone has it paid, at the fee of then.
		issuer_freezes(USDC, false);
		let usdc = balance(USDC, &ALICE);
		assert_ok!(claim(USDC));
		let received = 294 * UNIT;
		let event = Event::ClaimPaid { who: ALICE, asset: USDC, usdai: 300 * USD, received };
		assert_eq!(last_event(), event);
		assert_eq!(balance(USDC, &ALICE) - usdc, received);
		assert_eq!(balance(USDAI, &ALICE), 3_570 * USD);
		assert_eq!(balance(USDAI, &Reserves::claims_account()), 0);
		assert_noop!(claim(USDC), Error::<Test>::NoClaim);
		assert!(!Claimed::<Test>::contains_key(USDC));
	});
}

/// The thief takes the good dollars again and again and hopes that its claims come back as USDai.
#[test]
fn claims_should_count_in_the_shares_of_those_who_come_later() {
	with_three_to_one(|| {
		issuer_freezes(USDC, true);
		assert_ok!(basket(2_000 * USD));
		// 3 to 1 of what is left, too: 1 500 and 500 are claimed or paid.
		assert_eq!(Claimed::<Test>::get(USDC), 1_500 * USD);
		assert_ok!(basket(1_000 * USD));
		assert_eq!(Claimed::<Test>::get(USDC), 2_250 * USD);
		assert_eq!(debt(USDT), 250 * USD);
		// They never exceed the debt, and so they do not come back as USDai.
		assert!(Claimed::<Test>::get(USDC) <= debt(USDC));
		assert_noop!(claim(USDC), TokenError::Frozen);
	});
}

#[test]
fn claim_should_come_back_in_part_when_the_peg_owes_less_in_the_stablecoin() {
	with_three_to_one(|| {
		issuer_freezes(USDC, true);
		assert_ok!(basket(400 * USD));
		issuer_freezes(USDC, false);
		// Others take it first, as they may.
		assert_ok!(send(USDAI, &ALICE, &BOB, 3_000 * USD));
		let bob = RuntimeOrigin::signed(BOB);
		let max_fee = polkadot_sdk::sp_runtime::Permill::one();
		assert_ok!(Psm::redeem(bob, USDAI, USDC, 2_900 * USD, max_fee));
		assert_eq!(debt(USDC), 158 * USD);
		let (usdai, usdc) = (balance(USDAI, &ALICE), balance(USDC, &ALICE));
		assert_ok!(claim(USDC));
		let event = Event::ClaimReturned { who: ALICE, asset: USDC, usdai: 142 * USD };
		assert_eq!(last_event(), event);
		assert_eq!(balance(USDAI, &ALICE) - usdai, 142 * USD);
		// 158 less 2 %.
		assert_eq!(balance(USDC, &ALICE) - usdc, 154_840_000);
	});
}

/// Runs a test on a peg with a debt of 100 in USDC and in USDT, without fees, after a basket of 120
/// for which Alice has 60 in USDT and claims 60 in USDC. She has 80 USDai.
fn with_claim(test: impl FnOnce()) {
	ExtBuilder::default().build_and_execute(|| {
		for asset in [USDC, USDT] {
			let terms = peg_terms(0, 0);
			assert_ok!(Reserves::set_stablecoin_terms(RuntimeOrigin::root(), asset, terms));
		}
		assert_ok!(mint(USDC, 100 * UNIT));
		assert_ok!(mint(USDT, 100 * USD));
		issuer_freezes(USDC, true);
		assert_ok!(basket(120 * USD));
		issuer_freezes(USDC, false);
		assert_eq!(Claims::<Test>::get(USDC, ALICE), Some(60 * USD));
		assert_eq!(
			(debt(USDC), debt(USDT), balance(USDAI, &ALICE)),
			(100 * USD, 40 * USD, 80 * USD)
		);
		test();
	});
}

/// Lets Bob redeem USDai of Alice into USDC.
fn bob_takes(amount: Balance) {
	assert_ok!(send(USDAI, &ALICE, &BOB, amount));
	let max_fee = polkadot_sdk::sp_runtime::Permill::zero();
	assert_ok!(Psm::redeem(RuntimeOrigin::signed(BOB), USDAI, USDC, amount, max_fee));
}

/// The thief has somebody redeem so much that the peg owes a dollar less than its claim on the broken
/// one, and hopes to have all of it back as USDai, for the good ones.
#[test]
fn claim_should_take_the_broken_dollar_as_far_as_it_is_owed() {
	with_claim(|| {
		set_price(PRICED_USDC, Some(88 * USD / 100));
		bob_takes(41 * USD);
		assert_eq!(debt(USDC), 59 * USD);
		let usdc = balance(USDC, &ALICE);
		System::reset_events();
		assert_ok!(claim(USDC));
		assert_eq!(balance(USDC, &ALICE) - usdc, 59 * UNIT);
		assert_eq!((balance(USDAI, &ALICE), debt(USDC)), (40 * USD, 0));
		assert_eq!(balance(USDAI, &Reserves::claims_account()), 0);
		let received = 59 * UNIT;
		for event in [
			Event::ClaimPaid { who: ALICE, asset: USDC, usdai: 59 * USD, received },
			Event::ClaimReturned { who: ALICE, asset: USDC, usdai: USD },
		] {
			assert!(System::events().iter().any(|record| record.event == event.clone().into()));
		}
		// Those who stay have good dollars alone.
		assert_eq!(debt(USDT), 40 * USD);
		assert_noop!(claim(USDC), Error::<Test>::NoClaim);
	});
}

#[test]
fn claim_should_come_back_in_usdai_when_the_peg_owes_less_than_a_claim_may_be() {
	with_claim(|| {
		assert_ok!(mint(USDT, 100 * USD));
		bob_takes(100 * USD - USD / 100 + 1_000_000_000_000);
		assert_eq!(debt(USDC), USD / 100 - 1_000_000_000_000);
		let usdai = balance(USDAI, &ALICE);
		assert_ok!(claim(USDC));
		assert_eq!(balance(USDAI, &ALICE) - usdai, 60 * USD);
		let event = Event::ClaimReturned { who: ALICE, asset: USDC, usdai: 60 * USD };
		assert_eq!(last_event(), event);
	});
}

/// More is claimed than the peg owes, which no call brings about.
#[test]
fn basket_should_be_refused_when_nothing_can_be_redeemed() {
	ExtBuilder::default().build().execute_with(|| {
		assert_ok!(mint(USDC, 3_000 * UNIT));
		assert_ok!(mint(USDT, 1_000 * USD));
		Claimed::<Test>::insert(USDC, 3_000 * USD);
		Claimed::<Test>::insert(USDT, 1_001 * USD);
		assert_noop!(basket(400 * USD), Error::<Test>::NothingToRedeem);
	});
}

#[test]
fn part_should_become_a_claim_when_the_issuer_has_taken_the_reserve() {
	ExtBuilder::default().build().execute_with(|| {
		assert_ok!(mint(USDC, 3_000 * UNIT));
		assert_ok!(mint(USDT, 1_000 * USD));
		assert_ok!(Assets::burn_from(
			USDC,
			&peg_account(),
			2_900 * UNIT,
			Preservation::Expendable,
			Precision::Exact,
			Fortitude::Force,
		));
		assert_ok!(basket(400 * USD));
		assert_eq!(Claims::<Test>::get(USDC, ALICE), Some(300 * USD));
		assert_noop!(claim(USDC), Error::<Test>::ReserveMissing);
		assert!(!Reserves::proof_of_reserves().backed);
	});
}

#[test]
fn part_should_stay_with_the_caller_when_it_is_too_small_for_a_claim() {
	with_three_to_one(|| {
		// USDT has a thousandth of the debt, and its issuer freezes it.
		assert_ok!(redeem(USDT, 997 * USD));
		issuer_freezes(USDT, true);
		assert_ok!(basket(9 * USD));
		// A part of 0.00899… stays.
		assert_eq!(Claims::<Test>::get(USDT, ALICE), None);
		let part = 9 * USD * 3 / 3_003;
		let left = balance(USDAI, &ALICE) - (2_973 - 9) * USD;
		assert!(part < USD / 100 && left >= part && left < part + USD / UNIT, "{left} {part}");
		// Ten times as much does not.
		assert_ok!(basket(90 * USD));
		assert!(Claims::<Test>::get(USDT, ALICE).is_some_and(|claim| claim > 8 * USD / 100));
	});
}

#[test]
fn basket_should_pay_nothing_to_a_frozen_account() {
	with_three_to_one(|| {
		issuer_freezes(USDC, true);
		assert_ok!(basket(400 * USD));
		issuer_freezes(USDC, false);
		assert_ok!(Reserves::freeze(RuntimeOrigin::root(), ALICE, H256::zero()));
		assert_noop!(basket(USD), TokenError::FundsUnavailable);
		// A claim waits for the end of the freeze.
		assert!(claim(USDC).is_err());
		assert_eq!(Claims::<Test>::get(USDC, ALICE), Some(300 * USD));
		assert_ok!(Reserves::thaw(RuntimeOrigin::root(), ALICE, H256::zero()));
		assert_ok!(claim(USDC));
	});
}

#[test]
fn claims_should_be_kept_by_an_account_that_nobody_freezes() {
	with_three_to_one(|| {
		let claims = Reserves::claims_account();
		let freeze = Reserves::freeze(RuntimeOrigin::root(), claims, H256::zero());
		assert_noop!(freeze, Error::<Test>::ProtectedAccount);
		// All that there is can be redeemed, to the last unit that a fee leaves.
		assert_ok!(basket(3_970 * USD));
		assert!(balance(USDAI, &ALICE) < USD / UNIT);
	});
}
