// SPDX-License-Identifier: Apache-2.0

//! Weights of the calls.

use crate::frame_support::weights::{constants::RocksDbWeight, Weight};

/// Weight of each call.
pub trait WeightInfo {
	/// [`crate::Call::approve_curator`].
	fn approve_curator() -> Weight;
	/// [`crate::Call::set_curator_capacity`].
	fn set_curator_capacity() -> Weight;
	/// [`crate::Call::suspend_curator`].
	fn suspend_curator() -> Weight;
	/// [`crate::Call::offer_line`].
	fn offer_line() -> Weight;
	/// [`crate::Call::withdraw_offer`].
	fn withdraw_offer() -> Weight;
	/// [`crate::Call::accept_line`] with `t` titles.
	fn accept_line(t: u32) -> Weight;
	/// [`crate::Call::close_line`] of a line with `t` titles.
	fn close_line(t: u32) -> Weight;
	/// [`crate::Call::draw`] under a line with `t` titles.
	fn draw(t: u32) -> Weight;
	/// [`crate::Call::repay`] that pays `w` payment periods.
	fn repay(w: u32) -> Weight;
	/// [`crate::Call::payoff`] that pays `w` payment periods.
	fn payoff(w: u32) -> Weight;
	/// [`crate::Call::collect`] that pays `w` payment periods.
	fn collect(w: u32) -> Weight;
	/// [`crate::Call::apply_insurance_proceeds`] that pays `w` payment periods.
	fn apply_insurance_proceeds(w: u32) -> Weight;
	/// [`crate::Call::set_model_ceiling`].
	fn set_model_ceiling() -> Weight;
	/// [`crate::Call::add_titles`] of `t` titles.
	fn add_titles(t: u32) -> Weight;
	/// [`crate::Call::swap_titles`] of `t` titles for as many others.
	fn swap_titles(t: u32) -> Weight;
	/// [`crate::Call::release_capital`].
	fn release_capital() -> Weight;
	/// [`crate::Call::add_junior_capital`].
	fn add_junior_capital() -> Weight;
	/// [`crate::Call::offer_terms`].
	fn offer_terms() -> Weight;
	/// [`crate::Call::accept_terms`] of a line with `t` titles and `l` loans.
	fn accept_terms(t: u32, l: u32) -> Weight;
	/// [`crate::Call::withdraw_terms`].
	fn withdraw_terms() -> Weight;
	/// [`crate::Call::claim_payout`].
	fn claim_payout() -> Weight;
	/// [`crate::Call::declare_breach`] of a line with `t` titles.
	fn declare_breach(t: u32) -> Weight;
	/// [`crate::Call::declare_default`] of a loan whose line has `t` titles.
	fn declare_default(t: u32) -> Weight;
	/// [`crate::Call::declare_uncured`] of a line with `t` titles.
	fn declare_uncured(t: u32) -> Weight;
	/// [`crate::Call::cure`] of a line with `t` titles.
	fn cure(t: u32) -> Weight;
	/// [`crate::Call::reassess`] of a line with `t` titles.
	fn reassess(t: u32) -> Weight;
	/// The idle time of a block in which there is nothing to look after.
	fn sweep_idle() -> Weight;
	/// Looking after a line, with as many loans as it may have, of which nothing is due.
	fn sweep_line() -> Weight;
	/// Adding a line with `t` titles, and with as many loans as it may have, to the sums of a round.
	fn count_line(t: u32) -> Weight;
	/// Booking as many loans as a line may have in the payment periods that run.
	fn rebook() -> Weight;
	/// [`crate::Call::turn_round`], beside the lines that it looks after.
	fn turn_round() -> Weight;
	/// Booking the payments of a line against as many models as it may have.
	fn restate() -> Weight;
	/// [`crate::Call::top_up_reserve`].
	fn top_up_reserve() -> Weight;
	/// [`crate::Call::withdraw_reserve`] of a line with `l` loans.
	fn withdraw_reserve(l: u32) -> Weight;
	/// [`crate::Call::start_auction`] of a line with `t` titles.
	fn start_auction(t: u32) -> Weight;
	/// [`crate::Call::bid`] for a lot of `t` titles.
	fn bid(t: u32) -> Weight;
	/// [`crate::Call::settle_auction`] of a line with `t` titles and `l` loans.
	fn settle_auction(t: u32, l: u32) -> Weight;
	/// [`crate::Call::credit_bid`] of a line with `t` titles and `l` loans.
	fn credit_bid(t: u32, l: u32) -> Weight;
	/// [`crate::Call::resolve_lot`] of a line with `t` titles and `l` loans.
	fn resolve_lot(t: u32, l: u32) -> Weight;
	/// A payment that ends an auction with a bid, beyond the payment.
	fn cancel_auction() -> Weight;
	/// [`crate::Call::withdraw_bid`].
	fn withdraw_bid() -> Weight;
	/// [`crate::Call::repay_loss`].
	fn repay_loss() -> Weight;
}

/// Computation beside the database, in picoseconds of reference time.
const BASE: u64 = 30_000_000;
/// Computation of one payment period of a schedule.
const PER_PERIOD: u64 = 5_000_000;
/// The payment periods of the longest schedule: what a level payment walks whatever is paid.
const LONGEST: u64 = caliber_math::MAX_INSTALLMENTS as u64;
/// Reads that the values of as many titles as a line may hold take.
const VALUED: u64 = 26 * crate::MAX_TITLES as u64;
/// The most loans of a line.
const LOANS: u64 = crate::MAX_LOANS as u64;
/// The most models of a line.
const MODELS: u64 = caliber_primitives::credit::MAX_MODELS as u64;
/// Size of the proof of each value that a call reads.
const PROOF_PER_READ: u64 = 3_000;

