// SPDX-License-Identifier: Apache-2.0

//! Growth of an amount over a reference that follows it: the measure of the mint rate limit and of
//! the inflow limits.

use caliber_math::{mul_div, Rounding};
use caliber_primitives::{Balance, Seconds, ShareOf};
use codec::{Decode, Encode, MaxEncodedLen};
use polkadot_sdk::sp_runtime::Perbill;
use scale_info::TypeInfo;

/// Speed and height of a limit on growth.
#[derive(Clone, Copy)]
pub(crate) struct GrowthLimit {
	/// Largest growth as a share of what the limit is measured on.
	pub share: Perbill,
	/// Growth that is always permitted.
	pub floor: Balance,
	/// Time in which the reference moves by one allowance, in seconds; zero counts as one.
	pub period: Seconds,
}

impl GrowthLimit {
	/// Returns the largest growth over the reference: the share of `of`, rounded down, and at least
	/// the floor.
	pub fn allowance(&self, of: Balance) -> Balance {
		self.share.share_of(of, Rounding::Down).max(self.floor)
	}

	/// Returns the length of a period, which is not zero.
	pub fn period(&self) -> Seconds {
		self.period.max(1)
	}
}

/// The reference from which the growth of an amount counts.
///
/// The amount may be at most an allowance above the reference. The reference follows the amount,
/// upwards and downwards, by one allowance in a period. A decrease makes as much room as it is
/// large, and the room goes again as the reference falls. So an amount that goes down and up again
/// uses up nothing, and no one fills the limit without bringing money that stays.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Growth {
	/// The reference at `at`, in USDai.
	pub reference: Balance,
	/// Time of the last move of the reference, unix seconds.
	pub at: Seconds,
}

impl Growth {
	/// Returns a growth of nothing: the reference is the amount.
	pub(crate) fn start(amount: Balance, now: Seconds) -> Self {
		Self { reference: amount, at: now }
	}

	/// Returns the growth at `now` of an amount that has been `amount` since the last move. The
	/// reference moves by at most `allowance` in a `period`, which is not zero.
	pub(crate) fn followed(
		self,
		amount: Balance,
		allowance: Balance,
		period: Seconds,
		now: Seconds,
	) -> Self {
		let way = self.reference.abs_diff(amount);
		if way == 0 {
			return Self { at: now, ..self };
		}
		// Times, not amounts: the clock does not run backwards.
		let passed = now.saturating_sub(self.at);
		// A step that overflows is longer than any way.
		let step = mul_div(allowance, passed.into(), period.into(), Rounding::Down)
			.unwrap_or(Balance::MAX)
			.min(way);
		if step == 0 {
			// The time goes on counting: many small steps are as far as a long one.
			return self;
		}
		let reference = match self.reference < amount {
			// Neither sum can overflow: the step is not longer than the way to the amount.
			true => self.reference.saturating_add(step),
			false => self.reference.saturating_sub(step),
		};
		Self { reference, at: now }
	}

	/// Returns the growth that is still permitted to an amount.
	pub(crate) fn room(&self, amount: Balance, allowance: Balance) -> Balance {
		// If the sum overflows there is no limit. A limit that was lowered leaves no room.
		self.reference.saturating_add(allowance).saturating_sub(amount)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const DAY: Seconds = 86_400;

	/// Returns the room of an amount at `now`, with an allowance of 1 000 a day.
	fn room(growth: Growth, amount: Balance, now: Seconds) -> Balance {
		growth.followed(amount, 1_000, DAY, now).room(amount, 1_000)
	}

	#[test]
	fn room_should_refill_continuously_when_the_amount_has_grown() {
		let growth = Growth::start(5_000, 0);
		assert_eq!(room(growth, 5_000, 0), 1_000);
		assert_eq!(room(growth, 6_000, 0), 0);
		assert_eq!(room(growth, 6_000, DAY / 4), 250);
		assert_eq!(room(growth, 6_000, DAY), 1_000);
		assert_eq!(room(growth, 6_000, 9 * DAY), 1_000);
	}

	#[test]
	fn room_should_be_what_was_lost_as_well_when_the_amount_has_fallen() {
		let growth = Growth::start(5_000, 0);
		// 3 000 left and may come back, beside the allowance.
		assert_eq!(room(growth, 2_000, 0), 4_000);
		// A day later the reference has come down by 1 000.
		assert_eq!(room(growth, 2_000, DAY), 3_000);
		assert_eq!(room(growth, 2_000, 3 * DAY), 1_000);
		assert_eq!(room(growth, 2_000, 4 * DAY), 1_000);
	}

	#[test]
	fn followed_should_go_as_far_in_small_steps_as_in_a_long_one() {
		let mut growth = Growth::start(0, 0);
		for second in 0..=DAY {
			growth = growth.followed(10, 10, DAY, second);
		}
		assert_eq!(growth, Growth { reference: 10, at: DAY });
		// A step of nothing keeps the time.
		assert_eq!(Growth::start(0, 0).followed(10, 10, DAY, 8_639), Growth::start(0, 0));
	}

	#[test]
	fn followed_should_arrive_when_the_step_overflows() {
		let growth = Growth::start(7, 0).followed(u128::MAX, u128::MAX, 1, u64::MAX);
		assert_eq!(growth.reference, u128::MAX);
		assert_eq!(growth.room(u128::MAX, u128::MAX), 0);
		assert_eq!(Growth::start(9, 0).room(u128::MAX, 0), 0);
	}
}
