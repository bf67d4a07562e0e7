// SPDX-License-Identifier: Apache-2.0

//! From what the operators report to the one value that is accepted.

use crate::{
	pallet::{Config, DayOpening, Event, Pallet, Policy},
	types::{move_floor, AppraisalPolicy, Opening, DAY_SECS},
};
use alloc::vec::Vec;
use caliber_math::{clamp_move, median, MathError};
use caliber_primitives::{
	appraisal::{OracleKey, OracleValue},
	Seconds,
};
use polkadot_sdk::{
	frame_support::traits::Defensive,
	pallet_oracle::{CombineData, TimestampedValue},
	sp_runtime::Perbill,
};

/// Milliseconds in a second: the oracle's moments are those of `pallet-timestamp`.
pub(crate) const MILLIS: u64 = 1_000;

/// A value of `pallet-oracle`, its time in unix milliseconds.
type Timed = TimestampedValue<OracleValue, u64>;

/// The values that are young enough to count.
struct Fresh {
	/// The values.
	values: Vec<OracleValue>,
	/// The time, in milliseconds, from which the required number of them has been there.
	supported_since: u64,
}

impl<T: Config> CombineData<OracleKey, Timed> for Pallet<T> {
	/// The value to accept; none when too few are fresh, and then the one before stays and ages.
	///
	/// Asked by `pallet-oracle` only while a value is fed, and what is returned is stored. So this is
	/// where the day's opening is kept and the acceptance is announced.
	fn combine_data(key: &OracleKey, values: Vec<Timed>, previous: Option<Timed>) -> Option<Timed> {
		// Root feeds without passing by our call. What nothing is registered for, or what its key cannot
		// be worth, is never accepted.
		Self::ensure_open(key).ok()?;
		let policy = Policy::<T>::get();
		let now = Self::now();
		let Fresh { mut values, supported_since } = fresh(&values, &policy, now)?;
		let feeders = values.len() as u32;
		let median = median(&mut values)?;
		Self::ensure_value(key, median).ok()?;

		// The value before bounds the move however old it is. Were it dropped after an outage, whoever
		// can silence the operators for that long could then name any price.
		let previous = previous.map(|timed| timed.value);
		let opening = day_opening(DayOpening::<T>::get(key), previous.unwrap_or(median), now);
		let value = accepted(move_floor(key), &policy, opening.value, previous, median)
			.defensive_proof("values and moves are bounded far below the type")
			.ok()?;

		DayOpening::<T>::insert(key, opening);
		Self::deposit_event(Event::PriceAccepted {
			key: *key,
			value,
			as_of: supported_since / MILLIS,
			median,
			feeders,
		});
		Some(TimestampedValue { value, timestamp: supported_since })
	}
}

/// The fresh ones of the raw values, if they are enough.
///
/// Their date is that of the `min_feeders`-th most recent, not of the latest: so many operators have
/// spoken since then.
fn fresh(values: &[Timed], policy: &AppraisalPolicy, now: Seconds) -> Option<Fresh> {
	let is_fresh = |timed: &&Timed| {
		now.checked_sub(timed.timestamp / MILLIS).is_some_and(|age| age <= policy.max_age)
	};
	let (values, mut times): (Vec<_>, Vec<_>) =
		values.iter().filter(is_fresh).map(|timed| (timed.value, timed.timestamp)).unzip();
	times.sort_unstable_by(|a, b| b.cmp(a));
	let last_needed = usize::try_from(policy.min_feeders).ok()?.checked_sub(1)?;
	let supported_since = *times.get(last_needed)?;
	Some(Fresh { values, supported_since })
}

/// The opening of the running day: the stored one until it is a day old, then the last value accepted.
fn day_opening(stored: Option<Opening>, last: OracleValue, now: Seconds) -> Opening {
	stored
		.filter(|opening| now.checked_sub(opening.since).is_some_and(|age| age < DAY_SECS))
		.unwrap_or(Opening { value: last, since: now })
}

/// The median as far as it may move: from the value before by the bound of an update, from the day's
/// opening by the bound of a day. The first value of a key has nothing to move from.
fn accepted(
	floor: u128,
	policy: &AppraisalPolicy,
	opening: OracleValue,
	previous: Option<OracleValue>,
	median: OracleValue,
) -> Result<OracleValue, MathError> {
	let Some(previous) = previous else { return Ok(median) };
	let updated = limited(floor, previous, median, policy.max_move_per_update)?;
	let of_day = limited(floor, opening, updated, policy.max_move_per_day)?;
	// A policy that was tightened during the day may leave the value before outside of the day's bounds.
	// It then stays, rather than being thrown back against the median.
	Ok(of_day.clamp(previous.min(updated), previous.max(updated)))
}

/// `proposed`, no further from `reference` than `share` of it, or of `floor` where that is more.
fn limited(
	floor: u128,
	reference: OracleValue,
	proposed: OracleValue,
	share: Perbill,
) -> Result<OracleValue, MathError> {
	// Lifted by what the reference is under the floor, the same distance is a share of the floor.
	let lift = reference.max(floor) - reference;
	let lifted = |value: OracleValue| value.checked_add(lift).ok_or(MathError::Overflow);
	let moved = clamp_move(lifted(reference)?, lifted(proposed)?, share.deconstruct())?;
	// It lies between two values that were lifted.
	moved.checked_sub(lift).ok_or(MathError::Overflow)
}
