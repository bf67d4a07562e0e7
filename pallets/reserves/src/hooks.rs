// SPDX-License-Identifier: Apache-2.0

//! Hooks of the reserves pallet.

use crate::frame_support::pallet_macros::pallet_section;

/// Hooks of the reserves pallet.
#[pallet_section]
mod hooks {
	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		/// Notes which offers of bills have opened and closed, so that the price of a new one begins
		/// its path.
		fn on_idle(_: BlockNumberFor<T>, limit: Weight) -> Weight {
			let weight = <T as Config>::WeightInfo::note_offers();
			if weight.any_gt(limit) {
				return Weight::zero();
			}
			Self::note_offers();
			weight
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(
			_: BlockNumberFor<T>,
		) -> Result<(), polkadot_sdk::sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
