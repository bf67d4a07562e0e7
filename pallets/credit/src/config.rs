// SPDX-License-Identifier: Apache-2.0

//! Configuration of the credit pallet, and the reasons for which it holds balances.

use crate::frame_support::pallet_macros::pallet_section;

/// Configuration of the credit pallet.
#[pallet_section]
mod config {
	#[pallet::config]
	pub trait Config: polkadot_sdk::frame_system::Config {
		/// Origin that approves curators, sets ceilings and resolves lots that nobody wants.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

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

		/// Id from which the account of this pallet is derived.
		#[pallet::constant]
		type PalletId: Get<PalletId>;

		/// Account that receives the treasury's fees.
		type TreasuryAccount: Get<Self::AccountId>;

		/// The most principal outstanding over all lines, in USDai.
		type GlobalCeiling: Get<Balance>;

		/// The most principal one borrower may owe, in USDai.
		type BorrowerCeiling: Get<Balance>;

		/// The least that may be drawn, in USDai; more than zero.
		type MinDraw: Get<Balance>;

		/// The most that terms may lend against a dollar of title value.
		type MaxAdvanceRate: Get<Perbill>;

		/// The least share of each draw that a curator's capital funds.
		type MinFirstLoss: Get<Perbill>;

		/// The highest annual rate of a tranche, and of late interest.
		type MaxApr: Get<FixedU128>;

		/// The least annual rate of the senior tranche: the senior lender does not choose its
		/// terms.
		type MinSeniorApr: Get<FixedU128>;

		/// The largest fee: as a share, and for an absolute fee as a share of the limit.
		type MaxFee: Get<Perbill>;

		/// The most that servicing may cost in a year: as a share of the balance, and for an
		/// absolute fee as a share of the limit. Each payment period pays the fee, however short it
		/// is.
		type MaxServicingFee: Get<Perbill>;

		/// The longest grace period, in seconds.
		type MaxGracePeriod: Get<Seconds>;

		/// The longest cure period, in seconds.
		type MaxCurePeriod: Get<Seconds>;

		/// Cost of a sale of titles, as a share of its proceeds, with which a loss is estimated.
		/// Read at each assessment, also of lines that were opened before a change.
		type LiquidationCost: Get<Perbill>;

		/// Share taken off the last known value of a title while it has none of today: for the
		/// expected loss and the first price of an auction, and for the coverage where its model is
		/// paused or delisted. Read at each assessment, also of lines that were opened before a
		/// change.
		type StaleValueHaircut: Get<Perbill>;

		/// Time after which all lines are watched for broken covenants when no new price asks for
		/// it, in seconds.
		type SweepInterval: Get<Seconds>;

		/// The most loans, and the most lines, that are looked at in the idle time of one block.
		type MaxSweepSteps: Get<u32>;

		/// First reserve price of an auction, as a share of the liquidation value of its lot.
		type AuctionReserve: Get<Perbill>;

		/// Share of the best bid by which another has to exceed it.
		type MinIncrement: Get<Perbill>;

		/// Time for which a round of an auction takes bids, in seconds.
		type AuctionDuration: Get<Seconds>;

		/// Least time for which a round goes on after a bid, in seconds.
		type BidExtension: Get<Seconds>;

		/// Share by which the reserve price falls when nobody bids.
		type RelistDiscount: Get<Perbill>;

		/// Number of times that a lot is put up again when nobody bids.
		type MaxRelistings: Get<u32>;

		/// Time for which the curator may take a lot that nobody bid for, in seconds.
		type CuratorOptionPeriod: Get<Seconds>;

		/// Deposit of a curator for the storage of a line and of new terms offered for it. The
		/// footprint is one item of [`LineRecordOf`]'s and [`TermsOffer`]'s greatest size.
		///
		/// A runtime that holds a native token for it does so by [`HoldReason::LineDeposit`].
		type LineConsideration: Consideration<Self::AccountId, Footprint>;

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
