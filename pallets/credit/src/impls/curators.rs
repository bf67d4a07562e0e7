// SPDX-License-Identifier: Apache-2.0

//! Approval of curators, and their capacity.

use crate::{
	frame_support::{dispatch::DispatchResult, ensure},
	pallet::*,
	types::CuratorRecord,
};
use caliber_primitives::Balance;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_approve_curator(who: T::AccountId, capacity: Balance) -> DispatchResult {
		Curators::<T>::try_mutate(&who, |entry| {
			let committed = match entry {
				None => 0,
				Some(known) if known.suspended => known.committed,
				Some(_) => return Err(Error::<T>::AlreadyCurator),
			};
			*entry = Some(CuratorRecord { capacity, committed, suspended: false });
			Ok(())
		})?;
		Self::deposit_event(Event::CuratorApproved { curator: who, capacity });
		Ok(())
	}

	pub(crate) fn do_set_curator_capacity(who: T::AccountId, capacity: Balance) -> DispatchResult {
		Curators::<T>::try_mutate(&who, |entry| {
			entry.as_mut().ok_or(Error::<T>::NotCurator)?.capacity = capacity;
			Ok::<_, Error<T>>(())
		})?;
		Self::deposit_event(Event::CuratorCapacitySet { curator: who, capacity });
		Ok(())
	}

	pub(crate) fn do_suspend_curator(who: T::AccountId) -> DispatchResult {
		Curators::<T>::try_mutate(&who, |entry| {
			let curator = entry.as_mut().ok_or(Error::<T>::NotCurator)?;
			ensure!(!curator.suspended, Error::<T>::CuratorSuspended);
			curator.suspended = true;
			Ok::<_, Error<T>>(())
		})?;
		Self::deposit_event(Event::CuratorSuspended { curator: who });
		Ok(())
	}

	/// Returns a curator that may offer lines and have its offers accepted.
	pub(crate) fn active_curator(who: &T::AccountId) -> Result<CuratorRecord, Error<T>> {
		let curator = Curators::<T>::get(who).ok_or(Error::NotCurator)?;
		ensure!(!curator.suspended, Error::CuratorSuspended);
		Ok(curator)
	}

	/// Takes the limit of a line that ends off the sum that its curator has committed.
	pub(crate) fn uncommit(who: &T::AccountId, limit: Balance) -> Result<(), Error<T>> {
		Curators::<T>::try_mutate(who, |entry| {
			let curator = entry.as_mut().ok_or_else(Self::unexpected)?;
			curator.committed = Self::checked_difference(curator.committed, limit)?;
			Ok(())
		})
	}
}
