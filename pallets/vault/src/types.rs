// SPDX-License-Identifier: Apache-2.0

//! Types and constants of the vault pallet.

use crate::{least_idle::LeastIdle, Config};
use caliber_math::{
	clearing::{Price, CHUNK, CHUNKS},
	mul_div, Locked, MathError, Rounding, SECONDS_PER_DAY,
};
use caliber_primitives::{traits::AccrualSum, Balance, RequestId, Seconds, WindowIndex};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::{frame_system, sp_core::H256, sp_runtime::FixedU128};
use scale_info::TypeInfo;

/// Length of a window if genesis does not set one, on a chain of tempo 1: thirty days.
pub const DEFAULT_WINDOW_LENGTH: Seconds = 30 * SECONDS_PER_DAY;

/// Number of days whose records are kept.
pub const HISTORY_DAYS: u16 = 400;

/// Minimum of shares in a request, unless it is for the full balance of an account: one whole
/// share.
pub const MIN_REQUEST_SHARES: Balance = caliber_primitives::USD;

/// Part of its proceeds that a request offers to give up, in basis points. Zero offers nothing.
pub type Tick = u16;

/// The tick of a request that offers nothing.
pub const NO_BID: Tick = 0;

/// Assets and debts of the vault by its own books, in USDai.
///
/// The balance of the vault's account is at least `idle + reserved + claimable`: the books do not
/// count what is sent to the account, and nobody owns it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct LedgerBalances {
	/// USDai that may be lent, or set aside for redemptions.
	pub idle: Balance,
	/// Least of it on each of the last days.
	pub least_idle: LeastIdle,
	/// USDai set aside for the running settlement; no longer part of the net asset value.
	pub reserved: Balance,
	/// Served to requests and not claimed yet: a debt of the vault.
	pub claimable: Balance,
	/// Senior principal that borrowers owe.
	pub principal_out: Balance,
	/// Part of `principal_out` that is not expected back.
	pub impairment: Balance,
	/// Principal and interest that were written off since the beginning, less what was recovered
	/// of them.
	pub bad_debt: Balance,
	/// Sum of the accruals of all loans. It stands beside the money, so that a payment and the new
	/// place of its loan are one write.
	pub accrual: AccrualSum,
	/// Income received and not earned yet: part of the money, and in no price.
	pub locked: Locked,
	/// Interest that loans had earned when their line defaulted, and that is not received, before
	/// the fee.
	pub suspended: Balance,
	/// Shares in issue by the vault's own count. A holder may burn its own: they stay in the count,
	/// so that no burn moves a price.
	pub shares: Balance,
}

impl LedgerBalances {
	/// Locks income that is earned within `period` seconds from `now`.
	///
	/// # Errors
	/// [`MathError::Overflow`] when a figure does not fit.
	pub fn lock(
		&mut self,
		now: Seconds,
		income: Balance,
		period: Seconds,
	) -> Result<(), MathError> {
		self.locked = self.locked.with(now, income, period)?;
		Ok(())
	}

	/// Returns the interest that is earned and not received at `now`, that of loans in default
	/// included, before the fee; negative where more was paid ahead.
	///
	/// # Errors
	/// [`MathError::Overflow`] when it does not fit.
	pub fn expected(&self, now: Seconds) -> Result<i128, MathError> {
		let suspended = i128::try_from(self.suspended).map_err(|_| MathError::Overflow)?;
		self.accrual.at(now)?.checked_add(suspended).ok_or(MathError::Overflow)
	}
}

/// A sealed bid, and its state.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Bid {
	/// blake2_256 of the encoded request, tick and salt.
	pub commitment: H256,
	/// Window in which it was sealed. It counts in no other.
	pub window: WindowIndex,
	/// True once the tick has been revealed. A bid is revealed once.
	pub revealed: bool,
}

/// A request to redeem shares.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Request<AccountId, Ticket> {
	/// Account that requested and is paid.
	pub owner: AccountId,
	/// Shares that wait to be served. The request stands in the queue while there are any.
	pub shares: Balance,
	/// USDai served and not claimed.
	pub claimable: Balance,
	/// The window in which it joined its lane: that in which it was made, or its bid sealed or
	/// revealed.
	pub window: WindowIndex,
	/// Part of the proceeds that the owner offers to give up: the lane the request stands in until
	/// that window is settled. Afterwards it stands at tick 0, whatever is written here.
	pub tick: Tick,
	/// The bid that was sealed for it last.
	pub bid: Option<Bid>,
	/// Least redemption price at which it is served, USDai a share. Such a request takes no bid.
	pub least_price: Option<FixedU128>,
	/// Account that may take the request over.
	pub offered_to: Option<AccountId>,
	/// Ticket of the storage deposit, attributed to `owner`.
	pub ticket: Ticket,
	/// The request before it in its lane.
	pub previous: Option<RequestId>,
	/// The request behind it in its lane.
	pub next: Option<RequestId>,
}

