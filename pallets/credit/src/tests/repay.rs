// SPDX-License-Identifier: Apache-2.0

use super::mock::*;
use crate::{
	frame_support::{assert_noop, assert_ok},
	Curators, Error, Event,
};
use caliber_math::{schedule::Fee, tranche::Split};
use caliber_primitives::{
	appraisal::AppraisalError,
	credit::{FeeRecipient, FeeTerm, LineState},
	Balance, LoanId, USD,
};

// 120 000 under the bare terms, by an independent calculation: a second's rates are 3 805 175 039
// and 6 341 958 397, blended 4 058 853 374, late 1 585 489 600.
const PRINCIPAL: Balance = 10_000 * USD;
const INTEREST_0: Balance = 1_262_465_753_448_960_000_000;
const INTEREST_1: Balance = 1_157_260_273_994_880_000_000;
const INTEREST_2: Balance = 1_052_054_794_540_800_000_000;
/// Ten days on 120 000: the grace period ends it.
const LATE_0: Balance = 164_383_561_728_000_000_000;
/// Five days on 110 000.
const LATE_1: Balance = 75_342_465_792_000_000_000;
/// floor(interest * 6 341 958 397 * 12 000 / (3 805 175 039 * 108 000 + 6 341 958 397 * 12 000))
const JUNIOR_INTEREST_0: Balance = 197_260_273_941_408_000_006;

fn loan_of_120k() -> LoanId {
	let loan = draw(open(bare_terms()), 120_000 * USD);
	take_events();
	loan
}

#[test]
fn repay_should_settle_the_first_period_in_full_however_early() {
	ExtBuilder::default().build_and_execute(|| {
		let id = loan_of_120k();
		let before = (usd(VAULT), usd(CURATOR));
		let total = PRINCIPAL + INTEREST_0;
		assert_eq!(repay(id, total), Ok(total));

		let senior_interest = INTEREST_0 - JUNIOR_INTEREST_0;
		assert_eq!(usd(VAULT) - before.0, 9_000 * USD + senior_interest);
		assert_eq!(usd(CURATOR) - before.1, 1_000 * USD + JUNIOR_INTEREST_0);
		assert_eq!(SeniorInterest::get(), senior_interest);
		assert_eq!(
			take_events(),
			[Event::Repaid {
				loan: id,
				line: 0,
				payer: ANYONE,
				periods: 1,
				principal: PRINCIPAL,
				interest: INTEREST_0,
				late_interest: 0,
				fees: 0,
				prepaid: 0,
				senior_interest,
				senior_principal: 9_000 * USD,
				balance_after: 110_000 * USD,
			}]
		);
		let loan = loan_record(id);
		assert_eq!(loan.outstanding, Split { senior: 99_000 * USD, junior: 11_000 * USD });
		assert_eq!(loan.next_period, 1);
		assert_eq!(line(0).outstanding, 110_000 * USD);
		assert_eq!(totals().outstanding, 110_000 * USD);
		// floor(99 000e18 * 3 805 175 039 / 1e18), earning from the first due date on.
		assert_eq!(senior_rate(), 376_712_328_861_000);
		assert_eq!(senior_offset(), 376_712_328_861_000 * u128::from(START + PERIOD));
	});
}

#[test]
fn repay_should_refuse_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		let id = loan_of_120k();
		let by_anyone = |amount| Credit::repay(RuntimeOrigin::signed(ANYONE), id, amount);
		assert_noop!(by_anyone(0), Error::<Test>::ZeroAmount);
	});
}

#[test]
fn repay_should_refuse_when_the_loan_is_not_there() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(repay(loan_id(0, 0), USD), Err(Error::<Test>::UnknownLoan.into()));
		let id = loan_of_120k();
		assert_ok!(Credit::payoff(RuntimeOrigin::signed(ANYONE), id, FUNDS));
		assert_eq!(repay(id, USD), Err(Error::<Test>::UnknownLoan.into()));
	});
}

