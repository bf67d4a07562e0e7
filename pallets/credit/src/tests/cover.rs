// SPDX-License-Identifier: Apache-2.0

//! Insurance protects debt: a line counts no more of a title than it is insured for, and more is
//! never worse.

use super::{mock::*, support::lot::*};
use crate::{
	frame_support::{assert_noop, assert_ok},
	sp_runtime::{FixedU128, Perbill},
	Error,
};
use caliber_primitives::{
	appraisal::AppraisalError,
	credit::{BreachReason, LineTerms},
	titles::Ineligibility,
	traits::LossPayee,
	Balance, LineId, TitleId, USD,
};

/// Terms that lend three quarters of what is counted and keep a coverage of 1.
fn open_terms() -> LineTerms {
	LineTerms {
		advance_rate: Perbill::from_percent(75),
		maintenance_coverage: FixedU128::from_u32(1),
		..bare_terms()
	}
}

fn opened(ids: &[TitleId]) -> LineId {
	let id = offer(open_terms());
	assert_ok!(accept(BORROWER, id, &open_terms(), ids));
	id
}

fn drawing(line: LineId, amount: Balance) -> Outcome {
	Credit::draw(RuntimeOrigin::signed(BORROWER), line, amount).map(|_| ()).map_err(|e| e.error)
}

fn declare_breach(line: LineId) -> Outcome {
	Credit::declare_breach(RuntimeOrigin::signed(ANYONE), line).map(|_| ()).map_err(|e| e.error)
}

fn breach_now(line: LineId) -> Option<BreachReason> {
	Credit::line(line).and_then(|report| report.breach_now)
}

fn under_insured(title: TitleId) -> Option<BreachReason> {
	Some(BreachReason::Title(title, Ineligibility::UnderInsured))
}

/// Pays a claim to a line, as an insurer does: what is left of the cover falls with it.
fn claim(line: LineId, title: TitleId, paid: Balance) {
	set_claimed(title, paid);
	assert_ok!(<Credit as LossPayee<AccountId>>::receive_loss_payment(line, title, &ANYONE, paid));
}

#[test]
fn base_should_count_the_lower_of_value_and_cover() {
	ExtBuilder::default().build_and_execute(|| {
		set_worth(1, Ok(200_000 * USD));
		set_cover(1, Some(100_000 * USD));
		set_worth(2, Ok(40_000 * USD));
		set_cover(2, Some(90_000 * USD));
		let id = opened(&[1, 2]);
		// Three quarters of 100 000 and 40 000.
		let report = Credit::line(id).unwrap();
		let most = 105_000 * USD * 100 / 115;
		assert_eq!((report.base, report.availability), (Some(105_000 * USD), Some(most)));
		assert_noop!(drawing(id, most + 1), Error::<Test>::InsufficientCoverage);
		draw(id, most);
		let least = (4 * most).div_ceil(3) - 40_000 * USD;
		set_cover(1, Some(least));
		assert_noop!(declare_breach(id), Error::<Test>::NotInBreach);
		set_cover(1, Some(least - 2));
		assert_eq!(breach_now(id), Some(BreachReason::Coverage));
	});
}

#[test]
fn line_should_not_be_breached_when_one_of_its_models_rises() {
	ExtBuilder::default().build_and_execute(|| {
		set_worth(1, Ok(100_000 * USD));
		set_cover(1, Some(60_000 * USD));
		set_worth(2, Ok(100_000 * USD));
		set_cover(2, Some(100_000 * USD));
		let id = opened(&[1, 2]);
		draw(id, 102_000 * USD);
		// Nothing is left of the cushion.
		set_worth(2, Ok(76_000 * USD));
		assert_eq!(Credit::line(id).unwrap().base, Some(102_000 * USD));
		// By value the share of the first grows from 57 954 to 85 714, far beyond its cover.
		set_worth(1, Ok(400_000 * USD));
		assert_noop!(declare_breach(id), Error::<Test>::NotInBreach);
		assert_eq!(Credit::line(id).unwrap().base, Some(102_000 * USD));
	});
}

