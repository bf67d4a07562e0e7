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
//! While it is free an owner may offer the NFT at a price, approve others to move it or propose a
//! swap. A locked title is on offer nowhere: what was offered before is void when the lock closes,
//! and the filter of the runtime refuses new offers ([`Pallet::is_locked`]). So that no offer from
//! other times sells a title in the very block that frees it, the offers are void once more when the
//! lock opens, or when the title gets another owner. To void them the NFT is transferred, to its own
//! owner if nobody else: `pallet-nfts` forgets price, approvals and swap with every transfer.
//!
//! The state that the NFT shows changes here too (see `collection`).

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
	/// Changes a confirmed title and keeps the lock of its NFT, and the state it shows, in step. The NFT goes to `new_owner`,
	/// if there is one, out of a lock.
	pub(crate) fn change_title(
		title_id: TitleId,
		mut title: TitleOf<T>,
		new_owner: Option<&T::AccountId>,
		change: impl FnOnce(&mut TitleOf<T>),
	) -> DispatchResult {
		let (was_locked, former_state) = (title.is_locked(), Self::state_text(&title));
		change(&mut title);
		let (is_locked, state) = (title.is_locked(), Self::state_text(&title));
		Titles::<T>::insert(title_id, title);

		let opens = was_locked && (!is_locked || new_owner.is_some());
		let closes = is_locked && !was_locked;
		if opens {
			Self::unlock_nft(title_id, new_owner)?;
		}
		if closes {
			Self::void_offers(title_id, None)?;
		}
		if is_locked && (opens || closes) {
			Self::lock_nft(title_id)?;
		}
		if state != former_state {
			Self::show_state(title_id, &state)?;
		}
		Ok(())
	}

	/// Burns the NFT of a title whose status locks it.
	pub(crate) fn burn_locked(title_id: TitleId, owner: &T::AccountId) -> DispatchResult {
		let collection = Self::collection_id()?;
		T::Nfts::enable_transfer(&collection, &title_id)?;
		Self::clear_attributes(title_id)?;
		T::Nfts::burn(&collection, &title_id, Some(owner))
	}

	/// Locks an NFT that is free.
	fn lock_nft(title_id: TitleId) -> DispatchResult {
		T::Nfts::disable_transfer(&Self::collection_id()?, &title_id)
	}

	/// Unlocks an NFT that is locked, and transfers it to `new_owner` or to its own owner, which
	/// voids all offers.
	fn unlock_nft(title_id: TitleId, new_owner: Option<&T::AccountId>) -> DispatchResult {
		T::Nfts::enable_transfer(&Self::collection_id()?, &title_id)?;
		Self::void_offers(title_id, new_owner)
	}

	/// Transfers an NFT that is not locked to `new_owner` or to its own owner, which voids all
	/// offers.
	fn void_offers(title_id: TitleId, new_owner: Option<&T::AccountId>) -> DispatchResult {
		let collection = Self::collection_id()?;
		let owner =
			T::Nfts::owner(&collection, &title_id).defensive_ok_or(Error::<T>::Unexpected)?;
		T::Nfts::transfer(&collection, &title_id, new_owner.unwrap_or(&owner))
	}
}
