// SPDX-License-Identifier: Apache-2.0

//! Breach, default and cure: anyone may declare them, the state proves them.

use super::{
	covenants::{CollateralStatus, Covenants, Purpose},
	LineOp,
};
use crate::{
	frame_support::{dispatch::DispatchResult, ensure, traits::Get},
	pallet::*,
	sp_runtime::DispatchError,
	types::{accrues, LineRecordOf},
};
use caliber_primitives::{
	credit::{Breach, BreachReason, LineState, LoanState},
	governance::values::CreditValues,
	traits::Clock,
	LineId, LoanId, Seconds,
};

impl<T: Config> Pallet<T> {
	/// Returns the number of titles looked at.
	pub(crate) fn do_declare_breach(line_id: LineId) -> Result<u32, DispatchError> {
		let op = LineOp::<T>::load_accepted(line_id)?;
		ensure!(op.line.state == LineState::Open, Error::<T>::LineNotOpen);
		ensure!(op.line.outstanding > 0, Error::<T>::NothingOwed);
		let titles = op.titles();
		let statuses = op.look(Purpose::Covenants);
		let values = T::Values::get();
		let reason = match Self::covenants(&op.line, &statuses, &values)? {
			Covenants::Broken(reason) | Covenants::Doubtful(reason, _) => reason,
			Covenants::Hold => return Err(Error::<T>::NotInBreach.into()),
		};
		op.enter_breach(reason, &statuses, &values)?;
		Ok(titles)
	}

	/// Declares a breach of an open line if there is one, else assesses it. By idle work.
	pub(crate) fn do_watch_open(line_id: LineId) -> DispatchResult {
		let mut op = LineOp::<T>::load_accepted(line_id)?;
		ensure!(op.line.state == LineState::Open, Error::<T>::LineNotOpen);
		let (statuses, values) = (op.look(Purpose::Covenants), T::Values::get());
		match Self::covenants(&op.line, &statuses, &values)? {
			Covenants::Broken(reason) => op.enter_breach(reason, &statuses, &values),
			// A price that is back in a minute makes no breach by itself.
			Covenants::Hold | Covenants::Doubtful(..) => {
				op.observe(LineState::Open, &statuses, &values)?;
				op.provision()?;
				op.commit();
				Ok(())
			}
		}
	}

	/// Cures a line in trouble that is whole, ends a cure period that is over, or assesses the line
	/// again. By idle work.
	pub(crate) fn do_watch_troubled(line_id: LineId) -> DispatchResult {
		let mut op = LineOp::<T>::load_accepted(line_id)?;
		op.rebook_loans()?;
		let (statuses, values) = (op.look(Purpose::Covenants), T::Values::get());
		let line = &op.line;
		let covenants = match line.state {
			LineState::Breached | LineState::Defaulted if line.outstanding > 0 => {
				Some(Self::covenants(line, &statuses, &values)?)
			}
			_ => None,
		};
		let over = line.breach.is_some_and(|breach| Self::now() > Self::cure_ends_at(&breach));
		match (line.state, covenants) {
			(LineState::Breached, Some(Covenants::Hold)) => op.cure(&statuses, &values),
			(LineState::Defaulted, Some(Covenants::Hold)) if !Self::is_overdue(line)? => {
				op.cure(&statuses, &values)
			}
			(LineState::Breached, Some(Covenants::Broken(_))) if over => {
				op.enter_default(&statuses, &values)
			}
			(state, _) => {
				op.observe(state, &statuses, &values)?;
				op.provision()?;
				op.commit();
				Ok(())
			}
		}
	}

	/// Returns the number of titles looked at.
	pub(crate) fn do_declare_default(loan_id: LoanId) -> Result<u32, DispatchError> {
		let (op, loan) = LineOp::<T>::load_with_loan(loan_id)?;
		ensure!(accrues(op.line.state), Error::<T>::LineNotOpen);
		let terms = &op.line.terms.loan;
		let state = loan.state::<T::Clock>(terms, Self::now()).map_err(Error::<T>::from)?;
		ensure!(state == LoanState::Defaulted, Error::<T>::GracePeriodRunning);
		let due_at = loan.next_due_at(terms).map_err(Error::<T>::from)?;
		let titles = op.titles();
		Self::deposit_event(Event::LoanDefaulted { loan: loan_id, line: loan_id.line, due_at });
		let statuses = op.look(Purpose::Covenants);
		op.enter_default(&statuses, &T::Values::get())?;
		Ok(titles)
	}

