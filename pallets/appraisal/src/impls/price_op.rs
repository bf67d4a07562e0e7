// SPDX-License-Identifier: Apache-2.0

//! The accepted value of a key, its price history and its median, which change together.

use super::MILLIS;
use crate::{
	pallet::{Config, Medians, PriceHistories},
	types::{move_floor, Median, MoveBounds, PriceHistory, LONGEST_GAP},
};
use caliber_math::MathError;
use caliber_primitives::{
	appraisal::{OracleKey, OracleValue},
	governance::values::AppraisalValues,
	Seconds,
};
use core::marker::PhantomData;
use polkadot_sdk::pallet_oracle::{TimestampedValue, Values};

/// Value of `pallet-oracle`, its time in unix milliseconds.
pub(crate) type Timed = TimestampedValue<OracleValue, u64>;

/// Value in force of a key and its price history, under one set of governed values and at one time.
pub(crate) struct PriceOp<'a, T> {
	/// Key of the value.
	key: OracleKey,
	/// Value in force and its history; none before the first acceptance.
	in_force: Option<(Timed, PriceHistory)>,
	/// Governed values that limit the next move.
	policy: &'a AppraisalValues,
	/// Time of the block, unix seconds.
	now: Seconds,
	_runtime: PhantomData<T>,
}

/// Value that is accepted for a key, with the history that includes it. Not stored yet.
#[must_use = "an accepted value takes effect by `commit` only"]
pub(crate) struct AcceptedPrice<T> {
	/// Key of the value.
	key: OracleKey,
	/// Accepted value.
	accepted: Timed,
	/// History of the key from now on.
	history: PriceHistory,
	/// Median of the key from now on.
	median: Median,
	_runtime: PhantomData<T>,
}

impl<'a, T: Config> PriceOp<'a, T> {
	/// Loads the value in force and its history.
	///
	/// Each value has a history (INV-A7). If it were missing, the value alone would limit the move.
	pub(crate) fn load(key: OracleKey, policy: &'a AppraisalValues, now: Seconds) -> Self {
		let in_force = Values::<T>::get(key).map(|timed| {
			let history = PriceHistories::<T>::get(key)
				.unwrap_or_else(|| PriceHistory::start_limited(timed.value, now, policy));
			(timed, history)
		});
		Self { key, in_force, policy, now, _runtime: PhantomData }
	}

	/// Returns the bounds of the next value; none where it is accepted as it is.
	///
	/// # Errors
	/// [`MathError::Overflow`] when a bound does not fit `u128`. No stored value is that high.
	pub(crate) fn bounds(&self) -> Result<Option<MoveBounds>, MathError> {
		match &self.in_force {
			None => Ok(None),
			Some((timed, history)) => {
				history.bounds(timed.value, move_floor(&self.key), self.now, self.policy)
			}
		}
	}

	/// Accepts the median as far as the value may move (see [`MoveBounds`]), dated `as_of`, unix
	/// milliseconds. The first value of a key is accepted as it is.
	///
	/// The value in force limits the move however old it is. If it were dropped after an outage,
	/// an attacker who silences the operators for that long could then name any price.
	///
	/// # Errors
	/// Same as [`Self::bounds`].
	pub(crate) fn accept(
		self,
		median: OracleValue,
		as_of: u64,
	) -> Result<AcceptedPrice<T>, MathError> {
		let usable_since = self.usable_since();
		let Self { key, in_force, policy, now, _runtime } = self;
		let (value, history) = match in_force {
			None => (median, PriceHistory::start(median, now, policy)),
			Some((former, history)) => {
				history.accept(former.value, median, move_floor(&key), now, policy)?
			}
		};
		let accepted = TimestampedValue { value, timestamp: as_of };
		let median = Median { value: median, usable_since };
		Ok(AcceptedPrice { key, accepted, history, median, _runtime })
	}

	/// Returns the time since which the history of the value counts, if one is accepted now: now for
	/// the first value, and where the value in force was too old for more than [`LONGEST_GAP`].
	fn usable_since(&self) -> Seconds {
		let Some((former, _)) = &self.in_force else { return self.now };
		let usable_until = as_of(former).saturating_add(self.policy.max_age);
		if self.now.saturating_sub(usable_until) > LONGEST_GAP {
			return self.now;
		}
		// Each value has a median (INV-A11). Were it missing, the history would begin again.
		Medians::<T>::get(self.key).map_or(self.now, |median| median.usable_since)
	}

	/// Removes the value in force, its history and its median.
	pub(crate) fn remove(key: OracleKey) {
		Values::<T>::remove(key);
		PriceHistories::<T>::remove(key);
		Medians::<T>::remove(key);
	}
}

impl<T: Config> AcceptedPrice<T> {
	/// Stores the value, its history and its median, and returns the value.
	pub(crate) fn commit(self) -> Timed {
		Values::<T>::insert(self.key, self.accepted);
		PriceHistories::<T>::insert(self.key, self.history);
		Medians::<T>::insert(self.key, self.median);
		self.accepted
	}
}

/// Returns the time of a value, unix seconds.
pub(crate) fn as_of(timed: &Timed) -> Seconds {
	timed.timestamp / MILLIS
}
