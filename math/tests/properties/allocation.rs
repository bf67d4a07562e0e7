// SPDX-License-Identifier: Apache-2.0

//! Allocations of payments over any course of time, compared with a ledger of single debts.

use caliber_math::{Allocation, AllocationRequest, Fee, Horizon, LateTerms, Progress, Schedule};
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

/// Debts of one payment period that is not paid in full.
#[derive(Clone, Debug)]
struct Open {
	due_at: u64,
	/// Late interest up to `late_until`, default interest included.
	late: BigUint,
	late_until: u64,
	interest: BigUint,
	principal: BigUint,
}

/// A loan kept the slow way: every payment period that was ever payable has an entry of its own, and
/// a payment is paid to the entries in turn.
struct Ledger {
	periods: reference::Periods,
	late: LateTerms,
	rate: u128,
	servicing: Fee,
	/// The payment period with the next entry, and its opening balance.
	next: usize,
	opening: BigUint,
	open: Vec<Open>,
	/// Fees of the payment periods that are paid in full.
	fees: BigUint,
	/// Fee of the last entry, and whether it was moved to the fees.
	last_fee: BigUint,
	outstanding: BigUint,
}

/// What a payment paid: periods, principal, interest, late interest, fees.
type Paid = (u32, BigUint, BigUint, BigUint, BigUint);

impl Ledger {
	fn new(schedule: &Schedule, principal: u128, late: LateTerms, servicing: Fee) -> Self {
		Self {
			periods: reference::Periods::of(schedule),
			late,
			rate: schedule.rate_per_second,
			servicing,
			next: 0,
			opening: big(principal),
			open: Vec::new(),
			fees: BigUint::zero(),
			last_fee: BigUint::zero(),
			outstanding: big(principal),
		}
	}

	/// Time from which all principal earns default interest.
	fn default_from(&self) -> BigUint {
		big(self.periods.due_dates[self.periods.count() - 1]) + big(self.late.grace_period_secs)
	}

	/// Late and default interest of an entry from its last payment to `now`. `held` is what the
	/// lenders have out of the balance at the beginning of its payment period.
	fn lateness(&self, entry: &Open, held: &BigUint, now: u64) -> BigUint {
		let default_from = self.default_from().max(big(entry.late_until));
		reference::late_interest(held, &self.late, entry.due_at, entry.late_until, now)
			+ reference::interest(&entry.principal, self.rate, &default_from, &big(now))
	}

	fn pay(&mut self, now: u64, horizon: Horizon, budget: Option<u128>) -> Paid {
		let mut rest = budget.map(big);
		let mut take = |owed: &mut BigUint, keep: u32| {
			let most = if *owed > big(keep) { &*owed - keep } else { BigUint::zero() };
			let paid = rest.clone().map_or(most.clone(), |rest| rest.min(most));
			if let Some(rest) = &mut rest {
				*rest -= &paid;
			}
			*owed -= &paid;
			(paid, rest.clone())
		};
		let zero = BigUint::zero;
		let mut paid: Paid = (0, zero(), zero(), zero(), zero());
		if self.outstanding.is_zero() {
			return paid;
		}
		loop {
			if self.open.is_empty() {
				let payable = self.next < self.periods.count()
					&& match horizon {
						Horizon::Begun => {
							self.next == 0 || now > self.periods.due_dates[self.next - 1]
						}
						Horizon::Reached => now >= self.periods.due_dates[self.next],
					};
				if !payable || self.opening.is_zero() {
					break;
				}
				let row = self.periods.row(self.next, &self.opening);
				self.last_fee = reference::fee(&self.servicing, &self.opening);
				self.opening = row.balance_after;
				self.open.push(Open {
					due_at: row.due_at,
					late: zero(),
					late_until: 0,
					interest: row.interest,
					principal: row.principal,
				});
				self.next += 1;
			}
			let reached = now >= self.open[0].due_at;
			if horizon == Horizon::Reached && !reached {
				break;
			}
			let held = self.outstanding.clone();
			let lateness = self.lateness(&self.open[0], &held, now);
			let before = self.open[0].clone();
			let entry = &mut self.open[0];
			entry.late += lateness;
			entry.late_until = now;
			let owed = &entry.late + &entry.interest + &entry.principal;
			paid.3 += take(&mut entry.late, 0).0;
			paid.2 += take(&mut entry.interest, 0).0;
			let rest = take(&mut zero(), 0).1;
			let fees = &self.fees + &self.last_fee;
			let short = rest.is_some_and(|rest| rest < &entry.principal + &fees);
			let closes = self.opening.is_zero() && entry.late.is_zero() && entry.interest.is_zero();
			let (principal, rest) = take(&mut entry.principal, (closes && short).into());
			self.outstanding -= &principal;
			paid.1 += principal;
			if entry.late.is_zero() && entry.interest.is_zero() && entry.principal.is_zero() {
				self.open.clear();
				self.fees = fees;
				self.last_fee = zero();
				paid.0 += 1;
				continue;
			}
			if closes && rest.is_some_and(|rest| !rest.is_zero()) {
				self.fees = fees;
				self.last_fee = zero();
			} else if owed == &entry.late + &entry.interest + &entry.principal {
				// Lateness is charged when something is paid.
				self.open[0] = before;
			}
			break;
		}
		paid.4 += take(&mut self.fees, 0).0;
		paid
	}

