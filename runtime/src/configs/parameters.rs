// SPDX-License-Identifier: Apache-2.0

//! Values that governance may change without an upgrade. A change never reaches an open line: its
//! terms were copied when it was offered.

use crate::{
	configs::governance::{CreditAdmin, StableAdmin, TitlesAdmin},
	AccountId, Runtime, RuntimeEvent, RuntimeOrigin,
};
use polkadot_sdk::*;

use frame_support::{
	dynamic_params::{dynamic_pallet_params, dynamic_params},
	traits::{EitherOf, EnsureOrigin, EnsureOriginWithArg},
};
use frame_system::EnsureRoot;

#[dynamic_params(RuntimeParameters, pallet_parameters::Parameters::<Runtime>)]
pub mod dynamic_params {
	use super::*;
	use crate::{constants::currency::CLBR, Balance};
	use caliber_primitives::{Seconds, USD};
	use sp_runtime::{FixedU128, Perbill};

	#[dynamic_pallet_params]
	#[codec(index = 0)]
	pub mod credit {
		use super::*;

		/// The most principal outstanding over all lines, in USDai.
		#[codec(index = 0)]
		pub static GlobalCeiling: Balance = 500_000_000 * USD;
		/// The most principal one borrower may owe, in USDai.
		#[codec(index = 1)]
		pub static BorrowerCeiling: Balance = 50_000_000 * USD;
		/// The least that may be drawn, in USDai.
		#[codec(index = 2)]
		pub static MinDraw: Balance = 1_000 * USD;
		/// The most that may be lent against a dollar of title value.
		#[codec(index = 3)]
		pub static MaxAdvanceRate: Perbill = Perbill::from_percent(80);
		/// The least share of each draw that a curator funds.
		#[codec(index = 4)]
		pub static MinFirstLoss: Perbill = Perbill::from_percent(5);
		/// The highest annual rate.
		#[codec(index = 5)]
		pub static MaxApr: FixedU128 = FixedU128::from_u32(1);
		/// The largest fee.
		#[codec(index = 6)]
		pub static MaxFee: Perbill = Perbill::from_percent(10);
		/// The longest grace period.
		#[codec(index = 7)]
		pub static MaxGracePeriod: Seconds = 90 * 86_400;
		/// The longest cure period.
		#[codec(index = 8)]
		pub static MaxCurePeriod: Seconds = 90 * 86_400;
		/// What a sale of titles is expected to cost, as a share of its proceeds.
		#[codec(index = 9)]
		pub static LiquidationCost: Perbill = Perbill::from_percent(10);
		/// What is taken off the last known value of a title while there is none of today.
		#[codec(index = 10)]
		pub static StaleHaircut: Perbill = Perbill::from_percent(20);
		/// How often all lines are watched when no new price asks for it.
		#[codec(index = 11)]
		pub static SweepInterval: Seconds = 600;
		/// The most loans, and the most lines, that are looked at in the idle time of a block.
		#[codec(index = 12)]
		pub static MaxSweepSteps: u32 = 16;
		/// The first reserve price of an auction, as a share of the liquidation value.
		#[codec(index = 13)]
		pub static AuctionReserve: Perbill = Perbill::from_percent(80);
		/// By how much a bid has to exceed the one before, as a share of it.
		#[codec(index = 14)]
		pub static MinIncrement: Perbill = Perbill::from_percent(2);
		/// How long an auction lasts.
		#[codec(index = 15)]
		pub static AuctionDuration: Seconds = 3 * 86_400;
		/// How long an auction goes on after its last bid, at least.
		#[codec(index = 16)]
		pub static ExtensionWindow: Seconds = 600;
		/// What is taken off the reserve price when a lot is listed again.
		#[codec(index = 17)]
		pub static RelistDiscount: Perbill = Perbill::from_percent(20);
		/// How often an unsold lot is listed again.
		#[codec(index = 18)]
		pub static MaxRelistings: u32 = 3;
		/// How long the curator may take an unsold lot at its reserve price.
		#[codec(index = 19)]
		pub static CuratorOptionPeriod: Seconds = 7 * 86_400;
		/// The least annual rate of the senior tranche.
		#[codec(index = 20)]
		pub static MinSeniorApr: FixedU128 = FixedU128::from_rational(1, 100);
		/// The most that servicing may cost in a year, as a share of what is owed.
		#[codec(index = 21)]
		pub static MaxServicingFee: Perbill = Perbill::from_percent(5);
	}

	#[dynamic_pallet_params]
	#[codec(index = 1)]
	pub mod vault {
		use super::*;

		/// The treasury's share of the interest.
		#[codec(index = 0)]
		pub static YieldFee: Perbill = Perbill::from_percent(10);
		/// The most that the vault may hold, in USDai.
		#[codec(index = 1)]
		pub static DepositCap: Balance = 500_000_000 * USD;
		/// What governance aims at for a year of savings.
		#[codec(index = 2)]
		pub static TargetApr: FixedU128 = FixedU128::from_rational(10, 100);
	}

