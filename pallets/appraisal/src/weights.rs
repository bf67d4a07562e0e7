// SPDX-License-Identifier: Apache-2.0

//! Weights of the calls of the appraisal pallet.

use polkadot_sdk::frame_support::weights::{constants::RocksDbWeight, Weight};

/// Weights of the calls. `v` is the number of values, `m` the number of oracle operators, `r` the
/// number of reports that are read.
pub trait WeightInfo {
	/// Returns the weight of [`add_model`](crate::Pallet::add_model).
	fn add_model() -> Weight;
	/// Returns the weight of [`update_model`](crate::Pallet::update_model).
	fn update_model() -> Weight;
	/// Returns the weight of [`set_model_status`](crate::Pallet::set_model_status).
	fn set_model_status() -> Weight;
	/// Returns the weight of [`delist_model`](crate::Pallet::delist_model).
	fn delist_model(m: u32) -> Weight;
	/// Returns the weight of [`register_asset`](crate::Pallet::register_asset).
	fn register_asset() -> Weight;
	/// Returns the weight of [`remove_asset`](crate::Pallet::remove_asset).
	fn remove_asset(m: u32) -> Weight;
	/// Returns the weight of [`feed`](crate::Pallet::feed) without the reading of reports.
	fn feed(v: u32) -> Weight;
	/// Returns the weight of reading reports and finding their medians. A
	/// [`feed`](crate::Pallet::feed) reads one of each operator for each of its values.
	fn combine_reports(r: u32) -> Weight;
}

/// Time and proof of a call with few storage accesses.
const BASE: Weight = Weight::from_parts(15_000_000, 4_000);
/// Proof of one item of a map, in bytes.
const ITEM_PROOF: u64 = 2_600;
/// Proof of a price history beyond that of an item, in bytes: thirty buckets of forty bytes.
const HISTORY_PROOF: u64 = 1_200;

/// Returns the time of database accesses and the size of their proof.
fn accesses(reads: u64, writes: u64) -> Weight {
	RocksDbWeight::get()
		.reads_writes(reads, writes)
		.saturating_add(Weight::from_parts(0, ITEM_PROOF).saturating_mul(reads.max(writes)))
}

/// Weights counted from the storage accesses of each call, for tests.
impl WeightInfo for () {
	fn add_model() -> Weight {
		// The next id; the next id, the record and its first version.
		BASE.saturating_add(accesses(1, 3))
	}

	fn update_model() -> Weight {
		// The record, its version, the clock and the period; the record and a version.
		BASE.saturating_add(accesses(4, 2))
	}

	fn set_model_status() -> Weight {
		BASE.saturating_add(accesses(4, 1))
	}

	fn delist_model(m: u32) -> Weight {
		// The record, the members and the combined values; for each of three keys the raw value of
		// each operator, the combined value, its history and its median; the record and
		// the final values.
		let keys = 3u64.saturating_mul(u64::from(m).saturating_add(3));
		BASE.saturating_add(accesses(5, keys.saturating_add(2)))
	}

	fn register_asset() -> Weight {
		BASE.saturating_add(accesses(1, 1))
	}

	fn remove_asset(m: u32) -> Weight {
		BASE.saturating_add(accesses(2, u64::from(m).saturating_add(4)))
	}

	fn combine_reports(r: u32) -> Weight {
		accesses(r.into(), 0)
			.saturating_add(Weight::from_parts(1_000_000, 0).saturating_mul(r.into()))
	}

	fn feed(v: u32) -> Weight {
		// The members, the last block fed, the governed values and the clock; for each value its
		// model, the raw value of root, the combined value, its history and its median. Of these, the
		// last three are written, and the report.
		let v = u64::from(v);
		let reads = v.saturating_mul(5).saturating_add(4);
		let writes = v.saturating_mul(4).saturating_add(1);
		BASE.saturating_add(Weight::from_parts(20_000_000, 0).saturating_mul(v))
			.saturating_add(accesses(reads, writes))
			.saturating_add(Weight::from_parts(0, HISTORY_PROOF).saturating_mul(v))
	}
}
