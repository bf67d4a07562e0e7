// SPDX-License-Identifier: Apache-2.0

//! The vault's offers of Treasury bills on the real vault: who moves its money, and at which price.

#![allow(missing_docs)]

mod common;

use caliber_primitives::{
	appraisal::OracleKey, governance::values::ReserveValue, reserves::BillSide, USD,
};
use caliber_runtime::{
	genesis_config_presets as presets, AccountId, Balance, Runtime, RuntimeCall, RuntimeOrigin,
	System, Vault,
};
use common::{bills::*, *};
use pallet_caliber_governance::Change;
use pallet_caliber_reserves::Error;
use pallet_caliber_vault::{Call, Error as VaultError};
use polkadot_sdk::{
	frame_support::assert_ok,
	pallet_asset_conversion,
	sp_keyring::Sr25519Keyring as Keyring,
	sp_runtime::{traits::Dispatchable, Perbill},
};
use BillSide::{Buys, Sells};

const MILLION: Balance = 1_000_000 * USD;
const HOUR: u64 = 3_600;
/// A dealer wants so much when bills are sold, and when they are bought.
const FIVE_POINTS: Perbill = Perbill::from_parts(500_000);
const ONE_POINT: Perbill = Perbill::from_parts(100_000);
const PRICE: Balance = 100 * USD;
/// Shares that are queued.
const QUEUED: Balance = MILLION / 5;

fn newcomer() -> AccountId {
	account(Keyring::Alice)
}

fn deposit(who: &AccountId, assets: Balance) {
	buy_usdai(who, assets / USD);
	submit_ok(who, Call::deposit { assets, min_shares: 0 });
}

fn request(who: &AccountId, shares: Balance) {
	submit_ok(who, Call::request_redemption { shares, least_price: None });
}

/// Runs a test with a vault of five millions, of which the dealer has sold bills for nine tenths.
fn with_bills(test: impl FnOnce()) {
	run_live(|| {
		// Ten millions come in within a day: the peg's limits of a day are not the subject.
		let changes = vec![
			Change::Reserves(ReserveValue::MintLimitFloor(50 * MILLION)),
			Change::Reserves(ReserveValue::InflowFloor(50 * MILLION)),
		];
		let set = pallet_caliber_governance::Call::set { changes: changes.try_into().unwrap() };
		assert_ok!(RuntimeCall::from(set).dispatch(RuntimeOrigin::root()));
		buy_usdai(&dealer(), 5_000_000);
		feed_bill(PRICE);
		deposit(&saver(), 5 * MILLION);
		set_time(START + 4 * DAY);
		deal_for(8 * HOUR, PRICE, ONE_POINT);
		assert!(Vault::nav().idle <= MILLION / 2 + 101 * USD, "{}", Vault::nav().idle);
		test();
	});
}

/// With the shipped values the bills lie within hours, at a few basis points, once the money has
/// lain idle for three days; and never before.
#[test]
fn idle_money_should_be_placed_within_hours_when_it_has_lain_three_days() {
	run_live(|| {
		feed_bill(PRICE);
		deposit(&saver(), MILLION);
		for time in [START + 6, START + DAY, START + 4 * DAY - 1] {
			set_time(time);
			feed_bill(PRICE);
			idle_block();
			assert_eq!(offer(Buys), None);
			submit_err(&dealer(), fill(Buys, 1_000 * USD), Error::<Runtime>::NothingOffered);
		}
		set_time(START + 4 * DAY);
		deal_for(3 * HOUR, PRICE, ONE_POINT);
		assert!(Vault::nav().idle <= 100_101 * USD, "{}", Vault::nav().idle);
		// 900 000 at 2 bp, and the haircut of 20 bp.
		let cost = MILLION - assets();
		assert!((1_885 * USD..=1_980 * USD).contains(&cost), "{cost}");
	});
}

