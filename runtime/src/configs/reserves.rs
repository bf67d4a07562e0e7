// SPDX-License-Identifier: Apache-2.0

//! Reserves: Treasury bills of the vault, the peg of USDai, and frozen accounts.

use crate::{
	accounts::{BillsPalletId, ChainAccounts, TreasuryAccount},
	assets::{NativeLocation, UsdAi, UsdAiLocation},
	configs::governance::{AreaAdmin, RampPeriod, StableAdmin},
	weights, Appraisal, AssetConversion, Runtime, Timestamp, Titles, Vault,
};
use pallet_caliber_governance::Values;
use polkadot_sdk::frame_support::traits::ConstU128;

impl pallet_caliber_reserves::Config for Runtime {
	type AdminOrigin = AreaAdmin<StableAdmin>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::ReservesHelper;
	type BillsPalletId = BillsPalletId;
	type BrakeTerms = Values<Runtime>;
	// Lines announce no draws yet.
	type Draws = ConstU128<0>;
	type NativeAsset = NativeLocation;
	type PegAsset = UsdAiLocation;
	type Pools = AssetConversion;
	type Prices = Appraisal;
	type Protected = ChainAccounts;
	type RampPeriod = RampPeriod;
	type Sureties = Titles;
	type Time = Timestamp;
	type TreasuryAccount = TreasuryAccount;
	type UsdAi = UsdAi;
	type Values = Values<Runtime>;
	type Vault = Vault;
	type WeightInfo = weights::pallet_caliber_reserves::WeightInfo<Runtime>;
}
