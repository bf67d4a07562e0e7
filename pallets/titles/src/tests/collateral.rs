// SPDX-License-Identifier: Apache-2.0

//! Collateral: a line asks a title, and one record answers.

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::{
	appraisal::Independent,
	governance::values::RuleValues,
	titles::{Collateral, Condition, Ineligibility, TitleFacts, TitleStatus},
	traits::LineRules,
	TitleId, USD,
};
use caliber_testkit::Rules;
use polkadot_sdk::frame_support::assert_ok;

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
				earned_per_hour: None,
			},
			facility: 0,
			independent: Independent::of([90_000 * USD]),
			filed: Independent::of([90_000 * USD]),
			cover: 100_007 * USD,
			// A policy that ends tomorrow secures no new debt.
			claimable: 100_000 * USD,
			unmatched: 0,
			deducted: 0,
			standing: Ok(()),
			new_debt: Ok(()),
			braked: false,
		};
		assert_eq!(collateral(title, Some(LINE)), Some(told));
		for holder in [None, Some(LINE + 1)] {
			let standing = Err(Ineligibility::Encumbered);
			let asked = Collateral { standing, ..told };
			assert_eq!(collateral(title, holder), Some(asked));
		}
		set_time(START + DAY);
		assert_eq!(collateral(title, Some(LINE)), Some(told));
		set_time(START + DAY + 1);
		let (cover, claimable) = (100_000 * USD, 100_000 * USD);
		let later = Collateral {
			independent: Independent::NONE,
			filed: Independent::NONE,
			cover,
			claimable,
			..told
		};
		assert_eq!(collateral(title, Some(LINE)), Some(later));
		// A claim takes nothing from the covenants, and from new debt what it paid.
		assert_ok!(Titles::pay_claim(RuntimeOrigin::signed(INSURER), title, 0, 30_000 * USD, None));
		let unmatched = 30_000 * USD;
		let after = Collateral { claimable: 70_000 * USD, unmatched, ..later };
		assert_eq!(collateral(title, Some(LINE)), Some(after));
		assert_eq!(after.for_new_debt().cover, 70_000 * USD);
		// What may be gone does not secure new debt: 80 000 count for 50 000, 20 000 for nothing.
		for (value, counted) in [(80_000, 50_000), (20_000, 0), (200_000, 70_000)] {
			assert_eq!(after.for_new_debt().counted(value * USD), counted * USD);
			assert_eq!(after.counted(value * USD), (value * USD).min(100_000 * USD));
		}
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
		assert_ok!(Titles::report_loss(RuntimeOrigin::signed(CUSTODIAN), held, machines_of(held)));
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
fn collateral_should_need_record_and_custodian_alone_when_the_line_holds_the_title() {
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
			TitleDevices::<Test>::remove(title);
		}
		assert_eq!(collateral(held, Some(LINE)), Some(before));
		Custodians::<Test>::remove(CUSTODIAN);
		Parties::<Test>::remove(PartyKind::Custodian, CUSTODIAN);
		// The entries of the custodian matter for new debt, and for no covenant.
		let new_debt = Err(Ineligibility::CustodianSuspended);
		assert_eq!(collateral(held, Some(LINE)), Some(Collateral { new_debt, ..before }));
		assert_eq!(standing(free, Some(LINE)), Ok(()));
	});
}

#[test]
fn collateral_should_judge_by_the_rules_it_is_given() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		Values::mutate(|values| values.cancellation_notice = 0);
		let unpaid = PolicyTerms { premium_paid_until: START + 1, ..terms(WORTH, 10 * DAY) };
		assert_ok!(Titles::bind_policy(RuntimeOrigin::signed(INSURER), title, unpaid));
		assert_ok!(confirm_as(VERIFIER, title));
		let rules = |premium_grace, custody_validity| RuleValues {
			premium_grace,
			custody_validity,
			..Rules::present()
		};
		let eligible = |rules: RuleValues| {
			<Titles as TitleInspect<AccountId>>::eligibility(title, None, &rules)
		};
		set_time(START + DAY);
		assert_eq!(eligible(rules(DAY - 1, DAY)), Ok(()));
		assert_eq!(eligible(rules(DAY - 2, DAY)), Err(Ineligibility::Uninsured));
		set_time(START + DAY + 1);
		assert_eq!(eligible(rules(DAY, DAY)), Err(Ineligibility::CustodyStale));
		assert_eq!(eligible(rules(DAY, DAY + 1)), Ok(()));
		// The present ones count for the API and for a new pledge.
		assert_eq!(Titles::eligibility(title), Ok(()));
		Rules::change(|present| *present = rules(DAY, DAY));
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
		assert_ok!(confirm_as(VERIFIER, title));
		assert_eq!(standing(title, None), Err(Ineligibility::Uninsured));
		insured(title, 1, NOTICE + DAY);
		set_time(START + DAY);
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
		let first = |limit, remaining, paid, end| Cover {
			policy: 0,
			limit,
			remaining,
			paid_until: START + paid * DAY,
			ends_at: START + end * DAY,
		};
		assert_ok!(confirm_as(VERIFIER, title));
		let unpaid = PolicyTerms { premium_paid_until: START + DAY, ..terms(900, 90 * DAY) };
		assert_ok!(Titles::bind_policy(insurer(), title, unpaid));
		assert_eq!(covers(), [first(900, 900, 1, 90)]);
		assert_ok!(Titles::pay_claim(insurer(), title, 0, 300, None));
		assert_eq!(covers(), [first(900, 600, 1, 90)]);
		assert_ok!(Titles::renew_policy(insurer(), title, 0, terms(1_000, 90 * DAY)));
		assert_eq!(covers(), [first(1_000, 1_000, 90, 90)]);
		assert_ok!(Titles::cancel_policy(insurer(), title, 0));
		assert_eq!(covers(), [first(1_000, 1_000, 30, 30)]);
		insured(title, 50, 2 * DAY);
		let until = START + 2 * DAY;
		let second =
			Cover { policy: 1, limit: 50, remaining: 50, paid_until: until, ends_at: until };
		assert_eq!(covers(), [first(1_000, 1_000, 30, 30), second]);
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
		let estimate = |appraisal, value, days| Estimate {
			appraisal,
			value,
			filed_at: START,
			counts_from: START,
			valid_until: START + days * DAY,
			confirmed: false,
			former: None,
		};
		appraised(APPRAISER, title, 700, 5 * DAY);
		assert_eq!(estimates(), [estimate(0, 700, 5)]);
		appraised(APPRAISER, title, 800, 3 * DAY);
		let replacing = Estimate { former: Some((700, START + 5 * DAY)), ..estimate(1, 800, 3) };
		assert_eq!(estimates(), [replacing]);
		let info = Parties::<Test>::get(PartyKind::Appraiser, APPRAISER).unwrap().info;
		assert_ok!(Titles::register_party(referendum(), STRANGER, info));
		appraised(STRANGER, title, 650, 2 * DAY);
		assert_eq!(estimates(), [replacing, estimate(2, 650, 2)]);
		let independent = || <Titles as TitleFactsSource>::independent(title);
		assert_eq!(independent(), Independent { lowest: Some(650), second: Some(800) });
		set_time(START + 2 * DAY + 1);
		assert_eq!(independent(), Independent { lowest: Some(800), second: None });
		assert_ok!(Titles::withdraw_appraisal(RuntimeOrigin::signed(APPRAISER), title, 1));
		assert_eq!(estimates(), [estimate(2, 650, 2)]);
		assert_eq!(independent(), Independent::NONE);
	});
}
