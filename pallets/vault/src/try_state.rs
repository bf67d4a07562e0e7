// SPDX-License-Identifier: Apache-2.0

//! What is always true of the vault's state.

use crate::{
	types::Tick, Config, EscrowedShares, HoldReason, LastSettled, Ledger, LiveRequests,
	NextRequestId, Pallet, Queue, Requests, Settlement, WindowLength,
};
use alloc::collections::{BTreeMap, BTreeSet};
use caliber_math::LOCKED_FIRST_SHARES;
use caliber_primitives::{Balance, RequestId};
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::fungible::{Inspect, InspectHold},
	},
	sp_runtime::TryRuntimeError,
};

/// What the requests add up to.
struct Totals<AccountId> {
	shares: Balance,
	claimable: Balance,
	deposits: BTreeMap<AccountId, (u32, Balance)>,
}

impl<T: Config> Pallet<T> {
	/// Check the state of the vault.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		ensure!(WindowLength::<T>::get() > 0, "a window has no length");
		let queued = Self::try_state_queue()?;
		let totals = Self::try_state_requests(&queued)?;
		Self::try_state_shares(&totals)?;
		Self::try_state_assets(&totals)
	}

	/// Each lane is one list, both ways, in the order of windows, and its sums are those of its
	/// requests. Returns the requests that were found.
	fn try_state_queue() -> Result<BTreeMap<RequestId, Tick>, TryRuntimeError> {
		let mut queued = BTreeMap::new();
		for (tick, lane) in Queue::<T>::iter() {
			let (mut shares, mut newest_shares): (Balance, Balance) = (0, 0);
			let mut previous = None;
			let mut window = 0;
			let mut at = lane.head;
			while let Some(id) = at {
				let request =
					Requests::<T>::get(id).ok_or("the queue has a request that does not exist")?;
				ensure!(request.previous == previous, "a request has the wrong one before it");
				ensure!(request.tick == tick, "a request stands in another lane than its own");
				ensure!(request.window >= window, "a lane is not in the order of windows");
				ensure!(request.shares > 0, "a request without shares is in the queue");
				ensure!(queued.insert(id, tick).is_none(), "a request is in the queue twice");
				window = request.window;
				shares = shares.checked_add(request.shares).ok_or("a lane overflows")?;
				if window == lane.newest_window {
					newest_shares =
						newest_shares.checked_add(request.shares).ok_or("a lane overflows")?;
				}
				previous = at;
				at = request.next;
			}
			ensure!(lane.tail == previous, "a lane does not end at its tail");
			ensure!(lane.shares == shares, "a lane has other shares than its requests");
			ensure!(
				lane.newest_shares == newest_shares && lane.newest_window >= window,
				"a lane has other shares of its newest window than its requests"
			);
		}
		Ok(queued)
	}

	/// A request is in the queue as long as it has shares, and there as long as it has anything;
	/// each account has as many as are counted, not more than it may, and their deposits on hold.
	fn try_state_requests(
		queued: &BTreeMap<RequestId, Tick>,
	) -> Result<Totals<T::AccountId>, TryRuntimeError> {
		let mut totals =
			Totals { shares: 0, claimable: 0, deposits: BTreeMap::<T::AccountId, _>::new() };
		let next_id = NextRequestId::<T>::get();
		for (id, request) in Requests::<T>::iter() {
			ensure!(id < next_id, "a request has a number that was not given");
			ensure!(
				(request.shares > 0) == queued.contains_key(&id),
				"a request is in the queue without shares, or not in it with shares"
			);
			ensure!(request.shares > 0 || request.claimable > 0, "a request is empty");
			totals.shares =
				totals.shares.checked_add(request.shares).ok_or("the requests overflow")?;
			totals.claimable =
				totals.claimable.checked_add(request.claimable).ok_or("the requests overflow")?;
			let (live, deposit): &mut (u32, Balance) =
				totals.deposits.entry(request.owner).or_default();
			*live = live.checked_add(1).ok_or("the requests overflow")?;
			*deposit = deposit.checked_add(request.deposit).ok_or("the deposits overflow")?;
		}

		let counted: BTreeSet<_> = LiveRequests::<T>::iter_keys().collect();
		ensure!(
			counted.len() == totals.deposits.len(),
			"accounts without requests are counted, or some with are not"
		);
		for (owner, (live, deposit)) in &totals.deposits {
			ensure!(
				LiveRequests::<T>::get(owner) == *live,
				"an account has another number of requests than is counted"
			);
			ensure!(
				T::Currency::balance_on_hold(&HoldReason::RedemptionRequest.into(), owner)
					== *deposit,
				"the deposits of an account are not what it has on hold"
			);
		}
		Ok(totals)
	}

	/// The shares of the requests are in escrow, but for those a settlement has burnt; escrow and
	/// the locked shares are in the vault's account.
	fn try_state_shares(totals: &Totals<T::AccountId>) -> Result<(), TryRuntimeError> {
		let settlement = Settlement::<T>::get();
		let escrowed = EscrowedShares::<T>::get();
		let burnt = settlement.map(|settlement| settlement.shares_left).unwrap_or_default();
		ensure!(
			escrowed.checked_add(burnt) == Some(totals.shares),
			"the shares of the requests are neither in escrow nor burnt"
		);
		if let Some(settlement) = settlement {
			ensure!(burnt > 0, "a settlement that is complete has not ended");
			ensure!(
				LastSettled::<T>::get().is_none_or(|settled| settled < settlement.window),
				"a settled window is settled again"
			);
		}
		let issuance = T::Shares::total_issuance();
		let held = T::Shares::balance(&Self::account_id());
		let locked = if issuance == 0 { 0 } else { LOCKED_FIRST_SHARES };
		ensure!(
			escrowed.checked_add(locked).is_some_and(|own| own <= held),
			"the vault's account lacks shares"
		);
		ensure!(held <= issuance, "the vault's account has more shares than are in issue");
		Ok(())
	}

	/// The books are covered by the account; what is claimable is what the requests may claim.
	fn try_state_assets(totals: &Totals<T::AccountId>) -> Result<(), TryRuntimeError> {
		let ledger = Ledger::<T>::get();
		ensure!(
			ledger.claimable == totals.claimable,
			"the requests may claim something else than is set aside for them"
		);
		ensure!(
			ledger.reserved == 0 || Settlement::<T>::exists(),
			"something is set aside without a settlement"
		);
		ensure!(
			ledger.impairment <= ledger.principal_out,
			"more principal is impaired than is out"
		);
		let owned = ledger
			.idle
			.checked_add(ledger.reserved)
			.and_then(|sum| sum.checked_add(ledger.claimable))
			.ok_or("the books overflow")?;
		ensure!(owned <= T::UsdAi::balance(&Self::account_id()), "the vault's account lacks USDai");
		Ok(())
	}
}
