// SPDX-License-Identifier: Apache-2.0

//! Sealed bids, and what it costs not to reveal one.

use super::order_book::OrderBook;
use crate::{
	phases::{SealedShares, CLEARED_WINDOWS},
	types::{Bid, Tick, NO_BID},
	ClearedWindows, Config, Error, EscrowedShares, Event, Ledger, Pallet, Queue, RequestOf,
	Requests, Sealed,
};
use caliber_math::{clearing::MAX_TICK, Rounding};
use caliber_primitives::{Balance, RequestId, ShareOf, WindowIndex};
use codec::Encode;
use polkadot_sdk::{
	frame_support::{ensure, traits::Get},
	sp_core::H256,
	sp_io::hashing::blake2_256,
	sp_runtime::{DispatchResult, Perbill},
};

/// One basis point, in parts of a billion.
const BASIS_POINT: u32 = 100_000;

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
		let (mut request, _) = Self::open_request(who, id)?;
		ensure!(!Self::revealing()?, Error::<T>::BiddingClosed);
		ensure!(request.least_price.is_none(), Error::<T>::HasLeastPrice);
		let window = Self::joining_window()?;
		Self::forfeit(id, &mut request)?;
		if request.bid.is_none_or(|bid| bid.window != window) {
			Self::count_sealed(window, request.shares)?;
		}
		Self::move_to(id, &mut request, NO_BID, window)?;
		request.bid = Some(Bid { commitment, window, revealed: false });
		Requests::<T>::insert(id, request);
		Self::deposit_event(Event::BidCommitted { id, commitment, window });
		Ok(())
	}

	pub(crate) fn do_reveal_bid(id: RequestId, tick: Tick, salt: [u8; 32]) -> DispatchResult {
		let mut request = Requests::<T>::get(id).ok_or(Error::<T>::UnknownRequest)?;
		ensure!(request.shares > 0, Error::<T>::NotQueued);
		let window = Self::current_window()?;
		ensure!(Self::window_of(&request) >= window, Error::<T>::WindowClosed);
		ensure!(Self::revealing()?, Error::<T>::RevealNotOpen);
		let bid = request.bid.filter(|bid| bid.window == window);
		let bid = bid.ok_or(Error::<T>::NoCommitment)?;
		ensure!(!bid.revealed, Error::<T>::AlreadyRevealed);
		ensure!(tick <= MAX_TICK, Error::<T>::TickOutOfRange);
		ensure!(seal(id, tick, &salt) == bid.commitment, Error::<T>::CommitmentMismatch);
		// The lanes of bids have the requests of one window alone.
		match Self::settleable() {
			Ok(_) => return Err(Error::<T>::SettlementDue.into()),
			Err(Error::SettlementRunning) => return Err(Error::<T>::SettlementRunning.into()),
			Err(_) => {}
		}

		request.bid = Some(Bid { revealed: true, ..bid });
		// At tick 0 it stands already, since the bid was sealed.
		if tick != NO_BID {
			Self::move_to(id, &mut request, tick, window)?;
		}
		Requests::<T>::insert(id, request);
		Self::deposit_event(Event::BidRevealed { id, tick, window });
		Ok(())
	}

	/// Counts the shares of a request that bids in the open window for the first time.
	fn count_sealed(window: WindowIndex, shares: Balance) -> Result<(), Error<T>> {
		let before = Sealed::<T>::get();
		let others = if before.window == window { before.shares } else { 0 };
		let shares = others.checked_add(shares).ok_or_else(Self::unexpected)?;
		Sealed::<T>::put(SealedShares { window, shares });
		Ok(())
	}

	/// Takes a request to the end of the lane of `tick`, which it joins in `window`. Stores its
	/// neighbours, but not the request.
	fn move_to(
		id: RequestId,
		request: &mut RequestOf<T>,
		tick: Tick,
		window: WindowIndex,
	) -> Result<(), Error<T>> {
		let from = Self::tick_of(request);
		let mut order_book = OrderBook::<T>::open();
		order_book.leave(from, request.window, request.shares)?;
		order_book.join(tick, window, request.shares)?;
		order_book.close();
		let mut lane = Queue::<T>::get(from);
		Self::unlink_without_storing(&mut lane, request)?;
		Self::put_lane(from, lane);
		request.tick = tick;
		request.window = window;
		Self::append_without_storing(id, request)
	}

	/// Returns true once the last part of the open window has begun, in which bids are revealed.
	fn revealing() -> Result<bool, Error<T>> {
		Ok(Self::now() >= Self::open_window()?.reveal_from)
	}

	/// Returns the place in which the clearing of a window is remembered.
	pub(crate) fn place_of_window(window: WindowIndex) -> u32 {
		window % CLEARED_WINDOWS
	}

	/// Returns the share that a request leaves to the others because a bid of a window before
	/// `current` was sealed and not revealed: the clearing tick of that window, and not less than the
	/// governed share. Nothing if not all of the time to reveal it was there.
	///
	/// A clearing that is forgotten, and one that has not come yet, count as one at nothing.
	pub(crate) fn unrevealed_share(request: &RequestOf<T>, current: WindowIndex) -> Perbill {
		let Some(bid) = request.bid.filter(|bid| !bid.revealed && bid.window < current) else {
			return Perbill::zero();
		};
		let least = T::Values::get().unrevealed_share;
		match ClearedWindows::<T>::get(Self::place_of_window(bid.window)) {
			Some(cleared) if cleared.window == bid.window => match cleared.excused {
				true => Perbill::zero(),
				// At most 1 000 basis points.
				false => least
					.max(Perbill::from_parts(u32::from(cleared.tick).saturating_mul(BASIS_POINT))),
			},
			Some(cleared) if cleared.window > bid.window => least,
			// Settled together with later ones, it had no clearing of its own.
			_ if Self::last_settled().is_some_and(|last| last >= bid.window) => Perbill::zero(),
			_ if Self::met_by_outage(bid.window) => Perbill::zero(),
			_ => least,
		}
	}

	/// Makes a request of an open or reopened window leave what its unrevealed bid costs: shares are
	/// burnt, and their worth enters the price of the others evenly over the length of a window.
	/// Stores all but the request.
	pub(crate) fn forfeit(id: RequestId, request: &mut RequestOf<T>) -> DispatchResult {
		let share = Self::unrevealed_share(request, Self::current_window()?);
		let shares = share.share_of(request.shares, Rounding::Up);
		if shares == 0 {
			return Ok(());
		}
		let worth = Self::worth(&Self::value()?, shares, Rounding::Down)?;
		let mut order_book = OrderBook::<T>::open();
		order_book.leave(Self::tick_of(request), request.window, shares)?;
		order_book.close();
		EscrowedShares::<T>::try_mutate(|escrowed| {
			*escrowed = escrowed.checked_sub(shares).ok_or_else(Self::unexpected)?;
			Ok::<_, Error<T>>(())
		})?;
		request.shares = request.shares.checked_sub(shares).ok_or_else(Self::unexpected)?;
		request.bid = None;
		let mut ledger = Ledger::<T>::get();
		ledger.shares = ledger.shares.checked_sub(shares).ok_or_else(Self::unexpected)?;
		ledger.lock(Self::now(), worth, Self::window_length()).map_err(Error::<T>::from)?;
		Self::put_ledger(ledger);
		Self::burn_escrowed(shares)?;
		Self::deposit_event(Event::Forfeited { id, shares, worth });
		Ok(())
	}
}
