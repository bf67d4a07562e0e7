// SPDX-License-Identifier: Apache-2.0

//! Invariants of the reserves pallet, numbered INV-R1 to INV-R32; INV-R3 is merged into INV-R1 and
//! INV-R2, and INV-R14 to INV-R19 and INV-R25 to INV-R29 belong to nothing yet.

use crate::{
	impls::{is_covered, FungiblesOf},
	offers::OfferBook,
	pallet_psm,
	types::{BillYield, BillsLedger},
	AssetIdOf, BillPriceCheckpoints, BillPriceDays, BillYields, Bills, Claimed, Claims, Config,
	Frozen, Inflows, Ledger, MintRateLimit, MintingStops, Pallet, PayingBasket, PegFreezes,
	Stablecoins, BILL_PRICE_CHECKPOINTS, LEAST_CLAIM,
};
use alloc::collections::BTreeMap;
use caliber_primitives::Balance;
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::{fungibles::Inspect, Get},
	},
	sp_runtime::TryRuntimeError,
};

impl<T: Config> Pallet<T> {
	/// Ensures that the invariants hold.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_peg()?;
		Self::check_stablecoins()?;
		Self::check_claims()?;
		Self::check_bills()?;
		Self::check_prices()?;
		Self::check_yields()?;
		Self::check_freezes()
	}

	/// INV-R1, INV-R2, INV-R4 and INV-R13: the peg, its stablecoins and its limits.
	fn check_peg() -> Result<(), TryRuntimeError> {
		let proof = Self::proof();
		// Not equal: a holder may burn USDai by closing an account or in a message to another
		// chain.
		ensure!(proof.supply <= proof.debt, "INV-R1: supply ≤ PSM debt");
		ensure!(
			proof.reserves.iter().all(is_covered),
			"INV-R2: balance of a stablecoin ≥ debt against it"
		);
		let externals =
			pallet_psm::Psm::<T>::get(T::PegAsset::get()).map_or(0, |peg| peg.external_count);
		ensure!(
			Stablecoins::<T>::count() == externals,
			"INV-R4: stablecoins with a priced asset = externals of the PSM"
		);
		let now = Self::now();
		ensure!(
			MintRateLimit::<T>::get().is_none_or(|growth| growth.at <= now)
				&& Inflows::<T>::iter_values().all(|growth| growth.at <= now),
			"INV-R13: time of a limit ≤ now"
		);
		Ok(())
	}

	/// INV-R20 and INV-R21: what is kept for each stablecoin.
	fn check_stablecoins() -> Result<(), TryRuntimeError> {
		for asset in Stablecoins::<T>::iter_keys() {
			let (balance, decimals) = Self::peg_balance(&asset);
			let minimum = FungiblesOf::<T>::minimum_balance(asset.clone());
			let behind = balance.checked_sub(minimum);
			ensure!(
				behind.is_some_and(|behind| Self::covers(behind, decimals, Self::debt_of(&asset))),
				"INV-R20: balance of a stablecoin ≥ debt against it + its minimum balance"
			);
		}
		let is_stablecoin = |asset: &AssetIdOf<T>| Stablecoins::<T>::contains_key(asset);
		ensure!(
			PegFreezes::<T>::iter_keys().all(|asset| is_stablecoin(&asset))
				&& Inflows::<T>::iter_keys().all(|asset| is_stablecoin(&asset))
				&& MintingStops::<T>::iter_keys().all(|asset| is_stablecoin(&asset)),
			"INV-R21: freezes, inflows and stops are of stablecoins of the peg"
		);
		Ok(())
	}

	/// INV-R22 to INV-R24: the claims of baskets.
	fn check_claims() -> Result<(), TryRuntimeError> {
		let mut sums = BTreeMap::<_, Balance>::new();
		for (asset, _, usdai) in Claims::<T>::iter() {
			ensure!(usdai >= LEAST_CLAIM, "INV-R22: claim ≥ least claim");
			let sum = sums.entry(asset).or_default();
			*sum = sum.checked_add(usdai).ok_or("INV-R22: the claims overflow")?;
		}
		ensure!(
			sums == Claimed::<T>::iter().collect(),
			"INV-R22: sum of the claims on a stablecoin = what is claimed of it"
		);
		let held = FungiblesOf::<T>::balance(T::PegAsset::get(), &Self::claims_account());
		let claimed = sums.values().try_fold(0, |sum: Balance, part| sum.checked_add(*part));
		ensure!(
			claimed.is_some_and(|claimed| claimed <= held),
			"INV-R23: sum of all claims ≤ USDai in the account of the claims"
		);
		ensure!(!PayingBasket::<T>::exists(), "INV-R24: no basket is paid between calls");
		Ok(())
	}

	/// INV-R5, INV-R6 and INV-R30: the bills held, and their offers.
	fn check_bills() -> Result<(), TryRuntimeError> {
		let BillsLedger { held, offers: OfferBook { buys, sells, lost } } = Ledger::<T>::get();
		let times = [buys.since, sells.since, Some(buys.filled.at), Some(sells.filled.at)];
		ensure!(
			times.into_iter().flatten().chain([lost.at]).all(|time| time <= Self::now()),
			"INV-R30: times of the offers ≤ now"
		);
		let balance = Bills::<T>::get()
			.map(|bill| FungiblesOf::<T>::balance(bill.asset, &Self::account_id()));
		ensure!(balance.is_some() || held == 0, "INV-R5: bills held > 0 ⇒ token set");
		ensure!(
			balance.is_none_or(|balance| held <= balance),
			"INV-R6: bills held ≤ bills in the account"
		);
		Ok(())
	}

	/// INV-R7 to INV-R11: the price checkpoints of the bills.
	fn check_prices() -> Result<(), TryRuntimeError> {
		let days = BillPriceDays::<T>::get();
		for (slot, checkpoint) in BillPriceCheckpoints::<T>::iter() {
			ensure!(
				slot == checkpoint.day % BILL_PRICE_CHECKPOINTS,
				"INV-R7: slot of a checkpoint = day mod 91"
			);
			ensure!(checkpoint.price > 0, "INV-R8: price of a checkpoint > 0");
			ensure!(
				days.is_some_and(|days| checkpoint.day <= days.last),
				"INV-R9: day of a checkpoint ≤ last checkpoint"
			);
		}
		if let Some(days) = days {
			ensure!(days.contains(days.last), "INV-R10: last checkpoint is stored");
			for day in days.last.saturating_sub(BILL_PRICE_CHECKPOINTS - 1)..=days.last {
				let stored = BillPriceCheckpoints::<T>::get(day % BILL_PRICE_CHECKPOINTS)
					.is_some_and(|checkpoint| checkpoint.day == day);
				ensure!(stored == days.contains(day), "INV-R10: day marked ⇔ its price is stored");
			}
			ensure!(Bills::<T>::exists(), "INV-R11: checkpoint stored ⇒ token set");
		}
		Ok(())
	}

	/// INV-R31 and INV-R32: the yield of the bills.
	fn check_yields() -> Result<(), TryRuntimeError> {
		let BillYield { highest, day, .. } = BillYields::<T>::get();
		ensure!(
			highest.is_none() || Bills::<T>::exists(),
			"INV-R31: highest price of the bills ⇒ token set"
		);
		ensure!(day.is_none() || highest.is_some(), "INV-R31: day of prices ⇒ highest price");
		ensure!(
			highest.is_none_or(|price| price > 0) && day.is_none_or(|day| day.lowest > 0),
			"INV-R32: highest price > 0, lowest price of the day > 0"
		);
		ensure!(
			day.is_none_or(|day| day.since <= Self::now()),
			"INV-R32: begin of the day of prices ≤ now"
		);
		Ok(())
	}

	/// INV-R12: the frozen accounts.
	fn check_freezes() -> Result<(), TryRuntimeError> {
		ensure!(
			!Frozen::<T>::iter_keys().any(|who| Self::is_protected(&who)),
			"INV-R12: no account of the chain has a freeze"
		);
		Ok(())
	}
}
