// SPDX-License-Identifier: Apache-2.0

//! # Reserves
//!
//! What stands behind USDai, and the Treasury bills of the vault.
//!
//! | Call | Who may call |
//! |---|---|
//! | [`Pallet::set_priced_asset`] | [`Config::AdminOrigin`] |
//! | [`Pallet::set_treasury_bill`] | [`Config::AdminOrigin`] |
//!
//! USDai is issued and taken back one for one against stablecoins, by `pallet-psm` and by nothing
//! else: its supply is the debt of that pallet, and each stablecoin in the account of the peg covers
//! the debt against it. [`Pallet::proof_of_reserves`] shows both from the state of the chain. The
//! instance for USDai is made at genesis.
//!
//! The vault's Treasury bills are tokens in its account. They count at the oracle's price less a
//! haircut, and **at nothing while that price is missing or old**: the conservative mark, under
//! which nobody redeems at the expense of those who stay.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod impls;
#[cfg(test)]
mod tests;
mod try_state;
pub mod types;
pub mod weights;

use polkadot_sdk::{frame_support, frame_system, pallet_psm, sp_runtime};

pub use pallet::*;
pub use weights::WeightInfo;

/// How the peg names assets.
pub type AssetIdOf<T> = <T as pallet_psm::Config>::AssetId;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use crate::types::{Peg, TreasuryBill};
	use caliber_primitives::{traits::PriceSource, vault::ProofOfReserves, Balance, PricedAssetId};
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible, fungibles::Inspect},
	};
	use frame_system::pallet_prelude::*;
	use sp_runtime::Perbill;

	/// The in-code storage version.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: polkadot_sdk::frame_system::Config + pallet_psm::Config {
		/// Who says which assets have prices and what the Treasury bills are.
		type AdminOrigin: EnsureOrigin<<Self as frame_system::Config>::RuntimeOrigin>;

		/// USDai.
		type UsdAi: fungible::Inspect<Self::AccountId, Balance = Balance>;

		/// USDai, as the peg names it.
		type PegAsset: Get<AssetIdOf<Self>>;

		/// Who may do everything with the peg, from genesis on.
		type PegAdmin: Get<<Self as pallet_psm::Config>::PalletsOrigin>;

		/// Who may stop the peg in an emergency, from genesis on.
		type PegGuardian: Get<<Self as pallet_psm::Config>::PalletsOrigin>;

		/// Where the fees of the peg go, from genesis on.
		type TreasuryAccount: Get<Self::AccountId>;

		/// Who has the Treasury bills: the vault.
		type BillsAccount: Get<Self::AccountId>;

		/// Prices of stablecoins and bills.
		type Prices: PriceSource;

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

	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The peg. Its assets exist by then: they come before this pallet in the runtime.
		pub peg: Option<Peg<AssetIdOf<T>>>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			if let Some(peg) = &self.peg {
				if let Err(error) = Pallet::<T>::create_peg(peg) {
					panic!("the peg of the genesis cannot be made: {error:?}");
				}
			}
		}
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A stablecoin has another number at the oracle, or none.
		PricedAssetSet {
			/// The stablecoin.
			asset: AssetIdOf<T>,
			/// The oracle's number for it.
			priced_asset: Option<PricedAssetId>,
		},
		/// There are other Treasury bills, or none.
		TreasuryBillSet {
			/// The token.
			asset: AssetIdOf<T>,
			/// The oracle's number for it.
			priced_asset: PricedAssetId,
			/// What is taken off its price.
			haircut: Perbill,
		},
		/// There are no Treasury bills.
		TreasuryBillCleared,
	}

	#[pallet::error]
	pub enum Error<T> {
		/// There is no such asset: create it first.
		UnknownAsset,
		/// As many stablecoins have a price as the peg may have: take one off first.
		TooManyStablecoins,
		/// A share of the genesis is more than the whole.
		InvalidShare,
		/// An amount of the genesis is out of the range of the peg's balances.
		Overflow,
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
		/// The price is shown in the proof of reserves. The peg does not look at it.
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
		/// From then on the vault's balance of the token counts for what its shares are worth.
		///
		/// ## Parameters
		///
		/// - `bill`: the token, its price and its haircut; none where there are no bills.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownAsset`]: there is no such token.
		///
		/// ## Events
		///
		/// - [`Event::TreasuryBillSet`], or [`Event::TreasuryBillCleared`].
		#[pallet::call_index(1)]
		#[pallet::weight(<T as Config>::WeightInfo::set_treasury_bill())]
		pub fn set_treasury_bill(
			origin: OriginFor<T>,
			bill: Option<TreasuryBill<AssetIdOf<T>>>,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			let Some(bill) = bill else {
				Bills::<T>::kill();
				Self::deposit_event(Event::TreasuryBillCleared);
				return Ok(());
			};
			let TreasuryBill { asset, priced_asset, haircut } = bill.clone();
			ensure!(
				<T as pallet_psm::Config>::Fungibles::asset_exists(asset.clone()),
				Error::<T>::UnknownAsset
			);
			Bills::<T>::put(bill);
			Self::deposit_event(Event::TreasuryBillSet { asset, priced_asset, haircut });
			Ok(())
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// What stands behind USDai.
		pub fn proof_of_reserves() -> ProofOfReserves {
			Self::proof()
		}
	}
}
