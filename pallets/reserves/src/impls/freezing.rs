// SPDX-License-Identifier: Apache-2.0

//! Freezing of accounts: the record of this pallet, and the freeze in the assets.

use crate::{pallet_psm, types::FrozenAccount, Config, Error, Event, Frozen, Pallet};
use alloc::vec::Vec;
use core::marker::PhantomData;
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::{
			fungibles::{roles::Inspect as _, Inspect as _, Refund},
			Contains, Get,
		},
	},
	frame_system::RawOrigin,
	pallet_assets,
	sp_core::H256,
	sp_runtime::{
		traits::{StaticLookup, Zero},
		DispatchResult,
	},
};

/// Freezer of the assets of an account.
pub trait FreezeAccounts<AccountId> {
	/// Freezes all assets of the account, or none on an error.
	fn freeze(who: &AccountId) -> DispatchResult;
	/// Thaws all assets of the account, or none on an error.
	fn thaw(who: &AccountId) -> DispatchResult;
}

/// Freezer of the assets `Ids` in the name of the freezer and the admin of each, by calls of
/// `pallet-assets`.
///
/// If the account has none of an asset, an empty account of it is opened, so that the first balance
/// it receives is frozen. The freezer pays the deposit, which comes back when the account is thawed
/// empty.
pub struct AssetTeam<T, I, Ids>(PhantomData<(T, I, Ids)>);

impl<T, I, Ids> FreezeAccounts<T::AccountId> for AssetTeam<T, I, Ids>
where
	T: pallet_assets::Config<I>,
	I: 'static,
	Ids: Get<Vec<T::AssetId>>,
{
	fn freeze(who: &T::AccountId) -> DispatchResult {
		Ids::get().into_iter().try_for_each(|id| {
			let freezer = pallet_assets::Pallet::<T, I>::freezer(id.clone())
				.ok_or(pallet_assets::Error::<T, I>::Unknown)?;
			let origin = || RawOrigin::Signed(freezer.clone()).into();
			let target = || T::Lookup::unlookup(who.clone());
			if !pallet_assets::Account::<T, I>::contains_key(&id, who) {
				pallet_assets::Pallet::<T, I>::touch_other(origin(), id.clone().into(), target())?;
			}
			pallet_assets::Pallet::<T, I>::freeze(origin(), id.into(), target())
		})
	}

	fn thaw(who: &T::AccountId) -> DispatchResult {
		Ids::get().into_iter().try_for_each(|id| {
			// An account that was removed by force while it was frozen needs no thaw.
			if !pallet_assets::Account::<T, I>::contains_key(&id, who) {
				return Ok(());
			}
			let admin = pallet_assets::Pallet::<T, I>::admin(id.clone())
				.ok_or(pallet_assets::Error::<T, I>::Unknown)?;
			pallet_assets::Pallet::<T, I>::thaw(
				RawOrigin::Signed(admin).into(),
				id.clone().into(),
				T::Lookup::unlookup(who.clone()),
			)?;
			let opened = pallet_assets::Pallet::<T, I>::deposit_held(id.clone(), who.clone())
				.is_some_and(|(depositor, _)| depositor != *who);
			if opened && pallet_assets::Pallet::<T, I>::total_balance(id.clone(), who).is_zero() {
				<pallet_assets::Pallet<T, I> as Refund<_>>::refund(id, who.clone())?;
			}
			Ok(())
		})
	}
}

impl<T: Config> Pallet<T> {
	/// Freezes an account.
	pub(crate) fn do_freeze(who: T::AccountId, reason: H256) -> DispatchResult {
		ensure!(!Self::is_protected(&who), Error::<T>::ProtectedAccount);
		ensure!(!Frozen::<T>::contains_key(&who), Error::<T>::AlreadyFrozen);
		Frozen::<T>::insert(&who, FrozenAccount { since: Self::now(), reason });
		T::Freezer::freeze(&who)?;
		Self::deposit_event(Event::AccountFrozen { who, reason });
		Ok(())
	}

	/// Thaws an account.
	pub(crate) fn do_thaw(who: T::AccountId, reason: H256) -> DispatchResult {
		ensure!(Frozen::<T>::take(&who).is_some(), Error::<T>::NotFrozen);
		T::Freezer::thaw(&who)?;
		Self::deposit_event(Event::AccountThawed { who, reason });
		Ok(())
	}

	/// Returns true if the account belongs to the chain.
	fn is_protected(who: &T::AccountId) -> bool {
		*who == Self::account_id()
			|| *who == pallet_psm::Pallet::<T>::psm_account(&T::PegAsset::get())
			|| T::Protected::contains(who)
	}
}
