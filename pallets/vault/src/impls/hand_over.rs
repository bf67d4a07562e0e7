// SPDX-License-Identifier: Apache-2.0

//! Hand-over of requests: offered by the owner, taken over by the account that is named.

use crate::{Config, Error, Event, LiveRequests, Pallet, RequestOf, Requests};
use caliber_primitives::RequestId;
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::{fungible::Inspect, tokens::WithdrawConsequence, Consideration, Contains, Get},
	},
	sp_runtime::DispatchResult,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_transfer_request(
		who: &T::AccountId,
		id: RequestId,
		to: Option<T::AccountId>,
	) -> DispatchResult {
		let mut request = Self::owned_request(who, id)?;
		ensure!(to.as_ref() != Some(who), Error::<T>::OwnOffer);
		ensure!(to.is_none() || !Self::is_frozen(who), Error::<T>::OwnerFrozen);
		request.offered_to.clone_from(&to);
		Requests::<T>::insert(id, request);
		Self::deposit_event(Event::RequestOffered { id, to });
		Ok(())
	}

	pub(crate) fn do_accept_request(who: &T::AccountId, id: RequestId) -> DispatchResult {
		let mut request = Requests::<T>::get(id).ok_or(Error::<T>::UnknownRequest)?;
		ensure!(request.offered_to.as_ref() == Some(who), Error::<T>::NotOffered);
		ensure!(request.shares > 0, Error::<T>::NotQueued);
		ensure!(request.claimable == 0, Error::<T>::ClaimFirst);
		ensure!(!Self::is_frozen(&request.owner), Error::<T>::OwnerFrozen);
		let live = LiveRequests::<T>::get(who);
		ensure!(live < T::MaxRequests::get(), Error::<T>::TooManyRequests);
		Self::forfeit_before_hand_over(id, &mut request)?;

		let ticket = T::RequestConsideration::new(who, Self::request_footprint())?;
		let (from, to) = (request.owner, who.clone());
		request.ticket.drop(&from)?;
		let request = RequestOf::<T> { owner: to.clone(), ticket, offered_to: None, ..request };
		Requests::<T>::insert(id, request);
		LiveRequests::<T>::insert(who, live.checked_add(1).ok_or(Error::<T>::Overflow)?);
		Self::forget_live(&from)?;
		Self::deposit_event(Event::RequestTransferred { id, from, to });
		Ok(())
	}

	/// Makes a request leave what an unrevealed bid costs. That needs an open window.
	fn forfeit_before_hand_over(id: RequestId, request: &mut RequestOf<T>) -> DispatchResult {
		let current = Self::current_window()?;
		if Self::unrevealed_share(request, current).is_zero() {
			return Ok(());
		}
		ensure!(Self::window_of(request) >= current, Error::<T>::WindowClosed);
		Self::forfeit(id, request)
	}

	/// Returns true if an account may not send its shares or its USDai. An account without any of
	/// them cannot tell by its balances.
	fn is_frozen(who: &T::AccountId) -> bool {
		let frozen = WithdrawConsequence::Frozen;
		T::Frozen::contains(who)
			|| T::Shares::can_withdraw(who, 1) == frozen
			|| T::UsdAi::can_withdraw(who, 1) == frozen
	}
}