	/// Takes principal off that is paid ahead of the schedule. Every payment period payable is paid.
	fn prepay(&mut self, amount: u128) {
		assert!(self.open.is_empty());
		self.opening -= big(amount);
		self.outstanding -= big(amount);
	}
}

/// A loan as it is stored.
#[derive(Clone, Copy)]
struct Loan {
	schedule: Schedule,
	late: LateTerms,
	servicing: Fee,
	first_unpaid: u32,
	balance: u128,
	progress: Progress,
}

impl Loan {
	fn new(schedule: Schedule, balance: u128, late: LateTerms, servicing: Fee) -> Self {
		Self { schedule, late, servicing, first_unpaid: 0, balance, progress: Progress::NONE }
	}

	fn allocate(&self, now: u64, horizon: Horizon, budget: Option<u128>) -> Allocation {
		let Self { late, servicing, first_unpaid, balance, progress, .. } = *self;
		let request = AllocationRequest {
			first_unpaid,
			balance,
			progress,
			now,
			late,
			servicing,
			horizon,
			budget,
		};
		self.schedule.allocate(&request).unwrap()
	}

	fn total(&self, now: u64, horizon: Horizon) -> u128 {
		self.allocate(now, horizon, None).total().unwrap()
	}

	fn pay(&mut self, now: u64, horizon: Horizon, budget: Option<u128>) -> Allocation {
		let allocation = self.allocate(now, horizon, budget);
		self.first_unpaid += allocation.periods;
		self.balance = allocation.balance_after;
		self.progress = allocation.progress;
		allocation
	}
}

fn is(allocation: &Allocation, paid: &Paid) -> bool {
	let (periods, principal, interest, late, fees) = paid;
	*periods == allocation.periods
		&& *principal == big(allocation.principal)
		&& *interest == big(allocation.interest)
		&& *late == big(allocation.late_interest)
		&& *fees == big(allocation.servicing)
}

/// A time in the year after the last due date, by which the schedule is over.
fn after_all(schedule: &Schedule, late: &LateTerms) -> u64 {
	let last = *reference::Periods::of(schedule).due_dates.last().unwrap();
	last + late.grace_period_secs + 31_536_000
}

