// SPDX-License-Identifier: Apache-2.0

//! The yield of the bills: checkpoints of their accepted prices, and the annual growth between
//! them.

use crate::{
	types::{BillPriceCheckpoint, BillYield, CheckpointDays, PriceDay},
	BillPriceCheckpoints, BillPriceDays, BillYields, Bills, Config, Event, Pallet, WeightInfo,
	BILL_PRICE_CHECKPOINTS,
};
use caliber_math::{annualised_growth, mul_div, Rounding, SECONDS_PER_DAY};
use caliber_primitives::{
	appraisal::{OracleKey, OracleValue},
	traits::{OnNewAppraisal, PriceSource, ReferenceRate},
	Balance, PricedAssetId, Seconds,
};
use polkadot_sdk::{frame_support::weights::Weight, sp_runtime::FixedU128};

/// Shortest time between two prices from which a yield is computed.
const MIN_SPAN: Seconds = 7 * SECONDS_PER_DAY;

impl<T: Config> OnNewAppraisal for Pallet<T> {
	/// Freezes and thaws stablecoins, notes the price of the bills for their yield, and keeps the first
	/// one of a day.
	fn on_new_appraisal(key: &OracleKey, value: OracleValue, as_of: Seconds) {
		let OracleKey::Price(asset) = key else { return };
		Self::note_price(*asset, value);
		let Ok(day) = u32::try_from(as_of / SECONDS_PER_DAY) else { return };
		let is_bill = || Bills::<T>::get().is_some_and(|bill| bill.priced_asset == *asset);
		if value == 0 || !is_bill() {
			return;
		}
		Self::note_yield(value);
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
	/// Notes an accepted price of the bills. Once a day it books the rise of the lowest price of the
	/// day above the highest so far, for the fewest bills held on that day, rounded down: a price
	/// that does not last for a day earns nothing. The first price is no rise.
	fn note_yield(price: Balance) {
		let (now, held) = (Self::now(), Self::held_balance());
		let stored = BillYields::<T>::get();
		let begun = PriceDay { since: now, lowest: price, held };
		let day = stored.day.map_or(begun, |day| day.with(price, held));
		let highest = stored.highest.unwrap_or(price);
		// Saturating is safe here: a span of time, not an amount.
		let yields = match now.saturating_sub(day.since) < SECONDS_PER_DAY {
			true => BillYield { highest: Some(highest), day: Some(day), ..stored },
			false => BillYield {
				highest: Some(highest.max(day.lowest)),
				due: Self::with_rise(stored.due, highest, &day),
				day: Some(begun),
			},
		};
		if yields != stored {
			BillYields::<T>::put(yields);
		}
	}

	/// Returns the yield that is due with the rise of a day above `highest`. What cannot be computed is
	/// left out, and reported.
	fn with_rise(due: Balance, highest: Balance, day: &PriceDay) -> Balance {
		// Saturating is meant: a fall is no rise.
		let rise = day.lowest.saturating_sub(highest);
		if rise == 0 {
			return due;
		}
		let unit = Bills::<T>::get().and_then(|bill| Self::unit(&bill.asset).ok());
		let booked = unit.and_then(|unit| {
			let gain = mul_div(day.held, rise, unit, Rounding::Down).ok()?;
			due.checked_add(gain)
		});
		booked.unwrap_or_else(|| {
			log::error!(target: "caliber::reserves", "cannot book the yield of the bills");
			due
		})
	}

	/// Counts the yield of the bills from the price of another token or feed on, if it has one.
	pub(crate) fn reset_highest(priced_asset: Option<PricedAssetId>) {
		let price = priced_asset.and_then(T::Prices::last_known).map(|(price, _)| price);
		let highest = price.filter(|price| *price > 0);
		BillYields::<T>::mutate(|yields| *yields = BillYield { highest, day: None, ..*yields });
	}

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
