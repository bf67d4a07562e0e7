// SPDX-License-Identifier: Apache-2.0

//! Settlements.

use super::order_book::OrderBook;
use crate::{
	phases::ClearedWindow,
	types::{Lane, LedgerBalances, RequestOf, SettlementState, Tick, Value, NO_BID},
	ClearedWindows, Config, Error, EscrowedShares, Event, ExcusedWindow, LastSettled, Ledger,
	Pallet, Queue, QueueChunks, QueueTotals, Raised, Requests, Settlement,
};
use caliber_math::{
	assets_for_shares,
	clearing::{self, Clearing, Price},
	mul_div, Rounding, WAD,
};
use caliber_primitives::{Balance, RequestId, ShareOf, WindowIndex};
use polkadot_sdk::{
	frame_support::{
		ensure,
		storage::with_storage_layer,
		traits::{
			fungible::Mutate,
			tokens::{Fortitude, Precision, Preservation},
			Get,
		},
	},
	sp_runtime::{DispatchError, DispatchResult},
};

/// A settlement while it makes steps.
struct Run<T> {
	settlement: SettlementState,
	ledger: LedgerBalances,
	order_book: OrderBook<T>,
}

impl<T: Config> Pallet<T> {
	/// Returns the last closed window, if a settlement may be started for it, and the shares that
	/// take part.
	pub(crate) fn settleable() -> Result<(WindowIndex, Balance), Error<T>> {
		ensure!(!Settlement::<T>::exists(), Error::<T>::SettlementRunning);
		let window = Self::current_window()?.checked_sub(1).ok_or(Error::<T>::NothingToSettle)?;
		ensure!(
			Self::last_settled().is_none_or(|settled| settled < window),
			Error::<T>::AlreadySettled
		);
		let queued = Self::queued_until(window)?;
		ensure!(queued > 0, Error::<T>::NothingToSettle);
		Ok((window, queued))
	}

	pub(crate) fn do_start_settlement() -> DispatchResult {
		let (window, queued) = Self::settleable()?;
		let values = T::Values::get();
		let value = Self::value_by(&values)?;
		Self::ensure_ready(&Self::progress(&values, &value, window, queued)?)?;
		if Self::reopen_if_fallen(&values, &value, window)? {
			return Ok(());
		}
		Self::write_day(&value);
		let raised = Raised::<T>::get();
		let nav = value.for_redemptions.checked_add(raised.cost).ok_or(Error::<T>::Overflow)?;
		let price = Price { nav, supply: value.shares };
		let mut ledger = value.ledger;
		let available = raised.proceeds_for(ledger.idle).map_err(Error::<T>::from)?;
		let Clearing { marginal, tick, served: shares, proceeds } =
			Self::clear(&value, price, available, window)?;
		// Those served bear what raising their money has cost, and are paid with what is there.
		// Saturating is meant: nothing is beyond the idle USDai where it covers the proceeds.
		let beyond_idle = proceeds.saturating_sub(ledger.idle);
		let cost = raised.cost_of(proceeds).map_err(Error::<T>::from)?.max(beyond_idle);
		let liquidity = proceeds.checked_sub(cost).ok_or_else(Self::unexpected)?;
		// The proceeds are never more than the worth of the shares: the price of the shares that stay
		// does not fall.
		let worth = assets_for_shares(shares, nav, value.shares, Rounding::Down)
			.map_err(Error::<T>::from)?;
		let forgone = worth.checked_sub(proceeds).ok_or_else(Self::unexpected)?;
		ledger.idle = ledger.idle.checked_sub(liquidity).ok_or_else(Self::unexpected)?;
		ledger.reserved = ledger.reserved.checked_add(liquidity).ok_or(Error::<T>::Overflow)?;
		ledger.shares = ledger.shares.checked_sub(shares).ok_or_else(Self::unexpected)?;
		ledger.lock(Self::now(), forgone, Self::window_length()).map_err(Error::<T>::from)?;
		Self::put_ledger(ledger);
		EscrowedShares::<T>::try_mutate(|escrowed| {
			*escrowed = escrowed.checked_sub(shares).ok_or_else(Self::unexpected)?;
			Ok::<_, Error<T>>(())
		})?;
		let totals = QueueTotals::<T>::get();
		Self::note_clearing(window, tick, totals.oldest);
		let mut lanes = totals.lanes_until(window);
		lanes.keep_from(tick);
		let settlement = SettlementState {
			window,
			nav,
			supply: value.shares,
			tick,
			lanes,
			queued,
			waiting: queued,
			proceeds,
			cost,
			shares_left: shares,
			served: 0,
			paid: 0,
		};
		Self::deposit_event(Event::SettlementStarted {
			window,
			price: value.redemption_price,
			cost,
			queued,
			marginal,
			tick,
			shares,
			liquidity,
			forgone,
		});
		if shares > 0 {
			Self::burn_escrowed(shares)?;
		} else if OrderBook::<T>::open().highest_bid().is_none() {
			return Ok(Self::finish(settlement)?);
		}
		Settlement::<T>::put(settlement);
		Ok(())
	}

