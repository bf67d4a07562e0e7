// SPDX-License-Identifier: Apache-2.0

//! Allocation of a payment to payment periods at one moment: what a payer owes, and what a collector
//! may take. Any amount counts: a payment period that it does not complete stays open.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

use super::{Installment, Periods, Schedule};
use crate::{mul_div, share_of, MathError, Rounding, WAD};

/// Payment periods that count as payable.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Horizon {
	/// Every unpaid payment period that has begun: what a payer pays. The first has always begun;
	/// another begins in the second after the due date before it.
	Begun,
	/// Every unpaid payment period whose due date has been reached: what a collector may take.
	Reached,
}

/// Price of paying late.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LateTerms {
	/// Rate on a late balance on top of its interest, a second at 1e-18.
	pub grace_rate_per_second: u128,
	/// Longest time that the rate is charged for, in seconds. Past it the loan is in default.
	pub grace_period_secs: u64,
}

impl LateTerms {
	/// Terms under which a late payment costs nothing: the grace period never ends.
	pub const FREE: Self = Self { grace_rate_per_second: 0, grace_period_secs: u64::MAX };
}

/// A fee, in the terms it was agreed in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum Fee {
	/// No fee.
	None,
	/// An amount, 18 decimals, whatever it is charged on.
	Absolute(u128),
	/// A share of what it is charged on, in parts per billion, rounded up.
	Share(u32),
}

impl Fee {
	/// Returns the fee charged on `base`, 18 decimals; a share is rounded up.
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

/// What was paid of the oldest unpaid payment period, and what was charged and not paid. Amounts at
/// 18 decimals.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Progress {
	/// Interest paid of the payment period.
	pub interest: u128,
	/// Principal paid of the payment period. With the principal outstanding it is the opening
	/// balance, on which the payment period's interest, principal and fee are computed.
	pub principal: u128,
	/// Late interest that was charged up to `late_until` and not paid.
	pub late_interest: u128,
	/// Time up to which late interest was charged, in unix seconds.
	pub late_until: u64,
	/// Servicing fees that were charged and not paid: those of earlier payment periods and, if
	/// `is_charged`, of this one.
	pub fees: u128,
	/// True if `fees` holds the fee of this payment period.
	pub is_charged: bool,
}

impl Progress {
	/// Nothing paid, nothing charged.
	pub const NONE: Self = Self {
		interest: 0,
		principal: 0,
		late_interest: 0,
		late_until: 0,
		fees: 0,
		is_charged: false,
	};

	/// Returns the balance at the beginning of the payment period, of which `outstanding` is left.
	///
	/// # Errors
	/// [`MathError::Overflow`] when the sum does not fit `u128`.
	pub fn opening(&self, outstanding: u128) -> Result<u128, MathError> {
		outstanding.checked_add(self.principal).ok_or(MathError::Overflow)
	}
}

/// State of a loan and bounds of a payment, from which [`Schedule::allocate`] tells its parts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AllocationRequest {
	/// Oldest unpaid payment period, counted from zero.
	pub first_unpaid: u32,
	/// Principal outstanding, 18 decimals.
	pub balance: u128,
	/// What was paid of the oldest unpaid payment period.
	pub progress: Progress,
	/// Time of the payment, in unix seconds.
	pub now: u64,
	/// Price of paying late.
	pub late: LateTerms,
	/// Fee of each payment period, on its opening balance.
	pub servicing: Fee,
	/// Payment periods that count as payable at `now`.
	pub horizon: Horizon,
	/// The most that the payment may cost, 18 decimals; `None`: no bound.
	pub budget: Option<u128>,
}

/// Parts of a payment, and what it leaves of the payment period that it does not complete. Amounts
/// at 18 decimals.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Allocation {
	/// Number of payment periods that the payment completes.
	pub periods: u32,
	/// Principal paid.
	pub principal: u128,
	/// Interest paid, of each payment period on its own opening balance.
	pub interest: u128,
	/// Late interest paid, of each payment period by its own due date, and default interest.
	pub late_interest: u128,
	/// Servicing fees paid.
	pub servicing: u128,
	/// Principal outstanding after the payment.
	pub balance_after: u128,
	/// What is paid of the oldest unpaid payment period after the payment.
	pub progress: Progress,
}

impl Allocation {
	/// Returns the allocation of no payment, on a loan of `balance` and `progress`.
	pub const fn nothing(balance: u128, progress: Progress) -> Self {
		Self {
			periods: 0,
			principal: 0,
			interest: 0,
			late_interest: 0,
			servicing: 0,
			balance_after: balance,
			progress,
		}
	}

	/// Returns the amount to pay: principal, interest, late interest and servicing fees.
	///
	/// # Errors
	/// [`MathError::Overflow`] when the sum does not fit `u128`.
	pub fn total(&self) -> Result<u128, MathError> {
		[self.interest, self.late_interest, self.servicing]
			.into_iter()
			.try_fold(self.principal, u128::checked_add)
			.ok_or(MathError::Overflow)
	}
}

