// SPDX-License-Identifier: Apache-2.0

//! Payments on loans. No payment needs a price, and a payer's payment is taken in every state of
//! the line. Reserve and insurance proceeds of a line wait for the waterfall while its titles are
//! sold.

use crate::{
	frame_support::{
		dispatch::DispatchResult,
		ensure,
		storage::with_storage_layer,
		traits::tokens::{fungible::MutateHold, Fortitude, Precision, Preservation},
	},
	pallet::*,
	sp_runtime::DispatchError,
	types::{
		accrues, checked_difference, checked_sum, late_terms, LineRecordOf, LoanRecord, Payment,
	},
};
use caliber_math::{
	mul_div,
	schedule::{Allocation, AllocationRequest, Fee, Horizon},
	tranche::Split,
	MathError, Rounding, PPB,
};
use caliber_primitives::{
	credit::{LineState, LoanState, LoanTerms},
	traits::{Accrual, SeniorLender},
	Balance, LineId, LoanId, Seconds,
};

/// Effect of a payment on a loan, and its parts by tranche, in USDai.
struct Application {
	/// The loan afterwards.
	after: LoanRecord,
	/// Principal by tranche.
	principal: Split,
	/// Interest by tranche.
	interest: Split,
	/// Interest that the loan earned before.
	earned: Option<Accrual>,
	/// Interest that the loan earns from now on.
	earns: Option<Accrual>,
}

impl Application {
	/// Applies a payment to a loan.
	fn new(
		loan: &LoanRecord,
		terms: &LoanTerms,
		accrues: bool,
		payment: &Payment,
	) -> Result<Self, MathError> {
		let interest = loan.tranches.split_interest(payment.interest()?)?;
		let scheduled =
			loan.tranches.split_principal(payment.allocation.principal, loan.outstanding)?;
		let outstanding = difference(loan.outstanding, scheduled)?;
		let prepaid = loan.tranches.split_prepayment(payment.prepaid, outstanding)?;
		let after = LoanRecord {
			outstanding: difference(outstanding, prepaid)?,
			next_period: loan
				.next_period
				.checked_add(payment.allocation.periods)
				.ok_or(MathError::Overflow)?,
			..loan.clone()
		};
		Ok(Self {
			principal: Split {
				senior: checked_sum(scheduled.senior, prepaid.senior)?,
				junior: checked_sum(scheduled.junior, prepaid.junior)?,
			},
			interest,
			earned: if accrues { loan.accrual(terms)? } else { None },
			earns: if accrues { after.accrual(terms)? } else { None },
			after,
		})
	}
}

/// Returns `a - b`, tranche by tranche.
fn difference(a: Split, b: Split) -> Result<Split, MathError> {
	Ok(Split {
		senior: checked_difference(a.senior, b.senior)?,
		junior: checked_difference(a.junior, b.junior)?,
	})
}

/// Returns the largest prepayment of `balance` that `budget` pays, and the exit fee on it.
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
	if budget >= checked_sum(balance, closing_fee)? {
		return Ok((balance, closing_fee));
	}
	match *exit {
		Fee::None => Ok((budget, 0)),
		Fee::Absolute(_) => {
			let all_but_one = balance.checked_sub(1).ok_or(MathError::Overflow)?;
			Ok((budget.min(all_but_one), 0))
		}
		Fee::Share(share) => {
			let whole = checked_sum(PPB.into(), share.into())?;
			let principal = mul_div(budget, PPB.into(), whole, Rounding::Down)?;
			Ok((principal, exit.of(principal)?))
		}
	}
}

impl<T: Config> Pallet<T> {
	/// Returns the number of payment periods paid, and of models that the line's debt stood
	/// against.
	pub(crate) fn do_repay(
		payer: T::AccountId,
		loan_id: LoanId,
		max_amount: Balance,
	) -> Result<(u32, u32), DispatchError> {
		ensure!(max_amount > 0, Error::<T>::ZeroAmount);
		let (loan, line) = Self::loan_of(loan_id)?;
		let exit = line.terms.loan.fees.exit.fee;
		let payment = Self::affordable(&loan, &line.terms.loan, max_amount, &exit)?;
		let models = line.exposure.len() as u32;
		Self::book_payment(loan_id, loan, line, &payer, &payment)?;
		Ok((payment.allocation.periods, models))
	}

