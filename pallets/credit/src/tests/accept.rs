// SPDX-License-Identifier: Apache-2.0

use super::mock::*;
use crate::{
	frame_support::{assert_err, assert_noop, assert_ok},
	sp_runtime::{DispatchError, Perbill},
	Error, Event,
};
use caliber_primitives::{
	credit::{LineState, LineTerms},
	governance::values::CreditValues,
	titles::Ineligibility,
	USD,
};

#[test]
fn accept_line_should_open_it_and_pledge_the_titles() {
	ExtBuilder::default().build_and_execute(|| {
		let id = offer(terms());
		take_events();
		assert_ok!(accept(BORROWER, id, &terms(), &[1, 3]));
		assert_eq!(line(id).state, LineState::Open);
		assert_eq!(line(id).titles, titles(&[1, 3]));
		assert_eq!(
			(line_of_title(1), line_of_title(2), line_of_title(3)),
			(Some(id), None, Some(id))
		);
		assert_eq!(
			take_events(),
			[Event::LineAccepted { line: id, borrower: BORROWER, titles: titles(&[1, 3]) }]
		);
	});
}

#[test]
fn accept_line_should_refuse_when_the_line_is_not_on_offer() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(accept(BORROWER, 0, &terms(), &[1]), Error::<Test>::UnknownLine);
		let line = open(terms());
		assert_noop!(accept(BORROWER, line, &terms(), &[2]), Error::<Test>::NotOnOffer);
	});
}

#[test]
fn accept_line_should_refuse_when_another_than_the_named_borrower_calls() {
	ExtBuilder::default().build_and_execute(|| {
		let line = offer(terms());
		for who in [OTHER_BORROWER, CURATOR] {
			assert_noop!(accept(who, line, &terms(), &[5]), Error::<Test>::NotBorrower);
		}
	});
}

#[test]
fn accept_line_should_refuse_from_the_second_of_expiry() {
	ExtBuilder::default().build_and_execute(|| {
		let (first, second) = (offer(terms()), offer(terms()));
		set_time(START + 7 * DAY - 1);
		assert_ok!(accept(BORROWER, first, &terms(), &[1]));
		set_time(START + 7 * DAY);
		assert_noop!(accept(BORROWER, second, &terms(), &[2]), Error::<Test>::OfferExpired);
	});
}

#[test]
fn accept_line_should_refuse_when_the_terms_are_not_the_offered_ones() {
	ExtBuilder::default().build_and_execute(|| {
		let line = offer(terms());
		let mut other = terms();
		other.limit = 999_999 * USD;
		assert_noop!(accept(BORROWER, line, &other, &[1]), Error::<Test>::TermsMismatch);
	});
}

#[test]
fn accept_line_should_refuse_when_the_curator_was_suspended() {
	ExtBuilder::default().build_and_execute(|| {
		let line = offer(terms());
		assert_ok!(Credit::suspend_curator(referendum(), CURATOR));
		assert_noop!(accept(BORROWER, line, &terms(), &[1]), Error::<Test>::CuratorSuspended);
	});
}

/// An offer is no option on the bounds of its day: a curator and a borrower who expect stricter ones
/// would make it in time and open it when they like.
#[test]
fn accept_line_should_refuse_an_offer_when_its_bounds_were_tightened() {
	ExtBuilder::default().build_and_execute(|| {
		let id = offer(terms());
		let accepting = || accept(BORROWER, id, &terms(), &[1]);
		let tightened = |tighten: fn(&mut CreditValues), error: Error<Test>| {
			let before = Values::get();
			Values::mutate(tighten);
			assert_noop!(accepting(), error);
			Values::set(before);
		};
		tightened(|now| now.min_senior_apr = apr(13), Error::SeniorAprTooLow);
		tightened(|now| now.max_apr = apr(19), Error::AprTooHigh);
		tightened(|now| now.max_fee = Perbill::from_parts(9_999_999), Error::FeeTooHigh);
		tightened(|now| now.min_first_loss = Perbill::from_percent(11), Error::FirstLossTooLow);
		tightened(
			|now| now.max_advance_rate = Perbill::from_percent(69),
			Error::AdvanceRateTooHigh,
		);
		tightened(|now| now.max_grace_period = 9 * DAY, Error::GracePeriodTooLong);
		tightened(|now| now.max_cure_period = 13 * DAY, Error::CurePeriodTooLong);
		tightened(|now| now.max_availability = 179 * DAY, Error::TimeTooFar);
		tightened(|now| now.min_loan_term = 361 * DAY, Error::TermTooShort);
		tightened(|now| now.min_draw = 1_000_001 * USD, Error::LimitTooLow);
		let capacity = |capacity| {
			assert_ok!(Credit::set_curator_capacity(referendum(), CURATOR, capacity));
		};
		capacity(1_000_000 * USD - 1);
		assert_noop!(accepting(), Error::<Test>::CapacityExceeded);
		capacity(1_000_000 * USD);
		assert_ok!(accepting());
	});
}

#[test]
fn accept_line_should_refuse_when_the_availability_has_ended_meanwhile() {
	ExtBuilder::default().build_and_execute(|| {
		let terms = LineTerms { availability_end: START + DAY, ..terms() };
		let id = offer(terms);
		set_time(START + DAY);
		assert_noop!(accept(BORROWER, id, &terms, &[1]), Error::<Test>::AvailabilityInPast);
	});
}

#[test]
fn accept_line_should_refuse_when_no_title_is_pledged() {
	ExtBuilder::default().build_and_execute(|| {
		let line = offer(terms());
		assert_noop!(accept(BORROWER, line, &terms(), &[]), Error::<Test>::NoTitles);
	});
}

#[test]
fn accept_line_should_refuse_when_a_title_cannot_be_pledged() {
	ExtBuilder::default().build_and_execute(|| {
		let line = offer(terms());
		set_ineligible(2, Some(Ineligibility::CustodyStale));
		let refused = |titles: &[u32]| accept(BORROWER, line, &terms(), titles);
		assert_err!(refused(&[2]), DispatchError::Other("not eligible"));
		assert_err!(refused(&[1, 1]), DispatchError::Other("not eligible"));
		assert_err!(refused(&[1, 5]), DispatchError::Other("not the owner"));
		// Another line's.
		open(terms());
		assert_err!(refused(&[1]), DispatchError::Other("not eligible"));
	});
}
