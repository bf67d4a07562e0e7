// SPDX-License-Identifier: Apache-2.0

//! The proof of reserves.

use super::FungiblesOf;
use crate::{pallet_psm, AssetIdOf, Claimed, Config, MintingStops, Pallet, Stablecoins};
use alloc::{collections::BTreeMap, vec::Vec};
use caliber_math::{mul_div, Rounding, WAD};
use caliber_primitives::{
	governance::values::ReserveValues,
	reserves::{ProofOfReserves, ReserveReport},
	traits::{PegReport, PriceSource, TreasuryBills},
	Balance, PricedAssetId, USD_DECIMALS,
};
use polkadot_sdk::{
	frame_support::traits::{
		fungible,
		fungibles::{metadata::Inspect as _, Inspect as _},
		Defensive, Get,
	},
	pallet_psm::PsmDebt,
};

impl<T: Config> PegReport for Pallet<T> {
	fn supply() -> Balance {
		<T::UsdAi as fungible::Inspect<_>>::total_issuance()
	}

	/// Returns the balances of the peg account by id, rounded down. Leaves out, and logs, a balance
	/// that overflows.
	fn reserves() -> Vec<(PricedAssetId, Balance)> {
		let mut reserves: Vec<_> = Stablecoins::<T>::iter()
			.filter_map(|(asset, priced_asset)| {
				let (balance, decimals) = Self::peg_balance(&asset);
				let balance = in_usd(balance, decimals);
				if balance.is_none() {
					log::error!(target: "caliber::reserves", "the balance of {asset:?} overflows");
				}
				Some((priced_asset, balance?))
			})
			.collect();
		reserves.sort_unstable();
		reserves
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_reserves() {
		crate::benchmarking::all_stablecoins::<T>().expect("stablecoins can be made; qed");
	}
}

impl<T: Config> Pallet<T> {
	/// Returns the answer to [`Pallet::proof_of_reserves`].
	pub(crate) fn proof() -> ProofOfReserves {
		let supply = <Self as PegReport>::supply();
		let values = T::Values::get();
		let debts = Self::debts();
		let debt = debts
			.values()
			.try_fold(0, |sum: Balance, debt| sum.checked_add(*debt))
			.defensive_proof("the peg keeps the sum of its debts below its ceiling");
		let reserves: Vec<_> =
			debts.into_iter().map(|(asset, debt)| Self::reserve(asset, debt, &values)).collect();
		let market_value = sum(reserves.iter().filter_map(|reserve| reserve.market_value));
		let fetched = sum(reserves.iter().filter_map(|reserve| Self::fetched(reserve, &values)));
		ProofOfReserves {
			supply,
			debt: debt.unwrap_or(Balance::MAX),
			treasury_bills: <Self as TreasuryBills>::value(),
			bills: Self::bills_report(),
			mint_rate_limit: Self::mint_rate_limit_report(),
			// Holders who burn USDai lower the supply below the debt.
			backed: debt.is_some_and(|debt| supply <= debt) && reserves.iter().all(is_covered),
			market_value,
			backed_at_market: supply <= fetched,
			basket_only: Self::is_another_frozen(None),
			claimed: sum(reserves.iter().map(|reserve| reserve.claimed)),
			reserves,
		}
	}

	/// Returns the USDai issued against each stablecoin that has a debt or a priced asset. Both are
	/// at most as many as the peg may have externals.
	fn debts() -> BTreeMap<AssetIdOf<T>, Balance> {
		let mut debts: BTreeMap<_, _> =
			Stablecoins::<T>::iter_keys().map(|asset| (asset, 0)).collect();
		debts.extend(PsmDebt::<T>::iter_prefix(T::PegAsset::get()));
		debts
	}

	/// Returns the balance of the peg account in a stablecoin, and the decimals of it.
	pub(crate) fn peg_balance(asset: &AssetIdOf<T>) -> (Balance, u8) {
		let account = pallet_psm::Pallet::<T>::psm_account(&T::PegAsset::get());
		let balance = FungiblesOf::<T>::balance(asset.clone(), &account);
		(balance, FungiblesOf::<T>::decimals(asset.clone()))
	}

