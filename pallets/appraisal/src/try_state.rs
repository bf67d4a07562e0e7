// SPDX-License-Identifier: Apache-2.0

//! What must hold after every block.

use crate::{
	course::Span,
	pallet::{Config, Courses, DelistedValues, Models, NextModelId, Pallet, Policy},
};
use caliber_primitives::appraisal::{ModelStatus, OracleKey};
use polkadot_sdk::{
	frame_support::ensure,
	pallet_oracle::{RawValues, Values},
	sp_runtime::TryRuntimeError,
};

impl<T: Config> Pallet<T> {
	/// What must hold after every block:
	///
	/// 1. the policy is within its bounds;
	/// 2. every model has an id that was given out and a complete description, and what was accepted
	///    last is kept exactly for those that are delisted;
	/// 3. there are no orphan feeds: every raw and every combined value belongs to a registered asset
	///    or to a model that is not delisted, and is one that its key may have;
	/// 4. there is a course exactly for the keys that have a combined value: its spans follow one another,
	///    hold values that the key may have, and end with the value in force.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::try_state_policy()?;
		Self::try_state_models()?;
		Self::try_state_feeds()?;
		Self::try_state_courses()
	}

	fn try_state_policy() -> Result<(), TryRuntimeError> {
		Self::ensure_policy(&Policy::<T>::get())
	}

	fn try_state_models() -> Result<(), TryRuntimeError> {
		let next = NextModelId::<T>::get();
		for (id, model) in Models::<T>::iter() {
			ensure!(id < next, "a model has an id that was not given out");
			Self::ensure_spec(&model.spec)?;
			ensure!(
				DelistedValues::<T>::contains_key(id) == (model.status == ModelStatus::Delisted),
				"the final values are not exactly those of the delisted models"
			);
		}
		for id in DelistedValues::<T>::iter_keys() {
			ensure!(Models::<T>::contains_key(id), "there are final values of no model");
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

	fn try_state_courses() -> Result<(), TryRuntimeError> {
		for (key, course) in Courses::<T>::iter() {
			let in_force =
				Values::<T>::get(key).ok_or("a course is that of a key without a value")?.value;
			Self::try_state_spans(&key, &course.recent, in_force)?;
			Self::try_state_spans(&key, &course.day, in_force)?;
		}
		for key in Values::<T>::iter_keys() {
			ensure!(Courses::<T>::contains_key(key), "a value has no course");
		}
		Ok(())
	}

	fn try_state_spans(
		key: &OracleKey,
		spans: &[Span],
		in_force: u128,
	) -> Result<(), TryRuntimeError> {
		let last = spans.last().ok_or("a course is empty")?;
		ensure!(
			(last.low..=last.high).contains(&in_force),
			"a course does not end with the value in force"
		);
		ensure!(last.since <= Self::now(), "a course runs ahead of the clock");
		ensure!(
			spans.windows(2).all(|pair| pair[0].since < pair[1].since),
			"the spans of a course are out of order"
		);
		for span in spans {
			ensure!(span.low <= span.high, "a span has its bounds the wrong way round");
			Self::ensure_value(key, span.low)?;
			Self::ensure_value(key, span.high)?;
		}
		Ok(())
	}
}
