// SPDX-License-Identifier: Apache-2.0

//! # Vault
//!
//! The senior lender. Savers put in USDai and receive sUSDai, a share of everything the vault
//! owns: idle USDai, Treasury bills and the senior principal that borrowers owe. Interest raises
//! the price of the share, a loss lowers it in the block in which it is known.
//!
//! | Call | Who may call |
//! |---|---|
//! | [`Pallet::deposit`], [`Pallet::mint`] | anyone who has USDai |
//! | [`Pallet::request_redemption`] | anyone who has sUSDai |
//! | [`Pallet::cancel_request`], [`Pallet::commit_bid`], [`Pallet::reveal_bid`] | the owner of the request |
//! | [`Pallet::claim`] | the owner of the request, and the operators it has approved |
//! | [`Pallet::set_operator`] | anyone, for its own requests |
//! | [`Pallet::start_settlement`], [`Pallet::settle`] | anyone |
//! | [`Pallet::set_window_length`], [`Pallet::set_deposits_paused`] | [`Config::AdminOrigin`] |
//!
//! Lending, repayment, impairment and loss come in through
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
//! bills is old, what is taken off them for that counts in the second only. The assets are the
//! vault's own books ([`Ledger`]): what somebody sends to its account changes neither price.
//!
//! ## Redemption
//!
//! A request escrows shares and queues in the window in which it is made; until that window closes
//! it can be cancelled, and its shares gain and lose like all others. After the close anyone starts
//! the settlement, and so does a block that has room. At that moment bills are sold as far as the
//! queue needs, the price and the clearing tick are fixed, the USDai that is needed leaves the idle
//! part, as far as there is enough, and the shares it pays for are burnt. The settlement therefore
//! takes effect at once: the steps that follow only hand the USDai that was set aside to requests at
//! fixed terms, and what happens between two steps changes neither what those served receive nor
//! what those who stay own. Requests that are left keep their place and queue in the next window.
//! Windows that have closed without a settlement are settled together. What was served is claimed
//! when the owner likes.
//!
//! ## Bids
//!
//! A request stands in the lane of its tick: the basis points of its proceeds that it gives up to be
//! served first. It begins at tick 0. Its owner may seal a bid until the last part of the window
//! begins ([`WindowReport::reveal_from`](caliber_primitives::vault::WindowReport)), and reveals it
//! from then until the close; the request then joins the end of the lane of its tick. A bid that is
//! not revealed counts for nothing: it stays sealed and may be revealed in the next window, or be
//! replaced there. A revealed tick stays with the request when it rolls over, as its place does,
//! until another bid is revealed for it. How the clearing tick is found is said in
//! [`caliber_math::auction`]; everyone served gives up the clearing tick and nobody more than its
//! own. What bidders forgo stays in the vault.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod errors;
mod events;
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
pub use weights::WeightInfo;

