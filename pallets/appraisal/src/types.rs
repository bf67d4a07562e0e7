// SPDX-License-Identifier: Apache-2.0

//! What the pallet stores, and the bounds of it.

use caliber_math::{CurvePoint, WAD};
use caliber_primitives::{
	appraisal::{ModelStatus, OracleKey},
	titles::{AssetClass, Condition},
	Balance, ModelId, Seconds,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::{
	frame_support::{traits::ConstU32, BoundedVec},
	sp_runtime::{FixedU128, Perbill},
};
use scale_info::TypeInfo;

/// The highest price there is, USD with 18 decimals: a billion dollars.
pub const MAX_PRICE: Balance = 1_000_000_000 * WAD;
/// Utilisation when every hour is rented.
pub const FULL_UTILISATION: u128 = WAD;
/// The longest economic life of a model: forty years.
pub const MAX_ECONOMIC_LIFE_MONTHS: u16 = 480;
/// The most that may be lent against a dollar of any model.
pub const MAX_ADVANCE_RATE: Perbill = Perbill::from_percent(80);
/// The shortest freshness limit of a policy: a minute.
pub const MIN_MAX_AGE: Seconds = 60;
/// The longest freshness limit of a policy: thirty days.
pub const MAX_MAX_AGE: Seconds = 30 * DAY_SECS;
/// The shortest period of an update: a second, so that the values of one block make one move.
pub const MIN_UPDATE_PERIOD: Seconds = 1;
/// The longest period of an update: a day.
pub const MAX_UPDATE_PERIOD: Seconds = DAY_SECS;
/// The day in which a value may move by the bound of a day.
pub const DAY_SECS: Seconds = 86_400;
/// The last second of the year 9999. A time beyond it was given in milliseconds.
pub const MAX_UNIX_TIME: Seconds = 253_402_300_799;

/// Moves of a price under this are measured as if it were this, a billionth of a dollar: a share of
/// fewer units would round to no move, and the price could not recover.
pub const PRICE_MOVE_FLOOR: u128 = WAD / 1_000_000_000;
/// Moves of a utilisation under this are measured as if it were this, a tenth of the hours. A share of
/// zero is zero: an idle model could never be seen to work again.
pub const UTILISATION_MOVE_FLOOR: u128 = FULL_UTILISATION / 10;

/// The name of a model, UTF-8.
pub type ModelName = BoundedVec<u8, ConstU32<64>>;
/// A depreciation curve: age in months and what is left of the reference price. Linear between the
/// points, flat after the last.
pub type Curve = BoundedVec<CurvePoint, ConstU32<16>>;
/// The symbol of an asset, printable ASCII.
pub type Symbol = BoundedVec<u8, ConstU32<16>>;

/// How values are accepted and used.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct AppraisalPolicy {
	/// Whether the cost approach takes part in the value.
	pub require_cost: bool,
	/// Whether the market approach has to be there and takes part in the value.
	pub require_market: bool,
	/// Whether the income approach has to be there and takes part in the value.
	pub require_income: bool,
	/// The least number of fresh values from which one is accepted.
	pub min_feeders: u32,
	/// The age up to which a value is fresh, in seconds.
	pub max_age: Seconds,
	/// The period, in seconds, in which a value may move by the bound of an update.
	pub update_period: Seconds,
	/// The most a value may differ from any that was in force within the period before, as a share of
	/// that one.
	pub max_move_per_update: Perbill,
	/// The most a value may differ from any that was in force within the day before, as a share of that
	/// one.
	pub max_move_per_day: Perbill,
}

impl Default for AppraisalPolicy {
	fn default() -> Self {
		Self {
			require_cost: true,
			require_market: true,
			require_income: true,
			min_feeders: 3,
			max_age: 3_600,
			update_period: 600,
			max_move_per_update: Perbill::from_percent(10),
			max_move_per_day: Perbill::from_percent(25),
		}
	}
}

/// What is left of the price of a machine by its condition. Never more for a worse one.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct ConditionFactors {
	/// Of a new one.
	pub new: Perbill,
	/// Of a refurbished one.
	pub refurbished: Perbill,
	/// Of a used one.
	pub used: Perbill,
	/// Of one sold as it stands.
	pub as_is: Perbill,
}

