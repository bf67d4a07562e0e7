// SPDX-License-Identifier: Apache-2.0

//! Money leaves: the borrowing base, the ceilings and the draw.

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
	types::{tranches_of, LineRecord, LoanRecord, FIRST_LOSS_DUST},
};
use caliber_math::{share_of, tranche::Split, Rounding};
use caliber_primitives::{
	appraisal::AppraisalError,
	credit::{FeeRecipient, LineState},
	titles::Ineligibility,
	traits::{Encumber, SeniorLender, TitleValue},
	Balance, LineId, LoanId, TitleId,
};

impl<T: Config> Pallet<T> {
	/// Returns the number of titles valued.
	pub(crate) fn do_draw(
		who: T::AccountId,
		line: LineId,
		amount: Balance,
	) -> Result<u32, DispatchError> {
		let record = Self::line_of(line)?;
		let titles = record.titles.len() as u32;
		ensure!(record.state == LineState::Open, Error::<T>::LineNotOpen);
		ensure!(who == record.borrower, Error::<T>::NotBorrower);
		Self::ensure_available(&record, amount)?;
		let base = Self::borrowing_base(line, &record)?;
		Self::ensure_below_ceilings(&record, amount)?;
		let outstanding = Self::sum(record.outstanding, amount)?;
		ensure!(outstanding <= base, Error::<T>::InsufficientCoverage);
		let (senior, junior) = Self::split_draw(&record, amount)?;
		ensure!(senior <= T::Senior::liquidity(), Error::<T>::InsufficientLiquidity);

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
		Self::transfer(&account, &recipient, fee)?;
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

	/// What may be lent against the titles of a line now, in USDai, rounded down title by title.
	///
	/// A title that is not eligible, or is worth nothing, counts nothing. A title that should have a
	/// value and has none is an error: what the line may draw is then not known.
	pub(crate) fn borrowing_base(
		line: LineId,
		record: &LineRecord<T::AccountId>,
	) -> Result<Balance, Error<T>> {
		record
			.titles
			.iter()
			.try_fold(0, |base, title| Self::sum(base, Self::advance_on(line, record, *title)?))
	}

	/// What may be lent against one title.
	fn advance_on(
		line: LineId,
		record: &LineRecord<T::AccountId>,
		title: TitleId,
	) -> Result<Balance, Error<T>> {
		match T::Titles::eligibility(title, Some(line)) {
			// The appraisal says below why it has no value.
			Ok(()) | Err(Ineligibility::AppraisalUnavailable) => (),
			Err(_) => return Ok(0),
		}
		let value = match T::Value::appraise(title) {
			Ok(valuation) => valuation.value,
			Err(AppraisalError::Zero | AppraisalError::Paused | AppraisalError::Delisted) => {
				return Ok(0)
			}
			Err(AppraisalError::Stale(_)) => return Err(Error::PriceStale),
			Err(AppraisalError::Overflow) => return Err(Error::Overflow),
			Err(
				AppraisalError::Unavailable(_)
				| AppraisalError::UnknownKey
				| AppraisalError::UnknownTitle,
			) => return Err(Error::PriceUnavailable),
		};
		let rate = T::Value::model_of(title)
			.and_then(T::Value::max_advance_rate)
			.ok_or(Error::PriceUnavailable)?
			.min(record.terms.advance_rate);
		Ok(share_of(value, rate.deconstruct(), Rounding::Down)?)
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

	/// Whether the terms let this much be drawn now, whatever the titles are worth.
	fn ensure_available(
		record: &LineRecord<T::AccountId>,
		amount: Balance,
	) -> Result<(), Error<T>> {
		ensure!(Self::now() <= record.terms.availability_end, Error::AvailabilityEnded);
		ensure!(amount <= record.undrawn(), Error::LimitExceeded);
		ensure!(amount >= T::MinDraw::get(), Error::DrawTooSmall);
		ensure!(!record.loans.is_full(), Error::TooManyLoans);
		Ok(())
	}

	/// Whether all lines together, and the borrower's, stay within what governance allows.
	fn ensure_below_ceilings(
		record: &LineRecord<T::AccountId>,
		amount: Balance,
	) -> Result<(), Error<T>> {
		let total = Self::sum(TotalOutstanding::<T>::get(), amount)?;
		ensure!(total <= T::GlobalCeiling::get(), Error::GlobalCeilingExceeded);
		let owed = Self::sum(OutstandingByBorrower::<T>::get(&record.borrower), amount)?;
		ensure!(owed <= T::BorrowerCeiling::get(), Error::BorrowerCeilingExceeded);
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
