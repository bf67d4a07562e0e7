// SPDX-License-Identifier: Apache-2.0

//! Outages: time in which the chain made no blocks, which counts against nobody.

use crate::Seconds;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Least gap between the times of two blocks that counts as an outage, in seconds, exclusive.
pub const OUTAGE: Seconds = 60 * 60;

/// Gap between the times of two blocks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Outage {
	/// Time of the last block before it, unix seconds.
	pub from: Seconds,
	/// Time of the first block after it, unix seconds.
	pub until: Seconds,
}

/// Returns the end of a period that began at `from` and would end at `end`, later by the outages
/// that it met, which are given in the order of time.
///
/// A period stands still while the chain does: what an outage makes it longer by is the part of the
/// outage after the period's beginning, if the outage began before the period, made longer by
/// earlier outages, was over.
pub fn end_of(outages: impl IntoIterator<Item = Outage>, from: Seconds, end: Seconds) -> Seconds {
	outages.into_iter().fold(end, |end, outage| {
		let begins = outage.from.max(from);
		match begins < end && begins < outage.until {
			// An end beyond all times is never reached.
			true => end.saturating_add(outage.until - begins),
			false => end,
		}
	})
}

#[cfg(test)]
mod tests {
	use super::*;

	const fn gap(from: Seconds, until: Seconds) -> Outage {
		Outage { from, until }
	}

	#[test]
	fn end_of_should_be_the_end_when_no_outage_met_the_period() {
		assert_eq!(end_of([], 100, 200), 200);
		assert_eq!(end_of([gap(0, 50)], 100, 200), 200);
		assert_eq!(end_of([gap(0, 100)], 100, 200), 200);
		assert_eq!(end_of([gap(200, 900)], 100, 200), 200);
	}

	#[test]
	fn end_of_should_be_later_by_the_outage_when_it_lay_within() {
		assert_eq!(end_of([gap(120, 150)], 100, 200), 230);
		// The last 50 seconds are left after the outage.
		assert_eq!(end_of([gap(150, 1_000)], 100, 200), 1_050);
		// Begun before the period: only what came after the beginning.
		assert_eq!(end_of([gap(50, 150)], 100, 200), 250);
	}

	#[test]
	fn end_of_should_count_an_outage_that_met_only_the_longer_period() {
		assert_eq!(end_of([gap(150, 250), gap(280, 380)], 100, 200), 400);
		assert_eq!(end_of([gap(150, 250), gap(300, 380)], 100, 200), 300);
	}

	#[test]
	fn end_of_should_not_overflow_when_the_end_is_beyond_all_times() {
		assert_eq!(end_of([gap(1, 2)], 0, Seconds::MAX), Seconds::MAX);
	}
}
