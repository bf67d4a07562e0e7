// SPDX-License-Identifier: Apache-2.0

//! Balances, and what must be true of them.

use crate::{tests::mock::*, Auctions, BookTotals, HoldReason, Lines, Totals};
use caliber_primitives::{Balance, USDAI};
use caliber_testkit as testkit;
use polkadot_sdk::{frame_support::traits::fungible::InspectHold, pallet_assets};
use std::collections::BTreeMap;

pub fn usd(who: AccountId) -> Balance {
	testkit::balance::<Test>(USDAI, &who)
}

pub fn junior_held(who: AccountId) -> Balance {
	UsdAiHold::balance_on_hold(&HoldReason::JuniorCapital.into(), &who)
}

pub fn deposit_held(who: AccountId) -> Balance {
	testkit::held::<Test>(HoldReason::LineDeposit, &who)
}

/// Every USDai there is: free, on hold, anyone's.
pub fn everything() -> Balance {
	pallet_assets::Account::<Test>::iter_prefix(USDAI)
		.map(|(who, account)| account.balance + UsdAiHold::total_balance_on_hold(&who))
		.sum()
}

/// What must be true after every test and every step of one.
pub fn check_all() {
	Credit::do_try_state().expect("the invariants of the pallet hold");
	assert_eq!(Credit::senior_principal(), SeniorPrincipal::get());
	assert_eq!(totals().bad_debt, SeniorBadDebt::get());
	check_bid_holds();
	for who in [CURATOR, OTHER_CURATOR] {
		let lines = Lines::<Test>::iter_values().filter(|line| line.curator == who).count();
		let deposits = LineDeposit::get() * lines as Balance;
		assert_eq!(deposit_held(who), deposits, "a deposit for each line");
	}
}

/// Nobody has more on hold for bids, or less, than it has best bids: whoever was outbid, or whose
/// auction is over, has nothing on hold.
fn check_bid_holds() {
	let mut best = BTreeMap::<AccountId, Balance>::new();
	for bid in Auctions::<Test>::iter_values().filter_map(|auction| auction.best) {
		*best.entry(bid.bidder).or_default() += bid.amount;
	}
	let people = (ADMIN..=COMMITTEE).chain([Credit::account_id()]);
	for who in people.chain(best.keys().copied()) {
		let held = UsdAiHold::balance_on_hold(&HoldReason::AuctionBid.into(), &who);
		assert_eq!(held, best.get(&who).copied().unwrap_or(0), "the bids of {who}");
	}
}

/// The sums over all lines.
pub fn totals() -> BookTotals {
	Totals::<Test>::get()
}
