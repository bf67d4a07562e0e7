// SPDX-License-Identifier: Apache-2.0

//! Areas of governed values: one struct each, with the default, the hard range and the risky
//! direction of every value beside it.

use super::Risk;
use crate::{titles::DocumentKinds, Balance, Seconds};
use alloc::vec::Vec;
use caliber_math::{mul_div, Rounding};
use codec::{Decode, DecodeWithMemTracking, Encode, FullCodec, MaxEncodedLen};
use polkadot_sdk::sp_runtime::{FixedU128, Perbill};
use scale_info::TypeInfo;

/// Direction in which a value raises risk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum Direction {
	/// A higher value raises risk.
	Higher,
	/// A lower value raises risk.
	Lower,
	/// Either way somebody loses: every change counts as raising risk, and no brake reaches it.
	Either,
}

/// Kind of a value, by what a change of it does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum Kind {
	/// A change counts at once.
	Plain,
	/// A time that somebody has to wait for: the chain's tempo divides it and its range. A change
	/// counts at once.
	Wait,
	/// Moves the price of a share: a change is no brake, needs notice both ways, and is linear over
	/// a period.
	Price,
}

/// Type of a governed value.
pub trait Quantity: Copy + Ord {
	/// Returns the value divided by a tempo, if it is a time; the value itself otherwise.
	fn at_tempo(self, _tempo: u32) -> Self {
		self
	}
	/// Returns the value `passed / whole` of the way from `from` to `to`, rounded towards `from`.
	/// `to` if there is no way.
	fn between(from: Self, to: Self, passed: Seconds, whole: Seconds) -> Self;
	/// Returns the value as it is stored: seconds, smallest units of an amount, billionths of a
	/// share, 10^-18 of a rate; 0 or 1 for a flag.
	fn inner(self) -> u128;
	/// Returns the stricter of two values that risk something either way: the first, unless the type
	/// has one that satisfies both.
	fn both(self, _other: Self) -> Self {
		self
	}
}

/// Returns the number `passed / whole` of the way from `from` to `to`, rounded towards `from`.
fn between(from: u128, to: u128, passed: Seconds, whole: Seconds) -> u128 {
	let way = from.abs_diff(to);
	// A part of the way is never more than the way.
	let gone = match passed < whole {
		true => mul_div(way, passed.into(), whole.into(), Rounding::Down).unwrap_or(way),
		false => way,
	};
	if from <= to {
		from + gone
	} else {
		from - gone
	}
}

macro_rules! quantities {
	($($type:ty: $inner:expr, $outer:expr;)*) => {$(
		impl Quantity for $type {
			fn between(from: Self, to: Self, passed: Seconds, whole: Seconds) -> Self {
				let outer: fn(u128) -> Self = $outer;
				outer(between(from.inner(), to.inner(), passed, whole))
			}

			fn inner(self) -> u128 {
				let inner: fn(Self) -> u128 = $inner;
				inner(self)
			}
		}
	)*};
}

// A value between two of a type is one of that type.
quantities! {
	Balance: |value| value, |inner| inner;
	u32: u128::from, |inner| inner as u32;
	Perbill: |value| value.deconstruct().into(), |inner| Perbill::from_parts(inner as u32);
	FixedU128: |value| value.into_inner(), FixedU128::from_inner;
	bool: u128::from, |inner| inner != 0;
}

impl Quantity for DocumentKinds {
	fn between(from: Self, to: Self, passed: Seconds, whole: Seconds) -> Self {
		if passed < whole {
			from
		} else {
			to
		}
	}

	fn inner(self) -> u128 {
		self.bits().into()
	}

	fn both(self, other: Self) -> Self {
		self.union(other)
	}
}

impl Quantity for Seconds {
	fn at_tempo(self, tempo: u32) -> Self {
		super::tempo::shortened(self, tempo)
	}

	fn between(from: Self, to: Self, passed: Seconds, whole: Seconds) -> Self {
		between(from.into(), to.into(), passed, whole) as Seconds
	}

	fn inner(self) -> u128 {
		self.into()
	}
}

