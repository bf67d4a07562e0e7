// SPDX-License-Identifier: Apache-2.0

use super::mock::*;
use crate::{
	frame_support::{assert_noop, assert_ok},
	sp_runtime::{FixedU128, Perbill},
	Borrowers, Curators, Error, Event, Lines,
};
use caliber_math::{calendar::Calendar, schedule::Fee, tranche::Split};
use caliber_primitives::{
	appraisal::AppraisalError,
	credit::{FeeRecipient, FeeTerm, LineState, LineTerms},
	titles::{Ineligibility, TitleStatus},
	Balance, LineId, USD,
};

/// Interest and principal of the first three payment periods of 120 000 under the usual terms, by
/// hand: a second's rates are ceil(0.12e18 / 31 536 000) = 3 805 175 039 and 6 341 958 397, blended
/// 9 : 1 4 058 853 374; the payment periods begin with 120, 110 and 100 thousand and repay ten
/// each.
const RESERVE: Balance = 33_471_780_821_984_640_000_000;

fn drawing(line: LineId, amount: Balance) -> Result<(), polkadot_sdk::sp_runtime::DispatchError> {
	Credit::draw(RuntimeOrigin::signed(BORROWER), line, amount).map(|_| ()).map_err(|e| e.error)
}

fn with(change: impl FnOnce(&mut LineTerms)) -> LineTerms {
	let mut terms = bare_terms();
	change(&mut terms);
	terms
}

/// The usual terms, with a maintenance coverage of one: a draw leaves the cushion alone.
fn whole() -> LineTerms {
	LineTerms { maintenance_coverage: FixedU128::from_u32(1), ..terms() }
}

#[test]
fn draw_should_split_keep_back_and_pay_out() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(terms());
		take_events();
		set_time(START + DAY);
		let loan_id = draw(id, 120_000 * USD);

		let fee = 1_200 * USD;
		let disbursed = 120_000 * USD - fee - RESERVE;
		assert_eq!(
			take_events(),
			[
				Event::ExposureChanged { line: id, exposure: vec![(1, 120_000 * USD)] },
				Event::LoanDrawn {
					loan: loan_id,
					line: id,
					amount: 120_000 * USD,
					senior: 108_000 * USD,
					junior: 12_000 * USD,
					fee,
					reserved: RESERVE,
					disbursed,
					outstanding: 120_000 * USD,
				}
			]
		);
		assert_eq!(usd(VAULT), FUNDS - 108_000 * USD);
		assert_eq!(junior_held(CURATOR), 88_000 * USD);
		assert_eq!(usd(CURATOR), FUNDS - 100_000 * USD);
		assert_eq!(usd(TREASURY), fee);
		assert_eq!(usd(Credit::account_id()), RESERVE);
		assert_eq!(usd(BORROWER), FUNDS + disbursed);

		let line = line(id);
		assert_eq!(line.junior_locked, 88_000 * USD);
		assert_eq!(line.reserve, RESERVE);
		assert_eq!(line.outstanding, 120_000 * USD);
		assert_eq!(line.drawn_total, 120_000 * USD);
		assert_eq!(loans_of(id), [loan_id]);
		let loan = loan_record(loan_id);
		assert_eq!(loan.outstanding, Split { senior: 108_000 * USD, junior: 12_000 * USD });
		assert_eq!(loan.tranches.senior_rate, 3_805_175_039);
		assert_eq!(loan.tranches.junior_rate, 6_341_958_397);
		assert_eq!((loan.originated_at, loan.next_period), (START + DAY, 0));

		assert_eq!(totals().outstanding, 120_000 * USD);
		assert_eq!(totals().senior_outstanding, 108_000 * USD);
		assert_eq!(Borrowers::<Test>::get(BORROWER).map(|it| it.outstanding), Some(120_000 * USD));
		assert_eq!(Curators::<Test>::get(CURATOR).map(|it| it.outstanding), Some(120_000 * USD));
		// floor(108 000e18 * 3 805 175 039 / 1e18)
		assert_eq!(senior_rate(), 410_958_904_212_000);
		assert_eq!(senior_offset(), 410_958_904_212_000 * u128::from(START + DAY));
	});
}

