// SPDX-License-Identifier: Apache-2.0

//! Types of credit lines.

use crate::{
	reserves::BillSide, titles::Ineligibility, Balance, LineId, ModelId, ModelVersion, RequestId,
	RulesVersion, Seconds, TitleId,
};
use alloc::vec::Vec;
use caliber_math::{
	calendar::Calendar,
	schedule::{Amortization, Fee},
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::frame_support::{traits::ConstU32, BoundedVec};
use polkadot_sdk::sp_runtime::{FixedU128, Perbill};
use scale_info::TypeInfo;

/// Largest number of models that the titles of a line may be of.
pub const MAX_MODELS: u32 = 8;
/// Largest number of facilities that the titles of a line may be in.
pub const MAX_FACILITIES: u32 = 8;

/// Id of a loan: its line, and its number in the line.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct LoanId {
	/// Line that the loan was drawn under.
	pub line: LineId,
	/// Number of the loan in its line, counted from zero. It is never used again.
	pub number: u32,
}

/// Versions that a line opened under. They never change.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct LineVersions {
	/// Version of the rules of lines.
	pub rules: RulesVersion,
	/// Version of each model of its titles, from the time when the first title of the model was
	/// pledged; by model.
	pub models: BoundedVec<(ModelId, ModelVersion), ConstU32<MAX_MODELS>>,
}

/// Recipient of a fee.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum FeeRecipient {
	/// Treasury of the chain.
	Treasury,
	/// Curator of the line.
	Curator,
}

/// Fee and its recipient.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct FeeTerm {
	/// An amount in USDai, or a share of the base of the fee, rounded up.
	pub fee: Fee,
	/// Recipient of the fee.
	pub recipient: FeeRecipient,
}

/// Fees of a loan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct LoanFees {
	/// Fee on the amount drawn, kept back from it.
	pub origination: FeeTerm,
	/// Fee on the balance, each payment period.
	pub servicing: FeeTerm,
	/// Fee on principal prepaid ahead of the schedule: a share of each prepayment, or an absolute
	/// amount on the one that closes the loan.
	pub exit: FeeTerm,
	/// Fee on the price of a liquidation, behind all lenders. An absolute one is no more of it than
	/// a share may be.
	pub liquidation: FeeTerm,
}

/// Terms of every loan drawn under a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct LoanTerms {
	/// Due dates of the payments.
	pub calendar: Calendar,
	/// Repayment of the principal.
	pub amortization: Amortization,
	/// True if a stub payment period pays principal too.
	pub stub_amortizes: bool,
	/// Annual rate of the senior tranche.
	pub senior_apr: FixedU128,
	/// Annual rate of the junior tranche.
	pub junior_apr: FixedU128,
	/// Share of each draw that the curator's junior capital funds, rounded up.
	pub first_loss: Perbill,
	/// Annual rate on the balance while a payment is late, on top of the interest.
	pub grace_apr: FixedU128,
	/// Time that a payment may be late before the loan is in default, in seconds; late interest
	/// stops there.
	pub grace_period: Seconds,
	/// Fees of the loan.
	pub fees: LoanFees,
}

/// Terms of a line, fixed when it is offered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct LineTerms {
	/// Limit of the principal: outstanding if the line revolves, ever drawn if not, in USDai.
	pub limit: Balance,
	/// True if repaid principal may be drawn again.
	pub revolving: bool,
	/// Last time at which a loan may be drawn, unix seconds.
	pub availability_end: Seconds,
	/// Share of the title value that is lent at most; the maximum of a model may lower it.
	pub advance_rate: Perbill,
	/// Borrowing base over principal outstanding below which the line is in breach.
	pub maintenance_coverage: FixedU128,
	/// Time to cure a breach, in seconds.
	pub cure_period: Seconds,
	/// Number of installments that the reserve has to hold.
	pub reserve_installments: u8,
	/// Terms of each loan.
	pub loan: LoanTerms,
}

