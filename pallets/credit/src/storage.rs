// SPDX-License-Identifier: Apache-2.0

//! What the pallet keeps.

use crate::frame_support::pallet_macros::pallet_section;

/// A section of the pallet.
#[pallet_section]
mod storage {
	/// The curators that governance has approved, suspended ones included.
	#[pallet::storage]
	pub type Curators<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, CuratorRecord>;

	/// Lines on offer and lines accepted. A line that is withdrawn or closed leaves.
	#[pallet::storage]
	pub type Lines<T: Config> = StorageMap<_, Twox64Concat, LineId, LineRecord<T::AccountId>>;

	/// Loans with principal outstanding. A loan that is repaid leaves.
	#[pallet::storage]
	pub type Loans<T: Config> = StorageMap<_, Twox64Concat, LoanId, LoanRecord>;

	/// Principal outstanding over all loans, in USDai.
	#[pallet::storage]
	pub type TotalOutstanding<T: Config> = StorageValue<_, Balance, ValueQuery>;

	/// The senior part of [`TotalOutstanding`]: what the senior lender has out.
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

	/// USDai that could not be paid to its account, which it is kept for in the pallet's.
	#[pallet::storage]
	pub type Owed<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Balance, ValueQuery>;

	/// The sum of [`Owed`].
	#[pallet::storage]
	pub type TotalOwed<T: Config> = StorageValue<_, Balance, ValueQuery>;

	/// How far the work of idle blocks has come.
	#[pallet::storage]
	pub type Sweep<T: Config> = StorageValue<_, SweepState, ValueQuery>;

	/// The auctions of the titles of lines that are liquidated.
	#[pallet::storage]
	pub type Auctions<T: Config> = StorageMap<_, Twox64Concat, LineId, AuctionRecord<T::AccountId>>;

	/// What the senior lender has lost on lines that were liquidated, in USDai. It stays for ever.
	#[pallet::storage]
	pub type BadDebts<T: Config> = StorageMap<_, Twox64Concat, LineId, Balance>;

	/// The sum of [`BadDebts`].
	#[pallet::storage]
	pub type TotalBadDebt<T: Config> = StorageValue<_, Balance, ValueQuery>;
}
