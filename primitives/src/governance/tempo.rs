// SPDX-License-Identifier: Apache-2.0

//! The tempo of a chain, which divides the times that somebody has to wait for.
//!
//! It is 1 on a live chain and set at genesis. On the development chain it is high, so that a whole
//! life of a credit line fits into minutes. It does not divide how long a thing stays good, nor the
//! periods over which amounts are limited.

use crate::Seconds;

/// Least wait on a chain of any tempo, in seconds: two blocks. A wait that is shorter by itself
/// stays as it is.
pub const SHORTEST_WAIT: Seconds = 12;

/// Returns `wait` divided by `tempo`, in seconds, rounded down, and not less than
/// [`SHORTEST_WAIT`]. A tempo of zero counts as 1.
pub fn shortened(wait: Seconds, tempo: u32) -> Seconds {
	(wait / Seconds::from(tempo.max(1))).max(wait.min(SHORTEST_WAIT))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn shortened_should_keep_a_wait_when_the_tempo_is_one() {
		for wait in [0, 5, 12, 86_400, Seconds::MAX] {
			assert_eq!(shortened(wait, 1), wait);
			assert_eq!(shortened(wait, 0), wait);
		}
	}

	#[test]
	fn shortened_should_divide_down_to_two_blocks_when_the_chain_is_fast() {
		// A month in two minutes.
		assert_eq!(shortened(30 * 86_400, 21_600), 120);
		assert_eq!(shortened(86_400, 21_600), 12);
		assert_eq!(shortened(3_600, 21_600), 12);
		assert_eq!(shortened(12, 21_600), 12);
		assert_eq!(shortened(5, 21_600), 5);
		assert_eq!(shortened(0, 21_600), 0);
	}
}
