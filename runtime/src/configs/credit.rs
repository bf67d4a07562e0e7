// SPDX-License-Identifier: Apache-2.0

//! Caliber's own pallets and the oracle, and how they are joined: each asks for a trait, and the
//! types here say who answers.

use crate::{
	configs::{
		assets::{local_asset, LocalAssetsInstance},
		governance::{
			origins::Origin, AppraisalAdmin, CreditAdmin, EnsureTechnicalMajority, StableAdmin,
			TitlesAdmin, TreasuryAccount,
		},
		parameters::dynamic_params,
		system::StakingPot,
	},
	constants::currency::{deposit, CLBR},
	weights, AccountId, Appraisal, AssetConversion, Assets, AssetsHolder, Balance, Balances,
	Credit, Nfts, OracleMembership, OriginCaller, Reserves, Runtime, RuntimeEvent,
	RuntimeHoldReason, Timestamp, Titles, Vault,
};
use alloc::{vec, vec::Vec};
use caliber_primitives::{SUSDAI, USD, USDAI};
use polkadot_sdk::{staging_xcm::latest::prelude::Location, *};

use frame_support::{
	parameter_types,
	traits::{fungible::ItemOf, ConstU32, Contains, EitherOfDiverse},
	PalletId,
};
use frame_system::EnsureRoot;
use pallet_asset_conversion::PoolLocator;

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
	// A new price has the lines watched, and that of the bills is a point of their yield.
	type OnNewAppraisal = (Credit, Reserves);
	type Time = Timestamp;
	type Titles = Titles;
	type WeightInfo = weights::pallet_caliber_appraisal::WeightInfo<Runtime>;
}

parameter_types! {
	pub const TitlesPalletId: PalletId = PalletId(*b"clbr/ttl");
	pub const TitleDepositBase: Balance = deposit(6, 300);
	pub const TitleDepositPerItem: Balance = deposit(1, 48);
	pub const PolicyDeposit: Balance = deposit(1, 200);
	pub const AppraisalDeposit: Balance = deposit(1, 120);
	pub const RedemptionDeposit: Balance = deposit(2, 200);
}

impl pallet_caliber_titles::Config for Runtime {
	type AdminOrigin = EnsureTitlesAdmin;
	type AppraisalDeposit = AppraisalDeposit;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Clock;
	type CancellationNotice = dynamic_params::titles::CancellationNotice;
	type ClaimsTail = dynamic_params::titles::ClaimsTail;
	type Currency = Balances;
	type CustodyValidity = dynamic_params::titles::CustodyValidity;
	type LossPeriod = dynamic_params::titles::LossPeriod;
	type MaxAppraisalValidity = dynamic_params::titles::MaxAppraisalValidity;
	type MinCoverage = dynamic_params::titles::MinCoverage;
	type MinCustodianBond = dynamic_params::titles::MinCustodianBond;
	type Models = Appraisal;
	type Nfts = Nfts;
	type PalletId = TitlesPalletId;
	type PolicyDeposit = PolicyDeposit;
	type RedemptionDeposit = RedemptionDeposit;
	type RedemptionPeriod = dynamic_params::titles::RedemptionPeriod;
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
	type AuctionDuration = dynamic_params::credit::AuctionDuration;
	type AuctionReserve = dynamic_params::credit::AuctionReserve;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Clock;
	type BorrowerCeiling = dynamic_params::credit::BorrowerCeiling;
	type CuratorOptionPeriod = dynamic_params::credit::CuratorOptionPeriod;
	type Currency = Balances;
	type ExtensionWindow = dynamic_params::credit::ExtensionWindow;
	type GlobalCeiling = dynamic_params::credit::GlobalCeiling;
	type LineDeposit = LineDeposit;
	type LiquidationCost = dynamic_params::credit::LiquidationCost;
	type MaxAdvanceRate = dynamic_params::credit::MaxAdvanceRate;
	type MaxApr = dynamic_params::credit::MaxApr;
	type MaxCurePeriod = dynamic_params::credit::MaxCurePeriod;
	type MaxFee = dynamic_params::credit::MaxFee;
	type MaxServicingFee = dynamic_params::credit::MaxServicingFee;
	type MaxGracePeriod = dynamic_params::credit::MaxGracePeriod;
	type MaxRelistings = dynamic_params::credit::MaxRelistings;
	type MaxSweepSteps = dynamic_params::credit::MaxSweepSteps;
	type MinDraw = dynamic_params::credit::MinDraw;
	type MinFirstLoss = dynamic_params::credit::MinFirstLoss;
	type MinIncrement = dynamic_params::credit::MinIncrement;
	type MinSeniorApr = dynamic_params::credit::MinSeniorApr;
	type PalletId = CreditPalletId;
	type RelistDiscount = dynamic_params::credit::RelistDiscount;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Senior = Vault;
	type StaleHaircut = dynamic_params::credit::StaleHaircut;
	type SweepInterval = dynamic_params::credit::SweepInterval;
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
	pub const RequestDeposit: Balance = deposit(2, 200);
	pub const OperatorDeposit: Balance = deposit(1, 64);
	pub const RevealPeriod: u64 = 86_400;
	pub const MinWindowLength: u64 = 2 * 86_400;
	pub const MaxWindowLength: u64 = 366 * 86_400;
}

