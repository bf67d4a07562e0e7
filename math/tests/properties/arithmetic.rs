//! Products and quotients, prices and shares, against integers of any size.

use caliber_math::{
	assets_for_shares, clamp_move, median, mul_div, per_second_rate, price_wad, share_of,
	shares_for_assets, MathError, Rounding, PPB, SECONDS_PER_YEAR,
};
use num_bigint::BigUint;
use proptest::prelude::*;
use Rounding::{Down, Up};

use crate::{
	config, generate,
	reference::{big, ceil_div},
};

/// What fits `u128`, or the error that says it does not.
fn fitting(exact: BigUint) -> Result<u128, MathError> {
	exact.try_into().map_err(|_| MathError::Overflow)
}

/// A vault with something in it: its net asset value and its supply.
fn vault() -> impl Strategy<Value = (u128, u128)> {
	(generate::balance(), generate::balance())
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
			// The mean of the two values that have half of the others, themselves apart, either side.
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
	fn clamp_move_should_come_as_near_as_the_bounds_allow(
		reference in generate::any_amount(),
		proposed in generate::any_amount(),
		max_move in generate::share(),
	) {
		let accepted = clamp_move(reference, proposed, max_move).unwrap();
		let allowed = |price: u128| {
			big(reference.abs_diff(price)) * PPB <= big(reference) * max_move
		};
		prop_assert!(allowed(accepted));
		let (low, high) = (reference.min(proposed), reference.max(proposed));
		prop_assert!((low..=high).contains(&accepted));
		if accepted < proposed {
			prop_assert!(!allowed(accepted + 1));
		}
		if accepted > proposed {
			prop_assert!(!allowed(accepted - 1));
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
