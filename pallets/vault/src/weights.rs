// SPDX-License-Identifier: Apache-2.0

//! Weights of the vault's calls.

use polkadot_sdk::frame_support::weights::{constants::RocksDbWeight, Weight};

/// Weights of the calls and of the work of idle blocks.
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
	/// [`Pallet::commit_bid`](crate::Pallet::commit_bid).
	fn commit_bid() -> Weight;
	/// [`Pallet::reveal_bid`](crate::Pallet::reveal_bid).
	fn reveal_bid() -> Weight;
	/// [`Pallet::set_operator`](crate::Pallet::set_operator).
	fn set_operator() -> Weight;
	/// [`Pallet::start_settlement`](crate::Pallet::start_settlement).
	fn start_settlement() -> Weight;
	/// [`Pallet::settle`](crate::Pallet::settle) of `n` requests.
	fn settle(n: u32) -> Weight;
	/// [`Pallet::set_window_length`](crate::Pallet::set_window_length).
	fn set_window_length() -> Weight;
	/// [`Pallet::set_deposits_paused`](crate::Pallet::set_deposits_paused).
	fn set_deposits_paused() -> Weight;
	/// The probe of an idle block for work that is due.
	fn idle_probe() -> Weight;
	/// The record of the day, computed and written.
	fn day_record() -> Weight;
}

/// Maximum of a call's computation, without storage.
const fn base() -> Weight {
	Weight::from_parts(50_000_000, 10_000)
}

/// For tests: the base, and the reads and writes of each call.
impl WeightInfo for () {
	// Pause, values, ledger, clock, bills, supply; two assets with two accounts each; the first of a
	// day writes its record.
	fn deposit() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(50, 9))
	}
	fn mint() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(50, 9))
	}
	// Request, the one before it, lane, chunk, totals, escrow, counters, windows; the shares and
	// the hold.
	fn request_redemption() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(17, 13))
	}
	// Request and both neighbours, lane, chunk, totals, escrow, counter, windows; the shares and
	// the hold.
	fn cancel_request() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(17, 13))
	}
	// Request, operator, ledger, counter; USDai with two accounts and the hold.
	fn claim() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(9, 8))
	}
	// Request, windows, outages, last settled.
	fn commit_bid() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(5, 1))
	}
	// Request, both neighbours and the one it comes behind, two lanes, two chunks, totals, windows.
	fn reveal_bid() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(12, 9))
	}
	// Operator and hold.
	fn set_operator() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(3, 3))
	}
	// Windows, outages, totals, chunk, values, ledger, bills, escrow; the burning of shares; the
	// record of the day; the sale of bills through a pool, and the search on its quotes.
	fn start_settlement() -> Weight {
		base()
			.saturating_add(RocksDbWeight::get().reads_writes(55, 8))
			.saturating_add(RocksDbWeight::get().reads_writes(30, 20))
			.saturating_add(Weight::from_parts(2_000_000_000, 30_000))
	}
	// Settlement, ledger, totals, last settled; each request, the one behind it, lane and chunk.
	fn settle(n: u32) -> Weight {
		base()
			.saturating_add(RocksDbWeight::get().reads_writes(3, 4))
			.saturating_add(base().saturating_mul(n.into()))
			.saturating_add(RocksDbWeight::get().reads_writes(4, 4).saturating_mul(n.into()))
	}
	// Tempo, values, windows.
	fn set_window_length() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(5, 1))
	}
	// Pause, terms of brakes, clock.
	fn set_deposits_paused() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(4, 1))
	}
	// Clock, record, settlement, windows, outages, last settled, totals.
	fn idle_probe() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(7, 0))
	}
	// Ledger, values, bills, supplies, escrow; the stablecoins of the peg; the record.
	fn day_record() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(40, 1))
	}
}
