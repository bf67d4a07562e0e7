// SPDX-License-Identifier: Apache-2.0

//! What the pallet asks of its runtime.

use crate::frame_support::pallet_macros::pallet_section;

/// A section of the pallet.
#[pallet_section]
mod config {
	#[pallet::config]
	pub trait Config: polkadot_sdk::frame_system::Config {
		/// Who approves curators.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The reasons for which balances are held.
		type RuntimeHoldReason: From<HoldReason>;

		/// The native token, for storage deposits.
		type Currency: fungible::Mutate<Self::AccountId, Balance = Balance>
			+ fungible::hold::Mutate<
				Self::AccountId,
				Balance = Balance,
				Reason = Self::RuntimeHoldReason,
			>;

		/// USDai.
		type UsdAi: fungible::Mutate<Self::AccountId, Balance = Balance>;

		/// Holds on USDai.
		type UsdAiHold: fungible::hold::Mutate<
			Self::AccountId,
			Balance = Balance,
			Reason = Self::RuntimeHoldReason,
		>;

		/// The titles.
		type Titles: Encumber<Self::AccountId>;

		/// What titles are worth.
		type Value: TitleValue;

		/// The senior lender.
		type Senior: SeniorLender<Self::AccountId>;

		/// The clock.
		type Time: UnixTime;

		/// The account of this pallet is derived from this id.
		#[pallet::constant]
		type PalletId: Get<PalletId>;

		/// Where the treasury's fees go.
		type TreasuryAccount: Get<Self::AccountId>;

		/// The most principal outstanding over all lines, in USDai.
		type GlobalCeiling: Get<Balance>;

		/// The most principal one borrower may owe, in USDai.
		type BorrowerCeiling: Get<Balance>;

		/// The least that may be drawn, in USDai; more than zero.
		type MinDraw: Get<Balance>;

		/// The most that may be lent against a dollar of title value.
		type MaxAdvanceRate: Get<Perbill>;

		/// The least share of each draw that a curator's capital funds.
		type MinFirstLoss: Get<Perbill>;

		/// The highest annual rate of a tranche, and of late interest.
		type MaxApr: Get<FixedU128>;

		/// The least annual rate of the senior tranche: the senior lender does not choose the terms it
		/// lends at.
		type MinSeniorApr: Get<FixedU128>;

		/// The largest fee: as a share, and for an absolute fee as a share of the limit.
		type MaxFee: Get<Perbill>;

		/// The most that servicing may cost in a year: as a share of what is owed, and for an absolute fee
		/// as a share of the limit. Each window pays the fee, however short it is.
		type MaxServicingFee: Get<Perbill>;

		/// The longest grace period.
		type MaxGracePeriod: Get<Seconds>;

		/// The longest cure period.
		type MaxCurePeriod: Get<Seconds>;

		/// What a sale of titles costs, as a share of its proceeds: what a loss is estimated with.
		type LiquidationCost: Get<Perbill>;

		/// What is taken off the last known value of a title while there is none of today: for the
		/// expected loss and the first price of an auction, and for the coverage where its model is
		/// paused or delisted.
		type StaleHaircut: Get<Perbill>;

		/// How often all lines are watched for broken covenants when no new price asks for it.
		type SweepInterval: Get<Seconds>;

		/// The most loans, and the most lines, that are looked at in the idle time of one block.
		type MaxSweepSteps: Get<u32>;

		/// What an auction asks at first, as a share of the liquidation value of its lot.
		type AuctionReserve: Get<Perbill>;

		/// By what share of the best bid another has to exceed it.
		type MinIncrement: Get<Perbill>;

		/// How long a round of an auction takes bids.
		type AuctionDuration: Get<Seconds>;

		/// How long a round goes on after a bid, at least.
		type ExtensionWindow: Get<Seconds>;

		/// By what share the reserve price falls when nobody bids.
		type RelistDiscount: Get<Perbill>;

		/// How often a lot is put up again when nobody bids.
		type MaxRelistings: Get<u32>;

		/// How long the curator may take a lot that nobody bid for.
		type CuratorOptionPeriod: Get<Seconds>;

		/// Deposit for the storage of a line and of new terms offered for it, in CLBR, held from its
		/// curator.
		#[pallet::constant]
		type LineDeposit: Get<Balance>;

		/// The weights of the calls.
		type WeightInfo: WeightInfo;

		/// The clock, as benchmarks set it.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper;
	}

	/// Why this pallet holds balances.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// USDai of a curator: first-loss capital that its lines have not drawn.
		JuniorCapital,
		/// CLBR of a curator: the deposit for the storage of its lines.
		LineDeposit,
		/// USDai of a bidder: the best bid in an auction.
		AuctionBid,
	}
}