	/// Returns the number of payment periods paid, and of models that the line's debt stood
	/// against.
	pub(crate) fn do_payoff(
		payer: T::AccountId,
		loan_id: LoanId,
		max_amount: Balance,
	) -> Result<(u32, u32), DispatchError> {
		let (loan, line) = Self::loan_of(loan_id)?;
		let payment = Self::payoff_of(&loan, &line.terms.loan)?;
		let total = payment.total().map_err(Error::<T>::from)?;
		ensure!(total <= max_amount, Error::<T>::PayoffAboveMaximum);
		let models = line.exposure.len() as u32;
		Self::book_payment(loan_id, loan, line, &payer, &payment)?;
		Ok((payment.allocation.periods, models))
	}

	/// Returns the number of payment periods paid, and of models that the line's debt stood
	/// against.
	pub(crate) fn do_collect(loan_id: LoanId) -> Result<(u32, u32), DispatchError> {
		let (loan, mut line) = Self::loan_of(loan_id)?;
		let line_id = loan.line;
		ensure!(line.state != LineState::Liquidating, Error::<T>::InLiquidation);
		let terms = &line.terms.loan;
		let budget = Self::checked_sum(line.reserve, line.insurance_proceeds)?;
		let allocation = Self::allocate(&loan, terms, Horizon::Reached, Some(budget))?;
		if allocation.periods == 0 {
			let reached = terms
				.calendar
				.due_dates_reached(loan.originated_at, Self::now())
				.map_err(Error::<T>::from)?;
			ensure!(reached > loan.next_period, Error::<T>::NothingDue);
			return Err(Error::<T>::ReserveTooLow.into());
		}
		let payment = Payment::of_periods(allocation);
		let total = payment.total().map_err(Error::<T>::from)?;
		// The reserve pays first, then the insurance proceeds.
		let amount = total.min(line.reserve);
		let from_insurance = Self::checked_difference(total, amount)?;
		let reserve = Self::checked_difference(line.reserve, amount)?;
		let insurance_proceeds = Self::checked_difference(line.insurance_proceeds, from_insurance)?;
		line.reserve = reserve;
		line.insurance_proceeds = insurance_proceeds;
		let models = line.exposure.len() as u32;
		Self::book_payment(loan_id, loan, line, &Self::account_id(), &payment)?;
		Self::deposit_event(Event::Collected { loan: loan_id, line: line_id, amount, reserve });
		if from_insurance > 0 {
			let amount = from_insurance;
			Self::deposit_event(Event::InsuranceProceedsApplied {
				loan: loan_id,
				line: line_id,
				amount,
				insurance_proceeds,
			});
		}
		Ok((allocation.periods, models))
	}

	/// Returns the number of payment periods paid, and of models that the line's debt stood
	/// against.
	pub(crate) fn do_apply_insurance_proceeds(
		loan_id: LoanId,
	) -> Result<(u32, u32), DispatchError> {
		let (loan, mut line) = Self::loan_of(loan_id)?;
		let line_id = loan.line;
		ensure!(line.state != LineState::Liquidating, Error::<T>::InLiquidation);
		ensure!(line.insurance_proceeds > 0, Error::<T>::NoInsuranceProceeds);
		// A machine was lost, nobody chose to pay early: no exit fee.
		let budget = line.insurance_proceeds;
		let payment = Self::affordable(&loan, &line.terms.loan, budget, &Fee::None)?;
		let amount = payment.total().map_err(Error::<T>::from)?;
		let insurance_proceeds = Self::checked_difference(line.insurance_proceeds, amount)?;
		line.insurance_proceeds = insurance_proceeds;
		let models = line.exposure.len() as u32;
		Self::book_payment(loan_id, loan, line, &Self::account_id(), &payment)?;
		Self::deposit_event(Event::InsuranceProceedsApplied {
			loan: loan_id,
			line: line_id,
			amount,
			insurance_proceeds,
		});
		Ok((payment.allocation.periods, models))
	}

	/// Returns the whole payment periods of a loan that `budget` pays at the clock's time. There
	/// are none before the loan begins: it was refinanced in a payment period whose interest was
	/// paid already.
	pub(crate) fn allocate(
		loan: &LoanRecord,
		terms: &LoanTerms,
		horizon: Horizon,
		budget: Option<Balance>,
	) -> Result<Allocation, Error<T>> {
		if Self::now() < loan.originated_at {
			return Ok(Allocation::nothing(loan.balance()?));
		}
		Ok(loan.schedule(terms)?.allocate(&AllocationRequest {
			first_unpaid: loan.next_period,
			balance: loan.balance()?,
			now: Self::now(),
			late: late_terms(terms),
			servicing: terms.fees.servicing.fee,
			horizon,
			budget,
		})?)
	}

