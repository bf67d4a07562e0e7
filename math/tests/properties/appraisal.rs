// SPDX-License-Identifier: Apache-2.0

//! Values of machines, compared with exact fractions.

use caliber_math::{
	appraisal_cap, cost_value, income_value, liquidation_value, market_value, remaining_months,
	validate_curve, CurvePoint, Income, MathError, MONTH_SECS, PPB, WAD,
};
use num_bigint::BigUint;
use proptest::prelude::*;

use crate::{
	config, generate,
	reference::{annuity, big},
};

/// Curves of up to 16 points over up to 20 years.
fn curve() -> impl Strategy<Value = Vec<CurvePoint>> {
	let ages = prop::collection::btree_set(1_u16..=240, 0..=15);
	let factors = prop::collection::vec(generate::share(), 16);
	(ages, factors).prop_map(|(ages, mut factors)| {
		factors.sort_unstable_by(|a, b| b.cmp(a));
		let ages = core::iter::once(0).chain(ages);
		ages.zip(factors).map(|(age_months, factor)| CurvePoint { age_months, factor }).collect()
	})
}

fn age() -> impl Strategy<Value = u64> {
	prop_oneof![
		4 => 0..250 * MONTH_SECS,
		2 => (0_u64..250, 0_u64..3).prop_map(|(months, second)| {
			(months * MONTH_SECS + second).saturating_sub(1)
		}),
		1 => any::<u64>(),
	]
}

fn income() -> impl Strategy<Value = Income> {
	let per_hour = || prop_oneof![4 => 0..100 * WAD, 1 => 0_u128..10, 1 => generate::balance()];
	let rate = prop_oneof![
		4 => 0..=WAD,
		1 => 0_u128..5,
		1 => WAD..1_000 * WAD,
		1 => generate::any_amount(),
	];
	let months = prop_oneof![6 => 0_u32..=120, 1 => 0_u32..=400];
	(per_hour(), generate::share(), per_hour(), 1_u128..30, rate, months).prop_map(
		|(rental_per_hour, utilisation, opex, opex_part, discount_rate, remaining_months)| Income {
			rental_per_hour,
			utilisation,
			opex_per_hour: opex / opex_part,
			earned_per_hour: None,
			discount_rate,
			remaining_months,
		},
	)
}

/// Returns the factor of a curve at an age, by its two neighbours, as a fraction of seconds · parts
/// per billion.
fn factor(curve: &[CurvePoint], age_secs: u64) -> (BigUint, BigUint) {
	let secs = |point: &CurvePoint| big(point.age_months) * MONTH_SECS;
	let age = big(age_secs);
	for pair in curve.windows(2) {
		let (from, to) = (secs(&pair[0]), secs(&pair[1]));
		if from <= age && age < to {
			let weighted = (&to - &age) * pair[0].factor + (&age - &from) * pair[1].factor;
			return (weighted, (to - from) * PPB);
		}
	}
	(big(curve.last().unwrap().factor), big(PPB))
}

/// Returns the value of a title of `least` by approaches, under some appraisals.
fn value_under(appraisals: &[u128], least: u128, floor: u128) -> u128 {
	let mut sorted = appraisals.to_vec();
	sorted.sort_unstable();
	match sorted.first() {
		Some(lowest) => least.min(appraisal_cap(*lowest, sorted.get(1).copied(), floor)),
		None => least,
	}
}

proptest! {
	#[test]
	fn another_appraisal_should_never_raise_the_value(
		appraisals in prop::collection::vec(1u128..2_000, 0..5),
		another in 1u128..2_000,
		least in 1u128..1_000,
		percent in 0u128..=100,
	) {
		let floor = least * percent / 100;
		let before = value_under(&appraisals, least, floor);
		let after = value_under(&[&appraisals[..], &[another]].concat(), least, floor);
		prop_assert!(after <= before);
	}

	#[test]
	fn one_appraisal_should_never_lower_the_value_below_the_floor_or_what_another_says(
		others in prop::collection::vec(1u128..2_000, 0..4),
		one in 1u128..2_000,
		least in 1u128..1_000,
		percent in 0u128..=100,
	) {
		let floor = least * percent / 100;
		let value = value_under(&[&others[..], &[one]].concat(), least, floor);
		let supported = others.iter().copied().min().unwrap_or(u128::MAX).min(floor);
		prop_assert!(value >= supported.min(least));
		// A value that rises, and its floor with it, lowers nothing.
		let higher = value_under(&[&others[..], &[one]].concat(), least + 7, floor + 5);
		prop_assert!(higher >= value);
	}

	#[test]
	fn two_appraisals_should_count_as_the_higher_of_them_below_the_floor(
		one in 1u128..1_000,
		other in 1u128..1_000,
		floor in 1_000u128..2_000,
	) {
		prop_assert_eq!(value_under(&[one, other], 2_000, floor), one.max(other));
	}

	#[test]
	fn earned_income_should_cap_and_never_raise(
		income in income(),
		earned in any::<u64>(),
		more in any::<u32>(),
	) {
		let with = |earned_per_hour| income_value(&Income { earned_per_hour, ..income });
		let (earned, more) = (u128::from(earned), u128::from(more));
		if let Ok(plain) = with(None) {
			let capped = with(Some(earned)).unwrap();
			prop_assert!(capped <= plain);
			prop_assert!(capped <= with(Some(earned + more)).unwrap());
			// What is earned in every hour is a rent of that in all hours.
			let all_hours = Income { rental_per_hour: earned, utilisation: PPB, ..income };
			prop_assert_eq!(capped, plain.min(income_value(&all_hours).unwrap_or(u128::MAX)));
		}
	}
}