	/// Remembers the clearing of a window for bids of it that were not revealed. They are excused if
	/// time without blocks touched its last part, or if an earlier settlement, which comes first,
	/// kept bids from being revealed.
	fn note_clearing(window: WindowIndex, tick: Tick, oldest: WindowIndex) {
		let excused = oldest < window
			|| ExcusedWindow::<T>::get() == Some(window)
			|| Self::met_by_outage(window);
		let cleared = ClearedWindow { window, tick, excused };
		ClearedWindows::<T>::insert(Self::place_of_window(window), cleared);
	}

	/// Burns shares that the vault's account holds for requests.
	pub(crate) fn burn_escrowed(shares: Balance) -> DispatchResult {
		Self::burn(&Self::account_id(), shares)
	}

	/// Burns shares of an account.
	pub(crate) fn burn(who: &T::AccountId, shares: Balance) -> DispatchResult {
		T::Shares::burn_from(
			who,
			shares,
			Preservation::Expendable,
			Precision::Exact,
			Fortitude::Polite,
		)?;
		Ok(())
	}

	/// Returns the worth of shares at the redemption price.
	pub(crate) fn worth(
		value: &Value,
		shares: Balance,
		rounding: Rounding,
	) -> Result<Balance, Error<T>> {
		Ok(assets_for_shares(shares, value.for_redemptions, value.shares, rounding)?)
	}

	/// Returns the clearing of the requests of `window` and those before.
	fn clear(
		value: &Value,
		price: Price,
		available: Balance,
		window: WindowIndex,
	) -> Result<Clearing, Error<T>> {
		// Shares without worth are not burnt: they wait.
		if value.for_redemptions == 0 {
			return Ok(Clearing { marginal: None, tick: 0, served: 0, proceeds: 0 });
		}
		let chunks = QueueTotals::<T>::get().chunks.until(window).ok_or_else(Self::unexpected)?;
		// A chunk whose sums contradict each other does not add up, which `clear` refuses.
		let ticks_of = |chunk| {
			u8::try_from(chunk)
				.ok()
				.and_then(|chunk| QueueChunks::<T>::get(chunk).until(window))
				.unwrap_or([0; clearing::CHUNK])
		};
		Ok(clearing::clear(price, available, &chunks, ticks_of)?)
	}

	/// Does up to `max_requests` steps: serves a request, or lets the requests left at a tick join
	/// tick 0. Returns the number of steps.
	pub(crate) fn do_settle(max_requests: u32) -> Result<u32, DispatchError> {
		ensure!(max_requests > 0, Error::<T>::NoSteps);
		let mut run = Run {
			settlement: Settlement::<T>::get().ok_or(Error::<T>::NoSettlement)?,
			ledger: Ledger::<T>::get(),
			order_book: OrderBook::<T>::open(),
		};
		let mut steps: u32 = 0;
		while steps < max_requests {
			if run.settlement.shares_left > 0 {
				Self::serve_next(&mut run)?;
			} else if let Some(tick) = run.order_book.highest_bid() {
				Self::merge_lane(&mut run.order_book, tick)?;
			} else {
				break;
			}
			steps = steps.checked_add(1).ok_or(Error::<T>::Overflow)?;
		}

		let Run { settlement, ledger, order_book } = run;
		let is_done = settlement.shares_left == 0 && order_book.highest_bid().is_none();
		order_book.close();
		Self::put_ledger(ledger);
		if is_done {
			Self::finish(settlement)?;
		} else {
			Settlement::<T>::put(settlement);
		}
		Ok(steps)
	}

