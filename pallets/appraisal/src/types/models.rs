// SPDX-License-Identifier: Apache-2.0

//! Hardware models: description, versions, record, and the values kept after delisting.

use caliber_math::CurvePoint;
use caliber_primitives::{
	appraisal::{ModelStatus, Namespace, OracleKey},
	governance::{Governed, Ramped},
	titles::{AssetClass, Condition},
	Balance, ModelVersion, Seconds,
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

/// Share of the resale price, which is that of a refurbished machine in an orderly sale of 90 days,
/// and of the depreciated list price, at which a machine counts in each condition. A worse condition
/// never has the higher share.
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

/// Governed description of a hardware model, as a call or a genesis gives it.
#[derive(Clone, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct ModelSpec {
	/// Kind of machine. Fixed when the model is added.
	pub class: AssetClass,
	/// Kind of the ids of its devices. Fixed when the model is added.
	pub namespace: Namespace,
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

impl ModelSpec {
	/// Returns the part of the description that a version keeps.
	pub fn terms(&self) -> ModelTerms {
		ModelTerms {
			reference_price: self.reference_price,
			release_date: self.release_date,
			economic_life_months: self.economic_life_months,
			curve: self.curve.clone(),
			conditions: self.conditions,
			discount_rate: self.discount_rate,
			opex_per_hour: self.opex_per_hour,
			max_advance_rate: self.max_advance_rate,
		}
	}
}

/// Part of a model's description that can put a line into breach. It is kept by version, and a
/// version never changes.
#[derive(Clone, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct ModelTerms {
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
	/// Annual rate by which income is discounted.
	pub discount_rate: FixedU128,
	/// Cost of an hour, rented or not, USD with 18 decimals.
	pub opex_per_hour: Balance,
	/// Highest loan per dollar of value.
	pub max_advance_rate: Perbill,
}

/// Hardware model as it is stored: what is the same for all its versions.
#[derive(Clone, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct ModelRecord {
	/// Kind of machine. It never changes.
	pub class: AssetClass,
	/// Kind of the ids of its devices. It never changes.
	pub namespace: Namespace,
	/// Name of the model.
	pub name: ModelName,
	/// Present version of the terms, counted from zero. A credit line names the version that it
	/// opened under.
	pub version: ModelVersion,
	/// Share of the value that a forced sale brings. It marks the book of the savers and is that of
	/// the present for every version; a change of it moves linearly.
	pub forced_sale_factor: Ramped<Perbill>,
	/// True while the model is paused: closed to new titles and new debt. A pause by a referendum
	/// withholds its values too; one by the technical committee ends by itself.
	pub paused: Governed<bool>,
	/// True once the model is delisted, for good.
	pub delisted: bool,
}

impl ModelRecord {
	/// Returns a listed model in its first version.
	pub fn new(spec: &ModelSpec) -> Self {
		Self {
			class: spec.class,
			namespace: spec.namespace,
			name: spec.name.clone(),
			version: 0,
			forced_sale_factor: Ramped::new(spec.forced_sale_factor),
			paused: Governed::new(false),
			delisted: false,
		}
	}

	/// Returns the whole description by a version's terms, with the forced-sale factor on which the
	/// present one comes to rest.
	pub fn spec(&self, terms: ModelTerms) -> ModelSpec {
		ModelSpec {
			class: self.class,
			namespace: self.namespace,
			name: self.name.clone(),
			reference_price: terms.reference_price,
			release_date: terms.release_date,
			economic_life_months: terms.economic_life_months,
			curve: terms.curve,
			conditions: terms.conditions,
			forced_sale_factor: self.forced_sale_factor.target(),
			discount_rate: terms.discount_rate,
			opex_per_hour: terms.opex_per_hour,
			max_advance_rate: terms.max_advance_rate,
		}
	}

	/// Returns the status at `now`, a pause by the technical committee included.
	pub fn status_at(&self, now: Seconds) -> ModelStatus {
		self.status_if(self.paused.at(now))
	}

	/// Returns the status as referenda decided it: values of a model of another status than `Listed`
	/// are withheld.
	pub fn governed_status(&self) -> ModelStatus {
		self.status_if(self.paused.governed())
	}

	fn status_if(&self, paused: bool) -> ModelStatus {
		match (self.delisted, paused) {
			(true, _) => ModelStatus::Delisted,
			(false, true) => ModelStatus::Paused,
			(false, false) => ModelStatus::Listed,
		}
	}
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
