// SPDX-License-Identifier: Apache-2.0

//! The titles of a line in default are sold as one lot, to the highest bid in USDai.

use crate::{
	auction::{AuctionRecord, AuctionTerms, Bid},
	frame_support::{
		dispatch::DispatchResult,
		ensure,
		traits::{tokens::fungible::MutateHold, Get},
		weights::Weight,
	},
	pallet::*,
	sp_runtime::DispatchError,
	types::LineRecord,
	WeightInfo,
};
use caliber_math::{share_of, Rounding};
use caliber_primitives::{
	credit::{AuctionPhase, AuctionReport, LineState},
	Balance, LineId, LoanId,
};

impl<T: Config> Pallet<T> {
	/// Returns the number of titles put up.
	pub(crate) fn do_start_auction(line: LineId) -> Result<u32, DispatchError> {
		let mut record = Self::accepted_line(line)?;
		ensure!(record.state == LineState::Defaulted, Error::<T>::NotDefaulted);
		ensure!(record.outstanding > 0, Error::<T>::NothingOwed);
		let standings = Self::standings(line, &record);
		ensure!(!Self::is_curable(&record, &standings)?, Error::<T>::Curable);
		let value = Self::forced_sale(&standings)?;
		let share = T::AuctionReserve::get().deconstruct();
		let reserve = share_of(value, share, Rounding::Up).map_err(Error::<T>::from)?;
		let terms = AuctionTerms {
			min_increment: T::MinIncrement::get(),
			duration: T::AuctionDuration::get(),
			extension: T::ExtensionWindow::get(),
			discount: T::RelistDiscount::get(),
			relistings: T::MaxRelistings::get(),
			option_period: T::CuratorOptionPeriod::get(),
		};
		let auction = AuctionRecord::open(terms, reserve, Self::now()).map_err(Error::<T>::from)?;
		let (reserve, ends_at) = (auction.reserve, auction.ends_at);

		Auctions::<T>::insert(line, auction);
		Self::transition(line, &mut record, LineState::Liquidating)?;
		let lot = record.titles.clone();
		Lines::<T>::insert(line, record);
		let titles = lot.len() as u32;
		Self::deposit_event(Event::AuctionStarted { line, lot, reserve, ends_at });
		Ok(titles)
	}

	pub(crate) fn do_bid(who: T::AccountId, line: LineId, amount: Balance) -> DispatchResult {
		let auction = Self::auction_of(line)?;
		let now = Self::now();
		match auction.phase(now) {
			AuctionPhase::Bidding => ensure!(!auction.is_over(now), Error::<T>::AuctionEnded),
			AuctionPhase::CuratorOption => return Err(Error::<T>::OptionRunning.into()),
			AuctionPhase::Resolution => (),
		}
		let record = Self::line_of(line)?;
		ensure!(who != record.borrower, Error::<T>::SellerMayNotBid);
		let minimum = auction.minimum_bid().map_err(Error::<T>::from)?;
		ensure!(amount >= minimum, Error::<T>::BidTooLow);
		let ends_at = auction.end_after_bid(now).map_err(Error::<T>::from)?;

		let before = auction.best.clone();
		let best = Some(Bid { bidder: who.clone(), amount, placed_at: now });
		Auctions::<T>::insert(line, AuctionRecord { ends_at, best, ..auction });
		let reason = HoldReason::AuctionBid.into();
		match before {
			Some(own) if own.bidder == who => {
				T::UsdAiHold::hold(&reason, &who, Self::less(amount, own.amount)?)?;
			}
			other => {
				T::UsdAiHold::hold(&reason, &who, amount)?;
				if let Some(outbid) = other {
					Self::release_bid(line, outbid)?;
				}
			}
		}
		Self::deposit_event(Event::BidPlaced { line, bidder: who, amount, ends_at });
		Ok(())
	}

	pub(crate) fn do_withdraw_bid(who: T::AccountId, line: LineId) -> DispatchResult {
		let auction = Self::auction_of(line)?;
		let best = auction
			.best
			.clone()
			.filter(|best| best.bidder == who)
			.ok_or(Error::<T>::NotBestBidder)?;
		ensure!(!auction.is_bound(Self::now()), Error::<T>::BidBinding);
		Auctions::<T>::insert(line, AuctionRecord { best: None, ..auction });
		Self::release_bid(line, best)
	}

	/// Returns the numbers of titles handed over, or valued again where nobody had bid, and of loans
	/// closed: none then.
	pub(crate) fn do_settle_auction(line: LineId) -> Result<(u32, u32), DispatchError> {
		let auction = Self::auction_of(line)?;
		ensure!(!auction.unsold, Error::<T>::NothingToSettle);
		ensure!(auction.is_over(Self::now()), Error::<T>::AuctionRunning);
		match auction.best.clone() {
			None => {
				let titles = Self::put_up_again(line, auction)?;
				Ok((titles, 0))
			}
			Some(best) => {
				let record = Self::line_of(line)?;
				Self::take_bid(&best)?;
				Self::liquidate(line, record, &best.bidder, best.amount)
			}
		}
	}