impl pallet_caliber_vault::Config for Runtime {
	type AdminOrigin = EnsureStableAdmin;
	type Bills = Reserves;
	type Currency = Balances;
	type DepositCap = dynamic_params::vault::DepositCap;
	type MaxRequests = ConstU32<50>;
	type MaxWindowLength = MaxWindowLength;
	type MinDeposit = MinDeposit;
	type MinWindowLength = MinWindowLength;
	type OperatorDeposit = OperatorDeposit;
	type PalletId = VaultPalletId;
	type RequestDeposit = RequestDeposit;
	type RevealPeriod = RevealPeriod;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Shares = SUsdAi;
	type TargetApr = dynamic_params::vault::TargetApr;
	type Time = Timestamp;
	type TreasuryAccount = TreasuryAccount;
	type UsdAi = UsdAi;
	type WeightInfo = weights::pallet_caliber_vault::WeightInfo<Runtime>;
	type YieldFee = dynamic_params::vault::YieldFee;
}

parameter_types! {
	pub UsdAiLocation: Location = local_asset(USDAI);
	pub const BillsPalletId: PalletId = PalletId(*b"clbr/bil");
	// What has to be fast, stopping the minting, the technical committee does by pausing the call.
	pub PegAdmin: OriginCaller = OriginCaller::Origins(Origin::StableAdmin);
}

parameter_types! {
	pub DollarAssets: Vec<u32> = vec![USDAI, SUSDAI];
}

/// Accounts of the chain itself, which nobody may freeze: a frozen one would stop everybody.
pub struct ChainAccounts;
impl Contains<AccountId> for ChainAccounts {
	fn contains(who: &AccountId) -> bool {
		let keepers = [
			Credit::account_id(),
			Vault::account_id(),
			Titles::account_id(),
			TreasuryAccount::get(),
			StakingPot::get(),
		];
		keepers.contains(who) || is_pool_of_usdai(who)
	}
}

/// Whether an account is the pool of USDai with the native token, the bills or a stablecoin.
fn is_pool_of_usdai(who: &AccountId) -> bool {
	type Locator = <Runtime as pallet_asset_conversion::Config>::PoolLocator;
	let usdai = UsdAiLocation::get();
	let bills = pallet_caliber_reserves::Bills::<Runtime>::get().map(|bill| bill.asset);
	// Not more than the peg may have.
	let stablecoins = pallet_caliber_reserves::Stablecoins::<Runtime>::iter_keys();
	core::iter::once(Location::here())
		.chain(bills)
		.chain(stablecoins)
		.any(|other| Locator::pool_address(&usdai, &other).is_ok_and(|pool| pool == *who))
}

impl pallet_caliber_reserves::Config for Runtime {
	type AdminOrigin = EnsureStableAdmin;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::ReservesHelper;
	type BillsPalletId = BillsPalletId;
	// Two thirds of the committee act at once, holders decide in the end.
	type ComplianceOrigin = EitherOfDiverse<EnsureStableAdmin, EnsureTechnicalMajority>;
	type Freezer = pallet_caliber_reserves::AssetTeam<Runtime, LocalAssetsInstance, DollarAssets>;
	type FuseCap = dynamic_params::reserves::FuseCap;
	type FuseFloor = dynamic_params::reserves::FuseFloor;
	type FusePeriod = dynamic_params::reserves::FusePeriod;
	type HourlyLimit = dynamic_params::reserves::HourlyLimit;
	type LiquidityBuffer = dynamic_params::reserves::LiquidityBuffer;
	type LookAhead = dynamic_params::reserves::LookAhead;
	type PegAdmin = PegAdmin;
	type PegAsset = UsdAiLocation;
	type PegFloor = dynamic_params::reserves::PegFloor;
	type PegGuardian = PegAdmin;
	type Pools = AssetConversion;
	type PriceBand = dynamic_params::reserves::PriceBand;
	type Prices = Appraisal;
	type Protected = ChainAccounts;
	type RebalanceThreshold = dynamic_params::reserves::RebalanceThreshold;
	type StaleHaircut = dynamic_params::reserves::StaleHaircut;
	type Time = Timestamp;
	type TreasuryAccount = TreasuryAccount;
	type UsdAi = UsdAi;
	type Vault = Vault;
	type WeightInfo = weights::pallet_caliber_reserves::WeightInfo<Runtime>;
}
