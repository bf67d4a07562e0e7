// SPDX-License-Identifier: Apache-2.0

//! Credit lines secured by titles.
//!
//! A curator offers a line to a borrower and locks first-loss capital; the borrower accepts and
//! pledges titles. Each draw is a loan in two tranches: the junior one from the curator's locked
//! capital, the senior one from the savers' vault. What a loan owes is computed from its terms and
//! never stored. Rental income and top-ups sit in the line's reserve, from which anyone may have an
//! installment collected once its deadline is reached. Paying never needs a price.
//!
//! | Call | Who may call |
//! |---|---|
//! | [`Call::approve_curator`] | [`Config::AdminOrigin`] |
//! | [`Call::set_curator_capacity`] | [`Config::AdminOrigin`] |
//! | [`Call::suspend_curator`] | [`Config::AdminOrigin`] |
//! | [`Call::offer_line`] | a curator |
//! | [`Call::withdraw_offer`] | the offering curator; anyone once the offer has expired |
//! | [`Call::accept_line`] | the borrower the line is offered to |
//! | [`Call::close_line`] | the line's borrower or curator |
//! | [`Call::draw`] | the line's borrower |
//! | [`Call::repay`] | anyone |
//! | [`Call::payoff`] | anyone |
//! | [`Call::collect`] | anyone |
//! | [`Call::top_up_reserve`] | anyone |
//! | [`Call::withdraw_reserve`] | the line's borrower |
//!
//! The pallet's account holds the reserves of all lines and nothing else; a donation to it belongs
//! to no line.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

use polkadot_sdk::{
	frame_support::{self, pallet_macros::import_section},
	frame_system, sp_core, sp_runtime,
};

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
mod events;
mod impls;
#[cfg(test)]
mod tests;
mod try_state;
pub mod types;
pub mod weights;

pub use pallet::*;
pub use types::{CuratorRecord, LineRecord, LoanRecord, Titles, MAX_LOANS, MAX_TITLES};
pub use weights::WeightInfo;

/// What benchmarks need of the runtime beyond the traits that join the pallets.
#[cfg(feature = "runtime-benchmarks")]
pub trait BenchmarkHelper {
	/// Set the clock to `now`, unix seconds.
	fn set_time(now: caliber_primitives::Seconds);
}

