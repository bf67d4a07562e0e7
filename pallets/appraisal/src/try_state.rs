// SPDX-License-Identifier: Apache-2.0

//! What must hold after every block.

use crate::pallet::{Config, DayOpening, Models, NextModelId, Pallet, Policy};
use polkadot_sdk::{
	frame_support::ensure,
	pallet_oracle::{RawValues, Values},
	sp_runtime::TryRuntimeError,
};

impl<T: Config> Pallet<T> {
	/// What must hold after every block:
	///
	/// 1. the policy is within its bounds;
	/// 2. every model has an id that was given out and a complete description;
	/// 3. there are no orphan feeds: every raw and every combined value belongs to a registered asset
	///    or to a model that is not delisted, and is one that its key may have;
	/// 4. a day has an opening exactly for the keys that have a combined value.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::try_state_policy()?;
		Self::try_state_models()?;
		Self::try_state_feeds()?;
		Self::try_state_openings()
	}

	fn try_state_policy() -> Result<(), TryRuntimeError> {
		Self::ensure_policy(&Policy::<T>::get())
	}

	fn try_state_models() -> Result<(), TryRuntimeError> {
		let next = NextModelId::<T>::get();
		for (id, model) in Models::<T>::iter() {
			ensure!(id < next, "a model has an id that was not given out");
			Self::ensure_spec(&model.spec)?;
		}
		ensure!(Models::<T>::iter_keys().count() == next as usize, "a model is gone");
		Ok(())
	}

	fn try_state_feeds() -> Result<(), TryRuntimeError> {
		let raw = RawValues::<T>::iter().map(|(_, key, timed)| (key, timed));
		for (key, timed) in raw.chain(Values::<T>::iter()) {
			Self::ensure_open(&key)?;
			Self::ensure_value(&key, timed.value)?;
		}
		Ok(())
	}

	fn try_state_openings() -> Result<(), TryRuntimeError> {
		for (key, opening) in DayOpening::<T>::iter() {
			ensure!(Values::<T>::contains_key(key), "a day has an opening without a value");
			Self::ensure_value(&key, opening.value)?;
		}
		for key in Values::<T>::iter_keys() {
			ensure!(DayOpening::<T>::contains_key(key), "a value has no opening of its day");
		}
		Ok(())
	}
}
