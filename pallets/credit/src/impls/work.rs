// SPDX-License-Identifier: Apache-2.0

//! Reports over all lines, for pages, keepers and auditors. They iterate, and are for reads off the
//! chain only.

use super::{
	covenants::{Covenants, Purpose},
	LineOp,
};
use crate::{
	frame_support::traits::{Defensive, Get},
	pallet::*,
	types::{accrues, ExitFee, LineRecordOf, LoanRecord},
};
use alloc::{collections::BTreeMap, vec::Vec};
use caliber_math::{schedule::Horizon, SECONDS_PER_DAY};
use caliber_primitives::{
	credit::{Book, LineReport, LineRole, LineState, LoanId, Task, Work, MAX_WORKS},
	Balance, LineId, Seconds,
};

/// Largest number of lines that are reported at once.
const MAX_LINE_REPORTS: u32 = 64;

impl<T: Config> Pallet<T> {
	/// Returns up to `limit` lines with ids from `from` on, by id.
	pub(crate) fn line_reports(
		from: LineId,
		limit: u32,
	) -> Vec<(LineId, LineReport<T::AccountId>)> {
		(from..NextLineId::<T>::get())
			.filter_map(|line_id| Some((line_id, Self::line_report(line_id)?)))
			.take(limit.min(MAX_LINE_REPORTS) as usize)
			.collect()
	}

	/// Returns the lines in which an account has a role, by id.
	pub(crate) fn lines_with(who: &T::AccountId, role: LineRole) -> Vec<LineId> {
		let mut found: Vec<LineId> = Lines::<T>::iter()
			.filter(|(_, line)| match role {
				LineRole::Borrower => line.borrower == *who,
				LineRole::Curator => line.curator == *who,
			})
			.map(|(line_id, _)| line_id)
			.collect();
		found.sort_unstable();
		found
	}

	/// Returns the sums over all lines.
	pub(crate) fn book_report() -> Book {
		Self::try_book_report().defensive_unwrap_or_default()
	}

	fn try_book_report() -> Result<Book, Error<T>> {
		let totals = Totals::<T>::get();
		let now = Self::now();
		// By the position of the state in its enumeration.
		let mut by_state = BTreeMap::<u8, (LineState, u32, Balance)>::new();
		let mut by_days_late = BTreeMap::<u32, Balance>::new();
		for line in Lines::<T>::iter_values() {
			let (_, lines, outstanding) =
				by_state.entry(line.state as u8).or_insert((line.state, 0, 0));
			*lines = lines.checked_add(1).ok_or(Error::Overflow)?;
			*outstanding = Self::checked_sum(*outstanding, line.outstanding)?;
			for loan in &line.loans {
				let due_at = loan.next_due_at(&line.terms.loan)?;
				let days = (now.max(due_at) - due_at).div_ceil(SECONDS_PER_DAY);
				let days = u32::try_from(days).map_err(|_| Error::<T>::Overflow)?;
				let late = by_days_late.entry(days).or_default();
				*late = Self::checked_sum(*late, loan.balance()?)?;
			}
		}
		Ok(Book {
			outstanding: totals.outstanding,
			senior_outstanding: totals.senior_outstanding,
			impairment: totals.impairment,
			bad_debt: totals.bad_debt,
			by_state: by_state.into_values().collect(),
			by_model: OutstandingByModel::<T>::iter()
				.collect::<BTreeMap<_, _>>()
				.into_iter()
				.collect(),
			by_days_late: by_days_late.into_iter().collect(),
			last_round: LastBook::<T>::get(),
		})
	}

	/// Returns the calls that a keeper should make, by the time from which each succeeds: up to
	/// `limit` of those whose time is `after` or later.
	pub(crate) fn work(after: Seconds, limit: u32) -> Vec<Work> {
		let mut work: Vec<Work> = Lines::<T>::iter_keys()
			.filter_map(|line_id| LineOp::<T>::load(line_id).ok())
			.flat_map(|op| op.work())
			.filter(|work| work.from >= after)
			.collect();
		work.sort_unstable();
		work.truncate(limit.min(MAX_WORKS) as usize);
		work
	}

