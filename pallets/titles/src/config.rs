// SPDX-License-Identifier: Apache-2.0

//! Configuration of the titles pallet.

use crate::frame_support::pallet_macros::pallet_section;

/// Configuration of the titles pallet and reasons of its holds.
#[pallet_section]
mod config {
	/// Configuration of the pallet.
	#[pallet::config]
	pub trait Config: polkadot_sdk::frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// Origin that keeps the registry of parties, suspends titles and decides what bonds pay: a
		/// referendum. What lowers risk the technical committee may decide too; a suspension of its
		/// making is a brake.
		type AdminOrigin: EnsureOriginWithArg<Self::RuntimeOrigin, Risk, Success = Authority>;

		/// Times that the brakes of the technical committee keep.
		type BrakeTerms: Get<BrakeTerms>;

		/// Values that governance sets for titles, as they count now.
		type Values: Get<TitleValues>;

		/// Rules under which titles secure lines, by version.
		type Rules: LineRules;

		/// Reasons of the runtime for which balances are held.
		type RuntimeHoldReason: From<HoldReason>;

		/// CLBR, for bonds.
		type Currency: fungible::Mutate<Self::AccountId, Balance = Balance>
			+ fungible::MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>;

		/// USDai, in which revenue and insurance claims are paid.
		type UsdAi: fungible::Mutate<Self::AccountId, Balance = Balance>;

		/// NFTs in which titles are traded.
		type Nfts: InspectNft<Self::AccountId, CollectionId = u32, ItemId = TitleId>
			+ InspectNfts<Self::AccountId>
			+ MutateNft<Self::AccountId, ItemConfig>
			+ TransferNft<Self::AccountId>
			+ CreateTitleCollection<Self::AccountId>;

		/// Hardware models that titles name.
		type Models: InspectModels;

		/// Reserves of lines, which receive the revenue of pledged titles.
		type RevenueSink: RevenueSink<Self::AccountId>;

		/// Those whom a loss harmed through a line, who come before the owner of the title.
		type LossPayee: LossPayee<Self::AccountId>;

		/// Clock, in unix time.
		type Time: UnixTime;

		/// Ends of periods, with the time in which the chain made no blocks.
		type Clock: Clock;

		/// Derives the account that owns the collection.
		#[pallet::constant]
		type PalletId: Get<PalletId>;

		/// Deposit of a custodian for a title and its serials ([`title_footprint`]), and of the account
		/// that files a document ([`DOCUMENT_FOOTPRINT`]); held for [`HoldReason::TitleDeposit`].
		type TitleConsideration: Consideration<Self::AccountId, Footprint>;

		/// Deposit of an insurer for a policy ([`POLICY_FOOTPRINT`]), held for
		/// [`HoldReason::PolicyDeposit`].
		type PolicyConsideration: Consideration<Self::AccountId, Footprint>;

		/// Deposit of an appraiser for an appraisal ([`APPRAISAL_FOOTPRINT`]), held for
		/// [`HoldReason::AppraisalDeposit`].
		type AppraisalConsideration: Consideration<Self::AccountId, Footprint>;

		/// Deposit of an owner for a request for machines and for the claim that may come of it
		/// ([`REDEMPTION_FOOTPRINT`]), held for [`HoldReason::RedemptionDeposit`].
		type RedemptionConsideration: Consideration<Self::AccountId, Footprint>;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;

		/// Clock, as benchmarks set it.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper;
	}

	/// Reasons for which CLBR is held.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// Bond of a custodian.
		#[codec(index = 0)]
		CustodianBond,
		/// Deposits for titles: of their custodian, and of the accounts that filed documents.
		#[codec(index = 1)]
		TitleDeposit,
		/// Deposits of an insurer for its policies.
		#[codec(index = 2)]
		PolicyDeposit,
		/// Deposits of an appraiser for its appraisals.
		#[codec(index = 3)]
		AppraisalDeposit,
		/// Deposits of owners for requests for their machines and for claims.
		#[codec(index = 4)]
		RedemptionDeposit,
	}
}
