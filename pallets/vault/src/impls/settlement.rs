// SPDX-License-Identifier: Apache-2.0

//! Settlements.

use super::order_book::OrderBook;
use crate::{
	types::{RequestOf, SettlementState, Value},
	Config, Error, EscrowedShares, Event, LastSettled, Ledger, Pallet, Queue, QueueChunks,
	QueueTotals, Requests, Settlement,
};
use caliber_math::{
	assets_for_shares,
	clearing::{self, Clearing, Price},
	Rounding,
};
use caliber_primitives::{
	governance::values::VaultValues, traits::TreasuryBills, Balance, RequestId, WindowIndex,
};
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::{
			fungible::Mutate,
			tokens::{Fortitude, Precision, Preservation},
			Get,
		},
	},
	sp_runtime::{DispatchError, DispatchResult},
};

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
		let divested = Self::divest_for(&values, queued)?;

		let value = Self::value_by(&values)?;
		Self::write_day(&value);
		let Clearing { marginal, tick, served: shares, proceeds: liquidity } =
			Self::clear(&value, window)?;
		Ledger::<T>::try_mutate(|ledger| {
			ledger.idle = ledger.idle.checked_sub(liquidity).ok_or_else(Self::unexpected)?;
			ledger.reserved = ledger.reserved.checked_add(liquidity).ok_or(Error::<T>::Overflow)?;
			Ok::<_, Error<T>>(())
		})?;
		EscrowedShares::<T>::try_mutate(|escrowed| {
			*escrowed = escrowed.checked_sub(shares).ok_or_else(Self::unexpected)?;
			Ok::<_, Error<T>>(())
		})?;
		let mut lanes = QueueTotals::<T>::get().lanes_until(window);
		lanes.keep_from(tick);
		let settlement = SettlementState {
			window,
			nav: value.for_redemptions,
			supply: value.shares,
			tick,
			lanes,
			queued,
			shares_left: shares,
			served: 0,
			paid: 0,
		};
		let worth = Self::worth(&value, shares, Rounding::Down)?;
		Self::deposit_event(Event::SettlementStarted {
			window,
			price: value.redemption_price,
			divested,
			queued,
			marginal,
			tick,
			shares,
			liquidity,
			forgone: worth.checked_sub(liquidity).ok_or_else(Self::unexpected)?,
		});
		if shares == 0 {
			return Ok(Self::finish(settlement)?);
		}
		Settlement::<T>::put(settlement);
		T::Shares::burn_from(
			&Self::account_id(),
			shares,
			Preservation::Expendable,
			Precision::Exact,
			Fortitude::Polite,
		)?;
		Ok(())
	}

	/// Sells bills as far as `queued` shares are worth more than the idle USDai. Returns the USDai
	/// that came: less or none if the market or a limit gives less, which the pallet of the bills
	/// reports.
	fn divest_for(values: &VaultValues, queued: Balance) -> Result<Balance, Error<T>> {
		let value = Self::value_by(values)?;
		let wanted = Self::worth(&value, queued, Rounding::Up)?;
		let Some(missing) = wanted.checked_sub(value.ledger.idle).filter(|missing| *missing > 0)
		else {
			return Ok(0);
		};
		T::Bills::divest(missing);
		let idle = Ledger::<T>::get().idle;
		idle.checked_sub(value.ledger.idle).ok_or_else(Self::unexpected)
	}

	/// Returns the worth of shares at the redemption price.
	fn worth(value: &Value, shares: Balance, rounding: Rounding) -> Result<Balance, Error<T>> {
		Ok(assets_for_shares(shares, value.for_redemptions, value.shares, rounding)?)
	}

	/// Returns the clearing of the requests of `window` and those before.
	///
	/// The proceeds are never more than the worth of the shares: the price of the shares that stay
	/// does not fall.
	fn clear(value: &Value, window: WindowIndex) -> Result<Clearing, Error<T>> {
		// Shares without worth are not burnt: they wait.
		if value.for_redemptions == 0 {
			return Ok(Clearing { marginal: None, tick: 0, served: 0, proceeds: 0 });
		}
		let price = Price { nav: value.for_redemptions, supply: value.shares };
		let chunks = QueueTotals::<T>::get().chunks.until(window).ok_or_else(Self::unexpected)?;
		// A chunk whose sums contradict each other does not add up, which `clear` refuses.
		let ticks_of = |chunk| {
			u8::try_from(chunk)
				.ok()
				.and_then(|chunk| QueueChunks::<T>::get(chunk).until(window))
				.unwrap_or([0; clearing::CHUNK])
		};
		Ok(clearing::clear(price, value.ledger.idle, &chunks, ticks_of)?)
	}

	/// Serves up to `max_requests` requests. Returns the number of requests served.
	pub(crate) fn do_settle(max_requests: u32) -> Result<u32, DispatchError> {
		ensure!(max_requests > 0, Error::<T>::NoSteps);
		let mut settlement = Settlement::<T>::get().ok_or(Error::<T>::NoSettlement)?;
		let mut ledger = Ledger::<T>::get();
		let mut order_book = OrderBook::<T>::open();

		let mut served: u32 = 0;
		while served < max_requests && settlement.shares_left > 0 {
			// The shares that are left belong to requests in the lanes that are left.
			let tick = settlement.lanes.highest().ok_or_else(Self::unexpected)?;
			let mut lane = Queue::<T>::get(tick);
			let Some((id, mut request)) = Self::participant(lane.head, settlement.window)? else {
				settlement.lanes.set(tick, false);
				continue;
			};
			let shares = request.shares.min(settlement.shares_left);
			let assets =
				settlement.price().proceeds(shares, settlement.tick).map_err(Error::<T>::from)?;

			request.shares = request.shares.checked_sub(shares).ok_or_else(Self::unexpected)?;
			request.claimable =
				request.claimable.checked_add(assets).ok_or(Error::<T>::Overflow)?;
			ledger.reserved = ledger.reserved.checked_sub(assets).ok_or_else(Self::unexpected)?;
			ledger.claimable = ledger.claimable.checked_add(assets).ok_or(Error::<T>::Overflow)?;
			settlement.shares_left =
				settlement.shares_left.checked_sub(shares).ok_or_else(Self::unexpected)?;
			settlement.served =
				settlement.served.checked_add(shares).ok_or(Error::<T>::Overflow)?;
			settlement.paid = settlement.paid.checked_add(assets).ok_or(Error::<T>::Overflow)?;
			order_book.leave(tick, request.window, shares)?;
			if request.shares == 0 {
				Self::unlink_without_storing(&mut lane, &mut request)?;
				Self::put_lane(tick, lane);
			}
			Self::deposit_event(Event::Served { id, shares, assets });
			Self::keep_or_close(id, request)?;
			served = served.checked_add(1).ok_or(Error::<T>::Overflow)?;
		}

		order_book.close();
		Ledger::<T>::put(ledger);
		if settlement.shares_left > 0 {
			Settlement::<T>::put(settlement);
		} else {
			Self::finish(settlement)?;
		}
		Ok(served)
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

	/// Ends a settlement. The remainder of rounding in the USDai set aside becomes idle again.
	fn finish(settlement: SettlementState) -> Result<(), Error<T>> {
		let SettlementState { window, queued, served, paid, .. } = settlement;
		Ledger::<T>::try_mutate(|ledger| {
			ledger.idle = ledger.idle.checked_add(ledger.reserved).ok_or(Error::<T>::Overflow)?;
			ledger.reserved = 0;
			Ok::<_, Error<T>>(())
		})?;
		Settlement::<T>::kill();
		LastSettled::<T>::put(window);
		Self::deposit_event(Event::SettlementFinished {
			window,
			served_shares: served,
			paid,
			left: queued.checked_sub(served).ok_or_else(Self::unexpected)?,
		});
		Ok(())
	}
}
