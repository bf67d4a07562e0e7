// SPDX-License-Identifier: Apache-2.0

use super::*;
use crate::SECONDS_PER_HOUR;

const DAY: u64 = SECONDS_PER_DAY;
const HOUR: u64 = SECONDS_PER_HOUR;

/// 2026-01-01 00:00:00 UTC.
const Y2026: u64 = 1_767_225_600;
/// 2027-12-01 00:00:00 UTC.
const DEC_2027: u64 = 1_827_619_200;

fn monthly(day: u8, utc_offset_secs: i32, duration_days: u32) -> Calendar {
	Calendar::Monthly { day, utc_offset_secs, duration_days }
}

fn has_stub(calendar: Calendar, originated_at: u64) -> Result<bool, MathError> {
	Ok(calendar.due_dates(originated_at)?.has_stub)
}

fn due_dates(calendar: Calendar, originated_at: u64) -> Vec<u64> {
	let count = calendar.count(originated_at).unwrap();
	(0..count).map(|k| calendar.due_date(originated_at, k).unwrap()).collect()
}

#[test]
fn validate_should_accept_when_parameters_are_at_their_bounds() {
	for calendar in [
		monthly(1, -50_400, 1),
		monthly(31, 50_400, 4_000),
		Calendar::Every { seconds: 6, periods: 1 },
		Calendar::Every { seconds: 6, periods: 512 },
		Calendar::Every { seconds: 4_000 * DAY, periods: 1 },
		Calendar::Every { seconds: 675_000, periods: 512 },
	] {
		assert_eq!(calendar.validate(), Ok(()), "{calendar:?}");
	}
}

#[test]
fn every_question_should_refuse_when_a_parameter_is_beyond_its_bound() {
	for calendar in [
		monthly(0, 0, 30),
		monthly(32, 0, 30),
		monthly(1, 50_401, 30),
		monthly(1, -50_401, 30),
		monthly(1, i32::MIN, 30),
		monthly(1, 0, 0),
		monthly(1, 0, 4_001),
		Calendar::Every { seconds: 5, periods: 1 },
		Calendar::Every { seconds: 6, periods: 0 },
		Calendar::Every { seconds: 6, periods: 513 },
		Calendar::Every { seconds: 4_000 * DAY + 1, periods: 1 },
		Calendar::Every { seconds: 675_001, periods: 512 },
		Calendar::Every { seconds: u64::MAX, periods: 512 },
	] {
		assert_eq!(calendar.validate(), Err(MathError::InvalidTerms), "{calendar:?}");
		assert_eq!(calendar.count(Y2026), Err(MathError::InvalidTerms));
		assert_eq!(calendar.due_date(Y2026, 0), Err(MathError::InvalidTerms));
		assert_eq!(calendar.period_start(Y2026, 0), Err(MathError::InvalidTerms));
		assert_eq!(has_stub(calendar, Y2026), Err(MathError::InvalidTerms));
		assert_eq!(calendar.periods_ended(Y2026, Y2026), Err(MathError::InvalidTerms));
		assert_eq!(calendar.due_dates_reached(Y2026, Y2026), Err(MathError::InvalidTerms));
	}
}

#[test]
fn monthly_should_begin_with_a_stub_when_drawn_before_the_anchor() {
	// Drawn on 10 January at noon, due on the 15th, 60 days: to 11 March noon.
	let originated_at = Y2026 + 9 * DAY + 12 * HOUR;
	let calendar = monthly(15, 0, 60);
	assert_eq!(has_stub(calendar, originated_at), Ok(true));
	// 15 January, 15 February; 15 March is the first at or after the end.
	assert_eq!(
		due_dates(calendar, originated_at),
		[Y2026 + 14 * DAY, Y2026 + 45 * DAY, Y2026 + 73 * DAY]
	);
	assert_eq!(calendar.period_start(originated_at, 0), Ok(originated_at));
	assert_eq!(calendar.period_start(originated_at, 1), Ok(Y2026 + 14 * DAY));
}

