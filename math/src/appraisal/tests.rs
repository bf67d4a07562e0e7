// SPDX-License-Identifier: Apache-2.0

use super::*;

const CURVE: [CurvePoint; 3] = [point(0, PPB), point(12, 700_000_000), point(36, 300_000_000)];

const fn point(age_months: u16, factor: u32) -> CurvePoint {
	CurvePoint { age_months, factor }
}

/// (2 · 80 % − 0.6) · 730 = 730 dollars a month.
const RENT: Income = Income {
	rental_per_hour: 2 * WAD,
	utilisation: 800_000_000,
	opex_per_hour: 600_000_000_000_000_000,
	earned_per_hour: None,
	discount_rate: 120_000_000_000_000_000,
	remaining_months: 1,
};

#[test]
fn curve_should_be_valid_when_it_falls_from_age_zero() {
	assert_eq!(validate_curve(&CURVE), Ok(()));
	assert_eq!(validate_curve(&[point(0, 0)]), Ok(()));
	assert_eq!(validate_curve(&[point(0, PPB), point(1, PPB)]), Ok(()));
	let longest: Vec<_> = (0..16).map(|age| point(age, PPB)).collect();
	assert_eq!(validate_curve(&longest), Ok(()));
}

#[test]
fn curve_should_be_refused_when_it_is_none() {
	let too_long: Vec<_> = (0..17).map(|age| point(age, PPB)).collect();
	let refused: [&[CurvePoint]; 7] = [
		&[],
		&[point(1, PPB)],
		&[point(0, PPB + 1)],
		&[point(0, 5), point(0, 4)],
		&[point(0, 5), point(2, 4), point(1, 3)],
		&[point(0, 5), point(1, 6)],
		&too_long,
	];
	for curve in refused {
		assert_eq!(validate_curve(curve), Err(MathError::InvalidTerms), "{curve:?}");
		assert_eq!(cost_value(1, curve, 0, PPB), Err(MathError::InvalidTerms));
	}
}

#[test]
fn cost_should_follow_the_curve() {
	let at = |age_secs| cost_value(30_000 * WAD, &CURVE, age_secs, PPB).unwrap();
	assert_eq!(at(0), 30_000 * WAD);
	assert_eq!(at(6 * MONTH_SECS), 25_500 * WAD);
	assert_eq!(at(12 * MONTH_SECS), 21_000 * WAD);
	assert_eq!(at(24 * MONTH_SECS), 15_000 * WAD);
	assert_eq!(at(36 * MONTH_SECS), 9_000 * WAD);
	assert_eq!(at(36 * MONTH_SECS + 1), 9_000 * WAD);
	assert_eq!(at(u64::MAX), 9_000 * WAD);
}

#[test]
fn cost_should_fall_by_the_second_and_round_down() {
	// 30 % over 12 months is 9000 / 31 536 000 dollars a second: 0.000 285 388 127 853 881 27…
	let second = cost_value(30_000 * WAD, &CURVE, 1, PPB).unwrap();
	assert_eq!(second, 30_000 * WAD - 285_388_127_853_882);
	// And 12 000 / 63 072 000 a second to the last point: 0.000 190 258 751 902 587 51…
	let last = cost_value(30_000 * WAD, &CURVE, 36 * MONTH_SECS - 1, PPB).unwrap();
	assert_eq!(last, 9_000 * WAD + 190_258_751_902_587);
}

#[test]
fn cost_should_be_rounded_once_when_a_condition_counts_too() {
	// 0.7 · 0.9 = 0.63: 63 units of 100, and 0.63 of one.
	let at = |price| cost_value(price, &CURVE, 12 * MONTH_SECS, 900_000_000).unwrap();
	assert_eq!(at(100), 63);
	assert_eq!(at(1), 0);
	// 0.63 · 3 = 1.89, though floor(0.7 · 3) · 0.9 is 1.8: both floor to 1; 0.63 · 8 = 5.04, while
	// floor(5.6) · 0.9 is 4.5.
	assert_eq!(at(8), 5);
	assert_eq!(cost_value(u128::MAX, &CURVE, 0, PPB), Ok(u128::MAX));
	assert_eq!(cost_value(1, &CURVE, 0, PPB + 1), Err(MathError::InvalidTerms));
}

#[test]
fn cost_should_be_flat_when_the_curve_has_one_point() {
	for age_secs in [0, 1, u64::MAX] {
		assert_eq!(cost_value(1_000, &[point(0, PPB / 2)], age_secs, PPB), Ok(500));
	}
}

#[test]
fn market_and_liquidation_should_round_down() {
	assert_eq!(market_value(20_000 * WAD, 850_000_000), Ok(17_000 * WAD));
	assert_eq!(market_value(3, 500_000_000), Ok(1));
	assert_eq!(market_value(3, PPB + 1), Err(MathError::InvalidTerms));
	assert_eq!(liquidation_value(20_000 * WAD, 600_000_000), Ok(12_000 * WAD));
	assert_eq!(liquidation_value(3, 500_000_000), Ok(1));
	assert_eq!(liquidation_value(3, PPB + 1), Err(MathError::InvalidTerms));
}

