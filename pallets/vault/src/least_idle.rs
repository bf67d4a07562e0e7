// SPDX-License-Identifier: Apache-2.0

//! The least idle USDai of each of the last days: what has lain idle for some days is known without
//! a look at what happened in them.

use caliber_primitives::Balance;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Number of days whose least is kept: this one, and those of the longest time that is asked for.
pub const DAYS: usize = 8;

/// The least idle USDai of each of the last [`DAYS`] days.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct LeastIdle {
	/// Number of the last day noted. A day is as long as the chain's tempo makes it.
	pub day: u64,
	/// Idle USDai as it was noted last.
	pub idle: Balance,
	/// Least of the day noted last, then of each day before it.
	pub least: [Balance; DAYS],
}

impl LeastIdle {
	/// Returns the record at the begin of `day`, or in it: on the days that have passed since the
	/// last note the idle USDai was as it was noted.
	fn on(mut self, day: u64) -> Self {
		// A day that is not later is the same: time does not go back.
		let passed = day.saturating_sub(self.day);
		let new = usize::try_from(passed).unwrap_or(DAYS).min(DAYS);
		self.least.rotate_right(new % DAYS);
		for least in self.least.iter_mut().take(new) {
			*least = self.idle;
		}
		self.day = self.day.max(day);
		self
	}

	/// Returns the record with the idle USDai after a change on `day`.
	pub fn noted(self, day: u64, idle: Balance) -> Self {
		let mut record = self.on(day);
		if let Some(today) = record.least.first_mut() {
			*today = idle.min(*today);
		}
		record.idle = idle;
		record
	}

	/// Returns the record after `amount` was taken on `day` out of what has lain longest: each day
	/// has as much less.
	pub fn taken(self, day: u64, amount: Balance) -> Self {
		let mut record = self.on(day);
		for least in &mut record.least {
			// Saturating is meant: on a day with less idle USDai none of it is left.
			*least = least.saturating_sub(amount);
		}
		record.idle = record.idle.saturating_sub(amount);
		record
	}

	/// Returns the least from the begin of the day `days` before `day`, at most seven, until now.
	pub fn since(self, day: u64, days: u64) -> Balance {
		let count = usize::try_from(days).unwrap_or(DAYS).saturating_add(1);
		self.on(day).least.into_iter().take(count).min().unwrap_or(0)
	}

	/// Returns the record of an amount that has lain idle on all days.
	#[cfg(feature = "runtime-benchmarks")]
	pub fn always(day: u64, idle: Balance) -> Self {
		Self { day, idle, least: [idle; DAYS] }
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	#[test]
	fn since_should_be_the_least_of_the_days() {
		let first = LeastIdle::default().noted(10, 100);
		// Nothing lay there when the day began.
		assert_eq!(first.since(10, 0), 0);
		assert_eq!(first.since(11, 0), 100);
		assert_eq!((first.since(13, 2), first.since(13, 3), first.since(14, 3)), (100, 0, 100));
		let later = first.noted(12, 70).noted(12, 90);
		assert_eq!((later.since(12, 1), later.since(14, 1), later.since(14, 2)), (70, 90, 70));
		assert_eq!(later.since(1_000, 7), 90);
		assert_eq!(later.since(1_000, 99), 90);
	}

	#[test]
	fn taken_should_be_less_on_every_day() {
		let old = LeastIdle::default().noted(1, 100);
		// As much came today.
		let record = old.noted(9, 200);
		assert_eq!(record.since(9, 3), 100);
		let after = record.taken(9, 60).noted(9, 140);
		assert_eq!((after.since(9, 3), after.since(12, 3), after.since(13, 3)), (40, 40, 140));
		// The old money is gone, and the new one is not older by that.
		let spent = after.taken(9, 40).noted(9, 100);
		assert_eq!((spent.since(9, 3), spent.since(12, 3), spent.since(13, 3)), (0, 0, 100));
	}

	proptest! {
		/// The record is the same as a look at every change.
		#[test]
		fn since_should_be_that_of_a_scan(
			changes in prop::collection::vec((0..4u64, 0..1_000u128), 1..40),
			asked in 0..12u64,
			days in 0..8u64,
		) {
			let mut record = LeastIdle::default();
			let mut day = 5;
			// Idle USDai from the begin of each change on.
			let mut history = vec![(0, 0)];
			for (passed, idle) in changes {
				day += passed;
				record = record.noted(day, idle);
				history.push((day, idle));
			}
			let today = day + asked;
			let from = today.saturating_sub(days);
			// What was idle when the day began, and after each change since.
			let before = history.iter().rfind(|(day, _)| *day < from).map(|(_, idle)| *idle);
			let since = history.iter().filter(|(day, _)| *day >= from).map(|(_, idle)| *idle);
			let scanned = before.into_iter().chain(since).min().unwrap();
			prop_assert_eq!(record.since(today, days), scanned);
		}
	}
}