/// State of a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum LineState {
	/// The curator has offered the line; the borrower has not accepted it.
	Offered,
	/// The borrower has accepted the line; titles are pledged.
	Open,
	/// A covenant is broken; the cure period runs.
	Breached,
	/// A payment is later than its grace period, or a breach older than its cure period.
	Defaulted,
	/// The titles are in auction.
	Liquidating,
	/// Nothing is owed and no title is pledged.
	Closed,
}

/// Phase of the auction of a line's titles.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum AuctionPhase {
	/// Bids are taken until the end; then anyone may settle the auction.
	Bidding,
	/// No round had a bid: until the end the curator may take the lot at the reserve price (credit
	/// bid).
	CuratorOption,
	/// The curator did not take the lot: offers of any price are taken, and governance decides.
	Resolution,
}

/// State of a loan, by its payments.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum LoanState {
	/// No payment is overdue.
	Current,
	/// A due date has passed without payment.
	Late,
	/// The grace period has passed without payment.
	Defaulted,
}

/// Covenant of a line that is broken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum BreachReason {
	/// The borrowing base over the principal outstanding, less insurance money held, is below the
	/// maintenance coverage.
	Coverage,
	/// A title is lost, suspended by a referendum, out of custody, uninsured or under-insured.
	Title(TitleId, Ineligibility),
}

/// Breach of a covenant and its cure period.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Breach {
	/// Covenant that was found broken first.
	pub reason: BreachReason,
	/// Time at which the breach was declared, unix seconds.
	pub since: Seconds,
	/// Last second of the cure period, unix seconds.
	pub cure_until: Seconds,
}

/// Reason for which a schedule cannot be computed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum CreditError {
	/// A term is outside its bounds.
	InvalidTerms,
	/// A figure overflows its type.
	Overflow,
}

/// Payment due on a loan at a block's time, in USDai.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, TypeInfo)]
pub struct Due {
	/// Number of unpaid payment periods that have begun.
	pub periods: u32,
	/// Scheduled principal of these payment periods that is left to pay.
	pub principal: Balance,
	/// Interest of these payment periods that is left to pay, late interest left aside.
	pub interest: Balance,
	/// Late interest of these payment periods, and default interest.
	pub late_interest: Balance,
	/// Servicing fees of these payment periods, and those carried over from earlier ones.
	pub fees: Balance,
	/// Sum of principal, interest, late interest and fees.
	pub total: Balance,
}

/// Report on a line, for lenders and borrowers. Amounts in USDai.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct LineReport<AccountId> {
	/// Borrower of the line.
	pub borrower: AccountId,
	/// Curator of the line.
	pub curator: AccountId,
	/// State of the line.
	pub state: LineState,
	/// Principal outstanding of all loans of the line.
	pub outstanding: Balance,
	/// Borrowing base; `None` while a value is missing.
	pub base: Option<Balance>,
	/// Base over the principal outstanding less insurance money held; `None` while the base is
	/// missing or nothing is left to cover.
	pub coverage: Option<FixedU128>,
	/// Balance of the line's reserve.
	pub reserve: Balance,
	/// Amount that the reserve has to hold.
	pub required_reserve: Balance,
	/// Availability: amount that base, limit and junior capital leave to draw now, before ceilings
	/// and liquidity. It is zero where no draw is possible now: outside of the availability, with a
	/// payment overdue or a title lapsed. `None` while the base is missing.
	pub availability: Option<Balance>,
	/// Debt service coverage: revenue of the titles in the last year over the payments of the next
	/// year; `None` while nothing is owed.
	pub dscr: Option<FixedU128>,
	/// Terms of the line.
	pub terms: LineTerms,
	/// Titles pledged to the line.
	pub titles: Vec<TitleId>,
	/// Loans outstanding.
	pub loans: Vec<LoanId>,
	/// Part of the senior lender in the principal outstanding.
	pub senior_outstanding: Balance,
	/// Least borrowing base that meets the maintenance coverage.
	pub required_base: Balance,
	/// Capital of the curator that is locked for future draws.
	pub junior_locked: Balance,
	/// Insurance proceeds that are not yet applied to the loans.
	pub insurance_proceeds: Balance,
	/// Breach that the line is in, or in default because of; `None` otherwise.
	pub breach: Option<Breach>,
	/// Covenant that is broken by the clock and the titles now, declared or not; `None` where no
	/// covenant is broken or a value is missing.
	pub breach_now: Option<BreachReason>,
	/// Time at which the line went into default, unix seconds.
	pub defaulted_at: Option<Seconds>,
	/// Expected proceeds of a sale of the titles, by the last assessment.
	pub recovery: Balance,
	/// Provision for the expected shortfall of the senior lender, as it stands in its books.
	pub impairment: Balance,
	/// Principal outstanding by model. It may lag payments, never draws: the parts add up to the
	/// principal outstanding at least.
	pub exposure: Vec<(ModelId, Balance)>,
	/// Curator's part of payments during default. It stands behind the senior lender until the line
	/// is cured, or goes down the waterfall.
	pub junior_holdback: Balance,
	/// Versions of rules and models that the line opened under.
	pub versions: LineVersions,
	/// Part of the shortfall of the senior lender that is provisioned, by the last assessment.
	pub provision_weight: Perbill,
}

