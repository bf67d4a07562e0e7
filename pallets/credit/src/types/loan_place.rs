// SPDX-License-Identifier: Apache-2.0

//! Place of a loan in the senior lender's books: what it earns there, and what it had earned when its
//! line went into default.

use super::{checked_sum, LoanRecord};
use caliber_math::{mul_div, MathError, Rounding, WAD};
use caliber_primitives::{credit::LoanTerms, traits::Accrual, Balance, Seconds};

impl LoanRecord {
	/// Returns the interest that the loan earns in the senior lender's books, as it is booked; none
	/// while it earns nothing there, and once it is repaid.
	///
	/// It earns by the second on the balance of the payment period in which it is booked. Payment
	/// periods before that one are unpaid: their interest is a fixed sum, each on the balance that
	/// its schedule leaves. Booked behind its last due date, it earns no more. What was paid of a
	/// payment period that is not paid in full lowers what is to come, not what it earns.
	pub fn accrual(&self, terms: &LoanTerms) -> Result<Option<Accrual>, MathError> {
		let Some(booked) = self.booked_in.filter(|_| self.balance().is_ok_and(|left| left > 0))
		else {
			return Ok(None);
		};
		let opening = self.opening()?;
		let mut senior = opening.senior;
		let mut earned = 0;
		if booked > self.next_period {
			let schedule = self.schedule(terms)?;
			let until = terms.calendar.due_date(self.originated_at, booked.saturating_sub(1))?;
			let due = self.scheduled_until(&schedule, until)?;
			let interest = checked_sum(due.interest, self.progress.interest)?;
			let principal = checked_sum(due.principal, self.progress.principal)?;
			earned = self.tranches.split_interest(interest)?.senior;
			let repaid = self.tranches.split_principal(principal, opening)?.senior;
			senior = senior.checked_sub(repaid).ok_or(MathError::Overflow)?;
		}
		let since = match booked.max(self.next_period).checked_sub(1) {
			None => self.originated_at,
			Some(last) => terms.calendar.due_date(self.originated_at, last)?,
		};
		Ok(Some(Accrual {
			per_second: mul_div(senior, self.tranches.senior_rate, WAD, Rounding::Down)?,
			since,
			paid: checked_sum(self.uncounted, self.senior_interest_paid()?)?,
			earned,
		}))
	}

	/// Returns the payment period in which the loan is to be booked at `now`: the one that runs, or
	/// the oldest unpaid one if that lies ahead. The number of payment periods stands for the time
	/// behind the last due date. None before the loan begins: it was refinanced in a payment period
	/// that was paid already. None too while a payment period, or more of one than it has earned, is
	/// paid ahead that was paid when the loan earned nothing: what came in runs off beside the books.
	pub fn place(&self, terms: &LoanTerms, now: Seconds) -> Result<Option<u32>, MathError> {
		if now < self.originated_at {
			return Ok(None);
		}
		let reached = terms.calendar.due_dates_reached(self.originated_at, now)?;
		if self.booked_in.is_none()
			&& (self.next_period > reached
				|| self.next_period == reached && self.is_paid_ahead(terms, now)?)
		{
			return Ok(None);
		}
		Ok(Some(reached.max(self.next_period)))
	}

	/// Returns true if more interest is paid of the running payment period, the oldest unpaid one,
	/// than it has earned at `now` in the senior lender's books.
	fn is_paid_ahead(&self, terms: &LoanTerms, now: Seconds) -> Result<bool, MathError> {
		let paid = self.senior_interest_paid()?;
		if paid == 0 {
			return Ok(false);
		}
		let booked = Self { booked_in: Some(self.next_period), uncounted: 0, ..self.clone() };
		Ok(match booked.accrual(terms)? {
			Some(accrual) => Accrual { paid: 0, ..accrual }.at(now)? < paid,
			None => false,
		})
	}

	/// Returns the loan as it is to be booked at `now` while its line earns.
	pub fn booked_at(self, terms: &LoanTerms, now: Seconds) -> Result<Self, MathError> {
		let booked_in = self.place(terms, now)?;
		Ok(Self { booked_in, ..self })
	}

	/// Returns the loan of a line that goes into default at `now`. What it has earned and not
	/// received is suspended.
	pub fn suspended_at(self, terms: &LoanTerms, now: Seconds) -> Result<Self, MathError> {
		let booked = self.booked_at(terms, now)?;
		let suspended = match booked.accrual(terms)? {
			Some(accrual) => accrual.at(now)?,
			None => 0,
		};
		Ok(Self { booked_in: None, uncounted: 0, suspended, ..booked })
	}

	/// Returns the loan of a line that is cured at `now`. It counts what was suspended; what it would
	/// have earned beyond while in default counts when it comes in.
	pub fn resumed_at(self, terms: &LoanTerms, now: Seconds) -> Result<Self, MathError> {
		let resumed = Self { uncounted: 0, ..self }.booked_at(terms, now)?;
		let earned = match resumed.accrual(terms)? {
			Some(accrual) => accrual.at(now)?,
			None => 0,
		};
		let uncounted =
			earned.checked_sub(resumed.suspended.min(earned)).ok_or(MathError::Overflow)?;
		Ok(Self { uncounted, suspended: 0, ..resumed })
	}

	/// Returns the suspended interest that is left once `interest` of the senior's has come in: the
	/// oldest comes first. Nothing is left of a loan that is repaid.
	pub fn suspended_after(&self, interest: Balance, is_repaid: bool) -> Balance {
		if is_repaid {
			return 0;
		}
		// The lesser of two amounts is not more than either of them.
		self.suspended.max(interest) - interest
	}
}
