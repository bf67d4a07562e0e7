// SPDX-License-Identifier: Apache-2.0

//! The calls. What each one does, asks for and refuses is told in a page of `calls/`.

use crate::frame_support::pallet_macros::pallet_section;

/// A section of the pallet.
#[pallet_section]
mod calls {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Approve a curator, or reinstate a suspended one.
		///
		#[doc = include_str!("calls/approve_curator.md")]
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::approve_curator())]
		pub fn approve_curator(
			origin: OriginFor<T>,
			curator: T::AccountId,
			capacity: Balance,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_approve_curator(curator, capacity)
		}

		/// Change the capacity of a curator.
		///
		#[doc = include_str!("calls/set_curator_capacity.md")]
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::set_curator_capacity())]
		pub fn set_curator_capacity(
			origin: OriginFor<T>,
			curator: T::AccountId,
			capacity: Balance,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_set_curator_capacity(curator, capacity)
		}

		/// Suspend a curator.
		///
		#[doc = include_str!("calls/suspend_curator.md")]
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::suspend_curator())]
		pub fn suspend_curator(origin: OriginFor<T>, curator: T::AccountId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_suspend_curator(curator)
		}

		/// Limit what may stand against a model.
		///
		#[doc = include_str!("calls/set_model_ceiling.md")]
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::set_model_ceiling())]
		pub fn set_model_ceiling(
			origin: OriginFor<T>,
			model: ModelId,
			ceiling: Option<Balance>,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_set_model_ceiling(model, ceiling)
		}

		/// Offer a line to a borrower.
		///
		#[doc = include_str!("calls/offer_line.md")]
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::offer_line())]
		pub fn offer_line(
			origin: OriginFor<T>,
			borrower: T::AccountId,
			terms: LineTerms,
			expires_at: Seconds,
		) -> DispatchResult {
			let curator = ensure_signed(origin)?;
			Self::do_offer_line(curator, borrower, terms, expires_at)
		}

		/// Take an offer back.
		///
		#[doc = include_str!("calls/withdraw_offer.md")]
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::withdraw_offer())]
		pub fn withdraw_offer(origin: OriginFor<T>, line: LineId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw_offer(who, line)
		}

		/// Accept a line and pledge titles to it.
		///
		#[doc = include_str!("calls/accept_line.md")]
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::accept_line(titles.len() as u32))]
		pub fn accept_line(
			origin: OriginFor<T>,
			line: LineId,
			terms_hash: H256,
			titles: Titles,
		) -> DispatchResult {
			let borrower = ensure_signed(origin)?;
			Self::do_accept_line(borrower, line, terms_hash, titles)
		}

		/// Close a line on which nothing is owed.
		///
		#[doc = include_str!("calls/close_line.md")]
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::close_line(MAX_TITLES))]
		pub fn close_line(origin: OriginFor<T>, line: LineId) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let titles = Self::do_close_line(who, line)?;
			Ok(Some(T::WeightInfo::close_line(titles)).into())
		}

		/// Pledge more titles to a line, which may cure its breach.
		///
		#[doc = include_str!("calls/add_titles.md")]
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::add_titles(titles.len() as u32))]
		pub fn add_titles(origin: OriginFor<T>, line: LineId, titles: Titles) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_add_titles(who, line, titles)
		}

		/// Free titles of a line, pledge others, or both.
		///
		#[doc = include_str!("calls/swap_titles.md")]
		#[pallet::call_index(15)]
		#[pallet::weight(T::WeightInfo::swap_titles(released.len().max(pledged.len()) as u32))]
		pub fn swap_titles(
			origin: OriginFor<T>,
			line: LineId,
			released: Titles,
			pledged: Titles,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_swap_titles(who, line, released, pledged)
		}

		/// Free the capital that a line can no longer draw.
		///
		#[doc = include_str!("calls/release_capital.md")]
		#[pallet::call_index(16)]
		#[pallet::weight(T::WeightInfo::release_capital())]
		pub fn release_capital(origin: OriginFor<T>, line: LineId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_release_capital(line)
		}

		/// Draw a loan.
		///
		#[doc = include_str!("calls/draw.md")]
		#[pallet::call_index(20)]
		#[pallet::weight(T::WeightInfo::draw(MAX_TITLES))]
		pub fn draw(
			origin: OriginFor<T>,
			line: LineId,
			#[pallet::compact] amount: Balance,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let titles = Self::do_draw(who, line, amount)?;
			Ok(Some(T::WeightInfo::draw(titles)).into())
		}

		/// Pay what is due on a loan, and then ahead.
		///
		#[doc = include_str!("calls/repay.md")]
		#[pallet::call_index(21)]
		#[pallet::weight(
			T::WeightInfo::repay(MAX_INSTALLMENTS, MAX_TITLES)
				.saturating_add(T::WeightInfo::cancel_auction())
		)]
		pub fn repay(
			origin: OriginFor<T>,
			loan: LoanId,
			#[pallet::compact] max_amount: Balance,
		) -> DispatchResultWithPostInfo {
			let payer = ensure_signed(origin)?;
			let (windows, models) = Self::do_repay(payer, loan, max_amount)?;
			let weight = T::WeightInfo::repay(windows, models);
			Ok(Some(weight.saturating_add(Self::closing_weight(loan))).into())
		}

		/// Close a loan by paying exactly what that costs.
		///
		#[doc = include_str!("calls/payoff.md")]
		#[pallet::call_index(22)]
		#[pallet::weight(
			T::WeightInfo::payoff(MAX_INSTALLMENTS, MAX_TITLES)
				.saturating_add(T::WeightInfo::cancel_auction())
		)]
		pub fn payoff(
			origin: OriginFor<T>,
			loan: LoanId,
			#[pallet::compact] max_amount: Balance,
		) -> DispatchResultWithPostInfo {
			let payer = ensure_signed(origin)?;
			let (windows, models) = Self::do_payoff(payer, loan, max_amount)?;
			let weight = T::WeightInfo::payoff(windows, models);
			Ok(Some(weight.saturating_add(Self::closing_weight(loan))).into())
		}

		/// Pay what a deadline has made due from the line's reserve.
		///
		#[doc = include_str!("calls/collect.md")]
		#[pallet::call_index(23)]
		#[pallet::weight(T::WeightInfo::collect(MAX_INSTALLMENTS, MAX_TITLES))]
		pub fn collect(origin: OriginFor<T>, loan: LoanId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let (windows, models) = Self::do_collect(loan)?;
			Ok(Some(T::WeightInfo::collect(windows, models)).into())
		}

		/// Offer new terms for an accepted line and its loans.
		///
		#[doc = include_str!("calls/offer_terms.md")]
		#[pallet::call_index(24)]
		#[pallet::weight(T::WeightInfo::offer_terms())]
		pub fn offer_terms(
			origin: OriginFor<T>,
			line: LineId,
			terms: LineTerms,
			expires_at: Seconds,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_offer_terms(who, line, terms, expires_at)
		}

		/// Refinance a line under the terms its curator offers.
		///
		#[doc = include_str!("calls/accept_terms.md")]
		#[pallet::call_index(25)]
		#[pallet::weight(T::WeightInfo::accept_terms(MAX_TITLES, MAX_LOANS))]
		pub fn accept_terms(
			origin: OriginFor<T>,
			line: LineId,
			terms_hash: H256,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let (titles, loans) = Self::do_accept_terms(who, line, terms_hash)?;
			Ok(Some(T::WeightInfo::accept_terms(titles, loans)).into())
		}

		/// Take new terms back.
		///
		#[doc = include_str!("calls/withdraw_terms.md")]
		#[pallet::call_index(26)]
		#[pallet::weight(T::WeightInfo::withdraw_terms())]
		pub fn withdraw_terms(origin: OriginFor<T>, line: LineId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw_terms(who, line)
		}

		/// Pay into the reserve of a line.
		///
		#[doc = include_str!("calls/top_up_reserve.md")]
		#[pallet::call_index(30)]
		#[pallet::weight(T::WeightInfo::top_up_reserve())]
		pub fn top_up_reserve(
			origin: OriginFor<T>,
			line: LineId,
			#[pallet::compact] amount: Balance,
		) -> DispatchResult {
			let payer = ensure_signed(origin)?;
			Self::do_top_up_reserve(payer, line, amount)
		}

		/// Take what the reserve does not need.
		///
		#[doc = include_str!("calls/withdraw_reserve.md")]
		#[pallet::call_index(31)]
		#[pallet::weight(T::WeightInfo::withdraw_reserve(MAX_LOANS))]
		pub fn withdraw_reserve(
			origin: OriginFor<T>,
			line: LineId,
			#[pallet::compact] amount: Balance,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let loans = Self::do_withdraw_reserve(who, line, amount)?;
			Ok(Some(T::WeightInfo::withdraw_reserve(loans)).into())
		}

		/// Pay down a loan with the insurance money of its line.
		///
		#[doc = include_str!("calls/apply_claim.md")]
		#[pallet::call_index(32)]
		#[pallet::weight(T::WeightInfo::apply_claim(MAX_INSTALLMENTS, MAX_TITLES))]
		pub fn apply_claim(origin: OriginFor<T>, loan: LoanId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let (windows, models) = Self::do_apply_claim(loan)?;
			Ok(Some(T::WeightInfo::apply_claim(windows, models)).into())
		}

		/// Pay out what is kept for an account that could not be paid.
		///
		#[doc = include_str!("calls/claim_owed.md")]
		#[pallet::call_index(33)]
		#[pallet::weight(T::WeightInfo::claim_owed())]
		pub fn claim_owed(origin: OriginFor<T>, account: T::AccountId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_claim_owed(account)
		}

		/// Say that a covenant of a line is broken.
		///
		#[doc = include_str!("calls/flag_breach.md")]
		#[pallet::call_index(50)]
		#[pallet::weight(T::WeightInfo::flag_breach(MAX_TITLES))]
		pub fn flag_breach(origin: OriginFor<T>, line: LineId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let titles = Self::do_flag_breach(line)?;
			Ok(Some(T::WeightInfo::flag_breach(titles)).into())
		}

		/// Say that a loan is in default.
		///
		#[doc = include_str!("calls/flag_default.md")]
		#[pallet::call_index(51)]
		#[pallet::weight(T::WeightInfo::flag_default(MAX_TITLES))]
		pub fn flag_default(origin: OriginFor<T>, loan: LoanId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let titles = Self::do_flag_default(loan)?;
			Ok(Some(T::WeightInfo::flag_default(titles)).into())
		}

		/// Say that a breach was not cured in time.
		///
		#[doc = include_str!("calls/flag_uncured.md")]
		#[pallet::call_index(52)]
		#[pallet::weight(T::WeightInfo::flag_uncured(MAX_TITLES))]
		pub fn flag_uncured(origin: OriginFor<T>, line: LineId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let titles = Self::do_flag_uncured(line)?;
			Ok(Some(T::WeightInfo::flag_uncured(titles)).into())
		}

		/// Say that a line is whole again.
		///
		#[doc = include_str!("calls/cure.md")]
		#[pallet::call_index(53)]
		#[pallet::weight(T::WeightInfo::cure(MAX_TITLES))]
		pub fn cure(origin: OriginFor<T>, line: LineId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let titles = Self::do_cure(line)?;
			Ok(Some(T::WeightInfo::cure(titles)).into())
		}

		/// Estimate again what the titles of a line in trouble would bring.
		///
		#[doc = include_str!("calls/reassess.md")]
		#[pallet::call_index(54)]
		#[pallet::weight(T::WeightInfo::reassess(MAX_TITLES))]
		pub fn reassess(origin: OriginFor<T>, line: LineId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let titles = Self::do_reassess(line)?;
			Ok(Some(T::WeightInfo::reassess(titles)).into())
		}

		/// Put the titles of a line in default up for auction, as one lot.
		///
		#[doc = include_str!("calls/start_auction.md")]
		#[pallet::call_index(40)]
		#[pallet::weight(T::WeightInfo::start_auction(MAX_TITLES))]
		pub fn start_auction(origin: OriginFor<T>, line: LineId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let titles = Self::do_start_auction(line)?;
			Ok(Some(T::WeightInfo::start_auction(titles)).into())
		}

		/// Bid for the titles of a line, or offer for them once the curator's option has passed.
		///
		#[doc = include_str!("calls/bid.md")]
		#[pallet::call_index(41)]
		#[pallet::weight(T::WeightInfo::bid())]
		pub fn bid(
			origin: OriginFor<T>,
			line: LineId,
			#[pallet::compact] amount: Balance,
		) -> DispatchResult {
			Self::do_bid(ensure_signed(origin)?, line, amount)
		}

		/// End a round of an auction.
		///
		#[doc = include_str!("calls/settle_auction.md")]
		#[pallet::call_index(42)]
		#[pallet::weight(
			T::WeightInfo::settle_auction(MAX_TITLES, MAX_LOANS)
				.max(Pallet::<T>::relisting_weight(MAX_TITLES))
		)]
		pub fn settle_auction(origin: OriginFor<T>, line: LineId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let (titles, loans) = Self::do_settle_auction(line)?;
			let weight = match loans {
				0 => Self::relisting_weight(titles),
				_ => T::WeightInfo::settle_auction(titles, loans),
			};
			Ok(Some(weight).into())
		}

		/// Take a lot that nobody bid for, at its last reserve price.
		///
		#[doc = include_str!("calls/take_lot.md")]
		#[pallet::call_index(43)]
		#[pallet::weight(T::WeightInfo::take_lot(MAX_TITLES, MAX_LOANS))]
		pub fn take_lot(origin: OriginFor<T>, line: LineId) -> DispatchResultWithPostInfo {
			let (titles, loans) = Self::do_take_lot(ensure_signed(origin)?, line)?;
			Ok(Some(T::WeightInfo::take_lot(titles, loans)).into())
		}

		/// Hand over a lot that nobody bid for and the curator left.
		///
		#[doc = include_str!("calls/resolve_lot.md")]
		#[pallet::call_index(44)]
		#[pallet::weight(T::WeightInfo::resolve_lot(MAX_TITLES, MAX_LOANS))]
		pub fn resolve_lot(
			origin: OriginFor<T>,
			line: LineId,
			to: T::AccountId,
			#[pallet::compact] price: Balance,
		) -> DispatchResultWithPostInfo {
			T::AdminOrigin::ensure_origin(origin)?;
			let (titles, loans) = Self::do_resolve_lot(line, to, price)?;
			Ok(Some(T::WeightInfo::resolve_lot(titles, loans)).into())
		}

		/// Take back an offer that governance has not accepted.
		///
		#[doc = include_str!("calls/withdraw_bid.md")]
		#[pallet::call_index(45)]
		#[pallet::weight(T::WeightInfo::withdraw_bid())]
		pub fn withdraw_bid(origin: OriginFor<T>, line: LineId) -> DispatchResult {
			Self::do_withdraw_bid(ensure_signed(origin)?, line)
		}
	}
}
