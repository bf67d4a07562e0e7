// SPDX-License-Identifier: Apache-2.0

//! Weights of the calls of the reserves.

use polkadot_sdk::frame_support::weights::{constants::RocksDbWeight, Weight};

/// What each call costs.
pub trait WeightInfo {
	/// [`Pallet::set_priced_asset`](crate::Pallet::set_priced_asset).
	fn set_priced_asset() -> Weight;
	/// [`Pallet::set_treasury_bill`](crate::Pallet::set_treasury_bill).
	fn set_treasury_bill() -> Weight;
}

/// For tests: a base for the computation, and the reads and writes of each call.
impl WeightInfo for () {
	// The asset, the stablecoin and their count.
	fn set_priced_asset() -> Weight {
		Weight::from_parts(20_000_000, 5_000)
			.saturating_add(RocksDbWeight::get().reads_writes(3, 2))
	}
	// The asset and the bills.
	fn set_treasury_bill() -> Weight {
		Weight::from_parts(20_000_000, 5_000)
			.saturating_add(RocksDbWeight::get().reads_writes(1, 1))
	}
}
