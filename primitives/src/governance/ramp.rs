// SPDX-License-Identifier: Apache-2.0

//! Ramps: values that move linearly from the old one to the new one, because they move the price of
//! a share.

use super::Quantity;
use crate::Seconds;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// A value on its way.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Ramped<V> {
	/// Value up to `starts_at`.
	from: V,
	/// Value from `ends_at` on.
	to: V,
	/// Second in which the move begins, unix seconds.
	starts_at: Seconds,
	/// Second in which the move is complete, unix seconds.
	ends_at: Seconds,
}

impl<V: Quantity> Ramped<V> {
	/// Returns a value that stands still.
	pub const fn new(value: V) -> Self {
		Self { from: value, to: value, starts_at: 0, ends_at: 0 }
	}

	/// Returns the value on which it comes to rest.
	pub fn target(&self) -> V {
		self.to
	}

	/// Returns the second in which the move is complete, unix seconds; zero if it never moved.
	pub fn ends_at(&self) -> Seconds {
		self.ends_at
	}

	/// Returns the value at `now`, between both ends in proportion to the time, rounded towards the
	/// old one.
	pub fn at(&self, now: Seconds) -> V {
		if now >= self.ends_at {
			return self.to;
		}
		let passed = now.max(self.starts_at) - self.starts_at;
		V::between(self.from, self.to, passed, self.ends_at - self.starts_at)
	}

	/// Lets the value move to `to` within `period` seconds from `now`, from where it stands then.
	pub fn move_to(&mut self, to: V, now: Seconds, period: Seconds) {
		// An end beyond all times is never reached, and the move goes on for ever.
		*self =
			Self { from: self.at(now), to, starts_at: now, ends_at: now.saturating_add(period) };
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use polkadot_sdk::sp_runtime::Perbill;

	#[test]
	fn at_should_move_linearly_when_the_value_is_on_its_way() {
		let mut haircut = Ramped::new(Perbill::from_percent(20));
		assert_eq!(haircut.at(0), Perbill::from_percent(20));
		haircut.move_to(Perbill::from_percent(10), 1_000, 100);
		assert_eq!(haircut.at(900), Perbill::from_percent(20));
		assert_eq!(haircut.at(1_000), Perbill::from_percent(20));
		assert_eq!(haircut.at(1_025), Perbill::from_parts(175_000_000));
		assert_eq!(haircut.at(1_100), Perbill::from_percent(10));
		assert_eq!(haircut.target(), Perbill::from_percent(10));
	}

	#[test]
	fn move_to_should_go_on_from_where_it_stands_when_it_is_turned_back() {
		let mut fee = Ramped::new(100u128);
		fee.move_to(200, 0, 100);
		fee.move_to(100, 50, 100);
		assert_eq!(fee.at(50), 150);
		assert_eq!(fee.at(100), 125);
		assert_eq!(fee.at(150), 100);
	}

	#[test]
	fn move_to_should_be_at_once_when_there_is_no_period() {
		let mut fee = Ramped::new(100u128);
		fee.move_to(7, 50, 0);
		assert_eq!(fee.at(50), 7);
	}
}
