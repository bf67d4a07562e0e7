// SPDX-License-Identifier: Apache-2.0

//! Transitions of a line, and their effect on the senior lender's books.

use super::LineOp;
use crate::{
	frame_support::{dispatch::DispatchResult, ensure, traits::DefensiveOption},
	pallet::*,
	sp_runtime::{DispatchError, Perbill},
	types::{accrues, may_follow, LoanRecord, Provision},
};
use caliber_math::MathError;
use caliber_primitives::{
	credit::{LineState, LoanTerms},
	traits::{SeniorLender, Settlement},
};

impl<T: Config> LineOp<T> {
	/// Takes the line to another state. The accrual of its loans and its impairment follow in the
	/// same block. The fields that the new state is about, and the assessment, are set before.
	pub(crate) fn transition(&mut self, to: LineState) -> DispatchResult {
		let from = self.line.state;
		ensure!(may_follow(from, to), Pallet::<T>::unexpected());
		let was_troubled = self.line.is_troubled();
		self.line.state = to;
		self.note_trouble(was_troubled, self.line.is_troubled())?;
		match to {
			LineState::Open => {
				self.line.breach = None;
				self.line.defaulted_at = None;
				if self.line.outstanding == 0 {
					self.line.recovery = 0;
					self.line.provision = Provision::default();
				}
			}
			LineState::Defaulted => {
				self.line.defaulted_at = Some(Pallet::<T>::now());
				self.line.provision.weight = Perbill::one();
			}
			_ => (),
		}
		if accrues(from) != accrues(to) {
			self.switch_accrual()?;
		}
		self.provision()?;
		Pallet::<T>::deposit_event(Event::LineStateChanged { line: self.id, from, to });
		Ok(())
	}

	/// Lets the loans of the line earn in the senior lender's books, or no longer, by its new state.
	/// What they have earned and not received is suspended in default. No money moves.
	fn switch_accrual(&mut self) -> DispatchResult {
		let earns = accrues(self.line.state);
		let now = Pallet::<T>::now();
		for at in 0..self.line.loans.len() {
			self.rebook(at, |loan, terms| match earns {
				true => loan.resumed_at(terms, now),
				false => loan.suspended_at(terms, now),
			})?;
		}
		Ok(())
	}

	/// Books the loans of a line that earns in the payment periods that run: what was earned in a
	/// payment period that is over, and is not paid, stays as a fixed sum, and behind its last due
	/// date a loan earns no more. Returns the number of loans whose place has changed.
	pub(crate) fn rebook_loans(&mut self) -> Result<u32, DispatchError> {
		if !accrues(self.line.state) {
			return Ok(0);
		}
		let now = Pallet::<T>::now();
		let mut changed: u32 = 0;
		for at in 0..self.line.loans.len() {
			if self.rebook(at, |loan, terms| loan.booked_at(terms, now))? {
				changed = changed.checked_add(1).ok_or(Error::<T>::Overflow)?;
			}
		}
		Ok(changed)
	}

	/// Puts the loan at an index into another place in the senior lender's books. Returns true if its
	/// place has changed.
	fn rebook(
		&mut self,
		at: usize,
		change: impl FnOnce(LoanRecord, &LoanTerms) -> Result<LoanRecord, MathError>,
	) -> Result<bool, DispatchError> {
		let terms = &self.line.terms.loan;
		let loan = self.line.loans.get_mut(at).defensive_ok_or(Error::<T>::Unexpected)?;
		let before = loan.clone();
		*loan = change(before.clone(), terms).map_err(Error::<T>::from)?;
		if *loan == before {
			return Ok(false);
		}
		let settlement = Settlement {
			old: before.accrual(terms).map_err(Error::<T>::from)?,
			new: loan.accrual(terms).map_err(Error::<T>::from)?,
			suspended_before: before.suspended,
			suspended_after: loan.suspended,
			paid_until: loan.paid_until(terms).map_err(Error::<T>::from)?,
			..Settlement::default()
		};
		T::Senior::settle(&Pallet::<T>::account_id(), settlement)?;
		Ok(true)
	}
}
