// SPDX-License-Identifier: Apache-2.0

//! State of the offers at which bills are traded: a clock and an allowance for each side, and the
//! loss of the day.

use caliber_math::{mul_div, MathError, Rounding, SECONDS_PER_HOUR};
use caliber_primitives::{reserves::BillSide, Balance, Seconds};
use codec::{Decode, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Amount that is used up and becomes free again by the clock: a limit in a period frees as much in
/// each second. After a pause the whole limit is free, so a period sees less than twice the limit.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Meter {
	/// Amount in use at `at`.
	pub used: Balance,
	/// Time of the last use, unix seconds.
	pub at: Seconds,
}

impl Meter {
	/// Returns the amount that is still in use at `now`, rounded up.
	///
	/// # Errors
	/// [`MathError::Overflow`] where the amount freed does not fit: never for limits in USDai.
	pub fn used_at(
		&self,
		now: Seconds,
		limit: Balance,
		period: Seconds,
	) -> Result<Balance, MathError> {
		let passed = now.saturating_sub(self.at).min(period);
		let freed = mul_div(limit, passed.into(), period.into(), Rounding::Down)?;
		// Saturating is meant: more than was used cannot become free.
		Ok(self.used.saturating_sub(freed))
	}

	/// Returns the amount that is free at `now`; none where governance has lowered the limit below
	/// what is in use.
	///
	/// # Errors
	/// See [`Self::used_at`].
	pub fn left(
		&self,
		now: Seconds,
		limit: Balance,
		period: Seconds,
	) -> Result<Balance, MathError> {
		Ok(limit.saturating_sub(self.used_at(now, limit, period)?))
	}

	/// Returns the meter with `amount` used at `now`.
	///
	/// # Errors
	/// [`MathError::Overflow`] where the sum does not fit.
	pub fn with(
		&self,
		now: Seconds,
		amount: Balance,
		limit: Balance,
		period: Seconds,
	) -> Result<Self, MathError> {
		let used = self.used_at(now, limit, period)?;
		Ok(Self { used: used.checked_add(amount).ok_or(MathError::Overflow)?, at: now })
	}
}

/// Offer of one side.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct OfferState {
	/// Time at which the path of the price began, unix seconds; fills move it forward. None while
	/// nothing is offered: the price then begins with the offer.
	pub since: Option<Seconds>,
	/// USDai filled, of `hourly_limit` in an hour.
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
	/// USDai lost against the oracle's price, of a share of the vault's assets in a day.
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
	fn meter_should_free_a_limit_in_a_period() {
		let meter = Meter::default().with(1_000, 900, 1_000, HOUR).unwrap();
		assert_eq!(meter, Meter { used: 900, at: 1_000 });
		assert_eq!(meter.left(1_000, 1_000, HOUR), Ok(100));
		// 1 000 · 1 800 / 3 600.
		assert_eq!(meter.left(2_800, 1_000, HOUR), Ok(600));
		assert_eq!(meter.left(4_240, 1_000, HOUR), Ok(1_000));
		assert_eq!(meter.left(u64::MAX, 1_000, HOUR), Ok(1_000));
		// What is freed is rounded down.
		assert_eq!(meter.used_at(1_003, 1_000, HOUR), Ok(900));
		assert_eq!(meter.used_at(1_004, 1_000, HOUR), Ok(899));
		// A lower limit frees less, and leaves nothing at first.
		assert_eq!(meter.left(1_000, 500, HOUR), Ok(0));
		assert_eq!(meter.left(4_600, 500, HOUR), Ok(100));
		let more = meter.with(2_800, 500, 1_000, HOUR).unwrap();
		assert_eq!(more, Meter { used: 900, at: 2_800 });
		assert_eq!(meter.with(1_000, u128::MAX, 1_000, HOUR), Err(MathError::Overflow));
	}

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
