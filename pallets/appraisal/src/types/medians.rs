// SPDX-License-Identifier: Apache-2.0

//! Median of a key, kept beside the accepted value: what new debt looks at too.

use caliber_math::SECONDS_PER_DAY;
use caliber_primitives::{appraisal::OracleValue, Seconds};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Time for which a value may be unusable without losing its history, in seconds. It belongs to how
/// long a value stays good, which no tempo divides.
pub const LONGEST_GAP: Seconds = SECONDS_PER_DAY;

/// Last median of a key, and the start of the history that makes its value fit for new debt.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Median {
	/// Median of the fresh reports at the last acceptance, not limited in its move.
	pub value: OracleValue,
	/// Acceptance since which the value was never unusable for more than [`LONGEST_GAP`], unix
	/// seconds.
	pub usable_since: Seconds,
}

impl Median {
	/// Returns the first second in which the value is fit for new debt.
	pub fn seasoned_at(&self, period: Seconds) -> Seconds {
		self.usable_since.saturating_add(period)
	}
}
