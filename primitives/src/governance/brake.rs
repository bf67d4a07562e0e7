// SPDX-License-Identifier: Apache-2.0

//! Brakes: stricter values that run out.

use super::Authority;
use crate::{Balance, Seconds};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Values of which one is the stricter.
pub trait Stricter: Copy + PartialEq {
	/// Returns the stricter of both.
	fn stricter(self, other: Self) -> Self;
}

/// A flag is a stop: `true` is the stricter.
impl Stricter for bool {
	fn stricter(self, other: Self) -> Self {
		self || other
	}
}

/// An amount is a limit: the lower is the stricter.
impl Stricter for Balance {
	fn stricter(self, other: Self) -> Self {
		self.min(other)
	}
}

/// No limit is the least strict one.
impl Stricter for Option<Balance> {
	fn stricter(self, other: Self) -> Self {
		match (self, other) {
			(Some(one), Some(other)) => Some(one.min(other)),
			(one, other) => one.or(other),
		}
	}
}

/// Times that brakes keep, in seconds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct BrakeTerms {
	/// Time for which a brake lasts.
	pub duration: Seconds,
	/// Time after its end in which it cannot be set again.
	pub rest: Seconds,
}

/// A stricter value, until a time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Brake<V> {
	/// Value that counts if it is stricter than the governed one.
	pub value: V,
	/// First second in which the brake is over, unix seconds.
	pub until: Seconds,
}

/// Reason for which a brake cannot be set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum BrakeError {
	/// The value is not stricter than the one that counts.
	NotStricter,
	/// A brake on this value ended a short time ago; another is possible from this second on.
	Resting(Seconds),
}

/// A value that referenda decide, with the technical committee's brake on it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Governed<V> {
	/// Value of the last referendum.
	value: V,
	/// Last brake. It stays after its end, because it keeps the next one from following at once.
	brake: Option<Brake<V>>,
}

impl<V: Stricter> Governed<V> {
	/// Returns a governed value without a brake.
	pub const fn new(value: V) -> Self {
		Self { value, brake: None }
	}

	/// Returns the value of the last referendum, whatever the brake says.
	pub fn governed(&self) -> V {
		self.value
	}

	/// Returns the brake that lasts at `now`.
	pub fn brake_at(&self, now: Seconds) -> Option<Brake<V>> {
		self.brake.filter(|brake| now < brake.until)
	}

	/// Returns the value that counts at `now`: the stricter of the governed one and the brake.
	pub fn at(&self, now: Seconds) -> V {
		self.brake_at(now).map_or(self.value, |brake| self.value.stricter(brake.value))
	}

	/// Sets the governed value. A brake goes on for its time.
	pub fn decide(&mut self, value: V) {
		self.value = value;
	}

	/// Sets a brake at `now`, or makes the one that lasts stricter without making it longer.
	/// Returns the first second after it.
	///
	/// # Errors
	/// [`BrakeError::NotStricter`] where nothing would change, [`BrakeError::Resting`] too soon
	/// after the last brake.
	pub fn brake(
		&mut self,
		value: V,
		now: Seconds,
		terms: &BrakeTerms,
	) -> Result<Seconds, BrakeError> {
		let counts = self.at(now);
		if counts.stricter(value) == counts {
			return Err(BrakeError::NotStricter);
		}
		let until = match self.brake {
			Some(brake) if now < brake.until => brake.until,
			// A time beyond all times is never reached.
			Some(brake) if now < brake.until.saturating_add(terms.rest) => {
				return Err(BrakeError::Resting(brake.until.saturating_add(terms.rest)))
			}
			_ => now.saturating_add(terms.duration),
		};
		self.brake = Some(Brake { value, until });
		Ok(until)
	}

	/// Returns true if a brake lasts at `now`, or the rest after it: no other can follow yet.
	pub fn is_braked_or_resting(&self, now: Seconds, terms: &BrakeTerms) -> bool {
		// A time beyond all times is never reached.
		self.brake.is_some_and(|brake| now < brake.until.saturating_add(terms.rest))
	}

	/// Ends the brake at `now`. The time in which it cannot be set again runs from here.
	pub fn release(&mut self, now: Seconds) {
		if let Some(brake) = self.brake.as_mut() {
			brake.until = brake.until.min(now);
		}
	}

	/// Does what a body of governance decided: a referendum sets the value, the committee brakes.
	/// Returns the first second after a brake.
	///
	/// # Errors
	/// Those of [`Self::brake`].
	pub fn apply(
		&mut self,
		authority: Authority,
		value: V,
		now: Seconds,
		terms: &BrakeTerms,
	) -> Result<Option<Seconds>, BrakeError> {
		match authority {
			Authority::Referendum => {
				self.decide(value);
				Ok(None)
			}
			Authority::Committee => self.brake(value, now, terms).map(Some),
		}
	}
}

impl Governed<bool> {
	/// Ends a stop at `now`, whoever decided it. The time in which a brake cannot be set again runs
	/// from here.
	pub fn lift(&mut self, now: Seconds) {
		self.decide(false);
		self.release(now);
	}

