//! Settlements, over any course of time, against one window at a time.

use caliber_math::{Horizon, Schedule, Settlement};
use num_bigint::BigUint;
use num_traits::Zero;
use proptest::prelude::*;

use crate::{
	config, generate,
	reference::{big, schedule as reference},
};

/// Something that happens to a loan.
#[derive(Clone, Debug)]
struct Visit {
	/// Somewhere in the term or a little after it, in parts per million of it.
	at_ppm: u64,
	/// Seconds around the deadline nearest before that, instead.
	near_deadline: Option<i64>,
	horizon: Horizon,
	/// In thousandths of everything that is due; `None`: no bound.
	budget_permille: Option<u32>,
	/// What is prepaid afterwards, in thousandths of the balance.
	prepaid_permille: u128,
}

fn visit() -> impl Strategy<Value = Visit> {
	(
		0_u64..1_300_000,
		proptest::option::of(-1_i64..=1),
		prop_oneof![Just(Horizon::Begun), Just(Horizon::Reached)],
		proptest::option::weighted(0.4, 0_u32..1_100),
		prop_oneof![6 => Just(0), 2 => 0_u128..400, 1 => Just(1_000)],
	)
		.prop_map(|(at_ppm, near_deadline, horizon, budget_permille, prepaid_permille)| Visit {
			at_ppm,
			near_deadline,
			horizon,
			budget_permille,
			prepaid_permille,
		})
}

/// When a visit takes place.
fn moment(visit: &Visit, schedule: &Schedule, deadlines: &[u64]) -> u64 {
	let term = deadlines[deadlines.len() - 1] - schedule.originated_at;
	let now =
		schedule.originated_at + (u128::from(term) * u128::from(visit.at_ppm) / 1_000_000) as u64;
	match visit.near_deadline {
		None => now,
		Some(around) => deadlines
			.iter()
			.rfind(|deadline| **deadline <= now)
			.unwrap_or(&deadlines[0])
			.saturating_add_signed(around),
	}
}

/// What the specification settles: window after window while one is due and the budget lasts.
struct Expected {
	windows: u32,
	principal: BigUint,
	interest: BigUint,
	late_interest: BigUint,
	servicing: BigUint,
	balance_after: BigUint,
}

impl Expected {
	fn total(&self) -> BigUint {
		&self.principal + &self.interest + &self.late_interest + &self.servicing
	}

	fn is(&self, settled: &Settlement) -> bool {
		self.windows == settled.windows
			&& self.principal == big(settled.principal)
			&& self.interest == big(settled.interest)
			&& self.late_interest == big(settled.late_interest)
			&& self.servicing == big(settled.servicing)
			&& self.balance_after == big(settled.balance_after)
			&& self.total() == big(settled.total().unwrap())
	}
}

fn expected(
	windows: &reference::Windows,
	terms: &(caliber_math::LateTerms, caliber_math::Fee),
	first_unpaid: usize,
	balance: u128,
	now: u64,
	horizon: Horizon,
	budget: Option<u128>,
) -> Expected {
	let mut sum = Expected {
		windows: 0,
		principal: BigUint::zero(),
		interest: BigUint::zero(),
		late_interest: BigUint::zero(),
		servicing: BigUint::zero(),
		balance_after: big(balance),
	};
	for k in first_unpaid..windows.count() {
		let payable = match horizon {
			Horizon::Begun => k == 0 || now > windows.deadlines[k - 1],
			Horizon::Reached => now >= windows.deadlines[k],
		};
		if !payable || sum.balance_after.is_zero() {
			break;
		}
		let opening = sum.balance_after.clone();
		let row = windows.row(k, &opening);
		let with_this = Expected {
			windows: sum.windows + 1,
			principal: &sum.principal + &row.principal,
			interest: &sum.interest + &row.interest,
			late_interest: &sum.late_interest
				+ reference::late_interest(&opening, &terms.0, row.due_at, now),
			servicing: &sum.servicing + reference::fee(&terms.1, &opening),
			balance_after: row.balance_after,
		};
		if budget.is_some_and(|budget| with_this.total() > big(budget)) {
			break;
		}
		sum = with_this;
	}
	sum
}

