// SPDX-License-Identifier: Apache-2.0

//! Invariants of the appraisal pallet.

use crate::{
	pallet::{
		Config, DelistedValues, Medians, ModelVersions, Models, NextModelId, Pallet, PriceHistories,
	},
	types::Bucket,
};
use caliber_primitives::appraisal::OracleKey;
use polkadot_sdk::{
	frame_support::{ensure, traits::SortedMembers},
	pallet_oracle::{self, RawValues, Values},
	sp_runtime::TryRuntimeError,
};

impl<T: Config> Pallet<T> {
	/// Checks the invariants of the pallet, which hold after every block:
	///
	/// - INV-A1: the versions of each model are 0..=its present one, and none is beyond.
	/// - INV-A2: the ids of the models are 0..[`NextModelId`].
	/// - INV-A3: the description of each model is within its bounds by each of its versions, and its
	///   forced-sale factor is above zero now and where it comes to rest.
	/// - INV-A4: [`DelistedValues`] exist exactly for the delisted models.
	/// - INV-A5: each raw or accepted value belongs to a registered asset or to a model that is not
	///   delisted.
	/// - INV-A6: each raw or accepted value is within the range of its key: 0 < price <=
	///   `MAX_PRICE`, 0 <= utilisation <= 10^18.
	/// - INV-A7: [`PriceHistories`] exist exactly for the keys with an accepted value.
	/// - INV-A8: the value in force is in the last bucket of its history: low <= value <= high.
	/// - INV-A9: buckets of a history are ordered by time, and none starts in the future.
	/// - INV-A10: 0 < low <= high <= highest value of the key for each bucket; low may be 0 for a
	///   utilisation.
	/// - INV-A11: [`Medians`] exist exactly for the keys with an accepted value; each is within the
	///   range of its key, and its history begins no later than now.
	/// - INV-A12: each raw value is the report of an operator that has a seat.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::try_state_versions()?;
		Self::try_state_models()?;
		Self::try_state_feeds()?;
		Self::try_state_price_histories()?;
		Self::try_state_medians()
	}

	/// Checks INV-A1, and INV-A3 for the terms of each version.
	fn try_state_versions() -> Result<(), TryRuntimeError> {
		let mut count: u64 = 0;
		for (model_id, version, terms) in ModelVersions::<T>::iter() {
			let model = Models::<T>::get(model_id)
				.filter(|model| version <= model.version)
				.ok_or("INV-A1: versions of each model = 0..=its present version")?;
			Self::ensure_spec(&model.spec(terms))
				.map_err(|_| "INV-A3: description of each model within its bounds")?;
			count += 1;
		}
		// All are different and none is beyond, so that their number tells that none is missing.
		let expected: u64 =
			Models::<T>::iter_values().map(|model| u64::from(model.version) + 1).sum();
		ensure!(count == expected, "INV-A1: versions of each model = 0..=its present version");
		Ok(())
	}

	/// Checks INV-A2, INV-A4, and INV-A3 for the present forced-sale factors.
	fn try_state_models() -> Result<(), TryRuntimeError> {
		let next_id = NextModelId::<T>::get();
		for (model_id, model) in Models::<T>::iter() {
			ensure!(model_id < next_id, "INV-A2: ids of models = 0..NextModelId");
			ensure!(
				!model.forced_sale_factor.at(Self::now()).is_zero(),
				"INV-A3: forced-sale factor of each model > 0"
			);
			ensure!(
				DelistedValues::<T>::contains_key(model_id) == model.delisted,
				"INV-A4: models of DelistedValues = delisted models"
			);
		}
		for model_id in DelistedValues::<T>::iter_keys() {
			ensure!(
				Models::<T>::contains_key(model_id),
				"INV-A4: models of DelistedValues = delisted models"
			);
		}
		let count = Models::<T>::iter_keys().count();
		ensure!(count == next_id as usize, "INV-A2: ids of models = 0..NextModelId");
		Ok(())
	}

	/// Checks INV-A11.
	fn try_state_medians() -> Result<(), TryRuntimeError> {
		for (key, median) in Medians::<T>::iter() {
			ensure!(Values::<T>::contains_key(key), "INV-A11: keys of Medians = keys of Values");
			Self::ensure_value(&key, median.value)
				.map_err(|_| "INV-A11: each median within the range of its key")?;
			ensure!(median.usable_since <= Self::now(), "INV-A11: usable since <= now");
		}
		ensure!(
			Values::<T>::iter_keys().all(Medians::<T>::contains_key),
			"INV-A11: keys of Medians = keys of Values"
		);
		Ok(())
	}

	/// Checks INV-A5, INV-A6 and INV-A12.
	fn try_state_feeds() -> Result<(), TryRuntimeError> {
		for (operator, _, _) in RawValues::<T>::iter() {
			ensure!(
				<T as pallet_oracle::Config>::Members::contains(&operator),
				"INV-A12: reporters of raw values ⊆ operators"
			);
		}
		let raw = RawValues::<T>::iter().map(|(_, key, timed)| (key, timed));
		for (key, timed) in raw.chain(Values::<T>::iter()) {
			Self::ensure_open(&key)
				.map_err(|_| "INV-A5: keys of values ⊆ registered assets, models not delisted")?;
			Self::ensure_value(&key, timed.value)
				.map_err(|_| "INV-A6: 0 < price <= MAX_PRICE, 0 <= utilisation <= 10^18")?;
		}
		Ok(())
	}

	/// Checks INV-A7 to INV-A10.
	fn try_state_price_histories() -> Result<(), TryRuntimeError> {
		for (key, history) in PriceHistories::<T>::iter() {
			let in_force =
				Values::<T>::get(key).ok_or("INV-A7: keys of PriceHistories = keys of Values")?;
			Self::try_state_buckets(&key, &history.recent, in_force.value)?;
			Self::try_state_buckets(&key, &history.day, in_force.value)?;
		}
		for key in Values::<T>::iter_keys() {
			ensure!(
				PriceHistories::<T>::contains_key(key),
				"INV-A7: keys of PriceHistories = keys of Values"
			);
		}
		Ok(())
	}

	/// Checks INV-A8 to INV-A10 for the buckets of one period.
	fn try_state_buckets(
		key: &OracleKey,
		buckets: &[Bucket],
		in_force: u128,
	) -> Result<(), TryRuntimeError> {
		let last = buckets.last().ok_or("INV-A8: a last bucket exists")?;
		ensure!(
			(last.low..=last.high).contains(&in_force),
			"INV-A8: low of the last bucket <= value in force <= high of the last bucket"
		);
		ensure!(last.since <= Self::now(), "INV-A9: start of each bucket <= now");
		ensure!(
			buckets.windows(2).all(|pair| pair[0].since < pair[1].since),
			"INV-A9: start of each bucket < start of the next"
		);
		for bucket in buckets {
			ensure!(bucket.low <= bucket.high, "INV-A10: low <= high of each bucket");
			for value in [bucket.low, bucket.high] {
				Self::ensure_value(key, value).map_err(|_| {
					"INV-A10: low and high of each bucket within the range of the key"
				})?;
			}
		}
		Ok(())
	}
}
