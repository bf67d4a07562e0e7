// SPDX-License-Identifier: Apache-2.0

//! Loans at the ends of every range.

use super::mock::*;
use crate::{frame_support::assert_ok, sp_runtime::FixedU128};
use caliber_math::{calendar::Calendar, schedule::Amortization};
use caliber_primitives::{
	credit::{CreditError, LineTerms, LoanState, LoanTerms},
	Balance, USD,
};

const LONGEST: Calendar =
	Calendar::Monthly { day: 31, utc_offset_secs: -50_400, duration_days: 4_000 };

fn rates() -> [FixedU128; 3] {
	[FixedU128::from_inner(1), apr(12), FixedU128::from_u32(1)]
}

fn terms_of(calendar: Calendar, amortization: Amortization, rate: FixedU128) -> LoanTerms {
	LoanTerms { calendar, amortization, senior_apr: rate, junior_apr: rate, ..bare_terms().loan }
}

#[test]
fn schedule_should_answer_for_the_smallest_and_largest_loans_of_the_longest_terms() {
	ExtBuilder::default().build_and_execute(|| {
		let calendars = [
			LONGEST,
			Calendar::Every { seconds: 6, periods: 512 },
			Calendar::Every { seconds: 4_000 * DAY / 512, periods: 512 },
			Calendar::Every { seconds: 4_000 * DAY, periods: 1 },
		];
		let forms = [Amortization::Linear, Amortization::Level, Amortization::Bullet];
		for calendar in calendars {
			for amortization in forms {
				for rate in rates() {
					for principal in [1, 2, USD, 10u128.pow(30)] {
						let terms = terms_of(calendar, amortization, rate);
						let rows = Credit::schedule(principal, terms, START).expect("it fits");
						let repaid: Balance = rows.iter().map(|row| row.principal).sum();
						assert_eq!(repaid, principal);
						assert_eq!(rows.last().map(|row| row.balance_after), Some(0));
						assert!(rows.windows(2).all(|two| two[0].due_at < two[1].due_at));
						assert!(rows
							.iter()
							.all(|row| row.interest > 0
								|| row.principal == 0 || row.balance_after == 0));
					}
				}
			}
		}
	});
}

#[test]
fn schedule_should_say_when_numbers_leave_their_range() {
	ExtBuilder::default().build_and_execute(|| {
		let terms = terms_of(
			Calendar::Every { seconds: 4_000 * DAY, periods: 1 },
			Amortization::Linear,
			FixedU128::from_u32(1),
		);
		assert_eq!(Credit::schedule(Balance::MAX, terms, START), Err(CreditError::Overflow));
		assert_eq!(Credit::schedule(1, terms, u64::MAX), Err(CreditError::Overflow));
		assert_eq!(Credit::schedule(0, terms, START), Err(CreditError::InvalidTerms));
	});
}

#[test]
fn a_loan_of_the_longest_term_and_highest_rate_should_be_drawn_and_repaid() {
	ExtBuilder::default().build_and_execute(|| {
		for amortization in [Amortization::Linear, Amortization::Level, Amortization::Bullet] {
			let terms = LineTerms {
				loan: terms_of(LONGEST, amortization, FixedU128::from_u32(1)),
				..bare_terms()
			};
			set_time(START);
			let id = open(terms);
			let loan = draw(id, 100_000 * USD);
			let report = Credit::loan(loan).expect("the loan exists");
			// By local time it is drawn on 31 December 2025; the 4 000 days end on 13 December
			// 2036: the ends of eleven years' months.
			assert_eq!(report.next_due_at, START + 30 * DAY + 50_400);
			assert_eq!((report.state, report.periods), (LoanState::Current, 132));
			set_time(report.matures_at);
			assert_ok!(Credit::payoff(RuntimeOrigin::signed(VAULT), loan, FUNDS));
			assert_ok!(Credit::close_line(RuntimeOrigin::signed(BORROWER), id));
			check_all();
		}
	});
}

#[test]
fn rates_of_nothing_should_owe_principal_alone() {
	ExtBuilder::default().build_and_execute(|| {
		Values::mutate(|values| values.min_senior_apr = FixedU128::from_u32(0));
		let mut terms = bare_terms();
		terms.loan = terms_of(terms.loan.calendar, Amortization::Level, FixedU128::from_u32(0));
		let id = open(terms);
		let loan = draw(id, 120_000 * USD);
		assert_eq!(Credit::payoff_amount(loan), Some(120_000 * USD));
		assert_eq!(repay(loan, 10_000 * USD), Ok(10_000 * USD));
		assert_eq!(balance_of(loan), 110_000 * USD);
		assert_eq!(senior_rate(), 0);
	});
}
