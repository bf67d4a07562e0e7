// SPDX-License-Identifier: Apache-2.0

//! The NFT collection of the titles, and what wallets, marketplaces and indexers see of an item.
//!
//! Each item has metadata and five attributes ([`ATTRIBUTES`]) in the namespace of the collection's
//! owner, which is the account of this pallet: nobody else can write there. Class, model, units and
//! facility are those of the minting. `state` is rewritten whenever status, suspension or line of
//! the title change, and names what a referendum or a call has decided. What moves with the clock
//! (custody, cover, value, a brake of the technical committee) is in the report of the title alone.

use crate::{Collection, Config, Error, Pallet, TitleOf, Titles};
use alloc::{format, string::String, vec::Vec};
use caliber_primitives::{
	titles::{AssetClass, TitleStatus},
	traits::InspectModels,
	TitleId,
};
use polkadot_sdk::{
	frame_support::{
		dispatch::DispatchResult,
		traits::{tokens::nonfungibles_v2::Mutate as MutateNft, Incrementable},
	},
	frame_system::RawOrigin,
	pallet_nfts::{
		self, AttributeNamespace, CollectionConfigFor, CollectionSetting, CollectionSettings,
		Event, ItemConfig, MintSettings, NextCollectionId,
	},
	sp_runtime::{traits::Zero, DispatchError},
};

/// Metadata of the collection, JSON.
const COLLECTION_METADATA: &str = concat!(
	r#"{"name":"Caliber titles","description":"Titles to machines. Only attributes of the "#,
	r#"collection's owner are the chain's word."}"#,
);
/// Attribute of an item that is rewritten during its life.
pub const STATE: &str = "state";
/// Most bytes of a state in words, which the deposit of a title pays for.
pub const MAX_STATE_LEN: usize = 48;
/// Attributes of an item, in the namespace of the collection's owner.
pub const ATTRIBUTES: [&str; 5] = ["class", "model", "units", "facility", STATE];

/// Makes a collection whose items cost no deposit: the ticket of the custodian is the only one.
///
/// The SDK's `Create` refuses such a collection to everyone, as its `create` call has to.
pub trait CreateTitleCollection<AccountId> {
	/// Makes a collection of transferable items that only `owner` mints. Returns its id.
	fn create_title_collection(owner: &AccountId) -> Result<u32, DispatchError>;
}

/// Writes attributes of an item in the namespace of the collection's owner, without a deposit.
///
/// The SDK's `Mutate` writes to the namespace of the pallet, which wallets do not show.
pub trait TitleAttributes<AccountId> {
	/// Sets an attribute of a title. `owner` owns the collection.
	fn set_title_attribute(
		owner: &AccountId,
		collection: u32,
		title: TitleId,
		key: &str,
		value: &[u8],
	) -> DispatchResult;
	/// Removes an attribute of a title, which exists. `owner` owns the collection.
	fn clear_title_attribute(
		owner: &AccountId,
		collection: u32,
		title: TitleId,
		key: &str,
	) -> DispatchResult;
}