/// Returns the late interest of `balance` from `since` to `now`, for a payment due at `due_date`
/// (unix seconds): `ceil(balance · grace rate · seconds / 1e18)`, of the seconds after the due date
/// and within the grace period. A payment up to and in the second of the due date pays none.
///
/// # Errors
/// [`MathError::Overflow`] when the result does not fit `u128`.
pub fn late_interest(
	balance: u128,
	late: &LateTerms,
	due_date: u64,
	since: u64,
	now: u64,
) -> Result<u128, MathError> {
	// A grace period beyond all times never ends.
	let ends_at = due_date.saturating_add(late.grace_period_secs);
	simple_interest(balance, late.grace_rate_per_second, due_date.max(since), now.min(ends_at))
}

/// Returns `ceil(balance · rate · (until − from) / 1e18)`; zero when `until` is not after `from`.
fn simple_interest(balance: u128, rate: u128, from: u64, until: u64) -> Result<u128, MathError> {
	let Some(seconds) = until.checked_sub(from) else { return Ok(0) };
	let accrual = rate.checked_mul(seconds.into()).ok_or(MathError::Overflow)?;
	mul_div(balance, accrual, WAD, Rounding::Up)
}

/// A walk of a payment over payment periods, oldest first.
struct Walk {
	/// What was paid so far.
	allocation: Allocation,
	/// The rest of the budget; `None`: no bound.
	rest: Option<u128>,
}

impl Walk {
	/// Takes as much of `owed` as the rest of the budget pays. Returns the amount.
	fn take(&mut self, owed: u128) -> Result<u128, MathError> {
		let amount = self.rest.map_or(owed, |rest| rest.min(owed));
		if let Some(rest) = &mut self.rest {
			*rest = rest.checked_sub(amount).ok_or(MathError::Overflow)?;
		}
		Ok(amount)
	}

	/// Pays on a payment period as far as the budget goes: late interest, the whole payment
	/// period's interest, principal. `late_owed` is all late interest that is charged by `now`, and
	/// `fees` all fees charged with those of this payment period. Returns true if it is complete.
	///
	/// The fees that a loan owes fall due with its last unit of principal, and no sooner than the
	/// principal before it: a payment that does not pay for both leaves that unit.
	fn pay_period(
		&mut self,
		row: &Installment,
		late_owed: u128,
		fees: u128,
		now: u64,
	) -> Result<bool, MathError> {
		let difference = |a: u128, b: u128| a.checked_sub(b).ok_or(MathError::ExceedsOutstanding);
		let Progress { interest, principal, .. } = self.allocation.progress;
		let interest_owed = difference(row.interest, interest)?;
		let principal_owed = difference(row.principal, principal)?;

		let late_paid = self.take(late_owed)?;
		let interest_paid = self.take(interest_owed)?;
		let closing = principal_owed.checked_add(fees).ok_or(MathError::Overflow)?;
		let is_short = self.rest.is_some_and(|rest| rest < closing);
		let keeps_unit = row.balance_after == 0 && principal_owed > 0 && is_short;
		let principal_paid = match keeps_unit {
			true => self.take(difference(principal_owed, 1)?)?,
			false => self.take(principal_owed)?,
		};

		let before = self.allocation;
		let is_complete = (late_paid, interest_paid, principal_paid)
			== (late_owed, interest_owed, principal_owed);
		let paid_any = late_paid > 0 || interest_paid > 0 || principal_paid > 0;
		// The fee of a payment period that stays open is charged once it is the next to be paid.
		let is_charged = keeps_unit && self.rest.is_some_and(|rest| rest > 0);
		let progress = if is_complete {
			Progress { fees, ..Progress::NONE }
		} else if paid_any || is_charged {
			Progress {
				interest: add(interest, interest_paid)?,
				principal: add(principal, principal_paid)?,
				late_interest: difference(late_owed, late_paid)?,
				late_until: now,
				fees: if is_charged { fees } else { before.progress.fees },
				is_charged: is_charged || before.progress.is_charged,
			}
		} else {
			before.progress
		};
		self.allocation = Allocation {
			periods: add_period(before.periods, is_complete)?,
			principal: add(before.principal, principal_paid)?,
			interest: add(before.interest, interest_paid)?,
			late_interest: add(before.late_interest, late_paid)?,
			servicing: before.servicing,
			balance_after: difference(before.balance_after, principal_paid)?,
			progress,
		};
		Ok(is_complete)
	}

	/// Pays the fees that are charged as far as the budget goes.
	fn pay_fees(mut self) -> Result<Allocation, MathError> {
		let fees = self.allocation.progress.fees;
		let paid = self.take(fees)?;
		self.allocation.progress.fees = fees.checked_sub(paid).ok_or(MathError::Overflow)?;
		self.allocation.servicing = add(self.allocation.servicing, paid)?;
		Ok(self.allocation)
	}
}

/// Returns `a + b`.
fn add(a: u128, b: u128) -> Result<u128, MathError> {
	a.checked_add(b).ok_or(MathError::Overflow)
}

