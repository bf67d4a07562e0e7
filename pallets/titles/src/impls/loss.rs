// SPDX-License-Identifier: Apache-2.0

//! Lost machines, some of a title or all: the report, the recovery, and the end of their title.

use super::devices::has_duplicates;
use crate::{
	BondClaims, Config, DeviceIds, Error, Event, Loss, Pallet, Policies, Removed, TitleOf,
};
use caliber_primitives::{titles::TitleStatus, traits::Clock, Seconds, TitleId};
use polkadot_sdk::{
	frame_support::{
		defensive,
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
		devices: DeviceIds,
	) -> DispatchResult {
		let title = Self::title_record(title_id)?;
		if let Some(reporter) = &reporter {
			ensure!(title.custodian == *reporter, Error::<T>::NotTitleCustodian);
		}
		match title.status {
			TitleStatus::Active | TitleStatus::RedemptionRequested | TitleStatus::Suspended => (),
			TitleStatus::Lost => return Err(Error::<T>::AlreadyLost.into()),
			TitleStatus::Attested | TitleStatus::Released => {
				return Err(Error::<T>::NotConfirmed.into())
			}
		}

		ensure!(!devices.is_empty(), Error::<T>::NoDevices);
		ensure!(!has_duplicates(devices.iter()), Error::<T>::DuplicateDevice);
		let reported_at = Self::now();
		Self::lose_devices(title_id, &devices, reported_at)?;
		let units = devices.len() as u32;
		let Some(left) = title.units.checked_sub(units) else {
			defensive!("a title has as many units as devices that are not lost", title_id);
			return Err(Error::<T>::Unexpected.into());
		};
		let (custodian, line) = (title.custodian.clone(), title.line);
		let owner = Self::owner_of_confirmed(title_id)?;
		let loss = Some(Loss { since: reported_at, line, owner, units });
		if left > 0 {
			Self::change_title(title_id, title, None, |title| {
				title.units = left;
				title.partial_loss = loss;
			})?;
			Self::deposit_event(Event::UnitsLost {
				title: title_id,
				custodian,
				line,
				devices,
				units: left,
				reported_at,
			});
			return Ok(());
		}

		match reporter {
			Some(custodian) => Self::fail_redemption(title_id, &custodian, title.custody_value)?,
			None => Self::drop_redemption(title_id)?,
		}
		Self::change_title(title_id, title, None, |title| {
			title.status = TitleStatus::Lost;
			title.suspended.decide(false);
			title.units = 0;
			title.loss = loss;
		})?;
		Self::deposit_event(Event::TitleLost { title: title_id, custodian, line, reported_at });
		Ok(())
	}

	/// Returns the number of devices.
	pub(crate) fn do_recover_title(title_id: TitleId) -> Result<u32, DispatchError> {
		let title = Self::title_record(title_id)?;
		let lost = title.status == TitleStatus::Lost;
		ensure!(lost || title.partial_loss.is_some(), Error::<T>::NotLost);
		ensure!(!BondClaims::<T>::contains_key(title_id), Error::<T>::ClaimOpen);

		let units = Self::find_devices(title_id)?;
		Self::change_title(title_id, title, None, |title| {
			if lost {
				title.status = TitleStatus::Active;
			}
			title.units = units;
			title.loss = None;
			title.partial_loss = None;
		})?;
		Self::deposit_event(Event::TitleRecovered { title: title_id });
		Ok(units)
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
			// is due to the line that held it. So it is with an earlier loss of some of the machines.
			let mut losses = title.loss.iter().chain(&title.partial_loss);
			if who != owner || losses.any(|loss| loss.harmed_others(&who)) {
				Self::ensure_loss_is_settled(title_id, loss.since)?;
			}
		}

		Self::burn_locked(title_id, &owner)?;
		let (custodian, units) = (title.custodian.clone(), loss.units);
		let removed = Self::remove_title(title_id, title)?;
		Self::deposit_event(Event::LostTitleRetired { title: title_id, custodian, owner, units });
		Ok(removed)
	}

	/// Ensures that whoever ends a title cuts off nothing that somebody else may still have coming
	/// because of a loss.
	fn ensure_loss_is_settled(title_id: TitleId, since: Seconds) -> Result<(), Error<T>> {
		ensure!(!BondClaims::<T>::contains_key(title_id), Error::<T>::ClaimOpen);
		ensure!(!Policies::<T>::contains_key(title_id), Error::<T>::PoliciesRemain);
		ensure!(Self::loss_period_is_over(since), Error::<T>::LossPeriodRunning);
		Ok(())
	}

	/// Ensures that who has the rest of the machines handed over, which ends the title with its
	/// policies, cuts off nobody who waits for a claim because some of them were lost.
	pub(crate) fn ensure_rest_may_go(
		title: &TitleOf<T>,
		owner: &T::AccountId,
	) -> Result<(), Error<T>> {
		match &title.partial_loss {
			Some(loss) if loss.harmed_others(owner) => {
				ensure!(Self::loss_period_is_over(loss.since), Error::<T>::LossPeriodRunning);
				Ok(())
			}
			_ => Ok(()),
		}
	}

	fn loss_period_is_over(since: Seconds) -> bool {
		// A time beyond all times is never reached.
		let end = since.saturating_add(T::Values::get().loss_period);
		Self::now() > T::Clock::end_of(since, end)
	}
}
