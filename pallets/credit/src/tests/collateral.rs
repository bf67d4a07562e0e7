// SPDX-License-Identifier: Apache-2.0

use super::mock::*;
use crate::{
	frame_support::{assert_err, assert_noop, assert_ok},
	sp_runtime::DispatchError,
	Error, Event, OutstandingByModel,
};
use caliber_primitives::{
	appraisal::AppraisalError,
	credit::LineState,
	titles::{Ineligibility, TitleStatus},
	LineId, TitleId, USD,
};

fn add(line: LineId, ids: &[TitleId]) -> Result<(), DispatchError> {
	Credit::add_titles(RuntimeOrigin::signed(BORROWER), line, titles(ids))
}

fn swap(line: LineId, out: &[TitleId], into: &[TitleId]) -> Result<(), DispatchError> {
	Credit::swap_titles(RuntimeOrigin::signed(BORROWER), line, titles(out), titles(into))
}

#[test]
fn add_titles_should_pledge_them() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		take_events();
		assert_ok!(add(id, &[2, 3]));
		assert_eq!(line(id).titles.to_vec(), [1, 2, 3]);
		assert_eq!((line_of_title(2), line_of_title(3)), (Some(id), Some(id)));
		assert_eq!(
			take_events(),
			[Event::TitlesChanged { line: id, released: titles(&[]), pledged: titles(&[2, 3]) }]
		);
	});
}

#[test]
fn add_titles_should_cure_a_breach_and_lower_what_is_provisioned() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		draw(id, 120_000 * USD);
		set_worth(1, Ok(100_000 * USD));
		set_worth(2, Ok(60_000 * USD));
		set_worth(3, Ok(60_000 * USD));
		assert_ok!(Credit::declare_breach(RuntimeOrigin::signed(ANYONE), id));
		// A quarter of 108 000 less 47 500.
		assert_eq!(line(id).impairment, 15_125 * USD);
		assert_ok!(add(id, &[2]));
		// 160 000 / 2 * 0.95 = 76 000 of 108 000; 112 000 of 132 000 are covered.
		assert_eq!(SeniorImpairment::get(), 8_000 * USD);
		assert_noop!(Credit::cure(RuntimeOrigin::signed(ANYONE), id), Error::<Test>::StillInBreach);
		assert_ok!(add(id, &[3]));
		assert_ok!(Credit::cure(RuntimeOrigin::signed(ANYONE), id));
		assert_eq!(SeniorImpairment::get(), 0);
	});
}

#[test]
fn add_titles_should_refuse_what_is_not_the_borrowers_or_does_not_fit() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(add(0, &[2]), Error::<Test>::UnknownLine);
		let id = offer(bare_terms());
		assert_noop!(add(id, &[2]), Error::<Test>::NotAccepted);
		assert_ok!(accept(BORROWER, id, &bare_terms(), &[1]));
		assert_noop!(
			Credit::add_titles(RuntimeOrigin::signed(CURATOR), id, titles(&[2])),
			Error::<Test>::NotBorrower
		);
		assert_noop!(add(id, &[]), Error::<Test>::NoTitles);
		assert_err!(add(id, &[1]), DispatchError::Other("not eligible"));
		assert_err!(add(id, &[5]), DispatchError::Other("not the owner"));
		let more: Vec<TitleId> = (100..164).collect();
		for title in &more {
			new_title(*title, BORROWER, USD);
			set_model(*title, 1);
		}
		assert_noop!(add(id, &more), Error::<Test>::TooManyTitles);
		assert_ok!(add(id, &more[..63]));
		assert_eq!(line(id).titles.len(), 64);
		draw(id, 10_000 * USD);
		bring_to(id, LineState::Defaulted);
		assert_noop!(add(id, &[2]), Error::<Test>::TooManyTitles);
		bring_to(id, LineState::Liquidating);
		assert_noop!(add(id, &[2]), Error::<Test>::LineNotOpen);
	});
}

#[test]
fn swap_titles_should_free_some_and_pledge_others() {
	ExtBuilder::default().build_and_execute(|| {
		let id = offer(bare_terms());
		assert_ok!(accept(BORROWER, id, &bare_terms(), &[1, 2]));
		draw(id, 120_000 * USD);
		take_events();
		assert_ok!(swap(id, &[1, 2], &[3]));
		assert_eq!(line(id).titles.to_vec(), [3]);
		assert_eq!((line_of_title(1), line_of_title(2), line_of_title(3)), (None, None, Some(id)));
		assert_eq!(
			take_events(),
			[
				Event::ExposureChanged { line: id, exposure: vec![(3, 120_000 * USD)] },
				Event::TitlesChanged { line: id, released: titles(&[1, 2]), pledged: titles(&[3]) }
			]
		);
		assert_eq!(OutstandingByModel::<Test>::iter().collect::<Vec<_>>(), [(3, 120_000 * USD)]);
	});
}