/// A saver asks to leave and takes it back, to make the vault sell bills and buy them again.
#[test]
fn request_should_move_no_bill_when_it_can_be_cancelled() {
	with_bills(|| {
		let ends_at = Vault::window().reveal_from;
		for before in [DAY, HOUR, 600, 1] {
			set_time(ends_at - before);
			feed_bill(PRICE);
			let held = bills_held();
			let id = pallet_caliber_vault::NextRequestId::<Runtime>::get();
			request(&saver(), 2 * MILLION);
			note_offers();
			for side in [Buys, Sells] {
				submit_err(&dealer(), fill(side, 1_000 * USD), Error::<Runtime>::NothingOffered);
			}
			submit_ok(&saver(), Call::cancel_request { id });
			assert_eq!((bills_held(), common::bills::offer(Sells)), (held, None));
		}
		// What cannot be cancelled any more is sold for.
		request(&saver(), 2 * MILLION);
		set_time(ends_at);
		feed_bill(PRICE);
		let offer = offer(Sells).expect("bills are offered");
		assert_eq!((offer.amount, offer.for_queue), (MILLION, MILLION));
	});
}

/// A newcomer brings money for some days, so that the vault buys bills above the oracle's price from
/// an accomplice.
#[test]
fn newcomer_should_make_the_vault_buy_nothing_for_three_days() {
	with_bills(|| {
		set_time(START + 5 * DAY);
		feed_bill(PRICE);
		let held = bills_held();
		deposit(&newcomer(), 9 * MILLION);
		for time in [START + 5 * DAY + 6, START + 7 * DAY, START + 9 * DAY - 1] {
			set_time(time);
			feed_bill(PRICE);
			note_offers();
			submit_err(&dealer(), fill(Buys, 100 * USD), Error::<Runtime>::NothingOffered);
		}
		assert_eq!(bills_held(), held);
		// Then the accomplice sells as much as it can. A day takes no more than 2 bp of the vault.
		let before = assets();
		set_time(START + 9 * DAY);
		deal_for(DAY, PRICE, Perbill::zero());
		let bought = bills_held() - held;
		assert!(bought > 80_000 * USD);
		let haircut = bought / 1_000 * 100 * 2;
		let lost = before - assets() - haircut;
		assert!(lost <= before / 5_000, "{lost} of {before}");
	});
}

/// The queue is paid out of bills, hour by hour after the close. A pool that somebody moves, or that
/// nobody moves back, changes neither an offer nor what a settlement pays.
#[test]
fn queue_should_be_paid_by_bills_hour_by_hour_and_no_pool_should_count() {
	with_bills(|| {
		request(&saver(), 3 * MILLION);
		let closes_at = Vault::window().closes_at;
		set_time(closes_at);
		feed_bill(PRICE);
		note_offers();
		// A pool in which a bill costs a dollar.
		let (dealer, bill) = (dealer(), presets::tbill());
		let pair = || (Box::new(usdai()), Box::new(bill.clone()));
		let (asset1, asset2) = pair();
		submit_ok(&dealer, pallet_asset_conversion::Call::create_pool { asset1, asset2 });
		let (asset1, asset2) = pair();
		let before = offer(Sells);
		submit_ok(
			&dealer,
			pallet_asset_conversion::Call::add_liquidity {
				asset1,
				asset2,
				amount1_desired: 10_000 * USD,
				amount2_desired: 10_000 * USD,
				amount1_min: 0,
				amount2_min: 0,
				mint_to: dealer.clone(),
			},
		);
		assert_eq!(offer(Sells), before);
		let (mut sold, price) = (bills_held(), Vault::nav().redemption_price);
		for hour in 1..=3 {
			deal_for(HOUR, PRICE, FIVE_POINTS);
			let left = bills_held();
			assert!(sold > left, "nothing was sold in hour {hour}");
			sold = left;
		}
		assert!(Vault::nav().idle >= 2_995_000 * USD, "{}", Vault::nav().idle);
		// A round over the lines comes first.
		turn_round();
		assert_ok!(RuntimeCall::from(Call::start_settlement {}).dispatch(signed(&newcomer())));
		let nav = Vault::nav();
		// All are served, at a price that sales have not lowered: they lose less than the haircut.
		assert!(nav.redemption_price >= price);
		assert_eq!(nav.shares, susdai_of(&saver()) + 1_000_000);
	});
}

