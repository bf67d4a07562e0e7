// SPDX-License-Identifier: Apache-2.0

//! Money comes back. Nothing here asks for a price, and nothing that a payer brings for the state of
//! the line. What a line has set aside waits for the waterfall while its titles are sold.

use crate::{
	frame_support::{
		dispatch::DispatchResult,
		ensure,
		storage::with_storage_layer,
		traits::tokens::{fungible::MutateHold, Fortitude, Precision, Preservation},
	},
	pallet::*,
	sp_runtime::DispatchError,
	types::{accrues, add, late_terms, LineRecord, LoanRecord, Payment},
};
use caliber_math::{
	mul_div,
	schedule::{Fee, Horizon, Settlement},
	tranche::Split,
	MathError, Rounding, PPB,
};
use caliber_primitives::{
	credit::{LineState, LoanState, LoanTerms},
	traits::{Accrual, SeniorLender},
	Balance, LineId, LoanId, Seconds,
};

/// What a payment leaves of a loan, and what it gives to whom.
struct Application {
	/// The loan afterwards.
	after: LoanRecord,
	/// Principal by tranche.
	principal: Split,
	/// Interest by tranche.
	interest: Split,
	/// How the loan earned before.
	earned: Option<Accrual>,
	/// How it earns from now on.
	earns: Option<Accrual>,
}

impl Application {
	/// Work a payment into a loan.
	fn new(
		loan: &LoanRecord,
		terms: &LoanTerms,
		accrues: bool,
		payment: &Payment,
	) -> Result<Self, MathError> {
		let interest = loan.tranches.split_interest(payment.interest()?)?;
		let scheduled = loan.tranches.split_principal(payment.settled.principal, loan.left)?;
		let left = minus(loan.left, scheduled)?;
		let prepaid = loan.tranches.split_prepayment(payment.prepaid, left)?;
		let after = LoanRecord {
			left: minus(left, prepaid)?,
			next_window: loan
				.next_window
				.checked_add(payment.settled.windows)
				.ok_or(MathError::Overflow)?,
			..loan.clone()
		};
		Ok(Self {
			principal: Split {
				senior: add(scheduled.senior, prepaid.senior)?,
				junior: add(scheduled.junior, prepaid.junior)?,
			},
			interest,
			earned: if accrues { loan.accrual(terms)? } else { None },
			earns: if accrues { after.accrual(terms)? } else { None },
			after,
		})
	}
}

/// `a - b`, tranche by tranche.
fn minus(a: Split, b: Split) -> Result<Split, MathError> {
	let less = |a: Balance, b: Balance| a.checked_sub(b).ok_or(MathError::ExceedsOutstanding);
	Ok(Split { senior: less(a.senior, b.senior)?, junior: less(a.junior, b.junior)? })
}

/// The largest prepayment of `balance` that `budget` pays, and the exit fee on it.
///
/// A share is due on each prepayment: the largest p with p + ceil(p * share) <= budget. An absolute
/// fee is due on the prepayment that closes the loan, so that a budget which does not pay for that
/// leaves the smallest unit outstanding.
pub(crate) fn prepayment(
	balance: Balance,
	budget: Balance,
	exit: &Fee,
) -> Result<(Balance, Balance), MathError> {
	let closing_fee = exit.of(balance)?;
	if budget >= add(balance, closing_fee)? {
		return Ok((balance, closing_fee));
	}
	match *exit {
		Fee::None => Ok((budget, 0)),
		Fee::Absolute(_) => {
			let all_but_one = balance.checked_sub(1).ok_or(MathError::Overflow)?;
			Ok((budget.min(all_but_one), 0))
		}
		Fee::Share(share) => {
			let whole = add(PPB.into(), share.into())?;
			let principal = mul_div(budget, PPB.into(), whole, Rounding::Down)?;
			Ok((principal, exit.of(principal)?))
		}
	}
}

impl<T: Config> Pallet<T> {
	/// Returns the number of windows settled, and of models that the line's debt stood against.
	pub(crate) fn do_repay(
		payer: T::AccountId,
		loan: LoanId,
		max_amount: Balance,
	) -> Result<(u32, u32), DispatchError> {
		ensure!(max_amount > 0, Error::<T>::ZeroAmount);
		let (record, line) = Self::loan_of(loan)?;
		let exit = line.terms.loan.fees.exit.fee;
		let payment = Self::affordable(&record, &line.terms.loan, max_amount, &exit)?;
		let models = line.exposure.len() as u32;
		Self::settle_payment(loan, record, line, &payer, &payment)?;
		Ok((payment.settled.windows, models))
	}

