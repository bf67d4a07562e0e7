// SPDX-License-Identifier: Apache-2.0

//! Runtime of the tests, with the real balances, assets, pools, peg and clock.
//!
//! Exports what `support/` holds, so that tests import this module alone.

pub use super::support::{
	bills::*, books::*, dealer::*, genesis::*, peg::*, pools::*, sureties::*, vault::*,
};
pub use caliber_testkit::{DAY, HOUR, UNIT};

use crate::{
	self as pallet_caliber_reserves, FrozenAccounts, KnownPools, RateLimitedMint,
	RateLimitedMintWeights,
};
use caliber_primitives::{
	governance::{values::ReserveValues, BrakeTerms},
	Balance, PricedAssetId, Seconds, USDAI,
};
use caliber_testkit::{self as testkit, account};
use polkadot_sdk::{
	frame_support::{
		self, parameter_types,
		traits::{ConstU32, ConstU64, Equals},
		PalletId,
	},
	frame_system, pallet_asset_conversion, pallet_assets, pallet_balances, pallet_psm,
	pallet_timestamp,
	sp_runtime::AccountId32,
};

pub type AccountId = AccountId32;

pub const ALICE: AccountId = account(1);
pub const BOB: AccountId = account(2);
/// Has bills and USDai, and fills offers that pay.
pub const DEALER: AccountId = account(3);
/// Two thirds of the technical committee.
pub const COMMITTEE: AccountId = account(71);
/// Has nothing.
pub const NOBODY: AccountId = account(80);
pub const TREASURY: AccountId = account(90);
pub const VAULT: AccountId = account(91);
/// Has what parties post.
pub const BONDS: AccountId = account(92);

/// Stablecoin with 6 decimals.
pub const USDC: u32 = 10;
/// Stablecoin with 18 decimals.
pub const USDT: u32 = 11;
/// Treasury bill with 6 decimals.
pub const BILL: u32 = 12;
/// Treasury bill with 18 decimals.
pub const BILL18: u32 = 13;
/// Stands for CLBR in the pools, with 12 decimals.
pub const NATIVE: u32 = 14;
/// Priced asset of USDC.
pub const PRICED_USDC: PricedAssetId = 0;
/// Priced asset of USDT.
pub const PRICED_USDT: PricedAssetId = 1;
/// Priced asset of the bills.
pub const PRICED_BILL: PricedAssetId = 3;
/// Time over which a haircut moves.
pub const RAMP: Seconds = 30 * DAY;
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
	Assets((), FrozenAccounts<Test, ()>),
	Pools(KnownPools<Test>),
	Psm(RateLimitedMint<Test, Assets>, RateLimitedMintWeights<Test, ()>),
});

parameter_types! {
	pub const TreasuryAccount: AccountId = TREASURY;
	pub const BillsPalletId: PalletId = PalletId(*b"cbr/bill");
	pub const VaultAccount: AccountId = VAULT;
	pub const CommitteeAccount: AccountId = COMMITTEE;
	pub const Terms: BrakeTerms = BrakeTerms { duration: 14 * DAY, rest: 30 * DAY };
	pub static Values: ReserveValues = values();
	/// USDai that announced draws want.
	pub static Draws: Balance = 0;
}

impl pallet_caliber_reserves::Config for Test {
	type AdminOrigin = testkit::Admin<Test, CommitteeAccount>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ReservesBenchmarkHelper;
	type BillsPalletId = BillsPalletId;
	type BrakeTerms = Terms;
	type Draws = Draws;
	type NativeAsset = ConstU32<NATIVE>;
	type PegAsset = ConstU32<USDAI>;
	type Pools = AssetConversion;
	type Prices = MockPrices;
	type Protected = Equals<VaultAccount>;
	type Sureties = MockSureties;
	type RampPeriod = ConstU64<RAMP>;
	type Time = Timestamp;
	type TreasuryAccount = TreasuryAccount;
	type UsdAi = testkit::UsdAi<Assets, AccountId>;
	type Values = Values;
	type Vault = MockVault;
	type WeightInfo = ();
}
