// SPDX-License-Identifier: Apache-2.0

//! The lock of a title's NFT.
//!
//! The NFT of a title cannot be transferred while a line holds the title or its status says so
//! ([`locks`]), and can at all other times. Status and line change through the functions here
//! only, which keep the lock in step.
//!
//! An owner may offer the NFT at a price, approve others to move it or propose a swap, also while
//! it is locked; nobody can make use of that before it is free. So that an offer from other times
//! does not sell a title in the very block that frees it, a title which becomes free, or gets
//! another owner, loses all offers: the NFT is transferred, to its own owner if nobody else, and
//! `pallet-nfts` forgets price, approvals and swap with every transfer.

use crate::{types::locks, Config, Encumbrances, Error, Pallet, Title, TitleOf, Titles};
use caliber_primitives::{titles::TitleStatus, LineId, TitleId};
use polkadot_sdk::frame_support::{
	dispatch::DispatchResult,
	traits::{
		tokens::nonfungibles_v2::{
			Inspect as InspectNft, Mutate as MutateNft, Transfer as TransferNft,
		},
		DefensiveOption,
	},
};

impl<T: Config> Pallet<T> {
	/// Gives a confirmed title another status.
	pub(crate) fn set_status(
		title_id: TitleId,
		title: TitleOf<T>,
		status: TitleStatus,
	) -> DispatchResult {
		let held = Encumbrances::<T>::contains_key(title_id);
		let was_locked = held || locks(title.status);
		Titles::<T>::insert(title_id, Title { status, ..title });
		let is_locked = held || locks(status);
		if is_locked && !was_locked {
			Self::lock_nft(title_id)?;
		}
		if was_locked && !is_locked {
			Self::unlock_nft(title_id, None)?;
		}
		Ok(())
	}

	/// Lets a line hold a title that none holds.
	pub(crate) fn set_line(
		title_id: TitleId,
		status: TitleStatus,
		line_id: LineId,
	) -> DispatchResult {
		Encumbrances::<T>::insert(title_id, line_id);
		if !locks(status) {
			Self::lock_nft(title_id)?;
		}
		Ok(())
	}

	/// Releases a title that a line holds, to `new_owner` or to the account that owns it.
	pub(crate) fn unset_line(
		title_id: TitleId,
		status: TitleStatus,
		new_owner: Option<&T::AccountId>,
	) -> DispatchResult {
		Encumbrances::<T>::remove(title_id);
		let stays_locked = locks(status);
		if !stays_locked || new_owner.is_some() {
			Self::unlock_nft(title_id, new_owner)?;
			if stays_locked {
				Self::lock_nft(title_id)?;
			}
		}
		Ok(())
	}

	/// Burns the NFT of a title whose status locks it.
	pub(crate) fn burn_locked(title_id: TitleId, owner: &T::AccountId) -> DispatchResult {
		let collection = Self::collection_id()?;
		T::Nfts::enable_transfer(&collection, &title_id)?;
		T::Nfts::burn(&collection, &title_id, Some(owner))
	}

	/// Locks an NFT that is free.
	fn lock_nft(title_id: TitleId) -> DispatchResult {
		T::Nfts::disable_transfer(&Self::collection_id()?, &title_id)
	}

	/// Unlocks an NFT that is locked, and transfers it to `new_owner` or to its own owner, which
	/// voids all offers.
	fn unlock_nft(title_id: TitleId, new_owner: Option<&T::AccountId>) -> DispatchResult {
		let collection = Self::collection_id()?;
		let owner =
			T::Nfts::owner(&collection, &title_id).defensive_ok_or(Error::<T>::Unexpected)?;
		T::Nfts::enable_transfer(&collection, &title_id)?;
		T::Nfts::transfer(&collection, &title_id, new_owner.unwrap_or(&owner))
	}
}
