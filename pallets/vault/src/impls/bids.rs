// SPDX-License-Identifier: Apache-2.0

//! Sealed bids.

use super::order_book::OrderBook;
use crate::{
	types::{Bid, Tick},
	Config, Error, Event, Pallet, Queue, Requests,
};
use caliber_math::clearing::MAX_TICK;
use caliber_primitives::RequestId;
use codec::Encode;
use polkadot_sdk::{
	frame_support::ensure, sp_core::H256, sp_io::hashing::blake2_256, sp_runtime::DispatchResult,
};

/// Returns the commitment of a bid: blake2_256 of the encoded request, tick and salt.
pub fn seal(id: RequestId, tick: Tick, salt: &[u8; 32]) -> H256 {
	H256(blake2_256(&(id, tick, salt).encode()))
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_commit_bid(
		who: &T::AccountId,
		id: RequestId,
		commitment: H256,
	) -> DispatchResult {
		let (mut request, window) = Self::open_request(who, id)?;
		ensure!(!Self::revealing()?, Error::<T>::BiddingClosed);
		request.bid = Some(Bid { commitment, revealed: false });
		Requests::<T>::insert(id, request);
		Self::deposit_event(Event::BidCommitted { id, commitment, window });
		Ok(())
	}

	pub(crate) fn do_reveal_bid(
		who: &T::AccountId,
		id: RequestId,
		tick: Tick,
		salt: [u8; 32],
	) -> DispatchResult {
		let (mut request, window) = Self::open_request(who, id)?;
		ensure!(Self::revealing()?, Error::<T>::RevealNotOpen);
		let bid = request.bid.ok_or(Error::<T>::NoCommitment)?;
		ensure!(!bid.revealed, Error::<T>::AlreadyRevealed);
		ensure!(tick <= MAX_TICK, Error::<T>::TickOutOfRange);
		ensure!(seal(id, tick, &salt) == bid.commitment, Error::<T>::CommitmentMismatch);

		request.bid = Some(Bid { revealed: true, ..bid });
		// A request that stands in the lane of the tick already keeps its place.
		if tick != request.tick {
			let mut order_book = OrderBook::<T>::open();
			order_book.leave(request.tick, request.window, request.shares)?;
			order_book.join(tick, window, request.shares)?;
			order_book.close();
			let mut lane = Queue::<T>::get(request.tick);
			Self::unlink_without_storing(&mut lane, &mut request)?;
			Self::put_lane(request.tick, lane);
			request.tick = tick;
			request.window = window;
			Self::append_without_storing(id, &mut request)?;
		}
		Requests::<T>::insert(id, request);
		Self::deposit_event(Event::BidRevealed { id, tick, window });
		Ok(())
	}

	/// Returns true once the last part of the open window has begun, in which bids are revealed.
	fn revealing() -> Result<bool, Error<T>> {
		Ok(Self::now() >= Self::open_window()?.reveal_from)
	}
}
