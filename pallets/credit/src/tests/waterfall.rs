// SPDX-License-Identifier: Apache-2.0

//! Who gets what of a liquidation. The figures are worked out here, from the specification.

use super::{mock::*, support::lot::*};
use crate::{frame_support::assert_ok, Event, LineRecord, UnclaimedPayouts};
use caliber_math::{schedule::Fee, waterfall::Ranks};
use caliber_primitives::{
	credit::{FeeRecipient, FeeTerm, LineTerms},
	traits::LossPayee,
	Balance, LineId, USD,
};

pub(super) const END: u64 = DEFAULT_AT + ROUND;

const SENIOR: Balance = 540_000 * USD;
const JUNIOR: Balance = 60_000 * USD;

/// Interest on the usual debt at the end of the first round: the first payment period on all of it,
/// ten days of late interest, and 13 days and a second of the next payment period on what the first
/// would have left.
fn interest() -> (Balance, Balance) {
	let all = interest_on(600_000, BLENDED, PERIOD)
		+ interest_on(600_000, GRACE_RATE, 10 * DAY)
		+ interest_on(550_000, BLENDED, 13 * DAY + 1);
	let junior = all * JUNIOR_RATE / (SENIOR_RATE * 9 + JUNIOR_RATE);
	(all - junior, junior)
}

/// The usual debt, sold at `price`; returns the event that says who got what.
fn sold(terms: LineTerms, price: Balance) -> Event<Test> {
	let (id, _) = in_default(terms, DEBT);
	sell(id, price)
}

/// Put a line in default up and sell it at `price` at the end of the first round.
pub(super) fn sell(id: LineId, price: Balance) -> Event<Test> {
	// Not so much that the reserve price keeps anyone from bidding.
	set_worth(1, Ok(2));
	assert_ok!(start(id));
	assert_ok!(bid(ANYONE, id, price));
	set_time(END);
	take_events();
	assert_ok!(settle(id));
	take_events()
		.into_iter()
		.find(|event| matches!(event, Event::LineLiquidated { .. }))
		.expect("the line was liquidated")
}

pub(super) fn wealths() -> [Balance; 4] {
	[wealth(VAULT), wealth(CURATOR), wealth(BORROWER), wealth(TREASURY)]
}

/// What each got since: the vault, the curator, the borrower, the treasury.
pub(super) fn gained(before: [Balance; 4]) -> [Balance; 4] {
	let after = wealths();
	[0, 1, 2, 3].map(|who| after[who] - before[who])
}

#[test]
fn liquidation_should_leave_the_surplus_to_the_borrower() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = in_default(bare_terms(), DEBT);
		let before = wealths();
		let price = 1_000_000 * USD;
		let event = sell(id, price);
		let (senior, junior) = interest();
		let surplus = price - 20_000 * USD - DEBT - senior - junior;
		assert_eq!(gained(before), [SENIOR + senior, JUNIOR + junior, surplus, 20_000 * USD]);
		let paid = Ranks {
			sale_cost: 20_000 * USD,
			senior_principal: SENIOR,
			senior_interest: senior,
			junior_principal: JUNIOR,
			junior_interest: junior,
			..Ranks::default()
		};
		assert_eq!(
			event,
			Event::LineLiquidated {
				line: id,
				price,
				set_aside: 0,
				paid,
				unpaid: Ranks::default(),
				surplus,
				junior: line_junior()
			}
		);
	});
}

/// What the usual line keeps locked of its curator's capital.
fn line_junior() -> Balance {
	40_000 * USD
}

#[test]
fn liquidation_should_pay_to_the_unit_at_the_edge_of_every_rank() {
	let (senior, junior) = interest();
	let edges =
		[SENIOR, SENIOR + senior, SENIOR + senior + JUNIOR, SENIOR + senior + JUNIOR + junior];
	for edge in edges {
		for left in [edge - 1, edge, edge + 1] {
			let price = price_for(left);
			ExtBuilder::default().build_and_execute(|| {
				let (id, _) = in_default(bare_terms(), DEBT);
				let before = wealths();
				sell(id, price);
				let to_senior = left.min(SENIOR + senior);
				let to_junior = (left - to_senior).min(JUNIOR + junior);
				let surplus = left - to_senior - to_junior;
				assert_eq!(gained(before), [to_senior, to_junior, surplus, price - left]);
				let lost = SENIOR + senior - to_senior;
				assert_eq!(totals().bad_debt, lost);
				let junior_lost = JUNIOR - (left - to_senior).min(JUNIOR);
				assert_eq!(losses(id), (lost, junior_lost));
				assert_eq!((SeniorBadDebt::get(), SeniorPrincipal::get()), (lost, 0));
			});
		}
	}
}

