// SPDX-License-Identifier: Apache-2.0

//! The rebalance of the vault's idle USDai.

use super::mock::*;
use crate::{types::Purpose, Error, Event, Ledger};
use caliber_primitives::{traits::TreasuryBills, Balance, USD, USDAI};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok},
	sp_runtime::{traits::BadOrigin, DispatchResult, Perbill},
};

/// Opens a market of bills at one dollar with two million dollars on each side, and funds the vault
/// with `idle` USDai.
fn market(token: u32, unit: Balance, idle: Balance) {
	assert_ok!(Reserves::set_treasury_bill(
		RuntimeOrigin::root(),
		Some(bill(token, Perbill::from_percent(1)))
	));
	set_price(PRICED_BILL, Some(USD));
	open_pool(token, 2_000_000 * USD, 2_000_000 * unit);
	if idle > 0 {
		fund_vault(idle);
	}
}

fn rebalance() -> DispatchResult {
	Reserves::rebalance(RuntimeOrigin::signed(ALICE))
}

/// Returns the output of the pool for `amount`: constant product, a fee of three thousandths.
fn swapped(amount: Balance, from: Balance, to: Balance) -> Balance {
	// In millions of units, which is accurate enough for these tests.
	let scale = |x: Balance| x / 1_000_000;
	let net = scale(amount) * 997;
	net * scale(to) / (scale(from) * 1_000 + net) * 1_000_000
}

fn close(left: Balance, right: Balance, tolerance: Balance) -> bool {
	left.abs_diff(right) <= tolerance
}

#[test]
fn rebalance_should_buy_when_the_idle_usdai_is_above_the_target() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		// One tenth stays; 9 000 of 10 000 buy.
		market(BILL18, USD, 10_000 * USD);
		let (usdai, bills) = pool(BILL18);
		assert_ok!(rebalance());

		let held = bills_held();
		assert!(close(held, swapped(9_000 * USD, usdai, bills), USD / 1_000));
		assert_eq!(VaultIdle::get(), 1_000 * USD);
		assert_eq!(balance(USDAI, &VAULT), 1_000 * USD);
		assert_eq!(balance(BILL18, &Reserves::account_id()), held);
		assert_eq!(balance(USDAI, &Reserves::account_id()), 0);
		assert_eq!(pool(BILL18), (usdai + 9_000 * USD, bills - held));
		let price = (9_000 * USD * 1_000_000).div_ceil(held / 1_000_000) * 1_000_000;
		let Event::BillsBought { bills, usdai, price: paid, oracle_price, held: now } =
			last_event()
		else {
			panic!("bills were bought");
		};
		assert_eq!((bills, usdai, oracle_price, now), (held, 9_000 * USD, USD, held));
		assert!(close(paid, price, 10_000_000));
		// Fee and haircut have lowered the assets and the target, by less than the threshold.
		assert_noop!(rebalance(), Error::<Test>::NothingToDo);
	});
}

#[test]
fn rebalance_should_do_the_same_when_the_token_has_six_decimals() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		market(BILL, UNIT, 10_000 * USD);
		let (usdai, bills) = pool(BILL);
		assert_ok!(rebalance());
		let held = bills_held();
		let expected = swapped(9_000 * USD, usdai, bills * (USD / UNIT)) / (USD / UNIT);
		assert!(close(held, expected, 1));
		// 99 % of a dollar each.
		assert_eq!(Reserves::value(), held * (USD / UNIT) * 99 / 100);
		VaultWanted::set(&(3_000 * USD));
		assert_ok!(rebalance());
		assert!(bills_held() < held);
	});
}

