// SPDX-License-Identifier: Apache-2.0

//! What is always true of the vault's state.

use crate::{
	types::{Chunk, QueueSummary, Sums, Tick, TickSet},
	Checkpoints, Config, EscrowedShares, HoldReason, LastSettled, Ledger, LiveRequests,
	NextRequestId, Operators, Pallet, Queue, QueueChunks, QueueTotals, Requests, Settlement,
	Windows,
};
use alloc::collections::{BTreeMap, BTreeSet};
use caliber_math::{
	auction::{CHUNKS, MAX_TICK},
	LOCKED_FIRST_SHARES,
};
use caliber_primitives::{Balance, RequestId, WindowIndex};
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
		Self::try_state_windows()?;
		let queued = Self::try_state_queue()?;
		let totals = Self::try_state_requests(&queued)?;
		Self::try_state_operators()?;
		Self::try_state_shares(&totals)?;
		Self::try_state_assets(&totals)
	}

	/// Windows have a length, and a coming epoch begins with the close of a window; each price is in
	/// the place of its day.
	fn try_state_windows() -> Result<(), TryRuntimeError> {
		let schedule = Windows::<T>::get();
		for epoch in core::iter::once(schedule.current).chain(schedule.next) {
			ensure!(epoch.length > 0, "a window has no length");
			ensure!(epoch.first > 0, "windows begin before the first");
			ensure!(epoch.reveal <= epoch.length / 2, "bids are revealed longer than sealed");
		}
		if let Some(next) = schedule.next {
			let last = next.first.checked_sub(1).and_then(|last| schedule.current.closes_at(last));
			ensure!(last == Some(next.since), "windows do not follow each other");
		}
		for (place, checkpoint) in Checkpoints::<T>::iter() {
			ensure!(
				place == Self::checkpoint_place(checkpoint.at / 86_400),
				"a price is not in the place of its day"
			);
		}
		Ok(())
	}

	/// Each lane is one list, both ways, in the order of windows; the sums of the chunks and the
	/// totals are those of the requests, and a bit is set where there are some. Returns the requests
	/// that were found.
	fn try_state_queue() -> Result<BTreeMap<RequestId, Tick>, TryRuntimeError> {
		let mut queued = BTreeMap::new();
		let summary = QueueTotals::<T>::get();
		let mut expected = QueueSummary::default();
		expected.chunks.newest_window = summary.chunks.newest_window;
		let mut chunks: BTreeMap<u8, Chunk> = QueueChunks::<T>::iter()
			.map(|(index, chunk)| {
				let newest_window = chunk.newest_window;
				(index, Chunk { newest_window, ..Default::default() })
			})
			.collect();
		for tick in Queue::<T>::iter_keys() {
			ensure!(tick <= MAX_TICK, "a lane has a tick that nobody may bid");
			let (chunk, place) = TickSet::place(tick);
			let index = u8::try_from(chunk).map_err(|_| "a tick is out of range")?;
			let sums = chunks.get_mut(&index).ok_or("a lane has no sums")?;
			Self::try_state_lane(tick, &mut queued, |window, shares| {
				let known = add(sums, place, window, shares)
					.and_then(|()| add(&mut expected.chunks, chunk, window, shares));
				expected.lanes.set(tick, true);
				if window < summary.chunks.newest_window {
					expected.older.set(tick, true);
				}
				known
			})?;
		}
		for (index, sums) in QueueChunks::<T>::iter() {
			ensure!(usize::from(index) < CHUNKS, "a chunk has ticks that nobody may bid");
			ensure!(!sums.is_empty(), "a chunk without shares is kept");
			ensure!(
				chunks.get(&index) == Some(&sums),
				"a chunk has other shares than its requests"
			);
		}
		ensure!(
			summary.chunks == expected.chunks,
			"the totals of the queue are not those of its requests"
		);
		ensure!(
			summary.lanes == expected.lanes && summary.older == expected.older,
			"a tick is marked that has no requests, or has some and is not"
		);
		Ok(queued)
	}

	/// One lane, from its head to its tail.
	fn try_state_lane(
		tick: Tick,
		queued: &mut BTreeMap<RequestId, Tick>,
		mut count: impl FnMut(WindowIndex, Balance) -> Option<()>,
	) -> Result<(), TryRuntimeError> {
		let lane = Queue::<T>::get(tick);
		ensure!(lane.head.is_some(), "an empty lane is kept");
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
			count(window, request.shares).ok_or("a lane has a window after the newest")?;
			previous = at;
			at = request.next;
		}
		ensure!(lane.tail == previous, "a lane does not end at its tail");
		Ok(())
	}

	/// Each operator's deposit is on hold.
	fn try_state_operators() -> Result<(), TryRuntimeError> {
		let mut deposits: BTreeMap<T::AccountId, Balance> = BTreeMap::new();
		for (owner, operator, deposit) in Operators::<T>::iter() {
			ensure!(owner != operator, "an account is its own operator");
			let sum = deposits.entry(owner).or_default();
			*sum = sum.checked_add(deposit).ok_or("the deposits overflow")?;
		}
		for (owner, deposit) in deposits {
			ensure!(
				T::Currency::balance_on_hold(&HoldReason::Operator.into(), &owner) == deposit,
				"the deposits for operators are not what their account has on hold"
			);
		}
		Ok(())
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
				settlement.lanes.highest().is_some_and(|tick| tick >= settlement.tick),
				"a settlement has nobody to serve"
			);
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

/// Count shares at a place, where they cannot be of a window after the newest.
fn add<const N: usize>(
	sums: &mut Sums<N>,
	place: usize,
	window: WindowIndex,
	shares: Balance,
) -> Option<()> {
	if window > sums.newest_window {
		return None;
	}
	let all = sums.shares.get_mut(place)?;
	*all = all.checked_add(shares)?;
	if window == sums.newest_window {
		let newest = sums.newest.get_mut(place)?;
		*newest = newest.checked_add(shares)?;
	}
	Some(())
}
