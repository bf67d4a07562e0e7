//! From the values of several feeders to the one price that is accepted.

use crate::{share_of, MathError, Rounding};

/// The median of `values`, which are left sorted; `None` when there are none.
///
/// With an even count it is the mean of the middle two, rounded down. Fewer than half of the feeders
/// can never move it outside the range of what the others report.
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

/// `proposed`, moved no further from `reference` than the share `max_move` (parts per billion) of it.
///
/// The bounds are `floor(reference · (1 + max_move))` and `ceil(reference · (1 − max_move))`: an
/// accepted move is never more than the share allows, by not even a unit.
///
/// # Errors
/// [`MathError::InvalidTerms`] when `max_move` is more than the whole.
pub fn clamp_move(reference: u128, proposed: u128, max_move: u32) -> Result<u128, MathError> {
	// reference − floor(reference · m) = ceil(reference · (1 − m)): one distance serves both sides.
	let farthest = share_of(reference, max_move, Rounding::Down)?;
	let moved = reference.abs_diff(proposed).min(farthest);
	// The result lies between the two arguments.
	let accepted = if proposed >= reference {
		reference.checked_add(moved)
	} else {
		reference.checked_sub(moved)
	};
	accepted.ok_or(MathError::Overflow)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{PPB, WAD};

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

	#[test]
	fn clamp_move_should_accept_the_proposal_when_it_is_within_the_bounds() {
		let tenth = PPB / 10;
		assert_eq!(clamp_move(1_000, 1_100, tenth), Ok(1_100));
		assert_eq!(clamp_move(1_000, 900, tenth), Ok(900));
		assert_eq!(clamp_move(1_000, 1_000, 0), Ok(1_000));
	}

	#[test]
	fn clamp_move_should_stop_at_the_bound_when_the_proposal_is_beyond() {
		let tenth = PPB / 10;
		assert_eq!(clamp_move(1_000, 1_101, tenth), Ok(1_100));
		assert_eq!(clamp_move(1_000, 899, tenth), Ok(900));
		assert_eq!(clamp_move(1_000, 0, PPB), Ok(0));
		assert_eq!(clamp_move(1_000, u128::MAX, 0), Ok(1_000));
	}

	#[test]
	fn clamp_move_should_round_towards_the_reference_when_the_bound_is_between_units() {
		// 10 % of 1 009 is 100.9: the bounds are 1 109.9 and 908.1.
		let tenth = PPB / 10;
		assert_eq!(clamp_move(1_009, 2_000, tenth), Ok(1_109));
		assert_eq!(clamp_move(1_009, 0, tenth), Ok(909));
		// 25 % of 3 is less than a unit.
		assert_eq!(clamp_move(3, 100, PPB / 4), Ok(3));
		assert_eq!(clamp_move(3, 0, PPB / 4), Ok(3));
	}

	#[test]
	fn clamp_move_should_not_overflow_when_the_upper_bound_exceeds_the_type() {
		assert_eq!(clamp_move(u128::MAX - 1, u128::MAX, PPB), Ok(u128::MAX));
		assert_eq!(clamp_move(u128::MAX, 0, PPB / 2), Ok(u128::MAX / 2 + 1));
	}

	#[test]
	fn clamp_move_should_never_leave_zero_when_the_reference_is_zero() {
		assert_eq!(clamp_move(0, WAD, PPB), Ok(0));
	}

	#[test]
	fn clamp_move_should_refuse_when_the_share_is_more_than_the_whole() {
		assert_eq!(clamp_move(1, 1, PPB + 1), Err(MathError::InvalidTerms));
	}
}
