// SPDX-License-Identifier: Apache-2.0

//! A line keeps the rules and the models it opened under. New debt obeys the stricter of them and
//! the present.

use super::{mock::*, support::lot::*};
use crate::{
	frame_support::{assert_noop, assert_ok},
	sp_runtime::{FixedU128, Perbill},
	Error,
};
use caliber_primitives::{credit::LineTerms, traits::LineRules, LineId, TitleId, USD};

fn drawing(line: LineId) -> Outcome {
	Credit::draw(RuntimeOrigin::signed(BORROWER), line, 1_000 * USD)
		.map(|_| ())
		.map_err(|e| e.error)
}

fn declare_breach(line: LineId) -> Outcome {
	Credit::declare_breach(RuntimeOrigin::signed(ANYONE), line).map(|_| ()).map_err(|e| e.error)
}

fn add(line: LineId, ids: &[TitleId]) -> Outcome {
	Credit::add_titles(RuntimeOrigin::signed(BORROWER), line, titles(ids))
}

fn swap(line: LineId, out: &[TitleId], into: &[TitleId]) -> Outcome {
	Credit::swap_titles(RuntimeOrigin::signed(BORROWER), line, titles(out), titles(into))
}

/// Terms under which the model alone says how much is lent.
fn open_terms() -> LineTerms {
	LineTerms {
		advance_rate: Perbill::from_percent(80),
		maintenance_coverage: FixedU128::from_u32(1),
		..bare_terms()
	}
}

#[test]
fn accept_line_should_fix_the_versions_of_the_day_and_not_those_of_the_offer() {
	ExtBuilder::default().build_and_execute(|| {
		let id = offer(bare_terms());
		Rules::change(|rules| rules.auction_duration = 5 * DAY);
		new_version(1, Perbill::from_percent(60), Perbill::one());
		assert_ok!(accept(BORROWER, id, &bare_terms(), &[2, 1]));
		let at_acceptance = line(id).versions;
		assert_eq!(at_acceptance.rules, Rules::version());
		assert_eq!(at_acceptance.models.to_vec(), [(1, 1), (2, 0)]);
		Rules::change(|rules| rules.auction_duration = 9 * DAY);
		new_version(1, Perbill::from_percent(50), Perbill::one());
		assert_ok!(swap(id, &[1], &[3]));
		assert_ok!(swap(id, &[3], &[1]));
		let versions = line(id).versions;
		assert_eq!(versions.rules, at_acceptance.rules);
		// A model that was there once keeps its version, whatever is taken out and put in again.
		assert_eq!(versions.models.to_vec(), [(1, 1), (2, 0), (3, 0)]);
		assert_eq!(Credit::line(id).map(|report| report.versions), Some(versions));
	});
}

#[test]
fn custody_should_break_no_covenant_when_it_is_renewed_more_often_after_the_opening() {
	ExtBuilder::default().build_and_execute(|| {
		renew_custody(1);
		let id = open(bare_terms());
		draw(id, 120_000 * USD);
		Rules::change(|rules| rules.custody_validity = 2 * DAY);
		set_time(START + 2 * DAY);
		assert_ok!(drawing(id));
		set_time(START + 2 * DAY + 1);
		assert_noop!(drawing(id), Error::<Test>::TitleLapsed);
		set_time(START + 7 * DAY);
		assert_noop!(declare_breach(id), Error::<Test>::NotInBreach);
		set_time(START + 7 * DAY + 1);
		assert_ok!(declare_breach(id));
	});
}

#[test]
fn coverage_should_count_the_advance_rate_of_the_opening_and_a_draw_the_lower_one() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(open_terms());
		set_worth(1, Ok(200_000 * USD));
		// Three quarters of it are lent at most, with a cushion of 1.15.
		draw(id, 129_000 * USD);
		new_version(1, Perbill::from_percent(50), Perbill::one());
		assert_noop!(declare_breach(id), Error::<Test>::NotInBreach);
		assert_noop!(drawing(id), Error::<Test>::InsufficientCoverage);
		let report = Credit::line(id).expect("the line exists");
		assert_eq!((report.base, report.availability), (Some(150_000 * USD), Some(0)));
		// A swap makes debt stand against other titles: 129 000 of them are not covered by half.
		set_worth(2, Ok(20_000 * USD));
		assert_noop!(swap(id, &[], &[2]), Error::<Test>::InsufficientCoverage);
		// A higher rate than that of the opening gives nothing.
		new_version(1, Perbill::from_percent(80), Perbill::one());
		assert_ok!(drawing(id));
		assert_noop!(drawing(id), Error::<Test>::InsufficientCoverage);
	});
}

