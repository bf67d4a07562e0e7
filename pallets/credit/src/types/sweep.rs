// SPDX-License-Identifier: Apache-2.0

//! Progress of the work of idle blocks.

use caliber_primitives::{credit::RoundBook, traits::Round, LineId, Seconds};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Progress of the work of idle blocks.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct SweepState {
	/// The line that comes first: insurance proceeds came in for it.
	pub urgent: Option<LineId>,
	/// The line that was looked after last; none at the start of a round.
	pub last_line: Option<LineId>,
	/// True while the round looks at the covenants too.
	pub watching: bool,
	/// True if a new price asks for another look at all covenants.
	pub marked: bool,
	/// Time from which a round looks at the covenants without a new price, unix seconds.
	pub next_round_at: Seconds,
	/// Time at which the round that looks at the covenants began, unix seconds.
	pub begun: Seconds,
	/// True if that round has passed a line for which there was no time.
	pub passed: bool,
	/// Sums over the lines that round has looked at so far.
	pub sums: RoundBook,
	/// The last round that has looked at the covenants of all lines.
	pub last_round: Option<Round>,
}
