// SPDX-License-Identifier: Apache-2.0

//! Caliber's own pallets and the oracle, and how they are joined: each asks for a trait, and the
//! types here say who answers.

use crate::{
	configs::{
		assets::local_asset,
		governance::{
			origins::Origin, AppraisalAdmin, CreditAdmin, StableAdmin, TitlesAdmin, TreasuryAccount,
		},
		parameters::dynamic_params,
	},
	constants::currency::{deposit, CLBR},
	weights, AccountId, Appraisal, Assets, AssetsHolder, Balance, Balances, Credit, Nfts,
	OracleMembership, OriginCaller, Reserves, Runtime, RuntimeEvent, RuntimeHoldReason, Timestamp,
	Titles, Vault,
};
use caliber_primitives::{SUSDAI, USD, USDAI};
use polkadot_sdk::{staging_xcm::latest::prelude::Location, *};

use frame_support::{
	parameter_types,
	traits::{fungible::ItemOf, ConstU32, EitherOfDiverse},
	PalletId,
};
use frame_system::EnsureRoot;

parameter_types! {
	pub const UsdAiId: u32 = USDAI;
	pub const SUsdAiId: u32 = SUSDAI;
}

/// USDai.
pub type UsdAi = ItemOf<Assets, UsdAiId, AccountId>;
/// Holds on USDai.
pub type UsdAiHold = ItemOf<AssetsHolder, UsdAiId, AccountId>;
/// sUSDai.
pub type SUsdAi = ItemOf<Assets, SUsdAiId, AccountId>;

/// The membership of oracle operators.
pub type OracleMembershipInstance = pallet_membership::Instance2;
/// Holders by the root track or by that of the appraisal.
pub type EnsureAppraisalAdmin = EitherOfDiverse<EnsureRoot<AccountId>, AppraisalAdmin>;
/// Holders by the root track or by that of titles.
pub type EnsureTitlesAdmin = EitherOfDiverse<EnsureRoot<AccountId>, TitlesAdmin>;
/// Holders by the root track or by that of credit.
pub type EnsureCreditAdmin = EitherOfDiverse<EnsureRoot<AccountId>, CreditAdmin>;
/// Holders by the root track or by that of the stable assets.
pub type EnsureStableAdmin = EitherOfDiverse<EnsureRoot<AccountId>, StableAdmin>;

parameter_types! {
	pub const MaxFeeders: u32 = 16;
	pub const MaxFeedValues: u32 = 64;
	pub const OraclePalletId: PalletId = PalletId(*b"clbr/orc");
}

impl pallet_membership::Config<OracleMembershipInstance> for Runtime {
	type AddOrigin = EnsureAppraisalAdmin;
	type MaxMembers = MaxFeeders;
	// The values of an operator that leaves go with it.
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

impl pallet_caliber_appraisal::Config for Runtime {
	type AdminOrigin = EnsureAppraisalAdmin;
	type MaxFeeders = MaxFeeders;
	type Time = Timestamp;
	type Titles = Titles;
	type WeightInfo = weights::pallet_caliber_appraisal::WeightInfo<Runtime>;
}

parameter_types! {
	pub const TitlesPalletId: PalletId = PalletId(*b"clbr/ttl");
	pub const TitleDepositBase: Balance = deposit(6, 300);
	pub const TitleDepositPerItem: Balance = deposit(1, 48);
}

impl pallet_caliber_titles::Config for Runtime {
	type AdminOrigin = EnsureTitlesAdmin;
	type Currency = Balances;
	type CustodyValidity = dynamic_params::titles::CustodyValidity;
	type MinCustodianBond = dynamic_params::titles::MinCustodianBond;
	type Models = Appraisal;
	type Nfts = Nfts;
	type PalletId = TitlesPalletId;
	type RevenueSink = Credit;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Time = Timestamp;
	type TitleDepositBase = TitleDepositBase;
	type TitleDepositPerItem = TitleDepositPerItem;
	type UsdAi = UsdAi;
	type WeightInfo = weights::pallet_caliber_titles::WeightInfo<Runtime>;
}

parameter_types! {
	pub const CreditPalletId: PalletId = PalletId(*b"clbr/crd");
	pub const LineDeposit: Balance = deposit(2, 1_000) + 10 * CLBR;
}

impl pallet_caliber_credit::Config for Runtime {
	type AdminOrigin = EnsureCreditAdmin;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Clock;
	type BorrowerCeiling = dynamic_params::credit::BorrowerCeiling;
	type Currency = Balances;
	type GlobalCeiling = dynamic_params::credit::GlobalCeiling;
	type LineDeposit = LineDeposit;
	type MaxAdvanceRate = dynamic_params::credit::MaxAdvanceRate;
	type MaxApr = dynamic_params::credit::MaxApr;
	type MaxCurePeriod = dynamic_params::credit::MaxCurePeriod;
	type MaxFee = dynamic_params::credit::MaxFee;
	type MaxGracePeriod = dynamic_params::credit::MaxGracePeriod;
	type MinDraw = dynamic_params::credit::MinDraw;
	type MinFirstLoss = dynamic_params::credit::MinFirstLoss;
	type PalletId = CreditPalletId;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Senior = Vault;
	type Time = Timestamp;
	type Titles = Titles;
	type TreasuryAccount = TreasuryAccount;
	type UsdAi = UsdAi;
	type UsdAiHold = UsdAiHold;
	type Value = Appraisal;
	type WeightInfo = weights::pallet_caliber_credit::WeightInfo<Runtime>;
}

parameter_types! {
	pub const VaultPalletId: PalletId = PalletId(*b"clbr/vlt");
	pub const MinDeposit: Balance = USD;
	pub const RequestDeposit: Balance = deposit(2, 150);
	pub VaultAccount: AccountId = Vault::account_id();
}

impl pallet_caliber_vault::Config for Runtime {
	type Bills = Reserves;
	type Currency = Balances;
	type DepositCap = dynamic_params::vault::DepositCap;
	type MaxRequests = ConstU32<50>;
	type MinDeposit = MinDeposit;
	type PalletId = VaultPalletId;
	type RequestDeposit = RequestDeposit;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Shares = SUsdAi;
	type Time = Timestamp;
	type TreasuryAccount = TreasuryAccount;
	type UsdAi = UsdAi;
	type WeightInfo = weights::pallet_caliber_vault::WeightInfo<Runtime>;
	type YieldFee = dynamic_params::vault::YieldFee;
}

parameter_types! {
	pub UsdAiLocation: Location = local_asset(USDAI);
	// What has to be fast, stopping the minting, the technical committee does by pausing the call.
	pub PegAdmin: OriginCaller = OriginCaller::Origins(Origin::StableAdmin);
}

impl pallet_caliber_reserves::Config for Runtime {
	type AdminOrigin = EnsureStableAdmin;
	type BillsAccount = VaultAccount;
	type PegAdmin = PegAdmin;
	type PegAsset = UsdAiLocation;
	type PegGuardian = PegAdmin;
	type Prices = Appraisal;
	type TreasuryAccount = TreasuryAccount;
	type UsdAi = UsdAi;
	// Two calls of governance, estimated from what they read and write.
	type WeightInfo = ();
}
