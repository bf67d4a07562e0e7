// SPDX-License-Identifier: Apache-2.0

//! Work of idle blocks: installments are collected from reserves, insurance proceeds are applied,
//! and broken covenants and defaults are declared. A few loans and lines are looked at in a block,
//! in rounds. No step can fail a block.

use crate::{
	frame_support::{
		storage::with_storage_layer,
		traits::Get,
		weights::{Weight, WeightMeter},
	},
	pallet::*,
	sp_runtime::DispatchError,
	types::{accrues, SweepState},
	WeightInfo,
};
use caliber_primitives::{
	appraisal::{OracleKey, OracleValue},
	credit::{LineState, LoanState},
	traits::OnNewAppraisal,
	LineId, LoanId, Seconds,
};

impl<T: Config> Pallet<T> {
	/// Looks after some loans and lines, in no more than `limit`. Returns the weight of it.
	pub(crate) fn sweep(limit: Weight) -> Weight {
		let mut meter = WeightMeter::with_limit(limit);
		if meter.try_consume(T::WeightInfo::sweep_idle()).is_err() {
			return meter.consumed();
		}
		let before = Sweep::<T>::get();
		let mut state = before.clone();
		Self::sweep_urgent(&mut state, &mut meter);
		Self::sweep_loans(&mut state, &mut meter);
		Self::sweep_lines(&mut state, &mut meter);
		if state != before {
			Sweep::<T>::put(state);
		}
		meter.consumed()
	}

	/// Looks after the loans of the line that insurance proceeds came in for last. The round comes
	/// to those for which there is no time now.
	fn sweep_urgent(state: &mut SweepState, meter: &mut WeightMeter) {
		let Some(line) = state.urgent.take().and_then(Lines::<T>::get) else { return };
		for loan_id in line.loans {
			if !Self::look_after_loan(loan_id, meter) {
				return;
			}
		}
	}

	/// Looks after the next loans of the round.
	fn sweep_loans(state: &mut SweepState, meter: &mut WeightMeter) {
		let mut loans = match state.last_loan {
			Some(last) => Loans::<T>::iter_keys_from_key(last),
			None => Loans::<T>::iter_keys(),
		};
		for step in 0..T::MaxSweepSteps::get() {
			if !meter.can_consume(T::WeightInfo::sweep_loan()) {
				return;
			}
			let Some(loan_id) = loans.next() else {
				state.last_loan = None;
				return;
			};
			// A loan for which there is no time is the first of another block; what does not fit
			// then either is tried again in the next round.
			if !Self::look_after_loan(loan_id, meter) && step > 0 {
				return;
			}
			state.last_loan = Some(loan_id);
		}
	}

	/// Watches the next lines of a round, if one is under way or due.
	fn sweep_lines(state: &mut SweepState, meter: &mut WeightMeter) {
		if !state.watching {
			let now = Self::now();
			if !state.marked && now < state.next_round_at {
				return;
			}
			state.watching = true;
			state.marked = false;
			state.last_line = None;
			// Past the end of time there is no next round, except for a new price.
			state.next_round_at = now.checked_add(T::SweepInterval::get()).unwrap_or(Seconds::MAX);
		}
		let mut lines = match state.last_line {
			Some(last) => Lines::<T>::iter_keys_from_key(last),
			None => Lines::<T>::iter_keys(),
		};
		for step in 0..T::MaxSweepSteps::get() {
			if !meter.can_consume(T::WeightInfo::sweep_line()) {
				return;
			}
			let Some(line_id) = lines.next() else {
				state.watching = false;
				state.last_line = None;
				return;
			};
			if !Self::watch_line(line_id, meter) {
				if step > 0 {
					return;
				}
				// Not even as the first of a block: another round tries it again.
				state.marked = true;
			}
			state.last_line = Some(line_id);
		}
	}

