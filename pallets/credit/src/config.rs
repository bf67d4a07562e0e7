// SPDX-License-Identifier: Apache-2.0

//! Configuration of the credit pallet, and the reasons for which it holds balances.

use crate::frame_support::pallet_macros::pallet_section;

/// Configuration of the credit pallet.
#[pallet_section]
mod config {
	#[pallet::config]
	pub trait Config: polkadot_sdk::frame_system::Config {
		/// Origin that approves curators, sets ceilings and resolves lots that nobody wants: a
		/// referendum. The technical committee may decide too what lowers risk; its decision is a
		/// brake.
		type AdminOrigin: EnsureOriginWithArg<Self::RuntimeOrigin, Risk, Success = Authority>;

		/// Times that the brakes of the technical committee keep.
		type BrakeTerms: Get<BrakeTerms>;

		/// Values that governance sets for credit, as they count now. They bound terms when they are
		/// offered; ceilings and the marks of the book are read at each use.
		type Values: Get<CreditValues>;

		/// Rules of covenants and auctions, by version. A line keeps the version it opened under.
		type Rules: LineRules;

		/// Reasons for which balances are held.
		type RuntimeHoldReason: From<HoldReason>;

		/// USDai.
		type UsdAi: fungible::Mutate<Self::AccountId, Balance = Balance>;

		/// Holds on USDai.
		type UsdAiHold: fungible::hold::Mutate<
			Self::AccountId,
			Balance = Balance,
			Reason = Self::RuntimeHoldReason,
		>;

		/// Titles, which lines hold.
		type Titles: Encumber<Self::AccountId>;

		/// Values of titles.
		type Value: TitleValue;

		/// The senior lender, whose money funds the senior tranche of loans.
		type Senior: SeniorLender<Self::AccountId>;

		/// The clock.
		type Time: UnixTime;

		/// Ends of periods, with the time in which the chain made no blocks.
		type Clock: Clock;

		/// Id from which the account of this pallet is derived.
		#[pallet::constant]
		type PalletId: Get<PalletId>;

		/// Account that receives the treasury's fees.
		type TreasuryAccount: Get<Self::AccountId>;

		/// Deposit of a curator for the storage of a line and of new terms offered for it. The
		/// footprint is one item of [`LineRecordOf`]'s and [`TermsOffer`]'s greatest size.
		///
		/// A runtime that holds a native token for it does so by [`HoldReason::LineDeposit`].
		type LineConsideration: Consideration<Self::AccountId, Footprint>;

		/// Largest weight of the idle work of this block.
		type MaxIdleWeight: Get<Weight>;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;

		/// Clock that benchmarks set.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper;
	}

	/// Reasons for which this pallet holds balances.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// USDai of a curator: first-loss capital that its lines have not drawn.
		JuniorCapital,
		/// Native token of a curator: the deposit for the storage of its lines, where
		/// [`Config::LineConsideration`] holds it.
		LineDeposit,
		/// USDai of a bidder: the best bid in an auction.
		AuctionBid,
	}
}
