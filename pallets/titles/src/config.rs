// SPDX-License-Identifier: Apache-2.0

//! Configuration of the titles pallet.

use crate::frame_support::pallet_macros::pallet_section;

/// Configuration of the titles pallet and reasons of its holds.
#[pallet_section]
mod config {
	/// Configuration of the pallet.
	#[pallet::config]
	pub trait Config: polkadot_sdk::frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// Origin that keeps the registry of parties, suspends titles and decides what bonds pay.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

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

		/// Clock, in unix time.
		type Time: UnixTime;

		/// Derives the account that owns the collection.
		#[pallet::constant]
		type PalletId: Get<PalletId>;

		/// CLBR of bond that a custodian needs to attest, and keeps while it has titles.
		type MinCustodianBond: Get<Balance>;

		/// Deposit of a custodian for a title and its serials ([`title_footprint`]), and of the account
		/// that files a document ([`ITEM_FOOTPRINT`]); held for [`HoldReason::TitleDeposit`].
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

		/// Share of a title's value that its policies have to cover.
		type MinCoverage: Get<Perbill>;

		/// Seconds for which a cancelled policy goes on covering, so that a lender can react.
		type CancellationNotice: Get<Seconds>;

		/// Seconds for which a policy stays for claims after its end, unless its insurer removes it.
		type ClaimsTail: Get<Seconds>;

		/// Longest validity of an independent appraisal, in seconds.
		type MaxAppraisalValidity: Get<Seconds>;

		/// Seconds that a heartbeat lasts. Custody is stale in the second after it.
		type CustodyValidity: Get<Seconds>;

		/// Seconds that a custodian has to answer an owner who asks for its machines.
		type RedemptionPeriod: Get<Seconds>;

		/// Seconds for which the custodian of lost machines leaves their title to its owner, who may
		/// have money coming, before it may retire the title itself.
		type LossPeriod: Get<Seconds>;

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