	#[dynamic_pallet_params]
	#[codec(index = 2)]
	pub mod titles {
		use super::*;

		/// The bond a custodian needs, in CLBR.
		#[codec(index = 0)]
		pub static MinCustodianBond: Balance = 10_000 * CLBR;
		/// How long a custodian's heartbeat lasts.
		#[codec(index = 1)]
		pub static CustodyValidity: Seconds = 7 * 86_400;
		/// The share of a title's value that its policies have to cover.
		#[codec(index = 2)]
		pub static MinCoverage: Perbill = Perbill::from_percent(100);
		/// How long a cancelled policy goes on covering.
		#[codec(index = 3)]
		pub static CancellationNotice: Seconds = 30 * 86_400;
		/// How long after its end a policy stays for claims.
		#[codec(index = 4)]
		pub static ClaimsTail: Seconds = 90 * 86_400;
		/// The longest time for which an independent appraisal may be valid.
		#[codec(index = 5)]
		pub static MaxAppraisalValidity: Seconds = 365 * 86_400;
		/// How long a custodian has to answer an owner who asks for its machines.
		#[codec(index = 6)]
		pub static RedemptionPeriod: Seconds = 14 * 86_400;
		/// How long the title of lost machines is left to its owner.
		#[codec(index = 7)]
		pub static LossPeriod: Seconds = 90 * 86_400;
	}

	#[dynamic_pallet_params]
	#[codec(index = 3)]
	pub mod reserves {
		use super::*;

		/// The part of the vault's assets that stays idle.
		#[codec(index = 0)]
		pub static LiquidityBuffer: Perbill = Perbill::from_percent(10);
		/// How far ahead of the close of a window its requests count as wanted.
		#[codec(index = 1)]
		pub static LookAhead: Seconds = 86_400;
		/// By how much the idle USDai has to miss its target for a rebalance.
		#[codec(index = 2)]
		pub static RebalanceThreshold: Balance = 1_000 * USD;
		/// How far from the oracle's price bills are traded, at most.
		#[codec(index = 3)]
		pub static PriceBand: Perbill = Perbill::from_parts(5_000_000);
		/// The most that is rebalanced in an hour, in USDai.
		#[codec(index = 4)]
		pub static HourlyLimit: Balance = 1_000_000 * USD;
		/// What is taken off the last price of bills while there is no fresh one.
		#[codec(index = 5)]
		pub static StaleHaircut: Perbill = Perbill::from_percent(2);
		/// Length of the periods over which the growth of USDai is measured.
		#[codec(index = 6)]
		pub static FusePeriod: Seconds = 86_400;
		/// The part of its supply by which USDai may grow in a period.
		#[codec(index = 7)]
		pub static FuseCap: Perbill = Perbill::from_percent(10);
		/// The least by which it may grow in a period.
		#[codec(index = 8)]
		pub static FuseFloor: Balance = 50_000_000 * USD;
		/// The least price of a stablecoin against which USDai is issued.
		#[codec(index = 9)]
		pub static PegFloor: FixedU128 = FixedU128::from_rational(98, 100);
	}
}

/// Root changes every value, an area's admin the values of its area.
pub struct AreaAdmin;
impl EnsureOriginWithArg<RuntimeOrigin, RuntimeParametersKey> for AreaAdmin {
	type Success = ();

	fn try_origin(
		origin: RuntimeOrigin,
		key: &RuntimeParametersKey,
	) -> Result<Self::Success, RuntimeOrigin> {
		let allowed = match key {
			RuntimeParametersKey::Credit(_) => {
				EitherOf::<EnsureRoot<AccountId>, CreditAdmin>::try_origin(origin.clone())
			}
			RuntimeParametersKey::Vault(_) | RuntimeParametersKey::Reserves(_) => {
				EitherOf::<EnsureRoot<AccountId>, StableAdmin>::try_origin(origin.clone())
			}
			RuntimeParametersKey::Titles(_) => {
				EitherOf::<EnsureRoot<AccountId>, TitlesAdmin>::try_origin(origin.clone())
			}
		};
		allowed.map(drop).map_err(|_| origin)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin(_key: &RuntimeParametersKey) -> Result<RuntimeOrigin, ()> {
		Ok(RuntimeOrigin::root())
	}
}

impl pallet_parameters::Config for Runtime {
	type AdminOrigin = AreaAdmin;
	type RuntimeEvent = RuntimeEvent;
	type RuntimeParameters = RuntimeParameters;
	// The pallet's own measured weights: it exports them under no other name.
	type WeightInfo = ();
}

#[cfg(feature = "runtime-benchmarks")]
impl Default for RuntimeParameters {
	fn default() -> Self {
		RuntimeParameters::Vault(dynamic_params::vault::Parameters::YieldFee(
			dynamic_params::vault::YieldFee,
			Some(sp_runtime::Perbill::from_percent(1)),
		))
	}
}
