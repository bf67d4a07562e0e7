// SPDX-License-Identifier: Apache-2.0

//! Violations that [`Pallet::do_try_state`](crate::Pallet::do_try_state) finds. INV-R1 and INV-R2
//! are tested with the proof of reserves too.

use super::mock::*;
use crate::{
	offers::OfferBook,
	types::{BillPriceCheckpoint, BillYield, FreezeRecord, Growth},
	BillPriceCheckpoints, BillPriceDays, BillYields, Bills, Claimed, Claims, Frozen, Inflows,
	Ledger, MintRateLimit, PayingBasket, PegFreezes, Stablecoins,
};
use caliber_primitives::{governance::Governed, Seconds, USD, USDAI};
use caliber_testkit::broken;
use polkadot_sdk::{
	frame_support::{assert_ok, traits::fungibles::Mutate},
	sp_core::H256,
	sp_runtime::Perbill,
};

/// Asserts that a violation made by `breaks` is found with `message`.
fn finds(message: &'static str, breaks: impl FnOnce()) {
	ExtBuilder::default().bill(bill(BILL, Perbill::zero())).build().execute_with(|| {
		accept_price(USD);
		pass(DAY);
		accept_price(USD);
		assert_ok!(send(BILL, &BOB, &Reserves::account_id(), UNIT));
		set_bills_held(UNIT);
		assert_eq!(broken(Reserves::do_try_state, breaks), message);
	});
}

#[test]
fn try_state_should_fail_when_bills_are_missing() {
	finds("INV-R6: bills held ≤ bills in the account", || set_bills_held(UNIT + 1));
	finds("INV-R5: bills held > 0 ⇒ token set", Bills::<Test>::kill);
}

#[test]
fn try_state_should_fail_when_an_offer_began_in_time_to_come() {
	let later = START + DAY + 1;
	let breaks: [fn(&mut OfferBook, Seconds); 5] = [
		|book, time| book.buys.since = Some(time),
		|book, time| book.sells.since = Some(time),
		|book, time| book.buys.filled.at = time,
		|book, time| book.sells.filled.at = time,
		|book, time| book.lost.at = time,
	];
	for breaks in breaks {
		finds("INV-R30: times of the offers ≤ now", || {
			Ledger::<Test>::mutate(|ledger| breaks(&mut ledger.offers, later));
		});
	}
}

#[test]
fn try_state_should_fail_when_checkpoints_are_out_of_place() {
	let today = u32::try_from(START / DAY).expect("a day is small") + 1;
	let checkpoint = |day, price| BillPriceCheckpoint { day, price, as_of: START };
	finds("INV-R7: slot of a checkpoint = day mod 91", || {
		BillPriceCheckpoints::<Test>::insert(today % 91, checkpoint(today - 2, USD));
	});
	finds("INV-R8: price of a checkpoint > 0", || {
		BillPriceCheckpoints::<Test>::insert(today % 91, checkpoint(today, 0));
	});
	finds("INV-R9: day of a checkpoint ≤ last checkpoint", || {
		let days = crate::types::CheckpointDays::first(today - 1);
		BillPriceDays::<Test>::put(days);
	});
	finds("INV-R10: last checkpoint is stored", || {
		BillPriceDays::<Test>::mutate(|days| {
			days.as_mut().expect("days are kept").kept = 0b10;
		});
	});
	finds("INV-R10: day marked ⇔ its price is stored", || {
		BillPriceCheckpoints::<Test>::remove(today % 91)
	});
	finds("INV-R10: day marked ⇔ its price is stored", || {
		let early = checkpoint(today - 5, USD);
		BillPriceCheckpoints::<Test>::insert(early.day % 91, early);
	});
	finds("INV-R11: checkpoint stored ⇒ token set", || {
		set_bills_held(0);
		Bills::<Test>::kill();
	});
}

