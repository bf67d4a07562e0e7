//! Types of the appraisal.

use crate::{Balance, ModelId, PricedAssetId, Seconds};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// What an oracle operator may report on. Only keys of registered models and assets are accepted.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub enum OracleKey {
	/// Resale price of one unit of a model, USD with 18 decimals.
	Resale(ModelId),
	/// Rental rate of one unit-hour of a model, USD with 18 decimals.
	Rental(ModelId),
	/// Share of the hours of a model that are rented, 10^18 = all.
	Utilisation(ModelId),
	/// Price of one whole unit of an asset, USD with 18 decimals.
	Price(PricedAssetId),
}

/// What an oracle operator reports for a key.
pub type OracleValue = u128;

/// Whether a model may be lent against.
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
	Serialize,
	Deserialize,
)]
pub enum ModelStatus {
	/// In use.
	Listed,
	/// Values are withheld until it is resumed.
	Paused,
	/// Gone for new business; its feeds are cleared.
	Delisted,
}

/// Why there is no value. Repaying never needs one.
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
pub enum AppraisalError {
	/// No such title.
	UnknownTitle,
	/// No such model or asset.
	UnknownKey,
	/// The model is paused.
	Paused,
	/// The model is delisted.
	Delisted,
	/// A feed the policy requires has never had enough feeders.
	Unavailable(OracleKey),
	/// The last combined value is too old.
	Stale(OracleKey),
	/// The value comes out as nothing.
	Zero,
	/// A number left the range of the arithmetic.
	Overflow,
}

/// The value of a title, all amounts in USD with 18 decimals and for all its units.
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
pub struct Valuation {
	/// Cost approach: reference price, depreciated. None where the policy does not ask for it and
	/// it cannot be had.
	pub cost: Option<Balance>,
	/// Market approach: resale price.
	pub market: Option<Balance>,
	/// Income approach: what the remaining life earns, discounted.
	pub income: Option<Balance>,
	/// The least of the required approaches, not above a valid independent appraisal.
	pub value: Balance,
	/// `value` times the forced-sale factor.
	pub liquidation_value: Balance,
	/// The oldest oracle value that went in, unix seconds.
	pub as_of: Seconds,
}