/// A request as the vault stores it.
pub type RequestOf<T> =
	Request<<T as frame_system::Config>::AccountId, <T as Config>::RequestConsideration>;

/// The requests of one tick, first in first out: a list that is linked through the requests, so
/// that joining, leaving and serving each take the same effort however long it is. Its shares are
/// in the chunk of its tick.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Lane {
	/// The request that is served next.
	pub head: Option<RequestId>,
	/// The request that came last.
	pub tail: Option<RequestId>,
}

/// Shares in `N` places, and which of them belong to the latest window.
///
/// Requests join in the order of their windows, and none joins a window after the one that runs. A
/// settlement takes in the windows that have closed: all, or all but the latest.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Sums<const N: usize> {
	/// The latest window of which a request has joined.
	pub newest_window: WindowIndex,
	/// Shares of all requests.
	pub shares: [Balance; N],
	/// Shares of the requests that joined in that window.
	pub newest: [Balance; N],
}

impl<const N: usize> Default for Sums<N> {
	fn default() -> Self {
		Self { newest_window: 0, shares: [0; N], newest: [0; N] }
	}
}

impl<const N: usize> Sums<N> {
	/// Adds shares that join or have joined in `window`. Returns `None` on overflow.
	pub fn join(&mut self, place: usize, window: WindowIndex, shares: Balance) -> Option<()> {
		if self.newest_window < window {
			self.newest_window = window;
			self.newest = [0; N];
		}
		if self.newest_window == window {
			let newest = self.newest.get_mut(place)?;
			*newest = newest.checked_add(shares)?;
		}
		let all = self.shares.get_mut(place)?;
		*all = all.checked_add(shares)?;
		Some(())
	}

	/// Removes shares of a request that joined in `window`. Returns `None` if there are fewer.
	pub fn leave(&mut self, place: usize, window: WindowIndex, shares: Balance) -> Option<()> {
		if self.newest_window == window {
			let newest = self.newest.get_mut(place)?;
			*newest = newest.checked_sub(shares)?;
		}
		let all = self.shares.get_mut(place)?;
		*all = all.checked_sub(shares)?;
		Some(())
	}

	/// Returns the shares of the requests that joined in `window` or before. There is no window
	/// after the one that follows `window`.
	pub fn until(&self, window: WindowIndex) -> Option<[Balance; N]> {
		let mut shares = self.shares;
		if self.newest_window > window {
			for (all, newest) in shares.iter_mut().zip(&self.newest) {
				*all = all.checked_sub(*newest)?;
			}
		}
		Some(shares)
	}

	/// Returns true if there are no shares.
	pub fn is_empty(&self) -> bool {
		self.shares.iter().all(|shares| *shares == 0)
	}
}

/// The shares of each tick of a chunk.
pub type Chunk = Sums<CHUNK>;

/// A set of ticks, a bit for each: the lowest in the lowest bit of the first word.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct TickSet([u64; CHUNKS]);

impl TickSet {
	/// Returns the chunk of a tick, and the tick's place in it.
	pub fn place(tick: Tick) -> (usize, usize) {
		(usize::from(tick) / CHUNK, usize::from(tick) % CHUNK)
	}

	/// Adds a tick, or removes it.
	pub fn set(&mut self, tick: Tick, is_in: bool) {
		let (chunk, bit) = Self::place(tick);
		if let Some(word) = self.0.get_mut(chunk) {
			let mask = 1_u64 << bit;
			*word = if is_in { *word | mask } else { *word & !mask };
		}
	}

	/// Returns true if a tick is in the set.
	pub fn contains(&self, tick: Tick) -> bool {
		let (chunk, bit) = Self::place(tick);
		self.0.get(chunk).is_some_and(|word| word & (1_u64 << bit) != 0)
	}

	/// Returns the highest tick of the set.
	pub fn highest(&self) -> Option<Tick> {
		let (chunk, word) = self.0.iter().enumerate().rev().find(|(_, word)| **word != 0)?;
		let bit = usize::try_from(word.ilog2()).ok()?;
		Tick::try_from(chunk.checked_mul(CHUNK)?.checked_add(bit)?).ok()
	}

	/// Removes all ticks below `lowest`.
	pub fn keep_from(&mut self, lowest: Tick) {
		let (chunk, bit) = Self::place(lowest);
		for word in self.0.iter_mut().take(chunk) {
			*word = 0;
		}
		if let Some(word) = self.0.get_mut(chunk) {
			*word &= u64::MAX << bit;
		}
	}
}