#[test]
fn liquidation_should_write_off_what_the_senior_lacks_and_release_its_impairment() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, loan) = in_default(bare_terms(), DEBT);
		// A sale of half of 400 000, less five percent, is expected to bring 190 000.
		set_worth(1, Ok(400_000 * USD));
		assert_ok!(Credit::reassess(RuntimeOrigin::signed(ANYONE), id));
		let LineRecord { impairment, .. } = line(id);
		assert_eq!(impairment, 350_000 * USD);
		assert_ok!(start(id));
		let price = 200_000 * USD;
		assert_ok!(bid(ANYONE, id, price));
		set_time(END);
		take_events();
		assert_ok!(settle(id));

		let (senior_interest, junior_interest) = interest();
		// 196 000 of the price are left.
		let amount = 344_000 * USD + senior_interest;
		assert_eq!((totals().impairment, SeniorImpairment::get()), (0, 0));
		assert_eq!((SeniorBadDebt::get(), SeniorPrincipal::get()), (amount, 0));
		assert_eq!(losses(id), (amount, JUNIOR));
		let events = take_events();
		let booked =
			Event::BadDebtBooked { line: id, amount, interest: senior_interest, total: amount };
		assert!(events.contains(&booked));
		let lacking = Ranks {
			senior_principal: 344_000 * USD,
			senior_interest,
			junior_principal: JUNIOR,
			junior_interest,
			..Ranks::default()
		};
		assert!(events.iter().any(
			|event| matches!(event, Event::LineLiquidated { unpaid, .. } if *unpaid == lacking)
		));
		assert_eq!(balance_of(loan), 0);
	});
}

#[test]
fn bad_debts_should_add_up_and_stay() {
	ExtBuilder::default().build_and_execute(|| {
		let lost = |debt: Balance, price| {
			let (interest, _) = unpaid_interest(debt / USD, PERIOD + 13 * DAY + 1);
			debt / 10 * 9 + interest - (price - sale_cost(price))
		};
		let mut total = 0;
		for (debt, price) in [(DEBT, USD), (DEBT / 2, 3 * USD)] {
			let at = now();
			let id = open(LineTerms { availability_end: at + DAY, ..bare_terms() });
			let loan = draw(id, debt);
			set_time(at + PERIOD + 10 * DAY + 1);
			assert_ok!(declare_default(loan));
			set_worth(1, Ok(2));
			assert_ok!(start(id));
			assert_ok!(bid(ANYONE, id, price));
			set_time(auction(id).ends_at);
			assert_ok!(settle(id));
			total += lost(debt, price);
			assert_eq!(losses(id), (lost(debt, price), debt / 10));
			assert_eq!((totals().bad_debt, SeniorBadDebt::get()), (total, total));
			// The next borrower starts anew with it.
			new_title(1, BORROWER, 2_000_000 * USD);
		}
	});
}

#[test]
fn liquidation_should_pay_fees_behind_every_lender() {
	let mut terms = bare_terms();
	terms.loan.fees.liquidation = percent(5, FeeRecipient::Curator);
	terms.loan.fees.servicing = percent(1, FeeRecipient::Curator);
	let (senior, junior) = interest();
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = in_default(terms, DEBT);
		let before = wealths();
		// The curator gets no fee of money that the senior lacks.
		sell(id, 100_000 * USD);
		assert_eq!(gained(before), [98_000 * USD, 0, 0, 2_000 * USD]);
		assert_eq!(totals().bad_debt, 442_000 * USD + senior);
	});
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = in_default(terms, DEBT);
		let before = wealths();
		// 5 % of a million, and 1 % of 600 000 for the one payment period that is due.
		sell(id, 1_000_000 * USD);
		let curator = JUNIOR + junior + 6_000 * USD + 50_000 * USD;
		let rest = 980_000 * USD - SENIOR - senior - curator;
		assert_eq!(gained(before), [SENIOR + senior, curator, rest, 20_000 * USD]);
	});
}

/// Interest on 100 000 dollars at the end of the first round, as [`interest`]: eleven twelfths are
/// left after the first payment period.
fn interest_on_100_000() -> (Balance, Balance) {
	let running = interest_on(100_000, BLENDED, 13 * DAY + 1) * 11;
	let all = interest_on(100_000, BLENDED, PERIOD)
		+ interest_on(100_000, GRACE_RATE, 10 * DAY)
		+ running.div_ceil(12);
	let junior = all * JUNIOR_RATE / (SENIOR_RATE * 9 + JUNIOR_RATE);
	(all - junior, junior)
}

