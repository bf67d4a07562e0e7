// SPDX-License-Identifier: Apache-2.0

//! Each figure that is shifted by a unit is found by `try_state`.

use super::{mock::*, support::lot::*};
use crate::{
	frame_support::{assert_ok, traits::fungible::MutateHold},
	Borrowers, Curators, HoldReason, LineLoss, LineLosses, LineRecordOf, Lines, NextLineId,
	OutstandingByModel, Totals,
};
use caliber_primitives::{traits::Accrual, LineId, USD};
use caliber_testkit as testkit;
use polkadot_sdk::sp_runtime::Perbill;

/// A line in breach with 120 000 out: it accrues, and a loss is expected.
fn line_in_breach() -> LineId {
	let id = open(bare_terms());
	draw(id, 120_000 * USD);
	set_worth(1, Ok(150_000 * USD));
	assert_ok!(Credit::declare_breach(RuntimeOrigin::signed(ANYONE), id));
	id
}

/// What `try_state` says when a change has broken the books of such a line.
fn broken(change: impl FnOnce()) -> &'static str {
	ExtBuilder::default().build().execute_with(|| {
		assert_eq!(line_in_breach(), 0);
		testkit::broken(Credit::do_try_state, change)
	})
}

fn broken_line(change: impl FnOnce(&mut LineRecordOf<Test>)) -> &'static str {
	broken(|| Lines::<Test>::mutate(0, |line| change(line.as_mut().expect("the line exists"))))
}

#[test]
fn try_state_should_find_a_unit_of_principal_in_the_senior_lenders_books() {
	for shift in [1, -1] {
		let message =
			broken(|| SeniorPrincipal::mutate(|out| *out = out.checked_add_signed(shift).unwrap()));
		let expected = "INV-C17: Σ line senior outstanding = the senior lender's principal out";
		assert_eq!(message, expected);
	}
}

#[test]
fn try_state_should_find_a_unit_of_accrual_in_the_senior_lenders_books() {
	let expected = "INV-C17: Σ accruals of loans = the senior lender's accruals";
	for shift in [1, -1] {
		let message = broken(|| {
			SeniorAccruals::mutate(|sum| {
				sum.per_second = sum.per_second.checked_add_signed(shift).unwrap()
			})
		});
		assert_eq!(message, expected);
		let message = broken(|| {
			SeniorAccruals::mutate(|sum| sum.offset = sum.offset.checked_add_signed(shift).unwrap())
		});
		assert_eq!(message, expected);
	}
}

#[test]
fn try_state_should_find_a_unit_of_provisions_in_the_senior_lenders_books() {
	for shift in [1, -1] {
		let message = broken(|| {
			SeniorImpairment::mutate(|sum| *sum = sum.checked_add_signed(shift).unwrap())
		});
		assert_eq!(message, "INV-C17: Σ line impairment = the senior lender's provisions");
	}
}

#[test]
fn try_state_should_find_a_unit_in_each_sum_over_the_lines() {
	for (change, message) in [
		(
			(|totals| totals.outstanding += 1) as fn(&mut crate::BookTotals),
			"INV-C5: Σ line outstanding = outstanding of Totals",
		),
		(
			|totals| totals.senior_outstanding += 1,
			"INV-C5: Σ line senior outstanding = senior outstanding of Totals",
		),
		(|totals| totals.impairment -= 1, "INV-C11: Σ line impairment = impairment of Totals"),
		(
			|totals| totals.unclaimed_payouts += 1,
			"INV-C7: Σ UnclaimedPayouts = unclaimed payouts of Totals",
		),
		(
			|totals| totals.bad_debt += 1,
			"INV-C15: Σ senior part of LineLosses = bad debt of Totals",
		),
	] {
		assert_eq!(broken(|| Totals::<Test>::mutate(change)), message);
	}
}

#[test]
fn try_state_should_find_a_unit_with_a_borrower_and_a_curator() {
	let message = broken(|| {
		Borrowers::<Test>::mutate(BORROWER, |it| it.as_mut().expect("it owes").outstanding += 1)
	});
	assert_eq!(message, "INV-C5: Σ outstanding of its lines = outstanding of a borrower");
	let message = broken(|| Borrowers::<Test>::insert(ANYONE, crate::BorrowerRecord::default()));
	assert_eq!(message, "INV-C30: a borrower without debt and trouble has no record");
	let message = broken(|| {
		Borrowers::<Test>::mutate(BORROWER, |it| it.as_mut().expect("it owes").troubled += 1)
	});
	assert_eq!(message, "INV-C30: number of its lines in trouble = that of a borrower");
	let message = broken(|| {
		Curators::<Test>::mutate(CURATOR, |it| it.as_mut().expect("it lent").outstanding -= 1)
	});
	assert_eq!(message, "INV-C5: Σ outstanding of its lines = outstanding of a curator");
	let message = broken(|| {
		Curators::<Test>::mutate(CURATOR, |it| it.as_mut().expect("it lent").committed -= 1)
	});
	assert_eq!(message, "INV-C6: Σ limits of its lines = committed of a curator");
}

