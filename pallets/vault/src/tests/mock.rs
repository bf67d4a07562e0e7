// SPDX-License-Identifier: Apache-2.0

//! A runtime for the tests, with the real balances, assets and clock.
//!
//! Exports what `support/` holds, so that tests import this module alone.

pub use super::support::{bills::*, calls::*, genesis::*, loans::*, peg::*, time::*};
pub use caliber_testkit::{Outages, CLBR, DAY};

use crate as pallet_caliber_vault;
use caliber_primitives::{
	governance::{values::VaultValues, BrakeTerms},
	Balance, Seconds, WindowIndex, USD,
};
use caliber_testkit as testkit;
use polkadot_sdk::{
	frame_support::{
		self, parameter_types,
		traits::{
			fungible::HoldConsideration, ConstU128, ConstU32, ConstU64, ConstantStoragePrice,
			Contains,
		},
		weights::Weight,
		PalletId,
	},
	frame_system, pallet_assets, pallet_balances, pallet_timestamp,
};

pub type AccountId = u64;

pub const ALICE: AccountId = 1;
pub const BOB: AccountId = 2;
pub const CHARLIE: AccountId = 3;
pub const BORROWER: AccountId = 10;
pub const TREASURY: AccountId = 90;
/// Two thirds of the technical committee.
pub const COMMITTEE: AccountId = 91;
/// Buys and sells the vault's bills.
pub const DEALER: AccountId = 80;

/// USDai that each of the savers and the borrower begin with.
pub const ENDOWMENT: Balance = 1_000_000 * USD;
/// Window 1 begins here.
pub const SINCE: Seconds = 1_500;
/// A window lasts as long.
pub const LENGTH: Seconds = 1_000;
/// Bids are revealed as long before the close.
pub const REVEAL: Seconds = 100;
/// Money is raised for as long after a close.
pub const RAISING: Seconds = 100;
/// A round over the lines is awaited for as long after that.
pub const ROUND_WAIT: Seconds = 50;
/// Cancelling opens again for as long.
pub const REOPENING: Seconds = 120;
/// The window in which the tests begin, at its first second.
pub const FIRST_WINDOW: WindowIndex = 3;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Timestamp: pallet_timestamp,
		Balances: pallet_balances,
		Assets: pallet_assets,
		Vault: pallet_caliber_vault,
	}
);

testkit::impl_ground!(Test { System(AccountId), Timestamp, Balances(1), Assets });

parameter_types! {
	pub const VaultPalletId: PalletId = PalletId(*b"cbr/vlt0");
	pub const TreasuryAccount: AccountId = TREASURY;
	pub const CommitteeAccount: AccountId = COMMITTEE;
	pub const Terms: BrakeTerms = BrakeTerms { duration: 14 * DAY, rest: 30 * DAY };
	pub static Tempo: u32 = 1;
	pub static MinWindowLength: Seconds = 200;
	pub static Values: VaultValues = values();
	pub static RequestDeposit: Balance = CLBR;
	/// Accounts that may send nothing.
	pub static Frozen: Vec<AccountId> = Vec::new();
	pub const MaxIdleWeight: Weight = Weight::MAX;
	pub const OperatorHold: RuntimeHoldReason =
		RuntimeHoldReason::Vault(pallet_caliber_vault::HoldReason::Operator);
	pub const RequestHold: RuntimeHoldReason =
		RuntimeHoldReason::Vault(pallet_caliber_vault::HoldReason::RedemptionRequest);
}

pub struct FrozenAccounts;
impl Contains<AccountId> for FrozenAccounts {
	fn contains(who: &AccountId) -> bool {
		Frozen::get().contains(who)
	}
}

pub type UsdAi = testkit::UsdAi<Assets, AccountId>;
pub type Shares = testkit::Shares<Assets, AccountId>;

impl pallet_caliber_vault::Config for Test {
	type AdminOrigin = testkit::Admin<Test, CommitteeAccount>;
	type BrakeTerms = Terms;
	type Values = Values;
	type Tempo = Tempo;
	type UsdAi = WatchedUsdAi;
	type Shares = Shares;
	type Bills = MockBills;
	type Lines = MockLines;
	type Frozen = FrozenAccounts;
	type Peg = MockPeg;
	type Time = Timestamp;
	type Clock = Outages;
	type PalletId = VaultPalletId;
	type TreasuryAccount = TreasuryAccount;
	type MinDeposit = ConstU128<USD>;
	type RequestConsideration = HoldConsideration<
		AccountId,
		Balances,
		RequestHold,
		ConstantStoragePrice<RequestDeposit, Balance>,
	>;
	type OperatorConsideration = HoldConsideration<
		AccountId,
		Balances,
		OperatorHold,
		ConstantStoragePrice<ConstU128<CLBR>, Balance>,
	>;
	type MinWindowLength = MinWindowLength;
	type MaxWindowLength = ConstU64<{ 366 * DAY }>;
	type MaxRequests = ConstU32<50>;
	type MaxIdleWeight = MaxIdleWeight;
	type WeightInfo = ();
}
