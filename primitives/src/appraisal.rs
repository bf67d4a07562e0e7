// SPDX-License-Identifier: Apache-2.0

//! Types of the appraisal.

use crate::{titles::Ineligibility, Balance, ModelId, PricedAssetId, Seconds, TitleId};
use alloc::vec::Vec;
use caliber_math::{appraisal_cap, MathError};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::frame_support::defensive;
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Subject of an oracle operator's report. Only keys of registered models and assets are accepted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Serialize, Deserialize)]
pub enum OracleKey {
	/// Price of one refurbished unit of a model in an orderly sale of 90 days, USD with 18 decimals.
	/// Condition factors are relative to it.
	Resale(ModelId),
	/// Rental rate of one unit-hour of a model, USD with 18 decimals.
	Rental(ModelId),
	/// Share of the hours of a model that are rented; 10^18 is all of them.
	Utilisation(ModelId),
	/// Price of one whole unit of an asset, USD with 18 decimals.
	Price(PricedAssetId),
}

/// Value that an oracle operator reports for a key, 18 decimals.
pub type OracleValue = u128;

/// Status of a model, on which lending against it depends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Serialize, Deserialize)]
pub enum ModelStatus {
	/// In use.
	Listed,
	/// Closed to new titles and new debt for a time. Its values are withheld too if a referendum
	/// paused it.
	Paused,
	/// Closed to new titles and new debt; its feeds are cleared.
	Delisted,
}

/// Kind of the device ids of a model, fixed when the model is added. A title of the model names its
/// devices by ids of this kind alone, so that a machine has one id for ever.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Serialize, Deserialize)]
pub enum Namespace {
	/// `blake2_256("caliber:key:" ‖ SPKI)`, with the public key of the device's identity key in DER.
	/// It is the key of the boot ROM's certificate, second in the chain, and never the attestation
	/// key, which changes with the firmware.
	Key,
	/// `blake2_256("caliber:serial:" ‖ maker ‖ "|" ‖ part ‖ "|" ‖ serial)`, each in upper case and
	/// without white space at its ends.
	Serial,
}

/// Reason for which there is no value. A repayment never needs a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum AppraisalError {
	/// No title has this id.
	UnknownTitle,
	/// No model or asset has this id.
	UnknownKey,
	/// A referendum has paused the model.
	Paused,
	/// The model is delisted.
	Delisted,
	/// A feed that the governed values require has never had enough operators.
	Unavailable(OracleKey),
	/// The last accepted value is too old.
	Stale(OracleKey),
	/// The value is zero.
	Zero,
	/// A figure overflows its type.
	Overflow,
	/// The state holds a figure that the pallet cannot have stored: a defect of the chain.
	Unexpected,
}

impl From<MathError> for AppraisalError {
	fn from(error: MathError) -> Self {
		match error {
			MathError::Overflow => Self::Overflow,
			kind => {
				defensive!("a valuation takes only figures that were checked when stored", kind);
				Self::Unexpected
			}
		}
	}
}

impl AppraisalError {
	/// Returns the reason for which a title without a value may not secure a line.
	pub fn ineligibility(self) -> Ineligibility {
		match self {
			Self::UnknownTitle => Ineligibility::Unknown,
			Self::Paused => Ineligibility::ModelPaused,
			Self::Delisted => Ineligibility::ModelDelisted,
			Self::Stale(_) => Ineligibility::AppraisalStale,
			Self::UnknownKey
			| Self::Unavailable(_)
			| Self::Zero
			| Self::Overflow
			| Self::Unexpected => Ineligibility::AppraisalUnavailable,
		}
	}
}

/// Independent appraisals of a title that count: the two lowest values of the whole title, in USD
/// with 18 decimals. One that governance has confirmed counts twice.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Independent {
	/// Lowest value; `None` without an appraisal.
	pub lowest: Option<Balance>,
	/// Second lowest value; `None` with less than two.
	pub second: Option<Balance>,
}

impl Independent {
	/// No appraisal.
	pub const NONE: Self = Self { lowest: None, second: None };

