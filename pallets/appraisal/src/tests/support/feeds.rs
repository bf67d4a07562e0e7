// SPDX-License-Identifier: Apache-2.0

//! Reports of operators, and the values that are accepted of them.

use crate::{tests::mock::*, Median, Medians};
use caliber_primitives::{
	appraisal::{OracleKey, OracleValue},
	Seconds,
};
use polkadot_sdk::{frame_support::assert_ok, pallet_oracle};

/// Feeds one value of one operator.
pub fn feed(operator: u64, key: OracleKey, value: OracleValue) {
	assert_ok!(Appraisal::feed(
		RuntimeOrigin::signed(operator),
		vec![(key, value)].try_into().unwrap()
	));
}

/// Starts the next block at the same second, and feeds one value for each of the first operators.
pub fn feed_each<const N: usize>(key: OracleKey, values: [OracleValue; N]) {
	pass(0);
	for (operator, value) in OPERATORS.into_iter().zip(values) {
		feed(operator, key, value);
	}
}

/// Feeds the same value for three operators, which is enough to accept it.
pub fn agree(key: OracleKey, value: OracleValue) {
	feed_each(key, [value; 3]);
}

/// Lets each value in force have a history of a year, as if operators had reported so long.
pub fn season() {
	Medians::<Test>::translate_values(|median: Median| {
		Some(Median { usable_since: median.usable_since - 365 * DAY, ..median })
	});
}

/// Returns the accepted value of a key, however old.
pub fn accepted(key: OracleKey) -> Option<OracleValue> {
	pallet_oracle::Values::<Test>::get(key).map(|timed| timed.value)
}

/// Returns the time of the accepted value of a key, unix seconds.
pub fn as_of(key: OracleKey) -> Option<Seconds> {
	pallet_oracle::Values::<Test>::get(key).map(|timed| timed.timestamp / 1_000)
}
