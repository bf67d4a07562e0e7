// SPDX-License-Identifier: Apache-2.0

use super::mock::*;
use crate::{
	frame_support::{assert_noop, assert_ok},
	sp_runtime::{DispatchError, FixedU128, Perbill},
	Curators, Error, Event, TermsOffers,
};
use caliber_math::{calendar::Calendar, schedule::Amortization, tranche::Split};
use caliber_primitives::{
	appraisal::AppraisalError,
	credit::{LineState, LineTerms},
	titles::Ineligibility,
	Balance, LineId, USD,
};

const PRINCIPAL: Balance = 10_000 * USD;
const INTEREST_0: Balance = 1_262_465_753_448_960_000_000;
/// A second's blended rate of the bare terms on a dollar.
const RATE: Balance = 4_058_853_374;

/// A bullet over two years at 10 % and 18 %, up to 800 000.
fn new_terms() -> LineTerms {
	let mut terms = bare_terms();
	terms.limit = 800_000 * USD;
	terms.loan.amortization = Amortization::Bullet;
	terms.loan.calendar = Calendar::Every { seconds: 30 * DAY, periods: 24 };
	terms.loan.senior_apr = apr(10);
	terms.loan.junior_apr = apr(18);
	terms.loan.first_loss = Perbill::from_percent(20);
	terms
}

fn offering(by: AccountId, line: LineId, terms: LineTerms) -> Result<(), DispatchError> {
	Credit::offer_terms(RuntimeOrigin::signed(by), line, terms, now() + 30 * DAY)
}

fn accepting(line: LineId, terms: &LineTerms) -> Result<(), DispatchError> {
	let hash = Credit::terms_hash(terms);
	Credit::accept_terms(RuntimeOrigin::signed(BORROWER), line, hash)
		.map(|_| ())
		.map_err(|e| e.error)
}

#[test]
fn accept_terms_should_carry_the_balance_and_settle_what_was_earned() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		let loan_id = draw(id, 120_000 * USD);
		// One payment period is due and five days late; the next has run for five days.
		let at = START + PERIOD + 5 * DAY;
		set_time(at);
		assert_ok!(offering(CURATOR, id, new_terms()));
		let before = [BORROWER, VAULT, CURATOR].map(usd);
		let held = junior_held(CURATOR);
		take_events();
		assert_ok!(accepting(id, &new_terms()));

		let late = 120_000 * 1_585_489_600 * Balance::from(5 * DAY);
		let accrued = 110_000 * RATE * Balance::from(5 * DAY);
		let paid = PRINCIPAL + INTEREST_0 + late + accrued;
		assert_eq!(before[0] - usd(BORROWER), paid);
		// All of it reached the lenders, but for the lock: a fifth of 690 000 instead of 88 000.
		assert_eq!((held, junior_held(CURATOR)), (88_000 * USD, 138_000 * USD));
		assert_eq!(usd(VAULT) + usd(CURATOR) + 50_000 * USD - before[1] - before[2], paid);
		let loan = loan_record(loan_id);
		assert_eq!(loan.outstanding, Split { senior: 99_000 * USD, junior: 11_000 * USD });
		assert_eq!((loan.tranches.senior, loan.tranches.junior), (99_000 * USD, 11_000 * USD));
		assert_eq!((loan.originated_at, loan.next_period), (at, 0));
		let line = line(id);
		assert_eq!(line.terms, new_terms());
		assert_eq!((line.outstanding, line.drawn_total), (110_000 * USD, 110_000 * USD));
		assert_eq!(line.junior_locked, 138_000 * USD);
		// floor(99 000e18 * ceil(0.1e18 / 31 536 000) / 1e18) from now on.
		assert_eq!(senior_rate(), 99_000 * 3_170_979_199);
		assert_eq!(senior_offset(), 99_000 * 3_170_979_199 * Balance::from(at));
		assert_eq!(Curators::<Test>::get(CURATOR).map(|c| c.committed), Some(800_000 * USD));
		assert_eq!(TermsOffers::<Test>::get(id), None);
		let events = take_events();
		assert!(matches!(
			events[0],
			Event::Repaid { periods: 1, principal: PRINCIPAL, interest, late_interest, .. }
				if interest == INTEREST_0 + accrued && late_interest == late
		));
		assert_eq!(
			events[1],
			Event::ExposureChanged { line: id, exposure: vec![(1, 110_000 * USD)] }
		);
		assert_eq!(
			events[2..],
			[
				Event::LoanRefinanced {
					loan: loan_id,
					line: id,
					balance: 110_000 * USD,
					originated_at: at
				},
				Event::LineRefinanced {
					line: id,
					terms_hash: Credit::terms_hash(&new_terms()),
					limit: 800_000 * USD,
					junior: 138_000 * USD
				},
			]
		);
		// The new schedule: interest alone, and all of it after two years.
		let report = Credit::loan(loan_id).expect("the loan exists");
		assert_eq!((report.periods, report.next_principal), (24, 0));
		assert_eq!(report.next_due_at, at + 30 * DAY);
		assert_eq!(report.matures_at, at + 720 * DAY);
	});
}