	/// Returns the numbers of titles handed over and of loans closed.
	pub(crate) fn do_take_lot(
		who: T::AccountId,
		line: LineId,
	) -> Result<(u32, u32), DispatchError> {
		let auction = Self::auction_of(line)?;
		let record = Self::line_of(line)?;
		ensure!(who == record.curator, Error::<T>::NotLineCurator);
		ensure!(auction.phase(Self::now()) == AuctionPhase::CuratorOption, Error::<T>::NoOption);
		Self::transfer(&who, &Self::account_id(), auction.reserve)?;
		Self::liquidate(line, record, &who, auction.reserve)
	}

	/// Returns the numbers of titles handed over and of loans closed.
	pub(crate) fn do_resolve_lot(
		line: LineId,
		to: T::AccountId,
		price: Balance,
	) -> Result<(u32, u32), DispatchError> {
		let auction = Self::auction_of(line)?;
		ensure!(
			auction.phase(Self::now()) == AuctionPhase::Resolution,
			Error::<T>::NotInResolution
		);
		let record = Self::line_of(line)?;
		let (to, price) = match auction.best {
			// Who has offered pays what he has offered, never less than is asked.
			Some(best) if price > 0 || best.bidder == to => {
				ensure!(best.amount >= price, Error::<T>::NoSuchOffer);
				Self::take_bid(&best)?;
				(best.bidder, best.amount)
			}
			// A gift is to whom governance means, and no small offer comes before it.
			passed_over => {
				ensure!(price == 0, Error::<T>::NoSuchOffer);
				if let Some(best) = passed_over {
					Self::release_bid(line, best)?;
				}
				(to, 0)
			}
		};
		Self::liquidate(line, record, &to, price)
	}

	/// End the auction of a line on which nothing is owed any more; its titles are the borrower's to
	/// free. The caller stores the record.
	pub(crate) fn cancel_auction(
		line: LineId,
		record: &mut LineRecord<T::AccountId>,
	) -> DispatchResult {
		let auction = Auctions::<T>::take(line).ok_or_else(Self::broken)?;
		Self::transition(line, record, LineState::Open)?;
		if let Some(best) = auction.best {
			Self::release_bid(line, best)?;
		}
		Self::deposit_event(Event::AuctionCancelled { line });
		Ok(())
	}

	/// What a payment on a loan has weighed at most beyond its own: one that closed the loan may have
	/// ended an auction.
	pub(crate) fn closing_weight(loan: LoanId) -> Weight {
		if Loans::<T>::contains_key(loan) {
			Weight::zero()
		} else {
			T::WeightInfo::cancel_auction()
		}
	}

	/// What the settlement of a round without bids weighs, which values `titles` again.
	pub(crate) fn relisting_weight(titles: u32) -> Weight {
		T::WeightInfo::settle_auction(0, 0).saturating_add(T::WeightInfo::reassess(titles))
	}

	/// The auction of a line as bidders see it.
	pub(crate) fn auction_report(line: LineId) -> Option<AuctionReport<T::AccountId>> {
		let auction = Auctions::<T>::get(line)?;
		let now = Self::now();
		let phase = auction.phase(now);
		let takes_bids = match phase {
			AuctionPhase::Bidding => !auction.is_over(now),
			AuctionPhase::CuratorOption => false,
			AuctionPhase::Resolution => true,
		};
		Some(AuctionReport {
			lot: Lines::<T>::get(line)?.titles.into_inner(),
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

	fn auction_of(line: LineId) -> Result<AuctionRecord<T::AccountId>, Error<T>> {
		Auctions::<T>::get(line).ok_or(Error::NoAuction)
	}

	/// A round went without bids: what the lot is expected to bring is less in this very block.
	/// Returns the number of titles valued again.
	fn put_up_again(
		line: LineId,
		auction: AuctionRecord<T::AccountId>,
	) -> Result<u32, DispatchError> {
		let mut record = Self::line_of(line)?;
		let next = auction.after_no_bid(Self::now()).map_err(Error::<T>::from)?;
		let (round, reserve, ends_at) = (next.round, next.reserve, next.ends_at);
		let event = if next.unsold {
			Event::LotUnsold { line, reserve, option_until: ends_at }
		} else {
			Event::LotRelisted { line, round, reserve, ends_at }
		};
		Auctions::<T>::insert(line, next);
		Self::deposit_event(event);
		let standings = Self::standings(line, &record);
		Self::assess(line, &mut record, &standings)?;
		let titles = record.titles.len() as u32;
		Lines::<T>::insert(line, record);
		Ok(titles)
	}

	/// Free a bid. A bidder's account that is closed to deposits stops nobody.
	fn release_bid(line: LineId, bid: Bid<T::AccountId>) -> DispatchResult {
		let Bid { bidder, amount, .. } = bid;
		Self::free_hold(HoldReason::AuctionBid, &bidder, amount)?;
		Self::deposit_event(Event::BidReleased { line, bidder, amount });
		Ok(())
	}
}