/// Role of an account in a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum LineRole {
	/// Borrows.
	Borrower,
	/// Underwrites the line and takes the first loss.
	Curator,
}

/// Sums over all lines. Amounts in USDai.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode, TypeInfo)]
pub struct Book {
	/// Principal outstanding of all loans.
	pub outstanding: Balance,
	/// Part of the senior lender in it.
	pub senior_outstanding: Balance,
	/// Expected shortfall of the senior lender.
	pub impairment: Balance,
	/// Loss of the senior lender on lines that were liquidated, since genesis, less what was
	/// recovered.
	pub bad_debt: Balance,
	/// Number of lines and principal outstanding by state of the line; states without lines are
	/// left out.
	pub by_state: Vec<(LineState, u32, Balance)>,
	/// Principal outstanding by model. It may lag payments, never draws.
	pub by_model: Vec<(ModelId, Balance)>,
	/// Principal of loans by days since their oldest unpaid due date, a part of a day counting as
	/// one; zero is what is not overdue.
	pub by_days_late: Vec<(u32, Balance)>,
	/// Sums of the last round over the lines, which has valued their titles; `None` before the first.
	pub last_round: Option<RoundBook>,
}

/// Largest number of states that a line may be in.
pub const MAX_LINE_STATES: u32 = 6;

/// Sums over the lines that a round has looked at. Amounts in USDai.
///
/// A round takes several blocks. Each line counts as it was in the moment in which the round had
/// looked at it: one that has ended since still counts, and one that was offered since counts if the
/// round came to its place after that. The sums need not agree with those of one block.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct RoundBook {
	/// Time at which the round began, unix seconds.
	pub begun: Seconds,
	/// Time at which it ended, unix seconds.
	pub ended: Seconds,
	/// Number of lines and principal outstanding by state of the line, in the order of the states;
	/// those without lines are left out.
	pub by_state: BoundedVec<(LineState, u32, Balance), ConstU32<MAX_LINE_STATES>>,
	/// Principal of loans with a payment overdue, in lines of any state.
	pub overdue: Balance,
	/// Borrowing base of the lines whose titles have something to cover, and have a value.
	pub base: Balance,
	/// What these titles have to cover: the principal outstanding, less the insurance money held.
	pub debt: Balance,
	/// The same of lines whose base is not known, because a value is missing.
	pub debt_without_base: Balance,
	/// `base / debt`, rounded down; `None` where nothing is to be covered. What one line has too much
	/// covers no other: an average, which hides a line that has too little.
	pub coverage: Option<FixedU128>,
}

