// SPDX-License-Identifier: Apache-2.0

//! The error of this crate.

/// Reason for which a figure cannot be given. Nothing in this crate saturates or panics instead.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MathError {
	/// The exact result, or an amount on the way to it, does not fit its type.
	Overflow,
	/// The divisor is zero: there are no shares, no original amounts, no value behind the shares.
	DivisionByZero,
	/// A parameter is outside the range its documentation gives.
	InvalidTerms,
	/// The schedule has no payment period of this index.
	NoSuchPeriod,
	/// A payment of principal is more than what is outstanding.
	ExceedsOutstanding,
}

impl core::fmt::Display for MathError {
	fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
		f.write_str(match self {
			Self::Overflow => "the result does not fit its type",
			Self::DivisionByZero => "division by zero",
			Self::InvalidTerms => "a parameter is out of range",
			Self::NoSuchPeriod => "the schedule has no such period",
			Self::ExceedsOutstanding => "the principal paid exceeds what is outstanding",
		})
	}
}

impl core::error::Error for MathError {}
