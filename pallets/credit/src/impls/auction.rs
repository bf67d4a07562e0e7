// SPDX-License-Identifier: Apache-2.0

//! Auction of the titles of a line in default, as one lot, to the highest bid in USDai.

use crate::{
	frame_support::{
		dispatch::DispatchResult,
		ensure,
		traits::{tokens::fungible::MutateHold, Get},
		weights::Weight,
	},
	pallet::*,
	sp_runtime::DispatchError,
	types::{AuctionRecord, AuctionTerms, Bid, LineRecordOf},
	WeightInfo,
};
use caliber_math::Rounding;
use caliber_primitives::{
	credit::{AuctionPhase, AuctionReport, LineState},
	Balance, LineId, LoanId, ShareOf,
};

impl<T: Config> Pallet<T> {
	/// Returns the number of titles put up.
	pub(crate) fn do_start_auction(line_id: LineId) -> Result<u32, DispatchError> {
		let mut line = Self::accepted_line(line_id)?;
		ensure!(line.state == LineState::Defaulted, Error::<T>::NotDefaulted);
		ensure!(line.outstanding > 0, Error::<T>::NothingOwed);
		let statuses = Self::collateral_statuses(line_id, &line);
		ensure!(!Self::is_curable(&line, &statuses)?, Error::<T>::Curable);
		let value = Self::forced_sale(&statuses)?;
		let reserve = T::AuctionReserve::get().share_of(value, Rounding::Up);
		let terms = AuctionTerms {
			min_increment: T::MinIncrement::get(),
			duration: T::AuctionDuration::get(),
			extension: T::BidExtension::get(),
			discount: T::RelistDiscount::get(),
			relistings: T::MaxRelistings::get(),
			option_period: T::CuratorOptionPeriod::get(),
		};
		let auction = AuctionRecord::open(terms, reserve, Self::now()).map_err(Error::<T>::from)?;
		let (reserve, ends_at) = (auction.reserve, auction.ends_at);

		Auctions::<T>::insert(line_id, auction);
		Self::transition(line_id, &mut line, LineState::Liquidating)?;
		let lot = line.titles.clone();
		Lines::<T>::insert(line_id, line);
		let titles = lot.len() as u32;
		Self::deposit_event(Event::AuctionStarted { line: line_id, lot, reserve, ends_at });
		Ok(titles)
	}

	pub(crate) fn do_bid(who: T::AccountId, line_id: LineId, amount: Balance) -> DispatchResult {
		let auction = Self::auction_of(line_id)?;
		let now = Self::now();
		match auction.phase(now) {
			AuctionPhase::Bidding => ensure!(!auction.is_over(now), Error::<T>::AuctionEnded),
			AuctionPhase::CuratorOption => return Err(Error::<T>::OptionRunning.into()),
			AuctionPhase::Resolution => (),
		}
		let line = Self::line_of(line_id)?;
		ensure!(who != line.borrower, Error::<T>::SellerMayNotBid);
		let minimum = auction.minimum_bid().map_err(Error::<T>::from)?;
		ensure!(amount >= minimum, Error::<T>::BidTooLow);
		let ends_at = auction.end_after_bid(now).map_err(Error::<T>::from)?;

		let before = auction.best.clone();
		let best = Some(Bid { bidder: who.clone(), amount, placed_at: now });
		Auctions::<T>::insert(line_id, AuctionRecord { ends_at, best, ..auction });
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
		Ok(())
	}

	pub(crate) fn do_withdraw_bid(who: T::AccountId, line_id: LineId) -> DispatchResult {
		let auction = Self::auction_of(line_id)?;
		let best = auction
			.best
			.clone()
			.filter(|best| best.bidder == who)
			.ok_or(Error::<T>::NotBestBidder)?;
		ensure!(!auction.is_bound(Self::now()), Error::<T>::BidBinding);
		Auctions::<T>::insert(line_id, AuctionRecord { best: None, ..auction });
		Self::release_bid(line_id, best)
	}

