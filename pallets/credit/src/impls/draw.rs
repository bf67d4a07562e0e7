// SPDX-License-Identifier: Apache-2.0

//! Draw of a loan under a line. The borrowing base is in `borrowing_base`, the ceilings in
//! `ceilings`.

use super::{
	covenants::{first_lapse, insufficient, Purpose},
	LineOp,
};
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
use caliber_math::{apportion, tranche::Split, Progress};
use caliber_primitives::{
	credit::{FeeRecipient, LineState},
	traits::SeniorLender,
	Balance, LineId,
};

impl<T: Config> Pallet<T> {
	/// Returns the number of titles valued.
	pub(crate) fn do_draw(
		who: T::AccountId,
		line_id: LineId,
		amount: Balance,
	) -> Result<u32, DispatchError> {
		let mut op = LineOp::<T>::load(line_id)?;
		let titles = op.titles();
		ensure!(op.line.state == LineState::Open, Error::<T>::LineNotOpen);
		ensure!(who == op.line.borrower, Error::<T>::NotBorrower);
		Self::ensure_available(&op.line)?;
		let values = T::Values::get();
		let statuses = op.look(Purpose::NewDebt);
		ensure!(first_lapse(&statuses).is_none(), Error::<T>::TitleLapsed);
		let base = Self::base_for_draw(&op.line.terms, &statuses, &values)?;
		ensure!(base.total > 0, insufficient::<T>(&statuses));
		let outstanding = Self::checked_sum(op.line.outstanding, amount)?;
		let exposure = apportion(outstanding, &base.by_model).map_err(Error::<T>::from)?;
		op.restate()?;
		op.ensure_below_ceilings(amount, &exposure, &values)?;
		let debt = Self::checked_sum(op.line.net_debt(), amount)?;
		let required = Self::base_of_draw(&op.line.terms, debt, &values)?;
		ensure!(required <= base.total, insufficient::<T>(&statuses));
		let (senior, junior) = Self::split_draw(&op.line, amount)?;
		ensure!(senior <= T::Senior::lendable(), Error::<T>::InsufficientLiquidity);
		ensure!(amount >= values.min_draw, Error::<T>::DrawTooSmall);

		let terms = op.line.terms;
		let loan = LoanRecord {
			number: op.line.next_loan,
			tranches: tranches_of(&terms.loan, senior, junior),
			outstanding: Split { senior, junior },
			originated_at: Self::now(),
			next_period: 0,
			progress: Progress::NONE,
			senior_paid: 0,
			prepaid: 0,
			booked_in: Some(0),
			uncounted: 0,
			suspended: 0,
		};
		let origination = terms.loan.fees.origination;
		let fee = origination.fee.of(amount).map_err(Error::<T>::from)?;
		let reserved = loan
			.required_reserve(&terms.loan, terms.reserve_installments)
			.map_err(Error::<T>::from)?;
		let disbursed = amount
			.checked_sub(Self::checked_sum(fee, reserved)?)
			.filter(|rest| *rest > 0)
			.ok_or(Error::<T>::NothingToDisburse)?;

		let recipient = Self::fee_account(origination.recipient, &op.line);
		let curator = op.line.curator.clone();
		let accrual = loan.accrual(&terms.loan).map_err(Error::<T>::from)?;
		op.set_exposure(exposure)?;
		let loan_id = op.add_loan(loan)?;
		op.line.reserve = Self::checked_sum(op.line.reserve, reserved)?;
		op.observe(LineState::Open, &statuses, &values)?;
		let provisioned = op.line.impairment;
		op.note_provision()?;
		let provision = op.line.impairment;
		op.commit();

		let account = Self::account_id();
		if senior > 0 {
			T::Senior::lend(&account, senior, accrual)?;
		}
		if provision != provisioned {
			T::Senior::provision(provisioned, provision)?;
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
	pub(super) fn ensure_available(line: &LineRecordOf<T>) -> Result<(), Error<T>> {
		ensure!(Self::now() <= line.terms.availability_end, Error::AvailabilityEnded);
		Self::active_curator(&line.curator)?;
		let borrower = Borrowers::<T>::get(&line.borrower).unwrap_or_default();
		ensure!(borrower.troubled == 0, Error::BorrowerInTrouble);
		ensure!(!line.loans.is_full(), Error::TooManyLoans);
		ensure!(!Self::is_overdue(line)?, Error::PaymentOverdue);
		Ok(())
	}

	/// Returns the parts of a draw that the senior lender and the curator fund.
	pub(super) fn split_draw(
		line: &LineRecordOf<T>,
		amount: Balance,
	) -> Result<(Balance, Balance), Error<T>> {
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
}
