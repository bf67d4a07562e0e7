// SPDX-License-Identifier: Apache-2.0

//! New debt counts the lower of the accepted value and the median, which no limit holds up.

use super::mock::*;
use caliber_math::WAD;
use caliber_primitives::appraisal::Valuation;

const TITLE: u32 = 3;

/// Feeds all keys of a model of which [`TITLE`] is one, and lets the first update period pass.
fn settled() {
	put_title(TITLE, title_of(MODEL));
	agree(RESALE, 20_000 * WAD);
	agree(RENTAL, 2 * WAD);
	agree(UTILISATION, WAD / 4 * 3);
	pass(600);
}

/// Returns the value of the title, what new debt counts, and what a forced sale brings.
fn worth() -> (u128, u128, u128) {
	let Valuation { value, for_new_debt, liquidation_value, .. } =
		Appraisal::appraise(TITLE).unwrap();
	(value, for_new_debt, liquidation_value)
}

#[test]
fn new_debt_should_count_the_median_when_the_accepted_value_falls_behind_it() {
	ExtBuilder::default().build_and_execute(|| {
		settled();
		// Eight used units at 80 % of 20 000; 70 % of that in a forced sale.
		assert_eq!(worth(), (128_000 * WAD, 128_000 * WAD, 89_600 * WAD));
		// The market falls by 60 %, the accepted value by 10 % in an update.
		agree(RESALE, 8_000 * WAD);
		assert_eq!(accepted(RESALE), Some(18_000 * WAD));
		assert_eq!(worth(), (115_200 * WAD, 51_200 * WAD, 80_640 * WAD));
		let last_known = Appraisal::last_known_value(TITLE).unwrap();
		assert_eq!((last_known.value, last_known.for_new_debt), (115_200 * WAD, 51_200 * WAD));
		// An appraisal below both lowers both.
		put_independent(TITLE, 50_000 * WAD);
		assert_eq!(worth(), (50_000 * WAD, 50_000 * WAD, 35_000 * WAD));
		put_independent(TITLE, 60_000 * WAD);
		assert_eq!(worth(), (60_000 * WAD, 51_200 * WAD, 42_000 * WAD));
	});
}

#[test]
fn new_debt_should_count_the_accepted_value_when_the_median_is_above_it() {
	ExtBuilder::default().build_and_execute(|| {
		settled();
		agree(RESALE, 15_000 * WAD);
		pass(600);
		agree(RESALE, 25_000 * WAD);
		// Up from 18 000 by 10 %, and not above 125 % of the lowest of the day.
		assert_eq!(accepted(RESALE), Some(19_800 * WAD));
		assert_eq!(worth(), (126_720 * WAD, 126_720 * WAD, 88_704 * WAD));
	});
}

#[test]
fn new_debt_should_count_nothing_when_the_market_earns_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		settled();
		// Nothing is rented any more; the accepted utilisation falls from 75 % to 67.5 %.
		agree(UTILISATION, 0);
		assert_eq!(accepted(UTILISATION), Some(WAD / 1_000 * 675));
		let (value, for_new_debt, _) = worth();
		assert!(value > 0);
		assert_eq!(for_new_debt, 0);
	});
}

#[test]
fn new_debt_should_count_each_feed_by_itself_when_one_falls_and_one_rises() {
	ExtBuilder::default().build_and_execute(|| {
		settled();
		agree(RESALE, 8_000 * WAD);
		agree(RENTAL, 20 * WAD);
		assert_eq!(worth().1, 51_200 * WAD);
	});
}
