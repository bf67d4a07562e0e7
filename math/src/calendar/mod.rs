// SPDX-License-Identifier: Apache-2.0

//! Due dates of the installments of a loan, on a civil calendar or at a fixed interval.
//!
//! Everything here takes constant time: the k-th due date, and the number of due dates before a
//! moment, are computed from the civil date, never by walking days or months.

mod civil;
#[cfg(test)]
mod tests;

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

use crate::{MathError, SECONDS_PER_DAY, SECONDS_PER_YEAR};

/// Largest number of due dates of a calendar.
pub const MAX_INSTALLMENTS: u32 = 512;
/// Shortest payment period of [`Calendar::Every`], in seconds: the time of a block.
pub const MIN_PERIOD_SECS: u64 = 6;
/// Longest term of either calendar, in days.
pub const MAX_TERM_DAYS: u32 = 4_000;
/// Largest difference of local time from UTC, in seconds, on either side: 14 hours.
const MAX_UTC_OFFSET_SECS: i32 = 50_400;

/// Rule for the due dates of a loan. Payment periods are counted from zero; payment period `k` ends
/// at due date `k`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum Calendar {
	/// Local midnight of one day of each month, the anchor (proleptic Gregorian calendar, no
	/// daylight saving time): every anchor after origination and strictly before the end of the
	/// term, plus the first one at or after it.
	Monthly {
		/// Day of the month, 1..=31; in a shorter month its last day.
		day: u8,
		/// Local time less UTC, in seconds, at most 14 hours on either side.
		utc_offset_secs: i32,
		/// Term, in days of 86 400 seconds from origination, 1..=[`MAX_TERM_DAYS`].
		duration_days: u32,
	},
	/// A due date every so many seconds from origination.
	Every {
		/// Length of a payment period, in seconds, at least [`MIN_PERIOD_SECS`].
		seconds: u64,
		/// Number of payment periods, 1..=[`MAX_INSTALLMENTS`]; all of them together at most
		/// [`MAX_TERM_DAYS`].
		periods: u32,
	},
}

impl Calendar {
	/// Ensures that every parameter is within its range.
	///
	/// # Errors
	/// [`MathError::InvalidTerms`] when one is not.
	pub fn validate(&self) -> Result<(), MathError> {
		let valid = match *self {
			Self::Monthly { day, utc_offset_secs, duration_days } => {
				(1..=31).contains(&day)
					&& (-MAX_UTC_OFFSET_SECS..=MAX_UTC_OFFSET_SECS).contains(&utc_offset_secs)
					&& (1..=MAX_TERM_DAYS).contains(&duration_days)
			}
			Self::Every { seconds, periods } => {
				let longest = u64::from(MAX_TERM_DAYS) * SECONDS_PER_DAY;
				seconds >= MIN_PERIOD_SECS
					&& (1..=MAX_INSTALLMENTS).contains(&periods)
					&& seconds.checked_mul(periods.into()).is_some_and(|term| term <= longest)
			}
		};
		valid.then_some(()).ok_or(MathError::InvalidTerms)
	}

	/// Returns the number of due dates, N, of a loan drawn at `originated_at` (unix seconds). At
	/// least one.
	///
	/// # Errors
	/// [`MathError::InvalidTerms`] as [`Self::validate`].
	pub fn count(&self, originated_at: u64) -> Result<u32, MathError> {
		Ok(self.due_dates(originated_at)?.count)
	}

	/// Returns due date `k`, in unix seconds (UTC).
	///
	/// # Errors
	/// - [`MathError::InvalidTerms`] as [`Self::validate`].
	/// - [`MathError::NoSuchPeriod`] when `k` is not below N.
	/// - [`MathError::Overflow`] when the due date does not fit unix seconds in `u64`.
	pub fn due_date(&self, originated_at: u64, k: u32) -> Result<u64, MathError> {
		self.due_dates(originated_at)?.get(k)
	}

	/// Returns the start of payment period `k`, in unix seconds: the previous due date, or
	/// origination for the first.
	///
	/// # Errors
	/// Those of [`Self::due_date`].
	pub fn period_start(&self, originated_at: u64, k: u32) -> Result<u64, MathError> {
		self.due_dates(originated_at)?.period_start(k)
	}

	/// Returns the number of due dates strictly before `now`: the payment periods that are over. At
	/// most N.
	///
	/// # Errors
	/// [`MathError::InvalidTerms`] as [`Self::validate`].
	pub fn periods_ended(&self, originated_at: u64, now: u64) -> Result<u32, MathError> {
		self.due_dates(originated_at)?.ended(now)
	}

	/// Returns the number of due dates at or before `now`: the payments that a collector may take.
	/// At most N.
	///
	/// # Errors
	/// [`MathError::InvalidTerms`] as [`Self::validate`].
	pub fn due_dates_reached(&self, originated_at: u64, now: u64) -> Result<u32, MathError> {
		self.due_dates(originated_at)?.reached(now)
	}

	/// Returns the least time from the origination of a loan to its last due date, in seconds: a
	/// loan of months may take up to a month more.
	///
	/// # Errors
	/// [`MathError::InvalidTerms`] as [`Self::validate`].
	pub fn shortest_term(&self) -> Result<u64, MathError> {
		self.validate()?;
		match *self {
			Self::Monthly { duration_days, .. } => Ok(u64::from(duration_days) * SECONDS_PER_DAY),
			Self::Every { seconds, periods } => {
				seconds.checked_mul(periods.into()).ok_or(MathError::Overflow)
			}
		}
	}