#[test]
fn try_state_should_find_a_provision_that_is_not_what_the_line_asks_for() {
	let message = broken_line(|line| line.recovery += 4);
	assert_eq!(message, "INV-C11: impairment = weight × shortfall");
}

#[test]
fn try_state_should_find_a_line_in_default_that_weighs_less_than_all() {
	ExtBuilder::default().build().execute_with(|| {
		let (id, _) = in_default(bare_terms(), DEBT);
		assert_eq!(line(id).impairment, 0);
		let message = testkit::broken(Credit::do_try_state, || {
			Lines::<Test>::mutate(id, |line| {
				line.as_mut().expect("the line exists").provision.weight = Perbill::zero()
			})
		});
		assert_eq!(message, "INV-C40: a line in default or for sale weighs 100 %");
	});
}

#[test]
fn try_state_should_find_what_a_line_may_not_hold() {
	assert_eq!(broken_line(|line| line.next_loan = 0), "INV-C8: number of a loan ≥ next number");
	let twice = |line: &mut LineRecordOf<Test>| {
		let loan = line.loans[0].clone();
		line.loans.try_push(loan).expect("there is room");
	};
	assert_eq!(broken_line(twice), "INV-C2: loans stand in the order of their numbers");
	assert_eq!(
		broken_line(|line| line.exposure[0].1 -= 1),
		"INV-C9: Σ exposure ≥ line outstanding"
	);
	assert_eq!(
		broken_line(|line| line.exposure[0].1 += 1),
		"INV-C9: Σ exposure over lines = OutstandingByModel"
	);
	assert_eq!(
		broken_line(|line| line.versions.models.clear()),
		"INV-C9: the line names the version of each model of its exposure"
	);
	assert_eq!(
		broken(|| OutstandingByModel::<Test>::insert(1, 120_000 * USD - 1)),
		"INV-C9: Σ exposure over lines = OutstandingByModel"
	);
}

#[test]
fn try_state_should_find_a_loan_that_accrues_in_default() {
	ExtBuilder::default().build().execute_with(|| {
		let (id, loan) = in_default(bare_terms(), DEBT);
		assert_eq!(loan_record(loan).accrual(&line(id).terms.loan), Ok(None));
		let accrual = Accrual { per_second: 7, since: START, paid: 0, earned: 0 };
		let message = testkit::broken(Credit::do_try_state, || {
			SeniorAccruals::mutate(|sum| *sum = sum.with(&accrual).expect("it fits"));
		});
		assert_eq!(message, "INV-C17: Σ accruals of loans = the senior lender's accruals");
	});
}

#[test]
fn try_state_should_find_a_loss_that_cannot_be() {
	let broken_loss = |line: LineId, senior, junior, curator| {
		broken(|| {
			NextLineId::<Test>::put(2);
			LineLosses::<Test>::insert(line, LineLoss { senior, junior, curator });
		})
	};
	for (loss, message) in [
		(broken_loss(1, 0, 0, CURATOR), "INV-C15: 0 < a part of each loss"),
		(broken_loss(2, 0, 1, CURATOR), "INV-C15: the line of a loss existed"),
		(broken_loss(0, 0, 1, CURATOR), "INV-C15: the line of a loss is gone"),
		(broken_loss(1, 0, 1, ANYONE), "INV-C15: the curator of a loss is known"),
		(
			broken_loss(1, 1, 0, CURATOR),
			"INV-C15: Σ senior part of LineLosses = bad debt of Totals",
		),
	] {
		assert_eq!(loss, message);
	}
}

#[test]
fn try_state_should_find_a_borrower_that_is_its_own_curator() {
	let message = broken_line(|line| line.borrower = CURATOR);
	assert_eq!(message, "INV-C18: borrower ≠ curator of a line");
}

#[test]
#[should_panic(expected = "the bids of 4")]
fn check_all_should_find_what_is_on_hold_of_an_account_without_a_best_bid() {
	ExtBuilder::default().build().execute_with(|| {
		assert_eq!(line_in_breach(), 0);
		check_all();
		assert_ok!(UsdAiHold::hold(&HoldReason::AuctionBid.into(), &ANYONE, 1));
		assert_ok!(Credit::do_try_state());
		check_all();
	});
}
