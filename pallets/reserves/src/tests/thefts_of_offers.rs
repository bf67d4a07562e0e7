// SPDX-License-Identifier: Apache-2.0

//! Ways to take money out of the vault by its offers of bills, and what comes of them.

use super::mock::*;
use crate::{Error, Ledger};
use caliber_primitives::{reserves::BillSide, Balance, Seconds, USD, USDAI};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok},
	sp_runtime::Perbill,
};
use BillSide::Sells;

const MILLION: Balance = 1_000_000 * USD;

/// Returns what the dealer has, with bills at a dollar each.
fn wealth() -> Balance {
	balance(USDAI, &DEALER) + balance(BILL18, &DEALER)
}

/// Returns what the vault has, with bills at a dollar each.
fn assets() -> Balance {
	VaultIdle::get() + bills_held()
}

/// Runs a test in which the vault has `held` bills of a dollar, and wants all of it for a draw or
/// the queue.
fn selling(held: Balance, for_queue: bool, test: impl FnOnce()) {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		Values::mutate(|values| values.mint_limit_floor = 1_000 * MILLION);
		with_bills(BILL18, 0);
		issue(&DEALER, 100 * MILLION);
		hold(BILL18, held);
		match for_queue {
			true => VaultWanted::set(&held),
			false => Draws::set(held),
		}
		idle_block();
		test();
	});
}

/// A dealer waits until the price is the worst for the vault, then fills as much as it can.
#[test]
fn dealer_should_gain_the_mean_of_an_hour_when_it_waits_and_fills_all() {
	selling(100 * MILLION, true, || {
		pass(10 * HOUR);
		let (before, had) = (assets(), wealth());
		assert_ok!(fill(Sells, Balance::MAX));
		// A million at 7.5 bp below the oracle, the mean of 25 bp and −10 bp.
		assert_eq!(VaultIdle::get(), MILLION);
		let gain = wealth() - had;
		assert_eq!(gain, 750_562_922_191_643_732_799);
		assert_eq!(before - assets(), gain);
		// Then the price is the best for the vault, and the hour's amount is used up.
		assert_noop!(fill(Sells, 1_000 * USD), Error::<Test>::HourlyLimitReached);
		assert_eq!(offer(Sells).map(|offer| offer.price), Some(1_001 * USD / 1_000));
	});
}

/// A dealer cuts a fill into many of one block, each of which would have the worst price.
#[test]
fn dealer_should_gain_nothing_when_it_fills_many_times_in_a_block() {
	let gain = |parts: Balance| {
		let mut gain = 0;
		selling(100 * MILLION, true, || {
			pass(HOUR);
			let had = wealth();
			for _ in 0..parts {
				assert_ok!(fill(Sells, MILLION / 2 / parts));
			}
			assert_eq!(VaultIdle::get(), MILLION / 2);
			gain = wealth() - had;
		});
		gain
	};
	let whole = gain(1);
	// Half a million at the mean of 25 bp and 7.5 bp: at 0.998375.
	assert!((813 * USD..814 * USD).contains(&whole), "{whole}");
	// Bills for a dollar are not linear in the price: that is worth some cents of the half million.
	for parts in [2, 10, 100, 1_000] {
		assert!(gain(parts) <= whole + 15 * USD / 100, "{parts}");
	}
}

/// A dealer fills the smallest amounts all the time, so that no fill is large.
#[test]
fn small_fills_should_keep_the_price_near_its_first() {
	selling(100 * MILLION, true, || {
		let had = wealth();
		let mut filled = 0;
		for _ in 0..600 {
			pass(6);
			// As much as becomes free in a block.
			if fill(Sells, 1_666 * USD).is_ok() {
				filled += 1_666 * USD;
			}
		}
		assert!(filled > 999_000 * USD);
		// The vault gains close to 10 bp.
		let paid = had - wealth();
		assert!((900 * USD..1_000 * USD).contains(&paid), "{paid}");
	});
}

/// A dealer fills in the last second of an hour of the clock and in the first of the next.
#[test]
fn hour_should_have_no_boundary() {
	selling(100 * MILLION, true, || {
		// START is a midnight.
		pass(5 * HOUR - 1);
		assert_ok!(fill(Sells, MILLION));
		pass(1);
		// A second frees 278 USDai.
		assert_ok!(fill(Sells, MILLION));
		assert!(VaultIdle::get() < MILLION + 278 * USD);
		assert_noop!(fill(Sells, 100 * USD), Error::<Test>::HourlyLimitReached);
		pass(HOUR - 2);
		assert_ok!(fill(Sells, MILLION));
		// Less than twice the amount in an hour.
		assert!(VaultIdle::get() < 2 * MILLION);
	});
}

