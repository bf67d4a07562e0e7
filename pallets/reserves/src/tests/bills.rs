// SPDX-License-Identifier: Apache-2.0

use super::mock::*;
use crate::{types::TreasuryBill, Error, Event};
use caliber_primitives::{traits::TreasuryBills, Balance, USD};
use polkadot_sdk::{
	frame_support::{
		assert_noop, assert_ok,
		traits::{fungibles::Mutate, tokens::Preservation},
	},
	sp_runtime::{traits::BadOrigin, DispatchResult, Perbill},
};

fn bill(haircut: Perbill) -> TreasuryBill<u32> {
	TreasuryBill { asset: BILL, priced_asset: 3, haircut }
}

fn value() -> Balance {
	<Reserves as TreasuryBills>::value()
}

/// Bring bills to the vault.
fn fund(units: Balance) -> DispatchResult {
	<Assets as Mutate<_>>::transfer(BILL, &ALICE, &VAULT, units, Preservation::Expendable)?;
	Ok(())
}

fn set(haircut: Perbill) {
	assert_ok!(Reserves::set_treasury_bill(RuntimeOrigin::root(), Some(bill(haircut))));
}

#[test]
fn value_should_be_the_price_less_the_haircut_rounded_down() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(value(), 0);
		assert_ok!(fund(7 * UNIT));
		set_price(3, Some(102 * USD / 100));
		assert_eq!(value(), 0);
		set(Perbill::from_percent(5));
		// 7 * 1.02 * 0.95
		assert_eq!(value(), 6_783 * USD / 1_000);
		assert_eq!(Reserves::proof_of_reserves().treasury_bills, 6_783 * USD / 1_000);
		set_price(3, Some(1_020_000_000_000_000_001));
		// and 7 * 0.95 = 6.65 units more
		assert_eq!(value(), 6_783 * USD / 1_000 + 6);
		set(Perbill::zero());
		assert_eq!(value(), 714 * USD / 100 + 7);
		set(Perbill::one());
		assert_eq!(value(), 0);
	});
}

#[test]
fn value_should_be_nothing_while_the_price_is_not_fresh() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(fund(7 * UNIT));
		set(Perbill::zero());
		assert_eq!(value(), 0);
		set_price(3, Some(USD));
		assert_eq!(value(), 7 * USD);
		set_price(3, None);
		assert_eq!(value(), 0);
	});
}

#[test]
fn value_should_be_nothing_when_it_is_out_of_range() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(fund(7 * UNIT));
		set(Perbill::zero());
		set_price(3, Some(Balance::MAX));
		assert_eq!(value(), 0);
	});
}

#[test]
fn set_treasury_bill_should_be_for_the_admin() {
	ExtBuilder::default().build_and_execute(|| {
		let haircut = Perbill::from_percent(5);
		assert_noop!(
			Reserves::set_treasury_bill(RuntimeOrigin::signed(ALICE), Some(bill(haircut))),
			BadOrigin
		);
		set(haircut);
		assert_eq!(last_event(), Event::TreasuryBillSet { asset: BILL, priced_asset: 3, haircut });
		assert_ok!(Reserves::set_treasury_bill(RuntimeOrigin::root(), None));
		assert_eq!(last_event(), Event::TreasuryBillCleared);
		assert_eq!(crate::Bills::<Test>::get(), None);
	});
}

#[test]
fn set_treasury_bill_should_refuse_an_unknown_token() {
	ExtBuilder::default().build_and_execute(|| {
		let unknown = TreasuryBill { asset: 99, ..bill(Perbill::zero()) };
		assert_noop!(
			Reserves::set_treasury_bill(RuntimeOrigin::root(), Some(unknown)),
			Error::<Test>::UnknownAsset
		);
	});
}
