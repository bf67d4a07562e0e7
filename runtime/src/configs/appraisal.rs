// SPDX-License-Identifier: Apache-2.0

//! Appraisal: prices of hardware models from the oracle, and values of titles from prices.

use crate::{
	configs::{governance::EnsureAppraisalAdmin, oracle::MaxFeeders},
	weights, Credit, Reserves, Runtime, Timestamp, Titles,
};

impl pallet_caliber_appraisal::Config for Runtime {
	type AdminOrigin = EnsureAppraisalAdmin;
	type MaxFeeders = MaxFeeders;
	// Credit checks the covenants of its lines after a new price. Reserves measure the yield of the
	// bills from their prices.
	type OnNewAppraisal = (Credit, Reserves);
	type Time = Timestamp;
	type Titles = Titles;
	type WeightInfo = weights::pallet_caliber_appraisal::WeightInfo<Runtime>;
}
