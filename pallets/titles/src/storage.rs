// SPDX-License-Identifier: Apache-2.0

//! Storage of the titles pallet.

use crate::frame_support::pallet_macros::pallet_section;

/// Storage of the titles pallet.
#[pallet_section]
mod storage {
	/// The titles that exist, each with all that a draw asks of it.
	#[pallet::storage]
	pub type Titles<T: Config> = StorageMap<_, Twox64Concat, TitleId, TitleOf<T>>;

	/// The attestations of the titles that exist.
	#[pallet::storage]
	pub type Attestations<T: Config> = StorageMap<_, Twox64Concat, TitleId, AttestationOf<T>>;

	/// The title that a serial belongs to. Exactly the serials of [`TitleSerials`].
	#[pallet::storage]
	pub type Serials<T: Config> = StorageMap<_, Blake2_128Concat, H256, TitleId>;

	/// The serials of each title that exists.
	#[pallet::storage]
	pub type TitleSerials<T: Config> =
		StorageMap<_, Twox64Concat, TitleId, SerialHashes, ValueQuery>;

	/// The papers of a title.
	#[pallet::storage]
	pub type Documents<T: Config> =
		StorageDoubleMap<_, Twox64Concat, TitleId, Twox64Concat, DocumentKind, DocumentOf<T>>;

	/// Income of a title, in USDai.
	#[pallet::storage]
	pub type Revenue<T: Config> = StorageMap<_, Twox64Concat, TitleId, RevenueHistory, ValueQuery>;

	/// The requests of owners for their machines; of each title in redemption.
	#[pallet::storage]
	pub type Redemptions<T: Config> = StorageMap<_, Twox64Concat, TitleId, RedemptionOf<T>>;

	/// The claims against bonds that governance has not decided, by the title that was not handed
	/// over. A claim may outlive its title.
	#[pallet::storage]
	pub type BondClaims<T: Config> = StorageMap<_, Twox64Concat, TitleId, BondClaimOf<T>>;

	/// The registry of parties, by kind and account. Written by [`Config::AdminOrigin`].
	#[pallet::storage]
	pub type Parties<T: Config> =
		StorageDoubleMap<_, Twox64Concat, PartyKind, Blake2_128Concat, T::AccountId, PartyRecord>;

	/// Facilities and bonds of custodians; of each custodian in [`Parties`].
	#[pallet::storage]
	pub type Custodians<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Custodian>;

	/// The policies of a title, by ascending id; none where there are none. The record of the title
	/// has them in short.
	#[pallet::storage]
	pub type Policies<T: Config> =
		StorageMap<_, Twox64Concat, TitleId, TitlePoliciesOf<T>, ValueQuery>;

	/// The independent appraisals of a title, by ascending id, which is the order of their filing;
	/// at most one of an appraiser. The record of the title has them in short.
	#[pallet::storage]
	pub type Appraisals<T: Config> =
		StorageMap<_, Twox64Concat, TitleId, TitleAppraisalsOf<T>, ValueQuery>;

	/// The id of the next policy. Ids are never used again.
	#[pallet::storage]
	pub type NextPolicyId<T: Config> = StorageValue<_, PolicyId, ValueQuery>;

	/// The id of the next appraisal. Ids are never used again.
	#[pallet::storage]
	pub type NextAppraisalId<T: Config> = StorageValue<_, AppraisalId, ValueQuery>;

	/// The id of the next facility. Ids are never used again.
	#[pallet::storage]
	pub type NextFacilityId<T: Config> = StorageValue<_, FacilityId, ValueQuery>;

	/// The id of the next title. Ids are never used again.
	#[pallet::storage]
	pub type NextTitleId<T: Config> = StorageValue<_, TitleId, ValueQuery>;

	/// The NFT collection of the titles, made at genesis.
	#[pallet::storage]
	pub type Collection<T: Config> = StorageValue<_, u32>;
}