	/// Returns true if what the line has set aside pays something of the oldest installment of a loan
	/// once it is due, at the clock's time if it is due already.
	fn pays_when_due(line: &LineRecordOf<T>, loan: &LoanRecord, due_at: Seconds) -> bool {
		let pays = || {
			let budget = Self::checked_sum(line.reserve, line.insurance_proceeds)?;
			let at = due_at.max(Self::now());
			Self::allocate_at(at, loan, &line.terms.loan, Horizon::Reached, Some(budget))
		};
		pays().is_ok_and(|allocation| allocation.total().is_ok_and(|total| total > 0))
	}
}

impl<T: Config> LineOp<T> {
	/// Returns the calls that a keeper should make for the line.
	fn work(&self) -> Vec<Work> {
		let line = &self.line;
		let mut work = Vec::new();
		if line.state == LineState::Liquidating {
			if let Some(auction) = Auctions::<T>::get(self.id).filter(|auction| !auction.unsold) {
				let from = Pallet::<T>::auction_ends_at(&auction);
				work.push(Work { from, task: Task::SettleAuction(self.id) });
			}
			return work;
		}
		for loan in &line.loans {
			work.extend(self.work_on_loan(self.loan_id(loan.number), loan));
		}
		let proceeds = line.insurance_proceeds;
		let takes_some = |loan: &&LoanRecord| {
			Pallet::<T>::affordable(loan, &line.terms.loan, proceeds, &ExitFee::FREE).is_ok()
		};
		if let Some(loan) = line.loans.iter().find(takes_some).filter(|_| proceeds > 0) {
			let task = Task::ApplyInsuranceProceeds(self.loan_id(loan.number));
			work.push(Work { from: Pallet::<T>::now(), task });
		}
		match (line.state, &line.breach, line.defaulted_at) {
			(LineState::Breached, Some(breach), _) if self.is_broken() => {
				let from = Pallet::<T>::cure_ends_at(breach).saturating_add(1);
				work.push(Work { from, task: Task::DeclareUncured(self.id) });
			}
			(LineState::Defaulted, _, Some(_)) if line.outstanding > 0 => {
				let statuses = self.look(Purpose::Covenants);
				let values = T::Values::get();
				let stays = [
					Pallet::<T>::is_curable(line, &statuses, &values),
					self.awaits_claims(&statuses, &values),
				];
				let from = self
					.sale_from()
					.filter(|_| stays.iter().all(|stays| matches!(stays, Ok(false))));
				if let Some(from) = from {
					work.push(Work { from, task: Task::StartAuction(self.id) });
				}
			}
			_ => (),
		}
		work
	}

	/// Returns the calls that a keeper should make for a loan.
	fn work_on_loan(&self, loan_id: LoanId, loan: &LoanRecord) -> Vec<Work> {
		let mut work = Vec::new();
		let terms = &self.line.terms.loan;
		if let Ok(from) = loan.next_due_at(terms) {
			if Pallet::<T>::pays_when_due(&self.line, loan, from) {
				work.push(Work { from, task: Task::Collect(loan_id) });
			}
		}
		if let Ok(grace_ends_at) = loan.grace_ends_at::<T::Clock>(terms) {
			if accrues(self.line.state) {
				let from = grace_ends_at.saturating_add(1);
				work.push(Work { from, task: Task::DeclareDefault(loan_id) });
			}
		}
		work
	}

	/// Returns true if a covenant of the line is broken now.
	fn is_broken(&self) -> bool {
		let statuses = self.look(Purpose::Covenants);
		let covenants = Pallet::<T>::covenants(&self.line, &statuses, &T::Values::get());
		matches!(covenants, Ok(Covenants::Broken(_)))
	}
}
