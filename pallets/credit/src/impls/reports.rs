// SPDX-License-Identifier: Apache-2.0

//! Reports for pages, keepers and auditors: bodies of the runtime API and of the view functions.

use super::{
	covenants::{first_lapse, CollateralStatus, Covenants, Purpose},
	LineOp,
};
use crate::{
	frame_support::traits::Get,
	pallet::*,
	sp_runtime::{traits::Bounded, FixedU128},
	types::{accrues, schedule_of, tranches_of, LineRecordOf},
};
use alloc::vec::Vec;
use caliber_math::{
	mul_div,
	schedule::{Horizon, Installment},
	MathError, Rounding, PPB, WAD,
};
use caliber_primitives::{
	credit::{Breach, CreditError, Due, LineReport, LineState, LoanReport, LoanTerms},
	traits::TitleInspect,
	Balance, LineId, LoanId, Seconds, ShareOf,
};

impl<T: Config> Pallet<T> {
	/// Returns the payments of a loan that nobody has drawn.
	pub(crate) fn hypothetical_schedule(
		principal: Balance,
		terms: &LoanTerms,
		originated_at: Seconds,
	) -> Result<Vec<Installment>, CreditError> {
		let table = || {
			let junior = terms.first_loss.share_of(principal, Rounding::Up);
			let senior = principal.checked_sub(junior).ok_or(MathError::Overflow)?;
			let tranches = tranches_of(terms, senior, junior);
			schedule_of(terms, &tranches, originated_at)?.installments(principal)
		};
		table().map_err(|error| match error {
			MathError::Overflow => CreditError::Overflow,
			_ => CreditError::InvalidTerms,
		})
	}

	/// Returns the amount payable on a loan at the clock's time.
	pub(crate) fn due_now(loan_id: LoanId) -> Option<Due> {
		let (op, loan) = LineOp::<T>::load_with_loan(loan_id).ok()?;
		let allocation = Self::allocate(&loan, &op.line.terms.loan, Horizon::Begun, None).ok()?;
		Some(Due {
			periods: allocation.periods,
			principal: allocation.principal,
			interest: allocation.interest,
			late_interest: allocation.late_interest,
			fees: allocation.servicing,
			total: allocation.total().ok()?,
		})
	}

	/// Returns the amount that closes a loan at the clock's time.
	pub(crate) fn payoff_now(loan_id: LoanId) -> Option<Balance> {
		let (op, loan) = LineOp::<T>::load_with_loan(loan_id).ok()?;
		Self::payoff_of(&loan, &op.line).ok()?.total().ok()
	}

	/// Returns a loan as lenders and borrowers see it.
	pub(crate) fn loan_report(loan_id: LoanId) -> Option<LoanReport> {
		let (op, loan) = LineOp::<T>::load_with_loan(loan_id).ok()?;
		let terms = &op.line.terms.loan;
		let schedule = loan.schedule(terms).ok()?;
		let periods = schedule.count().ok()?;
		let opening = loan.opening().ok()?.total().ok()?;
		let next = schedule.installment(loan.next_period, opening).ok()?;
		let reached = Self::allocate(&loan, terms, Horizon::Reached, None).ok()?;
		let accrued = loan.accrued_after(terms, &reached, Self::now()).ok()?;
		Some(LoanReport {
			line: loan_id.line,
			state: loan.state::<T::Clock>(terms, Self::now()).ok()?,
			senior: loan.tranches.senior,
			junior: loan.tranches.junior,
			senior_outstanding: loan.outstanding.senior,
			junior_outstanding: loan.outstanding.junior,
			rate_per_second: schedule.rate_per_second,
			originated_at: loan.originated_at,
			next_period: loan.next_period,
			periods,
			next_due_at: next.due_at,
			default_at: loan.grace_ends_at::<T::Clock>(terms).ok()?.checked_add(1)?,
			matures_at: terms
				.calendar
				.due_date(loan.originated_at, periods.checked_sub(1)?)
				.ok()?,
			next_interest: next.interest.checked_sub(loan.progress.interest)?,
			next_principal: next.principal.checked_sub(loan.progress.principal)?,
			accrued: reached.interest.checked_add(accrued)?,
			accruing: accrues(op.line.state),
			due: Self::due_now(loan_id)?,
		})
	}