/// Summary of the queue: a settlement finds its ticks in it, however many requests wait.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct QueueSummary {
	/// The shares of each chunk of ticks.
	pub chunks: Sums<CHUNKS>,
	/// The ticks whose lanes have requests.
	pub lanes: TickSet,
	/// Those whose lanes have requests that joined before the latest window.
	pub older: TickSet,
	/// The first window whose requests wait: the one after the last settled, or that of the first
	/// request that came when nobody waited.
	pub oldest: WindowIndex,
}

impl QueueSummary {
	/// Adds a request that its chunk counts already. Returns `None` on overflow.
	pub fn join(
		&mut self,
		tick: Tick,
		chunk: &Chunk,
		window: WindowIndex,
		shares: Balance,
	) -> Option<()> {
		if self.chunks.is_empty() {
			self.oldest = window;
		}
		if self.chunks.newest_window < window {
			self.older = self.lanes;
		}
		self.chunks.join(TickSet::place(tick).0, window, shares)?;
		self.mark(tick, chunk)
	}

	/// Removes a request that its chunk no longer counts. Returns `None` if it was not counted.
	pub fn leave(
		&mut self,
		tick: Tick,
		chunk: &Chunk,
		window: WindowIndex,
		shares: Balance,
	) -> Option<()> {
		self.chunks.leave(TickSet::place(tick).0, window, shares)?;
		self.mark(tick, chunk)
	}

	/// Returns the ticks whose lanes have requests that joined in `window` or before. There is no
	/// window after the one that follows `window`.
	pub fn lanes_until(&self, window: WindowIndex) -> TickSet {
		if self.chunks.newest_window > window {
			self.older
		} else {
			self.lanes
		}
	}

	fn mark(&mut self, tick: Tick, chunk: &Chunk) -> Option<()> {
		let (_, place) = TickSet::place(tick);
		let all = *chunk.shares.get(place)?;
		let newest = if chunk.newest_window == self.chunks.newest_window {
			*chunk.newest.get(place)?
		} else {
			0
		};
		self.lanes.set(tick, all > 0);
		self.older.set(tick, all > newest);
		Some(())
	}
}

/// A running settlement: the terms fixed when it began, and its progress. It serves requests first.
/// Then what is left at each tick above 0 joins the end of tick 0, the highest tick first.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct SettlementState {
	/// The last window whose requests take part.
	pub window: WindowIndex,
	/// The net asset value for redemptions when it began, before the cost of raising. With `supply`
	/// it is the price.
	pub nav: Balance,
	/// The shares in issue when it began.
	pub supply: Balance,
	/// The clearing tick, which everyone served gives up.
	pub tick: Tick,
	/// The ticks whose lanes are still to be served, from the highest.
	pub lanes: TickSet,
	/// Shares of the requests that take part.
	pub queued: Balance,
	/// Shares of them that are neither served nor have ended.
	pub waiting: Balance,
	/// USDai that the shares to be served bring before the cost of raising.
	pub proceeds: Balance,
	/// Part of it that raising the money has cost, which those who are served bear.
	pub cost: Balance,
	/// Shares that are still to be served, burnt when it began.
	pub shares_left: Balance,
	/// Shares served.
	pub served: Balance,
	/// USDai served.
	pub paid: Balance,
}

impl SettlementState {
	/// Returns the price of a share, before the clearing tick is given up.
	pub fn price(&self) -> Price {
		Price { nav: self.nav, supply: self.supply }
	}

	/// Returns the USDai for which shares are served, less their part of the cost of raising,
	/// rounded down.
	///
	/// # Errors
	/// Those of [`Price::proceeds`].
	pub fn assets(&self, shares: Balance) -> Result<Balance, MathError> {
		let gross = self.price().proceeds(shares, self.tick)?;
		if self.cost == 0 {
			return Ok(gross);
		}
		let paid = self.proceeds.checked_sub(self.cost).ok_or(MathError::Overflow)?;
		mul_div(gross, paid, self.proceeds, Rounding::Down)
	}
}

/// Windows of one length, back to back.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Epoch {
	/// Unix time at which its first window begins.
	pub since: Seconds,
	/// The number of its first window, not zero. The time before it belongs to the window before.
	pub first: WindowIndex,
	/// Seconds that each window lasts, not zero.
	pub length: Seconds,
	/// Seconds before the close of each window in which bids are revealed.
	pub reveal: Seconds,
	/// The same of the window before the first, which is of another epoch.
	pub reveal_before: Seconds,
}

