// SPDX-License-Identifier: Apache-2.0

//! Credit lines secured by titles.
//!
//! A curator offers a line to a borrower and locks first-loss capital; the borrower accepts and
//! pledges titles. Each draw is a loan in two tranches: the junior one from the curator's locked
//! capital, the senior one from the savers' vault. What a loan owes is computed from its terms and
//! never stored. Rental income and top-ups sit in the line's reserve, from which anyone may have an
//! installment collected once its due date is reached. Paying never needs a price.
//!
//! | Call | Who may call |
//! |---|---|
//! | [`Call::approve_curator`] | [`Config::AdminOrigin`] |
//! | [`Call::set_curator_capacity`] | [`Config::AdminOrigin`] |
//! | [`Call::suspend_curator`] | [`Config::AdminOrigin`] |
//! | [`Call::set_model_ceiling`] | [`Config::AdminOrigin`] |
//! | [`Call::offer_line`] | a curator |
//! | [`Call::withdraw_offer`] | the offering curator; anyone once the offer has expired |
//! | [`Call::accept_line`] | the borrower the line is offered to |
//! | [`Call::close_line`] | the line's borrower or curator |
//! | [`Call::add_titles`], [`Call::swap_titles`] | the line's borrower |
//! | [`Call::release_capital`] | anyone |
//! | [`Call::add_junior_capital`] | the line's curator |
//! | [`Call::draw`] | the line's borrower |
//! | [`Call::repay`] | anyone |
//! | [`Call::payoff`] | anyone |
//! | [`Call::collect`] | anyone |
//! | [`Call::offer_terms`] | the line's curator |
//! | [`Call::accept_terms`] | the line's borrower |
//! | [`Call::withdraw_terms`] | the line's curator; anyone once the offer has expired |
//! | [`Call::top_up_reserve`] | anyone |
//! | [`Call::withdraw_reserve`] | the line's borrower |
//! | [`Call::apply_insurance_proceeds`] | anyone |
//! | [`Call::claim_payout`] | anyone; the money goes to its owner |
//! | [`Call::start_auction`] | anyone |
//! | [`Call::bid`] | anyone but the line's borrower and curator, and parties of its titles |
//! | [`Call::settle_auction`] | anyone |
//! | [`Call::credit_bid`] | the line's curator |
//! | [`Call::resolve_lot`] | [`Config::AdminOrigin`] |
//! | [`Call::withdraw_bid`] | who made the best offer |
//! | [`Call::reinstate`], [`Call::repay_loss`] | anyone |
//! | [`Call::declare_breach`], [`Call::declare_default`], [`Call::declare_uncured`] | anyone |
//! | [`Call::cure`], [`Call::reassess`] | anyone |
//!
//! A line whose covenants are broken is in breach until it is cured. It is in default once the cure
//! period, or the grace period of one of its loans, is over: anyone may declare it, and the state
//! proves it. From a breach on, the senior lender's expected shortfall is provisioned in its books;
//! from default on, the loans of the line earn nothing there, until every overdue payment is made
//! and all covenants hold again. No state of a line blocks a payment. While its titles are sold,
//! its reserve and its insurance proceeds wait for the waterfall. In default the curator's part of
//! a payment is held back: it is the senior lender's if a sale does not make it whole, and the
//! curator's once the line is whole again or its debt is paid.
//!
//! A line in default is liquidated: its titles are sold as one lot in an English auction, the money
//! goes down a waterfall of ranks to the borrower at its end. What the senior lender still lacks,
//! principal and interest, is bad debt, which stays in the books with that of the curator until it is recovered.
//!
//! The idle time of blocks does by itself what anyone may call for: it collects, applies insurance
//! proceeds, declares breaches and defaults, and assesses again, a few lines a block.
//!
//! A line keeps the rules, and the specification of each model, of the version that it opened under:
//! they say what breaks a covenant and how the titles are sold. New debt obeys the stricter of them
//! and the present.
//!
//! The pallet's account holds the reserves and the insurance proceeds of all lines, and payments
//! that their recipients could not take; a donation to it belongs to nobody.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