#[test]
fn rebalance_should_sell_when_the_idle_usdai_is_below_the_target() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		market(BILL18, USD, 10_000 * USD);
		assert_ok!(rebalance());
		let held = bills_held();
		let assets = 1_000 * USD + Reserves::value();
		// The queue wants 5 000 tomorrow.
		VaultWanted::set(&(5_000 * USD));
		let (usdai, bills) = pool(BILL18);
		assert_ok!(rebalance());

		// Up to the target: a tenth of the assets, rounded up, and 5 000.
		let missing = assets.div_ceil(10) + 5_000 * USD - 1_000 * USD;
		assert_eq!(VaultIdle::get(), 1_000 * USD + missing);
		assert_eq!(balance(USDAI, &VAULT), 1_000 * USD + missing);
		let sold = held - bills_held();
		// The sale brings exactly that.
		assert!(close(swapped(sold, bills, usdai), missing, USD / 1_000));
		let Event::BillsSold { purpose, bills, usdai, oracle_price, held: now, .. } = last_event()
		else {
			panic!("bills were sold");
		};
		assert_eq!(
			(purpose, bills, usdai, oracle_price, now),
			(Purpose::Rebalance, sold, missing, USD, held - sold)
		);
		assert_noop!(rebalance(), Error::<Test>::NothingToDo);
	});
}

#[test]
fn rebalance_should_sell_all_when_the_buffer_is_the_whole() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		market(BILL18, USD, 10_000 * USD);
		assert_ok!(rebalance());
		// Governance does this before it changes the token.
		Values::mutate(|values| values.liquidity_buffer = Perbill::one());
		assert_ok!(rebalance());
		assert_eq!(bills_held(), 0);
		assert_eq!(balance(BILL18, &Reserves::account_id()), 0);
		assert_noop!(rebalance(), Error::<Test>::NothingToDo);
		assert_ok!(Reserves::set_treasury_bill(RuntimeOrigin::root(), None));
	});
}

#[test]
fn rebalance_should_sell_all_within_the_limits_of_the_hours() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		market(BILL, UNIT, 10_000 * USD);
		assert_ok!(rebalance());
		pass(HOUR);
		Values::mutate(|values| values.liquidity_buffer = Perbill::one());
		Values::mutate(|values| values.hourly_limit = 4_000 * USD);
		for _ in 0..2 {
			assert_ok!(rebalance());
			assert_noop!(rebalance(), Error::<Test>::HourlyLimitReached);
			assert!(bills_held() > 0);
			pass(HOUR);
		}
		// The rest is sold although it is below the threshold.
		Values::mutate(|values| values.rebalance_threshold = 1_000_000 * USD);
		assert_ok!(rebalance());
		assert_eq!(bills_held(), 0);
	});
}

#[test]
fn rebalance_should_count_the_queue_when_it_is_within_the_look_ahead() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		market(BILL18, USD, 10_000 * USD);
		assert_ok!(rebalance());
		VaultWanted::set(&(5_000 * USD));
		Values::mutate(|values| values.look_ahead = DAY - 1);
		assert_noop!(rebalance(), Error::<Test>::NothingToDo);
		Values::mutate(|values| values.look_ahead = DAY);
		assert_ok!(rebalance());
	});
}

#[test]
fn rebalance_should_begin_beyond_the_threshold() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		market(BILL18, USD, 10_000 * USD);
		// 9 000 are spare.
		Values::mutate(|values| values.rebalance_threshold = 9_000 * USD);
		assert_noop!(rebalance(), Error::<Test>::NothingToDo);
		Values::mutate(|values| values.rebalance_threshold = 9_000 * USD - 1);
		assert_ok!(rebalance());

		let missing = |wanted| {
			VaultWanted::set(&wanted);
			let assets = VaultIdle::get() + Reserves::value();
			assets.div_ceil(10) + wanted - VaultIdle::get()
		};
		Values::mutate(|values| values.rebalance_threshold = missing(2_000 * USD));
		assert_noop!(rebalance(), Error::<Test>::NothingToDo);
		Values::mutate(|values| values.rebalance_threshold = missing(2_000 * USD) - 1);
		assert_ok!(rebalance());
	});
}

#[test]
fn rebalance_should_be_for_anyone_who_signs() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(Reserves::rebalance(RuntimeOrigin::root()), BadOrigin);
		assert_noop!(rebalance(), Error::<Test>::NoBills);
	});
}

#[test]
fn rebalance_should_be_refused_when_no_bills_are_held() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		market(BILL18, USD, 0);
		VaultWanted::set(&(5_000 * USD));
		assert_noop!(rebalance(), Error::<Test>::NothingToDo);
	});
}

