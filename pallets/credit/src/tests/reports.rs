// SPDX-License-Identifier: Apache-2.0

use super::{mock::*, support::lot::undone};
use crate::{
	frame_support::{assert_noop, assert_ok},
	sp_runtime::{DispatchError, FixedU128, Perbill},
	Error, Lines,
};
use caliber_math::{calendar::Calendar, schedule::Installment};
use caliber_primitives::{
	appraisal::AppraisalError,
	credit::{BreachReason, CreditError, Due, LineState, LoanState},
	titles::Ineligibility,
	Balance, LineId, USD,
};

#[test]
fn schedule_should_tell_what_a_loan_will_pay() {
	ExtBuilder::default().build_and_execute(|| {
		let rows = Credit::schedule(120_000 * USD, bare_terms().loan, START).expect("it fits");
		assert_eq!(rows.len(), 12);
		assert_eq!(
			rows[0],
			Installment {
				due_at: START + PERIOD,
				principal: 10_000 * USD,
				interest: 1_262_465_753_448_960_000_000,
				balance_after: 110_000 * USD,
			}
		);
		assert_eq!(rows[11].balance_after, 0);

		// A loan drawn under these terms pays exactly that.
		let id = draw(open(bare_terms()), 120_000 * USD);
		for row in rows {
			set_time(row.due_at);
			let due = Credit::due(id).expect("the loan exists");
			assert_eq!((due.principal, due.interest), (row.principal, row.interest));
			assert_eq!(repay(id, due.total), Ok(row.principal + row.interest));
			assert_eq!(balance_of(id), row.balance_after);
		}
	});
}

#[test]
fn schedule_should_name_what_is_wrong() {
	ExtBuilder::default().build_and_execute(|| {
		let terms = bare_terms().loan;
		assert_eq!(Credit::schedule(0, terms, START), Err(CreditError::InvalidTerms));
		let mut endless = terms;
		// At some 13 % a year more interest than principal.
		endless.calendar = Calendar::Every { seconds: 4_000 * DAY, periods: 1 };
		assert_eq!(Credit::schedule(u128::MAX, endless, START), Err(CreditError::Overflow));
		endless.calendar = Calendar::Every { seconds: PERIOD, periods: 10_000 };
		assert_eq!(Credit::schedule(USD, endless, START), Err(CreditError::InvalidTerms));
	});
}

#[test]
fn due_should_be_nothing_when_the_begun_periods_are_paid() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(Credit::due(loan_id(0, 0)), None);
		let id = draw(open(bare_terms()), 120_000 * USD);
		let due = Credit::due(id).expect("the loan exists");
		assert_ok!(repay(id, due.total));
		assert_eq!(Credit::due(id), Some(Due::default()));
	});
}

#[test]
fn line_should_report_coverage_reserve_availability_and_dscr() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(Credit::line(0), None);
		let id = offer(terms());
		let report = Credit::line(id).expect("the line exists");
		assert_eq!((report.state, report.availability), (LineState::Offered, Some(0)));
		assert_ok!(accept(BORROWER, id, &terms(), &[1]));
		set_worth(1, Ok(300_000 * USD));
		let report = Credit::line(id).expect("the line exists");
		// 70 % of 300 000.
		assert_eq!(report.base, Some(210_000 * USD));
		assert_eq!((report.coverage, report.dscr), (None, None));
		// Of which the maintenance coverage and the cushion let one part in 1.1 · 1.15 be drawn.
		assert_eq!(report.availability, Some(210_000 * USD * 1_000 / 1_265));

		draw(id, 120_000 * USD);
		set_revenue(1, 255_000 * USD);
		let report = Credit::line(id).expect("the line exists");
		assert_eq!((report.borrower, report.curator), (BORROWER, CURATOR));
		assert_eq!(report.state, LineState::Open);
		assert_eq!(report.outstanding, 120_000 * USD);
		assert_eq!(report.coverage, Some(FixedU128::from_rational(175, 100)));
		assert_eq!(report.availability, Some(210_000 * USD * 1_000 / 1_265 - 120_000 * USD));
		assert_eq!(report.reserve, 33_471_780_821_984_640_000_000);
		assert_eq!(report.required_reserve, report.reserve);
		// All twelve due dates lie within 365 days: 120 000, and a payment period on 780 thousand
		// in all.
		let service: Balance = 120_000 * USD + 780_000 * 4_058_853_374 * 2_592_000;
		let dscr = 255_000 * USD / (service / USD);
		let reported = report.dscr.expect("something is owed").into_inner();
		assert!(reported.abs_diff(dscr) < USD / 10_000, "{reported} is not {dscr}");

		set_worth(1, Err(AppraisalError::Stale(some_key())));
		let report = Credit::line(id).expect("the line exists");
		assert_eq!((report.base, report.coverage, report.availability), (None, None, None));
		assert_eq!(report.outstanding, 120_000 * USD);
	});
}

