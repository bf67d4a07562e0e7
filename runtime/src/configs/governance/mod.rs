// SPDX-License-Identifier: Apache-2.0

//! Governance: holders decide by referenda, and a technical committee can speed up a referendum,
//! brake for a time, or strike once what is decided and not yet enacted. There is no master key.

use crate::{
	accounts::{TreasuryAccount, TreasuryPalletId},
	assets::{NativeAndAssets, NativeAsset},
	constants::{
		currency::CLBR,
		time::{DAYS, HOURS},
		MAXIMUM_BLOCK_WEIGHT,
	},
	filters::NeverPaused,
	weights, AccountId, AssetRate, Balance, Balances, BlockNumber, Preimage, Referenda, Runtime,
	RuntimeCall, RuntimeEvent, RuntimeOrigin, Scheduler, TechnicalCommittee, Timestamp, Treasury,
};
use caliber_primitives::{governance::values::GovernanceValues, Seconds};
use pallet_caliber_governance::{RelayBlocks, SchedulerAgenda, Values};
use polkadot_sdk::{staging_xcm::latest::prelude::Location, *};

use frame_support::{
	parameter_types,
	traits::{
		tokens::{pay::PayAssetFromAccount, UnityOrOuterConversion},
		ConstU32, EitherOf, EitherOfDiverse, Get,
	},
	weights::Weight,
};
use frame_system::{EnsureRoot, EnsureRootWithSuccess, EnsureSigned};
use sp_runtime::{traits::IdentityLookup, Perbill};

pub mod authority;
pub mod origins;
pub mod tracks;

pub use authority::{AreaAdmin, ValuesAdmin, VetoAdmin};
pub use origins::{
	AppraisalAdmin, CreditAdmin, ReferendumCanceller, ReferendumKiller, StableAdmin, TitlesAdmin,
	Treasurer, WhitelistedCaller,
};

/// Technical committee.
pub type TechnicalCollective = pallet_collective::Instance1;
/// Membership of the technical committee.
pub type TechnicalMembershipInstance = pallet_membership::Instance1;

/// Origin of two thirds of the technical committee.
pub type EnsureTechnicalMajority =
	pallet_collective::EnsureProportionAtLeast<AccountId, TechnicalCollective, 2, 3>;
/// Origin of a referendum on the root track or on the track of appraisal.
pub type EnsureAppraisalAdmin = EitherOfDiverse<EnsureRoot<AccountId>, AppraisalAdmin>;
/// Origin of a referendum on the root track or on the track of titles.
pub type EnsureTitlesAdmin = EitherOfDiverse<EnsureRoot<AccountId>, TitlesAdmin>;
/// Origin of a referendum on the root track or on the track of credit.
pub type EnsureCreditAdmin = EitherOfDiverse<EnsureRoot<AccountId>, CreditAdmin>;
/// Origin of a referendum on the root track, or of two thirds of the technical committee.
pub type SafetyGuard = EitherOfDiverse<EnsureRoot<AccountId>, EnsureTechnicalMajority>;

/// Time over which a value that moves the price of a share changes.
pub struct RampPeriod;
impl Get<Seconds> for RampPeriod {
	fn get() -> Seconds {
		<Values<Runtime> as Get<GovernanceValues>>::get().ramp_period
	}
}

impl origins::Config for Runtime {}

impl pallet_caliber_governance::Config for Runtime {
	type Agenda = SchedulerAgenda<Runtime>;
	type BrakeOrigin = SafetyGuard;
	type NeverPaused = NeverPaused;
	type Time = Timestamp;
	type ValuesOrigin = ValuesAdmin;
	type VetoOrigin = VetoAdmin;
	type WeightInfo = weights::pallet_caliber_governance::WeightInfo<Runtime>;
}

parameter_types! {
	pub const VoteLockingPeriod: BlockNumber = 7 * DAYS;
}

impl pallet_conviction_voting::Config for Runtime {
	type BlockNumberProvider = RelayBlocks<Runtime>;
	type Currency = Balances;
	type MaxTurnout =
		frame_support::traits::tokens::currency::ActiveIssuanceOf<Balances, AccountId>;
	type MaxVotes = ConstU32<512>;
	type Polls = Referenda;
	type RuntimeEvent = RuntimeEvent;
	type VoteLockingPeriod = tracks::Shortened<VoteLockingPeriod>;
	// No pallet reacts to votes.
	type VotingHooks = ();
	type WeightInfo = pallet_conviction_voting::weights::SubstrateWeight<Self>;
}

parameter_types! {
	pub const AlarmInterval: BlockNumber = 1;
	pub const SubmissionDeposit: Balance = 10 * CLBR;
	pub const UndecidingTimeout: BlockNumber = 14 * DAYS;
}

