// SPDX-License-Identifier: Apache-2.0

//! Auction of the titles of a line in default, as one lot, to the highest bid in USDai.

use super::{covenants::Purpose, LineOp};
use crate::{
	frame_support::{
		dispatch::DispatchResult,
		ensure,
		traits::{tokens::fungible::MutateHold, Get},
		weights::Weight,
	},
	pallet::*,
	sp_runtime::DispatchError,
	types::{AuctionRecord, AuctionTerms, Bid},
	WeightInfo,
};
use caliber_math::Rounding;
use caliber_primitives::{
	credit::{AuctionPhase, AuctionReport, LineState},
	titles::TitlePart,
	traits::{Clock, TitleInspect},
	Balance, LineId, Seconds, ShareOf,
};

impl<T: Config> Pallet<T> {
	/// Returns the number of titles put up.
	pub(crate) fn do_start_auction(line_id: LineId) -> Result<u32, DispatchError> {
		let mut op = LineOp::<T>::load_accepted(line_id)?;
		ensure!(op.line.state == LineState::Defaulted, Error::<T>::NotDefaulted);
		ensure!(op.line.outstanding > 0, Error::<T>::NothingOwed);
		let from = op.sale_from().ok_or_else(Self::unexpected)?;
		ensure!(Self::now() >= from, Error::<T>::SaleTooEarly);
		let statuses = op.look(Purpose::Covenants);
		let values = T::Values::get();
		ensure!(!Self::is_curable(&op.line, &statuses, &values)?, Error::<T>::Curable);
		ensure!(!op.awaits_claims(&statuses, &values)?, Error::<T>::ClaimsOpen);
		let value = Self::forced_sale(&statuses, &values)?;
		let rules = op.rules(Purpose::Covenants);
		let reserve = rules.auction_reserve.share_of(value, Rounding::Up);
		let terms = AuctionTerms {
			min_increment: rules.min_increment,
			min_increment_amount: rules.min_increment_amount,
			duration: rules.auction_duration,
			extension: rules.bid_extension,
			discount: rules.relist_discount,
			relistings: rules.max_relistings,
			option_period: rules.curator_option_period,
			offer_binding: rules.offer_binding,
		};
		let auction = AuctionRecord::open(terms, reserve, Self::now()).map_err(Error::<T>::from)?;
		let (reserve, ends_at) = (auction.reserve, auction.ends_at);

		Auctions::<T>::insert(line_id, auction);
		op.transition(LineState::Liquidating)?;
		let lot = op.line.titles.clone();
		op.commit();
		let titles = lot.len() as u32;
		Self::deposit_event(Event::AuctionStarted { line: line_id, lot, reserve, ends_at });
		Ok(titles)
	}

	/// Returns the number of titles of the lot.
	pub(crate) fn do_bid(
		who: T::AccountId,
		line_id: LineId,
		amount: Balance,
	) -> Result<u32, DispatchError> {
		let auction = Self::auction_of(line_id)?;
		let now = Self::auction_time(&auction);
		match auction.phase(now) {
			AuctionPhase::Bidding => ensure!(!auction.is_over(now), Error::<T>::AuctionEnded),
			AuctionPhase::CuratorOption => return Err(Error::<T>::OptionRunning.into()),
			AuctionPhase::Resolution => (),
		}
		let op = LineOp::<T>::load(line_id)?;
		op.ensure_may_bid(&who)?;
		let minimum = auction.minimum_bid().map_err(Error::<T>::from)?;
		ensure!(amount >= minimum, Error::<T>::BidTooLow);
		let ends_at = auction.end_after_bid(now).map_err(Error::<T>::from)?;

		let before = auction.best.clone();
		let best = Some(Bid { bidder: who.clone(), amount, placed_at: Self::now() });
		let auction = AuctionRecord { ends_at, best, ..auction };
		let ends_at = Self::auction_ends_at(&auction);
		Auctions::<T>::insert(line_id, auction);
		let reason = HoldReason::AuctionBid.into();
		match before {
			Some(own) if own.bidder == who => {
				T::UsdAiHold::hold(&reason, &who, Self::checked_difference(amount, own.amount)?)?;
			}
			other => {
				T::UsdAiHold::hold(&reason, &who, amount)?;
				if let Some(outbid) = other {
					Self::release_bid(line_id, outbid)?;
				}
			}
		}
		Self::deposit_event(Event::BidPlaced { line: line_id, bidder: who, amount, ends_at });
		Ok(op.titles())
	}

