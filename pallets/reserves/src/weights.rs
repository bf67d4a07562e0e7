// SPDX-License-Identifier: Apache-2.0

//! Weights of the calls of the reserves, and of what others cause here.

use polkadot_sdk::frame_support::weights::{constants::RocksDbWeight, Weight};

/// What each call costs.
pub trait WeightInfo {
	/// [`Pallet::set_priced_asset`](crate::Pallet::set_priced_asset).
	fn set_priced_asset() -> Weight;
	/// [`Pallet::set_treasury_bill`](crate::Pallet::set_treasury_bill).
	fn set_treasury_bill() -> Weight;
	/// [`Pallet::rebalance`](crate::Pallet::rebalance) that buys.
	fn rebalance_buy() -> Weight;
	/// [`Pallet::rebalance`](crate::Pallet::rebalance) that sells.
	fn rebalance_sell() -> Weight;
	/// [`TreasuryBills::divest`](caliber_primitives::traits::TreasuryBills::divest), for those who
	/// call it.
	fn divest() -> Weight;
	/// [`Pallet::reset_fuse`](crate::Pallet::reset_fuse).
	fn reset_fuse() -> Weight;
	/// [`Pallet::freeze`](crate::Pallet::freeze).
	fn freeze() -> Weight;
	/// [`Pallet::thaw`](crate::Pallet::thaw).
	fn thaw() -> Weight;
	/// What [`FusedAssets`](crate::FusedAssets) adds to an issue of USDai.
	fn issue() -> Weight;
	/// [`OnNewAppraisal`](caliber_primitives::traits::OnNewAppraisal) that keeps a price.
	fn on_new_appraisal() -> Weight;
}

/// A search on the quotes of the pool.
const SEARCH: u64 = 2_000_000_000;

/// For tests: a base for the computation, and the reads and writes of each call.
impl WeightInfo for () {
	// The asset, the stablecoin and their count.
	fn set_priced_asset() -> Weight {
		Weight::from_parts(20_000_000, 5_000)
			.saturating_add(RocksDbWeight::get().reads_writes(3, 2))
	}
	// The asset, the bills, what is held; the prices kept and the last of them.
	fn set_treasury_bill() -> Weight {
		Weight::from_parts(100_000_000, 250_000)
			.saturating_add(RocksDbWeight::get().reads_writes(94, 93))
	}
	// Bills, held, hour, price (3), time; what the vault reads (4); the pool, both assets, their
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
	// The time and the supply; the fuse.
	fn reset_fuse() -> Weight {
		Weight::from_parts(20_000_000, 5_000)
			.saturating_add(RocksDbWeight::get().reads_writes(2, 1))
	}
	// The entry, the time; of two assets the asset, the account, who it is of and who pays for it.
	fn freeze() -> Weight {
		Weight::from_parts(100_000_000, 20_000)
			.saturating_add(RocksDbWeight::get().reads_writes(8, 7))
	}
	// The same.
	fn thaw() -> Weight {
		Weight::from_parts(100_000_000, 20_000)
			.saturating_add(RocksDbWeight::get().reads_writes(8, 7))
	}
	// The stablecoin, its price (3), the time, the supply and the fuse.
	fn issue() -> Weight {
		Weight::from_parts(30_000_000, 10_000)
			.saturating_add(RocksDbWeight::get().reads_writes(7, 1))
	}
	// The bills and the last price kept; the price.
	fn on_new_appraisal() -> Weight {
		Weight::from_parts(20_000_000, 5_000)
			.saturating_add(RocksDbWeight::get().reads_writes(2, 2))
	}
}
