// SPDX-License-Identifier: Apache-2.0

//! # Vault
//!
//! The senior lender. Savers deposit USDai and receive sUSDai, a share of everything the vault
//! owns: idle USDai, Treasury bills and the senior principal that borrowers owe. Interest raises
//! the price of the share, a loss lowers it in the block in which it is known. The states of
//! windows and requests, the governed values and the invariants are in the README beside this
//! crate's manifest.
//!
//! | Call | Who may call |
//! |---|---|
//! | [`Call::deposit`], [`Call::mint`] | anyone who has USDai |
//! | [`Call::request_redemption`] | anyone who has sUSDai |
//! | [`Call::cancel_request`], [`Call::commit_bid`], [`Call::reveal_bid`] | the owner of the request |
//! | [`Call::claim`] | the owner of the request, and the operators the owner has approved |
//! | [`Call::set_operator`] | anyone, for the caller's own requests |
//! | [`Call::start_settlement`], [`Call::settle`] | anyone |
//! | [`Call::set_window_length`], [`Call::set_deposits_paused`] | [`Config::AdminOrigin`] |
//!
//! Lending, repayment, impairment, loss and recovery come in through
//! [`SeniorLender`](caliber_primitives::traits::SeniorLender), from the pallet that keeps the
//! credit lines; money for Treasury bills leaves and returns through
//! [`IdleFunds`](caliber_primitives::traits::IdleFunds), from the pallet that trades them.
//!
//! ## Two prices
//!
//! | price | assets that count |
//! |---|---|
//! | deposit | idle, bills, principal out, accrued interest net of the fee |
//! | redemption | idle, bills, principal out, less the impairment |
//!
//! The first is never below the second, so nobody gains by coming and going: while the price of the
//! bills is stale, the stale-price haircut counts in the second only. The assets are the vault's
//! own books ([`Ledger`]): a transfer to the vault's account changes neither price.
//!
//! ## Redemption
//!
//! A request escrows shares and queues in the window in which it is made; until that window closes
//! it can be cancelled, and its shares gain and lose like all others. After the close anyone starts
//! the settlement, and so does a block that has room. At that moment bills are sold as far as the
//! queue needs, the price and the clearing tick are fixed, the USDai that is needed leaves the idle
//! part, as far as there is enough, and the shares it pays for are burnt. The settlement therefore
//! takes effect at once: the steps that follow only hand the USDai that was set aside to requests
//! at fixed terms, and what happens between two steps changes neither what those served receive nor
//! what those who stay own. Requests that are left keep their place and queue in the next window.
//! Windows that have closed without a settlement are settled together. Served USDai may be claimed
//! at any later time.
//!
//! Time in which the chain made no blocks counts against no bidder: a window whose last part it
//! touched closes later by the overlap, though not after the close of the next window, which stays.
//!
//! ## Bids
//!
//! A request stands in the lane of its tick: the basis points of its proceeds that it gives up to
//! be served first. It begins at tick 0. Its owner may seal a bid until the last part of the window
//! begins ([`WindowReport::reveal_from`](caliber_primitives::vault::WindowReport)), and reveals it
//! from then until the close; the request then joins the end of the lane of its tick. A bid that is
//! not revealed counts for nothing: it stays sealed and may be revealed in the next window, or be
//! replaced there. A revealed tick stays with the request when it rolls over, as its place does,
//! until another bid is revealed for it. [`caliber_math::clearing`] defines the clearing tick;
//! everyone served gives up the clearing tick and nobody more than their own. The forgone proceeds
//! stay in the vault.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
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

use polkadot_sdk::{
	frame_support::{self, pallet_macros::import_section},
	frame_system, sp_core, sp_runtime,
};

pub use pallet::*;
pub use types::{RequestOf, DEFAULT_WINDOW_LENGTH, HISTORY_DAYS, MIN_REQUEST_SHARES};
pub use weights::WeightInfo;

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
	use crate::types::{
		Chunk, IdleWork, Lane, LedgerBalances, QueueSummary, SettlementState, Tick, WindowSchedule,
	};
	use alloc::vec::Vec;
	use caliber_primitives::{
		governance::{values::VaultValues, Authority, BrakeTerms, Governed, Risk},
		traits::{Clock, PegReport, TreasuryBills},
		vault::{Day, Nav, PreviewError, RequestReport, WindowReport},
		Balance, RequestId, Seconds, WindowIndex,
	};
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible, Consideration, EnsureOriginWithArg, Footprint, UnixTime},
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use sp_core::H256;
	use sp_runtime::FixedU128;

	/// The layout of this pallet's storage.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// Returns assets, shares, both prices and what a share earns.
		pub fn nav() -> Nav {
			Self::nav_report()
		}

		/// Returns the shares that a deposit of `assets` would buy now, rounded down. The minimum is
		/// not considered.
		pub fn preview_deposit(assets: Balance) -> Result<Balance, PreviewError> {
			Self::deposit_quote(assets)
		}

		/// Returns the USDai that `shares` are worth at the redemption price now, rounded down and
		/// without a queue.
		pub fn preview_redeem(shares: Balance) -> Result<Balance, PreviewError> {
			Self::redemption_quote(shares)
		}

		/// Returns a redemption request; none for one that never existed or is gone.
		pub fn request(id: RequestId) -> Option<RequestReport<T::AccountId>> {
			Self::request_report(id)
		}

		/// Returns the requests of an account, by id. It reads all requests: for use off chain.
		pub fn requests_of(who: T::AccountId) -> Vec<RequestReport<T::AccountId>> {
			Self::request_reports_of(&who)
		}

		/// Returns the redemption windows.
		pub fn window() -> WindowReport {
			Self::window_report()
		}

		/// Returns up to `limit` daily records, at most [`HISTORY_DAYS`], from the day `from_day` on,
		/// by day. Days without a record are left out.
		pub fn history(from_day: u32, limit: u32) -> Vec<Day> {
			Self::day_records(from_day, limit)
		}

		/// Returns the ticks at which shares wait, from the highest, with their shares. Closed
		/// windows and the open one are counted alike, and so are shares that a running settlement
		/// has burnt until they are served.
		pub fn bids() -> Vec<(Tick, Balance)> {
			Self::shares_by_tick()
		}

		/// Returns true if `operator` may claim for `owner`.
		pub fn is_operator(owner: T::AccountId, operator: T::AccountId) -> bool {
			Operators::<T>::contains_key(owner, operator)
		}
	}
}
