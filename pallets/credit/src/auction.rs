// SPDX-License-Identifier: Apache-2.0

//! An auction of a line's titles: what is kept of it, and what time and bids make of it. Pure.

use crate::sp_runtime::Perbill;
use caliber_math::{mul_div, share_of, MathError, Rounding, PPB};
use caliber_primitives::{credit::AuctionPhase, Balance, Seconds};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// The rules of an auction, as governance had them when it began: what is changed later does not
/// reach it.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct AuctionTerms {
	/// By what share of the best bid another has to exceed it, rounded up; by a unit at least.
	pub min_increment: Perbill,
	/// How long each round takes bids.
	pub duration: Seconds,
	/// How long a round goes on after a bid, at least.
	pub extension: Seconds,
	/// By what share the reserve price falls from round to round.
	pub discount: Perbill,
	/// How often the lot is put up again when nobody bids.
	pub relistings: u32,
	/// How long the curator may take an unsold lot.
	pub option_period: Seconds,
}

/// A bid, in USDai on hold.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Bid<AccountId> {
	/// Who made it.
	pub bidder: AccountId,
	/// What is on hold for it.
	pub amount: Balance,
	/// When it was made or last raised, unix seconds.
	pub placed_at: Seconds,
}

/// The auction of a line's titles as one lot.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct AuctionRecord<AccountId> {
	/// Its rules.
	pub terms: AuctionTerms,
	/// When the lot was first put up, unix seconds.
	pub started_at: Seconds,
	/// From when on no bid is taken, or the curator's option is over, unix seconds.
	pub ends_at: Seconds,
	/// How often the lot was put up again.
	pub round: u32,
	/// The reserve price of this round, in USDai; never zero.
	pub reserve: Balance,
	/// The best bid.
	pub best: Option<Bid<AccountId>>,
	/// Whether every round went without a bid.
	pub unsold: bool,
}

impl<AccountId> AuctionRecord<AccountId> {
	/// The first round of an auction that begins now.
	pub fn open(terms: AuctionTerms, reserve: Balance, now: Seconds) -> Result<Self, MathError> {
		Ok(Self {
			terms,
			started_at: now,
			ends_at: later(now, terms.duration)?,
			round: 0,
			reserve: reserve.max(1),
			best: None,
			unsold: false,
		})
	}

	/// Where the auction stands at `now`.
	pub fn phase(&self, now: Seconds) -> AuctionPhase {
		match (self.unsold, self.is_over(now)) {
			(false, _) => AuctionPhase::Bidding,
			(true, false) => AuctionPhase::CuratorOption,
			(true, true) => AuctionPhase::Resolution,
		}
	}

	/// Whether the round, or the curator's option, is over at `now`.
	pub fn is_over(&self, now: Seconds) -> bool {
		now >= self.ends_at
	}

	/// From when on the best bid may be taken back: an offer to governance binds for as long as a round
	/// takes. None without a bid, and in a round, where one binds until it is exceeded or wins.
	pub fn bound_until(&self, now: Seconds) -> Option<Seconds> {
		let best = self.best.as_ref()?;
		// An end beyond all times is never reached.
		(self.phase(now) == AuctionPhase::Resolution)
			.then(|| best.placed_at.saturating_add(self.terms.duration))
	}

	/// Whether there is a best bid that its bidder cannot take back at `now`.
	pub fn is_bound(&self, now: Seconds) -> bool {
		self.best.is_some() && self.bound_until(now).is_none_or(|until| now < until)
	}

	/// The least that may be bid, or offered to governance, whether or not bids are taken now.
	pub fn minimum_bid(&self) -> Result<Balance, MathError> {
		match &self.best {
			Some(best) => {
				let share = self.terms.min_increment.deconstruct();
				let increment = share_of(best.amount, share, Rounding::Up)?.max(1);
				best.amount.checked_add(increment).ok_or(MathError::Overflow)
			}
			None if self.unsold => Ok(1),
			None => Ok(self.reserve),
		}
	}

	/// The most that the lot will bring by what the rounds so far have shown: nobody gave more than
	/// this round asks, or than its best bid. None in the first round.
	pub fn shown_value(&self) -> Option<Balance> {
		let best = self.best.as_ref().map_or(0, |best| best.amount);
		(self.round > 0 || self.unsold).then(|| self.reserve.max(best))
	}

	/// When the round ends if a bid is made at `now`: not before the extension is over.
	pub fn end_after_bid(&self, now: Seconds) -> Result<Seconds, MathError> {
		match self.phase(now) {
			AuctionPhase::Bidding => Ok(self.ends_at.max(later(now, self.terms.extension)?)),
			_ => Ok(self.ends_at),
		}
	}

	/// What follows a round without bids: another at a lower reserve price, or the curator's option.
	pub fn after_no_bid(self, now: Seconds) -> Result<Self, MathError> {
		if self.round >= self.terms.relistings {
			let ends_at = later(now, self.terms.option_period)?;
			return Ok(Self { ends_at, unsold: true, ..self });
		}
		// A `Perbill` is never more than the whole.
		let kept = u128::from(PPB - self.terms.discount.deconstruct());
		let reserve = mul_div(self.reserve, kept, PPB.into(), Rounding::Down)?.max(1);
		let ends_at = later(now, self.terms.duration)?;
		Ok(Self { round: self.round + 1, reserve, ends_at, ..self })
	}
}

fn later(now: Seconds, span: Seconds) -> Result<Seconds, MathError> {
	now.checked_add(span).ok_or(MathError::Overflow)
}
