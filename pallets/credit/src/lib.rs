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
//! | [`Call::set_model_ceiling`] | [`Config::AdminOrigin`] |
//! | [`Call::offer_line`] | a curator |
//! | [`Call::withdraw_offer`] | the offering curator; anyone once the offer has expired |
//! | [`Call::accept_line`] | the borrower the line is offered to |
//! | [`Call::close_line`] | the line's borrower or curator |
//! | [`Call::add_titles`], [`Call::swap_titles`] | the line's borrower |
//! | [`Call::release_capital`] | anyone |
//! | [`Call::draw`] | the line's borrower |
//! | [`Call::repay`] | anyone |
//! | [`Call::payoff`] | anyone |
//! | [`Call::collect`] | anyone |
//! | [`Call::offer_terms`] | the line's curator |
//! | [`Call::accept_terms`] | the line's borrower |
//! | [`Call::withdraw_terms`] | the line's curator; anyone once the offer has expired |
//! | [`Call::top_up_reserve`] | anyone |
//! | [`Call::withdraw_reserve`] | the line's borrower |
//! | [`Call::apply_claim`] | anyone |
//! | [`Call::claim_owed`] | anyone; the money goes to its owner |
//! | [`Call::start_auction`] | anyone |
//! | [`Call::bid`] | anyone but the line's borrower |
//! | [`Call::settle_auction`] | anyone |
//! | [`Call::take_lot`] | the line's curator |
//! | [`Call::resolve_lot`] | [`Config::AdminOrigin`] |
//! | [`Call::withdraw_bid`] | who made the best offer |
//! | [`Call::flag_breach`], [`Call::flag_default`], [`Call::flag_uncured`] | anyone |
//! | [`Call::cure`], [`Call::reassess`] | anyone |
//!
//! A line in default is liquidated: its titles are sold as one lot in an English auction, the money
//! goes down a waterfall of ranks to the borrower at its end, and what the senior lender lacks is
//! bad debt that stays in the books.
//!
//! A line whose covenants are broken is in breach until it is cured, or in default once the cure
//! period, or the grace period of one of its loans, is over: anyone may say so, the state proves it.
//! From then on what a sale of the titles would not bring the senior lender is provisioned in its
//! books, block by block; from default on its loans earn nothing there, until every overdue payment
//! is made and all covenants hold again. No state of a line blocks a payment;
//! only what the line itself has set aside waits for the waterfall while its titles are sold, and in
//! default the curator's part of a payment is withheld: it is the senior lender's if a sale does not
//! make it whole, and the curator's once the line is whole again or its debt is paid.
//!
//! The idle time of blocks does by itself what anyone may call for: collect, apply insurance money,
//! flag, assess again; a few loans and lines a block, round and round.
//!
//! The pallet's account holds the reserves and the insurance money of all lines, and payments that
//! their recipients could not take; a donation to it belongs to nobody.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

use polkadot_sdk::{
	frame_support::{self, pallet_macros::import_section},
	frame_system, sp_core, sp_runtime,
};

pub mod auction;
#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
mod calls;
mod config;
mod errors;
mod events;
mod impls;
mod storage;
#[cfg(test)]
mod tests;
mod try_state;
pub mod types;
pub mod weights;

pub use auction::{AuctionRecord, AuctionTerms, Bid};
pub use pallet::*;
pub use types::{
	CuratorRecord, LineRecord, LoanRecord, SweepState, TermsOffer, Titles, MAX_LOANS, MAX_TITLES,
};
pub use weights::WeightInfo;

/// What benchmarks need of the runtime beyond the traits that join the pallets.
#[cfg(feature = "runtime-benchmarks")]
pub trait BenchmarkHelper {
	/// Set the clock to `now`, unix seconds.
	fn set_time(now: caliber_primitives::Seconds);
}

#[import_section(config::config)]
#[import_section(storage::storage)]
#[import_section(events::events)]
#[import_section(errors::errors)]
#[import_section(calls::calls)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use caliber_math::{schedule::Installment, waterfall::Ranks, MAX_INSTALLMENTS};
	use caliber_primitives::{
		credit::{
			AuctionReport, Breach, CreditError, Due, LineReport, LineState, LineTerms, LoanReport,
			LoanTerms,
		},
		traits::{Encumber, SeniorLender, TitleValue},
		Balance, LineId, LoanId, ModelId, Seconds, TitleId,
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

		/// A loan; none for one that never existed or is repaid.
		pub fn loan(loan: LoanId) -> Option<LoanReport> {
			Self::loan_report(loan)
		}

		/// A line; none for an unknown one.
		pub fn line(line: LineId) -> Option<LineReport<T::AccountId>> {
			Self::line_report(line)
		}

		/// The auction of a line's titles; none while there is none.
		pub fn auction(line: LineId) -> Option<AuctionReport<T::AccountId>> {
			Self::auction_report(line)
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_idle(_: BlockNumberFor<T>, limit: Weight) -> Weight {
			Self::sweep(limit)
		}

		fn integrity_test() {
			assert!(T::MinDraw::get() > 0, "a draw of nothing has no rate");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
