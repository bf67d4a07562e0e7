// SPDX-License-Identifier: Apache-2.0

//! Recent accepted values of a key, from which [`MoveBounds`] are computed.
//!
//! Values are kept in buckets of time, each with the lowest and the highest value in force during
//! it: a quarter of the update period for the limit of an update, an hour for the limit of a day. A
//! bucket is dropped once every value in it was replaced longer ago than the period. A limit
//! therefore looks back up to one bucket further than its period: 24 to 25 hours for a day, 10 to
//! 12.5 minutes for an update period of ten minutes. There are at most [`MAX_DAY_BUCKETS`] and
//! [`MAX_UPDATE_BUCKETS`] buckets, whatever is fed and however often.

use super::MoveBounds;
use caliber_math::{MathError, SECONDS_PER_DAY, SECONDS_PER_HOUR};
use caliber_primitives::{governance::values::AppraisalValues, Seconds};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::frame_support::{
	traits::{ConstU32, Defensive, Get},
	BoundedVec,
};
use scale_info::TypeInfo;

/// Most buckets of the day: 24 hours and the current one.
pub const MAX_DAY_BUCKETS: u32 = 25;
/// Number of buckets into which an update period is divided.
pub const UPDATE_BUCKETS: Seconds = 4;
/// Most buckets of the update period: its quarters and the current one.
pub const MAX_UPDATE_BUCKETS: u32 = 5;

/// Lowest and highest value in force during one bucket of time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Bucket {
	/// Start of the bucket, unix seconds.
	pub since: Seconds,
	/// Lowest value in force during the bucket.
	pub low: u128,
	/// Highest value in force during the bucket.
	pub high: u128,
}

/// Buckets of one period, oldest first.
pub type Buckets<S> = BoundedVec<Bucket, S>;

/// Recent accepted values of a key; the base for the limit on the next move.
#[derive(Clone, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct PriceHistory {
	/// Time from which moves are limited, unix seconds: one update period after the first value.
	pub free_until: Seconds,
	/// Buckets of the last update period.
	pub recent: Buckets<ConstU32<MAX_UPDATE_BUCKETS>>,
	/// Buckets of the last day.
	pub day: Buckets<ConstU32<MAX_DAY_BUCKETS>>,
}

/// Period for which values count, and the length of its buckets.
#[derive(Clone, Copy)]
struct Lookback {
	/// Length of the period, in seconds.
	period: Seconds,
	/// Length of a bucket, in seconds.
	bucket: Seconds,
}

impl Lookback {
	/// Period of the limit of a day, in buckets of an hour.
	const DAY: Self = Self { period: SECONDS_PER_DAY, bucket: SECONDS_PER_HOUR };

	/// Returns the period of the limit of an update. Period and bucket are at least a second.
	fn of_update(policy: &AppraisalValues) -> Self {
		let period = policy.update_period;
		Self { period, bucket: period.div_ceil(UPDATE_BUCKETS).max(1) }
	}

	/// Returns true if a value of the bucket was in force within the period before `now`.
	///
	/// The last value of a bucket opens the next one, so that all other values of a bucket were
	/// replaced before its end.
	fn covers(&self, bucket: &Bucket, now: Seconds) -> bool {
		let oldest_age = self.period.saturating_add(self.bucket);
		now.saturating_sub(bucket.since) < oldest_age
	}
}

impl PriceHistory {
	/// Starts the history of a key at its first accepted value.
	pub fn start(value: u128, now: Seconds, policy: &AppraisalValues) -> Self {
		let free_until = now.saturating_add(policy.update_period);
		Self { free_until, recent: Buckets::new(), day: Buckets::new() }.restart(value, now, policy)
	}

	/// Starts the history of a key at a value that limits the next one at once.
	pub(crate) fn start_limited(value: u128, now: Seconds, policy: &AppraisalValues) -> Self {
		Self { free_until: now, ..Self::start(value, now, policy) }
	}

