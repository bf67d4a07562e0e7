// SPDX-License-Identifier: Apache-2.0

//! Breach and default: anyone may say so, the state proves it.

use super::covenants::{Covenants, Standing};
use crate::{
	frame_support::{dispatch::DispatchResult, ensure},
	pallet::*,
	sp_runtime::DispatchError,
	types::{accrues, is_distressed, LineRecord},
};
use caliber_primitives::{
	credit::{Breach, BreachReason, LineState, LoanState},
	LineId, LoanId,
};

impl<T: Config> Pallet<T> {
	/// Returns the number of titles looked at.
	pub(crate) fn do_flag_breach(line: LineId) -> Result<u32, DispatchError> {
		let record = Self::accepted_line(line)?;
		ensure!(record.state == LineState::Open, Error::<T>::LineNotOpen);
		ensure!(record.outstanding > 0, Error::<T>::NothingOwed);
		let titles = record.titles.len() as u32;
		let standings = Self::standings(line, &record);
		match Self::covenants(&record, &standings)? {
			Covenants::Hold => Err(Error::<T>::NotInBreach.into()),
			Covenants::Unknown(error) => Err(error.into()),
			Covenants::Broken(reason) => {
				Self::enter_breach(line, record, reason, &standings)?;
				Ok(titles)
			}
		}
	}

	/// Returns the number of titles looked at.
	pub(crate) fn do_flag_default(loan: LoanId) -> Result<u32, DispatchError> {
		let (record, line) = Self::loan_of(loan)?;
		ensure!(accrues(line.state), Error::<T>::LineNotOpen);
		let state = record.state(&line.terms.loan, Self::now()).map_err(Error::<T>::from)?;
		ensure!(state == LoanState::Defaulted, Error::<T>::GracePeriodRunning);
		let due_at = record.next_due_at(&line.terms.loan).map_err(Error::<T>::from)?;
		let titles = line.titles.len() as u32;
		Self::deposit_event(Event::LoanDefaulted { loan, line: record.line, due_at });
		let standings = Self::standings(record.line, &line);
		Self::enter_default(record.line, line, &standings)?;
		Ok(titles)
	}

	/// Returns the number of titles looked at.
	pub(crate) fn do_flag_uncured(line: LineId) -> Result<u32, DispatchError> {
		let record = Self::accepted_line(line)?;
		ensure!(record.state == LineState::Breached, Error::<T>::NotBreached);
		let breach = record.breach.ok_or_else(Self::broken)?;
		ensure!(Self::now() > breach.cure_until, Error::<T>::CurePeriodRunning);
		let titles = record.titles.len() as u32;
		let standings = Self::standings(line, &record);
		match Self::covenants(&record, &standings)? {
			Covenants::Hold => Err(Error::<T>::NotInBreach.into()),
			Covenants::Unknown(error) => Err(error.into()),
			Covenants::Broken(_) => {
				Self::enter_default(line, record, &standings)?;
				Ok(titles)
			}
		}
	}

	/// Returns the number of titles looked at.
	pub(crate) fn do_cure(line: LineId) -> Result<u32, DispatchError> {
		let mut record = Self::accepted_line(line)?;
		match record.state {
			LineState::Breached => (),
			LineState::Defaulted => {
				ensure!(!Self::is_overdue(&record)?, Error::<T>::PaymentOverdue)
			}
			_ => return Err(Error::<T>::NotDistressed.into()),
		}
		match Self::covenants(&record, &Self::standings(line, &record))? {
			Covenants::Hold => (),
			Covenants::Broken(_) => return Err(Error::<T>::StillInBreach.into()),
			Covenants::Unknown(error) => return Err(error.into()),
		}
		let titles = record.titles.len() as u32;
		Self::transition(line, &mut record, LineState::Open)?;
		Self::release_withheld(line, &mut record)?;
		Lines::<T>::insert(line, record);
		Ok(titles)
	}

	/// Whether a line in default is whole again, and only nobody has said so.
	pub(crate) fn is_curable(
		record: &LineRecord<T::AccountId>,
		standings: &[Standing],
	) -> Result<bool, Error<T>> {
		Ok(!Self::is_overdue(record)?
			&& matches!(Self::covenants(record, standings), Ok(Covenants::Hold)))
	}

	/// Returns the number of titles looked at.
	pub(crate) fn do_reassess(line: LineId) -> Result<u32, DispatchError> {
		let mut record = Self::accepted_line(line)?;
		ensure!(is_distressed(record.state), Error::<T>::NotDistressed);
		let standings = Self::standings(line, &record);
		Self::assess(line, &mut record, &standings)?;
		let titles = record.titles.len() as u32;
		Lines::<T>::insert(line, record);
		Ok(titles)
	}

	/// Estimate again what the titles would bring and provision what is then missing, if a loss is
	/// to be expected at all. The caller stores the record.
	pub(crate) fn assess(
		line: LineId,
		record: &mut LineRecord<T::AccountId>,
		standings: &[Standing],
	) -> DispatchResult {
		if is_distressed(record.state) {
			record.recovery = Self::expected_recovery(line, record, standings)?;
			Self::provision(line, record)?;
		}
		Ok(())
	}

	fn enter_breach(
		line: LineId,
		mut record: LineRecord<T::AccountId>,
		reason: BreachReason,
		standings: &[Standing],
	) -> DispatchResult {
		let since = Self::now();
		let cure_until = since.checked_add(record.terms.cure_period).ok_or(Error::<T>::Overflow)?;
		let breach = Breach { reason, since, cure_until };
		record.breach = Some(breach);
		record.recovery = Self::expected_recovery(line, &record, standings)?;
		Self::deposit_event(Event::LineBreached { line, breach });
		Self::transition(line, &mut record, LineState::Breached)?;
		Lines::<T>::insert(line, record);
		Ok(())
	}

	fn enter_default(
		line: LineId,
		mut record: LineRecord<T::AccountId>,
		standings: &[Standing],
	) -> DispatchResult {
		record.recovery = Self::expected_recovery(line, &record, standings)?;
		Self::transition(line, &mut record, LineState::Defaulted)?;
		Lines::<T>::insert(line, record);
		Ok(())
	}
}
