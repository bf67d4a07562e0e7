// SPDX-License-Identifier: Apache-2.0

//! Requests: joining the queue, leaving it, and payment.

use super::order_book::OrderBook;
use crate::{
	phases::RaisedMoney,
	types::{Lane, Request, RequestOf, Tick, NO_BID},
	Config, Error, EscrowedShares, Event, Ledger, LiveRequests, NextRequestId, Operators, Pallet,
	Queue, QueueTotals, Raised, Requests, Settlement, MIN_REQUEST_SHARES,
};
use alloc::vec::Vec;
use caliber_math::Rounding;
use caliber_primitives::{vault::RequestReport, Balance, RequestId, ShareOf, WindowIndex};
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::{
			fungible::{Inspect, Mutate},
			tokens::Preservation,
			Consideration, Footprint, Get,
		},
	},
	sp_runtime::{DispatchResult, FixedU128, PerThing},
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_request_redemption(
		who: &T::AccountId,
		shares: Balance,
		least_price: Option<FixedU128>,
	) -> DispatchResult {
		// The minimum keeps dust out of the queue. A holder below it may still redeem the full
		// balance.
		ensure!(
			shares >= MIN_REQUEST_SHARES || (shares > 0 && shares == T::Shares::balance(who)),
			Error::<T>::BelowMinimumRequest
		);
		let live = LiveRequests::<T>::get(who);
		ensure!(live < T::MaxRequests::get(), Error::<T>::TooManyRequests);
		if let Some(least) = least_price {
			Self::ensure_least_price(least)?;
		}
		let window = Self::joining_window()?;
		let id = NextRequestId::<T>::get();
		let ticket = T::RequestConsideration::new(who, Self::request_footprint())?;

		let mut request = Request {
			owner: who.clone(),
			shares,
			claimable: 0,
			window,
			tick: NO_BID,
			bid: None,
			least_price,
			offered_to: None,
			ticket,
			previous: None,
			next: None,
		};
		Self::append_without_storing(id, &mut request)?;
		let mut order_book = OrderBook::<T>::open();
		order_book.join(NO_BID, window, shares)?;
		order_book.close();
		Requests::<T>::insert(id, request);
		NextRequestId::<T>::put(id.checked_add(1).ok_or(Error::<T>::Overflow)?);
		LiveRequests::<T>::insert(who, live.checked_add(1).ok_or(Error::<T>::Overflow)?);
		EscrowedShares::<T>::try_mutate(|escrowed| {
			*escrowed = escrowed.checked_add(shares).ok_or(Error::<T>::Overflow)?;
			Ok::<_, Error<T>>(())
		})?;

		T::Shares::transfer(who, &Self::account_id(), shares, Preservation::Expendable)?;
		Self::deposit_event(Event::Requested { id, who: who.clone(), shares, window });
		Ok(())
	}

	pub(crate) fn do_cancel_request(who: &T::AccountId, id: RequestId) -> DispatchResult {
		let mut request = Self::leaving_request(who, id)?;
		Self::forfeit(id, &mut request)?;

		let (shares, tick) = (request.shares, Self::tick_of(&request));
		let mut lane = Queue::<T>::get(tick);
		Self::unlink_without_storing(&mut lane, &mut request)?;
		Self::put_lane(tick, lane);
		let mut order_book = OrderBook::<T>::open();
		order_book.leave(tick, request.window, shares)?;
		order_book.close();
		EscrowedShares::<T>::try_mutate(|escrowed| {
			*escrowed = escrowed.checked_sub(shares).ok_or_else(Self::unexpected)?;
			Ok::<_, Error<T>>(())
		})?;
		Self::forget_wanted(request.window, shares)?;
		request.shares = 0;

		T::Shares::transfer(&Self::account_id(), who, shares, Preservation::Expendable)?;
		Self::deposit_event(Event::Cancelled { id, who: who.clone(), shares });
		Self::keep_or_close(id, request)
	}

	/// Notes that a request leaves the queue that joined in `window`. Nobody bears what raising money
	/// for it has cost, and once no closed window has requests, none keeps bids from being revealed.
	fn forget_wanted(window: WindowIndex, shares: Balance) -> Result<(), Error<T>> {
		let Some(past) = Self::past_cancelling()?.filter(|past| window <= *past) else {
			return Ok(());
		};
		let mut raised = Raised::<T>::get();
		if raised != RaisedMoney::default() {
			raised.forget(Self::worth(&Self::value()?, shares, Rounding::Up)?)?;
			Raised::<T>::put(raised);
		}
		if Self::waiting_until(past)? == 0 {
			let open = Self::current_window()?;
			QueueTotals::<T>::mutate(|totals| totals.oldest = totals.oldest.max(open));
		}
		Ok(())
	}

	/// Returns the footprint that the storage deposit of a request is for: one record of the
	/// largest size.
	pub(crate) fn request_footprint() -> Footprint {
		Footprint::from_mel::<RequestOf<T>>()
	}

	/// Returns the size of the storage of an operator: the two accounts.
	pub(crate) fn operator_footprint() -> Footprint {
		Footprint::from_mel::<(T::AccountId, T::AccountId)>()
	}

	/// Ensures that a least price keeps its distance from the redemption price of this moment.
	fn ensure_least_price(least: FixedU128) -> Result<(), Error<T>> {
		let values = T::Values::get();
		let price = Self::value_by(&values)?.redemption_price.into_inner();
		let kept = values.least_price_gap.left_from_one();
		let highest = kept.share_of(price, Rounding::Down);
		ensure!(least.into_inner() <= highest, Error::<T>::LeastPriceTooHigh);
		Ok(())
	}

	/// Returns a request of `who` that has shares in the queue.
	pub(crate) fn owned_request(
		who: &T::AccountId,
		id: RequestId,
	) -> Result<RequestOf<T>, Error<T>> {
		let request = Requests::<T>::get(id).ok_or(Error::<T>::UnknownRequest)?;
		ensure!(request.owner == *who, Error::<T>::NotRequestOwner);
		ensure!(request.shares > 0, Error::<T>::NotQueued);
		Ok(request)
	}

	/// Returns a request of `who` that may be cancelled: in an open window until its last part begins
	/// and unless it bids in it, in closed ones while cancelling is open again.
	fn leaving_request(who: &T::AccountId, id: RequestId) -> Result<RequestOf<T>, Error<T>> {
		let request = Self::owned_request(who, id)?;
		let open = Self::open_window()?;
		let window = Self::window_of(&request);
		if window < open.index {
			ensure!(Self::reopened_until(window).is_some(), Error::<T>::WindowClosed);
			return Ok(request);
		}
		ensure!(Self::now() < open.reveal_from, Error::<T>::CancellingEnded);
		let bids = request.bid.is_some_and(|bid| bid.window == open.index);
		ensure!(!bids, Error::<T>::BidBinds);
		Ok(request)
	}

	/// Returns the window in which a request joins the queue now. While a settlement runs that began
	/// more than a window ago, none may: it is taken to its end first.
	pub(crate) fn joining_window() -> Result<WindowIndex, Error<T>> {
		let window = Self::current_window()?;
		let late = Settlement::<T>::get()
			.is_some_and(|settlement| settlement.window.checked_add(1) != Some(window));
		ensure!(!late, Error::<T>::SettlementRunning);
		Ok(window)
	}

	/// Returns the tick at which a request stands: that of its bid until the window of the bid is
	/// settled.
	pub(crate) fn tick_of(request: &RequestOf<T>) -> Tick {
		match Self::last_settled() {
			Some(settled) if request.window <= settled => NO_BID,
			_ => request.tick,
		}
	}

	/// Returns a request of `who` that waits in the open window, and that window.
	pub(crate) fn open_request(
		who: &T::AccountId,
		id: RequestId,
	) -> Result<(RequestOf<T>, WindowIndex), Error<T>> {
		let request = Self::owned_request(who, id)?;
		let current = Self::current_window()?;
		// The requests of a running settlement queue in windows that have closed.
		ensure!(Self::window_of(&request) >= current, Error::<T>::WindowClosed);
		Ok((request, current))
	}

	pub(crate) fn do_claim(
		who: &T::AccountId,
		id: RequestId,
		amount: Option<Balance>,
	) -> DispatchResult {
		let mut request = Requests::<T>::get(id).ok_or(Error::<T>::UnknownRequest)?;
		let owner = request.owner.clone();
		ensure!(
			owner == *who || Operators::<T>::contains_key(&owner, who),
			Error::<T>::NotRequestOwner
		);
		ensure!(request.claimable > 0, Error::<T>::NothingToClaim);
		let assets = amount.unwrap_or(request.claimable);
		ensure!(assets > 0 && assets <= request.claimable, Error::<T>::ClaimOutOfRange);

		let left = request.claimable.checked_sub(assets).ok_or_else(Self::unexpected)?;
		request.claimable = left;
		let mut ledger = Ledger::<T>::get();
		ledger.claimable = ledger.claimable.checked_sub(assets).ok_or_else(Self::unexpected)?;
		Self::put_ledger(ledger);

		T::UsdAi::transfer(&Self::account_id(), &owner, assets, Preservation::Expendable)?;
		Self::deposit_event(Event::Claimed { id, who: owner, by: who.clone(), assets, left });
		Self::keep_or_close(id, request)
	}

	pub(crate) fn do_set_operator(
		who: &T::AccountId,
		operator: &T::AccountId,
		approved: bool,
	) -> DispatchResult {
		ensure!(who != operator, Error::<T>::OwnOperator);
		let (who, operator) = (who.clone(), operator.clone());
		if approved {
			ensure!(!Operators::<T>::contains_key(&who, &operator), Error::<T>::AlreadyOperator);
			let ticket = T::OperatorConsideration::new(&who, Self::operator_footprint())?;
			Operators::<T>::insert(&who, &operator, ticket);
			Self::deposit_event(Event::OperatorApproved { owner: who, operator });
		} else {
			let ticket = Operators::<T>::take(&who, &operator).ok_or(Error::<T>::NotOperator)?;
			ticket.drop(&who)?;
			Self::deposit_event(Event::OperatorRevoked { owner: who, operator });
		}
		Ok(())
	}

	/// Stores a request, or closes it and returns its storage deposit if nothing of it remains.
	pub(crate) fn keep_or_close(id: RequestId, request: RequestOf<T>) -> DispatchResult {
		if request.shares > 0 || request.claimable > 0 {
			Requests::<T>::insert(id, request);
			return Ok(());
		}
		let Request { owner, ticket, .. } = request;
		Requests::<T>::remove(id);
		Self::forget_live(&owner)?;
		ticket.drop(&owner)?;
		Self::deposit_event(Event::RequestClosed { id });
		Ok(())
	}

	/// Counts one request of an account less.
	pub(crate) fn forget_live(owner: &T::AccountId) -> Result<(), Error<T>> {
		LiveRequests::<T>::try_mutate_exists(owner, |live| {
			let left = live.and_then(|live| live.checked_sub(1)).ok_or_else(Self::unexpected)?;
			*live = (left > 0).then_some(left);
			Ok(())
		})
	}

	/// Links a request in at the end of the lane of its tick. Stores the lane and the request
	/// before it, but not `request` itself.
	pub(crate) fn append_without_storing(
		id: RequestId,
		request: &mut RequestOf<T>,
	) -> Result<(), Error<T>> {
		let mut lane = Queue::<T>::get(request.tick);
		request.previous = lane.tail.replace(id);
		request.next = None;
		match request.previous {
			Some(last) => Self::relink(last, |last| last.next = Some(id))?,
			None => lane.head = Some(id),
		}
		Self::put_lane(request.tick, lane);
		Ok(())
	}

	/// Takes a request out of its lane by linking its neighbours with each other. Stores the
	/// neighbours, but neither `lane` nor `request`.
	pub(crate) fn unlink_without_storing(
		lane: &mut Lane,
		request: &mut RequestOf<T>,
	) -> Result<(), Error<T>> {
		let (previous, next) = (request.previous.take(), request.next.take());
		match previous {
			Some(previous) => Self::relink(previous, |previous| previous.next = next)?,
			None => lane.head = next,
		}
		match next {
			Some(next) => Self::relink(next, |next| next.previous = previous)?,
			None => lane.tail = previous,
		}
		Ok(())
	}

	/// Changes the links of a stored request.
	pub(crate) fn relink(
		id: RequestId,
		link: impl FnOnce(&mut RequestOf<T>),
	) -> Result<(), Error<T>> {
		Requests::<T>::try_mutate(id, |request| {
			link(request.as_mut().ok_or_else(Self::unexpected)?);
			Ok(())
		})
	}

	/// Returns the waiting shares of the requests that queue in `window` or before and are neither
	/// settled yet nor part of the running settlement.
	pub(crate) fn queued_until(window: WindowIndex) -> Result<Balance, Error<T>> {
		let settlement = Settlement::<T>::get();
		// Requests that a settlement leaves queue in the window after the settled one.
		let last = match &settlement {
			Some(settlement) => Some(settlement.window),
			None => Self::last_settled(),
		};
		if last.is_some_and(|last| last >= window) {
			return Ok(0);
		}
		Self::waiting_until(window)
	}

	/// Returns the shares of the requests that joined in `window` or before, without those that the
	/// running settlement has burnt and not yet served.
	pub(crate) fn waiting_until(window: WindowIndex) -> Result<Balance, Error<T>> {
		let queued = QueueTotals::<T>::get()
			.chunks
			.until(window)
			.ok_or_else(Self::unexpected)?
			.iter()
			.try_fold(0, |sum: Balance, shares| sum.checked_add(*shares))
			.ok_or_else(Self::unexpected)?;
		let burnt = Settlement::<T>::get().map_or(0, |settlement| settlement.shares_left);
		queued.checked_sub(burnt).ok_or_else(Self::unexpected)
	}

	/// Returns the answer to [`Pallet::request`].
	pub(crate) fn request_report(id: RequestId) -> Option<RequestReport<T::AccountId>> {
		Some(Self::report_on(id, Requests::<T>::get(id)?))
	}

	/// Returns the answer to [`Pallet::requests_of`].
	pub(crate) fn request_reports_of(who: &T::AccountId) -> Vec<RequestReport<T::AccountId>> {
		let mut reports: Vec<_> = Requests::<T>::iter()
			.filter(|(_, request)| request.owner == *who)
			.map(|(id, request)| Self::report_on(id, request))
			.collect();
		reports.sort_unstable_by_key(|report| report.id);
		reports
	}

	/// Returns the report on a request.
	fn report_on(id: RequestId, request: RequestOf<T>) -> RequestReport<T::AccountId> {
		let (window, tick) = (Self::window_of(&request), Self::tick_of(&request));
		let Request { owner, shares, claimable, bid, least_price, offered_to, .. } = request;
		RequestReport {
			id,
			owner,
			shares,
			window,
			claimable,
			tick,
			commitment: bid.map(|bid| bid.commitment),
			revealed: bid.is_some_and(|bid| bid.revealed),
			bid_window: bid.map(|bid| bid.window),
			least_price,
			offered_to,
		}
	}
}