	/// Returns the largest number of payment periods of a loan that end in a year of 365 days.
	pub fn periods_in_a_year(&self) -> u64 {
		match *self {
			Self::Monthly { .. } => 12,
			Self::Every { seconds, periods } => {
				// A valid calendar has no payment period of zero seconds.
				SECONDS_PER_YEAR.div_ceil(seconds.max(1)).min(periods.into())
			}
		}
	}

	/// Returns the due dates of a loan drawn at `originated_at`; figures that all of them share are
	/// computed once.
	///
	/// # Errors
	/// [`MathError::InvalidTerms`] as [`Self::validate`].
	pub(crate) fn due_dates(&self, originated_at: u64) -> Result<DueDates, MathError> {
		self.validate()?;
		match *self {
			Self::Every { seconds, periods } => Ok(DueDates {
				originated_at,
				rule: Rule::Every { seconds },
				count: periods,
				has_stub: false,
			}),
			Self::Monthly { day, utc_offset_secs, duration_days } => {
				let offset_secs = i128::from(utc_offset_secs);
				let local = i128::from(originated_at) + offset_secs;
				let today = civil::day_of(local)?;
				let month = civil::month_of(today);
				let anchor = civil::anchor(month, day);
				let first_month = if today < anchor { month } else { month + 1 };
				let end = local + i128::from(duration_days) * i128::from(SECONDS_PER_DAY);
				let last_month = civil::first_anchor_from(end, day)?;
				Ok(DueDates {
					originated_at,
					rule: Rule::Monthly { day, offset_secs, first_month },
					count: periods_between(first_month, last_month)?
						.checked_add(1)
						.ok_or(MathError::Overflow)?,
					has_stub: today != anchor,
				})
			}
		}
	}
}

/// Due dates of one loan. Built by [`Calendar::due_dates`], and therefore valid.
#[derive(Clone, Copy)]
pub(crate) struct DueDates {
	originated_at: u64,
	rule: Rule,
	/// Number of due dates, N, at least one.
	pub(crate) count: u32,
	/// True if the first payment period is a stub: shorter than a month because the loan was not
	/// drawn on the anchor's date, by local time. Never so with a fixed interval.
	pub(crate) has_stub: bool,
}

/// Rule that places a due date.
#[derive(Clone, Copy)]
enum Rule {
	Every { seconds: u64 },
	Monthly { day: u8, offset_secs: i128, first_month: i64 },
}

impl DueDates {
	/// Returns due date `k`, in unix seconds.
	pub(crate) fn get(&self, k: u32) -> Result<u64, MathError> {
		if k >= self.count {
			return Err(MathError::NoSuchPeriod);
		}
		match self.rule {
			Rule::Every { seconds } => u64::from(k)
				.checked_add(1)
				.and_then(|periods| periods.checked_mul(seconds))
				.and_then(|elapsed| self.originated_at.checked_add(elapsed))
				.ok_or(MathError::Overflow),
			Rule::Monthly { day, offset_secs, first_month } => {
				let local = civil::midnight(civil::anchor(first_month + i64::from(k), day));
				u64::try_from(local - offset_secs).map_err(|_| MathError::Overflow)
			}
		}
	}

	/// Returns the start of payment period `k`, in unix seconds.
	pub(crate) fn period_start(&self, k: u32) -> Result<u64, MathError> {
		match k.checked_sub(1) {
			None => Ok(self.originated_at),
			Some(_) if k >= self.count => Err(MathError::NoSuchPeriod),
			Some(previous) => self.get(previous),
		}
	}

	/// Returns the length of payment period `k`, in seconds.
	pub(crate) fn period_secs(&self, k: u32) -> Result<u64, MathError> {
		self.get(k)?.checked_sub(self.period_start(k)?).ok_or(MathError::Overflow)
	}

	/// Returns the number of due dates strictly before `now`.
	pub(crate) fn ended(&self, now: u64) -> Result<u32, MathError> {
		self.before(now.into())
	}

	/// Returns the number of due dates at or before `now`: those strictly before the next second.
	pub(crate) fn reached(&self, now: u64) -> Result<u32, MathError> {
		self.before(i128::from(now) + 1)
	}

	/// Returns the number of due dates strictly before `moment` (unix seconds), at most N.
	fn before(&self, moment: i128) -> Result<u32, MathError> {
		match self.rule {
			Rule::Every { seconds } => {
				let elapsed = moment - 1 - i128::from(self.originated_at);
				let whole = (elapsed / i128::from(seconds)).clamp(0, self.count.into());
				u32::try_from(whole).map_err(|_| MathError::Overflow)
			}
			Rule::Monthly { day, offset_secs, first_month } => {
				let next = civil::first_anchor_from(moment + offset_secs, day)?;
				periods_between(first_month, next.min(first_month + i64::from(self.count)))
			}
		}
	}
}

/// Returns the number of anchors from the month `first` up to and without the month `end`; zero
/// when `end` is earlier.
fn periods_between(first: i64, end: i64) -> Result<u32, MathError> {
	u32::try_from((end - first).max(0)).map_err(|_| MathError::Overflow)
}
