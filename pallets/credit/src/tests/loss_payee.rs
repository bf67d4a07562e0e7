// SPDX-License-Identifier: Apache-2.0

//! Money paid for a lost title after the end of its line.

use super::{mock::*, support::lot::*};
use crate::{frame_support::assert_ok, Event, LineLosses, UnclaimedPayouts};
use caliber_primitives::{
	titles::{Ineligibility, TitleStatus},
	traits::LossPayee,
	Balance, LineId, USD,
};

fn paid_for_loss(
	line: LineId,
	amount: Balance,
) -> Result<Balance, crate::sp_runtime::DispatchError> {
	<Credit as LossPayee<_>>::receive_loss_payment(line, 1, &ANYONE, amount)
}

/// The senior lender's interest on the usual debt, unpaid until the end of the first round.
fn lost_interest() -> Balance {
	unpaid_interest(600_000, DEFAULT_AT + ROUND - START).0
}

/// The usual debt against a title that is lost: the lot is sold at a price of which so much is left
/// when the sale is paid.
fn sold_after_loss(left: Balance) -> LineId {
	let (id, _) = in_default(bare_terms(), DEBT);
	set_ineligible(1, Some(Ineligibility::NotActive(TitleStatus::Lost)));
	assert_ok!(start(id));
	assert_ok!(bid(OTHER_BORROWER, id, price_for(left)));
	set_time(DEFAULT_AT + ROUND);
	assert_ok!(settle(id));
	take_events();
	id
}

#[test]
fn payment_for_a_loss_should_make_good_the_bad_debt_of_a_line_that_is_gone() {
	ExtBuilder::default().build_and_execute(|| {
		let id = sold_after_loss(100_000 * USD);
		let interest = lost_interest();
		assert_eq!(losses(id), (440_000 * USD + interest, 60_000 * USD));
		let before = (usd(VAULT), usd(ANYONE), usd(CURATOR));
		assert_eq!(paid_for_loss(id, 300_000 * USD), Ok(300_000 * USD));
		assert_eq!((usd(VAULT) - before.0, before.1 - usd(ANYONE)), (300_000 * USD, 300_000 * USD));
		let left = 140_000 * USD + interest;
		assert_eq!((losses(id), totals().bad_debt), ((left, 60_000 * USD), left));
		assert_eq!(SeniorBadDebt::get(), left);
		assert_eq!(
			take_events(),
			[Event::BadDebtRecovered {
				line: id,
				title: 1,
				payer: ANYONE,
				amount: 300_000 * USD,
				left,
				total: left
			}]
		);
		check_all();

		// The rest of the senior lender's loss, then the curator's. What is beyond both is not taken:
		// it belongs to the owner of that time.
		assert_eq!(paid_for_loss(id, 300_000 * USD), Ok(200_000 * USD + interest));
		let (senior, all) = (440_000 * USD + interest, 500_000 * USD + interest);
		assert_eq!((usd(VAULT) - before.0, before.1 - usd(ANYONE)), (senior, all));
		assert_eq!(usd(CURATOR) - before.2, 60_000 * USD);
		assert_eq!((LineLosses::<Test>::get(id), totals().bad_debt), (None, 0));
		assert_eq!(
			take_events(),
			[
				Event::BadDebtRecovered {
					line: id,
					title: 1,
					payer: ANYONE,
					amount: left,
					left: 0,
					total: 0
				},
				Event::JuniorLossRecovered {
					line: id,
					title: 1,
					payer: ANYONE,
					curator: CURATOR,
					amount: 60_000 * USD,
					left: 0
				},
			]
		);
		assert_eq!(paid_for_loss(id, USD), Ok(0));
		assert_eq!(before.1 - usd(ANYONE), 500_000 * USD + interest);
		assert_eq!(take_events(), []);
	});
}

#[test]
fn payment_for_a_loss_should_be_nobodys_on_the_line_when_it_cost_its_lenders_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		let sold = sold_after_loss(2_000_000 * USD);
		new_title(2, BORROWER, 2_000_000 * USD);
		let closed = offer(bare_terms());
		assert_ok!(accept(BORROWER, closed, &bare_terms(), &[2]));
		assert_ok!(Credit::close_line(RuntimeOrigin::signed(BORROWER), closed));
		take_events();
		let before = (usd(VAULT), usd(ANYONE), usd(Credit::account_id()));
		for line in [sold, closed, 99] {
			assert_eq!(paid_for_loss(line, 300_000 * USD), Ok(0));
		}
		assert_eq!((usd(VAULT), usd(ANYONE), usd(Credit::account_id())), before);
		assert_eq!(take_events(), []);
	});
}