proptest! {
	#![proptest_config(config(1_200, "proptest-regressions/allocation.txt"))]

	#[test]
	fn allocate_should_be_one_debt_at_a_time_over_any_course_of_time(
		schedule in generate::schedule(),
		principal in generate::balance(),
		terms in (generate::late_terms(), generate::fee()),
		mut visits in prop::collection::vec(visit(), 1..8),
	) {
		let (late, servicing) = terms;
		let mut ledger = Ledger::new(&schedule, principal, late, servicing);
		let mut loan = Loan::new(schedule, principal, late, servicing);
		let due_dates = ledger.periods.due_dates.clone();
		visits.sort_by_key(|visit| moment(visit, &schedule, &due_dates));
		let mut repaid = 0_u128;
		for visit in &visits {
			let now = moment(visit, &schedule, &due_dates);
			let horizon = visit.horizon;
			let payable = loan.total(now, horizon);
			let budget =
				visit.budget_permille.map(|permille| payable / 1_000 * u128::from(permille));
			let before = loan.balance;
			let allocation = loan.pay(now, horizon, budget);
			let expected = ledger.pay(now, horizon, budget);
			prop_assert!(is(&allocation, &expected), "{:?} at {}: {:?}", allocation, now, expected);
			prop_assert_eq!(big(loan.balance), ledger.outstanding.clone());
			prop_assert_eq!(allocation.principal + allocation.balance_after, before);
			repaid += allocation.principal;
			if loan.total(now, Horizon::Begun) == 0 {
				let prepaid = loan.balance / 1_000 * visit.prepaid_permille;
				loan.balance -= prepaid;
				ledger.prepay(prepaid);
				repaid += prepaid;
			}
		}
		let now = after_all(&schedule, &late);
		let rest = loan.pay(now, Horizon::Reached, None);
		let expected = ledger.pay(now, Horizon::Reached, None);
		prop_assert!(is(&rest, &expected), "{:?} in the end: {:?}", rest, expected);
		// Every unit of principal was paid once.
		prop_assert_eq!(rest.balance_after, 0);
		prop_assert_eq!(repaid + rest.principal, principal);
	}

	#[test]
	fn allocate_should_be_the_table_when_every_period_is_paid_in_time(
		schedule in generate::schedule(),
		principal in generate::balance(),
		terms in (generate::late_terms(), generate::fee()),
	) {
		let (late, servicing) = terms;
		let mut loan = Loan::new(schedule, principal, late, servicing);
		for row in schedule.installments(principal).unwrap() {
			if loan.balance == 0 {
				break;
			}
			let fee = servicing.of(loan.balance).unwrap();
			let begun = loan.allocate(row.due_at, Horizon::Begun, None);
			let allocation = loan.pay(row.due_at, Horizon::Reached, None);
			prop_assert_eq!(allocation, begun);
			let expected = Allocation {
				periods: 1,
				principal: row.principal,
				interest: row.interest,
				late_interest: 0,
				servicing: fee,
				balance_after: row.balance_after,
				progress: Progress::NONE,
			};
			prop_assert_eq!(allocation, expected);
		}
	}

	#[test]
	fn allocate_should_leave_the_same_when_a_sum_is_cut_within_a_second(
		schedule in generate::schedule(),
		principal in generate::balance(),
		terms in (generate::late_terms(), generate::fee()),
		first in visit(),
		pieces in prop::collection::vec(0_u32..400, 1..6),
		second in visit(),
	) {
		let (late, servicing) = terms;
		let mut whole = Loan::new(schedule, principal, late, servicing);
		let due_dates = reference::Periods::of(&schedule).due_dates;
		let mut times = [moment(&first, &schedule, &due_dates), moment(&second, &schedule, &due_dates)];
		times.sort_unstable();
		// A payment before leaves the loan in any state.
		let early = first.budget_permille.unwrap_or(0).min(999);
		let budget = whole.total(times[0], first.horizon) / 1_000 * u128::from(early);
		whole.pay(times[0], first.horizon, Some(budget));
		let mut cut = whole;
		let (now, horizon) = (times[1], second.horizon);
		let payable = whole.total(now, horizon);
		let amounts = || pieces.iter().map(|piece| payable / 1_000 * u128::from(*piece));
		let sum = amounts().sum();
		let in_one = whole.pay(now, horizon, Some(sum)).total().unwrap();
		let in_pieces: u128 =
			amounts().map(|amount| cut.pay(now, horizon, Some(amount)).total().unwrap()).sum();
		prop_assert_eq!(in_one, in_pieces);
		prop_assert_eq!((whole.first_unpaid, whole.balance), (cut.first_unpaid, cut.balance));
		for horizon in [Horizon::Begun, Horizon::Reached] {
			prop_assert_eq!(
				whole.allocate(now, horizon, None),
				cut.allocate(now, horizon, None)
			);
		}
		// Later they owe the same too.
		let later = after_all(&schedule, &late);
		prop_assert_eq!(
			whole.allocate(later, Horizon::Begun, None),
			cut.allocate(later, Horizon::Begun, None)
		);
	}

	#[test]
	fn allocate_should_take_all_of_the_budget_or_all_that_is_payable(
		schedule in generate::schedule(),
		balance in generate::balance(),
		terms in (generate::late_terms(), generate::fee()),
		budget in generate::any_amount(),
		at_ppm in 0_u64..1_300_000,
	) {
		let (late, servicing) = terms;
		let mut loan = Loan::new(schedule, balance, late, servicing);
		let term = after_all(&schedule, &late) - schedule.originated_at;
		let now = schedule.originated_at + (u128::from(term) * u128::from(at_ppm) / 1_000_000) as u64;
		let payable = loan.total(now, Horizon::Begun);
		let paid = loan.pay(now, Horizon::Begun, Some(budget)).total().unwrap();
		prop_assert_eq!(paid, budget.min(payable));
		prop_assert_eq!(loan.total(now, Horizon::Begun), payable - paid);
	}

	#[test]
	fn no_order_of_payments_should_be_cheaper_than_the_schedule(
		schedule in generate::schedule(),
		principal in generate::balance(),
		terms in (generate::late_terms(), generate::fee()),
		mut visits in prop::collection::vec(visit(), 1..8),
	) {
		let (late, servicing) = terms;
		let due_dates = reference::Periods::of(&schedule).due_dates;
		let mut loan = Loan::new(schedule, principal, late, servicing);
		visits.sort_by_key(|visit| moment(visit, &schedule, &due_dates));
		let (mut interest, mut fees) = (0_u128, 0_u128);
		let mut note = |paid: Allocation| {
			interest += paid.interest + paid.late_interest;
			fees += paid.servicing;
		};
		for visit in &visits {
			let now = moment(visit, &schedule, &due_dates);
			let payable = loan.total(now, visit.horizon) / 1_000;
			let permille = visit.budget_permille.unwrap_or(1_000);
			note(loan.pay(now, visit.horizon, Some(payable * u128::from(permille))));
		}
		note(loan.pay(after_all(&schedule, &late), Horizon::Begun, None));
		prop_assert_eq!(loan.balance, 0);
		let mut balance = principal;
		let (mut least, mut least_fees) = (0_u128, 0_u128);
		for row in schedule.installments(principal).unwrap() {
			if balance == 0 {
				break;
			}
			least += row.interest;
			least_fees += servicing.of(balance).unwrap();
			balance = row.balance_after;
		}
		prop_assert!(interest >= least, "{} of {}", interest, least);
		prop_assert_eq!(fees, least_fees);
	}
}