#[test]
fn accept_terms_should_hold_the_deposit_of_the_day_and_close_line_return_it() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		for price in [2 * DEPOSIT, DEPOSIT / 2] {
			LineDeposit::set(&price);
			assert_ok!(offering(CURATOR, id, new_terms()));
			assert_ok!(accepting(id, &new_terms()));
			assert_eq!(deposit_held(CURATOR), price);
		}
		LineDeposit::set(&DEPOSIT);
		assert_ok!(Credit::close_line(RuntimeOrigin::signed(BORROWER), id));
		assert_eq!(deposit_held(CURATOR), 0);
	});
}

#[test]
fn accept_terms_should_begin_where_interest_is_paid_ahead() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		let loan_id = draw(id, 120_000 * USD);
		set_time(START + 5 * DAY);
		assert_ok!(repay(loan_id, PRINCIPAL + INTEREST_0));
		assert_ok!(offering(CURATOR, id, new_terms()));
		let before = usd(BORROWER);
		assert_ok!(accepting(id, &new_terms()));
		// The first payment period is paid: nobody pays it twice.
		assert_eq!(usd(BORROWER), before);
		assert_eq!(loan_record(loan_id).originated_at, START + PERIOD);
		assert_eq!(balance_of(loan_id), 110_000 * USD);
	});
}

#[test]
fn accept_terms_should_let_principal_be_prepaid_without_interest_that_was_paid_ahead() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		let loan_id = draw(id, 120_000 * USD);
		set_time(START + 5 * DAY);
		assert_ok!(repay(loan_id, PRINCIPAL + INTEREST_0));
		assert_ok!(offering(CURATOR, id, new_terms()));
		assert_ok!(accepting(id, &new_terms()));
		// Up to the end of the payment period that is paid nothing is due, and all that comes is
		// principal.
		set_time(START + PERIOD - 1);
		assert_eq!(Credit::due(loan_id).map(|due| (due.periods, due.total)), Some((0, 0)));
		assert_eq!(repay(loan_id, 10_000 * USD), Ok(10_000 * USD));
		assert_eq!(balance_of(loan_id), 100_000 * USD);
		assert_eq!(Credit::payoff_amount(loan_id), Some(100_000 * USD));
		// From then on the first new payment period is.
		set_time(START + PERIOD);
		assert_eq!(Credit::due(loan_id).map(|due| due.periods), Some(1));
		assert!(Credit::payoff_amount(loan_id) > Some(100_000 * USD));
		set_time(START + PERIOD - 1);
		assert_ok!(repay(loan_id, 100_000 * USD));
		assert_eq!((balance_of(loan_id), senior_rate(), senior_offset()), (0, 0, 0));
	});
}

#[test]
fn accept_terms_should_close_a_loan_whose_last_period_is_due() {
	ExtBuilder::default().build_and_execute(|| {
		let mut terms = bare_terms();
		terms.loan.calendar = Calendar::Every { seconds: PERIOD, periods: 1 };
		let id = open(terms);
		draw(id, 120_000 * USD);
		set_time(START + PERIOD);
		assert_ok!(offering(CURATOR, id, new_terms()));
		assert_ok!(accepting(id, &new_terms()));
		assert!(line(id).loans.is_empty());
		assert_eq!((senior_rate(), line(id).outstanding), (0, 0));
	});
}

