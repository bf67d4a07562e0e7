// SPDX-License-Identifier: Apache-2.0

//! Storage of the reserves pallet.

use crate::frame_support::pallet_macros::pallet_section;

/// Storage of the reserves pallet.
#[pallet_section]
mod storage {
	/// Priced asset of the oracle for each stablecoin of the peg. Written by
	/// [`Config::AdminOrigin`]; at most as many as the peg may have.
	#[pallet::storage]
	pub type Stablecoins<T: Config> =
		CountedStorageMap<_, Blake2_128Concat, AssetIdOf<T>, PricedAssetId, OptionQuery>;

	/// Time since which each stablecoin is frozen by its price, unix seconds. Written when the
	/// oracle accepts a price, and when a stablecoin gets a priced asset. A silence of the oracle
	/// freezes by the clock, and leaves no entry.
	#[pallet::storage]
	pub type PegFreezes<T: Config> =
		StorageMap<_, Blake2_128Concat, AssetIdOf<T>, Seconds, OptionQuery>;

	/// Growth of the debt against each stablecoin. Written by issues and redemptions.
	#[pallet::storage]
	pub type Inflows<T: Config> =
		StorageMap<_, Blake2_128Concat, AssetIdOf<T>, Growth, OptionQuery>;

	/// True while minting against a stablecoin is stopped. Written by [`Config::AdminOrigin`]; a
	/// stop of the technical committee runs out. Its record stays to keep the next one from
	/// following at once.
	#[pallet::storage]
	pub type MintingStops<T: Config> =
		StorageMap<_, Blake2_128Concat, AssetIdOf<T>, Governed<bool>, ValueQuery>;

	/// USDai that each account is still to receive in a stablecoin. Written by baskets that could
	/// not pay a part, and by payments of claims. The USDai lies in the account of the claims, at
	/// least [`LEAST_CLAIM`] for each entry.
	#[pallet::storage]
	pub type Claims<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		AssetIdOf<T>,
		Blake2_128Concat,
		T::AccountId,
		Balance,
		OptionQuery,
	>;

	/// Sum of the claims on each stablecoin, in USDai. Written with each of them.
	#[pallet::storage]
	pub type Claimed<T: Config> =
		StorageMap<_, Blake2_128Concat, AssetIdOf<T>, Balance, ValueQuery>;

	/// Present while a part of a basket or a claim is paid, for which the rule on leaving
	/// stablecoins does not count. It does not outlast the call.
	#[pallet::storage]
	pub type PayingBasket<T: Config> = StorageValue<_, (), OptionQuery>;

	/// The Treasury bills. Written by [`Config::AdminOrigin`]; the haircut moves by the clock.
	#[pallet::storage]
	pub type Bills<T: Config> = StorageValue<_, BillRecord<AssetIdOf<T>>, OptionQuery>;

	/// True while the trading of bills is stopped. Written by [`Config::AdminOrigin`]; a stop of
	/// the technical committee runs out.
	#[pallet::storage]
	pub type BillTrading<T: Config> = StorageValue<_, Governed<bool>, ValueQuery>;

	/// Bills held, and the state of the offers. Written by fills, by every operation that finds bills
	/// missing, and by idle work when an offer opens or closes.
	#[pallet::storage]
	pub type Ledger<T: Config> = StorageValue<_, BillsLedger, ValueQuery>;

	/// Highest price of the bills that lasted for a day, and the yield of which the vault has taken no
	/// fee. Written by accepted prices, by the vault, and when the token or its feed is set.
	#[pallet::storage]
	pub type BillYields<T: Config> = StorageValue<_, BillYield, ValueQuery>;

	/// First accepted price of the bills of each day, at `day mod 91`. Written when the oracle
	/// accepts a price.
	#[pallet::storage]
	pub type BillPriceCheckpoints<T: Config> =
		StorageMap<_, Twox64Concat, u32, BillPriceCheckpoint, OptionQuery>;

	/// Days with a checkpoint. Written with each of them.
	#[pallet::storage]
	pub type BillPriceDays<T: Config> = StorageValue<_, CheckpointDays, OptionQuery>;

	/// Growth of the supply of USDai, for the mint rate limit (fuse). Written by issues and
	/// redemptions of USDai and by resets.
	#[pallet::storage]
	pub type MintRateLimit<T: Config> = StorageValue<_, Growth, OptionQuery>;

	/// The freezes of accounts. Written by [`Config::AdminOrigin`]; a freeze of the technical
	/// committee runs out by the clock. Its record stays to keep the next one from following at
	/// once, until it is replaced or the account is thawed.
	#[pallet::storage]
	pub type Frozen<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, FreezeRecord, OptionQuery>;

	/// Accounts of all pools, which cannot be frozen. Written when a pool is made.
	#[pallet::storage]
	pub type PoolAccounts<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, (), OptionQuery>;
}
