// SPDX-License-Identifier: Apache-2.0

//! Checked sums and differences of amounts.

use caliber_math::MathError;
use caliber_primitives::Balance;

/// Returns `a + b`.
///
/// # Errors
/// [`MathError::Overflow`] when the sum does not fit.
pub(crate) fn checked_sum(a: Balance, b: Balance) -> Result<Balance, MathError> {
	a.checked_add(b).ok_or(MathError::Overflow)
}

/// Returns `a - b`, of an amount `a` that contains `b`.
///
/// # Errors
/// [`MathError::ExceedsOutstanding`] when it does not.
pub(crate) fn checked_difference(a: Balance, b: Balance) -> Result<Balance, MathError> {
	a.checked_sub(b).ok_or(MathError::ExceedsOutstanding)
}
