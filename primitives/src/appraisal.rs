//! Types of the appraisal.

use crate::{titles::Ineligibility, Balance, ModelId, PricedAssetId, Seconds, TitleId};
use alloc::vec::Vec;
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

impl AppraisalError {
	/// What a title that has no value for this reason is told when it is to secure a line.
	pub fn ineligibility(self) -> Ineligibility {
		match self {
			Self::UnknownTitle => Ineligibility::Unknown,
			Self::Paused => Ineligibility::ModelPaused,
			Self::Delisted => Ineligibility::ModelDelisted,
			Self::Stale(_) => Ineligibility::AppraisalStale,
			Self::UnknownKey | Self::Unavailable(_) | Self::Zero | Self::Overflow => {
				Ineligibility::AppraisalUnavailable
			}
		}
	}
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
	/// What the latest independent appraisal that is still valid says; none where there is none.
	pub independent: Option<Balance>,
	/// The least of the required approaches, not above the independent appraisal.
	pub value: Balance,
	/// `value` times the forced-sale factor.
	pub liquidation_value: Balance,
	/// The oldest oracle value that went in, unix seconds.
	pub as_of: Seconds,
}

/// The most titles that are valued in one go.
pub const MAX_PORTFOLIO: usize = 256;

/// The values of several titles, amounts in USD with 18 decimals.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct Portfolio {
	/// Each title, in the order asked, with its value or the reason why it has none.
	pub titles: Vec<(TitleId, Result<Valuation, AppraisalError>)>,
	/// The number of titles that have a value.
	pub valued: u32,
	/// The sum of their values.
	pub value: Balance,
	/// The sum of their liquidation values.
	pub liquidation_value: Balance,
	/// The oldest oracle value that went into any of them, unix seconds; none where none has a value.
	pub as_of: Option<Seconds>,
}

/// Why titles are not valued together.
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
pub enum PortfolioError {
	/// More than [`MAX_PORTFOLIO`] titles: ask for them in parts.
	TooManyTitles,
	/// A title is there twice, and would count twice: ask for it once.
	DuplicateTitle(TitleId),
	/// The sum left the range of the arithmetic: ask for the titles in parts.
	Overflow,
}

/// A feed as operators, pages and auditors see it.
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
pub struct FeedReport {
	/// The value that was accepted last and the time from which enough operators support it (unix
	/// seconds), however old and whatever the status of its model; none if there never was one.
	pub last: Option<(OracleValue, Seconds)>,
	/// Why it may not be used now, if it may not.
	pub withheld: Option<AppraisalError>,
	/// The least that could be accepted now; none where the next value is taken as it is.
	pub lowest: Option<OracleValue>,
	/// The most that could be accepted now; none where the next value is taken as it is.
	pub highest: Option<OracleValue>,
}
