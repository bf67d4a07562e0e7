// SPDX-License-Identifier: Apache-2.0

//! Storage of the appraisal pallet. Raw and accepted values are in `pallet-oracle`.

use crate::frame_support::pallet_macros::pallet_section;

/// Storage of the appraisal pallet.
#[pallet_section]
mod storage {
	/// Id of the next model. Ids are never used again. Written by genesis and by
	/// [`Pallet::add_model`].
	#[pallet::storage]
	pub type NextModelId<T: Config> = StorageValue<_, ModelId, ValueQuery>;

	/// Hardware models, without the terms of their versions. Delisted models stay, because titles refer to them. Written by genesis and
	/// by the calls on models.
	#[pallet::storage]
	pub type Models<T: Config> = StorageMap<_, Blake2_128Concat, ModelId, ModelRecord>;

	/// Terms of each model, by version: from version 0 to the present one, which [`Models`] names.
	/// None is ever changed or removed, because credit lines name them. Written by genesis,
	/// [`Pallet::add_model`] and [`Pallet::update_model`].
	#[pallet::storage]
	pub type ModelVersions<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		ModelId,
		Twox64Concat,
		ModelVersion,
		ModelTerms,
		OptionQuery,
	>;

	/// Symbols of the assets whose price may be fed. Written by genesis, [`Pallet::register_asset`]
	/// and [`Pallet::remove_asset`].
	#[pallet::storage]
	pub type Assets<T: Config> = StorageMap<_, Blake2_128Concat, PricedAssetId, Symbol>;

	/// Recent accepted values per key; the base for the limit on the next move. Exists exactly for
	/// the keys with a combined value in `pallet-oracle`. Written when a value is accepted; removed
	/// with its model or asset.
	#[pallet::storage]
	pub type PriceHistories<T: Config> = StorageMap<_, Blake2_128Concat, OracleKey, PriceHistory>;

	/// Last median of each key, and since when its value has a history. Exists exactly for the keys
	/// with a combined value in `pallet-oracle`. Written when a value is accepted; removed with its
	/// model or asset.
	#[pallet::storage]
	pub type Medians<T: Config> = StorageMap<_, Blake2_128Concat, OracleKey, Median>;

	/// Last accepted values of each delisted model. Written by [`Pallet::delist_model`].
	#[pallet::storage]
	pub type DelistedValues<T: Config> = StorageMap<_, Blake2_128Concat, ModelId, FinalValues>;

	/// Block of the last [`Pallet::feed`] of each operator. Removed when the operator leaves.
	#[pallet::storage]
	pub type LastFed<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, BlockNumberFor<T>>;
}
