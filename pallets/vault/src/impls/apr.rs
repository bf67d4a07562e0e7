// SPDX-License-Identifier: Apache-2.0

//! What a share earns in a year.
//!
//! Realised figures come from the redemption price: it moves by interest when it is received and
//! earned, by the bills, and by losses when they are expected, so that it is what a saver who leaves
//! has earned.
//! The price of each day is kept in a ring.

use crate::{
	types::{Checkpoint, Value},
	Checkpoints, Config, Pallet, Yield, CHECKPOINTS,
};
use caliber_math::{mul_div, share_of, Rounding, PPB, SECONDS_PER_YEAR, WAD};
use caliber_primitives::{traits::TreasuryBills, vault::AprReport, Balance, Seconds};
use polkadot_sdk::{
	frame_support::traits::Get,
	sp_runtime::{FixedI128, FixedU128},
};

/// Seconds of a day.
const DAY: Seconds = 86_400;

/// How many days a price may be older than it should, where no block had room to write it.
const LATE_DAYS: Seconds = 7;

impl<T: Config> Pallet<T> {
	/// The place of a day in the ring.
	pub(crate) fn checkpoint_place(day: Seconds) -> u8 {
		// Less than the divisor, a u8.
		u8::try_from(day % Seconds::from(CHECKPOINTS)).unwrap_or_default()
	}

	/// Whether the price of this day is still to be written.
	pub(crate) fn checkpoint_due() -> bool {
		let day = Self::now() / DAY;
		Checkpoints::<T>::get(Self::checkpoint_place(day))
			.is_none_or(|checkpoint| checkpoint.at / DAY != day)
	}

	/// Write the price of this day, where there is one and it is not written.
	pub(crate) fn write_checkpoint(value: &Value) {
		if value.shares > 0 && Self::checkpoint_due() {
			let at = Self::now();
			let checkpoint = Checkpoint { at, price: value.redemption_price };
			Checkpoints::<T>::insert(Self::checkpoint_place(at / DAY), checkpoint);
		}
	}

	/// What a share earns in a year.
	pub(crate) fn apr_report(value: &Value) -> AprReport {
		AprReport {
			realised_7: Self::realised(value, 7),
			realised_30: Self::realised(value, 30),
			realised_90: Self::realised(value, 90),
			forward: Self::forward(value),
			target: T::TargetApr::get(),
		}
	}

	/// What a share has earned since the price of `days` ago, for a year, rounded down; by the price
	/// before it where none was written on that day.
	fn realised(value: &Value, days: Seconds) -> Option<FixedI128> {
		let now = Self::now();
		let day = (now / DAY).checked_sub(days)?;
		let from = (0..=LATE_DAYS).find_map(|late| {
			let day = day.checked_sub(late)?;
			Checkpoints::<T>::get(Self::checkpoint_place(day))
				.filter(|checkpoint| checkpoint.at / DAY == day)
		})?;
		let (then, price) = (from.price.into_inner(), value.redemption_price.into_inner());
		let year = WAD.checked_mul(SECONDS_PER_YEAR.into())?;
		let base = then.checked_mul(now.checked_sub(from.at)?.into())?;
		let (moved, rounding) = match price.checked_sub(then) {
			Some(gain) => (gain, Rounding::Down),
			None => (then.checked_sub(price)?, Rounding::Up),
		};
		let annual = i128::try_from(mul_div(moved, year, base, rounding).ok()?).ok()?;
		let annual = if price < then { annual.checked_neg()? } else { annual };
		Some(FixedI128::from_inner(annual))
	}

	/// What loans and bills earn in a year, net of the fee, over the net asset value for deposits.
	fn forward(value: &Value) -> Option<FixedU128> {
		let interest = Yield::<T>::get().per_second.checked_mul(SECONDS_PER_YEAR.into())?;
		let kept = PPB.checked_sub(T::YieldFee::get().deconstruct())?;
		let interest = share_of(interest, kept, Rounding::Down).ok()?;
		let bills = Self::yield_of_bills(value.treasury_bills)?;
		let income = interest.checked_add(bills)?;
		mul_div(income, WAD, value.for_deposits, Rounding::Down).ok().map(FixedU128::from_inner)
	}

	/// What bills of this value earn in a year.
	fn yield_of_bills(bills: Balance) -> Option<Balance> {
		let rate = T::Bills::annual_yield().unwrap_or_default();
		mul_div(bills, rate.into_inner(), WAD, Rounding::Down).ok()
	}
}
