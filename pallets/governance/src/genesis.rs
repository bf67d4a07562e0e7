// SPDX-License-Identifier: Apache-2.0

//! Genesis of the governance pallet: the tempo, and the values that differ from their defaults.

use crate::frame_support::pallet_macros::pallet_section;

/// Genesis of the governance pallet.
#[pallet_section]
mod genesis {
	/// Tempo and values of the first block.
	#[pallet::genesis_config]
	pub struct GenesisConfig<T: Config> {
		/// Divisor of the times that somebody has to wait for, at least 1; 1 on a live chain.
		pub tempo: u32,
		/// Values that differ from their defaults, as for tempo 1.
		pub changes: Vec<Change>,
		/// Marker: no field depends on the runtime.
		#[serde(skip)]
		pub phantom: PhantomData<T>,
	}

	impl<T: Config> Default for GenesisConfig<T> {
		fn default() -> Self {
			Self { tempo: 1, changes: Vec::new(), phantom: PhantomData }
		}
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			assert!(self.tempo > 0, "the tempo of a chain is at least 1");
			Tempo::<T>::put(self.tempo);
			for change in &self.changes {
				assert!(Pallet::<T>::is_in_range(change), "{change:?} is outside its hard range");
				Pallet::<T>::write_first(change);
			}
			RuleVersions::<T>::insert(0, RuleArea::<T>::get().values);
		}
	}
}
