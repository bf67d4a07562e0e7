// SPDX-License-Identifier: Apache-2.0

//! Lost machines: the report, the recovery, and the end of their title.

use crate::{BondClaims, Config, Encumbrances, Error, Event, LostSince, Pallet, Policies, Removed};
use caliber_primitives::{titles::TitleStatus, TitleId};
use polkadot_sdk::{
	frame_support::{
		dispatch::DispatchResult,
		ensure,
		traits::{DefensiveOption, Get},
	},
	sp_runtime::DispatchError,
};

impl<T: Config> Pallet<T> {
	/// By the title's custodian, or by governance where there is no `reporter`.
	pub(crate) fn do_report_loss(
		reporter: Option<T::AccountId>,
		title_id: TitleId,
	) -> DispatchResult {
		let title = Self::title_record(title_id)?;
		if let Some(reporter) = &reporter {
			ensure!(title.custodian == *reporter, Error::<T>::NotTitleCustodian);
		}
		match title.status {
			TitleStatus::Active | TitleStatus::RedemptionRequested | TitleStatus::Suspended => (),
			TitleStatus::Lost => return Err(Error::<T>::AlreadyLost.into()),
			TitleStatus::Attested | TitleStatus::Redeemed => {
				return Err(Error::<T>::NotConfirmed.into())
			}
		}

		let reported_at = Self::now();
		let custodian = title.custodian.clone();
		LostSince::<T>::insert(title_id, reported_at);
		match reporter {
			Some(custodian) => Self::fail_redemption(title_id, &custodian)?,
			None => Self::drop_redemption(title_id)?,
		}
		Self::set_status(title_id, title, TitleStatus::Lost)?;
		let line = Encumbrances::<T>::get(title_id);
		Self::deposit_event(Event::TitleLost { title: title_id, custodian, line, reported_at });
		Ok(())
	}

	pub(crate) fn do_recover_title(title_id: TitleId) -> DispatchResult {
		let title = Self::title_record(title_id)?;
		ensure!(title.status == TitleStatus::Lost, Error::<T>::NotLost);

		LostSince::<T>::remove(title_id);
		Self::set_status(title_id, title, TitleStatus::Active)?;
		Self::deposit_event(Event::TitleRecovered { title: title_id });
		Ok(())
	}

	/// By the owner or the custodian, or by governance where there is no `who`. Returns the counts
	/// of what was removed.
	pub(crate) fn do_retire_lost(
		who: Option<T::AccountId>,
		title_id: TitleId,
	) -> Result<Removed, DispatchError> {
		let title = Self::title_record(title_id)?;
		ensure!(title.status == TitleStatus::Lost, Error::<T>::NotLost);
		let owner = Self::owner_of_confirmed(title_id)?;
		if let Some(who) = who.filter(|who| *who != owner) {
			ensure!(who == title.custodian, Error::<T>::NotOwnerOrCustodian);
			Self::ensure_loss_is_settled(title_id)?;
		}
		ensure!(!Encumbrances::<T>::contains_key(title_id), Error::<T>::Encumbered);

		LostSince::<T>::remove(title_id);
		Self::burn_locked(title_id, &owner)?;
		let (custodian, units) = (title.custodian.clone(), title.units);
		let removed = Self::remove_title(title_id, title)?;
		Self::deposit_event(Event::LostTitleRetired { title: title_id, custodian, owner, units });
		Ok(removed)
	}

	/// Ensures that the custodian cuts off nothing that the owner may still have coming because of a
	/// loss.
	fn ensure_loss_is_settled(title_id: TitleId) -> Result<(), Error<T>> {
		ensure!(!BondClaims::<T>::contains_key(title_id), Error::<T>::ClaimOpen);
		ensure!(!Policies::<T>::contains_key(title_id), Error::<T>::PoliciesRemain);
		let since = LostSince::<T>::get(title_id).defensive_ok_or(Error::<T>::Unexpected)?;
		let elapsed = Self::now().saturating_sub(since);
		ensure!(elapsed > T::LossPeriod::get(), Error::<T>::LossPeriodRunning);
		Ok(())
	}
}
