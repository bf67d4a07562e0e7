// SPDX-License-Identifier: Apache-2.0

//! What operators report, on its way in and out of `pallet-oracle`.

use crate::{
	pallet::{Assets, Config, Courses, Error, FeedValuesOf, LastFed, Models, Pallet},
	types::{highest_value, model_of_key},
	weights::WeightInfo,
};
use alloc::collections::BTreeSet;
use caliber_primitives::{
	appraisal::{ModelStatus, OracleKey, OracleValue},
	traits::OnNewAppraisal,
};
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::{ChangeMembers, Get, SortedMembers},
		weights::Weight,
	},
	frame_system,
	pallet_oracle::{self, DataFeeder, RawValues, Values},
	sp_runtime::{traits::AccountIdConversion, DispatchError},
};

impl<T: Config> Pallet<T> {
	/// Take the values of an operator. Returns the number of values and of operators, over which they
	/// were combined.
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

	/// Whether values of this key are taken: those of a paused model are.
	pub(crate) fn ensure_open(key: &OracleKey) -> Result<(), DispatchError> {
		match (model_of_key(key), key) {
			(Some(model), _) => {
				let record = Models::<T>::get(model).ok_or(Error::<T>::UnknownKey)?;
				ensure!(record.status != ModelStatus::Delisted, Error::<T>::ModelDelisted);
			}
			(None, OracleKey::Price(asset)) => {
				ensure!(Assets::<T>::contains_key(asset), Error::<T>::UnknownKey);
			}
			(None, _) => return Err(Error::<T>::UnknownKey.into()),
		}
		Ok(())
	}

	/// Whether a value is one that the key may have.
	pub(crate) fn ensure_value(key: &OracleKey, value: OracleValue) -> Result<(), DispatchError> {
		ensure!(value > 0 || matches!(key, OracleKey::Utilisation(_)), Error::<T>::ZeroPrice);
		ensure!(value <= highest_value(key), Error::<T>::ValueTooHigh);
		Ok(())
	}

	/// What a number of values weighs, combined over a number of operators, with what is done by whoever
	/// is told.
	pub(crate) fn feed_weight(values: u32, feeders: u32) -> Weight {
		let told = T::OnNewAppraisal::weight().saturating_mul(values.into());
		<T as Config>::WeightInfo::feed(values, feeders).saturating_add(told)
	}

	/// Forget all about some keys: raw values, combined values and their courses. Returns the number of
	/// operators.
	pub(crate) fn clear_feeds(keys: &[OracleKey]) -> u32 {
		let mut feeders = <T as pallet_oracle::Config>::Members::sorted_members();
		let count = feeders.len() as u32;
		// The account under which root feeds.
		feeders.push(<T as pallet_oracle::Config>::PalletId::get().into_account_truncating());
		for key in keys {
			for feeder in &feeders {
				RawValues::<T>::remove(feeder, key);
			}
			Values::<T>::remove(key);
			Courses::<T>::remove(key);
		}
		count
	}

	/// The number of oracle operators.
	fn operators_count() -> u32 {
		<T as pallet_oracle::Config>::Members::count() as u32
	}
}

/// What the operators' membership tells when it changes: an operator who leaves takes its values along.
///
/// It is passed on to `pallet-oracle`, which needs no notice of its own.
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
