// SPDX-License-Identifier: Apache-2.0

//! Windows: window `i` covers `[g + i · W, g + (i + 1) · W)`, with `g` its beginning and `W` its
//! length at genesis. The boundary belongs to the window that begins there.

use crate::{
	types::Request, Config, Error, EscrowedShares, LastSettled, Pallet, Settlement, WindowLength,
	WindowsSince,
};
use caliber_primitives::{vault::WindowReport, Seconds, WindowIndex};
use polkadot_sdk::{
	frame_support::{defensive, traits::UnixTime},
	sp_runtime::DispatchError,
};

impl<T: Config> Pallet<T> {
	/// The clock, unix seconds.
	pub(crate) fn now() -> Seconds {
		T::Time::now().as_secs()
	}

	/// The window of a time. What is before window 0 counts as window 0.
	pub(crate) fn window_at(time: Seconds) -> Result<WindowIndex, DispatchError> {
		let elapsed = time.saturating_sub(WindowsSince::<T>::get());
		let index = Self::expected(elapsed.checked_div(WindowLength::<T>::get()))?;
		WindowIndex::try_from(index).map_err(|_| Error::<T>::Overflow.into())
	}

	/// The window that takes requests now.
	pub(crate) fn current_window() -> Result<WindowIndex, DispatchError> {
		Self::window_at(Self::now())
	}

	/// When a window closes.
	pub(crate) fn closes_at(window: WindowIndex) -> Option<Seconds> {
		Seconds::from(window)
			.checked_add(1)?
			.checked_mul(WindowLength::<T>::get())?
			.checked_add(WindowsSince::<T>::get())
	}

	/// The window in which a request queues now: its own, or the one after the last settlement,
	/// which has left it over.
	pub(crate) fn window_of(request: &Request<T::AccountId>) -> WindowIndex {
		let unsettled =
			LastSettled::<T>::get().and_then(|window| window.checked_add(1)).unwrap_or_default();
		request.window.max(unsettled)
	}

	/// The answer to [`Pallet::window`].
	pub(crate) fn window_report() -> WindowReport {
		let current = Self::current_window().unwrap_or_else(|_| {
			defensive!("the clock is out of the range of window indices");
			WindowIndex::MAX
		});
		WindowReport {
			current,
			closes_at: Self::closes_at(current).unwrap_or(Seconds::MAX),
			length: WindowLength::<T>::get(),
			queued_shares: EscrowedShares::<T>::get(),
			settling: Settlement::<T>::get().map(|settlement| settlement.window),
		}
	}
}
