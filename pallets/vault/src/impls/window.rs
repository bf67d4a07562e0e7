// SPDX-License-Identifier: Apache-2.0

//! Windows. By the calendar those of an epoch follow each other from `g`, each `W` long: the one of
//! a time `t ≥ g` closes at `g + (floor((t − g)/W) + 1) · W`, and what is before `g` closes at `g`.
//! The second of a boundary belongs to the window that begins with it. A change of the length begins
//! an epoch at the close of the window that runs.
//!
//! A window whose last part was touched by time in which the chain made no blocks closes later than
//! the calendar says, by the overlap, and at the close of the next window at the latest. The next
//! one opens then and closes by the calendar. A window that has closed does not open again: what
//! moves its close began before it.

use crate::{
	types::{Epoch, OpenWindow, RequestOf, WindowSchedule},
	Config, Error, EscrowedShares, Event, LastSettled, Pallet, Settlement, Windows,
};
use caliber_primitives::{
	governance::tempo::shortened,
	traits::Clock,
	vault::{Awaited, WindowPhase, WindowReport},
	Seconds, WindowIndex,
};
use polkadot_sdk::{
	frame_support::{
		defensive, ensure,
		traits::{Get, UnixTime},
	},
	sp_runtime::DispatchResult,
};

impl<T: Config> Pallet<T> {
	/// Returns the time of the clock, unix seconds.
	pub(crate) fn now() -> Seconds {
		T::Time::now().as_secs()
	}

	/// Returns the first epoch of the chain, in which the windows of a length, given as for tempo 1,
	/// begin with the number 1.
	pub(crate) fn first_epoch(since: Seconds, length: Seconds) -> Epoch {
		let length = shortened(length, T::Tempo::get());
		let reveal = Self::reveal_within(length);
		Epoch { since, first: 1, length, reveal, reveal_before: reveal }
	}

	/// Returns the seconds before the close of a window of this length in which bids are revealed:
	/// half of it at most.
	fn reveal_within(length: Seconds) -> Seconds {
		T::Values::get().reveal_period.min(length / 2)
	}

	/// Lets the first window begin now, where genesis names no time.
	pub(crate) fn begin_windows() {
		let schedule = Windows::<T>::get();
		if schedule.current.since == 0 {
			let current = Epoch { since: Self::now(), ..schedule.current };
			Windows::<T>::put(WindowSchedule { current, ..schedule });
		}
	}

	/// Returns the seconds for which a saver who asks now waits at most for a close: those of the
	/// window of the calendar, or of the next ones if they are to last longer.
	pub fn window_length() -> Seconds {
		let now = Self::now();
		let schedule = Windows::<T>::get();
		let current = schedule.epoch_at(now).length;
		let next = schedule.next.filter(|next| next.since > now);
		next.map_or(current, |next| next.length.max(current))
	}

	/// Returns the time at which a window closes; none beyond the range of times.
	pub(crate) fn closes_at(schedule: &WindowSchedule, window: WindowIndex) -> Option<Seconds> {
		let calendar = schedule.closes_at(window)?;
		let later = T::Clock::end_of(schedule.reveal_from(window)?, calendar);
		// No window follows the last number.
		let next = window.checked_add(1).and_then(|next| schedule.closes_at(next));
		Some(later.min(next.unwrap_or(calendar)))
	}

	/// Returns true if time in which the chain made no blocks touched the last part of a window.
	pub(crate) fn met_by_outage(window: WindowIndex) -> bool {
		let schedule = Windows::<T>::get();
		let part = schedule.reveal_from(window).zip(schedule.closes_at(window));
		part.is_some_and(|(from, calendar)| T::Clock::end_of(from, calendar) > calendar)
	}

	/// Returns the window that is open at a time.
	fn window_in(schedule: &WindowSchedule, time: Seconds) -> Result<WindowIndex, Error<T>> {
		let window = schedule.window_at(time).ok_or(Error::<T>::Overflow)?;
		// The windows before the last one have closed by the calendar of the last one.
		Ok(window
			.checked_sub(1)
			.filter(|last| Self::closes_at(schedule, *last).is_some_and(|close| time < close))
			.unwrap_or(window))
	}

	/// Returns the window that is open at a time.
	pub(crate) fn window_at(time: Seconds) -> Result<WindowIndex, Error<T>> {
		Self::window_in(&Windows::<T>::get(), time)
	}

	/// Returns the window that takes requests now.
	pub(crate) fn current_window() -> Result<WindowIndex, Error<T>> {
		Self::window_at(Self::now())
	}

	/// Returns the window that takes requests now, with its times.
	pub(crate) fn open_window() -> Result<OpenWindow, Error<T>> {
		Self::open_window_in(&Windows::<T>::get())
	}