#[test]
fn repay_should_not_be_late_in_the_second_of_the_due_date() {
	ExtBuilder::default().build_and_execute(|| {
		let id = loan_of_120k();
		let total = PRINCIPAL + INTEREST_0;
		set_time(START + PERIOD);
		assert_eq!(Credit::due(id).map(|due| (due.periods, due.total)), Some((1, total)));
		// One second of 1 585 489 600 on 120 000; and the next payment period has begun.
		set_time(START + PERIOD + 1);
		let due = Credit::due(id).expect("the loan exists");
		assert_eq!(due.periods, 2);
		assert_eq!(due.late_interest, 1_585_489_600 * 120_000);
		assert_eq!(due.total, total + 1_585_489_600 * 120_000 + PRINCIPAL + INTEREST_1);
		// What pays it in time leaves the second's interest on principal a second later.
		assert_eq!(repay(id, total), Ok(total));
		assert_eq!(loan_record(id).next_period, 0);
		assert_eq!(balance_of(id), 110_000 * USD + 1_585_489_600 * 120_000);
	});
}

#[test]
fn repay_should_catch_up_over_every_period_that_has_begun() {
	ExtBuilder::default().build_and_execute(|| {
		let id = loan_of_120k();
		set_time(START + 2 * PERIOD + 5 * DAY);
		let before = (usd(VAULT), usd(CURATOR));
		let total = 3 * PRINCIPAL + INTEREST_0 + INTEREST_1 + INTEREST_2 + LATE_0 + LATE_1;
		assert_eq!(total, 33_711_506_849_504_640_000_000);
		assert_eq!(Credit::due(id).map(|due| due.total), Some(total));
		assert_eq!(repay(id, total), Ok(total));
		let junior = 579_922_945_132_227_468_767 + 3_000 * USD;
		assert_eq!(usd(CURATOR) - before.1, junior);
		assert_eq!(usd(VAULT) - before.0, total - junior);
		assert!(matches!(
			take_events()[..],
			[Event::Repaid { periods: 3, late_interest, balance_after, .. }]
				if late_interest == LATE_0 + LATE_1 && balance_after == 90_000 * USD
		));
		assert_eq!(loan_record(id).next_period, 3);
	});
}

#[test]
fn repay_should_complete_the_oldest_period_first_and_prepay_nothing_while_one_is_due() {
	ExtBuilder::default().build_and_execute(|| {
		let id = loan_of_120k();
		set_time(START + 2 * PERIOD + 5 * DAY);
		let first = PRINCIPAL + INTEREST_0 + LATE_0;
		let second = PRINCIPAL + INTEREST_1 + LATE_1;
		assert_eq!(repay(id, first - 1), Ok(first - 1));
		assert_eq!((loan_record(id).next_period, balance_of(id)), (0, 110_000 * USD + 1));
		assert_eq!(repay(id, second), Ok(second));
		assert_eq!((loan_record(id).next_period, balance_of(id)), (1, 100_000 * USD + 1));
		assert_eq!(repay(id, 1), Ok(1));
		assert_eq!((loan_record(id).next_period, balance_of(id)), (2, 100_000 * USD));
	});
}

#[test]
fn repay_should_prepay_with_the_rest_and_re_amortise() {
	ExtBuilder::default().build_and_execute(|| {
		let id = loan_of_120k();
		let total = PRINCIPAL + INTEREST_0 + 20_000 * USD;
		assert_eq!(repay(id, total), Ok(total));
		assert_eq!(balance_of(id), 90_000 * USD);
		assert!(matches!(
			take_events()[..],
			[Event::Repaid { periods: 1, principal: PRINCIPAL, prepaid, .. }]
				if prepaid == 20_000 * USD
		));
		// Paying again inside the payment period is a prepayment without interest.
		assert_eq!(repay(id, 2_000 * USD), Ok(2_000 * USD));
		assert_eq!((balance_of(id), loan_record(id).next_period), (88_000 * USD, 1));
		// An eleventh of 88 000, and the interest of 88 000.
		set_time(START + PERIOD + 1);
		let due = Credit::due(id).expect("the loan exists");
		assert_eq!(due.principal, 8_000 * USD);
		assert_eq!(due.interest, 88_000 * 4_058_853_374 * 2_592_000);
	});
}