#[test]
fn monthly_should_begin_next_month_with_a_stub_when_drawn_after_the_anchor() {
	let originated_at = Y2026 + 15 * DAY;
	let calendar = monthly(15, 0, 30);
	assert_eq!(has_stub(calendar, originated_at), Ok(true));
	// The end is 15 February 00:00: that anchor is not strictly before it, but the first at it.
	assert_eq!(due_dates(calendar, originated_at), [Y2026 + 45 * DAY]);
	// A second later it is strictly before the end, and 15 March is the first at or after.
	assert_eq!(due_dates(calendar, originated_at + 1), [Y2026 + 45 * DAY, Y2026 + 73 * DAY]);
}

#[test]
fn monthly_should_begin_next_month_without_a_stub_when_drawn_on_the_anchor() {
	let calendar = monthly(15, 0, 30);
	for originated_at in [Y2026 + 14 * DAY, Y2026 + 15 * DAY - 1] {
		assert_eq!(has_stub(calendar, originated_at), Ok(false));
		assert_eq!(calendar.due_date(originated_at, 0), Ok(Y2026 + 45 * DAY));
	}
	assert_eq!(has_stub(calendar, Y2026 + 14 * DAY - 1), Ok(true));
	assert_eq!(calendar.due_date(Y2026 + 14 * DAY - 1, 0), Ok(Y2026 + 14 * DAY));
	assert_eq!(has_stub(calendar, Y2026 + 15 * DAY), Ok(true));
}

#[test]
fn monthly_should_clamp_the_anchor_when_the_month_is_shorter() {
	// Drawn on 1 December 2027 for half a year, which ends on 31 May 2028 at 00:00.
	let ends_of_months = [30, 61, 90, 121, 151, 182].map(|days| DEC_2027 + days * DAY);
	assert_eq!(due_dates(monthly(31, 0, 182), DEC_2027), ends_of_months);
	let thirtieths = [29, 60, 90, 120, 151].map(|days| DEC_2027 + days * DAY);
	assert_eq!(due_dates(monthly(30, 0, 151), DEC_2027), thirtieths);
	// 2028 is a leap year: 29 December, 29 January, 29 February, 29 March.
	let twenty_ninths = [28, 59, 90, 119].map(|days| DEC_2027 + days * DAY);
	assert_eq!(due_dates(monthly(29, 0, 100), DEC_2027), twenty_ninths);
}

#[test]
fn monthly_should_have_no_stub_when_drawn_on_a_clamped_anchor() {
	// 28 February 2026, the anchor of day 31; the next one is 31 March.
	let originated_at = Y2026 + 58 * DAY + 5;
	let calendar = monthly(31, 0, 30);
	assert_eq!(has_stub(calendar, originated_at), Ok(false));
	assert_eq!(calendar.due_date(originated_at, 0), Ok(Y2026 + 89 * DAY));
	// 29 February 2028 is not yet the anchor on the 28th.
	let leap = DEC_2027 + 89 * DAY;
	assert_eq!(has_stub(calendar, leap), Ok(true));
	assert_eq!(calendar.due_date(leap, 0), Ok(leap + DAY));
}

#[test]
fn monthly_should_know_no_29_february_when_the_year_is_2100() {
	// 2100-02-01 is day 47 513.
	let february = 47_513 * DAY;
	assert_eq!(monthly(29, 0, 1).due_date(february, 0), Ok(february + 27 * DAY));
	assert_eq!(monthly(31, 0, 40).due_date(february, 1), Ok(february + 58 * DAY));
}

