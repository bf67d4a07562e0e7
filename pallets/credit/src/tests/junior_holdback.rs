// SPDX-License-Identifier: Apache-2.0

//! In default the senior lender comes first: what payments bring the curator waits until the line
//! is whole again, its debt paid, or its titles sold. The figures are worked out here.

use super::{
	mock::*,
	support::lot::*,
	waterfall::{gained, sell, wealths},
};
use crate::{frame_support::assert_ok, Event, UnclaimedPayouts};
use caliber_math::waterfall::Ranks;
use caliber_primitives::{credit::LineState, traits::LossPayee, Balance, LineId, LoanId, USD};

/// What of the interest on the usual debt is the curator's.
fn junior_interest(interest: Balance) -> Balance {
	interest * JUNIOR_RATE / (9 * SENIOR_RATE + JUNIOR_RATE)
}

/// The first payment period of the usual debt when its grace period is over: principal, and
/// interest with that of ten days late.
fn period() -> (Balance, Balance) {
	let interest =
		interest_on(600_000, BLENDED, PERIOD) + interest_on(600_000, GRACE_RATE, 10 * DAY);
	(50_000 * USD, interest)
}

/// The curator's part of it.
fn part() -> Balance {
	5_000 * USD + junior_interest(period().1)
}

fn pay_a_period(loan: LoanId) {
	let (principal, interest) = period();
	assert_eq!(repay(loan, principal + interest), Ok(principal + interest));
}

/// The usual debt in default, its first payment period paid since.
fn paid_in_default() -> (LineId, LoanId) {
	let (id, loan) = in_default(bare_terms(), DEBT);
	take_events();
	pay_a_period(loan);
	(id, loan)
}

/// What vault and curator have beyond what the usual debt took of them.
fn gained_since_draw(before: [Balance; 4]) -> [Balance; 2] {
	let after = wealths();
	[after[0] + 540_000 * USD - before[0], after[1] + 60_000 * USD - before[1]]
}

#[test]
fn payment_should_withhold_the_curators_part_when_the_line_is_in_default() {
	ExtBuilder::default().build_and_execute(|| {
		let before = wealths();
		let (id, loan) = paid_in_default();
		let (principal, interest) = period();
		let [vault, curator] = gained_since_draw(before);
		assert_eq!((vault, curator), (principal + interest - part(), 0));
		assert_eq!((line(id).junior_holdback, usd(Credit::account_id())), (part(), part()));
		assert_eq!(Credit::line(id).map(|report| report.junior_holdback), Some(part()));
		let event = Event::JuniorHeldBack { line: id, amount: part(), total: part() };
		assert!(take_events().contains(&event));
		// The loan owes what it would owe anyway.
		let left = loan_record(loan).outstanding;
		assert_eq!((left.senior, left.junior), (495_000 * USD, 55_000 * USD));
	});
}

#[test]
fn collect_and_insurance_proceeds_should_withhold_the_curators_part_too() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, loan) = in_default(bare_terms(), DEBT);
		let curator = wealth(CURATOR);
		let (principal, interest) = period();
		let due = principal + interest;
		assert_ok!(Credit::top_up_reserve(RuntimeOrigin::signed(ANYONE), id, due));
		assert_ok!(Credit::collect(RuntimeOrigin::signed(ANYONE), loan));
		assert_eq!((line(id).reserve, line(id).junior_holdback), (0, part()));

		// The payment period that runs: 550 000 for 30 days.
		let interest = interest_on(550_000, BLENDED, PERIOD);
		let due = 50_000 * USD + interest;
		assert_ok!(<Credit as LossPayee<_>>::receive_loss_payment(id, 1, &ANYONE, due));
		assert_ok!(Credit::apply_insurance_proceeds(RuntimeOrigin::signed(ANYONE), loan));
		let both = part() + 5_000 * USD + junior_interest(interest);
		assert_eq!((line(id).insurance_proceeds, line(id).junior_holdback), (0, both));
		assert_eq!((usd(Credit::account_id()), wealth(CURATOR)), (both, curator));
	});
}

#[test]
fn payment_should_go_to_the_curator_at_once_when_the_line_is_only_late_or_in_breach() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		let loan = draw(id, DEBT);
		// The grace period is over, but nobody has declared it.
		set_time(DEFAULT_AT);
		bring_to(id, LineState::Breached);
		let curator = wealth(CURATOR);
		pay_a_period(loan);
		assert_eq!((wealth(CURATOR) - curator, line(id).junior_holdback), (part(), 0));
	});
}