/// Report on a governed value, for holders, pages and auditors. Numbers are as stored: seconds,
/// smallest units of an amount, billionths of a share, 10^-18 of a rate; 0 or 1 for a flag;
/// a bit for each kind of a set.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct ValueReport {
	/// Name of the value.
	pub name: Vec<u8>,
	/// Value that counts now, tempo, brake and ramp included.
	pub value: u128,
	/// Value of the last referendum, at the chain's tempo; where it moves, the one it moves to.
	pub governed: u128,
	/// Default, at the chain's tempo.
	pub default: u128,
	/// Least value that may be set, at the chain's tempo.
	pub least: u128,
	/// Greatest value that may be set, at the chain's tempo.
	pub greatest: u128,
	/// Direction in which the value raises risk.
	pub direction: Direction,
	/// Kind of the value.
	pub kind: Kind,
}

/// Governed values of an area: a struct with a field for each.
///
/// Values are stored and set as for a chain of tempo 1. [`Self::at_tempo`] gives those that count.
pub trait Area: Clone + PartialEq + Default + FullCodec + MaxEncodedLen + TypeInfo {
	/// One of the values: an enum with a variant for each field.
	type Value: Copy + PartialEq + core::fmt::Debug + FullCodec + MaxEncodedLen + TypeInfo;

	/// Number of values.
	const COUNT: u8;

	/// Returns the index of a value in its area.
	fn index(value: &Self::Value) -> u8;
	/// Returns the field that `value` names, as it is here.
	fn current(&self, value: &Self::Value) -> Self::Value;
	/// Sets the field that `value` names.
	fn set(&mut self, value: &Self::Value);
	/// Returns true if `value` is within its hard range.
	fn is_in_range(value: &Self::Value) -> bool;
	/// Returns the kind of the field that `value` names.
	fn kind(value: &Self::Value) -> Kind;
	/// Returns true if a brake may reach the field that `value` names: it moves no price and has a
	/// safe direction.
	fn is_brakable(value: &Self::Value) -> bool;
	/// Returns the way in which setting `value` moves risk; none if nothing changes.
	fn risk(&self, value: &Self::Value) -> Option<Risk>;
	/// Makes the field that `value` names the stricter of both. A value that risks something
	/// either way, or moves a price, is left as it is.
	fn tighten(&mut self, value: &Self::Value);
	/// Returns the value `passed / whole` of the way between two values of the same field; `to`
	/// for values of different fields.
	fn between(
		from: &Self::Value,
		to: &Self::Value,
		passed: Seconds,
		whole: Seconds,
	) -> Self::Value;
	/// Returns the values that count on a chain of this tempo.
	fn at_tempo(self, tempo: u32) -> Self;
	/// Returns the stricter of both sets, field by field; for a field that risks something either
	/// way, that of `self`.
	fn stricter(self, other: &Self) -> Self;
	/// Returns the default, the least and the greatest value of every field.
	fn bounds() -> Vec<[Self::Value; 3]>;
	/// Returns the reports on all values. `counting` are those that count, without the tempo;
	/// `governed` those that referenda set.
	fn reports(counting: &Self, governed: &Self, tempo: u32) -> Vec<ValueReport>;
}

