// SPDX-License-Identifier: Apache-2.0

//! What is always true of the reserves.

use crate::{
	impls::{amount, FungiblesOf},
	pallet_psm, Bills, BillsHeld, Checkpoints, Config, LastCheckpoint, Pallet, Stablecoins,
	CHECKPOINTS,
};
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::{fungibles::Inspect, Get},
	},
	sp_runtime::TryRuntimeError,
};

impl<T: Config> Pallet<T> {
	/// Check that every USDai is matched by a stablecoin and every bill of the books by one in the
	/// account.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_peg()?;
		Self::check_bills()?;
		Self::check_prices()
	}

	fn check_peg() -> Result<(), TryRuntimeError> {
		let proof = Self::proof();
		// A holder may burn his own: by closing an account, or in a message to another chain.
		ensure!(proof.supply <= proof.debt, "the supply of USDai is more than the debt of the peg");
		ensure!(
			proof.reserves.iter().all(|reserve| reserve.balance_usd >= reserve.debt),
			"a stablecoin does not cover the USDai issued against it"
		);
		ensure!(proof.backed, "the proof of reserves contradicts itself");
		ensure!(
			Stablecoins::<T>::count() <= <T as pallet_psm::Config>::MaxExternals::get(),
			"more stablecoins have prices than the peg may have"
		);
		Ok(())
	}

	fn check_bills() -> Result<(), TryRuntimeError> {
		let held = BillsHeld::<T>::get();
		let balance = Bills::<T>::get()
			.map(|bill| amount::<T>(FungiblesOf::<T>::balance(bill.asset, &Self::account_id())));
		ensure!(balance.is_some() || held == 0, "bills are held of no token");
		ensure!(balance.is_none_or(|balance| held <= balance), "there are fewer bills than held");
		Ok(())
	}

	fn check_prices() -> Result<(), TryRuntimeError> {
		let last = LastCheckpoint::<T>::get();
		for (slot, checkpoint) in Checkpoints::<T>::iter() {
			ensure!(slot == checkpoint.day % CHECKPOINTS, "a price is kept in another day's place");
			ensure!(checkpoint.price > 0, "a price of nothing is kept");
			ensure!(last.is_some_and(|last| checkpoint.day <= last), "a kept price is not counted");
		}
		let kept = |day| Checkpoints::<T>::get(day % CHECKPOINTS).map(|kept| kept.day);
		ensure!(last.is_none_or(|day| kept(day) == Some(day)), "the last price kept is missing");
		ensure!(last.is_none() || Bills::<T>::exists(), "prices are kept of no token");
		Ok(())
	}
}
