// SPDX-License-Identifier: Apache-2.0

//! The guard of the peg: prices and silences that freeze, and the inflow limits.

use super::mock::*;
use crate::{Error, Event, PegFreezes};
use caliber_primitives::{Balance, USD, USDAI};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok},
	sp_runtime::{DispatchResult, Perbill, Permill},
};

/// Returns a price in thousandths of a dollar.
fn thousandths(price: Balance) -> Option<Balance> {
	Some(price * USD / 1_000)
}

/// Runs a test on a peg with 1 000 of both stablecoins, which Alice has minted.
fn with_both(test: impl FnOnce()) {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(mint(USDC, 1_000 * UNIT));
		assert_ok!(mint(USDT, 1_000 * USD));
		test();
	});
}

#[test]
fn minting_should_need_a_price_at_the_floor() {
	with_both(|| {
		set_price(PRICED_USDC, thousandths(997));
		assert_ok!(mint(USDC, UNIT));
		set_price(PRICED_USDC, Some(997 * USD / 1_000 - 1));
		assert_noop!(mint(USDC, UNIT), Error::<Test>::BelowPegFloor);
		// It is not frozen: the other stablecoin comes in, and both leave.
		assert_ok!(mint(USDT, USD));
		assert_ok!(redeem(USDT, USD));
		assert_ok!(redeem(USDC, USD));
		set_price(PRICED_USDC, thousandths(990));
		assert_noop!(mint(USDC, UNIT), Error::<Test>::BelowPegFloor);
		assert_ok!(redeem(USDT, USD));
	});
}

#[test]
fn minting_should_need_a_fresh_price() {
	with_both(|| {
		set_price(PRICED_USDC, Some(USD));
		set_price(PRICED_USDC, None);
		assert_noop!(mint(USDC, UNIT), Error::<Test>::StablecoinPriceStale);
		// Redeeming needs none.
		assert_ok!(redeem(USDT, USD));
		assert_ok!(redeem(USDC, USD));
	});
}

#[test]
fn freeze_should_last_until_the_price_is_at_the_floor_again() {
	with_both(|| {
		set_price(PRICED_USDC, Some(99 * USD / 100 - 1));
		let event = Event::StablecoinFrozen { asset: USDC, price: 99 * USD / 100 - 1 };
		assert_eq!(last_event(), event);
		pass(HOUR);
		for price in [900, 990, 996] {
			set_price(PRICED_USDC, thousandths(price));
			assert_noop!(mint(USDC, UNIT), Error::<Test>::StablecoinFrozen);
			// Nobody takes the good dollars and leaves the broken one.
			assert_noop!(redeem(USDT, USD), Error::<Test>::BasketOnly);
			// The broken one may be taken, and the good one may come in.
			assert_ok!(redeem(USDC, USD));
			assert_ok!(mint(USDT, USD));
			assert_ok!(basket(10 * USD));
			assert_eq!(PegFreezes::<Test>::get(USDC), Some(START));
		}
		set_price(PRICED_USDC, thousandths(997));
		assert_eq!(last_event(), Event::StablecoinThawed { asset: USDC, price: 997 * USD / 1_000 });
		assert_ok!(mint(USDC, UNIT));
		assert_ok!(redeem(USDT, USD));
	});
}

#[test]
fn freeze_should_close_each_way_out_but_the_basket_when_two_are_frozen() {
	with_both(|| {
		set_price(PRICED_USDC, thousandths(880));
		set_price(PRICED_USDT, thousandths(985));
		// The one that is less broken is a good dollar to the holders of the other.
		assert_noop!(redeem(USDT, USD), Error::<Test>::BasketOnly);
		assert_noop!(redeem(USDC, USD), Error::<Test>::BasketOnly);
		assert_ok!(basket(100 * USD));
	});
}

