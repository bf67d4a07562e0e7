// SPDX-License-Identifier: Apache-2.0

//! Payments that complete no payment period, on the real runtime: they cure a breach, they pay a
//! matured debt down, and neither moves a price but by what was earned. The invariants of credit and
//! vault, to the unit, are checked after every step.

#![allow(missing_docs)]

mod common;

use caliber_math::{calendar::Calendar, schedule::Amortization};
use caliber_primitives::{
	credit::{LineState, LineTerms},
	LineId, TitleId, USD,
};
use caliber_runtime::{Balance, Credit, Vault};
use common::{lines::*, *};
use pallet_caliber_credit::Call as CreditCall;
use pallet_caliber_titles::Call as TitlesCall;

/// Length of the only payment period.
const TERM: u64 = 60 * DAY;
/// ceil(0.10 · 10^18 / 31 536 000) and ceil(0.15 · 10^18 / 31 536 000), at nine to one: the blended
/// rate a second, at 10^-18, rounded down.
const SENIOR_RATE: Balance = 3_170_979_199;
const BLENDED: Balance = (9 * SENIOR_RATE + 4_756_468_798) / 10;

/// One payment period of sixty days, at the end of which everything is due; no reserve.
fn one_period() -> LineTerms {
	let mut terms = terms();
	terms.reserve_installments = 0;
	terms.loan.calendar = Calendar::Every { seconds: TERM, periods: 1 };
	terms.loan.amortization = Amortization::Bullet;
	terms
}

/// Draws 50 000 dollars for one period against an insured server.
fn drawn() -> (LineId, TitleId) {
	fund(100_000);
	buy_usdai(&insurer(), 200_000);
	let title = insured_server(&borrower(), 1, 135_360 * USD);
	let line = open_line_on(one_period(), title);
	submit_ok(&borrower(), CreditCall::draw { line, amount: 50_000 * USD });
	check_state();
	(line, title)
}

fn repay(amount: Balance) {
	submit_ok(&borrower(), CreditCall::repay { loan: LOAN, max_amount: amount });
	check_state();
}

fn due() -> Balance {
	Credit::due(LOAN).map_or(0, |due| due.total)
}

/// What the savers have by the books, with what runs off: no payment changes it but by what nobody
/// has counted yet.
fn savings() -> Balance {
	let nav = Vault::nav();
	nav.for_deposits + nav.locked
}

/// Interest of the whole period on 50 000 dollars.
fn interest() -> Balance {
	50_000 * BLENDED * Balance::from(TERM)
}

#[test]
fn breach_should_be_cured_by_paying_down_in_the_only_period() {
	run_live(|| {
		let (line, title) = drawn();
		set_time(START + 20 * DAY);
		submit_ok(&custodian(), TitlesCall::heartbeat { titles: vec![title].try_into().unwrap() });
		// 70 % of 8 · 12 000 · 72 % are 48 384: not 1.1 times 50 000.
		loop {
			feed_h100(12_000 * USD, 2 * USD, 880_900_000_000_000_000);
			if Credit::line(line).unwrap().base == Some(48_384 * USD) {
				break;
			}
			set_time(now() + 6 * 3_600);
			submit_ok(
				&custodian(),
				TitlesCall::heartbeat { titles: vec![title].try_into().unwrap() },
			);
		}
		submit_ok(&saver(), CreditCall::declare_breach { line });
		let before = savings();
		// All of the interest, and 8 000 of the principal.
		repay(interest() + 8_000 * USD);
		assert_eq!(Credit::line(line).unwrap().outstanding, 42_000 * USD);
		assert!(savings().abs_diff(before) <= 2, "{} {before}", savings());
		submit_ok(&saver(), CreditCall::cure { line });
		assert_eq!(Credit::line(line).unwrap().state, LineState::Open);
		// What was paid is not owed again.
		set_time(START + TERM);
		assert_eq!(due(), 42_000 * USD);
		repay(42_000 * USD);
		assert_eq!(Credit::loan(LOAN), None);
	});
}

#[test]
fn insurance_money_should_pay_a_loan_down_in_the_only_period() {
	run_live(|| {
		let (line, title) = drawn();
		set_time(START + 10 * DAY);
		let before = savings();
		let claim = TitlesCall::pay_claim { title, policy: 0, amount: 30_000 * USD, loss: None };
		submit_ok(&insurer(), claim);
		idle_block();
		check_state();
		let report = Credit::line(line).unwrap();
		assert_eq!(report.insurance_proceeds, 0);
		assert_eq!(report.outstanding, 20_000 * USD + interest());
		assert!(savings().abs_diff(before) <= 2);
		// A borrower who pays the rest at once pays no more, and none of the interest again.
		assert_eq!(due(), 20_000 * USD + interest());
	});
}

#[test]
fn payment_cut_into_pieces_should_leave_the_same_books() {
	let after = |pieces: Balance| {
		let mut books = None;
		run_live(|| {
			drawn();
			set_time(START + 25 * DAY);
			let sum = 7_654_321 * USD / 1_000;
			for piece in 0..pieces {
				repay(sum * (piece + 1) / pieces - sum * piece / pieces);
			}
			set_time(START + TERM + 3 * DAY);
			let nav = Vault::nav();
			books = Some((due(), nav.for_deposits, nav.for_redemptions));
		});
		books.unwrap()
	};
	let (whole, cut) = (after(1), after(9));
	assert_eq!(whole.0, cut.0);
	assert!(whole.1.abs_diff(cut.1) <= 18 && whole.2.abs_diff(cut.2) <= 18, "{whole:?} {cut:?}");
}

#[test]
fn matured_debt_should_grow_and_surprise_no_saver() {
	run_live(|| {
		let (line, _) = drawn();
		// Ten days of grace at 5 % a year, and a hundred at the loan's own rate.
		let late = 50_000 * 1_585_489_600 * Balance::from(10 * DAY);
		let default = 50_000 * BLENDED * Balance::from(100 * DAY);
		set_time(START + TERM + 110 * DAY);
		submit_ok(&saver(), CreditCall::reassess { line });
		assert_eq!(due(), 50_000 * USD + interest() + late + default);
		let counted = Vault::nav();
		// The books count the interest of the period and nothing beyond.
		let senior = 45_000 * SENIOR_RATE * Balance::from(TERM);
		assert!(counted.accrued_interest <= senior);
		// Half of it comes in. What nobody had counted is locked, and raises no price at once.
		repay(late + default + interest() + 20_000 * USD);
		let paid = Vault::nav();
		assert!(paid.for_deposits.abs_diff(counted.for_deposits) <= 2);
		assert!(paid.for_redemptions <= counted.for_redemptions + senior);
		assert!(paid.locked > counted.locked);
		set_time(now() + DAY);
		assert_eq!(due(), 30_000 * USD + 30_000 * BLENDED * Balance::from(DAY));
	});
}

#[test]
fn reserve_that_lacks_a_part_should_be_taken_all_the_same() {
	run_live(|| {
		let (line, _) = drawn();
		set_time(START + 59 * DAY);
		submit_ok(&borrower(), CreditCall::top_up_reserve { line, amount: 1_000 * USD });
		set_time(START + TERM);
		idle_block();
		check_state();
		let report = Credit::line(line).unwrap();
		assert_eq!(
			(report.reserve, report.outstanding),
			(0, 50_000 * USD - 1_000 * USD + interest())
		);
	});
}
