// SPDX-License-Identifier: Apache-2.0

//! Hooks of the governance pallet.

use crate::frame_support::pallet_macros::pallet_section;

/// Hooks of the governance pallet.
#[pallet_section]
mod hooks {
	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		/// Accounts for the notes of the relay chain's block and of the time, which the inherents
		/// of the block take.
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			T::WeightInfo::note_block()
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(
			_: BlockNumberFor<T>,
		) -> Result<(), polkadot_sdk::sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
