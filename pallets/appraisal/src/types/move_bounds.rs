// SPDX-License-Identifier: Apache-2.0

//! Limits on the next accepted value of a key: by default 10 % in ten minutes and 25 % in a day.
//!
//! # Rule
//!
//! A value is *in force* from its acceptance until the next one is accepted. Of any two values of a
//! key, the later one differs from the earlier
//!
//! - by at most [`max_move_per_update`], if both were in force within one [`update_period`];
//! - by at most [`max_move_per_day`], if both were in force within 24 hours.
//!
//! Both limits are shares of the earlier value, rounded down. The periods slide: no move is
//! possible at the turn of a period that is not possible within it. Values accepted in one block
//! are zero seconds apart, so that the reports of all operators in one block make one move.
//!
//! # Consequences
//!
//! - A value that fell by 25 % recovers to 93.75 % of its origin within a day (75 % and a quarter
//!   of that), and needs a second day for the rest.
//! - A value that rose falls back at once, as far as [`max_move_per_update`] allows.
//!
//! # Exceptions
//!
//! - The first value of a key is accepted as it is, and so is every other one for an update period
//!   after it. Otherwise one dishonest first report would hold up the honest ones for days.
//! - Changed limits bind the next value, as far back as the [`PriceHistory`] kept under the old
//!   ones reaches. A change of them never moves the value in force.
//! - Moves of a value below its floor ([`PRICE_MOVE_FLOOR`], [`UTILISATION_MOVE_FLOOR`]) are
//!   measured as if the value were the floor.
//!
//! [`max_move_per_update`]: caliber_primitives::governance::values::AppraisalValues::max_move_per_update
//! [`max_move_per_day`]: caliber_primitives::governance::values::AppraisalValues::max_move_per_day
//! [`update_period`]: caliber_primitives::governance::values::AppraisalValues::update_period
//! [`PriceHistory`]: super::PriceHistory

use super::FULL_UTILISATION;
use caliber_math::{MathError, Rounding, WAD};
use caliber_primitives::{appraisal::OracleKey, ShareOf};
use polkadot_sdk::sp_runtime::Perbill;

/// Floor for the moves of a price: a billionth of a dollar. A share of fewer units would round to
/// zero, and the price could never rise again.
pub const PRICE_MOVE_FLOOR: u128 = WAD / 1_000_000_000;
/// Floor for the moves of a utilisation: a tenth of the hours. A share of zero is zero, and the
/// utilisation of an idle model could never rise again.
pub const UTILISATION_MOVE_FLOOR: u128 = FULL_UTILISATION / 10;

/// Returns the value from which the moves of a key are measured if its value is lower.
pub(crate) fn move_floor(key: &OracleKey) -> u128 {
	match key {
		OracleKey::Utilisation(_) => UTILISATION_MOVE_FLOOR,
		OracleKey::Resale(_) | OracleKey::Rental(_) | OracleKey::Price(_) => PRICE_MOVE_FLOOR,
	}
}

/// Lowest and highest value that can be accepted next, by the rule of [this module](self). The value
/// in force is always between them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MoveBounds {
	/// Lowest value that can be accepted.
	pub lowest: u128,
	/// Highest value that can be accepted.
	pub highest: u128,
}

impl MoveBounds {
	/// Returns the values that are within `share` of every value from `low` to `high`:
	/// `high − ⌊share · max(high, floor)⌋` to `low + ⌊share · max(low, floor)⌋`, not below zero.
	///
	/// The two extremes bind: for every value between them the distance leads at least as far.
	///
	/// # Errors
	/// [`MathError::Overflow`] when a bound does not fit `u128`. No stored value is that high.
	pub(super) fn from_extremes(
		(low, high): (u128, u128),
		floor: u128,
		share: Perbill,
	) -> Result<Self, MathError> {
		let distance = |value: u128| share.share_of(value.max(floor), Rounding::Down);
		Ok(Self {
			// Below the floor the distance can exceed the value.
			lowest: high - distance(high).min(high),
			highest: low.checked_add(distance(low)).ok_or(MathError::Overflow)?,
		})
	}

	/// Returns the values that are within both bounds, and `in_force` in any case.
	///
	/// The value in force is outside of the bounds after a limit was tightened. It stays, instead
	/// of being thrown back against the median.
	pub(super) fn and(self, other: Self, in_force: u128) -> Self {
		Self {
			lowest: self.lowest.max(other.lowest).min(in_force),
			highest: self.highest.min(other.highest).max(in_force),
		}
	}

	/// Returns the value within the bounds that is nearest to `median`.
	pub(super) fn clamp(&self, median: u128) -> u128 {
		median.clamp(self.lowest, self.highest)
	}
}
