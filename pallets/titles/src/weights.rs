// SPDX-License-Identifier: Apache-2.0

//! Weights of the calls. The runtime measures its own; the ones here count database accesses, for
//! tests.

use polkadot_sdk::frame_support::weights::{constants::RocksDbWeight, Weight};

/// Weights of the calls.
pub trait WeightInfo {
	/// [`crate::Pallet::register_party`] of a custodian.
	fn register_party() -> Weight;
	/// [`crate::Pallet::update_party`]
	fn update_party() -> Weight;
	/// [`crate::Pallet::suspend_party`]
	fn suspend_party() -> Weight;
	/// [`crate::Pallet::reinstate_party`] of a custodian.
	fn reinstate_party() -> Weight;
	/// [`crate::Pallet::remove_party`]
	fn remove_party() -> Weight;
	/// [`crate::Pallet::post_bond`]
	fn post_bond() -> Weight;
	/// [`crate::Pallet::withdraw_bond`]
	fn withdraw_bond() -> Weight;
	/// [`crate::Pallet::attest`] with `s` serials and `d` documents.
	fn attest(s: u32, d: u32) -> Weight;
	/// [`crate::Pallet::withdraw_attestation`] with `s` serials, `d` documents and `c` policies and
	/// appraisals.
	fn withdraw_attestation(s: u32, d: u32, c: u32) -> Weight;
	/// [`crate::Pallet::heartbeat`] with `t` titles.
	fn heartbeat(t: u32) -> Weight;
	/// [`crate::Pallet::confirm`]
	fn confirm() -> Weight;
	/// [`crate::Pallet::pay_revenue`] for a free title.
	fn pay_revenue() -> Weight;
	/// [`crate::Pallet::pay_revenue`] for a title that a line holds.
	fn pay_revenue_to_line() -> Weight;
	/// [`crate::Pallet::set_document`] that replaces the document of another account.
	fn set_document() -> Weight;
	/// [`crate::Pallet::attest_batch`] with `t` titles of one serial each, and `s` further serials and
	/// `d` documents in all.
	fn attest_batch(t: u32, s: u32, d: u32) -> Weight;
	/// [`crate::Pallet::confirm_batch`] with `t` titles.
	fn confirm_batch(t: u32) -> Weight;
	/// [`crate::Pallet::bind_policy`]
	fn bind_policy() -> Weight;
	/// [`crate::Pallet::renew_policy`]
	fn renew_policy() -> Weight;
	/// [`crate::Pallet::cancel_policy`]
	fn cancel_policy() -> Weight;
	/// [`crate::Pallet::remove_policy`]
	fn remove_policy() -> Weight;
	/// [`crate::Pallet::pay_claim`] for a free title.
	fn pay_claim() -> Weight;
	/// [`crate::Pallet::pay_claim`] for a title that a line holds.
	fn pay_claim_to_line() -> Weight;
	/// [`crate::Pallet::pay_claim`] for a loss through a line that has ended, to its lenders and the
	/// owner.
	fn pay_claim_after_line() -> Weight;
	/// [`crate::Pallet::file_appraisal`] in place of an earlier one.
	fn file_appraisal() -> Weight;
	/// [`crate::Pallet::withdraw_appraisal`]
	fn withdraw_appraisal() -> Weight;
	/// [`crate::Pallet::request_redemption`]
	fn request_redemption() -> Weight;
	/// [`crate::Pallet::cancel_redemption`]
	fn cancel_redemption() -> Weight;
	/// [`crate::Pallet::escalate_redemption`]
	fn escalate_redemption() -> Weight;
	/// [`crate::Pallet::resolve_claim`]
	fn resolve_claim() -> Weight;
	/// [`crate::Pallet::report_loss`]
	fn report_loss() -> Weight;
	/// [`crate::Pallet::recover_title`]
	fn recover_title() -> Weight;
	/// [`crate::Pallet::suspend_title`]
	fn suspend_title() -> Weight;
	/// [`crate::Pallet::reinstate_title`]
	fn reinstate_title() -> Weight;
	/// [`crate::Pallet::slash_custodian`]
	fn slash_custodian() -> Weight;
	/// [`crate::Pallet::confirm_release`] with `s` serials, `d` documents and `c` policies and
	/// appraisals.
	fn confirm_release(s: u32, d: u32, c: u32) -> Weight;
	/// [`crate::Pallet::retire_lost`] with `s` serials, `d` documents and `c` policies and
	/// appraisals.
	fn retire_lost(s: u32, d: u32, c: u32) -> Weight;
}

