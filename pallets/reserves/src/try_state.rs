// SPDX-License-Identifier: Apache-2.0

//! Invariants of the reserves pallet, numbered INV-R1 to INV-R13; INV-R3 is merged into INV-R1 and
//! INV-R2.

use crate::{
	impls::{is_covered, FungiblesOf},
	pallet_psm, BillPriceCheckpoints, BillPriceDays, Bills, Config, Frozen, Ledger, MintRateLimit,
	Pallet, Stablecoins, BILL_PRICE_CHECKPOINTS,
};
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
		Self::check_bills()?;
		Self::check_prices()?;
		Self::check_freezes()
	}

	/// INV-R1, INV-R2, INV-R4 and INV-R13: the peg, its stablecoins and the mint rate limit.
	fn check_peg() -> Result<(), TryRuntimeError> {
		let proof = Self::proof();
		// Not equal: a holder may burn USDai by closing an account or in a message to another
		// chain.
		ensure!(proof.supply <= proof.debt, "INV-R1: supply ≤ PSM debt");
		ensure!(
			proof.reserves.iter().all(is_covered),
			"INV-R2: balance of a stablecoin ≥ debt against it"
		);
		ensure!(
			Stablecoins::<T>::count() <= <T as pallet_psm::Config>::MaxExternals::get(),
			"INV-R4: stablecoins with a priced asset ≤ externals of the PSM"
		);
		ensure!(
			MintRateLimit::<T>::get().is_none_or(|period| period.since < period.until),
			"INV-R13: start of a mint period < its end"
		);
		Ok(())
	}

	/// INV-R5 and INV-R6: the bills held.
	fn check_bills() -> Result<(), TryRuntimeError> {
		let held = Ledger::<T>::get().held;
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

	/// INV-R12: the frozen accounts.
	fn check_freezes() -> Result<(), TryRuntimeError> {
		ensure!(
			!Frozen::<T>::iter_keys().any(|who| Self::is_protected(&who)),
			"INV-R12: no account of the chain has a freeze"
		);
		Ok(())
	}
}
