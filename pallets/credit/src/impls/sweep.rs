// SPDX-License-Identifier: Apache-2.0

//! What nobody has to call for: in the idle time of blocks installments are collected from reserves,
//! insurance money is applied, and broken covenants and defaults are flagged. A few loans and lines
//! a block, round and round; nothing here can fail a block.

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
	/// Look after some loans and lines, in no more than `limit`. Returns what that weighed.
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

	/// The loans of the line that insurance money came in for last. What there is no time for now
	/// is done when the round comes to it.
	fn sweep_urgent(state: &mut SweepState, meter: &mut WeightMeter) {
		let Some(record) = state.urgent.take().and_then(Lines::<T>::get) else { return };
		for loan in record.loans {
			if !Self::look_after_loan(loan, meter) {
				return;
			}
		}
	}

	/// The next loans of the round.
	fn sweep_loans(state: &mut SweepState, meter: &mut WeightMeter) {
		let mut loans = match state.last_loan {
			Some(last) => Loans::<T>::iter_keys_from_key(last),
			None => Loans::<T>::iter_keys(),
		};
		for step in 0..T::MaxSweepSteps::get() {
			if !meter.can_consume(T::WeightInfo::sweep_loan()) {
				return;
			}
			let Some(loan) = loans.next() else {
				state.last_loan = None;
				return;
			};
			// A loan for which there is no time is the first of another block; what does not fit then
			// either is tried again in the next round.
			if !Self::look_after_loan(loan, meter) && step > 0 {
				return;
			}
			state.last_loan = Some(loan);
		}
	}

	/// The next lines of a round, if one is under way or due.
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
			let Some(line) = lines.next() else {
				state.watching = false;
				state.last_line = None;
				return;
			};
			if !Self::watch_line(line, meter) {
				if step > 0 {
					return;
				}
				// Not even as the first of a block: another round tries it again.
				state.marked = true;
			}
			state.last_line = Some(line);
		}
	}

	/// Collect from the reserve, apply insurance money, flag a default. Says whether there was time
	/// for it.
	pub(crate) fn look_after_loan(loan: LoanId, meter: &mut WeightMeter) -> bool {
		if meter.try_consume(T::WeightInfo::sweep_loan()).is_err() {
			return false;
		}
		let Ok((record, line)) = Self::loan_of(loan) else { return true };
		if line.state == LineState::Liquidating {
			return true;
		}
		let terms = &line.terms.loan;
		let now = Self::now();
		let Ok(reached) = terms.calendar.deadlines_reached(record.originated_at, now) else {
			return true;
		};
		let models = line.exposure.len() as u32;
		let due = reached.max(record.next_window) - record.next_window;
		if due > 0 && (line.reserve > 0 || line.claims > 0) {
			let weight = T::WeightInfo::collect(due, models);
			if !Self::attempt(meter, weight, || Self::do_collect(loan)) {
				return false;
			}
		}
		let claims = Lines::<T>::get(record.line).map_or(0, |line| line.claims);
		if claims > 0 && Loans::<T>::contains_key(loan) {
			// The window that runs is settled too.
			let weight = T::WeightInfo::apply_claim(due.max(1), models);
			if !Self::attempt(meter, weight, || Self::do_apply_claim(loan)) {
				return false;
			}
		}
		let state = Loans::<T>::get(loan).and_then(|record| record.state(terms, now).ok());
		if state == Some(LoanState::Defaulted) && accrues(line.state) {
			let weight = T::WeightInfo::flag_default(line.titles.len() as u32);
			return Self::attempt(meter, weight, || Self::do_flag_default(loan));
		}
		true
	}

	/// Flag a breach, end a cure period, or estimate a loss again. Says whether there was time for
	/// it.
	pub(crate) fn watch_line(line: LineId, meter: &mut WeightMeter) -> bool {
		if meter.try_consume(T::WeightInfo::sweep_line()).is_err() {
			return false;
		}
		let Some(record) = Lines::<T>::get(line) else { return true };
		let titles = record.titles.len() as u32;
		match record.state {
			LineState::Open if record.outstanding > 0 => {
				let weight = T::WeightInfo::flag_breach(titles);
				Self::attempt(meter, weight, || Self::do_flag_breach(line))
			}
			LineState::Breached
				if record.breach.is_some_and(|breach| Self::now() > breach.cure_until) =>
			{
				let weight = T::WeightInfo::flag_uncured(titles);
				Self::attempt(meter, weight, || Self::do_flag_uncured(line))
					&& Self::watch_loss(line, titles, meter)
			}
			LineState::Breached | LineState::Defaulted | LineState::Liquidating => {
				Self::watch_loss(line, titles, meter)
			}
			_ => true,
		}
	}

	/// Estimate again what the titles of a line in trouble would bring.
	fn watch_loss(line: LineId, titles: u32, meter: &mut WeightMeter) -> bool {
		let weight = T::WeightInfo::reassess(titles);
		Self::attempt(meter, weight, || Self::do_reassess(line))
	}

	/// Try something that weighs at most `weight` and need not succeed: then nothing of it stays.
	/// Says whether there was time for it.
	fn attempt<R>(
		meter: &mut WeightMeter,
		weight: Weight,
		what: impl FnOnce() -> Result<R, DispatchError>,
	) -> bool {
		if meter.try_consume(weight).is_err() {
			return false;
		}
		// What is refused here is refused for everybody, and changes nothing.
		let _ = with_storage_layer(what);
		true
	}
}

impl<T: Config> OnNewAppraisal for Pallet<T> {
	/// The covenants of all lines are looked at again, in the idle time of the blocks to come.
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
