// SPDX-License-Identifier: Apache-2.0

//! Reserves: Treasury bills of the vault, the peg of USDai, and frozen accounts.

use crate::{
	accounts::{BillsPalletId, ChainAccounts, TreasuryAccount},
	assets::{DollarAssets, LocalAssetsInstance, UsdAi, UsdAiLocation},
	configs::governance::{
		origins::Origin, parameters::dynamic_params, EnsureStableAdmin, EnsureTechnicalMajority,
	},
	weights, Appraisal, AssetConversion, OriginCaller, Runtime, Timestamp, Vault,
};
use polkadot_sdk::frame_support::{parameter_types, traits::EitherOfDiverse};

parameter_types! {
	// In an emergency the technical committee pauses the call that mints.
	pub PegAdmin: OriginCaller = OriginCaller::Origins(Origin::StableAdmin);
}

impl pallet_caliber_reserves::Config for Runtime {
	type AdminOrigin = EnsureStableAdmin;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::ReservesHelper;
	type BillsPalletId = BillsPalletId;
	// Two thirds of the committee can act at once. Holders can reverse their decision.
	type ComplianceOrigin = EitherOfDiverse<EnsureStableAdmin, EnsureTechnicalMajority>;
	type Freezer = pallet_caliber_reserves::AssetTeam<Runtime, LocalAssetsInstance, DollarAssets>;
	type HourlyLimit = dynamic_params::reserves::HourlyLimit;
	type LiquidityBuffer = dynamic_params::reserves::LiquidityBuffer;
	type LookAhead = dynamic_params::reserves::LookAhead;
	type MintLimitFloor = dynamic_params::reserves::MintLimitFloor;
	type MintLimitPeriod = dynamic_params::reserves::MintLimitPeriod;
	type MintLimitShare = dynamic_params::reserves::MintLimitShare;
	type PegAdmin = PegAdmin;
	type PegAsset = UsdAiLocation;
	type PegFloor = dynamic_params::reserves::PegFloor;
	type PegGuardian = PegAdmin;
	type Pools = AssetConversion;
	type PriceBand = dynamic_params::reserves::PriceBand;
	type Prices = Appraisal;
	type Protected = ChainAccounts;
	type RebalanceThreshold = dynamic_params::reserves::RebalanceThreshold;
	type StaleBillHaircut = dynamic_params::reserves::StaleBillHaircut;
	type Time = Timestamp;
	type TreasuryAccount = TreasuryAccount;
	type UsdAi = UsdAi;
	type Vault = Vault;
	type WeightInfo = weights::pallet_caliber_reserves::WeightInfo<Runtime>;
}
