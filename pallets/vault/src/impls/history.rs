// SPDX-License-Identifier: Apache-2.0

//! Records of the days, in a ring by the number of the day.

use crate::{types::Value, Config, EscrowedShares, History, Pallet, HISTORY_DAYS};
use alloc::vec::Vec;
use caliber_math::SECONDS_PER_DAY;
use caliber_primitives::{
	traits::{LineRounds, PegReport, TreasuryBills},
	vault::Day,
	Seconds,
};
use polkadot_sdk::frame_support::{traits::Get, BoundedVec};

impl<T: Config> Pallet<T> {
	/// Returns the number of the day of a time; none beyond the range of days.
	pub(crate) fn day_of(time: Seconds) -> Option<u32> {
		u32::try_from(time / SECONDS_PER_DAY).ok()
	}

	/// Returns the place of a day in the ring.
	pub(crate) fn place_of_day(day: u32) -> u16 {
		// Less than the divisor, a u16.
		u16::try_from(day % u32::from(HISTORY_DAYS)).unwrap_or_default()
	}

	/// Returns the record of a day, if it was written and no later day has its place.
	pub(crate) fn record_of_day(day: u32) -> Option<Day> {
		History::<T>::get(Self::place_of_day(day)).filter(|record| record.day == day)
	}

	/// Returns true if the record of this day is still to be written.
	pub(crate) fn day_due() -> bool {
		Self::day_of(Self::now()).is_some_and(|day| Self::record_of_day(day).is_none())
	}

	/// Writes the record of this day, if there are shares and it is not written.
	pub(crate) fn write_day(value: &Value) {
		let at = Self::now();
		let Some(day) = Self::day_of(at).filter(|_| value.shares > 0 && Self::day_due()) else {
			return;
		};
		let record = Day {
			day,
			at,
			deposit_price: value.deposit_price,
			redemption_price: value.redemption_price,
			idle: value.ledger.idle,
			treasury_bills: value.treasury_bills,
			principal_out: value.ledger.principal_out,
			accrued_interest: value.accrued_net,
			suspended: value.ledger.suspended,
			locked: value.locked,
			bill_fee: value.bill_fee,
			impairment: value.ledger.impairment,
			bad_debt: value.ledger.bad_debt,
			shares: value.shares,
			queued_shares: EscrowedShares::<T>::get(),
			claimable: value.ledger.claimable,
			usdai_supply: T::Peg::supply(),
			// The peg takes fewer stablecoins than a record has room for.
			reserves: BoundedVec::truncate_from(T::Peg::reserves()),
			bills_apr: T::Bills::annual_yield(),
			forward_apr: Self::forward(value, T::Values::get().yield_fee),
			round: T::Lines::last_book(),
		};
		History::<T>::insert(Self::place_of_day(day), record);
	}

	/// Returns the answer to [`Pallet::history`].
	pub(crate) fn day_records(from_day: u32, limit: u32) -> Vec<Day> {
		let Some(today) = Self::day_of(Self::now()) else { return Vec::new() };
		// Saturating is safe here: a day, not an amount.
		let oldest = today.saturating_sub(u32::from(HISTORY_DAYS).saturating_sub(1));
		let limit = usize::try_from(limit).unwrap_or(usize::MAX);
		(from_day.max(oldest)..=today).filter_map(Self::record_of_day).take(limit).collect()
	}
}
