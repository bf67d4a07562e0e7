// SPDX-License-Identifier: Apache-2.0

//! Errors of the appraisal pallet.

use crate::frame_support::pallet_macros::pallet_section;

/// Errors of the appraisal pallet.
#[pallet_section]
mod errors {
	/// Errors of the calls.
	#[pallet::error]
	pub enum Error<T> {
		/// The name is empty or not UTF-8.
		InvalidName,
		/// The reference price is zero or above [`MAX_PRICE`].
		InvalidReferencePrice,
		/// The release date is after [`MAX_UNIX_TIME`]: give unix seconds.
		InvalidReleaseDate,
		/// The economic life is outside of 1..=[`MAX_ECONOMIC_LIFE_MONTHS`].
		InvalidEconomicLife,
		/// The curve does not start at age 0, goes back in age, rises, or exceeds 100 %.
		InvalidCurve,
		/// The factor of a condition is above that of a better one, or that of a new machine is
		/// zero.
		InvalidConditionFactors,
		/// The forced-sale factor is zero.
		InvalidForcedSaleFactor,
		/// The discount rate is above 100 % a year.
		InvalidDiscountRate,
		/// The operating cost is above [`MAX_PRICE`].
		InvalidOperatingCost,
		/// The advance rate is above [`MAX_ADVANCE_RATE`].
		InvalidAdvanceRate,
		/// No model has this id: add it first.
		UnknownModel,
		/// The model is permanently delisted: add a new one.
		ModelDelisted,
		/// The class of a model is fixed: add a new model for another class.
		ClassFixed,
		/// The namespace of a model's devices is fixed: add a new model for another namespace.
		NamespaceFixed,
		/// The model already has this status, or a referendum already paused it.
		StatusUnchanged,
		/// A change of status cannot delist: use `delist_model`.
		UseDelistModel,
		/// All ids of models are used.
		TooManyModels,
		/// The symbol is empty or not printable ASCII.
		InvalidSymbol,
		/// The id is taken by another asset: remove that asset first.
		AssetAlreadyRegistered,
		/// No asset has this id: register it first.
		UnknownAsset,
		/// The caller is not an oracle operator.
		NotOperator,
		/// The caller has already fed in this block: wait for the next one.
		AlreadyFed,
		/// The call carries no value.
		NoValues,
		/// The call carries two values for one key: send one.
		DuplicateKey,
		/// The key belongs to no registered model or asset.
		UnknownKey,
		/// The price is zero. Only a utilisation may be zero.
		ZeroPrice,
		/// The price is above [`MAX_PRICE`], or the utilisation above [`FULL_UTILISATION`].
		ValueTooHigh,
		/// All versions of the model are used: add a new model.
		TooManyVersions,
		/// The model is paused already.
		NotStricter,
		/// The committee's pause ended a short time ago: wait until its rest is over.
		BrakeResting,
	}
}
