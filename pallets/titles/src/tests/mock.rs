// SPDX-License-Identifier: Apache-2.0

//! A chain with the real balances, assets, NFTs and clock. Models and line reserves stand in for
//! the pallets that bring them.
//!
//! Exports what `support/` holds, so that tests import this module alone.

pub use super::support::{
	accounts::*, books::*, genesis::*, governance::*, machines::*, stand_ins::*,
};
pub use caliber_testkit::{CLBR, DAY};

use crate::{
	self as pallet_caliber_titles, Config, HoldReason, LISTED_DEVICE_FOOTPRINT, TITLE_FOOTPRINT,
};
use caliber_primitives::{Balance, Seconds, USD};
use caliber_testkit as testkit;
use polkadot_sdk::{
	frame_support::{
		self, parameter_types,
		traits::{fungible::HoldConsideration, ConstU128, ConstantStoragePrice, Footprint},
		PalletId,
	},
	frame_system, pallet_assets, pallet_assets_holder, pallet_balances, pallet_nfts,
	pallet_timestamp,
	sp_runtime::{traits::Convert, AccountId32},
};

pub type AccountId = AccountId32;

pub const EXISTENTIAL_DEPOSIT: Balance = CLBR / 100;
pub const ENDOWMENT: Balance = 1_000_000 * CLBR;
pub const USDAI_ENDOWMENT: Balance = 1_000_000 * USD;
/// The least bond of a custodian, and the bonds and capital that parties have from genesis on.
pub const MIN_BOND: Balance = 25_000 * USD;
pub const BOND: Balance = 60_000 * USD;
pub const MIN_VERIFIER_BOND: Balance = 10_000 * USD;
pub const VERIFIER_BOND: Balance = 15_000 * USD;
pub const CAPITAL: Balance = 1_000_000 * USD;
pub const CAPACITY: Balance = 100_000_000 * USD;
/// The value in custody of a unit, and of a title of two.
pub const UNIT_PRICE: Balance = 10_000 * USD;
pub const TWO_UNITS: Balance = 20_000 * USD;
/// One percent of two units: more than the least deposit for a claim.
pub const CLAIM_DEPOSIT: Balance = 200 * USD;
pub const MIN_CLAIM_DEPOSIT: Balance = 100 * USD;
pub const RELEASE_PERIOD: Seconds = 7 * DAY;
pub const CLAIM_TAIL: Seconds = 90 * DAY;
pub const DEPOSIT_BASE: Balance = 2 * CLBR;
pub const DEPOSIT_PER_ITEM: Balance = CLBR / 10;
pub const VALIDITY: Seconds = 7 * DAY;
pub const REDEMPTION_PERIOD: Seconds = 14 * DAY;
pub const REDEMPTION_DEPOSIT: Balance = CLBR / 2;
pub const LOSS_PERIOD: Seconds = 90 * DAY;
pub const ATTESTATION_PERIOD: Seconds = 30 * DAY;
/// Time for which a policy covers without its premium.
pub const GRACE: Seconds = 10 * DAY;
/// The farthest end of a policy: five years.
pub const LONGEST: Seconds = 1_825 * DAY;
pub const NOTICE: Seconds = 30 * DAY;
pub const CLAIMS_TAIL: Seconds = 90 * DAY;
pub const APPRAISAL_VALIDITY: Seconds = 180 * DAY;
pub const POLICY_DEPOSIT: Balance = 3 * CLBR;
pub const APPRAISAL_DEPOSIT: Balance = 4 * CLBR;
/// The first moment of the 700th period of 30 days: 2027-06-29.
pub const START: Seconds = 700 * 30 * DAY;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Timestamp: pallet_timestamp,
		Balances: pallet_balances,
		Assets: pallet_assets,
		AssetsHolder: pallet_assets_holder,
		Nfts: pallet_nfts,
		Titles: pallet_caliber_titles,
	}
);

testkit::impl_ground!(Test {
	System(AccountId),
	Timestamp,
	Balances(EXISTENTIAL_DEPOSIT),
	Assets(AssetsHolder),
	AssetsHolder,
	// The account of the titles has no CLBR: were a deposit asked of it, nothing would work.
	Nfts(CLBR),
});

parameter_types! {
	pub const TitlesPalletId: PalletId = PalletId(*b"clbr/ttl");
	pub const TitleHold: RuntimeHoldReason = RuntimeHoldReason::Titles(HoldReason::TitleDeposit);
	pub const PolicyHold: RuntimeHoldReason = RuntimeHoldReason::Titles(HoldReason::PolicyDeposit);
	pub const AppraisalHold: RuntimeHoldReason =
		RuntimeHoldReason::Titles(HoldReason::AppraisalDeposit);
	pub const RedemptionHold: RuntimeHoldReason =
		RuntimeHoldReason::Titles(HoldReason::RedemptionDeposit);
}

pub type UsdAi = testkit::UsdAi<Assets, AccountId>;
pub type UsdAiHold = testkit::UsdAi<AssetsHolder, AccountId>;

/// The same price whatever the footprint.
type Price<const AMOUNT: Balance> = ConstantStoragePrice<ConstU128<AMOUNT>, Balance>;

/// The base for a title with a price for each device in its list, and the same price for the record of
/// a device, a document and an offer of custody.
pub struct TitlePrice;
impl Convert<Footprint, Balance> for TitlePrice {
	fn convert(footprint: Footprint) -> Balance {
		if footprint.count < TITLE_FOOTPRINT.count {
			return DEPOSIT_PER_ITEM;
		}
		let devices = (footprint.size - TITLE_FOOTPRINT.size) / LISTED_DEVICE_FOOTPRINT.size;
		DEPOSIT_BASE + Balance::from(devices) * DEPOSIT_PER_ITEM
	}
}

impl Config for Test {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type UsdAi = UsdAi;
	type UsdAiHold = UsdAiHold;
	type TreasuryAccount = TreasuryAccount;
	type Nfts = Nfts;
	type Models = Models;
	type Lines = Reserves;
	type RevenueSink = Reserves;
	type LossPayee = Reserves;
	type Time = Timestamp;
	type Clock = testkit::Outages;
	type AdminOrigin = testkit::Admin<Test, CommitteeAccount>;
	type AppraisalOrigin = testkit::Admin<Test, CommitteeAccount>;
	type BrakeTerms = Brakes;
	type Values = Values;
	type Rules = testkit::Rules;
	type PalletId = TitlesPalletId;
	type TitleConsideration = HoldConsideration<AccountId, Balances, TitleHold, TitlePrice>;
	type PolicyConsideration =
		HoldConsideration<AccountId, Balances, PolicyHold, Price<POLICY_DEPOSIT>>;
	type AppraisalConsideration =
		HoldConsideration<AccountId, Balances, AppraisalHold, Price<APPRAISAL_DEPOSIT>>;
	type RedemptionConsideration =
		HoldConsideration<AccountId, Balances, RedemptionHold, Price<REDEMPTION_DEPOSIT>>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Clock;
	type WeightInfo = ();
}

#[cfg(feature = "runtime-benchmarks")]
pub struct Clock;
#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper for Clock {
	fn set_time(now: Seconds) {
		set_time(now);
	}
}

pub fn set_time(seconds: Seconds) {
	testkit::set_time::<Test>(seconds);
}

pub fn last_event() -> crate::Event<Test> {
	testkit::last_event::<Test, _>()
}
