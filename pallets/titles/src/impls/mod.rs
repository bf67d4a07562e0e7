// SPDX-License-Identifier: Apache-2.0

//! Bodies of the calls and the traits that other pallets use, by theme.
//!
//! | File | Theme |
//! |---|---|
//! | `parties` | the registry: custodians, verifiers, insurers, appraisers and off-takers |
//! | `sureties` | bonds and capital: posted, withdrawn, paid out of; capacity of insurers |
//! | `custodians` | what is in custody, the bond for it, slashes |
//! | `attestation` | a title comes into being, and is removed |
//! | `documents` | papers of a title |
//! | `devices` | devices, which outlive their titles |
//! | `custody`, `eligibility` | heartbeats, and custody that moves; titles as collateral |
//! | `encumbrance`, `locks` | a line holds a title; the NFT of a title is locked |
//! | `independence` | nobody is two parties of one title |
//! | `insurance`, `compensation` | policies; whom a payment for a harm goes to |
//! | `appraisals`, `covers` | appraisals; policies and appraisals in storage |
//! | `revenue` | income of the machines |
//! | `redemption`, `claims` | machines go to their owner; claims against the bond if they do not |
//! | `loss`, `suspension` | lost machines; titles that governance suspends |
//! | `collection`, `reports` | the NFT collection; views |

mod appraisals;
mod attestation;
mod claims;
mod collection;
mod compensation;
mod covers;
mod custodians;
mod custody;
mod devices;
mod documents;
mod eligibility;
mod encumbrance;
mod independence;
mod insurance;
mod locks;
mod loss;
mod parties;
mod redemption;
mod reports;
mod revenue;
mod sureties;
mod suspension;

#[cfg(test)]
pub(crate) use collection::ATTRIBUTES;
pub(crate) use collection::STATE;
pub use collection::{CreateTitleCollection, TitleAttributes, MAX_STATE_LEN};

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