/// The curator's fee is a tenth of a limit of which little was drawn, and may be all that the lot
/// brings.
#[test]
fn curator_should_not_take_the_price_by_an_absolute_fee() {
	let fee = FeeTerm { fee: Fee::Absolute(100_000 * USD), recipient: FeeRecipient::Curator };
	ExtBuilder::default().build_and_execute(|| {
		let mut terms = bare_terms();
		terms.loan.fees.liquidation = fee;
		let (id, _) = in_default(terms, 100_000 * USD);
		let before = wealths();
		sell(id, 100_000 * USD);
		// Of 98 000 the senior lender has its 90 000 and its interest, and the curator the rest of
		// its 10 000: together they lack some.
		let (senior, _) = interest_on_100_000();
		let to_senior = 90_000 * USD + senior;
		let rest = 98_000 * USD - to_senior;
		assert!(rest < 10_000 * USD);
		assert_eq!(gained(before), [to_senior, rest, 0, 2_000 * USD]);
		assert_eq!(losses(id), (0, 10_000 * USD - rest));
	});
	// Whatever a lot brings beyond the debt, a tenth of it at most is a fee.
	ExtBuilder::default().build_and_execute(|| {
		let mut terms = bare_terms();
		terms.loan.fees.liquidation = fee;
		let (id, _) = in_default(terms, 100_000 * USD);
		let before = wealths();
		sell(id, 150_000 * USD);
		let (senior, junior) = interest_on_100_000();
		let rest = 147_000 * USD - 100_000 * USD - senior - junior - 15_000 * USD;
		let curator = 10_000 * USD + junior + 15_000 * USD;
		assert_eq!(gained(before), [90_000 * USD + senior, curator, rest, 3_000 * USD]);
	});
}

#[test]
fn liquidation_should_count_the_reserve_and_insurance_money_with_the_price() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = in_default(bare_terms(), DEBT);
		set_worth(1, Ok(2));
		assert_ok!(start(id));
		assert_ok!(bid(ANYONE, id, 100_000 * USD));
		set_time(END);
		assert_ok!(Credit::top_up_reserve(RuntimeOrigin::signed(BORROWER), id, 20_000 * USD));
		assert_ok!(Credit::receive_loss_payment(id, 1, &OTHER_BORROWER, 30_000 * USD));
		let before = wealths();
		take_events();
		assert_ok!(settle(id));
		// The sale costs a share of the price alone.
		assert_eq!(gained(before), [148_000 * USD, 0, 0, 2_000 * USD]);
		let set_aside_of = |event: &Event<Test>| match event {
			Event::LineLiquidated { set_aside, .. } => Some(*set_aside),
			_ => None,
		};
		assert_eq!(take_events().iter().find_map(set_aside_of), Some(50_000 * USD));
		assert_eq!(usd(Credit::account_id()), 0);
	});
}

#[test]
fn liquidation_should_owe_no_interest_of_a_period_that_was_paid_in_advance() {
	ExtBuilder::default().build_and_execute(|| {
		let line_id = open(bare_terms());
		let (paid, unpaid) = (draw(line_id, 300_000 * USD), draw(line_id, 300_000 * USD));
		set_time(DEFAULT_AT);
		assert_ok!(declare_default(unpaid));
		// The first loan pays both payment periods that have begun, and 25 000 of each goes to
		// principal.
		let due = Credit::due(paid).expect("it is there").total;
		assert_ok!(repay(paid, due));
		assert_eq!(loan_record(paid).next_period, 2);
		let before = wealths();
		sell(line_id, 1_000_000 * USD);
		let earned = interest_on(300_000, BLENDED, PERIOD)
			+ interest_on(300_000, GRACE_RATE, 10 * DAY)
			+ interest_on(275_000, BLENDED, 13 * DAY + 1);
		let junior_of = |interest| interest * JUNIOR_RATE / (SENIOR_RATE * 9 + JUNIOR_RATE);
		let junior = junior_of(earned);
		assert_eq!(gained(before)[0], 495_000 * USD + earned - junior);
		// With what was withheld from the payment in default.
		let interest_paid = interest_on(300_000, BLENDED, PERIOD)
			+ interest_on(300_000, GRACE_RATE, 10 * DAY)
			+ interest_on(275_000, BLENDED, PERIOD);
		let junior_holdback = 5_000 * USD + junior_of(interest_paid);
		assert_eq!(gained(before)[1], 55_000 * USD + junior + junior_holdback);
		assert_eq!(gained(before)[2], 430_000 * USD - earned);
	});
}

#[test]
fn liquidation_should_keep_what_an_account_cannot_receive() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = in_default(bare_terms(), DEBT);
		block(CURATOR);
		block(BORROWER);
		sell(id, 1_000_000 * USD);
		let (senior, junior) = interest();
		// With it the curator's capital that was never drawn.
		assert_eq!(UnclaimedPayouts::<Test>::get(CURATOR), JUNIOR + junior + line_junior());
		assert_eq!(UnclaimedPayouts::<Test>::get(BORROWER), 980_000 * USD - DEBT - senior - junior);
	});
}

#[test]
fn liquidation_at_no_price_should_lose_everything_and_nothing_more() {
	ExtBuilder::default().build_and_execute(|| {
		let event = sold(bare_terms(), 1);
		let Event::LineLiquidated { paid, surplus, .. } = event else { unreachable!() };
		assert_eq!((paid.senior_principal, paid.total(), surplus), (1, Ok(1), 0));
		assert_eq!(totals().bad_debt, SENIOR + interest().0 - 1);
	});
}
