// SPDX-License-Identifier: Apache-2.0

//! Parameters that governance changes without an upgrade, with their defaults.
//!
//! A change takes effect as follows:
//!
//! | Parameters | Take effect |
//! |---|---|
//! | limits of the terms of a line: `MaxAdvanceRate`, `MinFirstLoss`, `MaxApr`, `MinSeniorApr`, `MaxFee`, `MaxServicingFee`, `MaxGracePeriod`, `MaxCurePeriod` | with the next offer; a line keeps the terms copied when it was offered |
//! | `GlobalCeiling`, `BorrowerCeiling`, `MinDraw` | with the next draw, also of an open line |
//! | rules of an auction: `AuctionReserve` to `CuratorOptionPeriod` | with the next auction; a running one keeps its rules |
//! | `CancellationNotice`, `RedemptionPeriod`, `MaxAppraisalValidity` of titles | with the next cancellation, redemption or appraisal |
//! | all others | at once |
//!
//! `LiquidationCost` and `StaleValueHaircut` are among those that take effect at once: a change
//! moves the coverage, the expected recovery and with it the impairment of every open line.

use super::{EnsureCreditAdmin, EnsureStableAdmin, EnsureTitlesAdmin};
use crate::{Runtime, RuntimeEvent, RuntimeOrigin};
use polkadot_sdk::*;