#[test]
fn line_should_report_no_availability_when_nothing_can_be_drawn() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(terms());
		let availability = || Credit::line(id).and_then(|report| report.availability);
		assert_eq!(availability(), Some(1_000_000 * USD));
		draw(id, 120_000 * USD);
		set_worth(1, Ok(100_000 * USD));
		assert_eq!(availability(), Some(0));
		set_worth(1, Ok(2_000_000 * USD));
		set_time(START + 180 * DAY + 1);
		assert_eq!(availability(), Some(0));
		set_time(START);
		bring_to(id, LineState::Breached);
		assert_eq!(availability(), Some(0));
	});
}

#[test]
fn loan_should_report_how_its_payments_stand() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(Credit::loan(loan_id(0, 0)), None);
		let id = draw(open(bare_terms()), 120_000 * USD);
		let report = Credit::loan(id).expect("the loan exists");
		assert_eq!((report.line, report.state), (0, LoanState::Current));
		assert_eq!((report.senior, report.junior), (108_000 * USD, 12_000 * USD));
		assert_eq!(
			(report.senior_outstanding, report.junior_outstanding),
			(108_000 * USD, 12_000 * USD)
		);
		assert_eq!(report.rate_per_second, 4_058_853_374);
		assert_eq!((report.originated_at, report.next_period, report.periods), (START, 0, 12));
		assert_eq!(report.next_due_at, START + PERIOD);
		assert_eq!(report.default_at, START + PERIOD + 10 * DAY + 1);
		assert_eq!(report.matures_at, START + 12 * PERIOD);
		assert_eq!(report.next_principal, 10_000 * USD);
		assert_eq!(report.next_interest, 1_262_465_753_448_960_000_000);
		assert_eq!((report.accrued, report.accruing), (0, true));
		assert_eq!(Some(report.due), Credit::due(id));

		assert_ok!(repay(id, report.due.total));
		let report = Credit::loan(id).expect("the loan exists");
		// Paid ahead: nothing has been earned that was not paid.
		assert_eq!((report.next_period, report.accrued), (1, 0));
		assert_eq!(
			(report.senior_outstanding, report.junior_outstanding),
			(99_000 * USD, 11_000 * USD)
		);
		set_time(START + PERIOD + DAY);
		let report = Credit::loan(id).expect("the loan exists");
		assert_eq!(report.accrued, 110_000 * 4_058_853_374 * Balance::from(DAY));
		set_time(START + 2 * PERIOD + 1);
		assert_eq!(Credit::loan(id).map(|report| report.state), Some(LoanState::Late));
		bring_to(0, LineState::Defaulted);
		assert_eq!(Credit::loan(id).map(|report| report.accruing), Some(false));
	});
}

#[test]
fn line_should_report_its_trouble() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		let loan = draw(id, 120_000 * USD);
		let report = Credit::line(id).expect("the line exists");
		assert_eq!(
			(report.terms, report.titles, report.loans),
			(bare_terms(), vec![1], vec![loan])
		);
		assert_eq!(
			(report.senior_outstanding, report.junior_locked),
			(108_000 * USD, 88_000 * USD)
		);
		assert_eq!(report.required_base, 132_000 * USD);
		assert_eq!(report.exposure, [(1, 120_000 * USD)]);
		assert_eq!((report.breach, report.breach_now, report.defaulted_at), (None, None, None));
		set_worth(1, Ok(150_000 * USD));
		let report = Credit::line(id).expect("the line exists");
		assert_eq!((report.breach, report.breach_now), (None, Some(BreachReason::Coverage)));
		assert_ok!(Credit::declare_breach(RuntimeOrigin::signed(ANYONE), id));
		let report = Credit::line(id).expect("the line exists");
		assert_eq!(report.breach.map(|breach| breach.cure_until), Some(START + 14 * DAY));
		assert_eq!((report.recovery, report.impairment), (71_250 * USD, 36_750 * USD / 4));
		assert_eq!(report.provision_weight, Perbill::from_percent(25));
		set_time(START + 15 * DAY);
		assert_ok!(Credit::declare_uncured(RuntimeOrigin::signed(ANYONE), id));
		let report = Credit::line(id).expect("the line exists");
		assert_eq!(report.defaulted_at, Some(START + 15 * DAY));
	});
}

fn availability(id: LineId) -> Balance {
	Credit::line(id).and_then(|report| report.availability).expect("the base is known")
}

