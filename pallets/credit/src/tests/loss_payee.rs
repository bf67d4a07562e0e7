// SPDX-License-Identifier: Apache-2.0

//! Money paid for a lost title after the end of its line.

use super::{mock::*, support::lot::*};
use crate::{frame_support::assert_ok, BadDebts, Event};
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

/// The usual debt against a title that is lost: the lot is sold at `price`.
fn sold_after_loss(price: Balance) -> LineId {
	let (id, _) = in_default(bare_terms(), DEBT);
	set_ineligible(1, Some(Ineligibility::NotActive(TitleStatus::Lost)));
	assert_ok!(start(id));
	assert_ok!(bid(OTHER_BORROWER, id, price));
	set_time(DEFAULT_AT + ROUND);
	assert_ok!(settle(id));
	take_events();
	id
}

#[test]
fn payment_for_a_loss_should_make_good_the_bad_debt_of_a_line_that_is_gone() {
	ExtBuilder::default().build_and_execute(|| {
		let id = sold_after_loss(100_000 * USD);
		assert_eq!(BadDebts::<Test>::get(id), Some(440_000 * USD));
		let before = (usd(VAULT), usd(ANYONE));
		assert_eq!(paid_for_loss(id, 300_000 * USD), Ok(300_000 * USD));
		assert_eq!((usd(VAULT) - before.0, before.1 - usd(ANYONE)), (300_000 * USD, 300_000 * USD));
		let left = 140_000 * USD;
		assert_eq!((BadDebts::<Test>::get(id), totals().bad_debt), (Some(left), left));
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

		// More than what is left is not taken: it belongs to the owner of that time.
		assert_eq!(paid_for_loss(id, 300_000 * USD), Ok(left));
		assert_eq!((usd(VAULT) - before.0, before.1 - usd(ANYONE)), (440_000 * USD, 440_000 * USD));
		assert_eq!((BadDebts::<Test>::get(id), totals().bad_debt), (None, 0));
		assert_eq!(paid_for_loss(id, USD), Ok(0));
		assert_eq!(before.1 - usd(ANYONE), 440_000 * USD);
	});
}

#[test]
fn payment_for_a_loss_should_be_nobodys_on_the_line_when_it_cost_the_senior_lender_nothing() {
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
		assert_eq!(totals().bad_debt, 980_000 * USD - 1);
		take_events();

		assert_eq!(paid_for_loss(first, 1_000_000 * USD), Ok(440_000 * USD));
		assert_eq!(BadDebts::<Test>::get(first), None);
		let left = 540_000 * USD - 1;
		assert_eq!((BadDebts::<Test>::get(second), totals().bad_debt), (Some(left), left));
		assert!(matches!(
			take_events()[..],
			[Event::BadDebtRecovered { left: 0, total, .. }] if total == left
		));
	});
}

#[test]
fn payment_for_a_loss_should_be_refused_when_the_payer_lacks_the_money() {
	ExtBuilder::default().build_and_execute(|| {
		let id = sold_after_loss(100_000 * USD);
		let refused = undone(|| {
			<Credit as LossPayee<_>>::receive_loss_payment(id, 1, &TREASURY, USD).map(|_| ())
		});
		assert_eq!(refused, Err(crate::sp_runtime::TokenError::FundsUnavailable.into()));
		assert_eq!(BadDebts::<Test>::get(id), Some(440_000 * USD));
	});
}

#[test]
fn payment_for_a_loss_should_go_to_the_line_that_lives_before_any_loss_is_booked() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = in_default(bare_terms(), DEBT);
		set_ineligible(1, Some(Ineligibility::NotActive(TitleStatus::Lost)));
		assert_ok!(start(id));
		assert_ok!(bid(OTHER_BORROWER, id, 100_000 * USD));
		// It goes down the waterfall with the price.
		assert_eq!(paid_for_loss(id, 500_000 * USD), Ok(500_000 * USD));
		set_time(DEFAULT_AT + ROUND);
		let vault = usd(VAULT);
		assert_ok!(settle(id));
		assert_eq!((totals().bad_debt, BadDebts::<Test>::get(id)), (0, None));
		assert!(usd(VAULT) - vault > 540_000 * USD);
	});
}
