// SPDX-License-Identifier: Apache-2.0

//! Breach, default and cure: anyone may declare them, the state proves them.

use super::covenants::{CollateralStatus, Covenants};
use crate::{
	frame_support::{dispatch::DispatchResult, ensure},
	pallet::*,
	sp_runtime::DispatchError,
	types::{accrues, LineRecordOf},
};
use caliber_primitives::{
	credit::{Breach, BreachReason, LineState, LoanState},
	LineId, LoanId,
};

impl<T: Config> Pallet<T> {
	/// Returns the number of titles looked at.
	pub(crate) fn do_declare_breach(line_id: LineId) -> Result<u32, DispatchError> {
		let line = Self::accepted_line(line_id)?;
		ensure!(line.state == LineState::Open, Error::<T>::LineNotOpen);
		ensure!(line.outstanding > 0, Error::<T>::NothingOwed);
		let titles = line.titles.len() as u32;
		let statuses = Self::collateral_statuses(line_id, &line);
		match Self::covenants(&line, &statuses)? {
			Covenants::Hold => Err(Error::<T>::NotInBreach.into()),
			Covenants::Unknown(error) => Err(error.into()),
			Covenants::Broken(reason) => {
				Self::enter_breach(line_id, line, reason, &statuses)?;
				Ok(titles)
			}
		}
	}

	/// Returns the number of titles looked at.
	pub(crate) fn do_declare_default(loan_id: LoanId) -> Result<u32, DispatchError> {
		let (loan, line) = Self::loan_of(loan_id)?;
		ensure!(accrues(line.state), Error::<T>::LineNotOpen);
		let state = loan.state(&line.terms.loan, Self::now()).map_err(Error::<T>::from)?;
		ensure!(state == LoanState::Defaulted, Error::<T>::GracePeriodRunning);
		let due_at = loan.next_due_at(&line.terms.loan).map_err(Error::<T>::from)?;
		let titles = line.titles.len() as u32;
		Self::deposit_event(Event::LoanDefaulted { loan: loan_id, line: loan.line, due_at });
		let statuses = Self::collateral_statuses(loan.line, &line);
		Self::enter_default(loan.line, line, &statuses)?;
		Ok(titles)
	}

	/// Returns the number of titles looked at.
	pub(crate) fn do_declare_uncured(line_id: LineId) -> Result<u32, DispatchError> {
		let line = Self::accepted_line(line_id)?;
		ensure!(line.state == LineState::Breached, Error::<T>::NotBreached);
		let breach = line.breach.ok_or_else(Self::unexpected)?;
		ensure!(Self::now() > breach.cure_until, Error::<T>::CurePeriodRunning);
		let titles = line.titles.len() as u32;
		let statuses = Self::collateral_statuses(line_id, &line);
		match Self::covenants(&line, &statuses)? {
			Covenants::Hold => Err(Error::<T>::NotInBreach.into()),
			Covenants::Unknown(error) => Err(error.into()),
			Covenants::Broken(_) => {
				Self::enter_default(line_id, line, &statuses)?;
				Ok(titles)
			}
		}
	}

	/// Returns the number of titles looked at.
	pub(crate) fn do_cure(line_id: LineId) -> Result<u32, DispatchError> {
		let mut line = Self::accepted_line(line_id)?;
		match line.state {
			LineState::Breached => (),
			LineState::Defaulted => {
				ensure!(!Self::is_overdue(&line)?, Error::<T>::PaymentOverdue)
			}
			_ => return Err(Error::<T>::NotDistressed.into()),
		}
		match Self::covenants(&line, &Self::collateral_statuses(line_id, &line))? {
			Covenants::Hold => (),
			Covenants::Broken(_) => return Err(Error::<T>::StillInBreach.into()),
			Covenants::Unknown(error) => return Err(error.into()),
		}
		let titles = line.titles.len() as u32;
		Self::transition(line_id, &mut line, LineState::Open)?;
		Self::release_junior_holdback(line_id, &mut line)?;
		Lines::<T>::insert(line_id, line);
		Ok(titles)
	}

	/// Returns true if a line in default is whole again, and only [`Call::cure`] is missing.
	pub(crate) fn is_curable(
		line: &LineRecordOf<T>,
		statuses: &[CollateralStatus],
	) -> Result<bool, Error<T>> {
		Ok(!Self::is_overdue(line)?
			&& matches!(Self::covenants(line, statuses), Ok(Covenants::Hold)))
	}

	fn enter_breach(
		line_id: LineId,
		mut line: LineRecordOf<T>,
		reason: BreachReason,
		statuses: &[CollateralStatus],
	) -> DispatchResult {
		let since = Self::now();
		let cure_until = since.checked_add(line.terms.cure_period).ok_or(Error::<T>::Overflow)?;
		let breach = Breach { reason, since, cure_until };
		line.breach = Some(breach);
		line.recovery = Self::expected_recovery(line_id, &line, statuses)?;
		Self::deposit_event(Event::LineBreached { line: line_id, breach });
		Self::transition(line_id, &mut line, LineState::Breached)?;
		Lines::<T>::insert(line_id, line);
		Ok(())
	}

	fn enter_default(
		line_id: LineId,
		mut line: LineRecordOf<T>,
		statuses: &[CollateralStatus],
	) -> DispatchResult {
		line.recovery = Self::expected_recovery(line_id, &line, statuses)?;
		Self::transition(line_id, &mut line, LineState::Defaulted)?;
		Lines::<T>::insert(line_id, line);
		Ok(())
	}
}