#[test]
fn rebalance_should_be_refused_when_the_price_is_stale() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		market(BILL18, USD, 10_000 * USD);
		set_price(PRICED_BILL, None);
		assert_noop!(rebalance(), Error::<Test>::PriceStale);
		set_price(PRICED_BILL, Some(0));
		assert_noop!(rebalance(), Error::<Test>::PriceStale);
		set_price(PRICED_BILL, Some(USD));
		assert_ok!(rebalance());
	});
}

#[test]
fn rebalance_should_need_a_pool_that_is_not_empty() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		assert_ok!(Reserves::set_treasury_bill(
			RuntimeOrigin::root(),
			Some(bill(BILL18, Perbill::zero()))
		));
		set_price(PRICED_BILL, Some(USD));
		fund_vault(10_000 * USD);
		assert_noop!(rebalance(), Error::<Test>::NoPool);
		assert_ok!(AssetConversion::create_pool(
			RuntimeOrigin::signed(BOB),
			Box::new(USDAI),
			Box::new(BILL18)
		));
		assert_noop!(rebalance(), Error::<Test>::NoPool);
		assert_eq!(Reserves::bills().and_then(|report| report.pool_price), None);
	});
}

#[test]
fn rebalance_should_refuse_when_the_pool_is_outside_the_band() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		market(BILL18, USD, 10_000 * USD);
		// The pool's price is a dollar. The band is 1 %, its edges rounded inwards.
		let refused = |price: Balance| {
			set_price(PRICED_BILL, Some(price));
			assert_noop!(rebalance(), Error::<Test>::OutsideBand);
		};
		// Too dear, then too cheap: 1.0102 * 0.99 is more than one dollar.
		refused(98 * USD / 100);
		refused(10_102 * USD / 10_000);
		// The spot price is inside, the smallest trade is not: with the fee 1.003 > 0.993 * 1.01.
		refused(99_307 * USD / 100_000 - USD / 10_000);
		set_price(PRICED_BILL, Some(10_100 * USD / 10_000));
		assert_ok!(rebalance());
	});
}

#[test]
fn rebalance_should_buy_as_much_as_the_band_permits() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		market(BILL18, USD, 1_000_000 * USD);
		Values::mutate(|values| values.hourly_limit = 1_000_000_000 * USD);
		assert_ok!(rebalance());
		// paid / bills = (R + 0.997 x) / (0.997 R) ≤ 1.01 with R = 2 000 000:
		// x ≤ 1.01 R − R / 0.997 = 13 981.945 dollars.
		let paid = 1_000_000 * USD - VaultIdle::get();
		let most = 13_981_945 * USD / 1_000;
		assert!(paid <= most + USD && paid > most - most / 4_000, "{paid}");
		let Event::BillsBought { price, .. } = last_event() else { panic!("bills were bought") };
		assert!(price <= 101 * USD / 100 && price > 10_099 * USD / 10_000);
		// The band permits no more now.
		assert_noop!(rebalance(), Error::<Test>::OutsideBand);
	});
}

#[test]
fn rebalance_should_sell_as_much_as_the_band_permits() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		Values::mutate(|values| values.hourly_limit = 1_000_000_000 * USD);
		market(BILL18, USD, 0);
		let account = Reserves::account_id();
		assert_ok!(send(BILL18, &BOB, &account, 1_000_000 * USD));
		set_bills_held(1_000_000 * USD);
		assert_ok!(rebalance());
		// came / bills = 0.997 R / (R + 0.997 x) ≥ 0.99: x ≤ R / 0.99 − R / 0.997
		// = 14 184.171 bills, which bring 0.99 of that.
		let most = 14_184_171 * USD / 1_000 * 99 / 100;
		let came = VaultIdle::get();
		assert!(came <= most + USD && came > most - most / 4_000, "{came}");
		let Event::BillsSold { price, .. } = last_event() else { panic!("bills were sold") };
		assert!((99 * USD / 100..9_901 * USD / 10_000).contains(&price));
		assert_noop!(rebalance(), Error::<Test>::OutsideBand);
	});
}

