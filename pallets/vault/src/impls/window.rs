// SPDX-License-Identifier: Apache-2.0

//! Windows. Those of an epoch follow each other from `g`, each `W` long: the one of a time `t ≥ g`
//! closes at `g + (floor((t − g)/W) + 1) · W`, and what is before `g` closes at `g`. The second of
//! a boundary belongs to the window that begins with it. A change of the length begins an epoch at
//! the close of the window that runs.

use crate::{
	types::{Epoch, RequestOf, WindowSchedule},
	Config, Error, EscrowedShares, Event, LastSettled, Pallet, Settlement, Windows,
};
use caliber_primitives::{vault::WindowReport, Seconds, WindowIndex};
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

	/// Returns the epoch of windows of a length, with the reveal period that goes with it.
	pub(crate) fn epoch(since: Seconds, first: WindowIndex, length: Seconds) -> Epoch {
		Epoch { since, first, length, reveal: T::RevealPeriod::get().min(length / 2) }
	}

	/// Returns the window of a time.
	pub(crate) fn window_at(time: Seconds) -> Result<WindowIndex, Error<T>> {
		let epoch = Windows::<T>::get().epoch_at(time);
		epoch.window_at(time).ok_or(Error::<T>::Overflow)
	}

	/// Returns the window that takes requests now.
	pub(crate) fn current_window() -> Result<WindowIndex, Error<T>> {
		Self::window_at(Self::now())
	}

	/// Returns the window that takes requests now, the time at which it closes, and its epoch.
	pub(crate) fn running_window() -> Result<(WindowIndex, Seconds, Epoch), Error<T>> {
		let now = Self::now();
		let epoch = Windows::<T>::get().epoch_at(now);
		let window = epoch.window_at(now).ok_or(Error::<T>::Overflow)?;
		let closes_at = epoch.closes_at(window).ok_or(Error::<T>::Overflow)?;
		Ok((window, closes_at, epoch))
	}

	pub(crate) fn do_set_window_length(length: Seconds) -> DispatchResult {
		ensure!(length >= T::MinWindowLength::get(), Error::<T>::WindowTooShort);
		ensure!(length <= T::MaxWindowLength::get(), Error::<T>::WindowTooLong);
		let (window, closes_at, current) = Self::running_window()?;
		let first = window.checked_add(1).ok_or(Error::<T>::Overflow)?;
		let next = Self::epoch(closes_at, first, length);

		let holds = Windows::<T>::get().coming(Self::now()).unwrap_or(current);
		let same = |a: &Epoch, b: &Epoch| (a.length, a.reveal) == (b.length, b.reveal);
		ensure!(!same(&next, &holds), Error::<T>::SameWindowLength);
		let next = (!same(&next, &current)).then_some(next);
		Windows::<T>::put(WindowSchedule { current, next });
		let reveal = next.unwrap_or(current).reveal;
		Self::deposit_event(Event::WindowLengthSet {
			window: first,
			since: closes_at,
			length,
			reveal,
		});
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
		let now = Self::now();
		let schedule = Windows::<T>::get();
		let (current, closes_at, epoch) = Self::running_window().unwrap_or_else(|_| {
			defensive!("the clock is out of the range of window indices");
			(WindowIndex::MAX, Seconds::MAX, schedule.epoch_at(now))
		});
		WindowReport {
			current,
			closes_at,
			reveal_from: epoch.reveal_from(closes_at),
			length: epoch.length,
			next_length: schedule.coming(now).map(|next| next.length),
			queued_shares: EscrowedShares::<T>::get(),
			settling: Settlement::<T>::get().map(|settlement| settlement.window),
			due: Self::settleable().ok().map(|(window, _)| window),
		}
	}
}