	pub(crate) fn do_withdraw_bid(who: T::AccountId, line_id: LineId) -> DispatchResult {
		let auction = Self::auction_of(line_id)?;
		let best = auction
			.best
			.clone()
			.filter(|best| best.bidder == who)
			.ok_or(Error::<T>::NotBestBidder)?;
		let bound_until = Self::bound_until(&auction).ok_or(Error::<T>::BidBinding)?;
		ensure!(Self::now() >= bound_until, Error::<T>::BidBinding);
		Auctions::<T>::insert(line_id, AuctionRecord { best: None, ..auction });
		Self::release_bid(line_id, best)
	}

	/// Returns the number of titles handed over and of loans closed. Where nobody has bid, it
	/// returns the number of titles valued again, and zero.
	pub(crate) fn do_settle_auction(line_id: LineId) -> Result<(u32, u32), DispatchError> {
		let auction = Self::auction_of(line_id)?;
		ensure!(!auction.unsold, Error::<T>::NothingToSettle);
		ensure!(auction.is_over(Self::auction_time(&auction)), Error::<T>::AuctionRunning);
		match auction.best.clone() {
			None => {
				let titles = Self::put_up_again(line_id, auction)?;
				Ok((titles, 0))
			}
			Some(best) => {
				let op = LineOp::<T>::load(line_id)?;
				Self::take_bid(&best)?;
				op.liquidate(&best.bidder, best.amount)
			}
		}
	}

	/// Returns the number of titles handed over and of loans closed.
	pub(crate) fn do_credit_bid(
		who: T::AccountId,
		line_id: LineId,
	) -> Result<(u32, u32), DispatchError> {
		let auction = Self::auction_of(line_id)?;
		let op = LineOp::<T>::load(line_id)?;
		ensure!(who == op.line.curator, Error::<T>::NotLineCurator);
		let phase = auction.phase(Self::auction_time(&auction));
		ensure!(phase == AuctionPhase::CuratorOption, Error::<T>::NoOption);
		Self::transfer(&who, &Self::account_id(), auction.reserve)?;
		op.liquidate(&who, auction.reserve)
	}

	/// Returns the number of titles handed over and of loans closed.
	pub(crate) fn do_resolve_lot(
		line_id: LineId,
		to: T::AccountId,
		price: Balance,
	) -> Result<(u32, u32), DispatchError> {
		let auction = Self::auction_of(line_id)?;
		let phase = auction.phase(Self::auction_time(&auction));
		ensure!(phase == AuctionPhase::Resolution, Error::<T>::NotInResolution);
		let op = LineOp::<T>::load(line_id)?;
		let (to, price) = match auction.best {
			// The best bidder pays its whole offer, never less than is asked.
			Some(best) if price > 0 || best.bidder == to => {
				ensure!(best.amount >= price, Error::<T>::NoSuchOffer);
				Self::take_bid(&best)?;
				(best.bidder, best.amount)
			}
			// A gift is to whom governance means, and no small offer comes before it.
			passed_over => {
				ensure!(price == 0, Error::<T>::NoSuchOffer);
				if let Some(best) = passed_over {
					Self::release_bid(line_id, best)?;
				}
				(to, 0)
			}
		};
		op.liquidate(&to, price)
	}

	/// Returns the time of the auction's clock, unix seconds: it stands still while the chain makes
	/// no blocks.
	pub(crate) fn auction_time(auction: &AuctionRecord<T::AccountId>) -> Seconds {
		let stood_still = Self::auction_ends_at(auction).saturating_sub(auction.ends_at);
		Self::now().saturating_sub(stood_still)
	}

	/// Returns the time from which no bid is taken, or the curator's option is over, unix seconds.
	/// An outage of the chain makes it later.
	pub(crate) fn auction_ends_at(auction: &AuctionRecord<T::AccountId>) -> Seconds {
		T::Clock::end_of(auction.began_at, auction.ends_at)
	}

	/// Returns the time from which the best bid may be taken back, unix seconds. An outage of the
	/// chain makes it later. None where there is no bid, or it binds until it is exceeded or wins.
	fn bound_until(auction: &AuctionRecord<T::AccountId>) -> Option<Seconds> {
		let until = auction.bound_until(Self::auction_time(auction))?;
		Some(T::Clock::end_of(auction.best.as_ref()?.placed_at, until))
	}

	/// Returns the weight of a payment beyond its own weight: one that closed the last loan of a line
	/// may have ended an auction.
	pub(crate) fn closing_weight(closed: bool) -> Weight {
		match closed {
			true => T::WeightInfo::cancel_auction(),
			false => Weight::zero(),
		}
	}

	/// Returns the weight of the settlement of a round without bids, which values `titles` again.
	pub(crate) fn relisting_weight(titles: u32) -> Weight {
		T::WeightInfo::settle_auction(0, 0).saturating_add(T::WeightInfo::reassess(titles))
	}

