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

	/// The devices that were ever confirmed. Each record outlives the titles of its device.
	#[pallet::storage]
	pub type Devices<T: Config> = StorageMap<_, Blake2_128Concat, DeviceId, DeviceOf<T>>;

	/// The devices of each title that exists, lost ones included. Those of a confirmed title name it
	/// in [`Devices`].
	#[pallet::storage]
	pub type TitleDevices<T: Config> = StorageMap<_, Twox64Concat, TitleId, DeviceIds, ValueQuery>;

	/// The losses of machines of a title, in the order of their reports; none where nothing was
	/// lost since the last recovery.
	#[pallet::storage]
	pub type Losses<T: Config> = StorageMap<_, Twox64Concat, TitleId, TitleLossesOf<T>, ValueQuery>;

	/// The id of the next loss. Ids are never used again.
	#[pallet::storage]
	pub type NextLossId<T: Config> = StorageValue<_, LossId, ValueQuery>;

	/// The offers of custody, by title; its custodian has paid their deposits.
	#[pallet::storage]
	pub type CustodyOffers<T: Config> = StorageMap<_, Twox64Concat, TitleId, CustodyOfferOf<T>>;

	/// The papers of a title, in the order of their filing. None is ever changed or taken away while the
	/// title lives.
	#[pallet::storage]
	pub type Documents<T: Config> =
		StorageDoubleMap<_, Twox64Concat, TitleId, Twox64Concat, u32, DocumentOf<T>>;

	/// The requests of owners for their machines; of each title in redemption.
	#[pallet::storage]
	pub type Redemptions<T: Config> = StorageMap<_, Twox64Concat, TitleId, RedemptionOf<T>>;

	/// The claims against bonds that governance has not decided, by the title that was not handed
	/// over. A claim may outlive its title.
	#[pallet::storage]
	pub type BondClaims<T: Config> = StorageMap<_, Twox64Concat, TitleId, BondClaimOf<T>>;

	/// The titles whose machines were handed over, until no claim can come of it any more.
	#[pallet::storage]
	pub type ReleasedTitles<T: Config> = StorageMap<_, Twox64Concat, TitleId, ReleasedTitleOf<T>>;

	/// The registry of parties, by kind and account. Written by [`Config::AdminOrigin`].
	#[pallet::storage]
	pub type Parties<T: Config> =
		StorageDoubleMap<_, Twox64Concat, PartyKind, Blake2_128Concat, T::AccountId, PartyRecord>;

	/// Facilities and bonds of custodians; of each custodian in [`Parties`].
	#[pallet::storage]
	pub type Custodians<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Custodian>;

	/// Bonds of verifiers; of each verifier in [`Parties`].
	#[pallet::storage]
	pub type Verifiers<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Verifier>;

	/// Capacity and capital of insurers; of each insurer in [`Parties`].
	#[pallet::storage]
	pub type Insurers<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Insurer>;

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