	/// Returns the payment that closes a loan at the clock's time.
	pub(crate) fn payoff_of(loan: &LoanRecord, terms: &LoanTerms) -> Result<Payment, Error<T>> {
		let allocation = Self::allocate(loan, terms, Horizon::Begun, None)?;
		let prepaid = allocation.balance_after;
		let exit_fee = if prepaid > 0 { terms.fees.exit.fee.of(prepaid)? } else { 0 };
		Ok(Payment { allocation, prepaid, exit_fee })
	}

	/// Returns as much of what is due, and then ahead, as `budget` pays.
	fn affordable(
		loan: &LoanRecord,
		terms: &LoanTerms,
		budget: Balance,
		exit: &Fee,
	) -> Result<Payment, Error<T>> {
		let allocation = Self::allocate(loan, terms, Horizon::Begun, Some(budget))?;
		let mut payment = Payment::of_periods(allocation);
		if allocation.balance_after > 0 && !Self::is_due(loan, terms, &allocation)? {
			let rest = Self::checked_difference(budget, payment.total()?)?;
			let (prepaid, exit_fee) = prepayment(allocation.balance_after, rest, exit)?;
			payment = Payment { prepaid, exit_fee, ..payment };
		}
		ensure!(payment.total()? > 0, Error::BelowInstallment);
		Ok(payment)
	}

	/// Returns the oldest unpaid payment period after `allocation`.
	pub(crate) fn next_after(loan: &LoanRecord, allocation: &Allocation) -> Result<u32, Error<T>> {
		loan.next_period.checked_add(allocation.periods).ok_or(Error::Overflow)
	}

	/// Returns true if a due date of one of the line's loans has passed unpaid.
	pub(crate) fn is_overdue(line: &LineRecordOf<T>) -> Result<bool, Error<T>> {
		let now = Self::now();
		for loan_id in &line.loans {
			let loan = Loans::<T>::get(loan_id).ok_or_else(Self::unexpected)?;
			if loan.state(&line.terms.loan, now)? != LoanState::Current {
				return Ok(true);
			}
		}
		Ok(false)
	}

	/// Returns true if a payment period that has begun is unpaid after `allocation`.
	fn is_due(
		loan: &LoanRecord,
		terms: &LoanTerms,
		allocation: &Allocation,
	) -> Result<bool, Error<T>> {
		if Self::now() < loan.originated_at {
			return Ok(false);
		}
		let next = Self::next_after(loan, allocation)?;
		let ended = terms.calendar.periods_ended(loan.originated_at, Self::now())?;
		// The payment period after the last one that has ended has begun.
		Ok(next <= ended)
	}

	/// Enters a payment in every book and transfers the money. Returns the line as it is stored
	/// then.
	pub(crate) fn book_payment(
		loan_id: LoanId,
		loan: LoanRecord,
		mut line: LineRecordOf<T>,
		payer: &T::AccountId,
		payment: &Payment,
	) -> Result<LineRecordOf<T>, DispatchError> {
		let line_id = loan.line;
		let applied = Application::new(&loan, &line.terms.loan, accrues(line.state), payment)
			.map_err(Error::<T>::from)?;
		let balance_after = applied.after.balance().map_err(Error::<T>::from)?;
		let principal = payment.principal().map_err(Error::<T>::from)?;
		line.outstanding = Self::checked_difference(line.outstanding, principal)?;
		line.senior_outstanding =
			Self::checked_difference(line.senior_outstanding, applied.principal.senior)?;
		if principal > 0 {
			Self::lower_exposure(&mut line)?;
			Self::lower_totals(&line, &applied.principal)?;
		}
		if balance_after == 0 {
			line.loans.retain(|id| *id != loan_id);
			Loans::<T>::remove(loan_id);
		} else {
			Loans::<T>::insert(loan_id, &applied.after);
		}
		if applied.earned != applied.earns {
			T::Senior::update_accrual(applied.earned, applied.earns)?;
		}
		Self::withhold(line_id, &mut line, &applied)?;
		Self::provision(line_id, &mut line)?;

		let locked = Self::distribute(&line, payer, payment, &applied)?;
		line.junior_locked = Self::checked_sum(line.junior_locked, locked)?;
		if line.loans.is_empty() {
			Self::release_junior_holdback(line_id, &mut line)?;
			if line.state == LineState::Liquidating {
				Self::cancel_auction(line_id, &mut line)?;
			}
		}
		Lines::<T>::insert(line_id, &line);
		Self::deposit_event(Event::Repaid {
			loan: loan_id,
			line: line_id,
			payer: payer.clone(),
			periods: payment.allocation.periods,
			principal: payment.allocation.principal,
			interest: payment.allocation.interest,
			late_interest: payment.allocation.late_interest,
			fees: payment.fees().map_err(Error::<T>::from)?,
			prepaid: payment.prepaid,
			senior_interest: applied.interest.senior,
			senior_principal: applied.principal.senior,
			balance_after,
		});
		if balance_after == 0 {
			Self::deposit_event(Event::LoanClosed { loan: loan_id, line: line_id });
		}
		Ok(line)
	}

