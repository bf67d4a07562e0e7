// SPDX-License-Identifier: Apache-2.0

//! Civil dates, in the proleptic Gregorian calendar.
//!
//! A *day* is counted from 1970-01-01, a *month* from January of the year 0. The conversions are
//! those of Howard Hinnant, "chrono-compatible low-level date algorithms" (2013,
//! <https://howardhinnant.github.io/date_algorithms.html>): a year that begins in March has its
//! leap day at the end, and 400 years are 146 097 days.
//!
//! No sum or product here can overflow: unix seconds in `u64`, with or without an offset and a
//! term, are less than 2^65 on either side, so a day is less than 2^49 and a month less than 2^44.

use crate::{MathError, SECONDS_PER_DAY};

/// Days in 400 years.
const DAYS_PER_ERA: i64 = 146_097;
/// Days from 0000-03-01 to 1970-01-01.
const UNIX_EPOCH: i64 = 719_468;

/// Returns the day of the local second `local`.
pub(super) fn day_of(local: i128) -> Result<i64, MathError> {
	i64::try_from(local.div_euclid(SECONDS_PER_DAY.into())).map_err(|_| MathError::Overflow)
}

/// Returns the first local second of `day`.
pub(super) fn midnight(day: i64) -> i128 {
	i128::from(day) * i128::from(SECONDS_PER_DAY)
}

/// Returns the month of `day`.
pub(super) fn month_of(day: i64) -> i64 {
	let since_march = day + UNIX_EPOCH;
	let era = since_march.div_euclid(DAYS_PER_ERA);
	let day_of_era = since_march.rem_euclid(DAYS_PER_ERA);
	let year_of_era =
		(day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
	let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	let months_since_march = (5 * day_of_year + 2) / 153;
	// March is month 2 of its year, counted from zero.
	(era * 400 + year_of_era) * 12 + months_since_march + 2
}

/// Returns the first day of `month`.
fn first_day(month: i64) -> i64 {
	let since_march = month - 2;
	let year = since_march.div_euclid(12);
	let era = year.div_euclid(400);
	let year_of_era = year.rem_euclid(400);
	let day_of_year = (153 * since_march.rem_euclid(12) + 2) / 5;
	let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	era * DAYS_PER_ERA + day_of_era - UNIX_EPOCH
}

/// Returns the anchor of `month`: the day numbered `day_of_month`, or the last day when the month
/// is shorter.
pub(super) fn anchor(month: i64, day_of_month: u8) -> i64 {
	(first_day(month) + i64::from(day_of_month) - 1).min(first_day(month + 1) - 1)
}

/// Returns the month of the first anchor whose midnight is at or after the local second `local`.
pub(super) fn first_anchor_from(local: i128, day_of_month: u8) -> Result<i64, MathError> {
	let month = month_of(day_of(local)?);
	let passed = midnight(anchor(month, day_of_month)) < local;
	Ok(if passed { month + 1 } else { month })
}

#[cfg(test)]
mod tests {
	use super::*;

	/// Returns the civil date of a day, by this module's months.
	fn date(day: i64) -> (i64, i64, i64) {
		let month = month_of(day);
		(month.div_euclid(12), month.rem_euclid(12) + 1, day - first_day(month) + 1)
	}

	#[test]
	fn dates_should_be_those_of_the_gregorian_calendar() {
		assert_eq!(date(0), (1970, 1, 1));
		assert_eq!(date(-1), (1969, 12, 31));
		assert_eq!(date(59), (1970, 3, 1));
		assert_eq!(date(11_016), (2000, 2, 29));
		assert_eq!(date(11_017), (2000, 3, 1));
		assert_eq!(date(21_243), (2028, 2, 29));
		assert_eq!(date(47_540), (2100, 2, 28));
		assert_eq!(date(47_541), (2100, 3, 1));
		assert_eq!(date(-719_468), (0, 3, 1));
		assert_eq!(date(-719_469), (0, 2, 29));
		assert_eq!(date(-719_529), (-1, 12, 31));
	}

	#[test]
	fn dates_should_follow_one_another_over_eight_centuries() {
		let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
		let length = |year, month| match month {
			2 if leap(year) => 29,
			2 => 28,
			4 | 6 | 9 | 11 => 30,
			_ => 31,
		};
		let mut expected = (1970, 1, 1);
		for day in 0..2 * DAYS_PER_ERA {
			assert_eq!(date(day), expected);
			let (year, month, day_of_month) = expected;
			expected = if day_of_month < length(year, month) {
				(year, month, day_of_month + 1)
			} else if month < 12 {
				(year, month + 1, 1)
			} else {
				(year + 1, 1, 1)
			};
		}
	}

	#[test]
	fn anchor_should_be_the_last_day_when_the_month_is_shorter() {
		let february = |year: i64| year * 12 + 1;
		assert_eq!(date(anchor(february(2028), 31)), (2028, 2, 29));
		assert_eq!(date(anchor(february(2028), 29)), (2028, 2, 29));
		assert_eq!(date(anchor(february(2027), 29)), (2027, 2, 28));
		assert_eq!(date(anchor(february(2100), 30)), (2100, 2, 28));
		assert_eq!(date(anchor(february(2028) + 2, 31)), (2028, 4, 30));
		assert_eq!(date(anchor(february(2028), 1)), (2028, 2, 1));
	}

	#[test]
	fn dates_should_be_exact_when_the_second_is_the_last_of_its_type() {
		// floor((2^64 − 1) / 86 400) days; only that no step on the way overflows matters.
		let day = day_of(u64::MAX.into()).unwrap();
		assert_eq!(day, 213_503_982_334_601);
		let (_, month, day_of_month) = date(day);
		assert!((1..=12).contains(&month) && (1..=31).contains(&day_of_month));
	}
}
