// SPDX-License-Identifier: Apache-2.0

use super::mock::*;
use crate::{
	frame_support::{assert_noop, assert_ok},
	Error, Event,
};
use caliber_primitives::{
	appraisal::AppraisalError,
	credit::{Breach, BreachReason, LineState},
	titles::{Ineligibility, TitleStatus},
	Balance, LineId, USD,
};

/// What 120 000 need for a coverage of 1.1 at 70 %: 188 571.43.
const ENOUGH: Balance = (1_320_000 * USD).div_ceil(7);

fn declare_breach(line: LineId) -> Result<(), polkadot_sdk::sp_runtime::DispatchError> {
	Credit::declare_breach(RuntimeOrigin::signed(ANYONE), line).map(|_| ()).map_err(|e| e.error)
}

fn uncured(line: LineId) -> Result<(), polkadot_sdk::sp_runtime::DispatchError> {
	Credit::declare_uncured(RuntimeOrigin::signed(ANYONE), line).map(|_| ()).map_err(|e| e.error)
}

/// A line over title 1 with 120 000 out, 108 000 of it senior.
fn drawn_line() -> LineId {
	let line = open(bare_terms());
	draw(line, 120_000 * USD);
	take_events();
	line
}

#[test]
fn declare_breach_should_prove_the_coverage_to_the_unit() {
	ExtBuilder::default().build_and_execute(|| {
		let id = drawn_line();
		set_worth(1, Ok(ENOUGH));
		assert_noop!(declare_breach(id), Error::<Test>::NotInBreach);
		set_worth(1, Ok(ENOUGH - 1));
		assert_ok!(declare_breach(id));
		let breach =
			Breach { reason: BreachReason::Coverage, since: START, cure_until: START + 14 * DAY };
		assert_eq!((line(id).state, line(id).breach), (LineState::Breached, Some(breach)));
		// Half of it in a forced sale, less 5 %: 89 571.43, rounded down; 108 000 are out.
		let proceeds = (ENOUGH - 1) / 2;
		let recovery = proceeds - (proceeds * 5).div_ceil(100);
		// A quarter of it at once.
		let impairment = (108_000 * USD - recovery).div_ceil(4);
		assert_eq!(
			take_events(),
			[
				Event::LineBreached { line: id, breach },
				Event::ImpairmentSet { line: id, recovery, impairment },
				Event::LineStateChanged {
					line: id,
					from: LineState::Open,
					to: LineState::Breached
				},
			]
		);
		assert_eq!(SeniorImpairment::get(), impairment);
		// The loans go on earning, and nothing is drawn.
		assert_ne!(senior_rate(), 0);
		assert_noop!(
			Credit::draw(RuntimeOrigin::signed(BORROWER), id, 1_000 * USD),
			Error::<Test>::LineNotOpen
		);
	});
}

#[test]
fn declare_breach_should_accept_each_lapse_of_a_title_and_need_no_price_for_it() {
	let lapses = [
		Ineligibility::Unknown,
		Ineligibility::NotActive(TitleStatus::Lost),
		Ineligibility::NotActive(TitleStatus::Suspended),
		Ineligibility::CustodyStale,
		Ineligibility::Uninsured,
		Ineligibility::UnderInsured,
	];
	for lapse in lapses {
		ExtBuilder::default().build_and_execute(|| {
			let id = drawn_line();
			// How much cover is enough takes the value.
			if lapse != Ineligibility::UnderInsured {
				set_worth(1, Err(AppraisalError::Stale(some_key())));
			}
			set_ineligible(1, Some(lapse));
			assert_eq!(
				Credit::line(id).and_then(|report| report.breach_now),
				Some(BreachReason::Title(1, lapse))
			);
			assert_ok!(declare_breach(id));
			assert_eq!(
				line(id).breach.map(|breach| breach.reason),
				Some(BreachReason::Title(1, lapse))
			);
		});
	}
}

#[test]
fn declare_breach_should_refuse_what_only_keeps_a_title_from_new_debt() {
	for reason in [
		Ineligibility::CustodianSuspended,
		Ineligibility::ModelPaused,
		Ineligibility::ModelDelisted,
		Ineligibility::AppraisalUnavailable,
		Ineligibility::AppraisalStale,
		Ineligibility::Unseasoned,
	] {
		ExtBuilder::default().build_and_execute(|| {
			let id = drawn_line();
			set_ineligible(1, Some(reason));
			assert_noop!(declare_breach(id), Error::<Test>::NotInBreach);
		});
	}
}

