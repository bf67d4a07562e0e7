// SPDX-License-Identifier: Apache-2.0

//! Losses, suspensions and what the custodian's bond pays for.

use crate::{
	BondClaims, Config, Custodian, Custodians, Encumbrances, Error, Event, HoldReason, LostSince,
	Pallet, Policies, Removed, Title,
};
use caliber_primitives::{titles::TitleStatus, traits::Encumber, Balance, TitleId};
use polkadot_sdk::{
	frame_support::{
		dispatch::DispatchResult,
		ensure,
		traits::{
			fungible::MutateHold,
			tokens::{Fortitude, Precision, Restriction},
			DefensiveOption, EnsureOrigin, Get,
		},
	},
	frame_system::{ensure_signed, pallet_prelude::OriginFor},
	sp_runtime::{traits::BadOrigin, DispatchError},
};

impl<T: Config> Pallet<T> {
	/// None for [`Config::AdminOrigin`], otherwise who signed.
	pub(crate) fn ensure_admin_or_signed(
		origin: OriginFor<T>,
	) -> Result<Option<T::AccountId>, BadOrigin> {
		match T::AdminOrigin::try_origin(origin) {
			Ok(_) => Ok(None),
			Err(origin) => ensure_signed(origin).map(Some),
		}
	}

	/// By the title's custodian, or by governance where there is no `reporter`.
	pub(crate) fn do_report_loss(reporter: Option<T::AccountId>, title: TitleId) -> DispatchResult {
		let record = Self::title_record(title)?;
		if let Some(reporter) = &reporter {
			ensure!(record.custodian == *reporter, Error::<T>::NotTitleCustodian);
		}
		match record.status {
			TitleStatus::Active | TitleStatus::RedemptionRequested | TitleStatus::Suspended => (),
			TitleStatus::Lost => return Err(Error::<T>::AlreadyLost.into()),
			TitleStatus::Attested | TitleStatus::Redeemed => {
				return Err(Error::<T>::NotConfirmed.into())
			}
		}

		let reported_at = Self::now();
		let custodian = record.custodian.clone();
		LostSince::<T>::insert(title, reported_at);
		match reporter {
			Some(custodian) => Self::fail_redemption(title, &custodian)?,
			None => Self::drop_redemption(title)?,
		}
		Self::set_status(title, record, TitleStatus::Lost)?;
		let line = Encumbrances::<T>::get(title);
		Self::deposit_event(Event::TitleLost { title, custodian, line, reported_at });
		Ok(())
	}

	pub(crate) fn do_recover_title(title: TitleId) -> DispatchResult {
		let record = Self::title_record(title)?;
		ensure!(record.status == TitleStatus::Lost, Error::<T>::NotLost);

		LostSince::<T>::remove(title);
		Self::set_status(title, record, TitleStatus::Active)?;
		Self::deposit_event(Event::TitleRecovered { title });
		Ok(())
	}

	pub(crate) fn do_suspend_title(title: TitleId) -> DispatchResult {
		let record = Self::title_record(title)?;
		ensure!(
			matches!(record.status, TitleStatus::Active | TitleStatus::RedemptionRequested),
			Error::<T>::NotActive
		);

		Self::drop_redemption(title)?;
		Self::set_status(title, record, TitleStatus::Suspended)?;
		Self::deposit_event(Event::TitleSuspended { title });
		Ok(())
	}

	pub(crate) fn do_reinstate_title(title: TitleId) -> DispatchResult {
		let record = Self::title_record(title)?;
		ensure!(record.status == TitleStatus::Suspended, Error::<T>::NotSuspended);

		Self::set_status(title, record, TitleStatus::Active)?;
		Self::deposit_event(Event::TitleReinstated { title });
		Ok(())
	}

	/// By the owner or the custodian, or by governance where there is no `who`. Answers what
	/// was removed.
	pub(crate) fn do_retire_lost(
		who: Option<T::AccountId>,
		title: TitleId,
	) -> Result<Removed, DispatchError> {
		let record = Self::title_record(title)?;
		ensure!(record.status == TitleStatus::Lost, Error::<T>::NotLost);
		let owner = <Self as Encumber<T::AccountId>>::owner(title)
			.defensive_ok_or(Error::<T>::Unexpected)?;
		if let Some(who) = who.filter(|who| *who != owner) {
			ensure!(who == record.custodian, Error::<T>::NotOwnerOrCustodian);
			Self::ensure_loss_is_settled(title)?;
		}
		ensure!(!Encumbrances::<T>::contains_key(title), Error::<T>::Encumbered);

		LostSince::<T>::remove(title);
		Self::burn_locked(title, &owner)?;
		let removed = Self::remove_title(title, &record)?;
		let Title { custodian, units, .. } = record;
		let deposit = removed.deposit;
		Self::deposit_event(Event::LostTitleRetired { title, custodian, owner, units, deposit });
		Ok(removed)
	}

	/// What the owner may still have coming because of a loss is not cut off by the custodian.
	fn ensure_loss_is_settled(title: TitleId) -> DispatchResult {
		ensure!(!BondClaims::<T>::contains_key(title), Error::<T>::ClaimOpen);
		ensure!(!Policies::<T>::contains_key(title), Error::<T>::PoliciesRemain);
		let since = LostSince::<T>::get(title).defensive_ok_or(Error::<T>::Unexpected)?;
		let elapsed = Self::now().saturating_sub(since);
		ensure!(elapsed > T::LossPeriod::get(), Error::<T>::LossPeriodRunning);
		Ok(())
	}

	pub(crate) fn do_slash_custodian(title: TitleId, amount: Balance) -> DispatchResult {
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		let record = Self::title_record(title)?;
		ensure!(record.status != TitleStatus::Attested, Error::<T>::NotConfirmed);
		let owner = <Self as Encumber<T::AccountId>>::owner(title)
			.defensive_ok_or(Error::<T>::Unexpected)?;
		let custodian = record.custodian;
		ensure!(custodian != owner, Error::<T>::CustodianIsOwner);
		let keeper = Self::custodian(&custodian)?;
		let bond = keeper.bond.checked_sub(amount).ok_or(Error::<T>::InsufficientBond)?;

		Custodians::<T>::insert(&custodian, Custodian { bond, ..keeper });
		Self::pay_from_bond(&custodian, &owner, amount)?;
		Self::deposit_event(Event::CustodianSlashed { title, custodian, owner, amount, bond });
		Ok(())
	}

	/// Move `amount` of the bond, by which the record is lower already, to whom it compensates.
	pub(crate) fn pay_from_bond(
		custodian: &T::AccountId,
		to: &T::AccountId,
		amount: Balance,
	) -> DispatchResult {
		if amount > 0 {
			// By force: no lock of the custodian's making, a vote for example, keeps a bond back.
			T::Currency::transfer_on_hold(
				&HoldReason::CustodianBond.into(),
				custodian,
				to,
				amount,
				Precision::Exact,
				Restriction::Free,
				Fortitude::Force,
			)?;
		}
		Ok(())
	}
}
