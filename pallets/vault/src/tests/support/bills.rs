// SPDX-License-Identifier: Apache-2.0

//! Stand-in for the reserves: Treasury bills that a dealer trades.

use crate::tests::mock::*;
use caliber_primitives::{
	traits::{IdleFunds, TreasuryBills},
	Balance,
};
use polkadot_sdk::{
	frame_support::parameter_types,
	sp_runtime::{DispatchResult, FixedU128, Perbill},
};

parameter_types! {
	/// The bills at their mark. They are sold at it, less what `BillsLoss` says.
	pub static BillsValue: Balance = 0;
	/// What the bills count for above that when shares are bought; none while nobody knows.
	pub static BillsMarkedOff: Option<Balance> = Some(0);
	/// What a sale of bills loses.
	pub static BillsLoss: Perbill = Perbill::zero();
	/// The most that one sale brings.
	pub static BillsLimit: Balance = Balance::MAX;
	pub static BillsYield: Option<FixedU128> = None;
}

/// Sets the bills to none, which sell without a loss and without a limit.
pub fn reset_bills() {
	BillsValue::set(0);
	BillsMarkedOff::set(Some(0));
	BillsLoss::set(Perbill::zero());
	BillsLimit::set(Balance::MAX);
	BillsYield::set(None);
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

	fn divest(wanted: Balance) -> Balance {
		let kept = Perbill::one() - BillsLoss::get();
		let sold = BillsValue::get().min(kept.saturating_reciprocal_mul_ceil(wanted));
		let got = kept.mul_floor(sold).min(BillsLimit::get());
		if got == 0 || Vault::put_back(&DEALER, got).is_err() {
			return 0;
		}
		BillsValue::mutate(|value| *value -= sold);
		got
	}

	fn annual_yield() -> Option<FixedU128> {
		BillsYield::get()
	}
}

/// Buy bills with idle money.
pub fn invest(amount: Balance) -> DispatchResult {
	Vault::take(&DEALER, amount)?;
	BillsValue::mutate(|value| *value += amount);
	Ok(())
}
