// SPDX-License-Identifier: Apache-2.0

//! The vault's offers of bills: what it offers, at which price, and their fills.

use super::mock::*;
use crate::{offers::OfferState, Error, Event, Ledger};
use caliber_math::Meter;
use caliber_primitives::{
	credit::{Task, Work},
	reserves::{BillOffer, BillSide},
	traits::TreasuryBills,
	Balance, USD, USDAI,
};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, assert_storage_noop},
	sp_runtime::{traits::BadOrigin, Perbill, TokenError},
};
use BillSide::{Buys, Sells};

/// Sets the minimum balance of a token.
fn set_least(token: u32, least: Balance) {
	assert_ok!(Assets::force_asset_status(
		RuntimeOrigin::root(),
		token,
		TREASURY,
		TREASURY,
		TREASURY,
		TREASURY,
		least,
		true,
		false
	));
}

#[test]
fn offer_should_buy_what_lies_above_the_target_and_has_lain_long() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		with_bills(BILL18, 10_000 * USD);
		idle_block();
		// A tenth of the assets stays.
		assert_eq!(
			offer(Buys),
			Some(BillOffer {
				side: Buys,
				amount: 9_000 * USD,
				for_queue: 0,
				price: 999 * USD / 1_000,
				oracle_price: USD,
				first_price: 999 * USD / 1_000,
				last_price: 10_002 * USD / 10_000,
				since: START,
				until: START + HOUR,
				hourly_amount: 1_000_000 * USD,
				left_in_hour: 1_000_000 * USD,
				// 2 bp of ten thousand.
				loss_left: 2 * USD,
				min_fill: 100 * USD,
			})
		);
		// New money is kept for the target first, and buys nothing.
		VaultNew::set(&(3_000 * USD));
		assert_eq!(offer(Buys).map(|offer| offer.amount), Some(6_000 * USD));
		VaultNew::set(&(8_901 * USD));
		assert_eq!(offer(Buys), None);
		VaultNew::set(&0);
		// What the queue and announced draws want stays too.
		VaultWanted::set(&(2_000 * USD));
		Draws::set(1_500 * USD);
		assert_eq!(offer(Buys).map(|offer| offer.amount), Some(5_500 * USD));
		VaultLent::set(&(90_000 * USD));
		// Idle USDai below the target buys nothing, and without bills nothing is sold.
		assert_eq!(Reserves::offers(), vec![]);
	});
}

#[test]
fn offer_should_sell_what_lacks_of_the_target() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		with_bills(BILL18, 1_000 * USD);
		hold(BILL18, 20_000 * USD);
		// Assets of 21 000: the buffer is 2 100.
		let offered = || {
			let offer = offer(Sells).expect("bills are offered");
			(offer.amount, offer.for_queue)
		};
		assert_eq!(offered(), (1_100 * USD, 0));
		VaultWanted::set(&(500 * USD));
		assert_eq!(offered(), (1_600 * USD, 0));
		VaultWanted::set(&(3_000 * USD));
		assert_eq!(offered(), (4_100 * USD, 2_000 * USD));
		Draws::set(4_000 * USD);
		assert_eq!(offered(), (8_100 * USD, 2_000 * USD));
		// Not more than there is: at the first price, a thousandth above a dollar.
		Draws::set(90_000 * USD);
		assert_eq!(offered(), (20_020 * USD, 2_000 * USD));
		let report = Reserves::bills().expect("there are bills");
		assert_eq!((report.target, report.idle), (95_100 * USD, 1_000 * USD));
		assert_eq!((report.missing, report.spare), (94_100 * USD, 0));
	});
}