/// Call that anyone may make for the chain, a keeper for one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode, TypeInfo)]
pub enum Task {
	/// `collect` an installment from what the line has set aside.
	Collect(LoanId),
	/// `declare_default` of a loan past its grace period.
	DeclareDefault(LoanId),
	/// `declare_uncured`: the cure period of a breach is over.
	DeclareUncured(LineId),
	/// `start_auction` of a line in default.
	StartAuction(LineId),
	/// `settle_auction` of a round that is over.
	SettleAuction(LineId),
	/// `apply_insurance_proceeds` of its line to a loan: the first one that they pay something of.
	ApplyInsuranceProceeds(LoanId),
	/// `turn_round` over the lines: a closed redemption window waits for it.
	TurnRound,
	/// `start_settlement` of the redemption windows that have closed.
	StartSettlement,
	/// `settle`: a settlement serves requests.
	Settle,
	/// `claim` for a request that is served, by its owner or an operator of it. Idle work pays it
	/// otherwise.
	Claim(RequestId),
	/// `fill_offer`, at which the vault buys or sells Treasury bills: for whoever has bills, or
	/// dollars.
	FillOffer(BillSide),
}

/// Largest number of tasks that are reported at once.
pub const MAX_WORKS: u32 = 256;

/// Task and the time from which it can be done.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode, TypeInfo)]
pub struct Work {
	/// First second in which the call succeeds, unix seconds.
	pub from: Seconds,
	/// Call to make.
	pub task: Task,
}

/// Report on a loan, for lenders and borrowers. Amounts in USDai.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct LoanReport {
	/// Line that the loan was drawn under.
	pub line: LineId,
	/// State of the loan, by its payments.
	pub state: LoanState,
	/// Senior principal drawn, or carried over by the last refinancing.
	pub senior: Balance,
	/// Junior principal drawn, or carried over by the last refinancing.
	pub junior: Balance,
	/// Senior principal outstanding.
	pub senior_outstanding: Balance,
	/// Junior principal outstanding.
	pub junior_outstanding: Balance,
	/// Blended rate of the tranches, a second at 1e-18.
	pub rate_per_second: Balance,
	/// Time at which the loan was drawn or refinanced, unix seconds.
	pub originated_at: Seconds,
	/// Oldest unpaid payment period, counted from zero.
	pub next_period: u32,
	/// Number of payment periods.
	pub periods: u32,
	/// Due date of the oldest unpaid payment period, unix seconds.
	pub next_due_at: Seconds,
	/// Time from which the loan is in default if that payment period stays unpaid, unix seconds.
	pub default_at: Seconds,
	/// Last due date, unix seconds.
	pub matures_at: Seconds,
	/// Interest of the oldest unpaid payment period that is left to pay.
	pub next_interest: Balance,
	/// Principal of the oldest unpaid payment period that is left to pay.
	pub next_principal: Balance,
	/// Interest earned by now and not paid, by the schedule, late interest left aside, rounded up:
	/// that of every due date reached, and what the running payment period has earned.
	pub accrued: Balance,
	/// True if the loan accrues in the senior lender's books.
	pub accruing: bool,
	/// Payment due now.
	pub due: Due,
}

/// Report on the auction of a line's titles, for bidders. Amounts in USDai, times in unix seconds.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct AuctionReport<AccountId> {
	/// Titles, sold as one lot.
	pub lot: Vec<TitleId>,
	/// Phase of the auction.
	pub phase: AuctionPhase,
	/// Number of times that the lot was put up again.
	pub round: u32,
	/// Time at which the lot was first put up.
	pub started_at: Seconds,
	/// Time from which no bid is taken, or the option of the curator is over.
	pub ends_at: Seconds,
	/// Reserve price of this round.
	pub reserve: Balance,
	/// Highest bid; `None` where there is no bid.
	pub best_bid: Option<Balance>,
	/// Account that made the highest bid.
	pub bidder: Option<AccountId>,
	/// Time from which the highest bid may be withdrawn, where it is an offer to governance; `None`
	/// without a bid and in a round, where a bid binds until it is exceeded or wins.
	pub bound_until: Option<Seconds>,
	/// Least amount that may be bid now; `None` while no bid is taken.
	pub minimum_bid: Option<Balance>,
	/// True if the round has ended with a bid: the lot is its bidder's.
	pub is_won: bool,
	/// Cost of `reinstate` now, in USDai, where the line's own money does not pay the whole debt.
	pub reinstatement_cost: Balance,
}
