// SPDX-License-Identifier: Apache-2.0

//! Shares of amounts.

use crate::Balance;
use caliber_math::{share_of, Rounding};
use polkadot_sdk::sp_runtime::Perbill;

/// A share of a whole that tells its part of an amount.
pub trait ShareOf {
	/// Returns this share of `amount`, exact in 256 bits and rounded once as `rounding` says. Never
	/// more than `amount`.
	fn share_of(self, amount: Balance, rounding: Rounding) -> Balance;
}

impl ShareOf for Perbill {
	fn share_of(self, amount: Balance, rounding: Rounding) -> Balance {
		share_of(amount, self.deconstruct(), rounding)
			.expect("a Perbill is at most the whole, so the share is at most the amount; qed")
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use polkadot_sdk::sp_arithmetic::PerThing;

	#[test]
	fn share_of_should_round_as_named_when_a_remainder_is_left() {
		let third = Perbill::from_parts(333_333_333);
		assert_eq!(third.share_of(10, Rounding::Down), 3);
		assert_eq!(third.share_of(10, Rounding::Up), 4);
		assert_eq!(third.left_from_one().share_of(10, Rounding::Down), 6);
	}

	#[test]
	fn share_of_should_be_exact_when_the_share_is_none_or_all() {
		for rounding in [Rounding::Down, Rounding::Up] {
			assert_eq!(Perbill::zero().share_of(Balance::MAX, rounding), 0);
			assert_eq!(Perbill::one().share_of(Balance::MAX, rounding), Balance::MAX);
			// More parts than the whole are the whole.
			assert_eq!(Perbill::from_parts(u32::MAX).share_of(7, rounding), 7);
		}
	}
}