#[test]
fn price_should_move_across_that_of_the_oracle_by_the_clock() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		with_bills(BILL18, 100_000 * USD);
		let price = |side| offer(side).map(|offer| offer.price);
		// Before anyone has seen the offer it is at its first price.
		pass(DAY);
		assert_eq!(price(Buys), Some(999 * USD / 1_000));
		idle_block();
		assert_eq!(last_event(), Event::OfferOpened { side: Buys, since: START + DAY });
		for (seconds, expected) in
			[(900, 9_993), (900, 9_996), (1_200, 10_000), (600, 10_002), (DAY, 10_002)]
		{
			pass(seconds);
			idle_block();
			// The place is rounded down, in favour of the vault.
			let price = price(Buys).expect("bills are wanted");
			assert!((0..=1).contains(&(expected * USD / 10_000 - price)), "{price}");
		}
		VaultWanted::set(&(200_000 * USD));
		hold(BILL18, 200_000 * USD);
		assert_eq!(price(Sells), Some(1_001 * USD / 1_000));
		idle_block();
		assert_eq!(last_event(), Event::OfferOpened { side: Sells, since: now() });
		assert!(System::events()
			.iter()
			.any(|record| { record.event == Event::<Test>::OfferClosed { side: Buys }.into() }));
		for (seconds, expected) in [(1_800, 99_925), (1_800, 99_750), (1, 99_750)] {
			pass(seconds);
			let price = price(Sells).expect("bills are offered");
			assert!((0..=1).contains(&(price - expected * USD / 100_000)), "{price}");
		}
		// The price of the oracle moves it.
		set_price(PRICED_BILL, Some(2 * USD));
		assert_eq!(price(Sells), Some(2 * 9_975 * USD / 10_000));
		// Gone and come back, it begins anew.
		VaultWanted::set(&0);
		idle_block();
		assert_eq!(Ledger::<Test>::get().offers.sells.since, None);
		VaultWanted::set(&(200_000 * USD));
		assert_eq!(price(Sells), Some(2 * 1_001 * USD / 1_000));
	});
}

#[test]
fn fill_should_buy_bills_of_the_dealer() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		with_bills(BILL18, 100_000 * USD);
		idle_block();
		pass(HOUR);
		let (usdai, bills) = (balance(USDAI, &DEALER), balance(BILL18, &DEALER));
		assert_ok!(fill(Buys, 3_600 * USD));
		// The share of 0.0036 of the hour: at 0.9982 of the path, 1.9784 bp above the oracle.
		let came = 3_599_287_916_878_524_752_663;
		assert_eq!(bills_held(), came);
		assert_eq!(balance(BILL18, &DEALER), bills - came);
		assert_eq!(balance(BILL18, &Reserves::account_id()), came);
		assert_eq!(balance(USDAI, &DEALER), usdai + 3_600 * USD);
		assert_eq!((VaultIdle::get(), balance(USDAI, &VAULT)), (96_400 * USD, 96_400 * USD));
		// 0.0036 of the hour are 12.96 seconds.
		let since = START + 13;
		let loss = 3_600 * USD - came;
		let Event::BillsBought { price, loss: lost, since: begins, .. } = last_event() else {
			panic!("bills were bought");
		};
		assert_eq!((price / 100, lost, begins), (1_000_197_840_000_000_000 / 100 - 1, loss, since));
		let book = Ledger::<Test>::get().offers;
		let filled = Meter { used: 3_600 * USD, at: now() };
		assert_eq!(book.buys, OfferState { since: Some(since), filled });
		assert_eq!(book.lost, Meter { used: loss, at: now() });
		let offer = offer(Buys).unwrap();
		assert_eq!(offer.left_in_hour, 996_400 * USD);
		// A tenth of the assets stays.
		let assets = VaultIdle::get() + Reserves::value();
		assert_eq!(offer.amount, 96_400 * USD - assets.div_ceil(10));
	});
}

