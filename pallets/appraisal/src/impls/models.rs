// SPDX-License-Identifier: Apache-2.0

//! The life of a model.

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
	/// Store a new model under the next id.
	pub(crate) fn do_add_model(spec: ModelSpec) -> Result<ModelId, DispatchError> {
		Self::ensure_spec(&spec)?;
		let id = NextModelId::<T>::get();
		let next = id.checked_add(1).ok_or(Error::<T>::TooManyModels)?;

		NextModelId::<T>::put(next);
		Models::<T>::insert(id, ModelRecord { spec: spec.clone(), status: ModelStatus::Listed });
		Self::deposit_event(Event::ModelAdded { id, spec });
		Ok(id)
	}

	/// Replace the description of a model.
	pub(crate) fn do_update_model(id: ModelId, spec: ModelSpec) -> DispatchResult {
		let model = Self::live_model(id)?;
		ensure!(spec.class == model.spec.class, Error::<T>::ClassFixed);
		Self::ensure_spec(&spec)?;

		Models::<T>::insert(id, ModelRecord { spec: spec.clone(), ..model });
		Self::deposit_event(Event::ModelUpdated { id, spec });
		Ok(())
	}

	/// Pause a model or list it again.
	pub(crate) fn do_set_model_status(id: ModelId, status: ModelStatus) -> DispatchResult {
		ensure!(status != ModelStatus::Delisted, Error::<T>::UseDelistModel);
		let model = Self::live_model(id)?;
		ensure!(status != model.status, Error::<T>::StatusUnchanged);

		Models::<T>::insert(id, ModelRecord { status, ..model });
		Self::deposit_event(Event::ModelStatusChanged { id, status });
		Ok(())
	}

	/// Delist a model and clear its feeds, but for what was accepted last. Returns the number of operators, over which it went.
	pub(crate) fn do_delist_model(id: ModelId) -> Result<u32, DispatchError> {
		let model = Self::live_model(id)?;

		let keys = keys_of_model(id);
		let [resale, rental, utilisation] = keys.map(|key| Self::combined_value(&key));
		let values = FinalValues { resale, rental, utilisation };

		Models::<T>::insert(id, ModelRecord { status: ModelStatus::Delisted, ..model });
		DelistedValues::<T>::insert(id, values);
		let feeders = Self::clear_feeds(&keys);
		Self::deposit_event(Event::ModelDelisted { id, values });
		Ok(feeders)
	}

	/// A model that is not delisted.
	fn live_model(id: ModelId) -> Result<ModelRecord, DispatchError> {
		let model = Models::<T>::get(id).ok_or(Error::<T>::UnknownModel)?;
		ensure!(model.status != ModelStatus::Delisted, Error::<T>::ModelDelisted);
		Ok(model)
	}

	/// Whether a description is within its bounds. No share of it can be more than the whole.
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
	fn listed_class(model: ModelId) -> Option<AssetClass> {
		let record = Models::<T>::get(model)?;
		(record.status == ModelStatus::Listed).then_some(record.spec.class)
	}

	fn ineligibility(model: ModelId) -> Option<Ineligibility> {
		// The status comes first: a delisted model has no feeds either, and that is not the reason.
		Self::listed_model(model)
			.and_then(|_| Self::required_feeds(model))
			.err()
			.map(AppraisalError::ineligibility)
	}

	fn title_value(title: TitleId) -> Result<Balance, AppraisalError> {
		Self::do_appraise(title).map(|valuation| valuation.value)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_model(class: AssetClass) -> ModelId {
		Self::benchmark_valued_model(class)
	}
}
