// SPDX-License-Identifier: Apache-2.0

//! Bodies of the calls, and what the pallet answers to others.

mod agenda;
mod areas;
mod brakes;
mod clock;
mod decide;
mod filter;
mod rules;
mod values;
mod veto;

pub use agenda::SchedulerAgenda;
pub use clock::RelayBlocks;
pub use filter::NotPaused;
pub use values::{TempoOf, Values};

use crate::pallet::*;
use caliber_primitives::Seconds;
use polkadot_sdk::frame_support::traits::UnixTime;

impl<T: Config> Pallet<T> {
	/// Returns the time of the block, unix seconds.
	pub(crate) fn now() -> Seconds {
		T::Time::now().as_secs()
	}
}