use polkadot_sdk::{
	frame_support::{self, pallet_macros::import_section},
	frame_system, sp_core, sp_runtime,
};

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
mod calls;
mod config;
mod errors;
mod events;
mod genesis;
mod hooks;
mod impls;
mod storage;
#[cfg(test)]
mod tests;
mod try_state;
pub mod types;
pub mod weights;

pub use pallet::*;
pub use types::{
	AuctionRecord, AuctionTerms, Bid, BookTotals, BorrowerRecord, CuratorRecord, LineLoss,
	LineRecord, LineRecordOf, LoanRecord, SweepState, TermsOffer, Titles, MAX_LOANS, MAX_TITLES,
};
pub use weights::WeightInfo;

/// Needs of the benchmarks beyond the traits that join the pallets.
#[cfg(feature = "runtime-benchmarks")]
pub trait BenchmarkHelper {
	/// Sets the clock to `now`, unix seconds.
	fn set_time(now: caliber_primitives::Seconds);
	/// Makes another version of the rules of lines, and another of each of these models by which its
	/// titles are worth the same.
	fn make_versions(models: &[caliber_primitives::ModelId]);
}

#[import_section(config::config)]
#[import_section(storage::storage)]
#[import_section(genesis::genesis)]
#[import_section(events::events)]
#[import_section(errors::errors)]
#[import_section(calls::calls)]
#[import_section(hooks::hooks)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use caliber_math::{schedule::Installment, waterfall::Ranks, MAX_INSTALLMENTS};
	use caliber_primitives::{
		credit::{
			AuctionReport, Book, Breach, CreditError, Due, LineReport, LineRole, LineState,
			LineTerms, LoanReport, LoanTerms, RoundBook, Work,
		},
		governance::{values::CreditValues, Authority, BrakeTerms, Governed, Risk},
		titles::Ineligibility,
		traits::{Clock, Encumber, LineRules, SeniorLender, TitleValue},
		Balance, LineId, LoanId, ModelId, Seconds, TitleId,
	};
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible, Consideration, EnsureOriginWithArg, Footprint, UnixTime},
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use sp_core::H256;
	use sp_runtime::DispatchError;

	/// Version of this pallet's storage layout.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// Returns the payments that a loan of `principal` USDai under `terms` would have.
		pub fn schedule(
			principal: Balance,
			terms: LoanTerms,
			originated_at: Seconds,
		) -> Result<Vec<Installment>, CreditError> {
			Self::hypothetical_schedule(principal, &terms, originated_at)
		}

		/// Returns the amount payable on a loan now; none for an unknown loan.
		pub fn due(loan: LoanId) -> Option<Due> {
			Self::due_now(loan)
		}

		/// Returns the amount that closes a loan now, in USDai; none for an unknown loan.
		pub fn payoff_amount(loan: LoanId) -> Option<Balance> {
			Self::payoff_now(loan)
		}

		/// Returns a loan; none for one that never existed or is repaid.
		pub fn loan(loan: LoanId) -> Option<LoanReport> {
			Self::loan_report(loan)
		}

		/// Returns a line; none for an unknown one.
		pub fn line(line: LineId) -> Option<LineReport<T::AccountId>> {
			Self::line_report(line)
		}

		/// Returns the auction of a line's titles; none while there is none.
		pub fn auction(line: LineId) -> Option<AuctionReport<T::AccountId>> {
			Self::auction_report(line)
		}

		/// Returns up to `limit` lines with ids from `from` on, by id. At most 64.
		pub fn lines(from: LineId, limit: u32) -> Vec<(LineId, LineReport<T::AccountId>)> {
			Self::line_reports(from, limit)
		}

		/// Returns the lines in which an account has a role, by id.
		pub fn lines_of(who: T::AccountId, role: LineRole) -> Vec<LineId> {
			Self::lines_with(&who, role)
		}

		/// Returns the sums over all lines.
		pub fn book() -> Book {
			Self::book_report()
		}

		/// Returns the calls that a keeper should make, with the time from which each succeeds, in the
		/// order of time: up to `limit`, and 256 at most, of those whose time is `after` or later.
		pub fn due_for_work(after: Seconds, limit: u32) -> Vec<Work> {
			Self::work(after, limit)
		}
	}
}