	/// Collects from the reserve, applies insurance proceeds and declares a default. Returns false
	/// if there was no time for it.
	pub(crate) fn look_after_loan(loan_id: LoanId, meter: &mut WeightMeter) -> bool {
		if meter.try_consume(T::WeightInfo::sweep_loan()).is_err() {
			return false;
		}
		let Ok((loan, line)) = Self::loan_of(loan_id) else { return true };
		if line.state == LineState::Liquidating {
			return true;
		}
		let terms = &line.terms.loan;
		let now = Self::now();
		let Ok(reached) = terms.calendar.due_dates_reached(loan.originated_at, now) else {
			return true;
		};
		let models = line.exposure.len() as u32;
		let due = reached.max(loan.next_period) - loan.next_period;
		if due > 0 && (line.reserve > 0 || line.insurance_proceeds > 0) {
			let weight = T::WeightInfo::collect(due, models);
			if !Self::attempt(meter, weight, || Self::do_collect(loan_id)) {
				return false;
			}
		}
		let has_proceeds =
			Lines::<T>::get(loan.line).is_some_and(|line| line.insurance_proceeds > 0);
		if has_proceeds && Loans::<T>::contains_key(loan_id) {
			// The running payment period is paid too.
			let weight = T::WeightInfo::apply_insurance_proceeds(due.max(1), models);
			if !Self::attempt(meter, weight, || Self::do_apply_insurance_proceeds(loan_id)) {
				return false;
			}
		}
		let state = Loans::<T>::get(loan_id).and_then(|loan| loan.state(terms, now).ok());
		if state == Some(LoanState::Defaulted) && accrues(line.state) {
			let weight = T::WeightInfo::declare_default(line.titles.len() as u32);
			return Self::attempt(meter, weight, || Self::do_declare_default(loan_id));
		}
		true
	}

	/// Declares a breach, ends a cure period, or estimates a loss again. Returns false if there was
	/// no time for it.
	pub(crate) fn watch_line(line_id: LineId, meter: &mut WeightMeter) -> bool {
		if meter.try_consume(T::WeightInfo::sweep_line()).is_err() {
			return false;
		}
		let Some(line) = Lines::<T>::get(line_id) else { return true };
		let titles = line.titles.len() as u32;
		match line.state {
			LineState::Open if line.outstanding > 0 => {
				let weight = T::WeightInfo::declare_breach(titles);
				Self::attempt(meter, weight, || Self::do_declare_breach(line_id))
			}
			LineState::Breached
				if line.breach.is_some_and(|breach| Self::now() > breach.cure_until) =>
			{
				let weight = T::WeightInfo::declare_uncured(titles);
				Self::attempt(meter, weight, || Self::do_declare_uncured(line_id))
					&& Self::watch_loss(line_id, titles, meter)
			}
			LineState::Breached | LineState::Defaulted | LineState::Liquidating => {
				Self::watch_loss(line_id, titles, meter)
			}
			_ => true,
		}
	}

	/// Estimates the recovery of a line in trouble again.
	fn watch_loss(line_id: LineId, titles: u32, meter: &mut WeightMeter) -> bool {
		let weight = T::WeightInfo::reassess(titles);
		Self::attempt(meter, weight, || Self::do_reassess(line_id))
	}

	/// Tries a step that weighs at most `weight` and need not succeed: a failed step changes
	/// nothing. Returns false if there was no time for it.
	fn attempt<R>(
		meter: &mut WeightMeter,
		weight: Weight,
		what: impl FnOnce() -> Result<R, DispatchError>,
	) -> bool {
		if meter.try_consume(weight).is_err() {
			return false;
		}
		// A step refused here is refused for every caller, and changes nothing.
		let _ = with_storage_layer(what);
		true
	}
}

impl<T: Config> OnNewAppraisal for Pallet<T> {
	/// Asks for another round over the covenants of all lines, in the idle time of the blocks to
	/// come.
	fn on_new_appraisal(key: &OracleKey, _: OracleValue, _: Seconds) {
		let concerns_titles = match key {
			OracleKey::Resale(_) | OracleKey::Rental(_) | OracleKey::Utilisation(_) => true,
			OracleKey::Price(_) => false,
		};
		if concerns_titles {
			Sweep::<T>::mutate(|state| state.marked = true);
		}
	}

	fn weight() -> Weight {
		T::DbWeight::get().reads_writes(1, 1)
	}
}