#[test]
fn silence_should_freeze_after_six_hours_and_end_with_a_price() {
	with_both(|| {
		set_price(PRICED_USDC, Some(USD));
		pass(6 * HOUR - 1);
		assert_ok!(redeem(USDT, USD));
		pass(1);
		assert_noop!(mint(USDC, UNIT), Error::<Test>::StablecoinFrozen);
		assert_noop!(redeem(USDT, USD), Error::<Test>::BasketOnly);
		assert_ok!(redeem(USDC, USD));
		assert_ok!(basket(10 * USD));
		// It leaves no mark: the next price decides.
		assert_eq!(PegFreezes::<Test>::get(USDC), None);
		set_price(PRICED_USDC, Some(USD));
		assert_ok!(mint(USDC, UNIT));
		assert_ok!(redeem(USDT, USD));
		// Governance may shorten it.
		Values::mutate(|values| values.peg_silence = HOUR);
		pass(HOUR);
		assert_noop!(redeem(USDT, USD), Error::<Test>::BasketOnly);
	});
}

/// A stablecoin without debt leaves nobody with anything broken.
#[test]
fn freeze_should_hold_back_nobody_when_the_stablecoin_has_no_debt() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(mint(USDT, 1_000 * USD));
		set_price(PRICED_USDC, thousandths(500));
		assert_ok!(redeem(USDT, 100 * USD));
		assert!(!Reserves::proof_of_reserves().basket_only);
	});
}

/// The thief brings broken dollars for good ones, in one transaction and at par: once with a price
/// that says so, and once while the oracle says nothing.
#[test]
fn swap_of_a_broken_dollar_should_be_refused_when_its_price_is_low_or_old() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		issue(&BOB, 1_000_000 * USD);
		let swap = || {
			polkadot_sdk::frame_support::storage::with_storage_layer(|| {
				mint(USDC, 500_000 * UNIT)?;
				redeem(USDT, 490_000 * USD)
			})
		};
		let worth = || balance(USDC, &ALICE) + balance(USDT, &ALICE) / (USD / UNIT);
		let before = worth();
		set_price(PRICED_USDC, thousandths(981));
		assert_noop!(swap(), Error::<Test>::StablecoinFrozen);
		// The oracle falls silent at a dollar while the market is at 0.88.
		set_price(PRICED_USDC, thousandths(1_000));
		set_price(PRICED_USDC, None);
		assert_noop!(swap(), Error::<Test>::StablecoinPriceStale);
		pass(6 * HOUR);
		assert_noop!(swap(), Error::<Test>::StablecoinFrozen);
		assert_eq!(worth(), before);
	});
}

/// Lets 10 000 a day come in against each stablecoin, and the supply grow by any amount.
fn limit_inflows() {
	Values::mutate(|values| {
		values.inflow_share = Perbill::zero();
		values.inflow_floor = 10_000 * USD;
	});
}

#[test]
fn inflow_limit_should_count_what_leaves_in_another_stablecoin() {
	ExtBuilder::default().build_and_execute(|| {
		issue(&BOB, 100_000 * USD);
		limit_inflows();
		pass(30 * DAY);
		assert_noop!(mint(USDC, 10_000 * UNIT + 1), Error::<Test>::InflowLimitExceeded);
		assert_ok!(mint(USDC, 10_000 * UNIT));
		assert_eq!(reserve(USDC).inflow_room, 0);
		// The supply is as before, and the limit is used up all the same.
		assert_ok!(redeem(USDT, 9_900 * USD));
		assert_noop!(mint(USDC, UNIT), Error::<Test>::InflowLimitExceeded);
		// The other stablecoin may take back what it gave, and 10 000.
		assert_eq!(reserve(USDT).inflow_room, 19_900 * USD);
		// It refills by the clock.
		pass(6 * HOUR);
		assert_noop!(mint(USDC, 2_500 * UNIT + 1), Error::<Test>::InflowLimitExceeded);
		assert_ok!(mint(USDC, 2_500 * UNIT));
		pass(DAY);
		assert_eq!(reserve(USDC).inflow_room, 10_000 * USD);
	});
}