	/// Returns the two lowest of some values.
	pub fn of(values: impl IntoIterator<Item = Balance>) -> Self {
		values.into_iter().fold(Self::NONE, |Self { lowest, second }, value| match lowest {
			Some(least) if least <= value => {
				let second = second.map_or(value, |second| second.min(value));
				Self { lowest, second: Some(second) }
			}
			_ => Self { lowest: Some(value), second: lowest },
		})
	}

	/// Returns the value above which they keep the title, given its value in a forced sale; `None`
	/// without an appraisal. [`appraisal_cap`] says how.
	pub fn cap(&self, liquidation_value: Balance) -> Option<Balance> {
		self.lowest.map(|lowest| appraisal_cap(lowest, self.second, liquidation_value))
	}
}

/// Value of a title, all amounts in USD with 18 decimals and for all its units.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Valuation {
	/// Cost approach: reference price, depreciated. `None` where the governed values do not
	/// require it and a figure is missing.
	pub cost: Option<Balance>,
	/// Market approach: resale price. `None` as for [`Self::cost`].
	pub market: Option<Balance>,
	/// Income approach: income of the remaining life, discounted. `None` as for [`Self::cost`].
	pub income: Option<Balance>,
	/// Value above which the independent appraisals that count keep the title; `None` without one.
	pub independent: Option<Balance>,
	/// Least of the required approaches, not above [`Self::independent`].
	pub value: Balance,
	/// Value against which new debt is taken: as [`Self::value`], with the last median of each feed
	/// where that is lower than the accepted value. May be zero; never above [`Self::value`].
	pub for_new_debt: Balance,
	/// Value in a forced sale, rounded down: the forced-sale factor times the least of the required
	/// approaches, or times what two independent appraisals support, if that is less. One appraisal
	/// alone does not move it. Never above [`Self::value`].
	pub liquidation_value: Balance,
	/// Time of the oldest oracle value that went in, unix seconds.
	pub as_of: Seconds,
}

/// Largest number of titles that are valued together.
pub const MAX_PORTFOLIO: usize = 256;

/// Values of several titles, amounts in USD with 18 decimals.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct Portfolio {
	/// Titles in the order asked, each with its value or the reason for which it has none.
	pub titles: Vec<(TitleId, Result<Valuation, AppraisalError>)>,
	/// Number of titles that have a value.
	pub valued: u32,
	/// Sum of their values.
	pub value: Balance,
	/// Sum of their liquidation values.
	pub liquidation_value: Balance,
	/// Time of the oldest oracle value that went into any of them, unix seconds; `None` where no
	/// title has a value.
	pub as_of: Option<Seconds>,
}

/// Reason for which titles cannot be valued together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum PortfolioError {
	/// There are more than [`MAX_PORTFOLIO`] titles: ask for them in parts.
	TooManyTitles,
	/// A title is named twice and would count twice: ask for it once.
	DuplicateTitle(TitleId),
	/// The sum overflows: ask for the titles in parts.
	Overflow,
}

/// Report on a feed, for operators, pages and auditors.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct FeedReport {
	/// Last accepted value and the time from which enough operators support it (unix seconds),
	/// whatever its age and the status of its model; `None` if no value was ever accepted.
	pub last: Option<(OracleValue, Seconds)>,
	/// Reason for which the value may not be used now; `None` if it may be used.
	pub withheld: Option<AppraisalError>,
	/// Least value that can be accepted now; `None` where the next value is taken as it is.
	pub lowest: Option<OracleValue>,
	/// Highest value that can be accepted now; `None` where the next value is taken as it is.
	pub highest: Option<OracleValue>,
	/// Median of the fresh reports at the last acceptance, not limited in its move; `None` if no
	/// value is in force. New debt counts the lower of it and the accepted value.
	pub median: Option<OracleValue>,
	/// First second in which the value is fit for new debt, unix seconds; `None` if no value is in
	/// force.
	pub seasoned_at: Option<Seconds>,
}

/// Report on the price of an asset, for pages and auditors.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct PriceReport {
	/// Key of the oracle.
	pub key: OracleKey,
	/// Its feed.
	pub feed: FeedReport,
}
