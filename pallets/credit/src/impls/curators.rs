// SPDX-License-Identifier: Apache-2.0

//! Who may underwrite lines, and for how much.

use crate::{
	frame_support::{dispatch::DispatchResult, ensure},
	pallet::*,
	types::CuratorRecord,
};
use caliber_primitives::Balance;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_approve_curator(curator: T::AccountId, capacity: Balance) -> DispatchResult {
		Curators::<T>::try_mutate(&curator, |entry| {
			let committed = match entry {
				None => 0,
				Some(known) if known.suspended => known.committed,
				Some(_) => return Err(Error::<T>::AlreadyCurator),
			};
			*entry = Some(CuratorRecord { capacity, committed, suspended: false });
			Ok(())
		})?;
		Self::deposit_event(Event::CuratorApproved { curator, capacity });
		Ok(())
	}

	pub(crate) fn do_set_curator_capacity(
		curator: T::AccountId,
		capacity: Balance,
	) -> DispatchResult {
		Curators::<T>::try_mutate(&curator, |entry| {
			entry.as_mut().ok_or(Error::<T>::NotCurator)?.capacity = capacity;
			Ok::<_, Error<T>>(())
		})?;
		Self::deposit_event(Event::CuratorCapacitySet { curator, capacity });
		Ok(())
	}

	pub(crate) fn do_suspend_curator(curator: T::AccountId) -> DispatchResult {
		Curators::<T>::try_mutate(&curator, |entry| {
			let record = entry.as_mut().ok_or(Error::<T>::NotCurator)?;
			ensure!(!record.suspended, Error::<T>::CuratorSuspended);
			record.suspended = true;
			Ok::<_, Error<T>>(())
		})?;
		Self::deposit_event(Event::CuratorSuspended { curator });
		Ok(())
	}

	/// A curator that may offer lines and have its offers accepted.
	pub(crate) fn active_curator(curator: &T::AccountId) -> Result<CuratorRecord, Error<T>> {
		let record = Curators::<T>::get(curator).ok_or(Error::NotCurator)?;
		ensure!(!record.suspended, Error::CuratorSuspended);
		Ok(record)
	}

	/// Take the limit of a line that ends off what its curator has committed.
	pub(crate) fn uncommit(curator: &T::AccountId, limit: Balance) -> Result<(), Error<T>> {
		Curators::<T>::try_mutate(curator, |entry| {
			let record = entry.as_mut().ok_or_else(Self::broken)?;
			record.committed = Self::less(record.committed, limit)?;
			Ok(())
		})
	}
}
