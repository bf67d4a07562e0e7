// SPDX-License-Identifier: Apache-2.0

//! From what the operators report to the one value that is accepted.

use crate::{
	course::Course,
	pallet::{Config, Courses, Event, Pallet, Policy},
	types::{move_floor, AppraisalPolicy},
};
use alloc::vec::Vec;
use caliber_math::{median, MathError};
use caliber_primitives::{
	appraisal::{OracleKey, OracleValue},
	traits::OnNewAppraisal,
	Seconds,
};
use polkadot_sdk::{
	frame_support::traits::Defensive,
	pallet_oracle::{CombineData, TimestampedValue, Values},
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
	/// where the course of the value is kept and the acceptance is announced.
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
		let value =
			Self::move_towards(key, median, previous.map(|timed| timed.value), now, &policy)
				.defensive_proof("values and moves are bounded far below the type")
				.ok()?;

		let accepted = TimestampedValue { value, timestamp: supported_since };
		let as_of = supported_since / MILLIS;
		Self::deposit_event(Event::PriceAccepted { key: *key, value, as_of, median, feeders });
		// `pallet-oracle` stores it after this. Whoever is told may read it, and must not find the value
		// before.
		Values::<T>::insert(key, accepted);
		T::OnNewAppraisal::on_new_appraisal(key, value, as_of);
		Some(accepted)
	}
}

impl<T: Config> Pallet<T> {
	/// The median as far as the value may move, remembered as the value in force from now on. The first
	/// value of a key has nothing to move from. Where there is a value there is a course; were it
	/// missing, the value alone would bound the move.
	///
	/// The value before bounds the move however old it is. Were it dropped after an outage, whoever can
	/// silence the operators for that long could then name any price.
	fn move_towards(
		key: &OracleKey,
		median: OracleValue,
		previous: Option<OracleValue>,
		now: Seconds,
		policy: &AppraisalPolicy,
	) -> Result<OracleValue, MathError> {
		let (value, course) = match previous {
			None => (median, Course::begin(median, now, policy)),
			Some(previous) => Courses::<T>::get(key)
				.unwrap_or_else(|| Course {
					free_until: now,
					..Course::begin(previous, now, policy)
				})
				.moved(previous, median, move_floor(key), now, policy)?,
		};
		Courses::<T>::insert(key, course);
		Ok(value)
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