#[test]
fn fill_should_sell_bills_to_the_dealer_and_name_their_mark() {
	for (token, unit) in [(BILL18, USD), (BILL, UNIT)] {
		ExtBuilder::default().wide_peg().build_and_execute(|| {
			with_marked_bills(token, 0, Perbill::from_percent(1));
			hold(token, 200_000 * unit);
			VaultWanted::set(&(150_000 * USD));
			idle_block();
			pass(HOUR / 2);
			let (usdai, bills) = (balance(USDAI, &DEALER), balance(token, &DEALER));
			assert_ok!(fill(Sells, 3_000 * USD));
			// The share of 0.003: at 0.4985 of the path, 7.4475 bp below the oracle.
			let sold = 3_002_235_915_197_843_594_016 / (USD / unit);
			assert_eq!(bills_held(), 200_000 * unit - sold);
			assert_eq!(balance(token, &DEALER), bills + sold);
			assert_eq!(balance(USDAI, &DEALER), usdai - 3_000 * USD);
			assert_eq!((VaultIdle::get(), balance(USDAI, &VAULT)), (3_000 * USD, 3_000 * USD));
			// What they counted for: a hundredth less than the oracle says.
			let mark = sold * (USD / unit) * 99 / 100;
			assert!(LastMark::get().abs_diff(mark) <= 1, "{}", LastMark::get());
			assert!(matches!(
				last_event(),
				Event::BillsSold { to: DEALER, usdai, oracle_price: USD, .. } if usdai == 3_000 * USD
			));
		});
	}
}

#[test]
fn fill_should_take_what_is_offered_when_more_is_asked_for() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		with_bills(BILL18, 10_000 * USD);
		assert_ok!(fill(Buys, Balance::MAX));
		assert_eq!(VaultIdle::get(), 1_000 * USD);
		assert_noop!(fill(Buys, 100 * USD), Error::<Test>::NothingOffered);
		assert_noop!(fill(Sells, 100 * USD), Error::<Test>::NothingOffered);
	});
}

#[test]
fn fill_should_keep_to_the_limit_of_who_fills() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		with_bills(BILL18, 10_000 * USD);
		let first = 999 * USD / 1_000;
		let buys = |limit| fill_by(&DEALER, Buys, 1_000 * USD, limit);
		assert_noop!(buys(first + 1), Error::<Test>::BeyondLimit);
		// Rounding is against the dealer.
		assert_ok!(buys(first - 1));
		VaultWanted::set(&(9_500 * USD));
		let sells = |limit| fill_by(&DEALER, Sells, 500 * USD, limit);
		assert_noop!(sells(1_001 * USD / 1_000 - 1), Error::<Test>::BeyondLimit);
		assert_ok!(sells(1_001 * USD / 1_000 + 1));
	});
}

#[test]
fn fill_should_be_for_anyone_who_signs_and_has_the_means() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		let root = Reserves::fill_offer(RuntimeOrigin::root(), Buys, 1_000 * USD, 0);
		assert_noop!(root, BadOrigin);
		assert_noop!(fill(Buys, 1_000 * USD), Error::<Test>::NoBills);
		with_bills(BILL18, 10_000 * USD);
		// Alice has neither of these bills nor USDai.
		assert_storage_noop!(assert!(fill_by(&ALICE, Buys, 1_000 * USD, 0).is_err()));
		VaultWanted::set(&(9_500 * USD));
		hold(BILL18, 5_000 * USD);
		assert_storage_noop!(assert!(fill_by(&ALICE, Sells, 500 * USD, 2 * USD).is_err()));
		assert_ok!(send(USDAI, &DEALER, &ALICE, 500 * USD));
		assert_ok!(fill_by(&ALICE, Sells, 500 * USD, 2 * USD));
	});
}

#[test]
fn fill_should_refuse_dust() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		with_bills(BILL18, 10_000 * USD);
		for amount in [0, 1, 100 * USD - 1] {
			assert_noop!(fill(Buys, amount), Error::<Test>::BelowMinimumFill);
		}
		assert_ok!(fill(Buys, 100 * USD));
		// Less than the smallest fill is not offered: the assets are 9 999.10.
		VaultNew::set(&(VaultIdle::get() - 1_099 * USD));
		assert_eq!(Reserves::offers(), vec![]);
		assert_noop!(fill(Buys, 100 * USD), Error::<Test>::NothingOffered);
	});
}