#[test]
fn draw_should_round_the_first_loss_up() {
	ExtBuilder::default().build_and_execute(|| {
		let line = open(bare_terms());
		let id = draw(line, 1_000 * USD + 1);
		assert_eq!(loan_record(id).outstanding, Split { senior: 900 * USD, junior: 100 * USD + 1 });
	});
}

#[test]
fn draw_should_pay_absolute_fees_to_the_curator_when_the_terms_say_so() {
	ExtBuilder::default().build_and_execute(|| {
		let line = open(with(|terms| {
			terms.loan.fees.origination =
				FeeTerm { fee: Fee::Absolute(77 * USD), recipient: FeeRecipient::Curator }
		}));
		draw(line, 10_000 * USD);
		assert_eq!(usd(CURATOR), FUNDS - 100_000 * USD + 77 * USD);
		assert_eq!(usd(BORROWER), FUNDS + 9_923 * USD);
	});
}

#[test]
fn draw_should_leave_the_balloon_out_of_the_reserve() {
	ExtBuilder::default().build_and_execute(|| {
		let line = open(with(|terms| {
			terms.reserve_installments = 12;
			terms.loan.calendar = Calendar::Every { seconds: PERIOD, periods: 2 };
		}));
		draw(line, 120_000 * USD);
		// ceil(120 000 * 4 058 853 374 * 2 592 000) + 60 000 for the first payment period, and the
		// interest on the other 60 000 for the last.
		let per_dollar: Balance = 4_058_853_374 * 2_592_000;
		let expected = 120_000 * per_dollar + 60_000 * USD + 60_000 * per_dollar;
		assert_eq!(usd(Credit::account_id()), expected);
	});
}

#[test]
fn draw_should_refuse_when_the_line_is_not_open() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(drawing(0, USD), Error::<Test>::UnknownLine);
		let id = offer(terms());
		assert_noop!(drawing(id, 10_000 * USD), Error::<Test>::LineNotOpen);
		assert_ok!(accept(BORROWER, id, &terms(), &[1]));
		draw(id, 10_000 * USD);
		for state in [LineState::Breached, LineState::Defaulted, LineState::Liquidating] {
			bring_to(id, state);
			assert_noop!(drawing(id, 10_000 * USD), Error::<Test>::LineNotOpen);
		}
	});
}

#[test]
fn draw_should_refuse_when_the_caller_is_not_the_borrower() {
	ExtBuilder::default().build_and_execute(|| {
		let line = open(terms());
		assert_noop!(
			Credit::draw(RuntimeOrigin::signed(CURATOR), line, 10_000 * USD),
			Error::<Test>::NotBorrower
		);
	});
}

#[test]
fn draw_should_refuse_when_the_availability_has_ended() {
	ExtBuilder::default().build_and_execute(|| {
		let line = open(terms());
		set_time(START + 180 * DAY);
		draw(line, 10_000 * USD);
		set_time(START + 180 * DAY + 1);
		assert_noop!(drawing(line, 10_000 * USD), Error::<Test>::AvailabilityEnded);
	});
}

#[test]
fn draw_should_refuse_when_more_than_the_limit_is_ever_drawn() {
	ExtBuilder::default().build_and_execute(|| {
		let line = open(bare_terms());
		let loan = draw(line, 600_000 * USD);
		assert_noop!(drawing(line, 400_000 * USD + 1), Error::<Test>::LimitExceeded);
		draw(line, 300_000 * USD);
		// What is repaid is not drawn again.
		assert_ok!(Credit::payoff(RuntimeOrigin::signed(ANYONE), loan, FUNDS));
		assert_noop!(drawing(line, 100_000 * USD + 1), Error::<Test>::LimitExceeded);
		draw(line, 100_000 * USD);
	});
}

#[test]
fn draw_should_refuse_when_it_is_below_the_least() {
	ExtBuilder::default().build_and_execute(|| {
		let line = open(terms());
		assert_noop!(drawing(line, 1_000 * USD - 1), Error::<Test>::DrawTooSmall);
		assert_noop!(drawing(line, 0), Error::<Test>::DrawTooSmall);
		draw(line, 1_000 * USD);
	});
}

