// SPDX-License-Identifier: Apache-2.0

//! The custodian of pledged titles acknowledges their pledge.

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::{titles::Ineligibility, LineId, TitleId};
use polkadot_sdk::frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};

const LINE: LineId = 9;

fn acknowledge(who: AccountId) -> DispatchResult {
	Titles::acknowledge_pledge(RuntimeOrigin::signed(who), LINE)
}

/// A title in the custody of `RIVAL`, pledged to the line.
fn pledged_elsewhere(first: u64) -> TitleId {
	let title = NextTitleId::<Test>::get();
	assert_ok!(Titles::attest(RuntimeOrigin::signed(RIVAL), OWNER, spec(first)));
	insured(title, WORTH, LONGEST);
	assert_ok!(confirm_as(VERIFIER, title));
	assert_ok!(<Titles as Encumber<AccountId>>::encumber(title, &OWNER, LINE));
	title
}

#[test]
fn acknowledge_pledge_should_cover_the_titles_of_the_line_in_one_custody() {
	ExtBuilder::default().build_and_execute(|| {
		let (first, second, other) =
			(encumbered(1, LINE), encumbered(3, LINE), encumbered(5, LINE + 1));
		let elsewhere = pledged_elsewhere(7);
		assert_ok!(acknowledge(CUSTODIAN));
		let titles = vec![first, second].try_into().unwrap();
		let event = Event::PledgeAcknowledged { line: LINE, custodian: CUSTODIAN, titles };
		assert_eq!(last_event(), event);
		for title in [first, second] {
			assert_eq!(seen_by(title, LINE), Ok(()));
			assert!(Titles::title(title).unwrap().acknowledged);
		}
		assert_eq!(seen_by(elsewhere, LINE), Err(Ineligibility::NotAcknowledged));
		assert_eq!(seen_by(other, LINE + 1), Err(Ineligibility::NotAcknowledged));
		assert_ok!(acknowledge(RIVAL));
		assert_eq!(seen_by(elsewhere, LINE), Ok(()));
	});
}

#[test]
fn acknowledge_pledge_should_be_needed_again_for_a_title_that_enters_later() {
	ExtBuilder::default().build_and_execute(|| {
		let first = encumbered(1, LINE);
		assert_ok!(acknowledge(CUSTODIAN));
		let later = encumbered(3, LINE);
		assert_eq!(seen_by(later, LINE), Err(Ineligibility::NotAcknowledged));
		assert_ok!(acknowledge(CUSTODIAN));
		assert_eq!(seen_by(later, LINE), Ok(()));

		// A title that was let go and pledged anew is a new pledge.
		assert_ok!(<Titles as Encumber<AccountId>>::release(first, LINE));
		assert!(!record_of(first).acknowledged);
		assert_ok!(<Titles as Encumber<AccountId>>::encumber(first, &OWNER, LINE));
		assert_eq!(seen_by(first, LINE), Err(Ineligibility::NotAcknowledged));
		assert_ok!(acknowledge(CUSTODIAN));
		assert_ok!(<Titles as Encumber<AccountId>>::seize(first, LINE, &BUYER));
		assert!(!record_of(first).acknowledged);
	});
}

#[test]
fn acknowledge_pledge_should_fail_when_there_is_nothing_of_the_caller_to_acknowledge() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(acknowledge(CUSTODIAN), Error::<Test>::NothingToAcknowledge);
		encumbered(1, LINE);
		for who in [OWNER, RIVAL, VERIFIER, STRANGER, CURATOR] {
			assert_noop!(acknowledge(who), Error::<Test>::NothingToAcknowledge);
		}
		assert_ok!(acknowledge(CUSTODIAN));
		assert_noop!(acknowledge(CUSTODIAN), Error::<Test>::NothingToAcknowledge);
	});
}
