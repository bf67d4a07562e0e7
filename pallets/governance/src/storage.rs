// SPDX-License-Identifier: Apache-2.0

//! Storage of the governance pallet.

use crate::frame_support::pallet_macros::pallet_section;

/// Storage of the governance pallet.
#[pallet_section]
mod storage {
	/// Divisor of the times that somebody has to wait for: 1 on a live chain. Written at genesis
	/// only.
	#[pallet::storage]
	pub type Tempo<T> = StorageValue<_, u32, ValueQuery, ConstU32<1>>;

	/// Values of credit. Written by [`Pallet::set`], [`Pallet::brake`] and [`Pallet::release`], as
	/// all areas.
	#[pallet::storage]
	pub type CreditArea<T> = StorageValue<_, AreaStateOf<CreditValues>, ValueQuery>;

	/// Rules of lines, of the present version.
	#[pallet::storage]
	pub type RuleArea<T> = StorageValue<_, AreaStateOf<RuleValues>, ValueQuery>;

	/// Values of titles.
	#[pallet::storage]
	pub type TitleArea<T> = StorageValue<_, AreaStateOf<TitleValues>, ValueQuery>;

	/// Values of the appraisal.
	#[pallet::storage]
	pub type AppraisalArea<T> = StorageValue<_, AreaStateOf<AppraisalValues>, ValueQuery>;

	/// Values of the vault.
	#[pallet::storage]
	pub type VaultArea<T> = StorageValue<_, AreaStateOf<VaultValues>, ValueQuery>;

	/// Values of the reserves.
	#[pallet::storage]
	pub type ReserveArea<T> = StorageValue<_, AreaStateOf<ReserveValues>, ValueQuery>;

	/// Values of governance itself.
	#[pallet::storage]
	pub type GovernanceArea<T> = StorageValue<_, AreaStateOf<GovernanceValues>, ValueQuery>;

	/// Present version of the rules of lines.
	#[pallet::storage]
	pub type CurrentRules<T> = StorageValue<_, RulesVersion, ValueQuery>;

	/// Rules of lines by version, as for tempo 1. A version is written once and stays, because
	/// lines name it.
	#[pallet::storage]
	pub type RuleVersions<T> = StorageMap<_, Twox64Concat, RulesVersion, RuleValues>;

	/// Pauses of calls. An entry stays until its rest is over and another pause replaces it, so that
	/// there are at most as many as calls that can be paused.
	#[pallet::storage]
	pub type Pauses<T> = StorageMap<_, Blake2_128Concat, CallName, Governed<bool>, ValueQuery>;

	/// Hashes of calls that the committee has struck, each with the first second in which it may
	/// strike the call again, unix seconds. Those whose time is over leave with the next veto.
	#[pallet::storage]
	pub type CommitteeVetoes<T> =
		StorageValue<_, BoundedVec<(H256, Seconds), ConstU32<MAX_VETOES>>, ValueQuery>;

	/// Blocks of the relay chain that the chain has seen. Written in every block.
	#[pallet::storage]
	pub type RelayHeights<T> = StorageValue<_, RelayHeight>;

	/// Time of the last block, unix seconds. Written in every block.
	#[pallet::storage]
	pub type LastBlockAt<T> = StorageValue<_, Seconds>;

	/// Last outages, in the order of time. Written by the first block after one.
	#[pallet::storage]
	pub type Outages<T> = StorageValue<_, BoundedVec<Outage, ConstU32<MAX_OUTAGES>>, ValueQuery>;
}