impl pallet_referenda::Config for Runtime {
	type AlarmInterval = AlarmInterval;
	type BlockNumberProvider = RelayBlocks<Runtime>;
	type CancelOrigin = EitherOf<EnsureRoot<AccountId>, ReferendumCanceller>;
	type Currency = Balances;
	type KillOrigin = EitherOf<EnsureRoot<AccountId>, ReferendumKiller>;
	type MaxQueued = ConstU32<100>;
	type Preimages = Preimage;
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type Scheduler = Scheduler;
	type Slash = Treasury;
	type SubmissionDeposit = SubmissionDeposit;
	type SubmitOrigin = EnsureSigned<AccountId>;
	type Tally = pallet_conviction_voting::TallyOf<Runtime>;
	type Tracks = tracks::TracksInfo;
	type UndecidingTimeout = tracks::Shortened<UndecidingTimeout>;
	type Votes = pallet_conviction_voting::VotesOf<Runtime>;
	type WeightInfo = pallet_referenda::weights::SubstrateWeight<Self>;
}

parameter_types! {
	pub const DeferredDispatchExpiration: BlockNumber = 28 * DAYS;
}

impl pallet_whitelist::Config for Runtime {
	type BlockNumberProvider = RelayBlocks<Runtime>;
	type DeferredDispatchExpiration = DeferredDispatchExpiration;
	type DispatchWhitelistedOrigin = EitherOf<EnsureRoot<AccountId>, WhitelistedCaller>;
	type Preimages = Preimage;
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_whitelist::weights::SubstrateWeight<Self>;
	type WhitelistOrigin = SafetyGuard;
}

parameter_types! {
	pub const SpendPeriod: BlockNumber = 7 * DAYS;
	pub const PayoutPeriod: BlockNumber = 30 * DAYS;
	pub const MaxSpend: Balance = Balance::MAX;
}

impl pallet_treasury::Config for Runtime {
	type AssetKind = Location;
	type BalanceConverter = UnityOrOuterConversion<NativeAsset, AssetRate>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::TreasuryHelper;
	type Beneficiary = AccountId;
	type BeneficiaryLookup = IdentityLookup<AccountId>;
	type BlockNumberProvider = RelayBlocks<Runtime>;
	// Unspent funds stay in the treasury.
	type Burn = ();
	type BurnDestination = ();
	type Currency = Balances;
	type MaxApprovals = ConstU32<100>;
	type PalletId = TreasuryPalletId;
	type Paymaster = PayAssetFromAccount<NativeAndAssets, TreasuryAccount>;
	type PayoutPeriod = PayoutPeriod;
	type RejectOrigin = EitherOfDiverse<EnsureRoot<AccountId>, Treasurer>;
	type RuntimeEvent = RuntimeEvent;
	type SpendFunds = ();
	type SpendOrigin = EitherOf<EnsureRootWithSuccess<AccountId, MaxSpend>, Treasurer>;
	type SpendPeriod = SpendPeriod;
	type WeightInfo = pallet_treasury::weights::SubstrateWeight<Self>;
}

impl pallet_asset_rate::Config for Runtime {
	type AssetKind = Location;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::TreasuryHelper;
	type CreateOrigin = EitherOfDiverse<EnsureRoot<AccountId>, Treasurer>;
	type Currency = Balances;
	type RemoveOrigin = EitherOfDiverse<EnsureRoot<AccountId>, Treasurer>;
	type RuntimeEvent = RuntimeEvent;
	type UpdateOrigin = EitherOfDiverse<EnsureRoot<AccountId>, Treasurer>;
	type WeightInfo = pallet_asset_rate::weights::SubstrateWeight<Self>;
}

parameter_types! {
	pub const MotionDuration: BlockNumber = 24 * HOURS;
	pub MaxProposalWeight: Weight = Perbill::from_percent(50) * MAXIMUM_BLOCK_WEIGHT;
}

impl pallet_collective::Config<TechnicalCollective> for Runtime {
	// A proposal needs no deposit: governance names the members, and a motion ends after its
	// duration.
	type Consideration = ();
	type DefaultVote = pallet_collective::MoreThanMajorityThenPrimeDefaultVote;
	type DisapproveOrigin = EnsureRoot<AccountId>;
	type KillOrigin = EnsureRoot<AccountId>;
	type MaxMembers = ConstU32<20>;
	type MaxProposalWeight = MaxProposalWeight;
	type MaxProposals = ConstU32<50>;
	type MotionDuration = MotionDuration;
	type Proposal = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type RuntimeOrigin = RuntimeOrigin;
	type SetMembersOrigin = EnsureRoot<AccountId>;
	type WeightInfo = pallet_collective::weights::SubstrateWeight<Self>;
}

impl pallet_membership::Config<TechnicalMembershipInstance> for Runtime {
	type AddOrigin = EnsureRoot<AccountId>;
	type MaxMembers = ConstU32<20>;
	type MembershipChanged = TechnicalCommittee;
	type MembershipInitialized = TechnicalCommittee;
	type PrimeOrigin = EnsureRoot<AccountId>;
	type RemoveOrigin = EnsureRoot<AccountId>;
	type ResetOrigin = EnsureRoot<AccountId>;
	type RuntimeEvent = RuntimeEvent;
	type SwapOrigin = EnsureRoot<AccountId>;
	type WeightInfo = pallet_membership::weights::SubstrateWeight<Self>;
}
