// SPDX-License-Identifier: Apache-2.0

//! Record of an auction of a line's titles, and the course of its price.

use crate::sp_runtime::{PerThing, Perbill};
use caliber_math::{MathError, Rounding};
use caliber_primitives::{credit::AuctionPhase, Balance, Seconds, ShareOf};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Rules of an auction: those of the version under which its line opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct AuctionTerms {
	/// Share of the best bid by which another has to exceed it, rounded up; a unit at least.
	pub min_increment: Perbill,
	/// Amount by which another bid has to exceed the best at least, in USDai.
	pub min_increment_amount: Balance,
	/// Time for which each round takes bids, in seconds.
	pub duration: Seconds,
	/// Least time for which a round goes on after a bid, in seconds.
	pub extension: Seconds,
	/// Share by which the reserve price falls from round to round.
	pub discount: Perbill,
	/// Number of times that the lot is put up again when nobody bids.
	pub relistings: u32,
	/// Time for which the curator may take an unsold lot, in seconds.
	pub option_period: Seconds,
	/// Time for which an offer to governance binds, in seconds.
	pub offer_binding: Seconds,
}

/// A bid, in USDai on hold.
#[derive(Clone, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Bid<AccountId> {
	/// Account that made it.
	pub bidder: AccountId,
	/// Amount on hold for it, in USDai.
	pub amount: Balance,
	/// Time at which it was made or last raised, unix seconds.
	pub placed_at: Seconds,
}

/// The auction of a line's titles as one lot.
#[derive(Clone, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct AuctionRecord<AccountId> {
	/// Its rules.
	pub terms: AuctionTerms,
	/// Time at which the lot was first put up, unix seconds.
	pub started_at: Seconds,
	/// Time at which this round, or the curator's option, began, unix seconds.
	pub began_at: Seconds,
	/// Time from which no bid is taken, or the curator's option is over, unix seconds, by the clock
	/// of the auction: it stands still while the chain makes no blocks.
	pub ends_at: Seconds,
	/// Number of times that the lot was put up again.
	pub round: u32,
	/// The reserve price of this round, in USDai; never zero.
	pub reserve: Balance,
	/// The best bid.
	pub best: Option<Bid<AccountId>>,
	/// True if every round went without a bid.
	pub unsold: bool,
}

impl<AccountId> AuctionRecord<AccountId> {
	/// Returns the first round of an auction that begins now.
	pub fn open(terms: AuctionTerms, reserve: Balance, now: Seconds) -> Result<Self, MathError> {
		Ok(Self {
			terms,
			started_at: now,
			began_at: now,
			ends_at: later(now, terms.duration)?,
			round: 0,
			reserve: reserve.max(1),
			best: None,
			unsold: false,
		})
	}

	/// Returns the phase of the auction at `now`, by its clock.
	pub fn phase(&self, now: Seconds) -> AuctionPhase {
		match (self.unsold, self.is_over(now)) {
			(false, _) => AuctionPhase::Bidding,
			(true, false) => AuctionPhase::CuratorOption,
			(true, true) => AuctionPhase::Resolution,
		}
	}

	/// Returns true if the round, or the curator's option, is over at `now`, by its clock.
	pub fn is_over(&self, now: Seconds) -> bool {
		now >= self.ends_at
	}

	/// Returns true if the end of a round has passed with a bid at `now`, by its clock: the lot is the
	/// bidder's.
	pub fn is_won(&self, now: Seconds) -> bool {
		!self.unsold && self.best.is_some() && self.is_over(now)
	}

	/// Returns the time from which the best bid may be taken back: an offer to governance outlasts
	/// the referendum that may accept it. None without a bid, and in a round, where a bid binds
	/// until it is exceeded or wins.
	pub fn bound_until(&self, now: Seconds) -> Option<Seconds> {
		let best = self.best.as_ref()?;
		// An end beyond all times is never reached.
		(self.phase(now) == AuctionPhase::Resolution)
			.then(|| best.placed_at.saturating_add(self.terms.offer_binding))
	}

	/// Returns the least amount that may be bid, or offered to governance, whether or not bids are
	/// taken now, in USDai.
	pub fn minimum_bid(&self) -> Result<Balance, MathError> {
		match &self.best {
			Some(best) => {
				let share = self.terms.min_increment.share_of(best.amount, Rounding::Up);
				let increment = share.max(self.terms.min_increment_amount).max(1);
				best.amount.checked_add(increment).ok_or(MathError::Overflow)
			}
			None if self.unsold => Ok(1),
			None => Ok(self.reserve),
		}
	}

	/// Returns the most that the lot will bring as the rounds so far have shown: nobody gave more
	/// than this round asks, or than its best bid. None in the first round.
	pub fn shown_value(&self) -> Option<Balance> {
		let best = self.best.as_ref().map_or(0, |best| best.amount);
		(self.round > 0 || self.unsold).then(|| self.reserve.max(best))
	}

	/// Returns the end of the round if a bid is made at `now`, by its clock: not before the extension
	/// is over.
	pub fn end_after_bid(&self, now: Seconds) -> Result<Seconds, MathError> {
		match self.phase(now) {
			AuctionPhase::Bidding => Ok(self.ends_at.max(later(now, self.terms.extension)?)),
			_ => Ok(self.ends_at),
		}
	}

	/// Returns the auction after a round without bids: another round at a lower reserve price, or
	/// the curator's option.
	pub fn after_no_bid(self, now: Seconds) -> Result<Self, MathError> {
		if self.round >= self.terms.relistings {
			let ends_at = later(now, self.terms.option_period)?;
			return Ok(Self { began_at: now, ends_at, unsold: true, ..self });
		}
		let kept = self.terms.discount.left_from_one();
		let reserve = kept.share_of(self.reserve, Rounding::Down).max(1);
		let ends_at = later(now, self.terms.duration)?;
		Ok(Self { round: self.round + 1, reserve, began_at: now, ends_at, ..self })
	}
}

/// Returns `now + span`.
fn later(now: Seconds, span: Seconds) -> Result<Seconds, MathError> {
	now.checked_add(span).ok_or(MathError::Overflow)
}
