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
			RuntimeParametersKey::Vault(_) => {
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