#[test]
fn fill_should_be_refused_when_the_price_is_stale_or_none() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		with_bills(BILL18, 10_000 * USD);
		idle_block();
		pass(HOUR);
		set_price(PRICED_BILL, None);
		assert_eq!(Reserves::offers(), vec![]);
		assert_noop!(fill(Buys, 1_000 * USD), Error::<Test>::PriceStale);
		set_price(PRICED_BILL, Some(0));
		assert_noop!(fill(Buys, 1_000 * USD), Error::<Test>::PriceStale);
		// So small that no number of bills is worth the fill, and none at all on the side of the vault.
		set_price(PRICED_BILL, Some(1));
		assert_noop!(fill(Buys, 1_000 * USD), Error::<Test>::Overflow);
		Ledger::<Test>::mutate(|ledger| ledger.offers.buys.since = None);
		assert_noop!(fill(Buys, 1_000 * USD), Error::<Test>::PriceStale);
		idle_block();
		set_price(PRICED_BILL, Some(USD));
		assert_ok!(fill(Buys, 1_000 * USD));
	});
}

#[test]
fn fill_should_be_refused_when_the_amount_of_the_hour_is_used_up() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		with_bills(BILL18, 100_000 * USD);
		Values::mutate(|values| values.hourly_limit = 6_000 * USD);
		let work = Work { from: now(), task: Task::FillOffer(Buys) };
		assert_eq!(Reserves::due_for_work(), [work]);
		assert_ok!(fill(Buys, Balance::MAX));
		assert_eq!(VaultIdle::get(), 94_000 * USD);
		assert_noop!(fill(Buys, 1_000 * USD), Error::<Test>::HourlyLimitReached);
		assert_eq!(offer(Buys).map(|offer| offer.amount), Some(0));
		assert_eq!(Reserves::due_for_work(), []);
		// It comes back by the clock: a hundred in a minute.
		pass(59);
		assert_noop!(fill(Buys, 100 * USD), Error::<Test>::BelowMinimumFill);
		pass(1);
		assert_ok!(fill(Buys, 1_000 * USD));
		assert_eq!(VaultIdle::get(), 93_900 * USD);
		// Purchases use up nothing of the sales.
		VaultWanted::set(&(95_000 * USD));
		assert_eq!(offer(Sells).map(|offer| offer.left_in_hour), Some(6_000 * USD));
		Values::mutate(|values| values.hourly_limit = 0);
		assert_eq!(Reserves::offers(), vec![]);
		assert_noop!(fill(Sells, 1_000 * USD), Error::<Test>::NothingOffered);
	});
}

#[test]
fn sale_should_have_the_price_of_the_oracle_when_the_day_has_lost_enough() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		with_bills(BILL18, 0);
		issue(&DEALER, 1_000_000 * USD);
		hold(BILL18, 1_000_000 * USD);
		// Assets of a million may lose 200 in a day. A draw wants all.
		Draws::set(900_000 * USD);
		idle_block();
		pass(HOUR);
		let lost = || Ledger::<Test>::get().offers.lost.used;
		// 25 bp less 3.5 bp for the share of a fifth: 430 would be lost.
		assert_ok!(fill(Sells, 200_000 * USD));
		assert_eq!(lost(), 200 * USD);
		assert_eq!(bills_held(), 1_000_000 * USD - 200_200 * USD);
		let offer = offer(Sells).unwrap();
		assert_eq!((offer.price, offer.for_queue), (USD, 0));
		assert_eq!(offer.loss_left, 0);
		assert_ok!(fill(Sells, 10_000 * USD));
		assert_eq!(lost(), 200 * USD);
		assert_eq!(bills_held(), 1_000_000 * USD - 210_200 * USD);
		// The next day has its own.
		pass(DAY);
		assert_ok!(fill(Sells, 10_000 * USD));
		assert!((20 * USD..26 * USD).contains(&lost()), "{}", lost());
	});
}

