// SPDX-License-Identifier: Apache-2.0

//! Weights of the calls of the reserves pallet, and of the work that others cause here.

use polkadot_sdk::frame_support::weights::{constants::RocksDbWeight, Weight};

/// Weight of each call.
pub trait WeightInfo {
	/// [`Pallet::set_priced_asset`](crate::Pallet::set_priced_asset).
	fn set_priced_asset() -> Weight;
	/// [`Pallet::set_treasury_bill`](crate::Pallet::set_treasury_bill).
	fn set_treasury_bill() -> Weight;
	/// [`Pallet::set_bill_trading`](crate::Pallet::set_bill_trading).
	fn set_bill_trading() -> Weight;
	/// [`Pallet::rebalance`](crate::Pallet::rebalance) that buys.
	fn rebalance_buy() -> Weight;
	/// [`Pallet::rebalance`](crate::Pallet::rebalance) that sells.
	fn rebalance_sell() -> Weight;
	/// [`TreasuryBills::divest`](caliber_primitives::traits::TreasuryBills::divest), for its
	/// callers.
	fn divest() -> Weight;
	/// [`Pallet::reset_mint_rate_limit`](crate::Pallet::reset_mint_rate_limit).
	fn reset_mint_rate_limit() -> Weight;
	/// [`Pallet::freeze`](crate::Pallet::freeze).
	fn freeze() -> Weight;
	/// [`Pallet::thaw`](crate::Pallet::thaw).
	fn thaw() -> Weight;
	/// The checks of [`RateLimitedMint`](crate::RateLimitedMint) on an issue of USDai.
	fn issue() -> Weight;
	/// [`OnNewAppraisal`](caliber_primitives::traits::OnNewAppraisal) that keeps a price.
	fn on_new_appraisal() -> Weight;
}

/// Time of a search on the quotes of the pool, in picoseconds.
const SEARCH: u64 = 2_000_000_000;

/// Weights for tests: a base for the computation, and the reads and writes of each call.
impl WeightInfo for () {
	// The asset, the stablecoin and their count.
	fn set_priced_asset() -> Weight {
		Weight::from_parts(20_000_000, 5_000)
			.saturating_add(RocksDbWeight::get().reads_writes(3, 2))
	}
	// The asset, the bills, their ledger, the time; the checkpoints and their days.
	fn set_treasury_bill() -> Weight {
		Weight::from_parts(100_000_000, 250_000)
			.saturating_add(RocksDbWeight::get().reads_writes(95, 93))
	}
	// The stop, the time and the terms of brakes.
	fn set_bill_trading() -> Weight {
		Weight::from_parts(20_000_000, 5_000)
			.saturating_add(RocksDbWeight::get().reads_writes(3, 1))
	}
	// Values, bills, ledger, stop, price (3), time; the vault (4); the pool, both assets, and their
	// accounts of the pool, of the bills and of the vault.
	fn rebalance_buy() -> Weight {
		Weight::from_parts(SEARCH, 30_000).saturating_add(RocksDbWeight::get().reads_writes(22, 12))
	}
	// The same.
	fn rebalance_sell() -> Weight {
		Weight::from_parts(SEARCH, 30_000).saturating_add(RocksDbWeight::get().reads_writes(22, 12))
	}
	// The same without the target.
	fn divest() -> Weight {
		Weight::from_parts(SEARCH, 30_000).saturating_add(RocksDbWeight::get().reads_writes(19, 12))
	}
	// The time, the supply and the period.
	fn reset_mint_rate_limit() -> Weight {
		Weight::from_parts(20_000_000, 5_000)
			.saturating_add(RocksDbWeight::get().reads_writes(3, 1))
	}
	// The asset of the peg, the pool, the record, the time and the terms of brakes.
	fn freeze() -> Weight {
		Weight::from_parts(30_000_000, 10_000)
			.saturating_add(RocksDbWeight::get().reads_writes(5, 1))
	}
	// The record, the time and the terms of brakes.
	fn thaw() -> Weight {
		Weight::from_parts(20_000_000, 5_000)
			.saturating_add(RocksDbWeight::get().reads_writes(3, 1))
	}
	// The stablecoin, its price (3), the time, the supply and the period.
	fn issue() -> Weight {
		Weight::from_parts(30_000_000, 10_000)
			.saturating_add(RocksDbWeight::get().reads_writes(7, 1))
	}
	// The bills and the days with a checkpoint; the checkpoint.
	fn on_new_appraisal() -> Weight {
		Weight::from_parts(20_000_000, 5_000)
			.saturating_add(RocksDbWeight::get().reads_writes(2, 2))
	}
}
