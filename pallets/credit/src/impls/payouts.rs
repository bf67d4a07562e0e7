// SPDX-License-Identifier: Apache-2.0

//! Payments that no recipient can block. An account of USDai may be closed to deposits: a payment
//! that it cannot receive is kept in the pallet's account until somebody claims it for its owner.

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
	pub(crate) fn do_claim_payout(account: T::AccountId) -> DispatchResult {
		let amount = UnclaimedPayouts::<T>::take(&account);
		if amount == 0 {
			return Err(Error::<T>::NothingToClaim.into());
		}
		Self::change_totals(|totals| {
			totals.unclaimed_payouts = Self::checked_difference(totals.unclaimed_payouts, amount)?;
			Ok(())
		})?;
		Self::transfer(&Self::account_id(), &account, amount)?;
		Self::deposit_event(Event::PayoutClaimed { account, amount });
		Ok(())
	}

	/// Pays `to`; a payment that it cannot receive is kept for it. Fails only when `from` cannot
	/// pay.
	pub(crate) fn pay(from: &T::AccountId, to: &T::AccountId, amount: Balance) -> DispatchResult {
		if with_storage_layer(|| Self::transfer(from, to, amount)).is_ok() {
			return Ok(());
		}
		Self::take_in(from, amount)?;
		Ok(Self::defer_payout(to, amount)?)
	}

	/// Transfers USDai of `from` to the pallet's account, unless it lies there.
	pub(crate) fn take_in(from: &T::AccountId, amount: Balance) -> DispatchResult {
		let account = Self::account_id();
		if *from == account {
			return Ok(());
		}
		Self::transfer(from, &account, amount)
	}

	/// Releases USDai of `who` that is on hold; an amount that its account cannot take back is kept
	/// for it.
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
		Ok(Self::defer_payout(who, amount)?)
	}

	/// Keeps an amount that lies in the pallet's account for `account`.
	fn defer_payout(account: &T::AccountId, amount: Balance) -> Result<(), Error<T>> {
		let owed = Self::checked_sum(UnclaimedPayouts::<T>::get(account), amount)?;
		UnclaimedPayouts::<T>::insert(account, owed);
		Self::change_totals(|totals| {
			totals.unclaimed_payouts = Self::checked_sum(totals.unclaimed_payouts, amount)?;
			Ok(())
		})?;
		Self::deposit_event(Event::PayoutDeferred { account: account.clone(), amount, owed });
		Ok(())
	}
}