	/// Stops or resumes what the flag stops, by who decides: the committee's stop is a brake, and a
	/// referendum that resumes ends it too. Returns the first second after a brake.
	///
	/// # Errors
	/// Those of [`Self::brake`].
	pub fn stop_or_resume(
		&mut self,
		authority: Authority,
		stopped: bool,
		now: Seconds,
		terms: &BrakeTerms,
	) -> Result<Option<Seconds>, BrakeError> {
		if authority == Authority::Referendum && !stopped {
			self.lift(now);
			return Ok(None);
		}
		self.apply(authority, stopped, now, terms)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const DAY: Seconds = 86_400;
	const TERMS: BrakeTerms = BrakeTerms { duration: 14 * DAY, rest: 30 * DAY };

	#[test]
	fn brake_should_run_out_when_its_time_is_over() {
		let mut stopped = Governed::new(false);
		assert_eq!(stopped.brake(true, 100, &TERMS), Ok(100 + 14 * DAY));
		assert!(stopped.at(100 + 14 * DAY - 1));
		assert!(!stopped.at(100 + 14 * DAY));
		assert!(!stopped.governed());
	}

	#[test]
	fn brake_should_not_follow_another_when_it_rests() {
		let mut stopped = Governed::new(false);
		let until = stopped.brake(true, 0, &TERMS).unwrap();
		let again = until + 30 * DAY;
		assert_eq!(stopped.brake(true, until, &TERMS), Err(BrakeError::Resting(again)));
		assert_eq!(stopped.brake(true, again - 1, &TERMS), Err(BrakeError::Resting(again)));
		assert_eq!(stopped.brake(true, again, &TERMS), Ok(again + 14 * DAY));
	}

	#[test]
	fn brake_should_become_stricter_but_not_longer_when_it_lasts() {
		let mut ceiling = Governed::new(1_000);
		let until = ceiling.brake(500, 0, &TERMS).unwrap();
		assert_eq!(ceiling.brake(600, DAY, &TERMS), Err(BrakeError::NotStricter));
		assert_eq!(ceiling.brake(100, DAY, &TERMS), Ok(until));
		assert_eq!(ceiling.at(until - 1), 100);
		assert_eq!(ceiling.at(until), 1_000);
	}

	#[test]
	fn brake_should_refuse_what_is_no_stricter_than_the_governed_value() {
		let mut ceiling = Governed::new(1_000);
		assert_eq!(ceiling.brake(1_000, 0, &TERMS), Err(BrakeError::NotStricter));
		assert_eq!(ceiling.brake(2_000, 0, &TERMS), Err(BrakeError::NotStricter));
		let mut none = Governed::new(None::<Balance>);
		assert_eq!(none.brake(None, 0, &TERMS), Err(BrakeError::NotStricter));
		assert!(none.brake(Some(7), 0, &TERMS).is_ok());
		assert_eq!(none.at(1), Some(7));
	}

	#[test]
	fn stop_should_end_with_its_brake_when_a_referendum_resumes() {
		let mut stopped = Governed::new(false);
		let by = |stopped: &mut Governed<bool>, authority, stop, now| {
			stopped.stop_or_resume(authority, stop, now, &TERMS)
		};
		assert_eq!(by(&mut stopped, Authority::Committee, true, 0), Ok(Some(14 * DAY)));
		assert_eq!(
			by(&mut stopped, Authority::Committee, false, DAY),
			Err(BrakeError::NotStricter)
		);
		assert_eq!(by(&mut stopped, Authority::Referendum, true, DAY), Ok(None));
		assert!(stopped.at(15 * DAY));
		let mut early = stopped;
		assert_eq!(by(&mut early, Authority::Referendum, false, 2 * DAY), Ok(None));
		assert!(!early.at(2 * DAY));
		let again = Err(BrakeError::Resting(32 * DAY));
		assert_eq!(by(&mut early, Authority::Committee, true, 32 * DAY - 1), again);
		assert_eq!(by(&mut early, Authority::Committee, true, 32 * DAY), Ok(Some(46 * DAY)));
	}

	#[test]
	fn at_should_be_the_stricter_of_both_when_a_referendum_decides_meanwhile() {
		let mut ceiling = Governed::new(1_000);
		ceiling.brake(500, 0, &TERMS).unwrap();
		ceiling.decide(200);
		assert_eq!(ceiling.at(1), 200);
		ceiling.decide(5_000);
		assert_eq!(ceiling.at(1), 500);
		assert_eq!(ceiling.at(14 * DAY), 5_000);
	}

	#[test]
	fn brake_should_be_over_for_good_when_its_rest_is() {
		let mut stopped = Governed::new(false);
		assert!(!stopped.is_braked_or_resting(0, &TERMS));
		stopped.brake(true, 0, &TERMS).unwrap();
		assert!(stopped.is_braked_or_resting(0, &TERMS));
		assert!(stopped.is_braked_or_resting(44 * DAY - 1, &TERMS));
		assert!(!stopped.is_braked_or_resting(44 * DAY, &TERMS));
	}

	#[test]
	fn release_should_end_a_brake_and_let_it_rest() {
		let mut stopped = Governed::new(false);
		stopped.brake(true, 0, &TERMS).unwrap();
		stopped.release(DAY);
		assert!(!stopped.at(DAY));
		assert_eq!(stopped.brake(true, 2 * DAY, &TERMS), Err(BrakeError::Resting(31 * DAY)));
		// Nothing to release later on.
		stopped.release(20 * DAY);
		assert!(stopped.brake(true, 31 * DAY, &TERMS).is_ok());
	}

	#[test]
	fn apply_should_last_when_a_referendum_decides() {
		let mut stopped = Governed::new(false);
		stopped.apply(Authority::Referendum, true, 0, &TERMS).unwrap();
		assert!(stopped.at(Seconds::MAX));
		let mut braked = Governed::new(false);
		braked.apply(Authority::Committee, true, 0, &TERMS).unwrap();
		assert!(braked.at(0));
		assert!(!braked.at(14 * DAY));
	}
}
