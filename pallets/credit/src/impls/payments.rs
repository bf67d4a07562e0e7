// SPDX-License-Identifier: Apache-2.0

//! Payments on loans. Any amount counts, no payment needs a price, and a payer's payment is taken in
//! every state of the line. Reserve and insurance proceeds of a line wait for the waterfall while its titles are
//! sold.

use super::LineOp;
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
		accrues, checked_difference, checked_sum, late_terms, tranches_of, ExitFee, LineRecordOf,
		LoanRecord, Payment,
	},
};
use caliber_math::{
	schedule::{Allocation, AllocationRequest, Horizon, Progress},
	tranche::Split,
	MathError,
};
use caliber_primitives::{
	credit::{LineState, LoanTerms},
	traits::{Accrual, SeniorLender, Settlement},
	Balance, LoanId, Seconds,
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
	/// Suspended interest of the loan before.
	suspended: Balance,
	/// Time up to which the interest is paid, unix seconds.
	paid_until: Seconds,
}

impl Application {
	/// Applies a payment at `now` to a loan.
	fn new(
		loan: &LoanRecord,
		terms: &LoanTerms,
		accrues: bool,
		payment: &Payment,
		now: Seconds,
	) -> Result<Self, MathError> {
		let Allocation { periods, progress, .. } = payment.allocation;
		let interest = loan.tranches.split_interest(payment.interest()?)?;
		// What is paid of a payment period is split as a whole, in however many parts it comes.
		let all_parts = checked_sum(loan.progress.principal, payment.allocation.principal)?;
		let complete = checked_difference(all_parts, progress.principal)?;
		let opening = loan.opening()?;
		let between = difference(opening, loan.tranches.split_principal(complete, opening)?)?;
		let part = loan.tranches.split_principal(progress.principal, between)?;
		let outstanding = difference(between, part)?;
		let scheduled = difference(loan.outstanding, outstanding)?;
		let prepaid = loan.tranches.split_prepayment(payment.prepaid, outstanding)?;
		let left = difference(outstanding, prepaid)?;
		let is_repaid = left.total()? == 0;
		let mut after = LoanRecord {
			outstanding: left,
			next_period: loan.next_period.checked_add(periods).ok_or(MathError::Overflow)?,
			progress,
			senior_paid: part.senior,
			prepaid: checked_sum(loan.prepaid, payment.charged)?,
			uncounted: if periods > 0 { 0 } else { loan.uncounted },
			suspended: loan.suspended_after(interest.senior, is_repaid),
			..loan.clone()
		};
		if after.uncounted > 0 {
			// What is not counted comes in with the last of the payment period's interest.
			after.uncounted = after.uncounted.min(after.senior_interest_left(terms)?);
		}
		// A loan that is repaid has no payment period left.
		if accrues && !is_repaid {
			after = after.booked_at(terms, now)?;
		}
		Ok(Self {
			principal: Split {
				senior: checked_sum(scheduled.senior, prepaid.senior)?,
				junior: checked_sum(scheduled.junior, prepaid.junior)?,
			},
			interest,
			earned: loan.accrual(terms)?,
			earns: after.accrual(terms)?,
			suspended: loan.suspended,
			paid_until: after.paid_until(terms)?,
			after,
		})
	}

	/// Lets the loan begin anew under new terms with the principal that the payment leaves: now, or
	/// at the end of what is paid. Until then it earns nothing in the senior lender's books: what was
	/// paid for that time runs off beside them.
	fn renew(
		&mut self,
		old: &LoanTerms,
		new: &LoanTerms,
		accrues: bool,
		now: Seconds,
	) -> Result<(), MathError> {
		let Split { senior, junior } = self.after.outstanding;
		let originated_at = self.after.interest_paid_until(old)?.max(now);
		self.after = LoanRecord {
			number: self.after.number,
			tranches: tranches_of(new, senior, junior),
			outstanding: self.after.outstanding,
			originated_at,
			next_period: 0,
			progress: Progress::NONE,
			senior_paid: 0,
			prepaid: 0,
			booked_in: None,
			uncounted: 0,
			suspended: self.after.suspended,
		};
		if accrues {
			self.after = self.after.clone().booked_at(new, now)?;
		}
		self.earns = self.after.accrual(new)?;
		self.paid_until = originated_at;
		Ok(())
	}
}

/// Returns `a - b`, tranche by tranche.
fn difference(a: Split, b: Split) -> Result<Split, MathError> {
	Ok(Split {
		senior: checked_difference(a.senior, b.senior)?,
		junior: checked_difference(a.junior, b.junior)?,
	})
}