#[test]
fn monthly_should_use_the_local_date_when_the_offset_crosses_midnight() {
	// 14 January 23:00 UTC is the 15th at UTC+1: on the anchor, no stub; due at local midnight.
	let originated_at = Y2026 + 13 * DAY + 23 * HOUR;
	let east = monthly(15, 3_600, 30);
	assert_eq!(has_stub(east, originated_at), Ok(false));
	assert_eq!(east.due_date(originated_at, 0), Ok(Y2026 + 45 * DAY - HOUR));
	assert_eq!(has_stub(east, originated_at - 1), Ok(true));
	assert_eq!(east.due_date(originated_at - 1, 0), Ok(originated_at));
	// 15 January 00:30 UTC is still the 14th at UTC-1: the anchor is half an hour ahead.
	let originated_at = Y2026 + 14 * DAY + HOUR / 2;
	let west = monthly(15, -3_600, 30);
	assert_eq!(has_stub(west, originated_at), Ok(true));
	assert_eq!(west.due_date(originated_at, 0), Ok(Y2026 + 14 * DAY + HOUR));
}

#[test]
fn monthly_should_use_the_local_year_when_the_offset_is_the_widest() {
	// 31 December 2025 10:00 UTC is 1 January 2026 at UTC+14, and 30 December 20:00 at UTC-14.
	let originated_at = Y2026 - 14 * HOUR;
	let east = monthly(1, 50_400, 20);
	assert_eq!(has_stub(east, originated_at), Ok(false));
	assert_eq!(east.due_date(originated_at, 0), Ok(Y2026 + 31 * DAY - 14 * HOUR));
	let west = monthly(31, -50_400, 20);
	assert_eq!(has_stub(west, originated_at), Ok(true));
	assert_eq!(west.due_date(originated_at, 0), Ok(Y2026 - DAY + 14 * HOUR));
}

#[test]
fn monthly_should_have_one_due_date_when_the_first_anchor_is_past_the_term() {
	let calendar = monthly(31, 0, 1);
	assert_eq!(due_dates(calendar, Y2026), [Y2026 + 30 * DAY]);
	assert_eq!(calendar.due_date(Y2026, 1), Err(MathError::NoSuchPeriod));
	assert_eq!(calendar.period_start(Y2026, 1), Err(MathError::NoSuchPeriod));
}

#[test]
fn monthly_should_reach_past_the_term_when_it_is_the_longest() {
	// 4000 days from 1 January 2026 end on 14 December 2036: 1 February 2026 to 1 January 2037.
	let calendar = monthly(1, 0, 4_000);
	assert_eq!(has_stub(calendar, Y2026), Ok(false));
	assert_eq!(calendar.count(Y2026), Ok(132));
	let eleven_years = (11 * 365 + 3) * DAY;
	assert_eq!(calendar.due_date(Y2026, 131), Ok(Y2026 + eleven_years));
}

#[test]
fn monthly_should_work_when_local_time_is_before_the_epoch() {
	// Unix time 0 is 31 December 1969, 10:00, at UTC-14.
	let calendar = monthly(31, -50_400, 31);
	assert_eq!(has_stub(calendar, 0), Ok(false));
	assert_eq!(due_dates(calendar, 0), [30 * DAY + 14 * HOUR, 58 * DAY + 14 * HOUR]);
	assert_eq!(calendar.periods_ended(0, 0), Ok(0));
}

#[test]
fn due_date_should_overflow_when_it_is_past_the_last_second() {
	assert_eq!(monthly(1, 0, 60).due_date(u64::MAX, 1), Err(MathError::Overflow));
	let every = Calendar::Every { seconds: 6, periods: 2 };
	assert_eq!(every.due_date(u64::MAX - 6, 0), Ok(u64::MAX));
	assert_eq!(every.due_date(u64::MAX - 6, 1), Err(MathError::Overflow));
	assert_eq!(every.due_dates_reached(u64::MAX - 6, u64::MAX), Ok(1));
	assert_eq!(every.periods_ended(u64::MAX - 6, u64::MAX), Ok(0));
}

