// SPDX-License-Identifier: Apache-2.0

//! Genesis of the credit pallet.

use crate::frame_support::pallet_macros::pallet_section;

/// Genesis of the credit pallet.
#[pallet_section]
mod genesis {
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Curators and their capacities in USDai.
		pub curators: Vec<(T::AccountId, u128)>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			frame_system::Pallet::<T>::inc_providers(&Pallet::<T>::account_id());
			for (curator, capacity) in &self.curators {
				assert!(!Curators::<T>::contains_key(curator), "genesis names each curator once");
				Pallet::<T>::do_approve_curator(curator.clone(), *capacity)
					.expect("the curator is new; qed");
			}
		}
	}
}
