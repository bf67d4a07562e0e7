// SPDX-License-Identifier: Apache-2.0

//! The record of a line with its loans, and the operation that changes it.

use crate::{
	frame_support::{
		dispatch::DispatchResult,
		ensure,
		traits::{Consideration, DefensiveOption},
	},
	pallet::*,
	types::{BookTotals, BorrowerRecord, LineRecordOf, LoanRecord},
};
use caliber_math::tranche::Split;
use caliber_primitives::{credit::LineState, Balance, LineId, LoanId};

/// One change of a line: loaded once, changed by methods, written by [`Self::commit`], or taken out
/// of storage by [`Self::end`].
///
/// Methods that change the record stand in the file of their theme. A view loads an operation and
/// drops it.
#[must_use = "a change is written by `commit` or `end` only"]
pub(crate) struct LineOp<T: Config> {
	/// The line.
	pub(super) id: LineId,
	/// The record as it will be.
	pub(super) line: LineRecordOf<T>,
}

impl<T: Config> LineOp<T> {
	/// Loads a line.
	pub fn load(line_id: LineId) -> Result<Self, Error<T>> {
		let line = Lines::<T>::get(line_id).ok_or(Error::UnknownLine)?;
		Ok(Self { id: line_id, line })
	}

	/// Loads a line that was accepted.
	pub fn load_accepted(line_id: LineId) -> Result<Self, Error<T>> {
		let op = Self::load(line_id)?;
		ensure!(op.line.state != LineState::Offered, Error::NotAccepted);
		Ok(op)
	}

	/// Loads a line that was not accepted.
	pub fn load_offer(line_id: LineId) -> Result<Self, Error<T>> {
		let op = Self::load(line_id)?;
		ensure!(op.line.state == LineState::Offered, Error::NotOnOffer);
		Ok(op)
	}

	/// Loads the line of a loan that is outstanding, and returns the loan as it is.
	pub fn load_with_loan(loan_id: LoanId) -> Result<(Self, LoanRecord), Error<T>> {
		let op = Self::load(loan_id.line).map_err(|_| Error::UnknownLoan)?;
		let loan = op.line.loan(loan_id.number).cloned().ok_or(Error::UnknownLoan)?;
		Ok((op, loan))
	}

	/// Returns an operation that writes a new line.
	pub fn new(line_id: LineId, line: LineRecordOf<T>) -> Self {
		Self { id: line_id, line }
	}

	/// Returns the line as it will be.
	pub fn line(&self) -> &LineRecordOf<T> {
		&self.line
	}

	/// Returns the number of titles of the line.
	pub fn titles(&self) -> u32 {
		self.line.titles.len() as u32
	}

	/// Returns the id of a loan of the line.
	pub fn loan_id(&self, number: u32) -> LoanId {
		LoanId { line: self.id, number }
	}

	/// Writes the line.
	pub fn commit(self) {
		Lines::<T>::insert(self.id, self.line);
	}

	/// Removes the line, which has no loans, and returns to its curator the capital and the deposit
	/// that are held for it.
	pub fn end(mut self) -> DispatchResult {
		self.restate()?;
		self.note_trouble(self.line.is_troubled(), false)?;
		let Self { id, line } = self;
		Pallet::<T>::uncommit(&line.curator, line.terms.limit)?;
		Lines::<T>::remove(id);
		TermsOffers::<T>::remove(id);
		Pallet::<T>::free_hold(HoldReason::JuniorCapital, &line.curator, line.junior_locked)?;
		line.deposit.drop(&line.curator)
	}

	/// Adds a loan, and the principal drawn with it, to the line and to the sums over the book.
	/// Returns its id.
	pub(super) fn add_loan(&mut self, loan: LoanRecord) -> Result<LoanId, Error<T>> {
		let loan_id = self.loan_id(loan.number);
		let Split { senior, junior } = loan.outstanding;
		let amount = loan.balance()?;
		let line = &mut self.line;
		line.next_loan = loan.number.checked_add(1).ok_or(Error::Overflow)?;
		line.loans.try_push(loan).map_err(|_| Error::TooManyLoans)?;
		line.junior_locked = Pallet::<T>::checked_difference(line.junior_locked, junior)?;
		line.drawn_total = Pallet::<T>::checked_sum(line.drawn_total, amount)?;
		line.outstanding = Pallet::<T>::checked_sum(line.outstanding, amount)?;
		line.senior_outstanding = Pallet::<T>::checked_sum(line.senior_outstanding, senior)?;

		Pallet::<T>::change_totals(|totals| {
			totals.outstanding = Pallet::<T>::checked_sum(totals.outstanding, amount)?;
			totals.senior_outstanding =
				Pallet::<T>::checked_sum(totals.senior_outstanding, senior)?;
			Ok(())
		})?;
		Pallet::<T>::change_borrower(&self.line.borrower, |borrower| {
			borrower.outstanding = Pallet::<T>::checked_sum(borrower.outstanding, amount)?;
			Ok(())
		})?;
		Curators::<T>::try_mutate(&self.line.curator, |entry| {
			let curator = entry.as_mut().ok_or_else(Pallet::<T>::unexpected)?;
			curator.outstanding = Pallet::<T>::checked_sum(curator.outstanding, amount)?;
			Ok::<_, Error<T>>(())
		})?;
		Ok(loan_id)
	}

