// SPDX-License-Identifier: Apache-2.0

//! Due dates, found day by day.

use std::sync::OnceLock;

use caliber_math::Calendar;

const DAY: i64 = 86_400;
/// First day of the table: 1 December 1969, 31 days before the epoch, for local times behind UTC.
const FIRST_DAY: i64 = -31;

#[derive(Clone, Copy)]
struct Date {
	year: u32,
	month: u32,
	day: u32,
}

impl Date {
	fn month_length(self) -> u32 {
		let divides = |by| self.year.is_multiple_of(by);
		let leap_year = divides(400) || (divides(4) && !divides(100));
		match self.month {
			4 | 6 | 9 | 11 => 30,
			2 if leap_year => 29,
			2 => 28,
			_ => 31,
		}
	}

	fn tomorrow(self) -> Self {
		let Self { year, month, day } = self;
		if day < self.month_length() {
			Self { day: day + 1, ..self }
		} else if month < 12 {
			Self { year, month: month + 1, day: 1 }
		} else {
			Self { year: year + 1, month: 1, day: 1 }
		}
	}
}

/// Returns the date of a day from 1 December 1969 to the end of 2149.
fn date(day: i64) -> Date {
	static DATES: OnceLock<Vec<Date>> = OnceLock::new();
	let dates = DATES.get_or_init(|| {
		let first = Date { year: 1969, month: 12, day: 1 };
		std::iter::successors(Some(first), |date| Some(date.tomorrow()))
			.take_while(|date| date.year < 2150)
			.collect()
	});
	dates[usize::try_from(day - FIRST_DAY).unwrap()]
}

/// Returns the local date of a moment, as days since the epoch.
fn local_day(moment: i64, offset: i64) -> i64 {
	(moment + offset).div_euclid(DAY)
}

/// Returns true if a date is the anchor of its month.
fn is_anchor(date: Date, day_of_month: u8) -> bool {
	date.day == u32::from(day_of_month).min(date.month_length())
}

/// Returns every due date of a loan.
pub fn due_dates(calendar: &Calendar, originated_at: u64) -> Vec<u64> {
	match *calendar {
		Calendar::Every { seconds, periods } => {
			(1..=u64::from(periods)).map(|k| originated_at + k * seconds).collect()
		}
		Calendar::Monthly { day: day_of_month, utc_offset_secs, duration_days } => {
			let originated_at = i64::try_from(originated_at).unwrap();
			let offset = i64::from(utc_offset_secs);
			let end = originated_at + i64::from(duration_days) * DAY;
			let mut due_dates = Vec::new();
			for day in local_day(originated_at, offset) + 1.. {
				if is_anchor(date(day), day_of_month) {
					let due_date = day * DAY - offset;
					due_dates.push(u64::try_from(due_date).unwrap());
					if due_date >= end {
						break;
					}
				}
			}
			due_dates
		}
	}
}

/// Returns true if the first payment period of a loan is a stub.
pub fn has_stub(calendar: &Calendar, originated_at: u64) -> bool {
	match *calendar {
		Calendar::Every { .. } => false,
		Calendar::Monthly { day, utc_offset_secs, .. } => {
			let originated_at = i64::try_from(originated_at).unwrap();
			!is_anchor(date(local_day(originated_at, utc_offset_secs.into())), day)
		}
	}
}