/// Returns `periods`, one more if another is complete.
fn add_period(periods: u32, is_complete: bool) -> Result<u32, MathError> {
	periods.checked_add(is_complete.into()).ok_or(MathError::Overflow)
}

impl Schedule {
	/// Allocates a payment to payment periods, oldest first, as far as its budget goes.
	///
	/// Of each payment period it pays [late interest](late_interest), the whole payment period's
	/// interest and the [installment](Self::installment)'s principal, all on its own opening
	/// balance; the servicing fees of the payment periods that are complete, and those carried over,
	/// come after the last of them. A payment period that the budget does not complete stays open,
	/// and [`Progress`] tells what was paid of it: cut in two within one second, a payment leaves
	/// the same as in one piece. Once the last due date and the grace period after it are over, the
	/// principal of every payment period earns default interest at the loan's own rate.
	///
	/// A balance of zero ends the walk: a repaid loan has no more payment periods. Takes N −
	/// `first_unpaid` steps in all, however many payment periods are payable.
	///
	/// # Errors
	/// - [`MathError::InvalidTerms`] as [`crate::Calendar::validate`] and [`Fee::of`].
	/// - [`MathError::NoSuchPeriod`] when there is a balance but `first_unpaid` is not below N.
	/// - [`MathError::ExceedsOutstanding`] when more was paid of a payment period than it owes.
	/// - [`MathError::Overflow`] when an amount does not fit.
	pub fn allocate(&self, request: &AllocationRequest) -> Result<Allocation, MathError> {
		let AllocationRequest { first_unpaid, balance, progress, now, late, .. } = *request;
		let periods = self.periods()?;
		let nothing = Allocation::nothing(balance, progress);
		if balance == 0 {
			return Ok(nothing);
		}
		if first_unpaid >= periods.count() {
			return Err(MathError::NoSuchPeriod);
		}
		let end = match request.horizon {
			// At most N payment periods have ended, and N is at most 512.
			Horizon::Begun => (periods.due_dates.ended(now)? + 1).min(periods.count()),
			Horizon::Reached => periods.due_dates.reached(now)?,
		};
		let mut walk = Walk { allocation: nothing, rest: request.budget };
		if first_unpaid < end {
			let annuities = periods.annuities(first_unpaid)?;
			let default_from = periods.default_interest_from(&late)?;
			for k in first_unpaid..end {
				let Allocation { balance_after, progress, .. } = walk.allocation;
				if balance_after == 0 {
					break;
				}
				let opening = progress.opening(balance_after)?;
				let row = periods.installment(k, opening, annuities.of(k))?;
				let since = progress.late_until;
				let late_now = late_interest(balance_after, &late, row.due_at, since, now)?;
				let unpaid = row
					.principal
					.checked_sub(progress.principal)
					.ok_or(MathError::ExceedsOutstanding)?;
				let from = default_from.max(since);
				let default = simple_interest(unpaid, self.rate_per_second, from, now)?;
				let late_owed = add(add(progress.late_interest, late_now)?, default)?;
				let fee = if progress.is_charged { 0 } else { request.servicing.of(opening)? };
				if !walk.pay_period(&row, late_owed, add(progress.fees, fee)?, now)? {
					break;
				}
			}
		}
		walk.pay_fees()
	}

	/// Returns the interest that the payment period running at `now` has earned by then on
	/// `balance`, the balance that the payment periods before it leave:
	/// `ceil(balance · rate · (now − its start) / 1e18)`, less what was paid of it. It is zero after
	/// the last due date, and in a payment period before `first_unpaid`, whose interest was paid in
	/// advance. `progress` is that of the payment period `first_unpaid`, and `balance` what is left.
	///
	/// A liquidation owes this; a payment owes the full payment period ([`Self::allocate`]).
	///
	/// # Errors
	/// - [`MathError::InvalidTerms`] as [`crate::Calendar::validate`].
	/// - [`MathError::Overflow`] when the amount does not fit.
	pub fn accrued(
		&self,
		first_unpaid: u32,
		balance: u128,
		progress: &Progress,
		now: u64,
	) -> Result<u128, MathError> {
		let due_dates = self.calendar.due_dates(self.originated_at)?;
		let running = due_dates.reached(now)?;
		if running < first_unpaid || running >= due_dates.count {
			return Ok(0);
		}
		let begins = due_dates.period_start(running)?;
		let earned =
			simple_interest(progress.opening(balance)?, self.rate_per_second, begins, now)?;
		// What was paid ahead of the clock is not earned yet.
		let paid = progress.interest;
		earned.max(paid).checked_sub(paid).ok_or(MathError::Overflow)
	}
}

impl Periods<'_> {
	/// Returns the time from which default interest grows: the end of the grace period after the
	/// last due date, in unix seconds.
	fn default_interest_from(&self, late: &LateTerms) -> Result<u64, MathError> {
		let last = self.count().checked_sub(1).ok_or(MathError::NoSuchPeriod)?;
		// A grace period beyond all times never ends.
		Ok(self.due_dates.get(last)?.saturating_add(late.grace_period_secs))
	}
}
