// SPDX-License-Identifier: Apache-2.0

//! Settlements.

use crate::{
	types::{SettlementState, NO_BID},
	Config, Error, EscrowedShares, Event, LastSettled, Ledger, Pallet, Queue, Requests, Settlement,
};
use caliber_math::{assets_for_shares, shares_for_assets, Rounding};
use caliber_primitives::{vault::Nav, Balance};
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::{
			fungible::Mutate,
			tokens::{Fortitude, Precision, Preservation},
		},
	},
	sp_runtime::{DispatchError, DispatchResult},
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_start_settlement() -> DispatchResult {
		ensure!(!Settlement::<T>::exists(), Error::<T>::SettlementRunning);
		let window = Self::current_window()?.checked_sub(1).ok_or(Error::<T>::NothingToSettle)?;
		ensure!(
			LastSettled::<T>::get().is_none_or(|settled| settled < window),
			Error::<T>::AlreadySettled
		);
		let queued = Self::expected(Queue::<T>::get(NO_BID).shares_until(window))?;
		ensure!(queued > 0, Error::<T>::NothingToSettle);

		let nav = Self::value()?;
		let (shares, liquidity) = Self::affordable(&nav, queued)?;
		Ledger::<T>::try_mutate(|ledger| {
			ledger.idle = Self::expected(ledger.idle.checked_sub(liquidity))?;
			ledger.reserved = ledger.reserved.checked_add(liquidity).ok_or(Error::<T>::Overflow)?;
			DispatchResult::Ok(())
		})?;
		EscrowedShares::<T>::try_mutate(|escrowed| {
			*escrowed = Self::expected(escrowed.checked_sub(shares))?;
			DispatchResult::Ok(())
		})?;
		let settlement = SettlementState {
			window,
			nav: nav.for_redemptions,
			supply: nav.shares,
			queued,
			shares_left: shares,
			served: 0,
			paid: 0,
		};
		Self::deposit_event(Event::SettlementStarted {
			window,
			price: nav.redemption_price,
			queued,
			shares,
			liquidity,
		});
		if shares == 0 {
			return Self::finish(settlement);
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

	/// How many of the `queued` shares the idle USDai pays for at the redemption price, and what it
	/// takes. What is taken is never worth more than the shares: the price of the others, those who
	/// stay, does not fall.
	fn affordable(nav: &Nav, queued: Balance) -> Result<(Balance, Balance), DispatchError> {
		let worth = |shares| {
			assets_for_shares(shares, nav.for_redemptions, nav.shares, Rounding::Down)
				.map_err(Self::arithmetic)
		};
		// Shares that are worth nothing now are not burnt for nothing: they wait.
		if nav.for_redemptions == 0 {
			return Ok((0, 0));
		}
		let all = worth(queued)?;
		if all <= nav.idle {
			return Ok((queued, all));
		}
		// Rounded down, so that it is less than `queued` and worth no more than what is idle.
		let shares = shares_for_assets(nav.idle, nav.for_redemptions, nav.shares, Rounding::Down)
			.map_err(Self::arithmetic)?;
		Ok((shares, worth(shares)?))
	}

	/// Serve up to `max_requests` requests; how many were.
	pub(crate) fn do_settle(max_requests: u32) -> Result<u32, DispatchError> {
		ensure!(max_requests > 0, Error::<T>::NoSteps);
		let mut settlement = Settlement::<T>::get().ok_or(Error::<T>::NoSettlement)?;
		let mut lane = Queue::<T>::get(NO_BID);
		let mut ledger = Ledger::<T>::get();

		let mut served: u32 = 0;
		while served < max_requests && settlement.shares_left > 0 {
			// The shares that are left belong to requests that are in the lane.
			let id = Self::expected(lane.head)?;
			let mut request = Self::expected(Requests::<T>::get(id))?;
			let shares = request.shares.min(settlement.shares_left);
			let assets =
				assets_for_shares(shares, settlement.nav, settlement.supply, Rounding::Down)
					.map_err(Self::arithmetic)?;

			request.shares = Self::expected(request.shares.checked_sub(shares))?;
			request.claimable =
				request.claimable.checked_add(assets).ok_or(Error::<T>::Overflow)?;
			ledger.reserved = Self::expected(ledger.reserved.checked_sub(assets))?;
			ledger.claimable = ledger.claimable.checked_add(assets).ok_or(Error::<T>::Overflow)?;
			settlement.shares_left = Self::expected(settlement.shares_left.checked_sub(shares))?;
			settlement.served =
				settlement.served.checked_add(shares).ok_or(Error::<T>::Overflow)?;
			settlement.paid = settlement.paid.checked_add(assets).ok_or(Error::<T>::Overflow)?;
			Self::expected(lane.leave(request.window, shares))?;
			if request.shares == 0 {
				Self::unlink(&mut lane, &request)?;
				request.previous = None;
				request.next = None;
			}
			Self::deposit_event(Event::Served { id, shares, assets });
			Self::keep_or_close(id, request)?;
			served = served.checked_add(1).ok_or(Error::<T>::Overflow)?;
		}

		Queue::<T>::insert(NO_BID, lane);
		Ledger::<T>::put(ledger);
		if settlement.shares_left > 0 {
			Settlement::<T>::put(settlement);
		} else {
			Self::finish(settlement)?;
		}
		Ok(served)
	}

	/// End a settlement. What rounding has left of the USDai set aside becomes idle again.
	fn finish(settlement: SettlementState) -> DispatchResult {
		let SettlementState { window, queued, served, paid, .. } = settlement;
		Ledger::<T>::try_mutate(|ledger| {
			ledger.idle = ledger.idle.checked_add(ledger.reserved).ok_or(Error::<T>::Overflow)?;
			ledger.reserved = 0;
			DispatchResult::Ok(())
		})?;
		Settlement::<T>::kill();
		LastSettled::<T>::put(window);
		Self::deposit_event(Event::SettlementFinished {
			window,
			served_shares: served,
			paid,
			left: Self::expected(queued.checked_sub(served))?,
		});
		Ok(())
	}
}