/// A dealer uses up the loss of a day at its end, and that of the next at its begin.
#[test]
fn day_should_have_no_boundary() {
	selling(10 * MILLION, false, || {
		// A draw wants the money: 2 bp of ten million may be lost in a day.
		let most = 2_000 * USD;
		let mut before_midnight = 0;
		let lost = |held: Balance| 10 * MILLION - held - VaultIdle::get();
		pass(20 * HOUR);
		for _ in 0..4 {
			assert_ok!(fill(Sells, MILLION));
			pass(HOUR - 1);
			before_midnight = lost(bills_held());
		}
		// 750 an hour: the third and the fourth reach the limit, but for what becomes free.
		assert!((most..most * 8 / 7).contains(&before_midnight), "{before_midnight}");
		pass(60);
		assert_ok!(fill(Sells, MILLION));
		let after = lost(bills_held());
		assert!(after < most * 5 / 4, "{after}");
		assert!(Ledger::<Test>::get().offers.lost.used <= most);
	});
}

/// A dealer waits for a jump of the price while the last one is old.
#[test]
fn fills_should_stop_when_the_price_is_stale_and_follow_the_jump() {
	selling(100 * MILLION, true, || {
		pass(HOUR);
		set_price(PRICED_BILL, None);
		assert_noop!(fill(Sells, MILLION), Error::<Test>::PriceStale);
		idle_block();
		pass(20 * DAY);
		assert_noop!(fill(Sells, MILLION), Error::<Test>::PriceStale);
		// The price has risen by three thousandths. The path begins anew.
		set_price(PRICED_BILL, Some(1_003 * USD / 1_000));
		assert_noop!(
			fill_by(&DEALER, Sells, MILLION, 1_004 * USD / 1_000),
			Error::<Test>::BeyondLimit
		);
		assert_ok!(fill(Sells, 500_000 * USD));
		// 1.003 · 1.001
		let sold = 100 * MILLION - bills_held();
		assert_eq!(sold, 498_006_480_060_318_544_864_905);
		// A price that comes between two fills counts for the second.
		set_price(PRICED_BILL, Some(2 * USD));
		assert_ok!(fill(Sells, 400_000 * USD));
		let more = 100 * MILLION - bills_held() - sold;
		assert!((199_800 * USD..199_801 * USD).contains(&more), "{more}");
	});
}

/// The vault buys from one dealer and sells to another of the same hand, again and again.
#[test]
fn turning_the_vault_round_should_cost_less_than_the_loss_of_a_day() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		Values::mutate(|values| values.mint_limit_floor = 1_000 * MILLION);
		with_bills(BILL18, MILLION);
		issue(&DEALER, 10 * MILLION);
		let had = wealth();
		for hour in 0..24 {
			// A draw is announced, and lapses. All money is old, which it is not on the chain.
			Draws::set(if hour % 2 == 0 { 0 } else { MILLION });
			for _ in 0..6 {
				idle_block();
				pass(600);
				deal(Perbill::zero());
			}
		}
		// 2 bp of a million, and as much that becomes free in a day.
		let gained = wealth().saturating_sub(had);
		assert!(gained > 0 && gained <= 400 * USD, "{gained}");
	});
}

/// With the shipped values a million is placed, which the pool of edition 1 could not do.
#[test]
fn million_should_be_placed_within_hours_when_it_has_lain_three_days() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		with_bills(BILL18, MILLION);
		VaultNew::set(&MILLION);
		idle_block();
		pass(3 * DAY);
		assert_eq!(deal(Perbill::zero()), 0);
		VaultNew::set(&0);
		let begin = now();
		// The dealer wants a basis point, and looks every five minutes.
		while VaultIdle::get() > 100_100 * USD {
			assert!(now() - begin < 3 * HOUR, "{} are left", VaultIdle::get());
			idle_block();
			pass(300);
			deal(Perbill::from_parts(100_000));
		}
		let lost = MILLION - assets();
		assert!(lost <= 900_000 * USD * 2 / 10_000, "{lost}");
		assert!(lost >= 900_000 * USD / 10_000, "{lost}");
	});
}

/// A line announces to draw nearly half of the vault, which lies in bills.
#[test]
fn large_draw_should_be_funded_by_bills_within_its_week() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		Values::mutate(|values| values.mint_limit_floor = 1_000 * MILLION);
		with_bills(BILL18, 10 * MILLION);
		issue(&DEALER, 60 * MILLION);
		hold(BILL18, 90 * MILLION);
		Draws::set(47 * MILLION + MILLION / 2);
		let begin: Seconds = now();
		let mut worst = 0;
		// Ten millions of buffer stay. The dealer wants five basis points.
		while VaultIdle::get() < 57 * MILLION + MILLION * 2 / 5 {
			assert!(now() - begin < 3 * DAY, "{}", VaultIdle::get());
			idle_block();
			pass(600);
			deal(Perbill::from_parts(500_000));
			worst = worst.max(Ledger::<Test>::get().offers.lost.used);
		}
		// 2 bp of a hundred million a day, and no more than six basis points in all.
		assert!(worst <= 20_000 * USD, "{worst}");
		let lost = 100 * MILLION - assets();
		assert!(lost < 47_500_000 * USD * 6 / 10_000, "{lost}");
	});
}
