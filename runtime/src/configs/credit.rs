// SPDX-License-Identifier: Apache-2.0

//! Credit: lines against titles, their loans, and the auctions of a defaulted line.

use crate::{
	accounts::{CreditPalletId, TreasuryAccount},
	assets::{UsdAi, UsdAiHold},
	configs::governance::{parameters::dynamic_params, EnsureCreditAdmin},
	constants::currency::{deposit, CLBR},
	weights, AccountId, Appraisal, Balance, Balances, Runtime, RuntimeHoldReason, Timestamp,
	Titles, Vault,
};
use polkadot_sdk::frame_support::{
	parameter_types,
	traits::{fungible::HoldConsideration, ConstU128, LinearStoragePrice},
};

parameter_types! {
	/// Price of the storage of a line. The size of its record is bounded, so the price is flat.
	pub const LineDeposit: Balance = deposit(2, 1_000) + 10 * CLBR;
	pub const LineDepositReason: RuntimeHoldReason =
		RuntimeHoldReason::Credit(pallet_caliber_credit::HoldReason::LineDeposit);
}

impl pallet_caliber_credit::Config for Runtime {
	type AdminOrigin = EnsureCreditAdmin;
	type AuctionDuration = dynamic_params::credit::AuctionDuration;
	type AuctionReserve = dynamic_params::credit::AuctionReserve;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Clock;
	type BidExtension = dynamic_params::credit::BidExtension;
	type BorrowerCeiling = dynamic_params::credit::BorrowerCeiling;
	type CuratorOptionPeriod = dynamic_params::credit::CuratorOptionPeriod;
	type GlobalCeiling = dynamic_params::credit::GlobalCeiling;
	type LineConsideration = HoldConsideration<
		AccountId,
		Balances,
		LineDepositReason,
		LinearStoragePrice<LineDeposit, ConstU128<0>, Balance>,
	>;
	type LiquidationCost = dynamic_params::credit::LiquidationCost;
	type MaxAdvanceRate = dynamic_params::credit::MaxAdvanceRate;
	type MaxApr = dynamic_params::credit::MaxApr;
	type MaxCurePeriod = dynamic_params::credit::MaxCurePeriod;
	type MaxFee = dynamic_params::credit::MaxFee;
	type MaxGracePeriod = dynamic_params::credit::MaxGracePeriod;
	type MaxRelistings = dynamic_params::credit::MaxRelistings;
	type MaxServicingFee = dynamic_params::credit::MaxServicingFee;
	type MaxSweepSteps = dynamic_params::credit::MaxSweepSteps;
	type MinDraw = dynamic_params::credit::MinDraw;
	type MinFirstLoss = dynamic_params::credit::MinFirstLoss;
	type MinIncrement = dynamic_params::credit::MinIncrement;
	type MinSeniorApr = dynamic_params::credit::MinSeniorApr;
	type PalletId = CreditPalletId;
	type RelistDiscount = dynamic_params::credit::RelistDiscount;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Senior = Vault;
	type StaleValueHaircut = dynamic_params::credit::StaleValueHaircut;
	type SweepInterval = dynamic_params::credit::SweepInterval;
	type Time = Timestamp;
	type Titles = Titles;
	type TreasuryAccount = TreasuryAccount;
	type UsdAi = UsdAi;
	type UsdAiHold = UsdAiHold;
	type Value = Appraisal;
	type WeightInfo = weights::pallet_caliber_credit::WeightInfo<Runtime>;
}