	/// Replaces a loan; one that is repaid leaves.
	pub(super) fn put_loan(&mut self, loan: LoanRecord) -> Result<(), Error<T>> {
		let loans = &mut self.line.loans;
		let at = loans
			.binary_search_by_key(&loan.number, |loan| loan.number)
			.map_err(|_| Pallet::<T>::unexpected())?;
		if loan.balance()? == 0 {
			loans.remove(at);
		} else {
			*loans.get_mut(at).defensive_ok_or(Error::Unexpected)? = loan;
		}
		Ok(())
	}

	/// Takes principal that no longer is outstanding off the line and off the sums over the book.
	/// The exposure to models is booked later, by [`Self::restate`].
	pub(super) fn lower_outstanding(&mut self, principal: &Split) -> Result<(), Error<T>> {
		let amount = principal.total()?;
		if amount == 0 {
			return Ok(());
		}
		let line = &mut self.line;
		line.outstanding = Pallet::<T>::checked_difference(line.outstanding, amount)?;
		line.senior_outstanding =
			Pallet::<T>::checked_difference(line.senior_outstanding, principal.senior)?;

		Curators::<T>::try_mutate(&self.line.curator, |entry| {
			let curator = entry.as_mut().ok_or_else(Pallet::<T>::unexpected)?;
			curator.outstanding = Pallet::<T>::checked_difference(curator.outstanding, amount)?;
			Ok::<_, Error<T>>(())
		})?;
		Pallet::<T>::change_borrower(&self.line.borrower, |borrower| {
			borrower.outstanding = Pallet::<T>::checked_difference(borrower.outstanding, amount)?;
			Ok(())
		})?;
		Pallet::<T>::change_totals(|totals| {
			totals.outstanding = Pallet::<T>::checked_difference(totals.outstanding, amount)?;
			totals.senior_outstanding =
				Pallet::<T>::checked_difference(totals.senior_outstanding, principal.senior)?;
			Ok(())
		})
	}
}

impl<T: Config> LineOp<T> {
	/// Counts the line among those of its borrower that are in trouble, or no longer, by whether it
	/// was and is.
	pub(super) fn note_trouble(&self, was: bool, is: bool) -> Result<(), Error<T>> {
		if was == is {
			return Ok(());
		}
		Pallet::<T>::change_borrower(&self.line.borrower, |borrower| {
			let count = borrower.troubled;
			let changed = if is { count.checked_add(1) } else { count.checked_sub(1) };
			borrower.troubled = changed.ok_or_else(Pallet::<T>::unexpected)?;
			Ok(())
		})
	}
}

impl<T: Config> Pallet<T> {
	/// Changes the record of a borrower. One of which nothing is to be known leaves none.
	fn change_borrower(
		who: &T::AccountId,
		change: impl FnOnce(&mut BorrowerRecord) -> Result<(), Error<T>>,
	) -> Result<(), Error<T>> {
		Borrowers::<T>::try_mutate_exists(who, |entry| {
			let mut borrower = entry.take().unwrap_or_default();
			change(&mut borrower)?;
			*entry = (borrower != BorrowerRecord::default()).then_some(borrower);
			Ok(())
		})
	}

	/// Changes the sums over the book.
	pub(super) fn change_totals(
		change: impl FnOnce(&mut BookTotals) -> Result<(), Error<T>>,
	) -> Result<(), Error<T>> {
		Totals::<T>::try_mutate(change)
	}

	/// Replaces a part of a sum.
	pub(super) fn replace_part(
		total: &mut Balance,
		old: Balance,
		new: Balance,
	) -> Result<(), Error<T>> {
		*total = Self::checked_sum(Self::checked_difference(*total, old)?, new)?;
		Ok(())
	}
}
