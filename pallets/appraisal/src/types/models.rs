// SPDX-License-Identifier: Apache-2.0

//! Hardware models: description, record, and the values kept after delisting.

use caliber_math::CurvePoint;
use caliber_primitives::{
	appraisal::{ModelStatus, OracleKey},
	titles::{AssetClass, Condition},
	Balance, Seconds,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::{
	frame_support::{traits::ConstU32, BoundedVec},
	sp_runtime::{FixedU128, Perbill},
};
use scale_info::TypeInfo;

/// Longest economic life of a model, in months: forty years.
pub const MAX_ECONOMIC_LIFE_MONTHS: u16 = 480;
/// Highest advance rate of a model: loan per dollar of value.
pub const MAX_ADVANCE_RATE: Perbill = Perbill::from_percent(80);
/// Last second of the year 9999, unix seconds. A later time was given in milliseconds.
pub const MAX_UNIX_TIME: Seconds = 253_402_300_799;

/// Name of a model, UTF-8.
pub type ModelName = BoundedVec<u8, ConstU32<64>>;
/// Depreciation curve: share of the reference price by age in months. Linear between the points,
/// flat after the last.
pub type Curve = BoundedVec<CurvePoint, ConstU32<16>>;

/// Share of the price of a machine that remains in each condition. A worse condition never has the
/// higher share.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct ConditionFactors {
	/// Share of a new machine.
	pub new: Perbill,
	/// Share of a refurbished machine.
	pub refurbished: Perbill,
	/// Share of a used machine.
	pub used: Perbill,
	/// Share of a machine sold as it stands.
	pub as_is: Perbill,
}

impl ConditionFactors {
	/// Returns the share of a condition.
	pub fn of(&self, condition: Condition) -> Perbill {
		match condition {
			Condition::New => self.new,
			Condition::Refurbished => self.refurbished,
			Condition::Used => self.used,
			Condition::AsIs => self.as_is,
		}
	}

	/// Returns true if the share of a new machine is not zero and no worse condition has a higher
	/// share than a better one.
	pub fn is_valid(&self) -> bool {
		!self.new.is_zero()
			&& self.new >= self.refurbished
			&& self.refurbished >= self.used
			&& self.used >= self.as_is
	}
}

/// Governed description of a hardware model.
#[derive(Clone, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct ModelSpec {
	/// Kind of machine. Fixed when the model is added.
	pub class: AssetClass,
	/// Name of the model.
	pub name: ModelName,
	/// List price of a new unit, USD with 18 decimals.
	pub reference_price: Balance,
	/// Time at which the model came to market, unix seconds.
	pub release_date: Seconds,
	/// Time for which a unit earns from its commissioning on, in months of 730 hours.
	pub economic_life_months: u16,
	/// Share of the reference price by age.
	pub curve: Curve,
	/// Share of the price by condition.
	pub conditions: ConditionFactors,
	/// Share of the value that a forced sale brings.
	pub forced_sale_factor: Perbill,
	/// Annual rate by which income is discounted.
	pub discount_rate: FixedU128,
	/// Cost of an hour, rented or not, USD with 18 decimals.
	pub opex_per_hour: Balance,
	/// Highest loan per dollar of value.
	pub max_advance_rate: Perbill,
}

/// Hardware model as it is stored.
#[derive(Clone, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct ModelRecord {
	/// Description of the model.
	pub spec: ModelSpec,
	/// Status of the model: values of a model that is not listed are withheld.
	pub status: ModelStatus,
}

/// Last accepted value of a key and the time from which enough operators supported it, unix
/// seconds; none if no value was ever accepted.
pub type LastValue = Option<(u128, Seconds)>;

/// Last accepted values of a delisted model, whose feeds are cleared. Losses on loans against it
/// are estimated from these values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct FinalValues {
	/// Resale price of a unit, USD with 18 decimals.
	pub resale: LastValue,
	/// Rental rate of a unit-hour, USD with 18 decimals.
	pub rental: LastValue,
	/// Utilisation, a share of 10^18.
	pub utilisation: LastValue,
}

impl FinalValues {
	/// Returns the value of a key of the model; none for the price of an asset.
	pub fn of(&self, key: &OracleKey) -> LastValue {
		match key {
			OracleKey::Resale(_) => self.resale,
			OracleKey::Rental(_) => self.rental,
			OracleKey::Utilisation(_) => self.utilisation,
			OracleKey::Price(_) => None,
		}
	}
}