/// Declares the governed values of an area: the struct, the enum of its values and [`Area`].
///
/// A line of the table is `index => field, Variant: type = default, least..=greatest, direction,
/// kind;`. Times that are waited for are given as for tempo 1.
macro_rules! governed_values {
	(
		$(#[$doc:meta])*
		$area:ident, $value:ident {
			$(
				$(#[$field_doc:meta])*
				$index:literal => $field:ident, $variant:ident: $type:ty =
					$default:expr, $least:expr => $greatest:expr, $direction:ident, $kind:ident;
			)*
		}
	) => {
		$(#[$doc])*
		#[derive(Clone, PartialEq, Eq, Debug)]
		#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
		pub struct $area {
			$($(#[$field_doc])* pub $field: $type,)*
		}

		#[doc = concat!("One of [`", stringify!($area), "`].")]
		#[derive(Clone, Copy, PartialEq, Eq, Debug)]
		#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
		#[derive(serde::Serialize, serde::Deserialize)]
		pub enum $value {
			$($(#[$field_doc])* #[codec(index = $index)] $variant($type),)*
		}

		impl Default for $area {
			fn default() -> Self {
				Self { $($field: $default,)* }
			}
		}

		impl $crate::governance::Area for $area {
			type Value = $value;

			const COUNT: u8 = [$($index),*].len() as u8;

			fn index(value: &$value) -> u8 {
				match value {
					$($value::$variant(_) => $index,)*
				}
			}

			fn current(&self, value: &$value) -> $value {
				match value {
					$($value::$variant(_) => $value::$variant(self.$field),)*
				}
			}

			fn set(&mut self, value: &$value) {
				match value {
					$($value::$variant(value) => self.$field = *value,)*
				}
			}

			fn is_in_range(value: &$value) -> bool {
				match value {
					$($value::$variant(value) => {
						let (least, greatest): ($type, $type) = ($least, $greatest);
						(least..=greatest).contains(value)
					})*
				}
			}

			fn kind(value: &$value) -> $crate::governance::Kind {
				match value {
					$($value::$variant(_) => $crate::governance::Kind::$kind,)*
				}
			}

			fn is_brakable(value: &$value) -> bool {
				use $crate::governance::{Direction, Kind};
				match value {
					$($value::$variant(_) => {
						Kind::$kind != Kind::Price && Direction::$direction != Direction::Either
					})*
				}
			}

			fn risk(&self, value: &$value) -> Option<$crate::governance::Risk> {
				match value {
					$($value::$variant(value) => $crate::governance::area::risk_of(
						self.$field,
						*value,
						$crate::governance::Direction::$direction,
						$crate::governance::Kind::$kind,
					),)*
				}
			}

			fn tighten(&mut self, value: &$value) {
				match value {
					$($value::$variant(value) => {
						self.$field = $crate::governance::area::stricter_of(
							self.$field,
							*value,
							$crate::governance::Direction::$direction,
							$crate::governance::Kind::$kind,
						);
					})*
				}
			}

			fn between(from: &$value, to: &$value, passed: Seconds, whole: Seconds) -> $value {
				match (from, to) {
					$(($value::$variant(from), $value::$variant(to)) => $value::$variant(
						$crate::governance::Quantity::between(*from, *to, passed, whole),
					),)*
					(_, to) => *to,
				}
			}

			fn at_tempo(self, tempo: u32) -> Self {
				Self {
					$($field: $crate::governance::area::at_tempo(
						self.$field,
						$crate::governance::Kind::$kind,
						tempo,
					),)*
				}
			}

			fn stricter(self, other: &Self) -> Self {
				Self {
					$($field: $crate::governance::area::stricter_of(
						self.$field,
						other.$field,
						$crate::governance::Direction::$direction,
						$crate::governance::Kind::$kind,
					),)*
				}
			}

			fn bounds() -> Vec<[$value; 3]> {
				alloc::vec![$([
					$value::$variant($default),
					$value::$variant($least),
					$value::$variant($greatest),
				],)*]
			}

			fn reports(
				counting: &Self,
				governed: &Self,
				tempo: u32,
			) -> Vec<$crate::governance::ValueReport> {
				alloc::vec![$({
					let kind = $crate::governance::Kind::$kind;
					let shown = |value: $type| $crate::governance::Quantity::inner(
						$crate::governance::area::at_tempo(value, kind, tempo),
					);
					$crate::governance::ValueReport {
						name: stringify!($variant).as_bytes().to_vec(),
						value: shown(counting.$field),
						governed: shown(governed.$field),
						default: shown($default),
						least: shown($least),
						greatest: shown($greatest),
						direction: $crate::governance::Direction::$direction,
						kind,
					}
				},)*]
			}
		}
	};
}
pub(super) use governed_values;

/// Returns the way in which a change moves risk; none if nothing changes.
pub(super) fn risk_of<Q: Quantity>(
	old: Q,
	new: Q,
	direction: Direction,
	kind: Kind,
) -> Option<Risk> {
	if old == new {
		return None;
	}
	let raises = match direction {
		Direction::Higher => new > old,
		Direction::Lower => new < old,
		Direction::Either => true,
	};
	Some(if raises || kind == Kind::Price { Risk::Raises } else { Risk::Lowers })
}

/// Returns the stricter of two values; where neither is the first, or what satisfies both.
pub(super) fn stricter_of<Q: Quantity>(one: Q, other: Q, direction: Direction, kind: Kind) -> Q {
	match (kind, direction) {
		(Kind::Price, _) => one,
		(_, Direction::Either) => one.both(other),
		(_, Direction::Higher) => one.min(other),
		(_, Direction::Lower) => one.max(other),
	}
}

/// Returns the value that counts on a chain of this tempo.
pub(super) fn at_tempo<Q: Quantity>(value: Q, kind: Kind, tempo: u32) -> Q {
	match kind {
		Kind::Wait => value.at_tempo(tempo),
		Kind::Plain | Kind::Price => value,
	}
}
