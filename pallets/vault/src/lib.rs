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
//! | [`Pallet::cancel_request`], [`Pallet::claim`] | the owner of the request |
//! | [`Pallet::start_settlement`], [`Pallet::settle`] | anyone |
//!
//! Lending, repayment, impairment and loss come in through
//! [`SeniorLender`](caliber_primitives::traits::SeniorLender), from the pallet that keeps the
//! credit lines.
//!
//! ## Two prices
//!
//! | price | assets that count |
//! |---|---|
//! | deposit | idle, bills, principal out, accrued interest net of the fee |
//! | redemption | idle, bills, principal out, less the impairment |
//!
//! The first is never below the second, so nobody gains by coming and going. The assets are the
//! vault's own books ([`Ledger`]): what somebody sends to its account changes neither price.
//!
//! ## Redemption
//!
//! A request escrows shares and queues in the window in which it is made; until that window closes
//! it can be cancelled, and its shares gain and lose like all others. After the close anyone starts
//! the settlement. At that moment the price is fixed, the USDai that is needed leaves the idle
//! part, as far as there is enough, and the shares it pays for are burnt. The settlement therefore
//! takes effect at once: the steps that follow only hand the USDai that was set aside to requests,
//! first in first out, at the fixed price, and what happens between two steps changes neither what
//! those served receive nor what those who stay own. Requests that are left keep their place and
//! queue in the next window. What was served is claimed when the owner likes.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod impls;
#[cfg(test)]
mod tests;
mod try_state;
pub mod types;
pub mod weights;

use polkadot_sdk::{frame_support, frame_system, sp_runtime};

