// SPDX-License-Identifier: Apache-2.0

//! Calls that `pallet-referenda` schedules for itself, by their names, without the pallet.

#[allow(missing_docs)]
mod calls {
	use polkadot_sdk::frame_support;

	#[frame_support::pallet(dev_mode)]
	pub mod pallet {
		use polkadot_sdk::{frame_support::pallet_prelude::*, frame_system::pallet_prelude::*};

		#[pallet::pallet]
		pub struct Pallet<T>(_);

		#[pallet::config]
		pub trait Config: polkadot_sdk::frame_system::Config {}

		#[pallet::call]
		impl<T: Config> Pallet<T> {
			pub fn nudge_referendum(_: OriginFor<T>, _index: u32) -> DispatchResult {
				Ok(())
			}

			pub fn one_fewer_deciding(_: OriginFor<T>, _track: u16) -> DispatchResult {
				Ok(())
			}
		}
	}
}

pub use calls::pallet::*;
