// SPDX-License-Identifier: Apache-2.0

//! Time between the close of a window and its settlement: money is raised, a price of the bills and
//! a round over the lines are awaited, and cancelling opens again if the price has fallen.
//!
//! Each of these waits lasts a sixth of the window at most. They are over before bids of the next
//! window are revealed, whose last part is half of it at most.

use crate::{
	phases::{ReferencePrice, Reopening},
	types::{IdleWork, Value},
	Config, Error, Event, Pallet, Raised, Reference, Reopened, Sealed, Settlement, WeightInfo,
	Windows,
};
use caliber_math::{assets_for_shares, mul_div, Rounding};
use caliber_primitives::{
	governance::values::VaultValues,
	traits::{Clock, LineRounds, TreasuryBills},
	vault::{Awaited, WindowPhase},
	Balance, Seconds, ShareOf, WindowIndex,
};
use polkadot_sdk::{
	frame_support::{traits::OnTimestampSet, weights::Weight},
	sp_runtime::PerThing,
};

/// Time before the end of cancelling from which a block accounts for the note of the price.
const NEAR: Seconds = 600;

/// Progress of a closed window towards its settlement.
pub(crate) struct Progress {
	/// Phase of the window. [`WindowPhase::Settling`] if its settlement may start.
	pub phase: WindowPhase,
	/// End of the phase at the latest; none if the settlement may start.
	pub until: Option<Seconds>,
	/// What is awaited.
	pub awaited: Awaited,
	/// Time at which the window closed.
	pub closed_at: Seconds,
}

impl<T: Config> Pallet<T> {
	/// Returns a wait in a window of `length`: a sixth of it at most.
	fn within(wait: Seconds, length: Seconds) -> Seconds {
		wait.min(length / 6)
	}

	/// Returns the progress of the closed windows up to `window`, in which `queued` shares wait.
	pub(crate) fn progress(
		values: &VaultValues,
		value: &Value,
		window: WindowIndex,
		queued: Balance,
	) -> Result<Progress, Error<T>> {
		let now = Self::now();
		let schedule = Windows::<T>::get();
		let length = schedule.epoch_of(window).length;
		let closed_at = Self::closes_at(&schedule, window).ok_or(Error::<T>::Overflow)?;
		if let Some(until) = Self::reopened_until(window) {
			let (phase, awaited) = (WindowPhase::Reopened, Awaited::default());
			return Ok(Progress { phase, until: Some(until), awaited, closed_at });
		}
		// Saturating is safe here: timestamps, not amounts.
		let period = Self::within(values.raising_period, length);
		let raised_by = T::Clock::end_of(closed_at, closed_at.saturating_add(period));
		let looked_by = raised_by.saturating_add(Self::within(values.round_wait, length));
		let raising = now < raised_by;
		let wanted = Self::worth(value, queued, Rounding::Up)?;
		// Saturating is meant: where more is idle than is wanted, nothing is missing.
		let missing = wanted.saturating_sub(value.ledger.idle);
		let looked = T::Lines::last_round().is_some_and(|round| round.begun >= closed_at);
		let awaited = Awaited {
			money: if raising { missing } else { 0 },
			price: raising && !T::Bills::priced_since(closed_at),
			round: now < looked_by && !looked,
		};
		let until = match awaited {
			Awaited { money: 0, price: false, round: false } => None,
			Awaited { money: 0, price: false, round: true } => Some(looked_by),
			_ => Some(raised_by),
		};
		let phase = if until.is_some() { WindowPhase::Raising } else { WindowPhase::Settling };
		Ok(Progress { phase, until, awaited, closed_at })
	}

	/// Ensures that nothing is awaited any more.
	pub(crate) fn ensure_ready(progress: &Progress) -> Result<(), Error<T>> {
		match (progress.phase, progress.awaited) {
			(WindowPhase::Reopened, _) => Err(Error::CancellingReopened),
			(_, Awaited { money: 1.., .. }) => Err(Error::MoneyAwaited),
			(_, Awaited { price: true, .. }) => Err(Error::PriceAwaited),
			(_, Awaited { round: true, .. }) => Err(Error::RoundAwaited),
			_ => Ok(()),
		}
	}

	/// Returns the end of the time in which requests of a closed window can be cancelled again, if it
	/// runs.
	pub(crate) fn reopened_until(window: WindowIndex) -> Option<Seconds> {
		let Reopening { window: last, until } = Reopened::<T>::get()?;
		(window <= last && Self::now() < until && !Settlement::<T>::exists()).then_some(until)
	}

	/// Lets the requests of closed windows be cancelled again, if the price has fallen too far since
	/// that was possible last and they could not yet. Returns true if so.
	pub(crate) fn reopen_if_fallen(
		values: &VaultValues,
		value: &Value,
		window: WindowIndex,
	) -> Result<bool, Error<T>> {
		if Reopened::<T>::get().is_some_and(|reopened| reopened.window == window) {
			return Ok(false);
		}
		let Some(reference) = Reference::<T>::get().filter(|noted| noted.window == window) else {
			return Ok(false);
		};
		let kept = values.reopening_drop.left_from_one();
		let least = kept.share_of(reference.price.into_inner(), Rounding::Up);
		if value.redemption_price.into_inner() >= least {
			return Ok(false);
		}
		let length = Windows::<T>::get().epoch_of(window).length;
		let period = Self::within(values.reopening_period, length);
		// Saturating is safe here: a timestamp, not an amount.
		let until = Self::now().saturating_add(period);
		Reopened::<T>::put(Reopening { window, until });
		let (reference, price) = (reference.price, value.redemption_price);
		Self::deposit_event(Event::CancellingReopened { window, until, reference, price });
		Ok(true)
	}