#[test]
fn declare_breach_should_count_the_last_value_less_the_haircut_when_there_is_none_today() {
	// What four fifths of are just enough.
	let known = (5 * ENOUGH).div_ceil(4);
	for missing in [AppraisalError::Stale(some_key()), AppraisalError::Unavailable(some_key())] {
		ExtBuilder::default().build_and_execute(|| {
			let id = drawn_line();
			let last = |worth| {
				set_worth(1, Ok(worth));
				set_worth(1, Err(missing));
			};
			last(known);
			assert_noop!(declare_breach(id), Error::<Test>::NotInBreach);
			assert_eq!(Credit::line(id).and_then(|report| report.breach_now), None);
			last(known - 1);
			let coverage = Some(BreachReason::Coverage);
			assert_eq!(Credit::line(id).and_then(|report| report.breach_now), coverage);
			assert_ok!(declare_breach(id));
		});
	}
}

#[test]
fn declare_breach_should_name_a_value_that_cannot_be_told() {
	ExtBuilder::default().build_and_execute(|| {
		let id = drawn_line();
		set_worth(1, Err(AppraisalError::Overflow));
		assert_noop!(declare_breach(id), Error::<Test>::Overflow);
		assert_eq!(Credit::line(id).and_then(|report| report.breach_now), None);
		// A value of nothing is a value.
		set_worth(1, Err(AppraisalError::Zero));
		assert_ok!(declare_breach(id));
	});
}

#[test]
fn coverage_should_count_the_last_known_value_less_a_haircut_when_the_model_is_gone() {
	// What four fifths of are just enough.
	let known = (5 * ENOUGH).div_ceil(4);
	for gone in [AppraisalError::Paused, AppraisalError::Delisted] {
		ExtBuilder::default().build_and_execute(|| {
			let id = drawn_line();
			let cure =
				|| Credit::cure(RuntimeOrigin::signed(ANYONE), id).map(|_| ()).map_err(|e| e.error);
			let last = |worth| {
				set_worth(1, Ok(worth));
				set_worth(1, Err(gone));
			};
			last(known);
			assert_noop!(declare_breach(id), Error::<Test>::NotInBreach);
			assert_eq!(Credit::line(id).and_then(|report| report.breach_now), None);
			last(known - 1);
			assert_ok!(declare_breach(id));
			assert_eq!(line(id).breach.map(|breach| breach.reason), Some(BreachReason::Coverage));
			assert_noop!(cure(), Error::<Test>::StillInBreach);
			last(known);
			assert_ok!(cure());

			last(known - 1);
			assert_ok!(declare_breach(id));
			set_time(START + 14 * DAY + 1);
			last(known);
			assert_noop!(uncured(id), Error::<Test>::NotInBreach);
			last(known - 1);
			assert_ok!(uncured(id));
			assert_eq!(line(id).state, LineState::Defaulted);
		});
	}
}

#[test]
fn coverage_should_count_nothing_when_the_model_is_gone_and_no_value_is_known() {
	ExtBuilder::default().build_and_execute(|| {
		let id = drawn_line();
		set_worth(1, Err(AppraisalError::Delisted));
		assert_noop!(declare_breach(id), Error::<Test>::NotInBreach);
		forget_worth(1);
		assert_ok!(declare_breach(id));
	});
}

#[test]
fn coverage_should_count_what_is_missing_for_good_and_for_a_time_alike() {
	ExtBuilder::default().build_and_execute(|| {
		let id = offer(bare_terms());
		assert_ok!(accept(BORROWER, id, &bare_terms(), &[1, 2]));
		draw(id, 120_000 * USD);
		set_worth(1, Ok(ENOUGH));
		set_worth(1, Err(AppraisalError::Delisted));
		set_worth(2, Ok(ENOUGH / 4 + 3));
		set_worth(2, Err(AppraisalError::Stale(some_key())));
		assert_noop!(declare_breach(id), Error::<Test>::NotInBreach);
		set_worth(2, Ok(ENOUGH / 4 - 3));
		set_worth(2, Err(AppraisalError::Stale(some_key())));
		assert_ok!(declare_breach(id));
		// By its last value in full the line would hold: nobody can say that it is uncured.
		set_time(START + 15 * DAY);
		assert_noop!(uncured(id), Error::<Test>::PriceStale);
	});
}

#[test]
fn declare_breach_should_not_need_a_value_when_the_others_are_enough() {
	ExtBuilder::default().build_and_execute(|| {
		let id = offer(bare_terms());
		assert_ok!(accept(BORROWER, id, &bare_terms(), &[1, 2]));
		draw(id, 120_000 * USD);
		forget_worth(2);
		set_worth(2, Err(AppraisalError::Stale(some_key())));
		set_worth(1, Ok(ENOUGH));
		assert_noop!(declare_breach(id), Error::<Test>::NotInBreach);
		set_worth(1, Ok(ENOUGH - 1));
		assert_ok!(declare_breach(id));
	});
}