	/// Returns the number of windows settled, and of models that the line's debt stood against.
	pub(crate) fn do_payoff(
		payer: T::AccountId,
		loan: LoanId,
		max_amount: Balance,
	) -> Result<(u32, u32), DispatchError> {
		let (record, line) = Self::loan_of(loan)?;
		let payment = Self::payoff_of(&record, &line.terms.loan)?;
		let total = payment.total().map_err(Error::<T>::from)?;
		ensure!(total <= max_amount, Error::<T>::PayoffAboveMaximum);
		let models = line.exposure.len() as u32;
		Self::settle_payment(loan, record, line, &payer, &payment)?;
		Ok((payment.settled.windows, models))
	}

	/// Returns the number of windows settled, and of models that the line's debt stood against.
	pub(crate) fn do_collect(loan: LoanId) -> Result<(u32, u32), DispatchError> {
		let (record, mut line) = Self::loan_of(loan)?;
		let line_id = record.line;
		ensure!(line.state != LineState::Liquidating, Error::<T>::InLiquidation);
		let terms = &line.terms.loan;
		let budget = Self::sum(line.reserve, line.claims)?;
		let settled = Self::settle(&record, terms, Horizon::Reached, Some(budget))?;
		if settled.windows == 0 {
			let reached = terms
				.calendar
				.deadlines_reached(record.originated_at, Self::now())
				.map_err(Error::<T>::from)?;
			ensure!(reached > record.next_window, Error::<T>::NothingDue);
			return Err(Error::<T>::ReserveTooLow.into());
		}
		let payment = Payment::of_windows(settled);
		let total = payment.total().map_err(Error::<T>::from)?;
		// The reserve pays first, then insurance money.
		let amount = total.min(line.reserve);
		let claimed = Self::less(total, amount)?;
		let reserve = Self::less(line.reserve, amount)?;
		let claims = Self::less(line.claims, claimed)?;
		line.reserve = reserve;
		line.claims = claims;
		let models = line.exposure.len() as u32;
		Self::settle_payment(loan, record, line, &Self::account_id(), &payment)?;
		Self::deposit_event(Event::Collected { loan, line: line_id, amount, reserve });
		if claimed > 0 {
			let amount = claimed;
			Self::deposit_event(Event::ClaimApplied { loan, line: line_id, amount, claims });
		}
		Ok((settled.windows, models))
	}

	/// Returns the number of windows settled, and of models that the line's debt stood against.
	pub(crate) fn do_apply_claim(loan: LoanId) -> Result<(u32, u32), DispatchError> {
		let (record, mut line) = Self::loan_of(loan)?;
		let line_id = record.line;
		ensure!(line.state != LineState::Liquidating, Error::<T>::InLiquidation);
		ensure!(line.claims > 0, Error::<T>::NoClaims);
		// A machine was lost, nobody chose to pay early: no exit fee.
		let payment = Self::affordable(&record, &line.terms.loan, line.claims, &Fee::None)?;
		let amount = payment.total().map_err(Error::<T>::from)?;
		let claims = Self::less(line.claims, amount)?;
		line.claims = claims;
		let models = line.exposure.len() as u32;
		Self::settle_payment(loan, record, line, &Self::account_id(), &payment)?;
		Self::deposit_event(Event::ClaimApplied { loan, line: line_id, amount, claims });
		Ok((payment.settled.windows, models))
	}

	/// The whole windows of a loan that `budget` pays at the clock's time. None before the loan
	/// begins: it was refinanced in a window whose interest was paid already.
	pub(crate) fn settle(
		loan: &LoanRecord,
		terms: &LoanTerms,
		horizon: Horizon,
		budget: Option<Balance>,
	) -> Result<Settlement, Error<T>> {
		if Self::now() < loan.originated_at {
			return Ok(Settlement::nothing(loan.balance()?));
		}
		Ok(loan.schedule(terms)?.settle(
			loan.next_window,
			loan.balance()?,
			Self::now(),
			&late_terms(terms),
			&terms.fees.servicing.fee,
			horizon,
			budget,
		)?)
	}

	/// What closes a loan at the clock's time.
	pub(crate) fn payoff_of(loan: &LoanRecord, terms: &LoanTerms) -> Result<Payment, Error<T>> {
		let settled = Self::settle(loan, terms, Horizon::Begun, None)?;
		let prepaid = settled.balance_after;
		let exit_fee = if prepaid > 0 { terms.fees.exit.fee.of(prepaid)? } else { 0 };
		Ok(Payment { settled, prepaid, exit_fee })
	}

