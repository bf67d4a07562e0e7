// SPDX-License-Identifier: Apache-2.0

//! Accepted values, for those who use them: fresh, or an error that says why not.

use super::combine::MILLIS;
use crate::{
	pallet::{Assets, Config, Models, Pallet, Policy},
	types::{model_of_key, ModelRecord},
};
use caliber_primitives::{
	appraisal::{AppraisalError, ModelStatus, OracleKey},
	traits::PriceSource,
	Balance, ModelId, PricedAssetId, Seconds,
};
use polkadot_sdk::{frame_support::traits::UnixTime, pallet_oracle::Values};

impl<T: Config> Pallet<T> {
	/// The block's time.
	pub(crate) fn now() -> Seconds {
		<T as Config>::Time::now().as_secs()
	}

	/// The accepted value of a key and its time, if it may be used now.
	pub(crate) fn do_feed_value(key: OracleKey) -> Result<(Balance, Seconds), AppraisalError> {
		match (model_of_key(&key), key) {
			(Some(model), _) => Self::listed_model(model).map(|_| ())?,
			(None, OracleKey::Price(asset)) if Assets::<T>::contains_key(asset) => (),
			(None, _) => return Err(AppraisalError::UnknownKey),
		}
		Self::fresh_value(key, Policy::<T>::get().max_age, Self::now())
	}

	/// A model whose values may be used.
	pub(crate) fn listed_model(id: ModelId) -> Result<ModelRecord, AppraisalError> {
		let model = Models::<T>::get(id).ok_or(AppraisalError::UnknownKey)?;
		match model.status {
			ModelStatus::Listed => Ok(model),
			ModelStatus::Paused => Err(AppraisalError::Paused),
			ModelStatus::Delisted => Err(AppraisalError::Delisted),
		}
	}

	/// The accepted value of a key whose model or asset has been looked at, if it is fresh.
	pub(crate) fn fresh_value(
		key: OracleKey,
		max_age: Seconds,
		now: Seconds,
	) -> Result<(Balance, Seconds), AppraisalError> {
		let timed = Values::<T>::get(key).ok_or(AppraisalError::Unavailable(key))?;
		let as_of = timed.timestamp / MILLIS;
		now.checked_sub(as_of)
			.filter(|age| *age <= max_age)
			.map(|_| (timed.value, as_of))
			.ok_or(AppraisalError::Stale(key))
	}

	/// Whether every feed that the policy requires of a model is there and fresh.
	pub(crate) fn has_required_feeds(model: ModelId) -> bool {
		let policy = Policy::<T>::get();
		let now = Self::now();
		let required = [
			(policy.require_market, OracleKey::Resale(model)),
			(policy.require_income, OracleKey::Rental(model)),
			(policy.require_income, OracleKey::Utilisation(model)),
		];
		required
			.into_iter()
			.all(|(needed, key)| !needed || Self::fresh_value(key, policy.max_age, now).is_ok())
	}
}

impl<T: Config> PriceSource for Pallet<T> {
	fn price(asset: PricedAssetId) -> Result<(Balance, Seconds), AppraisalError> {
		Self::do_feed_value(OracleKey::Price(asset))
	}
}