#[import_section(events::events)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use caliber_math::{schedule::Installment, MAX_INSTALLMENTS};
	use caliber_primitives::{
		credit::{CreditError, Due, LineReport, LineTerms, LoanTerms},
		traits::{Encumber, SeniorLender, TitleValue},
		Balance, LineId, LoanId, Seconds,
	};
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible, UnixTime},
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use sp_core::H256;
	use sp_runtime::{FixedU128, Perbill};

	/// The layout of this pallet's storage.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: polkadot_sdk::frame_system::Config {
		/// Who approves curators.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The reasons for which balances are held.
		type RuntimeHoldReason: From<HoldReason>;

		/// The native token, for storage deposits.
		type Currency: fungible::Mutate<Self::AccountId, Balance = Balance>
			+ fungible::hold::Mutate<
				Self::AccountId,
				Balance = Balance,
				Reason = Self::RuntimeHoldReason,
			>;

		/// USDai.
		type UsdAi: fungible::Mutate<Self::AccountId, Balance = Balance>;

		/// Holds on USDai.
		type UsdAiHold: fungible::hold::Mutate<
			Self::AccountId,
			Balance = Balance,
			Reason = Self::RuntimeHoldReason,
		>;

		/// The titles.
		type Titles: Encumber<Self::AccountId>;

		/// What titles are worth.
		type Value: TitleValue;

		/// The senior lender.
		type Senior: SeniorLender<Self::AccountId>;

		/// The clock.
		type Time: UnixTime;

		/// The account of this pallet is derived from this id.
		#[pallet::constant]
		type PalletId: Get<PalletId>;

		/// Where the treasury's fees go.
		type TreasuryAccount: Get<Self::AccountId>;

		/// The most principal outstanding over all lines, in USDai.
		type GlobalCeiling: Get<Balance>;

		/// The most principal one borrower may owe, in USDai.
		type BorrowerCeiling: Get<Balance>;

		/// The least that may be drawn, in USDai; more than zero.
		type MinDraw: Get<Balance>;

		/// The most that may be lent against a dollar of title value.
		type MaxAdvanceRate: Get<Perbill>;

		/// The least share of each draw that a curator's capital funds.
		type MinFirstLoss: Get<Perbill>;

		/// The highest annual rate of a tranche, and of late interest.
		type MaxApr: Get<FixedU128>;

		/// The largest fee: as a share, and for an absolute fee as a share of the limit.
		type MaxFee: Get<Perbill>;

		/// The longest grace period.
		type MaxGracePeriod: Get<Seconds>;

		/// The longest cure period.
		type MaxCurePeriod: Get<Seconds>;

		/// Deposit for the storage of a line, in CLBR, held from its curator.
		#[pallet::constant]
		type LineDeposit: Get<Balance>;

		/// The weights of the calls.
		type WeightInfo: WeightInfo;

		/// The clock, as benchmarks set it.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper;
	}

	/// Why this pallet holds balances.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// USDai of a curator: first-loss capital that its lines have not drawn.
		JuniorCapital,
		/// CLBR of a curator: the deposit for the storage of its lines.
		LineDeposit,
	}

	/// The curators that governance has approved, suspended ones included.
	#[pallet::storage]
	pub type Curators<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, CuratorRecord>;

	/// Lines on offer and lines accepted. A line that is withdrawn or closed leaves.
	#[pallet::storage]
	pub type Lines<T: Config> = StorageMap<_, Twox64Concat, LineId, LineRecord<T::AccountId>>;

	/// Loans with principal outstanding. A loan that is repaid leaves.
	#[pallet::storage]
	pub type Loans<T: Config> = StorageMap<_, Twox64Concat, LoanId, LoanRecord>;

	/// Principal outstanding over all loans, in USDai.
	#[pallet::storage]
	pub type TotalOutstanding<T: Config> = StorageValue<_, Balance, ValueQuery>;

	/// The senior part of [`TotalOutstanding`]: what the senior lender has out.
	#[pallet::storage]
	pub type SeniorOutstanding<T: Config> = StorageValue<_, Balance, ValueQuery>;

	/// Principal outstanding by borrower, in USDai.
	#[pallet::storage]
	pub type OutstandingByBorrower<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, Balance, ValueQuery>;

	/// Principal outstanding by curator, in USDai.
	#[pallet::storage]
	pub type OutstandingByCurator<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, Balance, ValueQuery>;

	/// The id of the next line. Ids are never used again.
	#[pallet::storage]
	pub type NextLineId<T: Config> = StorageValue<_, LineId, ValueQuery>;

	/// The id of the next loan. Ids are never used again.
	#[pallet::storage]
	pub type NextLoanId<T: Config> = StorageValue<_, LoanId, ValueQuery>;

	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Curators and their capacities in USDai.
		pub curators: Vec<(T::AccountId, u128)>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			frame_system::Pallet::<T>::inc_providers(&Pallet::<T>::account_id());
			for (curator, capacity) in &self.curators {
				Pallet::<T>::do_approve_curator(curator.clone(), *capacity)
					.expect("genesis names each curator once; qed");
			}
		}
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The account is a curator already: change its capacity instead.
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
		/// The curator's locked capital does not fund its share of the draw.
		JuniorCapitalShort,
		/// Fee and reserve would leave nothing of the draw: draw more.
		NothingToDisburse,
		/// No such loan: it never existed or is repaid.
		UnknownLoan,
		/// The amount is zero.
		ZeroAmount,
		/// The amount does not pay the oldest installment, or the least prepayment: pay more.
		BelowInstallment,
		/// Closing the loan costs more than the given maximum: raise it.
		PayoffAboveMaximum,
		/// No deadline of the loan has been reached unpaid: nothing to collect.
		NothingDue,
		/// The reserve does not hold a whole installment: top it up, or repay.
		ReserveTooLow,
		/// The reserve needs what would be taken: take less.
		ReserveRequired,
		/// Loans are outstanding: repay them first.
		LoansOutstanding,
		/// A number left the range of the arithmetic.
		Overflow,
		/// The state breaks a rule of this pallet; nothing was changed. Please report it.
		Unexpected,
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Approve a curator, or reinstate a suspended one.
		///
		/// ## Dispatch Origin
		/// [`Config::AdminOrigin`].
		/// ## Details
		/// A curator may offer lines whose limits add up to its capacity. Lines of a suspended
		/// curator that are still live keep counting when it is reinstated.
		/// ## Parameters
		/// - `curator`: the account.
		/// - `capacity`: the most its live lines may add up to, in USDai.
		/// ## Errors
		/// [`Error::AlreadyCurator`].
		/// ## Events
		/// [`Event::CuratorApproved`].
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
		/// ## Dispatch Origin
		/// [`Config::AdminOrigin`].
		/// ## Details
		/// A capacity below what is committed leaves live lines as they are and stops new offers.
		/// ## Parameters
		/// - `curator`: the curator, suspended or not.
		/// - `capacity`: the most its live lines may add up to, in USDai.
		/// ## Errors
		/// [`Error::NotCurator`].
		/// ## Events
		/// [`Event::CuratorCapacitySet`].
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
		/// ## Dispatch Origin
		/// [`Config::AdminOrigin`].
		/// ## Details
		/// It offers no more lines and its offers cannot be accepted. Open lines go on under their
		/// terms.
		/// ## Parameters
		/// - `curator`: the curator.
		/// ## Errors
		/// [`Error::NotCurator`], [`Error::CuratorSuspended`].
		/// ## Events
		/// [`Event::CuratorSuspended`].
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::suspend_curator())]
		pub fn suspend_curator(origin: OriginFor<T>, curator: T::AccountId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_suspend_curator(curator)
		}

		/// Offer a line to a borrower.
		///
		/// ## Dispatch Origin
		/// Signed by a curator that is not suspended.
		/// ## Details
		/// Locks the first-loss share of the limit, rounded up, in the curator's USDai, and the
		/// storage deposit in its CLBR. The terms are fixed from here on: what governance changes
		/// later does not reach them.
		/// ## Parameters
		/// - `borrower`: who may accept.
		/// - `terms`: the terms of the line and of each loan.
		/// - `expires_at`: from when on the offer cannot be accepted, unix seconds.
		/// ## Errors
		/// [`Error::NotCurator`], [`Error::CuratorSuspended`], [`Error::CapacityExceeded`], one for
		/// each term out of its bounds, and those of the two holds.
		/// ## Events
		/// [`Event::LineOffered`], with the hash of the encoded terms.
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
		/// ## Dispatch Origin
		/// Signed by its curator, or by anyone once it has expired.
		/// ## Details
		/// The curator's capital and deposit are free again.
		/// ## Parameters
		/// - `line`: the line on offer.
		/// ## Errors
		/// [`Error::UnknownLine`], [`Error::NotOnOffer`], [`Error::OfferStanding`].
		/// ## Events
		/// [`Event::OfferWithdrawn`].
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::withdraw_offer())]
		pub fn withdraw_offer(origin: OriginFor<T>, line: LineId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw_offer(who, line)
		}

		/// Accept a line and pledge titles to it.
		///
		/// ## Dispatch Origin
		/// Signed by the borrower the line is offered to.
		/// ## Details
		/// The titles can no longer be transferred until the line is closed.
		/// ## Parameters
		/// - `line`: the line on offer.
		/// - `terms_hash`: the hash of the terms the borrower consents to.
		/// - `titles`: eligible titles of the borrower, at least one.
		/// ## Errors
		/// [`Error::UnknownLine`], [`Error::NotOnOffer`], [`Error::NotBorrower`],
		/// [`Error::OfferExpired`], [`Error::TermsMismatch`], [`Error::CuratorSuspended`],
		/// [`Error::NoTitles`], and those of the titles.
		/// ## Events
		/// [`Event::LineAccepted`].
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
		/// ## Dispatch Origin
		/// Signed by its borrower or its curator.
		/// ## Details
		/// Frees the titles and the curator's capital and deposit, and pays the reserve to the
		/// borrower.
		/// ## Parameters
		/// - `line`: the line.
		/// ## Errors
		/// [`Error::UnknownLine`], [`Error::NotAccepted`], [`Error::NotParty`],
		/// [`Error::LoansOutstanding`].
		/// ## Events
		/// [`Event::LineClosed`].
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::close_line(MAX_TITLES))]
		pub fn close_line(origin: OriginFor<T>, line: LineId) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let titles = Self::do_close_line(who, line)?;
			Ok(Some(T::WeightInfo::close_line(titles)).into())
		}

		/// Draw a loan.
		///
		/// ## Dispatch Origin
		/// Signed by the line's borrower.
		/// ## Details
		/// The checks come in this order: state, caller, availability, limit, least draw, number of
		/// loans, values, ceilings, coverage, liquidity. The curator's capital funds the first-loss
		/// share, rounded up, the senior lender the rest. The origination fee and the installments
		/// of the reserve are kept back.
		/// ## Parameters
		/// - `line`: the line.
		/// - `amount`: the principal, in USDai.
		/// ## Errors
		/// [`Error::UnknownLine`] and one for each check.
		/// ## Events
		/// [`Event::LoanDrawn`].
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
		/// ## Dispatch Origin
		/// Signed by anyone.
		/// ## Details
		/// Settles whole windows that have begun, oldest first; once none is left the rest prepays
		/// principal, plus the exit fee. Never takes more than is owed. Needs no price and works in
		/// every state of the line.
		/// ## Parameters
		/// - `loan`: the loan.
		/// - `max_amount`: the most that is taken, in USDai.
		/// ## Errors
		/// [`Error::UnknownLoan`], [`Error::ZeroAmount`], [`Error::BelowInstallment`], and those of
		/// the transfers.
		/// ## Events
		/// [`Event::Repaid`], and [`Event::LoanClosed`] when nothing is left.
		#[pallet::call_index(21)]
		#[pallet::weight(T::WeightInfo::repay(MAX_INSTALLMENTS))]
		pub fn repay(
			origin: OriginFor<T>,
			loan: LoanId,
			#[pallet::compact] max_amount: Balance,
		) -> DispatchResultWithPostInfo {
			let payer = ensure_signed(origin)?;
			let windows = Self::do_repay(payer, loan, max_amount)?;
			Ok(Some(T::WeightInfo::repay(windows)).into())
		}

		/// Close a loan by paying exactly what that costs.
		///
		/// ## Dispatch Origin
		/// Signed by anyone.
		/// ## Details
		/// Every window that has begun, the rest of the principal, and the exit fee on that rest.
		/// ## Parameters
		/// - `loan`: the loan.
		/// - `max_amount`: the most the payer accepts, in USDai.
		/// ## Errors
		/// [`Error::UnknownLoan`], [`Error::PayoffAboveMaximum`], and those of the transfers.
		/// ## Events
		/// [`Event::Repaid`], [`Event::LoanClosed`].
		#[pallet::call_index(22)]
		#[pallet::weight(T::WeightInfo::payoff(MAX_INSTALLMENTS))]
		pub fn payoff(
			origin: OriginFor<T>,
			loan: LoanId,
			#[pallet::compact] max_amount: Balance,
		) -> DispatchResultWithPostInfo {
			let payer = ensure_signed(origin)?;
			let windows = Self::do_payoff(payer, loan, max_amount)?;
			Ok(Some(T::WeightInfo::payoff(windows)).into())
		}

		/// Pay what a deadline has made due from the line's reserve.
		///
		/// ## Dispatch Origin
		/// Signed by anyone.
		/// ## Details
		/// Whole windows whose deadline is reached, oldest first, as many as the reserve pays.
		/// ## Parameters
		/// - `loan`: the loan.
		/// ## Errors
		/// [`Error::UnknownLoan`], [`Error::NothingDue`], [`Error::ReserveTooLow`].
		/// ## Events
		/// [`Event::Repaid`], [`Event::Collected`], and [`Event::LoanClosed`] when nothing is left.
		#[pallet::call_index(23)]
		#[pallet::weight(T::WeightInfo::collect(MAX_INSTALLMENTS))]
		pub fn collect(origin: OriginFor<T>, loan: LoanId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let windows = Self::do_collect(loan)?;
			Ok(Some(T::WeightInfo::collect(windows)).into())
		}

		/// Pay into the reserve of a line.
		///
		/// ## Dispatch Origin
		/// Signed by anyone.
		/// ## Details
		/// The reserve pays installments; what it does not need is the borrower's.
		/// ## Parameters
		/// - `line`: the line, accepted.
		/// - `amount`: what is paid, in USDai.
		/// ## Errors
		/// [`Error::ZeroAmount`], [`Error::UnknownLine`], [`Error::NotAccepted`].
		/// ## Events
		/// [`Event::ReserveToppedUp`].
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
		/// ## Dispatch Origin
		/// Signed by the line's borrower.
		/// ## Details
		/// The reserve needs the next installments of every loan, as many as the terms say.
		/// ## Parameters
		/// - `line`: the line, open.
		/// - `amount`: what is taken, in USDai.
		/// ## Errors
		/// [`Error::ZeroAmount`], [`Error::UnknownLine`], [`Error::NotBorrower`],
		/// [`Error::LineNotOpen`], [`Error::ReserveRequired`].
		/// ## Events
		/// [`Event::ReserveWithdrawn`].
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
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The payments of a loan of `principal` USDai under `terms`, without a loan.
		pub fn schedule(
			principal: Balance,
			terms: LoanTerms,
			originated_at: Seconds,
		) -> Result<Vec<Installment>, CreditError> {
			Self::hypothetical_schedule(principal, &terms, originated_at)
		}

		/// What is payable on a loan now; none for an unknown loan.
		pub fn due(loan: LoanId) -> Option<Due> {
			Self::due_now(loan)
		}

		/// What closes a loan now; none for an unknown loan.
		pub fn payoff_amount(loan: LoanId) -> Option<Balance> {
			Self::payoff_now(loan)
		}

		/// A line; none for an unknown one.
		pub fn line(line: LineId) -> Option<LineReport<T::AccountId>> {
			Self::line_report(line)
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MinDraw::get() > 0, "a draw of nothing has no rate");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