#[test]
fn what_is_junior_holdback_should_lower_the_expected_loss_and_never_below_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, loan) = in_default(bare_terms(), DEBT);
		// Half of it, less a twentieth: 475 000 to come, 540 000 out.
		set_worth(1, Ok(1_000_000 * USD));
		assert_ok!(Credit::reassess(RuntimeOrigin::signed(ANYONE), id));
		assert_eq!(line(id).impairment, 65_000 * USD);
		pay_a_period(loan);
		assert_eq!(line(id).impairment, 20_000 * USD - part());
		assert_eq!(line(id).recovery, 475_000 * USD);
		// 494 000 to come: a thousand is missing, less than what is withheld.
		set_worth(1, Ok(1_040_000 * USD));
		assert_ok!(Credit::reassess(RuntimeOrigin::signed(ANYONE), id));
		assert_eq!(line(id).impairment, 0);
	});
}

#[test]
fn cure_should_pay_the_curator_what_was_junior_holdback() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = paid_in_default();
		let curator = wealth(CURATOR);
		take_events();
		assert_ok!(Credit::cure(RuntimeOrigin::signed(ANYONE), id));
		assert_eq!((wealth(CURATOR) - curator, line(id).junior_holdback), (part(), 0));
		let event = Event::JuniorHoldbackReleased { line: id, amount: part() };
		assert_eq!(take_events().last(), Some(&event));
	});
}

#[test]
fn cure_should_keep_what_was_junior_holdback_for_a_curator_that_cannot_take_it() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = paid_in_default();
		block(CURATOR);
		assert_ok!(Credit::cure(RuntimeOrigin::signed(ANYONE), id));
		assert_eq!((line(id).junior_holdback, UnclaimedPayouts::<Test>::get(CURATOR)), (0, part()));
	});
}

#[test]
fn the_last_payment_should_release_everything_whether_or_not_the_titles_are_up() {
	for up in [false, true] {
		ExtBuilder::default().build_and_execute(|| {
			let before = wealth(CURATOR);
			let (id, loan) = paid_in_default();
			if up {
				set_worth(1, Ok(2));
				assert_ok!(start(id));
			}
			take_events();
			assert_ok!(Credit::payoff(RuntimeOrigin::signed(ANYONE), loan, FUNDS));
			// The payment period that runs, on 550 000.
			let later = junior_interest(interest_on(550_000, BLENDED, PERIOD));
			let earned = part() - 5_000 * USD + later;
			assert_eq!((line(id).junior_holdback, wealth(CURATOR)), (0, before + earned));
			let all = 60_000 * USD + earned;
			assert!(
				take_events().contains(&Event::JuniorHoldbackReleased { line: id, amount: all })
			);
			assert_eq!(usd(Credit::account_id()), 0);
			let state = if up { LineState::Open } else { LineState::Defaulted };
			assert_eq!(line(id).state, state);
			assert_ok!(Credit::close_line(RuntimeOrigin::signed(BORROWER), id));
		});
	}
}

#[test]
fn liquidation_should_give_the_senior_what_was_junior_holdback_before_the_curator() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = paid_in_default();
		let before = wealths();
		let left = 100_000 * USD;
		let price = price_for(left);
		let event = sell(id, price);
		// 495 000 were out, and the running payment period had earned interest.
		let earned = interest_on(550_000, BLENDED, 13 * DAY + 1);
		let lost = 395_000 * USD - part() + earned - junior_interest(earned);
		assert_eq!(gained(before), [left + part(), 0, 0, price - left]);
		// What it had back for a time is the curator's loss as well.
		assert_eq!(losses(id), (lost, 55_000 * USD + part()));
		let Event::LineLiquidated { set_aside, paid, unpaid, surplus, .. } = event else {
			panic!("not the event of a liquidation")
		};
		let expected =
			Ranks { sale_cost: price - left, senior_principal: left + part(), ..Ranks::default() };
		assert_eq!((set_aside, paid, surplus), (part(), expected, 0));
		assert_eq!(unpaid.junior_principal, 55_000 * USD + part());
	});
}

#[test]
fn liquidation_should_return_what_was_junior_holdback_to_the_curator_before_the_borrower() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = paid_in_default();
		let before = wealths();
		let price = 1_000_000 * USD;
		sell(id, price);
		// 13 days and a second of the second payment period.
		let interest = interest_on(550_000, BLENDED, 13 * DAY + 1);
		let junior = junior_interest(interest);
		assert_eq!(
			gained(before),
			[
				495_000 * USD + interest - junior,
				55_000 * USD + junior + part(),
				980_000 * USD - 550_000 * USD - interest,
				20_000 * USD
			]
		);
	});
}

#[test]
fn liquidation_should_divide_what_was_junior_holdback_at_the_edge_between_senior_and_curator() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = paid_in_default();
		let before = wealths();
		let interest = interest_on(550_000, BLENDED, 13 * DAY + 1);
		let senior = 495_000 * USD + interest - junior_interest(interest);
		// All that the senior has to have but ten dollars: it takes them of what is withheld.
		let price = price_for(senior - 10 * USD);
		sell(id, price);
		let cost = sale_cost(price);
		assert_eq!(gained(before), [senior, part() - 10 * USD, 0, cost]);
	});
}
