// SPDX-License-Identifier: Apache-2.0

//! The weights of the calls.

use crate::frame_support::weights::{constants::RocksDbWeight, Weight};

/// The weight of each call.
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
	/// [`crate::Call::repay`] that settles `w` windows.
	fn repay(w: u32) -> Weight;
	/// [`crate::Call::payoff`] that settles `w` windows.
	fn payoff(w: u32) -> Weight;
	/// [`crate::Call::collect`] that settles `w` windows.
	fn collect(w: u32) -> Weight;
	/// [`crate::Call::top_up_reserve`].
	fn top_up_reserve() -> Weight;
	/// [`crate::Call::withdraw_reserve`] of a line with `l` loans.
	fn withdraw_reserve(l: u32) -> Weight;
}

/// Computation beside the database, in picoseconds of reference time.
const BASE: u64 = 30_000_000;
/// Computation of one window of a schedule.
const PER_WINDOW: u64 = 5_000_000;
/// The windows of the longest schedule: what a level payment walks whatever is paid.
const LONGEST: u64 = caliber_math::MAX_INSTALLMENTS as u64;
/// What a call may have to prove, for each value it reads.
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
		cost(22 + 12 * u64::from(t), 18, BASE + LONGEST * PER_WINDOW)
	}
	fn repay(w: u32) -> Weight {
		cost(18, 17, BASE + (LONGEST + u64::from(w)) * PER_WINDOW)
	}
	fn payoff(w: u32) -> Weight {
		Self::repay(w)
	}
	fn collect(w: u32) -> Weight {
		Self::repay(w)
	}
	fn top_up_reserve() -> Weight {
		cost(5, 4, BASE)
	}
	fn withdraw_reserve(l: u32) -> Weight {
		cost(5 + u64::from(l), 4, BASE + u64::from(l) * LONGEST * PER_WINDOW)
	}
}