impl ConditionFactors {
	/// The factor of a condition.
	pub fn of(&self, condition: Condition) -> Perbill {
		match condition {
			Condition::New => self.new,
			Condition::Refurbished => self.refurbished,
			Condition::Used => self.used,
			Condition::AsIs => self.as_is,
		}
	}

	/// Whether a new machine keeps something and a worse condition never more than a better one.
	pub fn is_valid(&self) -> bool {
		!self.new.is_zero()
			&& self.new >= self.refurbished
			&& self.refurbished >= self.used
			&& self.used >= self.as_is
	}
}

/// The governed description of a hardware model.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct ModelSpec {
	/// What kind of machine it is. Fixed when the model is added.
	pub class: AssetClass,
	/// Its name.
	pub name: ModelName,
	/// List price of a new unit, USD with 18 decimals.
	pub reference_price: Balance,
	/// When the model came to market, unix seconds.
	pub release_date: Seconds,
	/// How long a unit earns, in months of 730 hours from its commissioning.
	pub economic_life_months: u16,
	/// How the reference price falls with age.
	pub curve: Curve,
	/// How the price falls with condition.
	pub conditions: ConditionFactors,
	/// What is left of the value in a forced sale.
	pub forced_sale_factor: Perbill,
	/// Annual rate by which income is discounted.
	pub discount_rate: FixedU128,
	/// What an hour costs, rented or not, USD with 18 decimals.
	pub opex_per_hour: Balance,
	/// The most that is lent against a dollar of value.
	pub max_advance_rate: Perbill,
}

/// A hardware model.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct ModelRecord {
	/// Its description.
	pub spec: ModelSpec,
	/// Whether it may be lent against.
	pub status: ModelStatus,
}

/// What was accepted last for a key, and the time from which enough operators supported it, unix
/// seconds.
pub type LastValue = Option<(u128, Seconds)>;

/// What was accepted last for a model that is delisted: its feeds are gone, and a loss on what was lent
/// against it still has to be estimated.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct FinalValues {
	/// Resale price, USD with 18 decimals.
	pub resale: LastValue,
	/// Rental rate of an hour, USD with 18 decimals.
	pub rental: LastValue,
	/// Utilisation, a share of 10^18.
	pub utilisation: LastValue,
}

impl FinalValues {
	/// The value of a key of the model; none for the price of an asset.
	pub fn of(&self, key: &OracleKey) -> LastValue {
		match key {
			OracleKey::Resale(_) => self.resale,
			OracleKey::Rental(_) => self.rental,
			OracleKey::Utilisation(_) => self.utilisation,
			OracleKey::Price(_) => None,
		}
	}
}

/// The model a key belongs to; none for the price of an asset.
pub(crate) fn model_of_key(key: &OracleKey) -> Option<ModelId> {
	match key {
		OracleKey::Resale(model) | OracleKey::Rental(model) | OracleKey::Utilisation(model) => {
			Some(*model)
		}
		OracleKey::Price(_) => None,
	}
}

/// The keys of a model.
pub(crate) fn keys_of_model(model: ModelId) -> [OracleKey; 3] {
	[OracleKey::Resale(model), OracleKey::Rental(model), OracleKey::Utilisation(model)]
}

/// The highest value a key may have.
pub(crate) fn highest_value(key: &OracleKey) -> u128 {
	match key {
		OracleKey::Utilisation(_) => FULL_UTILISATION,
		OracleKey::Resale(_) | OracleKey::Rental(_) | OracleKey::Price(_) => MAX_PRICE,
	}
}

/// The value under which a key's moves are measured as if it were this.
pub(crate) fn move_floor(key: &OracleKey) -> u128 {
	match key {
		OracleKey::Utilisation(_) => UTILISATION_MOVE_FLOOR,
		OracleKey::Resale(_) | OracleKey::Rental(_) | OracleKey::Price(_) => PRICE_MOVE_FLOOR,
	}
}
