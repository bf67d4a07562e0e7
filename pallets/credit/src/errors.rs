// SPDX-License-Identifier: Apache-2.0

//! Errors of the credit pallet, each with what its caller can do about it.

use crate::{
	frame_support::{defensive, pallet_macros::pallet_section},
	pallet::{Config, Error},
};
use caliber_math::MathError;
use caliber_primitives::governance::BrakeError;

/// Errors of the credit pallet.
#[pallet_section]
mod errors {
	#[pallet::error]
	pub enum Error<T> {
		/// The account is a curator of this capacity already and not suspended: nothing would change.
		AlreadyCurator,
		/// The account is not an approved curator.
		NotCurator,
		/// The curator is suspended: governance has to approve it again.
		CuratorSuspended,
		/// The limits of the curator's live lines would exceed its capacity: offer less.
		CapacityExceeded,
		/// The limit is below the least draw: raise it.
		LimitTooLow,
		/// The availability ends in the past: choose a later time.
		AvailabilityInPast,
		/// The offer expires in the past: choose a later time.
		ExpiryInPast,
		/// The offer would stand, or the line be available, for longer than allowed: choose an earlier
		/// time. It is in seconds, not in milliseconds.
		TimeTooFar,
		/// The advance rate is above the maximum: lower it.
		AdvanceRateTooHigh,
		/// The first loss is below the minimum: raise it.
		FirstLossTooLow,
		/// An annual rate is above the maximum: lower it.
		AprTooHigh,
		/// The grace period is longer than allowed: shorten it.
		GracePeriodTooLong,
		/// The cure period is longer than allowed: shorten it.
		CurePeriodTooLong,
		/// The calendar has a field out of its range: see its documentation.
		InvalidCalendar,
		/// The term of a loan is shorter than allowed: choose more or longer payment periods.
		TermTooShort,
		/// A fee is above the maximum: lower it.
		FeeTooHigh,
		/// More installments are kept back than allowed: lower the number.
		TooManyReserveInstallments,
		/// The maintenance coverage is below one: raise it.
		MaintenanceCoverageTooLow,
		/// No such line: it never existed, was withdrawn or is closed.
		UnknownLine,
		/// The line has been accepted: it can be closed, not withdrawn or accepted.
		NotOnOffer,
		/// The line is still on offer: wait until it is accepted.
		NotAccepted,
		/// The offer stands until it expires, and only its curator may take it back before.
		OfferStanding,
		/// The offer has expired: ask the curator for a new one.
		OfferExpired,
		/// Only the borrower of the line may do this.
		NotBorrower,
		/// Only the borrower or the curator of the line may do this.
		NotParty,
		/// The hash is not that of the offered terms: read the offer again.
		TermsMismatch,
		/// A line needs at least one title.
		NoTitles,
		/// The line is not open for this in its state.
		LineNotOpen,
		/// The availability of the line has ended.
		AvailabilityEnded,
		/// The draw would exceed the line's limit: draw less.
		LimitExceeded,
		/// The draw is below the least draw: draw more.
		DrawTooSmall,
		/// The line has as many loans as it may: repay one first.
		TooManyLoans,
		/// A title's value has never been available: wait for the oracle's operators.
		PriceUnavailable,
		/// A title's value is too old: wait for the oracle's operators.
		PriceStale,
		/// The draw would exceed what all lines may owe together: draw less or later.
		GlobalCeilingExceeded,
		/// The draw would exceed what one borrower may owe: draw less.
		BorrowerCeilingExceeded,
		/// The titles do not cover the draw: draw less or pledge more.
		InsufficientCoverage,
		/// The senior lender cannot lend this much now: draw less or later.
		InsufficientLiquidity,
		/// The curator's locked capital does not fund its share of the draw: have it add some.
		JuniorCapitalShort,
		/// With so much the line would have more of the curator's capital than its draws can take: add
		/// less.
		CapitalNotNeeded,
		/// Fee and reserve would leave nothing of the draw: draw more.
		NothingToDisburse,
		/// No such loan: it never existed or is repaid.
		UnknownLoan,
		/// The amount is zero.
		ZeroAmount,
		/// The amount pays nothing: it is less than a unit of principal ahead of the schedule and the
		/// exit fee on it. Pay more.
		PaysNothing,
		/// Closing the loan costs more than the given maximum: raise it.
		PayoffAboveMaximum,
		/// No due date of the loan has been reached unpaid, and no fee is carried over: nothing to
		/// collect.
		NothingDue,
		/// Nothing is set aside for what is due: top the reserve up, or repay.
		ReserveTooLow,
		/// The reserve needs what would be taken: take less.
		ReserveRequired,
		/// Loans are outstanding: repay them first.
		LoansOutstanding,
		/// No such model: the appraisal has to register it first.
		UnknownModel,
		/// The draw would exceed the ceiling of a model: draw less or pledge other machines.
		ModelCeilingExceeded,
		/// The draw would exceed the curator's capacity: draw less or later.
		CuratorCeilingExceeded,
		/// A title of the line is lost, suspended, out of custody or not insured: make that good or
		/// swap the title out first.
		TitleLapsed,
		/// A title of the line secures no new debt for this reason, and the others do not cover it: have
		/// the custodian make that good (acknowledge the pledge, for example), or draw less.
		NoNewDebt(Ineligibility),
		/// A payment on the line is overdue: make it first.
		PaymentOverdue,
		/// A line of the borrower is in breach, in default or for sale: make that good first.
		BorrowerInTrouble,
		/// The line would hold more titles than it may: pledge fewer.
		TooManyTitles,
		/// The line would have had titles of more models than it may: pledge machines of models that it
		/// knows.
		TooManyModels,
		/// The machines of the line would be in more facilities than it may: pledge others.
		TooManyFacilities,
		/// The line does not hold this title: look at its titles again.
		TitleNotInLine,
		/// The grace period of the loan's oldest payment is not over: the borrower may still pay.
		GracePeriodRunning,
		/// No covenant of the line is broken.
		NotInBreach,
		/// The line is not declared in breach: declare the breach first.
		NotBreached,
		/// The cure period of the breach is not over: the borrower may still make it good.
		CurePeriodRunning,
		/// A covenant of the line is still broken: add titles, insure or pay down first.
		StillInBreach,
		/// The line is neither in breach nor in default: there is nothing to cure or to assess.
		NotDistressed,
		/// Nothing is owed on the line: there is nothing to protect.
		NothingOwed,
		/// There is nothing to pay out: no USDai is kept for the account, or locked for the line.
		NothingToClaim,
		/// The line has no insurance proceeds to apply.
		NoInsuranceProceeds,
		/// Only the curator of the line may do this.
		NotLineCurator,
		/// No new terms are offered for the line: the curator has to offer them.
		NoTermsOffered,
		/// More is outstanding than the new limit: pay down, or ask for a higher limit.
		OutstandingAboveLimit,
		/// The borrower may draw, and counts on the curator's capital, until the availability of the
		/// line ends: wait, or let the borrower close it.
		StillAvailable,
		/// The line is not in default: declare the default first, if a loan is past its grace
		/// period.
		NotDefaulted,
		/// No auction of the line's titles runs: start one if the line is in default.
		NoAuction,
		/// The round is over: settle the auction first.
		AuctionEnded,
		/// Bids are still taken: wait until the round is over.
		AuctionRunning,
		/// No round is to be settled: the curator may take the lot, then governance decides.
		NothingToSettle,
		/// The curator's option runs: offer once it is over.
		OptionRunning,
		/// The curator may take the lot only when nobody bid in any round, until its option ends.
		NoOption,
		/// Governance decides only when the curator's option has ended.
		NotInResolution,
		/// Nobody offers this price: ask for less, or give the lot away for nothing.
		NoSuchOffer,
		/// The borrower sells and may not bid: repay instead.
		SellerMayNotBid,
		/// The curator may take the lot only when nobody bid in any round, and does not bid.
		CuratorMayNotBid,
		/// The custodian of a title of the lot does not bid for it.
		CustodianMayNotBid,
		/// The insurer of a title of the lot does not bid for it.
		InsurerMayNotBid,
		/// An appraiser of a title of the lot does not bid for it.
		AppraiserMayNotBid,
		/// Ending the sale costs more than the maximum: allow more.
		CostAboveMaximum,
		/// The line has cost the savers nothing that is left to repay.
		NoLoss,
		/// The titles are not sold so soon after the default: wait until the delay is over.
		SaleTooEarly,
		/// Every machine of the line is lost and insurers still owe for one: wait until the claim is
		/// paid, or its time is over.
		ClaimsOpen,
		/// The round has ended with a bid and the lot is its bidder's: settle the auction, and what is
		/// paid beyond the debt is the borrower's.
		LotWon,
		/// The bid is below the reserve price, or not enough above the best one: bid more.
		BidTooLow,
		/// The account has not made the best bid: it has nothing on hold.
		NotBestBidder,
		/// A bid binds: in a round until it is exceeded, afterwards for the binding period of offers.
		BidBinding,
		/// Nothing is overdue and every covenant holds: have the line cured, it is not to be sold.
		Curable,
		/// A number overflows.
		Overflow,
		/// The state breaks a rule of this pallet; nothing was changed. Please report it.
		Unexpected,
		/// The annual rate of the senior tranche is below the minimum: raise it.
		SeniorAprTooLow,
		/// The line's titles are being sold, and its reserve and insurance proceeds wait for the
		/// price: repay the loan instead.
		InLiquidation,
		/// The servicing fees of a year's payment periods add up to more than the maximum: lower
		/// the fee, or let fewer payment periods pay it.
		ServicingFeeTooHigh,
		/// The technical committee may only make it stricter than what counts now.
		NotStricter,
		/// A brake of the technical committee ended a short time ago: wait until its rest is over, or
		/// ask for a referendum.
		BrakeResting,
		/// The curator of a line cannot be its borrower: offer it to another account.
		BorrowerIsCurator,
		/// Turn the round by at least one line.
		NoLines,
		/// Turn the round by more lines: the next line has more to do than this many lines may take.
		LineTooLong,
	}
}

impl<T> From<BrakeError> for Error<T> {
	fn from(error: BrakeError) -> Self {
		match error {
			BrakeError::NotStricter => Self::NotStricter,
			BrakeError::Resting(_) => Self::BrakeResting,
		}
	}
}

impl<T: Config> From<MathError> for Error<T> {
	fn from(error: MathError) -> Self {
		match error {
			MathError::Overflow => Error::Overflow,
			// Terms are checked when they are offered, and payment periods and balances follow from
			// them: no state of this pallet gives such an error.
			MathError::DivisionByZero
			| MathError::InvalidTerms
			| MathError::NoSuchPeriod
			| MathError::ExceedsOutstanding => {
				defensive!("the terms or the books of a line are broken", error);
				Error::Unexpected
			}
		}
	}
}