#[import_section(storage::storage)]
#[import_section(events::events)]
#[import_section(errors::errors)]
#[import_section(hooks::hooks)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use crate::types::{
		Books, Checkpoint, Chunk, Lane, QueueSummary, Request, Schedule, SettlementState, Tick,
		YieldBook,
	};
	use alloc::vec::Vec;
	use caliber_primitives::{
		traits::TreasuryBills,
		vault::{Nav, RequestReport, WindowReport},
		Balance, RequestId, Seconds, WindowIndex,
	};
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible, UnixTime},
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use sp_core::H256;
	use sp_runtime::{FixedU128, Perbill};

	/// Length of a window where genesis says nothing: thirty days.
	pub const DEFAULT_WINDOW_LENGTH: Seconds = 30 * 24 * 60 * 60;

	/// Days whose prices are kept.
	pub const CHECKPOINTS: u8 = 128;

	/// The fewest shares a request may be for, unless it is for all that an account has: one whole
	/// share.
	pub const MIN_REQUEST_SHARES: Balance = caliber_primitives::USD;

	/// The in-code storage version.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: polkadot_sdk::frame_system::Config {
		/// Who governs the vault.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// USDai: what is deposited, lent and paid out. Its minimum balance is one unit.
		type UsdAi: fungible::Mutate<Self::AccountId, Balance = Balance>;

		/// sUSDai: the shares. Only this pallet mints and burns them. Its minimum balance is one
		/// unit.
		type Shares: fungible::Mutate<Self::AccountId, Balance = Balance>;

		/// CLBR: the deposits for requests and operators are held in it.
		type Currency: fungible::Mutate<Self::AccountId, Balance = Balance>
			+ fungible::MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>;

		/// The hold reasons of the runtime.
		type RuntimeHoldReason: From<HoldReason>;

		/// The vault's Treasury bills.
		type Bills: TreasuryBills;

		/// The clock.
		type Time: UnixTime;

		/// The account of the vault is derived from this.
		#[pallet::constant]
		type PalletId: Get<PalletId>;

		/// Where the fee on the yield goes.
		type TreasuryAccount: Get<Self::AccountId>;

		/// The treasury's share of the interest, taken when it is received.
		type YieldFee: Get<Perbill>;

		/// The least USDai that may be deposited at once. More than the shares that the first
		/// deposit locks.
		#[pallet::constant]
		type MinDeposit: Get<Balance>;

		/// The most that the net asset value for deposits may come to by a deposit, in USDai.
		type DepositCap: Get<Balance>;

		/// CLBR that is held for a request until it is gone.
		type RequestDeposit: Get<Balance>;

		/// CLBR that is held for an operator until it is revoked.
		type OperatorDeposit: Get<Balance>;

		/// Seconds before the close of a window in which bids are revealed; in a window that is
		/// shorter than twice this, its second half. A change takes effect with the next change of the
		/// window length.
		#[pallet::constant]
		type RevealPeriod: Get<Seconds>;

		/// The least seconds that governance may let a window last. Not less than twice
		/// [`Config::RevealPeriod`].
		#[pallet::constant]
		type MinWindowLength: Get<Seconds>;

		/// The most seconds that governance may let a window last.
		#[pallet::constant]
		type MaxWindowLength: Get<Seconds>;

		/// What governance aims at for a year, reported beside what is earned.
		type TargetApr: Get<FixedU128>;

		/// The most live requests of one account.
		#[pallet::constant]
		type MaxRequests: Get<u32>;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;
	}

	/// Why CLBR is on hold.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// The storage deposit of a redemption request.
		#[codec(index = 0)]
		RedemptionRequest,
		/// The storage deposit of an operator.
		#[codec(index = 1)]
		Operator,
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Put in an exact amount of USDai.
		///
		/// ## Dispatch Origin
		///
		/// Must be `Signed` by the saver.
		///
		/// ## Details
		///
		/// Shares are issued at the deposit price, rounded down; one for each USDai while there are
		/// none, and of these the first deposit locks
		/// [`LOCKED_FIRST_SHARES`](caliber_math::LOCKED_FIRST_SHARES) for ever.
		///
		/// ## Parameters
		///
		/// - `assets`: USDai to pay.
		/// - `min_shares`: the fewest shares the caller accepts.
		///
		/// ## Errors
		///
		/// - [`Error::DepositsPaused`]: governance has paused deposits.
		/// - [`Error::BelowMinimumDeposit`]: less than [`Config::MinDeposit`].
		/// - [`Error::NothingBehindShares`]: there are shares and nothing behind them.
		/// - [`Error::BillsUnpriced`]: the vault has Treasury bills that never had a price.
		/// - [`Error::AboveDepositCap`]: the vault would exceed [`Config::DepositCap`].
		/// - [`Error::TooFewShares`]: less than `min_shares`, or none.
		///
		/// ## Events
		///
		/// - [`Event::Deposited`], after [`Event::FirstSharesLocked`] the first time.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::deposit())]
		pub fn deposit(
			origin: OriginFor<T>,
			assets: Balance,
			min_shares: Balance,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_deposit(&who, assets, min_shares)
		}

		/// Buy an exact amount of shares.
		///
		/// ## Dispatch Origin
		///
		/// Must be `Signed` by the saver.
		///
		/// ## Details
		///
		/// Shares are issued at the deposit price, and what they cost is rounded up; one USDai each
		/// while there are none, and the first buyer pays for the locked
		/// [`LOCKED_FIRST_SHARES`](caliber_math::LOCKED_FIRST_SHARES) too.
		///
		/// ## Parameters
		///
		/// - `shares`: shares to receive.
		/// - `max_assets`: the most USDai the caller pays.
		///
		/// ## Errors
		///
		/// - [`Error::DepositsPaused`]: governance has paused deposits.
		/// - [`Error::NothingBehindShares`]: there are shares and nothing behind them.
		/// - [`Error::BillsUnpriced`]: the vault has Treasury bills that never had a price.
		/// - [`Error::TooManyAssets`]: they cost more than `max_assets`.
		/// - [`Error::BelowMinimumDeposit`]: they cost less than [`Config::MinDeposit`].
		/// - [`Error::AboveDepositCap`]: the vault would exceed [`Config::DepositCap`].
		///
		/// ## Events
		///
		/// - [`Event::Deposited`], after [`Event::FirstSharesLocked`] the first time.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::mint())]
		pub fn mint(origin: OriginFor<T>, shares: Balance, max_assets: Balance) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_mint(&who, shares, max_assets)
		}

		/// Queue shares for redemption.
		///
		/// ## Dispatch Origin
		///
		/// Must be `Signed` by the holder of the shares.
		///
		/// ## Details
		///
		/// The shares go to the vault's account; they keep gaining and losing until they are
		/// served. The request queues in the window of this moment, behind all others that offer
		/// nothing. A deposit in CLBR is held until the request is gone.
		///
		/// ## Parameters
		///
		/// - `shares`: shares to redeem.
		///
		/// ## Errors
		///
		/// - [`Error::BelowMinimumRequest`]: less than [`MIN_REQUEST_SHARES`], and not all that the
		///   caller has.
		/// - [`Error::TooManyRequests`]: the caller has [`Config::MaxRequests`].
		///
		/// ## Events
		///
		/// - [`Event::Requested`].
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::request_redemption())]
		pub fn request_redemption(origin: OriginFor<T>, shares: Balance) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_request_redemption(&who, shares)
		}

		/// Take a request out of the queue.
		///
		/// ## Dispatch Origin
		///
		/// Must be `Signed` by the owner of the request.
		///
		/// ## Details
		///
		/// Allowed until the window closes in which the request queues. One that a settlement has
		/// left queues in the window after the settled one, and may leave until that closes. All
		/// shares that wait go back to the owner. What was served remains to be claimed; without
		/// any the request is gone and its deposit goes back.
		///
		/// ## Parameters
		///
		/// - `id`: the request.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownRequest`]: there is no such request.
		/// - [`Error::NotRequestOwner`]: it is not the caller's.
		/// - [`Error::NotQueued`]: all of it has been served.
		/// - [`Error::WindowClosed`]: its window has closed.
		///
		/// ## Events
		///
		/// - [`Event::Cancelled`], and [`Event::RequestClosed`] when nothing remains of it.
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::cancel_request())]
		pub fn cancel_request(origin: OriginFor<T>, id: RequestId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_cancel_request(&who, id)
		}

		/// Take what was served to a request.
		///
		/// ## Dispatch Origin
		///
		/// Must be `Signed` by the owner of the request or an operator that it has approved.
		///
		/// ## Details
		///
		/// Pays what is claimable or a part of it, at any time, and always to the owner. When
		/// nothing is left and no shares of the request wait, it is gone and its deposit goes back.
		///
		/// ## Parameters
		///
		/// - `id`: the request.
		/// - `amount`: USDai to take; all that is claimable where none is named.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownRequest`]: there is no such request.
		/// - [`Error::NotRequestOwner`]: it is neither the caller's nor of one who has approved it.
		/// - [`Error::NothingToClaim`]: nothing was served since the last claim.
		/// - [`Error::ClaimOutOfRange`]: `amount` is zero or more than is claimable.
		/// - The error of the asset where the owner may not receive it.
		///
		/// ## Events
		///
		/// - [`Event::Claimed`], and [`Event::RequestClosed`] when nothing remains of it.
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::claim())]
		pub fn claim(
			origin: OriginFor<T>,
			id: RequestId,
			amount: Option<Balance>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_claim(&who, id, amount)
		}

		/// Seal a bid for a request: an offer to give up a part of the proceeds to be served first.
		///
		/// ## Dispatch Origin
		///
		/// Must be `Signed` by the owner of the request.
		///
		/// ## Details
		///
		/// Allowed until the last part of the window in which the request queues begins. Replaces
		/// what was sealed before; a tick that is revealed already counts until this bid is.
		///
		/// ## Parameters
		///
		/// - `id`: the request.
		/// - `commitment`: blake2_256 of the SCALE-encoded `(id, tick, salt)`, a `u32`, a `u16` of at
		///   most 1 000 and 32 bytes that only the owner knows.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownRequest`]: there is no such request.
		/// - [`Error::NotRequestOwner`]: it is not the caller's.
		/// - [`Error::NotQueued`]: all of it has been served.
		/// - [`Error::WindowClosed`]: its window has closed.
		/// - [`Error::BiddingClosed`]: the last part of the window has begun.
		///
		/// ## Events
		///
		/// - [`Event::BidCommitted`].
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::commit_bid())]
		pub fn commit_bid(origin: OriginFor<T>, id: RequestId, commitment: H256) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_commit_bid(&who, id, commitment)
		}

		/// Open the bid that is sealed for a request.
		///
		/// ## Dispatch Origin
		///
		/// Must be `Signed` by the owner of the request.
		///
		/// ## Details
		///
		/// Allowed in the last part of the window in which the request queues, until it closes. The
		/// request goes to the end of the lane of its tick; where it stands in that lane already it
		/// keeps its place.
		///
		/// ## Parameters
		///
		/// - `id`: the request.
		/// - `tick`: the basis points of its proceeds that it offers to give up.
		/// - `salt`: what it was sealed with.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownRequest`]: there is no such request.
		/// - [`Error::NotRequestOwner`]: it is not the caller's.
		/// - [`Error::NotQueued`]: all of it has been served.
		/// - [`Error::WindowClosed`]: its window has closed.
		/// - [`Error::RevealNotOpen`]: the last part of the window has not begun.
		/// - [`Error::NoCommitment`]: no bid is sealed.
		/// - [`Error::AlreadyRevealed`]: the bid has been opened.
		/// - [`Error::TickOutOfRange`]: `tick` is more than 1 000.
		/// - [`Error::CommitmentMismatch`]: the bid was sealed with something else.
		///
		/// ## Events
		///
		/// - [`Event::BidRevealed`].
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::reveal_bid())]
		pub fn reveal_bid(
			origin: OriginFor<T>,
			id: RequestId,
			tick: Tick,
			salt: [u8; 32],
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_reveal_bid(&who, id, tick, salt)
		}

		/// Let an account claim for the caller, or no longer.
		///
		/// ## Dispatch Origin
		///
		/// Must be `Signed` by the owner of the requests.
		///
		/// ## Details
		///
		/// An operator may claim what was served to any request of the caller; the caller is paid. A
		/// deposit in CLBR is held for each until it is revoked.
		///
		/// ## Parameters
		///
		/// - `operator`: who may claim.
		/// - `approved`: whether it may.
		///
		/// ## Errors
		///
		/// - [`Error::OwnOperator`]: `operator` is the caller.
		/// - [`Error::AlreadyOperator`]: it may already.
		/// - [`Error::NotOperator`]: it may not, and cannot be revoked.
		///
		/// ## Events
		///
		/// - [`Event::OperatorApproved`] or [`Event::OperatorRevoked`].
		#[pallet::call_index(15)]
		#[pallet::weight(T::WeightInfo::set_operator())]
		pub fn set_operator(
			origin: OriginFor<T>,
			operator: T::AccountId,
			approved: bool,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_operator(&who, &operator, approved)
		}

		/// Begin to serve the requests whose windows have closed.
		///
		/// ## Dispatch Origin
		///
		/// Must be `Signed` by anyone.
		///
		/// ## Details
		///
		/// Sells Treasury bills as far as the requests are worth more than what is idle, then fixes
		/// the redemption price of this moment and the clearing tick. What the auction pays for is
		/// set aside and the shares are burnt. Where it pays for none, the settlement ends at once and
		/// the requests queue in the next window.
		///
		/// ## Errors
		///
		/// - [`Error::SettlementRunning`]: one is running.
		/// - [`Error::AlreadySettled`]: the last closed window has been settled.
		/// - [`Error::NothingToSettle`]: no request waits whose window has closed.
		///
		/// ## Events
		///
		/// - [`Event::SettlementStarted`], and [`Event::SettlementFinished`] when it pays nothing.
		#[pallet::call_index(20)]
		#[pallet::weight(T::WeightInfo::start_settlement())]
		pub fn start_settlement(origin: OriginFor<T>) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_start_settlement()
		}

		/// Serve requests of the settlement that is running.
		///
		/// ## Dispatch Origin
		///
		/// Must be `Signed` by anyone.
		///
		/// ## Details
		///
		/// The highest tick first, those of one tick first in first out, each in full, the last one in
		/// part. Ends the settlement when all that was set aside is served; what rounding has left
		/// becomes idle again. The caller pays for the requests that were served.
		///
		/// ## Parameters
		///
		/// - `max_requests`: the most requests to serve.
		///
		/// ## Errors
		///
		/// - [`Error::NoSteps`]: `max_requests` is zero.
		/// - [`Error::NoSettlement`]: none is running.
		///
		/// ## Events
		///
		/// - [`Event::Served`] for each request, [`Event::SettlementFinished`] at the end.
		#[pallet::call_index(21)]
		#[pallet::weight(T::WeightInfo::settle(*max_requests))]
		pub fn settle(origin: OriginFor<T>, max_requests: u32) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let served = Self::do_settle(max_requests)?;
			Ok(Some(T::WeightInfo::settle(served)).into())
		}

		/// Let windows last another time, from the next one on.
		///
		/// ## Dispatch Origin
		///
		/// Must be [`Config::AdminOrigin`].
		///
		/// ## Details
		///
		/// The window that runs keeps its close, and the requests in it theirs; those of the new
		/// length follow it back to back. Replaces a change that has not begun; naming the length
		/// that holds now withdraws it.
		///
		/// ## Parameters
		///
		/// - `length`: seconds that a window lasts.
		///
		/// ## Errors
		///
		/// - [`Error::WindowTooShort`]: less than [`Config::MinWindowLength`].
		/// - [`Error::WindowTooLong`]: more than [`Config::MaxWindowLength`].
		/// - [`Error::SameWindowLength`]: nothing changes.
		///
		/// ## Events
		///
		/// - [`Event::WindowLengthSet`].
		#[pallet::call_index(30)]
		#[pallet::weight(T::WeightInfo::set_window_length())]
		pub fn set_window_length(origin: OriginFor<T>, length: Seconds) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_set_window_length(length)
		}

		/// Pause deposits, or take them up again.
		///
		/// ## Dispatch Origin
		///
		/// Must be [`Config::AdminOrigin`].
		///
		/// ## Details
		///
		/// While paused, nobody can put in USDai. Redemption, claims and repayment never pause.
		///
		/// ## Parameters
		///
		/// - `paused`: whether deposits are paused from now on.
		///
		/// ## Events
		///
		/// - [`Event::DepositsPausedSet`].
		#[pallet::call_index(31)]
		#[pallet::weight(T::WeightInfo::set_deposits_paused())]
		pub fn set_deposits_paused(origin: OriginFor<T>, paused: bool) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			DepositsPaused::<T>::put(paused);
			Self::deposit_event(Event::DepositsPausedSet { paused });
			Ok(())
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// Assets, shares, both prices and what a share earns.
		pub fn nav() -> Nav {
			Self::nav_report()
		}

		/// Shares that the caller would receive for a deposit of `assets` now; none when there is
		/// no price. Minimum and cap are not looked at.
		pub fn preview_deposit(assets: Balance) -> Balance {
			Self::deposit_quote(assets)
		}

		/// USDai for `shares` at the redemption price now, without a queue.
		pub fn preview_redeem(shares: Balance) -> Balance {
			Self::redemption_quote(shares)
		}

		/// A redemption request.
		pub fn request(id: RequestId) -> Option<RequestReport<T::AccountId>> {
			Self::request_report(id)
		}

		/// The redemption windows.
		pub fn window() -> WindowReport {
			Self::window_report()
		}

		/// The ticks at which shares wait, from the highest, and how many: the auction so far. Those
		/// of windows that have closed and of the one that runs are counted alike, and those that a
		/// running settlement has burnt until they are served.
		pub fn bids() -> Vec<(Tick, Balance)> {
			Self::shares_by_tick()
		}

		/// Whether `operator` may claim for `owner`.
		pub fn is_operator(owner: T::AccountId, operator: T::AccountId) -> bool {
			Operators::<T>::contains_key(owner, operator)
		}
	}
}