#[test]
fn try_state_should_fail_when_the_yield_of_the_bills_is_out_of_place() {
	finds("INV-R31: highest price of the bills ⇒ token set", || {
		set_bills_held(0);
		BillPriceDays::<Test>::kill();
		let _ = BillPriceCheckpoints::<Test>::clear(91, None);
		Bills::<Test>::kill();
	});
	let breaks: [(_, fn(&mut BillYield)); 4] = [
		("INV-R31: day of prices ⇒ highest price", |yields| yields.highest = None),
		("INV-R32: highest price > 0, lowest price of the day > 0", |yields| {
			yields.highest = Some(0);
		}),
		("INV-R32: highest price > 0, lowest price of the day > 0", |yields| {
			yields.day.as_mut().expect("a price was accepted").lowest = 0;
		}),
		("INV-R32: begin of the day of prices ≤ now", |yields| {
			yields.day.as_mut().expect("a price was accepted").since = START + DAY + 1;
		}),
	];
	for (message, breaks) in breaks {
		finds(message, || BillYields::<Test>::mutate(breaks));
	}
}

#[test]
fn try_state_should_fail_when_an_account_of_the_chain_has_a_freeze() {
	for who in [VAULT, Reserves::account_id(), Psm::psm_account(&USDAI)] {
		finds("INV-R12: no account of the chain has a freeze", || {
			let frozen = Governed::new(false);
			let record = FreezeRecord { since: START, reason: H256::zero(), frozen };
			Frozen::<Test>::insert(who, record);
		});
	}
}

#[test]
fn try_state_should_fail_when_a_limit_is_of_the_future() {
	let ahead = Growth { reference: 0, at: START + DAY + 1 };
	finds("INV-R13: time of a limit ≤ now", || MintRateLimit::<Test>::put(ahead));
	finds("INV-R13: time of a limit ≤ now", || Inflows::<Test>::insert(USDC, ahead));
}

#[test]
fn try_state_should_fail_when_stablecoins_are_not_those_of_the_psm() {
	finds("INV-R4: stablecoins with a priced asset = externals of the PSM", || {
		Stablecoins::<Test>::insert(20, 5);
	});
	finds("INV-R4: stablecoins with a priced asset = externals of the PSM", || {
		Stablecoins::<Test>::remove(USDC);
	});
	finds("INV-R21: freezes, inflows and stops are of stablecoins of the peg", || {
		PegFreezes::<Test>::insert(BILL, START);
	});
}

#[test]
fn try_state_should_fail_when_the_minimum_balance_is_not_beside_the_debt() {
	finds("INV-R20: balance of a stablecoin ≥ debt against it + its minimum balance", || {
		assert_ok!(mint(USDT, 10 * USD));
		assert_ok!(send(USDT, &peg_account(), &ALICE, 1));
	});
}

#[test]
fn try_state_should_fail_when_claims_are_not_covered() {
	finds("INV-R22: claim ≥ least claim", || Claims::<Test>::insert(USDC, ALICE, 1));
	finds("INV-R22: sum of the claims on a stablecoin = what is claimed of it", || {
		Claims::<Test>::insert(USDC, ALICE, USD);
	});
	finds("INV-R23: sum of all claims ≤ USDai in the account of the claims", || {
		Claims::<Test>::insert(USDC, ALICE, USD);
		Claimed::<Test>::insert(USDC, USD);
	});
	finds("INV-R24: no basket is paid between calls", || PayingBasket::<Test>::put(()));
}

#[test]
fn try_state_should_fail_when_supply_or_reserves_are_wrong() {
	finds("INV-R1: supply ≤ PSM debt", || {
		assert_ok!(Assets::mint_into(USDAI, &ALICE, 1));
	});
	finds("INV-R2: balance of a stablecoin ≥ debt against it", || {
		assert_ok!(mint(USDT, 10 * USD));
		assert_ok!(send(USDT, &peg_account(), &ALICE, 1 + MINIMUM));
	});
}
