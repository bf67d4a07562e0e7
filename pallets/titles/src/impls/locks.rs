// SPDX-License-Identifier: Apache-2.0

//! The lock of a title's NFT.
//!
//! The NFT of a title cannot be transferred while a line holds the title or its status says so
//! ([`locks`]), and can at all other times. Status and line change through the functions here
//! only, which keep the lock in step.
//!
//! An owner may offer his NFT at a price, approve others to move it or propose a swap, also while
//! it is locked; nobody can make use of that before it is free. So that an offer from other times
//! does not sell a title in the very block that frees it, a title which becomes free, or gets
//! another owner, loses all offers: the NFT is transferred, to its own owner if nobody else, and
//! `pallet-nfts` forgets price, approvals and swap with every transfer.

use crate::{types::locks, Config, Encumbrances, Error, Pallet, Title, Titles};
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
	/// Give a confirmed title another status.
	pub(crate) fn set_status(
		title: TitleId,
		record: Title<T::AccountId>,
		status: TitleStatus,
	) -> DispatchResult {
		let held = Encumbrances::<T>::contains_key(title);
		let was_locked = held || locks(record.status);
		Titles::<T>::insert(title, Title { status, ..record });
		Self::relock(title, was_locked, held || locks(status), None)
	}

	/// Let a line hold a title that none holds.
	pub(crate) fn set_line(title: TitleId, status: TitleStatus, line: LineId) -> DispatchResult {
		Encumbrances::<T>::insert(title, line);
		Self::relock(title, locks(status), true, None)
	}

	/// Let a title go that a line holds, to `heir` or to who owns it.
	pub(crate) fn unset_line(
		title: TitleId,
		status: TitleStatus,
		heir: Option<&T::AccountId>,
	) -> DispatchResult {
		Encumbrances::<T>::remove(title);
		Self::relock(title, true, locks(status), heir)
	}

	/// Burn the NFT of a title whose status locks it.
	pub(crate) fn burn_locked(title: TitleId, owner: &T::AccountId) -> DispatchResult {
		let collection = Self::collection_id()?;
		T::Nfts::enable_transfer(&collection, &title)?;
		T::Nfts::burn(&collection, &title, Some(owner))
	}

	/// Lock or unlock the NFT of a title, and hand it to `heir` if there is one.
	fn relock(
		title: TitleId,
		was_locked: bool,
		locked: bool,
		heir: Option<&T::AccountId>,
	) -> DispatchResult {
		let collection = Self::collection_id()?;
		let becomes_free = was_locked && !locked;
		let moves = becomes_free || heir.is_some();
		if moves {
			let owner =
				T::Nfts::owner(&collection, &title).defensive_ok_or(Error::<T>::Unexpected)?;
			if was_locked {
				T::Nfts::enable_transfer(&collection, &title)?;
			}
			T::Nfts::transfer(&collection, &title, heir.unwrap_or(&owner))?;
		}
		if locked && (moves || !was_locked) {
			T::Nfts::disable_transfer(&collection, &title)?;
		}
		Ok(())
	}
}