use frame_support::{
	dynamic_params::{dynamic_pallet_params, dynamic_params},
	traits::{EnsureOrigin, EnsureOriginWithArg},
};

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

		/// Largest principal outstanding on all lines, in USDai.
		#[codec(index = 0)]
		pub static GlobalCeiling: Balance = 500_000_000 * USD;
		/// Largest principal that one borrower may owe, in USDai.
		#[codec(index = 1)]
		pub static BorrowerCeiling: Balance = 50_000_000 * USD;
		/// Smallest draw, in USDai.
		#[codec(index = 2)]
		pub static MinDraw: Balance = 1_000 * USD;
		/// Largest advance rate: principal per dollar of title value.
		#[codec(index = 3)]
		pub static MaxAdvanceRate: Perbill = Perbill::from_percent(80);
		/// Smallest share of each draw that a curator funds.
		#[codec(index = 4)]
		pub static MinFirstLoss: Perbill = Perbill::from_percent(5);
		/// Highest annual rate of a tranche.
		#[codec(index = 5)]
		pub static MaxApr: FixedU128 = FixedU128::from_u32(1);
		/// Largest fee, as a share.
		#[codec(index = 6)]
		pub static MaxFee: Perbill = Perbill::from_percent(10);
		/// Longest grace period.
		#[codec(index = 7)]
		pub static MaxGracePeriod: Seconds = 90 * 86_400;
		/// Longest cure period.
		#[codec(index = 8)]
		pub static MaxCurePeriod: Seconds = 90 * 86_400;
		/// Expected cost of a sale of titles, as a share of its proceeds.
		#[codec(index = 9)]
		pub static LiquidationCost: Perbill = Perbill::from_percent(10);
		/// Discount on the last known value of a title without a current value.
		#[codec(index = 10)]
		pub static StaleValueHaircut: Perbill = Perbill::from_percent(20);
		/// Interval between two checks of all lines without a new price.
		#[codec(index = 11)]
		pub static SweepInterval: Seconds = 600;
		/// Largest number of loans, and of lines, that the idle time of a block checks.
		#[codec(index = 12)]
		pub static MaxSweepSteps: u32 = 16;
		/// First reserve price of an auction, as a share of the liquidation value.
		#[codec(index = 13)]
		pub static AuctionReserve: Perbill = Perbill::from_percent(80);
		/// Smallest increase of a bid, as a share of the best bid.
		#[codec(index = 14)]
		pub static MinIncrement: Perbill = Perbill::from_percent(2);
		/// Length of a round of an auction.
		#[codec(index = 15)]
		pub static AuctionDuration: Seconds = 3 * 86_400;
		/// Shortest time that a round stays open after a bid.
		#[codec(index = 16)]
		pub static BidExtension: Seconds = 600;
		/// Discount on the reserve price when a lot is listed again.
		#[codec(index = 17)]
		pub static RelistDiscount: Perbill = Perbill::from_percent(20);
		/// Number of times that an unsold lot is listed again.
		#[codec(index = 18)]
		pub static MaxRelistings: u32 = 3;
		/// Period in which the curator may take an unsold lot at its reserve price.
		#[codec(index = 19)]
		pub static CuratorOptionPeriod: Seconds = 7 * 86_400;
		/// Lowest annual rate of the senior tranche.
		#[codec(index = 20)]
		pub static MinSeniorApr: FixedU128 = FixedU128::from_rational(1, 100);
		/// Largest annual cost of servicing, as a share of the debt.
		#[codec(index = 21)]
		pub static MaxServicingFee: Perbill = Perbill::from_percent(5);
	}

	#[dynamic_pallet_params]
	#[codec(index = 1)]
	pub mod vault {
		use super::*;

		/// Share of the interest for the treasury.
		#[codec(index = 0)]
		pub static YieldFee: Perbill = Perbill::from_percent(10);
		/// Largest assets of the vault after a deposit, in USDai.
		#[codec(index = 1)]
		pub static DepositCap: Balance = 500_000_000 * USD;
		/// Annual rate of the savings that governance aims at.
		#[codec(index = 2)]
		pub static TargetApr: FixedU128 = FixedU128::from_rational(10, 100);
	}

	#[dynamic_pallet_params]
	#[codec(index = 2)]
	pub mod titles {
		use super::*;

		/// Smallest bond of a custodian, in CLBR.
		#[codec(index = 0)]
		pub static MinCustodianBond: Balance = 10_000 * CLBR;
		/// Validity of a custodian's heartbeat.
		#[codec(index = 1)]
		pub static CustodyValidity: Seconds = 7 * 86_400;
		/// Share of a title's value that its policies must cover.
		#[codec(index = 2)]
		pub static MinCoverage: Perbill = Perbill::from_percent(100);
		/// Period for which a cancelled policy still covers.
		#[codec(index = 3)]
		pub static CancellationNotice: Seconds = 30 * 86_400;
		/// Period after its end for which a policy stays open to claims.
		#[codec(index = 4)]
		pub static ClaimsTail: Seconds = 90 * 86_400;
		/// Longest validity of an independent appraisal.
		#[codec(index = 5)]
		pub static MaxAppraisalValidity: Seconds = 365 * 86_400;
		/// Period in which a custodian must answer an owner's request for redemption.
		#[codec(index = 6)]
		pub static RedemptionPeriod: Seconds = 14 * 86_400;
		/// Period for which the title of lost machines stays with its owner.
		#[codec(index = 7)]
		pub static LossPeriod: Seconds = 90 * 86_400;
	}

	#[dynamic_pallet_params]
	#[codec(index = 3)]
	pub mod reserves {
		use super::*;

		/// Share of the vault's assets that stays idle.
		#[codec(index = 0)]
		pub static LiquidityBuffer: Perbill = Perbill::from_percent(10);
		/// Time before the close of a redemption window from which its requests count as demand.
		#[codec(index = 1)]
		pub static LookAhead: Seconds = 86_400;
		/// Smallest deviation of the idle assets from their target for a rebalance, in USDai.
		#[codec(index = 2)]
		pub static RebalanceThreshold: Balance = 1_000 * USD;
		/// Largest deviation of a trade of bills from the oracle's price.
		#[codec(index = 3)]
		pub static PriceBand: Perbill = Perbill::from_parts(5_000_000);
		/// Largest amount of rebalances per hour, in USDai.
		#[codec(index = 4)]
		pub static HourlyLimit: Balance = 1_000_000 * USD;
		/// Discount on the last price of bills without a fresh price, beside their own haircut.
		#[codec(index = 5)]
		pub static StaleBillHaircut: Perbill = Perbill::from_percent(2);
		/// Length of the periods of the mint rate limit (fuse).
		#[codec(index = 6)]
		pub static MintLimitPeriod: Seconds = 86_400;
		/// Share of its supply by which USDai may grow in a period.
		#[codec(index = 7)]
		pub static MintLimitShare: Perbill = Perbill::from_percent(10);
		/// Amount by which USDai may always grow in a period.
		#[codec(index = 8)]
		pub static MintLimitFloor: Balance = 50_000_000 * USD;
		/// Lowest price of a stablecoin against which USDai is issued, in USD.
		#[codec(index = 9)]
		pub static PegFloor: FixedU128 = FixedU128::from_rational(98, 100);
	}
}

/// Origin that may change a parameter: root, and the admin of its area.
pub struct AreaAdmin;
impl EnsureOriginWithArg<RuntimeOrigin, RuntimeParametersKey> for AreaAdmin {
	type Success = ();

	fn try_origin(
		origin: RuntimeOrigin,
		key: &RuntimeParametersKey,
	) -> Result<Self::Success, RuntimeOrigin> {
		let allowed = match key {
			RuntimeParametersKey::Credit(_) => {
				EnsureCreditAdmin::try_origin(origin.clone()).map(drop)
			}
			RuntimeParametersKey::Vault(_) | RuntimeParametersKey::Reserves(_) => {
				EnsureStableAdmin::try_origin(origin.clone()).map(drop)
			}
			RuntimeParametersKey::Titles(_) => {
				EnsureTitlesAdmin::try_origin(origin.clone()).map(drop)
			}
		};
		allowed.map_err(|_| origin)
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
	// The unit type has the pallet's own measured weights. The pallet exports no other name for
	// them.
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
