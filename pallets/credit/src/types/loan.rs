// SPDX-License-Identifier: Apache-2.0

//! Record of a loan. Its terms are those of its line, and its debt is computed from them.

use super::{checked_difference, checked_sum};
use caliber_math::{
	mul_div, per_second_rate,
	schedule::{Allocation, AllocationRequest, Fee, Horizon, LateTerms, Progress, Schedule},
	tranche::{Split, Tranches},
	MathError, Rounding,
};
use caliber_primitives::{
	credit::{LoanState, LoanTerms},
	traits::Clock,
	Balance, Seconds,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// A loan in the record of its line. Its terms are those of the line.
#[derive(Clone, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct LoanRecord {
	/// Number of the loan in its line. It is never used again.
	pub number: u32,
	/// Principal that each tranche lent, in USDai, and its rate a second at 1e-18.
	pub tranches: Tranches,
	/// Principal outstanding of each tranche, in USDai.
	pub outstanding: Split,
	/// Time at which it was drawn or refinanced, unix seconds.
	pub originated_at: Seconds,
	/// The oldest unpaid payment period, counted from zero.
	pub next_period: u32,
	/// What was paid of that payment period, and what was charged and not paid, in USDai.
	pub progress: Progress,
	/// Part of the senior lender in the principal paid of that payment period, in USDai.
	pub senior_paid: Balance,
	/// Principal paid ahead of the schedule that exit fees were charged on, in USDai.
	pub prepaid: Balance,
	/// Payment period in which the loan earns in the senior lender's books, as it was booked last: the
	/// number of its payment periods behind its last due date. None while it earns nothing there.
	pub booked_in: Option<u32>,
	/// Part of what the running payment period has earned that the books do not count before it
	/// comes in, in USDai: it was earned while the line was in default.
	pub uncounted: Balance,
	/// Senior interest that was earned and not received when the line went into default, as far as
	/// it did not come in since, in USDai.
	pub suspended: Balance,
}

impl LoanRecord {
	/// Returns the principal outstanding, in USDai.
	pub fn balance(&self) -> Result<Balance, MathError> {
		self.outstanding.total()
	}

	/// Returns the schedule of the loan.
	pub fn schedule(&self, terms: &LoanTerms) -> Result<Schedule, MathError> {
		schedule_of(terms, &self.tranches, self.originated_at)
	}

	/// Returns the state of the payments at `now`. Only a loan with principal outstanding has a
	/// next payment.
	pub fn state<C: Clock>(&self, terms: &LoanTerms, now: Seconds) -> Result<LoanState, MathError> {
		if now <= self.next_due_at(terms)? {
			return Ok(LoanState::Current);
		}
		Ok(match now > self.grace_ends_at::<C>(terms)? {
			true => LoanState::Defaulted,
			false => LoanState::Late,
		})
	}

	/// Returns the last second of the grace period of the oldest unpaid payment period, unix
	/// seconds. An outage of the chain makes it later.
	pub fn grace_ends_at<C: Clock>(&self, terms: &LoanTerms) -> Result<Seconds, MathError> {
		let due_at = self.next_due_at(terms)?;
		// An end beyond all times is never reached.
		Ok(C::end_of(due_at, due_at.saturating_add(terms.grace_period)))
	}

	/// Returns the time up to which the interest is paid, unix seconds: the last due date paid, or
	/// origination. It may lie ahead of the clock, and a loan that is repaid has it too.
	pub fn paid_until(&self, terms: &LoanTerms) -> Result<Seconds, MathError> {
		match self.next_period.checked_sub(1) {
			None => Ok(self.originated_at),
			Some(last) => terms.calendar.due_date(self.originated_at, last),
		}
	}

	/// Returns the due date of the oldest unpaid payment period, unix seconds.
	pub fn next_due_at(&self, terms: &LoanTerms) -> Result<Seconds, MathError> {
		terms.calendar.due_date(self.originated_at, self.next_period)
	}

	/// Returns the principal outstanding at the beginning of the oldest unpaid payment period, in
	/// USDai.
	pub fn opening(&self) -> Result<Split, MathError> {
		let junior_paid = checked_difference(self.progress.principal, self.senior_paid)?;
		Ok(Split {
			senior: checked_sum(self.outstanding.senior, self.senior_paid)?,
			junior: checked_sum(self.outstanding.junior, junior_paid)?,
		})
	}

	/// Returns the part of the senior lender in the interest paid of the oldest unpaid payment
	/// period, in USDai.
	pub fn senior_interest_paid(&self) -> Result<Balance, MathError> {
		Ok(self.tranches.split_interest(self.progress.interest)?.senior)
	}

	/// Returns the part of the senior lender in the interest of the oldest unpaid payment period
	/// that is left to pay, in USDai.
	pub fn senior_interest_left(&self, terms: &LoanTerms) -> Result<Balance, MathError> {
		let whole = self.next_interest(terms)?;
		let whole = self.tranches.split_interest(whole)?.senior;
		checked_difference(whole, self.senior_interest_paid()?)
	}

