// SPDX-License-Identifier: Apache-2.0

//! Storage of the reserves pallet.

use crate::frame_support::pallet_macros::pallet_section;

/// Storage of the reserves pallet.
#[pallet_section]
mod storage {
	/// Priced asset of the oracle for each stablecoin that has one. Written by
	/// [`Config::AdminOrigin`]; at most as many as the peg may have externals.
	#[pallet::storage]
	pub type Stablecoins<T: Config> =
		CountedStorageMap<_, Blake2_128Concat, AssetIdOf<T>, PricedAssetId, OptionQuery>;

	/// The Treasury bills. Written by [`Config::AdminOrigin`]; the haircut moves by the clock.
	#[pallet::storage]
	pub type Bills<T: Config> = StorageValue<_, BillRecord<AssetIdOf<T>>, OptionQuery>;

	/// True while the trading of bills is stopped. Written by [`Config::AdminOrigin`]; a stop of the
	/// technical committee runs out.
	#[pallet::storage]
	pub type BillTrading<T: Config> = StorageValue<_, Governed<bool>, ValueQuery>;

	/// Bills held, and the volume of the hour of the last trade. Written by trades, and by every
	/// operation that finds bills missing.
	#[pallet::storage]
	pub type Ledger<T: Config> = StorageValue<_, BillsLedger, ValueQuery>;

	/// First accepted price of the bills of each day, at `day mod 91`. Written when the oracle
	/// accepts a price.
	#[pallet::storage]
	pub type BillPriceCheckpoints<T: Config> =
		StorageMap<_, Twox64Concat, u32, BillPriceCheckpoint, OptionQuery>;

	/// Days with a checkpoint. Written with each of them.
	#[pallet::storage]
	pub type BillPriceDays<T: Config> = StorageValue<_, CheckpointDays, OptionQuery>;

	/// Period of the mint rate limit (fuse) in which USDai was last issued. Written by issues of
	/// USDai and by resets.
	#[pallet::storage]
	pub type MintRateLimit<T: Config> = StorageValue<_, MintPeriod, OptionQuery>;

	/// The freezes of accounts. Written by [`Config::AdminOrigin`]; a freeze of the technical
	/// committee runs out by the clock. Its record stays to keep the next one from following at once,
	/// until it is replaced or the account is thawed.
	#[pallet::storage]
	pub type Frozen<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, FreezeRecord, OptionQuery>;

	/// Accounts of all pools, which cannot be frozen. Written when a pool is made.
	#[pallet::storage]
	pub type PoolAccounts<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, (), OptionQuery>;
}
