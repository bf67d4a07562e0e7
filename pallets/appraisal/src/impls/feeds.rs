// SPDX-License-Identifier: Apache-2.0

//! Reports of the operators: checks, the way into `pallet-oracle`, and removal.

use super::PriceOp;
use crate::{
	pallet::{Assets, Config, Error, LastFed, Models, Pallet},
	types::{highest_value, model_of_key, FeedValuesOf},
	weights::WeightInfo,
};
use alloc::collections::BTreeSet;
use caliber_primitives::{
	appraisal::{OracleKey, OracleValue},
	traits::OnNewAppraisal,
};
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::{ChangeMembers, SortedMembers},
		weights::Weight,
	},
	frame_system,
	pallet_oracle::{self, DataFeeder, RawValues},
	sp_runtime::DispatchError,
};

impl<T: Config> Pallet<T> {
	/// Accepts the reports of an operator, all or none. Returns the number of reports and the
	/// number of operators.
	pub(crate) fn do_feed(
		who: T::AccountId,
		values: FeedValuesOf<T>,
	) -> Result<(u32, u32), DispatchError> {
		ensure!(<T as pallet_oracle::Config>::Members::contains(&who), Error::<T>::NotOperator);
		let block = frame_system::Pallet::<T>::block_number();
		ensure!(LastFed::<T>::get(&who) != Some(block), Error::<T>::AlreadyFed);
		ensure!(!values.is_empty(), Error::<T>::NoValues);
		let mut keys = BTreeSet::new();
		for (key, value) in &values {
			ensure!(keys.insert(*key), Error::<T>::DuplicateKey);
			Self::ensure_open(key)?;
			Self::ensure_value(key, *value)?;
		}

		LastFed::<T>::insert(&who, block);
		let fed = values.len() as u32;
		for (key, value) in values {
			pallet_oracle::Pallet::<T>::feed_value(Some(who.clone()), key, value)?;
		}
		Ok((fed, Self::operators_count()))
	}

	/// Ensures that a key may be fed: its asset is registered, or its model exists and is not
	/// delisted. Keys of paused models may be fed.
	pub(crate) fn ensure_open(key: &OracleKey) -> Result<(), DispatchError> {
		match (model_of_key(key), key) {
			(Some(model_id), _) => {
				let model = Models::<T>::get(model_id).ok_or(Error::<T>::UnknownKey)?;
				ensure!(!model.delisted, Error::<T>::ModelDelisted);
			}
			(None, OracleKey::Price(asset_id)) => {
				ensure!(Assets::<T>::contains_key(asset_id), Error::<T>::UnknownKey);
			}
			(None, _) => return Err(Error::<T>::UnknownKey.into()),
		}
		Ok(())
	}

	/// Ensures that a value is within the range of its key. Only a utilisation may be zero.
	pub(crate) fn ensure_value(key: &OracleKey, value: OracleValue) -> Result<(), DispatchError> {
		ensure!(value > 0 || matches!(key, OracleKey::Utilisation(_)), Error::<T>::ZeroPrice);
		ensure!(value <= highest_value(key), Error::<T>::ValueTooHigh);
		Ok(())
	}

	/// Returns the weight of feeding a number of values that are combined over a number of
	/// operators, listeners included.
	pub(crate) fn feed_weight(values: u32, feeders: u32) -> Weight {
		let listeners = T::OnNewAppraisal::weight().saturating_mul(values.into());
		let reports = values.saturating_mul(feeders);
		<T as Config>::WeightInfo::feed(values)
			.saturating_add(<T as Config>::WeightInfo::combine_reports(reports))
			.saturating_add(listeners)
	}

	/// Removes the raw values, the accepted values and the price histories of some keys. Returns
	/// the number of operators.
	pub(crate) fn clear_feeds(keys: &[OracleKey]) -> u32 {
		let feeders = <T as pallet_oracle::Config>::Members::sorted_members();
		let count = feeders.len() as u32;
		for key in keys {
			for feeder in &feeders {
				RawValues::<T>::remove(feeder, key);
			}
			PriceOp::<T>::remove(*key);
		}
		count
	}

	/// Returns the number of oracle operators.
	fn operators_count() -> u32 {
		<T as pallet_oracle::Config>::Members::count() as u32
	}
}

/// Changes of the operators' membership. The reports of an operator that leaves are removed.
///
/// The change is passed on to `pallet-oracle`, which therefore needs no notice of its own.
impl<T: Config> ChangeMembers<T::AccountId> for Pallet<T> {
	fn change_members_sorted(
		incoming: &[T::AccountId],
		outgoing: &[T::AccountId],
		sorted_new: &[T::AccountId],
	) {
		for operator in outgoing {
			LastFed::<T>::remove(operator);
		}
		pallet_oracle::Pallet::<T>::change_members_sorted(incoming, outgoing, sorted_new);
	}
}
