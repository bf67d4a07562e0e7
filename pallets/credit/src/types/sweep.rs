// SPDX-License-Identifier: Apache-2.0

//! Progress of the work of idle blocks.

use caliber_primitives::{LineId, LoanId, Seconds};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Progress of the work of idle blocks.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct SweepState {
	/// The line whose loans come first: insurance proceeds came in for it.
	pub urgent: Option<LineId>,
	/// The loan that was looked at last; none at the start of a round.
	pub last_loan: Option<LoanId>,
	/// The line that was watched last; none at the start of a round.
	pub last_line: Option<LineId>,
	/// True while a round over the lines is under way.
	pub watching: bool,
	/// True if a new price asks for another round over the lines.
	pub marked: bool,
	/// Time at which the next round over the lines begins without a new price, unix seconds.
	pub next_round_at: Seconds,
}
