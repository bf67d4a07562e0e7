// SPDX-License-Identifier: Apache-2.0

//! Titles: ownership of machines as NFTs, with their custodians, verifiers, insurers,
//! appraisers and off-takers.

use crate::{
	accounts::{TitlesPalletId, TreasuryAccount},
	assets::{UsdAi, UsdAiHold},
	configs::governance::{AppraisalAdmin, AreaAdmin, TitlesAdmin},
	constants::currency::deposit,
	weights, AccountId, Appraisal, Balance, Balances, Credit, Governance, Nfts, Runtime,
	RuntimeHoldReason, Timestamp,
};
use pallet_caliber_governance::Values;
use pallet_caliber_titles::HoldReason;
use polkadot_sdk::{
	frame_support::{
		parameter_types,
		traits::{fungible::HoldConsideration, Footprint},
	},
	sp_runtime::{traits::Convert, SaturatedConversion},
};

/// Price of a footprint, in CLBR: the [`deposit`] for its items and bytes.
pub struct StoragePrice;
impl Convert<Footprint, Balance> for StoragePrice {
	fn convert(footprint: Footprint) -> Balance {
		// Footprints of titles are far below the range of a u32.
		deposit(footprint.count.saturated_into(), footprint.size.saturated_into())
	}
}

parameter_types! {
	pub const TitleHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::Titles(HoldReason::TitleDeposit);
	pub const PolicyHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::Titles(HoldReason::PolicyDeposit);
	pub const AppraisalHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::Titles(HoldReason::AppraisalDeposit);
	pub const RedemptionHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::Titles(HoldReason::RedemptionDeposit);
}

/// Storage deposit in CLBR, held for a reason.
type Deposit<Reason> = HoldConsideration<AccountId, Balances, Reason, StoragePrice>;

impl pallet_caliber_titles::Config for Runtime {
	type AdminOrigin = AreaAdmin<TitlesAdmin>;
	type AppraisalConsideration = Deposit<AppraisalHoldReason>;
	type AppraisalOrigin = AreaAdmin<AppraisalAdmin>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Clock;
	type BrakeTerms = Values<Runtime>;
	type Clock = Governance;
	type Currency = Balances;
	type Lines = Credit;
	type LossPayee = Credit;
	type Models = Appraisal;
	type Nfts = Nfts;
	type PalletId = TitlesPalletId;
	type PolicyConsideration = Deposit<PolicyHoldReason>;
	type RedemptionConsideration = Deposit<RedemptionHoldReason>;
	type RevenueSink = Credit;
	type Rules = Governance;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Time = Timestamp;
	type TitleConsideration = Deposit<TitleHoldReason>;
	type TreasuryAccount = TreasuryAccount;
	type UsdAi = UsdAi;
	type UsdAiHold = UsdAiHold;
	type Values = Values<Runtime>;
	type WeightInfo = weights::pallet_caliber_titles::WeightInfo<Runtime>;
}
