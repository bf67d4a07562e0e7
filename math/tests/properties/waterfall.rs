// SPDX-License-Identifier: Apache-2.0

//! Waterfalls of every size.

use caliber_math::{Ranks, Waterfall};
use num_bigint::BigUint;
use num_traits::Zero;
use proptest::prelude::*;

use crate::{config, generate, reference::big};

/// Returns the ranks, first rank first.
fn in_order(ranks: &Ranks) -> [u128; 7] {
	[
		ranks.sale_cost,
		ranks.senior_principal,
		ranks.senior_interest,
		ranks.junior_principal,
		ranks.junior_interest,
		ranks.servicing_fee,
		ranks.liquidation_fee,
	]
}

fn ranks() -> impl Strategy<Value = Ranks> {
	let amount =
		|| prop_oneof![3 => generate::any_amount(), 2 => generate::balance(), 1 => Just(0)];
	prop::array::uniform7(amount()).prop_map(|owed| Ranks {
		sale_cost: owed[0],
		senior_principal: owed[1],
		senior_interest: owed[2],
		junior_principal: owed[3],
		junior_interest: owed[4],
		servicing_fee: owed[5],
		liquidation_fee: owed[6],
	})
}

/// Returns the amount that a rank receives: the part of `[before, before + owed)` that `proceeds`
/// reaches, where `before` is owed to the ranks above.
fn reached(proceeds: &BigUint, before: &BigUint, owed: &BigUint) -> BigUint {
	if proceeds <= before {
		BigUint::zero()
	} else {
		(proceeds - before).min(owed.clone())
	}
}

/// Returns proceeds that lie at the edges of the ranks more often than by chance.
fn proceeds_for(owed: &Ranks, edge: usize, off: i8, free: u128) -> u128 {
	let sum = in_order(owed).iter().take(edge).fold(0u128, |sum, owed| sum.saturating_add(*owed));
	match off {
		-1 => sum.saturating_sub(1),
		0 => sum,
		1 => sum.saturating_add(1),
		_ => free,
	}
}

proptest! {
	#![proptest_config(config(2_000, "proptest-regressions/waterfall.txt"))]

	#[test]
	fn proceeds_should_be_handed_down_to_the_unit(
		owed in ranks(),
		edge in 0..=7usize,
		off in -1..=2i8,
		free in generate::any_amount(),
	) {
		let proceeds = proceeds_for(&owed, edge, off, free);
		let Waterfall { paid, unpaid, surplus } = owed.distribute(proceeds);

		let mut before = BigUint::zero();
		for ((owed, paid), unpaid) in
			in_order(&owed).into_iter().zip(in_order(&paid)).zip(in_order(&unpaid))
		{
			prop_assert_eq!(big(paid), reached(&big(proceeds), &before, &big(owed)));
			prop_assert_eq!(paid.checked_add(unpaid), Some(owed));
			before += big(owed);
		}
		prop_assert_eq!(paid.total().unwrap().checked_add(surplus), Some(proceeds));
		prop_assert!(surplus == 0 || in_order(&unpaid) == [0; 7]);
		// What is owed in all is the sum, if the sum can be told.
		match owed.total() {
			Ok(total) => prop_assert_eq!(big(total), before),
			Err(_) => prop_assert!(before > big(u128::MAX)),
		}
	}

	#[test]
	fn a_dollar_more_should_never_leave_anyone_with_less(
		owed in ranks(),
		proceeds in generate::any_amount(),
		more in generate::any_amount(),
	) {
		let better = proceeds.saturating_add(more);
		let (low, high) = (owed.distribute(proceeds), owed.distribute(better));
		for (low, high) in in_order(&low.paid).into_iter().zip(in_order(&high.paid)) {
			prop_assert!(low <= high);
		}
		prop_assert!(low.surplus <= high.surplus);
	}
}
