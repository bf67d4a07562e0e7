// SPDX-License-Identifier: Apache-2.0

//! Hooks of the appraisal pallet: checks only, no work per block.

use crate::frame_support::pallet_macros::pallet_section;

/// Hooks of the appraisal pallet.
#[pallet_section]
mod hooks {
	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MaxFeeders::get() > 0, "without operators no value can be accepted");
			assert!(T::MaxFeedValues::get() > 0, "an operator must be able to feed a value");
			assert!(
				AppraisalValues::default().min_feeders <= T::MaxFeeders::get(),
				"the default number of feeders must be attainable",
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(
			_: BlockNumberFor<T>,
		) -> Result<(), polkadot_sdk::sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
