// SPDX-License-Identifier: Apache-2.0

//! Work of idle blocks: the record of the day, and settlements.

use crate::{types::IdleWork, Config, Error, Event, Pallet, Settlement, WeightInfo};
use polkadot_sdk::{
	frame_support::{
		storage::with_storage_layer,
		weights::{Weight, WeightMeter},
	},
	sp_runtime::DispatchError,
};

impl<T: Config> Pallet<T> {
	/// Writes the record of the day, starts a settlement that is due and serves requests, as far as
	/// the weight allows. Returns the weight consumed. Work that fails changes nothing, is reported
	/// and tried again.
	pub(crate) fn work_on_idle(remaining: Weight) -> Weight {
		let mut meter = WeightMeter::with_limit(remaining);
		if meter.try_consume(T::WeightInfo::idle_probe()).is_err() {
			return meter.consumed();
		}
		if Self::day_due() && meter.try_consume(T::WeightInfo::day_record()).is_ok() {
			Self::attempt(IdleWork::DayRecord, || {
				Self::write_day(&Self::value()?);
				Ok(())
			});
		}
		match Self::settleable() {
			Ok(_) => {
				if meter.try_consume(T::WeightInfo::start_settlement()).is_ok() {
					Self::attempt(IdleWork::StartSettlement, Self::do_start_settlement);
				}
			}
			// Nothing is due.
			Err(Error::SettlementRunning | Error::AlreadySettled | Error::NothingToSettle) => {}
			Err(error) => Self::report_failure(IdleWork::StartSettlement, error.into()),
		}
		if Settlement::<T>::exists() {
			let (none, one) = (T::WeightInfo::settle(0), T::WeightInfo::settle(1));
			let each = one.checked_sub(&none).unwrap_or(one);
			let room = meter.remaining().checked_sub(&none).unwrap_or_default();
			let requests = room.checked_div_per_component(&each).unwrap_or_default();
			let requests = u32::try_from(requests).unwrap_or(u32::MAX);
			if requests > 0 && meter.can_consume(T::WeightInfo::settle(requests)) {
				let served = Self::attempt(IdleWork::Settle, || Self::do_settle(requests));
				// A failed attempt may have consumed all of it.
				meter.consume(T::WeightInfo::settle(served.unwrap_or(requests)));
			}
		}
		meter.consumed()
	}

	/// Does a piece of work in full or not at all. Returns its result, and reports its failure.
	fn attempt<R>(work: IdleWork, body: impl FnOnce() -> Result<R, DispatchError>) -> Option<R> {
		with_storage_layer(body).inspect_err(|reason| Self::report_failure(work, *reason)).ok()
	}

	fn report_failure(work: IdleWork, reason: DispatchError) {
		Self::deposit_event(Event::IdleWorkFailed { work, reason });
	}
}
