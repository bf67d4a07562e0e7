// SPDX-License-Identifier: Apache-2.0

//! Weights of the calls of the governance pallet.

use polkadot_sdk::frame_support::weights::{constants::RocksDbWeight, Weight};

/// Weights of the calls. `n` is the number of changes, brakes or targets.
pub trait WeightInfo {
	/// Returns the weight of [`set`](crate::Pallet::set).
	fn set(n: u32) -> Weight;
	/// Returns the weight of [`brake`](crate::Pallet::brake).
	fn brake(n: u32) -> Weight;
	/// Returns the weight of [`release`](crate::Pallet::release).
	fn release(n: u32) -> Weight;
	/// Returns the weight of [`veto`](crate::Pallet::veto).
	fn veto() -> Weight;
	/// Returns the weight of the notes that each block takes of the relay chain and of the time.
	fn note_block() -> Weight;
}

/// Time and proof of a call with few storage accesses.
const BASE: Weight = Weight::from_parts(15_000_000, 4_000);
/// Proof of one item, in bytes: that of an area with all its brakes.
const ITEM_PROOF: u64 = 4_000;
/// Time to decide on one value, or to find the name of one call, without the storage.
const VALUE: Weight = Weight::from_parts(10_000_000, 0);

/// Returns the time of database accesses and the size of their proof.
fn accesses(reads: u64, writes: u64) -> Weight {
	RocksDbWeight::get()
		.reads_writes(reads, writes)
		.saturating_add(Weight::from_parts(0, ITEM_PROOF).saturating_mul(reads.max(writes)))
}

/// Weights counted from the storage accesses of each call, for tests.
impl WeightInfo for () {
	fn set(n: u32) -> Weight {
		// Clock, tempo, values of governance; an area for each value; the version of the rules.
		let n = u64::from(n);
		BASE.saturating_add(VALUE.saturating_mul(n))
			.saturating_add(accesses(n.saturating_add(4), n.saturating_add(2)))
	}

	fn brake(n: u32) -> Weight {
		let n = u64::from(n);
		BASE.saturating_add(VALUE.saturating_mul(n))
			.saturating_add(accesses(n.saturating_add(3), n))
	}

	fn release(n: u32) -> Weight {
		let n = u64::from(n);
		BASE.saturating_add(VALUE.saturating_mul(n))
			.saturating_add(accesses(n.saturating_add(3), n))
	}

	fn veto() -> Weight {
		// The agenda of a block is the largest item that is read here.
		BASE.saturating_add(accesses(5, 4)).saturating_add(Weight::from_parts(0, 60_000))
	}

	fn note_block() -> Weight {
		RocksDbWeight::get().reads_writes(3, 3)
	}
}
