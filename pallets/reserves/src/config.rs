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
			PalletsOrigin: From<Origin>,
		>
	{
		/// Origin that administers the stablecoins of the peg and the Treasury bills, stops minting
		/// and the trading of bills, resets the mint rate limit and freezes accounts: a referendum.
		/// What lowers risk the technical committee may decide too, as a brake that runs out.
		type AdminOrigin: EnsureOriginWithArg<
			<Self as frame_system::Config>::RuntimeOrigin,
			Risk,
			Success = Authority,
		>;

		/// Times that the brakes of the technical committee keep.
		type BrakeTerms: Get<BrakeTerms>;

		/// Values that governance sets for the reserves, as they count now.
		type Values: Get<ReserveValues>;

		/// Time over which a change of the bills' haircut takes effect, in seconds.
		type RampPeriod: Get<Seconds>;

		/// USDai.
		type UsdAi: fungible::Inspect<Self::AccountId, Balance = Balance>;

		/// Id of USDai in the peg and in the pool with CLBR.
		type PegAsset: Get<AssetIdOf<Self>>;

		/// Id of CLBR in the pool with USDai.
		type NativeAsset: Get<AssetIdOf<Self>>;

		/// Account that receives the fees of the peg from genesis on.
		type TreasuryAccount: Get<Self::AccountId>;

		/// Id from which the account of the bills is derived.
		#[pallet::constant]
		type BillsPalletId: Get<PalletId>;

		/// Clock, unix seconds.
		type Time: UnixTime;

		/// Vault whose idle USDai buys bills. The token of the bills is sufficient: an account exists
		/// by holding it.
		type Vault: IdleFunds<Self::AccountId>;

		/// USDai that announced draws of lines want: bills are sold for it in time.
		type Draws: Get<Balance>;

		/// Pools, in which that of USDai and CLBR is made at genesis.
		type Pools: MutateLiquidity<Self::AccountId, Balance = Balance, AssetKind = AssetIdOf<Self>>;

		/// Prices of stablecoins and bills.
		type Prices: PriceSource;

		/// Bonds and capital of the parties behind titles, posted at genesis after the mints.
		type Sureties: PostSurety<Self::AccountId>;

		/// Accounts of the chain that cannot be frozen: vault, lines, titles, treasury. The
		/// accounts of the peg, of the bills and of all pools are always protected.
		type Protected: Contains<Self::AccountId>;

		/// Set-up of the benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<AssetIdOf<Self>>;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;
	}
}
