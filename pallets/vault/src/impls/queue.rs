// SPDX-License-Identifier: Apache-2.0

//! Requests: how they join the queue, leave it, and are paid.

use crate::{
	types::{Lane, Request, NO_BID},
	Config, Error, EscrowedShares, Event, HoldReason, Ledger, LiveRequests, NextRequestId, Pallet,
	Queue, Requests, MIN_REQUEST_SHARES,
};
use caliber_primitives::{vault::RequestReport, Balance, RequestId};
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::{
			fungible::{Mutate, MutateHold},
			tokens::{Precision, Preservation},
			Get,
		},
	},
	sp_runtime::DispatchResult,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_request_redemption(who: &T::AccountId, shares: Balance) -> DispatchResult {
		ensure!(shares >= MIN_REQUEST_SHARES, Error::<T>::BelowMinimumRequest);
		let live = LiveRequests::<T>::get(who);
		ensure!(live < T::MaxRequests::get(), Error::<T>::TooManyRequests);
		let window = Self::current_window()?;
		let id = NextRequestId::<T>::get();
		let deposit = T::RequestDeposit::get();

		let mut lane = Queue::<T>::get(NO_BID);
		let request = Request {
			owner: who.clone(),
			shares,
			claimable: 0,
			window,
			tick: NO_BID,
			deposit,
			previous: lane.tail,
			next: None,
		};
		Self::append(&mut lane, id, &request)?;
		Queue::<T>::insert(NO_BID, lane);
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
		let mut request = Requests::<T>::get(id).ok_or(Error::<T>::UnknownRequest)?;
		ensure!(request.owner == *who, Error::<T>::NotRequestOwner);
		ensure!(request.shares > 0, Error::<T>::NotQueued);
		// The requests of a running settlement queue in windows that have closed.
		ensure!(Self::window_of(&request) >= Self::current_window()?, Error::<T>::WindowClosed);

		let shares = request.shares;
		let mut lane = Queue::<T>::get(request.tick);
		Self::unlink(&mut lane, &request)?;
		Self::expected(lane.leave(request.window, shares))?;
		Queue::<T>::insert(request.tick, lane);
		EscrowedShares::<T>::try_mutate(|escrowed| {
			*escrowed = Self::expected(escrowed.checked_sub(shares))?;
			DispatchResult::Ok(())
		})?;
		request.shares = 0;
		request.previous = None;
		request.next = None;

		T::Shares::transfer(&Self::account_id(), who, shares, Preservation::Expendable)?;
		Self::deposit_event(Event::Cancelled { id, who: who.clone(), shares });
		Self::keep_or_close(id, request)
	}

	pub(crate) fn do_claim(who: &T::AccountId, id: RequestId) -> DispatchResult {
		let mut request = Requests::<T>::get(id).ok_or(Error::<T>::UnknownRequest)?;
		ensure!(request.owner == *who, Error::<T>::NotRequestOwner);
		let assets = request.claimable;
		ensure!(assets > 0, Error::<T>::NothingToClaim);

		request.claimable = 0;
		Ledger::<T>::try_mutate(|ledger| {
			ledger.claimable = Self::expected(ledger.claimable.checked_sub(assets))?;
			DispatchResult::Ok(())
		})?;

		T::UsdAi::transfer(&Self::account_id(), who, assets, Preservation::Expendable)?;
		Self::deposit_event(Event::Claimed { id, who: who.clone(), assets });
		Self::keep_or_close(id, request)
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

	/// Put a request, linked to the tail of the lane, behind it.
	fn append(lane: &mut Lane, id: RequestId, request: &Request<T::AccountId>) -> DispatchResult {
		lane.join(request.window, request.shares).ok_or(Error::<T>::Overflow)?;
		match lane.tail.replace(id) {
			Some(last) => Self::relink(last, |last| last.next = Some(id)),
			None => {
				lane.head = Some(id);
				Ok(())
			}
		}
	}

	/// Join the neighbours of a request, which thereby leaves the lane.
	pub(crate) fn unlink(lane: &mut Lane, request: &Request<T::AccountId>) -> DispatchResult {
		match request.previous {
			Some(previous) => Self::relink(previous, |previous| previous.next = request.next)?,
			None => lane.head = request.next,
		}
		match request.next {
			Some(next) => Self::relink(next, |next| next.previous = request.previous)?,
			None => lane.tail = request.previous,
		}
		Ok(())
	}

	fn relink(id: RequestId, link: impl FnOnce(&mut Request<T::AccountId>)) -> DispatchResult {
		Requests::<T>::try_mutate(id, |request| {
			link(Self::expected(request.as_mut())?);
			Ok(())
		})
	}

	/// The answer to [`Pallet::request`].
	pub(crate) fn request_report(id: RequestId) -> Option<RequestReport<T::AccountId>> {
		let request = Requests::<T>::get(id)?;
		let window = Self::window_of(&request);
		let Request { owner, shares, claimable, .. } = request;
		Some(RequestReport { id, owner, shares, window, claimable })
	}
}