	/// Pays each recipient its part. Returns the part that was locked again as the curator's
	/// capital.
	fn distribute(
		line: &LineRecordOf<T>,
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
		Self::pay(payer, &servicing, payment.allocation.servicing)?;
		let exit = Self::fee_account(fees.exit.recipient, line);
		Self::pay(payer, &exit, payment.exit_fee)?;
		Ok(locked)
	}

	/// Pays the curator its part of the principal and of the interest. While the line is in default
	/// the part stays in the pallet's account: the senior lender comes first. While a revolving
	/// line may be drawn, or may be again once a breach is cured, the principal is locked for the
	/// next draw. Returns the principal that was locked.
	fn pay_curator(
		line: &LineRecordOf<T>,
		payer: &T::AccountId,
		principal: Balance,
		interest: Balance,
	) -> Result<Balance, DispatchError> {
		if !accrues(line.state) {
			Self::take_in(payer, Self::checked_sum(principal, interest)?)?;
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

	/// Books the curator's part of a payment as junior holdback while the line is in default.
	fn withhold(
		line_id: LineId,
		line: &mut LineRecordOf<T>,
		applied: &Application,
	) -> Result<(), Error<T>> {
		let amount = Self::checked_sum(applied.principal.junior, applied.interest.junior)?;
		if amount > 0 && !accrues(line.state) {
			let total = Self::checked_sum(line.junior_holdback, amount)?;
			line.junior_holdback = total;
			Self::deposit_event(Event::JuniorHeldBack { line: line_id, amount, total });
		}
		Ok(())
	}

	/// Pays the junior holdback to the curator: nothing that the senior lender has lent is overdue
	/// any more. The caller stores the line.
	pub(crate) fn release_junior_holdback(
		line_id: LineId,
		line: &mut LineRecordOf<T>,
	) -> DispatchResult {
		let amount = core::mem::take(&mut line.junior_holdback);
		if amount > 0 {
			Self::pay(&Self::account_id(), &line.curator, amount)?;
			Self::deposit_event(Event::JuniorHoldbackReleased { line: line_id, amount });
		}
		Ok(())
	}

	/// Takes a payment of principal off the totals.
	pub(crate) fn lower_totals(line: &LineRecordOf<T>, principal: &Split) -> Result<(), Error<T>> {
		let amount = principal.total()?;
		let lower = |total: &mut Balance, by: Balance| -> Result<(), Error<T>> {
			*total = Self::checked_difference(*total, by)?;
			Ok(())
		};
		TotalOutstanding::<T>::try_mutate(|total| lower(total, amount))?;
		SeniorOutstanding::<T>::try_mutate(|total| lower(total, principal.senior))?;
		// An account that owes nothing leaves no entry.
		let lower_entry = |entry: &mut Option<Balance>| -> Result<(), Error<T>> {
			let rest = Self::checked_difference(entry.unwrap_or_default(), amount)?;
			*entry = (rest > 0).then_some(rest);
			Ok(())
		};
		OutstandingByBorrower::<T>::try_mutate_exists(&line.borrower, lower_entry)?;
		OutstandingByCurator::<T>::try_mutate_exists(&line.curator, lower_entry)
	}

	/// Returns the time at which a year of debt service from now ends.
	pub(crate) fn in_a_year() -> Result<Seconds, Error<T>> {
		Self::now().checked_add(caliber_math::SECONDS_PER_YEAR).ok_or(Error::Overflow)
	}
}
