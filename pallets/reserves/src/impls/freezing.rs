// SPDX-License-Identifier: Apache-2.0

//! Frozen accounts.

use crate::{
	pallet_psm, sp_core::H256, types::FrozenAccount, Config, Error, Event, FreezeAccounts, Frozen,
	Pallet,
};
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::{Contains, Get},
	},
	sp_runtime::DispatchResult,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_freeze(who: T::AccountId, reason: H256) -> DispatchResult {
		ensure!(!Self::is_protected(&who), Error::<T>::ProtectedAccount);
		ensure!(!Frozen::<T>::contains_key(&who), Error::<T>::AlreadyFrozen);
		Frozen::<T>::insert(&who, FrozenAccount { since: Self::now(), reason });
		T::Freezer::freeze(&who)?;
		Self::deposit_event(Event::AccountFrozen { who, reason });
		Ok(())
	}

	pub(crate) fn do_thaw(who: T::AccountId, reason: H256) -> DispatchResult {
		ensure!(Frozen::<T>::take(&who).is_some(), Error::<T>::NotFrozen);
		T::Freezer::thaw(&who)?;
		Self::deposit_event(Event::AccountThawed { who, reason });
		Ok(())
	}

	fn is_protected(who: &T::AccountId) -> bool {
		*who == Self::account_id()
			|| *who == pallet_psm::Pallet::<T>::psm_account(&T::PegAsset::get())
			|| T::Protected::contains(who)
	}
}
