// SPDX-License-Identifier: Apache-2.0

//! # Vault
//!
//! The senior lender. Savers deposit USDai and receive sUSDai, a share of everything the vault
//! owns: idle USDai, Treasury bills and the senior principal that borrowers owe. Interest raises
//! the price of the share by the second, a loss lowers it in the block in which it is known. The
//! states of
//! windows and requests, the governed values and the invariants are in the README beside this
//! crate's manifest.
//!
//! | Call | Who may call |
//! |---|---|
//! | [`Call::deposit`], [`Call::mint`], [`Call::deposit_impaired`], [`Call::pay_yield`] | anyone who has USDai |
//! | [`Call::request_redemption`] | anyone who has sUSDai |
//! | [`Call::redeem_now`] | anyone who has sUSDai, while money is idle that nobody waits for |
//! | [`Call::cancel_request`], [`Call::commit_bid`], [`Call::transfer_request`] | the owner of the request |
//! | [`Call::accept_request`] | the account to which it is offered |
//! | [`Call::reveal_bid`] | anyone who knows the salt |
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
//! | deposit | idle, bills, principal out, less what is locked; interest earned and not received, net of the fee |
//! | redemption | idle, bills, principal out, less what is locked and the impairment; what was paid ahead beyond others' interest |
//!
//! The first is never below the second, so nobody gains by coming and going: while the price of the
//! bills is stale, the stale-price haircut counts in the second only. Interest is read signed: a loan
//! that has paid ahead counts negative until its due date. Income that no loan had earned is locked
//! and runs off linearly, so that no receipt moves the first price. The assets and the shares are the
//! vault's own books ([`Ledger`]): a transfer to the vault's account, or a burn of sUSDai, changes
//! neither price.
//!
//! ## Redemption
//!
//! A request escrows shares and queues in the window in which it is made. Until the last part of that
//! window begins it can be cancelled, unless it bids. Its shares gain and lose like all others. The
//! vault notes the redemption price when cancelling ends.
//!
//! After the close money is raised for a time: repayments stay idle, bills are sold, and no loan takes
//! what the queue wants. Anyone starts the settlement, and so does a block that has room, when three
//! things are there or their time is over: money for the queue, a price of the bills, and a round
//! over the lines that began after the close ([`Config::Lines`]). If the price has fallen by more than
//! a governed share since cancelling ended, requests can be cancelled again first, once.
//!
//! The start fixes price and clearing tick, takes the USDai that is needed out of the idle part, as
//! far as there is enough, and burns the shares it pays for. It therefore takes effect at once: the
//! steps that follow only hand out what was set aside, and what happens between two steps changes
//! neither what those served receive nor what those who stay own. What bills were sold under their
//! mark for the queue is borne by those served. Requests that are left queue in the next window.
//! Windows that have closed without a settlement are settled together. Blocks with room pay out what
//! was served; it may be claimed too.
//!
//! Time in which the chain made no blocks counts against no bidder: a window whose last part it
//! touched closes later by the overlap, though not after the close of the next window, which stays.
//!
//! ## Bids
//!
//! A request stands in the lane of its tick: the basis points of its proceeds that it gives up to
//! be served first. It begins at tick 0. Its owner may seal a bid until the last part of the window
//! begins ([`WindowReport::reveal_from`](caliber_primitives::vault::WindowReport)), which moves the
//! request to the end of tick 0. From then until the close the bid is revealed, which moves it to the
//! end of its tick. A bid counts in that window alone: after the settlement what is left at each tick
//! joins the end of tick 0, the highest tick first. Whoever seals a bid and does not reveal it leaves
//! the clearing tick of that window, or a governed share if that is more, to the others.
//! [`caliber_math::clearing`] defines the clearing tick; everyone served gives up the clearing tick
//! and nobody more than their own. The forgone proceeds stay in the vault, and enter the price evenly
//! over the time of a window.

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
pub mod least_idle;
pub mod phases;
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
	use crate::{
		phases::{
			ClearedWindow, Exits, PayoutRange, RaisedMoney, ReferencePrice, Reopening, SealedShares,
		},
		types::{
			Chunk, IdleWork, Lane, LedgerBalances, QueueSummary, SettlementState, Tick,
			WindowSchedule,
		},
	};
	use alloc::vec::Vec;
	use caliber_primitives::{
		credit::Work,
		governance::{values::VaultValues, Authority, BrakeTerms, Governed, Risk},
		traits::{Clock, LineRounds, PegReport, TreasuryBills},
		vault::{Day, IncomeSource, Nav, PreviewError, RequestReport, WindowReport},
		Balance, RequestId, Seconds, WindowIndex,
	};
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible, Consideration, Contains, EnsureOriginWithArg, Footprint, UnixTime},
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

		/// Returns the calls that settle closed windows and pay those who are served, each from now on.
		pub fn due_for_work() -> Vec<Work> {
			Self::work()
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