/// Computation of a call, in picoseconds, and what it may add to a proof for each key, in bytes.
const BASE_REF_TIME: u64 = 20_000_000;
const PROOF_PER_KEY: u64 = 2_500;

fn accesses(reads: u64, writes: u64) -> Weight {
	Weight::from_parts(BASE_REF_TIME, reads.saturating_mul(PROOF_PER_KEY))
		.saturating_add(RocksDbWeight::get().reads_writes(reads, writes))
}

impl WeightInfo for () {
	fn register_party() -> Weight {
		accesses(1, 2)
	}

	fn update_party() -> Weight {
		accesses(1, 1)
	}

	fn suspend_party() -> Weight {
		accesses(1, 1)
	}

	fn reinstate_party() -> Weight {
		accesses(2, 2)
	}

	fn remove_party() -> Weight {
		accesses(1, 1)
	}

	fn post_bond() -> Weight {
		accesses(3, 3)
	}

	fn withdraw_bond() -> Weight {
		accesses(4, 3)
	}

	fn attest(s: u32, d: u32) -> Weight {
		let (s, d) = (u64::from(s), u64::from(d));
		accesses(8 + s, 7 + s + d)
	}

	fn attest_batch(t: u32, s: u32, d: u32) -> Weight {
		let (t, s, d) = (u64::from(t), u64::from(s), u64::from(d));
		accesses(7 + 2 * t + s, 4 + 4 * t + s + d)
	}

	fn set_document() -> Weight {
		accesses(7, 5)
	}

	fn withdraw_attestation(s: u32, d: u32, c: u32) -> Weight {
		let (s, d, c) = (u64::from(s), u64::from(d), u64::from(c));
		accesses(9 + 2 * d + 3 * c, 10 + s + 2 * d + 3 * c)
	}

	fn heartbeat(t: u32) -> Weight {
		let t = u64::from(t);
		accesses(2 + t, t)
	}

	fn confirm() -> Weight {
		accesses(11, 6)
	}

	fn pay_revenue() -> Weight {
		accesses(11, 6)
	}

	fn pay_revenue_to_line() -> Weight {
		accesses(12, 7)
	}

	fn confirm_batch(t: u32) -> Weight {
		let t = u64::from(t);
		accesses(7 + 4 * t, 1 + 5 * t)
	}

	fn bind_policy() -> Weight {
		accesses(8, 5)
	}

	fn renew_policy() -> Weight {
		accesses(5, 1)
	}

	fn cancel_policy() -> Weight {
		accesses(2, 1)
	}

	fn remove_policy() -> Weight {
		accesses(5, 4)
	}

	fn pay_claim() -> Weight {
		accesses(10, 6)
	}

	fn pay_claim_to_line() -> Weight {
		accesses(12, 7)
	}

	fn pay_claim_after_line() -> Weight {
		accesses(18, 13)
	}

	fn file_appraisal() -> Weight {
		accesses(8, 5)
	}

	fn withdraw_appraisal() -> Weight {
		accesses(5, 4)
	}

	fn request_redemption() -> Weight {
		accesses(10, 6)
	}

	fn cancel_redemption() -> Weight {
		accesses(11, 10)
	}

	fn escalate_redemption() -> Weight {
		accesses(5, 3)
	}

	fn resolve_claim() -> Weight {
		accesses(6, 6)
	}

	fn report_loss() -> Weight {
		accesses(11, 8)
	}

	fn recover_title() -> Weight {
		accesses(8, 8)
	}

	fn suspend_title() -> Weight {
		accesses(8, 6)
	}

	fn reinstate_title() -> Weight {
		accesses(8, 7)
	}

	fn slash_custodian() -> Weight {
		accesses(7, 4)
	}

	fn confirm_release(s: u32, d: u32, c: u32) -> Weight {
		let (s, d, c) = (u64::from(s), u64::from(d), u64::from(c));
		accesses(18 + 3 * d + 3 * c, 22 + s + 3 * d + 3 * c)
	}

	fn retire_lost(s: u32, d: u32, c: u32) -> Weight {
		let (s, d, c) = (u64::from(s), u64::from(d), u64::from(c));
		accesses(18 + 3 * d + 3 * c, 22 + s + 3 * d + 3 * c)
	}
}
