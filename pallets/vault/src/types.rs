// SPDX-License-Identifier: Apache-2.0

//! What the vault keeps in storage.

use caliber_math::MathError;
use caliber_primitives::{traits::Accrual, Balance, RequestId, Seconds, WindowIndex};
use codec::{Decode, Encode, MaxEncodedLen};
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

/// A request to redeem shares.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Request<AccountId> {
	/// Who asked and who is paid.
	pub owner: AccountId,
	/// Shares that wait to be served. The request stands in the queue while there are any.
	pub shares: Balance,
	/// USDai served and not claimed.
	pub claimable: Balance,
	/// The window in which it was made.
	pub window: WindowIndex,
	/// What the owner offers to give up of the proceeds: the lane it stands in.
	pub tick: Tick,
	/// CLBR on hold for it.
	pub deposit: Balance,
	/// The request before it in its lane.
	pub previous: Option<RequestId>,
	/// The request behind it in its lane.
	pub next: Option<RequestId>,
}

/// The requests of one tick, first in first out: a list that is linked through the requests, so
/// that joining, leaving and serving each take the same effort however long it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Lane {
	/// The request that is served next.
	pub head: Option<RequestId>,
	/// The request that came last.
	pub tail: Option<RequestId>,
	/// Shares of all requests in the lane.
	pub shares: Balance,
	/// The latest window of which a request has joined.
	pub newest_window: WindowIndex,
	/// Shares of the requests of that window.
	pub newest_shares: Balance,
}

impl Lane {
	/// Shares of the requests of `window` and of those before it.
	///
	/// Requests join in the order of their windows, and there is no window after the one that
	/// follows `window`, the last to be closed.
	pub fn shares_until(&self, window: WindowIndex) -> Option<Balance> {
		if self.newest_window > window {
			self.shares.checked_sub(self.newest_shares)
		} else {
			Some(self.shares)
		}
	}

	/// Count in shares of a request of `window`, not before any that has joined.
	pub fn join(&mut self, window: WindowIndex, shares: Balance) -> Option<()> {
		if self.newest_window != window {
			self.newest_window = window;
			self.newest_shares = 0;
		}
		self.newest_shares = self.newest_shares.checked_add(shares)?;
		self.shares = self.shares.checked_add(shares)?;
		Some(())
	}

	/// Count out shares of a request of `window`.
	pub fn leave(&mut self, window: WindowIndex, shares: Balance) -> Option<()> {
		if self.newest_window == window {
			self.newest_shares = self.newest_shares.checked_sub(shares)?;
		}
		self.shares = self.shares.checked_sub(shares)?;
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
	/// Shares of the requests that take part.
	pub queued: Balance,
	/// Shares that are still to be served, burnt when it began.
	pub shares_left: Balance,
	/// Shares served.
	pub served: Balance,
	/// USDai served.
	pub paid: Balance,
}