#[test]
fn payment_for_a_loss_should_leave_the_bad_debts_of_other_lines_alone() {
	ExtBuilder::default().build_and_execute(|| {
		let first = sold_after_loss(100_000 * USD);
		let start_of_second = now();
		let mut terms = bare_terms();
		terms.availability_end = start_of_second + DAY;
		let second = offer(terms);
		assert_ok!(accept(BORROWER, second, &terms, &[2]));
		let loan = draw(second, DEBT);
		set_time(start_of_second + PERIOD + 10 * DAY + 1);
		assert_ok!(declare_default(loan));
		set_worth(2, Ok(2));
		assert_ok!(start(second));
		assert_ok!(bid(OTHER_BORROWER, second, 1));
		set_time(ends_at(&auction(second)));
		assert_ok!(settle(second));
		// Both were in default as long.
		assert_eq!(totals().bad_debt, 980_000 * USD - 1 + 2 * lost_interest());
		take_events();

		assert_eq!(paid_for_loss(first, 1_000_000 * USD), Ok(500_000 * USD + lost_interest()));
		assert_eq!(losses(first), (0, 0));
		let left = 540_000 * USD - 1 + lost_interest();
		assert_eq!((losses(second), totals().bad_debt), ((left, 60_000 * USD), left));
		assert!(matches!(
			take_events()[..],
			[Event::BadDebtRecovered { left: 0, total, .. }, Event::JuniorLossRecovered { left: 0, .. }]
				if total == left
		));
	});
}

#[test]
fn payment_for_a_loss_should_be_refused_when_the_payer_lacks_the_money() {
	ExtBuilder::default().build_and_execute(|| {
		let id = sold_after_loss(100_000 * USD);
		let refused =
			undone(|| <Credit as LossPayee<_>>::receive_loss_payment(id, 1, &99, USD).map(|_| ()));
		assert_eq!(refused, Err(crate::sp_runtime::TokenError::FundsUnavailable.into()));
		assert_eq!(losses(id), (440_000 * USD + lost_interest(), 60_000 * USD));
	});
}

#[test]
fn payment_for_a_loss_should_go_to_the_line_that_lives_before_any_loss_is_booked() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = in_default(bare_terms(), DEBT);
		set_ineligible(1, Some(Ineligibility::NotActive(TitleStatus::Lost)));
		assert_ok!(start(id));
		assert_ok!(bid(OTHER_BORROWER, id, price_for(100_000 * USD)));
		// It goes down the waterfall with the price.
		assert_eq!(paid_for_loss(id, 500_000 * USD), Ok(500_000 * USD));
		set_time(DEFAULT_AT + ROUND);
		let vault = usd(VAULT);
		assert_ok!(settle(id));
		assert_eq!(totals().bad_debt, 0);
		// All 600 000 are there: what the senior lender has beyond its principal, the curator lacks.
		let interest = usd(VAULT) - vault - 540_000 * USD;
		assert!(interest > 0);
		assert_eq!(losses(id), (0, interest));
	});
}

#[test]
fn payment_for_a_loss_should_make_good_the_curator_before_the_owner_when_the_senior_is_whole() {
	ExtBuilder::default().build_and_execute(|| {
		let curator = wealth(CURATOR);
		let vault = wealth(VAULT);
		let id = sold_after_loss(560_000 * USD);
		// The senior lender has its principal and interest; the curator lent 60 000 and has the rest.
		let interest = wealth(VAULT) - vault;
		let lost = 60_000 * USD - (20_000 * USD - interest);
		assert_eq!((losses(id), totals().bad_debt), ((0, lost), 0));
		take_events();
		let before = (wealth(VAULT), wealth(CURATOR), wealth(BORROWER), wealth(ANYONE));
		assert_eq!(paid_for_loss(id, USD), Ok(USD));
		let left = lost - USD;
		assert_eq!(losses(id), (0, left));
		assert_eq!(
			take_events(),
			[Event::JuniorLossRecovered {
				line: id,
				title: 1,
				payer: ANYONE,
				curator: CURATOR,
				amount: USD,
				left
			}]
		);
		check_all();
		assert_eq!(paid_for_loss(id, 500_000 * USD), Ok(left));
		let after = (wealth(VAULT), wealth(CURATOR), wealth(BORROWER), wealth(ANYONE));
		assert_eq!(after, (before.0, before.1 + lost, before.2, before.3 - lost));
		// It has what it began with.
		assert_eq!(wealth(CURATOR), curator);
		assert_eq!(LineLosses::<Test>::get(id), None);
	});
}

#[test]
fn payment_for_a_loss_should_be_kept_for_a_curator_whose_account_is_closed_to_deposits() {
	ExtBuilder::default().build_and_execute(|| {
		let id = sold_after_loss(100_000 * USD);
		block(CURATOR);
		let vault = usd(VAULT);
		let senior = 440_000 * USD + lost_interest();
		let paid = senior + 30_000 * USD;
		assert_eq!(paid_for_loss(id, paid), Ok(paid));
		assert_eq!((usd(VAULT) - vault, losses(id)), (senior, (0, 30_000 * USD)));
		assert_eq!(UnclaimedPayouts::<Test>::get(CURATOR), 30_000 * USD);
	});
}
