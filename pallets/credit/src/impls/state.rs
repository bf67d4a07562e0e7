// SPDX-License-Identifier: Apache-2.0

//! From one state of a line to the next, and what follows from it in the senior lender's books.

use crate::{
	frame_support::{dispatch::DispatchResult, ensure},
	pallet::*,
	types::{accrues, may_follow, LineRecord},
};
use caliber_primitives::{credit::LineState, traits::SeniorLender, LineId};

impl<T: Config> Pallet<T> {
	/// Take a line to another state: what its loans earn and what is provisioned for it follow in
	/// the same block. The caller has set what the new state is about, and stores the record.
	pub(crate) fn transition(
		line: LineId,
		record: &mut LineRecord<T::AccountId>,
		to: LineState,
	) -> DispatchResult {
		let from = record.state;
		ensure!(may_follow(from, to), Self::broken());
		record.state = to;
		match to {
			LineState::Open => {
				record.breach = None;
				record.defaulted_at = None;
				record.recovery = 0;
			}
			LineState::Defaulted => record.defaulted_at = Some(Self::now()),
			_ => (),
		}
		if accrues(from) != accrues(to) {
			Self::switch_accrual(record)?;
		}
		Self::provision(line, record)?;
		Self::deposit_event(Event::LineStateChanged { line, from, to });
		Ok(())
	}

	/// Let the loans of a line earn in the senior lender's books, or no longer, by its new state.
	fn switch_accrual(record: &LineRecord<T::AccountId>) -> DispatchResult {
		for id in &record.loans {
			let loan = Loans::<T>::get(id).ok_or_else(Self::broken)?;
			let accrual = loan.accrual(&record.terms.loan).map_err(Error::<T>::from)?;
			if accrues(record.state) {
				T::Senior::rebook(None, accrual)?;
			} else {
				T::Senior::rebook(accrual, None)?;
			}
		}
		Ok(())
	}

	/// Bring what is provisioned for a line to what its last assessment says it should be. The
	/// caller stores the record.
	pub(crate) fn provision(line: LineId, record: &mut LineRecord<T::AccountId>) -> DispatchResult {
		let impairment = record.shortfall();
		if impairment == record.impairment {
			return Ok(());
		}
		TotalImpairment::<T>::try_mutate(|total| {
			*total = Self::sum(Self::less(*total, record.impairment)?, impairment)?;
			Ok::<_, Error<T>>(())
		})?;
		T::Senior::reimpair(record.impairment, impairment)?;
		record.impairment = impairment;
		let recovery = record.recovery;
		Self::deposit_event(Event::ImpairmentSet { line, recovery, impairment });
		Ok(())
	}
}