#[test]
fn swap_titles_should_keep_the_debt_covered_to_the_unit() {
	ExtBuilder::default().build_and_execute(|| {
		let id = offer(bare_terms());
		assert_ok!(accept(BORROWER, id, &bare_terms(), &[1, 2]));
		draw(id, 120_000 * USD);
		// 70 % of it are 1.1 times 1.15 times the debt.
		let enough = (1_518_000 * USD).div_ceil(7);
		set_worth(2, Ok(enough - 1));
		assert_noop!(swap(id, &[1], &[]), Error::<Test>::InsufficientCoverage);
		set_worth(2, Err(AppraisalError::Stale(some_key())));
		assert_noop!(swap(id, &[1], &[]), Error::<Test>::PriceStale);
		set_worth(2, Err(AppraisalError::Unavailable(some_key())));
		assert_noop!(swap(id, &[1], &[]), Error::<Test>::PriceUnavailable);
		set_worth(2, Ok(enough));
		// What only the lapsed title would cover is not covered.
		set_ineligible(2, Some(Ineligibility::Uninsured));
		assert_noop!(swap(id, &[1], &[]), Error::<Test>::InsufficientCoverage);
		set_ineligible(2, None);
		assert_ok!(swap(id, &[1], &[]));
	});
}

#[test]
fn swap_titles_should_be_free_without_debt_except_for_the_last() {
	ExtBuilder::default().build_and_execute(|| {
		let id = offer(bare_terms());
		assert_ok!(accept(BORROWER, id, &bare_terms(), &[1, 2]));
		set_worth(2, Ok(0));
		assert_ok!(swap(id, &[1], &[]));
		assert_noop!(swap(id, &[2], &[]), Error::<Test>::NoTitles);
		assert_ok!(swap(id, &[2], &[4]));
		assert_ok!(swap(id, &[], &[2]));
		assert_eq!(line(id).titles.to_vec(), [4, 2]);
	});
}

#[test]
fn swap_titles_should_replace_a_lost_title_and_so_cure_the_breach() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		draw(id, 120_000 * USD);
		set_ineligible(1, Some(Ineligibility::NotActive(TitleStatus::Lost)));
		assert_ok!(Credit::declare_breach(RuntimeOrigin::signed(ANYONE), id));
		// Nothing would come in: a quarter of all.
		assert_eq!(SeniorImpairment::get(), 27_000 * USD);
		assert_ok!(swap(id, &[1], &[2]));
		assert_eq!(SeniorImpairment::get(), 0);
		assert_ok!(Credit::cure(RuntimeOrigin::signed(ANYONE), id));
	});
}

#[test]
fn swap_titles_should_refuse_what_does_not_fit_the_line() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(swap(0, &[1], &[2]), Error::<Test>::UnknownLine);
		let id = offer(bare_terms());
		assert_noop!(swap(id, &[1], &[2]), Error::<Test>::NotAccepted);
		assert_ok!(accept(BORROWER, id, &bare_terms(), &[1]));
		assert_noop!(
			Credit::swap_titles(RuntimeOrigin::signed(CURATOR), id, titles(&[1]), titles(&[2])),
			Error::<Test>::NotBorrower
		);
		assert_noop!(swap(id, &[], &[]), Error::<Test>::NoTitles);
		assert_noop!(swap(id, &[2], &[3]), Error::<Test>::TitleNotInLine);
		assert_noop!(swap(id, &[1, 1], &[3]), Error::<Test>::TitleNotInLine);
		assert_err!(swap(id, &[1], &[1]), DispatchError::Other("not eligible"));
		assert_err!(swap(id, &[1], &[5]), DispatchError::Other("not the owner"));
		let more: Vec<TitleId> = (100..164).collect();
		for title in &more {
			new_title(*title, BORROWER, USD);
		}
		assert_noop!(swap(id, &[], &more), Error::<Test>::TooManyTitles);
		draw(id, 10_000 * USD);
		bring_to(id, LineState::Defaulted);
		assert_noop!(swap(id, &[1], &[2]), Error::<Test>::LineNotOpen);
	});
}

#[test]
fn swap_titles_should_respect_the_ceilings_of_models() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		draw(id, 120_000 * USD);
		let set = |ceiling| {
			assert_ok!(Credit::set_model_ceiling(referendum(), 2, ceiling));
		};
		set(Some(120_000 * USD - 1));
		assert_noop!(swap(id, &[1], &[2]), Error::<Test>::ModelCeilingExceeded);
		set(Some(120_000 * USD));
		assert_ok!(swap(id, &[1], &[2]));
	});
}