#[test]
fn sale_for_the_queue_should_go_on_when_the_day_has_lost_enough() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		with_bills(BILL18, 0);
		issue(&DEALER, 1_000_000 * USD);
		hold(BILL18, 1_000_000 * USD);
		VaultWanted::set(&(150_000 * USD));
		Draws::set(100_000 * USD);
		idle_block();
		Values::mutate(|values| values.max_daily_loss = Perbill::zero());
		pass(HOUR);
		// All of it is for the queue: 24.65 bp below the oracle.
		assert_ok!(fill(Sells, 20_000 * USD));
		let sold = 1_000_000 * USD - bills_held();
		assert!((20_049 * USD..20_050 * USD).contains(&sold), "{sold}");
		let lost = Ledger::<Test>::get().offers.lost.used;
		assert_eq!(lost, sold - 20_000 * USD);
		assert!(offer(Sells).unwrap().price < 9_977 * USD / 10_000);
		// 130 000 of 200 000 are: the rest is sold at a dollar. By the path alone
		// 25 − 0.7 − 3.5 = 20.8 bp would be lost, and 0.65 of that is.
		assert_ok!(fill(Sells, 200_000 * USD));
		let more = Ledger::<Test>::get().offers.lost.used - lost;
		assert!((270 * USD..271 * USD).contains(&more), "{more}");
		// The queue is covered.
		assert_eq!(offer(Sells).map(|offer| (offer.price, offer.for_queue)), Some((USD, 0)));
	});
}

#[test]
fn purchase_should_have_the_price_of_the_oracle_when_the_day_has_lost_enough() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		with_bills(BILL18, 100_000 * USD);
		Values::mutate(|values| values.max_daily_loss = Perbill::zero());
		Values::mutate(|values| values.hourly_limit = 100_000 * USD);
		idle_block();
		pass(HOUR);
		assert_eq!(offer(Buys).map(|offer| offer.price), Some(USD));
		assert_ok!(fill(Buys, 1_000 * USD));
		assert_eq!((bills_held(), Ledger::<Test>::get().offers.lost.used), (1_000 * USD, 0));
		// On its own side the vault loses nothing, and the path counts.
		assert_ok!(fill(Buys, 90_000 * USD));
		// 89 000 at 0.545 of the path, 3.46 bp below the oracle: 30.81 more.
		assert!((90_030 * USD..90_031 * USD).contains(&bills_held()), "{}", bills_held());
	});
}

#[test]
fn buffer_of_the_whole_should_sell_all_bills() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		with_bills(BILL18, 10_000 * USD);
		assert_ok!(fill(Buys, Balance::MAX));
		// Governance does this before it changes the token.
		Values::mutate(|values| values.liquidity_buffer = Perbill::one());
		assert_eq!(offer(Buys), None);
		assert_ok!(fill(Sells, 8_950 * USD));
		// What is left may be less than the smallest fill.
		let left = bills_held();
		assert!(left > 0 && left < 100 * USD);
		assert_noop!(fill(Sells, left / 2), Error::<Test>::BelowMinimumFill);
		assert_ok!(fill(Sells, Balance::MAX));
		assert_eq!((bills_held(), balance(BILL18, &Reserves::account_id())), (0, 0));
		assert_noop!(fill(Sells, 100 * USD), Error::<Test>::NothingOffered);
		// At the last price too.
		hold(BILL18, 60 * USD);
		idle_block();
		pass(HOUR);
		let idle = VaultIdle::get();
		assert_ok!(fill(Sells, Balance::MAX));
		let came = VaultIdle::get() - idle;
		assert!(came > 5_985 * USD / 100 && came < 5_986 * USD / 100, "{came}");
		assert_eq!(bills_held(), 0);
		assert_ok!(Reserves::set_treasury_bill(RuntimeOrigin::root(), None));
	});
}

#[test]
fn fill_should_leave_the_minimum_balance_of_the_token_or_nothing() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		with_bills(BILL18, 0);
		hold(BILL18, 1_000 * USD);
		// The token burns the rest in an account that holds less than half a bill.
		set_least(BILL18, USD / 2);
		Values::mutate(|values| values.liquidity_buffer = Perbill::one());
		// At the first price 1 001 pay for all, and ten cents less would leave ten cents.
		assert_ok!(fill(Sells, 1_001 * USD - USD / 10));
		assert_eq!(bills_held(), USD / 2);
		assert_eq!(balance(BILL18, &Reserves::account_id()), USD / 2);
		assert!(VaultIdle::get().abs_diff(1_001 * USD * 9_995 / 10_000) <= 2);
		assert_ok!(fill(Sells, USD));
		assert_eq!((bills_held(), balance(BILL18, &Reserves::account_id())), (0, 0));
		assert!(VaultIdle::get().abs_diff(1_001 * USD) <= 2);
	});
}