	/// Returns true if a balance of a stablecoin covers the USDai issued against it.
	pub(crate) fn covers(balance: Balance, decimals: u8, debt: Balance) -> bool {
		in_usd(balance, decimals).is_some_and(|balance| balance >= debt)
	}

	/// Returns what the reserve of a stablecoin fetches, USD with 18 decimals: a dollar a unit at
	/// the floor of minting or above, the last price below it. `None` without a price, if the
	/// oracle is silent, or if the amount overflows.
	fn fetched(reserve: &ReserveReport, values: &ReserveValues) -> Option<Balance> {
		let price = reserve.last_price?;
		// A time beyond all times is never reached.
		let silent_from = reserve.priced_at?.saturating_add(values.peg_silence);
		if silent_from <= Self::now() {
			return None;
		}
		match price >= values.peg_floor.into_inner() {
			true => reserve.balance_usd,
			false => reserve.market_value,
		}
	}

	/// Returns the reserve of a stablecoin.
	fn reserve(asset: AssetIdOf<T>, debt: Balance, values: &ReserveValues) -> ReserveReport {
		let (balance, decimals) = Self::peg_balance(&asset);
		let balance_usd = in_usd(balance, decimals);
		let priced_asset = Stablecoins::<T>::get(&asset);
		let price = priced_asset.and_then(|priced_asset| T::Prices::price(priced_asset).ok());
		let last = priced_asset.and_then(T::Prices::last_known);
		let last_price = last.map(|(price, _)| price);
		let frozen_since =
			priced_asset.and_then(|priced| Self::frozen_since(&asset, priced, values));
		ReserveReport {
			priced_asset,
			decimals,
			debt,
			balance,
			balance_usd,
			price: price.map(|(price, _)| price),
			last_price,
			priced_at: last.map(|(_, at)| at),
			market_value: last_price
				.and_then(|price| mul_div(balance_usd?, price, WAD, Rounding::Down).ok()),
			below_floor: last_price.is_some_and(|price| price < values.peg_floor.into_inner()),
			frozen: frozen_since.is_some(),
			frozen_since,
			minting_stopped: MintingStops::<T>::get(&asset).at(Self::now()),
			inflow_room: Self::inflow_room(&asset, values),
			claimed: Claimed::<T>::get(&asset),
			symbol: FungiblesOf::<T>::symbol(asset),
		}
	}
}

/// Returns a sum of amounts in USD, for a report.
fn sum(amounts: impl Iterator<Item = Balance>) -> Balance {
	// A sum that overflows is more than any supply.
	amounts.fold(0, Balance::saturating_add)
}

/// Returns true if the balance of a stablecoin covers the USDai issued against it. A balance that
/// overflows does not count.
pub(crate) fn is_covered(reserve: &ReserveReport) -> bool {
	reserve.balance_usd.is_some_and(|balance| balance >= reserve.debt)
}

/// Returns a balance in 18 decimals, rounded down; `None` on overflow.
pub(crate) fn in_usd(balance: Balance, decimals: u8) -> Option<Balance> {
	let scale = |digits: u8| 10u128.checked_pow(digits.into());
	match USD_DECIMALS.checked_sub(decimals) {
		Some(missing) => balance.checked_mul(scale(missing)?),
		// A divisor that overflows is more than any balance.
		None => Some(scale(decimals.abs_diff(USD_DECIMALS)).map_or(0, |divisor| balance / divisor)),
	}
}

#[cfg(test)]
mod tests {
	use super::in_usd;

	#[test]
	fn in_usd_should_scale_to_eighteen_decimals_rounded_down() {
		assert_eq!(in_usd(1_500_000, 6), Some(1_500_000_000_000_000_000));
		assert_eq!(in_usd(7, 18), Some(7));
		assert_eq!(in_usd(1_999, 21), Some(1));
		assert_eq!(in_usd(u128::MAX, 255), Some(0));
	}

	#[test]
	fn in_usd_should_be_none_when_it_overflows() {
		assert_eq!(in_usd(u128::MAX, 0), None);
		assert_eq!(in_usd(u128::MAX, 17), None);
	}
}
