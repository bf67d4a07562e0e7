// SPDX-License-Identifier: Apache-2.0

//! Runtime of the tests, with the real balances, assets, pools, peg and clock.
//!
//! Exports what `support/` holds, so that tests import this module alone.

pub use super::support::{bills::*, genesis::*, peg::*, pools::*, vault::*};
pub use caliber_testkit::{DAY, HOUR, UNIT};

#[cfg(feature = "runtime-benchmarks")]
use crate::types::TreasuryBill;
use crate::{self as pallet_caliber_reserves, AssetTeam, RateLimitedMint, RateLimitedMintWeights};
use caliber_primitives::{Balance, PricedAssetId, Seconds, SUSDAI, USD, USDAI};
use caliber_testkit::{self as testkit, account};
use polkadot_sdk::{
	frame_support::{
		self, ord_parameter_types, parameter_types,
		traits::{ConstU32, Equals},
		PalletId,
	},
	frame_system::{self, EnsureRoot, EnsureSignedBy, RawOrigin},
	pallet_asset_conversion, pallet_assets, pallet_balances, pallet_psm, pallet_timestamp,
	sp_runtime::{AccountId32, DispatchResult, FixedU128, Perbill},
};

pub type AccountId = AccountId32;

pub const ALICE: AccountId = account(1);
pub const BOB: AccountId = account(2);
pub const COMPLIANCE: AccountId = account(70);
pub const GUARDIAN: AccountId = account(80);
pub const TREASURY: AccountId = account(90);
pub const VAULT: AccountId = account(91);

/// Stablecoin with 6 decimals.
pub const USDC: u32 = 10;
/// Stablecoin with 18 decimals.
pub const USDT: u32 = 11;
/// Treasury bill with 6 decimals.
pub const BILL: u32 = 12;
/// Treasury bill with 18 decimals.
pub const BILL18: u32 = 13;
/// Priced asset of the bills.
pub const PRICED_BILL: PricedAssetId = 3;
/// Time at which the tests begin: a midnight.
pub const START: Seconds = 19_358 * DAY;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Timestamp: pallet_timestamp,
		Balances: pallet_balances,
		Assets: pallet_assets,
		Psm: pallet_psm,
		Reserves: pallet_caliber_reserves,
		PoolAssets: pallet_assets::<Instance1>,
		AssetConversion: pallet_asset_conversion,
	}
);

testkit::impl_ground!(Test {
	System(AccountId),
	Timestamp,
	Balances(1),
	Assets,
	Pools,
	Psm(RateLimitedMint<Test, Assets>, RateLimitedMintWeights<Test, ()>),
});

parameter_types! {
	pub const TreasuryAccount: AccountId = TREASURY;
	pub const BillsPalletId: PalletId = PalletId(*b"cbr/bill");
	pub const VaultAccount: AccountId = VAULT;
	pub FrozenAssets: Vec<u32> = vec![USDAI, SUSDAI];
	pub PegAdmin: OriginCaller = RawOrigin::Root.into();
	pub PegGuardian: OriginCaller = RawOrigin::Signed(GUARDIAN).into();
	pub storage Buffer: Perbill = Perbill::from_percent(10);
	pub storage Ahead: Seconds = DAY;
	pub storage Threshold: Balance = 1_000 * USD;
	pub storage Band: Perbill = Perbill::from_percent(1);
	pub storage Hourly: Balance = 100_000 * USD;
	pub storage StaleHaircut: Perbill = Perbill::from_percent(5);
	pub storage Period: Seconds = DAY;
	pub storage Share: Perbill = Perbill::from_percent(10);
	pub storage Floor: Balance = 10_000_000 * USD;
	pub storage LowestPrice: FixedU128 = FixedU128::from_rational(98, 100);
}

ord_parameter_types! {
	pub const Compliance: AccountId = COMPLIANCE;
}

#[cfg(feature = "runtime-benchmarks")]
pub struct ReservesBenchmarkHelper;
#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper<u32, AccountId> for ReservesBenchmarkHelper {
	fn market(usdai: Balance) -> TreasuryBill<u32> {
		set_price(PRICED_BILL, Some(USD));
		open_pool(BILL18, usdai, usdai);
		bill(BILL18, Perbill::from_percent(1))
	}

	fn endow_teams() {}
}

impl pallet_caliber_reserves::Config for Test {
	type AdminOrigin = EnsureRoot<AccountId>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ReservesBenchmarkHelper;
	type BillsPalletId = BillsPalletId;
	type ComplianceOrigin = EnsureSignedBy<Compliance, AccountId>;
	type Freezer = AssetTeam<Test, (), FrozenAssets>;
	type HourlyLimit = Hourly;
	type LiquidityBuffer = Buffer;
	type LookAhead = Ahead;
	type MintLimitFloor = Floor;
	type MintLimitPeriod = Period;
	type MintLimitShare = Share;
	type PegAdmin = PegAdmin;
	type PegAsset = ConstU32<USDAI>;
	type PegFloor = LowestPrice;
	type PegGuardian = PegGuardian;
	type Pools = AssetConversion;
	type PriceBand = Band;
	type Prices = MockPrices;
	type Protected = Equals<VaultAccount>;
	type RebalanceThreshold = Threshold;
	type StaleBillHaircut = StaleHaircut;
	type Time = Timestamp;
	type TreasuryAccount = TreasuryAccount;
	type UsdAi = testkit::UsdAi<Assets, AccountId>;
	type Vault = MockVault;
	type WeightInfo = ();
}

/// Returns the time of the block, unix seconds.
pub fn now() -> Seconds {
	testkit::now::<Test>()
}

/// Moves the clock on.
pub fn pass(seconds: Seconds) {
	testkit::pass::<Test>(seconds);
}

/// Sends an asset.
pub fn send(asset: u32, from: &AccountId, to: &AccountId, amount: Balance) -> DispatchResult {
	testkit::send::<Test>(asset, from, to, amount)
}

/// Returns the balance of an account.
pub fn balance(asset: u32, who: &AccountId) -> Balance {
	testkit::balance::<Test>(asset, who)
}

/// Returns the last event of the reserves pallet.
pub fn last_event() -> crate::Event<Test> {
	testkit::last_event::<Test, _>()
}
