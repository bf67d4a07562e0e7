//! Types of credit lines.

use crate::{titles::Ineligibility, Balance, LineId, LoanId, ModelId, Seconds, TitleId};
use alloc::vec::Vec;
use caliber_math::{
	calendar::Calendar,
	schedule::{Amortization, Fee},
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::sp_runtime::{FixedU128, Perbill};
use scale_info::TypeInfo;

/// Who receives a fee.
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
pub enum FeeRecipient {
	/// The treasury of the chain.
	Treasury,
	/// The curator of the line.
	Curator,
}

/// A fee and who receives it.
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
pub struct FeeTerm {
	/// Absolute, or a share of its base, rounded up.
	pub fee: Fee,
	/// Who receives it.
	pub recipient: FeeRecipient,
}

/// The fees of a loan.
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
pub struct LoanFees {
	/// On the amount drawn, kept back from it.
	pub origination: FeeTerm,
	/// On the balance, each window.
	pub servicing: FeeTerm,
	/// On principal prepaid ahead of the schedule: a share of each prepayment, or an absolute amount
	/// on the one that closes the loan.
	pub exit: FeeTerm,
	/// On the proceeds of a liquidation.
	pub liquidation: FeeTerm,
}

/// The terms of every loan drawn under a line.
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
pub struct LoanTerms {
	/// When payments fall due.
	pub calendar: Calendar,
	/// How principal is repaid.
	pub amortization: Amortization,
	/// Whether a stub window pays principal too.
	pub stub_amortizes: bool,
	/// Annual rate of the senior tranche.
	pub senior_apr: FixedU128,
	/// Annual rate of the junior tranche.
	pub junior_apr: FixedU128,
	/// Share of each draw that the curator's junior capital funds, rounded up.
	pub first_loss: Perbill,
	/// Annual rate on the balance while a payment is late, on top.
	pub grace_apr: FixedU128,
	/// How long a payment may be late before the loan is in default; late interest stops there.
	pub grace_period: Seconds,
	/// Fees.
	pub fees: LoanFees,
}

/// The terms of a line, fixed when it is offered.
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
pub struct LineTerms {
	/// The most principal that may be outstanding, in USDai.
	pub limit: Balance,
	/// Whether repaid principal may be drawn again.
	pub revolving: bool,
	/// No draw after this time, unix seconds.
	pub availability_end: Seconds,
	/// The most that is lent against a dollar of title value; a model's own maximum may lower it.
	pub advance_rate: Perbill,
	/// Base over outstanding below which the line is in breach.
	pub maintenance_coverage: FixedU128,
	/// Time to cure a breach.
	pub cure_period: Seconds,
	/// Number of installments kept back at each draw.
	pub reserve_installments: u8,
	/// The terms of each loan.
	pub loan: LoanTerms,
}

/// The life of a line.
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
pub enum LineState {
	/// Offered by the curator; the borrower has not accepted.
	Offered,
	/// Accepted; titles are pledged.
	Open,
	/// A covenant is broken; the cure period runs.
	Breached,
	/// A loan ran past its grace period, or a breach past its cure period.
	Defaulted,
	/// The titles are being auctioned.
	Liquidating,
	/// Nothing is owed and nothing pledged.
	Closed,
}

/// Where the auction of a line's titles stands.
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
pub enum AuctionPhase {
	/// Bids are taken until the end; then anyone settles.
	Bidding,
	/// Nobody bid in any round: until the end the curator may take the lot at the reserve price.
	CuratorOption,
	/// The curator did not: offers of any price are taken, and governance decides.
	Resolution,
}

/// The life of a loan, as its payments show it.
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
pub enum LoanState {
	/// Nothing is overdue.
	Current,
	/// A deadline has passed unpaid.
	Late,
	/// The grace period is over.
	Defaulted,
}

/// Which covenant of a line is broken.
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
pub enum BreachReason {
	/// The borrowing base over what is outstanding fell below the maintenance coverage.
	Coverage,
	/// A title is lost, suspended, out of custody, uninsured or under-insured.
	Title(TitleId, Ineligibility),
}

/// A covenant that is broken, and until when it may be made good.
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
pub struct Breach {
	/// What was found broken first.
	pub reason: BreachReason,
	/// When it was found, unix seconds.
	pub since: Seconds,
	/// The last second of the cure period.
	pub cure_until: Seconds,
}

/// Why a schedule cannot be computed.
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
pub enum CreditError {
	/// The terms are not those of a loan: see the bounds of each field.
	InvalidTerms,
	/// A number left the range of the arithmetic.
	Overflow,
}

/// What is payable on a loan at a block's time, in USDai.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, TypeInfo)]
pub struct Due {
	/// Number of unpaid windows that have begun.
	pub windows: u32,
	/// Scheduled principal.
	pub principal: Balance,
	/// Interest, without late interest.
	pub interest: Balance,
	/// Interest for lateness.
	pub late_interest: Balance,
	/// Servicing fees.
	pub fees: Balance,
	/// The sum.
	pub total: Balance,
}

/// A line as lenders and borrowers see it. Amounts in USDai.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct LineReport<AccountId> {
	/// The borrower.
	pub borrower: AccountId,
	/// The curator.
	pub curator: AccountId,
	/// Where the line stands.
	pub state: LineState,
	/// Principal outstanding over all its loans.
	pub outstanding: Balance,
	/// The borrowing base; none while a value is missing.
	pub base: Option<Balance>,
	/// Base over outstanding; none while the base is missing or nothing is owed.
	pub coverage: Option<FixedU128>,
	/// Balance of the reserve account.
	pub reserve: Balance,
	/// What the reserve has to hold.
	pub required_reserve: Balance,
	/// What may be drawn now, before ceilings and liquidity; none while the base is missing.
	pub headroom: Option<Balance>,
	/// Revenue of the titles over the last year over the payments of the next year; none while
	/// nothing is owed.
	pub dscr: Option<FixedU128>,
	/// The terms.
	pub terms: LineTerms,
	/// The titles pledged.
	pub titles: Vec<TitleId>,
	/// The loans outstanding.
	pub loans: Vec<LoanId>,
	/// The senior lender's part of the principal outstanding.
	pub senior_outstanding: Balance,
	/// The least base that the maintenance coverage asks for.
	pub required_base: Balance,
	/// The curator's capital locked for draws to come.
	pub junior_locked: Balance,
	/// Insurance money that is not yet applied to the loans.
	pub claims: Balance,
	/// The covenant that is broken, while the line is in breach or in default because of one.
	pub breach: Option<Breach>,
	/// What a clock and the titles show now, whether or not anyone has flagged it; none where
	/// nothing is broken or a value is missing.
	pub breach_now: Option<BreachReason>,
	/// When the line went into default, unix seconds.
	pub defaulted_at: Option<Seconds>,
	/// What the titles are expected to bring in a sale, as of the last assessment.
	pub recovery: Balance,
	/// The senior lender's expected shortfall, as provisioned.
	pub impairment: Balance,
	/// What of the principal outstanding stands against each model.
	pub exposure: Vec<(ModelId, Balance)>,
	/// The curator's part of what was paid while the line is in default: it stands behind the senior
	/// lender until the line is whole again, or goes down the waterfall.
	pub withheld: Balance,
}