proptest! {
	#![proptest_config(config(1_000, "proptest-regressions/appraisal.txt"))]

	#[test]
	fn cost_should_be_the_floor_of_the_exact_value(
		curve in curve(),
		price in generate::any_amount(),
		age_secs in age(),
		condition in generate::share(),
	) {
		prop_assert_eq!(validate_curve(&curve), Ok(()));
		let (numerator, denominator) = factor(&curve, age_secs);
		let expected = big(price) * numerator * condition / (denominator * PPB);
		let value = cost_value(price, &curve, age_secs, condition).unwrap();
		prop_assert_eq!(big(value), expected);
		prop_assert!(value <= price);
	}

	#[test]
	fn cost_should_never_rise_with_age(
		curve in curve(),
		price in generate::any_amount(),
		ages in (age(), age()),
		condition in generate::share(),
	) {
		let at = |age_secs| cost_value(price, &curve, age_secs, condition).unwrap();
		prop_assert!(at(ages.0.min(ages.1)) >= at(ages.0.max(ages.1)));
	}

	#[test]
	fn income_should_be_within_the_proven_bound_below_the_exact_value(income in income()) {
		let (numerator, denominator) = annuity::present_value(&income);
		match income_value(&income) {
			Ok(value) => {
				prop_assert!(big(value) * &denominator <= numerator);
				// value + 1 + 1/32 > exact
				prop_assert!((big(value) * 32_u32 + 33_u32) * denominator > numerator * 32_u32);
			},
			Err(error) => {
				prop_assert_eq!(error, MathError::Overflow);
				prop_assert!(numerator >= big(u128::MAX) * denominator);
			},
		}
	}

	#[test]
	fn income_should_answer_without_panic_when_arguments_are_any(
		amounts in prop::collection::vec(generate::any_amount(), 3),
		utilisation in any::<u32>(),
		remaining_months in any::<u32>(),
	) {
		let income = Income {
			rental_per_hour: amounts[0],
			utilisation,
			opex_per_hour: amounts[1],
			earned_per_hour: None,
			discount_rate: amounts[2],
			remaining_months,
		};
		let result = income_value(&income);
		prop_assert_eq!(result == Err(MathError::InvalidTerms), utilisation > PPB);
	}

	#[test]
	fn remaining_months_should_be_the_whole_months_until_the_end(
		life in any::<u16>(),
		age_secs in age(),
	) {
		let left = (u64::from(life) * MONTH_SECS).saturating_sub(age_secs) / MONTH_SECS;
		prop_assert_eq!(u64::from(remaining_months(life, age_secs)), left);
	}

	#[test]
	fn market_and_liquidation_should_be_the_floor_of_the_exact_value(
		value in generate::any_amount(),
		share in generate::share(),
	) {
		let expected = big(value) * share / PPB;
		prop_assert_eq!(big(market_value(value, share).unwrap()), expected.clone());
		prop_assert_eq!(big(liquidation_value(value, share).unwrap()), expected);
	}
}

#[test]
fn income_should_be_within_the_proven_bound_when_the_months_are_many() {
	for discount_rate in [1, WAD / 1_000, WAD / 10, WAD] {
		let income = Income {
			rental_per_hour: 3 * WAD + 1,
			utilisation: 765_432_109,
			opex_per_hour: WAD / 7,
			earned_per_hour: None,
			discount_rate,
			remaining_months: 3_000,
		};
		let (numerator, denominator) = annuity::present_value(&income);
		assert_eq!(big(income_value(&income).unwrap()), numerator / denominator);
	}
}
