// SPDX-License-Identifier: Apache-2.0

//! Why a call is refused.

use crate::frame_support::pallet_macros::pallet_section;

/// A section of the pallet.
#[pallet_section]
mod errors {
	/// Why a call is refused.
	#[pallet::error]
	pub enum Error<T> {
		/// The policy requires no approach: require at least one.
		NoApproachRequired,
		/// The least number of feeders is zero or more than there can be operators.
		InvalidMinFeeders,
		/// The freshness limit is outside of [`MIN_MAX_AGE`]..=[`MAX_MAX_AGE`] seconds.
		InvalidMaxAge,
		/// The move of an update is zero or more than the move of a day: set 0 < update <= day.
		InvalidMoveBounds,
		/// The name is empty or not UTF-8.
		InvalidName,
		/// The reference price is zero or more than [`MAX_PRICE`].
		InvalidReferencePrice,
		/// The release date is no unix time in seconds.
		InvalidReleaseDate,
		/// The economic life is outside of 1..=[`MAX_ECONOMIC_LIFE_MONTHS`].
		InvalidEconomicLife,
		/// The curve does not start at age 0, goes back in age, rises, or exceeds 100 %.
		InvalidCurve,
		/// The factor of a condition is above that of a better one, or that of a new machine is zero.
		InvalidConditionFactors,
		/// The forced-sale factor is zero.
		InvalidForcedSaleFactor,
		/// The discount rate is more than 100 % a year.
		InvalidDiscountRate,
		/// The operating cost is more than [`MAX_PRICE`].
		InvalidOperatingCost,
		/// The advance rate is more than [`MAX_ADVANCE_RATE`].
		InvalidAdvanceRate,
		/// There is no model of this id: add it first.
		UnknownModel,
		/// The model is delisted for ever: add a new one.
		ModelDelisted,
		/// A model keeps its class: add a new one for another class.
		ClassFixed,
		/// The model has this status already.
		StatusUnchanged,
		/// Delisting has consequences that a change of status has not: use `delist_model`.
		UseDelistModel,
		/// All ids of models have been given out.
		TooManyModels,
		/// The symbol is empty or not printable ASCII.
		InvalidSymbol,
		/// An asset of this id is registered: remove it first.
		AssetAlreadyRegistered,
		/// There is no asset of this id: register it first.
		UnknownAsset,
		/// The caller is not an oracle operator.
		NotOperator,
		/// The caller has fed in this block: wait for the next.
		AlreadyFed,
		/// The call carries no value.
		NoValues,
		/// The call carries two values for one key: send one.
		DuplicateKey,
		/// The key belongs to no registered model or asset.
		UnknownKey,
		/// A price is zero; only utilisation may be.
		ZeroPrice,
		/// The value is more than [`MAX_PRICE`] or, for utilisation, than [`FULL_UTILISATION`].
		ValueTooHigh,
		/// The period of an update is outside of [`MIN_UPDATE_PERIOD`]..=[`MAX_UPDATE_PERIOD`] seconds.
		InvalidUpdatePeriod,
	}
}