#[test]
fn accept_terms_should_carry_every_loan_and_free_capital_when_less_is_needed() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		let (first, second) = (draw(id, 120_000 * USD), draw(id, 60_000 * USD));
		let mut terms = new_terms();
		terms.limit = 180_000 * USD;
		assert_ok!(offering(CURATOR, id, terms));
		let before = usd(CURATOR);
		assert_ok!(accepting(id, &terms));
		assert_eq!((junior_held(CURATOR), line(id).junior_locked), (0, 0));
		assert_eq!(usd(CURATOR) - before, 82_000 * USD);
		assert_eq!(
			(loan_record(first).originated_at, loan_record(second).originated_at),
			(START, START)
		);
		assert_eq!((balance_of(first), balance_of(second)), (120_000 * USD, 60_000 * USD));
	});
}

#[test]
fn accept_terms_should_work_out_a_breach_of_coverage() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		draw(id, 120_000 * USD);
		// 122 500 are lent against it: less than 132 000.
		set_worth(1, Ok(175_000 * USD));
		assert_ok!(Credit::declare_breach(RuntimeOrigin::signed(ANYONE), id));
		let mut terms = bare_terms();
		terms.maintenance_coverage = FixedU128::from_u32(1);
		assert_ok!(offering(CURATOR, id, terms));
		assert_ok!(accepting(id, &terms));
		assert_eq!(line(id).state, LineState::Breached);
		assert_ok!(Credit::cure(RuntimeOrigin::signed(ANYONE), id));
		// 122 500 are less than 1.1 times what the new terms ask: a tenth of 108 000 less
		// 175 000 / 2 * 0.95 stays.
		assert_eq!(SeniorImpairment::get(), 24_875 * USD / 10);
	});
}

#[test]
fn accept_terms_should_refuse_without_both_consents() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(accepting(0, &new_terms()), Error::<Test>::UnknownLine);
		let id = offer(bare_terms());
		assert_noop!(accepting(id, &new_terms()), Error::<Test>::NotAccepted);
		assert_ok!(accept(BORROWER, id, &bare_terms(), &[1]));
		assert_noop!(accepting(id, &new_terms()), Error::<Test>::NoTermsOffered);
		assert_ok!(offering(CURATOR, id, new_terms()));
		let by_curator = Credit::accept_terms(
			RuntimeOrigin::signed(CURATOR),
			id,
			Credit::terms_hash(&new_terms()),
		);
		assert_eq!(by_curator.map_err(|e| e.error), Err(Error::<Test>::NotBorrower.into()));
		assert_noop!(accepting(id, &bare_terms()), Error::<Test>::TermsMismatch);
		assert_ok!(Credit::suspend_curator(referendum(), CURATOR));
		assert_noop!(accepting(id, &new_terms()), Error::<Test>::CuratorSuspended);
		assert_ok!(Credit::approve_curator(referendum(), CURATOR, 5_000_000 * USD));
		set_time(START + 30 * DAY);
		assert_noop!(accepting(id, &new_terms()), Error::<Test>::OfferExpired);
		set_time(START + 30 * DAY - 1);
		assert_ok!(accepting(id, &new_terms()));
	});
}

#[test]
fn accept_terms_should_refuse_when_the_debt_does_not_fit_them() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		draw(id, 120_000 * USD);
		let mut terms = new_terms();
		terms.limit = 120_000 * USD - 1;
		assert_ok!(offering(CURATOR, id, terms));
		assert_noop!(accepting(id, &terms), Error::<Test>::OutstandingAboveLimit);
		let mut terms = new_terms();
		terms.advance_rate = Perbill::from_percent(6);
		assert_ok!(offering(CURATOR, id, terms));
		assert_noop!(accepting(id, &terms), Error::<Test>::InsufficientCoverage);
		assert_ok!(offering(CURATOR, id, new_terms()));
		set_worth(1, Err(AppraisalError::Stale(some_key())));
		assert_noop!(accepting(id, &new_terms()), Error::<Test>::PriceStale);
		set_worth(1, Ok(2_000_000 * USD));
		bring_to(id, LineState::Defaulted);
		assert_noop!(accepting(id, &new_terms()), Error::<Test>::LineNotOpen);
	});
}

