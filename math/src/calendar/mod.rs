//! When the installments of a loan are due: deadlines on a civil calendar or at a fixed interval.
//!
//! Everything here takes constant time: the k-th deadline, and how many deadlines lie before a
//! moment, are computed from the civil date, never by walking days or months.

mod civil;
#[cfg(test)]
mod tests;

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

use crate::MathError;
use civil::SECS_PER_DAY;

/// The most deadlines a calendar may have.
pub const MAX_INSTALLMENTS: u32 = 512;
/// The shortest window of [`Calendar::Every`], in seconds: the time of a block.
pub const MIN_PERIOD_SECS: u64 = 6;
/// The longest term of either calendar, in days.
pub const MAX_TERM_DAYS: u32 = 4_000;
/// The farthest local time may be from UTC, in seconds, on either side: 14 hours.
pub const MAX_UTC_OFFSET_SECS: i32 = 50_400;

/// When installments are due. Windows are counted from zero; window `k` ends at deadline `k`.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Calendar {
	/// Local midnights of one day of each month (proleptic Gregorian, no daylight saving time): every
	/// such anchor after origination and strictly before the term's end, plus the first one at or
	/// after it.
	Monthly {
		/// Day of the month, 1..=31; in a shorter month its last day.
		day: u8,
		/// Local time less UTC, in seconds, at most 14 hours on either side.
		utc_offset_secs: i32,
		/// The term, in days of 86 400 seconds from origination, 1..=4000.
		duration_days: u32,
	},
	/// A deadline every so many seconds from origination.
	Every {
		/// Length of a window, in seconds, at least [`MIN_PERIOD_SECS`].
		seconds: u64,
		/// Number of windows, 1..=[`MAX_INSTALLMENTS`]; all of them together at most
		/// [`MAX_TERM_DAYS`].
		periods: u32,
	},
}

impl Calendar {
	/// Whether every parameter is within its range.
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
				let longest = u64::from(MAX_TERM_DAYS) * SECS_PER_DAY;
				seconds >= MIN_PERIOD_SECS
					&& (1..=MAX_INSTALLMENTS).contains(&periods)
					&& seconds.checked_mul(periods.into()).is_some_and(|term| term <= longest)
			}
		};
		valid.then_some(()).ok_or(MathError::InvalidTerms)
	}

	/// The number of deadlines, N, of a loan drawn at `originated_at` (unix seconds). At least one.
	///
	/// # Errors
	/// [`MathError::InvalidTerms`] as [`Self::validate`].
	pub fn count(&self, originated_at: u64) -> Result<u32, MathError> {
		Ok(self.deadlines(originated_at)?.count)
	}

	/// Deadline `k`, in unix seconds (UTC).
	///
	/// # Errors
	/// - [`MathError::InvalidTerms`] as [`Self::validate`].
	/// - [`MathError::NoSuchWindow`] when `k` is not below N.
	/// - [`MathError::Overflow`] when the deadline is beyond what unix seconds in `u64` can tell.
	pub fn deadline(&self, originated_at: u64, k: u32) -> Result<u64, MathError> {
		self.deadlines(originated_at)?.get(k)
	}

	/// Where window `k` begins, in unix seconds: the previous deadline, or origination for the first.
	///
	/// # Errors
	/// Those of [`Self::deadline`].
	pub fn window_start(&self, originated_at: u64, k: u32) -> Result<u64, MathError> {
		self.deadlines(originated_at)?.window_start(k)
	}

	/// Whether the first window is a stub: shorter than a month because the loan was not drawn on the
	/// anchor's date, by local time. Never so with a fixed interval.
	///
	/// # Errors
	/// [`MathError::InvalidTerms`] as [`Self::validate`].
	pub fn has_stub(&self, originated_at: u64) -> Result<bool, MathError> {
		Ok(self.deadlines(originated_at)?.has_stub)
	}

	/// How many deadlines lie strictly before `now`: the windows that are over. At most N.
	///
	/// # Errors
	/// [`MathError::InvalidTerms`] as [`Self::validate`].
	pub fn windows_ended(&self, originated_at: u64, now: u64) -> Result<u32, MathError> {
		self.deadlines(originated_at)?.ended(now)
	}

	/// How many deadlines lie at or before `now`: the payments a collector may take. At most N.
	///
	/// # Errors
	/// [`MathError::InvalidTerms`] as [`Self::validate`].
	pub fn deadlines_reached(&self, originated_at: u64, now: u64) -> Result<u32, MathError> {
		self.deadlines(originated_at)?.reached(now)
	}

	/// The deadlines of a loan drawn at `originated_at`, with what all of them share computed once.
	///
	/// # Errors
	/// [`MathError::InvalidTerms`] as [`Self::validate`].
	pub(crate) fn deadlines(&self, originated_at: u64) -> Result<Deadlines, MathError> {
		self.validate()?;
		match *self {
			Self::Every { seconds, periods } => Ok(Deadlines {
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
				let end = local + i128::from(duration_days) * i128::from(SECS_PER_DAY);
				let last_month = civil::first_anchor_from(end, day)?;
				Ok(Deadlines {
					originated_at,
					rule: Rule::Monthly { day, offset_secs, first_month },
					count: windows_between(first_month, last_month)?
						.checked_add(1)
						.ok_or(MathError::Overflow)?,
					has_stub: today != anchor,
				})
			}
		}
	}
}

