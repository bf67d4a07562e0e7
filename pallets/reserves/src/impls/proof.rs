// SPDX-License-Identifier: Apache-2.0

//! The books of the peg.

use super::{amount, FungiblesOf};
use crate::{pallet_psm, AssetIdOf, Config, Pallet, Stablecoins};
use alloc::{collections::BTreeMap, vec::Vec};
use caliber_math::{mul_div, Rounding};
use caliber_primitives::{
	traits::{PriceSource, TreasuryBills},
	vault::{ProofOfReserves, ReserveReport},
	Balance, USD_DECIMALS,
};
use polkadot_sdk::{
	frame_support::traits::{
		fungible,
		fungibles::{metadata::Inspect as _, Inspect as _},
		Get,
	},
	pallet_psm::PsmDebt,
};

impl<T: Config> Pallet<T> {
	/// The answer to [`Pallet::proof_of_reserves`].
	pub(crate) fn proof() -> ProofOfReserves {
		let supply = <T::UsdAi as fungible::Inspect<_>>::total_issuance();
		let debts = Self::debts();
		let debt = debts
			.values()
			.try_fold(0, |sum: Balance, debt| sum.checked_add(*debt))
			.unwrap_or(Balance::MAX);
		let reserves: Vec<_> =
			debts.into_iter().map(|(asset, debt)| Self::reserve(asset, debt)).collect();
		let covered = reserves.iter().all(|reserve| reserve.balance_usd >= reserve.debt);
		ProofOfReserves {
			supply,
			debt,
			treasury_bills: <Self as TreasuryBills>::value(),
			bills: Self::bills_report(),
			fuse: Self::fuse_report(),
			// Who burns his own USDai leaves more behind the rest.
			backed: supply <= debt && covered,
			reserves,
		}
	}

	/// The USDai issued against each stablecoin: those with a debt, not more than the peg may have,
	/// and those with a price, not more than that either.
	fn debts() -> BTreeMap<AssetIdOf<T>, Balance> {
		let mut debts: BTreeMap<_, _> =
			Stablecoins::<T>::iter_keys().map(|asset| (asset, 0)).collect();
		debts.extend(
			PsmDebt::<T>::iter_prefix(T::PegAsset::get())
				.map(|(asset, debt)| (asset, amount::<T>(debt))),
		);
		debts
	}

	fn reserve(asset: AssetIdOf<T>, debt: Balance) -> ReserveReport {
		let account = pallet_psm::Pallet::<T>::psm_account(&T::PegAsset::get());
		let balance = amount::<T>(FungiblesOf::<T>::balance(asset.clone(), &account));
		let decimals = FungiblesOf::<T>::decimals(asset.clone());
		let priced_asset = Stablecoins::<T>::get(&asset);
		let price = priced_asset
			.and_then(|priced_asset| T::Prices::price(priced_asset).ok())
			.map(|(price, _)| price);
		ReserveReport {
			priced_asset,
			symbol: FungiblesOf::<T>::symbol(asset),
			decimals,
			debt,
			balance,
			balance_usd: in_usd(balance, decimals),
			price,
			below_floor: priced_asset.is_some_and(Self::is_below_floor),
		}
	}
}

/// `balance` in 18 decimals, rounded down. What has no such amount covers nothing.
fn in_usd(balance: Balance, decimals: u8) -> Balance {
	let scale = |digits: u8| 10u128.checked_pow(digits.into());
	let converted = match USD_DECIMALS.checked_sub(decimals) {
		Some(missing) => scale(missing).and_then(|factor| balance.checked_mul(factor)),
		None => decimals
			.checked_sub(USD_DECIMALS)
			.and_then(scale)
			.and_then(|factor| mul_div(balance, 1, factor, Rounding::Down).ok()),
	};
	converted.unwrap_or_default()
}

#[cfg(test)]
mod tests {
	use super::in_usd;

	#[test]
	fn in_usd_should_scale_to_eighteen_decimals_rounded_down() {
		assert_eq!(in_usd(1_500_000, 6), 1_500_000_000_000_000_000);
		assert_eq!(in_usd(7, 18), 7);
		assert_eq!(in_usd(1_999, 21), 1);
		assert_eq!(in_usd(u128::MAX, 0), 0);
		assert_eq!(in_usd(u128::MAX, 255), 0);
	}
}