#[test]
fn every_should_have_equal_periods_from_origination() {
	let calendar = Calendar::Every { seconds: 100, periods: 3 };
	assert_eq!(due_dates(calendar, 1_000), [1_100, 1_200, 1_300]);
	assert_eq!(has_stub(calendar, 1_000), Ok(false));
	assert_eq!(calendar.period_start(1_000, 0), Ok(1_000));
	assert_eq!(calendar.period_start(1_000, 2), Ok(1_200));
	assert_eq!(calendar.due_date(1_000, 3), Err(MathError::NoSuchPeriod));
	assert_eq!(calendar.period_start(1_000, 3), Err(MathError::NoSuchPeriod));
}

#[test]
fn counts_should_differ_only_when_now_is_the_due_date_second() {
	let calendar = Calendar::Every { seconds: 100, periods: 2 };
	let counts = |now| {
		let ended = calendar.periods_ended(1_000, now).unwrap();
		(ended, calendar.due_dates_reached(1_000, now).unwrap())
	};
	assert_eq!(counts(0), (0, 0));
	assert_eq!(counts(1_000), (0, 0));
	assert_eq!(counts(1_099), (0, 0));
	assert_eq!(counts(1_100), (0, 1));
	assert_eq!(counts(1_101), (1, 1));
	assert_eq!(counts(1_199), (1, 1));
	assert_eq!(counts(1_200), (1, 2));
	assert_eq!(counts(1_201), (2, 2));
	assert_eq!(counts(u64::MAX), (2, 2));
}

#[test]
fn monthly_counts_should_differ_only_when_now_is_the_due_date_second() {
	let originated_at = Y2026 + 9 * DAY;
	let calendar = monthly(15, 3_600, 60);
	let counts = |now| {
		let ended = calendar.periods_ended(originated_at, now).unwrap();
		(ended, calendar.due_dates_reached(originated_at, now).unwrap())
	};
	assert_eq!(counts(0), (0, 0));
	assert_eq!(counts(originated_at), (0, 0));
	for (k, due_date) in (0..).zip(due_dates(calendar, originated_at)) {
		assert_eq!(counts(due_date - 1), (k, k));
		assert_eq!(counts(due_date), (k, k + 1));
		assert_eq!(counts(due_date + 1), (k + 1, k + 1));
	}
	assert_eq!(counts(u64::MAX), (3, 3));
}

#[test]
fn shortest_term_should_be_reached_by_the_loan_of_any_origination() {
	let every = |seconds, periods| Calendar::Every { seconds, periods }.shortest_term();
	assert_eq!((every(6, 1), every(86_400, 3)), (Ok(6), Ok(259_200)));
	assert_eq!(every(u64::MAX, 2), Err(MathError::InvalidTerms));
	// Every three hours over more than a year, leap day included, on both sides of UTC.
	for (calendar, days) in
		[(monthly(31, 50_400, 1), 1), (monthly(1, 0, 45), 45), (monthly(29, -50_400, 365), 365)]
	{
		let term = days * 86_400;
		assert_eq!(calendar.shortest_term(), Ok(term));
		for step in 0..3_300 {
			let origin = 1_700_000_000 + step * 10_800;
			let last = calendar.count(origin).unwrap() - 1;
			let matures = calendar.due_date(origin, last).unwrap();
			assert!(matures >= origin + term, "from {origin} to {matures}");
		}
	}
}

#[test]
fn periods_in_a_year_should_be_rounded_up_and_no_more_than_the_calendar_has() {
	let every = |seconds, periods| Calendar::Every { seconds, periods }.periods_in_a_year();
	assert_eq!(monthly(31, 0, 4_000).periods_in_a_year(), 12);
	// 365 / 30 = 12.2
	assert_eq!(every(30 * DAY, 40), 13);
	assert_eq!(every(30 * DAY, 2), 2);
	assert_eq!(every(DAY, 400), 365);
	assert_eq!(every(365 * DAY, 5), 1);
	assert_eq!(every(365 * DAY - 1, 5), 2);
}