#[test]
fn inflow_limit_should_keep_its_room_when_an_account_goes_in_circles() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(mint(USDT, 100_000 * USD));
		limit_inflows();
		pass(30 * DAY);
		for _ in 0..5 {
			assert_ok!(redeem(USDT, 90_000 * USD));
			assert_ok!(mint(USDT, 90_000 * USD));
			assert_ok!(mint(USDT, 10_000 * USD));
			assert_ok!(redeem(USDT, 10_000 * USD));
			assert_eq!(reserve(USDT).inflow_room, 10_000 * USD);
			pass(DAY);
		}
	});
}

#[test]
fn inflow_limit_should_grow_with_the_supply() {
	ExtBuilder::default().build_and_execute(|| {
		issue(&BOB, 200_000 * USD);
		limit_inflows();
		Values::mutate(|values| values.inflow_share = Perbill::from_percent(10));
		assert_eq!(reserve(USDC).inflow_room, 20_000 * USD);
	});
}

#[test]
fn guard_should_ask_nothing_in_the_genesis_block() {
	ExtBuilder::default().build_and_execute(|| {
		limit_inflows();
		set_price(PRICED_USDC, thousandths(500));
		System::set_block_number(0);
		assert_ok!(mint(USDC, 100_000 * UNIT));
		System::set_block_number(1);
		assert_noop!(mint(USDC, UNIT), Error::<Test>::StablecoinFrozen);
		set_price(PRICED_USDC, Some(USD));
		// The debt of the genesis is where the growth counts from.
		assert_eq!(reserve(USDC).inflow_room, 10_000 * USD);
	});
}

/// Reads the price of a line: the fourth field, in hundred-millionths of a dollar.
fn price_of(line: &str) -> Balance {
	let answer = line.split(',').nth(3).expect("a round has an answer");
	answer.parse::<Balance>().expect("an answer is a number") * 10_000_000_000
}

#[test]
fn guard_should_close_when_the_dollar_broke_in_march_2023() {
	const ROUNDS: &str = include_str!("../../../../data/usdc_usd_chainlink_rounds_2022_2023.csv");
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(mint(USDC, 10_000 * UNIT));
		assert_ok!(mint(USDT, 10_000 * USD));
		// By hand: open at 0.997, frozen below 0.99 until 0.997.
		let (mut frozen, mut first, mut closed) = (false, None, 0);
		for line in ROUNDS.lines().skip(1) {
			let price = price_of(line);
			set_price(PRICED_USDC, Some(price));
			let was = frozen;
			frozen = price < 990 * USD / 1_000 || (was && price < 997 * USD / 1_000);
			let minted = mint(USDC, 2 * UNIT);
			let left: DispatchResult = redeem(USDT, USD);
			assert_eq!(minted.is_ok(), !frozen && price >= 997 * USD / 1_000, "{line}");
			assert_eq!(left.is_ok(), !frozen, "{line}");
			assert_ok!(redeem(USDC, USD));
			if frozen {
				first = first.or(line.get(..16));
				closed += 1;
			}
		}
		assert_eq!(first, Some("2023-03-11T01:54"));
		// From there to the end of the record.
		assert_eq!(closed, 286);
	});
}

#[test]
fn redeem_should_refuse_when_the_fee_is_above_the_limit_of_the_caller() {
	with_both(|| {
		let redeem =
			|max_fee| Psm::redeem(RuntimeOrigin::signed(ALICE), USDAI, USDC, 10 * USD, max_fee);
		let fee = Permill::from_parts(20_000);
		let too_high = polkadot_sdk::pallet_psm::Error::<Test>::FeeTooHigh;
		assert_noop!(redeem(Permill::from_parts(19_999)), too_high);
		assert_ok!(redeem(fee));
	});
}
