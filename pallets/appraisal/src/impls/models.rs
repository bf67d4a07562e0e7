// SPDX-License-Identifier: Apache-2.0

//! Hardware models: adding, describing, pausing, delisting.

use crate::{
	pallet::{Config, DelistedValues, Error, Event, Models, NextModelId, Pallet},
	types::{
		keys_of_model, FinalValues, ModelRecord, ModelSpec, MAX_ADVANCE_RATE,
		MAX_ECONOMIC_LIFE_MONTHS, MAX_PRICE, MAX_UNIX_TIME,
	},
};
use caliber_math::{validate_curve, WAD};
use caliber_primitives::{
	appraisal::{AppraisalError, ModelStatus},
	titles::{AssetClass, Ineligibility},
	traits::InspectModels,
	Balance, ModelId, TitleId,
};
use polkadot_sdk::{
	frame_support::{dispatch::DispatchResult, ensure},
	sp_runtime::DispatchError,
};

impl<T: Config> Pallet<T> {
	/// Stores a new model under the next id.
	pub(crate) fn do_add_model(spec: ModelSpec) -> Result<ModelId, DispatchError> {
		Self::ensure_spec(&spec)?;
		let model_id = NextModelId::<T>::get();
		let next_id = model_id.checked_add(1).ok_or(Error::<T>::TooManyModels)?;

		let model = ModelRecord { spec: spec.clone(), status: ModelStatus::Listed };
		NextModelId::<T>::put(next_id);
		Models::<T>::insert(model_id, model);
		Self::deposit_event(Event::ModelAdded { id: model_id, spec });
		Ok(model_id)
	}

	/// Replaces the description of a model.
	pub(crate) fn do_update_model(model_id: ModelId, spec: ModelSpec) -> DispatchResult {
		let model = Self::live_model(model_id)?;
		ensure!(spec.class == model.spec.class, Error::<T>::ClassFixed);
		Self::ensure_spec(&spec)?;

		Models::<T>::insert(model_id, ModelRecord { spec: spec.clone(), ..model });
		Self::deposit_event(Event::ModelUpdated { id: model_id, spec });
		Ok(())
	}

	/// Pauses a model or lists it again.
	pub(crate) fn do_set_model_status(model_id: ModelId, status: ModelStatus) -> DispatchResult {
		ensure!(status != ModelStatus::Delisted, Error::<T>::UseDelistModel);
		let model = Self::live_model(model_id)?;
		ensure!(status != model.status, Error::<T>::StatusUnchanged);

		Models::<T>::insert(model_id, ModelRecord { status, ..model });
		Self::deposit_event(Event::ModelStatusChanged { id: model_id, status });
		Ok(())
	}

	/// Delists a model, keeps its last accepted values and clears its feeds. Returns the number of
	/// operators.
	pub(crate) fn do_delist_model(model_id: ModelId) -> Result<u32, DispatchError> {
		let model = Self::live_model(model_id)?;

		let keys = keys_of_model(model_id);
		let [resale, rental, utilisation] = keys.map(|key| Self::combined_value(&key));
		let values = FinalValues { resale, rental, utilisation };

		Models::<T>::insert(model_id, ModelRecord { status: ModelStatus::Delisted, ..model });
		DelistedValues::<T>::insert(model_id, values);
		let feeders = Self::clear_feeds(&keys);
		Self::deposit_event(Event::ModelDelisted { id: model_id, values });
		Ok(feeders)
	}

	/// Returns a model that is not delisted.
	fn live_model(model_id: ModelId) -> Result<ModelRecord, DispatchError> {
		let model = Models::<T>::get(model_id).ok_or(Error::<T>::UnknownModel)?;
		ensure!(model.status != ModelStatus::Delisted, Error::<T>::ModelDelisted);
		Ok(model)
	}

	/// Ensures that each field of a description is within its bounds. A share above 100 % does not
	/// even decode.
	pub(crate) fn ensure_spec(spec: &ModelSpec) -> Result<(), DispatchError> {
		ensure!(
			!spec.name.is_empty() && core::str::from_utf8(&spec.name).is_ok(),
			Error::<T>::InvalidName
		);
		ensure!((1..=MAX_PRICE).contains(&spec.reference_price), Error::<T>::InvalidReferencePrice);
		ensure!(spec.release_date <= MAX_UNIX_TIME, Error::<T>::InvalidReleaseDate);
		ensure!(
			(1..=MAX_ECONOMIC_LIFE_MONTHS).contains(&spec.economic_life_months),
			Error::<T>::InvalidEconomicLife
		);
		validate_curve(&spec.curve).map_err(|_| Error::<T>::InvalidCurve)?;
		ensure!(spec.conditions.is_valid(), Error::<T>::InvalidConditionFactors);
		ensure!(!spec.forced_sale_factor.is_zero(), Error::<T>::InvalidForcedSaleFactor);
		ensure!(spec.discount_rate.into_inner() <= WAD, Error::<T>::InvalidDiscountRate);
		ensure!(spec.opex_per_hour <= MAX_PRICE, Error::<T>::InvalidOperatingCost);
		ensure!(spec.max_advance_rate <= MAX_ADVANCE_RATE, Error::<T>::InvalidAdvanceRate);
		Ok(())
	}
}

impl<T: Config> InspectModels for Pallet<T> {
	fn listed_class(model_id: ModelId) -> Option<AssetClass> {
		let model = Models::<T>::get(model_id)?;
		(model.status == ModelStatus::Listed).then_some(model.spec.class)
	}

	fn ineligibility(model_id: ModelId) -> Option<Ineligibility> {
		// The status comes first: a delisted model has no feeds either, and that is not the reason.
		Self::listed_model(model_id)
			.and_then(|_| Self::ensure_required_feeds(model_id))
			.err()
			.map(AppraisalError::ineligibility)
	}

	fn title_value(title_id: TitleId) -> Result<Balance, AppraisalError> {
		Self::do_appraise(title_id).map(|valuation| valuation.value)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_model(class: AssetClass) -> ModelId {
		Self::benchmark_valued_model(class)
	}
}
