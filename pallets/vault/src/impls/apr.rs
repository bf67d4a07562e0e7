// SPDX-License-Identifier: Apache-2.0

//! Annual rates of a share.
//!
//! Realised figures come from the redemption price, at which savers leave: it moves by interest
//! when it is received and earned, by the bills, and by losses when they are expected. The price of
//! each day is kept in a ring.

use crate::{
	types::{PriceCheckpoint, Value},
	Config, Pallet, PriceCheckpoints, TotalAccrual, PRICE_CHECKPOINTS,
};
use caliber_math::{annualised_growth, mul_div, Rounding, SECONDS_PER_DAY, SECONDS_PER_YEAR, WAD};
use caliber_primitives::{traits::TreasuryBills, vault::AprReport, Balance, Seconds, ShareOf};
use polkadot_sdk::{
	frame_support::traits::Get,
	sp_runtime::{FixedI128, FixedU128, PerThing},
};

/// Maximum of days by which a price may be older than the day asked for, if no block had room to
/// write that of the day.
const LATE_DAYS: Seconds = 7;

impl<T: Config> Pallet<T> {
	/// Returns the place of a day in the ring.
	pub(crate) fn checkpoint_place(day: Seconds) -> u8 {
		// Less than the divisor, a u8.
		u8::try_from(day % Seconds::from(PRICE_CHECKPOINTS)).unwrap_or_default()
	}

	/// Returns true if the price of this day is still to be written.
	pub(crate) fn checkpoint_due() -> bool {
		let day = Self::now() / SECONDS_PER_DAY;
		PriceCheckpoints::<T>::get(Self::checkpoint_place(day))
			.is_none_or(|checkpoint| checkpoint.at / SECONDS_PER_DAY != day)
	}

	/// Writes the price of this day, if there is one and it is not written.
	pub(crate) fn write_checkpoint(value: &Value) {
		if value.shares > 0 && Self::checkpoint_due() {
			let at = Self::now();
			let checkpoint = PriceCheckpoint { at, price: value.redemption_price };
			PriceCheckpoints::<T>::insert(Self::checkpoint_place(at / SECONDS_PER_DAY), checkpoint);
		}
	}

	/// Returns the annual rates of a share.
	pub(crate) fn apr_report(value: &Value) -> AprReport {
		AprReport {
			realised_7: Self::realised(value, 7),
			realised_30: Self::realised(value, 30),
			realised_90: Self::realised(value, 90),
			forward: Self::forward(value),
			target: T::TargetApr::get(),
		}
	}

	/// Returns the annual growth of the redemption price since `days` ago, rounded down: from the
	/// price of that day or, if none was written then, the one before it.
	fn realised(value: &Value, days: Seconds) -> Option<FixedI128> {
		let now = Self::now();
		let day = (now / SECONDS_PER_DAY).checked_sub(days)?;
		let from = (0..=LATE_DAYS).find_map(|late| {
			let day = day.checked_sub(late)?;
			PriceCheckpoints::<T>::get(Self::checkpoint_place(day))
				.filter(|checkpoint| checkpoint.at / SECONDS_PER_DAY == day)
		})?;
		let (then, price) = (from.price.into_inner(), value.redemption_price.into_inner());
		let span = now.checked_sub(from.at)?;
		annualised_growth(then, price, span).ok().map(FixedI128::from_inner)
	}

	/// Returns the annual income of loans and bills, net of the fee, over the net asset value for
	/// deposits. Rounded down.
	fn forward(value: &Value) -> Option<FixedU128> {
		let interest = TotalAccrual::<T>::get().per_second.checked_mul(SECONDS_PER_YEAR.into())?;
		let kept = T::YieldFee::get().left_from_one().share_of(interest, Rounding::Down);
		let bills = Self::yield_of_bills(value.treasury_bills)?;
		let income = kept.checked_add(bills)?;
		mul_div(income, WAD, value.for_deposits, Rounding::Down).ok().map(FixedU128::from_inner)
	}

	/// Returns the annual income of bills of this value: zero while their yield is unknown, as
	/// [`AprReport::forward`] says. Returns `None` on overflow.
	fn yield_of_bills(bills: Balance) -> Option<Balance> {
		let rate = T::Bills::annual_yield().unwrap_or_default();
		mul_div(bills, rate.into_inner(), WAD, Rounding::Down).ok()
	}
}