/// Reports a price of the bills by some of the operators, in a block of its own.
fn feed_bill_by(operators: &[AccountId], price: Balance) {
	System::set_block_number(System::block_number() + 1);
	let values = vec![(OracleKey::Price(presets::PRICED_TBILL), price)];
	for operator in operators {
		let values = values.clone().try_into().unwrap();
		submit_ok(operator, pallet_caliber_appraisal::Call::feed { values });
	}
}

/// Queues 200 000 shares of the saver, for which enough lies idle. Returns the close of the window,
/// and what the shares are worth when nobody can cancel any more.
fn queued() -> (u64, Balance) {
	request(&saver(), QUEUED);
	let window = Vault::window();
	set_time(window.reveal_from);
	feed_bill(PRICE);
	(window.closes_at, Vault::preview_redeem(QUEUED).unwrap())
}

/// Starts the settlement by somebody else, and serves the saver. Returns what it has then.
fn served() -> Balance {
	submit_ok(&newcomer(), Call::start_settlement {});
	submit_ok(&newcomer(), Call::settle { max_requests: 10 });
	let before = usdai_of(&saver());
	submit_ok(&saver(), Call::claim { id: 0, amount: None });
	usdai_of(&saver()) - before
}

/// One of three operators keeps silent when the window closes. Without it there is no fresh price, and
/// the bills, nine tenths of the vault, are marked down by 2 %, for those who cannot leave any more.
#[test]
fn silent_operator_should_take_nothing_from_who_is_queued() {
	// It speaks again before the raising period is over: the settlement has waited for it.
	with_bills(|| {
		let (close, fair) = queued();
		set_time(close);
		feed_bill_by(&operators()[1..], PRICE);
		assert!(Vault::preview_redeem(QUEUED).unwrap() < fair * 983 / 1_000);
		turn_round();
		let early = || VaultError::<Runtime>::PriceAwaited;
		submit_err(&newcomer(), Call::start_settlement {}, early());
		set_time(close + DAY - 1);
		submit_err(&newcomer(), Call::start_settlement {}, early());
		feed_bill(PRICE);
		assert_eq!(served(), fair);
	});
	// It does not: nobody is kept from leaving, for less than 2 %, and those who stay have it.
	with_bills(|| {
		let (close, fair) = queued();
		set_time(close + DAY);
		feed_bill_by(&operators()[1..], PRICE);
		turn_round();
		let paid = served();
		assert!(paid < fair && paid > fair * 98 / 100, "{paid} of {fair}");
		feed_bill(PRICE);
		assert!(Vault::preview_redeem(QUEUED).unwrap() > fair);
	});
}

/// One key of three reports any price at the close, in the block of the start and in the one before.
#[test]
fn one_operators_price_should_move_nothing_at_a_close() {
	for price in [1, PRICE / 2, 2 * PRICE] {
		for between in [0, 6] {
			with_bills(|| {
				let (close, fair) = queued();
				set_time(close);
				feed_bill(PRICE);
				turn_round();
				let before = Vault::nav();
				feed_bill_by(&operators()[..1], price);
				set_time(close + between);
				let after = Vault::nav();
				assert_eq!(after.redemption_price, before.redemption_price);
				assert_eq!(after.deposit_price, before.deposit_price);
				assert_eq!(served(), fair);
			});
		}
	}
}

/// On the development chain a day of idle money takes twelve seconds, and the dealer of its genesis
/// fills at once.
#[test]
fn dealer_of_the_development_chain_should_place_and_buy_bills() {
	run(|| {
		feed_bill(PRICE);
		deposit(&saver(), 400_000 * USD);
		set_time(now() + 24);
		idle_block();
		submit_ok(&dealer(), fill(Buys, MILLION));
		// A thousandth below the oracle's price.
		assert_eq!(bills_held(), 3_603_603_603_603_603_603_604);
		let shares = susdai_of(&saver());
		request(&saver(), shares / 2);
		set_time(Vault::window().closes_at);
		feed_bill(PRICE);
		submit_ok(&dealer(), fill(Sells, MILLION));
		let before = usdai_of(&saver());
		idle_block();
		idle_block();
		// The block pays out, and the request is gone.
		let paid = usdai_of(&saver()) - before;
		assert!(paid >= 199_000 * USD, "{paid}");
	});
}
