// SPDX-License-Identifier: Apache-2.0

use super::mock::*;
use crate::{
	frame_support::{assert_noop, assert_ok},
	Error, Event,
};
use caliber_primitives::{
	appraisal::AppraisalError,
	credit::{LineState, LoanState},
	titles::{Ineligibility, TitleStatus},
	Balance, LoanId, USD,
};
use polkadot_sdk::sp_runtime::Perbill;

/// Principal and interest of the first payment period of 120 000, and ten days of late interest.
const PERIOD_0: Balance = 10_000 * USD + 1_262_465_753_448_960_000_000;
const LATE_0: Balance = 164_383_561_728_000_000_000;
/// The curator's part of all that: a tenth of the principal, and of the interest the share of a
/// second's rates, 6 341 958 397 to nine times 3 805 175 039.
const JUNIOR_0: Balance = 1_000 * USD
	+ 1_426_849_315_176_960_000_000 * 6_341_958_397 / (9 * 3_805_175_039 + 6_341_958_397);
/// The last second of the grace period of the first payment period.
const GRACE_ENDS: u64 = START + PERIOD + 10 * DAY;

fn declare_default(loan: LoanId) -> Result<(), polkadot_sdk::sp_runtime::DispatchError> {
	Credit::declare_default(RuntimeOrigin::signed(ANYONE), loan).map(|_| ()).map_err(|e| e.error)
}

fn cure(line: u32) -> Result<(), polkadot_sdk::sp_runtime::DispatchError> {
	Credit::cure(RuntimeOrigin::signed(ANYONE), line).map(|_| ()).map_err(|e| e.error)
}

fn reassess(line: u32) -> Result<(), polkadot_sdk::sp_runtime::DispatchError> {
	Credit::reassess(RuntimeOrigin::signed(ANYONE), line).map(|_| ()).map_err(|e| e.error)
}

fn state_of(loan: LoanId) -> LoanState {
	Credit::loan(loan).expect("the loan exists").state
}

/// A loan of 120 000 on the only line.
fn drawn_loan() -> LoanId {
	let loan = draw(open(bare_terms()), 120_000 * USD);
	take_events();
	loan
}

#[test]
fn declare_default_should_wait_for_the_second_after_the_grace_period() {
	ExtBuilder::default().build_and_execute(|| {
		let loan = drawn_loan();
		assert_noop!(declare_default(loan_id(0, 7)), Error::<Test>::UnknownLoan);
		set_time(START + PERIOD);
		assert_eq!(state_of(loan), LoanState::Current);
		assert_noop!(declare_default(loan), Error::<Test>::GracePeriodRunning);
		set_time(START + PERIOD + 1);
		assert_eq!(state_of(loan), LoanState::Late);
		set_time(GRACE_ENDS);
		assert_eq!(state_of(loan), LoanState::Late);
		assert_noop!(declare_default(loan), Error::<Test>::GracePeriodRunning);
		set_time(GRACE_ENDS + 1);
		assert_eq!(state_of(loan), LoanState::Defaulted);
		// Worth a million and more in a forced sale: nothing is missing.
		assert_ok!(declare_default(loan));
		assert_eq!(
			take_events(),
			[
				Event::LoanDefaulted { loan, line: 0, due_at: START + PERIOD },
				Event::LineStateChanged {
					line: 0,
					from: LineState::Open,
					to: LineState::Defaulted
				},
			]
		);
		assert_eq!(line(0).defaulted_at, Some(GRACE_ENDS + 1));
		assert_eq!((senior_rate(), senior_offset()), (0, 0));
		assert_noop!(declare_default(loan), Error::<Test>::LineNotOpen);
	});
}

#[test]
fn declare_default_should_stop_every_loan_of_the_line_and_of_no_other() {
	ExtBuilder::default().build_and_execute(|| {
		let first = draw(open(bare_terms()), 120_000 * USD);
		set_time(START + 20 * DAY);
		draw(0, 60_000 * USD);
		let other = offer(bare_terms());
		assert_ok!(accept(BORROWER, other, &bare_terms(), &[2]));
		let healthy = draw(other, 50_000 * USD);
		set_time(GRACE_ENDS + 1);
		assert_ok!(declare_default(first));
		// floor(45 000e18 * 3 805 175 039 / 1e18) of the other line alone.
		assert_eq!(senior_rate(), 171_232_876_755_000);
		let earns = |loan| Credit::loan(loan).expect("the loan exists").accruing;
		assert!(!earns(first) && !earns(loan_id(0, 1)) && earns(healthy));
	});
}