	/// Returns the number of titles looked at.
	pub(crate) fn do_declare_uncured(line_id: LineId) -> Result<u32, DispatchError> {
		let op = LineOp::<T>::load_accepted(line_id)?;
		ensure!(op.line.state == LineState::Breached, Error::<T>::NotBreached);
		let breach = op.line.breach.ok_or_else(Self::unexpected)?;
		ensure!(Self::now() > Self::cure_ends_at(&breach), Error::<T>::CurePeriodRunning);
		let titles = op.titles();
		let statuses = op.look(Purpose::Covenants);
		let values = T::Values::get();
		match Self::covenants(&op.line, &statuses, &values)? {
			Covenants::Broken(_) => (),
			Covenants::Doubtful(_, error) => return Err(error.into()),
			Covenants::Hold => return Err(Error::<T>::NotInBreach.into()),
		}
		op.enter_default(&statuses, &values)?;
		Ok(titles)
	}

	/// Returns the number of titles looked at.
	pub(crate) fn do_cure(line_id: LineId) -> Result<u32, DispatchError> {
		let op = LineOp::<T>::load_accepted(line_id)?;
		match op.line.state {
			LineState::Breached => (),
			LineState::Defaulted => {
				ensure!(!Self::is_overdue(&op.line)?, Error::<T>::PaymentOverdue)
			}
			_ => return Err(Error::<T>::NotDistressed.into()),
		}
		let (statuses, values) = (op.look(Purpose::Covenants), T::Values::get());
		match Self::covenants(&op.line, &statuses, &values)? {
			Covenants::Hold => (),
			Covenants::Broken(_) => return Err(Error::<T>::StillInBreach.into()),
			Covenants::Doubtful(_, error) => return Err(error.into()),
		}
		let titles = op.titles();
		op.cure(&statuses, &values)?;
		Ok(titles)
	}

	/// Returns true if a line in default is whole again, and only [`Call::cure`] is missing.
	///
	/// # Errors
	/// The reason for which a value is missing, where nothing is overdue and no covenant is broken by
	/// the last values: nobody's machines are sold because a price is missing.
	pub(crate) fn is_curable(
		line: &LineRecordOf<T>,
		statuses: &[CollateralStatus],
		values: &CreditValues,
	) -> Result<bool, Error<T>> {
		if Self::is_overdue(line)? {
			return Ok(false);
		}
		match Self::covenants(line, statuses, values)? {
			Covenants::Hold => Ok(true),
			Covenants::Broken(_) => Ok(false),
			Covenants::Doubtful(_, error) => Err(error),
		}
	}

	/// Returns the last second of the cure period of a breach, unix seconds. An outage of the chain
	/// makes it later.
	pub(crate) fn cure_ends_at(breach: &Breach) -> Seconds {
		T::Clock::end_of(breach.since, breach.cure_until)
	}
}

impl<T: Config> LineOp<T> {
	/// Takes the line into breach and writes it.
	fn enter_breach(
		mut self,
		reason: BreachReason,
		statuses: &[CollateralStatus],
		values: &CreditValues,
	) -> DispatchResult {
		let since = Pallet::<T>::now();
		let cure_until =
			since.checked_add(self.line.terms.cure_period).ok_or(Error::<T>::Overflow)?;
		let breach = Breach { reason, since, cure_until };
		self.line.breach = Some(breach);
		self.observe(LineState::Breached, statuses, values)?;
		Pallet::<T>::deposit_event(Event::LineBreached { line: self.id, breach });
		self.transition(LineState::Breached)?;
		self.commit();
		Ok(())
	}

	/// Opens the line again, which is whole, and writes it.
	fn cure(mut self, statuses: &[CollateralStatus], values: &CreditValues) -> DispatchResult {
		self.observe(LineState::Open, statuses, values)?;
		self.transition(LineState::Open)?;
		self.release_junior_holdback()?;
		self.commit();
		Ok(())
	}

	/// Takes the line into default and writes it.
	fn enter_default(
		mut self,
		statuses: &[CollateralStatus],
		values: &CreditValues,
	) -> DispatchResult {
		self.observe(LineState::Defaulted, statuses, values)?;
		self.transition(LineState::Defaulted)?;
		self.commit();
		Ok(())
	}
}