#[test]
fn repay_should_take_no_more_than_what_is_owed() {
	ExtBuilder::default().build_and_execute(|| {
		let id = loan_of_120k();
		let payoff = 120_000 * USD + INTEREST_0;
		assert_eq!(Credit::payoff_amount(id), Some(payoff));
		assert_eq!(repay(id, FUNDS), Ok(payoff));
		assert!(matches!(
			take_events()[..],
			[Event::Repaid { .. }, Event::LoanClosed { loan, line: 0 }] if loan == id
		));
		assert_eq!(loan(id), None);
		assert!(line(0).loans.is_empty());
		assert_eq!(totals().outstanding, 0);
		assert_eq!((senior_rate(), senior_offset()), (0, 0));
	});
}

#[test]
fn repay_should_close_the_loan_with_its_last_period() {
	ExtBuilder::default().build_and_execute(|| {
		let id = loan_of_120k();
		let mut paid = 0;
		for period in 0..12 {
			let due = Credit::due(id).expect("the loan exists");
			assert_eq!((due.periods, due.principal), (1, PRINCIPAL));
			paid += repay(id, due.total).expect("it is what is due");
			set_time(START + (period + 1) * PERIOD + 1);
		}
		assert_eq!(loan(id), None);
		assert_eq!(line(0).outstanding, 0);
		// 120 + 110 + … + 10 thousand for a payment period each.
		assert_eq!(paid, 120_000 * USD + 780_000 * 4_058_853_374 * 2_592_000);
		// The lenders have their principal back and all of the interest.
		let locked = 88_000 * USD;
		assert_eq!(usd(VAULT) + usd(CURATOR), 2 * FUNDS - locked + paid - 120_000 * USD);
	});
}

#[test]
fn repay_should_charge_the_servicing_fee_on_each_opening_balance() {
	ExtBuilder::default().build_and_execute(|| {
		let mut terms = bare_terms();
		terms.loan.fees.servicing = percent(1, FeeRecipient::Treasury);
		let id = draw(open(terms), 120_000 * USD);
		set_time(START + PERIOD);
		let total = PRINCIPAL + INTEREST_0 + 1_200 * USD;
		assert_eq!(Credit::due(id).map(|due| (due.fees, due.total)), Some((1_200 * USD, total)));
		assert_eq!(repay(id, total), Ok(total));
		assert_eq!(usd(TREASURY), 1_200 * USD);
	});
}

#[test]
fn repay_should_charge_a_share_as_exit_fee_on_each_prepayment() {
	ExtBuilder::default().build_and_execute(|| {
		let mut terms = bare_terms();
		terms.loan.fees.exit = percent(2, FeeRecipient::Treasury);
		let id = draw(open(terms), 120_000 * USD);
		let period = PRINCIPAL + INTEREST_0;
		// 10 200 pay 10 000 and two percent of them.
		assert_eq!(repay(id, period + 10_200 * USD), Ok(period + 10_200 * USD));
		assert_eq!((balance_of(id), usd(TREASURY)), (100_000 * USD, 200 * USD));
		// One unit pays no principal and its fee.
		assert_eq!(repay(id, 1), Err(Error::<Test>::PaysNothing.into()));
		// Two units pay one, and a fee that is rounded up to one: 49 units more cost no other fee.
		assert_eq!(repay(id, 2), Ok(2));
		assert_eq!(balance_of(id), 100_000 * USD - 1);
		assert_eq!(usd(TREASURY), 200 * USD + 1);
		assert_eq!(repay(id, 49), Ok(49));
		assert_eq!((balance_of(id), usd(TREASURY)), (100_000 * USD - 50, 200 * USD + 1));
	});
}

#[test]
fn repay_should_charge_an_absolute_exit_fee_in_proportion_over_the_life_of_the_loan() {
	ExtBuilder::default().build_and_execute(|| {
		let mut terms = bare_terms();
		terms.loan.fees.exit =
			FeeTerm { fee: Fee::Absolute(60 * USD), recipient: FeeRecipient::Treasury };
		let id = draw(open(terms), 120_000 * USD);
		let period = PRINCIPAL + INTEREST_0;
		// 60 for 120 000 is one for 2 000: 10 005 prepay 10 000 and pay five.
		assert_eq!(repay(id, period + 10_005 * USD), Ok(period + 10_005 * USD));
		assert_eq!((balance_of(id), usd(TREASURY)), (100_000 * USD, 5 * USD));
		// All but a unit costs as much as all: nobody pays 99 999 and leaves the rest to the schedule.
		assert_eq!(repay(id, 100_050 * USD - 1), Ok(100_050 * USD - 1));
		assert_eq!((balance_of(id), usd(TREASURY)), (1, 55 * USD));
		assert_eq!(repay(id, FUNDS), Ok(1));
		assert_eq!((balance_of(id), usd(TREASURY)), (0, 55 * USD));
	});
}

