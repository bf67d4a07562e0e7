// SPDX-License-Identifier: Apache-2.0

//! Brakes of the technical committee.

use super::areas::in_area;
use crate::{
	frame_support::{
		dispatch::DispatchResult,
		ensure,
		traits::{Contains, Get, GetCallMetadata},
	},
	pallet::*,
	types::{AreaId, Brake, BrakeTarget, BrakeTargets, Brakes, CallName, Change},
	Values,
};
use caliber_primitives::{
	governance::{Area, BrakeError, BrakeTerms},
	Seconds,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_brake(brakes: Brakes) -> DispatchResult {
		let (now, terms): (_, BrakeTerms) = (Self::now(), Values::<T>::get());
		for brake in brakes {
			let until = match &brake {
				Brake::Value(change) => Self::brake_value(change, now, &terms)?,
				Brake::Pause(call) => Self::pause(call, now, &terms)?,
			};
			Self::deposit_event(Event::BrakeSet { brake, until });
		}
		Ok(())
	}

	fn brake_value(change: &Change, now: Seconds, terms: &BrakeTerms) -> Result<Seconds, Error<T>> {
		ensure!(Self::is_in_range(change), Error::OutOfRange);
		in_area!(change, |Values, Storage, value| {
			ensure!(Values::is_brakable(value), Error::NotBrakable);
			Storage::<T>::mutate(|area| area.brake(value, now, terms))
		})
		.map_err(|_| Error::TooManyBrakes)?
		.map_err(Error::from)
	}

	fn pause(call: &CallName, now: Seconds, terms: &BrakeTerms) -> Result<Seconds, Error<T>> {
		let exists = T::RuntimeCall::get_module_names().iter().any(|pallet| {
			let calls = T::RuntimeCall::get_call_names(pallet);
			calls.iter().any(|name| call.is(pallet, name))
		});
		ensure!(exists, Error::UnknownCall);
		ensure!(!T::NeverPaused::contains(call), Error::NeverPaused);
		Ok(Pauses::<T>::mutate(call, |paused| paused.brake(true, now, terms))?)
	}

	pub(crate) fn do_release(targets: BrakeTargets) -> DispatchResult {
		let (now, terms): (_, BrakeTerms) = (Self::now(), Values::<T>::get());
		for target in targets {
			let released = match &target {
				BrakeTarget::Value(area, index) => {
					Self::release_value(*area, *index, now, terms.rest)
				}
				BrakeTarget::Pause(call) => Pauses::<T>::mutate_exists(call, |entry| {
					let braked = entry.as_mut().filter(|paused| paused.at(now));
					braked.map(|paused| paused.release(now)).is_some()
				}),
			};
			ensure!(released, Error::<T>::NotBraked);
			Self::deposit_event(Event::BrakeReleased { target });
		}
		Ok(())
	}

	fn release_value(area: AreaId, index: u8, now: Seconds, rest: Seconds) -> bool {
		match area {
			AreaId::Credit => CreditArea::<T>::mutate(|area| area.release(index, now, rest)),
			AreaId::Rules => RuleArea::<T>::mutate(|area| area.release(index, now, rest)),
			AreaId::Titles => TitleArea::<T>::mutate(|area| area.release(index, now, rest)),
			AreaId::Appraisal => AppraisalArea::<T>::mutate(|area| area.release(index, now, rest)),
			AreaId::Vault => VaultArea::<T>::mutate(|area| area.release(index, now, rest)),
			AreaId::Reserves => ReserveArea::<T>::mutate(|area| area.release(index, now, rest)),
			AreaId::Governance => {
				GovernanceArea::<T>::mutate(|area| area.release(index, now, rest))
			}
		}
	}
}

impl<T> From<BrakeError> for Error<T> {
	fn from(error: BrakeError) -> Self {
		match error {
			BrakeError::NotStricter => Self::NotStricter,
			BrakeError::Resting(_) => Self::BrakeResting,
		}
	}
}
