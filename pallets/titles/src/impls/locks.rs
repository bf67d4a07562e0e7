// SPDX-License-Identifier: Apache-2.0

//! The lock of a title's NFT.
//!
//! The NFT of a title cannot be transferred while a line holds the title, its status says so or a
//! referendum has suspended it ([`TitleRecord::is_locked`]), and can at all other times. Status,
//! suspension and line of a confirmed title change by [`Pallet::change_title`] only, which keeps the
//! lock in step.
//!
//! A suspension by the technical committee locks nothing. It ends by itself, and no call would open
//! the lock then.
//!
//! An owner may offer the NFT at a price, approve others to move it or propose a swap, also while
//! it is locked; nobody can make use of that before it is free. So that an offer from other times
//! does not sell a title in the very block that frees it, a title which becomes free, or gets
//! another owner, loses all offers: the NFT is transferred, to its own owner if nobody else, and
//! `pallet-nfts` forgets price, approvals and swap with every transfer.

#[cfg(doc)]
use crate::TitleRecord;
use crate::{Config, Error, Pallet, TitleOf, Titles};
use caliber_primitives::TitleId;
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
	/// Changes a confirmed title and keeps the lock of its NFT in step. The NFT goes to `new_owner`,
	/// if there is one, out of a lock.
	pub(crate) fn change_title(
		title_id: TitleId,
		mut title: TitleOf<T>,
		new_owner: Option<&T::AccountId>,
		change: impl FnOnce(&mut TitleOf<T>),
	) -> DispatchResult {
		let was_locked = title.is_locked();
		change(&mut title);
		let is_locked = title.is_locked();
		Titles::<T>::insert(title_id, title);

		let opens = was_locked && (!is_locked || new_owner.is_some());
		if opens {
			Self::unlock_nft(title_id, new_owner)?;
		}
		if is_locked && (opens || !was_locked) {
			Self::lock_nft(title_id)?;
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
