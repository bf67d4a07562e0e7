// SPDX-License-Identifier: Apache-2.0

//! Runtime with the real oracle, membership and clock. Titles are a table.
//!
//! Exports what `support/` holds, so that tests import this module alone.

pub use super::support::{feeds::*, genesis::*, models::*, stand_ins::*};

use crate as pallet_caliber_appraisal;
use caliber_primitives::{
	appraisal::{OracleKey, OracleValue},
	governance::{values::AppraisalValues, BrakeTerms},
	ModelId, PricedAssetId, Seconds,
};
use caliber_testkit as testkit;
pub use caliber_testkit::DAY;
use polkadot_sdk::{
	frame_support::{
		construct_runtime, parameter_types,
		traits::{ConstU32, ConstU64},
		PalletId,
	},
	frame_system::{self, EnsureRoot},
	pallet_membership, pallet_oracle, pallet_timestamp,
};

/// Clock at the start of each test, unix seconds.
pub const START: Seconds = 1_700_000_000;
/// Model of the genesis.
pub const MODEL: ModelId = 0;
/// Asset of the genesis.
pub const ASSET: PricedAssetId = 7;
/// Operators of the genesis.
pub const OPERATORS: [u64; 5] = [1, 2, 3, 4, 5];
/// Two thirds of the technical committee.
pub const COMMITTEE: u64 = 99;
/// Time over which a forced-sale factor moves, in seconds.
pub const RAMP_PERIOD: Seconds = 100;
/// Largest number of operators.
pub const MAX_FEEDERS: u32 = 8;
/// Largest number of values in a call.
pub const MAX_FEED_VALUES: u32 = 6;

/// Keys of the model and of the asset of the genesis.
pub const RESALE: OracleKey = OracleKey::Resale(MODEL);
pub const RENTAL: OracleKey = OracleKey::Rental(MODEL);
pub const UTILISATION: OracleKey = OracleKey::Utilisation(MODEL);
pub const PRICE: OracleKey = OracleKey::Price(ASSET);

construct_runtime!(
	pub enum Test {
		System: frame_system,
		Timestamp: pallet_timestamp,
		Operators: pallet_membership::<Instance1>,
		Oracle: pallet_oracle,
		Appraisal: pallet_caliber_appraisal,
	}
);

testkit::impl_ground!(Test { System(u64), Timestamp });

impl pallet_membership::Config<pallet_membership::Instance1> for Test {
	type RuntimeEvent = RuntimeEvent;
	type AddOrigin = EnsureRoot<u64>;
	type RemoveOrigin = EnsureRoot<u64>;
	type SwapOrigin = EnsureRoot<u64>;
	type ResetOrigin = EnsureRoot<u64>;
	type PrimeOrigin = EnsureRoot<u64>;
	type MembershipInitialized = ();
	type MembershipChanged = Appraisal;
	type MaxMembers = ConstU32<MAX_FEEDERS>;
	type WeightInfo = ();
}

parameter_types! {
	pub const Committee: u64 = COMMITTEE;
	pub const Terms: BrakeTerms = BrakeTerms { duration: 14 * DAY, rest: 30 * DAY };
	/// Governed values, set by the tests.
	pub static Values: AppraisalValues = AppraisalValues::default();
	pub const OraclePalletId: PalletId = PalletId(*b"cb/oracl");
}

impl pallet_oracle::Config for Test {
	type OnNewData = ();
	type CombineData = Appraisal;
	type Time = Timestamp;
	type OracleKey = OracleKey;
	type OracleValue = OracleValue;
	type PalletId = OraclePalletId;
	type Members = Operators;
	type WeightInfo = ();
	type MaxHasDispatchedSize = ConstU32<MAX_FEEDERS>;
	type MaxFeedValues = ConstU32<MAX_FEED_VALUES>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = OraclePairs;
}

impl pallet_caliber_appraisal::Config for Test {
	type Time = Timestamp;
	type Titles = Titles;
	type OnNewAppraisal = Listener;
	type AdminOrigin = testkit::Admin<Test, Committee>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkValues = Values;
	type BrakeTerms = Terms;
	type RampPeriod = ConstU64<RAMP_PERIOD>;
	type Values = Values;
	type MaxFeeders = ConstU32<MAX_FEEDERS>;
	type WeightInfo = ();
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::SetValues for Values {
	fn set_values(values: AppraisalValues) {
		Values::set(values);
	}
}

/// Returns the time of the block, unix seconds.
pub fn now() -> Seconds {
	testkit::now::<Test>()
}

/// Starts the next block, `secs` later.
pub fn pass(secs: Seconds) {
	testkit::next_block::<Test>(secs);
}

/// Returns the last event.
pub fn last_event() -> RuntimeEvent {
	testkit::last_event::<Test, _>()
}
