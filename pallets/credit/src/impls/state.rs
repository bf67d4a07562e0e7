// SPDX-License-Identifier: Apache-2.0

//! Transitions of a line, and their effect on the senior lender's books.

use super::LineOp;
use crate::{
	frame_support::{dispatch::DispatchResult, ensure},
	pallet::*,
	types::{accrues, may_follow},
};
use caliber_primitives::{
	credit::LineState,
	traits::{SeniorLender, Settlement},
};

impl<T: Config> LineOp<T> {
	/// Takes the line to another state. The accrual of its loans and its impairment follow in the
	/// same block. The fields that the new state is about are set before.
	pub(crate) fn transition(&mut self, to: LineState) -> DispatchResult {
		let from = self.line.state;
		ensure!(may_follow(from, to), Pallet::<T>::unexpected());
		self.line.state = to;
		match to {
			LineState::Open => {
				self.line.breach = None;
				self.line.defaulted_at = None;
				self.line.recovery = 0;
			}
			LineState::Defaulted => self.line.defaulted_at = Some(Pallet::<T>::now()),
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
	/// No money moves.
	fn switch_accrual(&self) -> DispatchResult {
		let terms = &self.line.terms.loan;
		for loan in &self.line.loans {
			let accrual = loan.accrual(terms).map_err(Error::<T>::from)?;
			let (old, new) = match accrues(self.line.state) {
				true => (None, accrual),
				false => (accrual, None),
			};
			let paid_until = loan.paid_until(terms).map_err(Error::<T>::from)?;
			T::Senior::settle(
				&Pallet::<T>::account_id(),
				Settlement { principal: 0, interest: 0, old, new, paid_until },
			)?;
		}
		Ok(())
	}
}