#[test]
fn payments_should_be_taken_after_a_default_with_late_interest_up_to_the_grace_period() {
	ExtBuilder::default().build_and_execute(|| {
		let loan = drawn_loan();
		set_worth(1, Ok(150_000 * USD));
		set_time(GRACE_ENDS + 1);
		assert_ok!(declare_default(loan));
		// 108 000 senior, 71 250 expected.
		assert_eq!(SeniorImpairment::get(), 36_750 * USD);
		assert_eq!(repay(loan, PERIOD_0 + LATE_0), Ok(PERIOD_0 + LATE_0));
		// 9 000 of the 10 000 are senior, and the curator's part stands behind the rest.
		assert_eq!(SeniorImpairment::get(), 27_750 * USD - JUNIOR_0);
		assert_eq!((senior_rate(), senior_offset()), (0, 0));
		assert_ok!(Credit::top_up_reserve(RuntimeOrigin::signed(ANYONE), 0, 300_000 * USD));
		set_time(START + 12 * PERIOD);
		assert_ok!(Credit::collect(RuntimeOrigin::signed(ANYONE), loan));
		assert_eq!((balance_of(loan), SeniorImpairment::get()), (0, 0));
		assert_eq!(line(0).state, LineState::Defaulted);
		assert_ok!(Credit::close_line(RuntimeOrigin::signed(CURATOR), 0));
	});
}

#[test]
fn cure_should_open_a_defaulted_line_once_every_overdue_period_is_paid() {
	ExtBuilder::default().build_and_execute(|| {
		let loan = drawn_loan();
		set_time(GRACE_ENDS + 1);
		assert_ok!(declare_default(loan));
		assert_noop!(cure(0), Error::<Test>::PaymentOverdue);
		assert_ok!(repay(loan, PERIOD_0 + LATE_0));
		take_events();
		assert_ok!(cure(0));
		assert_eq!(
			take_events(),
			[
				Event::LineStateChanged {
					line: 0,
					from: LineState::Defaulted,
					to: LineState::Open
				},
				Event::JuniorHoldbackReleased { line: 0, amount: JUNIOR_0 },
			]
		);
		let line = line(0);
		assert_eq!((line.state, line.defaulted_at), (LineState::Open, None));
		// It earns again: 99 000 from the first due date on. What came in beyond the interest of before
		// the default, late interest of ten days, was counted as suspended interest that had come in:
		// so much of the running payment period counts when it is paid.
		assert_eq!(senior_rate(), 376_712_328_861_000);
		let uncounted = senior_offset() - 376_712_328_861_000 * u128::from(START + PERIOD);
		let late = LATE_0 * 9 * 12 / (9 * 12 + 20);
		assert!(uncounted.abs_diff(late) < USD / 1_000_000, "{uncounted} {late}");
		draw(0, 10_000 * USD);
	});
}

#[test]
fn cure_should_refuse_while_a_covenant_is_broken() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(cure(0), Error::<Test>::UnknownLine);
		drawn_loan();
		assert_noop!(cure(0), Error::<Test>::NotDistressed);
		set_worth(1, Ok(150_000 * USD));
		assert_ok!(Credit::declare_breach(RuntimeOrigin::signed(ANYONE), 0));
		assert_noop!(cure(0), Error::<Test>::StillInBreach);
		set_worth(1, Err(AppraisalError::Stale(some_key())));
		assert_noop!(cure(0), Error::<Test>::StillInBreach);
		// Nine tenths of the last value would be enough, four fifths are not.
		set_worth(1, Ok(210_000 * USD));
		set_worth(1, Err(AppraisalError::Stale(some_key())));
		assert_noop!(cure(0), Error::<Test>::PriceStale);
		set_worth(1, Ok(2_000_000 * USD));
		set_ineligible(1, Some(Ineligibility::CustodyStale));
		assert_noop!(cure(0), Error::<Test>::StillInBreach);
		set_ineligible(1, None);
		assert_ok!(cure(0));
		// Half of two millions, less five percent.
		let books = (line(0).breach, line(0).recovery, SeniorImpairment::get());
		assert_eq!(books, (None, 950_000 * USD, 0));
		bring_to(0, LineState::Liquidating);
		assert_noop!(cure(0), Error::<Test>::NotDistressed);
	});
}