	/// As much of what is due, and then ahead, as `budget` pays.
	fn affordable(
		loan: &LoanRecord,
		terms: &LoanTerms,
		budget: Balance,
		exit: &Fee,
	) -> Result<Payment, Error<T>> {
		let settled = Self::settle(loan, terms, Horizon::Begun, Some(budget))?;
		let mut payment = Payment::of_windows(settled);
		if settled.balance_after > 0 && !Self::is_due(loan, terms, &settled)? {
			let rest = Self::less(budget, payment.total()?)?;
			let (prepaid, exit_fee) = prepayment(settled.balance_after, rest, exit)?;
			payment = Payment { prepaid, exit_fee, ..payment };
		}
		ensure!(payment.total()? > 0, Error::BelowInstallment);
		Ok(payment)
	}

	/// The oldest unpaid window after `settled`.
	pub(crate) fn next_after(loan: &LoanRecord, settled: &Settlement) -> Result<u32, Error<T>> {
		loan.next_window.checked_add(settled.windows).ok_or(Error::Overflow)
	}

	/// Whether a deadline of one of the line's loans has passed unpaid.
	pub(crate) fn is_overdue(line: &LineRecord<T::AccountId>) -> Result<bool, Error<T>> {
		let now = Self::now();
		for id in &line.loans {
			let loan = Loans::<T>::get(id).ok_or_else(Self::broken)?;
			if loan.state(&line.terms.loan, now)? != LoanState::Current {
				return Ok(true);
			}
		}
		Ok(false)
	}

	/// Whether a window that has begun is unpaid after `settled`.
	fn is_due(
		loan: &LoanRecord,
		terms: &LoanTerms,
		settled: &Settlement,
	) -> Result<bool, Error<T>> {
		if Self::now() < loan.originated_at {
			return Ok(false);
		}
		let next = Self::next_after(loan, settled)?;
		let ended = terms.calendar.windows_ended(loan.originated_at, Self::now())?;
		// The window after the last one that has ended has begun.
		Ok(next <= ended)
	}

	/// Enter a payment in every book and move the money. Returns the line as it is stored then.
	pub(crate) fn settle_payment(
		loan: LoanId,
		record: LoanRecord,
		mut line: LineRecord<T::AccountId>,
		payer: &T::AccountId,
		payment: &Payment,
	) -> Result<LineRecord<T::AccountId>, DispatchError> {
		let line_id = record.line;
		let applied = Application::new(&record, &line.terms.loan, accrues(line.state), payment)
			.map_err(Error::<T>::from)?;
		let balance_after = applied.after.balance().map_err(Error::<T>::from)?;
		let principal = payment.principal().map_err(Error::<T>::from)?;
		line.outstanding = Self::less(line.outstanding, principal)?;
		line.senior_outstanding = Self::less(line.senior_outstanding, applied.principal.senior)?;
		if principal > 0 {
			Self::lower_exposure(&mut line)?;
			Self::lower_totals(&line, &applied.principal)?;
		}
		if balance_after == 0 {
			line.loans.retain(|id| *id != loan);
			Loans::<T>::remove(loan);
		} else {
			Loans::<T>::insert(loan, &applied.after);
		}
		if applied.earned != applied.earns {
			T::Senior::rebook(applied.earned, applied.earns)?;
		}
		Self::withhold(line_id, &mut line, &applied)?;
		Self::provision(line_id, &mut line)?;

		let locked = Self::distribute(&line, payer, payment, &applied)?;
		line.junior_locked = Self::sum(line.junior_locked, locked)?;
		if line.loans.is_empty() {
			Self::release_withheld(line_id, &mut line)?;
			if line.state == LineState::Liquidating {
				Self::cancel_auction(line_id, &mut line)?;
			}
		}
		Lines::<T>::insert(line_id, &line);
		Self::deposit_event(Event::Repaid {
			loan,
			line: line_id,
			payer: payer.clone(),
			windows: payment.settled.windows,
			principal: payment.settled.principal,
			interest: payment.settled.interest,
			late_interest: payment.settled.late_interest,
			fees: payment.fees().map_err(Error::<T>::from)?,
			prepaid: payment.prepaid,
			senior_interest: applied.interest.senior,
			senior_principal: applied.principal.senior,
			balance_after,
		});
		if balance_after == 0 {
			Self::deposit_event(Event::LoanClosed { loan, line: line_id });
		}
		Ok(line)
	}

