// SPDX-License-Identifier: Apache-2.0

//! Division of an amount in the proportion of weights.

use alloc::vec::Vec;

use crate::{mul_div, MathError, Rounding};

/// Divides `total` over the keys of `weights`, in the proportion of their weights.
///
/// The parts add up to `total` exactly, and each is its exact share, rounded down or up: the first
/// n keys together receive `floor(total · Σ first n weights / Σ weights)`. A part never exceeds its
/// weight when the total does not exceed the sum of the weights. A key whose part is zero is left
/// out; the others keep their order.
///
/// # Errors
/// - [`MathError::DivisionByZero`] when there is something to divide and no weight.
/// - [`MathError::Overflow`] when the sum of the weights does not fit `u128`.
pub fn apportion<K: Clone>(
	total: u128,
	weights: &[(K, u128)],
) -> Result<Vec<(K, u128)>, MathError> {
	let sum = |a: u128, b: u128| a.checked_add(b).ok_or(MathError::Overflow);
	let whole = weights.iter().try_fold(0, |whole, (_, weight)| sum(whole, *weight))?;
	let mut parts = Vec::with_capacity(weights.len());
	if whole == 0 {
		return if total == 0 { Ok(parts) } else { Err(MathError::DivisionByZero) };
	}
	let (mut weight_so_far, mut given) = (0, 0);
	for (key, weight) in weights {
		weight_so_far = sum(weight_so_far, *weight)?;
		let until_here = mul_div(total, weight_so_far, whole, Rounding::Down)?;
		// The sum of the first weights never falls from one key to the next.
		let part = until_here.checked_sub(given).ok_or(MathError::Overflow)?;
		if part > 0 {
			parts.push((key.clone(), part));
		}
		given = until_here;
	}
	Ok(parts)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn apportion_should_round_each_share_and_give_all() {
		// A third each of 10: until 3.33, 6.67 and 10.
		let even = [('a', 1), ('b', 1), ('c', 1)];
		assert_eq!(apportion(10, &even), Ok(vec![('a', 3), ('b', 3), ('c', 4)]));
		assert_eq!(apportion(7, &[('a', 7)]), Ok(vec![('a', 7)]));
		assert_eq!(apportion(u128::MAX, &[('a', u128::MAX)]), Ok(vec![('a', u128::MAX)]));
	}

	#[test]
	fn apportion_should_leave_out_a_key_when_its_part_is_zero() {
		let even = [('a', 1), ('b', 1), ('c', 1)];
		assert_eq!(apportion(2, &even), Ok(vec![('b', 1), ('c', 1)]));
		assert_eq!(apportion(2, &[('a', 1), ('b', 0), ('c', 1)]), Ok(vec![('a', 1), ('c', 1)]));
		assert_eq!(apportion(0, &even), Ok(vec![]));
	}

	#[test]
	fn apportion_should_refuse_when_there_is_no_weight() {
		assert_eq!(apportion::<char>(1, &[]), Err(MathError::DivisionByZero));
		assert_eq!(apportion(1, &[('a', 0)]), Err(MathError::DivisionByZero));
	}

	#[test]
	fn apportion_should_divide_nothing_when_there_is_no_weight() {
		assert_eq!(apportion::<char>(0, &[]), Ok(vec![]));
		assert_eq!(apportion(0, &[('a', 0)]), Ok(vec![]));
	}

	#[test]
	fn apportion_should_overflow_when_the_weights_do() {
		assert_eq!(apportion(1, &[('a', u128::MAX), ('b', 1)]), Err(MathError::Overflow));
	}
}
