// SPDX-License-Identifier: Apache-2.0

//! Decisions of referenda on governed values.

use super::areas::in_area;
use crate::{
	frame_support::{defensive, dispatch::DispatchResult, ensure, traits::EnsureOriginWithArg},
	frame_system::pallet_prelude::OriginFor,
	pallet::*,
	types::{AreaId, Change, Changes},
};
use caliber_primitives::governance::{values::GovernanceValues, Area, Authority};
use polkadot_sdk::sp_runtime::{ArithmeticError, DispatchError};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_set(origin: OriginFor<T>, changes: &Changes) -> DispatchResult {
		// The times are those of before the call, whatever it sets them to.
		let times = Self::governance_values();
		let mut rules_changed = false;
		for change in changes {
			rules_changed |=
				Self::set_one(&origin, change, &times)? && change.area() == AreaId::Rules;
		}
		if rules_changed {
			let version =
				CurrentRules::<T>::get().checked_add(1).ok_or(ArithmeticError::Overflow)?;
			CurrentRules::<T>::put(version);
			RuleVersions::<T>::insert(version, RuleArea::<T>::get().values);
			Self::deposit_event(Event::RulesVersionMade { version });
		}
		Ok(())
	}

	/// Sets a value. Returns false if it was set already.
	fn set_one(
		origin: &OriginFor<T>,
		change: &Change,
		times: &GovernanceValues,
	) -> Result<bool, DispatchError> {
		ensure!(Self::is_in_range(change), Error::<T>::OutOfRange);
		let risk =
			in_area!(change, |_Values, Storage, value| Storage::<T>::get().values.risk(value));
		let Some(risk) = risk else { return Ok(false) };
		let authority = T::ValuesOrigin::ensure_origin(origin.clone(), &(change.area(), risk))?;
		ensure!(authority == Authority::Referendum, DispatchError::BadOrigin);

		let (now, period, rest) = (Self::now(), times.ramp_period, times.brake_rest);
		let set = in_area!(change, |_Values, Storage, value| {
			Storage::<T>::mutate(|area| area.set(value, now, period, rest))
		});
		let moves_until = set.map_err(|_| {
			defensive!("an area has room for all its values that move a price");
			Error::<T>::TooManyBrakes
		})?;
		Self::deposit_event(Event::ValueSet { change: *change, moves_until });
		Ok(true)
	}
}