fn refusal_of_draw(id: LineId, amount: Balance) -> Option<DispatchError> {
	let draw = || Credit::draw(RuntimeOrigin::signed(BORROWER), id, amount);
	undone(|| draw().map(|_| ()).map_err(|e| e.error)).err()
}

#[test]
fn line_should_report_no_availability_when_a_payment_is_overdue() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		let loan = draw(id, 120_000 * USD);
		set_time(START + PERIOD);
		assert_eq!(availability(id), 880_000 * USD);
		set_time(START + PERIOD + 1);
		assert_eq!(availability(id), 0);
		assert_eq!(refusal_of_draw(id, 1_000 * USD), Some(Error::<Test>::PaymentOverdue.into()));
		let due = Credit::due(loan).expect("the loan exists").total;
		assert_ok!(repay(loan, due));
		assert_eq!(availability(id), 880_000 * USD);
	});
}

#[test]
fn line_should_report_no_availability_when_one_of_its_titles_has_lapsed() {
	ExtBuilder::default().build_and_execute(|| {
		let id = offer(bare_terms());
		assert_ok!(accept(BORROWER, id, &bare_terms(), &[1, 2]));
		assert_eq!(availability(id), 1_000_000 * USD);
		// The other title alone would cover the limit.
		set_ineligible(2, Some(Ineligibility::Uninsured));
		assert_eq!(Credit::line(id).and_then(|report| report.base), Some(1_400_000 * USD));
		assert_eq!(availability(id), 0);
		assert_eq!(refusal_of_draw(id, 1_000 * USD), Some(Error::<Test>::TitleLapsed.into()));
		// By the present rules alone, too.
		set_ineligible(2, None);
		renew_custody(2);
		set_time(now() + 2 * DAY);
		assert_eq!(availability(id), 1_000_000 * USD);
		Rules::change(|rules| rules.custody_validity = DAY);
		assert_eq!(availability(id), 0);
	});
}

#[test]
fn line_should_report_what_the_junior_capital_funds_as_available() {
	ExtBuilder::default().build_and_execute(|| {
		// A tenth of each draw is the curator's.
		let id = open(bare_terms());
		let short = Some(Error::<Test>::JuniorCapitalShort.into());
		for (locked, available) in [
			(100_000 * USD, 1_000_000 * USD),
			(100_000 * USD - 10_000, 1_000_000 * USD),
			(100_000 * USD - 10_001, 1_000_000 * USD - 100_010),
			(30_000 * USD, 300_000 * USD),
		] {
			Lines::<Test>::mutate(id, |line| line.as_mut().unwrap().junior_locked = locked);
			assert_eq!(availability(id), available);
			assert_eq!(refusal_of_draw(id, available), None);
		}
		// Ten thousand units of the smallest kind are forgiven.
		assert_eq!(refusal_of_draw(id, 300_000 * USD + 100_001), short);
		Lines::<Test>::mutate(id, |line| line.as_mut().unwrap().junior_locked = 0);
		assert_eq!(availability(id), 0);
		assert_eq!(refusal_of_draw(id, 1_000 * USD), short);
		Lines::<Test>::mutate(id, |line| line.as_mut().unwrap().junior_locked = 100_000 * USD);
	});
}

#[test]
fn line_should_report_an_exposure_that_lags_payments_and_never_draws() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		let loan = draw(id, 120_000 * USD);
		let due = Credit::due(loan).expect("the loan exists").total;
		assert_ok!(repay(loan, due));
		let report = || Credit::line(id).expect("the line exists");
		assert_eq!(
			(report().outstanding, report().exposure),
			(110_000 * USD, vec![(1, 120_000 * USD)])
		);
		draw(id, 10_000 * USD);
		assert_eq!(
			(report().outstanding, report().exposure),
			(120_000 * USD, vec![(1, 120_000 * USD)])
		);
	});
}

#[test]
fn draw_should_be_refused_and_no_covenant_broken_when_the_committee_suspends_a_title() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		draw(id, 120_000 * USD);
		set_braked(1, true);
		assert_eq!(refusal_of_draw(id, 1_000 * USD), Some(Error::<Test>::TitleLapsed.into()));
		let report = Credit::line(id).expect("the line exists");
		assert_eq!((report.availability, report.breach_now), (Some(0), None));
		assert_eq!(report.base, Some(1_400_000 * USD));
		assert_noop!(
			Credit::declare_breach(RuntimeOrigin::signed(ANYONE), id).map_err(|e| e.error),
			Error::<Test>::NotInBreach
		);
		set_braked(1, false);
		assert_eq!(availability(id), 880_000 * USD);
		assert_eq!(refusal_of_draw(id, 880_000 * USD), None);
	});
}