#[test]
fn coverage_should_count_the_value_by_the_opening_and_a_draw_the_lower_one() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(open_terms());
		set_worth(1, Ok(200_000 * USD));
		draw(id, 129_000 * USD);
		new_version(1, Perbill::from_percent(75), Perbill::from_percent(90));
		assert_noop!(declare_breach(id), Error::<Test>::NotInBreach);
		assert_noop!(drawing(id), Error::<Test>::InsufficientCoverage);
		// A new line is opened under the present alone: three quarters of 180 000.
		set_model(2, 1);
		set_worth(2, Ok(200_000 * USD));
		let other = offer(open_terms());
		assert_ok!(accept(BORROWER, other, &open_terms(), &[2]));
		let base = |id| Credit::line(id).and_then(|report| report.base);
		assert_eq!((base(id), base(other)), (Some(150_000 * USD), Some(135_000 * USD)));
		// The expected proceeds of a sale go by the opening too: half of 140 000, less a twentieth.
		set_worth(1, Ok(140_000 * USD));
		assert_ok!(declare_breach(id));
		assert_eq!(line(id).recovery, 66_500 * USD);
	});
}

#[test]
fn draw_should_count_no_more_than_an_independent_appraisal() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(open_terms());
		set_independent(1, Some(2_000 * USD));
		assert_eq!(Credit::line(id).and_then(|report| report.base), Some(1_500 * USD));
		assert_ok!(drawing(id));
		assert_noop!(drawing(id), Error::<Test>::InsufficientCoverage);
	});
}

#[test]
fn start_auction_should_go_by_the_rules_that_the_line_opened_under() {
	ExtBuilder::default().build_and_execute(|| {
		let (old, loan) = in_default(bare_terms(), DEBT);
		Rules::change(|rules| {
			rules.auction_reserve = Perbill::from_percent(50);
			rules.auction_duration = DAY;
			rules.bid_extension = 60;
			rules.max_relistings = 0;
			rules.relist_discount = Perbill::from_percent(50);
			rules.curator_option_period = DAY;
			rules.min_increment = Perbill::from_percent(10);
			rules.offer_binding = DAY;
		});
		assert_ok!(start(old));
		assert_eq!((auction(old).reserve, auction(old).ends_at), (RESERVE, DEFAULT_AT + ROUND));
		let terms = auction(old).terms;
		assert_eq!(
			(terms.extension, terms.relistings, terms.option_period),
			(EXTENSION, 2, OPTION)
		);
		assert_eq!(terms.min_increment, Perbill::from_percent(2));
		assert_eq!((terms.discount, terms.offer_binding), (Perbill::from_percent(20), BINDING));
		assert_ok!(Credit::payoff(RuntimeOrigin::signed(ANYONE), loan, FUNDS));

		let new = offer(bare_terms());
		assert_ok!(accept(BORROWER, new, &bare_terms(), &[2]));
		let loan = draw(new, DEBT);
		let defaulted_at = now() + PERIOD + 10 * DAY + 1;
		set_time(defaulted_at);
		assert_ok!(declare_default(loan));
		assert_ok!(start(new));
		assert_eq!((auction(new).reserve, auction(new).ends_at), (500_000 * USD, now() + DAY));
		assert_eq!(auction(new).terms.relistings, 0);
	});
}

#[test]
fn line_should_hold_titles_of_eight_models_and_of_no_ninth() {
	ExtBuilder::default().build_and_execute(|| {
		let all: Vec<TitleId> = (101..=110).collect();
		for title in &all {
			new_title(*title, BORROWER, 100_000 * USD);
		}
		let id = offer(bare_terms());
		let accepting = |titles| accept(BORROWER, id, &bare_terms(), titles);
		assert_noop!(accepting(&all[..9]), Error::<Test>::TooManyModels);
		assert_ok!(accepting(&all[..8]));
		assert_noop!(add(id, &[109]), Error::<Test>::TooManyModels);
		// A model that left keeps its place: the line knows its version for ever.
		assert_noop!(swap(id, &[101], &[109]), Error::<Test>::TooManyModels);
		assert_ok!(swap(id, &[101], &[]));
		assert_noop!(add(id, &[109]), Error::<Test>::TooManyModels);
		// Another title of a model that the line knows.
		set_model(110, 101);
		assert_ok!(add(id, &[110]));
	});
}

#[test]
fn line_should_hold_titles_in_eight_facilities_and_in_no_ninth() {
	ExtBuilder::default().build_and_execute(|| {
		let all: Vec<TitleId> = (101..=110).collect();
		for title in &all {
			new_title(*title, BORROWER, 100_000 * USD);
			set_model(*title, 70);
			set_facility(*title, *title);
		}
		let id = offer(bare_terms());
		let accepting = |titles| accept(BORROWER, id, &bare_terms(), titles);
		assert_noop!(accepting(&all[..9]), Error::<Test>::TooManyFacilities);
		assert_ok!(accepting(&all[..8]));
		assert_noop!(add(id, &[109]), Error::<Test>::TooManyFacilities);
		// One that is left makes room, and one that is known takes none.
		assert_ok!(swap(id, &[101], &[109]));
		set_facility(110, 109);
		assert_ok!(add(id, &[110]));
	});
}
