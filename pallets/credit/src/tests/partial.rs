// SPDX-License-Identifier: Apache-2.0

//! Any amount counts: what a payment does that completes no payment period, and what it is not: a
//! way to pay less, or a way out of a due date. The figures are worked out here.

use super::{mock::*, support::lot::*};
use crate::frame_support::{assert_noop, assert_ok};
use crate::{Error, Event};
use caliber_math::{calendar::Calendar, schedule::Amortization, tranche::Split};
use caliber_primitives::{
	credit::{FeeRecipient, LineState, LineTerms, LoanState},
	traits::{Accrual, AccrualSum, LossPayee},
	Balance, LoanId, USD,
};

const PRINCIPAL: Balance = 10_000 * USD;
/// A payment period's interest on 120 000, 110 000.
const INTEREST_0: Balance = 1_262_465_753_448_960_000_000;
const INTEREST_1: Balance = 1_157_260_273_994_880_000_000;
/// The senior lender's rates on 108 000 and 99 000: floor(of 3 805 175 039 a second and a dollar).
const SENIOR_RATE_0: Balance = 410_958_904_212_000;
const SENIOR_RATE_1: Balance = 376_712_328_861_000;
/// What a blended rate that is rounded down lacks of the sum of both, at most: a unit a second and dollar.
const DUST: i128 = 2_592_000 * 120_000;
/// Its part of all interest: 3 805 175 039 · 108 000 of 4 058 853 374 · 120 000, the curator's part
/// rounded down.
fn senior_part(interest: Balance) -> Balance {
	let junior = 6_341_958_397 * 12_000;
	let all = 3_805_175_039 * 108_000 + junior;
	interest - interest * junior / all
}

/// One payment period of thirty days, at the end of which everything is due.
fn single_period() -> LineTerms {
	let mut terms = bare_terms();
	terms.loan.calendar = Calendar::Every { seconds: PERIOD, periods: 1 };
	terms.loan.amortization = Amortization::Bullet;
	terms
}

fn claim(amount: Balance) {
	assert_ok!(<Credit as LossPayee<_>>::receive_loss_payment(0, 1, &ANYONE, amount));
}

fn due(id: LoanId) -> Balance {
	Credit::due(id).expect("it is outstanding").total
}

#[test]
fn a_breach_should_be_cured_by_paying_down_in_the_last_period() {
	ExtBuilder::default().build_and_execute(|| {
		let id = draw(open(single_period()), 120_000 * USD);
		// 70 % of 150 000 is 105 000: below the 132 000 that 120 000 need.
		set_worth(1, Ok(150_000 * USD));
		assert_ok!(Credit::declare_breach(RuntimeOrigin::signed(ANYONE), 0));
		let vault = usd(VAULT);
		assert_eq!(repay(id, 60_000 * USD), Ok(60_000 * USD));
		// The whole payment period's interest, and principal with the rest.
		assert_eq!(balance_of(id), 60_000 * USD + INTEREST_0);
		let senior_interest = senior_part(INTEREST_0);
		let senior_principal = (60_000 * USD - INTEREST_0) * 9 / 10;
		assert_eq!(usd(VAULT) - vault, senior_interest + senior_principal);
		assert_ok!(Credit::cure(RuntimeOrigin::signed(ANYONE), 0));
		assert_eq!(line(0).state, LineState::Open);
		// Nothing more is due than what is left, now and at the due date.
		for at in [START, START + PERIOD] {
			set_time(at);
			assert_eq!(due(id), 60_000 * USD + INTEREST_0);
		}
		assert_ok!(repay(id, 60_000 * USD + INTEREST_0));
		assert_eq!(loan(id), None);
	});
}