/// The deadlines of one loan. Built by [`Calendar::deadlines`], and therefore valid.
#[derive(Clone, Copy)]
pub(crate) struct Deadlines {
	originated_at: u64,
	rule: Rule,
	/// N, at least one.
	pub(crate) count: u32,
	/// Whether the first window is a stub.
	pub(crate) has_stub: bool,
}

/// What places a deadline.
#[derive(Clone, Copy)]
enum Rule {
	Every { seconds: u64 },
	Monthly { day: u8, offset_secs: i128, first_month: i64 },
}

impl Deadlines {
	/// Deadline `k`, in unix seconds.
	pub(crate) fn get(&self, k: u32) -> Result<u64, MathError> {
		if k >= self.count {
			return Err(MathError::NoSuchWindow);
		}
		match self.rule {
			Rule::Every { seconds } => u64::from(k)
				.checked_add(1)
				.and_then(|windows| windows.checked_mul(seconds))
				.and_then(|elapsed| self.originated_at.checked_add(elapsed))
				.ok_or(MathError::Overflow),
			Rule::Monthly { day, offset_secs, first_month } => {
				let local = civil::midnight(civil::anchor(first_month + i64::from(k), day));
				u64::try_from(local - offset_secs).map_err(|_| MathError::Overflow)
			}
		}
	}

	/// Where window `k` begins, in unix seconds.
	pub(crate) fn window_start(&self, k: u32) -> Result<u64, MathError> {
		match k.checked_sub(1) {
			None => Ok(self.originated_at),
			Some(_) if k >= self.count => Err(MathError::NoSuchWindow),
			Some(previous) => self.get(previous),
		}
	}

	/// How long window `k` is, in seconds.
	pub(crate) fn window_secs(&self, k: u32) -> Result<u64, MathError> {
		self.get(k)?.checked_sub(self.window_start(k)?).ok_or(MathError::Overflow)
	}

	/// How many deadlines lie strictly before `now`.
	pub(crate) fn ended(&self, now: u64) -> Result<u32, MathError> {
		self.before(now.into())
	}

	/// How many deadlines lie at or before `now`: those strictly before the next second.
	pub(crate) fn reached(&self, now: u64) -> Result<u32, MathError> {
		self.before(i128::from(now) + 1)
	}

	/// How many deadlines lie strictly before `moment` (unix seconds), at most all of them.
	fn before(&self, moment: i128) -> Result<u32, MathError> {
		match self.rule {
			Rule::Every { seconds } => {
				let elapsed = moment - 1 - i128::from(self.originated_at);
				let whole = (elapsed / i128::from(seconds)).clamp(0, self.count.into());
				u32::try_from(whole).map_err(|_| MathError::Overflow)
			}
			Rule::Monthly { day, offset_secs, first_month } => {
				let next = civil::first_anchor_from(moment + offset_secs, day)?;
				windows_between(first_month, next.min(first_month + i64::from(self.count)))
			}
		}
	}
}

/// The anchors from the month `first` up to and without the month `end`; none when `end` is earlier.
fn windows_between(first: i64, end: i64) -> Result<u32, MathError> {
	u32::try_from((end - first).max(0)).map_err(|_| MathError::Overflow)
}
