// SPDX-License-Identifier: Apache-2.0

//! What the vault keeps in storage.

use caliber_math::{
	auction::{Price, CHUNK, CHUNKS},
	MathError,
};
use caliber_primitives::{traits::Accrual, Balance, RequestId, Seconds, WindowIndex};
use codec::{Decode, Encode, MaxEncodedLen};
use polkadot_sdk::{sp_core::H256, sp_runtime::FixedU128};
use scale_info::TypeInfo;

/// What requests offer to give up of their proceeds, in basis points. Zero offers nothing.
pub type Tick = u16;

/// The tick of a request that offers nothing.
pub const NO_BID: Tick = 0;

/// The vault's own books, in USDai.
///
/// They say what savers own. The balance of the vault's account may only be larger than
/// `idle + reserved + claimable`: what somebody sends to the account is nobody's.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Books {
	/// May be lent, or set aside for redemptions.
	pub idle: Balance,
	/// Set aside for the settlement that is running; no longer part of the net asset value.
	pub reserved: Balance,
	/// Served to requests and not claimed yet: a debt of the vault.
	pub claimable: Balance,
	/// Senior principal that borrowers owe.
	pub principal_out: Balance,
	/// Part of `principal_out` that is not expected back.
	pub impairment: Balance,
	/// Principal that was written off, since the beginning.
	pub bad_debt: Balance,
}

/// Interest that accrues over all loans, in two numbers: `per_second = Σ rᵢ` and
/// `offset = Σ rᵢ · sinceᵢ`, so that what has accrued at `t` is `t · per_second − offset`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct YieldBook {
	/// Interest that all loans earn in a second.
	pub per_second: Balance,
	/// The interest a second of each loan, times the time from which it counts.
	pub offset: Balance,
}

impl YieldBook {
	/// Interest earned and not received at `now`, before the fee.
	///
	/// A loan whose `since` lies ahead of `now` has paid for time that is still to come: it counts
	/// against what the others have earned. Where that leaves less than nothing the answer is zero,
	/// so that a deposit never pays less than the redemption price.
	pub fn accrued(&self, now: Seconds) -> Result<Balance, MathError> {
		let until_now =
			self.per_second.checked_mul(Balance::from(now)).ok_or(MathError::Overflow)?;
		// Not below the offset, so the difference is exact.
		Ok(until_now.max(self.offset) - self.offset)
	}

	/// Count a loan in.
	pub fn add(&mut self, accrual: Accrual) -> Result<(), MathError> {
		self.offset =
			self.offset.checked_add(Self::weighted(accrual)?).ok_or(MathError::Overflow)?;
		self.per_second =
			self.per_second.checked_add(accrual.per_second).ok_or(MathError::Overflow)?;
		Ok(())
	}

	/// Count a loan out; `None` when it cannot have been counted in.
	pub fn remove(&mut self, accrual: Accrual) -> Option<()> {
		self.offset = self.offset.checked_sub(Self::weighted(accrual).ok()?)?;
		self.per_second = self.per_second.checked_sub(accrual.per_second)?;
		Some(())
	}

	fn weighted(accrual: Accrual) -> Result<Balance, MathError> {
		accrual.per_second.checked_mul(Balance::from(accrual.since)).ok_or(MathError::Overflow)
	}
}

/// A sealed bid, and whether it has been opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Bid {
	/// blake2_256 of the encoded request, tick and salt.
	pub commitment: H256,
	/// Whether the tick has been revealed. It may be once.
	pub revealed: bool,
}

/// A request to redeem shares.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Request<AccountId> {
	/// Who asked and who is paid.
	pub owner: AccountId,
	/// Shares that wait to be served. The request stands in the queue while there are any.
	pub shares: Balance,
	/// USDai served and not claimed.
	pub claimable: Balance,
	/// The window in which it joined its lane: that in which it was made, or its tick revealed.
	pub window: WindowIndex,
	/// What the owner offers to give up of the proceeds: the lane it stands in.
	pub tick: Tick,
	/// The bid that was sealed for it last.
	pub bid: Option<Bid>,
	/// CLBR on hold for it.
	pub deposit: Balance,
	/// The request before it in its lane.
	pub previous: Option<RequestId>,
	/// The request behind it in its lane.
	pub next: Option<RequestId>,
}

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
	/// Count in shares of a request that joins in `window`, not before any that has joined.
	pub fn join(&mut self, place: usize, window: WindowIndex, shares: Balance) -> Option<()> {
		if self.newest_window != window {
			self.newest_window = window;
			self.newest = [0; N];
		}
		let newest = self.newest.get_mut(place)?;
		*newest = newest.checked_add(shares)?;
		let all = self.shares.get_mut(place)?;
		*all = all.checked_add(shares)?;
		Some(())
	}

	/// Count out shares of a request that joined in `window`.
	pub fn leave(&mut self, place: usize, window: WindowIndex, shares: Balance) -> Option<()> {
		if self.newest_window == window {
			let newest = self.newest.get_mut(place)?;
			*newest = newest.checked_sub(shares)?;
		}
		let all = self.shares.get_mut(place)?;
		*all = all.checked_sub(shares)?;
		Some(())
	}

	/// Shares of the requests that joined in `window` or before. There is no window after the one
	/// that follows `window`.
	pub fn until(&self, window: WindowIndex) -> Option<[Balance; N]> {
		let mut shares = self.shares;
		if self.newest_window > window {
			for (all, newest) in shares.iter_mut().zip(&self.newest) {
				*all = all.checked_sub(*newest)?;
			}
		}
		Some(shares)
	}

	/// Whether no shares are counted.
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
	/// The chunk of a tick, and the tick's place in it.
	pub fn place(tick: Tick) -> (usize, usize) {
		(usize::from(tick) / CHUNK, usize::from(tick) % CHUNK)
	}

	/// Put a tick in, or take it out.
	pub fn set(&mut self, tick: Tick, is_in: bool) {
		let (chunk, bit) = Self::place(tick);
		if let Some(word) = self.0.get_mut(chunk) {
			let mask = 1_u64 << bit;
			*word = if is_in { *word | mask } else { *word & !mask };
		}
	}

	/// Whether a tick is in.
	pub fn contains(&self, tick: Tick) -> bool {
		let (chunk, bit) = Self::place(tick);
		self.0.get(chunk).is_some_and(|word| word & (1_u64 << bit) != 0)
	}

	/// The highest tick that is in.
	pub fn highest(&self) -> Option<Tick> {
		let (chunk, word) = self.0.iter().enumerate().rev().find(|(_, word)| **word != 0)?;
		let bit = usize::try_from(word.ilog2()).ok()?;
		Tick::try_from(chunk.checked_mul(CHUNK)?.checked_add(bit)?).ok()
	}

	/// Take out all ticks below `lowest`.
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