impl<T: Config> Pallet<T> {
	/// Returns the number of payment periods paid on, and true if the loan is closed.
	pub(crate) fn do_repay(
		payer: T::AccountId,
		loan_id: LoanId,
		max_amount: Balance,
	) -> Result<(u32, bool), DispatchError> {
		ensure!(max_amount > 0, Error::<T>::ZeroAmount);
		let (op, loan) = LineOp::<T>::load_with_loan(loan_id)?;
		let exit = Self::exit_fee(&loan, &op.line)?;
		let payment = Self::affordable(&loan, &op.line.terms.loan, max_amount, &exit)?;
		op.pay_and_commit(&loan, &payer, &payment)
	}

	/// Returns the number of payment periods paid on, and true: the loan is closed.
	pub(crate) fn do_payoff(
		payer: T::AccountId,
		loan_id: LoanId,
		max_amount: Balance,
	) -> Result<(u32, bool), DispatchError> {
		let (op, loan) = LineOp::<T>::load_with_loan(loan_id)?;
		let payment = Self::payoff_of(&loan, &op.line)?;
		let total = payment.total().map_err(Error::<T>::from)?;
		ensure!(total <= max_amount, Error::<T>::PayoffAboveMaximum);
		op.pay_and_commit(&loan, &payer, &payment)
	}

	/// Returns the number of payment periods paid on.
	pub(crate) fn do_collect(loan_id: LoanId) -> Result<u32, DispatchError> {
		let (mut op, loan) = LineOp::<T>::load_with_loan(loan_id)?;
		ensure!(op.line.state != LineState::Liquidating, Error::<T>::InLiquidation);
		let terms = &op.line.terms.loan;
		let budget = Self::checked_sum(op.line.reserve, op.line.insurance_proceeds)?;
		let allocation = Self::allocate(&loan, terms, Horizon::Reached, Some(budget))?;
		let payment = Payment::of_due(allocation);
		let total = payment.total().map_err(Error::<T>::from)?;
		if total == 0 && allocation.periods == 0 {
			let due = Self::allocate(&loan, terms, Horizon::Reached, None)?;
			let owed = due.total().map_err(Error::<T>::from)?;
			ensure!(owed > 0, Error::<T>::NothingDue);
			return Err(Error::<T>::ReserveTooLow.into());
		}
		// The reserve pays first, then the insurance proceeds.
		let amount = total.min(op.line.reserve);
		let from_insurance = Self::checked_difference(total, amount)?;
		let reserve = Self::checked_difference(op.line.reserve, amount)?;
		let insurance_proceeds =
			Self::checked_difference(op.line.insurance_proceeds, from_insurance)?;
		op.line.reserve = reserve;
		op.line.insurance_proceeds = insurance_proceeds;
		let (periods, _) = op.pay_and_commit(&loan, &Self::account_id(), &payment)?;
		let line = loan_id.line;
		Self::deposit_event(Event::Collected { loan: loan_id, line, amount, reserve });
		if from_insurance > 0 {
			Self::deposit_event(Event::InsuranceProceedsApplied {
				loan: loan_id,
				line,
				amount: from_insurance,
				insurance_proceeds,
			});
		}
		Ok(periods)
	}

	/// Returns the number of payment periods paid on.
	pub(crate) fn do_apply_insurance_proceeds(loan_id: LoanId) -> Result<u32, DispatchError> {
		let (mut op, loan) = LineOp::<T>::load_with_loan(loan_id)?;
		ensure!(op.line.state != LineState::Liquidating, Error::<T>::InLiquidation);
		ensure!(op.line.insurance_proceeds > 0, Error::<T>::NoInsuranceProceeds);
		// A machine was lost, nobody chose to pay early: no exit fee.
		let budget = op.line.insurance_proceeds;
		let payment = Self::affordable(&loan, &op.line.terms.loan, budget, &ExitFee::FREE)?;
		let amount = payment.total().map_err(Error::<T>::from)?;
		let insurance_proceeds = Self::checked_difference(budget, amount)?;
		op.line.insurance_proceeds = insurance_proceeds;
		let (periods, _) = op.pay_and_commit(&loan, &Self::account_id(), &payment)?;
		Self::deposit_event(Event::InsuranceProceedsApplied {
			loan: loan_id,
			line: loan_id.line,
			amount,
			insurance_proceeds,
		});
		Ok(periods)
	}

	/// Returns what `budget` pays of the payment periods of a loan at the clock's time. There are
	/// none before the loan begins: it was refinanced in a payment period whose interest was paid
	/// already.
	pub(crate) fn allocate(
		loan: &LoanRecord,
		terms: &LoanTerms,
		horizon: Horizon,
		budget: Option<Balance>,
	) -> Result<Allocation, Error<T>> {
		Self::allocate_at(Self::now(), loan, terms, horizon, budget)
	}

