// SPDX-License-Identifier: Apache-2.0

//! Stand-in for the reserves: Treasury bills that a dealer trades.

use crate::tests::mock::*;
use caliber_primitives::{
	traits::{IdleFunds, TreasuryBills},
	Balance, Seconds,
};
use polkadot_sdk::{
	frame_support::parameter_types,
	sp_runtime::{DispatchResult, FixedU128, Perbill},
};

parameter_types! {
	/// The bills at their mark.
	pub static BillsValue: Balance = 0;
	/// What the bills count for above that when shares are bought; none while nobody knows.
	pub static BillsMarkedOff: Option<Balance> = Some(0);
	/// What a sale of bills loses.
	pub static BillsLoss: Perbill = Perbill::zero();
	/// True if no price came since the close.
	pub static BillsOld: bool = false;
	pub static BillsYield: Option<FixedU128> = None;
	/// True while the price of the bills is fresh.
	pub static BillsFresh: bool = true;
	/// Yield of the bills of which no fee has been taken.
	pub static BillsYieldDue: Balance = 0;
}

/// Sets the bills to none, which sell without a loss.
pub fn reset_bills() {
	BillsValue::set(0);
	BillsMarkedOff::set(Some(0));
	BillsLoss::set(Perbill::zero());
	BillsOld::set(false);
	BillsYield::set(None);
	BillsFresh::set(true);
	BillsYieldDue::set(0);
}

/// Stands where the reserves would.
pub struct MockBills;
impl TreasuryBills for MockBills {
	fn value() -> Balance {
		BillsValue::get()
	}

	fn value_for_deposits() -> Option<Balance> {
		BillsMarkedOff::get().map(|marked_off| BillsValue::get() + marked_off)
	}

	fn priced_since(_: Seconds) -> bool {
		!BillsOld::get()
	}

	fn is_fresh() -> bool {
		BillsFresh::get()
	}

	fn yield_due() -> Balance {
		BillsYieldDue::get()
	}

	fn settle_yield() {
		BillsYieldDue::set(0);
	}

	fn annual_yield() -> Option<FixedU128> {
		BillsYield::get()
	}
}

/// Sells bills of this value.
pub fn sell(value: Balance) -> DispatchResult {
	let got = (Perbill::one() - BillsLoss::get()).mul_floor(value);
	Vault::put_back(&DEALER, got, value)?;
	BillsValue::mutate(|bills| *bills -= value);
	Ok(())
}

/// Sells bills at their mark.
pub fn divest(amount: Balance) -> DispatchResult {
	BillsValue::mutate(|value| *value -= amount);
	Vault::put_back(&DEALER, amount, amount)
}

/// Buys bills with idle money.
pub fn invest(amount: Balance) -> DispatchResult {
	Vault::take(&DEALER, amount)?;
	BillsValue::mutate(|value| *value += amount);
	Ok(())
}
