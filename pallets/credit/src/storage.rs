// SPDX-License-Identifier: Apache-2.0

//! Storage of the credit pallet.

use crate::frame_support::pallet_macros::pallet_section;

/// Storage of the credit pallet.
#[pallet_section]
mod storage {
	/// The curators that governance has approved, suspended ones included.
	#[pallet::storage]
	pub type Curators<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, CuratorRecord>;

	/// Lines on offer and lines accepted. A line that is withdrawn or closed leaves.
	#[pallet::storage]
	pub type Lines<T: Config> = StorageMap<_, Twox64Concat, LineId, LineRecordOf<T>>;

	/// Loans with principal outstanding. A loan that is repaid leaves.
	#[pallet::storage]
	pub type Loans<T: Config> = StorageMap<_, Twox64Concat, LoanId, LoanRecord>;

	/// Principal outstanding over all loans, in USDai.
	#[pallet::storage]
	pub type TotalOutstanding<T: Config> = StorageValue<_, Balance, ValueQuery>;

	/// The senior part of [`TotalOutstanding`], in USDai.
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

	/// The most principal that may stand against a model, in USDai. A model without an entry has no
	/// ceiling of its own.
	#[pallet::storage]
	pub type ModelCeilings<T: Config> = StorageMap<_, Twox64Concat, ModelId, Balance>;

	/// Principal outstanding that stands against each model, in USDai.
	#[pallet::storage]
	pub type OutstandingByModel<T: Config> =
		StorageMap<_, Twox64Concat, ModelId, Balance, ValueQuery>;

	/// The expected shortfall of the senior lender over all lines, in USDai.
	#[pallet::storage]
	pub type TotalImpairment<T: Config> = StorageValue<_, Balance, ValueQuery>;

	/// New terms that curators offer for accepted lines.
	#[pallet::storage]
	pub type TermsOffers<T: Config> = StorageMap<_, Twox64Concat, LineId, TermsOffer>;

	/// USDai that an account could not receive, kept for it in the pallet's account.
	#[pallet::storage]
	pub type UnclaimedPayouts<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, Balance, ValueQuery>;

	/// The sum of [`UnclaimedPayouts`].
	#[pallet::storage]
	pub type TotalUnclaimedPayouts<T: Config> = StorageValue<_, Balance, ValueQuery>;

	/// Progress of the work of idle blocks.
	#[pallet::storage]
	pub type Sweep<T: Config> = StorageValue<_, SweepState, ValueQuery>;

	/// The auctions of the titles of lines that are liquidated.
	#[pallet::storage]
	pub type Auctions<T: Config> = StorageMap<_, Twox64Concat, LineId, AuctionRecord<T::AccountId>>;

	/// Loss of the senior lender on each line that was liquidated, in USDai. It stays for ever.
	#[pallet::storage]
	pub type BadDebts<T: Config> = StorageMap<_, Twox64Concat, LineId, Balance>;

	/// The sum of [`BadDebts`].
	#[pallet::storage]
	pub type TotalBadDebt<T: Config> = StorageValue<_, Balance, ValueQuery>;
}
