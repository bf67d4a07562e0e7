// SPDX-License-Identifier: Apache-2.0

//! The value of the Treasury bills.

use super::{amount, FungiblesOf};
use crate::{Bills, Config, Pallet};
use caliber_math::{mul_div, Rounding, PPB};
use caliber_primitives::{
	traits::{PriceSource, TreasuryBills},
	Balance,
};
use polkadot_sdk::frame_support::traits::{
	fungibles::{metadata::Inspect as _, Inspect as _},
	Get,
};

impl<T: Config> TreasuryBills for Pallet<T> {
	fn value() -> Balance {
		Self::marked_value().unwrap_or_default()
	}
}

impl<T: Config> Pallet<T> {
	/// `floor(balance · price · (1 − haircut))`; none without bills or without a fresh price.
	fn marked_value() -> Option<Balance> {
		let bill = Bills::<T>::get()?;
		let (price, _) = T::Prices::price(bill.priced_asset).ok()?;
		let decimals = FungiblesOf::<T>::decimals(bill.asset.clone());
		let balance = amount::<T>(FungiblesOf::<T>::balance(bill.asset, &T::BillsAccount::get()));

		let kept = PPB.checked_sub(bill.haircut.deconstruct())?;
		let mark = price.checked_mul(kept.into())?;
		let unit = 10u128.checked_pow(decimals.into())?.checked_mul(PPB.into())?;
		mul_div(balance, mark, unit, Rounding::Down).ok()
	}
}