#[test]
fn draw_should_refuse_when_the_line_has_all_its_loans() {
	ExtBuilder::default().build_and_execute(|| {
		let line = open(terms());
		for _ in 0..16 {
			draw(line, 1_000 * USD);
		}
		assert_noop!(drawing(line, 1_000 * USD), Error::<Test>::TooManyLoans);
	});
}

#[test]
fn draw_should_name_why_there_is_no_value() {
	ExtBuilder::default().build_and_execute(|| {
		let line = open(terms());
		let amount = 10_000 * USD;
		set_worth(1, Err(AppraisalError::Unavailable(some_key())));
		assert_noop!(drawing(line, amount), Error::<Test>::PriceUnavailable);
		set_worth(1, Err(AppraisalError::UnknownKey));
		assert_noop!(drawing(line, amount), Error::<Test>::PriceUnavailable);
		set_worth(1, Err(AppraisalError::Stale(some_key())));
		assert_noop!(drawing(line, amount), Error::<Test>::PriceStale);
		set_worth(1, Err(AppraisalError::Overflow));
		assert_noop!(drawing(line, amount), Error::<Test>::Overflow);
		// The titles say that there is no value, the appraisal why.
		set_worth(1, Err(AppraisalError::Stale(some_key())));
		set_ineligible(1, Some(Ineligibility::AppraisalUnavailable));
		assert_noop!(drawing(line, amount), Error::<Test>::PriceStale);
		set_ineligible(1, None);
		set_worth(1, Ok(2_000_000 * USD));
		set_rates_known(1, false);
		assert_noop!(drawing(line, amount), Error::<Test>::PriceUnavailable);
	});
}

#[test]
fn draw_should_count_nothing_for_a_title_that_secures_no_new_debt_or_is_worthless() {
	ExtBuilder::default().build_and_execute(|| {
		let terms = whole();
		let line = offer(terms);
		assert_ok!(accept(BORROWER, line, &terms, &[1, 2]));
		set_worth(1, Ok(200_000 * USD));
		// 70 % of 200 000 from the first, 1 400 000 from the second.
		let check_first_alone = || {
			assert_noop!(drawing(line, 140_000 * USD + 1), Error::<Test>::InsufficientCoverage);
		};
		let bar = Ineligibility::CustodianSuspended;
		set_ineligible(2, Some(bar));
		assert_noop!(drawing(line, 140_000 * USD + 1), Error::<Test>::NoNewDebt(bar));
		set_ineligible(2, Some(Ineligibility::ModelPaused));
		check_first_alone();
		set_ineligible(2, Some(Ineligibility::Unseasoned));
		check_first_alone();
		set_ineligible(2, None);
		for gone in [AppraisalError::Zero, AppraisalError::Paused, AppraisalError::Delisted] {
			set_worth(2, Err(gone));
			check_first_alone();
		}
		set_worth(1, Ok(0));
		assert_noop!(drawing(line, 1_000 * USD), Error::<Test>::InsufficientCoverage);
		set_worth(1, Ok(200_000 * USD));
		set_worth(2, Ok(2_000_000 * USD));
		draw(line, 140_000 * USD + 1);
	});
}

#[test]
fn draw_should_count_the_lower_value_when_prices_fall_faster_than_accepted_values() {
	ExtBuilder::default().build_and_execute(|| {
		let terms = whole();
		let line = offer(terms);
		assert_ok!(accept(BORROWER, line, &terms, &[1]));
		set_worth(1, Ok(200_000 * USD));
		set_lent_against(1, 80_000 * USD);
		// 70 % of 80 000, and not of 200 000, over 1.15.
		let most = 56_000 * USD * 100 / 115;
		let available = || Credit::line(line).and_then(|report| report.availability);
		assert_eq!(available(), Some(most));
		assert_noop!(drawing(line, most + 1), Error::<Test>::InsufficientCoverage);
		draw(line, most);
		// What is owed is covered as before.
		set_lent_against(1, 0);
		assert_eq!(available(), Some(0));
		assert_eq!(Credit::line(line).and_then(|report| report.breach_now), None);
		assert_noop!(drawing(line, 1_000 * USD), Error::<Test>::InsufficientCoverage);
	});
}

