// SPDX-License-Identifier: Apache-2.0

//! The peg: its creation at genesis with the first USDai, the priced assets of its stablecoins and
//! their floor.

use super::FungiblesOf;
use crate::{
	pallet_asset_conversion::{AddLiquidityAsset, MutateLiquidity},
	pallet_psm,
	types::{GenesisPool, Peg, Stablecoin},
	AssetIdOf, Config, Error, Event, Pallet, Stablecoins,
};
use alloc::boxed::Box;
use caliber_primitives::{traits::PriceSource, Balance, PricedAssetId};
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::{fungibles::Inspect, Get},
	},
	frame_system::{self, RawOrigin},
	sp_runtime::{DispatchResult, FixedU128, PerThing, Permill},
};

impl<T: Config> Pallet<T> {
	/// Sets the priced asset of a stablecoin, or removes it.
	pub(crate) fn do_set_priced_asset(
		asset: AssetIdOf<T>,
		priced_asset: Option<PricedAssetId>,
	) -> DispatchResult {
		match priced_asset {
			Some(priced_asset) => {
				ensure!(FungiblesOf::<T>::asset_exists(asset.clone()), Error::<T>::UnknownAsset);
				ensure!(
					Stablecoins::<T>::contains_key(&asset)
						|| Stablecoins::<T>::count()
							< <T as pallet_psm::Config>::MaxExternals::get(),
					Error::<T>::TooManyStablecoins
				);
				Stablecoins::<T>::insert(&asset, priced_asset);
			}
			None => Stablecoins::<T>::remove(&asset),
		}
		Self::deposit_event(Event::PricedAssetSet { asset, priced_asset });
		Ok(())
	}

	/// Ensures that the price of a stablecoin is not below the floor. In the genesis block no price
	/// is asked.
	pub(crate) fn ensure_above_peg_floor(asset: &AssetIdOf<T>) -> DispatchResult {
		if Self::is_genesis() {
			return Ok(());
		}
		let below = Stablecoins::<T>::get(asset)
			.is_some_and(|asset| Self::is_below(asset, T::Values::get().peg_floor));
		ensure!(!below, Error::<T>::BelowPegFloor);
		Ok(())
	}

	/// Returns true if the last accepted price of an asset, however old, is below the floor. A
	/// stale price neither stops minting nor reopens it.
	pub(crate) fn is_below(asset: PricedAssetId, floor: FixedU128) -> bool {
		T::Prices::last_known(asset).is_some_and(|(price, _)| price < floor.into_inner())
	}

	/// Creates the peg of USDai with its stablecoins by calls of `pallet-psm`.
	pub(crate) fn create_peg(peg: &Peg<AssetIdOf<T>>) -> DispatchResult {
		pallet_psm::Pallet::<T>::create_psm(
			RawOrigin::Root.into(),
			T::PegAsset::get(),
			Box::new(T::PegAdmin::get()),
			Box::new(T::PegGuardian::get()),
			T::TreasuryAccount::get(),
			peg.max_debt,
			peg.min_swap,
		)?;
		peg.stablecoins.iter().try_for_each(Self::add_stablecoin)
	}

	/// Mints USDai for an account at genesis: it pays `amount` of the stablecoin, in its smallest
	/// unit, into the peg.
	pub(crate) fn mint_first(
		who: &T::AccountId,
		stablecoin: &AssetIdOf<T>,
		amount: Balance,
	) -> DispatchResult {
		pallet_psm::Pallet::<T>::mint(
			RawOrigin::Signed(who.clone()).into(),
			T::PegAsset::get(),
			stablecoin.clone(),
			amount,
			// Whatever the fee of the peg: the preset knows it.
			Permill::one(),
		)
	}

	/// Creates the pool of USDai and CLBR at genesis.
	pub(crate) fn create_pool(pool: &GenesisPool<T::AccountId>) -> DispatchResult {
		let GenesisPool { provider, clbr, usdai } = pool;
		let all = |asset, amount: Balance| AddLiquidityAsset {
			asset,
			amount_desired: amount,
			amount_min: amount,
		};
		T::Pools::create_pool(provider, T::NativeAsset::get(), T::PegAsset::get())?;
		T::Pools::add_liquidity(
			provider,
			all(T::NativeAsset::get(), *clbr),
			all(T::PegAsset::get(), *usdai),
			provider,
		)?;
		Ok(())
	}

	/// Adds a stablecoin to the peg with its ceiling, its fees and its priced asset.
	fn add_stablecoin(stablecoin: &Stablecoin<AssetIdOf<T>>) -> DispatchResult {
		let usdai = T::PegAsset::get;
		let asset = || stablecoin.asset.clone();
		pallet_psm::Pallet::<T>::add_external_asset(Self::peg_admin(), usdai(), asset())?;
		pallet_psm::Pallet::<T>::set_asset_ceiling_weight(
			Self::peg_admin(),
			usdai(),
			asset(),
			Self::share(stablecoin.ceiling_weight)?,
		)?;
		pallet_psm::Pallet::<T>::set_minting_fee(
			Self::peg_admin(),
			usdai(),
			asset(),
			Self::share(stablecoin.minting_fee)?,
		)?;
		pallet_psm::Pallet::<T>::set_redemption_fee(
			Self::peg_admin(),
			usdai(),
			asset(),
			Self::share(stablecoin.redemption_fee)?,
		)?;
		match stablecoin.priced_asset {
			Some(priced_asset) => Self::do_set_priced_asset(asset(), Some(priced_asset)),
			None => Ok(()),
		}
	}

	/// Returns the origin of the full admin of the peg.
	fn peg_admin() -> <T as frame_system::Config>::RuntimeOrigin {
		<T as pallet_psm::Config>::RuntimeOrigin::from(T::PegAdmin::get()).into()
	}

	/// Returns parts per million as a share of at most 100 %.
	fn share(parts_per_million: u32) -> Result<Permill, Error<T>> {
		ensure!(parts_per_million <= Permill::ACCURACY, Error::InvalidShare);
		Ok(Permill::from_parts(parts_per_million))
	}
}
