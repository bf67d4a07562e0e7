// SPDX-License-Identifier: Apache-2.0

//! Hooks of the reserves pallet.

use crate::frame_support::pallet_macros::pallet_section;

/// Hooks of the reserves pallet.
#[pallet_section]
mod hooks {
	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "try-runtime")]
		fn try_state(
			_: BlockNumberFor<T>,
		) -> Result<(), polkadot_sdk::sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
