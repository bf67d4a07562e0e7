// SPDX-License-Identifier: Apache-2.0

//! Invariants of the reserves pallet, numbered INV-R1 to INV-R11.

use crate::{
	impls::{is_covered, FungiblesOf},
	pallet_psm, BillPriceCheckpoints, Bills, Config, LastBillPriceCheckpoint, Ledger, Pallet,
	Stablecoins, BILL_PRICE_CHECKPOINTS,
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
		Self::check_prices()
	}

	/// INV-R1 to INV-R4: the peg and its stablecoins.
	fn check_peg() -> Result<(), TryRuntimeError> {
		let proof = Self::proof();
		// Not equal: a holder may burn USDai by closing an account or in a message to another
		// chain.
		ensure!(proof.supply <= proof.debt, "INV-R1: supply ≤ PSM debt");
		ensure!(
			proof.reserves.iter().all(is_covered),
			"INV-R2: balance of a stablecoin ≥ debt against it"
		);
		ensure!(proof.backed, "INV-R3: INV-R1 and INV-R2 ⇔ proof of reserves is backed");
		ensure!(
			Stablecoins::<T>::count() <= <T as pallet_psm::Config>::MaxExternals::get(),
			"INV-R4: stablecoins with a priced asset ≤ externals of the PSM"
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
		let last = LastBillPriceCheckpoint::<T>::get();
		for (slot, checkpoint) in BillPriceCheckpoints::<T>::iter() {
			ensure!(
				slot == checkpoint.day % BILL_PRICE_CHECKPOINTS,
				"INV-R7: slot of a checkpoint = day mod 91"
			);
			ensure!(checkpoint.price > 0, "INV-R8: price of a checkpoint > 0");
			ensure!(
				last.is_some_and(|last| checkpoint.day <= last),
				"INV-R9: day of a checkpoint ≤ last checkpoint"
			);
		}
		let stored = |day| {
			BillPriceCheckpoints::<T>::get(day % BILL_PRICE_CHECKPOINTS)
				.is_some_and(|checkpoint| checkpoint.day == day)
		};
		ensure!(last.is_none_or(stored), "INV-R10: last checkpoint is stored");
		ensure!(last.is_none() || Bills::<T>::exists(), "INV-R11: checkpoint stored ⇒ token set");
		Ok(())
	}
}
