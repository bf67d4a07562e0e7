// SPDX-License-Identifier: Apache-2.0

//! Weights of the vault's calls.

use polkadot_sdk::frame_support::weights::{constants::RocksDbWeight, Weight};

/// What each call costs.
pub trait WeightInfo {
	/// [`Pallet::deposit`](crate::Pallet::deposit).
	fn deposit() -> Weight;
	/// [`Pallet::mint`](crate::Pallet::mint).
	fn mint() -> Weight;
	/// [`Pallet::request_redemption`](crate::Pallet::request_redemption).
	fn request_redemption() -> Weight;
	/// [`Pallet::cancel_request`](crate::Pallet::cancel_request).
	fn cancel_request() -> Weight;
	/// [`Pallet::claim`](crate::Pallet::claim).
	fn claim() -> Weight;
	/// [`Pallet::start_settlement`](crate::Pallet::start_settlement).
	fn start_settlement() -> Weight;
	/// [`Pallet::settle`](crate::Pallet::settle) of `n` requests.
	fn settle(n: u32) -> Weight;
}

/// What the computation of a call costs at most, without storage.
const fn base() -> Weight {
	Weight::from_parts(50_000_000, 10_000)
}

/// For tests: the base, and the reads and writes of each call.
impl WeightInfo for () {
	// Ledger, yield, clock, bill configuration, supply; two assets with two accounts each.
	fn deposit() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(13, 8))
	}
	fn mint() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(13, 8))
	}
	// Request, the one before it, lane, escrow, counters, windows; the shares and the hold.
	fn request_redemption() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(15, 11))
	}
	// Request and both neighbours, lane, escrow, counter, windows; the shares and the hold.
	fn cancel_request() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(15, 11))
	}
	// Request, ledger, counter; USDai with two accounts and the hold.
	fn claim() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(8, 8))
	}
	// Windows, lane, ledger, yield, bills, escrow; the burning of shares.
	fn start_settlement() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(14, 6))
	}
	// Settlement, lane, ledger, last settled; each request.
	fn settle(n: u32) -> Weight {
		base()
			.saturating_add(RocksDbWeight::get().reads_writes(3, 4))
			.saturating_add(base().saturating_mul(n.into()))
			.saturating_add(RocksDbWeight::get().reads_writes(2, 2).saturating_mul(n.into()))
	}
}
