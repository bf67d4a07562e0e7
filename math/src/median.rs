// SPDX-License-Identifier: Apache-2.0

//! The median: the one value of several oracle operators that is accepted.

/// Returns the median of `values` and leaves them sorted; `None` when there are no values.
///
/// The median of an even count is the mean of the middle two, rounded down. Fewer than half of the
/// operators cannot move it outside the range of the values of the others.
pub fn median(values: &mut [u128]) -> Option<u128> {
	values.sort_unstable();
	let above = *values.get(values.len() / 2)?;
	if values.len() % 2 == 1 {
		return Some(above);
	}
	let below = *values.get((values.len() / 2).checked_sub(1)?)?;
	// floor((a + b) / 2) = a + floor((b − a) / 2) for a <= b, and neither term overflows.
	Some(below + (above - below) / 2)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn median_should_be_none_when_there_are_no_values() {
		assert_eq!(median(&mut []), None);
	}

	#[test]
	fn median_should_be_the_middle_when_the_count_is_odd() {
		assert_eq!(median(&mut [7]), Some(7));
		assert_eq!(median(&mut [9, 1, 5]), Some(5));
		assert_eq!(median(&mut [0, u128::MAX, 3, u128::MAX, 2]), Some(3));
	}

	#[test]
	fn median_should_be_the_floor_of_the_mean_when_the_count_is_even() {
		assert_eq!(median(&mut [4, 1]), Some(2));
		assert_eq!(median(&mut [8, 2, 4, 100]), Some(6));
		assert_eq!(median(&mut [u128::MAX, u128::MAX]), Some(u128::MAX));
		assert_eq!(median(&mut [u128::MAX, u128::MAX - 1]), Some(u128::MAX - 1));
		assert_eq!(median(&mut [0, u128::MAX]), Some(u128::MAX / 2));
	}

	#[test]
	fn median_should_leave_the_values_sorted() {
		let mut values = [3, 1, 2];
		median(&mut values);
		assert_eq!(values, [1, 2, 3]);
	}
}