#[test]
fn rebalance_should_stop_at_the_limit_of_the_hour() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		market(BILL18, USD, 100_000 * USD);
		Values::mutate(|values| values.hourly_limit = 5_000 * USD);
		Values::mutate(|values| values.price_band = Perbill::from_percent(5));
		pass(HOUR - 1);
		assert_ok!(rebalance());
		assert_eq!(VaultIdle::get(), 95_000 * USD);
		assert_eq!(Reserves::bills().map(|report| report.rebalance_room), Some(0));
		assert_noop!(rebalance(), Error::<Test>::HourlyLimitReached);
		// The next hour of the clock.
		pass(1);
		assert_eq!(Reserves::bills().map(|report| report.rebalance_room), Some(5_000 * USD));
		assert_ok!(rebalance());
		assert_eq!(VaultIdle::get(), 90_000 * USD);
		assert_eq!(Ledger::<Test>::get().traded.rebalanced, 5_000 * USD);
		// Sales count with purchases.
		Values::mutate(|values| values.hourly_limit = 6_000 * USD);
		VaultWanted::set(&(85_000 * USD));
		assert_ok!(rebalance());
		assert_eq!(VaultIdle::get(), 91_000 * USD);
		assert_noop!(rebalance(), Error::<Test>::HourlyLimitReached);
	});
}

#[test]
fn rebalance_should_lose_no_more_than_the_band_when_the_pool_is_moved_against_it() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		market(BILL18, USD, 50_000 * USD);
		issue(&ALICE, 100_000 * USD);
		// Alice raises the price of the bills by nearly 1 % before the vault buys.
		assert_ok!(AssetConversion::swap_exact_tokens_for_tokens(
			RuntimeOrigin::signed(ALICE),
			vec![Box::new(USDAI), Box::new(BILL18)],
			5_000 * USD,
			1,
			ALICE,
			false
		));
		assert_ok!(rebalance());
		let paid = 50_000 * USD - VaultIdle::get();
		let worth = bills_held();
		assert!(paid < 5_000 * USD, "{paid}");
		assert!(worth * 101 / 100 >= paid);
	});
}

#[test]
fn bills_report_should_show_target_and_gap() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		market(BILL, UNIT, 10_000 * USD);
		VaultLent::set(&(20_000 * USD));
		VaultWanted::set(&(500 * USD));
		let report = Reserves::bills().expect("there are bills");
		assert_eq!((report.symbol.as_slice(), report.decimals), (&b"BILL"[..], 6));
		assert_eq!((report.idle, report.target), (10_000 * USD, 3_500 * USD));
		assert_eq!((report.spare, report.missing), (6_500 * USD, 0));
		assert_eq!((report.price, report.price_at), (Some(USD), Some(START)));
		assert_eq!((report.pool_price, report.annual_yield), (Some(USD), None));
		assert!(!report.stale);
		assert_eq!((report.held, report.value), (0, 0));
		assert_eq!(report.rebalance_room, 100_000 * USD);
		assert_eq!(report.divest_room, 100_000 * USD);
		VaultWanted::set(&(8_000 * USD));
		let report = Reserves::proof_of_reserves().bills.expect("there are bills");
		assert_eq!((report.spare, report.missing), (0, 1_000 * USD));
	});
}

#[test]
fn rebalance_should_sell_all_or_nothing_when_a_part_would_be_below_the_minimum_balance() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		market(BILL18, USD, 0);
		assert_ok!(send(BILL18, &BOB, &Reserves::account_id(), 1_000 * USD));
		set_bills_held(1_000 * USD);
		// The token keeps no account with less than 1 001 bills.
		assert_ok!(Assets::force_asset_status(
			RuntimeOrigin::root(),
			BILL18,
			TREASURY,
			TREASURY,
			TREASURY,
			TREASURY,
			1_001 * USD,
			true,
			false
		));
		Values::mutate(|values| values.rebalance_threshold = 0);
		VaultWanted::set(&(100 * USD));
		assert_noop!(rebalance(), Error::<Test>::NothingToDo);
		VaultWanted::set(&(1_000 * USD));
		assert_ok!(rebalance());
		assert_eq!(bills_held(), 0);
	});
}