#[test]
fn cure_should_work_even_after_the_cure_period_until_someone_flags_it() {
	ExtBuilder::default().build_and_execute(|| {
		drawn_loan();
		set_worth(1, Ok(150_000 * USD));
		assert_ok!(Credit::declare_breach(RuntimeOrigin::signed(ANYONE), 0));
		set_time(START + 20 * DAY);
		set_worth(1, Ok(2_000_000 * USD));
		assert_ok!(cure(0));
		assert_eq!(line(0).state, LineState::Open);
	});
}

#[test]
fn reassess_should_follow_values_as_they_move() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(reassess(0), Error::<Test>::UnknownLine);
		open(bare_terms());
		assert_noop!(reassess(0), Error::<Test>::NothingOwed);
		draw(0, 120_000 * USD);
		assert_ok!(reassess(0));
		assert_eq!(line(0).impairment, 0);
		set_worth(1, Ok(150_000 * USD));
		assert_ok!(Credit::declare_breach(RuntimeOrigin::signed(ANYONE), 0));
		// A quarter of 108 000 less 71 250, as of everything below.
		assert_eq!(line(0).impairment, 9_187_500 * USD / 1_000);
		for (worth, impairment) in [
			// 100 000 / 2 * 0.95 = 47 500.
			(Ok(100_000 * USD), 60_500 * USD),
			// A fifth of the last known value is cut where there is none of today: 38 000.
			(Err(AppraisalError::Stale(some_key())), 70_000 * USD),
			(Err(AppraisalError::Paused), 70_000 * USD),
			(Err(AppraisalError::Delisted), 70_000 * USD),
			(Err(AppraisalError::Unavailable(some_key())), 70_000 * USD),
			(Err(AppraisalError::Zero), 108_000 * USD),
			(Ok(0), 108_000 * USD),
			(Ok(227_368 * USD), 108_000 * USD - 227_368 * USD * 475 / 1_000),
			(Ok(227_369 * USD), 0),
		] {
			set_worth(1, worth);
			assert_ok!(reassess(0));
			assert_eq!(line(0).impairment, impairment.div_ceil(4));
			assert_eq!(SeniorImpairment::get(), impairment.div_ceil(4));
		}
	});
}

#[test]
fn a_lost_title_should_be_expected_to_bring_nothing_and_an_uninsured_one_its_value() {
	ExtBuilder::default().build_and_execute(|| {
		let id = offer(bare_terms());
		assert_ok!(accept(BORROWER, id, &bare_terms(), &[1, 2]));
		draw(id, 120_000 * USD);
		set_worth(1, Ok(100_000 * USD));
		set_worth(2, Ok(60_000 * USD));
		set_ineligible(2, Some(Ineligibility::Uninsured));
		assert_ok!(Credit::declare_breach(RuntimeOrigin::signed(ANYONE), id));
		// 160 000 / 2 * 0.95 = 76 000 of 108 000. The machines cover 112 000 of the 132 000 that they
		// have to, whatever is insured: a quarter counts.
		assert_eq!(line(id).impairment, 8_000 * USD);
		set_ineligible(2, Some(Ineligibility::NotActive(TitleStatus::Suspended)));
		assert_ok!(reassess(id));
		assert_eq!(line(id).impairment, 8_000 * USD);
		for gone in [
			Ineligibility::NotActive(TitleStatus::Lost),
			Ineligibility::NotActive(TitleStatus::Released),
			Ineligibility::Unknown,
		] {
			set_ineligible(2, Some(gone));
			assert_ok!(reassess(id));
			// 100 000 / 2 * 0.95 = 47 500: a quarter of 60 500.
			assert_eq!(line(id).impairment, 15_125 * USD);
		}
	});
}

#[test]
fn a_sale_that_costs_more_than_usual_should_be_expected_to() {
	ExtBuilder::default().build_and_execute(|| {
		Rules::change(|rules| rules.sale_cost = Perbill::from_percent(5));
		Values::mutate(|values| values.liquidation_cost = Perbill::from_percent(4));
		let mut terms = bare_terms();
		terms.loan.fees.liquidation =
			percent(10, caliber_primitives::credit::FeeRecipient::Curator);
		let id = open(terms);
		draw(id, 120_000 * USD);
		set_worth(1, Ok(100_000 * USD));
		assert_ok!(Credit::declare_breach(RuntimeOrigin::signed(ANYONE), id));
		// A fee that ranks behind the lenders costs them nothing.
		assert_eq!(line(id).recovery, 47_500 * USD);
	});
}
