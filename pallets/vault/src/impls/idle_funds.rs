// SPDX-License-Identifier: Apache-2.0

//! Idle money: how much there is, how much of it the queue wants, and its way to and from the
//! pallet that buys Treasury bills.

use crate::{Config, Error, Event, Ledger, Pallet};
use caliber_math::{assets_for_shares, Rounding};
use caliber_primitives::{traits::IdleFunds, Balance, Seconds, WindowIndex};
use polkadot_sdk::{
	frame_support::traits::{fungible::Mutate, tokens::Preservation},
	sp_runtime::{DispatchError, DispatchResult},
};

impl<T: Config> IdleFunds<T::AccountId> for Pallet<T> {
	fn idle() -> Balance {
		Ledger::<T>::get().idle
	}

	fn assets() -> Result<Balance, DispatchError> {
		Ok(Self::value()?.for_redemptions)
	}

	fn wanted_within(ahead: Seconds) -> Result<Balance, DispatchError> {
		Ok(Self::worth_wanted_within(ahead)?)
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
	/// Returns the worth of the requests whose windows close within `ahead` seconds, rounded up.
	fn worth_wanted_within(ahead: Seconds) -> Result<Balance, Error<T>> {
		// Saturating is safe here: a timestamp, not an amount. The first window that is still open
		// at that time closes later; at a time that has no window all windows are closed.
		let until = Self::now().saturating_add(ahead);
		let queued = match Self::window_at(until).map(|open| open.checked_sub(1)) {
			Ok(Some(closed)) => Self::queued_until(closed)?,
			Ok(None) => 0,
			Err(_) => Self::queued_until(WindowIndex::MAX)?,
		};
		let value = Self::value()?;
		Ok(assets_for_shares(queued, value.for_redemptions, value.shares, Rounding::Up)?)
	}
}
