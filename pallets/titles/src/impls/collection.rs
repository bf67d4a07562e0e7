// SPDX-License-Identifier: Apache-2.0

//! The NFT collection of the titles.

use crate::{Collection, Config, Error, Pallet};
use caliber_primitives::TitleId;
use polkadot_sdk::{
	frame_support::traits::Incrementable,
	pallet_nfts::{
		self, CollectionConfigFor, CollectionSetting, CollectionSettings, Event, MintSettings,
		NextCollectionId,
	},
	sp_runtime::{traits::Zero, DispatchError},
};

/// Makes a collection whose items cost no deposit: the ticket of the custodian is the only one.
///
/// The SDK's `Create` refuses such a collection to everyone, as its `create` call has to.
pub trait CreateTitleCollection<AccountId> {
	/// Makes a collection of transferable items that only `owner` mints. Returns its id.
	fn create_title_collection(owner: &AccountId) -> Result<u32, DispatchError>;
}

impl<T> CreateTitleCollection<T::AccountId> for pallet_nfts::Pallet<T>
where
	T: pallet_nfts::Config<CollectionId = u32, ItemId = TitleId>,
{
	fn create_title_collection(owner: &T::AccountId) -> Result<u32, DispatchError> {
		let collection = NextCollectionId::<T>::get()
			.or(u32::initial_value())
			.ok_or(pallet_nfts::Error::<T>::UnknownCollection)?;
		let config = CollectionConfigFor::<T> {
			settings: CollectionSettings::from_disabled(CollectionSetting::DepositRequired.into()),
			max_supply: None,
			mint_settings: MintSettings::default(),
		};
		Self::do_create_collection(
			collection,
			owner.clone(),
			owner.clone(),
			config,
			Zero::zero(),
			Event::ForceCreated { collection, owner: owner.clone() },
		)?;
		NextCollectionId::<T>::set(collection.increment());
		Ok(collection)
	}
}

impl<T: Config> Pallet<T> {
	/// Returns the NFT collection of the titles; none before genesis.
	pub fn collection() -> Option<u32> {
		Collection::<T>::get()
	}

	pub(crate) fn collection_id() -> Result<u32, Error<T>> {
		Self::collection().ok_or(Error::<T>::NoCollection)
	}

	pub(crate) fn create_collection() -> Result<(), DispatchError> {
		let collection = T::Nfts::create_title_collection(&Self::account_id())?;
		Collection::<T>::put(collection);
		Ok(())
	}
}
