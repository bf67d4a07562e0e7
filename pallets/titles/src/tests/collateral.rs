// SPDX-License-Identifier: Apache-2.0

//! Collateral: a line asks a title, and one record answers.

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::{
	governance::values::RuleValues,
	titles::{Collateral, Condition, Ineligibility, TitleFacts, TitleStatus},
	traits::LineRules,
	TitleId, USD,
};
use caliber_testkit::Rules;
use polkadot_sdk::{frame_support::assert_ok, sp_runtime::Perbill};

const LINE: u32 = 9;

fn collateral(title: TitleId, holder: Option<u32>) -> Option<Collateral> {
	<Titles as TitleInspect<AccountId>>::collateral(title, holder, &Rules::present())
}

fn standing(title: TitleId, holder: Option<u32>) -> Result<(), Ineligibility> {
	collateral(title, holder).unwrap().standing
}

#[test]
fn collateral_should_tell_all_that_a_draw_asks() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(collateral(0, None), None);
		let title = pledged(1, LINE);
		insured(title, 7 * USD, DAY);
		appraised(APPRAISER, title, 90_000 * USD, DAY);
		let told = Collateral {
			facts: TitleFacts {
				model: GPU,
				units: 2,
				condition: Condition::New,
				commissioned_at: START - 90 * DAY,
			},
			facility: 0,
			independent: Some(90_000 * USD),
			cover: 100_007 * USD,
			standing: Ok(()),
			braked: false,
		};
		assert_eq!(collateral(title, Some(LINE)), Some(told));
		for holder in [None, Some(LINE + 1)] {
			let standing = Err(Ineligibility::Encumbered);
			assert_eq!(collateral(title, holder), Some(Collateral { standing, ..told }));
		}
		set_time(START + DAY);
		assert_eq!(collateral(title, Some(LINE)), Some(told));
		set_time(START + DAY + 1);
		let later = Collateral { independent: None, cover: 100_000 * USD, ..told };
		assert_eq!(collateral(title, Some(LINE)), Some(later));
	});
}

#[test]
fn collateral_should_stand_and_tell_of_the_brake_when_the_committee_suspends_a_held_title() {
	ExtBuilder::default().build_and_execute(|| {
		let (held, free) = (pledged(1, LINE), active(3));
		let before = collateral(held, Some(LINE)).unwrap();
		let suspended = Err(Ineligibility::NotActive(TitleStatus::Suspended));
		for title in [held, free] {
			assert_ok!(Titles::suspend_title(committee(), title));
		}
		// For the covenants nothing changes; for new debt the brake counts.
		let braked = collateral(held, Some(LINE)).unwrap();
		assert_eq!(braked, Collateral { braked: true, ..before });
		assert_eq!(braked.for_new_debt().standing, suspended);
		assert_eq!(seen_by(held, LINE), suspended);
		// For a pledge it does, and for a line that does not hold the title.
		for holder in [None, Some(LINE), Some(LINE + 1)] {
			assert_eq!(standing(free, holder), suspended);
		}
		assert_eq!(standing(held, Some(LINE + 1)), suspended);

		// Covenants that are broken by something else stay broken.
		set_time(START + VALIDITY + 1);
		assert_eq!(standing(held, Some(LINE)), Err(Ineligibility::CustodyStale));
		assert_eq!(seen_by(held, LINE), suspended);
		assert_ok!(Titles::report_loss(RuntimeOrigin::signed(CUSTODIAN), held));
		let lost = Err(Ineligibility::NotActive(TitleStatus::Lost));
		assert_eq!(standing(held, Some(LINE)), lost);
		assert_eq!(seen_by(held, LINE), lost);
	});
}

#[test]
fn collateral_should_not_stand_when_a_referendum_suspends_a_held_title() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, LINE);
		assert_ok!(Titles::suspend_title(committee(), title));
		assert_ok!(Titles::suspend_title(referendum(), title));
		let suspended = Err(Ineligibility::NotActive(TitleStatus::Suspended));
		assert_eq!(standing(title, Some(LINE)), suspended);
		assert_ok!(Titles::reinstate_title(referendum(), title));
		assert_eq!(standing(title, Some(LINE)), Ok(()));
		assert_eq!(seen_by(title, LINE), Ok(()));
	});
}

#[test]
fn collateral_should_need_the_record_alone_when_the_line_holds_the_title() {
	ExtBuilder::default().build().execute_with(|| {
		let (held, free) = (pledged(1, LINE), active(3));
		appraised(APPRAISER, held, 90_000 * USD, DAY);
		let before = collateral(held, Some(LINE)).unwrap();
		assert_eq!(before.standing, Ok(()));
		assert_eq!(standing(free, Some(LINE)), Ok(()));

		for title in [held, free] {
			Policies::<Test>::remove(title);
			Appraisals::<Test>::remove(title);
			Attestations::<Test>::remove(title);
			TitleSerials::<Test>::remove(title);
			Revenue::<Test>::remove(title);
		}
		Custodians::<Test>::remove(CUSTODIAN);
		assert_eq!(standing(free, Some(LINE)), Ok(()));
		Parties::<Test>::remove(PartyKind::Custodian, CUSTODIAN);
		assert_eq!(collateral(held, Some(LINE)), Some(before));
		// The one entry of the registry that a pledge asks for.
		assert_eq!(standing(free, Some(LINE)), Err(Ineligibility::CustodianSuspended));
	});
}

