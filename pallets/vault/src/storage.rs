// SPDX-License-Identifier: Apache-2.0

//! Storage of the vault pallet.

use crate::frame_support::pallet_macros::pallet_section;

/// Storage of the vault pallet.
#[pallet_section]
mod storage {
	/// Assets and debts of the vault, and what its loans earn. Written by every movement of money and
	/// by every change of a loan.
	#[pallet::storage]
	pub type Ledger<T: Config> = StorageValue<_, LedgerBalances, ValueQuery>;

	/// Income that was given to the savers since genesis, by its source. Written by
	/// [`Pallet::pay_yield`].
	#[pallet::storage]
	pub type Income<T: Config> = StorageMap<_, Identity, IncomeSource, Balance, ValueQuery>;

	/// True while deposits are paused: by a referendum until the next one, by the technical committee
	/// for a time. Written by [`Pallet::set_deposits_paused`].
	#[pallet::storage]
	pub type DepositsPaused<T: Config> = StorageValue<_, Governed<bool>, ValueQuery>;

	/// Records of the last [`HISTORY_DAYS`] days, by the number of the day modulo that. A place keeps
	/// an older record until its day comes again; the record names its day. Written once a day, by
	/// the first block that has room, deposit or start of a settlement.
	#[pallet::storage]
	pub type History<T: Config> = StorageMap<_, Identity, u16, Day, OptionQuery>;

	/// Windows of [`DEFAULT_WINDOW_LENGTH`] since 1970, for a chain without a genesis of this
	/// pallet.
	#[pallet::type_value]
	pub fn DefaultWindows<T: Config>() -> WindowSchedule {
		WindowSchedule { current: Pallet::<T>::first_epoch(0, DEFAULT_WINDOW_LENGTH), next: None }
	}

	/// The redemption windows. Written at genesis and by [`Pallet::set_window_length`].
	#[pallet::storage]
	pub type Windows<T: Config> = StorageValue<_, WindowSchedule, ValueQuery, DefaultWindows<T>>;

	/// Id of the next request.
	#[pallet::storage]
	pub type NextRequestId<T: Config> = StorageValue<_, RequestId, ValueQuery>;

	/// Requests that wait to be served or claimed.
	#[pallet::storage]
	pub type Requests<T: Config> =
		StorageMap<_, Blake2_128Concat, RequestId, RequestOf<T>, OptionQuery>;

	/// Number of requests of an account.
	#[pallet::storage]
	pub type LiveRequests<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, u32, ValueQuery>;

	/// Storage deposit of an owner for an operator that may claim for the owner: by owner and
	/// operator.
	#[pallet::storage]
	pub type Operators<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		T::AccountId,
		Blake2_128Concat,
		T::AccountId,
		T::OperatorConsideration,
		OptionQuery,
	>;

	/// The queue: the requests of each tick, first in first out.
	#[pallet::storage]
	pub type Queue<T: Config> = StorageMap<_, Identity, Tick, Lane, ValueQuery>;

	/// Shares that wait at each tick, by chunks of ticks. Shares that a running settlement has
	/// burnt count until they are served.
	#[pallet::storage]
	pub type QueueChunks<T: Config> = StorageMap<_, Identity, u8, Chunk, ValueQuery>;

	/// Shares that wait in each chunk, and the ticks that have requests.
	#[pallet::storage]
	pub type QueueTotals<T: Config> = StorageValue<_, QueueSummary, ValueQuery>;

	/// Shares in escrow: those of all requests, without the ones that a running settlement has
	/// burnt and not yet served.
	#[pallet::storage]
	pub type EscrowedShares<T: Config> = StorageValue<_, Balance, ValueQuery>;

	/// The settlement that is running.
	#[pallet::storage]
	pub type Settlement<T: Config> = StorageValue<_, SettlementState, OptionQuery>;

	/// The last window that has been settled. Requests of it and of earlier windows queue in the
	/// next.
	#[pallet::storage]
	pub type LastSettled<T: Config> = StorageValue<_, WindowIndex, OptionQuery>;

	/// Redemption price at the moment in which cancelling ended last. Written by the first block
	/// after it, before its transactions.
	#[pallet::storage]
	pub type Reference<T: Config> = StorageValue<_, ReferencePrice, OptionQuery>;

	/// The last time in which requests of closed windows could be cancelled again.
	#[pallet::storage]
	pub type Reopened<T: Config> = StorageValue<_, Reopening, OptionQuery>;

	/// Sales of Treasury bills for the requests that wait, since the last settlement that served any.
	#[pallet::storage]
	pub type Raised<T: Config> = StorageValue<_, RaisedMoney, ValueQuery>;

	/// Clearing of the last [`CLEARED_WINDOWS`](crate::phases::CLEARED_WINDOWS) windows, by the
	/// number of the window modulo that.
	#[pallet::storage]
	pub type ClearedWindows<T: Config> = StorageMap<_, Identity, u32, ClearedWindow, OptionQuery>;

	/// Shares of the requests that bid in the last window in which one did. They cannot be cancelled
	/// from their bid on. Written by [`Pallet::commit_bid`].
	#[pallet::storage]
	pub type Sealed<T: Config> = StorageValue<_, SealedShares, ValueQuery>;

	/// The last window in which a settlement kept bids from being revealed.
	#[pallet::storage]
	pub type ExcusedWindow<T: Config> = StorageValue<_, WindowIndex, OptionQuery>;

	/// Served requests that idle work has yet to pay out, by position.
	#[pallet::storage]
	pub type Payouts<T: Config> = StorageMap<_, Identity, u64, RequestId, OptionQuery>;

	/// Positions of [`Payouts`].
	#[pallet::storage]
	pub type PayoutPositions<T: Config> = StorageValue<_, PayoutRange, ValueQuery>;

	/// USDai that was redeemed at once.
	#[pallet::storage]
	pub type RecentExits<T: Config> = StorageValue<_, Exits, ValueQuery>;
}
