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

		/// Origin that confirms appraisals: a referendum on the track of appraisals.
		type AppraisalOrigin: EnsureOriginWithArg<Self::RuntimeOrigin, Risk, Success = Authority>;

		/// Times that the brakes of the technical committee keep.
		type BrakeTerms: Get<BrakeTerms>;

		/// Values that governance sets for titles, as they count now.
		type Values: Get<TitleValues>;

		/// Rules under which titles secure lines, by version.
		type Rules: LineRules;

		/// Reasons of the runtime for which balances are held.
		type RuntimeHoldReason: From<HoldReason>;

		/// CLBR, in which storage deposits are paid.
		type Currency: fungible::Mutate<Self::AccountId, Balance = Balance>;

		/// USDai, in which revenue, insurance claims and awards are paid.
		type UsdAi: fungible::Mutate<Self::AccountId, Balance = Balance>;

		/// Holds on USDai: bonds, capital and deposits for claims.
		type UsdAiHold: fungible::hold::Mutate<
			Self::AccountId,
			Balance = Balance,
			Reason = Self::RuntimeHoldReason,
		>;

		/// Account that receives the deposits that rejected claims forfeit.
		type TreasuryAccount: Get<Self::AccountId>;

		/// NFTs in which titles are traded.
		type Nfts: InspectNft<Self::AccountId, CollectionId = u32, ItemId = TitleId>
			+ InspectNfts<Self::AccountId>
			+ MutateNft<Self::AccountId, ItemConfig>
			+ TransferNft<Self::AccountId>
			+ CreateTitleCollection<Self::AccountId>
			+ TitleAttributes<Self::AccountId>;

		/// Hardware models that titles name.
		type Models: InspectModels;

		/// Reserves of lines, which receive the revenue of pledged titles.
		type RevenueSink: RevenueSink<Self::AccountId>;

		/// Lines: their curators, who are parties of their titles too, and their titles.
		type Lines: LineParties<Self::AccountId> + LineTitles;

		/// Those whom a loss harmed through a line, who come before the owner of the title.
		type LossPayee: LossPayee<Self::AccountId>;

		/// Clock, in unix time.
		type Time: UnixTime;

		/// Ends of periods, with the time in which the chain made no blocks.
		type Clock: Clock;

		/// Derives the account that owns the collection.
		#[pallet::constant]
		type PalletId: Get<PalletId>;

		/// Deposit of a custodian for a title ([`title_footprint`]), for the record of a device
		/// ([`DEVICE_FOOTPRINT`]) and for an offer of custody ([`CUSTODY_OFFER_FOOTPRINT`]), and of
		/// the account that files a document ([`DOCUMENT_FOOTPRINT`]); held for
		/// [`HoldReason::TitleDeposit`].
		type TitleConsideration: Consideration<Self::AccountId, Footprint>;

		/// Deposit of an insurer for a policy ([`POLICY_FOOTPRINT`]), held for
		/// [`HoldReason::PolicyDeposit`].
		type PolicyConsideration: Consideration<Self::AccountId, Footprint>;

		/// Deposit of an appraiser for an appraisal ([`APPRAISAL_FOOTPRINT`]), held for
		/// [`HoldReason::AppraisalDeposit`].
		type AppraisalConsideration: Consideration<Self::AccountId, Footprint>;

		/// Deposit of an owner for a request for machines, for what is noted after the release and for
		/// the claim that may come of both
		/// ([`REDEMPTION_FOOTPRINT`]), held for [`HoldReason::RedemptionDeposit`].
		type RedemptionConsideration: Consideration<Self::AccountId, Footprint>;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;

		/// Clock, as benchmarks set it.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper;
	}

	/// Reasons for which CLBR or USDai is held.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// Bond of a custodian, in USDai.
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
		/// Storage deposits of owners for requests for their machines and for claims.
		#[codec(index = 4)]
		RedemptionDeposit,
		/// Bond of a verifier, in USDai.
		#[codec(index = 5)]
		VerifierBond,
		/// Capital of an insurer, in USDai.
		#[codec(index = 6)]
		InsurerCapital,
		/// Deposits in USDai that owners forfeit if their claims are rejected.
		#[codec(index = 7)]
		ClaimDeposit,
	}
}
