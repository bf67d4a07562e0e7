// SPDX-License-Identifier: Apache-2.0

//! The guard of the peg: prices that freeze stablecoins, what may come in against each, and what
//! may leave.

use super::{proof::in_usd, FungiblesOf};
use crate::{
	growth::{Growth, GrowthLimit},
	AssetIdOf, Config, Error, Event, Inflows, MintingStops, Pallet, PayingBasket, PegFreezes,
	Stablecoins,
};
use alloc::vec::Vec;
use caliber_primitives::{
	governance::values::ReserveValues, traits::PriceSource, Balance, PricedAssetId, Seconds,
};
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::{fungible, fungibles::metadata::Inspect as _, Get},
	},
	pallet_psm::PsmDebt,
	sp_runtime::DispatchResult,
};

impl<T: Config> Pallet<T> {
	/// Sets the priced asset of a stablecoin, and freezes it unless the last price is at the floor
	/// or above.
	pub(crate) fn put_priced_asset(asset: &AssetIdOf<T>, priced_asset: PricedAssetId) {
		Stablecoins::<T>::insert(asset, priced_asset);
		let floor = T::Values::get().peg_floor.into_inner();
		match T::Prices::last_known(priced_asset) {
			Some((price, _)) if price >= floor => PegFreezes::<T>::remove(asset),
			_ => PegFreezes::<T>::insert(asset, Self::now()),
		}
	}

	/// Freezes and thaws the stablecoins of a priced asset by a price that the oracle has accepted.
	/// They are at most as many as the peg may have.
	pub(crate) fn note_price(priced_asset: PricedAssetId, price: Balance) {
		let of_it: Vec<_> = Stablecoins::<T>::iter()
			.filter(|(_, each)| *each == priced_asset)
			.map(|(asset, _)| asset)
			.collect();
		if of_it.is_empty() {
			return;
		}
		let values = T::Values::get();
		for asset in of_it {
			let frozen = PegFreezes::<T>::contains_key(&asset);
			if price >= values.peg_floor.into_inner() {
				if frozen {
					PegFreezes::<T>::remove(&asset);
					Self::deposit_event(Event::StablecoinThawed { asset, price });
				}
			} else if price < values.peg_freeze.into_inner() && !frozen {
				PegFreezes::<T>::insert(&asset, Self::now());
				Self::deposit_event(Event::StablecoinFrozen { asset, price });
			}
		}
	}

	/// Returns the time since which a stablecoin is frozen, by its price or by the silence of its
	/// oracle; `None` if it is not.
	pub(crate) fn frozen_since(
		asset: &AssetIdOf<T>,
		priced_asset: PricedAssetId,
		values: &ReserveValues,
	) -> Option<Seconds> {
		let by_price = PegFreezes::<T>::get(asset);
		let silent_from = match T::Prices::last_known(priced_asset) {
			// A time beyond all times is never reached.
			Some((_, at)) => at.saturating_add(values.peg_silence),
			None => 0,
		};
		let by_silence = (silent_from <= Self::now()).then_some(silent_from);
		match (by_price, by_silence) {
			(Some(one), Some(other)) => Some(one.min(other)),
			(one, other) => one.or(other),
		}
	}

	/// Returns the USDai issued against a stablecoin.
	pub(crate) fn debt_of(asset: &AssetIdOf<T>) -> Balance {
		PsmDebt::<T>::get(T::PegAsset::get(), asset)
	}

	/// Returns true if a stablecoin other than `leaving` is frozen and has a debt: its holders
	/// would be left with it.
	pub(crate) fn is_another_frozen(leaving: Option<&AssetIdOf<T>>) -> bool {
		let values = T::Values::get();
		Stablecoins::<T>::iter().any(|(asset, priced_asset)| {
			leaving != Some(&asset)
				&& Self::debt_of(&asset) > 0
				&& Self::frozen_since(&asset, priced_asset, &values).is_some()
		})
	}

	/// Ensures that USDai may be issued against `amount` of a stablecoin, in its smallest unit, and
	/// counts it in the inflow limit. In the genesis block nothing is asked and nothing counts.
	pub(crate) fn ensure_may_come_in(asset: &AssetIdOf<T>, amount: Balance) -> DispatchResult {
		if Self::is_genesis() {
			return Ok(());
		}
		let priced_asset = Stablecoins::<T>::get(asset).ok_or(Error::<T>::NotAStablecoin)?;
		let values = T::Values::get();
		ensure!(!MintingStops::<T>::get(asset).at(Self::now()), Error::<T>::MintingStopped);
		let frozen = Self::frozen_since(asset, priced_asset, &values);
		ensure!(frozen.is_none(), Error::<T>::StablecoinFrozen);
		let (price, _) =
			T::Prices::price(priced_asset).map_err(|_| Error::<T>::StablecoinPriceStale)?;
		ensure!(price >= values.peg_floor.into_inner(), Error::<T>::BelowPegFloor);

		let usdai = in_usd(amount, FungiblesOf::<T>::decimals(asset.clone()))
			.ok_or(Error::<T>::Overflow)?;
		let inflow = Inflow::<T>::load(asset, &values);
		ensure!(usdai <= inflow.room(), Error::<T>::InflowLimitExceeded);
		inflow.commit(asset);
		Ok(())
	}

	/// Ensures that a stablecoin may leave the peg by a redemption for it alone, and notes the debt
	/// against it before it falls. A basket may always be paid.
	pub(crate) fn ensure_may_leave(asset: &AssetIdOf<T>) -> DispatchResult {
		let paying = PayingBasket::<T>::exists();
		ensure!(paying || !Self::is_another_frozen(Some(asset)), Error::<T>::BasketOnly);
		Inflow::<T>::load(asset, &T::Values::get()).commit(asset);
		Ok(())
	}

	/// Returns the USDai that may still be issued against a stablecoin by its inflow limit.
	pub(crate) fn inflow_room(asset: &AssetIdOf<T>, values: &ReserveValues) -> Balance {
		Inflow::<T>::load(asset, values).room()
	}
}

/// Growth of the debt against a stablecoin, as it stands now.
struct Inflow<T: Config> {
	/// The growth as it is in storage.
	stored: Option<Growth>,
	/// The growth now.
	growth: Growth,
	/// USDai issued against the stablecoin.
	debt: Balance,
	/// Largest growth over the reference, in USDai.
	allowance: Balance,
	_runtime: core::marker::PhantomData<T>,
}

impl<T: Config> Inflow<T> {
	/// Loads the growth and lets its reference follow the debt until now. Before the first change
	/// the reference is the debt.
	fn load(asset: &AssetIdOf<T>, values: &ReserveValues) -> Self {
		let limit = GrowthLimit {
			share: values.inflow_share,
			floor: values.inflow_floor,
			period: values.mint_limit_period,
		};
		let supply = <T::UsdAi as fungible::Inspect<_>>::total_issuance();
		let allowance = limit.allowance(supply);
		let debt = Pallet::<T>::debt_of(asset);
		let now = Pallet::<T>::now();
		let stored = Inflows::<T>::get(asset);
		let growth = stored.unwrap_or(Growth::start(debt, now));
		let growth = growth.followed(debt, allowance, limit.period(), now);
		Self { stored, growth, debt, allowance, _runtime: Default::default() }
	}

	/// Returns the growth that is still permitted.
	fn room(&self) -> Balance {
		self.growth.room(self.debt, self.allowance)
	}

	/// Writes the growth if it has changed.
	fn commit(self, asset: &AssetIdOf<T>) {
		if self.stored != Some(self.growth) {
			Inflows::<T>::insert(asset, self.growth);
		}
	}
}