	/// Serves the next request, in full or in part, or ends it if its least price is not met.
	fn serve_next(run: &mut Run<T>) -> DispatchResult {
		let Run { settlement, ledger, order_book } = run;
		// The shares that are left belong to requests in the lanes that are left.
		let (tick, mut lane, id, mut request) = loop {
			let tick = settlement.lanes.highest().ok_or_else(Self::unexpected)?;
			let lane = Queue::<T>::get(tick);
			match Self::participant(lane.head, settlement.window)? {
				Some((id, request)) => break (tick, lane, id, request),
				None => settlement.lanes.set(tick, false),
			}
		};
		if let Some(least) = request.least_price {
			// For all its shares: the rounding of a small part is no price.
			let whole = settlement.assets(request.shares).map_err(Error::<T>::from)?;
			let wanted = mul_div(request.shares, least.into_inner(), WAD, Rounding::Up);
			if whole < wanted.map_err(Error::<T>::from)? {
				return Self::end_unserved(run, lane, id, request);
			}
		}
		let shares = request.shares.min(settlement.shares_left);
		let worth = settlement.assets(shares).map_err(Error::<T>::from)?;
		let share = Self::unrevealed_share(&request, Self::current_window()?);
		let withheld = share.share_of(worth, Rounding::Up);
		let assets = worth.checked_sub(withheld).ok_or_else(Self::unexpected)?;

		request.shares = request.shares.checked_sub(shares).ok_or_else(Self::unexpected)?;
		request.claimable = request.claimable.checked_add(assets).ok_or(Error::<T>::Overflow)?;
		ledger.reserved = ledger.reserved.checked_sub(worth).ok_or_else(Self::unexpected)?;
		ledger.claimable = ledger.claimable.checked_add(assets).ok_or(Error::<T>::Overflow)?;
		if withheld > 0 {
			ledger.idle = ledger.idle.checked_add(withheld).ok_or(Error::<T>::Overflow)?;
			ledger.lock(Self::now(), withheld, Self::window_length()).map_err(Error::<T>::from)?;
			Self::deposit_event(Event::Forfeited { id, shares: 0, worth: withheld });
		}
		let served = |sum: Balance| sum.checked_add(shares).ok_or(Error::<T>::Overflow);
		let left = |sum: Balance| sum.checked_sub(shares).ok_or_else(Self::unexpected);
		settlement.shares_left = left(settlement.shares_left)?;
		settlement.waiting = left(settlement.waiting)?;
		settlement.served = served(settlement.served)?;
		settlement.paid = settlement.paid.checked_add(assets).ok_or(Error::<T>::Overflow)?;
		order_book.leave(tick, request.window, shares)?;
		if request.shares == 0 {
			Self::unlink_without_storing(&mut lane, &mut request)?;
			Self::put_lane(tick, lane);
		}
		if assets > 0 {
			Self::queue_payout(id)?;
		}
		Self::deposit_event(Event::Served { id, shares, assets });
		Self::keep_or_close(id, request)
	}

