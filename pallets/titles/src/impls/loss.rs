// SPDX-License-Identifier: Apache-2.0

//! Lost machines, some of a title or all: the report, the recovery, and the end of their title.

use super::devices::has_duplicates;
use crate::{
	BondClaims, Config, DeviceIds, Error, Event, Loss, Losses, NextLossId, Pallet, Policies,
	Removed, TitleDevices, TitleOf,
};
use alloc::vec::Vec;
use caliber_math::{mul_div, Rounding};
use caliber_primitives::{
	titles::{InsuredLoss, PolicyKind, TitleStatus},
	traits::Clock,
	Balance, LineId, Seconds, TitleId,
};
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
		Self::note_loss(title_id, line, owner, units)?;
		if left > 0 {
			let matched = Self::custody_value_of(title_id, &title, units)?;
			Self::change_title(title_id, title, None, |title| {
				title.units = left;
				title.unmatched -= matched.min(title.unmatched);
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
		})?;
		Self::deposit_event(Event::TitleLost { title: title_id, custodian, line, reported_at });
		Ok(())
	}

	/// Returns the part of a title's value in custody that some of its units had, rounded down.
	fn custody_value_of(
		title_id: TitleId,
		title: &TitleOf<T>,
		units: u32,
	) -> Result<Balance, Error<T>> {
		let listed = TitleDevices::<T>::decode_len(title_id).unwrap_or_default();
		mul_div(title.custody_value, units.into(), listed as u128, Rounding::Down)
			.map_err(|_| Error::<T>::Overflow)
	}

	/// Notes whom a loss of `units` machines of a title harms. There is a place for each unit.
	pub(crate) fn note_loss(
		title_id: TitleId,
		line: Option<LineId>,
		owner: T::AccountId,
		units: u32,
	) -> Result<(), Error<T>> {
		let id = NextLossId::<T>::get();
		NextLossId::<T>::put(id.checked_add(1).ok_or(Error::<T>::Overflow)?);
		let loss = Loss { id, since: Self::now(), line, owner, units };
		Losses::<T>::try_mutate(title_id, |losses| losses.try_push(loss))
			.ok()
			.defensive_ok_or(Error::<T>::Unexpected)
	}

	/// Returns the number of devices.
	pub(crate) fn do_recover_title(title_id: TitleId) -> Result<u32, DispatchError> {
		let title = Self::title_record(title_id)?;
		let lost = title.status == TitleStatus::Lost;
		ensure!(lost || Losses::<T>::contains_key(title_id), Error::<T>::NotLost);
		ensure!(!BondClaims::<T>::contains_key(title_id), Error::<T>::ClaimOpen);

		// One that was lost while the others were inspected may be in a worse condition.
		let (units, condition) = Self::find_devices(title_id, title.condition)?;
		Self::change_title(title_id, title, None, |title| {
			if lost {
				title.status = TitleStatus::Active;
			}
			title.units = units;
			title.condition = condition;
		})?;
		Losses::<T>::remove(title_id);
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
		let losses = Losses::<T>::get(title_id);
		let last = losses.last().defensive_ok_or(Error::<T>::Unexpected)?;
		if let Some(who) = who {
			ensure!(who == owner || who == title.custodian, Error::<T>::NotOwnerOrCustodian);
			// Who owned the title when it was lost may give up what is due for it, unless some of that
			// is due to the line that held it. So it is with earlier losses of some of the
			// machines.
			if who != owner || losses.iter().any(|loss| loss.harmed_others(&who)) {
				Self::ensure_loss_is_settled(title_id, last.since)?;
			}
		}

		Self::burn_locked(title_id, &owner)?;
		let (custodian, units) = (title.custodian.clone(), last.units);
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
		title_id: TitleId,
		owner: &T::AccountId,
	) -> Result<(), Error<T>> {
		for loss in Losses::<T>::get(title_id) {
			let waits = loss.harmed_others(owner) && !Self::loss_period_is_over(loss.since);
			ensure!(!waits, Error::<T>::LossPeriodRunning);
		}
		Ok(())
	}

	/// Returns the insurance money that may still come to a line for machines that were lost while it
	/// held the title. A policy pays for a loss that was reported while it was in force.
	pub(crate) fn insured_loss_of(
		title_id: TitleId,
		line: LineId,
		grace: Seconds,
	) -> Option<InsuredLoss> {
		let losses: Vec<_> = Losses::<T>::get(title_id)
			.into_iter()
			.filter(|loss| loss.line == Some(line) && !Self::loss_period_is_over(loss.since))
			.collect();
		if losses.is_empty() {
			return None;
		}
		let policies = Policies::<T>::get(title_id);
		let paying = policies.iter().filter(|policy| {
			policy.terms.kind == PolicyKind::Casualty
				&& losses
					.iter()
					.any(|loss| policy.bound_at <= loss.since && policy.in_force(loss.since, grace))
		});
		let (mut claimable, mut claimed): (Balance, Balance) = (0, 0);
		for policy in paying {
			claimable = claimable.checked_add(policy.remaining())?;
			claimed = claimed.checked_add(policy.claimed)?;
		}
		let units = losses.iter().try_fold(0_u32, |sum, loss| sum.checked_add(loss.units))?;
		Some(InsuredLoss { units, claimable, claimed })
	}

	/// Returns true if the time to settle a loss that was reported at `since` is over.
	pub(crate) fn loss_period_is_over(since: Seconds) -> bool {
		Self::now() > Self::loss_period_end(since)
	}

	/// Returns the last second of the time to settle a loss, outages of the chain apart.
	pub(crate) fn loss_period_end(since: Seconds) -> Seconds {
		// A time beyond all times is never reached.
		let end = since.saturating_add(T::Values::get().loss_period);
		T::Clock::end_of(since, end)
	}
}
