// SPDX-License-Identifier: Apache-2.0

//! The peg: how it is made, and which of its assets have prices.

use super::{FungiblesOf, PegBalanceOf};
use crate::{
	pallet_psm,
	types::{Peg, Stablecoin},
	AssetIdOf, Config, Error, Event, Pallet, Stablecoins,
};
use alloc::boxed::Box;
use caliber_primitives::{Balance, PricedAssetId};
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::{fungibles::Inspect, Get},
	},
	frame_system::{self, RawOrigin},
	sp_runtime::{DispatchError, DispatchResult, PerThing, Permill},
};

impl<T: Config> Pallet<T> {
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

	/// Make the peg of USDai with its stablecoins, through the calls of the pallet that keeps it.
	pub(crate) fn create_peg(peg: &Peg<AssetIdOf<T>>) -> DispatchResult {
		pallet_psm::Pallet::<T>::create_psm(
			RawOrigin::Root.into(),
			T::PegAsset::get(),
			Box::new(T::PegAdmin::get()),
			Box::new(T::PegGuardian::get()),
			T::TreasuryAccount::get(),
			Self::peg_balance(peg.max_debt)?,
			Self::peg_balance(peg.min_swap)?,
		)?;
		peg.stablecoins.iter().try_for_each(Self::add_stablecoin)
	}

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

	fn peg_admin() -> <T as frame_system::Config>::RuntimeOrigin {
		<T as pallet_psm::Config>::RuntimeOrigin::from(T::PegAdmin::get()).into()
	}

	fn peg_balance(amount: Balance) -> Result<PegBalanceOf<T>, DispatchError> {
		amount.try_into().map_err(|_| Error::<T>::Overflow.into())
	}

	fn share(parts_per_million: u32) -> Result<Permill, DispatchError> {
		ensure!(parts_per_million <= Permill::ACCURACY, Error::<T>::InvalidShare);
		Ok(Permill::from_parts(parts_per_million))
	}
}