#[test]
fn draw_should_refuse_when_a_title_has_lapsed() {
	ExtBuilder::default().build_and_execute(|| {
		let line = offer(terms());
		assert_ok!(accept(BORROWER, line, &terms(), &[1, 2]));
		for lapse in [
			Ineligibility::Unknown,
			Ineligibility::NotActive(TitleStatus::Lost),
			Ineligibility::NotActive(TitleStatus::Suspended),
			Ineligibility::CustodyStale,
			Ineligibility::Uninsured,
		] {
			set_ineligible(2, Some(lapse));
			assert_noop!(drawing(line, 10_000 * USD), Error::<Test>::TitleLapsed);
		}
		set_ineligible(2, None);
		draw(line, 10_000 * USD);
	});
}

#[test]
fn draw_should_refuse_while_a_payment_is_overdue() {
	ExtBuilder::default().build_and_execute(|| {
		let line = open(bare_terms());
		let loan = draw(line, 120_000 * USD);
		set_time(START + PERIOD);
		draw(line, 10_000 * USD);
		set_time(START + PERIOD + 1);
		assert_noop!(drawing(line, 10_000 * USD), Error::<Test>::PaymentOverdue);
		assert_ok!(repay(loan, Credit::due(loan).expect("the loan exists").total));
		draw(line, 10_000 * USD);
	});
}

#[test]
fn draw_should_leave_the_coverage_that_maintenance_asks_for_and_the_cushion() {
	ExtBuilder::default().build_and_execute(|| {
		let line = open(bare_terms());
		// 70 % of 100 000 over 1.1 · 1.15 is 55 335.96…
		set_worth(1, Ok(100_000 * USD));
		let most = 70_000 * USD * 1_000 / 1_265;
		assert_noop!(drawing(line, most + 1), Error::<Test>::InsufficientCoverage);
		draw(line, most);
		// The titles may lose 13 % of their value, and no 13.1 %.
		let declare = || Credit::declare_breach(RuntimeOrigin::signed(ANYONE), line);
		set_worth(1, Ok(87_000 * USD));
		assert_noop!(declare(), Error::<Test>::NotInBreach);
		set_worth(1, Ok(86_900 * USD));
		assert_ok!(declare());
	});
}

/// Governance finds that too much is lent on machines. A line that opened before goes on, and is not
/// drawn as before.
#[test]
fn draw_should_lend_no_more_than_the_present_maximum_when_the_line_opened_under_another() {
	ExtBuilder::default().build_and_execute(|| {
		let line = open(whole());
		set_worth(1, Ok(115_000 * USD));
		Values::mutate(|values| values.max_advance_rate = Perbill::from_percent(60));
		let available = || Credit::line(line).and_then(|report| report.availability);
		assert_eq!(available(), Some(60_000 * USD));
		assert_noop!(drawing(line, 60_000 * USD + 1), Error::<Test>::InsufficientCoverage);
		draw(line, 60_000 * USD);
		// What is owed is covered by the rate of the line.
		Values::mutate(|values| values.max_advance_rate = Perbill::from_percent(10));
		let breach = Credit::declare_breach(RuntimeOrigin::signed(ANYONE), line);
		assert_noop!(breach, Error::<Test>::NotInBreach);
	});
}

#[test]
fn draw_should_lend_against_the_lower_of_the_two_rates() {
	ExtBuilder::default().build_and_execute(|| {
		let line = open(whole());
		set_worth(1, Ok(100_000 * USD));
		let most = |base: Balance| base * USD * 100 / 115;
		assert_noop!(drawing(line, most(70_000) + 1), Error::<Test>::InsufficientCoverage);
		new_version(1, Perbill::from_percent(50), Perbill::one());
		assert_noop!(drawing(line, most(50_000) + 1), Error::<Test>::InsufficientCoverage);
		draw(line, most(50_000));
		// What is outstanding counts.
		assert_noop!(drawing(line, 1_000 * USD), Error::<Test>::InsufficientCoverage);
	});
}