	fn open_window_in(schedule: &WindowSchedule) -> Result<OpenWindow, Error<T>> {
		let index = Self::window_in(schedule, Self::now())?;
		Ok(OpenWindow {
			index,
			reveal_from: schedule.reveal_from(index).ok_or(Error::<T>::Overflow)?,
			closes_at: Self::closes_at(schedule, index).ok_or(Error::<T>::Overflow)?,
			length: schedule.epoch_of(index).length,
		})
	}

	/// Returns a window length, given as for tempo 1, as it counts on this chain. Ensures that it is
	/// within the bounds.
	pub(crate) fn real_length(length: Seconds) -> Result<Seconds, Error<T>> {
		let tempo = T::Tempo::get();
		let [length, least, greatest] =
			[length, T::MinWindowLength::get(), T::MaxWindowLength::get()]
				.map(|seconds| shortened(seconds, tempo));
		ensure!(length >= least, Error::<T>::WindowTooShort);
		ensure!(length <= greatest, Error::<T>::WindowTooLong);
		Ok(length)
	}

	/// Sets the length of the next windows, given as for tempo 1.
	pub(crate) fn do_set_window_length(length: Seconds) -> DispatchResult {
		let length = Self::real_length(length)?;
		// By the calendar: an outage moves no epoch.
		let now = Self::now();
		let schedule = Windows::<T>::get();
		let current = schedule.epoch_at(now);
		let window = current.window_at(now).ok_or(Error::<T>::Overflow)?;
		let since = current.closes_at(window).ok_or(Error::<T>::Overflow)?;
		let first = window.checked_add(1).ok_or(Error::<T>::Overflow)?;
		let (reveal, reveal_before) = (Self::reveal_within(length), current.reveal_of(window));
		let next = Epoch { since, first, length, reveal, reveal_before };

		let holds = schedule.next.filter(|next| next.since > now).unwrap_or(current);
		let same = |a: &Epoch, b: &Epoch| (a.length, a.reveal) == (b.length, b.reveal);
		ensure!(!same(&next, &holds), Error::<T>::SameWindowLength);
		let next = (!same(&next, &current)).then_some(next);
		Windows::<T>::put(WindowSchedule { current, next });
		Self::deposit_event(Event::WindowLengthSet { window: first, since, length, reveal });
		Ok(())
	}

	/// Returns the last window that has been settled.
	pub(crate) fn last_settled() -> Option<WindowIndex> {
		LastSettled::<T>::get()
	}

	/// Returns the window in which a request queues now: its own, or the one after the last
	/// settlement, which has left it over.
	pub(crate) fn window_of(request: &RequestOf<T>) -> WindowIndex {
		let unsettled =
			Self::last_settled().and_then(|window| window.checked_add(1)).unwrap_or_default();
		request.window.max(unsettled)
	}

	/// Returns the answer to [`Pallet::window`].
	pub(crate) fn window_report() -> WindowReport {
		let schedule = Windows::<T>::get();
		let OpenWindow { index, reveal_from, closes_at, length } = Self::open_window_in(&schedule)
			.unwrap_or_else(|_| {
				defensive!("the clock is out of the range of window indices");
				let length = schedule.epoch_at(Self::now()).length;
				OpenWindow {
					index: WindowIndex::MAX,
					reveal_from: Seconds::MAX,
					closes_at: Seconds::MAX,
					length,
				}
			});
		let (phase, until, awaited) = Self::phase_report(reveal_from, closes_at);
		WindowReport {
			current: index,
			closes_at,
			reveal_from,
			length,
			next_length: schedule.coming_after(index).map(|next| next.length),
			queued_shares: EscrowedShares::<T>::get(),
			settling: Settlement::<T>::get().map(|settlement| settlement.window),
			due: Self::startable().ok(),
			phase,
			until,
			awaited,
		}
	}

	/// Returns the phase of the closed window that waits, or of the open one, its end and what is
	/// awaited.
	fn phase_report(
		reveal_from: Seconds,
		closes_at: Seconds,
	) -> (WindowPhase, Option<Seconds>, Awaited) {
		if Settlement::<T>::exists() {
			return (WindowPhase::Settling, None, Awaited::default());
		}
		let progress = Self::settleable().and_then(|(window, queued)| {
			let values = T::Values::get();
			Self::progress(&values, &Self::value_by(&values)?, window, queued)
		});
		match progress {
			Ok(progress) => (progress.phase, progress.until, progress.awaited),
			Err(_) if Self::now() >= reveal_from => {
				(WindowPhase::Reveal, Some(closes_at), Awaited::default())
			}
			Err(_) => (WindowPhase::Open, Some(reveal_from), Awaited::default()),
		}
	}

	/// Returns the last window of a settlement that may start now.
	pub(crate) fn startable() -> Result<WindowIndex, Error<T>> {
		let (window, queued) = Self::settleable()?;
		let values = T::Values::get();
		let progress = Self::progress(&values, &Self::value_by(&values)?, window, queued)?;
		Self::ensure_ready(&progress)?;
		Ok(window)
	}
}
