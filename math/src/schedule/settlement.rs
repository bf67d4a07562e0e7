//! What a payer settles, and a collector may take, at one moment.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

use super::{Installment, Schedule};
use crate::{mul_div, share_of, MathError, Rounding, WAD};

/// Which windows count as payable now.
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
pub enum Horizon {
	/// Every unpaid window that has begun: what a payer settles. The first has always begun; another
	/// begins in the second after the deadline before it.
	Begun,
	/// Every unpaid window whose deadline has been reached: what a collector may take.
	Reached,
}

/// What being late costs.
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
pub struct LateTerms {
	/// What a late balance pays on top, a second at 1e-18.
	pub grace_rate_per_second: u128,
	/// How long it pays that, in seconds. Past it the loan is in default.
	pub grace_period_secs: u64,
}

/// A fee, in the terms it was agreed in.
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
pub enum Fee {
	/// Nothing.
	None,
	/// An amount, 18 decimals, whatever it is charged on.
	Absolute(u128),
	/// A share of what it is charged on, in parts per billion, rounded up.
	Share(u32),
}

impl Fee {
	/// The fee charged on `base`, 18 decimals; a share is rounded up.
	///
	/// # Errors
	/// [`MathError::InvalidTerms`] when the share is more than the whole.
	pub fn of(&self, base: u128) -> Result<u128, MathError> {
		match *self {
			Self::None => Ok(0),
			Self::Absolute(amount) => Ok(amount),
			Self::Share(ppb) => share_of(base, ppb, Rounding::Up),
		}
	}
}

/// Whole windows paid together. Amounts at 18 decimals.
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
pub struct Settlement {
	/// How many windows.
	pub windows: u32,
	/// Their principal.
	pub principal: u128,
	/// Their interest, each on its own opening balance.
	pub interest: u128,
	/// What is paid for being late, by deadline.
	pub late_interest: u128,
	/// Their servicing fees.
	pub servicing: u128,
	/// Principal still out once they are paid.
	pub balance_after: u128,
}

impl Settlement {
	/// Nothing settled, of a loan of `balance`.
	pub const fn nothing(balance: u128) -> Self {
		Self {
			windows: 0,
			principal: 0,
			interest: 0,
			late_interest: 0,
			servicing: 0,
			balance_after: balance,
		}
	}

	/// What has to be paid: principal, interest, late interest and servicing fees.
	///
	/// # Errors
	/// [`MathError::Overflow`] when the sum does not fit `u128`.
	pub fn total(&self) -> Result<u128, MathError> {
		[self.interest, self.late_interest, self.servicing]
			.into_iter()
			.try_fold(self.principal, u128::checked_add)
			.ok_or(MathError::Overflow)
	}

	/// This settlement with one more window.
	fn and(&self, row: &Installment, late: u128, servicing: u128) -> Result<Self, MathError> {
		let sum = |a: u128, b: u128| a.checked_add(b).ok_or(MathError::Overflow);
		Ok(Self {
			windows: self.windows.checked_add(1).ok_or(MathError::Overflow)?,
			principal: sum(self.principal, row.principal)?,
			interest: sum(self.interest, row.interest)?,
			late_interest: sum(self.late_interest, late)?,
			servicing: sum(self.servicing, servicing)?,
			balance_after: row.balance_after,
		})
	}
}

/// What `balance` pays at `now` for a payment due at `deadline` (unix seconds):
/// `ceil(balance · grace rate · min(now − deadline, grace period) / 1e18)`, and nothing up to and in
/// the deadline second itself.
///
/// # Errors
/// [`MathError::Overflow`] when the result does not fit `u128`.
pub fn late_interest(
	balance: u128,
	late: &LateTerms,
	deadline: u64,
	now: u64,
) -> Result<u128, MathError> {
	let Some(late_secs) = now.checked_sub(deadline) else { return Ok(0) };
	let accrual = late
		.grace_rate_per_second
		.checked_mul(late_secs.min(late.grace_period_secs).into())
		.ok_or(MathError::Overflow)?;
	mul_div(balance, accrual, WAD, Rounding::Up)
}

impl Schedule {
	/// Settles whole windows, oldest first from `first_unpaid`, at the time `now`, as long as all of
	/// them together cost no more than `budget` (`None`: no bound).
	///
	/// Each window owes its [installment](Self::installment), [late interest](late_interest) and the
	/// servicing fee, all on its own opening balance. A balance of zero ends the walk: a loan repaid
	/// has no more windows. Takes N − `first_unpaid` steps in all, however many windows are due.
	///
	/// # Errors
	/// - [`MathError::InvalidTerms`] as [`crate::Calendar::validate`] and [`Fee::of`].
	/// - [`MathError::NoSuchWindow`] when there is a balance but `first_unpaid` is not below N.
	/// - [`MathError::Overflow`] when an amount does not fit.
	pub fn settle(
		&self,
		first_unpaid: u32,
		balance: u128,
		now: u64,
		late: &LateTerms,
		servicing: &Fee,
		horizon: Horizon,
		budget: Option<u128>,
	) -> Result<Settlement, MathError> {
		let windows = self.windows()?;
		let mut settled = Settlement::nothing(balance);
		if balance == 0 {
			return Ok(settled);
		}
		if first_unpaid >= windows.count() {
			return Err(MathError::NoSuchWindow);
		}
		let end = match horizon {
			// At most N windows have ended, and N is at most 512.
			Horizon::Begun => (windows.deadlines.ended(now)? + 1).min(windows.count()),
			Horizon::Reached => windows.deadlines.reached(now)?,
		};
		if first_unpaid >= end {
			return Ok(settled);
		}
		let annuities = windows.annuities(first_unpaid)?;
		for k in first_unpaid..end {
			let opening = settled.balance_after;
			if opening == 0 {
				break;
			}
			let row = windows.installment(k, opening, annuities.of(k))?;
			let late_interest = late_interest(opening, late, row.due_at, now)?;
			let with_this = settled.and(&row, late_interest, servicing.of(opening)?)?;
			let total = with_this.total()?;
			if budget.is_some_and(|budget| total > budget) {
				break;
			}
			settled = with_this;
		}
		Ok(settled)
	}
	/// What the window that runs at `now` has earned by then on `balance`, the balance that the windows
	/// before it leave: `ceil(balance · rate · (now − its start) / 1e18)`. Nothing after the last
	/// deadline, and nothing in a window before `first_unpaid`: its interest was paid in advance.
	///
	/// A liquidation owes this; a payment owes the full window ([`Self::settle`]).
	///
	/// # Errors
	/// - [`MathError::InvalidTerms`] as [`crate::Calendar::validate`].
	/// - [`MathError::Overflow`] when the amount does not fit.
	pub fn accrued(&self, first_unpaid: u32, balance: u128, now: u64) -> Result<u128, MathError> {
		let deadlines = self.calendar.deadlines(self.originated_at)?;
		let running = deadlines.reached(now)?;
		if running < first_unpaid || running >= deadlines.count {
			return Ok(0);
		}
		let begins = deadlines.window_start(running)?;
		let Some(elapsed) = now.checked_sub(begins) else { return Ok(0) };
		let accrual =
			self.rate_per_second.checked_mul(elapsed.into()).ok_or(MathError::Overflow)?;
		mul_div(balance, accrual, WAD, Rounding::Up)
	}
}
