// SPDX-License-Identifier: Apache-2.0

//! Hooks of the credit pallet.

use crate::frame_support::pallet_macros::pallet_section;

/// Hooks of the credit pallet.
#[pallet_section]
mod hooks {
	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_idle(_: BlockNumberFor<T>, limit: Weight) -> Weight {
			Self::sweep(limit.min(T::MaxIdleWeight::get()))
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