pub use pallet::*;
pub use weights::WeightInfo;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use crate::types::{Books, Lane, Request, SettlementState, Tick, YieldBook};
	use caliber_primitives::{
		traits::TreasuryBills,
		vault::{Nav, RequestReport, WindowReport},
		Balance, RequestId, Seconds, WindowIndex,
	};
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible, ConstU64, UnixTime},
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use sp_runtime::{FixedU128, Perbill};

	/// Length of a window where genesis says nothing: thirty days.
	pub const DEFAULT_WINDOW_LENGTH: Seconds = 30 * 24 * 60 * 60;

	/// The fewest shares a request may be for: one whole share.
	pub const MIN_REQUEST_SHARES: Balance = caliber_primitives::USD;

	/// The in-code storage version.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: polkadot_sdk::frame_system::Config {
		/// USDai: what is deposited, lent and paid out. Its minimum balance is one unit.
		type UsdAi: fungible::Mutate<Self::AccountId, Balance = Balance>;

		/// sUSDai: the shares. Only this pallet mints and burns them. Its minimum balance is one
		/// unit.
		type Shares: fungible::Mutate<Self::AccountId, Balance = Balance>;

		/// CLBR: the deposit for a request is held in it.
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
	}

	/// What savers own and what is owed to them. Written by every movement of money.
	#[pallet::storage]
	pub type Ledger<T: Config> = StorageValue<_, Books, ValueQuery>;

	/// The interest that accrues over all loans.
	#[pallet::storage]
	pub type Yield<T: Config> = StorageValue<_, YieldBook, ValueQuery>;

	/// Seconds that a window lasts. Set at genesis; never zero.
	#[pallet::storage]
	pub type WindowLength<T: Config> =
		StorageValue<_, Seconds, ValueQuery, ConstU64<DEFAULT_WINDOW_LENGTH>>;

	/// Unix time at which window 0 began. Set at genesis.
	#[pallet::storage]
	pub type WindowsSince<T: Config> = StorageValue<_, Seconds, ValueQuery>;

	/// The number of the next request.
	#[pallet::storage]
	pub type NextRequestId<T: Config> = StorageValue<_, RequestId, ValueQuery>;

	/// Requests that wait to be served or claimed.
	#[pallet::storage]
	pub type Requests<T: Config> =
		StorageMap<_, Blake2_128Concat, RequestId, Request<T::AccountId>, OptionQuery>;

	/// How many requests an account has.
	#[pallet::storage]
	pub type LiveRequests<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, u32, ValueQuery>;

	/// The queue: the requests of each tick, first in first out.
	#[pallet::storage]
	pub type Queue<T: Config> = StorageMap<_, Twox64Concat, Tick, Lane, ValueQuery>;

	/// Shares in escrow: those of all requests, but for the ones that a running settlement has
	/// burnt and not yet served.
	#[pallet::storage]
	pub type EscrowedShares<T: Config> = StorageValue<_, Balance, ValueQuery>;

	/// The settlement that is running.
	#[pallet::storage]
	pub type Settlement<T: Config> = StorageValue<_, SettlementState, OptionQuery>;

	/// The last window that has been settled. Requests of it and of those before queue in the next.
	#[pallet::storage]
	pub type LastSettled<T: Config> = StorageValue<_, WindowIndex, OptionQuery>;

	#[pallet::genesis_config]
	pub struct GenesisConfig<T: Config> {
		/// Seconds that a redemption window lasts, not zero.
		pub window_length: Seconds,
		/// Unix time at which window 0 begins.
		pub windows_since: Seconds,
		#[serde(skip)]
		#[doc(hidden)]
		pub _config: core::marker::PhantomData<T>,
	}

	impl<T: Config> Default for GenesisConfig<T> {
		fn default() -> Self {
			Self {
				window_length: DEFAULT_WINDOW_LENGTH,
				windows_since: 0,
				_config: Default::default(),
			}
		}
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			assert!(self.window_length > 0, "a redemption window has to last a second at least");
			WindowLength::<T>::put(self.window_length);
			WindowsSince::<T>::put(self.windows_since);
		}
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// USDai came in for new shares.
		Deposited {
			/// Who paid and received the shares.
			who: T::AccountId,
			/// USDai paid.
			assets: Balance,
			/// Shares issued to `who`.
			shares: Balance,
			/// The deposit price, USDai a share.
			price: FixedU128,
		},
		/// The first deposit locked shares for ever, in the vault's account.
		FirstSharesLocked {
			/// Shares issued to the vault's account.
			shares: Balance,
		},
		/// Shares were put in the redemption queue.
		Requested {
			/// The request.
			id: RequestId,
			/// Its owner.
			who: T::AccountId,
			/// Shares in escrow for it.
			shares: Balance,
			/// The window in which it queues.
			window: WindowIndex,
		},
		/// A request left the queue.
		Cancelled {
			/// The request.
			id: RequestId,
			/// Its owner.
			who: T::AccountId,
			/// Shares that went back to the owner.
			shares: Balance,
		},
		/// A settlement began: its price is fixed, and what it will pay is set aside.
		SettlementStarted {
			/// The last window whose requests take part.
			window: WindowIndex,
			/// The redemption price, USDai a share.
			price: FixedU128,
			/// Shares of the requests that take part.
			queued: Balance,
			/// Shares that will be served, burnt now.
			shares: Balance,
			/// USDai set aside for them.
			liquidity: Balance,
		},
		/// A request was served, in full or in part.
		Served {
			/// The request.
			id: RequestId,
			/// Shares served.
			shares: Balance,
			/// USDai that may be claimed for them.
			assets: Balance,
		},
		/// A settlement is complete.
		SettlementFinished {
			/// The last window whose requests took part.
			window: WindowIndex,
			/// Shares served.
			served_shares: Balance,
			/// USDai served.
			paid: Balance,
			/// Shares that queue in the next window.
			left: Balance,
		},
		/// What was served to a request was paid to its owner.
		Claimed {
			/// The request.
			id: RequestId,
			/// Its owner.
			who: T::AccountId,
			/// USDai paid.
			assets: Balance,
		},
		/// A request is gone; its deposit went back.
		RequestClosed {
			/// The request.
			id: RequestId,
		},
		/// Senior principal was lent.
		Lent {
			/// Who received it.
			to: T::AccountId,
			/// USDai lent.
			amount: Balance,
			/// Senior principal out now.
			principal_out: Balance,
		},
		/// A payment of borrowers came in.
		Received {
			/// Who paid.
			from: T::AccountId,
			/// Senior principal paid back.
			principal: Balance,
			/// Senior interest paid, the fee included.
			interest: Balance,
			/// The treasury's part of the interest.
			fee: Balance,
		},
		/// The interest that accrues has changed.
		AccrualChanged {
			/// Interest that all loans earn in a second.
			per_second: Balance,
			/// The interest a second of each loan, times the time from which it counts.
			offset: Balance,
		},
		/// The part of the principal out that is not expected back has changed.
		ImpairmentChanged {
			/// Expected shortfall of all loans.
			impairment: Balance,
		},
		/// Principal was written off: a loss of the savers.
		WrittenOff {
			/// Principal written off.
			principal: Balance,
			/// Principal written off since the beginning.
			bad_debt: Balance,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// Deposit more: this is less than the least deposit.
		BelowMinimumDeposit,
		/// Deposit less, or wait: the vault takes no more than its cap.
		AboveDepositCap,
		/// The deposit buys fewer shares than the caller wants: deposit more or accept fewer.
		TooFewShares,
		/// The shares cost more than the caller wants to pay: mint fewer or accept the price.
		TooManyAssets,
		/// Shares have no price while nothing stands behind them: wait until something does.
		NothingBehindShares,
		/// Request more: this is less than one share.
		BelowMinimumRequest,
		/// Claim or cancel a request first: the account has as many as it may have.
		TooManyRequests,
		/// There is no such request, or it is gone.
		UnknownRequest,
		/// Only the owner of the request may do this.
		NotRequestOwner,
		/// The window in which the request queues has closed: wait for the settlement.
		WindowClosed,
		/// Nothing of the request waits in the queue: claim what was served.
		NotQueued,
		/// Nothing was served to the request that has not been claimed: wait for a settlement.
		NothingToClaim,
		/// A settlement is running: take it to its end first.
		SettlementRunning,
		/// No settlement is running: start one.
		NoSettlement,
		/// The last closed window has been settled: wait for the next close.
		AlreadySettled,
		/// No request waits whose window has closed.
		NothingToSettle,
		/// Ask for at least one request to be served.
		NoSteps,
		/// Lend less: this is more than the idle USDai.
		InsufficientLiquidity,
		/// More principal than is out cannot come back, be lost or be impaired.
		ExceedsPrincipalOut,
		/// The loan has never accrued like this.
		UnknownAccrual,
		/// The loan has never been impaired by this much.
		UnknownImpairment,
		/// A number left the range of the arithmetic: use smaller amounts.
		Overflow,
		/// The state contradicts itself. Please report it.
		Unexpected,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(
				T::MinDeposit::get() > caliber_math::LOCKED_FIRST_SHARES,
				"the least deposit has to exceed the shares that the first one locks",
			);
			assert!(T::MaxRequests::get() > 0, "an account has to be allowed a request");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_n: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
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
		/// - [`Error::BelowMinimumDeposit`]: less than [`Config::MinDeposit`].
		/// - [`Error::NothingBehindShares`]: there are shares and nothing behind them.
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
		/// - [`Error::NothingBehindShares`]: there are shares and nothing behind them.
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
		/// served. The request queues in the window of this moment, behind all others. A deposit in
		/// CLBR is held until the request is gone.
		///
		/// ## Parameters
		///
		/// - `shares`: shares to redeem.
		///
		/// ## Errors
		///
		/// - [`Error::BelowMinimumRequest`]: less than [`MIN_REQUEST_SHARES`].
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
		/// Must be `Signed` by the owner of the request.
		///
		/// ## Details
		///
		/// Pays all that is claimable, at any time. When no shares of the request wait it is gone
		/// and its deposit goes back.
		///
		/// ## Parameters
		///
		/// - `id`: the request.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownRequest`]: there is no such request.
		/// - [`Error::NotRequestOwner`]: it is not the caller's.
		/// - [`Error::NothingToClaim`]: nothing was served since the last claim.
		///
		/// ## Events
		///
		/// - [`Event::Claimed`], and [`Event::RequestClosed`] when nothing remains of it.
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::claim())]
		pub fn claim(origin: OriginFor<T>, id: RequestId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_claim(&who, id)
		}

		/// Begin to serve the requests whose windows have closed.
		///
		/// ## Dispatch Origin
		///
		/// Must be `Signed` by anyone.
		///
		/// ## Details
		///
		/// Fixes the redemption price of this moment. As much idle USDai as the requests are worth,
		/// or all there is, is set aside, and the shares that it pays for are burnt. Where it pays
		/// for none, the settlement ends at once and the requests queue in the next window.
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
		/// First in first out, each in full, the last one in part. Ends the settlement when all that
		/// was set aside is served; what rounding has left becomes idle again. The caller pays for
		/// the requests that were served.
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
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// Assets, shares and both prices.
		pub fn nav() -> Nav {
			Self::nav_or_nothing()
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
	}
}