	/// Returns the number of titles handed over and of loans closed. Where nobody has bid, it
	/// returns the number of titles valued again, and zero.
	pub(crate) fn do_settle_auction(line_id: LineId) -> Result<(u32, u32), DispatchError> {
		let auction = Self::auction_of(line_id)?;
		ensure!(!auction.unsold, Error::<T>::NothingToSettle);
		ensure!(auction.is_over(Self::now()), Error::<T>::AuctionRunning);
		match auction.best.clone() {
			None => {
				let titles = Self::put_up_again(line_id, auction)?;
				Ok((titles, 0))
			}
			Some(best) => {
				let line = Self::line_of(line_id)?;
				Self::take_bid(&best)?;
				Self::liquidate(line_id, line, &best.bidder, best.amount)
			}
		}
	}

	/// Returns the number of titles handed over and of loans closed.
	pub(crate) fn do_credit_bid(
		who: T::AccountId,
		line_id: LineId,
	) -> Result<(u32, u32), DispatchError> {
		let auction = Self::auction_of(line_id)?;
		let line = Self::line_of(line_id)?;
		ensure!(who == line.curator, Error::<T>::NotLineCurator);
		ensure!(auction.phase(Self::now()) == AuctionPhase::CuratorOption, Error::<T>::NoOption);
		Self::transfer(&who, &Self::account_id(), auction.reserve)?;
		Self::liquidate(line_id, line, &who, auction.reserve)
	}

	/// Returns the number of titles handed over and of loans closed.
	pub(crate) fn do_resolve_lot(
		line_id: LineId,
		to: T::AccountId,
		price: Balance,
	) -> Result<(u32, u32), DispatchError> {
		let auction = Self::auction_of(line_id)?;
		ensure!(
			auction.phase(Self::now()) == AuctionPhase::Resolution,
			Error::<T>::NotInResolution
		);
		let line = Self::line_of(line_id)?;
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
		Self::liquidate(line_id, line, &to, price)
	}

	/// Ends the auction of a line on which nothing is owed any more; the borrower may free its
	/// titles. The caller stores the line.
	pub(crate) fn cancel_auction(line_id: LineId, line: &mut LineRecordOf<T>) -> DispatchResult {
		let auction = Auctions::<T>::take(line_id).ok_or_else(Self::unexpected)?;
		Self::transition(line_id, line, LineState::Open)?;
		if let Some(best) = auction.best {
			Self::release_bid(line_id, best)?;
		}
		Self::deposit_event(Event::AuctionCancelled { line: line_id });
		Ok(())
	}

	/// Returns the most that a payment on a loan weighs beyond its own weight: a payment that
	/// closed the loan may have ended an auction.
	pub(crate) fn closing_weight(loan_id: LoanId) -> Weight {
		if Loans::<T>::contains_key(loan_id) {
			Weight::zero()
		} else {
			T::WeightInfo::cancel_auction()
		}
	}

	/// Returns the weight of the settlement of a round without bids, which values `titles` again.
	pub(crate) fn relisting_weight(titles: u32) -> Weight {
		T::WeightInfo::settle_auction(0, 0).saturating_add(T::WeightInfo::reassess(titles))
	}

	/// Returns the auction of a line as bidders see it.
	pub(crate) fn auction_report(line_id: LineId) -> Option<AuctionReport<T::AccountId>> {
		let auction = Auctions::<T>::get(line_id)?;
		let now = Self::now();
		let phase = auction.phase(now);
		let takes_bids = match phase {
			AuctionPhase::Bidding => !auction.is_over(now),
			AuctionPhase::CuratorOption => false,
			AuctionPhase::Resolution => true,
		};
		Some(AuctionReport {
			lot: Lines::<T>::get(line_id)?.titles.into_inner(),
			phase,
			round: auction.round,
			started_at: auction.started_at,
			ends_at: auction.ends_at,
			reserve: auction.reserve,
			minimum_bid: takes_bids.then(|| auction.minimum_bid().ok()).flatten(),
			bound_until: auction.bound_until(now),
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
		let mut line = Self::line_of(line_id)?;
		let next = auction.after_no_bid(Self::now()).map_err(Error::<T>::from)?;
		let (round, reserve, ends_at) = (next.round, next.reserve, next.ends_at);
		let event = if next.unsold {
			Event::LotUnsold { line: line_id, reserve, option_until: ends_at }
		} else {
			Event::LotRelisted { line: line_id, round, reserve, ends_at }
		};
		Auctions::<T>::insert(line_id, next);
		Self::deposit_event(event);
		let statuses = Self::collateral_statuses(line_id, &line);
		Self::assess(line_id, &mut line, &statuses)?;
		let titles = line.titles.len() as u32;
		Lines::<T>::insert(line_id, line);
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
