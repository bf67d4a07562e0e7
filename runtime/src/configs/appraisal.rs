// SPDX-License-Identifier: Apache-2.0

//! Appraisal: prices of hardware models from the oracle, and values of titles from prices.

use crate::{
	configs::{
		governance::{AppraisalAdmin, AreaAdmin, RampPeriod},
		oracle::MaxFeeders,
	},
	weights, Credit, Reserves, Runtime, Timestamp, Titles,
};
use pallet_caliber_governance::Values;

impl pallet_caliber_appraisal::Config for Runtime {
	type AdminOrigin = AreaAdmin<AppraisalAdmin>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkValues = crate::benchmarks::AppraisalValuesHelper;
	type BrakeTerms = Values<Runtime>;
	type MaxFeeders = MaxFeeders;
	// Credit checks the covenants of its lines after a new price. Reserves measure the yield of the
	// bills from their prices.
	type OnNewAppraisal = (Credit, Reserves);
	type RampPeriod = RampPeriod;
	type Time = Timestamp;
	type Titles = Titles;
	type Values = Values<Runtime>;
	type WeightInfo = weights::pallet_caliber_appraisal::WeightInfo<Runtime>;
}
