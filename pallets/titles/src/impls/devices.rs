// SPDX-License-Identifier: Apache-2.0

//! Devices: each is known by one id, and remembers age, condition and loss beyond its titles.

use super::independence::Part;
use crate::{
	Attestation, Attestations, Config, Device, DeviceIds, Devices, Error, Event, Inspection,
	Pallet, PartyKind, TitleDevices, TitleOf, DEVICE_FOOTPRINT,
};
use alloc::collections::BTreeSet;
use caliber_primitives::{
	titles::{Condition, DeviceId, TitleStatus},
	Seconds, TitleId,
};
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::{Consideration, DefensiveOption},
	},
	sp_core::H256,
	sp_runtime::DispatchError,
};

/// Returns true if a key occurs twice.
pub(crate) fn has_duplicates<K: Ord>(mut keys: impl Iterator<Item = K>) -> bool {
	let mut seen = BTreeSet::new();
	!keys.all(|key| seen.insert(key))
}

impl<T: Config> Pallet<T> {
	/// Ensures that a device may come under a title: it is not lost, and no confirmed title stands
	/// for it.
	pub(crate) fn ensure_device_is_free(device_id: &DeviceId) -> Result<(), Error<T>> {
		let Some(device) = Devices::<T>::get(device_id) else { return Ok(()) };
		Self::ensure_free(&device)
	}

	fn ensure_free(device: &crate::DeviceOf<T>) -> Result<(), Error<T>> {
		ensure!(device.lost_at.is_none(), Error::<T>::DeviceLost);
		ensure!(device.title.is_none(), Error::<T>::DeviceTaken);
		Ok(())
	}

	/// Returns true if a confirmed title stands for one of the devices of an attested one, or one of
	/// them is lost.
	pub(crate) fn is_superseded(title_id: TitleId) -> bool {
		let devices = TitleDevices::<T>::get(title_id);
		devices.iter().any(|device_id| Self::ensure_device_is_free(device_id).is_err())
	}

	/// Puts the devices of a title that is confirmed under it. Returns when the first of them went
	/// into service, and the condition of the worst. The custodian pays for records that are new.
	pub(crate) fn take_devices(
		title_id: TitleId,
		title: &TitleOf<T>,
	) -> Result<(Seconds, Condition), DispatchError> {
		let attested = (title.commissioned_at, title.condition);
		let (mut oldest, mut worst) = attested;
		for device_id in TitleDevices::<T>::get(title_id) {
			let taken = match Devices::<T>::get(device_id) {
				Some(known) => {
					Self::ensure_free(&known)?;
					Device {
						title: Some(title_id),
						first_commissioned: known.first_commissioned.min(attested.0),
						worst_condition: known.worst_condition.max(attested.1),
						..known
					}
				}
				None => Device {
					title: Some(title_id),
					first_commissioned: attested.0,
					worst_condition: attested.1,
					lost_at: None,
					ticket: T::TitleConsideration::new(&title.custodian, DEVICE_FOOTPRINT)?,
				},
			};
			oldest = oldest.min(taken.first_commissioned);
			worst = worst.max(taken.worst_condition);
			Devices::<T>::insert(device_id, taken);
		}
		Ok((oldest, worst))
	}

	/// Takes the devices of a title that goes out from under it. Their records stay, and lost ones
	/// stay lost. Returns how many there were.
	pub(crate) fn free_devices(title_id: TitleId, status: TitleStatus) -> Result<u32, Error<T>> {
		let devices = TitleDevices::<T>::take(title_id);
		// An attestation has taken none.
		if status != TitleStatus::Attested {
			Self::change_devices(&devices, |device| device.title = None)?;
		}
		Ok(devices.len() as u32)
	}

	/// Changes devices of a confirmed title, whose records are never missing.
	fn change_devices(
		devices: &DeviceIds,
		change: impl Fn(&mut crate::DeviceOf<T>),
	) -> Result<(), Error<T>> {
		for device_id in devices {
			Devices::<T>::try_mutate(device_id, |device| {
				change(device.as_mut().defensive_ok_or(Error::<T>::Unexpected)?);
				Ok::<_, Error<T>>(())
			})?;
		}
		Ok(())
	}

