// SPDX-License-Identifier: Apache-2.0

//! A runtime of real balances, assets and clock, in which other pallets of ours are stood in for.
//!
//! Exports what `support/` holds, so that tests import this module alone; of auctions they import
//! `support::lot`.

pub use super::support::{
	books::*, genesis::*, governance::*, lender::*, lines::*, terms::*, titles::*,
};
pub use caliber_testkit::{Outages, Rules, CLBR, DAY};

use crate::{self as pallet_caliber_credit, HoldReason};
use caliber_primitives::{governance::BrakeTerms, Balance, Seconds, USD};
use caliber_testkit as testkit;
use polkadot_sdk::{
	frame_support::{
		self, parameter_types,
		traits::{fungible::HoldConsideration, ConstU128, LinearStoragePrice},
		weights::Weight,
		PalletId,
	},
	frame_system, pallet_assets, pallet_assets_holder, pallet_balances, pallet_timestamp,
};
#[cfg(feature = "runtime-benchmarks")]
use {caliber_primitives::ModelId, polkadot_sdk::sp_runtime::Perbill};

pub type AccountId = u64;

/// The owner of the asset. What governance decides comes from root or from the committee.
pub const ADMIN: AccountId = 1;
pub const CURATOR: AccountId = 2;
pub const BORROWER: AccountId = 3;
pub const ANYONE: AccountId = 4;
pub const TREASURY: AccountId = 5;
pub const VAULT: AccountId = 6;
pub const OTHER_CURATOR: AccountId = 7;
pub const OTHER_BORROWER: AccountId = 8;
/// The technical committee.
pub const COMMITTEE: AccountId = 9;

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
	pub const MaxIdleWeight: Weight = Weight::MAX;
	pub const LineDepositReason: RuntimeHoldReason =
		RuntimeHoldReason::Credit(HoldReason::LineDeposit);
	pub const CreditPalletId: PalletId = PalletId(*b"clbr/crd");
	pub const TreasuryAccount: AccountId = TREASURY;
	pub const Committee: AccountId = COMMITTEE;
	pub const Brakes: BrakeTerms = BRAKES;
	pub storage LineDeposit: Balance = DEPOSIT;
}

pub type UsdAi = testkit::UsdAi<Assets, AccountId>;
pub type UsdAiHold = testkit::UsdAi<AssetsHolder, AccountId>;

impl pallet_caliber_credit::Config for Test {
	type AdminOrigin = testkit::Admin<Test, Committee>;
	type BrakeTerms = Brakes;
	type Values = ValuesRead;
	type Rules = testkit::Rules;
	type RuntimeHoldReason = RuntimeHoldReason;
	type UsdAi = UsdAi;
	type UsdAiHold = UsdAiHold;
	type Titles = TitlesMock;
	type Value = ValueMock;
	type Senior = SeniorMock;
	type Time = Timestamp;
	type Clock = testkit::Outages;
	type PalletId = CreditPalletId;
	type TreasuryAccount = TreasuryAccount;
	type LineConsideration = HoldConsideration<
		AccountId,
		Balances,
		LineDepositReason,
		LinearStoragePrice<LineDeposit, ConstU128<0>, Balance>,
	>;
	type MaxIdleWeight = MaxIdleWeight;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Clock;
}

/// Sets the clock and makes versions for benchmarks.
#[cfg(feature = "runtime-benchmarks")]
pub struct Clock;

#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper for Clock {
	fn set_time(now: Seconds) {
		set_time(now);
	}

	fn make_versions(models: &[ModelId]) {
		Rules::change(|rules| rules.max_relistings += 1);
		for model in models {
			new_version(*model, Perbill::from_percent(75), Perbill::one());
		}
	}
}

pub fn now() -> Seconds {
	testkit::now::<Test>()
}

pub fn set_time(now: Seconds) {
	testkit::set_time::<Test>(now);
}
