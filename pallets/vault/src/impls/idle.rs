// SPDX-License-Identifier: Apache-2.0

//! Idle money, which buys Treasury bills, and idle blocks, which settle.

use crate::{Config, Error, Event, Ledger, Pallet, Settlement, WeightInfo};
use caliber_math::{assets_for_shares, Rounding};
use caliber_primitives::{traits::IdleFunds, Balance, Seconds, WindowIndex};
use polkadot_sdk::{
	frame_support::{
		storage::with_storage_layer,
		traits::{fungible::Mutate, tokens::Preservation},
		weights::{Weight, WeightMeter},
	},
	sp_runtime::{DispatchError, DispatchResult},
};

impl<T: Config> IdleFunds<T::AccountId> for Pallet<T> {
	fn idle() -> Balance {
		Ledger::<T>::get().idle
	}

	fn assets() -> Balance {
		Self::value().map(|value| value.for_redemptions).unwrap_or_default()
	}

	fn wanted_within(ahead: Seconds) -> Balance {
		Self::worth_wanted_within(ahead).unwrap_or_default()
	}

	fn take(to: &T::AccountId, amount: Balance) -> DispatchResult {
		if amount == 0 {
			return Ok(());
		}
		let mut ledger = Ledger::<T>::get();
		ledger.idle = ledger.idle.checked_sub(amount).ok_or(Error::<T>::InsufficientLiquidity)?;
		Ledger::<T>::put(ledger);
		T::UsdAi::transfer(&Self::account_id(), to, amount, Preservation::Expendable)?;
		Self::deposit_event(Event::IdleTaken { to: to.clone(), amount, idle: ledger.idle });
		Ok(())
	}

	fn put_back(from: &T::AccountId, amount: Balance) -> DispatchResult {
		if amount == 0 {
			return Ok(());
		}
		let mut ledger = Ledger::<T>::get();
		ledger.idle = ledger.idle.checked_add(amount).ok_or(Error::<T>::Overflow)?;
		Ledger::<T>::put(ledger);
		T::UsdAi::transfer(from, &Self::account_id(), amount, Preservation::Expendable)?;
		Self::deposit_event(Event::IdlePutBack { from: from.clone(), amount, idle: ledger.idle });
		Ok(())
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_idle(amount: Balance) {
		Self::benchmark_deposit(amount);
	}
}

impl<T: Config> Pallet<T> {
	/// Write the day's price, start a settlement that is due and serve requests, as far as the
	/// weight allows; the weight taken. What fails changes nothing and is tried again.
	pub(crate) fn work_on_idle(remaining: Weight) -> Weight {
		let mut meter = WeightMeter::with_limit(remaining);
		if meter.try_consume(T::WeightInfo::look()).is_err() {
			return meter.consumed();
		}
		if Self::checkpoint_due() && meter.try_consume(T::WeightInfo::checkpoint()).is_ok() {
			if let Ok(value) = Self::value() {
				Self::write_checkpoint(&value);
			}
		}
		if Self::settleable().is_ok()
			&& meter.try_consume(T::WeightInfo::start_settlement()).is_ok()
		{
			Self::attempt("start", Self::do_start_settlement);
		}
		if Settlement::<T>::exists() {
			let (none, one) = (T::WeightInfo::settle(0), T::WeightInfo::settle(1));
			let each = one.checked_sub(&none).unwrap_or(one);
			let room = meter.remaining().checked_sub(&none).unwrap_or_default();
			let requests = room.checked_div_per_component(&each).unwrap_or_default();
			let requests = u32::try_from(requests).unwrap_or(u32::MAX);
			if requests > 0 && meter.can_consume(T::WeightInfo::settle(requests)) {
				let served = Self::attempt("settle", || Self::do_settle(requests));
				// What has failed may have taken all of it.
				meter.consume(T::WeightInfo::settle(served.unwrap_or(requests)));
			}
		}
		meter.consumed()
	}

	/// Do something in full or not at all; what it says if it is done.
	fn attempt<R>(what: &str, work: impl FnOnce() -> Result<R, DispatchError>) -> Option<R> {
		with_storage_layer(work)
			.inspect_err(|error| {
				log::error!(target: "caliber::vault", "cannot {what} the settlement: {error:?}");
			})
			.ok()
	}

	/// What the requests whose windows close within `ahead` seconds are worth, rounded up.
	fn worth_wanted_within(ahead: Seconds) -> Result<Balance, DispatchError> {
		// The first window that is still open then. All are closed at a time that no window has.
		let until = Self::now().saturating_add(ahead);
		let queued = match Self::window_at(until).map(|open| open.checked_sub(1)) {
			Ok(Some(closed)) => Self::queued_until(closed)?,
			Ok(None) => 0,
			Err(_) => Self::queued_until(WindowIndex::MAX)?,
		};
		let value = Self::value()?;
		assets_for_shares(queued, value.for_redemptions, value.shares, Rounding::Up)
			.map_err(Self::arithmetic)
	}

	/// A saver's deposit, whatever cap and pause say.
	#[cfg(feature = "runtime-benchmarks")]
	pub(crate) fn benchmark_deposit(amount: Balance) {
		use polkadot_sdk::frame_benchmarking::account;

		let saver: T::AccountId = account("saver", 0, 0);
		T::UsdAi::mint_into(&saver, amount).expect("USDai exists while benchmarks run");
		let value = Self::value().expect("the books are in order while benchmarks run");
		let purchase = Self::shares_for_deposit(&value, amount)
			.expect("the amount is worth more than the locked shares");
		Self::issue(&saver, purchase, value.deposit_price).expect("the saver has the amount");
	}
}
