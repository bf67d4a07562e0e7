// SPDX-License-Identifier: Apache-2.0

//! What pages, keepers and auditors read: the runtime API and the view functions.

use super::covenants::Covenants;
use crate::{
	pallet::*,
	sp_runtime::{traits::Bounded, FixedU128},
	types::{accrues, schedule_of, tranches_of, LineRecord},
};
use alloc::vec::Vec;
use caliber_math::{
	mul_div,
	schedule::{Horizon, Installment},
	share_of, MathError, Rounding, WAD,
};
use caliber_primitives::{
	credit::{CreditError, Due, LineReport, LineState, LoanReport, LoanTerms},
	traits::Encumber,
	Balance, LineId, LoanId, Seconds,
};

impl<T: Config> Pallet<T> {
	/// The payments of a loan that nobody has drawn.
	pub(crate) fn hypothetical_schedule(
		principal: Balance,
		terms: &LoanTerms,
		originated_at: Seconds,
	) -> Result<Vec<Installment>, CreditError> {
		let table = || {
			let junior = share_of(principal, terms.first_loss.deconstruct(), Rounding::Up)?;
			let senior = principal.checked_sub(junior).ok_or(MathError::Overflow)?;
			let tranches = tranches_of(terms, senior, junior);
			schedule_of(terms, &tranches, originated_at)?.installments(principal)
		};
		table().map_err(|error| match error {
			MathError::Overflow => CreditError::Overflow,
			_ => CreditError::InvalidTerms,
		})
	}

	/// What is payable on a loan at the clock's time.
	pub(crate) fn due_now(loan: LoanId) -> Option<Due> {
		let (record, line) = Self::loan_of(loan).ok()?;
		let settled = Self::settle(&record, &line.terms.loan, Horizon::Begun, None).ok()?;
		Some(Due {
			windows: settled.windows,
			principal: settled.principal,
			interest: settled.interest,
			late_interest: settled.late_interest,
			fees: settled.servicing,
			total: settled.total().ok()?,
		})
	}

	/// What closes a loan at the clock's time.
	pub(crate) fn payoff_now(loan: LoanId) -> Option<Balance> {
		let (record, line) = Self::loan_of(loan).ok()?;
		Self::payoff_of(&record, &line.terms.loan).ok()?.total().ok()
	}

	/// A loan as lenders and borrowers see it.
	pub(crate) fn loan_report(loan: LoanId) -> Option<LoanReport> {
		let (record, line) = Self::loan_of(loan).ok()?;
		let terms = &line.terms.loan;
		let schedule = record.schedule(terms).ok()?;
		let windows = schedule.count().ok()?;
		let next = schedule.installment(record.next_window, record.balance().ok()?).ok()?;
		Some(LoanReport {
			line: record.line,
			state: record.state(terms, Self::now()).ok()?,
			senior: record.tranches.senior,
			junior: record.tranches.junior,
			senior_left: record.left.senior,
			junior_left: record.left.junior,
			rate_per_second: schedule.rate_per_second,
			originated_at: record.originated_at,
			next_window: record.next_window,
			windows,
			next_due_at: next.due_at,
			default_at: next.due_at.checked_add(terms.grace_period)?.checked_add(1)?,
			matures_at: terms
				.calendar
				.deadline(record.originated_at, windows.checked_sub(1)?)
				.ok()?,
			next_interest: next.interest,
			next_principal: next.principal,
			accrued: record.accrued(terms, Self::now(), Rounding::Down).ok()?,
			accruing: accrues(line.state),
			due: Self::due_now(loan)?,
		})
	}

	/// A line as lenders and borrowers see it.
	pub(crate) fn line_report(line: LineId) -> Option<LineReport<T::AccountId>> {
		let record = Lines::<T>::get(line)?;
		let standings = Self::standings(line, &record);
		let base = Self::borrowing_base(&record.terms, &standings).ok().map(|base| base.total);
		let breach_now = match Self::covenants(&record, &standings) {
			Ok(Covenants::Broken(reason)) => Some(reason),
			_ => None,
		};
		Some(LineReport {
			state: record.state,
			outstanding: record.outstanding,
			base,
			coverage: base.and_then(|base| ratio(base, record.outstanding)),
			reserve: record.reserve,
			required_reserve: Self::required_reserve(&record).ok()?,
			headroom: base.map(|base| Self::headroom(&record, base)),
			dscr: Self::debt_service_coverage(&record),
			terms: record.terms,
			senior_outstanding: record.senior_outstanding,
			required_base: Self::required_base(&record.terms, record.outstanding).ok()?,
			junior_locked: record.junior_locked,
			claims: record.claims,
			breach: record.breach,
			breach_now,
			defaulted_at: record.defaulted_at,
			recovery: record.recovery,
			impairment: record.impairment,
			withheld: record.withheld,
			titles: record.titles.into_inner(),
			loans: record.loans.into_inner(),
			exposure: record.exposure.into_inner(),
			borrower: record.borrower,
			curator: record.curator,
		})
	}

	/// What a base and the terms leave to draw, before ceilings and liquidity.
	fn headroom(record: &LineRecord<T::AccountId>, base: Balance) -> Balance {
		let drawable = record.state == LineState::Open
			&& Self::now() <= record.terms.availability_end
			&& !record.loans.is_full();
		if !drawable {
			return 0;
		}
		// The most that the base covers as the maintenance coverage asks; never more than the base.
		let coverage = record.terms.maintenance_coverage.into_inner();
		let covered = mul_div(base, WAD, coverage, Rounding::Down).unwrap_or_default();
		let room = covered.max(record.outstanding) - record.outstanding;
		room.min(record.undrawn())
	}

	/// What the titles earned in the last year over what their loans pay in the next; none while
	/// nothing is owed.
	fn debt_service_coverage(record: &LineRecord<T::AccountId>) -> Option<FixedU128> {
		let until = Self::in_a_year().ok()?;
		let revenue = record.titles.iter().try_fold(0, |sum: Balance, title| {
			sum.checked_add(T::Titles::trailing_revenue(*title))
		})?;
		let service = record.loans.iter().try_fold(0, |sum: Balance, id| {
			let loan = Loans::<T>::get(id)?;
			sum.checked_add(loan.debt_service(&record.terms.loan, until).ok()?)
		})?;
		ratio(revenue, service)
	}
}

/// `a / b`, rounded down; the greatest ratio if it is beyond; none when `b` is zero.
fn ratio(a: Balance, b: Balance) -> Option<FixedU128> {
	match mul_div(a, WAD, b, Rounding::Down) {
		Ok(inner) => Some(FixedU128::from_inner(inner)),
		Err(MathError::DivisionByZero) => None,
		Err(_) => Some(FixedU128::max_value()),
	}
}
