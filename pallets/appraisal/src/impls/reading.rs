// SPDX-License-Identifier: Apache-2.0

//! Accepted values, for those who use them: fresh, or an error that says why not.

use super::combine::MILLIS;
use crate::{
	pallet::{Assets, Config, Courses, DelistedValues, Models, Pallet, Policy},
	types::{model_of_key, move_floor, LastValue, ModelRecord},
};
use caliber_primitives::{
	appraisal::{AppraisalError, FeedReport, ModelStatus, OracleKey},
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
		let (value, as_of) = Self::combined_value(&key).ok_or(AppraisalError::Unavailable(key))?;
		now.checked_sub(as_of)
			.filter(|age| *age <= max_age)
			.map(|_| (value, as_of))
			.ok_or(AppraisalError::Stale(key))
	}

	/// The combined value of a key and its time, however old; none once its feed is cleared.
	pub(crate) fn combined_value(key: &OracleKey) -> LastValue {
		Values::<T>::get(key).map(|timed| (timed.value, timed.timestamp / MILLIS))
	}

	/// The value that was accepted last for a key and its time, however old and whatever has become of
	/// its model.
	pub(crate) fn last_value(key: &OracleKey) -> LastValue {
		Self::combined_value(key).or_else(|| DelistedValues::<T>::get(model_of_key(key)?)?.of(key))
	}

	/// What is known of a feed; none for a key of nothing that is registered.
	pub(crate) fn do_feed_report(key: OracleKey) -> Option<FeedReport> {
		let withheld = Self::do_feed_value(key).err();
		if withheld == Some(AppraisalError::UnknownKey) {
			return None;
		}
		let reach = Self::combined_value(&key).zip(Courses::<T>::get(key)).and_then(
			|((previous, _), course)| {
				let policy = Policy::<T>::get();
				course.reach(previous, move_floor(&key), Self::now(), &policy).ok().flatten()
			},
		);
		Some(FeedReport {
			last: Self::last_value(&key),
			withheld,
			lowest: reach.map(|reach| reach.lowest),
			highest: reach.map(|reach| reach.highest),
		})
	}

	/// Whether every feed that the policy requires of a model is there and fresh, or what ails the
	/// first that is not.
	pub(crate) fn required_feeds(model: ModelId) -> Result<(), AppraisalError> {
		let policy = Policy::<T>::get();
		let now = Self::now();
		let required = [
			(policy.require_market, OracleKey::Resale(model)),
			(policy.require_income, OracleKey::Rental(model)),
			(policy.require_income, OracleKey::Utilisation(model)),
		];
		required
			.into_iter()
			.filter(|(needed, _)| *needed)
			.try_for_each(|(_, key)| Self::fresh_value(key, policy.max_age, now).map(|_| ()))
	}
}

impl<T: Config> PriceSource for Pallet<T> {
	fn price(asset: PricedAssetId) -> Result<(Balance, Seconds), AppraisalError> {
		Self::do_feed_value(OracleKey::Price(asset))
	}

	fn last_known(asset: PricedAssetId) -> Option<(Balance, Seconds)> {
		Self::combined_value(&OracleKey::Price(asset))
	}
}