#[test]
fn accept_terms_should_refuse_when_someone_lacks_the_money() {
	ExtBuilder::default().build_and_execute(|| {
		let mut terms = bare_terms();
		terms.limit = 5_000_000 * USD;
		assert_ok!(Credit::set_curator_capacity(referendum(), CURATOR, FUNDS));
		let id = open(bare_terms());
		terms.loan.first_loss = Perbill::from_percent(100);
		assert_ok!(offering(CURATOR, id, terms));
		assert_ok!(Assets::transfer(
			RuntimeOrigin::signed(CURATOR),
			caliber_primitives::USDAI,
			ANYONE,
			6_000_000 * USD
		));
		assert_noop!(accepting(id, &terms), crate::sp_runtime::TokenError::FundsUnavailable);
	});
}

#[test]
fn accept_terms_should_refuse_when_the_capacity_was_lowered() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		let mut terms = new_terms();
		terms.limit = 1_200_000 * USD;
		assert_ok!(offering(CURATOR, id, terms));
		let set = |capacity| {
			assert_ok!(Credit::set_curator_capacity(referendum(), CURATOR, capacity));
		};
		set(1_200_000 * USD - 1);
		assert_noop!(accepting(id, &terms), Error::<Test>::CapacityExceeded);
		set(1_200_000 * USD);
		assert_ok!(accepting(id, &terms));
		// Below what is committed a limit may still be lowered.
		set(USD);
		assert_ok!(offering(CURATOR, id, new_terms()));
		assert_ok!(accepting(id, &new_terms()));
	});
}

#[test]
fn accept_terms_should_refuse_when_the_bounds_were_tightened() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		draw(id, 120_000 * USD);
		assert_ok!(offering(CURATOR, id, new_terms()));
		// The senior lender gets 10 % of the new terms.
		Values::mutate(|values| values.min_senior_apr = apr(11));
		assert_noop!(accepting(id, &new_terms()), Error::<Test>::SeniorAprTooLow);
		Values::mutate(|values| values.min_senior_apr = apr(10));
		assert_ok!(accepting(id, &new_terms()));
	});
}

#[test]
fn offer_terms_should_be_the_lines_curators() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(offering(CURATOR, 0, new_terms()), Error::<Test>::UnknownLine);
		let id = offer(bare_terms());
		assert_noop!(offering(CURATOR, id, new_terms()), Error::<Test>::NotAccepted);
		assert_ok!(accept(BORROWER, id, &bare_terms(), &[1]));
		assert_noop!(offering(OTHER_CURATOR, id, new_terms()), Error::<Test>::NotLineCurator);
		assert_noop!(
			Credit::offer_terms(RuntimeOrigin::signed(CURATOR), id, new_terms(), START),
			Error::<Test>::ExpiryInPast
		);
		let mut terms = new_terms();
		terms.loan.first_loss = Perbill::from_percent(4);
		assert_noop!(offering(CURATOR, id, terms), Error::<Test>::FirstLossTooLow);
		terms = new_terms();
		terms.limit = 5_000_000 * USD + 1;
		assert_noop!(offering(CURATOR, id, terms), Error::<Test>::CapacityExceeded);
		take_events();
		assert_ok!(offering(CURATOR, id, new_terms()));
		assert_eq!(
			take_events(),
			[Event::TermsOffered {
				line: id,
				terms_hash: Credit::terms_hash(&new_terms()),
				expires_at: START + 30 * DAY
			}]
		);
		// Another offer takes its place.
		assert_ok!(offering(CURATOR, id, bare_terms()));
		assert_noop!(accepting(id, &new_terms()), Error::<Test>::TermsMismatch);
		draw(id, 10_000 * USD);
		bring_to(id, LineState::Defaulted);
		assert_noop!(offering(CURATOR, id, new_terms()), Error::<Test>::LineNotOpen);
	});
}

