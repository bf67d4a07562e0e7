// SPDX-License-Identifier: Apache-2.0

//! The governed rules by which values are accepted and used.

use caliber_math::SECONDS_PER_DAY;
use caliber_primitives::Seconds;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::sp_runtime::Perbill;
use scale_info::TypeInfo;

/// Shortest freshness limit of a policy: a minute.
pub const MIN_MAX_AGE: Seconds = 60;
/// Longest freshness limit of a policy: thirty days.
pub const MAX_MAX_AGE: Seconds = 30 * SECONDS_PER_DAY;
/// Shortest update period of a policy: a second, which limits each block to one move.
pub const MIN_UPDATE_PERIOD: Seconds = 1;
/// Longest update period of a policy: a day.
pub const MAX_UPDATE_PERIOD: Seconds = SECONDS_PER_DAY;

/// Rules by which values are accepted and used.
#[derive(Clone, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct ValuationPolicy {
	/// True if the cost approach is required and counts in the value.
	pub require_cost: bool,
	/// True if the market approach is required and counts in the value.
	pub require_market: bool,
	/// True if the income approach is required and counts in the value.
	pub require_income: bool,
	/// Fewest fresh values from which a median is accepted.
	pub min_feeders: u32,
	/// Greatest age of a fresh value, in seconds.
	pub max_age: Seconds,
	/// Period of [`Self::max_move_per_update`], in seconds.
	pub update_period: Seconds,
	/// Greatest difference of a new value to each value in force within the update period before
	/// it, as a share of the earlier value.
	pub max_move_per_update: Perbill,
	/// Greatest difference of a new value to each value in force within the day before it, as a
	/// share of the earlier value.
	pub max_move_per_day: Perbill,
}

impl Default for ValuationPolicy {
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
