// SPDX-License-Identifier: Apache-2.0

//! Hardware models: adding, describing, pausing, delisting.

use crate::{
	pallet::{Config, DelistedValues, Error, Event, ModelVersions, Models, NextModelId, Pallet},
	types::{
		keys_of_model, FinalValues, ModelRecord, ModelSpec, ModelTerms, MAX_ADVANCE_RATE,
		MAX_ECONOMIC_LIFE_MONTHS, MAX_PRICE, MAX_UNIX_TIME,
	},
};
use alloc::vec::Vec;
use caliber_math::{validate_curve, WAD};
use caliber_primitives::{
	appraisal::{AppraisalError, Independent, ModelStatus, Namespace},
	governance::{Authority, BrakeError},
	titles::{AssetClass, Ineligibility, TitleFacts},
	traits::InspectModels,
	Balance, ModelId, ModelVersion, Seconds,
};
use polkadot_sdk::{
	frame_support::{
		dispatch::DispatchResult,
		ensure,
		traits::{DefensiveOption, Get},
	},
	sp_runtime::DispatchError,
};

impl<T: Config> Pallet<T> {
	/// Stores a new model under the next id.
	pub(crate) fn do_add_model(spec: ModelSpec) -> Result<ModelId, DispatchError> {
		Self::ensure_spec(&spec)?;
		let model_id = NextModelId::<T>::get();
		let next_id = model_id.checked_add(1).ok_or(Error::<T>::TooManyModels)?;

		NextModelId::<T>::put(next_id);
		Models::<T>::insert(model_id, ModelRecord::new(&spec));
		ModelVersions::<T>::insert(model_id, 0, spec.terms());
		Self::deposit_event(Event::ModelAdded { id: model_id, spec });
		Ok(model_id)
	}

	/// Replaces the description of a model. Changed terms are a new version; name and forced-sale
	/// factor are no part of one.
	pub(crate) fn do_update_model(model_id: ModelId, spec: ModelSpec) -> DispatchResult {
		let mut model = Self::live_model(model_id)?;
		ensure!(spec.class == model.class, Error::<T>::ClassFixed);
		ensure!(spec.namespace == model.namespace, Error::<T>::NamespaceFixed);
		Self::ensure_spec(&spec)?;

		let terms = spec.terms();
		if ModelVersions::<T>::get(model_id, model.version).as_ref() != Some(&terms) {
			model.version = model.version.checked_add(1).ok_or(Error::<T>::TooManyVersions)?;
			ModelVersions::<T>::insert(model_id, model.version, terms);
		}
		if spec.forced_sale_factor != model.forced_sale_factor.target() {
			let period = T::RampPeriod::get();
			model.forced_sale_factor.move_to(spec.forced_sale_factor, Self::now(), period);
		}
		model.name = spec.name.clone();
		let version = model.version;
		Models::<T>::insert(model_id, model);
		Self::deposit_event(Event::ModelUpdated { id: model_id, spec, version });
		Ok(())
	}

	/// Pauses a model or lists it again.
	pub(crate) fn do_set_model_status(
		model_id: ModelId,
		status: ModelStatus,
		authority: Authority,
	) -> DispatchResult {
		ensure!(status != ModelStatus::Delisted, Error::<T>::UseDelistModel);
		let mut model = Self::live_model(model_id)?;
		let (paused, now) = (status == ModelStatus::Paused, Self::now());
		let changes = match paused {
			true => !model.paused.governed(),
			false => model.paused.at(now),
		};
		ensure!(authority == Authority::Committee || changes, Error::<T>::StatusUnchanged);
		model
			.paused
			.stop_or_resume(authority, paused, now, &T::BrakeTerms::get())
			.map_err(Error::<T>::from)?;

		Models::<T>::insert(model_id, model);
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

		Models::<T>::insert(model_id, ModelRecord { delisted: true, ..model });
		DelistedValues::<T>::insert(model_id, values);
		let feeders = Self::clear_feeds(&keys);
		Self::deposit_event(Event::ModelDelisted { id: model_id, values });
		Ok(feeders)
	}

	/// Returns a model that is not delisted.
	fn live_model(model_id: ModelId) -> Result<ModelRecord, DispatchError> {
		let model = Models::<T>::get(model_id).ok_or(Error::<T>::UnknownModel)?;
		ensure!(!model.delisted, Error::<T>::ModelDelisted);
		Ok(model)
	}

	/// Returns the terms of the present version of a model.
	pub(crate) fn present_terms(
		model_id: ModelId,
		model: &ModelRecord,
	) -> Result<ModelTerms, AppraisalError> {
		// The present version of each model is stored (INV-A1).
		ModelVersions::<T>::get(model_id, model.version).defensive_ok_or(AppraisalError::Unexpected)
	}

	/// Returns the terms of a version that somebody names, who may name one that never was.
	pub(crate) fn named_terms(
		model_id: ModelId,
		version: ModelVersion,
	) -> Result<ModelTerms, AppraisalError> {
		ModelVersions::<T>::get(model_id, version).ok_or(AppraisalError::UnknownKey)
	}

	/// Returns the reason for which a model keeps a title from securing new debt, if there is one.
	pub(crate) fn model_ineligibility(model_id: ModelId) -> Option<Ineligibility> {
		// The status comes first: a delisted model has no feeds either, and that is not the reason.
		Self::listed_model(model_id)
			.and_then(|_| Self::ensure_required_feeds(model_id))
			.err()
			.map(AppraisalError::ineligibility)
			.or_else(|| Self::unseasoned(model_id).then_some(Ineligibility::Unseasoned))
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
		Self::listed_model(model_id).ok().map(|model| model.class)
	}

	fn namespace(model_id: ModelId) -> Option<Namespace> {
		Models::<T>::get(model_id).map(|model| model.namespace)
	}

	fn released_at(model_id: ModelId) -> Option<Seconds> {
		let model = Models::<T>::get(model_id)?;
		Self::present_terms(model_id, &model).ok().map(|terms| terms.release_date)
	}

	fn reference_price(model_id: ModelId) -> Option<Balance> {
		let model = Models::<T>::get(model_id)?;
		Some(ModelVersions::<T>::get(model_id, model.version)?.reference_price)
	}

	fn name(model_id: ModelId) -> Option<Vec<u8>> {
		Models::<T>::get(model_id).map(|model| model.name.into_inner())
	}

	fn ineligibility(model_id: ModelId) -> Option<Ineligibility> {
		Self::model_ineligibility(model_id)
	}

	fn present_value(
		facts: &TitleFacts,
		independent: Independent,
	) -> Result<Balance, AppraisalError> {
		Self::present_valuation(facts, independent).map(|valuation| valuation.value)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_model(class: AssetClass) -> ModelId {
		Self::benchmark_valued_model(class)
	}
}

impl<T> From<BrakeError> for Error<T> {
	fn from(error: BrakeError) -> Self {
		match error {
			BrakeError::NotStricter => Self::NotStricter,
			BrakeError::Resting(_) => Self::BrakeResting,
		}
	}
}
