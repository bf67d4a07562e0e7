// SPDX-License-Identifier: Apache-2.0

//! Freezing of accounts: the record of this pallet, what it means to the assets, and the pools that
//! it spares.

use crate::{
	pallet_psm,
	types::{FreezeRecord, FrozenAccount},
	Config, Error, Event, Frozen, Pallet, PoolAccounts,
};
use caliber_primitives::{governance::Authority, Balance, SUSDAI, USDAI};
use core::marker::PhantomData;
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::{Contains, Get},
	},
	frame_system,
	pallet_assets::{AssetsCallback, FrozenBalance},
	sp_core::H256,
	sp_runtime::DispatchResult,
};

type AccountIdOf<T> = <T as frame_system::Config>::AccountId;

/// The freezes of this pallet on USDai and sUSDai beside those of `Inner`, for the `Freezer` of
/// `pallet-assets`.
///
/// All that a frozen account has of both is frozen, and all that it will receive. The answer is by
/// the clock: a freeze of the technical committee that is over freezes nothing.
pub struct FrozenAccounts<T, Inner>(PhantomData<(T, Inner)>);

impl<T, Inner> FrozenBalance<u32, AccountIdOf<T>, Balance> for FrozenAccounts<T, Inner>
where
	T: Config,
	Inner: FrozenBalance<u32, AccountIdOf<T>, Balance>,
{
	fn frozen_balance(asset: u32, who: &AccountIdOf<T>) -> Option<Balance> {
		if is_dollar(asset) && Pallet::<T>::is_frozen(who) {
			return Some(Balance::MAX);
		}
		Inner::frozen_balance(asset, who)
	}

	/// Leaves the freeze: it is on the account, whatever the account holds.
	fn died(asset: u32, who: &AccountIdOf<T>) {
		Inner::died(asset, who);
	}

	/// Returns true for USDai and sUSDai while there is a record, of a freeze that is over too.
	fn contains_freezes(asset: u32) -> bool {
		(is_dollar(asset) && Frozen::<T>::iter_keys().next().is_some())
			|| Inner::contains_freezes(asset)
	}
}

/// Returns true for USDai and sUSDai.
fn is_dollar(asset: u32) -> bool {
	[USDAI, SUSDAI].contains(&asset)
}

/// Keeper of the list of pools, for the `CallbackHandle` of the instance of `pallet-assets` that
/// issues the shares of pools. The owner of those shares is the account of the pool.
pub struct KnownPools<T>(PhantomData<T>);

impl<T: Config, Id> AssetsCallback<Id, AccountIdOf<T>> for KnownPools<T> {
	/// Notes the account of a new pool. A freeze that waited for it at its address ends.
	fn created(_: &Id, pool: &AccountIdOf<T>) -> Result<(), ()> {
		PoolAccounts::<T>::insert(pool, ());
		Pallet::<T>::spare(pool);
		Ok(())
	}
}

impl<T: Config> Pallet<T> {
	/// Freezes an account: by a referendum it lasts, by the technical committee it ends by itself.
	pub(crate) fn do_freeze(
		authority: Authority,
		who: T::AccountId,
		reason: H256,
	) -> DispatchResult {
		ensure!(!Self::is_protected(&who), Error::<T>::ProtectedAccount);
		let mut frozen = Frozen::<T>::get(&who).map(|record| record.frozen).unwrap_or_default();
		ensure!(authority == Authority::Committee || !frozen.governed(), Error::<T>::AlreadyFrozen);
		let since = Self::now();
		let until = frozen
			.stop_or_resume(authority, true, since, &T::BrakeTerms::get())
			.map_err(Error::<T>::from)?;
		Frozen::<T>::insert(&who, FreezeRecord { since, reason, frozen });
		Self::deposit_event(Event::AccountFrozen { who, reason, until });
		Ok(())
	}

	/// Thaws an account, whoever froze it.
	pub(crate) fn do_thaw(who: T::AccountId, reason: H256) -> DispatchResult {
		let now = Self::now();
		let mut record = Frozen::<T>::get(&who)
			.filter(|record| record.frozen.at(now))
			.ok_or(Error::<T>::NotFrozen)?;
		record.frozen.lift(now);
		// A freeze of the committee rests, and its record keeps the next one from following at once.
		let rests = record.frozen.is_braked_or_resting(now, &T::BrakeTerms::get());
		Frozen::<T>::set(&who, rests.then_some(record));
		Self::deposit_event(Event::AccountThawed { who, reason });
		Ok(())
	}

	/// Returns true if the account cannot spend its USDai and sUSDai now.
	pub(crate) fn is_frozen(who: &T::AccountId) -> bool {
		Frozen::<T>::get(who).is_some_and(|record| record.frozen.at(Self::now()))
	}

	/// Returns the answer to [`Pallet::frozen`].
	pub(crate) fn freeze_report(who: &T::AccountId) -> Option<FrozenAccount> {
		let now = Self::now();
		let FreezeRecord { since, reason, frozen } =
			Frozen::<T>::get(who).filter(|record| record.frozen.at(now))?;
		let brake = frozen.brake_at(now).filter(|_| !frozen.governed());
		Some(FrozenAccount { since, reason, until: brake.map(|brake| brake.until) })
	}

	/// Removes the record of an account that has become one of the chain.
	fn spare(who: &T::AccountId) {
		let Some(record) = Frozen::<T>::take(who) else { return };
		if record.frozen.at(Self::now()) {
			let FreezeRecord { reason, .. } = record;
			Self::deposit_event(Event::AccountThawed { who: who.clone(), reason });
		}
	}

	/// Returns true if the account belongs to the chain.
	pub(crate) fn is_protected(who: &T::AccountId) -> bool {
		*who == Self::account_id()
			|| *who == Self::claims_account()
			|| *who == pallet_psm::Pallet::<T>::psm_account(&T::PegAsset::get())
			|| PoolAccounts::<T>::contains_key(who)
			|| T::Protected::contains(who)
	}
}
