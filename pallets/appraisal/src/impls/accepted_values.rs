// SPDX-License-Identifier: Apache-2.0

//! Accepted values for those who use them: a fresh value, or the reason why there is none.

use super::{price_op::as_of, PriceOp};
use crate::{
	pallet::{Assets, Config, DelistedValues, Medians, Models, Pallet},
	types::{keys_of_model, model_of_key, LastValue, ModelRecord},
};
use alloc::vec::Vec;
use caliber_primitives::{
	appraisal::{AppraisalError, FeedReport, ModelStatus, OracleKey, PriceReport},
	governance::values::AppraisalValues,
	traits::PriceSource,
	Balance, ModelId, PricedAssetId, Seconds,
};
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::{Defensive, Get, UnixTime},
	},
	pallet_oracle::Values,
};

impl<T: Config> Pallet<T> {
	/// Returns the time of the block, unix seconds.
	pub(crate) fn now() -> Seconds {
		<T as Config>::Time::now().as_secs()
	}

	/// Returns the accepted value of a key and its time, if it may be used now.
	pub(crate) fn do_feed_value(key: OracleKey) -> Result<(Balance, Seconds), AppraisalError> {
		match (model_of_key(&key), key) {
			(Some(model_id), _) => Self::valued_model(model_id).map(|_| ())?,
			(None, OracleKey::Price(asset_id)) if Assets::<T>::contains_key(asset_id) => (),
			(None, _) => return Err(AppraisalError::UnknownKey),
		}
		Self::fresh_value(key, T::Values::get().max_age, Self::now())
	}

	/// Returns a model if it is listed now: no other one takes new titles or secures new debt.
	pub(crate) fn listed_model(model_id: ModelId) -> Result<ModelRecord, AppraisalError> {
		Self::model_in_use(model_id, |model| model.status_at(Self::now()))
	}

	/// Returns a model if its values may be used: they are withheld once it is delisted, and while a
	/// referendum pauses it. The technical committee's pause withholds nothing, so that it moves no
	/// price of the savers and breaks no covenant of a line.
	pub(crate) fn valued_model(model_id: ModelId) -> Result<ModelRecord, AppraisalError> {
		Self::model_in_use(model_id, ModelRecord::governed_status)
	}

	/// Returns a model whose status is `Listed`.
	fn model_in_use(
		model_id: ModelId,
		status: impl FnOnce(&ModelRecord) -> ModelStatus,
	) -> Result<ModelRecord, AppraisalError> {
		let model = Models::<T>::get(model_id).ok_or(AppraisalError::UnknownKey)?;
		match status(&model) {
			ModelStatus::Listed => Ok(model),
			ModelStatus::Paused => Err(AppraisalError::Paused),
			ModelStatus::Delisted => Err(AppraisalError::Delisted),
		}
	}

	/// Returns the accepted value of a key and its time, if it is fresh. The status of the model is
	/// not checked.
	pub(crate) fn fresh_value(
		key: OracleKey,
		max_age: Seconds,
		now: Seconds,
	) -> Result<(Balance, Seconds), AppraisalError> {
		let (value, as_of) = Self::combined_value(&key).ok_or(AppraisalError::Unavailable(key))?;
		now.checked_sub(as_of)
			.filter(|age| *age <= max_age)
			.map(|_| (value, as_of))
			.ok_or(AppraisalError::Stale(key))
	}

	/// Returns the accepted value of a key and its time, however old; none once its feed is
	/// cleared.
	pub(crate) fn combined_value(key: &OracleKey) -> LastValue {
		Values::<T>::get(key).map(|timed| (timed.value, as_of(&timed)))
	}

	/// Returns the last accepted value of a key and its time, however old and whatever the status
	/// of its model.
	pub(crate) fn last_value(key: &OracleKey) -> LastValue {
		Self::combined_value(key).or_else(|| DelistedValues::<T>::get(model_of_key(key)?)?.of(key))
	}

	/// Returns the report on a feed; none if the key belongs to no registered model or asset.
	pub(crate) fn do_feed_report(key: OracleKey) -> Option<FeedReport> {
		let withheld = Self::do_feed_value(key).err();
		if withheld == Some(AppraisalError::UnknownKey) {
			return None;
		}
		let policy = T::Values::get();
		let bounds = PriceOp::<T>::load(key, &policy, Self::now())
			.bounds()
			.defensive_proof("values and moves are far below the range of u128")
			.ok()
			.flatten();
		let median = Medians::<T>::get(key);
		Some(FeedReport {
			last: Self::last_value(&key),
			withheld,
			lowest: bounds.map(|bounds| bounds.lowest),
			highest: bounds.map(|bounds| bounds.highest),
			median: median.map(|median| median.value),
			seasoned_at: median.map(|median| median.seasoned_at(policy.seasoning_period)),
		})
	}

	/// Returns the reports on the feeds of all models and assets, by key.
	pub(crate) fn do_prices() -> Vec<PriceReport> {
		let models = Models::<T>::iter_keys().flat_map(keys_of_model);
		let assets = Assets::<T>::iter_keys().map(OracleKey::Price);
		let mut keys: Vec<_> = models.chain(assets).collect();
		keys.sort_unstable();
		keys.into_iter()
			.filter_map(|key| Some(PriceReport { key, feed: Self::do_feed_report(key)? }))
			.collect()
	}

	/// Ensures that each feed of a model that the governed values require is fresh. Fails with the
	/// reason of the first one that is not, and if no approach is required: then there is no value.
	pub(crate) fn ensure_required_feeds(model_id: ModelId) -> Result<(), AppraisalError> {
		let policy = T::Values::get();
		let now = Self::now();
		ensure!(
			policy.require_cost || policy.require_market || policy.require_income,
			AppraisalError::Zero
		);
		required_keys(model_id, &policy)
			.try_for_each(|key| Self::fresh_value(key, policy.max_age, now).map(|_| ()))
	}

	/// Returns true while the value of a feed that the governed values require has no history of the
	/// seasoning period: it is not fit for new debt yet.
	pub(crate) fn unseasoned(model_id: ModelId) -> bool {
		let policy = T::Values::get();
		let now = Self::now();
		required_keys(model_id, &policy).any(|key| {
			Medians::<T>::get(key)
				.is_none_or(|median| now < median.seasoned_at(policy.seasoning_period))
		})
	}

	/// Returns true if the last median of a feed of a model is below its accepted value, which
	/// follows it within its bounds.
	pub(crate) fn is_falling(model_id: ModelId) -> bool {
		keys_of_model(model_id).into_iter().any(|key| {
			Medians::<T>::get(key)
				.zip(Self::combined_value(&key))
				.is_some_and(|(median, (accepted, _))| median.value < accepted)
		})
	}
}

/// Returns the keys of a model that the governed values require.
fn required_keys(model_id: ModelId, policy: &AppraisalValues) -> impl Iterator<Item = OracleKey> {
	let feeds = [
		(policy.require_market, OracleKey::Resale(model_id)),
		(policy.require_income, OracleKey::Rental(model_id)),
		(policy.require_income, OracleKey::Utilisation(model_id)),
	];
	feeds.into_iter().filter_map(|(required, key)| required.then_some(key))
}

impl<T: Config> PriceSource for Pallet<T> {
	fn price(asset_id: PricedAssetId) -> Result<(Balance, Seconds), AppraisalError> {
		Self::do_feed_value(OracleKey::Price(asset_id))
	}

	fn last_known(asset_id: PricedAssetId) -> Option<(Balance, Seconds)> {
		Self::combined_value(&OracleKey::Price(asset_id))
	}
}
