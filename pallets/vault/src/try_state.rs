// SPDX-License-Identifier: Apache-2.0

//! Invariants of the vault's state, numbered as in the README.

use crate::{
	least_idle::LeastIdle,
	types::{Chunk, QueueSummary, RequestOf, Sums, Tick, TickSet, NO_BID},
	ClearedWindows, Config, EscrowedShares, History, LastSettled, Ledger, LiveRequests,
	NextRequestId, Operators, Pallet, PayoutPositions, Payouts, Queue, QueueChunks, QueueTotals,
	Requests, Sealed, Settlement, Windows,
};
use alloc::{collections::BTreeMap, vec::Vec};
use caliber_math::{
	clearing::{CHUNKS, MAX_TICK},
	LOCKED_FIRST_SHARES,
};
use caliber_primitives::{Balance, RequestId, WindowIndex};
use polkadot_sdk::{
	frame_support::{ensure, traits::fungible::Inspect},
	sp_runtime::TryRuntimeError,
};

/// Sums over the requests.
struct Totals {
	shares: Balance,
	claimable: Balance,
}

impl<T: Config> Pallet<T> {
	/// Checks the invariants of the vault.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::try_state_windows()?;
		let queued = Self::try_state_queue()?;
		let totals = Self::try_state_requests(&queued)?;
		Self::try_state_operators()?;
		Self::try_state_phases()?;
		Self::try_state_settlement()?;
		Self::try_state_shares(&totals)?;
		Self::try_state_assets(&totals)
	}

	/// INV-V1: each epoch has windows of a length, a first window after 0 and a reveal period of
	/// half a window at most; the next epoch begins with the close of a window of the present one,
	/// and knows the reveal period of that.
	///
	/// INV-V2: each record is in the place of its day, and of the day of its time.
	fn try_state_windows() -> Result<(), TryRuntimeError> {
		let schedule = Windows::<T>::get();
		for epoch in core::iter::once(schedule.current).chain(schedule.next) {
			ensure!(epoch.length > 0, "INV-V1: window length > 0");
			ensure!(epoch.first > 0, "INV-V1: first window > 0");
			ensure!(epoch.reveal <= epoch.length / 2, "INV-V1: reveal period ≤ window length / 2");
		}
		if let Some(next) = schedule.next {
			let last = next.first.checked_sub(1).and_then(|last| schedule.current.closes_at(last));
			ensure!(
				last == Some(next.since),
				"INV-V1: next epoch begins = close of its previous window"
			);
			let before = next.first.checked_sub(1).map(|last| schedule.current.reveal_of(last));
			ensure!(
				before == Some(next.reveal_before),
				"INV-V1: next epoch knows the reveal period of its previous window"
			);
		}
		for (place, record) in History::<T>::iter() {
			ensure!(
				place == Self::place_of_day(record.day),
				"INV-V2: place of a record = its day mod 400"
			);
			ensure!(
				Self::day_of(record.at) == Some(record.day),
				"INV-V2: day of a record = day of its time"
			);
		}
		Ok(())
	}

	/// INV-V6: the sums of each chunk are the shares of its requests; only chunks of valid ticks
	/// that have shares are stored.
	///
	/// INV-V7: the totals are the shares of the requests by chunk, and exactly the ticks are marked
	/// that have requests, and requests of windows before the newest.
	///
	/// Returns the requests found in the lanes, which are checked one by one.
	fn try_state_queue() -> Result<BTreeMap<RequestId, Tick>, TryRuntimeError> {
		let mut queued = BTreeMap::new();
		let summary = QueueTotals::<T>::get();
		let mut expected = QueueSummary::default();
		expected.chunks.newest_window = summary.chunks.newest_window;
		// After its requests are served, a settlement lets those that are left join tick 0.
		let merging = Settlement::<T>::get()
			.filter(|settlement| settlement.shares_left == 0)
			.map(|settlement| settlement.window);
		let mut chunks: BTreeMap<u8, Chunk> = QueueChunks::<T>::iter()
			.map(|(index, chunk)| {
				let newest_window = chunk.newest_window;
				(index, Chunk { newest_window, ..Default::default() })
			})
			.collect();
		for tick in Queue::<T>::iter_keys() {
			ensure!(tick <= MAX_TICK, "INV-V5: tick of a lane ≤ 1 000");
			let (chunk, place) = TickSet::place(tick);
			let index = u8::try_from(chunk).map_err(|_| "INV-V5: tick of a lane ≤ 1 000")?;
			let sums = chunks.get_mut(&index).ok_or("INV-V6: each lane has a chunk")?;
			Self::try_state_lane(tick, merging, &mut queued, |window, shares| {
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
			ensure!(usize::from(index) < CHUNKS, "INV-V6: index of a chunk < 16");
			ensure!(!sums.is_empty(), "INV-V6: Σ shares of a stored chunk > 0");
			ensure!(chunks.get(&index) == Some(&sums), "INV-V6: chunk = Σ shares of its requests");
		}
		ensure!(
			summary.chunks == expected.chunks,
			"INV-V7: totals = Σ shares of the requests by chunk"
		);
		ensure!(
			summary.lanes == expected.lanes && summary.older == expected.older,
			"INV-V7: tick marked ⇔ its lane has requests"
		);
		Ok(queued)
	}

	/// INV-V4: each stored lane is one list of existing requests from its head to its tail, linked
	/// in both directions.
	///
	/// INV-V5: each request of a lane has shares and the tick of the lane, a valid one, stands in
	/// the queue once, and queues in a window that is neither before that of the request before it
	/// nor after the newest.
	fn try_state_lane(
		tick: Tick,
		merging: Option<WindowIndex>,
		queued: &mut BTreeMap<RequestId, Tick>,
		mut count: impl FnMut(WindowIndex, Balance) -> Option<()>,
	) -> Result<(), TryRuntimeError> {
		let lane = Queue::<T>::get(tick);
		ensure!(lane.head.is_some(), "INV-V4: a stored lane has a head");
		let mut previous = None;
		let mut window = 0;
		let mut at = lane.head;
		while let Some(id) = at {
			let request =
				Requests::<T>::get(id).ok_or("INV-V4: each id of a lane has a request")?;
			ensure!(
				request.previous == previous,
				"INV-V4: request.previous = the request before it"
			);
			let merged = tick == NO_BID && merging.is_some_and(|last| request.window <= last);
			ensure!(
				Self::tick_of(&request) == tick || merged,
				"INV-V5: tick of a request = tick of its lane"
			);
			let own = Self::window_of(&request)
				.max(merging.and_then(|last| last.checked_add(1)).unwrap_or_default());
			ensure!(own >= window, "INV-V5: windows of a lane do not fall");
			ensure!(
				request.least_price.is_none() || (tick == NO_BID && request.bid.is_none()),
				"INV-V30: a request with a least price stands at tick 0 and has no bid"
			);
			ensure!(request.shares > 0, "INV-V5: shares of a queued request > 0");
			ensure!(queued.insert(id, tick).is_none(), "INV-V5: a request is queued once");
			window = own;
			count(request.window, request.shares)
				.ok_or("INV-V5: window of a request ≤ newest window")?;
			previous = at;
			at = request.next;
		}
		ensure!(lane.tail == previous, "INV-V4: lane.tail = the last request");
		Ok(())
	}

	/// INV-V10: no account is its own operator.
	fn try_state_operators() -> Result<(), TryRuntimeError> {
		for (owner, operator) in Operators::<T>::iter_keys() {
			ensure!(owner != operator, "INV-V10: owner ≠ operator");
		}
		Ok(())
	}

	/// INV-V8: ids are below the next one; a request is in the queue exactly while it has shares,
	/// and exists only while it has shares or claimable USDai.
	///
	/// INV-V9: the number counted for each account is that of its requests.
	///
	/// Returns the sums over the requests.
	fn try_state_requests(queued: &BTreeMap<RequestId, Tick>) -> Result<Totals, TryRuntimeError> {
		let mut totals = Totals { shares: 0, claimable: 0 };
		let mut live: BTreeMap<T::AccountId, u32> = BTreeMap::new();
		let next_id = NextRequestId::<T>::get();
		for (id, request) in Requests::<T>::iter() {
			ensure!(id < next_id, "INV-V8: id < next id");
			ensure!(
				(request.shares > 0) == queued.contains_key(&id),
				"INV-V8: queued ⇔ shares > 0"
			);
			ensure!(
				request.shares > 0 || request.claimable > 0,
				"INV-V8: shares > 0 or claimable > 0"
			);
			totals.shares = totals
				.shares
				.checked_add(request.shares)
				.ok_or("INV-V3: Σ shares fits a balance")?;
			totals.claimable = totals
				.claimable
				.checked_add(request.claimable)
				.ok_or("INV-V13: Σ claimable fits a balance")?;
			let count = live.entry(request.owner).or_default();
			*count = count.checked_add(1).ok_or("INV-V9: number of requests fits a count")?;
		}
		ensure!(
			live == LiveRequests::<T>::iter().collect(),
			"INV-V9: live requests of an account = number of its requests"
		);
		Ok(totals)
	}

	/// INV-V31: each clearing is in the place of its window.
	///
	/// INV-V32: the positions of payouts from the first to before the next have an entry, and no
	/// others.
	///
	/// INV-V34: the shares counted for the window in which the last bid was sealed are those of its
	/// requests that bid, as long as the window is open.
	fn try_state_phases() -> Result<(), TryRuntimeError> {
		for (place, cleared) in ClearedWindows::<T>::iter() {
			ensure!(
				place == Self::place_of_window(cleared.window) && cleared.tick <= MAX_TICK,
				"INV-V31: place of a clearing = its window mod 64, tick ≤ 1 000"
			);
		}
		let range = PayoutPositions::<T>::get();
		let mut positions: Vec<u64> = Payouts::<T>::iter_keys().collect();
		positions.sort_unstable();
		ensure!(
			positions.iter().copied().eq(range.first..range.next),
			"INV-V32: payouts = positions from the first to before the next"
		);
		let sealed = Sealed::<T>::get();
		// Beyond the last index there are no windows any more.
		let Ok(open) = Self::current_window() else { return Ok(()) };
		let bids = |request: &RequestOf<T>| request.bid.is_some_and(|bid| bid.window == open);
		let shares = Requests::<T>::iter_values()
			.filter(bids)
			.try_fold(0, |sum: Balance, request| sum.checked_add(request.shares));
		let counted = if sealed.window == open { sealed.shares } else { 0 };
		ensure!(
			sealed.window <= open && shares == Some(counted),
			"INV-V34: sealed shares = Σ shares of the requests that bid in the open window"
		);
		Ok(())
	}

	/// INV-V11: a running settlement has shares left to serve and a lane at its clearing tick or
	/// above to serve, or lanes to join with tick 0; its window is after the last settled one.
	///
	/// INV-V33: of its shares no more are left to serve than wait, and its cost is not more than the
	/// proceeds.
	///
	/// INV-V35: the shares that wait are those of its requests, and what is set aside pays for those
	/// left to serve.
	fn try_state_settlement() -> Result<(), TryRuntimeError> {
		let Some(settlement) = Settlement::<T>::get() else { return Ok(()) };
		if settlement.shares_left > 0 {
			ensure!(
				settlement.lanes.highest().is_some_and(|tick| tick >= settlement.tick),
				"INV-V11: highest lane to serve ≥ clearing tick"
			);
		} else {
			ensure!(
				QueueTotals::<T>::get().lanes.highest().is_some_and(|tick| tick > NO_BID),
				"INV-V11: a running settlement has shares to serve or lanes to join"
			);
		}
		ensure!(
			settlement.shares_left <= settlement.waiting,
			"INV-V33: shares left to serve ≤ shares that wait"
		);
		ensure!(settlement.cost <= settlement.proceeds, "INV-V33: cost ≤ proceeds");
		let waiting = Requests::<T>::iter_values()
			.filter(|request| request.window <= settlement.window)
			.try_fold(0, |sum: Balance, request| sum.checked_add(request.shares));
		ensure!(
			waiting == Some(settlement.waiting),
			"INV-V35: shares that wait = Σ shares of the requests of the settlement"
		);
		let left = settlement.assets(settlement.shares_left);
		ensure!(
			left.is_ok_and(|left| left <= Ledger::<T>::get().reserved),
			"INV-V35: proceeds of the shares left to serve ≤ USDai set aside"
		);
		ensure!(
			LastSettled::<T>::get().is_none_or(|settled| settled < settlement.window),
			"INV-V11: window of the settlement > last settled window"
		);
		Ok(())
	}

	/// INV-V3: the shares of the requests are in escrow, or burnt by the running settlement and not
	/// yet served.
	///
	/// INV-V12: the vault's account has the shares in escrow and the locked ones.
	///
	/// INV-V17: sUSDai in issue is not more than the vault's own count of shares.
	fn try_state_shares(totals: &Totals) -> Result<(), TryRuntimeError> {
		let escrowed = EscrowedShares::<T>::get();
		let burnt = Settlement::<T>::get().map_or(0, |settlement| settlement.shares_left);
		ensure!(
			escrowed.checked_add(burnt) == Some(totals.shares),
			"INV-V3: Σ queued shares = escrow + burnt shares left to serve"
		);
		let issuance = T::Shares::total_issuance();
		let shares = Ledger::<T>::get().shares;
		// Not equal: a holder may burn shares in a message to another chain.
		ensure!(issuance <= shares, "INV-V17: sUSDai in issue ≤ shares of the ledger");
		let held = T::Shares::balance(&Self::account_id());
		let locked = if shares == 0 { 0 } else { LOCKED_FIRST_SHARES };
		ensure!(
			escrowed.checked_add(locked).is_some_and(|own| own <= held),
			"INV-V12: escrow + locked shares ≤ shares of the vault's account"
		);
		Ok(())
	}

	/// INV-V13: the claimable USDai is that of the requests.
	///
	/// INV-V14: USDai is set aside only for a running settlement.
	///
	/// INV-V15: the impairment is not more than the principal that is out.
	///
	/// INV-V16: the vault's account has the idle, the reserved and the claimable USDai.
	///
	/// INV-V18: what is locked is not more than money, bills and principal out.
	///
	/// INV-V19: shares are never redeemed above the price at which they are bought.
	///
	/// INV-V40: the last note of the least idle USDai is of no later day, and of the idle USDai.
	fn try_state_assets(totals: &Totals) -> Result<(), TryRuntimeError> {
		let ledger = Ledger::<T>::get();
		ensure!(
			ledger.claimable == totals.claimable,
			"INV-V13: Σ claimable of the requests = claimable"
		);
		ensure!(
			ledger.reserved == 0 || Settlement::<T>::exists(),
			"INV-V14: reserved = 0 without a settlement"
		);
		ensure!(ledger.impairment <= ledger.principal_out, "INV-V15: impairment ≤ principal out");
		let owned = ledger
			.idle
			.checked_add(ledger.reserved)
			.and_then(|sum| sum.checked_add(ledger.claimable))
			.ok_or("INV-V16: idle + reserved + claimable fits a balance")?;
		ensure!(
			owned <= T::UsdAi::balance(&Self::account_id()),
			"INV-V16: idle + reserved + claimable ≤ USDai of the vault's account"
		);
		let value = Self::value().map_err(|_| "INV-V19: the net asset values fit a balance")?;
		let assets = ledger
			.idle
			.checked_add(value.treasury_bills)
			.and_then(|sum| sum.checked_add(ledger.principal_out))
			.ok_or("INV-V18: idle + bills + principal out fits a balance")?;
		ensure!(value.locked <= assets, "INV-V18: locked ≤ idle + bills + principal out");
		ensure!(
			value.for_redemptions <= value.for_deposits,
			"INV-V19: assets for redemptions ≤ assets for deposits"
		);
		let LeastIdle { day, idle, least } = ledger.least_idle;
		ensure!(idle == ledger.idle, "INV-V40: idle USDai noted = idle");
		ensure!(least.first() <= Some(&idle), "INV-V40: least of the last day noted ≤ idle");
		ensure!(day <= Self::idle_day(), "INV-V40: last day noted ≤ this day");
		Ok(())
	}
}

/// Adds shares at a place. Returns `None` if they are of a window after the newest, or on overflow.
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
