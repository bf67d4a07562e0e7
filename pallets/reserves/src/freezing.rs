// SPDX-License-Identifier: Apache-2.0

//! How accounts are frozen: through the team of the assets.

use alloc::vec::Vec;
use core::marker::PhantomData;
use polkadot_sdk::{
	frame_support::traits::{
		fungibles::{roles::Inspect as _, Inspect as _, Refund},
		Get,
	},
	frame_system::RawOrigin,
	pallet_assets,
	sp_runtime::{
		traits::{StaticLookup, Zero},
		DispatchResult,
	},
};

/// Stops an account from spending some assets, and lets it spend them again.
pub trait FreezeAccounts<AccountId> {
	/// Freeze all of them, or nothing.
	fn freeze(who: &AccountId) -> DispatchResult;
	/// Thaw all of them, or nothing.
	fn thaw(who: &AccountId) -> DispatchResult;
}

/// Freezes the assets `Ids` in the name of the freezer and of the admin of each, through the calls
/// of `pallet-assets`.
///
/// Where the account has none of an asset, an empty account of it is opened, so that it is frozen
/// when the first of it comes. The freezer pays the deposit for it; it comes back when the account
/// is thawed empty.
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
			// Gone by force while it was frozen: nothing is left to thaw.
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