	/// Pay everyone their part. Returns what of it was locked again as the curator's capital.
	fn distribute(
		line: &LineRecord<T::AccountId>,
		payer: &T::AccountId,
		payment: &Payment,
		applied: &Application,
	) -> Result<Balance, DispatchError> {
		let Application { principal, interest, .. } = applied;
		if principal.senior > 0 || interest.senior > 0 {
			T::Senior::receive(payer, principal.senior, interest.senior)?;
		}
		let locked = Self::pay_curator(line, payer, principal.junior, interest.junior)?;
		let fees = &line.terms.loan.fees;
		let servicing = Self::fee_account(fees.servicing.recipient, line);
		Self::pay(payer, &servicing, payment.settled.servicing)?;
		let exit = Self::fee_account(fees.exit.recipient, line);
		Self::pay(payer, &exit, payment.exit_fee)?;
		Ok(locked)
	}

	/// Pay the curator its part of the principal and of the interest. While the line is in default it
	/// stays in the pallet's account: the senior lender comes first. While a revolving line may be
	/// drawn, or may be again once a breach is cured, the principal stands ready for the next draw.
	/// Returns what of it does.
	fn pay_curator(
		line: &LineRecord<T::AccountId>,
		payer: &T::AccountId,
		principal: Balance,
		interest: Balance,
	) -> Result<Balance, DispatchError> {
		if !accrues(line.state) {
			Self::take_in(payer, Self::sum(principal, interest)?)?;
			return Ok(0);
		}
		Self::pay(payer, &line.curator, interest)?;
		let drawable = line.terms.revolving && Self::now() <= line.terms.availability_end;
		if drawable && principal > 0 {
			let held = with_storage_layer(|| {
				T::UsdAiHold::transfer_and_hold(
					&HoldReason::JuniorCapital.into(),
					payer,
					&line.curator,
					principal,
					Precision::Exact,
					Preservation::Expendable,
					Fortitude::Polite,
				)
			});
			if held.is_ok() {
				return Ok(principal);
			}
		}
		Self::pay(payer, &line.curator, principal)?;
		Ok(0)
	}

	/// Note that the curator's part of a payment stays with a line that is in default.
	fn withhold(
		line: LineId,
		record: &mut LineRecord<T::AccountId>,
		applied: &Application,
	) -> Result<(), Error<T>> {
		let amount = Self::sum(applied.principal.junior, applied.interest.junior)?;
		if amount > 0 && !accrues(record.state) {
			let total = Self::sum(record.withheld, amount)?;
			record.withheld = total;
			Self::deposit_event(Event::JuniorWithheld { line, amount, total });
		}
		Ok(())
	}

	/// Pay the curator what was withheld from it while the line was in default: nothing that the senior
	/// lender has lent is overdue any more. The caller stores the record.
	pub(crate) fn release_withheld(
		line: LineId,
		record: &mut LineRecord<T::AccountId>,
	) -> DispatchResult {
		let amount = core::mem::take(&mut record.withheld);
		if amount > 0 {
			Self::pay(&Self::account_id(), &record.curator, amount)?;
			Self::deposit_event(Event::WithheldReleased { line, amount });
		}
		Ok(())
	}

	/// Take a payment of principal off the totals.
	pub(crate) fn lower_totals(
		line: &LineRecord<T::AccountId>,
		principal: &Split,
	) -> Result<(), Error<T>> {
		let amount = principal.total()?;
		let lower = |total: &mut Balance, by: Balance| -> Result<(), Error<T>> {
			*total = Self::less(*total, by)?;
			Ok(())
		};
		TotalOutstanding::<T>::try_mutate(|total| lower(total, amount))?;
		SeniorOutstanding::<T>::try_mutate(|total| lower(total, principal.senior))?;
		// An account that owes nothing leaves no entry.
		let lower_entry = |entry: &mut Option<Balance>| -> Result<(), Error<T>> {
			let rest = Self::less(entry.unwrap_or_default(), amount)?;
			*entry = (rest > 0).then_some(rest);
			Ok(())
		};
		OutstandingByBorrower::<T>::try_mutate_exists(&line.borrower, lower_entry)?;
		OutstandingByCurator::<T>::try_mutate_exists(&line.curator, lower_entry)
	}

	/// The time one year of debt service from now ends.
	pub(crate) fn in_a_year() -> Result<Seconds, Error<T>> {
		Self::now().checked_add(caliber_math::SECONDS_PER_YEAR).ok_or(Error::Overflow)
	}
}