#[test]
fn insurance_money_should_pay_a_loan_down_in_its_last_period() {
	ExtBuilder::default().build_and_execute(|| {
		let id = draw(open(single_period()), 120_000 * USD);
		claim(100_000 * USD);
		assert_ok!(Credit::apply_insurance_proceeds(RuntimeOrigin::signed(ANYONE), id));
		assert_eq!((balance_of(id), line(0).insurance_proceeds), (20_000 * USD + INTEREST_0, 0));
		// Late interest is that of what is left: 1 585 489 600 a second and dollar.
		set_time(START + PERIOD + 7);
		let late = ((20_000 * USD + INTEREST_0) * 1_585_489_600 * 7).div_ceil(10_u128.pow(18));
		assert_eq!(due(id), 20_000 * USD + INTEREST_0 + late);
	});
}

#[test]
fn a_part_should_not_move_the_due_date_or_the_grace_period() {
	ExtBuilder::default().build_and_execute(|| {
		let id = draw(open(bare_terms()), 120_000 * USD);
		set_time(START + PERIOD + 5 * DAY);
		let late = 120_000 * 1_585_489_600 * u128::from(5 * DAY);
		assert_eq!(
			repay(id, late + INTEREST_0 + PRINCIPAL - 1),
			Ok(late + INTEREST_0 + PRINCIPAL - 1)
		);
		let report = Credit::loan(id).expect("it is outstanding");
		assert_eq!((report.state, report.next_due_at), (LoanState::Late, START + PERIOD));
		assert_eq!((report.next_interest, report.next_principal), (0, 1));
		let declare = || Credit::declare_default(RuntimeOrigin::signed(ANYONE), id);
		set_time(START + PERIOD + 10 * DAY);
		assert_noop!(declare(), Error::<Test>::GracePeriodRunning);
		set_time(START + PERIOD + 10 * DAY + 1);
		assert_ok!(declare());
		assert_eq!(line(0).state, LineState::Defaulted);
	});
}

#[test]
fn a_sum_should_leave_the_same_however_it_is_cut() {
	for at in [START, START + PERIOD, START + PERIOD + 3 * DAY, START + 3 * PERIOD] {
		let pay = |pieces: &[Balance]| {
			ExtBuilder::default().build_and_execute(|| {
				let mut terms = bare_terms();
				terms.loan.fees.servicing = percent(1, FeeRecipient::Treasury);
				let id = draw(open(terms), 120_000 * USD);
				set_time(at);
				let before = (usd(VAULT), usd(CURATOR), usd(TREASURY));
				for piece in pieces {
					assert_eq!(repay(id, *piece), Ok(*piece));
				}
				let loan = loan_record(id);
				set_time(at + 40 * DAY);
				let later = due(id);
				let paid =
					[usd(VAULT) - before.0, usd(CURATOR) - before.1, usd(TREASURY) - before.2];
				(loan.outstanding, loan.next_period, paid, later)
			})
		};
		let sum: Balance = 31_234_567_890_123_456_789_012;
		let whole = pay(&[sum]);
		let pieces: Vec<Balance> = (0..9).map(|_| sum / 10).chain([sum - sum / 10 * 9]).collect();
		let cut = pay(&pieces);
		assert_eq!(whole.0.total(), cut.0.total());
		assert_eq!((whole.1, whole.3), (cut.1, cut.3));
		let near = |a: Balance, b: Balance| a.abs_diff(b) <= 10;
		assert!(near(whole.0.senior, cut.0.senior), "{:?} {:?}", whole.0, cut.0);
		assert!((0..3).all(|at| near(whole.2[at], cut.2[at])), "{:?} {:?}", whole.2, cut.2);
	}
}