impl<T> TitleAttributes<T::AccountId> for pallet_nfts::Pallet<T>
where
	T: pallet_nfts::Config<CollectionId = u32, ItemId = TitleId>,
{
	fn set_title_attribute(
		owner: &T::AccountId,
		collection: u32,
		title: TitleId,
		key: &str,
		value: &[u8],
	) -> DispatchResult {
		let too_long = |_| pallet_nfts::Error::<T>::IncorrectData;
		Self::set_attribute(
			RawOrigin::Signed(owner.clone()).into(),
			collection,
			Some(title),
			AttributeNamespace::CollectionOwner,
			key.as_bytes().to_vec().try_into().map_err(too_long)?,
			value.to_vec().try_into().map_err(too_long)?,
		)
	}

	fn clear_title_attribute(
		owner: &T::AccountId,
		collection: u32,
		title: TitleId,
		key: &str,
	) -> DispatchResult {
		let too_long = |_| pallet_nfts::Error::<T>::IncorrectData;
		Self::clear_attribute(
			RawOrigin::Signed(owner.clone()).into(),
			collection,
			Some(title),
			AttributeNamespace::CollectionOwner,
			key.as_bytes().to_vec().try_into().map_err(too_long)?,
		)
	}
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
		T::Nfts::set_collection_metadata(None, &collection, COLLECTION_METADATA.as_bytes())?;
		Collection::<T>::put(collection);
		Ok(())
	}

	/// Mints the NFT of a title that becomes active, with its metadata and attributes.
	pub(crate) fn mint_nft(title_id: TitleId, owner: &T::AccountId) -> DispatchResult {
		let collection = Self::collection_id()?;
		let title = Self::title_record(title_id)?;
		let model = T::Models::name(title.model).unwrap_or_default();
		let facility = Self::facility_name(&title.custodian);
		T::Nfts::mint_into(&collection, &title_id, owner, &ItemConfig::default(), true)?;
		T::Nfts::set_item_metadata(
			None,
			&collection,
			&title_id,
			item_metadata(title_id).as_bytes(),
		)?;
		let (units, state) = (format!("{}", title.units).into_bytes(), Self::state_text(&title));
		let values: [&[u8]; 5] =
			[class_text(title.class).as_bytes(), &model, &units, &facility, &state];
		for (key, value) in ATTRIBUTES.into_iter().zip(values) {
			Self::set_attribute(collection, title_id, key, value)?;
		}
		Ok(())
	}

	/// Rewrites the state of a title for those who look at its NFT.
	pub(crate) fn show_state(title_id: TitleId, state: &[u8]) -> DispatchResult {
		Self::set_attribute(Self::collection_id()?, title_id, STATE, state)
	}

	/// Removes the attributes of an NFT that is burnt next. Its metadata go with it.
	pub(crate) fn clear_attributes(title_id: TitleId) -> DispatchResult {
		let collection = Self::collection_id()?;
		ATTRIBUTES.into_iter().try_for_each(|key| {
			T::Nfts::clear_title_attribute(&Self::account_id(), collection, title_id, key)
		})
	}

	fn set_attribute(
		collection: u32,
		title_id: TitleId,
		key: &str,
		value: &[u8],
	) -> DispatchResult {
		T::Nfts::set_title_attribute(&Self::account_id(), collection, title_id, key, value)
	}

	/// Returns the state of a title in words: its status, a suspension by a referendum and the line
	/// that holds it; `free` where there is none of them.
	pub(crate) fn state_text(title: &TitleOf<T>) -> Vec<u8> {
		let status = match title.status {
			TitleStatus::Attested => Some("attested"),
			TitleStatus::Active | TitleStatus::Suspended => None,
			TitleStatus::RedemptionRequested => Some("in redemption"),
			TitleStatus::Released => Some("released"),
			TitleStatus::Lost => Some("lost"),
		};
		let suspended = title.suspended.governed().then_some("suspended");
		let line = title.line.map(|line| format!("pledged to line {line}"));
		let parts = [status.map(String::from), suspended.map(String::from), line];
		let parts = parts.into_iter().flatten().collect::<Vec<_>>();
		match parts.is_empty() {
			true => b"free".to_vec(),
			false => parts.join(", ").into_bytes(),
		}
	}

	/// Returns true if an item of the collection is a title whose NFT is locked: it cannot be
	/// transferred and may not be offered.
	pub fn is_locked(title_id: TitleId) -> bool {
		Titles::<T>::get(title_id).is_some_and(|title| title.is_locked())
	}
}

/// Returns the metadata of a title's NFT, JSON.
fn item_metadata(title_id: TitleId) -> String {
	format!(r#"{{"name":"Caliber title {title_id}"}}"#)
}

/// Returns a class in words.
fn class_text(class: AssetClass) -> &'static str {
	match class {
		AssetClass::Compute => "compute",
		AssetClass::Storage => "storage",
		AssetClass::Bandwidth => "bandwidth",
		AssetClass::Power => "power",
	}
}
