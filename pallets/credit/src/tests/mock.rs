// SPDX-License-Identifier: Apache-2.0

//! A runtime of real balances, assets and clock, in which other pallets of ours are stood in for.
//!
//! Exports what `support/` holds, so that tests import this module alone; of auctions they import
//! `support::lot`.

pub use super::support::{books::*, genesis::*, lender::*, lines::*, terms::*, titles::*};
pub use caliber_testkit::{CLBR, DAY};

use crate::{self as pallet_caliber_credit, HoldReason};
use caliber_primitives::{Balance, Seconds, USD};
use caliber_testkit as testkit;
use polkadot_sdk::{
	frame_support::{
		self, ord_parameter_types, parameter_types,
		traits::{fungible::HoldConsideration, ConstU128, ConstU32, ConstU64, LinearStoragePrice},
		PalletId,
	},
	frame_system::{self, EnsureSignedBy},
	pallet_assets, pallet_assets_holder, pallet_balances, pallet_timestamp,
	sp_runtime::{FixedU128, Perbill},
};

pub type AccountId = u64;

pub const ADMIN: AccountId = 1;
pub const CURATOR: AccountId = 2;
pub const BORROWER: AccountId = 3;
pub const ANYONE: AccountId = 4;
pub const TREASURY: AccountId = 5;
pub const VAULT: AccountId = 6;
pub const OTHER_CURATOR: AccountId = 7;
pub const OTHER_BORROWER: AccountId = 8;

/// When every test begins: 2026-01-01 00:00 UTC.
pub const START: Seconds = 1_767_225_600;
/// A payment period of the usual terms.
pub const PERIOD: Seconds = 30 * DAY;
pub const DEPOSIT: Balance = 10 * CLBR;
/// What each account of the tests begins with.
pub const FUNDS: Balance = 10_000_000 * USD;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Timestamp: pallet_timestamp,
		Balances: pallet_balances,
		Assets: pallet_assets,
		AssetsHolder: pallet_assets_holder,
		Credit: pallet_caliber_credit,
	}
);

testkit::impl_ground!(Test {
	System(AccountId),
	Timestamp,
	Balances(1),
	Assets(AssetsHolder),
	AssetsHolder,
});

parameter_types! {
	pub const LineDepositReason: RuntimeHoldReason =
		RuntimeHoldReason::Credit(HoldReason::LineDeposit);
	pub const CreditPalletId: PalletId = PalletId(*b"clbr/crd");
	pub const TreasuryAccount: AccountId = TREASURY;
	pub const MaxAdvanceRate: Perbill = Perbill::from_percent(80);
	pub const MinFirstLoss: Perbill = Perbill::from_percent(5);
	pub const MaxApr: FixedU128 = FixedU128::from_u32(1);
	pub const MaxFee: Perbill = Perbill::from_percent(10);
	pub const MaxServicingFee: Perbill = Perbill::from_percent(12);
	pub const LiquidationCost: Perbill = Perbill::from_percent(5);
	pub const StaleValueHaircut: Perbill = Perbill::from_percent(20);
	pub const AuctionReserve: Perbill = Perbill::from_percent(80);
	pub const MinIncrement: Perbill = Perbill::from_percent(2);
	pub const RelistDiscount: Perbill = Perbill::from_percent(20);
	pub storage LineDeposit: Balance = DEPOSIT;
	pub storage MinSeniorApr: FixedU128 = FixedU128::from_rational(1, 100);
	pub storage AuctionDuration: Seconds = 3 * DAY;
	pub storage GlobalCeiling: Balance = 5_000_000 * USD;
	pub storage BorrowerCeiling: Balance = 2_000_000 * USD;
}

ord_parameter_types! {
	pub const Admin: AccountId = ADMIN;
}

pub type UsdAi = testkit::UsdAi<Assets, AccountId>;
pub type UsdAiHold = testkit::UsdAi<AssetsHolder, AccountId>;

impl pallet_caliber_credit::Config for Test {
	type AdminOrigin = EnsureSignedBy<Admin, AccountId>;
	type RuntimeHoldReason = RuntimeHoldReason;
	type UsdAi = UsdAi;
	type UsdAiHold = UsdAiHold;
	type Titles = TitlesMock;
	type Value = ValueMock;
	type Senior = SeniorMock;
	type Time = Timestamp;
	type PalletId = CreditPalletId;
	type TreasuryAccount = TreasuryAccount;
	type GlobalCeiling = GlobalCeiling;
	type BorrowerCeiling = BorrowerCeiling;
	type MinDraw = ConstU128<{ 1_000 * USD }>;
	type MaxAdvanceRate = MaxAdvanceRate;
	type MinFirstLoss = MinFirstLoss;
	type MaxApr = MaxApr;
	type MinSeniorApr = MinSeniorApr;
	type MaxFee = MaxFee;
	type MaxServicingFee = MaxServicingFee;
	type MaxGracePeriod = ConstU64<{ 30 * DAY }>;
	type MaxCurePeriod = ConstU64<{ 60 * DAY }>;
	type LiquidationCost = LiquidationCost;
	type StaleValueHaircut = StaleValueHaircut;
	type SweepInterval = ConstU64<3_600>;
	type MaxSweepSteps = ConstU32<4>;
	type AuctionReserve = AuctionReserve;
	type MinIncrement = MinIncrement;
	type AuctionDuration = AuctionDuration;
	type BidExtension = ConstU64<600>;
	type RelistDiscount = RelistDiscount;
	type MaxRelistings = ConstU32<2>;
	type CuratorOptionPeriod = ConstU64<{ 7 * DAY }>;
	type LineConsideration = HoldConsideration<
		AccountId,
		Balances,
		LineDepositReason,
		LinearStoragePrice<LineDeposit, ConstU128<0>, Balance>,
	>;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Clock;
}

/// Sets the clock for benchmarks.
#[cfg(feature = "runtime-benchmarks")]
pub struct Clock;

#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper for Clock {
	fn set_time(now: Seconds) {
		set_time(now);
	}
}

pub fn now() -> Seconds {
	testkit::now::<Test>()
}

pub fn set_time(now: Seconds) {
	testkit::set_time::<Test>(now);
}