	/// Marks devices of a title as lost.
	pub(crate) fn lose_devices(
		title_id: TitleId,
		devices: &DeviceIds,
		at: Seconds,
	) -> Result<(), Error<T>> {
		for device_id in devices {
			Devices::<T>::try_mutate(device_id, |device| {
				let device = device.as_mut().ok_or(Error::<T>::DeviceNotOfTitle)?;
				ensure!(device.title == Some(title_id), Error::<T>::DeviceNotOfTitle);
				ensure!(device.lost_at.is_none(), Error::<T>::DeviceLost);
				device.lost_at = Some(at);
				Ok::<_, Error<T>>(())
			})?;
		}
		Ok(())
	}

	/// Marks all devices of a title as lost that are not. Returns how many were not.
	pub(crate) fn lose_remaining(title_id: TitleId, at: Seconds) -> Result<u32, Error<T>> {
		let mut devices = TitleDevices::<T>::get(title_id);
		devices.retain(|device_id| {
			Devices::<T>::get(device_id).is_some_and(|device| device.lost_at.is_none())
		});
		Self::lose_devices(title_id, &devices, at)?;
		Ok(devices.len() as u32)
	}

	/// Takes the mark of a loss from all devices of a title. Returns how many devices it has, and
	/// the worst of their conditions and `condition`.
	pub(crate) fn find_devices(
		title_id: TitleId,
		condition: Condition,
	) -> Result<(u32, Condition), Error<T>> {
		let devices = TitleDevices::<T>::get(title_id);
		let mut worst = condition;
		for device_id in &devices {
			Devices::<T>::try_mutate(device_id, |device| {
				let device = device.as_mut().defensive_ok_or(Error::<T>::Unexpected)?;
				device.lost_at = None;
				worst = worst.max(device.worst_condition);
				Ok::<_, Error<T>>(())
			})?;
		}
		Ok((devices.len() as u32, worst))
	}

	pub(crate) fn do_clear_lost_device(device_id: DeviceId) -> Result<(), Error<T>> {
		Devices::<T>::try_mutate(device_id, |device| {
			let device = device.as_mut().ok_or(Error::<T>::UnknownDevice)?;
			ensure!(device.lost_at.is_some(), Error::<T>::DeviceNotLost);
			// A title that stands for it is recovered as a whole.
			ensure!(device.title.is_none(), Error::<T>::DeviceTaken);
			device.lost_at = None;
			Ok::<_, Error<T>>(())
		})?;
		Self::deposit_event(Event::LostDeviceCleared { device: device_id });
		Ok(())
	}

	/// Returns the number of devices.
	pub(crate) fn do_reinspect(
		verifier: T::AccountId,
		title_id: TitleId,
		condition: Condition,
		document: H256,
	) -> Result<u32, Error<T>> {
		Self::admitted_party(PartyKind::Verifier, &verifier)?;
		Self::ensure_may_vouch(&verifier, title_id, Part::Verifier)?;
		let title = Self::title_record(title_id)?;
		ensure!(title.status != TitleStatus::Attested, Error::<T>::NotConfirmed);
		// One key alone moves no value that lenders rely on.
		ensure!(title.line.is_none(), Error::<T>::Encumbered);
		Self::note_confirmation(&verifier)?;

		let devices = TitleDevices::<T>::get(title_id);
		Self::change_devices(&devices, |device| {
			// Nobody has seen what is lost.
			if device.lost_at.is_none() {
				device.worst_condition = condition;
			}
		})?;
		Self::change_stored(title_id, |title| {
			title.condition = condition;
			// Whoever inspects has seen what insurers paid for.
			title.unmatched = 0;
		})?;
		let attestation = Self::attestation(title_id)?;
		let inspection = Inspection { verifier: verifier.clone(), document, at: Self::now() };
		let inspection = Some(inspection);
		Attestations::<T>::insert(title_id, Attestation { inspection, ..attestation });
		Self::deposit_event(Event::TitleReinspected {
			title: title_id,
			verifier,
			condition,
			document,
		});
		Ok(devices.len() as u32)
	}
}
