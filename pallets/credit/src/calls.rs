// SPDX-License-Identifier: Apache-2.0

//! Calls of the credit pallet.
//!
//! Any call may return [`Error::Unexpected`](crate::Error::Unexpected) where the stored state
//! breaks an invariant of the pallet; no call lists it.

use crate::frame_support::pallet_macros::pallet_section;

/// Calls of the credit pallet.
#[pallet_section]
mod calls {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Approves a curator, or again one that is known: with another capacity, or out of a
		/// suspension.
		///
		/// ## Dispatch Origin
		///
		/// Must be [`Config::AdminOrigin`] for what raises risk: a referendum.
		///
		/// ## Details
		///
		/// A curator may offer lines whose limits add up to its capacity. Lines of a known curator
		/// that are still live keep counting. The call sets the capacity and lifts a suspension,
		/// whoever decided it and whether or not it has ended by itself meanwhile. A brake on the
		/// capacity goes on for its time.
		///
		/// ## Parameters
		///
		/// - `curator`: the account.
		/// - `capacity`: the most that its live lines may add up to, in USDai.
		///
		/// ## Errors
		///
		/// - [`Error::AlreadyCurator`]: the account is a curator of this capacity, and not suspended.
		///
		/// ## Events
		///
		/// - [`Event::CuratorApproved`].
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::approve_curator())]
		pub fn approve_curator(
			origin: OriginFor<T>,
			curator: T::AccountId,
			capacity: Balance,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin, &Risk::Raises)?;
			Self::do_approve_curator(curator, capacity)
		}

		/// Changes the capacity of a curator.
		///
		/// ## Dispatch Origin
		///
		/// Must be [`Config::AdminOrigin`]: a referendum; the technical committee too for a lower
		/// capacity.
		///
		/// ## Details
		///
		/// A capacity below the sum of its live lines leaves them as they are and stops new offers. A
		/// capacity of the committee is a brake, which runs out.
		///
		/// ## Parameters
		///
		/// - `curator`: the curator, suspended or not.
		/// - `capacity`: the most that its live lines may add up to, in USDai.
		///
		/// ## Errors
		///
		/// - [`Error::NotCurator`]: the account was never approved.
		/// - [`Error::NotStricter`]: the committee sets no less than what counts now.
		/// - [`Error::BrakeResting`]: the committee's last brake on it ended a short time ago.
		///
		/// ## Events
		///
		/// - [`Event::CuratorCapacitySet`].
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::set_curator_capacity())]
		pub fn set_curator_capacity(
			origin: OriginFor<T>,
			curator: T::AccountId,
			capacity: Balance,
		) -> DispatchResult {
			let risk = Self::risk_of_capacity(&curator, capacity);
			let authority = T::AdminOrigin::ensure_origin(origin, &risk)?;
			Self::do_set_curator_capacity(authority, curator, capacity)
		}

		/// Suspends a curator.
		///
		/// ## Dispatch Origin
		///
		/// Must be [`Config::AdminOrigin`]: a referendum or the technical committee.
		///
		/// ## Details
		///
		/// The curator may offer no more lines, its offers cannot be accepted, and nothing is drawn on
		/// its open lines. What is owed on them goes on under their terms. A suspension by the
		/// committee is a brake, which runs out; [`Call::approve_curator`] ends either.
		///
		/// ## Parameters
		///
		/// - `curator`: the curator.
		///
		/// ## Errors
		///
		/// - [`Error::NotCurator`]: the account was never approved.
		/// - [`Error::CuratorSuspended`]: a referendum has suspended the curator already.
		/// - [`Error::NotStricter`]: the committee has suspended the curator already.
		/// - [`Error::BrakeResting`]: the committee's last suspension ended a short time ago.
		///
		/// ## Events
		///
		/// - [`Event::CuratorSuspended`].
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::suspend_curator())]
		pub fn suspend_curator(origin: OriginFor<T>, curator: T::AccountId) -> DispatchResult {
			let authority = T::AdminOrigin::ensure_origin(origin, &Risk::Lowers)?;
			Self::do_suspend_curator(authority, curator)
		}

		/// Limits the principal that may stand against a model.
		///
		/// ## Dispatch Origin
		///
		/// Must be [`Config::AdminOrigin`]: a referendum; the technical committee too for a lower
		/// ceiling.
		///
		/// ## Details
		///
		/// A ceiling below the principal that stands against the model leaves it as it is and stops
		/// more. A ceiling of the committee is a brake, which runs out.
		///
		/// ## Parameters
		///
		/// - `model`: the model, registered.
		/// - `ceiling`: the most principal over all lines, in USDai; none to lift the ceiling.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownModel`]: a ceiling is given and the appraisal has no such model.
		/// - [`Error::NotStricter`]: the committee sets no less than what counts now.
		/// - [`Error::BrakeResting`]: the committee's last brake on it ended a short time ago.
		///
		/// ## Events
		///
		/// - [`Event::ModelCeilingSet`].
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::set_model_ceiling())]
		pub fn set_model_ceiling(
			origin: OriginFor<T>,
			model: ModelId,
			ceiling: Option<Balance>,
		) -> DispatchResult {
			let risk = Self::risk_of_ceiling(model, ceiling);
			let authority = T::AdminOrigin::ensure_origin(origin, &risk)?;
			Self::do_set_model_ceiling(authority, model, ceiling)
		}

		/// Offers a line to a borrower.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by a curator that is not suspended.
		///
		/// ## Details
		///
		/// Locks the first-loss share of the limit, rounded up, in the curator's USDai, and takes
		/// the storage deposit ([`Config::LineConsideration`]). The terms are fixed from here on. The
		/// bounds count again when they are accepted; a change after that does not reach them.
		///
		/// ## Parameters
		///
		/// - `borrower`: the account that may accept; not the caller.
		/// - `terms`: the terms of the line and of each loan.
		/// - `expires_at`: the time from which the offer cannot be accepted, unix seconds.
		///
		/// ## Errors
		///
		/// - [`Error::NotCurator`]: the caller is not an approved curator.
		/// - [`Error::CuratorSuspended`]: the caller is suspended.
		/// - [`Error::BorrowerIsCurator`]: the caller offers the line to itself.
		/// - [`Error::LimitTooLow`]: the limit is below [`CreditValues::min_draw`].
		/// - [`Error::AvailabilityInPast`]: the availability ends at or before now.
		/// - [`Error::TimeTooFar`]: the availability ends later than [`CreditValues::max_availability`]
		///   from now, or the offer expires later than [`CreditValues::offer_validity`] from now.
		/// - [`Error::AdvanceRateTooHigh`]: the advance rate is above [`CreditValues::max_advance_rate`].
		/// - [`Error::MaintenanceCoverageTooLow`]: the maintenance coverage is below one.
		/// - [`Error::CurePeriodTooLong`]: the cure period is above [`CreditValues::max_cure_period`].
		/// - [`Error::TooManyReserveInstallments`]: more than twelve installments are kept back.
		/// - [`Error::InvalidCalendar`]: a field of the calendar is out of its range.
		/// - [`Error::TermTooShort`]: a loan may be over before [`CreditValues::min_loan_term`].
		/// - [`Error::FirstLossTooLow`]: the first loss is below [`CreditValues::min_first_loss`].
		/// - [`Error::AprTooHigh`]: an annual rate is above [`CreditValues::max_apr`].
		/// - [`Error::SeniorAprTooLow`]: the senior tranche's annual rate is below
		///   [`CreditValues::min_senior_apr`].
		/// - [`Error::GracePeriodTooLong`]: the grace period is above [`CreditValues::max_grace_period`].
		/// - [`Error::FeeTooHigh`]: a fee is above [`CreditValues::max_fee`].
		/// - [`Error::ServicingFeeTooHigh`]: the servicing fees of a year are above
		///   [`CreditValues::max_servicing_fee`].
		/// - [`Error::ExpiryInPast`]: the offer expires at or before now.
		/// - [`Error::CapacityExceeded`]: the limits of the curator's live lines would exceed its
		///   capacity.
		/// - [`Error::Overflow`]: the limits, the fees of a year or the ids overflow.
		/// - The errors of the storage deposit and of the hold on USDai.
		///
		/// ## Events
		///
		/// - [`Event::LineOffered`], with the hash of the encoded terms.
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

		/// Takes an offer back.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the line's curator; by anyone once the offer has expired.
		///
		/// ## Details
		///
		/// The curator's capital and deposit are free again.
		///
		/// ## Parameters
		///
		/// - `line`: the line on offer.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownLine`]: no line has this id.
		/// - [`Error::NotOnOffer`]: the line was accepted.
		/// - [`Error::OfferStanding`]: the caller is not the line's curator and the offer has not
		///   expired.
		/// - The errors of the release of the deposit and of the hold.
		///
		/// ## Events
		///
		/// - [`Event::OfferWithdrawn`].
		/// - [`Event::PayoutDeferred`], if the curator's account cannot take its capital back.
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::withdraw_offer())]
		pub fn withdraw_offer(origin: OriginFor<T>, line: LineId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw_offer(who, line)
		}

		/// Accepts a line and pledges titles to it.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the borrower the line is offered to.
		///
		/// ## Details
		///
		/// The titles can no longer be transferred until the line is closed. The line opens under the
		/// present version of the rules and of each model, and keeps them.
		///
		/// ## Parameters
		///
		/// - `line`: the line on offer.
		/// - `terms_hash`: the hash of the terms that the borrower consents to.
		/// - `titles`: eligible titles of the borrower, at least one.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownLine`]: no line has this id.
		/// - [`Error::NotOnOffer`]: the line was accepted already.
		/// - [`Error::NotBorrower`]: the caller is not the line's borrower.
		/// - [`Error::OfferExpired`]: the offer has expired.
		/// - [`Error::TermsMismatch`]: the hash is not that of the terms on offer.
		/// - [`Error::CuratorSuspended`]: the curator is suspended.
		/// - The errors of the terms of [`Call::offer_line`]: they are out of the bounds of this moment.
		/// - [`Error::CapacityExceeded`]: the curator's capacity was lowered below the limits of its
		///   live lines.
		/// - [`Error::NoTitles`]: no title is given.
		/// - [`Error::UnknownModel`]: the appraisal does not know the model of a title.
		/// - [`Error::TooManyModels`]: the titles are of more models than a line may have.
		/// - [`Error::TooManyFacilities`]: the machines are in more facilities than a line may have.
		/// - The errors of pledging a title: it is not the borrower's, or not eligible.
		///
		/// ## Events
		///
		/// - [`Event::LineAccepted`].
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

		/// Closes a line on which nothing is owed.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the line's borrower or curator.
		///
		/// ## Details
		///
		/// Frees the titles and the curator's capital and deposit, and pays the reserve and unspent
		/// insurance proceeds to the borrower. The curator closes a line only when there is nothing left
		/// to draw: when its availability has ended, or less than the least draw is left of its limit.
		///
		/// ## Parameters
		///
		/// - `line`: the line.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownLine`]: no line has this id.
		/// - [`Error::NotAccepted`]: the line is on offer.
		/// - [`Error::NotParty`]: the caller is neither the line's borrower nor its curator.
		/// - [`Error::LoansOutstanding`]: a loan of the line is not repaid.
		/// - [`Error::StillAvailable`]: the curator calls, and the borrower may still draw.
		/// - The errors of the titles, of the release of the deposit and of the USDai transfers.
		///
		/// ## Events
		///
		/// - [`Event::LineClosed`].
		/// - [`Event::PayoutDeferred`], for a recipient whose account cannot receive its part.
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::close_line(MAX_TITLES))]
		pub fn close_line(origin: OriginFor<T>, line: LineId) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let titles = Self::do_close_line(who, line)?;
			Ok(Some(T::WeightInfo::close_line(titles)).into())
		}

		/// Pledges more titles to a line, which may cure its breach.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the line's borrower.
		///
		/// ## Details
		///
		/// Possible in every state of an accepted line until its titles are auctioned. The recovery
		/// of a line in breach or in default is estimated again.
		///
		/// ## Parameters
		///
		/// - `line`: the line.
		/// - `titles`: eligible titles of the borrower, at least one.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownLine`]: no line has this id.
		/// - [`Error::NotAccepted`]: the line is on offer.
		/// - [`Error::NotBorrower`]: the caller is not the line's borrower.
		/// - [`Error::LineNotOpen`]: the titles of the line are being auctioned.
		/// - [`Error::NoTitles`]: no title is given.
		/// - [`Error::TooManyTitles`]: the line would hold more than [`MAX_TITLES`].
		/// - [`Error::UnknownModel`]: the appraisal does not know the model of a title.
		/// - [`Error::TooManyModels`]: the line would have had titles of more models than it may.
		/// - [`Error::TooManyFacilities`]: the machines would be in more facilities than a line may
		///   have.
		/// - [`Error::TitleLapsed`]: a title is eligible by the present rules, and not by those under which
		///   the line opened.
		/// - [`Error::PriceStale`], [`Error::PriceUnavailable`]: a title has no value by the specification
		///   under which the line opened.
		/// - [`Error::Overflow`]: a value of a title, or the sum of the values, overflows.
		/// - The errors of pledging a title: it is not the borrower's, or not eligible.
		///
		/// ## Events
		///
		/// - [`Event::ImpairmentSet`], if the expected shortfall changes.
		/// - [`Event::TitlesChanged`].
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::add_titles(titles.len() as u32))]
		pub fn add_titles(origin: OriginFor<T>, line: LineId, titles: Titles) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_add_titles(who, line, titles)
		}

		/// Frees titles of a line, pledges others, or both.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the line's borrower.
		///
		/// ## Details
		///
		/// While something is owed, the remaining titles have to cover it as the maintenance
		/// coverage asks, by the stricter of the line's versions and the present, and the debt stands
		/// against their models from then on. While the line is open, and a title is freed, they have to
		/// cover it as a draw has to leave it.
		///
		/// ## Parameters
		///
		/// - `line`: the line, open or in breach.
		/// - `released`: titles of the line; at least one has to remain.
		/// - `pledged`: eligible titles of the borrower.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownLine`]: no line has this id.
		/// - [`Error::NotAccepted`]: the line is on offer.
		/// - [`Error::NotBorrower`]: the caller is not the line's borrower.
		/// - [`Error::LineNotOpen`]: the line is neither open nor in breach.
		/// - [`Error::NoTitles`]: both lists are empty, or no title would remain.
		/// - [`Error::TitleNotInLine`]: the line does not hold a title that is to be freed.
		/// - [`Error::TooManyTitles`]: the line would hold more than [`MAX_TITLES`].
		/// - [`Error::UnknownModel`]: the appraisal does not know the model of a title.
		/// - [`Error::TooManyModels`]: the line would have had titles of more models than it may.
		/// - [`Error::TooManyFacilities`]: the machines would be in more facilities than a line may
		///   have.
		/// - [`Error::PriceStale`]: the value of a title is too old.
		/// - [`Error::PriceUnavailable`]: a title has no value, or its model no advance rate.
		/// - [`Error::Overflow`]: a value of a title, or the sum of the values, overflows.
		/// - [`Error::InsufficientCoverage`], [`Error::NoNewDebt`]: the remaining titles do not cover the
		///   debt, as for a draw.
		/// - [`Error::ModelCeilingExceeded`]: more principal than before would stand against a
		///   model, above its ceiling.
		/// - [`Error::TitleLapsed`]: a title is eligible by the present rules, and not by those under which
		///   the line opened.
		/// - The errors of pledging a title (it is not the borrower's, or not eligible) and of
		///   freeing one.
		///
		/// ## Events
		///
		/// - [`Event::ExposureChanged`], while something is owed.
		/// - [`Event::ImpairmentSet`], if the expected shortfall changes.
		/// - [`Event::TitlesChanged`].
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

		/// Releases the curator's capital that a line can no longer draw.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by anyone.
		///
		/// ## Details
		///
		/// Nothing is drawn once the availability of the line has ended, and the curator's capital
		/// waits for nothing.
		///
		/// ## Parameters
		///
		/// - `line`: the line, accepted.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownLine`]: no line has this id.
		/// - [`Error::NotAccepted`]: the line is on offer.
		/// - [`Error::StillAvailable`]: the availability of the line has not ended.
		/// - [`Error::NothingToClaim`]: no capital is locked for the line.
		/// - The errors of the release of the hold.
		///
		/// ## Events
		///
		/// - [`Event::CapitalReleased`].
		/// - [`Event::PayoutDeferred`], if the curator's account cannot take its capital back.
		#[pallet::call_index(16)]
		#[pallet::weight(T::WeightInfo::release_capital())]
		pub fn release_capital(origin: OriginFor<T>, line: LineId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_release_capital(line)
		}

		/// Locks more of the curator's capital for the draws of a line.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the line's curator.
		///
		/// ## Details
		///
		/// What a default has used up of the curator's capital does not come back by itself: a line
		/// that revolves could not be drawn again.
		///
		/// ## Parameters
		///
		/// - `line`: the line, open or in breach.
		/// - `amount`: the capital to add, in USDai.
		///
		/// ## Errors
		///
		/// - [`Error::ZeroAmount`]: the amount is zero.
		/// - [`Error::UnknownLine`]: no line has this id.
		/// - [`Error::NotAccepted`]: the line is on offer.
		/// - [`Error::NotLineCurator`]: the caller is not the line's curator.
		/// - [`Error::LineNotOpen`]: the line is neither open nor in breach.
		/// - [`Error::AvailabilityEnded`]: the availability of the line has ended.
		/// - [`Error::CapitalNotNeeded`]: more would be locked than the first-loss share of what is left
		///   to draw.
		/// - [`Error::Overflow`]: the capital overflows.
		/// - The errors of the hold on USDai.
		///
		/// ## Events
		///
		/// - [`Event::JuniorCapitalAdded`].
		#[pallet::call_index(17)]
		#[pallet::weight(T::WeightInfo::add_junior_capital())]
		pub fn add_junior_capital(
			origin: OriginFor<T>,
			line: LineId,
			#[pallet::compact] amount: Balance,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_add_junior_capital(who, line, amount)
		}

		/// Draws a loan under an open line.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the line's borrower.
		///
		/// ## Details
		///
		/// The curator's capital funds the first-loss share, rounded up, the senior lender the
		/// rest. The origination fee and the installments of the reserve are kept back. The titles are
		/// judged by the stricter of the line's versions and the present: rules, values and advance
		/// rates. They have to leave a coverage of the maintenance coverage times
		/// [`CreditValues::draw_cushion`]. The payments since the last draw are booked against the
		/// models first.
		///
		/// The checks come in the order of the errors below. A line whose titles count for nothing
		/// is refused before the ceilings; the coverage of the debt with the draw is checked after
		/// them.
		///
		/// ## Parameters
		///
		/// - `line`: the line.
		/// - `amount`: the principal, in USDai.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownLine`]: no line has this id.
		/// - [`Error::LineNotOpen`]: the line is not open.
		/// - [`Error::NotBorrower`]: the caller is not the line's borrower.
		/// - [`Error::AvailabilityEnded`]: the availability of the line has ended.
		/// - [`Error::CuratorSuspended`]: the curator is suspended.
		/// - [`Error::BorrowerInTrouble`]: a line of the borrower is in breach, in default or for sale.
		/// - [`Error::TooManyLoans`]: the line has [`MAX_LOANS`] loans.
		/// - [`Error::PaymentOverdue`]: a due date of a loan of the line has passed unpaid.
		/// - [`Error::TitleLapsed`]: a title of the line is lost, suspended, out of custody or
		///   uninsured.
		/// - [`Error::PriceStale`]: the value of a title is too old.
		/// - [`Error::PriceUnavailable`]: a title has no value, or its model no advance rate.
		/// - [`Error::InsufficientCoverage`]: the titles count for nothing, or do not cover the
		///   debt with the draw.
		/// - [`Error::NoNewDebt`]: the same, and a title counts for nothing because of its custodian,
		///   or because the pledge is not acknowledged.
		/// - [`Error::GlobalCeilingExceeded`]: all lines would owe more than
		///   [`CreditValues::global_ceiling`].
		/// - [`Error::ModelCeilingExceeded`]: more principal than before would stand against a
		///   model, above its ceiling.
		/// - [`Error::BorrowerCeilingExceeded`]: the borrower would owe more than
		///   [`CreditValues::borrower_ceiling`].
		/// - [`Error::CuratorCeilingExceeded`]: the curator's lines would owe more than its
		///   capacity.
		/// - [`Error::LimitExceeded`]: the draw is more than the limit leaves.
		/// - [`Error::JuniorCapitalShort`]: the curator's locked capital does not fund its share.
		/// - [`Error::InsufficientLiquidity`]: the senior lender cannot lend its part now.
		/// - [`Error::DrawTooSmall`]: the draw is below [`CreditValues::min_draw`].
		/// - [`Error::NothingToDisburse`]: fee and reserve leave nothing of the draw.
		/// - [`Error::Overflow`]: a value of a title or a sum overflows; at any of the checks.
		/// - The errors of the senior lender and of the USDai transfers.
		///
		/// ## Events
		///
		/// - [`Event::ExposureChanged`], [`Event::LoanDrawn`].
		/// - [`Event::PayoutDeferred`], for a recipient whose account cannot receive its part.
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

		/// Pays what is due on a loan, and then ahead of the schedule.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by anyone.
		///
		/// ## Details
		///
		/// Any amount counts. Pays the payment periods that have begun, oldest first, of each its
		/// late interest, its whole interest and its principal, and after them the servicing fees;
		/// once nothing of them is left the rest prepays principal, plus the exit fee. A part of a
		/// payment moves no due date: the payment period stays open for the rest, and late interest
		/// goes on on what is left. The last unit of principal is paid with the last of the fees.
		/// Never takes more than is owed. Needs no price and works in every
		/// state of the line, up to the end of a round with a bid: the lot is the bidder's from then on.
		/// While the line is in default the curator's part of a payment is held back: it stands behind
		/// the senior lender.
		///
		/// ## Parameters
		///
		/// - `loan`: the loan.
		/// - `max_amount`: the most that is taken, in USDai.
		///
		/// ## Errors
		///
		/// - [`Error::ZeroAmount`]: the amount is zero.
		/// - [`Error::UnknownLoan`]: no loan has this id.
		/// - [`Error::PaysNothing`]: nothing is due, and the amount is less than a unit of principal and
		///   the exit fee on it.
		/// - [`Error::LotWon`]: it would pay the last loan of a line whose lot is won.
		/// - [`Error::Overflow`]: a sum overflows.
		/// - The errors of the senior lender and of the USDai transfers.
		///
		/// ## Events
		///
		/// - [`Event::Repaid`].
		/// - [`Event::JuniorHeldBack`], if the line is in default.
		/// - [`Event::ImpairmentSet`], if the senior lender's expected shortfall changes.
		/// - [`Event::LoanClosed`], if nothing is outstanding on the loan any more.
		/// - [`Event::JuniorHoldbackReleased`], with the line's last loan, if something was held
		///   back.
		/// - [`Event::AuctionCancelled`], [`Event::LineStateChanged`] and, for the best bid,
		///   [`Event::BidReleased`], with the last loan of a line whose titles are for sale.
		/// - [`Event::PayoutDeferred`], for a recipient whose account cannot receive its part.
		#[pallet::call_index(21)]
		#[pallet::weight(
			T::WeightInfo::repay(MAX_INSTALLMENTS)
				.saturating_add(T::WeightInfo::cancel_auction())
		)]
		pub fn repay(
			origin: OriginFor<T>,
			loan: LoanId,
			#[pallet::compact] max_amount: Balance,
		) -> DispatchResultWithPostInfo {
			let payer = ensure_signed(origin)?;
			let (periods, closed) = Self::do_repay(payer, loan, max_amount)?;
			let weight = T::WeightInfo::repay(periods);
			Ok(Some(weight.saturating_add(Self::closing_weight(closed))).into())
		}

		/// Closes a loan by paying exactly what that costs.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by anyone.
		///
		/// ## Details
		///
		/// Pays every payment period that has begun, the rest of the principal, and the exit fee on
		/// that rest.
		///
		/// ## Parameters
		///
		/// - `loan`: the loan.
		/// - `max_amount`: the most that the payer accepts, in USDai.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownLoan`]: no loan has this id.
		/// - [`Error::PayoffAboveMaximum`]: closing the loan costs more than `max_amount`.
		/// - [`Error::LotWon`]: it would pay the last loan of a line whose lot is won.
		/// - [`Error::Overflow`]: a sum overflows.
		/// - The errors of the senior lender and of the USDai transfers.
		///
		/// ## Events
		///
		/// - [`Event::Repaid`].
		/// - [`Event::JuniorHeldBack`], if the line is in default.
		/// - [`Event::ImpairmentSet`], if the senior lender's expected shortfall changes.
		/// - [`Event::LoanClosed`].
		/// - [`Event::JuniorHoldbackReleased`], with the line's last loan, if something was held
		///   back.
		/// - [`Event::AuctionCancelled`], [`Event::LineStateChanged`] and, for the best bid,
		///   [`Event::BidReleased`], with the last loan of a line whose titles are for sale.
		/// - [`Event::PayoutDeferred`], for a recipient whose account cannot receive its part.
		#[pallet::call_index(22)]
		#[pallet::weight(
			T::WeightInfo::payoff(MAX_INSTALLMENTS)
				.saturating_add(T::WeightInfo::cancel_auction())
		)]
		pub fn payoff(
			origin: OriginFor<T>,
			loan: LoanId,
			#[pallet::compact] max_amount: Balance,
		) -> DispatchResultWithPostInfo {
			let payer = ensure_signed(origin)?;
			let (periods, closed) = Self::do_payoff(payer, loan, max_amount)?;
			let weight = T::WeightInfo::payoff(periods);
			Ok(Some(weight.saturating_add(Self::closing_weight(closed))).into())
		}

		/// Pays the installments that have become due from the line's reserve.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by anyone.
		///
		/// ## Details
		///
		/// Pays the payment periods whose due date is reached, oldest first, and the fees that are
		/// carried over, as far as the reserve, and then the line's insurance proceeds, go: what an
		/// installment lacks does not keep the rest from being taken. The idle time of blocks does the
		/// same. Neither does while the line's titles are being sold: reserve and proceeds then go
		/// down the waterfall with the price.
		///
		/// ## Parameters
		///
		/// - `loan`: the loan.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownLoan`]: no loan has this id.
		/// - [`Error::InLiquidation`]: the line's titles are being sold.
		/// - [`Error::NothingDue`]: no due date of the loan has been reached unpaid, and no fee is
		///   carried over.
		/// - [`Error::ReserveTooLow`]: reserve and insurance proceeds are empty.
		/// - [`Error::Overflow`]: a sum overflows.
		/// - The errors of the senior lender and of the USDai transfers.
		///
		/// ## Events
		///
		/// - [`Event::Repaid`].
		/// - [`Event::JuniorHeldBack`], if the line is in default.
		/// - [`Event::ImpairmentSet`], if the senior lender's expected shortfall changes.
		/// - [`Event::LoanClosed`], if nothing is outstanding on the loan any more.
		/// - [`Event::JuniorHoldbackReleased`], with the line's last loan, if something was held
		///   back.
		/// - [`Event::Collected`].
		/// - [`Event::InsuranceProceedsApplied`], if insurance proceeds paid.
		/// - [`Event::PayoutDeferred`], for a recipient whose account cannot receive its part.
		#[pallet::call_index(23)]
		#[pallet::weight(T::WeightInfo::collect(MAX_INSTALLMENTS))]
		pub fn collect(origin: OriginFor<T>, loan: LoanId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let periods = Self::do_collect(loan)?;
			Ok(Some(T::WeightInfo::collect(periods)).into())
		}

		/// Offers new terms for an accepted line and its loans.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the line's curator, not suspended.
		///
		/// ## Details
		///
		/// Replaces the terms that the curator offered before. The terms are bounded as those of a
		/// new line; capital is locked when they are accepted.
		///
		/// ## Parameters
		///
		/// - `line`: the line, open or in breach.
		/// - `terms`: the new terms.
		/// - `expires_at`: the time from which they cannot be accepted, unix seconds.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownLine`]: no line has this id.
		/// - [`Error::NotAccepted`]: the line is on offer.
		/// - [`Error::NotLineCurator`]: the caller is not the line's curator.
		/// - [`Error::LineNotOpen`]: the line is neither open nor in breach.
		/// - [`Error::CuratorSuspended`]: the caller is suspended.
		/// - [`Error::LimitTooLow`]: the limit is below [`CreditValues::min_draw`].
		/// - [`Error::AvailabilityInPast`]: the availability ends at or before now.
		/// - [`Error::TimeTooFar`]: the availability ends later than [`CreditValues::max_availability`]
		///   from now, or the offer expires later than [`CreditValues::offer_validity`] from now.
		/// - [`Error::AdvanceRateTooHigh`]: the advance rate is above [`CreditValues::max_advance_rate`].
		/// - [`Error::MaintenanceCoverageTooLow`]: the maintenance coverage is below one.
		/// - [`Error::CurePeriodTooLong`]: the cure period is above [`CreditValues::max_cure_period`].
		/// - [`Error::TooManyReserveInstallments`]: more than twelve installments are kept back.
		/// - [`Error::InvalidCalendar`]: a field of the calendar is out of its range.
		/// - [`Error::TermTooShort`]: a loan may be over before [`CreditValues::min_loan_term`].
		/// - [`Error::FirstLossTooLow`]: the first loss is below [`CreditValues::min_first_loss`].
		/// - [`Error::AprTooHigh`]: an annual rate is above [`CreditValues::max_apr`].
		/// - [`Error::SeniorAprTooLow`]: the senior tranche's annual rate is below
		///   [`CreditValues::min_senior_apr`].
		/// - [`Error::GracePeriodTooLong`]: the grace period is above [`CreditValues::max_grace_period`].
		/// - [`Error::FeeTooHigh`]: a fee is above [`CreditValues::max_fee`].
		/// - [`Error::ServicingFeeTooHigh`]: the servicing fees of a year are above
		///   [`CreditValues::max_servicing_fee`].
		/// - [`Error::ExpiryInPast`]: the offer expires at or before now.
		/// - [`Error::CapacityExceeded`]: the limit rises and the limits of the curator's live
		///   lines would exceed its capacity.
		/// - [`Error::Overflow`]: the limits or the fees of a year overflow.
		///
		/// ## Events
		///
		/// - [`Event::TermsOffered`], with the hash of the encoded terms.
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

		/// Refinances a line under the terms that its curator offers.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the line's borrower.
		///
		/// ## Details
		///
		/// The borrower pays the debt of each loan up to now: payment periods whose due date is
		/// reached, and the interest earned since. The balance is carried into a new schedule that
		/// begins now, or where interest is paid ahead at the end of what is paid; no fee is due on
		/// it. The titles have to cover it under the new terms. The curator's lock becomes its
		/// share of what the new limit leaves to draw, and its deposit follows the price of storage
		/// of this day.
		///
		/// ## Parameters
		///
		/// - `line`: the line, open or in breach.
		/// - `terms_hash`: the hash of the terms that the borrower consents to.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownLine`]: no line has this id.
		/// - [`Error::NotAccepted`]: the line is on offer.
		/// - [`Error::NotBorrower`]: the caller is not the line's borrower.
		/// - [`Error::NoTermsOffered`]: no new terms are on offer.
		/// - [`Error::OfferExpired`]: the new terms have expired.
		/// - [`Error::TermsMismatch`]: the hash is not that of the terms on offer.
		/// - [`Error::LineNotOpen`]: the line is neither open nor in breach.
		/// - [`Error::CuratorSuspended`]: the curator is suspended.
		/// - The errors of the terms of [`Call::offer_line`]: they are out of the bounds of this moment.
		/// - [`Error::CapacityExceeded`]: the limit rises and the limits of the curator's live
		///   lines would exceed its capacity.
		/// - [`Error::OutstandingAboveLimit`]: more is outstanding than the new limit.
		/// - [`Error::PriceStale`]: the value of a title is too old.
		/// - [`Error::PriceUnavailable`]: a title has no value, or its model no advance rate.
		/// - [`Error::InsufficientCoverage`]: the titles do not cover the debt under the new terms.
		/// - [`Error::ModelCeilingExceeded`]: more principal than before would stand against a
		///   model, above its ceiling.
		/// - [`Error::Overflow`]: a value of a title or a sum overflows.
		/// - The errors of the senior lender, of the USDai transfers, of the hold on the curator's
		///   capital and of its storage deposit.
		///
		/// ## Events
		///
		/// - [`Event::Repaid`], for each loan on which something is due.
		/// - [`Event::LoanClosed`], for each loan that this repays.
		/// - [`Event::ExposureChanged`], while something is owed.
		/// - [`Event::LoanRefinanced`], for each loan that goes on.
		/// - [`Event::ImpairmentSet`], if the expected shortfall changes.
		/// - [`Event::LineRefinanced`].
		/// - [`Event::PayoutDeferred`], for a recipient whose account cannot receive its part.
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

		/// Takes new terms back.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the line's curator; by anyone once the terms have expired.
		///
		/// ## Details
		///
		/// The line goes on as it is.
		///
		/// ## Parameters
		///
		/// - `line`: the line.
		///
		/// ## Errors
		///
		/// - [`Error::NoTermsOffered`]: no new terms are on offer.
		/// - [`Error::OfferStanding`]: the caller is not the line's curator and the terms have not
		///   expired.
		///
		/// ## Events
		///
		/// - [`Event::TermsWithdrawn`].
		#[pallet::call_index(26)]
		#[pallet::weight(T::WeightInfo::withdraw_terms())]
		pub fn withdraw_terms(origin: OriginFor<T>, line: LineId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw_terms(who, line)
		}

		/// Pays into the reserve of a line.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by anyone.
		///
		/// ## Details
		///
		/// The reserve pays installments; the part that it does not need is the borrower's.
		///
		/// ## Parameters
		///
		/// - `line`: the line, accepted.
		/// - `amount`: the amount, in USDai.
		///
		/// ## Errors
		///
		/// - [`Error::ZeroAmount`]: the amount is zero.
		/// - [`Error::UnknownLine`]: no line has this id.
		/// - [`Error::NotAccepted`]: the line is on offer.
		/// - [`Error::Overflow`]: the reserve overflows.
		/// - The errors of the USDai transfer.
		///
		/// ## Events
		///
		/// - [`Event::ReserveToppedUp`].
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

		/// Takes the part of the reserve that it does not need.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the line's borrower.
		///
		/// ## Details
		///
		/// The reserve needs the next installments of every loan, as many as the terms say. While a
		/// payment is overdue no part of it is the borrower's to take.
		///
		/// ## Parameters
		///
		/// - `line`: the line, open.
		/// - `amount`: the amount, in USDai.
		///
		/// ## Errors
		///
		/// - [`Error::ZeroAmount`]: the amount is zero.
		/// - [`Error::UnknownLine`]: no line has this id.
		/// - [`Error::NotBorrower`]: the caller is not the line's borrower.
		/// - [`Error::LineNotOpen`]: the line is not open.
		/// - [`Error::PaymentOverdue`]: a due date of a loan of the line has passed unpaid.
		/// - [`Error::ReserveRequired`]: the reserve would fall below the installments that it has
		///   to hold.
		/// - [`Error::Overflow`]: a sum overflows.
		/// - The errors of the USDai transfer.
		///
		/// ## Events
		///
		/// - [`Event::ReserveWithdrawn`].
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

		/// Pays down a loan with the insurance proceeds of its line.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by anyone.
		///
		/// ## Details
		///
		/// Pays as a repayment does, without an exit fee. The
		/// idle time of the block in which the money comes in does the same. Neither does while the
		/// line's titles are being sold: the money then goes down the waterfall with the price.
		///
		/// ## Parameters
		///
		/// - `loan`: the loan.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownLoan`]: no loan has this id.
		/// - [`Error::InLiquidation`]: the line's titles are being sold.
		/// - [`Error::NoInsuranceProceeds`]: the line has no insurance proceeds.
		/// - [`Error::PaysNothing`]: nothing is owed.
		/// - [`Error::Overflow`]: a sum overflows.
		/// - The errors of the senior lender and of the USDai transfers.
		///
		/// ## Events
		///
		/// - [`Event::Repaid`].
		/// - [`Event::JuniorHeldBack`], if the line is in default.
		/// - [`Event::ImpairmentSet`], if the senior lender's expected shortfall changes.
		/// - [`Event::LoanClosed`], if nothing is outstanding on the loan any more.
		/// - [`Event::JuniorHoldbackReleased`], with the line's last loan, if something was held
		///   back.
		/// - [`Event::InsuranceProceedsApplied`].
		/// - [`Event::PayoutDeferred`], for a recipient whose account cannot receive its part.
		#[pallet::call_index(32)]
		#[pallet::weight(T::WeightInfo::apply_insurance_proceeds(MAX_INSTALLMENTS))]
		pub fn apply_insurance_proceeds(
			origin: OriginFor<T>,
			loan: LoanId,
		) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let periods = Self::do_apply_insurance_proceeds(loan)?;
			Ok(Some(T::WeightInfo::apply_insurance_proceeds(periods)).into())
		}

		/// Pays out the USDai that is kept for an account that could not be paid.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by anyone; the money goes to the account.
		///
		/// ## Details
		///
		/// A payment that its recipient cannot receive blocks nobody: it is kept until this is
		/// called.
		///
		/// ## Parameters
		///
		/// - `account`: the account it is kept for.
		///
		/// ## Errors
		///
		/// - [`Error::NothingToClaim`]: no USDai is kept for the account.
		/// - The errors of the USDai transfer: the account still cannot receive it.
		///
		/// ## Events
		///
		/// - [`Event::PayoutClaimed`].
		#[pallet::call_index(33)]
		#[pallet::weight(T::WeightInfo::claim_payout())]
		pub fn claim_payout(origin: OriginFor<T>, account: T::AccountId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_claim_payout(account)
		}

		/// Declares that a covenant of a line is broken.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by anyone.
		///
		/// ## Details
		///
		/// A covenant is broken when the borrowing base over the principal outstanding is below the
		/// maintenance coverage, or a title is lost, suspended by a referendum, out of custody,
		/// uninsured or under-insured. A title whose model is delisted, or paused by a referendum,
		/// counts by its last known value less a haircut. A brake of the technical committee on a
		/// title or on a model breaks no covenant. The cure period begins and the senior lender's expected shortfall is
		/// provisioned.
		///
		/// ## Parameters
		///
		/// - `line`: the line.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownLine`]: no line has this id.
		/// - [`Error::NotAccepted`]: the line is on offer.
		/// - [`Error::LineNotOpen`]: the line is not open: it is in breach or in default already.
		/// - [`Error::NothingOwed`]: nothing is outstanding on the line.
		/// - [`Error::NotInBreach`]: every covenant holds.
		/// - [`Error::PriceUnavailable`]: the specification of a title's model is not known.
		/// - [`Error::Overflow`]: a value of a title, a sum of values or the end of the cure period
		///   overflows.
		///
		/// ## Events
		///
		/// - [`Event::LineBreached`].
		/// - [`Event::ImpairmentSet`], if a shortfall is expected.
		/// - [`Event::LineStateChanged`].
		#[pallet::call_index(50)]
		#[pallet::weight(T::WeightInfo::declare_breach(MAX_TITLES))]
		pub fn declare_breach(origin: OriginFor<T>, line: LineId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let titles = Self::do_declare_breach(line)?;
			Ok(Some(T::WeightInfo::declare_breach(titles)).into())
		}

		/// Declares that a loan is in default.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by anyone.
		///
		/// ## Details
		///
		/// A loan is in default from the second after the grace period of its oldest unpaid payment
		/// period on. The whole line is in default then: nothing is drawn, its loans earn nothing
		/// in the senior lender's books, and the expected shortfall is provisioned. Payments are
		/// taken as before.
		///
		/// ## Parameters
		///
		/// - `loan`: the loan.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownLoan`]: no loan has this id.
		/// - [`Error::LineNotOpen`]: the line is neither open nor in breach: it is in default
		///   already.
		/// - [`Error::GracePeriodRunning`]: the grace period of the loan's oldest payment is not
		///   over.
		/// - [`Error::Overflow`]: a value of a title, or the sum of the values, overflows.
		/// - The errors of the senior lender's books.
		///
		/// ## Events
		///
		/// - [`Event::LoanDefaulted`].
		/// - [`Event::ImpairmentSet`], if a shortfall is expected.
		/// - [`Event::LineStateChanged`].
		#[pallet::call_index(51)]
		#[pallet::weight(T::WeightInfo::declare_default(MAX_TITLES))]
		pub fn declare_default(origin: OriginFor<T>, loan: LoanId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let titles = Self::do_declare_default(loan)?;
			Ok(Some(T::WeightInfo::declare_default(titles)).into())
		}

		/// Declares that a breach was not cured in time.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by anyone.
		///
		/// ## Details
		///
		/// Possible from the second after the cure period on, while a covenant is still broken: the
		/// line is then in default.
		///
		/// ## Parameters
		///
		/// - `line`: the line.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownLine`]: no line has this id.
		/// - [`Error::NotAccepted`]: the line is on offer.
		/// - [`Error::NotBreached`]: the line is not in breach.
		/// - [`Error::CurePeriodRunning`]: the cure period is not over.
		/// - [`Error::NotInBreach`]: every covenant holds again: the line can be cured.
		/// - [`Error::PriceStale`], [`Error::PriceUnavailable`]: a covenant is broken by the last value
		///   of a title less the haircut, and would hold by that value: there is none of today.
		/// - [`Error::Overflow`]: a value of a title, or the sum of the values, overflows.
		/// - The errors of the senior lender's books.
		///
		/// ## Events
		///
		/// - [`Event::ImpairmentSet`], if the expected shortfall changes.
		/// - [`Event::LineStateChanged`].
		#[pallet::call_index(52)]
		#[pallet::weight(T::WeightInfo::declare_uncured(MAX_TITLES))]
		pub fn declare_uncured(origin: OriginFor<T>, line: LineId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let titles = Self::do_declare_uncured(line)?;
			Ok(Some(T::WeightInfo::declare_uncured(titles)).into())
		}

		/// Declares that a line is whole again.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by anyone.
		///
		/// ## Details
		///
		/// A line is whole when all covenants hold and, after a default, no payment is overdue. It
		/// can be cured until its titles are auctioned. The line is open again, its loans earn
		/// again, the provision is released, and the junior holdback is paid to the curator.
		///
		/// ## Parameters
		///
		/// - `line`: the line.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownLine`]: no line has this id.
		/// - [`Error::NotAccepted`]: the line is on offer.
		/// - [`Error::NotDistressed`]: the line is neither in breach nor in default.
		/// - [`Error::PaymentOverdue`]: the line is in default and a due date of a loan has passed
		///   unpaid.
		/// - [`Error::StillInBreach`]: a covenant is broken.
		/// - [`Error::PriceStale`], [`Error::PriceUnavailable`]: a covenant is broken by the last value
		///   of a title less the haircut, and would hold by that value: there is none of today.
		/// - [`Error::Overflow`]: a value of a title, or the sum of the values, overflows.
		/// - The errors of the senior lender and of the USDai transfers.
		///
		/// ## Events
		///
		/// - [`Event::ImpairmentSet`], if a shortfall was provisioned.
		/// - [`Event::LineStateChanged`].
		/// - [`Event::JuniorHoldbackReleased`], if something was held back.
		/// - [`Event::PayoutDeferred`], for a recipient whose account cannot receive its part.
		#[pallet::call_index(53)]
		#[pallet::weight(T::WeightInfo::cure(MAX_TITLES))]
		pub fn cure(origin: OriginFor<T>, line: LineId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let titles = Self::do_cure(line)?;
			Ok(Some(T::WeightInfo::cure(titles)).into())
		}

		/// Assesses a line again, and books its loans by the clock.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by anyone.
		///
		/// ## Details
		///
		/// A loan whose due date has passed unpaid earns on the balance that its schedule leaves from
		/// then on, and nothing behind its last due date: the senior lender's books learn it here, in
		/// idle work, and with each payment.
		///
		/// The recovery is the sum of the last known liquidation values, less a haircut where there
		/// is none of today and less the cost of a sale. The senior principal beyond it, and beyond
		/// what the line holds and is insured for, is the shortfall. The part of it that the weight of
		/// the line asks for is provisioned; the weight of a breach grows by days.
		///
		/// ## Parameters
		///
		/// - `line`: the line.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownLine`]: no line has this id.
		/// - [`Error::NotAccepted`]: the line is on offer.
		/// - [`Error::NothingOwed`]: nothing is owed on the line, and it is not in trouble.
		/// - [`Error::Overflow`]: a value of a title, or the sum of the values, overflows.
		/// - The errors of the senior lender's books.
		///
		/// ## Events
		///
		/// - [`Event::ImpairmentSet`], if the provision changes.
		#[pallet::call_index(54)]
		#[pallet::weight(T::WeightInfo::reassess(MAX_TITLES).saturating_add(T::WeightInfo::rebook()))]
		pub fn reassess(origin: OriginFor<T>, line: LineId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let titles = Self::do_reassess(line)?;
			let rebooking = T::WeightInfo::rebook();
			Ok(Some(T::WeightInfo::reassess(titles).saturating_add(rebooking)).into())
		}

		/// Puts the titles of a line in default up for auction, as one lot.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by anyone.
		///
		/// ## Details
		///
		/// The least bid is a governed share of the proceeds of a forced sale, and a unit at least.
		/// Where a value is missing today the last accepted one counts, less the governed haircut.
		/// The rules of the line's version are those of the auction to its end. Whoever pays all that is owed
		/// before the lot is handed over ends it. A line that [`Call::cure`] would make whole again
		/// is not sold, and none is before the delay of the line's rules is over, which counts from the
		/// default.
		///
		/// ## Parameters
		///
		/// - `line`: the line.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownLine`]: no line has this id.
		/// - [`Error::NotAccepted`]: the line is on offer.
		/// - [`Error::NotDefaulted`]: the line is not in default, or its titles are for sale
		///   already.
		/// - [`Error::NothingOwed`]: nothing is outstanding on the line.
		/// - [`Error::SaleTooEarly`]: the delay after the default is not over.
		/// - [`Error::ClaimsOpen`]: every machine is lost, and insurers still owe for one.
		/// - [`Error::Curable`]: nothing is overdue and every covenant holds.
		/// - [`Error::PriceStale`], [`Error::PriceUnavailable`]: nothing is overdue, and a
		///   covenant is broken by the last value of a title less the haircut, and would hold by that
		///   value: there is none of today.
		/// - [`Error::Overflow`]: a value of a title, a sum of values or the end of the round
		///   overflows.
		///
		/// ## Events
		///
		/// - [`Event::LineStateChanged`], [`Event::AuctionStarted`].
		#[pallet::call_index(40)]
		#[pallet::weight(T::WeightInfo::start_auction(MAX_TITLES))]
		pub fn start_auction(origin: OriginFor<T>, line: LineId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let titles = Self::do_start_auction(line)?;
			Ok(Some(T::WeightInfo::start_auction(titles)).into())
		}

		/// Bids for the titles of a line, or offers for them once the curator's option has passed.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by anyone but the line's borrower and curator, and custodians, insurers and
		/// appraisers of its titles.
		///
		/// ## Details
		///
		/// The bid is put on hold, and the one that it exceeds is released; for raising one's own
		/// only the difference is held. A late bid keeps the round open. Once the curator's option
		/// has passed a bid is an offer to governance, which binds for the binding period of offers
		/// (see [`Call::withdraw_bid`]).
		///
		/// ## Parameters
		///
		/// - `line`: the line.
		/// - `amount`: the whole bid, in USDai: the reserve price, or an increment above the best
		///   bid, which is a share of it and a governed amount at least.
		///
		/// ## Errors
		///
		/// - [`Error::NoAuction`]: the titles of the line are not for sale.
		/// - [`Error::AuctionEnded`]: the round is over: it has to be settled.
		/// - [`Error::OptionRunning`]: the curator's option runs.
		/// - [`Error::SellerMayNotBid`]: the caller is the line's borrower.
		/// - [`Error::CuratorMayNotBid`]: the caller is the line's curator.
		/// - [`Error::CustodianMayNotBid`]: the caller is the custodian of a title of the lot.
		/// - [`Error::InsurerMayNotBid`]: the caller insures a title of the lot.
		/// - [`Error::AppraiserMayNotBid`]: the caller has filed an appraisal of a title of the lot.
		/// - [`Error::BidTooLow`]: the bid is below the reserve price, or the best bid and its
		///   increment.
		/// - [`Error::Overflow`]: the least bid or the end of the round overflows.
		/// - The errors of the hold on USDai.
		///
		/// ## Events
		///
		/// - [`Event::BidReleased`], for the bid exceeded.
		/// - [`Event::PayoutDeferred`], if its account cannot take the money back.
		/// - [`Event::BidPlaced`].
		#[pallet::call_index(41)]
		#[pallet::weight(T::WeightInfo::bid(MAX_TITLES))]
		pub fn bid(
			origin: OriginFor<T>,
			line: LineId,
			#[pallet::compact] amount: Balance,
		) -> DispatchResultWithPostInfo {
			let titles = Self::do_bid(ensure_signed(origin)?, line, amount)?;
			Ok(Some(T::WeightInfo::bid(titles)).into())
		}

		/// Ends a round of an auction.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by anyone.
		///
		/// ## Details
		///
		/// With a bid, the titles go to its bidder and the money down the waterfall. The senior
		/// principal that stays unpaid is written off, and stands with the junior one in
		/// [`LineLosses`] until it is recovered; the line is closed. Without a bid, the lot is put up again at less, a bounded number of times; then
		/// the curator has its option. The senior lender expects no more of the lot from then on
		/// than is asked now.
		///
		/// ## Parameters
		///
		/// - `line`: the line.
		///
		/// ## Errors
		///
		/// - [`Error::NoAuction`]: the titles of the line are not for sale.
		/// - [`Error::NothingToSettle`]: every round went without a bid: the curator's option runs,
		///   or governance decides.
		/// - [`Error::AuctionRunning`]: the round is not over.
		/// - [`Error::Overflow`]: a value of a title, a sum or the end of the next round overflows.
		/// - The errors of the titles, of the senior lender and of the USDai transfers.
		///
		/// ## Events
		///
		/// - Without a bid: [`Event::LotRelisted`] or [`Event::LotUnsold`].
		/// - Without a bid: [`Event::ImpairmentSet`], if the expected shortfall changes.
		/// - With a bid: [`Event::LoanLiquidated`], for each loan.
		/// - With a bid: [`Event::ImpairmentSet`], if a shortfall was provisioned.
		/// - With a bid: [`Event::BadDebtBooked`], if senior principal stays unpaid.
		/// - With a bid: [`Event::PayoutDeferred`], for a recipient whose account cannot receive
		///   its part.
		/// - With a bid: [`Event::LotHandedOver`], [`Event::LineLiquidated`],
		///   [`Event::LineStateChanged`].
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

		/// Takes a lot that nobody bid for, at its last reserve price.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the line's curator.
		///
		/// ## Details
		///
		/// The price goes down the waterfall as that of [`Call::settle_auction`].
		///
		/// ## Parameters
		///
		/// - `line`: the line.
		///
		/// ## Errors
		///
		/// - [`Error::NoAuction`]: the titles of the line are not for sale.
		/// - [`Error::NotLineCurator`]: the caller is not the line's curator.
		/// - [`Error::NoOption`]: the curator's option has not begun, or is over.
		/// - [`Error::Overflow`]: a sum overflows.
		/// - The errors of the titles, of the senior lender and of the USDai transfers.
		///
		/// ## Events
		///
		/// - [`Event::LoanLiquidated`], for each loan.
		/// - [`Event::ImpairmentSet`], if a shortfall was provisioned.
		/// - [`Event::BadDebtBooked`], if senior principal stays unpaid.
		/// - [`Event::PayoutDeferred`], for a recipient whose account cannot receive its part.
		/// - [`Event::LotHandedOver`], [`Event::LineLiquidated`], [`Event::LineStateChanged`].
		#[pallet::call_index(43)]
		#[pallet::weight(T::WeightInfo::credit_bid(MAX_TITLES, MAX_LOANS))]
		pub fn credit_bid(origin: OriginFor<T>, line: LineId) -> DispatchResultWithPostInfo {
			let (titles, loans) = Self::do_credit_bid(ensure_signed(origin)?, line)?;
			Ok(Some(T::WeightInfo::credit_bid(titles, loans)).into())
		}

		/// Hands over a lot that nobody bid for and the curator left.
		///
		/// ## Dispatch Origin
		///
		/// Must be [`Config::AdminOrigin`] for what raises risk: a referendum.
		///
		/// ## Details
		///
		/// For a price, the lot goes to the best offer made by [`Call::bid`], whoever made it by
		/// then, if that is at least the price; its bidder pays the whole offer. So an offer that
		/// is exceeded between the motion and its execution does not stop it. An offer binds for
		/// longer than a referendum takes, so neither does the withdrawal of the one that exceeded
		/// it.
		///
		/// For a price of zero, the lot goes to `to` as a gift, whatever others offer: an offer of
		/// next to nothing neither takes the lot nor keeps it from being given. If the best offer
		/// is that of `to` itself, it pays that. The waterfall is that of [`Call::settle_auction`].
		///
		/// ## Parameters
		///
		/// - `line`: the line.
		/// - `to`: the account that receives the titles as a gift; without meaning for a price.
		/// - `price`: the least that the best offer has to be, in USDai, or zero.
		///
		/// ## Errors
		///
		/// - [`Error::NoAuction`]: the titles of the line are not for sale.
		/// - [`Error::NotInResolution`]: bids are taken or the curator's option runs.
		/// - [`Error::NoSuchOffer`]: a price is asked and no offer reaches it.
		/// - [`Error::Overflow`]: a sum overflows.
		/// - The errors of the titles, of the senior lender and of the USDai transfers.
		///
		/// ## Events
		///
		/// - [`Event::BidReleased`], for an offer that is not taken.
		/// - [`Event::LoanLiquidated`], for each loan.
		/// - [`Event::ImpairmentSet`], if a shortfall was provisioned.
		/// - [`Event::BadDebtBooked`], if senior principal stays unpaid.
		/// - [`Event::PayoutDeferred`], for a recipient whose account cannot receive its part.
		/// - [`Event::LotHandedOver`], [`Event::LineLiquidated`], [`Event::LineStateChanged`].
		#[pallet::call_index(44)]
		#[pallet::weight(T::WeightInfo::resolve_lot(MAX_TITLES, MAX_LOANS))]
		pub fn resolve_lot(
			origin: OriginFor<T>,
			line: LineId,
			to: T::AccountId,
			#[pallet::compact] price: Balance,
		) -> DispatchResultWithPostInfo {
			T::AdminOrigin::ensure_origin(origin, &Risk::Raises)?;
			let (titles, loans) = Self::do_resolve_lot(line, to, price)?;
			Ok(Some(T::WeightInfo::resolve_lot(titles, loans)).into())
		}

		/// Takes back an offer that governance has not accepted.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the account that made the best offer.
		///
		/// ## Details
		///
		/// A bid in a round binds until it is exceeded. An offer after the curator's option binds
		/// for the binding period of offers, by the rules of the line's version, from the second in
		/// which it was made or last raised. The period is longer than a referendum takes until it
		/// is enacted.
		///
		/// ## Parameters
		///
		/// - `line`: the line.
		///
		/// ## Errors
		///
		/// - [`Error::NoAuction`]: the titles of the line are not for sale.
		/// - [`Error::NotBestBidder`]: the caller has not made the best bid.
		/// - [`Error::BidBinding`]: the bid binds still.
		/// - The errors of the release of the hold.
		///
		/// ## Events
		///
		/// - [`Event::BidReleased`].
		/// - [`Event::PayoutDeferred`], if the caller's account cannot take the money back.
		#[pallet::call_index(45)]
		#[pallet::weight(T::WeightInfo::withdraw_bid())]
		pub fn withdraw_bid(origin: OriginFor<T>, line: LineId) -> DispatchResult {
			Self::do_withdraw_bid(ensure_signed(origin)?, line)
		}

		/// Ends the sale of a line's titles: the line is whole again.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by anyone.
		///
		/// ## Details
		///
		/// If the line's reserve and its insurance proceeds pay all of its debt, they do: all loans are
		/// closed, and it costs nothing. Else nothing may be overdue and every covenant has to hold, as
		/// for [`Call::cure`], and the caller pays what the sale would have cost of the principal
		/// outstanding, to the treasury. Overdue installments are paid before, by [`Call::repay`], in
		/// the same batch if need be. Possible until a round has ended with a bid. The best bid is
		/// released.
		///
		/// ## Parameters
		///
		/// - `line`: the line.
		/// - `max_cost`: the most that the caller pays, in USDai.
		///
		/// ## Errors
		///
		/// - [`Error::NoAuction`]: the titles of the line are not for sale.
		/// - [`Error::LotWon`]: the round has ended with a bid.
		/// - [`Error::PaymentOverdue`]: a payment of the line is overdue.
		/// - [`Error::StillInBreach`]: a covenant is broken.
		/// - [`Error::CostAboveMaximum`]: it costs more than `max_cost`.
		/// - [`Error::Overflow`]: a sum overflows.
		/// - The errors of the senior lender and of the USDai transfers.
		///
		/// ## Events
		///
		/// - With the line's own money: [`Event::Repaid`], [`Event::LoanClosed`], for each loan.
		/// - [`Event::ImpairmentSet`], if a shortfall was provisioned.
		/// - [`Event::LineStateChanged`], [`Event::BidReleased`] for the best bid,
		///   [`Event::AuctionCancelled`].
		/// - [`Event::JuniorHoldbackReleased`], if something was held back.
		/// - [`Event::PayoutDeferred`], for an account that cannot receive its part.
		/// - [`Event::LineReinstated`].
		#[pallet::call_index(47)]
		#[pallet::weight(
			T::WeightInfo::reassess(MAX_TITLES)
				.saturating_add(T::WeightInfo::rebook())
				.saturating_add(T::WeightInfo::cancel_auction())
				.saturating_add(
					T::WeightInfo::repay(MAX_INSTALLMENTS).saturating_mul(MAX_LOANS.into())
				)
		)]
		pub fn reinstate(
			origin: OriginFor<T>,
			line: LineId,
			#[pallet::compact] max_cost: Balance,
		) -> DispatchResult {
			Self::do_reinstate(ensure_signed(origin)?, line, max_cost)
		}

		/// Pays what a line that has ended cost the savers.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by anyone.
		///
		/// ## Details
		///
		/// The money is the senior lender's, as what an insurer pays after the end of a line. Never
		/// takes more than is left of the loss.
		///
		/// ## Parameters
		///
		/// - `line`: the line.
		/// - `max_amount`: the most that is taken, in USDai.
		///
		/// ## Errors
		///
		/// - [`Error::ZeroAmount`]: the amount is zero.
		/// - [`Error::NoLoss`]: the line lives, never was, or has cost the senior lender nothing that
		///   is left.
		/// - The errors of the senior lender and of the USDai transfers.
		///
		/// ## Events
		///
		/// - [`Event::LossRepaid`].
		#[pallet::call_index(48)]
		#[pallet::weight(T::WeightInfo::repay_loss())]
		pub fn repay_loss(
			origin: OriginFor<T>,
			line: LineId,
			#[pallet::compact] max_amount: Balance,
		) -> DispatchResult {
			Self::do_repay_loss(ensure_signed(origin)?, line, max_amount)
		}

		/// Turns the round over the lines by some lines.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by anyone.
		///
		/// ## Details
		///
		/// Does what idle work does, when blocks have no room: each line is looked at once a round,
		/// and what the clock and prices prove of it is declared and booked. A round that runs goes
		/// on; without one a round begins. A settlement of the vault waits for a round that has begun
		/// after the close of its window. The caller pays for what was done.
		///
		/// ## Parameters
		///
		/// - `max_lines`: maximum number of lines to look at. A line with more to do than fits into
		///   the weight of so many lines ends the turn.
		///
		/// ## Errors
		///
		/// - [`Error::NoLines`]: `max_lines` is zero.
		/// - [`Error::LineTooLong`]: the next line has more to do than fits into `max_lines` lines.
		///
		/// ## Events
		///
		/// - [`Event::RoundTurned`], and those of what was declared and booked.
		#[pallet::call_index(46)]
		#[pallet::weight(Pallet::<T>::turn_limit(*max_lines))]
		pub fn turn_round(origin: OriginFor<T>, max_lines: u32) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			Ok(Some(Self::do_turn_round(max_lines)?).into())
		}
	}
}
