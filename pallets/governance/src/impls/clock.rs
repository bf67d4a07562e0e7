// SPDX-License-Identifier: Apache-2.0

//! Clocks: blocks of the relay chain, and time in which the chain made no blocks.

use crate::{
	frame_support::{defensive, traits::OnTimestampSet},
	pallet::*,
	types::RelayHeight,
};
use caliber_math::SECONDS_PER_DAY;
use caliber_primitives::{
	governance::{end_of, tempo::shortened, Outage, OUTAGE},
	traits::Clock,
	Seconds,
};
use polkadot_sdk::sp_runtime::traits::BlockNumberProvider;

/// Blocks of the relay chain since the first that the chain saw. The count goes on through an
/// outage of the chain, and blocks of the chain that share one of the relay chain do not speed it
/// up.
pub struct RelayBlocks<T>(core::marker::PhantomData<T>);

impl<T: Config> BlockNumberProvider for RelayBlocks<T> {
	type BlockNumber = u32;

	fn current_block_number() -> u32 {
		RelayHeights::<T>::get().map_or(0, |height| height.passed())
	}

	#[cfg(any(feature = "std", feature = "runtime-benchmarks"))]
	fn set_block_number(number: u32) {
		RelayHeights::<T>::put(RelayHeight { first: 0, last: number });
	}
}

impl<T: Config> Pallet<T> {
	/// Notes the relay chain's block on which the block is built. A lower number than the last is
	/// ignored.
	pub fn note_relay_block(number: u32) {
		let height = RelayHeights::<T>::get()
			.map_or(RelayHeight { first: number, last: number }, |height| height.with(number));
		RelayHeights::<T>::put(height);
	}
}

impl<T: Config> OnTimestampSet<u64> for Pallet<T> {
	/// Notes the time of the block, and an outage before it.
	fn on_timestamp_set(millis: u64) {
		let now: Seconds = millis / 1_000;
		let last = LastBlockAt::<T>::get().filter(|last| now > *last && now - *last > OUTAGE);
		LastBlockAt::<T>::put(now);
		let Some(from) = last else { return };
		let outage = Outage { from, until: now };
		Outages::<T>::mutate(|outages| {
			if outages.is_full() {
				outages.remove(0);
			}
			if outages.try_push(outage).is_err() {
				defensive!("a place is free among the outages");
			}
		});
		Self::deposit_event(Event::OutageNoted { outage });
	}
}

impl<T: Config> Clock for Pallet<T> {
	fn end_of(from: Seconds, end: Seconds) -> Seconds {
		end_of(Outages::<T>::get(), from, end)
	}

	fn day() -> Seconds {
		shortened(SECONDS_PER_DAY, Tempo::<T>::get())
	}
}
