// SPDX-License-Identifier: Apache-2.0

//! Clock of a test, in unix seconds.

use caliber_primitives::Seconds;
use polkadot_sdk::{
	frame_system,
	pallet_timestamp::{Config, Pallet},
	sp_runtime::traits::One,
};

/// Returns the time of the block.
pub fn now<T: Config<Moment = u64>>() -> Seconds {
	Pallet::<T>::get() / 1_000
}

/// Sets the time of the block.
pub fn set_time<T: Config<Moment = u64>>(time: Seconds) {
	Pallet::<T>::set_timestamp(time * 1_000);
}

/// Moves the clock on, inside the block.
pub fn pass<T: Config<Moment = u64>>(seconds: Seconds) {
	Pallet::<T>::set_timestamp(Pallet::<T>::get() + seconds * 1_000);
}

/// Starts the next block, `seconds` later. With a long time it is the first block after an outage:
/// the clock jumps, and no block was made meanwhile. No hooks are run.
pub fn next_block<T: Config<Moment = u64>>(seconds: Seconds) {
	let next = frame_system::Pallet::<T>::block_number() + One::one();
	frame_system::Pallet::<T>::set_block_number(next);
	pass::<T>(seconds);
}

/// Passes time with a block every `interval` seconds, and runs `hooks` in each.
pub fn run_blocks<T: Config<Moment = u64>>(
	seconds: Seconds,
	interval: Seconds,
	mut hooks: impl FnMut(),
) {
	for _ in 0..seconds / interval {
		next_block::<T>(interval);
		hooks();
	}
}