#[test]
fn declare_breach_should_refuse_when_there_is_nothing_to_protect() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(declare_breach(0), Error::<Test>::UnknownLine);
		let id = offer(bare_terms());
		assert_noop!(declare_breach(id), Error::<Test>::NotAccepted);
		assert_ok!(accept(BORROWER, id, &bare_terms(), &[1]));
		set_ineligible(1, Some(Ineligibility::Uninsured));
		assert_noop!(declare_breach(id), Error::<Test>::NothingOwed);
		set_ineligible(1, None);
		draw(id, 120_000 * USD);
		set_ineligible(1, Some(Ineligibility::Uninsured));
		assert_ok!(declare_breach(id));
		assert_noop!(declare_breach(id), Error::<Test>::LineNotOpen);
	});
}

#[test]
fn declare_uncured_should_wait_for_the_end_of_the_cure_period() {
	ExtBuilder::default().build_and_execute(|| {
		let id = drawn_line();
		assert_noop!(uncured(7), Error::<Test>::UnknownLine);
		assert_noop!(uncured(id), Error::<Test>::NotBreached);
		set_worth(1, Ok(150_000 * USD));
		assert_ok!(declare_breach(id));
		set_time(START + 14 * DAY);
		assert_noop!(uncured(id), Error::<Test>::CurePeriodRunning);
		set_time(START + 14 * DAY + 1);
		take_events();
		assert_ok!(uncured(id));
		let line = line(id);
		assert_eq!(line.state, LineState::Defaulted);
		assert_eq!(line.defaulted_at, Some(START + 14 * DAY + 1));
		// Nothing is earned any more; 150 000 / 2 * 0.95 are expected of 108 000.
		assert_eq!((senior_rate(), senior_offset()), (0, 0));
		assert_eq!(line.impairment, 36_750 * USD);
		assert_noop!(uncured(id), Error::<Test>::NotBreached);
	});
}

#[test]
fn declare_uncured_should_refuse_when_the_line_is_whole_or_would_be_by_its_last_values() {
	ExtBuilder::default().build_and_execute(|| {
		let id = drawn_line();
		set_worth(1, Ok(150_000 * USD));
		assert_ok!(declare_breach(id));
		set_time(START + 15 * DAY);
		// A line far under water is uncured, whether there is a price or not.
		set_worth(1, Err(AppraisalError::Stale(some_key())));
		assert_eq!(super::support::lot::undone(|| uncured(id)), Ok(()));
		set_worth(1, Ok(ENOUGH));
		set_worth(1, Err(AppraisalError::Stale(some_key())));
		assert_noop!(uncured(id), Error::<Test>::PriceStale);
		set_worth(1, Ok(ENOUGH));
		assert_noop!(uncured(id), Error::<Test>::NotInBreach);
		set_ineligible(1, Some(Ineligibility::Uninsured));
		assert_ok!(uncured(id));
	});
}

#[test]
fn a_breach_should_block_no_payment() {
	ExtBuilder::default().build_and_execute(|| {
		let id = drawn_line();
		set_worth(1, Ok(150_000 * USD));
		assert_ok!(declare_breach(id));
		set_worth(1, Err(AppraisalError::Unavailable(some_key())));
		// A payment period, then ahead; the provision follows the senior principal.
		let due = Credit::due(loan_id(0, 0)).expect("the loan exists").total;
		assert_ok!(repay(loan_id(0, 0), due + 50_000 * USD));
		assert_eq!(line(id).senior_outstanding, 54_000 * USD);
		assert_eq!((line(id).impairment, SeniorImpairment::get()), (0, 0));
		assert_ok!(Credit::payoff(RuntimeOrigin::signed(ANYONE), loan_id(0, 0), FUNDS));
		// Nothing is owed: the line is whole, whatever its titles are worth.
		set_worth(1, Ok(0));
		assert_ok!(Credit::cure(RuntimeOrigin::signed(ANYONE), id));
	});
}

#[test]
fn a_line_in_trouble_should_close_once_nothing_is_owed() {
	for state in [LineState::Breached, LineState::Defaulted] {
		ExtBuilder::default().build_and_execute(|| {
			let id = drawn_line();
			bring_to(id, state);
			assert_ok!(Credit::payoff(RuntimeOrigin::signed(ANYONE), loan_id(0, 0), FUNDS));
			assert_eq!(SeniorImpairment::get(), 0);
			assert_ok!(Credit::close_line(RuntimeOrigin::signed(BORROWER), id));
			assert_eq!(line_of_title(1), None);
		});
	}
}
