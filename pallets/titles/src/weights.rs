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
	/// [`crate::Pallet::attest`] with `s` devices and `d` documents.
	fn attest(s: u32, d: u32) -> Weight;
	/// [`crate::Pallet::withdraw_attestation`] with `s` devices, `d` documents and `c` policies and
	/// appraisals.
	fn withdraw_attestation(s: u32, d: u32, c: u32) -> Weight;
	/// [`crate::Pallet::heartbeat`] with `t` titles.
	fn heartbeat(t: u32) -> Weight;
	/// [`crate::Pallet::acknowledge_pledge`] of a line with as many titles as it may hold.
	fn acknowledge_pledge() -> Weight;
	/// [`crate::Pallet::confirm`] with `s` devices, new ones, and all documents.
	fn confirm(s: u32) -> Weight;
	/// [`crate::Pallet::pay_revenue`] for a free title.
	fn pay_revenue() -> Weight;
	/// [`crate::Pallet::pay_revenue`] for a title that a line holds.
	fn pay_revenue_to_line() -> Weight;
	/// [`crate::Pallet::file_document`] of a title that a line holds.
	fn file_document() -> Weight;
	/// [`crate::Pallet::attest_batch`] with `t` titles of one device each, and `s` further devices and
	/// `d` documents in all.
	fn attest_batch(t: u32, s: u32, d: u32) -> Weight;
	/// [`crate::Pallet::confirm_batch`] with `t` titles of one device and all documents each, and `s`
	/// further devices in all.
	fn confirm_batch(t: u32, s: u32) -> Weight;
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
	/// [`crate::Pallet::strike_appraisal`]
	fn strike_appraisal() -> Weight;
	/// [`crate::Pallet::confirm_appraisal`]
	fn confirm_appraisal() -> Weight;
	/// [`crate::Pallet::strike_revenue`]
	fn strike_revenue() -> Weight;
	/// [`crate::Pallet::request_redemption`]
	fn request_redemption() -> Weight;
	/// [`crate::Pallet::cancel_redemption`]
	fn cancel_redemption() -> Weight;
	/// [`crate::Pallet::escalate_redemption`]
	fn escalate_redemption() -> Weight;
	/// [`crate::Pallet::resolve_claim`]
	fn resolve_claim() -> Weight;
	/// [`crate::Pallet::report_loss`] of all `s` devices.
	fn report_loss(s: u32) -> Weight;
	/// [`crate::Pallet::recover_title`] with `s` devices.
	fn recover_title(s: u32) -> Weight;
	/// [`crate::Pallet::strike_attestation`] with `s` devices, `d` documents and `c` policies and
	/// appraisals.
	fn strike_attestation(s: u32, d: u32, c: u32) -> Weight;
	/// [`crate::Pallet::clear_lost_device`]
	fn clear_lost_device() -> Weight;
	/// [`crate::Pallet::reinspect`] with `s` devices.
	fn reinspect(s: u32) -> Weight;
	/// [`crate::Pallet::transfer_custody`] of a title that a line holds, in place of an offer.
	fn transfer_custody() -> Weight;
	/// [`crate::Pallet::consent_custody`] by the curator of a line.
	fn consent_custody() -> Weight;
	/// [`crate::Pallet::accept_custody`] of a title that a line holds.
	fn accept_custody() -> Weight;
	/// [`crate::Pallet::cancel_custody`]
	fn cancel_custody() -> Weight;
	/// [`crate::Pallet::suspend_title`]
	fn suspend_title() -> Weight;
	/// [`crate::Pallet::reinstate_title`]
	fn reinstate_title() -> Weight;
	/// [`crate::Pallet::slash_custodian`]
	fn slash_custodian() -> Weight;
	/// [`crate::Pallet::confirm_release`]
	fn confirm_release() -> Weight;
	/// [`crate::Pallet::acknowledge_release`] with `s` devices, `d` documents and `c` policies and
	/// appraisals.
	fn acknowledge_release(s: u32, d: u32, c: u32) -> Weight;
	/// [`crate::Pallet::dispute_release`]
	fn dispute_release() -> Weight;
	/// [`crate::Pallet::finalise_release`] with `s` devices, `d` documents and `c` policies and
	/// appraisals.
	fn finalise_release(s: u32, d: u32, c: u32) -> Weight;
	/// [`crate::Pallet::claim_after_release`]
	fn claim_after_release() -> Weight;
	/// [`crate::Pallet::drop_released`]
	fn drop_released() -> Weight;
	/// [`crate::Pallet::set_insurer_capacity`]
	fn set_insurer_capacity() -> Weight;
	/// [`crate::Pallet::slash_verifier`]
	fn slash_verifier() -> Weight;
	/// [`crate::Pallet::slash_insurer`] for a loss through a line that has ended, to its lenders
	/// and the owner.
	fn slash_insurer() -> Weight;
	/// [`crate::Pallet::retire_lost`] with `s` devices, `d` documents and `c` policies and
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
		accesses(9 + s, 7 + d)
	}

	fn attest_batch(t: u32, s: u32, d: u32) -> Weight {
		let (t, s, d) = (u64::from(t), u64::from(s), u64::from(d));
		accesses(7 + 3 * t + s, 4 + 3 * t + d)
	}

	fn file_document() -> Weight {
		accesses(8, 5)
	}

	fn withdraw_attestation(s: u32, d: u32, c: u32) -> Weight {
		let (s, d, c) = (u64::from(s), u64::from(d), u64::from(c));
		accesses(13 + s + 2 * d + 3 * c, 10 + 2 * d + 3 * c)
	}

	fn heartbeat(t: u32) -> Weight {
		let t = u64::from(t);
		accesses(2 + t, t)
	}

	fn acknowledge_pledge() -> Weight {
		let titles = u64::from(crate::MAX_ACKNOWLEDGED);
		accesses(1 + titles, titles)
	}

	fn confirm(s: u32) -> Weight {
		let s = u64::from(s);
		accesses(26 + s, 10 + s)
	}

	fn pay_revenue() -> Weight {
		accesses(12, 6)
	}

	fn pay_revenue_to_line() -> Weight {
		accesses(14, 7)
	}

	fn confirm_batch(t: u32, s: u32) -> Weight {
		let (t, s) = (u64::from(t), u64::from(s));
		accesses(12 + 15 * t + s, 5 + 6 * t + s)
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

	fn strike_appraisal() -> Weight {
		accesses(6, 5)
	}

	fn confirm_appraisal() -> Weight {
		accesses(2, 2)
	}

	fn strike_revenue() -> Weight {
		accesses(1, 1)
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

	fn report_loss(s: u32) -> Weight {
		let s = u64::from(s);
		accesses(11 + s, 8 + s)
	}

	fn recover_title(s: u32) -> Weight {
		let s = u64::from(s);
		accesses(9 + s, 8 + s)
	}

	fn strike_attestation(s: u32, d: u32, c: u32) -> Weight {
		Self::withdraw_attestation(s, d, c)
	}

	fn clear_lost_device() -> Weight {
		accesses(1, 1)
	}

	fn reinspect(s: u32) -> Weight {
		let s = u64::from(s);
		accesses(7 + s, 1 + s)
	}

	fn transfer_custody() -> Weight {
		accesses(13, 3)
	}

	fn consent_custody() -> Weight {
		accesses(6, 1)
	}

	fn accept_custody() -> Weight {
		accesses(18, 9)
	}

	fn cancel_custody() -> Weight {
		accesses(4, 3)
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

	fn confirm_release() -> Weight {
		accesses(4, 1)
	}

	fn acknowledge_release(s: u32, d: u32, c: u32) -> Weight {
		let (s, d, c) = (u64::from(s), u64::from(d), u64::from(c));
		accesses(22 + s + 3 * d + 4 * c, 26 + s + 3 * d + 4 * c)
	}

	fn dispute_release() -> Weight {
		accesses(5, 3)
	}

	fn finalise_release(s: u32, d: u32, c: u32) -> Weight {
		let (s, d, c) = (u64::from(s), u64::from(d), u64::from(c));
		accesses(23 + s + 3 * d + 4 * c, 26 + s + 3 * d + 4 * c)
	}

	fn claim_after_release() -> Weight {
		accesses(8, 6)
	}

	fn drop_released() -> Weight {
		accesses(5, 4)
	}

	fn set_insurer_capacity() -> Weight {
		accesses(2, 1)
	}

	fn slash_verifier() -> Weight {
		accesses(10, 6)
	}

	fn slash_insurer() -> Weight {
		accesses(18, 14)
	}

	fn retire_lost(s: u32, d: u32, c: u32) -> Weight {
		let (s, d, c) = (u64::from(s), u64::from(d), u64::from(c));
		accesses(19 + s + 3 * d + 3 * c, 22 + s + 3 * d + 3 * c)
	}
}