#[test]
fn the_senior_lender_should_count_a_part_as_paid_and_go_on_earning_on_the_whole() {
	ExtBuilder::default().build_and_execute(|| {
		let id = draw(open(bare_terms()), 120_000 * USD);
		set_time(START + 10 * DAY);
		// Half of the interest.
		assert_ok!(repay(id, INTEREST_0 / 2));
		let paid = senior_part(INTEREST_0 / 2);
		assert_eq!((usd(VAULT), SeniorInterest::get()), (FUNDS - 108_000 * USD + paid, paid));
		let offset = SENIOR_RATE_0 * u128::from(START);
		let expected = AccrualSum { per_second: SENIOR_RATE_0, offset: offset + paid, earned: 0 };
		assert_eq!(SeniorAccruals::get(), expected);
		// All of it, and 4 000 of the principal: 3 600 are the senior lender's, whose rate stays that
		// of the opening balance.
		assert_ok!(repay(id, INTEREST_0 / 2 + 4_000 * USD));
		assert_eq!(
			loan_record(id).outstanding,
			Split { senior: 104_400 * USD, junior: 11_600 * USD }
		);
		let all = AccrualSum { offset: offset + senior_part(INTEREST_0), ..expected };
		assert_eq!(SeniorAccruals::get(), all);
		// It earns what it was paid by the due date, and nothing in sum over the payment period.
		let left = all.at(START + PERIOD).expect("it fits");
		assert!((0..DUST).contains(&left), "{left}");
		assert_ok!(repay(id, 6_000 * USD));
		let after = AccrualSum {
			per_second: SENIOR_RATE_1,
			offset: SENIOR_RATE_1 * u128::from(START + PERIOD),
			earned: 0,
		};
		assert_eq!(SeniorAccruals::get(), after);
	});
}

#[test]
fn the_senior_lender_should_count_what_is_left_of_a_period_that_is_over() {
	ExtBuilder::default().build_and_execute(|| {
		let id = draw(open(bare_terms()), 120_000 * USD);
		assert_ok!(repay(id, 500 * USD));
		set_time(START + PERIOD + DAY);
		assert_ok!(Credit::reassess(RuntimeOrigin::signed(ANYONE), 0));
		// The second payment period earns on 99 000; of the first, 500 are paid.
		let accrual = Accrual {
			per_second: SENIOR_RATE_1,
			since: START + PERIOD,
			paid: senior_part(500 * USD),
			earned: senior_part(INTEREST_0),
		};
		assert_eq!(loan_record(id).accrual(&line(0).terms.loan), Ok(Some(accrual)));
		let report = Credit::loan(id).expect("it is outstanding");
		let running = 110_000 * 4_058_853_374 * u128::from(DAY);
		assert_eq!(report.accrued, INTEREST_0 - 500 * USD + running);
	});
}

#[test]
fn a_cure_should_count_no_interest_twice_that_was_paid_in_default() {
	ExtBuilder::default().build_and_execute(|| {
		let id = draw(open(bare_terms()), 120_000 * USD);
		bring_to(0, LineState::Defaulted);
		// Most of the interest of the payment period that runs comes in while the line is in default.
		set_time(START + 10 * DAY);
		assert_ok!(repay(id, INTEREST_0 / 10 * 9));
		set_time(START + 20 * DAY);
		assert_ok!(Credit::cure(RuntimeOrigin::signed(ANYONE), 0));
		// It has earned two thirds: until it has earned what was paid, the books count nothing.
		assert_eq!(SeniorAccruals::get(), AccrualSum::default());
		assert_eq!(loan_record(id).booked_in, None);
		set_time(START + 28 * DAY);
		assert_ok!(Credit::reassess(RuntimeOrigin::signed(ANYONE), 0));
		let counted = SeniorAccruals::get().at(now()).expect("it fits");
		let earned = SENIOR_RATE_0 * u128::from(28 * DAY);
		assert_eq!(counted as u128, earned - senior_part(INTEREST_0 / 10 * 9));
		// By the due date it counts what is left to come in.
		let left = SeniorAccruals::get().at(START + PERIOD).expect("it fits") as u128;
		assert!(left.abs_diff(senior_part(INTEREST_0) / 10) < DUST as u128, "{left}");
	});
}

