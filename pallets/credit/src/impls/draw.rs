// SPDX-License-Identifier: Apache-2.0

//! Draw of a loan under a line. The borrowing base is in `borrowing_base`, the ceilings in `ceilings`.

use super::covenants::first_lapse;
use crate::{
	frame_support::{
		ensure,
		traits::{
			tokens::{fungible::MutateHold, Fortitude, Precision, Restriction},
			Get,
		},
	},
	pallet::*,
	sp_runtime::DispatchError,
	types::{tranches_of, LineRecordOf, LoanRecord, FIRST_LOSS_DUST},
};
use caliber_math::{apportion, tranche::Split};
use caliber_primitives::{
	credit::{FeeRecipient, LineState},
	traits::SeniorLender,
	Balance, LineId, LoanId,
};

impl<T: Config> Pallet<T> {
	/// Returns the number of titles valued.
	pub(crate) fn do_draw(
		who: T::AccountId,
		line_id: LineId,
		amount: Balance,
	) -> Result<u32, DispatchError> {
		let mut line = Self::line_of(line_id)?;
		let titles = line.titles.len() as u32;
		ensure!(line.state == LineState::Open, Error::<T>::LineNotOpen);
		ensure!(who == line.borrower, Error::<T>::NotBorrower);
		Self::ensure_available(&line)?;
		let statuses = Self::collateral_statuses(line_id, &line);
		ensure!(first_lapse(&statuses).is_none(), Error::<T>::TitleLapsed);
		let base = Self::borrowing_base(&line.terms, &statuses)?;
		ensure!(base.total > 0, Error::<T>::InsufficientCoverage);
		let outstanding = Self::checked_sum(line.outstanding, amount)?;
		let exposure = apportion(outstanding, &base.by_model).map_err(Error::<T>::from)?;
		Self::ensure_below_ceilings(&line, amount, &exposure)?;
		ensure!(
			Self::required_base(&line.terms, outstanding)? <= base.total,
			Error::<T>::InsufficientCoverage
		);
		let (senior, junior) = Self::split_draw(&line, amount)?;
		ensure!(senior <= T::Senior::liquidity(), Error::<T>::InsufficientLiquidity);
		ensure!(amount >= T::MinDraw::get(), Error::<T>::DrawTooSmall);

		let loan = LoanRecord {
			line: line_id,
			tranches: tranches_of(&line.terms.loan, senior, junior),
			outstanding: Split { senior, junior },
			originated_at: Self::now(),
			next_period: 0,
		};
		let origination = line.terms.loan.fees.origination;
		let fee = origination.fee.of(amount).map_err(Error::<T>::from)?;
		let reserved = loan
			.required_reserve(&line.terms.loan, line.terms.reserve_installments)
			.map_err(Error::<T>::from)?;
		let disbursed = amount
			.checked_sub(Self::checked_sum(fee, reserved)?)
			.filter(|rest| *rest > 0)
			.ok_or(Error::<T>::NothingToDisburse)?;

		let recipient = Self::fee_account(origination.recipient, &line);
		let curator = line.curator.clone();
		let accrual = loan.accrual(&line.terms.loan).map_err(Error::<T>::from)?;
		Self::restate_exposure(line_id, &mut line, exposure)?;
		let loan_id = Self::book_draw(line, loan, amount, reserved)?;

		T::Senior::update_accrual(None, accrual)?;
		let account = Self::account_id();
		if senior > 0 {
			T::Senior::lend(&account, senior)?;
		}
		if junior > 0 {
			T::UsdAiHold::transfer_on_hold(
				&HoldReason::JuniorCapital.into(),
				&curator,
				&account,
				junior,
				Precision::Exact,
				Restriction::Free,
				Fortitude::Polite,
			)?;
		}
		Self::pay(&account, &recipient, fee)?;
		Self::transfer(&account, &who, disbursed)?;
		Self::deposit_event(Event::LoanDrawn {
			loan: loan_id,
			line: line_id,
			amount,
			senior,
			junior,
			fee,
			reserved,
			disbursed,
			outstanding,
		});
		Ok(titles)
	}

	/// Returns the account of a fee's recipient.
	pub(crate) fn fee_account(recipient: FeeRecipient, line: &LineRecordOf<T>) -> T::AccountId {
		match recipient {
			FeeRecipient::Treasury => T::TreasuryAccount::get(),
			FeeRecipient::Curator => line.curator.clone(),
		}
	}

	/// Ensures that the terms let anything be drawn now, whatever the titles are worth.
	fn ensure_available(line: &LineRecordOf<T>) -> Result<(), Error<T>> {
		ensure!(Self::now() <= line.terms.availability_end, Error::AvailabilityEnded);
		ensure!(!line.loans.is_full(), Error::TooManyLoans);
		ensure!(!Self::is_overdue(line)?, Error::PaymentOverdue);
		Ok(())
	}

	/// Returns the parts of a draw that the senior lender and the curator fund.
	fn split_draw(line: &LineRecordOf<T>, amount: Balance) -> Result<(Balance, Balance), Error<T>> {
		let first_loss = Self::first_loss_of(amount, line.terms.loan.first_loss);
		let junior = first_loss.min(line.junior_locked);
		// Each draw rounds the curator's share up, and each payment's the other way: the last draw
		// of a line may find a few units less than its share.
		ensure!(
			Self::checked_difference(first_loss, junior)? <= FIRST_LOSS_DUST,
			Error::JuniorCapitalShort
		);
		Ok((Self::checked_difference(amount, junior)?, junior))
	}

	/// Enters a loan in every book and returns its id.
	fn book_draw(
		mut line: LineRecordOf<T>,
		loan: LoanRecord,
		amount: Balance,
		reserved: Balance,
	) -> Result<LoanId, Error<T>> {
		let loan_id = Self::take_id::<NextLoanId<T>>()?;
		line.loans.try_push(loan_id).map_err(|_| Error::TooManyLoans)?;
		line.junior_locked = Self::checked_difference(line.junior_locked, loan.outstanding.junior)?;
		line.reserve = Self::checked_sum(line.reserve, reserved)?;
		line.drawn_total = Self::checked_sum(line.drawn_total, amount)?;
		line.outstanding = Self::checked_sum(line.outstanding, amount)?;
		line.senior_outstanding =
			Self::checked_sum(line.senior_outstanding, loan.outstanding.senior)?;
		Self::raise_totals(&line, loan.outstanding.senior, amount)?;
		Lines::<T>::insert(loan.line, line);
		Loans::<T>::insert(loan_id, loan);
		Ok(loan_id)
	}

	/// Adds a draw to the totals.
	fn raise_totals(
		line: &LineRecordOf<T>,
		senior: Balance,
		amount: Balance,
	) -> Result<(), Error<T>> {
		let raise = |total: &mut Balance, by: Balance| -> Result<(), Error<T>> {
			*total = Self::checked_sum(*total, by)?;
			Ok(())
		};
		TotalOutstanding::<T>::try_mutate(|total| raise(total, amount))?;
		SeniorOutstanding::<T>::try_mutate(|total| raise(total, senior))?;
		OutstandingByBorrower::<T>::try_mutate(&line.borrower, |total| raise(total, amount))?;
		OutstandingByCurator::<T>::try_mutate(&line.curator, |total| raise(total, amount))
	}
}
