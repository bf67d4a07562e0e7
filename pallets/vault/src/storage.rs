// SPDX-License-Identifier: Apache-2.0

//! Storage of the vault pallet.

use crate::frame_support::pallet_macros::pallet_section;

/// Storage of the vault pallet.
#[pallet_section]
mod storage {
	/// Assets and debts of the vault. Written by every movement of money.
	#[pallet::storage]
	pub type Ledger<T: Config> = StorageValue<_, LedgerBalances, ValueQuery>;

	/// Sum of the accruals of all loans. Written by
	/// [`SeniorLender::update_accrual`](caliber_primitives::traits::SeniorLender::update_accrual).
	#[pallet::storage]
	pub type TotalAccrual<T: Config> = StorageValue<_, AccrualSum, ValueQuery>;

	/// True while governance has paused deposits.
	#[pallet::storage]
	pub type DepositsPaused<T: Config> = StorageValue<_, bool, ValueQuery>;

	/// Redemption price of each of the last [`PRICE_CHECKPOINTS`] days, by the number of the day
	/// modulo that. Written once a day, by the first block that has room, deposit or start of a
	/// settlement.
	#[pallet::storage]
	pub type PriceCheckpoints<T: Config> =
		StorageMap<_, Identity, u8, PriceCheckpoint, OptionQuery>;

	/// Windows of [`DEFAULT_WINDOW_LENGTH`] since 1970, for a chain without a genesis of this
	/// pallet.
	#[pallet::type_value]
	pub fn DefaultWindows<T: Config>() -> WindowSchedule {
		WindowSchedule { current: Pallet::<T>::epoch(0, 1, DEFAULT_WINDOW_LENGTH), next: None }
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
}
