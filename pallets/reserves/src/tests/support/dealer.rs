// SPDX-License-Identifier: Apache-2.0

//! Fills of the vault's offers, and a dealer who fills those that pay.

use crate::tests::mock::*;
use caliber_primitives::{
	reserves::{BillOffer, BillSide},
	Balance, USD,
};
use polkadot_sdk::{
	frame_support::{assert_ok, storage::with_storage_layer, traits::Hooks, weights::Weight},
	sp_runtime::{DispatchResult, Perbill},
};

/// Sets bills at one dollar without a haircut, gives the vault `idle` USDai that has lain long, and
/// the dealer a hundred thousand.
pub fn with_bills(token: u32, idle: Balance) {
	with_marked_bills(token, idle, Perbill::zero());
}

/// Does the same with a haircut.
pub fn with_marked_bills(token: u32, idle: Balance, haircut: Perbill) {
	let set = Reserves::set_treasury_bill(RuntimeOrigin::root(), Some(bill(token, haircut)));
	assert_ok!(set);
	set_price(PRICED_BILL, Some(USD));
	if idle > 0 {
		fund_vault(idle);
	}
	issue(&DEALER, 100_000 * USD);
}

/// Adds bills to those held, as if they had been bought.
pub fn hold(token: u32, amount: Balance) {
	assert_ok!(send(token, &BOB, &Reserves::account_id(), amount));
	set_bills_held(bills_held() + amount);
}

/// Runs the idle work of a block.
pub fn idle_block() {
	let block = System::block_number();
	let nothing = <Reserves as Hooks<_>>::on_idle(block, Weight::from_parts(1, 1));
	assert_eq!(nothing, Weight::zero());
	let used = <Reserves as Hooks<_>>::on_idle(block, Weight::MAX);
	assert!(used.all_gt(Weight::zero()));
}

/// Returns the vault's offer on a side.
pub fn offer(side: BillSide) -> Option<BillOffer> {
	let offers = Reserves::offers();
	assert!(offers.len() <= 1, "the vault never buys and sells at once");
	offers.into_iter().find(|offer| offer.side == side)
}

/// Fills an offer by the dealer, at any price.
pub fn fill(side: BillSide, amount: Balance) -> DispatchResult {
	let limit = match side {
		BillSide::Buys => 0,
		BillSide::Sells => Balance::MAX,
	};
	fill_by(&DEALER, side, amount, limit)
}

/// Fills an offer at a limit. What fails changes nothing.
pub fn fill_by(who: &AccountId, side: BillSide, amount: Balance, limit: Balance) -> DispatchResult {
	let signed = RuntimeOrigin::signed(who.clone());
	with_storage_layer(|| Reserves::fill_offer(signed, side, amount, limit))
}

/// Lets the dealer fill what pays it `spread` at least, with as much as does. Returns the USDai
/// filled.
pub fn deal(spread: Perbill) -> Balance {
	let mut filled = 0;
	for side in [BillSide::Buys, BillSide::Sells] {
		let Some(offer) = offer(side) else { continue };
		let margin = spread * offer.oracle_price;
		let limit = match side {
			BillSide::Buys => offer.oracle_price + margin,
			BillSide::Sells => offer.oracle_price - margin,
		};
		// A half of the amount has better terms than the whole.
		let mut amount = offer.amount;
		while amount >= offer.min_fill {
			let before = VaultIdle::get();
			if fill_by(&DEALER, side, amount, limit).is_ok() {
				filled += VaultIdle::get().abs_diff(before);
				break;
			}
			amount = amount * 4 / 5;
		}
	}
	filled
}
