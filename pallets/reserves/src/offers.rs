// SPDX-License-Identifier: Apache-2.0

//! State of the offers at which bills are traded: a clock and an allowance for each side, and the
//! loss of the day.

use caliber_math::{MathError, Meter, SECONDS_PER_HOUR};
use caliber_primitives::{reserves::BillSide, Balance, Seconds};
use codec::{Decode, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Offer of one side.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct OfferState {
	/// Time at which the path of the price began, unix seconds; fills move it forward. None while
	/// nothing is offered: the price then begins with the offer.
	pub since: Option<Seconds>,
	/// USDai filled: `hourly_limit` of it becomes free again in an hour.
	pub filled: Meter,
}

impl OfferState {
	/// Returns the seconds that the price has moved for, at most `period`.
	pub fn elapsed(&self, now: Seconds, period: Seconds) -> Seconds {
		self.since.map_or(0, |since| now.saturating_sub(since).min(period))
	}

	/// Returns the USDai that may still be filled in this hour.
	///
	/// # Errors
	/// See [`Meter::used_at`].
	pub fn left(&self, now: Seconds, limit: Balance) -> Result<Balance, MathError> {
		self.filled.left(now, limit, SECONDS_PER_HOUR)
	}

	/// Returns the state after a fill of `usdai` that leaves `elapsed` seconds of the path.
	///
	/// # Errors
	/// See [`Meter::with`].
	pub fn after(
		&self,
		now: Seconds,
		usdai: Balance,
		limit: Balance,
		elapsed: Seconds,
	) -> Result<Self, MathError> {
		// Saturating is safe here: a time, not an amount.
		let since = Some(now.saturating_sub(elapsed));
		Ok(Self { since, filled: self.filled.with(now, usdai, limit, SECONDS_PER_HOUR)? })
	}
}

/// Offers of both sides, and the loss of their fills.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct OfferBook {
	/// Offer to buy bills.
	pub buys: OfferState,
	/// Offer to sell bills.
	pub sells: OfferState,
	/// USDai lost against the oracle's price: `max_daily_loss` of the vault's assets becomes free
	/// again in a day.
	pub lost: Meter,
}

impl OfferBook {
	/// Returns the offer of a side.
	pub fn side(&self, side: BillSide) -> &OfferState {
		match side {
			BillSide::Buys => &self.buys,
			BillSide::Sells => &self.sells,
		}
	}

	/// Returns the offer of a side, to change it.
	pub fn side_mut(&mut self, side: BillSide) -> &mut OfferState {
		match side {
			BillSide::Buys => &mut self.buys,
			BillSide::Sells => &mut self.sells,
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const HOUR: Seconds = SECONDS_PER_HOUR;

	#[test]
	fn elapsed_should_be_none_before_the_offer_begins() {
		let mut state = OfferState::default();
		assert_eq!(state.elapsed(5_000, HOUR), 0);
		state.since = Some(4_000);
		assert_eq!(state.elapsed(3_999, HOUR), 0);
		assert_eq!(state.elapsed(5_000, HOUR), 1_000);
		assert_eq!(state.elapsed(9_000, HOUR), HOUR);
		assert_eq!(state.after(9_000, 10, 1_000, 600).unwrap().since, Some(8_400));
	}
}
