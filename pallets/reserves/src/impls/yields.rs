// SPDX-License-Identifier: Apache-2.0

//! The yield of the bills: checkpoints of their accepted prices, and the annual growth between
//! them.

use crate::{
	types::{BillPriceCheckpoint, CheckpointDays},
	BillPriceCheckpoints, BillPriceDays, Bills, Config, Event, Pallet, WeightInfo,
	BILL_PRICE_CHECKPOINTS,
};
use caliber_math::{annualised_growth, SECONDS_PER_DAY};
use caliber_primitives::{
	appraisal::{OracleKey, OracleValue},
	traits::{OnNewAppraisal, PriceSource, ReferenceRate},
	Seconds,
};
use polkadot_sdk::{frame_support::weights::Weight, sp_runtime::FixedU128};

/// Shortest time between two prices from which a yield is computed.
const MIN_SPAN: Seconds = 7 * SECONDS_PER_DAY;

impl<T: Config> OnNewAppraisal for Pallet<T> {
	/// Keeps the first price of a day.
	fn on_new_appraisal(key: &OracleKey, value: OracleValue, as_of: Seconds) {
		let OracleKey::Price(asset) = key else { return };
		let Ok(day) = u32::try_from(as_of / SECONDS_PER_DAY) else { return };
		let is_bill = || Bills::<T>::get().is_some_and(|bill| bill.priced_asset == *asset);
		if value == 0 || !is_bill() {
			return;
		}
		let days = match BillPriceDays::<T>::get() {
			Some(days) if days.last >= day => return,
			Some(days) => days.with(day),
			None => CheckpointDays::first(day),
		};
		BillPriceCheckpoints::<T>::insert(
			day % BILL_PRICE_CHECKPOINTS,
			BillPriceCheckpoint { day, price: value, as_of },
		);
		BillPriceDays::<T>::put(days);
		Self::deposit_event(Event::PriceKept { day, price: value });
	}

	fn weight() -> Weight {
		<T as Config>::WeightInfo::on_new_appraisal()
	}
}

impl<T: Config> ReferenceRate for Pallet<T> {
	fn reference_apr() -> Option<FixedU128> {
		Self::yield_of_prices()
	}
}

impl<T: Config> Pallet<T> {
	/// Returns the simple annual growth from the oldest checkpoint of the ninety days before the
	/// last price to that price, rounded down; zero if the price fell. Returns `None` while the two
	/// are less than seven days apart.
	pub(crate) fn yield_of_prices() -> Option<FixedU128> {
		let bill = Bills::<T>::get()?;
		let (price, at) = T::Prices::last_known(bill.priced_asset)?;
		let last = u32::try_from(at / SECONDS_PER_DAY).ok()?;
		let day = BillPriceDays::<T>::get()?.oldest_until(last)?;
		let first = BillPriceCheckpoints::<T>::get(day % BILL_PRICE_CHECKPOINTS)?;

		let span = at.checked_sub(first.as_of).filter(|span| *span >= MIN_SPAN)?;
		let rate = annualised_growth(first.price, price, span).ok()?;
		Some(FixedU128::from_inner(rate.max(0).unsigned_abs()))
	}
}
