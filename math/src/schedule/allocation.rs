// SPDX-License-Identifier: Apache-2.0

//! Allocation of a payment to whole payment periods at one moment: what a payer owes, and what a
//! collector may take.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

use super::{Installment, Schedule};
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
	/// Terms under which a late payment costs nothing.
	pub const FREE: Self = Self { grace_rate_per_second: 0, grace_period_secs: 0 };
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

/// State of a loan and bounds of a payment, from which [`Schedule::allocate`] tells its parts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AllocationRequest {
	/// Oldest unpaid payment period, counted from zero.
	pub first_unpaid: u32,
	/// Principal outstanding, 18 decimals.
	pub balance: u128,
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

/// Parts of a payment for whole payment periods. Amounts at 18 decimals.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Allocation {
	/// Number of payment periods paid.
	pub periods: u32,
	/// Principal of these payment periods.
	pub principal: u128,
	/// Interest of these payment periods, each on its own opening balance.
	pub interest: u128,
	/// Late interest of these payment periods, each by its own due date.
	pub late_interest: u128,
	/// Servicing fees of these payment periods.
	pub servicing: u128,
	/// Principal outstanding after the payment.
	pub balance_after: u128,
}

impl Allocation {
	/// Returns the allocation of no payment, on a loan of `balance`.
	pub const fn nothing(balance: u128) -> Self {
		Self {
			periods: 0,
			principal: 0,
			interest: 0,
			late_interest: 0,
			servicing: 0,
			balance_after: balance,
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

	/// Returns this allocation with one more payment period.
	fn and(&self, row: &Installment, late: u128, servicing: u128) -> Result<Self, MathError> {
		let sum = |a: u128, b: u128| a.checked_add(b).ok_or(MathError::Overflow);
		Ok(Self {
			periods: self.periods.checked_add(1).ok_or(MathError::Overflow)?,
			principal: sum(self.principal, row.principal)?,
			interest: sum(self.interest, row.interest)?,
			late_interest: sum(self.late_interest, late)?,
			servicing: sum(self.servicing, servicing)?,
			balance_after: row.balance_after,
		})
	}
}

/// Returns the late interest of `balance` at `now`, for a payment due at `due_date` (unix seconds):
/// `ceil(balance · grace rate · min(now − due_date, grace period) / 1e18)`. A payment up to and in
/// the second of the due date pays none.
///
/// # Errors
/// [`MathError::Overflow`] when the result does not fit `u128`.
pub fn late_interest(
	balance: u128,
	late: &LateTerms,
	due_date: u64,
	now: u64,
) -> Result<u128, MathError> {
	let Some(late_secs) = now.checked_sub(due_date) else { return Ok(0) };
	let accrual = late
		.grace_rate_per_second
		.checked_mul(late_secs.min(late.grace_period_secs).into())
		.ok_or(MathError::Overflow)?;
	mul_div(balance, accrual, WAD, Rounding::Up)
}

impl Schedule {
	/// Allocates a payment to whole payment periods, oldest first, for as long as all of them
	/// together cost no more than the budget.
	///
	/// Each payment period owes its [installment](Self::installment), [late
	/// interest](late_interest) and the servicing fee, all on its own opening balance. A balance of
	/// zero ends the walk: a repaid loan has no more payment periods. Takes N − `first_unpaid`
	/// steps in all, however many payment periods are payable.
	///
	/// # Errors
	/// - [`MathError::InvalidTerms`] as [`crate::Calendar::validate`] and [`Fee::of`].
	/// - [`MathError::NoSuchPeriod`] when there is a balance but `first_unpaid` is not below N.
	/// - [`MathError::Overflow`] when an amount does not fit.
	pub fn allocate(&self, request: &AllocationRequest) -> Result<Allocation, MathError> {
		let AllocationRequest { first_unpaid, balance, now, .. } = *request;
		let periods = self.periods()?;
		let mut allocation = Allocation::nothing(balance);
		if balance == 0 {
			return Ok(allocation);
		}
		if first_unpaid >= periods.count() {
			return Err(MathError::NoSuchPeriod);
		}
		let end = match request.horizon {
			// At most N payment periods have ended, and N is at most 512.
			Horizon::Begun => (periods.due_dates.ended(now)? + 1).min(periods.count()),
			Horizon::Reached => periods.due_dates.reached(now)?,
		};
		if first_unpaid >= end {
			return Ok(allocation);
		}
		let annuities = periods.annuities(first_unpaid)?;
		for k in first_unpaid..end {
			let opening = allocation.balance_after;
			if opening == 0 {
				break;
			}
			let row = periods.installment(k, opening, annuities.of(k))?;
			let late_interest = late_interest(opening, &request.late, row.due_at, now)?;
			let with_this = allocation.and(&row, late_interest, request.servicing.of(opening)?)?;
			let total = with_this.total()?;
			if request.budget.is_some_and(|budget| total > budget) {
				break;
			}
			allocation = with_this;
		}
		Ok(allocation)
	}

	/// Returns the interest that the payment period running at `now` has earned by then on
	/// `balance`, the balance that the payment periods before it leave:
	/// `ceil(balance · rate · (now − its start) / 1e18)`. It is zero after the last due date, and
	/// in a payment period before `first_unpaid`, whose interest was paid in advance.
	///
	/// A liquidation owes this; a payment owes the full payment period ([`Self::allocate`]).
	///
	/// # Errors
	/// - [`MathError::InvalidTerms`] as [`crate::Calendar::validate`].
	/// - [`MathError::Overflow`] when the amount does not fit.
	pub fn accrued(&self, first_unpaid: u32, balance: u128, now: u64) -> Result<u128, MathError> {
		let due_dates = self.calendar.due_dates(self.originated_at)?;
		let running = due_dates.reached(now)?;
		if running < first_unpaid || running >= due_dates.count {
			return Ok(0);
		}
		let begins = due_dates.period_start(running)?;
		let Some(elapsed) = now.checked_sub(begins) else { return Ok(0) };
		let accrual =
			self.rate_per_second.checked_mul(elapsed.into()).ok_or(MathError::Overflow)?;
		mul_div(balance, accrual, WAD, Rounding::Up)
	}
}
