// SPDX-License-Identifier: Apache-2.0

//! Idle money: how much there is, how much of it the queue wants, and its way to and from the
//! pallet that buys Treasury bills.

#[cfg(feature = "runtime-benchmarks")]
use crate::least_idle::LeastIdle;
use crate::{Config, Error, Event, Ledger, Pallet};
use caliber_math::SECONDS_PER_DAY;
use caliber_primitives::{governance::tempo::shortened, traits::IdleFunds, Balance, Seconds};
use polkadot_sdk::{
	frame_support::traits::{fungible::Mutate, tokens::Preservation, Get},
	sp_runtime::{DispatchError, DispatchResult},
};

impl<T: Config> IdleFunds<T::AccountId> for Pallet<T> {
	fn idle() -> Balance {
		Ledger::<T>::get().idle
	}

	fn assets() -> Result<Balance, DispatchError> {
		Ok(Self::value()?.for_redemptions)
	}

	fn wanted() -> Result<Balance, DispatchError> {
		Ok(Self::worth_wanted()?)
	}

	fn long_idle(period: Seconds) -> Balance {
		let days = period.div_ceil(Self::length_of_idle_day());
		Ledger::<T>::get().least_idle.since(Self::idle_day(), days)
	}

	fn take(to: &T::AccountId, amount: Balance) -> DispatchResult {
		if amount == 0 {
			return Ok(());
		}
		let mut ledger = Ledger::<T>::get();
		ledger.idle = ledger.idle.checked_sub(amount).ok_or(Error::<T>::InsufficientLiquidity)?;
		ledger.least_idle = ledger.least_idle.taken(Self::idle_day(), amount);
		Self::put_ledger(ledger);
		T::UsdAi::transfer(&Self::account_id(), to, amount, Preservation::Expendable)?;
		Self::deposit_event(Event::IdleTaken { to: to.clone(), amount, idle: ledger.idle });
		Ok(())
	}

	fn put_back(from: &T::AccountId, amount: Balance, mark: Balance) -> DispatchResult {
		if amount == 0 {
			return Ok(());
		}
		let mut ledger = Ledger::<T>::get();
		Self::note_sale(ledger.idle, amount, mark)?;
		ledger.idle = ledger.idle.checked_add(amount).ok_or(Error::<T>::Overflow)?;
		Self::put_ledger(ledger);
		T::UsdAi::transfer(from, &Self::account_id(), amount, Preservation::Expendable)?;
		Self::deposit_event(Event::IdlePutBack { from: from.clone(), amount, idle: ledger.idle });
		Ok(())
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_idle(amount: Balance) {
		Self::benchmark_deposit(amount);
		Ledger::<T>::mutate(|ledger| {
			ledger.least_idle = LeastIdle::always(Self::idle_day(), ledger.idle);
		});
	}
}

impl<T: Config> Pallet<T> {
	/// Returns the length of a day for what lies idle: a day that the tempo of the chain divides.
	fn length_of_idle_day() -> Seconds {
		shortened(SECONDS_PER_DAY, T::Tempo::get()).max(1)
	}

	/// Returns the number of the present day, by that length.
	pub(crate) fn idle_day() -> u64 {
		Self::now().checked_div(Self::length_of_idle_day()).unwrap_or_default()
	}
}