	/// Returns the window in which cancelling has ended last: the open one in its last part, the one
	/// before it until then.
	pub(crate) fn past_cancelling() -> Result<Option<WindowIndex>, Error<T>> {
		let open = Self::open_window()?;
		Ok(if Self::now() >= open.reveal_from {
			Some(open.index)
		} else {
			open.index.checked_sub(1)
		})
	}

	/// Returns the worth, rounded up, of the requests that can no longer be cancelled, for which bills
	/// are sold.
	pub(crate) fn worth_wanted() -> Result<Balance, Error<T>> {
		let past = Self::past_cancelling()?;
		let queued = past.map_or(Ok(0), Self::bound_until)?;
		Self::worth_of_queue(queued, past)
	}

	/// Returns the worth, rounded up, of the requests of which idle money is kept: those that can no
	/// longer be cancelled, and those that the last settlement left over, which can. Neither lines
	/// nor anybody who leaves at once takes it.
	pub(crate) fn worth_kept() -> Result<Balance, Error<T>> {
		let past = Self::past_cancelling()?;
		let queued = past.map_or(Ok(0), Self::waiting_until)?;
		Self::worth_of_queue(queued, past)
	}

	/// Returns the waiting shares of the requests that joined in `window`, the one in which cancelling
	/// has ended last, or before, and that cannot be cancelled: not those of closed windows while
	/// cancelling is open again, and not those that a settlement that is over has left to the open
	/// window.
	fn bound_until(window: WindowIndex) -> Result<Balance, Error<T>> {
		if Self::reopened_until(window).is_some() {
			return Ok(0);
		}
		match Settlement::<T>::exists() {
			true => Self::waiting_until(window),
			false => Self::queued_until(window),
		}
	}

	/// Returns the worth of `queued` shares and of those that bid in a window after `past`, rounded
	/// up: a request that bids in the open window cannot be cancelled from then on.
	fn worth_of_queue(queued: Balance, past: Option<WindowIndex>) -> Result<Balance, Error<T>> {
		let sealed = Sealed::<T>::get();
		let bound =
			if past.is_none_or(|window| sealed.window > window) { sealed.shares } else { 0 };
		let shares = queued.checked_add(bound).ok_or_else(Self::unexpected)?;
		if shares == 0 {
			return Ok(0);
		}
		let value = Self::value()?;
		Ok(assets_for_shares(shares, value.for_redemptions, value.shares, Rounding::Up)?)
	}

	/// Returns the idle USDai that is kept for nobody. In doubt there is none.
	pub(crate) fn idle_beyond_queue(idle: Balance) -> Balance {
		let kept = Self::worth_kept().unwrap_or(Balance::MAX);
		// Saturating is meant: where more is kept than is idle, nothing is left.
		idle.saturating_sub(kept)
	}

	/// Notes a sale of bills for `amount` that were marked at `mark`, while `idle` USDai was there:
	/// those who are served bear the loss on the part of it that was missing for them.
	pub(crate) fn note_sale(idle: Balance, amount: Balance, mark: Balance) -> Result<(), Error<T>> {
		// Saturating is meant: without a lack, and without a loss, there is nothing to note.
		let missing = Self::worth_wanted()?.saturating_sub(idle);
		let part = missing.min(amount);
		if part == 0 {
			return Ok(());
		}
		let loss = mark.saturating_sub(amount);
		let cost = mul_div(loss, part, amount, Rounding::Up)?;
		let mut raised = Raised::<T>::get();
		raised.amount = raised.amount.checked_add(part).ok_or(Error::<T>::Overflow)?;
		raised.cost = raised.cost.checked_add(cost).ok_or(Error::<T>::Overflow)?;
		Raised::<T>::put(raised);
		if cost > 0 {
			Self::deposit_event(Event::RaisingCost { cost, total: raised.cost });
		}
		Ok(())
	}

	/// Notes the redemption price if cancelling has ended in a window since the last note.
	pub(crate) fn note_reference() {
		let Ok(Some(window)) = Self::past_cancelling() else { return };
		if Reference::<T>::get().is_some_and(|noted| noted.window >= window) {
			return;
		}
		match Self::value() {
			Ok(value) => {
				let price = value.redemption_price;
				Reference::<T>::put(ReferencePrice { window, price });
				Self::deposit_event(Event::ReferenceNoted { window, price });
			}
			Err(error) => Self::report_failure(IdleWork::ReferencePrice, error.into()),
		}
	}

	/// Returns the weight of the note of the price in this block, by the clock of the last one.
	pub(crate) fn weight_of_reference() -> Weight {
		let probe = T::WeightInfo::idle_probe();
		let Ok(open) = Self::open_window() else { return probe };
		let noted = Reference::<T>::get().is_some_and(|noted| noted.window >= open.index);
		// Saturating is safe here: a timestamp, not an amount.
		let is_near = Self::now().saturating_add(NEAR) >= open.reveal_from;
		if is_near && !noted {
			probe.saturating_add(T::WeightInfo::note_reference())
		} else {
			probe
		}
	}
}

impl<T: Config, Moment> OnTimestampSet<Moment> for Pallet<T> {
	/// Lets the windows begin with the first block, and notes the price at which cancelling ends: the
	/// clock is set before the first transaction of a block.
	fn on_timestamp_set(_: Moment) {
		Self::begin_windows();
		Self::note_reference();
	}
}
