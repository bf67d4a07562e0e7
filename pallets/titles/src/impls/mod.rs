// SPDX-License-Identifier: Apache-2.0

//! The bodies of the calls and the traits that other pallets use, by theme.

mod appraisals;
mod attestation;
mod custodians;
mod custody;
mod documents;
mod encumbrance;
mod genesis;
mod insurance;
mod locks;
mod loss;
mod providers;
mod redemption;
mod reports;
mod revenue;

use crate::{Config, Error, Pallet, Title, Titles};
use caliber_primitives::{Seconds, TitleId};
use polkadot_sdk::{
	frame_support::traits::{Get, UnixTime},
	sp_runtime::traits::AccountIdConversion,
};

impl<T: Config> Pallet<T> {
	/// The account that owns the collection.
	pub fn account_id() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	pub(crate) fn now() -> Seconds {
		T::Time::now().as_secs()
	}

	pub(crate) fn title_record(id: TitleId) -> Result<Title<T::AccountId>, Error<T>> {
		Titles::<T>::get(id).ok_or(Error::<T>::UnknownTitle)
	}
}