	/// Returns a line as lenders and borrowers see it.
	pub(crate) fn line_report(line_id: LineId) -> Option<LineReport<T::AccountId>> {
		let op = LineOp::<T>::load(line_id).ok()?;
		let statuses = op.look(Purpose::Covenants);
		let base = Self::borrowing_base(&op.line.terms, &statuses).ok().map(|base| base.total);
		let alike = statuses
			.iter()
			.all(|status| status.counts_alike_for_new_debt() && !status.is_falling());
		let availability = match op.is_under_present_rules() && alike {
			true => Self::availability(&op.line, &statuses),
			false => Self::availability(&op.line, &op.look(Purpose::NewDebt)),
		};
		let line = op.line;
		let breach_now = match Self::covenants(&line, &statuses, &T::Values::get()) {
			Ok(Covenants::Broken(reason) | Covenants::Doubtful(reason, _)) => Some(reason),
			_ => None,
		};
		Some(LineReport {
			state: line.state,
			outstanding: line.outstanding,
			base,
			coverage: base.and_then(|base| ratio(base, line.net_debt())),
			reserve: line.reserve,
			required_reserve: Self::required_reserve(&line).ok()?,
			availability,
			dscr: Self::debt_service_coverage(&line),
			terms: line.terms,
			senior_outstanding: line.senior_outstanding,
			required_base: Self::required_base(&line.terms, line.net_debt()).ok()?,
			junior_locked: line.junior_locked,
			insurance_proceeds: line.insurance_proceeds,
			breach: line
				.breach
				.map(|breach| Breach { cure_until: Self::cure_ends_at(&breach), ..breach }),
			breach_now,
			defaulted_at: line.defaulted_at,
			recovery: line.recovery,
			impairment: line.impairment,
			provision_weight: line.provision.weight,
			junior_holdback: line.junior_holdback,
			loans: line.loan_ids(line_id).collect(),
			titles: line.titles.into_inner(),
			versions: line.versions,
			exposure: line.exposure.into_inner(),
			borrower: line.borrower,
			curator: line.curator,
		})
	}

	/// Returns the amount that titles, terms and junior capital leave to draw, before ceilings and
	/// liquidity: zero where a draw of any amount is refused. None where it cannot be computed.
	/// `statuses` are those for new debt.
	fn availability(line: &LineRecordOf<T>, statuses: &[CollateralStatus]) -> Option<Balance> {
		let is_drawable = line.state == LineState::Open
			&& Self::ensure_available(line).is_ok()
			&& first_lapse(statuses).is_none();
		if !is_drawable {
			return Some(0);
		}
		let values = T::Values::get();
		let base = Self::base_for_draw(&line.terms, statuses, &values).ok()?.total;
		// The most that the base covers as a draw has to leave it; never more than the base.
		let coverage = Self::coverage_for_draw(&line.terms, &values).ok()?;
		let covered = mul_div(base, WAD, coverage, Rounding::Down).ok()?;
		let debt = line.net_debt();
		let room = covered.max(debt) - debt;
		Self::funded(line, room.min(line.undrawn())).ok()
	}

	/// Returns the greatest draw of at most `amount` of which the curator's locked capital funds its
	/// share.
	fn funded(line: &LineRecordOf<T>, amount: Balance) -> Result<Balance, MathError> {
		if Self::split_draw(line, amount).is_ok() {
			return Ok(amount);
		}
		let share = line.terms.loan.first_loss.deconstruct().into();
		mul_div(line.junior_locked, PPB.into(), share, Rounding::Down)
	}

	/// Returns the revenue of the titles in the last year over the debt service of the next; none
	/// while nothing is owed.
	fn debt_service_coverage(line: &LineRecordOf<T>) -> Option<FixedU128> {
		let until = Self::in_a_year().ok()?;
		let revenue = line.titles.iter().try_fold(0, |sum: Balance, title| {
			sum.checked_add(T::Titles::trailing_revenue(*title))
		})?;
		let service = line.loans.iter().try_fold(0, |sum: Balance, loan| {
			sum.checked_add(loan.debt_service(&line.terms.loan, until).ok()?)
		})?;
		ratio(revenue, service)
	}
}

/// Returns `a / b`, rounded down; the greatest ratio if it is beyond; none when `b` is zero.
pub(super) fn ratio(a: Balance, b: Balance) -> Option<FixedU128> {
	match mul_div(a, WAD, b, Rounding::Down) {
		Ok(inner) => Some(FixedU128::from_inner(inner)),
		Err(MathError::DivisionByZero) => None,
		Err(_) => Some(FixedU128::max_value()),
	}
}
