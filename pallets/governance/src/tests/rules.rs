// SPDX-License-Identifier: Apache-2.0

//! Tests of the versions of the rules of lines.

use super::mock::*;
use crate::{Brake, Change, CurrentRules, Event, RuleVersions};
use caliber_primitives::{
	governance::values::{CreditValue, RuleValue, RuleValues},
	traits::LineRules,
	USD,
};
use caliber_testkit::events;
use polkadot_sdk::frame_support::assert_ok;

fn custody(days: u64) -> Change {
	Change::Rules(RuleValue::CustodyValidity(days * DAY))
}

#[test]
fn rules_should_have_a_version_from_the_first_block_on() {
	run(|| {
		assert_eq!(<Governance as LineRules>::version(), 0);
		assert_eq!(<Governance as LineRules>::of(0), RuleValues::default());
	});
}

#[test]
fn a_change_of_rules_should_make_one_version_and_leave_the_old_one() {
	run(|| {
		let relistings = Change::Rules(RuleValue::MaxRelistings(5));
		assert_ok!(set(&[custody(5), relistings]));
		assert_eq!(<Governance as LineRules>::version(), 1);
		assert!(events::<Test, Event<Test>>().contains(&Event::RulesVersionMade { version: 1 }));
		let new = <Governance as LineRules>::of(1);
		assert_eq!((new.custody_validity, new.max_relistings), (5 * DAY, 5));
		assert_eq!(<Governance as LineRules>::of(0), RuleValues::default());
		// What changes nothing, and what is no rule, makes none.
		assert_ok!(set(&[custody(5), Change::Credit(CreditValue::MinDraw(2_000 * USD))]));
		assert_eq!(<Governance as LineRules>::version(), 1);
	});
}

#[test]
fn a_brake_should_count_for_new_debt_and_touch_no_version() {
	run(|| {
		assert_ok!(set(&[custody(20)]));
		assert_ok!(brake(&[Brake::Value(custody(3))]));
		assert_eq!(<Governance as LineRules>::version(), 1);
		assert_eq!(<Governance as LineRules>::of(1).custody_validity, 20 * DAY);
		assert_eq!(<Governance as LineRules>::present().custody_validity, 3 * DAY);
		assert_eq!(rules().custody_validity, 3 * DAY);
		pass(14 * DAY);
		assert_eq!(rules().custody_validity, 20 * DAY);
	});
}

#[test]
fn versions_should_be_answered_at_the_tempo_of_the_chain() {
	check(chain(21_600, Vec::new()), || {
		assert_ok!(set(&[Change::Rules(RuleValue::AuctionDuration(3 * DAY))]));
		assert_eq!(<Governance as LineRules>::of(0).auction_duration, 120);
		assert_eq!(<Governance as LineRules>::of(1).auction_duration, 12);
		assert_eq!(Governance::rules(2), None);
		assert_eq!(RuleVersions::<Test>::get(1).unwrap().auction_duration, 3 * DAY);
		assert_eq!(CurrentRules::<Test>::get(), 1);
	});
}

#[test]
#[should_panic(expected = "Defensive failure")]
fn rules_of_a_version_that_never_was_should_be_a_failure_of_the_caller() {
	run(|| {
		<Governance as LineRules>::of(1);
	});
}