	/// Returns what `budget` pays of the payment periods of a loan at a time.
	pub(crate) fn allocate_at(
		now: Seconds,
		loan: &LoanRecord,
		terms: &LoanTerms,
		horizon: Horizon,
		budget: Option<Balance>,
	) -> Result<Allocation, Error<T>> {
		if now < loan.originated_at {
			return Ok(Allocation::nothing(loan.balance()?, loan.progress));
		}
		Ok(loan.schedule(terms)?.allocate(&AllocationRequest {
			first_unpaid: loan.next_period,
			balance: loan.balance()?,
			progress: loan.progress,
			now,
			late: late_terms(terms),
			servicing: terms.fees.servicing.fee,
			horizon,
			budget,
		})?)
	}

	/// Returns the payment that closes a loan at the clock's time.
	pub(crate) fn payoff_of(
		loan: &LoanRecord,
		line: &LineRecordOf<T>,
	) -> Result<Payment, Error<T>> {
		let allocation = Self::allocate(loan, &line.terms.loan, Horizon::Begun, None)?;
		let prepaid = allocation.balance_after;
		let exit_fee = Self::exit_fee(loan, line)?.of(prepaid)?;
		Ok(Payment { allocation, prepaid, charged: prepaid, exit_fee })
	}

	/// Returns the fee on what is prepaid of a loan.
	fn exit_fee(loan: &LoanRecord, line: &LineRecordOf<T>) -> Result<ExitFee, Error<T>> {
		Ok(ExitFee {
			fee: line.terms.loan.fees.exit.fee,
			principal: checked_sum(loan.tranches.senior, loan.tranches.junior)?,
			prepaid: loan.prepaid,
		})
	}

	/// Returns as much of what is due, and then ahead, as `budget` pays; `exit` is the fee on what is
	/// ahead.
	pub(super) fn affordable(
		loan: &LoanRecord,
		terms: &LoanTerms,
		budget: Balance,
		exit: &ExitFee,
	) -> Result<Payment, Error<T>> {
		let allocation = Self::allocate(loan, terms, Horizon::Begun, Some(budget))?;
		let mut payment = Payment::of_due(allocation);
		// What is left of the budget is left by a payment of all that is due.
		let rest = Self::checked_difference(budget, payment.total()?)?;
		if rest > 0 {
			let (prepaid, exit_fee) = exit.prepayment(allocation.balance_after, rest)?;
			let charged = if *exit == ExitFee::FREE { 0 } else { prepaid };
			payment = Payment { prepaid, charged, exit_fee, ..payment };
		}
		ensure!(payment.total()? > 0, Error::PaysNothing);
		Ok(payment)
	}

	/// Returns true if a due date of one of the line's loans has passed unpaid.
	pub(crate) fn is_overdue(line: &LineRecordOf<T>) -> Result<bool, Error<T>> {
		let now = Self::now();
		for loan in &line.loans {
			if now > loan.next_due_at(&line.terms.loan)? {
				return Ok(true);
			}
		}
		Ok(false)
	}

	/// Returns the time at which a year of debt service from now ends.
	pub(crate) fn in_a_year() -> Result<Seconds, Error<T>> {
		Self::now().checked_add(caliber_math::SECONDS_PER_YEAR).ok_or(Error::Overflow)
	}
}

impl<T: Config> LineOp<T> {
	/// Pays on a loan and writes the line. Returns the number of payment periods paid on, and true
	/// if the loan is closed.
	fn pay_and_commit(
		mut self,
		loan: &LoanRecord,
		payer: &T::AccountId,
		payment: &Payment,
	) -> Result<(u32, bool), DispatchError> {
		let balance_after = self.pay(loan, payer, payment, None)?;
		self.commit();
		Ok((payment.periods_paid_on(), balance_after == 0))
	}

