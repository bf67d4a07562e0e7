// SPDX-License-Identifier: Apache-2.0

//! Payments that no recipient can block. An account of USDai may be closed to deposits: what cannot
//! be paid to it is kept in the pallet's account until somebody has it claimed.

use crate::{
	frame_support::{
		dispatch::DispatchResult,
		storage::with_storage_layer,
		traits::tokens::{fungible::MutateHold, Fortitude, Precision, Restriction},
	},
	pallet::*,
};
use caliber_primitives::Balance;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_claim_owed(account: T::AccountId) -> DispatchResult {
		let amount = Owed::<T>::take(&account);
		if amount == 0 {
			return Err(Error::<T>::NothingToClaim.into());
		}
		TotalOwed::<T>::try_mutate(|total| {
			*total = Self::less(*total, amount)?;
			Ok::<_, Error<T>>(())
		})?;
		Self::transfer(&Self::account_id(), &account, amount)?;
		Self::deposit_event(Event::OwedClaimed { account, amount });
		Ok(())
	}

	/// Pay `to`; what it cannot receive is kept for it. Fails only when `from` cannot pay.
	pub(crate) fn pay(from: &T::AccountId, to: &T::AccountId, amount: Balance) -> DispatchResult {
		if with_storage_layer(|| Self::transfer(from, to, amount)).is_ok() {
			return Ok(());
		}
		Self::take_in(from, amount)?;
		Self::owe(to, amount)
	}

	/// Move USDai of `from` into the pallet's account, unless it lies there.
	pub(crate) fn take_in(from: &T::AccountId, amount: Balance) -> DispatchResult {
		let account = Self::account_id();
		if *from == account {
			return Ok(());
		}
		Self::transfer(from, &account, amount)
	}

	/// Free USDai of `who` that is on hold; what its account cannot take back is kept for it.
	pub(crate) fn free_hold(
		reason: HoldReason,
		who: &T::AccountId,
		amount: Balance,
	) -> DispatchResult {
		if amount == 0 {
			return Ok(());
		}
		let reason = reason.into();
		let released =
			with_storage_layer(|| T::UsdAiHold::release(&reason, who, amount, Precision::Exact));
		if released.is_ok() {
			return Ok(());
		}
		T::UsdAiHold::transfer_on_hold(
			&reason,
			who,
			&Self::account_id(),
			amount,
			Precision::Exact,
			Restriction::Free,
			Fortitude::Force,
		)?;
		Self::owe(who, amount)
	}

	/// Keep what lies in the pallet's account for `account`.
	fn owe(account: &T::AccountId, amount: Balance) -> DispatchResult {
		let owed = Self::sum(Owed::<T>::get(account), amount)?;
		Owed::<T>::insert(account, owed);
		TotalOwed::<T>::try_mutate(|total| {
			*total = Self::sum(*total, amount)?;
			Ok::<_, Error<T>>(())
		})?;
		Self::deposit_event(Event::PaymentKept { account: account.clone(), amount, owed });
		Ok(())
	}
}
