// SPDX-License-Identifier: Apache-2.0

//! Value of a machine by the cost, market and income approaches, and in a forced sale.

#[cfg(test)]
mod tests;

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use primitive_types::{U256, U512};
use scale_info::TypeInfo;

use crate::{mul_div, share_of, MathError, Rounding, PPB, WAD};

/// Seconds in a month of age or of economic life: 730 hours, a twelfth of a year of 365 days.
pub const MONTH_SECS: u64 = 2_628_000;
/// Largest number of points of a depreciation curve.
const MAX_CURVE_POINTS: usize = 16;

/// Hours in a month of income.
const MONTH_HOURS: u32 = 730;
/// Months in the year of a discount rate.
const MONTHS_PER_YEAR: u32 = 12;

/// Point of a depreciation curve.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct CurvePoint {
	/// Age, in months of [`MONTH_SECS`].
	pub age_months: u16,
	/// Share of the reference price that remains at that age, in parts per billion.
	pub factor: u32,
}

impl CurvePoint {
	/// Returns the age, in seconds.
	fn age_secs(&self) -> u64 {
		// Less than 2^16 months of less than 2^22 seconds.
		u64::from(self.age_months) * MONTH_SECS
	}
}

/// Ensures that a depreciation curve is valid: 1..=16 points, the first at age zero, ages strictly
/// increasing, factors never increasing and none more than the whole.
///
/// # Errors
/// [`MathError::InvalidTerms`] when it is not.
pub fn validate_curve(points: &[CurvePoint]) -> Result<(), MathError> {
	let starts_new =
		points.first().is_some_and(|first| first.age_months == 0 && first.factor <= PPB);
	let only_falls = points.windows(2).all(|pair| match pair {
		[younger, older] => younger.age_months < older.age_months && younger.factor >= older.factor,
		_ => false,
	});
	let valid = points.len() <= MAX_CURVE_POINTS && starts_new && only_falls;
	valid.then_some(()).ok_or(MathError::InvalidTerms)
}

/// Returns the value by the cost approach: `reference_price · curve(age) · condition`, 18 decimals,
/// rounded down once.
///
/// Between two points the curve is linear, to the second; after the last it is flat. `condition` is
/// in parts per billion.
///
/// # Errors
/// [`MathError::InvalidTerms`] when the curve is not valid or the condition more than the whole.
pub fn cost_value(
	reference_price: u128,
	curve: &[CurvePoint],
	age_secs: u64,
	condition: u32,
) -> Result<u128, MathError> {
	validate_curve(curve)?;
	if condition > PPB {
		return Err(MathError::InvalidTerms);
	}
	let (factor, whole) = curve_factor(curve, age_secs)?;
	// A factor and its whole are less than 2^68, a condition and its whole less than 2^30.
	let share = factor.checked_mul(condition.into()).ok_or(MathError::Overflow)?;
	let of = whole.checked_mul(PPB.into()).ok_or(MathError::Overflow)?;
	mul_div(reference_price, share, of, Rounding::Down)
}

/// Returns the factor of a valid curve at an age, as an exact fraction.
fn curve_factor(curve: &[CurvePoint], age_secs: u64) -> Result<(u128, u128), MathError> {
	let older = curve.iter().position(|point| point.age_secs() > age_secs).unwrap_or(curve.len());
	let from = older
		.checked_sub(1)
		.and_then(|younger| curve.get(younger))
		.ok_or(MathError::InvalidTerms)?;
	let Some(to) = curve.get(older) else {
		return Ok((from.factor.into(), PPB.into()));
	};
	// from.age <= age < to.age, and factors only fall.
	let span = u128::from(to.age_secs() - from.age_secs());
	let elapsed = u128::from(age_secs - from.age_secs());
	let lost = u128::from(from.factor - to.factor) * elapsed;
	Ok((u128::from(from.factor) * span - lost, span * u128::from(PPB)))
}

/// Returns the value by the market approach: `resale_price · condition`, 18 decimals, rounded down.
/// `condition` is in parts per billion.
///
/// # Errors
/// [`MathError::InvalidTerms`] when the condition is more than the whole.
pub fn market_value(resale_price: u128, condition: u32) -> Result<u128, MathError> {
	share_of(resale_price, condition, Rounding::Down)
}

/// Returns the value in a forced sale: `value · forced_sale_factor`, 18 decimals, rounded down. The
/// factor is in parts per billion.
///
/// # Errors
/// [`MathError::InvalidTerms`] when the factor is more than the whole.
pub fn liquidation_value(value: u128, forced_sale_factor: u32) -> Result<u128, MathError> {
	share_of(value, forced_sale_factor, Rounding::Down)
}

/// Returns the value above which independent appraisals keep a machine, 18 decimals: what two of
/// them say at least, or one alone, but not below `floor`.
///
/// `lowest` and `second` are the two lowest appraisals, `floor` the value in a forced sale. One alone
/// lowers the value to the floor at most; below it the second lowest counts, which both support.
/// Another appraisal never raises the result, and a higher floor never lowers it.
pub fn appraisal_cap(lowest: u128, second: Option<u128>, floor: u128) -> u128 {
	lowest.max(second.map_or(floor, |second| second.min(floor)))
}

