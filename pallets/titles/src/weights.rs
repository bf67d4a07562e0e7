// SPDX-License-Identifier: Apache-2.0

//! Weights of the calls. The runtime measures its own; the ones here count database accesses, for
//! tests.

use polkadot_sdk::frame_support::weights::{constants::RocksDbWeight, Weight};

/// What the calls cost.
pub trait WeightInfo {
	/// [`crate::Pallet::register_custodian`]
	fn register_custodian() -> Weight;
	/// [`crate::Pallet::suspend_custodian`]
	fn suspend_custodian() -> Weight;
	/// [`crate::Pallet::reinstate_custodian`]
	fn reinstate_custodian() -> Weight;
	/// [`crate::Pallet::register_verifier`]
	fn register_verifier() -> Weight;
	/// [`crate::Pallet::remove_verifier`]
	fn remove_verifier() -> Weight;
	/// [`crate::Pallet::post_bond`]
	fn post_bond() -> Weight;
	/// [`crate::Pallet::withdraw_bond`]
	fn withdraw_bond() -> Weight;
	/// [`crate::Pallet::attest`] with `s` serials and `d` documents.
	fn attest(s: u32, d: u32) -> Weight;
	/// [`crate::Pallet::withdraw_attestation`] with `s` serials and `d` documents.
	fn withdraw_attestation(s: u32, d: u32) -> Weight;
	/// [`crate::Pallet::heartbeat`] with `t` titles.
	fn heartbeat(t: u32) -> Weight;
	/// [`crate::Pallet::confirm`]
	fn confirm() -> Weight;
	/// [`crate::Pallet::pay_revenue`] for a free title.
	fn pay_revenue() -> Weight;
}

/// Computation of a call, in picoseconds, and what it may add to a proof for each key, in bytes.
const BASE_REF_TIME: u64 = 20_000_000;
const PROOF_PER_KEY: u64 = 2_500;

fn accesses(reads: u64, writes: u64) -> Weight {
	Weight::from_parts(BASE_REF_TIME, reads.saturating_mul(PROOF_PER_KEY))
		.saturating_add(RocksDbWeight::get().reads_writes(reads, writes))
}

impl WeightInfo for () {
	fn register_custodian() -> Weight {
		accesses(1, 1)
	}

	fn suspend_custodian() -> Weight {
		accesses(1, 1)
	}

	fn reinstate_custodian() -> Weight {
		accesses(1, 1)
	}

	fn register_verifier() -> Weight {
		accesses(1, 1)
	}

	fn remove_verifier() -> Weight {
		accesses(1, 1)
	}

	fn post_bond() -> Weight {
		accesses(3, 3)
	}

	fn withdraw_bond() -> Weight {
		accesses(3, 3)
	}

	fn attest(s: u32, d: u32) -> Weight {
		let (s, d) = (u64::from(s), u64::from(d));
		accesses(7 + s, 7 + s + d)
	}

	fn withdraw_attestation(s: u32, d: u32) -> Weight {
		let (s, d) = (u64::from(s), u64::from(d));
		accesses(6 + d, 6 + s + d)
	}

	fn heartbeat(t: u32) -> Weight {
		let t = u64::from(t);
		accesses(2 + t, t)
	}

	fn confirm() -> Weight {
		accesses(10, 6)
	}

	fn pay_revenue() -> Weight {
		accesses(11, 6)
	}
}
