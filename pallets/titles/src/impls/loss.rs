// SPDX-License-Identifier: Apache-2.0

//! Lost machines: the report, the recovery, and the end of their title.

use crate::{BondClaims, Config, Error, Event, Loss, Pallet, Policies, Removed};
use caliber_primitives::{titles::TitleStatus, traits::Clock, Seconds, TitleId};
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
		let line = title.line;
		let owner = Self::owner_of_confirmed(title_id)?;
		match reporter {
			Some(custodian) => Self::fail_redemption(title_id, &custodian)?,
			None => Self::drop_redemption(title_id)?,
		}
		Self::change_title(title_id, title, None, |title| {
			title.status = TitleStatus::Lost;
			title.suspended.decide(false);
			title.loss = Some(Loss { since: reported_at, line, owner });
		})?;
		Self::deposit_event(Event::TitleLost { title: title_id, custodian, line, reported_at });
		Ok(())
	}

	pub(crate) fn do_recover_title(title_id: TitleId) -> DispatchResult {
		let title = Self::title_record(title_id)?;
		ensure!(title.status == TitleStatus::Lost, Error::<T>::NotLost);

		Self::change_title(title_id, title, None, |title| {
			title.status = TitleStatus::Active;
			title.loss = None;
		})?;
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
		ensure!(title.line.is_none(), Error::<T>::Encumbered);
		let owner = Self::owner_of_confirmed(title_id)?;
		let loss = title.loss.as_ref().defensive_ok_or(Error::<T>::Unexpected)?;
		if let Some(who) = who {
			ensure!(who == owner || who == title.custodian, Error::<T>::NotOwnerOrCustodian);
			// Who owned the title when it was lost may give up what is due for it, unless some of that
			// is due to the line that held it.
			if who != owner || who != loss.owner || loss.line.is_some() {
				Self::ensure_loss_is_settled(title_id, loss.since)?;
			}
		}

		Self::burn_locked(title_id, &owner)?;
		let (custodian, units) = (title.custodian.clone(), title.units);
		let removed = Self::remove_title(title_id, title)?;
		Self::deposit_event(Event::LostTitleRetired { title: title_id, custodian, owner, units });
		Ok(removed)
	}

	/// Ensures that whoever ends a title cuts off nothing that somebody else may still have coming
	/// because of a loss.
	fn ensure_loss_is_settled(title_id: TitleId, since: Seconds) -> Result<(), Error<T>> {
		ensure!(!BondClaims::<T>::contains_key(title_id), Error::<T>::ClaimOpen);
		ensure!(!Policies::<T>::contains_key(title_id), Error::<T>::PoliciesRemain);
		// A time beyond all times is never reached.
		let end = since.saturating_add(T::Values::get().loss_period);
		let over = Self::now() > T::Clock::end_of(since, end);
		ensure!(over, Error::<T>::LossPeriodRunning);
		Ok(())
	}
}