#[test]
fn remaining_months_should_count_whole_ones() {
	assert_eq!(remaining_months(60, 0), 60);
	assert_eq!(remaining_months(60, 1), 59);
	assert_eq!(remaining_months(60, MONTH_SECS), 59);
	assert_eq!(remaining_months(60, MONTH_SECS + 1), 58);
	assert_eq!(remaining_months(60, 59 * MONTH_SECS), 1);
	assert_eq!(remaining_months(60, 59 * MONTH_SECS + 1), 0);
	assert_eq!(remaining_months(60, 60 * MONTH_SECS), 0);
	assert_eq!(remaining_months(60, u64::MAX), 0);
	assert_eq!(remaining_months(u16::MAX, 0), 65_535);
	assert_eq!(remaining_months(0, 0), 0);
}

#[test]
fn income_should_be_the_discounted_months() {
	// 730 / 1.01 = 722.772 277…
	assert_eq!(income_value(&RENT), Ok(722_772_277_227_722_772_277));
	// … + 730 / 1.01² = 1 438.388 393…
	let two = Income { remaining_months: 2, ..RENT };
	assert_eq!(income_value(&two), Ok(1_438_388_393_294_775_022_056));
}

#[test]
fn income_should_be_the_plain_sum_when_nothing_is_discounted() {
	let income = Income { discount_rate: 0, remaining_months: 36, ..RENT };
	assert_eq!(income_value(&income), Ok(36 * 730 * WAD));
	// A third of a unit an hour: 730 / 3 a month, 486.66… for two.
	let thirds = Income {
		rental_per_hour: 1,
		utilisation: 333_333_333,
		opex_per_hour: 0,
		remaining_months: 2,
		..income
	};
	assert_eq!(income_value(&thirds), Ok(486));
}

#[test]
fn income_should_approach_the_plain_sum_when_the_rate_is_the_least() {
	// 1e-18 a year takes 1000 · 1001 / 2 · 730 / 12 · 1e-18 dollars off 1000 months: 30 447 083.3
	// units.
	let income = Income { discount_rate: 1, remaining_months: 1_000, ..RENT };
	assert_eq!(income_value(&income), Ok(730_000 * WAD - 30_447_084));
}

#[test]
fn income_should_stay_below_the_perpetuity_when_it_never_ends() {
	// 730 / 1 % = 73 000 dollars, which no number of months reaches.
	let income = Income { remaining_months: u32::MAX, ..RENT };
	assert_eq!(income_value(&income), Ok(73_000 * WAD - 1));
}

#[test]
fn income_should_count_no_more_than_was_earned() {
	let earned = |cents: u128| Income { earned_per_hour: Some(cents * WAD / 100), ..RENT };
	// 1.60 an hour by the prices: earning that, or more, changes nothing.
	assert_eq!(income_value(&earned(160)), income_value(&RENT));
	assert_eq!(income_value(&earned(999)), income_value(&RENT));
	// 1.10 an hour: half of the net income of 1.00 an hour.
	let half = 361_386_138_613_861_386_138;
	assert_eq!(income_value(&earned(110)), Ok(half));
	assert_eq!(income_value(&earned(60)), Ok(0));
	assert_eq!(income_value(&earned(0)), Ok(0));
}

#[test]
fn appraisals_should_keep_the_value_as_two_say_or_one_above_the_floor() {
	let floor = 650;
	assert_eq!(appraisal_cap(1, None, floor), 650);
	assert_eq!(appraisal_cap(700, None, floor), 700);
	assert_eq!(appraisal_cap(1, Some(900), floor), 650);
	assert_eq!(appraisal_cap(1, Some(600), floor), 600);
	assert_eq!(appraisal_cap(700, Some(900), floor), 700);
	assert_eq!(appraisal_cap(5, Some(5), floor), 5);
}

#[test]
fn income_should_be_zero_when_there_is_none() {
	assert_eq!(income_value(&Income { remaining_months: 0, ..RENT }), Ok(0));
	let no_months = Income { remaining_months: 0, discount_rate: 0, ..RENT };
	assert_eq!(income_value(&no_months), Ok(0));
	assert_eq!(income_value(&Income { utilisation: 0, ..RENT }), Ok(0));
	// 2 · 80 % = 1.6: on both sides of break-even.
	let earned = 1_600_000_000_000_000_000;
	assert_eq!(income_value(&Income { opex_per_hour: earned, ..RENT }), Ok(0));
	assert_eq!(income_value(&Income { opex_per_hour: earned + 1, ..RENT }), Ok(0));
	// One unit an hour: 730 / 1.01 = 722.77.
	assert_eq!(income_value(&Income { opex_per_hour: earned - 1, ..RENT }), Ok(722));
}

#[test]
fn income_should_refuse_when_more_than_all_hours_are_used() {
	let income = Income { utilisation: PPB + 1, ..RENT };
	assert_eq!(income_value(&income), Err(MathError::InvalidTerms));
}

#[test]
fn income_should_overflow_when_it_does_not_fit() {
	let income = Income { rental_per_hour: u128::MAX, utilisation: PPB, opex_per_hour: 0, ..RENT };
	assert_eq!(income_value(&income), Err(MathError::Overflow));
	let longest = Income { discount_rate: 1, remaining_months: u32::MAX, ..income };
	assert_eq!(income_value(&longest), Err(MathError::Overflow));
	// Discounted by 730 · 12 a year and more, a month of it fits again.
	let steep = Income { discount_rate: u128::MAX, ..income };
	assert!(income_value(&steep).is_ok());
}