/// `reads` and `writes` of the database and `compute` picoseconds.
fn cost(reads: u64, writes: u64, compute: u64) -> Weight {
	Weight::from_parts(compute, reads * PROOF_PER_READ)
		.saturating_add(RocksDbWeight::get().reads_writes(reads, writes))
}

/// Estimates from database accesses, for tests. A runtime measures its own.
impl WeightInfo for () {
	fn approve_curator() -> Weight {
		cost(1, 1, BASE)
	}
	fn set_curator_capacity() -> Weight {
		cost(1, 1, BASE)
	}
	fn suspend_curator() -> Weight {
		cost(1, 1, BASE)
	}
	fn offer_line() -> Weight {
		cost(9, 8, BASE)
	}
	fn withdraw_offer() -> Weight {
		cost(8, 7, BASE)
	}
	fn accept_line(t: u32) -> Weight {
		cost(3 + 9 * u64::from(t), 1 + 4 * u64::from(t), BASE)
	}
	fn close_line(t: u32) -> Weight {
		cost(11 + 6 * u64::from(t), 9 + 4 * u64::from(t), BASE)
	}
	fn draw(t: u32) -> Weight {
		cost(40 + 26 * u64::from(t), 19 + u64::from(t), BASE + LONGEST * PER_PERIOD)
	}
	fn repay(w: u32) -> Weight {
		cost(17, 16, BASE + (LONGEST + u64::from(w)) * PER_PERIOD)
	}
	fn payoff(w: u32) -> Weight {
		Self::repay(w)
	}
	fn collect(w: u32) -> Weight {
		Self::repay(w)
	}
	fn apply_insurance_proceeds(w: u32) -> Weight {
		Self::repay(w)
	}
	fn set_model_ceiling() -> Weight {
		cost(1, 1, BASE)
	}
	fn add_titles(t: u32) -> Weight {
		cost(4 + VALUED + 9 * u64::from(t), 3 + 4 * u64::from(t), BASE)
	}
	fn swap_titles(t: u32) -> Weight {
		cost(6 + 3 * VALUED + 15 * u64::from(t), 131 + 8 * u64::from(t), BASE)
	}
	fn release_capital() -> Weight {
		cost(5, 4, BASE)
	}
	fn add_junior_capital() -> Weight {
		cost(5, 4, BASE)
	}
	fn offer_terms() -> Weight {
		cost(3, 1, BASE)
	}
	fn accept_terms(t: u32, l: u32) -> Weight {
		let (t, l) = (u64::from(t), u64::from(l));
		let compute = BASE + l * 4 * LONGEST * PER_PERIOD;
		cost(12 + 38 * t + 20 * l, 10 + 2 * t + 19 * l, compute)
	}
	fn withdraw_terms() -> Weight {
		cost(2, 1, BASE)
	}
	fn claim_payout() -> Weight {
		cost(6, 6, BASE)
	}
	fn declare_breach(t: u32) -> Weight {
		cost(5 + 50 * u64::from(t), 4, BASE)
	}
	fn declare_default(t: u32) -> Weight {
		cost(22 + 26 * u64::from(t), 5, BASE)
	}
	fn declare_uncured(t: u32) -> Weight {
		cost(22 + 50 * u64::from(t), 5, BASE)
	}
	fn cure(t: u32) -> Weight {
		cost(38 + 24 * u64::from(t), 5, BASE)
	}
	fn reassess(t: u32) -> Weight {
		cost(5 + 26 * u64::from(t), 3, BASE)
	}
	fn sweep_idle() -> Weight {
		cost(5, 2, BASE)
	}
	fn turn_round() -> Weight {
		cost(5, 2, BASE)
	}
	fn sweep_line() -> Weight {
		cost(2, 0, BASE + LOANS * PER_PERIOD)
	}
	fn count_line(t: u32) -> Weight {
		cost(2 + 26 * u64::from(t), 0, BASE + LOANS * PER_PERIOD)
	}
	fn rebook() -> Weight {
		cost(6, 3, 17 * BASE)
	}
	fn restate() -> Weight {
		cost(1 + MODELS, 1 + MODELS, BASE)
	}
	fn top_up_reserve() -> Weight {
		cost(5, 4, BASE)
	}
	fn withdraw_reserve(l: u32) -> Weight {
		cost(5 + u64::from(l), 4, BASE + u64::from(l) * LONGEST * PER_PERIOD)
	}
	fn start_auction(t: u32) -> Weight {
		cost(38 + 36 * u64::from(t), 3, BASE)
	}
	fn bid(t: u32) -> Weight {
		cost(12 + 3 * u64::from(t), 10, BASE)
	}
	fn settle_auction(t: u32, l: u32) -> Weight {
		let (t, l) = (u64::from(t), u64::from(l));
		cost(46 + 6 * t + l, 44 + 5 * t + l, BASE + l * LONGEST * PER_PERIOD)
	}
	fn credit_bid(t: u32, l: u32) -> Weight {
		Self::settle_auction(t, l)
	}
	fn resolve_lot(t: u32, l: u32) -> Weight {
		Self::settle_auction(t, l)
	}
	fn repay_loss() -> Weight {
		cost(16, 12, BASE)
	}
	fn cancel_auction() -> Weight {
		cost(8, 7, BASE)
	}
	fn withdraw_bid() -> Weight {
		cost(8, 7, BASE)
	}
}
