// SPDX-License-Identifier: Apache-2.0

//! Work of idle blocks: the record of the day, settlements, and payment of what they serve.

use crate::{types::IdleWork, Config, Error, Event, Pallet, Settlement, WeightInfo};
use caliber_primitives::{traits::LineRounds, Balance, WindowIndex};
use polkadot_sdk::{
	frame_support::{
		storage::with_storage_layer,
		traits::Get,
		weights::{Weight, WeightMeter},
	},
	sp_runtime::DispatchError,
};

impl<T: Config> Pallet<T> {
	/// Writes the record of the day, starts a settlement that is due, serves requests and pays them,
	/// as far as the weight allows. Returns the weight consumed. Work that fails changes nothing, is
	/// reported and tried again.
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
		if let Some(fee) = Self::payable_bill_fee() {
			if meter.try_consume(T::WeightInfo::bill_fee()).is_ok() {
				Self::attempt(IdleWork::BillFee, || Self::pay_bill_fee(fee));
			}
		}
		match Self::settleable() {
			Ok((window, queued)) => {
				if meter.try_consume(T::WeightInfo::note_reference()).is_ok() {
					match Self::prepare_settlement(window, queued) {
						Ok(false) => {}
						Ok(true) => {
							if meter.try_consume(T::WeightInfo::start_settlement()).is_ok() {
								Self::attempt(IdleWork::StartSettlement, Self::do_start_settlement);
							}
						}
						Err(error) => Self::report_failure(IdleWork::StartSettlement, error.into()),
					}
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
		while Self::payout_due() && meter.try_consume(T::WeightInfo::pay_out()).is_ok() {
			Self::pay_out_next();
		}
		meter.consumed()
	}

	/// Returns true if the settlement of the closed windows may start. Asks for the round over the
	/// lines that it waits for.
	fn prepare_settlement(window: WindowIndex, queued: Balance) -> Result<bool, Error<T>> {
		let values = T::Values::get();
		let progress = Self::progress(&values, &Self::value_by(&values)?, window, queued)?;
		if progress.awaited.round {
			T::Lines::ask_round(progress.closed_at);
		}
		Ok(Self::ensure_ready(&progress).is_ok())
	}

	/// Does a piece of work in full or not at all. Returns its result, and reports its failure.
	fn attempt<R>(work: IdleWork, body: impl FnOnce() -> Result<R, DispatchError>) -> Option<R> {
		with_storage_layer(body).inspect_err(|reason| Self::report_failure(work, *reason)).ok()
	}

	/// Reports work that failed.
	pub(crate) fn report_failure(work: IdleWork, reason: DispatchError) {
		Self::deposit_event(Event::IdleWorkFailed { work, reason });
	}
}
