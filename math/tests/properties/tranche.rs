// SPDX-License-Identifier: Apache-2.0

//! Splits of random payments.

use caliber_math::{MathError, Split, Tranches};
use proptest::prelude::*;

use crate::{config, generate, reference::big};

fn tranches() -> impl Strategy<Value = Tranches> {
	let amount = || prop_oneof![4 => generate::balance(), 1 => Just(0)];
	let rate = generate::rate_per_second;
	(amount(), amount(), rate(), rate())
		.prop_filter("a loan is of something", |(senior, junior, ..)| senior + junior > 0)
		.prop_map(|(senior, junior, senior_rate, junior_rate)| Tranches {
			senior,
			junior,
			senior_rate,
			junior_rate,
		})
}

/// Returns `floor(amount · part / whole)`.
fn floor_share(amount: u128, part: num_bigint::BigUint, whole: &num_bigint::BigUint) -> u128 {
	(big(amount) * part / whole).try_into().unwrap()
}

proptest! {
	#![proptest_config(config(1_500, "proptest-regressions/tranche.txt"))]

	#[test]
	fn payments_should_conserve_and_never_exceed_what_is_outstanding(
		tranches in tranches(),
		payments in prop::collection::vec((0_u128..=400, any::<bool>(), 0_u128..3), 1..30),
	) {
		let mut left = Split { senior: tranches.senior, junior: tranches.junior };
		let principal = left.total().unwrap();
		let whole = big(principal);
		for (permille, prepaid, odd) in payments {
			let outstanding = left.total().unwrap();
			let payment = (principal / 1_000 * permille + odd).min(outstanding);
			let split = if prepaid {
				tranches.split_prepayment(payment, left).unwrap()
			} else {
				tranches.split_principal(payment, left).unwrap()
			};
			prop_assert_eq!(split.senior + split.junior, payment);
			prop_assert!(split.senior <= left.senior && split.junior <= left.junior);
			let senior_floor = floor_share(payment, big(tranches.senior), &whole);
			let junior_floor = floor_share(payment, big(tranches.junior), &whole);
			let wanted = if prepaid {
				Split { senior: senior_floor, junior: payment - senior_floor }
			} else {
				Split { senior: payment - junior_floor, junior: junior_floor }
			};
			if wanted.senior <= left.senior && wanted.junior <= left.junior {
				prop_assert_eq!(split, wanted);
			} else {
				prop_assert!(split.senior == left.senior || split.junior == left.junior);
			}
			left = Split { senior: left.senior - split.senior, junior: left.junior - split.junior };
			let outstanding = left.total().unwrap();
			let too_much = outstanding + 1;
			prop_assert_eq!(
				tranches.split_principal(too_much, left),
				Err(MathError::ExceedsOutstanding)
			);
			prop_assert_eq!(
				tranches.split_prepayment(too_much, left),
				Err(MathError::ExceedsOutstanding)
			);
		}
		let outstanding = left.total().unwrap();
		prop_assert_eq!(tranches.split_principal(outstanding, left), Ok(left));
		prop_assert_eq!(tranches.split_prepayment(outstanding, left), Ok(left));
	}

	#[test]
	fn interest_should_conserve_and_follow_what_each_earns(
		tranches in tranches(),
		interest in generate::any_amount(),
	) {
		let split = tranches.split_interest(interest).unwrap();
		prop_assert_eq!(split.senior.checked_add(split.junior), Some(interest));
		let senior = big(tranches.senior) * big(tranches.senior_rate);
		let junior = big(tranches.junior) * big(tranches.junior_rate);
		let earned = &senior + &junior;
		if earned == big(0_u32) {
			prop_assert_eq!(split, Split { senior: interest, junior: 0 });
		} else {
			prop_assert_eq!(split.junior, floor_share(interest, junior, &earned));
			let dust = split.senior - floor_share(interest, senior, &earned);
			prop_assert!(dust <= 1);
		}
	}

	#[test]
	fn blended_rate_should_lie_between_the_rates_and_be_the_floor_of_the_mean(
		tranches in tranches(),
	) {
		let rate = tranches.blended_rate().unwrap();
		let whole = big(tranches.senior + tranches.junior);
		let earned = big(tranches.senior) * big(tranches.senior_rate)
			+ big(tranches.junior) * big(tranches.junior_rate);
		prop_assert_eq!(big(rate), earned / whole);
		prop_assert!(rate <= tranches.senior_rate.max(tranches.junior_rate));
		prop_assert!(rate >= tranches.senior_rate.min(tranches.junior_rate));
	}

	#[test]
	fn splits_should_answer_without_panic_when_arguments_are_any(
		amounts in prop::collection::vec(generate::any_amount(), 7),
	) {
		let [senior, junior, senior_rate, junior_rate, payment, left_senior, left_junior] =
			amounts[..] else { unreachable!() };
		let tranches = Tranches { senior, junior, senior_rate, junior_rate };
		let left = Split { senior: left_senior, junior: left_junior };
		let _ = tranches.blended_rate();
		let splits = [
			tranches.split_interest(payment),
			tranches.split_principal(payment, left),
			tranches.split_prepayment(payment, left),
		];
		for split in splits.into_iter().flatten() {
			prop_assert_eq!(split.total(), Ok(payment));
		}
	}
}
