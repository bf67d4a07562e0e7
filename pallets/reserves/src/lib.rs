// SPDX-License-Identifier: Apache-2.0

//! # Reserves
//!
//! What stands behind USDai, and the Treasury bills of the vault.
//!
//! | Call | Who may call |
//! |---|---|
//! | [`Pallet::set_priced_asset`], [`Pallet::set_treasury_bill`], [`Pallet::reset_fuse`] | [`Config::AdminOrigin`] |
//! | [`Pallet::rebalance`] | anyone |
//! | [`Pallet::freeze`], [`Pallet::thaw`] | [`Config::ComplianceOrigin`] |
//!
//! ## The peg
//!
//! USDai is issued and taken back one for one against stablecoins, by `pallet-psm` and by nothing
//! else: its supply is the debt of that pallet, less what holders have burnt of their own, and each
//! stablecoin in the account of the peg covers the debt against it. [`Pallet::proof_of_reserves`] shows both from the state of the chain. The
//! instance for USDai is made at genesis.
//!
//! That pallet works on the assets through [`FusedAssets`], which lets everything pass but two
//! things, and never stands in the way of a redemption:
//!
//! - **The fuse.** In a period of [`Config::FusePeriod`] the supply may grow by
//!   [`Config::FuseCap`] of what it was before the first issue of the period, at least by
//!   [`Config::FuseFloor`]. What is redeemed makes room again: the fuse measures the supply, so
//!   nobody blows it by going round in circles. Periods are multiples of their length, so that two
//!   allowances may be used around the boundary of two.
//! - **The floor.** Nothing is issued against a stablecoin while its last accepted price, however
//!   old, is below [`Config::PegFloor`]: who brings a broken dollar does not take a whole one. One
//!   that never had a price passes.
//!
//! ## The bills
//!
//! The vault's idle USDai buys tokens of Treasury bills, through a pool of the two, and they are
//! sold again when the USDai is wanted. The bills are in this pallet's account and in its books
//! ([`BillsHeld`]): what somebody sends to the account changes nothing, and what the issuer of the
//! token takes from it counts no longer at once. They count at `floor(held · price · (1 − haircut))`.
//! Without a fresh price they count at the last one, less [`Config::StaleHaircut`] on top, and are
//! not traded; at nothing only where there never was a price. Who buys shares of the vault pays for
//! them without the haircut on top, and buys none while they have no price at all.
//!
//! Anyone may call [`Pallet::rebalance`]. The target for the idle USDai is
//! [`Config::LiquidityBuffer`] of the vault's assets and what the redemption queue wants within
//! [`Config::LookAhead`]. What lies idle above it, by more than [`Config::RebalanceThreshold`], buys
//! bills; what is missing, by more than that, is raised by selling them. With a buffer of the whole
//! all bills are sold, down to the last, and none bought: what governance does before it changes the
//! token.
//!
//! Whatever the occasion, bills are traded within [`Config::PriceBand`] around the oracle's fresh
//! price: the pool's own price has to lie in it, and what is paid or received for the whole trade,
//! the pool's fee included, does not leave it. Who moves the pool against the vault gains no more
//! than the width of the band. As much is traded as the band permits, found by halving on the
//! pool's quotes, [`MAX_QUOTES`] at most.
//!
//! At most [`Config::HourlyLimit`] USDai is rebalanced in an hour of the clock, bought and sold
//! together. The settlement of a window has an allowance of the same size of its own: nobody can
//! use it up beforehand by rebalancing.
//!
//! The yield of the bills is the growth of their accepted prices. The first price of each day is
//! kept, for [`CHECKPOINTS`] days.
//!
//! ## Freezing
//!
//! The compliance origin freezes the USDai and sUSDai of an account. A frozen account can send
//! neither, redeem nor deposit; it can receive both, so that no payment to it stops what others
//! do: an auction, a settlement, a liquidation.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
mod errors;
mod events;
mod freezing;
mod fused;
mod impls;
#[cfg(test)]
mod tests;
mod try_state;
pub mod types;
pub mod weights;

use polkadot_sdk::{
	frame_support::{self, pallet_macros::import_section},
	frame_system, pallet_asset_conversion, pallet_psm, sp_core, sp_runtime,
};

pub use freezing::{AssetTeam, FreezeAccounts};
pub use fused::{FusedAssets, FusedWeights};
pub use pallet::*;
pub use weights::WeightInfo;

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;

/// How the peg names assets.
pub type AssetIdOf<T> = <T as pallet_psm::Config>::AssetId;

