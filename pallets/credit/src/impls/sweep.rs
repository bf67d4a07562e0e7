// SPDX-License-Identifier: Apache-2.0

//! Work of idle blocks: installments are collected from reserves, insurance proceeds are applied,
//! broken covenants and defaults are declared, and payments are booked against models. A few lines
//! are looked after in a block, in rounds. No step can fail a block.

use super::LineOp;
use crate::{
	frame_support::{
		dispatch::DispatchResult,
		ensure,
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
	credit::{LineState, LoanState, RoundBook},
	traits::{LineRounds, OnNewAppraisal, Round},
	LineId, LoanId, Seconds,
};

impl<T: Config> Pallet<T> {
	/// Looks after some lines, in no more than `limit`. Returns the weight of it.
	pub(crate) fn sweep(limit: Weight) -> Weight {
		let mut meter = WeightMeter::with_limit(limit);
		if meter.try_consume(T::WeightInfo::sweep_idle()).is_err() {
			return meter.consumed();
		}
		let before = Sweep::<T>::get();
		let mut state = before.clone();
		Self::sweep_urgent(&mut state, &mut meter);
		Self::sweep_lines(&mut state, &mut meter);
		if state != before {
			Sweep::<T>::put(state);
		}
		meter.consumed()
	}

	/// Looks after the loans of the line that insurance proceeds came in for last. The round comes
	/// to those for which there is no time now.
	fn sweep_urgent(state: &mut SweepState, meter: &mut WeightMeter) {
		if let Some(line_id) = state.urgent.take() {
			Self::look_after_line(line_id, false, meter);
		}
	}

	/// Looks after the next lines of the round. It looks at their covenants too where a new price
	/// asks for it, or none did for a time; such a round begins with the first line.
	fn sweep_lines(state: &mut SweepState, meter: &mut WeightMeter) {
		let (now, values) = (Self::now(), T::Values::get());
		if !state.watching && (state.marked || now >= state.next_round_at) {
			Self::begin_round(state, now, values.sweep_interval);
		}
		Self::sweep_some(state, values.max_sweep_steps, true, meter);
	}

	/// Begins a round over the covenants of all lines, with the first.
	fn begin_round(state: &mut SweepState, now: Seconds, interval: Seconds) {
		state.watching = true;
		state.marked = false;
		state.passed = false;
		state.begun = now;
		state.last_line = None;
		state.sums = RoundBook { begun: now, ..RoundBook::default() };
		// Past the end of time there is no next round, except for a new price.
		state.next_round_at = now.checked_add(interval).unwrap_or(Seconds::MAX);
	}

	/// Looks after up to `max_steps` next lines of the round. Returns the number of them. Only where
	/// it may pass lines, it goes on without the first if there is no time for it.
	fn sweep_some(
		state: &mut SweepState,
		max_steps: u32,
		may_pass: bool,
		meter: &mut WeightMeter,
	) -> u32 {
		let mut lines = match state.last_line {
			Some(last) => Lines::<T>::iter_keys_from_key(last),
			None => Lines::<T>::iter_keys(),
		};
		for step in 0..max_steps {
			if !meter.can_consume(T::WeightInfo::sweep_line()) {
				return step;
			}
			let Some(line_id) = lines.next() else {
				Self::end_round(state);
				return step;
			};
			// A line for which there is no time is the first of another block.
			let done = Self::look_after_line(line_id, state.watching, meter)
				&& (!state.watching || Self::count_line(line_id, &mut state.sums, meter));
			if !done {
				if step > 0 || !may_pass {
					return step;
				}
				// Not even as the first of a block: another round tries it again.
				state.marked |= state.watching;
				state.passed |= state.watching;
			}
			state.last_line = Some(line_id);
		}
		max_steps
	}

	/// Ends a round. One over the covenants is noted if it has passed no line.
	fn end_round(state: &mut SweepState) {
		if state.watching && !state.passed {
			state.last_round = Some(Round { begun: state.begun, ended: Self::now() });
			LastBook::<T>::put(Self::closed_book(state.sums.clone()));
		}
		state.watching = false;
		state.last_line = None;
	}

	/// Returns the largest weight of a turn over `max_lines` lines.
	pub(crate) fn turn_limit(max_lines: u32) -> Weight {
		let titles = crate::MAX_TITLES;
		T::WeightInfo::sweep_line()
			.saturating_add(T::WeightInfo::collect(3))
			.saturating_add(T::WeightInfo::declare_breach(titles))
			.saturating_add(T::WeightInfo::declare_default(titles))
			.saturating_add(T::WeightInfo::cure(titles))
			.saturating_add(T::WeightInfo::reassess(titles))
			.saturating_add(T::WeightInfo::restate())
			.saturating_add(T::WeightInfo::count_line(titles))
			.saturating_mul(max_lines.into())
			.saturating_add(T::WeightInfo::turn_round())
	}

	/// Turns the round over the covenants by up to `max_lines` lines. Returns the weight of it.
	pub(crate) fn do_turn_round(max_lines: u32) -> Result<Weight, Error<T>> {
		ensure!(max_lines > 0, Error::<T>::NoLines);
		let mut meter = WeightMeter::with_limit(Self::turn_limit(max_lines));
		meter.consume(T::WeightInfo::turn_round());
		let mut state = Sweep::<T>::get();
		let (now, values) = (Self::now(), T::Values::get());
		if !state.watching {
			Self::begin_round(&mut state, now, values.sweep_interval);
		}
		let lines = Self::sweep_some(&mut state, max_lines, false, &mut meter);
		let ended = !state.watching;
		ensure!(lines > 0 || ended, Error::<T>::LineTooLong);
		Self::deposit_event(Event::RoundTurned { lines, begun: state.begun, ended });
		Sweep::<T>::put(state);
		Ok(meter.consumed())
	}

	/// Looks after the loans of a line, after its covenants if it is to be watched, and books the
	/// payments on it. Returns false if there was no time for all of it.
	pub(crate) fn look_after_line(line_id: LineId, watch: bool, meter: &mut WeightMeter) -> bool {
		if meter.try_consume(T::WeightInfo::sweep_line()).is_err() {
			return false;
		}
		let Some(line) = Lines::<T>::get(line_id) else { return true };
		if line.state != LineState::Liquidating {
			for loan_id in line.loan_ids(line_id) {
				if !Self::look_after_loan(loan_id, meter) {
					return false;
				}
			}
		}
		(!watch || Self::watch_line(line_id, meter)) && Self::book_payments(line_id, meter)
	}

	/// Collects from the reserve, applies insurance proceeds and declares a default. Returns false
	/// if there was no time for it. A loan of which nothing is due weighs nothing beside its line.
	fn look_after_loan(loan_id: LoanId, meter: &mut WeightMeter) -> bool {
		let Ok((op, loan)) = LineOp::<T>::load_with_loan(loan_id) else { return true };
		let line = op.line();
		let terms = &line.terms.loan;
		let now = Self::now();
		let Ok(reached) = terms.calendar.due_dates_reached(loan.originated_at, now) else {
			return true;
		};
		let due = reached.max(loan.next_period) - loan.next_period;
		let is_due = due > 0 || loan.progress.fees > 0;
		if is_due && (line.reserve > 0 || line.insurance_proceeds > 0) {
			let weight = T::WeightInfo::collect(due.max(1));
			if !Self::attempt(loan_id.line, meter, weight, || Self::do_collect(loan_id)) {
				return false;
			}
		}
		let Ok((op, _)) = LineOp::<T>::load_with_loan(loan_id) else { return true };
		if op.line().insurance_proceeds > 0 {
			// The running payment period is paid too.
			let weight = T::WeightInfo::apply_insurance_proceeds(due.max(1));
			let apply = || Self::do_apply_insurance_proceeds(loan_id);
			if !Self::attempt(loan_id.line, meter, weight, apply) {
				return false;
			}
		}
		let Ok((op, loan)) = LineOp::<T>::load_with_loan(loan_id) else { return true };
		let state = loan.state::<T::Clock>(&op.line().terms.loan, now);
		if state == Ok(LoanState::Defaulted) && accrues(op.line().state) {
			let weight = T::WeightInfo::declare_default(op.titles());
			let declare = || Self::do_declare_default(loan_id);
			return Self::attempt(loan_id.line, meter, weight, declare);
		}
		let place = loan.place(&op.line().terms.loan, now);
		if accrues(op.line().state) && place.is_ok_and(|place| place != loan.booked_in) {
			let line_id = loan_id.line;
			return Self::attempt(line_id, meter, T::WeightInfo::rebook(), || {
				Self::do_rebook(line_id)
			});
		}
		true
	}

	/// Books the loans of a line in the payment periods that run.
	pub(crate) fn do_rebook(line_id: LineId) -> DispatchResult {
		let mut op = LineOp::<T>::load_accepted(line_id)?;
		if op.rebook_loans()? > 0 {
			op.commit();
		}
		Ok(())
	}

	/// Declares a breach, cures the line, ends a cure period, or assesses the line again. Returns false if there was
	/// no time for it.
	fn watch_line(line_id: LineId, meter: &mut WeightMeter) -> bool {
		let Ok(op) = LineOp::<T>::load(line_id) else { return true };
		let (line, titles) = (op.line(), op.titles());
		match line.state {
			LineState::Open if line.outstanding > 0 => {
				let weight =
					T::WeightInfo::declare_breach(titles).max(T::WeightInfo::reassess(titles));
				Self::attempt(line_id, meter, weight, || Self::do_watch_open(line_id))
			}
			LineState::Breached | LineState::Defaulted | LineState::Liquidating => {
				let weight = T::WeightInfo::declare_uncured(titles)
					.max(T::WeightInfo::cure(titles))
					.max(T::WeightInfo::reassess(titles))
					.saturating_add(T::WeightInfo::rebook());
				Self::attempt(line_id, meter, weight, || Self::do_watch_troubled(line_id))
			}
			_ => true,
		}
	}

	/// Books the payments on a line, which lower what stands against its models. Returns false if
	/// there was no time for it.
	fn book_payments(line_id: LineId, meter: &mut WeightMeter) -> bool {
		let lags = Lines::<T>::get(line_id).is_some_and(|line| line.exposure_lags());
		if !lags {
			return true;
		}
		Self::attempt(line_id, meter, T::WeightInfo::restate(), || Self::do_restate(line_id))
	}

	/// Books the payments on a line since its last draw.
	pub(crate) fn do_restate(line_id: LineId) -> DispatchResult {
		let mut op = LineOp::<T>::load(line_id)?;
		if op.restate()? {
			let exposure = op.line().exposure.clone().into_inner();
			op.commit();
			Self::deposit_event(Event::ExposureChanged { line: line_id, exposure });
		}
		Ok(())
	}

	/// Tries a step that weighs at most `weight` and need not succeed: a failed step changes
	/// nothing. Returns false if there was no time for it.
	pub(super) fn attempt<R>(
		line_id: LineId,
		meter: &mut WeightMeter,
		weight: Weight,
		step: impl FnOnce() -> Result<R, DispatchError>,
	) -> bool {
		if meter.try_consume(weight).is_err() {
			return false;
		}
		if let Err(error) = with_storage_layer(step) {
			if !Self::is_usual(error) {
				Self::deposit_event(Event::IdleWorkFailed { line: line_id, error });
			}
		}
		true
	}

	/// Returns true for an error that only says that there is nothing to do on a line now, or that
	/// its money or a price is missing. Every caller would get it, and views tell it.
	fn is_usual(error: DispatchError) -> bool {
		[
			Error::<T>::NotInBreach,
			Error::<T>::ReserveTooLow,
			Error::<T>::PaysNothing,
			Error::<T>::PriceStale,
			Error::<T>::PriceUnavailable,
		]
		.into_iter()
		.any(|usual| error == usual.into())
	}
}

impl<T: Config> LineRounds for Pallet<T> {
	fn last_round() -> Option<Round> {
		Sweep::<T>::get().last_round
	}

	fn last_book() -> Option<RoundBook> {
		LastBook::<T>::get()
	}

	fn is_current() -> bool {
		let state = Sweep::<T>::get();
		!state.marked && !state.watching
	}

	fn ask_round(since: Seconds) {
		let state = Sweep::<T>::get();
		let runs = state.watching && state.begun >= since;
		let ended = state.last_round.is_some_and(|round| round.begun >= since);
		if !(runs || ended || state.marked) {
			Sweep::<T>::put(SweepState { marked: true, ..state });
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_round() {
		let now = Self::now();
		let last_round = Some(Round { begun: now, ended: now });
		LastBook::<T>::put(Self::full_book());
		Sweep::<T>::mutate(|state| {
			*state = SweepState { last_round, marked: false, watching: false, ..state.clone() }
		});
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
