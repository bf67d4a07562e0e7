// SPDX-License-Identifier: Apache-2.0

//! Types of the appraisal pallet: records, their bounds, and the limit on moves. None of them knows
//! the runtime.

mod keys;
mod medians;
mod models;
pub mod move_bounds;
pub mod price_history;

pub(crate) use keys::{highest_value, keys_of_model, model_of_key};
pub use keys::{FULL_UTILISATION, MAX_PRICE};
pub use medians::{Median, LONGEST_GAP};
pub use models::{
	ConditionFactors, Curve, FinalValues, LastValue, ModelName, ModelRecord, ModelSpec, ModelTerms,
	MAX_ADVANCE_RATE, MAX_ECONOMIC_LIFE_MONTHS, MAX_UNIX_TIME,
};
pub(crate) use move_bounds::move_floor;
pub use move_bounds::{MoveBounds, PRICE_MOVE_FLOOR, UTILISATION_MOVE_FLOOR};
pub use price_history::{
	Bucket, Buckets, PriceHistory, MAX_DAY_BUCKETS, MAX_UPDATE_BUCKETS, UPDATE_BUCKETS,
};

use caliber_primitives::appraisal::{OracleKey, OracleValue};
use polkadot_sdk::{
	frame_support::{traits::ConstU32, BoundedVec},
	pallet_oracle,
};

/// Symbol of an asset, printable ASCII.
pub type Symbol = BoundedVec<u8, ConstU32<16>>;

/// Keys and values of one call of [`Pallet::feed`](crate::Pallet::feed).
pub type FeedValuesOf<T> =
	BoundedVec<(OracleKey, OracleValue), <T as pallet_oracle::Config>::MaxFeedValues>;