/// The most quotes the pool is asked for to find how much the band permits.
pub const MAX_QUOTES: u32 = 32;

/// Days whose first price is kept: enough for two that are ninety days apart.
pub const CHECKPOINTS: u32 = 91;

#[import_section(events::events)]
#[import_section(errors::errors)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use crate::types::{
		Checkpoint, FrozenAccount, FusePeriod, HourBook, Peg, Purpose, TreasuryBill,
	};
	use caliber_primitives::{
		traits::{IdleFunds, PriceSource},
		vault::{BillsReport, FuseReport, ProofOfReserves},
		Balance, PricedAssetId, Seconds,
	};
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible, Contains, UnixTime},
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use pallet_asset_conversion::{QuotePrice, Swap};
	use sp_core::H256;
	use sp_runtime::{FixedU128, Perbill};

	/// The in-code storage version.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: polkadot_sdk::frame_system::Config + pallet_psm::Config {
		/// Who says which assets have prices and what the Treasury bills are, and resets the fuse.
		type AdminOrigin: EnsureOrigin<<Self as frame_system::Config>::RuntimeOrigin>;

		/// Who freezes accounts and thaws them.
		type ComplianceOrigin: EnsureOrigin<<Self as frame_system::Config>::RuntimeOrigin>;

		/// USDai.
		type UsdAi: fungible::Inspect<Self::AccountId, Balance = Balance>;

		/// USDai, as the peg and the pools name it.
		type PegAsset: Get<AssetIdOf<Self>>;

		/// Who may do everything with the peg, from genesis on.
		type PegAdmin: Get<<Self as pallet_psm::Config>::PalletsOrigin>;

		/// Who may stop the peg in an emergency, from genesis on.
		type PegGuardian: Get<<Self as pallet_psm::Config>::PalletsOrigin>;

		/// Where the fees of the peg go, from genesis on.
		type TreasuryAccount: Get<Self::AccountId>;

		/// The account of the bills is derived from this.
		#[pallet::constant]
		type BillsPalletId: Get<PalletId>;

		/// The clock.
		type Time: UnixTime;

		/// The vault: whose idle USDai buys bills.
		type Vault: IdleFunds<Self::AccountId>;

		/// The pools in which bills are traded against USDai. Accounts of the token stand on their own:
		/// it is sufficient.
		type Pools: Swap<Self::AccountId, Balance = Balance, AssetKind = AssetIdOf<Self>>
			+ QuotePrice<Balance = Balance, AssetKind = AssetIdOf<Self>>;

		/// Prices of stablecoins and bills.
		type Prices: PriceSource;

		/// How an account is frozen: the USDai and sUSDai in it.
		type Freezer: FreezeAccounts<Self::AccountId>;

		/// Accounts of the chain itself, which nobody may freeze: vault, lines, pools, treasury. The
		/// accounts of the peg and of the bills are protected anyway.
		type Protected: Contains<Self::AccountId>;

		/// The part of the vault's assets that stays idle.
		type LiquidityBuffer: Get<Perbill>;

		/// How far ahead of the close of a window its requests count as wanted.
		type LookAhead: Get<Seconds>;

		/// By how much the idle USDai has to miss its target for a rebalance, in USDai.
		type RebalanceThreshold: Get<Balance>;

		/// How far from the oracle's price bills are traded, at most.
		type PriceBand: Get<Perbill>;

		/// The most that is rebalanced in an hour, in USDai; and the most that is sold in it for the
		/// settlement of windows.
		type HourlyLimit: Get<Balance>;

		/// What is taken off the last price while there is no fresh one, beside the haircut.
		type StaleHaircut: Get<Perbill>;

		/// Length of the periods over which the fuse measures the growth of USDai.
		type FusePeriod: Get<Seconds>;

		/// The part of its supply by which USDai may grow in a period.
		type FuseCap: Get<Perbill>;

		/// The least by which it may grow in a period, so that a small supply can grow at all.
		type FuseFloor: Get<Balance>;

		/// The least price of a stablecoin against which USDai is issued, in USD.
		type PegFloor: Get<FixedU128>;

		/// Sets the scene for the benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<AssetIdOf<Self>, Self::AccountId>;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;
	}

	/// The oracle's number for each stablecoin that has one. Written by [`Config::AdminOrigin`];
	/// not more than the peg may have.
	#[pallet::storage]
	pub type Stablecoins<T: Config> =
		CountedStorageMap<_, Blake2_128Concat, AssetIdOf<T>, PricedAssetId, OptionQuery>;

	/// The Treasury bills. Written by [`Config::AdminOrigin`].
	#[pallet::storage]
	pub type Bills<T: Config> = StorageValue<_, TreasuryBill<AssetIdOf<T>>, OptionQuery>;

	/// The bills that were bought and not sold, in the token's smallest unit. Written by trades.
	#[pallet::storage]
	pub type BillsHeld<T: Config> = StorageValue<_, Balance, ValueQuery>;

	/// What was traded in the hour of the last trade.
	#[pallet::storage]
	pub type Traded<T: Config> = StorageValue<_, HourBook, ValueQuery>;

	/// The first accepted price of the bills of each day, at `day mod 91`.
	#[pallet::storage]
	pub type Checkpoints<T: Config> = StorageMap<_, Twox64Concat, u32, Checkpoint, OptionQuery>;

	/// The last day whose first price was kept.
	#[pallet::storage]
	pub type LastCheckpoint<T: Config> = StorageValue<_, u32, OptionQuery>;

	/// The period of the fuse in which USDai was last issued.
	#[pallet::storage]
	pub type Fuse<T: Config> = StorageValue<_, FusePeriod, OptionQuery>;

	/// The frozen accounts. Written by [`Config::ComplianceOrigin`].
	#[pallet::storage]
	pub type Frozen<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, FrozenAccount, OptionQuery>;

	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The peg. Its assets exist by then: they come before this pallet in the runtime.
		pub peg: Option<Peg<AssetIdOf<T>>>,
		/// The Treasury bills. The token exists by then.
		pub bill: Option<TreasuryBill<AssetIdOf<T>>>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			if let Some(peg) = &self.peg {
				if let Err(error) = Pallet::<T>::create_peg(peg) {
					panic!("the peg of the genesis cannot be made: {error:?}");
				}
			}
			if let Some(bill) = &self.bill {
				if let Err(error) = Pallet::<T>::do_set_treasury_bill(Some(bill.clone())) {
					panic!("the Treasury bills of the genesis cannot be set: {error:?}");
				}
			}
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "try-runtime")]
		fn try_state(_n: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Say under which number the oracle has the price of a stablecoin.
		///
		/// ## Dispatch Origin
		///
		/// Must be [`Config::AdminOrigin`].
		///
		/// ## Details
		///
		/// The price is shown in the proof of reserves. While the last accepted one, however old, is
		/// below [`Config::PegFloor`], no USDai is issued against the stablecoin.
		///
		/// ## Parameters
		///
		/// - `asset`: the stablecoin.
		/// - `priced_asset`: the oracle's number for it; none takes it off.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownAsset`]: there is no such asset.
		/// - [`Error::TooManyStablecoins`]: as many have one as the peg may have.
		///
		/// ## Events
		///
		/// - [`Event::PricedAssetSet`].
		#[pallet::call_index(0)]
		#[pallet::weight(<T as Config>::WeightInfo::set_priced_asset())]
		pub fn set_priced_asset(
			origin: OriginFor<T>,
			asset: AssetIdOf<T>,
			priced_asset: Option<PricedAssetId>,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_set_priced_asset(asset, priced_asset)
		}

		/// Say what the vault's Treasury bills are.
		///
		/// ## Dispatch Origin
		///
		/// Must be [`Config::AdminOrigin`].
		///
		/// ## Details
		///
		/// From then on idle USDai may buy the token. The haircut, and the number at the oracle, may
		/// change while bills are held; the token may not: set [`Config::LiquidityBuffer`] to the
		/// whole and let [`Pallet::rebalance`] sell them first. With another number the prices kept
		/// for the yield begin anew.
		///
		/// ## Parameters
		///
		/// - `bill`: the token, its price and its haircut; none where there are no bills.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownAsset`]: there is no such token.
		/// - [`Error::BillsHeld`]: bills of another token are held, or bills are to be taken off.
		/// - [`Error::PriceStale`]: bills are held, and the new number has no fresh price.
		///
		/// ## Events
		///
		/// - [`Event::BillsLost`], where the issuer took some.
		/// - [`Event::TreasuryBillSet`], or [`Event::TreasuryBillCleared`].
		#[pallet::call_index(1)]
		#[pallet::weight(<T as Config>::WeightInfo::set_treasury_bill())]
		pub fn set_treasury_bill(
			origin: OriginFor<T>,
			bill: Option<TreasuryBill<AssetIdOf<T>>>,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_set_treasury_bill(bill)
		}

		/// Bring the vault's idle USDai to its target.
		///
		/// ## Dispatch Origin
		///
		/// Must be `Signed`. Anyone may call it.
		///
		/// ## Details
		///
		/// Above the target bills are bought with what is too much, below it they are sold for what
		/// is missing: as much of it as the band around the oracle's price and the limit of the hour
		/// permit. A part is fine; another call goes on from there. With a buffer of the whole, all
		/// bills are sold.
		///
		/// ## Errors
		///
		/// - [`Error::NoBills`]: governance has named no token.
		/// - [`Error::NothingToDo`]: the idle USDai is within the threshold of its target, or it is
		///   short of it and no bills are held, or too few to sell a part of them.
		/// - [`Error::PriceStale`]: the oracle has no fresh price of the bills.
		/// - [`Error::NoPool`]: there is no pool of USDai and the bills, or it is empty.
		/// - [`Error::OutsideBand`]: the pool's price is outside the band, or the smallest trade
		///   would be.
		/// - [`Error::HourlyLimitReached`]: as much was rebalanced in this hour as may be.
		/// - [`Error::Overflow`]: an amount is out of range.
		///
		/// ## Events
		///
		/// - [`Event::BillsLost`], where the issuer took some.
		/// - [`Event::BillsBought`], or [`Event::BillsSold`].
		#[pallet::call_index(10)]
		#[pallet::weight(
			<T as Config>::WeightInfo::rebalance_buy().max(<T as Config>::WeightInfo::rebalance_sell())
		)]
		pub fn rebalance(origin: OriginFor<T>) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_rebalance()
		}

		/// Let the growth of USDai in this period count from the present supply.
		///
		/// ## Dispatch Origin
		///
		/// Must be [`Config::AdminOrigin`].
		///
		/// ## Details
		///
		/// For a growth that turned out to be wanted. The period ends when it would have.
		///
		/// ## Events
		///
		/// - [`Event::FuseReset`].
		#[pallet::call_index(20)]
		#[pallet::weight(<T as Config>::WeightInfo::reset_fuse())]
		pub fn reset_fuse(origin: OriginFor<T>) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_reset_fuse();
			Ok(())
		}

		/// Freeze the USDai and sUSDai of an account.
		///
		/// ## Dispatch Origin
		///
		/// Must be [`Config::ComplianceOrigin`].
		///
		/// ## Details
		///
		/// The account can send neither, redeem nor deposit. It can receive both: what is paid to it
		/// stays in it. Its redemption requests stay in the queue and are served in their turn.
		///
		/// ## Parameters
		///
		/// - `who`: the account.
		/// - `reason`: hash of the document that says why.
		///
		/// ## Errors
		///
		/// - [`Error::ProtectedAccount`]: it is one of the chain's own.
		/// - [`Error::AlreadyFrozen`]: it is frozen.
		///
		/// ## Events
		///
		/// - [`Event::AccountFrozen`].
		#[pallet::call_index(30)]
		#[pallet::weight(<T as Config>::WeightInfo::freeze())]
		pub fn freeze(origin: OriginFor<T>, who: T::AccountId, reason: H256) -> DispatchResult {
			T::ComplianceOrigin::ensure_origin(origin)?;
			Self::do_freeze(who, reason)
		}

		/// Let an account spend its USDai and sUSDai again.
		///
		/// ## Dispatch Origin
		///
		/// Must be [`Config::ComplianceOrigin`].
		///
		/// ## Parameters
		///
		/// - `who`: the account.
		/// - `reason`: hash of the document that says why.
		///
		/// ## Errors
		///
		/// - [`Error::NotFrozen`]: it is not frozen.
		///
		/// ## Events
		///
		/// - [`Event::AccountThawed`].
		#[pallet::call_index(31)]
		#[pallet::weight(<T as Config>::WeightInfo::thaw())]
		pub fn thaw(origin: OriginFor<T>, who: T::AccountId, reason: H256) -> DispatchResult {
			T::ComplianceOrigin::ensure_origin(origin)?;
			Self::do_thaw(who, reason)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// What stands behind USDai.
		pub fn proof_of_reserves() -> ProofOfReserves {
			Self::proof()
		}

		/// The Treasury bills and what may be traded now; none where there are no bills.
		pub fn bills() -> Option<BillsReport> {
			Self::bills_report()
		}

		/// How much more USDai may be issued in this period.
		pub fn fuse() -> FuseReport {
			Self::fuse_report()
		}

		/// Why and since when an account is frozen; none where it is not.
		pub fn frozen(who: T::AccountId) -> Option<FrozenAccount> {
			Frozen::<T>::get(who)
		}
	}
}