	/// Enters a payment in every book and transfers the money. Under `renewal`, new terms that the
	/// loan begins anew with, it changes over to them in the same step. Returns the principal
	/// outstanding on the loan.
	pub(super) fn pay(
		&mut self,
		loan: &LoanRecord,
		payer: &T::AccountId,
		payment: &Payment,
		renewal: Option<&LoanTerms>,
	) -> Result<Balance, DispatchError> {
		let terms = self.line.terms.loan;
		let accruing = accrues(self.line.state);
		let now = Pallet::<T>::now();
		let mut applied =
			Application::new(loan, &terms, accruing, payment, now).map_err(Error::<T>::from)?;
		let balance_after = applied.after.balance().map_err(Error::<T>::from)?;
		if let Some(new) = renewal.filter(|_| balance_after > 0) {
			applied.renew(&terms, new, accruing, now).map_err(Error::<T>::from)?;
		}
		self.lower_outstanding(&applied.principal)?;
		self.put_loan(applied.after.clone())?;
		self.withhold(&applied)?;
		self.provision()?;

		self.distribute(payer, payment, &applied)?;
		if self.line.loans.is_empty() {
			self.release_junior_holdback()?;
			if self.line.state == LineState::Liquidating {
				self.cancel_auction()?;
			}
		}
		if payment.total().map_err(Error::<T>::from)? == 0 {
			return Ok(balance_after);
		}
		let loan_id = self.loan_id(loan.number);
		Pallet::<T>::deposit_event(Event::Repaid {
			loan: loan_id,
			line: self.id,
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
			Pallet::<T>::deposit_event(Event::LoanClosed { loan: loan_id, line: self.id });
		}
		Ok(balance_after)
	}

	/// Pays each recipient its part. The senior lender learns of the payment and of the loan's new
	/// place in its books in one step.
	fn distribute(
		&mut self,
		payer: &T::AccountId,
		payment: &Payment,
		applied: &Application,
	) -> DispatchResult {
		let Application { principal, interest, earned, earns, suspended, paid_until, .. } =
			*applied;
		let suspended_after = applied.after.suspended;
		let moves = earned != earns || suspended != suspended_after;
		if principal.senior > 0 || interest.senior > 0 || moves {
			T::Senior::settle(
				payer,
				Settlement {
					principal: principal.senior,
					interest: interest.senior,
					old: earned,
					new: earns,
					suspended_before: suspended,
					suspended_after,
					paid_until,
				},
			)?;
		}
		self.pay_curator(payer, principal.junior, interest.junior)?;
		let fees = &self.line.terms.loan.fees;
		let servicing = Pallet::<T>::fee_account(fees.servicing.recipient, &self.line);
		Pallet::<T>::pay(payer, &servicing, payment.allocation.servicing)?;
		let exit = Pallet::<T>::fee_account(fees.exit.recipient, &self.line);
		Pallet::<T>::pay(payer, &exit, payment.exit_fee)
	}

	/// Pays the curator its part of the principal and of the interest. While the line is in default
	/// the part stays in the pallet's account: the senior lender comes first. While a revolving
	/// line may be drawn, or may be again once a breach is cured, the principal is locked for the
	/// next draw.
	fn pay_curator(
		&mut self,
		payer: &T::AccountId,
		principal: Balance,
		interest: Balance,
	) -> DispatchResult {
		let curator = self.line.curator.clone();
		if !accrues(self.line.state) {
			return Pallet::<T>::take_in(payer, Pallet::<T>::checked_sum(principal, interest)?);
		}
		Pallet::<T>::pay(payer, &curator, interest)?;
		let terms = &self.line.terms;
		let drawable = terms.revolving && Pallet::<T>::now() <= terms.availability_end;
		if drawable && principal > 0 {
			let held = with_storage_layer(|| {
				T::UsdAiHold::transfer_and_hold(
					&HoldReason::JuniorCapital.into(),
					payer,
					&curator,
					principal,
					Precision::Exact,
					Preservation::Expendable,
					Fortitude::Polite,
				)
			});
			if held.is_ok() {
				self.line.junior_locked =
					Pallet::<T>::checked_sum(self.line.junior_locked, principal)?;
				return Ok(());
			}
		}
		Pallet::<T>::pay(payer, &curator, principal)
	}

	/// Books the curator's part of a payment as junior holdback while the line is in default.
	fn withhold(&mut self, applied: &Application) -> Result<(), Error<T>> {
		let amount = Pallet::<T>::checked_sum(applied.principal.junior, applied.interest.junior)?;
		if amount > 0 && !accrues(self.line.state) {
			let total = Pallet::<T>::checked_sum(self.line.junior_holdback, amount)?;
			self.line.junior_holdback = total;
			Pallet::<T>::deposit_event(Event::JuniorHeldBack { line: self.id, amount, total });
		}
		Ok(())
	}

	/// Pays the junior holdback to the curator: nothing that the senior lender has lent is overdue
	/// any more.
	pub(super) fn release_junior_holdback(&mut self) -> DispatchResult {
		let amount = core::mem::take(&mut self.line.junior_holdback);
		if amount > 0 {
			Pallet::<T>::pay(&Pallet::<T>::account_id(), &self.line.curator, amount)?;
			Pallet::<T>::deposit_event(Event::JuniorHoldbackReleased { line: self.id, amount });
			self.provision()?;
		}
		Ok(())
	}
}
