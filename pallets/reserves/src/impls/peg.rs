// SPDX-License-Identifier: Apache-2.0

//! The peg: its creation at genesis with the first USDai, its stablecoins and its ceilings.

use super::FungiblesOf;
use crate::{
	pallet::Origin,
	pallet_asset_conversion::{AddLiquidityAsset, MutateLiquidity},
	pallet_psm,
	types::{GenesisPool, Peg, Stablecoin, StablecoinTerms},
	AssetIdOf, Config, Error, Event, Inflows, MintingStops, Pallet, PegFreezes, Stablecoins,
	MAX_DEBT_CEILING, MAX_PEG_FEE,
};
use alloc::boxed::Box;
use caliber_primitives::{
	appraisal::AppraisalError, governance::Authority, traits::PriceSource, Balance, PricedAssetId,
};
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::{fungibles::Inspect, Get},
	},
	frame_system::{self, RawOrigin},
	sp_runtime::{DispatchResult, PerThing, Permill},
};

impl<T: Config> Pallet<T> {
	/// Sets the priced asset of a stablecoin of the peg.
	pub(crate) fn do_set_priced_asset(
		asset: AssetIdOf<T>,
		priced_asset: PricedAssetId,
	) -> DispatchResult {
		Self::ensure_stablecoin(&asset)?;
		Self::ensure_feed(priced_asset)?;
		Self::put_priced_asset(&asset, priced_asset);
		Self::deposit_event(Event::PricedAssetSet { asset, priced_asset });
		Ok(())
	}

	/// Stops minting against a stablecoin, or resumes it.
	pub(crate) fn do_set_minting_stopped(
		authority: Authority,
		asset: AssetIdOf<T>,
		stopped: bool,
	) -> DispatchResult {
		Self::ensure_stablecoin(&asset)?;
		let mut stop = MintingStops::<T>::get(&asset);
		let until = stop
			.stop_or_resume(authority, stopped, Self::now(), &T::BrakeTerms::get())
			.map_err(Error::<T>::from)?;
		MintingStops::<T>::insert(&asset, stop);
		Self::deposit_event(Event::MintingStopSet { asset, stopped, until });
		Ok(())
	}

	/// Adds a stablecoin to the peg.
	pub(crate) fn do_add_stablecoin(
		asset: AssetIdOf<T>,
		priced_asset: PricedAssetId,
		terms: StablecoinTerms,
	) -> DispatchResult {
		ensure!(FungiblesOf::<T>::asset_exists(asset.clone()), Error::<T>::UnknownAsset);
		Self::ensure_feed(priced_asset)?;
		let minimum = FungiblesOf::<T>::minimum_balance(asset.clone());
		let (balance, _) = Self::peg_balance(&asset);
		ensure!(balance >= minimum, Error::<T>::MinimumBalanceMissing);
		pallet_psm::Pallet::<T>::add_external_asset(
			Self::peg_admin(),
			T::PegAsset::get(),
			asset.clone(),
		)?;
		Self::put_priced_asset(&asset, priced_asset);
		Self::put_terms(&asset, terms)?;
		Self::deposit_event(Event::StablecoinAdded { asset, priced_asset, terms });
		Ok(())
	}

	/// Removes a stablecoin without debt from the peg.
	pub(crate) fn do_remove_stablecoin(asset: AssetIdOf<T>) -> DispatchResult {
		Self::ensure_stablecoin(&asset)?;
		pallet_psm::Pallet::<T>::remove_external_asset(
			Self::peg_admin(),
			T::PegAsset::get(),
			asset.clone(),
		)?;
		Stablecoins::<T>::remove(&asset);
		PegFreezes::<T>::remove(&asset);
		Inflows::<T>::remove(&asset);
		MintingStops::<T>::remove(&asset);
		Self::deposit_event(Event::StablecoinRemoved { asset });
		Ok(())
	}

	/// Sets the terms of a stablecoin of the peg.
	pub(crate) fn do_set_stablecoin_terms(
		asset: AssetIdOf<T>,
		terms: StablecoinTerms,
	) -> DispatchResult {
		Self::ensure_stablecoin(&asset)?;
		Self::put_terms(&asset, terms)?;
		Self::deposit_event(Event::StablecoinTermsSet { asset, terms });
		Ok(())
	}

