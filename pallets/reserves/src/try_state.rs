// SPDX-License-Identifier: Apache-2.0

//! What is always true of the reserves.

use crate::{pallet_psm, Config, Pallet, Stablecoins};
use polkadot_sdk::{
	frame_support::{ensure, traits::Get},
	sp_runtime::TryRuntimeError,
};

impl<T: Config> Pallet<T> {
	/// Check that every USDai is matched by a stablecoin.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let proof = Self::proof();
		ensure!(proof.supply == proof.debt, "the supply of USDai is not the debt of the peg");
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
}
