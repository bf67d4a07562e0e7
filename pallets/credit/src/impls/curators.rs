// SPDX-License-Identifier: Apache-2.0

//! Approval of curators, and their capacity.

use crate::{
	frame_support::{dispatch::DispatchResult, ensure, traits::Get},
	pallet::*,
	types::CuratorRecord,
};
use caliber_primitives::{
	governance::{Authority, Governed, Risk, Stricter},
	Balance, Seconds,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_approve_curator(who: T::AccountId, capacity: Balance) -> DispatchResult {
		Curators::<T>::try_mutate(&who, |entry| {
			let Some(known) = entry else {
				// Also at genesis, when there is no time.
				*entry = Some(CuratorRecord {
					capacity: Governed::new(capacity),
					committed: 0,
					outstanding: 0,
					suspended: Governed::new(false),
				});
				return Ok::<_, Error<T>>(());
			};
			let before = known.clone();
			known.capacity.decide(capacity);
			known.suspended.lift(Self::now());
			// A brake may have run out since the referendum began: that alone refuses nothing.
			ensure!(*known != before, Error::<T>::AlreadyCurator);
			Ok(())
		})?;
		Self::deposit_event(Event::CuratorApproved { curator: who, capacity });
		Ok(())
	}

	/// Returns the way in which a new capacity of a curator moves risk.
	pub(crate) fn risk_of_capacity(who: &T::AccountId, capacity: Balance) -> Risk {
		Curators::<T>::get(who)
			.map_or(Risk::Raises, |curator| Self::risk_of_change(&curator.capacity, capacity))
	}

	pub(crate) fn do_set_curator_capacity(
		authority: Authority,
		who: T::AccountId,
		capacity: Balance,
	) -> DispatchResult {
		let until = Curators::<T>::try_mutate(&who, |entry| {
			let curator = entry.as_mut().ok_or(Error::<T>::NotCurator)?;
			Self::apply(&mut curator.capacity, authority, capacity)
		})?;
		Self::deposit_event(Event::CuratorCapacitySet { curator: who, capacity, until });
		Ok(())
	}

	pub(crate) fn do_suspend_curator(authority: Authority, who: T::AccountId) -> DispatchResult {
		let until = Curators::<T>::try_mutate(&who, |entry| {
			let curator = entry.as_mut().ok_or(Error::<T>::NotCurator)?;
			ensure!(!curator.suspended.governed(), Error::<T>::CuratorSuspended);
			Self::apply(&mut curator.suspended, authority, true)
		})?;
		Self::deposit_event(Event::CuratorSuspended { curator: who, until });
		Ok(())
	}

	/// Returns a curator that may offer lines, have its offers accepted and its lines drawn.
	pub(crate) fn active_curator(who: &T::AccountId) -> Result<CuratorRecord, Error<T>> {
		let curator = Curators::<T>::get(who).ok_or(Error::NotCurator)?;
		ensure!(!curator.suspended.at(Self::now()), Error::CuratorSuspended);
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

	/// Returns the way in which setting a value moves risk.
	pub(crate) fn risk_of_change<V: Stricter>(old: &Governed<V>, new: V) -> Risk {
		match old.governed().stricter(new) == new {
			true => Risk::Lowers,
			false => Risk::Raises,
		}
	}

	/// Sets a value, or brakes it, by who decides. Returns the first second after a brake.
	pub(crate) fn apply<V: Stricter>(
		field: &mut Governed<V>,
		authority: Authority,
		value: V,
	) -> Result<Option<Seconds>, Error<T>> {
		Ok(field.apply(authority, value, Self::now(), &T::BrakeTerms::get())?)
	}
}