#[test]
fn line_should_not_be_breached_when_a_claim_is_paid_in_part_or_whole() {
	ExtBuilder::default().build_and_execute(|| {
		set_worth(1, Ok(100_000 * USD));
		set_cover(1, Some(60_000 * USD));
		set_worth(2, Ok(100_000 * USD));
		set_cover(2, Some(100_000 * USD));
		let id = opened(&[1, 2]);
		let loan = draw(id, 102_000 * USD);
		// Nothing is left of the cushion.
		set_worth(2, Ok(76_000 * USD));
		for paid in [1, 30_000 * USD, 29_999 * USD] {
			claim(id, 1, paid);
			assert_noop!(declare_breach(id), Error::<Test>::NotInBreach);
		}
		// Money that the line holds counts as paid at once.
		let held = line(id).insurance_proceeds;
		assert_eq!(held, 59_999 * USD + 1);
		let report = Credit::line(id).unwrap();
		assert_eq!(report.required_base, 102_000 * USD - held);
		assert_ok!(Credit::apply_insurance_proceeds(RuntimeOrigin::signed(ANYONE), loan));
		assert_noop!(declare_breach(id), Error::<Test>::NotInBreach);
	});
}

#[test]
fn draw_should_count_no_cover_that_was_paid_out() {
	ExtBuilder::default().build_and_execute(|| {
		set_worth(1, Ok(200_000 * USD));
		set_cover(1, Some(100_000 * USD));
		let id = opened(&[1]);
		draw(id, 30_000 * USD);
		set_claimed(1, 60_000 * USD);
		let report = Credit::line(id).unwrap();
		assert_eq!((report.base, report.availability), (Some(75_000 * USD), Some(0)));
		assert_noop!(drawing(id, 1_000 * USD), Error::<Test>::InsufficientCoverage);
		set_claimed(1, 0);
		assert_ok!(drawing(id, 1_000 * USD));
	});
}

#[test]
fn title_should_lapse_when_cover_ends_that_its_share_of_the_debt_needs() {
	ExtBuilder::default().build_and_execute(|| {
		set_worth(1, Ok(100_000 * USD));
		set_worth(2, Ok(300_000 * USD));
		let id = opened(&[1, 2]);
		draw(id, 100_001 * USD);
		// Shares by value: 25 000.25 and 75 000.75.
		set_cover(2, Some(60_000 * USD));
		set_cover(1, Some(40_000 * USD));
		assert_eq!(breach_now(id), under_insured(2));
		set_cover(2, Some(60_001 * USD));
		assert_eq!(breach_now(id), Some(BreachReason::Coverage));
		set_cover(1, Some(25_000 * USD));
		assert_eq!(breach_now(id), under_insured(1));
		// A value that is missing is four fifths of the last: its share is 70 589 of 100 001 then.
		set_worth(2, Err(AppraisalError::Stale(some_key())));
		assert_eq!(breach_now(id), under_insured(1));
		set_worth(2, Ok(300_000 * USD));
		assert_ok!(declare_breach(id));
		assert_eq!(line(id).breach.map(|breach| breach.reason), under_insured(1));
		set_cover(1, None);
		set_cover(2, None);
		assert_ok!(Credit::cure(RuntimeOrigin::signed(ANYONE), id));
	});
}

#[test]
fn title_should_add_nothing_to_a_draw_for_what_only_bars_new_debt() {
	use Ineligibility::*;
	for reason in [CustodianSuspended, ClaimOpen, CustodianFrozen, BondTooLow, NotAcknowledged] {
		ExtBuilder::default().build_and_execute(|| {
			set_worth(1, Ok(100_000 * USD));
			set_worth(2, Ok(100_000 * USD));
			let id = opened(&[1, 2]);
			draw(id, 60_000 * USD);
			set_ineligible(2, Some(reason));
			// No covenant is broken, and the other title goes on securing draws.
			assert_noop!(declare_breach(id), Error::<Test>::NotInBreach);
			let report = Credit::line(id).unwrap();
			// Three quarters of 100 000 over 1.15, less what is owed.
			let most = 75_000 * USD * 100 / 115 - 60_000 * USD;
			assert_eq!((report.base, report.availability), (Some(150_000 * USD), Some(most)));
			assert_noop!(drawing(id, most + 1), Error::<Test>::NoNewDebt(reason));
			draw(id, most);
			set_ineligible(1, Some(reason));
			assert_noop!(drawing(id, 1_000 * USD), Error::<Test>::NoNewDebt(reason));
			set_ineligible(1, None);
			set_ineligible(2, None);
			draw(id, 65_217 * USD);
		});
	}
}