#[test]
fn offer_terms_should_refuse_a_senior_rate_below_the_least() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		let mut terms = new_terms();
		terms.loan.senior_apr = FixedU128::from_inner(apr(1).into_inner() - 1);
		assert_noop!(offering(CURATOR, id, terms), Error::<Test>::SeniorAprTooLow);
		terms.loan.senior_apr = apr(1);
		assert_ok!(offering(CURATOR, id, terms));
	});
}

#[test]
fn offer_terms_should_refuse_a_suspended_curator() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		assert_ok!(Credit::suspend_curator(referendum(), CURATOR));
		assert_noop!(offering(CURATOR, id, new_terms()), Error::<Test>::CuratorSuspended);
	});
}

#[test]
fn withdraw_terms_should_be_the_curators_until_they_expire() {
	ExtBuilder::default().build_and_execute(|| {
		let withdraw = |by, line| Credit::withdraw_terms(RuntimeOrigin::signed(by), line);
		let id = open(bare_terms());
		assert_noop!(withdraw(CURATOR, id), Error::<Test>::NoTermsOffered);
		assert_ok!(offering(CURATOR, id, new_terms()));
		assert_noop!(withdraw(BORROWER, id), Error::<Test>::OfferStanding);
		take_events();
		assert_ok!(withdraw(CURATOR, id));
		assert_eq!(take_events(), [Event::TermsWithdrawn { line: id }]);
		assert_ok!(offering(CURATOR, id, new_terms()));
		set_time(START + 30 * DAY - 1);
		assert_noop!(withdraw(ANYONE, id), Error::<Test>::OfferStanding);
		set_time(START + 30 * DAY);
		assert_ok!(withdraw(ANYONE, id));
		// Terms on offer go with their line.
		set_time(START);
		assert_ok!(offering(CURATOR, id, new_terms()));
		assert_ok!(Credit::close_line(RuntimeOrigin::signed(BORROWER), id));
		assert_eq!(TermsOffers::<Test>::get(id), None);
	});
}

#[test]
fn accept_terms_should_leave_a_lapsed_title_a_breach() {
	ExtBuilder::default().build_and_execute(|| {
		let id = offer(bare_terms());
		assert_ok!(accept(BORROWER, id, &bare_terms(), &[1, 2]));
		draw(id, 120_000 * USD);
		set_ineligible(2, Some(Ineligibility::Uninsured));
		assert_ok!(Credit::declare_breach(RuntimeOrigin::signed(ANYONE), id));
		assert_ok!(offering(CURATOR, id, new_terms()));
		assert_ok!(accepting(id, &new_terms()));
		assert_noop!(Credit::cure(RuntimeOrigin::signed(ANYONE), id), Error::<Test>::StillInBreach);
	});
}

#[test]
fn release_capital_should_free_it_in_the_second_after_the_availability() {
	ExtBuilder::default().build_and_execute(|| {
		let release = |line| Credit::release_capital(RuntimeOrigin::signed(ANYONE), line);
		assert_noop!(release(0), Error::<Test>::UnknownLine);
		let id = offer(bare_terms());
		assert_noop!(release(id), Error::<Test>::NotAccepted);
		assert_ok!(accept(BORROWER, id, &bare_terms(), &[1]));
		draw(id, 120_000 * USD);
		set_time(START + 180 * DAY);
		assert_noop!(release(id), Error::<Test>::StillAvailable);
		set_time(START + 180 * DAY + 1);
		take_events();
		let before = usd(CURATOR);
		assert_ok!(release(id));
		assert_eq!(usd(CURATOR) - before, 88_000 * USD);
		assert_eq!((junior_held(CURATOR), line(id).junior_locked), (0, 0));
		assert_eq!(take_events(), [Event::CapitalReleased { line: id, amount: 88_000 * USD }]);
		assert_noop!(release(id), Error::<Test>::NothingToClaim);
	});
}
