// SPDX-License-Identifier: Apache-2.0

//! Configuration of the reserves pallet.

use crate::frame_support::pallet_macros::pallet_section;

/// Configuration of the reserves pallet.
#[pallet_section]
mod config {
	/// Balances of the peg are [`Balance`]s, so that no amount has to be converted.
	#[pallet::config]
	pub trait Config:
		polkadot_sdk::frame_system::Config
		+ pallet_psm::Config<
			Fungibles: fungibles::Inspect<
				<Self as frame_system::Config>::AccountId,
				Balance = Balance,
			>,
		>
	{
		/// Origin that sets the priced assets and the Treasury bills and resets the mint rate
		/// limit.
		type AdminOrigin: EnsureOrigin<<Self as frame_system::Config>::RuntimeOrigin>;

		/// Origin that freezes and thaws accounts.
		type ComplianceOrigin: EnsureOrigin<<Self as frame_system::Config>::RuntimeOrigin>;

		/// USDai.
		type UsdAi: fungible::Inspect<Self::AccountId, Balance = Balance>;

		/// Id of USDai in the peg and in the pools.
		type PegAsset: Get<AssetIdOf<Self>>;

		/// Full admin of the peg from genesis on.
		type PegAdmin: Get<<Self as pallet_psm::Config>::PalletsOrigin>;

		/// Emergency admin of the peg from genesis on.
		type PegGuardian: Get<<Self as pallet_psm::Config>::PalletsOrigin>;

		/// Account that receives the fees of the peg from genesis on.
		type TreasuryAccount: Get<Self::AccountId>;

		/// Id from which the account of the bills is derived.
		#[pallet::constant]
		type BillsPalletId: Get<PalletId>;

		/// Clock, unix seconds.
		type Time: UnixTime;

		/// Vault whose idle USDai buys bills.
		type Vault: IdleFunds<Self::AccountId>;

		/// Pools in which bills are traded against USDai. The token of the bills is sufficient: an
		/// account exists by holding it.
		type Pools: Swap<Self::AccountId, Balance = Balance, AssetKind = AssetIdOf<Self>>
			+ QuotePrice<Balance = Balance, AssetKind = AssetIdOf<Self>>;

		/// Prices of stablecoins and bills.
		type Prices: PriceSource;

		/// Freezer of the USDai and sUSDai of an account.
		type Freezer: FreezeAccounts<Self::AccountId>;

		/// Accounts of the chain that cannot be frozen: vault, lines, pools, treasury. The accounts
		/// of the peg and of the bills are always protected.
		type Protected: Contains<Self::AccountId>;

		/// Share of the vault's assets that stays idle.
		type LiquidityBuffer: Get<Perbill>;

		/// Time before the close of a redemption window from which its requests count as demand.
		type LookAhead: Get<Seconds>;

		/// Smallest deviation of the idle USDai from its target for a rebalance, in USDai.
		type RebalanceThreshold: Get<Balance>;

		/// Largest deviation of a trade of bills from the oracle's price.
		type PriceBand: Get<Perbill>;

		/// Largest amount of rebalances in a clock hour, and of sales for settlements in a clock
		/// hour, in USDai.
		type HourlyLimit: Get<Balance>;

		/// Discount on the last price of the bills without a fresh price, beside their own haircut.
		type StaleBillHaircut: Get<Perbill>;

		/// Length of the periods of the mint rate limit; zero counts as one second.
		type MintLimitPeriod: Get<Seconds>;

		/// Share of its supply by which USDai may grow in a period.
		type MintLimitShare: Get<Perbill>;

		/// Amount by which USDai may always grow in a period, in USDai.
		type MintLimitFloor: Get<Balance>;

		/// Lowest price of a stablecoin against which USDai is issued, in USD.
		type PegFloor: Get<FixedU128>;

		/// Set-up of the benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<AssetIdOf<Self>, Self::AccountId>;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;
	}
}