/// Returns the whole months (of [`MONTH_SECS`]) of an economic life that remain at an age; zero
/// past its end.
pub fn remaining_months(economic_life_months: u16, age_secs: u64) -> u32 {
	// floor(life − age) = life − ceil(age), in months.
	u32::try_from(age_secs.div_ceil(MONTH_SECS))
		.ok()
		.and_then(|used| u32::from(economic_life_months).checked_sub(used))
		.unwrap_or(0)
}

/// Income of a unit over the rest of its life.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Income {
	/// Rent of an hour in use, 18 decimals.
	pub rental_per_hour: u128,
	/// Share of hours in use, in parts per billion.
	pub utilisation: u32,
	/// Cost of every hour, in use or not, 18 decimals.
	pub opex_per_hour: u128,
	/// Income of every hour, in use or not, that the unit really had, 18 decimals: the rent by hours
	/// in use counts for no more. `None` while too little of it is known.
	pub earned_per_hour: Option<u128>,
	/// Annual discount rate, at 1e-18; that of a month is a twelfth of it.
	pub discount_rate: u128,
	/// Months of income that remain.
	pub remaining_months: u32,
}

/// Fractional bits of a discount factor.
const FACTOR_BITS: usize = 240;

/// Returns the value by the income approach: the present value of the remaining months, 18
/// decimals, rounded down; zero when the machine costs what it earns or more.
///
/// With c the income of a month, i = `discount_rate` / 12 and n months it is the annuity
/// `c · (1 − (1 + i)^−n) / i`, and `c · n` when nothing is discounted.
///
/// # Accuracy
/// Never above the exact value, and at most one unit (1e-18 dollar) below its floor. `(1 + i)^−n`
/// is computed with 240 fractional bits, every step rounded up, and is at most 2n·2^−240 too high:
/// an error e of one power and f of another make e + f + 2^−240 of their product. All else is
/// exact. The result is therefore less than c·2n·2^−240/i + 1 below the exact value; with c <
/// 2^138, n < 2^32 and 1/i < 2^64 for whatever the types hold, that is less than 1/32 of a unit
/// before the one rounding.
///
/// # Errors
/// - [`MathError::InvalidTerms`] when the utilisation is more than the whole.
/// - [`MathError::Overflow`] when the value does not fit `u128`.
pub fn income_value(income: &Income) -> Result<u128, MathError> {
	if income.utilisation > PPB {
		return Err(MathError::InvalidTerms);
	}
	// In parts per billion of a unit: less than 2^158 an hour, 2^168 a month.
	let rent = U256::from(income.rental_per_hour) * U256::from(income.utilisation);
	let cap = income.earned_per_hour.map(|earned| U256::from(earned) * U256::from(PPB));
	let earned = cap.map_or(rent, |cap| cap.min(rent));
	let spent = U256::from(income.opex_per_hour) * U256::from(PPB);
	let Some(monthly) = earned.checked_sub(spent).map(|hourly| hourly * U256::from(MONTH_HOURS))
	else {
		return Ok(0);
	};
	let (numerator, denominator) = if income.discount_rate == 0 {
		(monthly.full_mul(income.remaining_months.into()), U512::from(PPB))
	} else {
		// c · (1 − v^n) / i with v^n at 2^−240 and 1/i = 12e18 / rate: less than 2^472 over 2^398.
		let lost = (U256::one() << FACTOR_BITS)
			.checked_sub(discount_factor(income.discount_rate, income.remaining_months)?)
			.ok_or(MathError::Overflow)?;
		let numerator = monthly.full_mul(lost).checked_mul(twelve_wholes().into());
		let denominator = U256::from(PPB) * U256::from(income.discount_rate);
		(numerator.ok_or(MathError::Overflow)?, U512::from(denominator) << FACTOR_BITS)
	};
	let value = numerator.checked_div(denominator).ok_or(MathError::DivisionByZero)?;
	u128::try_from(value).map_err(|_| MathError::Overflow)
}

/// Returns `(1 + rate / 12)^−months`, at 2^−240, every step rounded up, by squaring.
fn discount_factor(annual_rate: u128, months: u32) -> Result<U256, MathError> {
	// Factors are at most 2^240, so a product at most 2^480, and one step up cannot leave 2^240.
	let times = |a: U256, b: U256| {
		U256::try_from(shifted_up(a.full_mul(b))).map_err(|_| MathError::Overflow)
	};
	let one_month = {
		let whole = U512::from(twelve_wholes()) << FACTOR_BITS;
		let (factor, remainder) = whole.div_mod(U512::from(twelve_wholes() + annual_rate));
		let factor = U256::try_from(factor).map_err(|_| MathError::Overflow)?;
		if remainder.is_zero() {
			factor
		} else {
			factor + U256::one()
		}
	};
	let mut factor = U256::one() << FACTOR_BITS;
	let mut square = one_month;
	let mut exponent = months;
	while exponent > 0 {
		if exponent & 1 == 1 {
			factor = times(factor, square)?;
		}
		square = times(square, square)?;
		exponent >>= 1;
	}
	Ok(factor)
}

/// Returns `ceil(product / 2^240)`.
fn shifted_up(product: U512) -> U512 {
	let floor = product >> FACTOR_BITS;
	if floor << FACTOR_BITS == product {
		floor
	} else {
		floor + U512::one()
	}
}

/// Returns twelve at 1e-18.
fn twelve_wholes() -> U256 {
	U256::from(WAD) * U256::from(MONTHS_PER_YEAR)
}