	/// Drops all values but `value`, which is in force now.
	fn restart(mut self, value: u128, now: Seconds, policy: &AppraisalValues) -> Self {
		self.recent = Buckets::new();
		self.day = Buckets::new();
		self.record(value, value, now, policy);
		self
	}

	/// Moves the value from `in_force` towards `median` as far as the bounds allow. Returns the
	/// accepted value and the history that includes it.
	///
	/// # Errors
	/// Same as [`Self::bounds`].
	pub fn accept(
		mut self,
		in_force: u128,
		median: u128,
		floor: u128,
		now: Seconds,
		policy: &AppraisalValues,
	) -> Result<(u128, Self), MathError> {
		let Some(bounds) = self.bounds(in_force, floor, now, policy)? else {
			return Ok((median, self.restart(median, now, policy)));
		};
		let value = bounds.clamp(median);
		self.record(in_force, value, now, policy);
		Ok((value, self))
	}

	/// Returns the bounds of the next value while `in_force` is in force; none before
	/// [`Self::free_until`]. A value below `floor` moves as if it were `floor`.
	///
	/// # Errors
	/// [`MathError::Overflow`] when a bound does not fit `u128`. No stored value is that high.
	pub fn bounds(
		&self,
		in_force: u128,
		floor: u128,
		now: Seconds,
		policy: &AppraisalValues,
	) -> Result<Option<MoveBounds>, MathError> {
		if now < self.free_until {
			return Ok(None);
		}
		let update = extremes(&self.recent, Lookback::of_update(policy), in_force, now);
		let day = extremes(&self.day, Lookback::DAY, in_force, now);
		let update = MoveBounds::from_extremes(update, floor, policy.max_move_per_update)?;
		let day = MoveBounds::from_extremes(day, floor, policy.max_move_per_day)?;
		Ok(Some(update.and(day, in_force)))
	}

	/// Records that `value` replaced `in_force`.
	fn record(&mut self, in_force: u128, value: u128, now: Seconds, policy: &AppraisalValues) {
		record(&mut self.recent, Lookback::of_update(policy), in_force, value, now);
		record(&mut self.day, Lookback::DAY, in_force, value, now);
	}
}

/// Returns the lowest and the highest value in force within a period, `in_force` included.
fn extremes<S: Get<u32>>(
	buckets: &Buckets<S>,
	lookback: Lookback,
	in_force: u128,
	now: Seconds,
) -> (u128, u128) {
	buckets
		.iter()
		.filter(|bucket| lookback.covers(bucket, now))
		.fold((in_force, in_force), |(low, high), bucket| {
			(low.min(bucket.low), high.max(bucket.high))
		})
}

/// Records in the current bucket that `value` replaced `in_force`, or opens the next bucket.
fn record<S: Get<u32>>(
	buckets: &mut Buckets<S>,
	lookback: Lookback,
	in_force: u128,
	value: u128,
	now: Seconds,
) {
	buckets.retain(|bucket| lookback.covers(bucket, now));
	let (low, high) = (in_force.min(value), in_force.max(value));
	let current =
		buckets.last_mut().filter(|bucket| now.saturating_sub(bucket.since) < lookback.bucket);
	if let Some(bucket) = current {
		bucket.low = bucket.low.min(low);
		bucket.high = bucket.high.max(high);
		return;
	}
	if buckets.is_full() {
		merge_oldest(buckets);
	}
	let _ = buckets
		.try_push(Bucket { since: now, low, high })
		.defensive_proof("full buckets were merged, and their bound is more than one");
}

/// Merges the two oldest buckets. Buckets are too many only after the update period was lengthened.
/// The merged bucket starts with the younger of the two, which keeps its values longer than needed
/// rather than shorter.
fn merge_oldest<S: Get<u32>>(buckets: &mut Buckets<S>) {
	if buckets.len() < 2 {
		return;
	}
	let oldest = buckets.remove(0);
	if let Some(next) = buckets.get_mut(0) {
		next.low = next.low.min(oldest.low);
		next.high = next.high.max(oldest.high);
	}
}