#[test]
fn exit_fees_should_be_the_same_however_a_prepayment_is_cut() {
	for fee in [Fee::Absolute(61 * USD + 7), Fee::Share(12_345_678)] {
		let paid = |pieces: &[Balance]| {
			ExtBuilder::default().build_and_execute(|| {
				let mut terms = bare_terms();
				terms.loan.fees.exit = FeeTerm { fee, recipient: FeeRecipient::Treasury };
				let id = draw(open(terms), 120_000 * USD);
				assert_ok!(repay(id, PRINCIPAL + INTEREST_0));
				for piece in pieces {
					assert_ok!(repay(id, *piece));
				}
				(balance_of(id), usd(TREASURY))
			})
		};
		let (left, fees) = paid(&[30_000 * USD]);
		let pieces: Vec<Balance> = (0..30).map(|_| 1_000 * USD).collect();
		let (cut, cut_fees) = paid(&pieces);
		assert!(cut - left <= 30, "{cut} {left}");
		assert!(fees - cut_fees <= 1, "{fees} {cut_fees}");
	}
}

#[test]
fn repay_should_need_no_price_and_work_in_every_state() {
	ExtBuilder::default().build_and_execute(|| {
		let id = loan_of_120k();
		set_worth(1, Err(AppraisalError::Stale(some_key())));
		assert_ok!(Credit::suspend_curator(referendum(), CURATOR));
		for state in [LineState::Breached, LineState::Defaulted, LineState::Liquidating] {
			bring_to(0, state);
			let total = Credit::due(id).map_or(0, |due| due.total).max(1_000 * USD);
			assert_eq!(repay(id, total), Ok(total));
		}
	});
}

#[test]
fn repay_should_be_possible_for_curator_and_borrower() {
	ExtBuilder::default().build_and_execute(|| {
		let id = loan_of_120k();
		let before = usd(CURATOR);
		let total = PRINCIPAL + INTEREST_0;
		assert_ok!(Credit::repay(RuntimeOrigin::signed(CURATOR), id, total));
		// What it pays itself it keeps.
		assert_eq!(before - usd(CURATOR), 9_000 * USD + INTEREST_0 - JUNIOR_INTEREST_0);
		assert_ok!(Credit::repay(RuntimeOrigin::signed(BORROWER), id, USD));
	});
}

#[test]
fn repay_should_change_nothing_when_the_payer_lacks_the_money() {
	ExtBuilder::default().build_and_execute(|| {
		let id = loan_of_120k();
		assert_noop!(
			Credit::repay(RuntimeOrigin::signed(TREASURY), id, FUNDS),
			crate::sp_runtime::TokenError::FundsUnavailable
		);
	});
}

#[test]
fn repay_should_report_broken_books_when_the_curator_is_gone() {
	ExtBuilder::default().build_and_execute(|| {
		let id = loan_of_120k();
		let curator = Curators::<Test>::take(CURATOR).expect("the curator exists");
		let broken = std::panic::catch_unwind(|| {
			assert_noop!(
				Credit::repay(RuntimeOrigin::signed(ANYONE), id, FUNDS),
				Error::<Test>::Unexpected
			);
		});
		// With debug assertions the defensive check panics before the error is returned.
		assert_eq!(broken.is_err(), cfg!(debug_assertions));
		Curators::<Test>::insert(CURATOR, curator);
	});
}

#[test]
fn repay_should_refund_the_weight_of_periods_it_does_not_settle() {
	ExtBuilder::default().build_and_execute(|| {
		use crate::WeightInfo;
		let id = loan_of_120k();
		let result = Credit::repay(RuntimeOrigin::signed(ANYONE), id, PRINCIPAL + INTEREST_0);
		assert_eq!(result.map(|info| info.actual_weight), Ok(Some(<() as WeightInfo>::repay(1))));
	});
}
