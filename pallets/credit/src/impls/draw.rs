// SPDX-License-Identifier: Apache-2.0

//! Money leaves: the borrowing base, the ceilings and the draw.

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
	types::{apportion, tranches_of, LineRecord, LoanRecord, FIRST_LOSS_DUST},
};
use caliber_math::tranche::Split;
use caliber_primitives::{
	credit::{FeeRecipient, LineState},
	traits::SeniorLender,
	Balance, LineId, LoanId,
};

impl<T: Config> Pallet<T> {
	/// Returns the number of titles valued.
	pub(crate) fn do_draw(
		who: T::AccountId,
		line: LineId,
		amount: Balance,
	) -> Result<u32, DispatchError> {
		let mut record = Self::line_of(line)?;
		let titles = record.titles.len() as u32;
		ensure!(record.state == LineState::Open, Error::<T>::LineNotOpen);
		ensure!(who == record.borrower, Error::<T>::NotBorrower);
		Self::ensure_available(&record)?;
		let standings = Self::standings(line, &record);
		ensure!(first_lapse(&standings).is_none(), Error::<T>::TitleLapsed);
		let base = Self::borrowing_base(&record.terms, &standings)?;
		ensure!(base.total > 0, Error::<T>::InsufficientCoverage);
		let outstanding = Self::sum(record.outstanding, amount)?;
		let exposure = apportion(outstanding, &base.by_model).map_err(Error::<T>::from)?;
		Self::ensure_below_ceilings(&record, amount, &exposure)?;
		ensure!(
			Self::required_base(&record.terms, outstanding)? <= base.total,
			Error::<T>::InsufficientCoverage
		);
		let (senior, junior) = Self::split_draw(&record, amount)?;
		ensure!(senior <= T::Senior::liquidity(), Error::<T>::InsufficientLiquidity);
		ensure!(amount >= T::MinDraw::get(), Error::<T>::DrawTooSmall);

		let loan = LoanRecord {
			line,
			tranches: tranches_of(&record.terms.loan, senior, junior),
			left: Split { senior, junior },
			originated_at: Self::now(),
			next_window: 0,
		};
		let origination = record.terms.loan.fees.origination;
		let fee = origination.fee.of(amount).map_err(Error::<T>::from)?;
		let reserved = loan
			.required_reserve(&record.terms.loan, record.terms.reserve_installments)
			.map_err(Error::<T>::from)?;
		let disbursed = amount
			.checked_sub(Self::sum(fee, reserved)?)
			.filter(|rest| *rest > 0)
			.ok_or(Error::<T>::NothingToDisburse)?;

		let recipient = Self::fee_account(origination.recipient, &record);
		let curator = record.curator.clone();
		let accrual = loan.accrual(&record.terms.loan).map_err(Error::<T>::from)?;
		Self::restate_exposure(line, &mut record, exposure)?;
		let loan_id = Self::book_draw(record, loan, amount, reserved)?;

		T::Senior::rebook(None, accrual)?;
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
			line,
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

	/// The account of a fee's recipient.
	pub(crate) fn fee_account(
		recipient: FeeRecipient,
		record: &LineRecord<T::AccountId>,
	) -> T::AccountId {
		match recipient {
			FeeRecipient::Treasury => T::TreasuryAccount::get(),
			FeeRecipient::Curator => record.curator.clone(),
		}
	}

	/// Whether the terms let anything be drawn now, whatever the titles are worth.
	fn ensure_available(record: &LineRecord<T::AccountId>) -> Result<(), Error<T>> {
		ensure!(Self::now() <= record.terms.availability_end, Error::AvailabilityEnded);
		ensure!(!record.loans.is_full(), Error::TooManyLoans);
		ensure!(!Self::is_overdue(record)?, Error::PaymentOverdue);
		Ok(())
	}

	/// What the senior lender and what the curator fund of a draw.
	fn split_draw(
		record: &LineRecord<T::AccountId>,
		amount: Balance,
	) -> Result<(Balance, Balance), Error<T>> {
		let first_loss = Self::first_loss_of(amount, record.terms.loan.first_loss)?;
		let junior = first_loss.min(record.junior_locked);
		// Each draw rounds the curator's share up, and each payment's the other way: the last draw of
		// a line may find a few units less than its share.
		ensure!(Self::less(first_loss, junior)? <= FIRST_LOSS_DUST, Error::JuniorCapitalShort);
		Ok((Self::less(amount, junior)?, junior))
	}

	/// Enter a loan in every book and return its id.
	fn book_draw(
		mut record: LineRecord<T::AccountId>,
		loan: LoanRecord,
		amount: Balance,
		reserved: Balance,
	) -> Result<LoanId, DispatchError> {
		let id = Self::take_id::<NextLoanId<T>>()?;
		record.loans.try_push(id).map_err(|_| Error::<T>::TooManyLoans)?;
		record.junior_locked = Self::less(record.junior_locked, loan.left.junior)?;
		record.reserve = Self::sum(record.reserve, reserved)?;
		record.drawn_total = Self::sum(record.drawn_total, amount)?;
		record.outstanding = Self::sum(record.outstanding, amount)?;
		record.senior_outstanding = Self::sum(record.senior_outstanding, loan.left.senior)?;
		Self::raise_totals(&record, loan.left.senior, amount)?;
		Lines::<T>::insert(loan.line, record);
		Loans::<T>::insert(id, loan);
		Ok(id)
	}

	/// Add a draw to the totals.
	fn raise_totals(
		record: &LineRecord<T::AccountId>,
		senior: Balance,
		amount: Balance,
	) -> Result<(), Error<T>> {
		let raise = |total: &mut Balance, by: Balance| -> Result<(), Error<T>> {
			*total = Self::sum(*total, by)?;
			Ok(())
		};
		TotalOutstanding::<T>::try_mutate(|total| raise(total, amount))?;
		SeniorOutstanding::<T>::try_mutate(|total| raise(total, senior))?;
		OutstandingByBorrower::<T>::try_mutate(&record.borrower, |total| raise(total, amount))?;
		OutstandingByCurator::<T>::try_mutate(&record.curator, |total| raise(total, amount))
	}
}