	/// Returns the whole interest of the oldest unpaid payment period, in USDai.
	fn next_interest(&self, terms: &LoanTerms) -> Result<Balance, MathError> {
		let opening = self.opening()?.total()?;
		Ok(self.schedule(terms)?.installment(self.next_period, opening)?.interest)
	}

	/// Returns the time up to which interest is paid, unix seconds, what was paid of a payment
	/// period counted by the second, rounded down.
	pub fn interest_paid_until(&self, terms: &LoanTerms) -> Result<Seconds, MathError> {
		let paid_until = self.paid_until(terms)?;
		if self.progress.interest == 0 {
			return Ok(paid_until);
		}
		let whole = self.next_interest(terms)?;
		let seconds =
			self.next_due_at(terms)?.checked_sub(paid_until).ok_or(MathError::Overflow)?;
		let part = mul_div(seconds.into(), self.progress.interest, whole, Rounding::Down)?;
		let part = Seconds::try_from(part).map_err(|_| MathError::Overflow)?;
		paid_until.checked_add(part).ok_or(MathError::Overflow)
	}

	/// Returns the interest that the loan has earned at `now` after the payment periods of
	/// `allocation`, and that is not paid, without late interest, rounded up.
	pub fn accrued_after(
		&self,
		terms: &LoanTerms,
		allocation: &Allocation,
		now: Seconds,
	) -> Result<Balance, MathError> {
		let Allocation { periods, balance_after, progress, .. } = allocation;
		if *balance_after == 0 {
			return Ok(0);
		}
		let next = self.next_period.checked_add(*periods).ok_or(MathError::Overflow)?;
		self.schedule(terms)?.accrued(next, *balance_after, progress, now)
	}

	/// Returns the next `installments` payments, or as many as are left, without fees: the amount
	/// that the reserve has to hold. The principal of the very last payment period is not among
	/// them: the loan ends with it.
	pub fn required_reserve(
		&self,
		terms: &LoanTerms,
		installments: u8,
	) -> Result<Balance, MathError> {
		let schedule = self.schedule(terms)?;
		let last = schedule.count()?.checked_sub(1).ok_or(MathError::NoSuchPeriod)?;
		let end = self.next_period.checked_add(installments.into()).ok_or(MathError::Overflow)?;
		// The payment periods in front of the last one, as if each were paid on its day.
		let before_last = end.min(last);
		let mut balance = self.balance()?;
		let mut required: Balance = 0;
		if before_last > self.next_period {
			let until = schedule.calendar.period_start(self.originated_at, before_last)?;
			let paid = self.scheduled_until(&schedule, until)?;
			required = paid.total()?;
			balance = paid.balance_after;
		}
		if end > last && balance > 0 {
			let progress = if last == self.next_period { self.progress } else { Progress::NONE };
			let interest = schedule.installment(last, progress.opening(balance)?)?.interest;
			let interest = checked_difference(interest, progress.interest)?;
			required = checked_sum(required, interest)?;
		}
		Ok(required)
	}

	/// Returns interest and principal of every unpaid payment period whose due date is at or before
	/// `until`.
	pub fn debt_service(&self, terms: &LoanTerms, until: Seconds) -> Result<Balance, MathError> {
		self.scheduled_until(&self.schedule(terms)?, until)?.total()
	}

	/// Returns what is left of the payment periods whose due date is at or before `until`, each paid
	/// on its day and without fees.
	pub(super) fn scheduled_until(
		&self,
		schedule: &Schedule,
		until: Seconds,
	) -> Result<Allocation, MathError> {
		let Progress { interest, principal, .. } = self.progress;
		schedule.allocate(&AllocationRequest {
			first_unpaid: self.next_period,
			balance: self.balance()?,
			progress: Progress { interest, principal, ..Progress::NONE },
			now: until,
			late: LateTerms::FREE,
			servicing: Fee::None,
			horizon: Horizon::Reached,
			budget: None,
		})
	}
}

/// Returns the two tranches of a loan of `senior` and `junior` under `terms`.
pub fn tranches_of(terms: &LoanTerms, senior: Balance, junior: Balance) -> Tranches {
	Tranches {
		senior,
		junior,
		senior_rate: per_second_rate(terms.senior_apr.into_inner()),
		junior_rate: per_second_rate(terms.junior_apr.into_inner()),
	}
}

/// Returns the schedule of a loan with these tranches.
pub fn schedule_of(
	terms: &LoanTerms,
	tranches: &Tranches,
	originated_at: Seconds,
) -> Result<Schedule, MathError> {
	Ok(Schedule {
		calendar: terms.calendar,
		amortization: terms.amortization,
		stub_amortizes: terms.stub_amortizes,
		originated_at,
		rate_per_second: tranches.blended_rate()?,
	})
}

/// Returns the price of paying late under `terms`.
pub fn late_terms(terms: &LoanTerms) -> LateTerms {
	LateTerms {
		grace_rate_per_second: per_second_rate(terms.grace_apr.into_inner()),
		grace_period_secs: terms.grace_period,
	}
}
