// SPDX-License-Identifier: Apache-2.0

//! What the pallet stores, and how it begins.

use crate::frame_support::pallet_macros::pallet_section;

/// A section of the pallet.
#[pallet_section]
mod storage {
	/// What savers own and what is owed to them. Written by every movement of money.
	#[pallet::storage]
	pub type Ledger<T: Config> = StorageValue<_, Books, ValueQuery>;

	/// The interest that accrues over all loans.
	#[pallet::storage]
	pub type Yield<T: Config> = StorageValue<_, YieldBook, ValueQuery>;

	/// Whether governance has paused deposits.
	#[pallet::storage]
	pub type DepositsPaused<T: Config> = StorageValue<_, bool, ValueQuery>;

	/// The redemption price of each of the last [`CHECKPOINTS`] days, by the number of the day modulo
	/// that. Written once a day, by the first block that has room or the first deposit.
	#[pallet::storage]
	pub type Checkpoints<T: Config> = StorageMap<_, Identity, u8, Checkpoint, OptionQuery>;

	/// Windows of [`DEFAULT_WINDOW_LENGTH`] since 1970, where genesis says nothing.
	#[pallet::type_value]
	pub fn DefaultWindows<T: Config>() -> Schedule {
		Schedule { current: Pallet::<T>::epoch(0, 1, DEFAULT_WINDOW_LENGTH), next: None }
	}

	/// The redemption windows. Set at genesis and by [`Pallet::set_window_length`].
	#[pallet::storage]
	pub type Windows<T: Config> = StorageValue<_, Schedule, ValueQuery, DefaultWindows<T>>;

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

	/// Who may claim for whom: owner, operator, and the CLBR on hold of the owner for it.
	#[pallet::storage]
	pub type Operators<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		T::AccountId,
		Blake2_128Concat,
		T::AccountId,
		Balance,
		OptionQuery,
	>;

	/// The queue: the requests of each tick, first in first out.
	#[pallet::storage]
	pub type Queue<T: Config> = StorageMap<_, Identity, Tick, Lane, ValueQuery>;

	/// The shares that wait at each tick, by chunks of ticks. Those that a running settlement has
	/// burnt count until they are served.
	#[pallet::storage]
	pub type QueueChunks<T: Config> = StorageMap<_, Identity, u8, Chunk, ValueQuery>;

	/// The shares that wait in each chunk, and the ticks that have requests.
	#[pallet::storage]
	pub type QueueTotals<T: Config> = StorageValue<_, QueueSummary, ValueQuery>;

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
		/// Unix time at which window 1 begins. Requests that are made before queue in window 0,
		/// which closes at that time.
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
			let current = Pallet::<T>::epoch(self.windows_since, 1, self.window_length);
			Windows::<T>::put(Schedule { current, next: None });
		}
	}
}
