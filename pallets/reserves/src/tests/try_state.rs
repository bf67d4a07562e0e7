// SPDX-License-Identifier: Apache-2.0

//! Violations that [`Pallet::do_try_state`](crate::Pallet::do_try_state) finds. INV-R1 and INV-R2
//! are tested with the proof of reserves too.

use super::mock::*;
use crate::{
	types::{BillPriceCheckpoint, FreezeRecord, MintPeriod},
	BillPriceCheckpoints, BillPriceDays, Bills, Frozen, MintRateLimit, Stablecoins,
};
use caliber_primitives::{governance::Governed, USD, USDAI};
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
fn try_state_should_fail_when_a_mint_period_has_no_length() {
	finds("INV-R13: start of a mint period < its end", || {
		MintRateLimit::<Test>::put(MintPeriod { since: START, until: START, supply: 0 });
	});
}

#[test]
fn try_state_should_fail_when_too_many_stablecoins_have_a_priced_asset() {
	finds("INV-R4: stablecoins with a priced asset ≤ externals of the PSM", || {
		for asset in 20..24 {
			Stablecoins::<Test>::insert(asset, 5);
		}
	});
}

#[test]
fn try_state_should_fail_when_supply_or_reserves_are_wrong() {
	finds("INV-R1: supply ≤ PSM debt", || {
		assert_ok!(Assets::mint_into(USDAI, &ALICE, 1));
	});
	finds("INV-R2: balance of a stablecoin ≥ debt against it", || {
		assert_ok!(mint(USDT, 10 * USD));
		let peg = Psm::psm_account(&USDAI);
		assert_ok!(send(USDT, &peg, &ALICE, 1));
	});
}
