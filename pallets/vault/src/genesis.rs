// SPDX-License-Identifier: Apache-2.0

//! Genesis of the vault pallet.

use crate::frame_support::pallet_macros::pallet_section;

/// Genesis of the vault pallet.
#[pallet_section]
mod genesis {
	#[pallet::genesis_config]
	pub struct GenesisConfig<T: Config> {
		/// Seconds that a redemption window lasts on a chain of tempo 1, from
		/// [`Config::MinWindowLength`] to [`Config::MaxWindowLength`]. The tempo of the chain divides
		/// them, so the genesis of governance comes before this one.
		pub window_length: Seconds,
		/// Unix time at which window 1 begins. Requests that are made before queue in window 0,
		/// which closes at that time. Zero for the time of the first block.
		pub windows_since: Seconds,
		#[serde(skip)]
		#[doc(hidden)]
		pub _config: core::marker::PhantomData<T>,
	}

	impl<T: Config> Default for GenesisConfig<T> {
		fn default() -> Self {
			Self {
				window_length: DEFAULT_WINDOW_LENGTH,
				windows_since: 0,
				_config: Default::default(),
			}
		}
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			if let Err(error) = Pallet::<T>::real_length(self.window_length) {
				panic!(
					"redemption windows of {} seconds cannot be set at genesis: {error:?}",
					self.window_length
				);
			}
			let current = Pallet::<T>::first_epoch(self.windows_since, self.window_length);
			Windows::<T>::put(WindowSchedule { current, next: None });
		}
	}
}
