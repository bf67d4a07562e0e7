// SPDX-License-Identifier: Apache-2.0

//! Marks of the Treasury bills on the real vault: who buys shares gains nothing by trades of bills.
//! Also, the reserves know every pool.

#![allow(missing_docs)]

mod common;

use caliber_primitives::{governance::values::ReserveValue, reserves::BillSide, USD};
use caliber_runtime::{
	genesis_config_presets as presets, invariants, AccountId, Balance, Runtime, RuntimeCall,
	RuntimeOrigin, System, Vault,
};
use common::{bills::*, peg::*, *};
use pallet_caliber_governance::Change;
use pallet_caliber_reserves::PoolAccounts;
use pallet_caliber_vault::Call;
use polkadot_sdk::{
	frame_support::assert_ok,
	sp_keyring::Sr25519Keyring as Keyring,
	sp_runtime::{traits::Dispatchable, Perbill},
};
use BillSide::{Buys, Sells};

const MILLION: Balance = 1_000_000 * USD;
const PRICE: Balance = 100 * USD;

fn mallory() -> AccountId {
	account(Keyring::Alice)
}

fn set(values: Vec<ReserveValue>) {
	let changes: Vec<_> = values.into_iter().map(Change::Reserves).collect();
	let set = pallet_caliber_governance::Call::set { changes: changes.try_into().unwrap() };
	assert_ok!(RuntimeCall::from(set).dispatch(RuntimeOrigin::root()));
}

/// Saves a hundred millions, for which USDC comes in that no limit counts.
fn save_hundred_millions(who: &AccountId) {
	let block = System::block_number();
	System::set_block_number(0);
	give(&presets::usdc(), who, 100_000_001 * UNIT);
	submit_ok(who, mint(&presets::usdc(), 100_000_000 * UNIT));
	System::set_block_number(block);
	submit_ok(who, Call::deposit { assets: 100 * MILLION, min_shares: 0 });
}

/// Returns the worth of the shares of an account for redemptions.
fn worth(who: &AccountId) -> Balance {
	let nav = Vault::nav();
	let price = nav.for_redemptions / (nav.shares / USD);
	susdai_of(who) / USD * price
}

/// A vault of a hundred millions has bought fifty of bills, with a haircut of 20 bp. The thief brings a
/// hundred millions for shares before the bills are sold, at the oracle's price. With the haircut in
/// its price, 0.999, it would have 100.1 millions of shares, and 50 000 of what the others brought.
#[test]
fn depositor_should_gain_nothing_when_bills_are_sold_that_were_marked_down() {
	run_live(|| {
		// Trades at the oracle's price, of any size.
		set(vec![
			ReserveValue::HourlyLimit(100 * MILLION),
			ReserveValue::OfferStart(Perbill::zero()),
			ReserveValue::MaxSellDiscount(Perbill::zero()),
			ReserveValue::MaxBuyPremium(Perbill::zero()),
		]);
		give(&presets::tbill(), &dealer(), 500_000 * USD);
		feed_bill(PRICE);
		save_hundred_millions(&saver());
		set_time(START + 4 * DAY);
		feed_bill(PRICE);
		let before = Vault::nav().deposit_price;
		submit_ok(&dealer(), fill(Buys, 50 * MILLION));
		assert_eq!(bills_held(), 500_000 * USD);
		// The purchase moves the redemption price alone.
		let nav = Vault::nav();
		assert_eq!(nav.deposit_price, before);
		assert_eq!((nav.for_deposits, nav.for_redemptions), (100 * MILLION, 99_900_000 * USD));

		save_hundred_millions(&mallory());
		assert_eq!(susdai_of(&mallory()), 100 * MILLION);
		let before = Vault::nav().deposit_price;
		set(vec![ReserveValue::LiquidityBuffer(Perbill::one())]);
		submit_ok(&dealer(), fill(Sells, 50 * MILLION));
		assert_eq!(bills_held(), 0);
		let nav = Vault::nav();
		assert_eq!((nav.for_redemptions, nav.deposit_price), (200 * MILLION, before));
		assert_eq!((worth(&mallory()), nav.shares), (100 * MILLION, 200 * MILLION));
		// The saver's first shares are locked for ever.
		assert_eq!(susdai_of(&saver()), 100 * MILLION - 1_000_000);
	});
}

/// A pool that the reserves do not know could be frozen, with all who provide for it.
#[test]
fn invariants_should_find_a_pool_that_the_reserves_do_not_know() {
	run_live(|| {
		assert_ok!(invariants::check());
		let pool = PoolAccounts::<Runtime>::iter_keys().next().expect("the genesis makes a pool");
		PoolAccounts::<Runtime>::remove(&pool);
		assert_eq!(invariants::check(), Err("INV-P1: a pool without its account".into()));
		PoolAccounts::<Runtime>::insert(&pool, ());
		PoolAccounts::<Runtime>::insert(mallory(), ());
		assert_eq!(invariants::check(), Err("INV-P1: an account without its pool".into()));
		PoolAccounts::<Runtime>::remove(mallory());
	});
}
