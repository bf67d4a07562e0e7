// SPDX-License-Identifier: Apache-2.0

//! What the bills earn, by their accepted prices.

use super::excess;
use crate::{
	types::Checkpoint, Bills, Checkpoints, Config, Event, LastCheckpoint, Pallet, WeightInfo,
	CHECKPOINTS,
};
use caliber_math::{mul_div, Rounding, SECONDS_PER_YEAR, WAD};
use caliber_primitives::{
	appraisal::{OracleKey, OracleValue},
	traits::{OnNewAppraisal, PriceSource},
	Balance, Seconds,
};
use polkadot_sdk::{frame_support::weights::Weight, sp_runtime::FixedU128};

/// Seconds of a day.
const DAY: Seconds = 86_400;

/// The shortest time from which a year's yield is told.
const MIN_SPAN: Seconds = 7 * DAY;

impl<T: Config> OnNewAppraisal for Pallet<T> {
	/// Keep the first price of a day.
	fn on_new_appraisal(key: &OracleKey, value: OracleValue, as_of: Seconds) {
		let ours = |asset| Bills::<T>::get().is_some_and(|bill| bill.priced_asset == asset);
		let (OracleKey::Price(asset), Ok(day)) = (key, u32::try_from(as_of / DAY)) else {
			return;
		};
		if value == 0 || !ours(*asset) || LastCheckpoint::<T>::get().is_some_and(|last| last >= day)
		{
			return;
		}
		Checkpoints::<T>::insert(day % CHECKPOINTS, Checkpoint { day, price: value, as_of });
		LastCheckpoint::<T>::put(day);
		Self::deposit_event(Event::PriceKept { day, price: value });
	}

	fn weight() -> Weight {
		<T as Config>::WeightInfo::on_new_appraisal()
	}
}

impl<T: Config> Pallet<T> {
	/// From the oldest price kept of the ninety days before the last one to the last one, at least
	/// seven days: growth over time, in a year, simple, rounded down. Bills that have become cheaper
	/// yield nothing.
	pub(crate) fn yield_of_prices() -> Option<FixedU128> {
		let bill = Bills::<T>::get()?;
		let (price, at) = T::Prices::last_known(bill.priced_asset)?;
		let last = u32::try_from(at / DAY).ok()?;
		let oldest = last.saturating_sub(CHECKPOINTS - 1);
		let first = (oldest..=last).find_map(|day| {
			Checkpoints::<T>::get(day % CHECKPOINTS).filter(|checkpoint| checkpoint.day == day)
		})?;

		let span = at.checked_sub(first.as_of).filter(|span| *span >= MIN_SPAN)?;
		let growth = excess(price, first.price);
		let year = WAD.checked_mul(SECONDS_PER_YEAR.into())?;
		let base = first.price.checked_mul(Balance::from(span))?;
		mul_div(growth, year, base, Rounding::Down).ok().map(FixedU128::from_inner)
	}
}
