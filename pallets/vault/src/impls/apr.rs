// SPDX-License-Identifier: Apache-2.0

//! Annual rates of a share.
//!
//! Realised figures come from the redemption price, at which savers leave: it moves by interest
//! when it is received and earned, by the bills, and by losses when they are expected. The price of
//! each day is in its record.

use crate::{types::Value, Config, Pallet};
use caliber_math::{annualised_growth, mul_div, Rounding, SECONDS_PER_YEAR, WAD};
use caliber_primitives::{
	governance::values::VaultValues, traits::TreasuryBills, vault::AprReport, Balance, ShareOf,
};
use polkadot_sdk::sp_runtime::{FixedI128, FixedU128, PerThing, Perbill};

/// Maximum of days by which a price may be older than the day asked for, if no block had room to
/// write that of the day.
const LATE_DAYS: u32 = 7;

impl<T: Config> Pallet<T> {
	/// Returns the annual rates of a share.
	pub(crate) fn apr_report(values: &VaultValues, value: &Value) -> AprReport {
		AprReport {
			realised_7: Self::realised(value, 7),
			realised_30: Self::realised(value, 30),
			realised_90: Self::realised(value, 90),
			forward: Self::forward(value, values.yield_fee),
			target: values.target_apr,
		}
	}

	/// Returns the annual growth of the redemption price since `days` ago, rounded down: from the
	/// price of that day or, if none was written then, the one before it.
	fn realised(value: &Value, days: u32) -> Option<FixedI128> {
		let now = Self::now();
		let day = Self::day_of(now)?.checked_sub(days)?;
		let from = (0..=LATE_DAYS).find_map(|late| Self::record_of_day(day.checked_sub(late)?))?;
		let (then, price) =
			(from.redemption_price.into_inner(), value.redemption_price.into_inner());
		let span = now.checked_sub(from.at)?;
		annualised_growth(then, price, span).ok().map(FixedI128::from_inner)
	}

	/// Returns the annual income of loans and bills, net of the fee, over the net asset value for
	/// deposits. Rounded down. Value moves with time: a loan that has paid ahead raises the deposit
	/// price by the second like any other, and one past its last due date has no interest a second.
	pub(crate) fn forward(value: &Value, yield_fee: Perbill) -> Option<FixedU128> {
		let interest = value.ledger.accrual.per_second.checked_mul(SECONDS_PER_YEAR.into())?;
		let kept = yield_fee.left_from_one().share_of(interest, Rounding::Down);
		let bills = Self::yield_of_bills(value.treasury_bills)?;
		let bills = yield_fee.left_from_one().share_of(bills, Rounding::Down);
		let income = kept.checked_add(bills)?;
		mul_div(income, WAD, value.for_deposits, Rounding::Down).ok().map(FixedU128::from_inner)
	}

	/// Returns the annual income of bills of this value: zero while their yield is unknown, as
	/// [`AprReport::forward`] says. Returns `None` on overflow.
	fn yield_of_bills(bills: Balance) -> Option<Balance> {
		let rate = T::Bills::annual_yield().unwrap_or_default();
		mul_div(bills, rate.into_inner(), WAD, Rounding::Down).ok()
	}
}