#[test]
fn draw_should_refuse_when_a_ceiling_is_reached() {
	ExtBuilder::default().build_and_execute(|| {
		let line = open(bare_terms());
		Values::mutate(|values| values.global_ceiling = 100_000 * USD);
		assert_noop!(drawing(line, 100_000 * USD + 1), Error::<Test>::GlobalCeilingExceeded);
		Values::mutate(|values| values.global_ceiling = 1_000_000 * USD);
		Values::mutate(|values| values.borrower_ceiling = 100_000 * USD);
		assert_noop!(drawing(line, 100_000 * USD + 1), Error::<Test>::BorrowerCeilingExceeded);
		draw(line, 100_000 * USD);
		assert_noop!(drawing(line, 1_000 * USD), Error::<Test>::BorrowerCeilingExceeded);
	});
}

#[test]
fn draw_should_refuse_when_the_lender_has_too_little() {
	ExtBuilder::default().vault(90_000 * USD).build_and_execute(|| {
		let line = open(bare_terms());
		assert_noop!(drawing(line, 101_000 * USD), Error::<Test>::InsufficientLiquidity);
		// 90 000 senior and 10 000 junior.
		draw(line, 100_000 * USD);
		assert_eq!(usd(VAULT), 0);
	});
}

#[test]
fn draw_should_refuse_when_nothing_would_be_paid_out() {
	ExtBuilder::default().build_and_execute(|| {
		let line = open(with(|terms| {
			terms.loan.fees.origination =
				FeeTerm { fee: Fee::Absolute(10_000 * USD), recipient: FeeRecipient::Treasury }
		}));
		assert_noop!(drawing(line, 5_000 * USD), Error::<Test>::NothingToDisburse);
		assert_noop!(drawing(line, 10_000 * USD), Error::<Test>::NothingToDisburse);
		draw(line, 10_000 * USD + 1);
	});
}

#[test]
fn draw_should_take_the_dust_that_rounding_left_and_refuse_a_real_shortage() {
	ExtBuilder::default().build_and_execute(|| {
		let terms = with(|terms| {
			terms.limit = 4_400 * USD;
			terms.loan.first_loss = Perbill::from_parts(333_333_333);
		});
		let id = open(terms);
		// A third of the limit, rounded up, is locked; each of three draws rounds its share up too.
		assert_eq!(line(id).junior_locked, 14_666_666_652 * USD / 10_000_000);
		for _ in 0..3 {
			// 0.333333333 * (1 100e18 + 1) is 366.6666663e18 and a third.
			assert_eq!(
				loan_record(draw(id, 1_100 * USD + 1)).outstanding.junior,
				3_666_666_663 * USD / 10_000_000 + 1
			);
		}
		// 0.333333333 * (1 100e18 - 3) rounds up to 366.6666663e18; three units less are left.
		let last = draw(id, 1_100 * USD - 3);
		assert_eq!(loan_record(last).outstanding.junior, 3_666_666_663 * USD / 10_000_000 - 3);
		assert_eq!(line(id).undrawn(), 0);
		assert_eq!(line(id).junior_locked, 0);
	});
}

#[test]
fn draw_should_refuse_when_the_capital_is_short() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		let set = |locked| {
			Lines::<Test>::mutate(id, |line| line.as_mut().unwrap().junior_locked = locked)
		};
		set(10_000 * USD - 10_001);
		assert_noop!(drawing(id, 100_000 * USD), Error::<Test>::JuniorCapitalShort);
		set(100_000 * USD);
	});
}

#[test]
fn draw_should_overflow_when_the_numbers_of_a_line_are_used_up() {
	ExtBuilder::default().build_and_execute(|| {
		let line = open(terms());
		Lines::<Test>::mutate(line, |line| line.as_mut().unwrap().next_loan = u32::MAX);
		assert_noop!(drawing(line, 10_000 * USD), Error::<Test>::Overflow);
	});
}
