// SPDX-License-Identifier: Apache-2.0

//! Oracle: its operators, and the reports that appraisal combines.

use crate::{
	accounts::OraclePalletId, configs::governance::EnsureAppraisalAdmin, Appraisal,
	OracleMembership, Runtime, RuntimeEvent, Timestamp,
};
use polkadot_sdk::{frame_support::parameter_types, *};

/// Membership of the operators of the oracle.
pub type OracleMembershipInstance = pallet_membership::Instance2;

parameter_types! {
	pub const MaxFeeders: u32 = 16;
	pub const MaxFeedValues: u32 = 64;
}

impl pallet_membership::Config<OracleMembershipInstance> for Runtime {
	type AddOrigin = EnsureAppraisalAdmin;
	type MaxMembers = MaxFeeders;
	// Appraisal removes the values of an operator that leaves.
	type MembershipChanged = Appraisal;
	type MembershipInitialized = ();
	type PrimeOrigin = EnsureAppraisalAdmin;
	type RemoveOrigin = EnsureAppraisalAdmin;
	type ResetOrigin = EnsureAppraisalAdmin;
	type RuntimeEvent = RuntimeEvent;
	type SwapOrigin = EnsureAppraisalAdmin;
	type WeightInfo = pallet_membership::weights::SubstrateWeight<Self>;
}

impl pallet_oracle::Config for Runtime {
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::OracleHelper;
	type CombineData = Appraisal;
	type MaxFeedValues = MaxFeedValues;
	type MaxHasDispatchedSize = MaxFeeders;
	type Members = OracleMembership;
	type OnNewData = ();
	type OracleKey = caliber_primitives::appraisal::OracleKey;
	type OracleValue = caliber_primitives::appraisal::OracleValue;
	type PalletId = OraclePalletId;
	type Time = Timestamp;
	type WeightInfo = pallet_oracle::weights::SubstrateWeight<Self>;
}
