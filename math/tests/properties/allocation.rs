// SPDX-License-Identifier: Apache-2.0

//! Allocations of payments over any course of time, compared with one payment period at a time.

use caliber_math::{Allocation, AllocationRequest, Horizon, Schedule};
use num_bigint::BigUint;
use num_traits::Zero;
use proptest::prelude::*;

use crate::{
	config, generate,
	reference::{big, schedule as reference},
};

/// Payment on a loan at some moment.
#[derive(Clone, Debug)]
struct Visit {
	/// Moment in the term or a little after it, in parts per million of the term.
	at_ppm: u64,
	/// Seconds from the last due date before that moment, which the payment is at instead.
	near_due_date: Option<i64>,
	horizon: Horizon,
	/// Budget in thousandths of everything that is payable; `None`: no bound.
	budget_permille: Option<u32>,
	/// Prepayment afterwards, in thousandths of the balance.
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
		.prop_map(|(at_ppm, near_due_date, horizon, budget_permille, prepaid_permille)| Visit {
			at_ppm,
			near_due_date,
			horizon,
			budget_permille,
			prepaid_permille,
		})
}

/// Returns the time of a visit.
fn moment(visit: &Visit, schedule: &Schedule, due_dates: &[u64]) -> u64 {
	let term = due_dates[due_dates.len() - 1] - schedule.originated_at;
	let now =
		schedule.originated_at + (u128::from(term) * u128::from(visit.at_ppm) / 1_000_000) as u64;
	match visit.near_due_date {
		None => now,
		Some(around) => due_dates
			.iter()
			.rfind(|due_date| **due_date <= now)
			.unwrap_or(&due_dates[0])
			.saturating_add_signed(around),
	}
}

/// Allocation by the specification: payment period after payment period while one is payable and
/// the budget lasts.
struct Expected {
	periods: u32,
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

	fn is(&self, allocation: &Allocation) -> bool {
		self.periods == allocation.periods
			&& self.principal == big(allocation.principal)
			&& self.interest == big(allocation.interest)
			&& self.late_interest == big(allocation.late_interest)
			&& self.servicing == big(allocation.servicing)
			&& self.balance_after == big(allocation.balance_after)
			&& self.total() == big(allocation.total().unwrap())
	}
}

fn expected(periods: &reference::Periods, request: &AllocationRequest) -> Expected {
	let mut sum = Expected {
		periods: 0,
		principal: BigUint::zero(),
		interest: BigUint::zero(),
		late_interest: BigUint::zero(),
		servicing: BigUint::zero(),
		balance_after: big(request.balance),
	};
	for k in request.first_unpaid as usize..periods.count() {
		let payable = match request.horizon {
			Horizon::Begun => k == 0 || request.now > periods.due_dates[k - 1],
			Horizon::Reached => request.now >= periods.due_dates[k],
		};
		if !payable || sum.balance_after.is_zero() {
			break;
		}
		let opening = sum.balance_after.clone();
		let row = periods.row(k, &opening);
		let with_this = Expected {
			periods: sum.periods + 1,
			principal: &sum.principal + &row.principal,
			interest: &sum.interest + &row.interest,
			late_interest: &sum.late_interest
				+ reference::late_interest(&opening, &request.late, row.due_at, request.now),
			servicing: &sum.servicing + reference::fee(&request.servicing, &opening),
			balance_after: row.balance_after,
		};
		if request.budget.is_some_and(|budget| with_this.total() > big(budget)) {
			break;
		}
		sum = with_this;
	}
	sum
}