	/// Takes a request out of the settlement whose least price is not met, and gives its shares back.
	/// Those behind it are served in its place; shares for which nobody is left are issued again, and
	/// what was set aside for them becomes idle.
	///
	/// A request whose owner cannot receive shares goes to the end of the queue instead.
	fn end_unserved(
		run: &mut Run<T>,
		mut lane: Lane,
		id: RequestId,
		mut request: RequestOf<T>,
	) -> DispatchResult {
		let Run { settlement, ledger, order_book } = run;
		let vault = Self::account_id();
		let shares = request.shares;
		settlement.waiting = settlement.waiting.checked_sub(shares).ok_or_else(Self::unexpected)?;
		// Saturating is meant: where enough others wait, they are served in its place.
		let unserved = settlement.shares_left.saturating_sub(settlement.waiting);
		if unserved > 0 {
			settlement.shares_left = settlement.waiting;
			let back = settlement.assets(unserved).map_err(Error::<T>::from)?;
			ledger.reserved = ledger.reserved.checked_sub(back).ok_or_else(Self::unexpected)?;
			ledger.idle = ledger.idle.checked_add(back).ok_or(Error::<T>::Overflow)?;
			ledger.shares = ledger.shares.checked_add(unserved).ok_or(Error::<T>::Overflow)?;
			T::Shares::mint_into(&vault, unserved)?;
		}
		Self::unlink_without_storing(&mut lane, &mut request)?;
		Self::put_lane(NO_BID, lane);
		order_book.leave(NO_BID, request.window, shares)?;
		let returned = with_storage_layer(|| {
			T::Shares::transfer(&vault, &request.owner, shares, Preservation::Expendable)
		})
		.is_ok();
		EscrowedShares::<T>::try_mutate(|escrowed| {
			let sum = escrowed.checked_add(unserved).ok_or(Error::<T>::Overflow)?;
			let gone = if returned { shares } else { 0 };
			*escrowed = sum.checked_sub(gone).ok_or_else(Self::unexpected)?;
			Ok::<_, Error<T>>(())
		})?;
		Self::deposit_event(Event::LeastPriceMissed { id, shares, returned });
		if returned {
			request.shares = 0;
			return Self::keep_or_close(id, request);
		}
		let next = settlement.window.checked_add(1).ok_or(Error::<T>::Overflow)?;
		(request.tick, request.window) = (NO_BID, next);
		order_book.join(NO_BID, next, shares)?;
		Self::append_without_storing(id, &mut request)?;
		Requests::<T>::insert(id, request);
		Ok(())
	}

	/// Lets the requests of the lane of `tick` join the end of tick 0, in their order. They have all
	/// joined their lane in one window. None of them is written but the ends of the list.
	fn merge_lane(order_book: &mut OrderBook<T>, tick: Tick) -> Result<(), Error<T>> {
		let (lane, mut zero) = (Queue::<T>::take(tick), Queue::<T>::get(NO_BID));
		let head = lane.head.ok_or_else(Self::unexpected)?;
		let window = Requests::<T>::get(head).ok_or_else(Self::unexpected)?.window;
		match zero.tail {
			Some(last) => {
				Self::relink(last, |last| last.next = Some(head))?;
				Self::relink(head, |head| head.previous = Some(last))?;
			}
			None => zero.head = Some(head),
		}
		zero.tail = lane.tail;
		Queue::<T>::insert(NO_BID, zero);
		order_book.merge(tick, window)
	}

	/// Returns the request at the head of a lane, if it joined in `window` or before. Requests that
	/// joined later stand behind all that did not.
	fn participant(
		head: Option<RequestId>,
		window: WindowIndex,
	) -> Result<Option<(RequestId, RequestOf<T>)>, Error<T>> {
		let Some(id) = head else { return Ok(None) };
		let request = Requests::<T>::get(id).ok_or_else(Self::unexpected)?;
		Ok((request.window <= window).then_some((id, request)))
	}

	/// Ends a settlement. What remains of the USDai set aside becomes idle again: what rounding has
	/// left, and what requests have not taken.
	fn finish(settlement: SettlementState) -> Result<(), Error<T>> {
		let SettlementState { window, queued, served, paid, .. } = settlement;
		let mut ledger = Ledger::<T>::get();
		ledger.idle = ledger.idle.checked_add(ledger.reserved).ok_or(Error::<T>::Overflow)?;
		ledger.reserved = 0;
		Self::put_ledger(ledger);
		Settlement::<T>::kill();
		LastSettled::<T>::put(window);
		QueueTotals::<T>::mutate(|totals| totals.oldest = window.saturating_add(1));
		if paid > 0 {
			Raised::<T>::kill();
		}
		// Bids could not be revealed before this.
		let open = Self::open_window()?;
		if Self::now() >= open.reveal_from {
			ExcusedWindow::<T>::put(open.index);
		}
		Self::deposit_event(Event::SettlementFinished {
			window,
			served_shares: served,
			paid,
			left: queued.checked_sub(served).ok_or_else(Self::unexpected)?,
		});
		Ok(())
	}
}
