// SPDX-License-Identifier: Apache-2.0

//! Bodies of the calls and the traits that other pallets use, by theme.
//!
//! | File | Theme |
//! |---|---|
//! | `parties` | the registry: custodians, verifiers, insurers and appraisers |
//! | `custodians` | bonds of custodians: posted, withdrawn, slashed |
//! | `attestation` | a title comes into being, and is removed |
//! | `documents` | papers of a title |
//! | `custody`, `eligibility` | heartbeats; titles as collateral |
//! | `encumbrance`, `locks` | a line holds a title; the NFT of a title is locked |
//! | `insurance`, `appraisals`, `covers` | policies and what they pay; appraisals; both in storage |
//! | `revenue` | income of the machines |
//! | `redemption`, `claims` | machines go to their owner; claims against the bond if they do not |
//! | `loss`, `suspension` | lost machines; titles that governance suspends |
//! | `collection`, `reports` | the NFT collection; views |

mod appraisals;
mod attestation;
mod claims;
mod collection;
mod covers;
mod custodians;
mod custody;
mod documents;
mod eligibility;
mod encumbrance;
mod insurance;
mod locks;
mod loss;
mod parties;
mod redemption;
mod reports;
mod revenue;
mod suspension;

pub use collection::CreateTitleCollection;

use crate::{Config, Error, Pallet, TitleOf, Titles};
use caliber_primitives::{
	governance::{BrakeError, Risk},
	traits::TitleInspect,
	Seconds, TitleId,
};
use polkadot_sdk::{
	frame_support::traits::{DefensiveOption, EnsureOriginWithArg, Get, UnixTime},
	frame_system::{ensure_signed, pallet_prelude::OriginFor},
	sp_runtime::traits::{AccountIdConversion, BadOrigin},
};

impl<T> From<BrakeError> for Error<T> {
	fn from(error: BrakeError) -> Self {
		match error {
			BrakeError::NotStricter => Self::NotStricter,
			BrakeError::Resting(_) => Self::BrakeResting,
		}
	}
}

impl<T: Config> Pallet<T> {
	/// Returns the account that owns the collection.
	pub fn account_id() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	pub(crate) fn now() -> Seconds {
		T::Time::now().as_secs()
	}

	/// Returns none for the referendum of [`Config::AdminOrigin`], otherwise the account that signed.
	pub(crate) fn ensure_admin_or_signed(
		origin: OriginFor<T>,
	) -> Result<Option<T::AccountId>, BadOrigin> {
		match T::AdminOrigin::try_origin(origin, &Risk::Raises) {
			Ok(_) => Ok(None),
			Err(origin) => ensure_signed(origin).map(Some),
		}
	}

	pub(crate) fn title_record(title_id: TitleId) -> Result<TitleOf<T>, Error<T>> {
		Titles::<T>::get(title_id).ok_or(Error::<T>::UnknownTitle)
	}

	/// Returns the owner of a confirmed title, who is never missing.
	pub(crate) fn owner_of_confirmed(title_id: TitleId) -> Result<T::AccountId, Error<T>> {
		<Self as TitleInspect<_>>::owner(title_id).defensive_ok_or(Error::<T>::Unexpected)
	}
}