#[test]
fn a_matured_debt_should_go_on_growing_at_the_rate_of_the_loan() {
	ExtBuilder::default().build_and_execute(|| {
		let id = draw(open(single_period()), 120_000 * USD);
		let over = START + PERIOD + 10 * DAY;
		let late = 120_000 * 1_585_489_600 * u128::from(10 * DAY);
		set_time(over);
		assert_eq!(due(id), 120_000 * USD + INTEREST_0 + late);
		// The blended rate, 4 058 853 374 a second.
		set_time(over + 100 * DAY);
		let default = 120_000 * 4_058_853_374 * u128::from(100 * DAY);
		let total = 120_000 * USD + INTEREST_0 + late + default;
		assert_eq!(due(id), total);
		assert_eq!(Credit::payoff_amount(id), Some(total));
		// The senior lender's books do not count it before it comes.
		assert_ok!(Credit::reassess(RuntimeOrigin::signed(ANYONE), 0));
		let counted = SeniorAccruals::get().at(now()).expect("it fits") as u128;
		assert_eq!(counted, senior_part(INTEREST_0));
		// Half of the principal paid, half of it from then on.
		assert_ok!(repay(id, INTEREST_0 + late + default + 60_000 * USD));
		set_time(over + 101 * DAY);
		assert_eq!(due(id), 60_000 * USD + 60_000 * 4_058_853_374 * u128::from(DAY));
	});
}

#[test]
fn unpaid_fees_should_carry_over_and_make_nobody_late() {
	ExtBuilder::default().build_and_execute(|| {
		let mut terms = bare_terms();
		terms.loan.fees.servicing = percent(1, FeeRecipient::Treasury);
		let id = draw(open(terms), 120_000 * USD);
		set_time(START + PERIOD);
		assert_ok!(repay(id, PRINCIPAL + INTEREST_0 + 200 * USD));
		set_time(START + PERIOD + 20 * DAY);
		let report = Credit::loan(id).expect("it is outstanding");
		assert_eq!((report.state, report.next_period), (LoanState::Current, 1));
		// 1 000 of the first payment period and 1 100 of the second.
		assert_eq!(report.due.fees, 2_100 * USD);
		assert_eq!(report.due.total, PRINCIPAL + INTEREST_1 + 2_100 * USD);
		// A reserve pays them as soon as there is money in it.
		assert_ok!(Credit::top_up_reserve(RuntimeOrigin::signed(ANYONE), 0, 600 * USD));
		take_events();
		assert_ok!(Credit::collect(RuntimeOrigin::signed(ANYONE), id));
		assert!(matches!(
			take_events()[..],
			[Event::Repaid { periods: 0, fees, principal: 0, .. }, Event::Collected { .. }]
				if fees == 600 * USD
		));
		assert_eq!(usd(TREASURY), 800 * USD);
	});
}

#[test]
fn new_terms_should_lose_no_interest_that_was_paid_in_part() {
	ExtBuilder::default().build_and_execute(|| {
		let id = draw(open(bare_terms()), 120_000 * USD);
		// Two thirds of the payment period's interest are paid at its beginning: twenty days.
		assert_ok!(repay(id, INTEREST_0 / 3 * 2));
		set_time(START + 6 * DAY);
		let mut terms = bare_terms();
		terms.loan.senior_apr = crate::sp_runtime::FixedU128::from_rational(13, 100);
		assert_ok!(Credit::offer_terms(RuntimeOrigin::signed(CURATOR), 0, terms, now() + DAY));
		let before = usd(BORROWER);
		let hash = Credit::terms_hash(&terms);
		assert_ok!(Credit::accept_terms(RuntimeOrigin::signed(BORROWER), 0, hash));
		assert_eq!(before, usd(BORROWER), "six days were paid already");
		let renewed = loan_record(id);
		assert_eq!(renewed.originated_at, START + 20 * DAY);
		assert_eq!(renewed.balance(), Ok(120_000 * USD));
	});
}

#[test]
fn a_sale_should_ask_for_what_is_left_of_a_period() {
	ExtBuilder::default().build_and_execute(|| {
		let (_, id) = in_default(bare_terms(), DEBT);
		let paid = 2_000 * USD;
		let owed = || {
			let (ranks, _) = crate::impls::LineOp::<Test>::load(0)
				.unwrap()
				.owed_in_liquidation(0)
				.expect("it fits");
			ranks.senior_interest + ranks.junior_interest
		};
		let before = owed();
		assert_ok!(repay(id, paid));
		assert_eq!(before - owed(), paid);
	});
}