proptest! {
	#![proptest_config(config(1_200, "proptest-regressions/allocation.txt"))]

	#[test]
	fn allocate_should_be_one_period_at_a_time_over_any_course_of_time(
		schedule in generate::schedule(),
		principal in generate::balance(),
		terms in (generate::late_terms(), generate::fee()),
		mut visits in prop::collection::vec(visit(), 1..8),
	) {
		let (late, servicing) = terms;
		let periods = reference::Periods::of(&schedule);
		visits.sort_by_key(|visit| moment(visit, &schedule, &periods.due_dates));
		let (mut first_unpaid, mut balance, mut repaid) = (0_u32, principal, 0_u128);
		for visit in &visits {
			if balance == 0 {
				break;
			}
			let now = moment(visit, &schedule, &periods.due_dates);
			let horizon = visit.horizon;
			let everything = AllocationRequest {
				first_unpaid, balance, now, late, servicing, horizon, budget: None,
			};
			let payable = schedule.allocate(&everything).unwrap().total().unwrap();
			let budget =
				visit.budget_permille.map(|permille| payable / 1_000 * u128::from(permille));
			let request = AllocationRequest { budget, ..everything };
			let allocation = schedule.allocate(&request).unwrap();
			let expected = expected(&periods, &request);
			prop_assert!(expected.is(&allocation), "{:?} at {}", allocation, now);
			prop_assert_eq!(allocation.principal + allocation.balance_after, balance);
			first_unpaid += allocation.periods;
			let prepaid = allocation.balance_after / 1_000 * visit.prepaid_permille;
			balance = allocation.balance_after - prepaid;
			repaid += allocation.principal + prepaid;
		}
		if balance > 0 {
			let request = AllocationRequest {
				first_unpaid, balance, now: u64::MAX, late, servicing,
				horizon: Horizon::Reached, budget: None,
			};
			let rest = schedule.allocate(&request).unwrap();
			prop_assert_eq!(rest.balance_after, 0);
			repaid += rest.principal;
		}
		prop_assert_eq!(repaid, principal);
	}

	#[test]
	fn allocate_should_be_the_table_when_every_period_is_paid_in_time(
		schedule in generate::schedule(),
		principal in generate::balance(),
		terms in (generate::late_terms(), generate::fee()),
	) {
		let (late, servicing) = terms;
		let mut balance = principal;
		for (first_unpaid, row) in (0..).zip(schedule.installments(principal).unwrap()) {
			if balance == 0 {
				break;
			}
			let reached = AllocationRequest {
				first_unpaid, balance, now: row.due_at, late, servicing,
				horizon: Horizon::Reached, budget: None,
			};
			let begun = AllocationRequest { horizon: Horizon::Begun, ..reached };
			let allocation = schedule.allocate(&reached).unwrap();
			prop_assert_eq!(allocation, schedule.allocate(&begun).unwrap());
			let expected = Allocation {
				periods: 1,
				principal: row.principal,
				interest: row.interest,
				late_interest: 0,
				servicing: servicing.of(balance).unwrap(),
				balance_after: row.balance_after,
			};
			prop_assert_eq!(allocation, expected);
			balance = row.balance_after;
		}
	}

	#[test]
	fn allocate_should_fit_the_budget_and_leave_no_affordable_period(
		schedule in generate::schedule(),
		balance in generate::balance(),
		terms in (generate::late_terms(), generate::fee()),
		budget in generate::any_amount(),
	) {
		let (late, servicing) = terms;
		let everything = AllocationRequest {
			first_unpaid: 0, balance, now: u64::MAX, late, servicing,
			horizon: Horizon::Begun, budget: None,
		};
		let within = |budget| {
			let request = AllocationRequest { budget: Some(budget), ..everything };
			schedule.allocate(&request).unwrap()
		};
		let allocation = within(budget);
		let total = allocation.total().unwrap();
		prop_assert!(total <= budget);
		prop_assert_eq!(within(total).total(), Ok(total));
		if allocation.balance_after > 0 {
			let rest = AllocationRequest {
				first_unpaid: allocation.periods, balance: allocation.balance_after, ..everything
			};
			let rest = schedule.allocate(&rest).unwrap();
			prop_assert!(rest.periods > 0);
			let payable = schedule.allocate(&everything).unwrap().total().unwrap();
			prop_assert_eq!(payable, total + rest.total().unwrap());
			prop_assert!(payable > budget);
		}
	}
}
