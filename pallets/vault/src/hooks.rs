// SPDX-License-Identifier: Apache-2.0

//! Hooks of the vault pallet.

use crate::frame_support::pallet_macros::pallet_section;

/// Hooks of the vault pallet.
#[pallet_section]
mod hooks {
	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(
				T::MinDeposit::get() > caliber_math::LOCKED_FIRST_SHARES,
				"the least deposit has to exceed the shares that the first one locks",
			);
			assert!(T::MaxRequests::get() > 0, "an account has to be allowed a request");
			assert!(
				T::MinWindowLength::get() >= 2,
				"a window has to have a part in which bids are sealed and one to reveal them",
			);
			assert!(
				T::MinWindowLength::get() <= T::MaxWindowLength::get(),
				"no window has a length that governance may choose",
			);
		}

		/// Accounts for the note of the price at which cancelling ends, which the inherent that sets
		/// the clock takes.
		fn on_initialize(_n: BlockNumberFor<T>) -> Weight {
			Self::weight_of_reference()
		}

		/// Writes the record of the day, starts a settlement that is due, serves requests and pays
		/// them, as far as the remaining weight and [`Config::MaxIdleWeight`] allow.
		fn on_idle(_n: BlockNumberFor<T>, remaining: Weight) -> Weight {
			Self::work_on_idle(remaining.min(T::MaxIdleWeight::get()))
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_n: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