/// The queue at a glance: what a settlement reads to find its ticks, however many requests wait.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct QueueSummary {
	/// The shares of each chunk of ticks.
	pub chunks: Sums<CHUNKS>,
	/// The ticks whose lanes have requests.
	pub lanes: TickSet,
	/// Those whose lanes have requests that joined before the latest window.
	pub older: TickSet,
}

impl QueueSummary {
	/// Count a request in, of which its chunk knows already.
	pub fn join(
		&mut self,
		tick: Tick,
		chunk: &Chunk,
		window: WindowIndex,
		shares: Balance,
	) -> Option<()> {
		if self.chunks.newest_window != window {
			self.older = self.lanes;
		}
		self.chunks.join(TickSet::place(tick).0, window, shares)?;
		self.mark(tick, chunk)
	}

	/// Count a request out, of which its chunk knows already.
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

	/// The ticks whose lanes have requests that joined in `window` or before. There is no window
	/// after the one that follows `window`.
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

/// A settlement that is running: what was fixed when it began, and how far it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct SettlementState {
	/// The last window whose requests take part.
	pub window: WindowIndex,
	/// The net asset value for redemptions when it began. With `supply` it is the price.
	pub nav: Balance,
	/// The shares in issue when it began.
	pub supply: Balance,
	/// The clearing tick: what everyone served gives up.
	pub tick: Tick,
	/// The ticks whose lanes are still to be served, from the highest.
	pub lanes: TickSet,
	/// Shares of the requests that take part.
	pub queued: Balance,
	/// Shares that are still to be served, burnt when it began.
	pub shares_left: Balance,
	/// Shares served.
	pub served: Balance,
	/// USDai served.
	pub paid: Balance,
}

impl SettlementState {
	/// The price of a share, before the clearing tick is given up.
	pub fn price(&self) -> Price {
		Price { nav: self.nav, supply: self.supply }
	}
}

/// Windows of one length, back to back.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Epoch {
	/// When its first window begins, unix seconds.
	pub since: Seconds,
	/// The number of its first window, not zero: what lies before is the window before.
	pub first: WindowIndex,
	/// Seconds that each window lasts, not zero.
	pub length: Seconds,
	/// Seconds before the close of each window in which bids are revealed.
	pub reveal: Seconds,
}

impl Epoch {
	/// The window of a time. The second of a boundary belongs to the window that begins with it.
	pub fn window_at(&self, time: Seconds) -> Option<WindowIndex> {
		match time.checked_sub(self.since) {
			None => self.first.checked_sub(1),
			Some(elapsed) => {
				let passed = WindowIndex::try_from(elapsed.checked_div(self.length)?).ok()?;
				self.first.checked_add(passed)
			}
		}
	}

	/// When a window closes: `since` for the one before the first.
	pub fn closes_at(&self, window: WindowIndex) -> Option<Seconds> {
		let passed = Seconds::from(window).checked_add(1)?.checked_sub(self.first.into())?;
		passed.checked_mul(self.length)?.checked_add(self.since)
	}

	/// From when bids are revealed, if `window` closes at `closes_at`.
	pub fn reveal_from(&self, closes_at: Seconds) -> Seconds {
		// A time, not money; before 1970 nothing is revealed.
		closes_at.saturating_sub(self.reveal)
	}
}

/// The windows: how long they are, and how long they are going to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Schedule {
	/// What holds until the next epoch begins.
	pub current: Epoch,
	/// What holds from its beginning on, which is the end of a window.
	pub next: Option<Epoch>,
}

impl Schedule {
	/// The epoch of a time.
	pub fn epoch_at(&self, time: Seconds) -> Epoch {
		match self.next {
			Some(next) if next.since <= time => next,
			_ => self.current,
		}
	}

	/// The change that is still to come at a time.
	pub fn coming(&self, time: Seconds) -> Option<Epoch> {
		self.next.filter(|next| next.since > time)
	}
}

/// What a share was worth when a day began.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Checkpoint {
	/// When it was written, unix seconds.
	pub at: Seconds,
	/// The redemption price, USDai a share.
	pub price: FixedU128,
}

/// What the shares are worth at a moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Value {
	/// The vault's books.
	pub books: Books,
	/// Treasury bills at their marked value.
	pub treasury_bills: Balance,
	/// Senior interest earned and not received, before the fee.
	pub accrued_interest: Balance,
	/// The treasury's part of the accrued interest.
	pub accrued_fee: Balance,
	/// Assets that count when shares are bought.
	pub for_deposits: Balance,
	/// Whether it is known what the bills count for when shares are bought.
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