	/// Returns the auction of a line as bidders see it.
	pub(crate) fn auction_report(line_id: LineId) -> Option<AuctionReport<T::AccountId>> {
		let auction = Auctions::<T>::get(line_id)?;
		let op = LineOp::<T>::load(line_id).ok()?;
		let now = Self::auction_time(&auction);
		let phase = auction.phase(now);
		let takes_bids = match phase {
			AuctionPhase::Bidding => !auction.is_over(now),
			AuctionPhase::CuratorOption => false,
			AuctionPhase::Resolution => true,
		};
		Some(AuctionReport {
			reinstatement_cost: op.reinstatement_cost(),
			lot: op.line.titles.into_inner(),
			phase,
			round: auction.round,
			started_at: auction.started_at,
			ends_at: Self::auction_ends_at(&auction),
			reserve: auction.reserve,
			minimum_bid: takes_bids.then(|| auction.minimum_bid().ok()).flatten(),
			bound_until: Self::bound_until(&auction),
			is_won: auction.is_won(now),
			best_bid: auction.best.as_ref().map(|best| best.amount),
			bidder: auction.best.map(|best| best.bidder),
		})
	}

	fn auction_of(line_id: LineId) -> Result<AuctionRecord<T::AccountId>, Error<T>> {
		Auctions::<T>::get(line_id).ok_or(Error::NoAuction)
	}

	/// Puts the lot up again after a round without bids; the expected recovery falls in the same
	/// block. Returns the number of titles valued again.
	fn put_up_again(
		line_id: LineId,
		auction: AuctionRecord<T::AccountId>,
	) -> Result<u32, DispatchError> {
		let mut op = LineOp::<T>::load(line_id)?;
		let next = auction.after_no_bid(Self::now()).map_err(Error::<T>::from)?;
		let (round, reserve, ends_at) = (next.round, next.reserve, next.ends_at);
		let event = if next.unsold {
			Event::LotUnsold { line: line_id, reserve, option_until: ends_at }
		} else {
			Event::LotRelisted { line: line_id, round, reserve, ends_at }
		};
		Auctions::<T>::insert(line_id, next);
		Self::deposit_event(event);
		let statuses = op.look(Purpose::Covenants);
		op.assess(&statuses)?;
		let titles = op.titles();
		op.commit();
		Ok(titles)
	}

	/// Releases a bid. A bidder's account that is closed to deposits stops nobody.
	fn release_bid(line_id: LineId, bid: Bid<T::AccountId>) -> DispatchResult {
		let Bid { bidder, amount, .. } = bid;
		Self::free_hold(HoldReason::AuctionBid, &bidder, amount)?;
		Self::deposit_event(Event::BidReleased { line: line_id, bidder, amount });
		Ok(())
	}
}

impl<T: Config> LineOp<T> {
	/// Returns the time from which the titles of a line in default are sold, unix seconds: an outage of
	/// the chain makes it later. None for a line that is not in default.
	pub(crate) fn sale_from(&self) -> Option<Seconds> {
		let defaulted_at = self.line.defaulted_at?;
		let delay = self.rules(Purpose::Covenants).auction_delay;
		// A time beyond all times is never reached.
		Some(T::Clock::end_of(defaulted_at, defaulted_at.saturating_add(delay)))
	}

	/// Ensures that an account may bid for the lot: none that can lower what others give for it, or
	/// what the savers lose by it.
	fn ensure_may_bid(&self, who: &T::AccountId) -> Result<(), Error<T>> {
		ensure!(*who != self.line.borrower, Error::SellerMayNotBid);
		ensure!(*who != self.line.curator, Error::CuratorMayNotBid);
		let mut parts = self.line.titles.iter().filter_map(|title| T::Titles::part(*title, who));
		match parts.next() {
			None => Ok(()),
			Some(TitlePart::Custodian) => Err(Error::CustodianMayNotBid),
			Some(TitlePart::Insurer) => Err(Error::InsurerMayNotBid),
			Some(TitlePart::Appraiser) => Err(Error::AppraiserMayNotBid),
		}
	}

	/// Ends the auction of a line on which nothing is owed any more; the borrower may free its
	/// titles. A lot that was won is the bidder's.
	pub(crate) fn cancel_auction(&mut self) -> DispatchResult {
		let auction = Auctions::<T>::take(self.id).ok_or_else(Pallet::<T>::unexpected)?;
		let won = auction.is_won(Pallet::<T>::auction_time(&auction));
		ensure!(!won, Error::<T>::LotWon);
		self.transition(LineState::Open)?;
		if let Some(best) = auction.best {
			Pallet::<T>::release_bid(self.id, best)?;
		}
		Pallet::<T>::deposit_event(Event::AuctionCancelled { line: self.id });
		Ok(())
	}
}
