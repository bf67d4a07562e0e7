// SPDX-License-Identifier: Apache-2.0

//! Storage of the credit pallet.

use crate::frame_support::pallet_macros::pallet_section;

/// Storage of the credit pallet.
#[pallet_section]
mod storage {
	/// The curators that governance has approved, suspended ones included.
	#[pallet::storage]
	pub type Curators<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, CuratorRecord>;

	/// Lines on offer and lines accepted, with their loans. A line that is withdrawn or closed
	/// leaves.
	#[pallet::storage]
	pub type Lines<T: Config> = StorageMap<_, Twox64Concat, LineId, LineRecordOf<T>>;

	/// Sums over all lines.
	#[pallet::storage]
	pub type Totals<T: Config> = StorageValue<_, BookTotals, ValueQuery>;

	/// Borrowers that owe something, or have a line in trouble.
	#[pallet::storage]
	pub type Borrowers<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, BorrowerRecord>;

	/// The id of the next line. Ids are never used again.
	#[pallet::storage]
	pub type NextLineId<T: Config> = StorageValue<_, LineId, ValueQuery>;

	/// The most principal that may stand against a model, in USDai; none for no ceiling of its own.
	/// Without a ceiling an entry stays while a brake lasts or rests, and then until the next
	/// decision on the model.
	#[pallet::storage]
	pub type ModelCeilings<T: Config> =
		StorageMap<_, Twox64Concat, ModelId, Governed<Option<Balance>>, ValueQuery>;

	/// Principal that stands against each model, in USDai: the sum of the exposures of all lines. It
	/// may lag payments, never draws.
	#[pallet::storage]
	pub type OutstandingByModel<T: Config> =
		StorageMap<_, Twox64Concat, ModelId, Balance, ValueQuery>;

	/// New terms that curators offer for accepted lines.
	#[pallet::storage]
	pub type TermsOffers<T: Config> = StorageMap<_, Twox64Concat, LineId, TermsOffer>;

	/// USDai that an account could not receive, kept for it in the pallet's account.
	#[pallet::storage]
	pub type UnclaimedPayouts<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, Balance, ValueQuery>;

	/// Progress of the work of idle blocks.
	#[pallet::storage]
	pub type Sweep<T: Config> = StorageValue<_, SweepState, ValueQuery>;

	/// Sums over the lines of the last round that has looked at the covenants of all of them. Written
	/// when the round ends.
	#[pallet::storage]
	pub type LastBook<T: Config> = StorageValue<_, RoundBook, OptionQuery>;

	/// The auctions of the titles of lines that are liquidated.
	#[pallet::storage]
	pub type Auctions<T: Config> = StorageMap<_, Twox64Concat, LineId, AuctionRecord<T::AccountId>>;

	/// Principal that each line cost its lenders that was liquidated, less what was recovered since.
	/// An entry stays until all of it has come back.
	#[pallet::storage]
	pub type LineLosses<T: Config> = StorageMap<_, Twox64Concat, LineId, LineLoss<T::AccountId>>;
}