proptest! {
	#![proptest_config(config(1_200, "proptest-regressions/settlement.txt"))]

	#[test]
	fn settle_should_be_one_window_at_a_time_over_any_course_of_time(
		schedule in generate::schedule(),
		principal in generate::balance(),
		terms in (generate::late_terms(), generate::fee()),
		mut visits in prop::collection::vec(visit(), 1..8),
	) {
		let windows = reference::Windows::of(&schedule);
		visits.sort_by_key(|visit| moment(visit, &schedule, &windows.deadlines));
		let (mut paid, mut balance, mut repaid) = (0_u32, principal, 0_u128);
		for visit in &visits {
			if balance == 0 {
				break;
			}
			let now = moment(visit, &schedule, &windows.deadlines);
			let settle = |budget| {
				let (late, fee) = &terms;
				schedule.settle(paid, balance, now, late, fee, visit.horizon, budget).unwrap()
			};
			let everything = settle(None).total().unwrap();
			let budget = visit
				.budget_permille
				.map(|permille| everything / 1_000 * u128::from(permille));
			let settled = settle(budget);
			let expected = expected(
				&windows, &terms, paid as usize, balance, now, visit.horizon, budget,
			);
			prop_assert!(expected.is(&settled), "{:?} at {}", settled, now);
			prop_assert_eq!(settled.principal + settled.balance_after, balance);
			paid += settled.windows;
			let prepaid = settled.balance_after / 1_000 * visit.prepaid_permille;
			balance = settled.balance_after - prepaid;
			repaid += settled.principal + prepaid;
		}
		if balance > 0 {
			let (late, fee) = &terms;
			let rest = schedule
				.settle(paid, balance, u64::MAX, late, fee, Horizon::Reached, None)
				.unwrap();
			prop_assert_eq!(rest.balance_after, 0);
			repaid += rest.principal;
		}
		prop_assert_eq!(repaid, principal);
	}

	#[test]
	fn settle_should_be_the_table_when_every_window_is_paid_in_time(
		schedule in generate::schedule(),
		principal in generate::balance(),
		terms in (generate::late_terms(), generate::fee()),
	) {
		let (late, fee) = &terms;
		let mut balance = principal;
		for (k, row) in (0..).zip(schedule.installments(principal).unwrap()) {
			if balance == 0 {
				break;
			}
			let settled = schedule
				.settle(k, balance, row.due_at, late, fee, Horizon::Reached, None)
				.unwrap();
			let begun = schedule
				.settle(k, balance, row.due_at, late, fee, Horizon::Begun, None)
				.unwrap();
			prop_assert_eq!(settled, begun);
			let expected = Settlement {
				windows: 1,
				principal: row.principal,
				interest: row.interest,
				late_interest: 0,
				servicing: fee.of(balance).unwrap(),
				balance_after: row.balance_after,
			};
			prop_assert_eq!(settled, expected);
			balance = row.balance_after;
		}
	}

	#[test]
	fn settle_should_fit_the_budget_and_leave_no_affordable_window(
		schedule in generate::schedule(),
		balance in generate::balance(),
		terms in (generate::late_terms(), generate::fee()),
		budget in generate::any_amount(),
	) {
		let (late, fee) = &terms;
		let settle = |budget| {
			schedule.settle(0, balance, u64::MAX, late, fee, Horizon::Begun, budget).unwrap()
		};
		let settled = settle(Some(budget));
		let total = settled.total().unwrap();
		prop_assert!(total <= budget);
		prop_assert_eq!(settle(Some(total)).total(), Ok(total));
		if settled.balance_after > 0 {
			let next = schedule
				.settle(settled.windows, settled.balance_after, u64::MAX, late, fee, Horizon::Begun, None)
				.unwrap();
			prop_assert!(next.windows > 0);
			prop_assert_eq!(settle(None).total().unwrap(), total + next.total().unwrap());
			prop_assert!(settle(None).total().unwrap() > budget);
		}
	}
}