impl Epoch {
	/// Returns the window of a time. The second of a boundary belongs to the window that begins
	/// with it.
	pub fn window_at(&self, time: Seconds) -> Option<WindowIndex> {
		match time.checked_sub(self.since) {
			None => self.first.checked_sub(1),
			Some(elapsed) => {
				let passed = WindowIndex::try_from(elapsed.checked_div(self.length)?).ok()?;
				self.first.checked_add(passed)
			}
		}
	}

	/// Returns the time at which a window closes: `since` for the one before the first.
	pub fn closes_at(&self, window: WindowIndex) -> Option<Seconds> {
		let passed = Seconds::from(window).checked_add(1)?.checked_sub(self.first.into())?;
		passed.checked_mul(self.length)?.checked_add(self.since)
	}

	/// Returns the seconds before the close of a window in which bids are revealed.
	pub fn reveal_of(&self, window: WindowIndex) -> Seconds {
		if window < self.first {
			self.reveal_before
		} else {
			self.reveal
		}
	}
}

/// The windows by the calendar: the present epoch and the next one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct WindowSchedule {
	/// Epoch that holds until the next one begins.
	pub current: Epoch,
	/// Epoch that holds from its beginning on, which is the close of a window.
	pub next: Option<Epoch>,
}

impl WindowSchedule {
	/// Returns the epoch of a time.
	pub fn epoch_at(&self, time: Seconds) -> Epoch {
		match self.next {
			Some(next) if next.since <= time => next,
			_ => self.current,
		}
	}

	/// Returns the epoch of a window. That of the window before the present epoch is forgotten, and
	/// the present one answers for it.
	pub fn epoch_of(&self, window: WindowIndex) -> Epoch {
		match self.next {
			Some(next) if next.first <= window => next,
			_ => self.current,
		}
	}

	/// Returns the epoch that begins after a window.
	pub fn coming_after(&self, window: WindowIndex) -> Option<Epoch> {
		self.next.filter(|next| next.first > window)
	}

	/// Returns the window of a time, by the calendar.
	pub fn window_at(&self, time: Seconds) -> Option<WindowIndex> {
		self.epoch_at(time).window_at(time)
	}

	/// Returns the time at which a window closes, by the calendar.
	pub fn closes_at(&self, window: WindowIndex) -> Option<Seconds> {
		self.epoch_of(window).closes_at(window)
	}

	/// Returns the time from which the bids of a window are revealed.
	pub fn reveal_from(&self, window: WindowIndex) -> Option<Seconds> {
		let epoch = self.epoch_of(window);
		// Saturating is safe here: a timestamp, not an amount.
		Some(epoch.closes_at(window)?.saturating_sub(epoch.reveal_of(window)))
	}
}

/// The window that takes requests.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OpenWindow {
	/// Its number.
	pub index: WindowIndex,
	/// Unix time from which its bids are revealed.
	pub reveal_from: Seconds,
	/// Unix time at which it closes.
	pub closes_at: Seconds,
	/// Seconds that it lasts by the calendar.
	pub length: Seconds,
}

/// Work of an idle block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum IdleWork {
	/// Writing the record of the day.
	#[codec(index = 0)]
	DayRecord,
	/// Starting a settlement.
	#[codec(index = 1)]
	StartSettlement,
	/// Serving requests of the running settlement.
	#[codec(index = 2)]
	Settle,
	/// Noting the price at which cancelling ends.
	#[codec(index = 3)]
	ReferencePrice,
	/// Paying the fee on the yield of the bills.
	#[codec(index = 20)]
	BillFee,
}

/// Value of the shares at a moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Value {
	/// The vault's ledger.
	pub ledger: LedgerBalances,
	/// Treasury bills at their marked value, in USDai.
	pub treasury_bills: Balance,
	/// Senior interest earned and not received, before the fee.
	pub accrued_interest: Balance,
	/// The treasury's part of the accrued interest.
	pub accrued_fee: Balance,
	/// Senior interest earned and not received, net of the fee, rounded down; negative where more
	/// was paid ahead.
	pub accrued_net: i128,
	/// Income that is received and not earned yet.
	pub locked: Balance,
	/// Fee on the yield of the bills that is due and not paid.
	pub bill_fee: Balance,
	/// Assets that count when shares are bought.
	pub for_deposits: Balance,
	/// True if it is known what the bills count for when shares are bought.
	pub bills_priced: bool,
	/// Assets that count when shares are redeemed.
	pub for_redemptions: Balance,
	/// Shares in issue.
	pub shares: Balance,
	/// `for_deposits / shares`, rounded up; 1 while there are no shares.
	pub deposit_price: FixedU128,
	/// `for_redemptions / shares`, rounded down; 1 while there are no shares.
	pub redemption_price: FixedU128,
}
