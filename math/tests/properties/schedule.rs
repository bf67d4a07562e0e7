// SPDX-License-Identifier: Apache-2.0

//! Tables of installments, compared with integers of any size.

use caliber_math::{Amortization, Schedule};
use proptest::prelude::*;

use crate::{
	config, generate,
	reference::{big, schedule as reference},
};

proptest! {
	#![proptest_config(config(1_200, "proptest-regressions/schedule.txt"))]

	#[test]
	fn table_should_be_that_of_the_specification(
		schedule in generate::schedule(),
		principal in generate::balance(),
	) {
		let rows = schedule.installments(principal).unwrap();
		let expected = reference::Periods::of(&schedule).rows(principal);
		prop_assert_eq!(rows.len(), expected.len());
		for (row, expected) in rows.iter().zip(expected) {
			prop_assert_eq!(row.due_at, expected.due_at);
			prop_assert_eq!(big(row.principal), expected.principal);
			prop_assert_eq!(big(row.interest), expected.interest);
			prop_assert_eq!(big(row.balance_after), expected.balance_after);
		}
	}

	#[test]
	fn table_should_repay_the_principal_to_the_unit(
		schedule in generate::schedule(),
		principal in generate::balance(),
	) {
		let rows = schedule.installments(principal).unwrap();
		prop_assert_eq!(rows.iter().map(|row| row.principal).sum::<u128>(), principal);
		prop_assert_eq!(rows.last().unwrap().balance_after, 0);
		prop_assert_eq!(rows.len(), schedule.count().unwrap() as usize);
	}

	#[test]
	fn table_should_be_its_installments_one_by_one(
		schedule in generate::schedule(),
		principal in generate::balance(),
	) {
		let mut balance = principal;
		for (k, row) in (0..).zip(schedule.installments(principal).unwrap()) {
			prop_assert_eq!(schedule.installment(k, balance), Ok(row));
			balance = row.balance_after;
		}
	}

	#[test]
	fn installment_should_be_that_of_the_specification_when_the_balance_is_any(
		schedule in generate::schedule(),
		balance in generate::balance(),
		pick in any::<prop::sample::Index>(),
	) {
		let periods = reference::Periods::of(&schedule);
		let k = pick.index(periods.count());
		let row = schedule.installment(k as u32, balance).unwrap();
		let expected = periods.row(k, &big(balance));
		prop_assert_eq!(row.due_at, expected.due_at);
		prop_assert_eq!(big(row.principal), expected.principal);
		prop_assert_eq!(big(row.interest), expected.interest);
		prop_assert_eq!(big(row.balance_after), expected.balance_after);
	}

	#[test]
	fn schedule_should_answer_without_panic_when_rate_and_balance_are_any(
		schedule in generate::schedule(),
		rate_per_second in generate::any_amount(),
		balance in generate::any_amount(),
		k in 0_u32..600,
	) {
		let schedule = Schedule { rate_per_second, ..schedule };
		if let Ok(row) = schedule.installment(k, balance) {
			prop_assert_eq!(row.principal + row.balance_after, balance);
		}
		if let Ok(rows) = schedule.installments(balance) {
			prop_assert_eq!(schedule.installment(0, balance), Ok(rows[0]));
		}
	}

	#[test]
	fn level_payments_should_be_equal_when_every_period_pays(
		seconds in 86_400_u64..=31 * 86_400,
		periods in 2_u32..=60,
		rate_per_second in 1_u128..20_000_000_000,
		principal in 10_u128.pow(21)..10_u128.pow(27),
	) {
		let schedule = Schedule {
			calendar: caliber_math::Calendar::Every { seconds, periods },
			amortization: Amortization::Level,
			stub_amortizes: false,
			originated_at: 1_767_225_600,
			rate_per_second,
		};
		let rows = schedule.installments(principal).unwrap();
		let payments = || rows.iter().map(|row| row.principal + row.interest);
		let spread = payments().max().unwrap() - payments().min().unwrap();
		// A step of G and D loses at most 1e-18 of it, so a payment at most N · 1e-18; what all N
		// of them lack is in the last one, grown at the most 25-fold (60 payment periods of 5.4 %).
		// A payment is at most principal · (1/N + 5.4 %): in total 60 · 25 · 4.3 parts in 1e18,
		// some 6500.
		prop_assert!(spread <= principal / 10_u128.pow(18) * 10_000, "{}", spread);
	}
}
