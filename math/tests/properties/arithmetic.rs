// SPDX-License-Identifier: Apache-2.0

//! Products and quotients, prices, shares and proportions, compared with integers of any size.

use caliber_math::{
	annualised_growth, apportion, assets_for_shares, median, mul_div, per_second_rate, price_wad,
	share_of, shares_for_assets, MathError, Rounding, PPB, SECONDS_PER_DAY, SECONDS_PER_YEAR, WAD,
};
use num_bigint::BigUint;
use proptest::prelude::*;
use Rounding::{Down, Up};

use crate::{
	config, generate,
	reference::{big, ceil_div},
};

/// Returns `exact` where it fits `u128`, and the error of an overflow where it does not.
fn fitting(exact: BigUint) -> Result<u128, MathError> {
	exact.try_into().map_err(|_| MathError::Overflow)
}

/// Net asset value and supply of a vault that is not empty.
fn vault() -> impl Strategy<Value = (u128, u128)> {
	(generate::balance(), generate::balance())
}

/// Weights of which 64 fit `u128` together.
fn weight() -> impl Strategy<Value = u128> {
	prop_oneof![
		6 => (any::<u128>(), 8_u32..128).prop_map(|(bits, shift)| bits >> shift),
		1 => Just(0),
	]
}

proptest! {
	#![proptest_config(config(4_000, "proptest-regressions/arithmetic.txt"))]

	#[test]
	fn mul_div_should_be_the_floor_or_the_ceiling_of_the_exact_quotient(
		a in generate::any_amount(),
		b in generate::any_amount(),
		denominator in generate::any_amount(),
	) {
		if denominator == 0 {
			prop_assert_eq!(mul_div(a, b, 0, Down), Err(MathError::DivisionByZero));
			prop_assert_eq!(mul_div(a, b, 0, Up), Err(MathError::DivisionByZero));
		} else {
			let product = big(a) * big(b);
			prop_assert_eq!(mul_div(a, b, denominator, Down), fitting(&product / denominator));
			let ceiling = ceil_div(product, &big(denominator));
			prop_assert_eq!(mul_div(a, b, denominator, Up), fitting(ceiling));
		}
	}

	#[test]
	fn share_of_should_be_the_floor_or_the_ceiling_of_the_exact_share(
		amount in generate::any_amount(),
		share in generate::share(),
	) {
		let product = big(amount) * share;
		prop_assert_eq!(big(share_of(amount, share, Down).unwrap()), &product / PPB);
		prop_assert_eq!(big(share_of(amount, share, Up).unwrap()), ceil_div(product, &big(PPB)));
	}

	#[test]
	fn per_second_rate_should_be_the_least_that_gives_the_year_its_rate(
		apr in generate::any_amount(),
	) {
		let rate = per_second_rate(apr);
		prop_assert!(big(rate) * SECONDS_PER_YEAR >= big(apr));
		prop_assert!(rate == 0 || big(rate - 1) * SECONDS_PER_YEAR < big(apr));
	}

	#[test]
	fn median_should_have_as_many_values_on_either_side(
		values in prop::collection::vec(generate::any_amount(), 1..20),
		seed in any::<prop::sample::Index>(),
	) {
		let middle = median(&mut values.clone()).unwrap();
		let below = values.iter().filter(|value| **value <= middle).count();
		let above = values.iter().filter(|value| **value >= middle).count();
		if values.len() % 2 == 1 {
			prop_assert!(values.contains(&middle));
			prop_assert!(2 * below > values.len() && 2 * above > values.len());
		} else {
			// The mean of the two values that have half of the others, themselves apart, either
			// side.
			let half = values.len() / 2;
			let at_rank = |rank: usize| {
				*values
					.iter()
					.find(|value| {
						let less = values.iter().filter(|other| other < value).count();
						let same = values.iter().filter(|other| other == value).count();
						(less..less + same).contains(&rank)
					})
					.unwrap()
			};
			let mean = (big(at_rank(half - 1)) + big(at_rank(half))) / 2_u32;
			prop_assert_eq!(big(middle), mean);
		}
		let mut rotated = values.clone();
		rotated.rotate_left(seed.index(values.len()));
		prop_assert_eq!(median(&mut rotated), Some(middle));
	}

	#[test]
	fn annualised_growth_should_be_the_floor_of_the_exact_rate(
		from in generate::balance(),
		to in generate::any_amount(),
		span_secs in 1_u64..400 * SECONDS_PER_DAY,
	) {
		let base = big(from) * span_secs;
		let year = |moved: u128| big(moved) * big(WAD) * SECONDS_PER_YEAR;
		match annualised_growth(from, to, span_secs) {
			Ok(rate) if to >= from => {
				prop_assert_eq!(big(u128::try_from(rate).unwrap()), year(to - from) / base);
			},
			Ok(rate) => {
				prop_assert!(rate < 0);
				prop_assert_eq!(big(rate.unsigned_abs()), ceil_div(year(from - to), &base));
			},
			Err(error) => {
				prop_assert_eq!(error, MathError::Overflow);
				let beyond = year(from.abs_diff(to)) / &base >= big(i128::MAX as u128);
				prop_assert!(beyond || base > big(u128::MAX));
			},
		}
	}

	#[test]
	fn apportion_should_give_every_unit_and_each_key_its_share_rounded(
		weights in prop::collection::vec(weight(), 1..64),
		total in generate::any_amount(),
	) {
		let weights: Vec<(usize, u128)> = weights.into_iter().enumerate().collect();
		let whole: u128 = weights.iter().map(|(_, weight)| weight).sum();
		match apportion(total, &weights) {
			Ok(parts) => {
				prop_assert_eq!(parts.iter().map(|(_, part)| part).sum::<u128>(), total);
				prop_assert!(parts.windows(2).all(|pair| pair[0].0 < pair[1].0));
				for (key, part) in parts {
					let weight = weights[key].1;
					prop_assert!(part > 0 && (total > whole || part <= weight));
					// |part − total · weight / whole| < 1
					let (ours, exact) = (big(part) * whole, big(total) * weight);
					let off = if ours > exact { ours - exact } else { exact - ours };
					prop_assert!(off < big(whole));
				}
			},
			Err(error) => {
				prop_assert_eq!(error, MathError::DivisionByZero);
				prop_assert!(whole == 0 && total > 0);
			},
		}
	}

	#[test]
	fn conversions_should_be_the_floor_or_the_ceiling_of_the_exact_value(
		(nav, supply) in vault(),
		amount in generate::any_amount(),
	) {
		let exact_shares = big(amount) * big(supply);
		let exact_assets = big(amount) * big(nav);
		prop_assert_eq!(
			shares_for_assets(amount, nav, supply, Down),
			fitting(&exact_shares / nav)
		);
		prop_assert_eq!(
			shares_for_assets(amount, nav, supply, Up),
			fitting(ceil_div(exact_shares, &big(nav)))
		);
		prop_assert_eq!(
			assets_for_shares(amount, nav, supply, Down),
			fitting(&exact_assets / supply)
		);
		prop_assert_eq!(
			assets_for_shares(amount, nav, supply, Up),
			fitting(ceil_div(exact_assets, &big(supply)))
		);
		let exact_price = big(nav) * big(10_u32).pow(18);
		prop_assert_eq!(price_wad(nav, supply, Down), fitting(&exact_price / supply));
		prop_assert_eq!(
			price_wad(nav, supply, Up),
			fitting(ceil_div(exact_price, &big(supply)))
		);
	}

	#[test]
	fn round_trips_should_never_favour_the_user(
		(nav, supply) in vault(),
		amount in generate::balance(),
	) {
		// Deposit, then redeem what came of it.
		if let Ok(shares) = shares_for_assets(amount, nav, supply, Down) {
			let (nav, supply) = (nav + amount, supply + shares);
			prop_assert!(assets_for_shares(shares, nav, supply, Down).unwrap() <= amount);
		}
		// Mint, then redeem the same shares.
		if let Ok(cost) = assets_for_shares(amount, nav, supply, Up) {
			if let (Some(nav), Some(supply)) = (nav.checked_add(cost), supply.checked_add(amount)) {
				prop_assert!(assets_for_shares(amount, nav, supply, Down).unwrap() <= cost);
			}
		}
		// Redeem, then deposit what came of it.
		if amount < supply {
			let assets = assets_for_shares(amount, nav, supply, Down).unwrap();
			let (nav, supply) = (nav - assets, supply - amount);
			if let Ok(shares) = shares_for_assets(assets, nav, supply, Down) {
				prop_assert!(shares <= amount);
			}
		}
	}

	#[test]
	fn those_who_stay_should_never_lose_when_another_comes_or_goes(
		(nav, supply) in vault(),
		amount in generate::balance(),
	) {
		// nav / supply <= after.0 / after.1
		let kept = |after: (BigUint, BigUint)| big(nav) * after.1 <= after.0 * big(supply);
		if let Ok(shares) = shares_for_assets(amount, nav, supply, Down) {
			prop_assert!(kept((big(nav) + amount, big(supply) + shares)));
		}
		if let Ok(cost) = assets_for_shares(amount, nav, supply, Up) {
			prop_assert!(kept((big(nav) + cost, big(supply) + amount)));
		}
		if amount < supply {
			let assets = assets_for_shares(amount, nav, supply, Down).unwrap();
			prop_assert!(kept((big(nav) - assets, big(supply) - amount)));
		}
		if amount < nav {
			if let Ok(shares) = shares_for_assets(amount, nav, supply, Up) {
				if shares < supply {
					prop_assert!(kept((big(nav) - amount, big(supply) - shares)));
				}
			}
		}
	}
}