/// A loan as lenders and borrowers see it. Amounts in USDai.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct LoanReport {
	/// The line it was drawn under.
	pub line: LineId,
	/// How its payments stand.
	pub state: LoanState,
	/// Senior principal drawn, or carried over by the last refinancing.
	pub senior: Balance,
	/// Junior principal drawn, or carried over by the last refinancing.
	pub junior: Balance,
	/// Senior principal outstanding.
	pub senior_left: Balance,
	/// Junior principal outstanding.
	pub junior_left: Balance,
	/// The blended rate of a second at 1e-18.
	pub rate_per_second: Balance,
	/// When it was drawn or refinanced, unix seconds.
	pub originated_at: Seconds,
	/// The oldest unpaid window, counted from zero.
	pub next_window: u32,
	/// The number of windows.
	pub windows: u32,
	/// The deadline of the oldest unpaid window, unix seconds.
	pub next_due_at: Seconds,
	/// From when on the loan is in default if that window stays unpaid, unix seconds.
	pub default_at: Seconds,
	/// The last deadline, unix seconds.
	pub matures_at: Seconds,
	/// Interest of the oldest unpaid window.
	pub next_interest: Balance,
	/// Principal of the oldest unpaid window.
	pub next_principal: Balance,
	/// Interest earned since the last paid window ended, late interest left aside, rounded down.
	pub accrued: Balance,
	/// Whether the senior lender's books let it earn.
	pub accruing: bool,
	/// What is payable now.
	pub due: Due,
}

/// The auction of a line's titles as bidders see it. Amounts in USDai, times in unix seconds.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct AuctionReport<AccountId> {
	/// The titles, sold as one lot.
	pub lot: Vec<TitleId>,
	/// Where it stands.
	pub phase: AuctionPhase,
	/// How often the lot was put up again.
	pub round: u32,
	/// When it was first put up.
	pub started_at: Seconds,
	/// From when on no bid is taken, or the curator's option is over.
	pub ends_at: Seconds,
	/// The reserve price of this round.
	pub reserve: Balance,
	/// The highest bid.
	pub best_bid: Option<Balance>,
	/// Who made it.
	pub bidder: Option<AccountId>,
	/// From when on it may be taken back, where it is an offer to governance; none without a bid, and
	/// in a round, where one binds until it is exceeded or wins.
	pub bound_until: Option<Seconds>,
	/// The least that may be bid now; none while no bid is taken.
	pub minimum_bid: Option<Balance>,
}
