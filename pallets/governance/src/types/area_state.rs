// SPDX-License-Identifier: Apache-2.0

//! State of an area: the values that referenda set, the brakes on them, and those on their way.

use caliber_primitives::{
	governance::{Area, BrakeError, BrakeTerms, Kind},
	Seconds,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;

/// Largest number of brakes of an area, resting ones included.
pub const MAX_BRAKES: u32 = 32;
/// Largest number of values of an area that are on their way.
pub const MAX_RAMPS: u32 = 8;

/// Brake on a value of an area.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct ValueBrake<V> {
	/// Value that counts if it is the stricter.
	pub value: V,
	/// First second after the brake, unix seconds.
	pub until: Seconds,
}

/// Way of a value to the one that was set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Ramp<V> {
	/// Value from which it moves.
	pub from: V,
	/// Second in which the move begins, unix seconds.
	pub starts_at: Seconds,
	/// Second in which the move is complete, unix seconds.
	pub ends_at: Seconds,
}

/// State of an area, as for tempo 1: its values `A`, each of type `V`.
#[derive(Clone, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct AreaState<A, V> {
	/// Values of the last referenda. One on its way is here already.
	pub values: A,
	/// Brakes, one at most on each value. One that is over stays until it has rested.
	pub brakes: BoundedVec<ValueBrake<V>, ConstU32<MAX_BRAKES>>,
	/// Values on their way, one entry at most for each.
	pub ramps: BoundedVec<Ramp<V>, ConstU32<MAX_RAMPS>>,
}

impl<A: Default, V> Default for AreaState<A, V> {
	fn default() -> Self {
		Self { values: A::default(), brakes: BoundedVec::new(), ramps: BoundedVec::new() }
	}
}

/// State of an area.
pub type AreaStateOf<A> = AreaState<A, <A as Area>::Value>;

/// Reason for which a list of an area takes no more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Full;

impl<A: Area> AreaState<A, A::Value> {
	/// Returns the values that count at `now`, on a chain of tempo 1.
	pub fn at(&self, now: Seconds) -> A {
		let mut values = self.moving_at(now);
		for brake in self.brakes.iter().filter(|brake| now < brake.until) {
			values.tighten(&brake.value);
		}
		values
	}

	/// Returns the governed values at `now`, each where it is on its way, without brakes.
	fn moving_at(&self, now: Seconds) -> A {
		let mut values = self.values.clone();
		for ramp in self.ramps.iter().filter(|ramp| now < ramp.ends_at) {
			let passed = now.max(ramp.starts_at) - ramp.starts_at;
			let to = self.values.current(&ramp.from);
			values.set(&A::between(&ramp.from, &to, passed, ramp.ends_at - ramp.starts_at));
		}
		values
	}

	/// Drops the moves that are complete at `now`, and the brakes that have rested.
	fn forget(&mut self, now: Seconds, rest: Seconds) {
		self.ramps.retain(|ramp| now < ramp.ends_at);
		// An end beyond all times is never reached.
		self.brakes.retain(|brake| now < brake.until.saturating_add(rest));
	}

	/// Sets a value at `now`. One that moves a price moves there within `period` seconds from where
	/// it stands. Returns the second in which such a move is complete; [`Full`] if the area
	/// holds too many moves.
	pub(crate) fn set(
		&mut self,
		value: &A::Value,
		now: Seconds,
		period: Seconds,
		rest: Seconds,
	) -> Result<Option<Seconds>, Full> {
		self.forget(now, rest);
		let from = self.moving_at(now).current(value);
		self.values.set(value);
		self.ramps.retain(|ramp| A::index(&ramp.from) != A::index(value));
		if A::kind(value) != Kind::Price {
			return Ok(None);
		}
		// An end beyond all times is never reached.
		let ends_at = now.saturating_add(period);
		self.ramps.try_push(Ramp { from, starts_at: now, ends_at }).map_err(|_| Full)?;
		Ok(Some(ends_at))
	}

	/// Brakes a value at `now`, or makes the brake on it stricter. Returns the first second after
	/// it; [`Full`] if the area holds too many.
	pub(crate) fn brake(
		&mut self,
		value: &A::Value,
		now: Seconds,
		terms: &BrakeTerms,
	) -> Result<Result<Seconds, BrakeError>, Full> {
		let counting = self.at(now);
		let mut braked = counting.clone();
		braked.tighten(value);
		if braked == counting {
			return Ok(Err(BrakeError::NotStricter));
		}
		self.forget(now, terms.rest);
		let known = self.brakes.iter_mut().find(|brake| A::index(&brake.value) == A::index(value));
		Ok(match known {
			Some(brake) if now < brake.until => {
				brake.value = *value;
				Ok(brake.until)
			}
			Some(brake) => Err(BrakeError::Resting(brake.until.saturating_add(terms.rest))),
			None => {
				let until = now.saturating_add(terms.duration);
				let brake = ValueBrake { value: *value, until };
				self.brakes.try_push(brake).map_err(|_| Full)?;
				Ok(until)
			}
		})
	}

	/// Ends the brake on the value of this index at `now`. Returns false if none lasts.
	pub(crate) fn release(&mut self, index: u8, now: Seconds, rest: Seconds) -> bool {
		self.forget(now, rest);
		let brake = self.brakes.iter_mut().find(|brake| A::index(&brake.value) == index);
		match brake {
			Some(brake) if now < brake.until => {
				brake.until = now;
				true
			}
			_ => false,
		}
	}
}
