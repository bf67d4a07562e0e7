// SPDX-License-Identifier: Apache-2.0

//! Requests: how they join the queue, leave it, and are paid.

use super::book::Book;
use crate::{
	types::{Lane, Request, NO_BID},
	Config, Error, EscrowedShares, Event, HoldReason, Ledger, LiveRequests, NextRequestId,
	Operators, Pallet, Queue, QueueTotals, Requests, Settlement, MIN_REQUEST_SHARES,
};
use caliber_primitives::{vault::RequestReport, Balance, RequestId, WindowIndex};
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::{
			fungible::{Inspect, Mutate, MutateHold},
			tokens::{Precision, Preservation},
			Get,
		},
	},
	sp_runtime::{DispatchError, DispatchResult},
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_request_redemption(who: &T::AccountId, shares: Balance) -> DispatchResult {
		// The least keeps dust out of the queue, and nobody in the vault.
		ensure!(
			shares >= MIN_REQUEST_SHARES || (shares > 0 && shares == T::Shares::balance(who)),
			Error::<T>::BelowMinimumRequest
		);
		let live = LiveRequests::<T>::get(who);
		ensure!(live < T::MaxRequests::get(), Error::<T>::TooManyRequests);
		let window = Self::current_window()?;
		let id = NextRequestId::<T>::get();
		let deposit = T::RequestDeposit::get();

		let mut request = Request {
			owner: who.clone(),
			shares,
			claimable: 0,
			window,
			tick: NO_BID,
			bid: None,
			deposit,
			previous: None,
			next: None,
		};
		Self::append(id, &mut request)?;
		let mut book = Book::<T>::open();
		book.join(NO_BID, window, shares)?;
		book.close();
		Requests::<T>::insert(id, request);
		NextRequestId::<T>::put(id.checked_add(1).ok_or(Error::<T>::Overflow)?);
		LiveRequests::<T>::insert(who, live.checked_add(1).ok_or(Error::<T>::Overflow)?);
		EscrowedShares::<T>::try_mutate(|escrowed| {
			*escrowed = escrowed.checked_add(shares).ok_or(Error::<T>::Overflow)?;
			DispatchResult::Ok(())
		})?;

		T::Currency::hold(&HoldReason::RedemptionRequest.into(), who, deposit)?;
		T::Shares::transfer(who, &Self::account_id(), shares, Preservation::Expendable)?;
		Self::deposit_event(Event::Requested { id, who: who.clone(), shares, window });
		Ok(())
	}

	pub(crate) fn do_cancel_request(who: &T::AccountId, id: RequestId) -> DispatchResult {
		let (mut request, _) = Self::open_request(who, id)?;

		let shares = request.shares;
		let mut lane = Queue::<T>::get(request.tick);
		Self::unlink(&mut lane, &mut request)?;
		Self::put_lane(request.tick, lane);
		let mut book = Book::<T>::open();
		book.leave(request.tick, request.window, shares)?;
		book.close();
		EscrowedShares::<T>::try_mutate(|escrowed| {
			*escrowed = Self::expected(escrowed.checked_sub(shares))?;
			DispatchResult::Ok(())
		})?;
		request.shares = 0;

		T::Shares::transfer(&Self::account_id(), who, shares, Preservation::Expendable)?;
		Self::deposit_event(Event::Cancelled { id, who: who.clone(), shares });
		Self::keep_or_close(id, request)
	}

	/// A request of `who` that waits in the window that runs, and that window.
	pub(crate) fn open_request(
		who: &T::AccountId,
		id: RequestId,
	) -> Result<(Request<T::AccountId>, WindowIndex), DispatchError> {
		let request = Requests::<T>::get(id).ok_or(Error::<T>::UnknownRequest)?;
		ensure!(request.owner == *who, Error::<T>::NotRequestOwner);
		ensure!(request.shares > 0, Error::<T>::NotQueued);
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

		let left = Self::expected(request.claimable.checked_sub(assets))?;
		request.claimable = left;
		Ledger::<T>::try_mutate(|ledger| {
			ledger.claimable = Self::expected(ledger.claimable.checked_sub(assets))?;
			DispatchResult::Ok(())
		})?;

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
		let reason = HoldReason::Operator.into();
		let (who, operator) = (who.clone(), operator.clone());
		if approved {
			ensure!(!Operators::<T>::contains_key(&who, &operator), Error::<T>::AlreadyOperator);
			let deposit = T::OperatorDeposit::get();
			Operators::<T>::insert(&who, &operator, deposit);
			T::Currency::hold(&reason, &who, deposit)?;
			Self::deposit_event(Event::OperatorApproved { owner: who, operator });
		} else {
			let deposit = Operators::<T>::take(&who, &operator).ok_or(Error::<T>::NotOperator)?;
			T::Currency::release(&reason, &who, deposit, Precision::BestEffort)?;
			Self::deposit_event(Event::OperatorRevoked { owner: who, operator });
		}
		Ok(())
	}

	/// Store a request, or let it go and its deposit with it when nothing of it remains.
	pub(crate) fn keep_or_close(id: RequestId, request: Request<T::AccountId>) -> DispatchResult {
		if request.shares > 0 || request.claimable > 0 {
			Requests::<T>::insert(id, request);
			return Ok(());
		}
		let Request { owner, deposit, .. } = request;
		Requests::<T>::remove(id);
		LiveRequests::<T>::try_mutate_exists(&owner, |live| {
			let left = Self::expected(live.unwrap_or_default().checked_sub(1))?;
			*live = (left > 0).then_some(left);
			DispatchResult::Ok(())
		})?;
		// What is no longer on hold, for whatever reason, must not keep the request alive.
		T::Currency::release(
			&HoldReason::RedemptionRequest.into(),
			&owner,
			deposit,
			Precision::BestEffort,
		)?;
		Self::deposit_event(Event::RequestClosed { id });
		Ok(())
	}

	/// Put a request at the end of the lane of its tick. The caller stores it.
	pub(crate) fn append(id: RequestId, request: &mut Request<T::AccountId>) -> DispatchResult {
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

	/// Join the neighbours of a request, which thereby leaves the lane. The caller stores both.
	pub(crate) fn unlink(lane: &mut Lane, request: &mut Request<T::AccountId>) -> DispatchResult {
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

	fn relink(id: RequestId, link: impl FnOnce(&mut Request<T::AccountId>)) -> DispatchResult {
		Requests::<T>::try_mutate(id, |request| {
			link(Self::expected(request.as_mut())?);
			Ok(())
		})
	}

	/// Shares that wait of the requests that queue in `window` or before: neither settled yet nor
	/// part of the settlement that runs.
	pub(crate) fn queued_until(window: WindowIndex) -> Result<Balance, DispatchError> {
		let settlement = Settlement::<T>::get();
		// Those that are left of what is or was settled queue in the window after it.
		let last = match &settlement {
			Some(settlement) => Some(settlement.window),
			None => Self::last_settled(),
		};
		if last.is_some_and(|last| last >= window) {
			return Ok(0);
		}
		let summary = QueueTotals::<T>::get();
		let queued = Self::expected(
			Self::expected(summary.chunks.until(window))?
				.iter()
				.try_fold(0, |sum: Balance, shares| sum.checked_add(*shares)),
		)?;
		let burnt = settlement.map(|settlement| settlement.shares_left).unwrap_or_default();
		Self::expected(queued.checked_sub(burnt))
	}

	/// The answer to [`Pallet::request`].
	pub(crate) fn request_report(id: RequestId) -> Option<RequestReport<T::AccountId>> {
		let request = Requests::<T>::get(id)?;
		let window = Self::window_of(&request);
		let Request { owner, shares, claimable, tick, bid, deposit, .. } = request;
		Some(RequestReport {
			id,
			owner,
			shares,
			window,
			claimable,
			tick,
			commitment: bid.map(|bid| bid.commitment),
			revealed: bid.is_some_and(|bid| bid.revealed),
			deposit,
		})
	}
}