	/// Sets the debt ceiling of the peg.
	pub(crate) fn do_set_debt_ceiling(ceiling: Balance) -> DispatchResult {
		ensure!(ceiling <= MAX_DEBT_CEILING, Error::<T>::CeilingTooHigh);
		pallet_psm::Pallet::<T>::set_max_debt(Self::peg_admin(), T::PegAsset::get(), ceiling)?;
		Self::deposit_event(Event::DebtCeilingSet { ceiling });
		Ok(())
	}

	/// Creates the peg of USDai with its stablecoins by calls of `pallet-psm`.
	pub(crate) fn create_peg(peg: &Peg<AssetIdOf<T>>) -> DispatchResult {
		pallet_psm::Pallet::<T>::create_psm(
			RawOrigin::Root.into(),
			T::PegAsset::get(),
			Box::new(Origin::PegAdmin.into()),
			Box::new(Origin::PegAdmin.into()),
			T::TreasuryAccount::get(),
			peg.max_debt,
			peg.min_swap,
		)?;
		ensure!(peg.max_debt <= MAX_DEBT_CEILING, Error::<T>::CeilingTooHigh);
		peg.stablecoins.iter().try_for_each(Self::add_first)
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

	/// Adds a stablecoin of the genesis to the peg.
	fn add_first(stablecoin: &Stablecoin<AssetIdOf<T>>) -> DispatchResult {
		let terms = StablecoinTerms {
			ceiling_weight: Self::share(stablecoin.ceiling_weight)?,
			minting_fee: Self::share(stablecoin.minting_fee)?,
			redemption_fee: Self::share(stablecoin.redemption_fee)?,
		};
		Self::do_add_stablecoin(stablecoin.asset.clone(), stablecoin.priced_asset, terms)
	}

	/// Writes the terms of a stablecoin of the peg, within their ranges.
	fn put_terms(asset: &AssetIdOf<T>, terms: StablecoinTerms) -> DispatchResult {
		let StablecoinTerms { ceiling_weight, minting_fee, redemption_fee } = terms;
		ensure!(minting_fee.max(redemption_fee) <= MAX_PEG_FEE, Error::<T>::PegFeeTooHigh);
		let usdai = T::PegAsset::get;
		let asset = || asset.clone();
		let admin = Self::peg_admin;
		pallet_psm::Pallet::<T>::set_asset_ceiling_weight(
			admin(),
			usdai(),
			asset(),
			ceiling_weight,
		)?;
		pallet_psm::Pallet::<T>::set_minting_fee(admin(), usdai(), asset(), minting_fee)?;
		pallet_psm::Pallet::<T>::set_redemption_fee(admin(), usdai(), asset(), redemption_fee)
	}

	/// Ensures that an asset is a stablecoin of the peg.
	fn ensure_stablecoin(asset: &AssetIdOf<T>) -> Result<(), Error<T>> {
		ensure!(Stablecoins::<T>::contains_key(asset), Error::NotAStablecoin);
		Ok(())
	}

	/// Ensures that the oracle has a priced asset, which need not have a price yet.
	fn ensure_feed(priced_asset: PricedAssetId) -> Result<(), Error<T>> {
		let unknown = T::Prices::price(priced_asset) == Err(AppraisalError::UnknownKey);
		ensure!(!unknown, Error::NoPriceFeed);
		Ok(())
	}

	/// Returns the origin of the admin of the peg.
	fn peg_admin() -> <T as frame_system::Config>::RuntimeOrigin {
		let admin = <T as pallet_psm::Config>::PalletsOrigin::from(Origin::PegAdmin);
		<T as pallet_psm::Config>::RuntimeOrigin::from(admin).into()
	}

	/// Returns parts per million as a share of at most 100 %.
	fn share(parts_per_million: u32) -> Result<Permill, Error<T>> {
		ensure!(parts_per_million <= Permill::ACCURACY, Error::InvalidShare);
		Ok(Permill::from_parts(parts_per_million))
	}
}
