// SPDX-License-Identifier: Apache-2.0

//! Agenda of decided calls, from which one may be struck.

use caliber_primitives::Seconds;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::{frame_support::dispatch::DispatchResult, sp_core::H256};
use scale_info::TypeInfo;

/// Time for which the committee cannot strike a call again, in seconds, as for tempo 1.
pub const VETO_REST: Seconds = 180 * 86_400;
/// Largest number of calls that the committee may have struck within [`VETO_REST`].
pub const MAX_VETOES: u32 = 64;

/// Place of a call in the agenda.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum Veto {
	/// Enactment of a referendum, by the index of the referendum.
	#[codec(index = 0)]
	Referendum(u32),
	/// Task of the scheduler, by its place.
	#[codec(index = 1)]
	Task {
		/// Block for which it is scheduled, of those that governance counts.
		when: u32,
		/// Index in the agenda of that block.
		index: u32,
	},
}

/// Agenda of decided calls.
pub trait Agenda {
	/// Returns the hash of the decided call that stands there; `None` if there is none.
	fn hash_of(what: &Veto) -> Option<H256>;
	/// Removes the call.
	fn strike(what: &Veto) -> DispatchResult;
	/// Fills an agenda and returns the place of a decided call in it, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_task() -> Veto;
}