#[test]
fn collateral_should_judge_by_the_rules_it_is_given() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		insured(title, 80_000 * USD, 10 * DAY);
		assert_ok!(Titles::confirm(RuntimeOrigin::signed(VERIFIER), title));
		let rules = |share, custody_validity| RuleValues {
			min_coverage: Perbill::from_percent(share),
			custody_validity,
			..Rules::present()
		};
		let eligible = |rules: RuleValues| {
			<Titles as TitleInspect<AccountId>>::eligibility(title, None, &rules)
		};
		assert_eq!(eligible(rules(80, DAY)), Ok(()));
		assert_eq!(eligible(rules(81, DAY)), Err(Ineligibility::UnderInsured));
		set_time(START + DAY + 1);
		assert_eq!(eligible(rules(80, DAY)), Err(Ineligibility::CustodyStale));
		assert_eq!(eligible(rules(80, DAY + 1)), Ok(()));
		// The present ones count for the API and for a new pledge.
		assert_eq!(Titles::eligibility(title), Ok(()));
		Rules::change(|present| *present = rules(80, DAY));
		assert_eq!(Titles::eligibility(title), Err(Ineligibility::CustodyStale));
		let pledge = <Titles as Encumber<AccountId>>::encumber(title, &OWNER, LINE);
		let stale = Error::<Test>::Ineligible(Ineligibility::CustodyStale);
		assert_eq!(pledge, Err(stale.into()));
	});
}

#[test]
fn eligibility_should_ask_no_price_when_none_is_needed() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		assert_ok!(Titles::confirm(RuntimeOrigin::signed(VERIFIER), title));
		assert_eq!(standing(title, None), Err(Ineligibility::Uninsured));
		insured(title, 1, DAY);
		assert_eq!(standing(title, None), Ok(()));
		set_time(START + DAY + 1);
		assert_eq!(standing(title, None), Err(Ineligibility::Uninsured));
	});
}

#[test]
fn record_should_have_each_change_of_a_policy_in_short() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		let insurer = || RuntimeOrigin::signed(INSURER);
		let covers = || record_of(title).covers.to_vec();
		let first = |remaining, until| Cover { policy: 0, remaining, until };
		assert_ok!(Titles::confirm(RuntimeOrigin::signed(VERIFIER), title));
		let unpaid = PolicyTerms { premium_paid_until: START + DAY, ..terms(900, 90 * DAY) };
		assert_ok!(Titles::bind_policy(insurer(), title, unpaid));
		assert_eq!(covers(), [first(900, START + DAY)]);
		assert_ok!(Titles::pay_claim(insurer(), title, 0, 300));
		assert_eq!(covers(), [first(600, START + DAY)]);
		assert_ok!(Titles::renew_policy(insurer(), title, 0, terms(1_000, 90 * DAY)));
		assert_eq!(covers(), [first(1_000, START + 90 * DAY)]);
		assert_ok!(Titles::cancel_policy(insurer(), title, 0));
		assert_eq!(covers(), [first(1_000, START + 30 * DAY)]);
		insured(title, 50, 2 * DAY);
		let second = Cover { policy: 1, remaining: 50, until: START + 2 * DAY };
		assert_eq!(covers(), [first(1_000, START + 30 * DAY), second]);
		set_time(START + 30 * DAY + 1);
		assert_ok!(Titles::remove_policy(insurer(), title, 0));
		assert_eq!(covers(), [second]);
		assert_ok!(Titles::remove_policy(insurer(), title, 1));
		assert_eq!(covers(), []);
	});
}

#[test]
fn record_should_have_each_change_of_an_appraisal_in_short() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		let estimates = || record_of(title).appraisals.to_vec();
		let estimate =
			|appraisal, value, days| Estimate { appraisal, value, valid_until: START + days * DAY };
		appraised(APPRAISER, title, 700, 5 * DAY);
		assert_eq!(estimates(), [estimate(0, 700, 5)]);
		appraised(APPRAISER, title, 800, 3 * DAY);
		assert_eq!(estimates(), [estimate(1, 800, 3)]);
		let info = Parties::<Test>::get(PartyKind::Appraiser, APPRAISER).unwrap().info;
		assert_ok!(Titles::register_party(referendum(), STRANGER, info));
		appraised(STRANGER, title, 650, 2 * DAY);
		assert_eq!(estimates(), [estimate(1, 800, 3), estimate(2, 650, 2)]);
		let independent = || <Titles as TitleFactsSource>::independent_value(title);
		assert_eq!(independent(), Some(650));
		set_time(START + 2 * DAY + 1);
		assert_eq!(independent(), Some(800));
		assert_ok!(Titles::withdraw_appraisal(RuntimeOrigin::signed(APPRAISER), title, 1));
		assert_eq!(estimates(), [estimate(2, 650, 2)]);
		assert_eq!(independent(), None);
	});
}