#[test]
fn fill_should_fail_when_the_issuer_freezes_the_bills() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		with_bills(BILL18, 0);
		hold(BILL18, 1_000 * USD);
		VaultWanted::set(&(500 * USD));
		let issuer = RuntimeOrigin::signed(TREASURY);
		assert_ok!(Assets::freeze(issuer.clone(), BILL18, Reserves::account_id()));
		assert_noop!(fill(Sells, 100 * USD), TokenError::Frozen);
		assert_ok!(Assets::thaw(issuer, BILL18, Reserves::account_id()));
		assert_ok!(fill(Sells, 100 * USD));
	});
}

#[test]
fn bills_should_not_count_when_the_issuer_takes_them() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		with_bills(BILL18, 0);
		hold(BILL18, 1_000 * USD);
		VaultWanted::set(&(500 * USD));
		assert_eq!(Reserves::value(), 1_000 * USD);
		let take = |amount| {
			Assets::burn(RuntimeOrigin::signed(TREASURY), BILL18, Reserves::account_id(), amount)
		};
		assert_ok!(take(400 * USD));
		assert!(Reserves::do_try_state().is_err());
		assert_eq!(Reserves::value(), 600 * USD);
		assert_eq!(Reserves::bills().map(|report| report.held), Some(600 * USD));
		// The next fill writes them off.
		assert_ok!(fill(Sells, 100 * USD));
		let lost = Event::BillsLost { bills: 400 * USD, held: 600 * USD };
		assert!(System::events().iter().any(|record| record.event == lost.clone().into()));
		assert_ok!(Reserves::do_try_state());
		// So does a change of the token once all bills are gone.
		assert_ok!(take(bills_held()));
		assert_eq!((Reserves::value(), Reserves::offers()), (0, vec![]));
		assert_ok!(Reserves::set_treasury_bill(RuntimeOrigin::root(), None));
		assert_eq!(bills_held(), 0);
	});
}

#[test]
fn bills_should_be_priced_since_a_time_when_their_price_is_not_older() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		assert!(Reserves::priced_since(u64::MAX));
		with_bills(BILL18, 0);
		assert!(Reserves::priced_since(u64::MAX));
		hold(BILL18, USD);
		assert!(Reserves::priced_since(START));
		assert!(!Reserves::priced_since(START + 1));
		pass(10);
		assert!(!Reserves::priced_since(START + 1));
		set_price(PRICED_BILL, Some(USD));
		assert!(Reserves::priced_since(START + 10));
	});
}

#[test]
fn bills_report_should_show_target_and_gap() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		with_bills(BILL, 10_000 * USD);
		VaultLent::set(&(20_000 * USD));
		VaultWanted::set(&(500 * USD));
		VaultNew::set(&(2_000 * USD));
		let report = Reserves::bills().expect("there are bills");
		assert_eq!((report.symbol.as_slice(), report.decimals), (&b"BILL"[..], 6));
		assert_eq!((report.idle, report.target), (10_000 * USD, 3_500 * USD));
		assert_eq!((report.spare, report.missing), (6_500 * USD, 0));
		assert_eq!(report.long_idle, 8_000 * USD);
		assert_eq!((report.price, report.price_at), (Some(USD), Some(START)));
		assert_eq!(report.annual_yield, None);
		assert!(!report.stale);
		assert_eq!((report.held, report.value), (0, 0));
		VaultWanted::set(&(8_000 * USD));
		let report = Reserves::proof_of_reserves().bills.expect("there are bills");
		assert_eq!((report.spare, report.missing), (0, 1_000 * USD));
	});
}
