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
	/// [`Pallet::deposit_impaired`](crate::Pallet::deposit_impaired).
	fn deposit_impaired() -> Weight;
	/// [`Pallet::pay_yield`](crate::Pallet::pay_yield).
	fn pay_yield() -> Weight;
	/// The payment of the fee on the yield of the bills.
	fn bill_fee() -> Weight;
	/// [`Pallet::redeem_now`](crate::Pallet::redeem_now).
	fn redeem_now() -> Weight;
	/// [`Pallet::transfer_request`](crate::Pallet::transfer_request).
	fn transfer_request() -> Weight;
	/// [`Pallet::accept_request`](crate::Pallet::accept_request).
	fn accept_request() -> Weight;
	/// The payment of a served request by idle work.
	fn pay_out() -> Weight;
	/// The value of a share and what a settlement waits for, or the note of the price.
	fn note_reference() -> Weight;
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
		base().saturating_add(RocksDbWeight::get().reads_writes(51, 9))
	}
	fn mint() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(51, 9))
	}
	// Request, the one before it, lane, chunk, totals, escrow, counters, windows; the shares and
	// the hold.
	fn request_redemption() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(50, 13))
	}
	// The value of a share; request and both neighbours, lane, chunk, totals, escrow, counter, windows; the shares and
	// the hold.
	fn cancel_request() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(50, 16))
	}
	// Request, operator, ledger, counter; USDai with two accounts and the hold.
	fn claim() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(9, 8))
	}
	// Request, both neighbours and the one it comes behind, lane, chunk, totals, windows; for a bid that
	// was not revealed the value of a share, ledger, escrow and the shares.
	fn commit_bid() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(50, 13))
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
	// record of the day; the last round, the noted price, money raised, the clearing.
	fn start_settlement() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(60, 12))
	}
	// Settlement, ledger, totals, last settled; each request, the one behind it, lane, chunk, its
	// clearing and its place among the payouts.
	fn settle(n: u32) -> Weight {
		base()
			.saturating_add(RocksDbWeight::get().reads_writes(6, 7))
			.saturating_add(base().saturating_mul(n.into()))
			.saturating_add(RocksDbWeight::get().reads_writes(7, 6).saturating_mul(n.into()))
	}
	// Tempo, values, windows.
	fn set_window_length() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(5, 1))
	}
	// Pause, terms of brakes, clock.
	fn set_deposits_paused() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(4, 1))
	}
	// Clock, record, settlement, windows, outages, last settled, totals; values, ledger and the yield
	// of the bills.
	fn idle_probe() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(11, 0))
	}
	// Ledger, values, bills, supplies, escrow; the stablecoins of the peg; the record.
	fn day_record() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(40, 1))
	}
	fn deposit_impaired() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(51, 9))
	}
	// Ledger, clock, windows, income; USDai with two accounts.
	fn pay_yield() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(9, 8))
	}
	// Values, ledger, the yield of the bills; USDai with two accounts.
	fn bill_fee() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(9, 8))
	}
	// As a deposit, and the queue, the last round and the limit.
	fn redeem_now() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(60, 10))
	}
	// Request.
	fn transfer_request() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(2, 1))
	}
	// Request, counters and holds; the value of a share, chunk, totals, escrow and the shares.
	fn accept_request() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(50, 14))
	}
	// Position, and a claim.
	fn pay_out() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(11, 10))
	}
	// Ledger, values, bills, supply, windows, outages, last round.
	fn note_reference() -> Weight {
		base().saturating_add(RocksDbWeight::get().reads_writes(35, 1))
	}
}
