// SPDX-License-Identifier: Apache-2.0

//! Transitions of a line, and their effect on the senior lender's books.

use crate::{
	frame_support::{dispatch::DispatchResult, ensure},
	pallet::*,
	types::{accrues, may_follow, LineRecordOf},
};
use caliber_primitives::{credit::LineState, traits::SeniorLender, LineId};

impl<T: Config> Pallet<T> {
	/// Takes a line to another state. The accrual of its loans and its impairment follow in the
	/// same block. The caller has set the fields that the new state is about, and stores the line.
	pub(crate) fn transition(
		line_id: LineId,
		line: &mut LineRecordOf<T>,
		to: LineState,
	) -> DispatchResult {
		let from = line.state;
		ensure!(may_follow(from, to), Self::unexpected());
		line.state = to;
		match to {
			LineState::Open => {
				line.breach = None;
				line.defaulted_at = None;
				line.recovery = 0;
			}
			LineState::Defaulted => line.defaulted_at = Some(Self::now()),
			_ => (),
		}
		if accrues(from) != accrues(to) {
			Self::switch_accrual(line)?;
		}
		Self::provision(line_id, line)?;
		Self::deposit_event(Event::LineStateChanged { line: line_id, from, to });
		Ok(())
	}

	/// Lets the loans of a line earn in the senior lender's books, or no longer, by its new state.
	fn switch_accrual(line: &LineRecordOf<T>) -> DispatchResult {
		for loan_id in &line.loans {
			let loan = Loans::<T>::get(loan_id).ok_or_else(Self::unexpected)?;
			let accrual = loan.accrual(&line.terms.loan).map_err(Error::<T>::from)?;
			if accrues(line.state) {
				T::Senior::update_accrual(None, accrual)?;
			} else {
				T::Senior::update_accrual(accrual, None)?;
			}
		}
		Ok(())
	}
}
