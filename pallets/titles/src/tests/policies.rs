// SPDX-License-Identifier: Apache-2.0

//! How a policy goes on and how it ends: renewal, cancellation, removal.

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::{
	titles::{Ineligibility, PolicyKind},
	traits::{LineRules, TitleInspect},
	Balance, Seconds, USD,
};
use polkadot_sdk::frame_support::{
	assert_noop, assert_ok, dispatch::DispatchResult, traits::fungible::Inspect,
};

const LIMIT: Balance = 90_000 * USD;
const TERM: Seconds = 365 * DAY;

/// A confirmed title and its only policy.
fn title_and_policy() -> (u32, u32) {
	let title = attested(1);
	let policy = insured(title, LIMIT, TERM);
	assert_ok!(confirm_as(VERIFIER, title));
	(title, policy)
}

fn renew(title: u32, policy: u32, terms: PolicyTerms) -> DispatchResult {
	Titles::renew_policy(RuntimeOrigin::signed(INSURER), title, policy, terms)
}

fn cancel(title: u32, policy: u32) -> DispatchResult {
	Titles::cancel_policy(RuntimeOrigin::signed(INSURER), title, policy)
}

fn remove(who: AccountId, title: u32, policy: u32) -> DispatchResult {
	Titles::remove_policy(RuntimeOrigin::signed(who), title, policy)
}

fn claim(title: u32, policy: u32, amount: Balance) {
	assert_ok!(Titles::pay_claim(RuntimeOrigin::signed(INSURER), title, policy, amount, None));
}

fn stored(title: u32) -> PolicyOf<Test> {
	Policies::<Test>::get(title)[0].clone()
}

/// Custody is kept, so that only insurance can lapse, and new debt looks no notice ahead.
fn eligibility_at(time: Seconds, title: u32) -> Result<(), Ineligibility> {
	set_time(time);
	Values::mutate(|values| values.cancellation_notice = 0);
	let batch = vec![title].try_into().unwrap();
	assert_ok!(Titles::heartbeat(RuntimeOrigin::signed(CUSTODIAN), batch));
	Titles::eligibility(title)
}

#[test]
fn renew_policy_should_begin_a_new_term_with_a_whole_limit() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, policy) = title_and_policy();
		claim(title, policy, 60_000 * USD);
		set_time(START + 300 * DAY);
		let terms = terms(LIMIT, TERM);
		assert_ok!(renew(title, policy, terms.clone()));
		assert_eq!(stored(title).terms, terms);
		assert_eq!(stored(title).remaining(), LIMIT);
		assert_eq!(policy_deposit_held(&INSURER), POLICY_DEPOSIT);
		assert_eq!(
			last_event(),
			Event::PolicyRenewed { title, policy, insurer: INSURER, terms: terms.clone() }
		);
		assert_eq!(eligibility_at(START + 665 * DAY, title), Ok(()));
		assert_eq!(eligibility_at(START + 665 * DAY + 1, title), Err(Ineligibility::Uninsured));
	});
}

#[test]
fn renew_policy_should_tell_of_a_premium_paid_further() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		assert_ok!(confirm_as(VERIFIER, title));
		let by_month =
			|days| PolicyTerms { premium_paid_until: START + days * DAY, ..terms(LIMIT, TERM) };
		let first = by_month(30);
		assert_ok!(Titles::bind_policy(RuntimeOrigin::signed(INSURER), title, first.clone()));
		// Ten days of grace after the premium.
		assert_eq!(eligibility_at(START + 40 * DAY, title), Ok(()));
		assert_eq!(eligibility_at(START + 40 * DAY + 1, title), Err(Ineligibility::Uninsured));

		let second = PolicyTerms { premium_paid_until: START + 60 * DAY, ..first };
		assert_ok!(renew(title, 0, second));
		assert_eq!(Titles::eligibility(title), Ok(()));
		assert_eq!(eligibility_at(START + 70 * DAY, title), Ok(()));
		assert_eq!(eligibility_at(START + 70 * DAY + 1, title), Err(Ineligibility::Uninsured));
	});
}

#[test]
fn renew_policy_should_undo_a_cancellation() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, policy) = title_and_policy();
		assert_ok!(cancel(title, policy));
		assert_ok!(renew(title, policy, terms(LIMIT, NOTICE)));
		assert_eq!(stored(title).cancelled_at, None);
		assert_ok!(cancel(title, policy));
	});
}

#[test]
fn renew_policy_should_not_take_cover_away_while_it_is_in_force() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, policy) = title_and_policy();
		claim(title, policy, 10_000 * USD);
		let shorter = PolicyTerms { premium_paid_until: START + TERM - 1, ..terms(LIMIT, TERM) };
		for terms in [terms(80_000 * USD - 1, TERM), terms(LIMIT, TERM - 1), shorter] {
			assert_noop!(renew(title, policy, terms), Error::<Test>::RenewalReducesCover);
		}
		assert_ok!(renew(title, policy, terms(80_000 * USD, TERM)));

		// In the last second it is in force still, in the next one it is not.
		set_time(START + TERM);
		assert_noop!(renew(title, policy, terms(USD, DAY)), Error::<Test>::RenewalReducesCover);
		set_time(START + TERM + 1);
		assert_ok!(renew(title, policy, terms(USD, DAY)));
		assert_eq!(Titles::title(title).unwrap().cover, USD);
	});
}

#[test]
fn policy_should_show_the_grace_of_an_unpaid_premium() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		let unpaid = PolicyTerms { premium_paid_until: START + DAY, ..terms(LIMIT, TERM) };
		assert_ok!(Titles::bind_policy(RuntimeOrigin::signed(INSURER), title, unpaid));
		let shown = |at| {
			set_time(at);
			let policy = &Titles::title(title).unwrap().policies[0];
			(policy.in_force, policy.in_grace, policy.covers_until)
		};
		let until = START + 11 * DAY;
		assert_eq!(shown(START + DAY), (true, false, until));
		assert_eq!(shown(START + DAY + 1), (true, true, until));
		assert_eq!(shown(until), (true, true, until));
		assert_eq!(shown(until + 1), (false, false, until));
	});
}

#[test]
fn policy_on_the_residual_value_should_be_no_cover_against_damage() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		let residual = PolicyTerms { kind: PolicyKind::ResidualValue, ..terms(LIMIT, TERM) };
		assert_ok!(Titles::bind_policy(RuntimeOrigin::signed(INSURER), title, residual));
		assert_ok!(confirm_as(VERIFIER, title));
		let report = Titles::title(title).unwrap();
		assert_eq!((report.cover, report.policies[0].kind), (0, PolicyKind::ResidualValue));
		assert_eq!(Titles::eligibility(title), Err(Ineligibility::Uninsured));
		// It stays of its kind; a claim on it goes the usual way.
		assert_noop!(renew(title, 0, terms(LIMIT, TERM)), Error::<Test>::OtherPolicyKind);
		let before = usdai(&OWNER);
		claim(title, 0, USD);
		assert_eq!(usdai(&OWNER), before + USD);
	});
}

#[test]
fn renew_policy_should_fail_when_insurer_policy_or_title_is_not_right() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, policy) = title_and_policy();
		let by = |who, title, policy| {
			Titles::renew_policy(RuntimeOrigin::signed(who), title, policy, terms(LIMIT, TERM))
		};
		assert_noop!(by(STRANGER, title, policy), Error::<Test>::UnknownParty);
		assert_noop!(by(SECOND_INSURER, title, policy), Error::<Test>::NotPolicyInsurer);
		assert_noop!(by(INSURER, title, policy + 1), Error::<Test>::UnknownPolicy);
		assert_noop!(by(INSURER, title + 1, policy), Error::<Test>::UnknownTitle);

		assert_ok!(Titles::suspend_party(RuntimeOrigin::root(), PartyKind::Insurer, INSURER));
		assert_noop!(by(INSURER, title, policy), Error::<Test>::PartySuspended);
		assert_ok!(Titles::reinstate_party(RuntimeOrigin::root(), PartyKind::Insurer, INSURER));
		assert_ok!(send_nft(OWNER, title, INSURER));
		assert_noop!(by(INSURER, title, policy), Error::<Test>::NotIndependent);
		assert_ok!(send_nft(INSURER, title, OWNER));
		assert_ok!(Titles::report_loss(
			RuntimeOrigin::signed(CUSTODIAN),
			title,
			machines_of(title)
		));
		assert_noop!(by(INSURER, title, policy), Error::<Test>::TitleLost);
	});
}

#[test]
fn renew_policy_should_fail_when_terms_make_no_sense() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, policy) = title_and_policy();
		assert_noop!(renew(title, policy, terms(0, TERM)), Error::<Test>::ZeroAmount);
		assert_noop!(renew(title, policy, terms(LIMIT, 0)), Error::<Test>::ExpiryNotInFuture);
		let premium = |until| PolicyTerms { premium_paid_until: until, ..terms(LIMIT, TERM) };
		assert_noop!(renew(title, policy, premium(START)), Error::<Test>::PremiumUnpaid);
		assert_noop!(
			renew(title, policy, premium(START + TERM + 1)),
			Error::<Test>::PremiumBeyondExpiry
		);
		insured(title, 1, DAY);
		binds_anything(&INSURER);
		assert_noop!(renew(title, policy, terms(Balance::MAX, TERM)), Error::<Test>::Overflow);
		assert_ok!(renew(title, policy, terms(Balance::MAX - 1, TERM)));
	});
}

#[test]
fn suspended_insurer_should_leave_its_policies_in_force() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, _) = title_and_policy();
		assert_ok!(Titles::suspend_party(RuntimeOrigin::root(), PartyKind::Insurer, INSURER));
		assert_eq!(eligibility_at(START + TERM, title), Ok(()));
	});
}

#[test]
fn cancel_policy_should_cover_until_the_end_of_the_notice() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, policy) = title_and_policy();
		assert_ok!(cancel(title, policy));
		// Thirty days of notice.
		let cancelled_at = START + 30 * DAY;
		assert_eq!(
			last_event(),
			Event::PolicyCancelled { title, policy, insurer: INSURER, cancelled_at }
		);
		// Cover that was announced to end does so whatever is governed later.
		Values::mutate(|values| values.cancellation_notice = 300 * DAY);
		assert_eq!(eligibility_at(cancelled_at, title), Ok(()));
		assert_eq!(eligibility_at(cancelled_at + 1, title), Err(Ineligibility::Uninsured));
	});
}

#[test]
fn cancel_policy_should_not_extend_the_term_or_the_premium() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		let ending = insured(title, LIMIT, 10 * DAY);
		assert_ok!(cancel(title, ending));
		assert_eq!(stored(title).cancelled_at, Some(START + 10 * DAY));

		let other = attested(3);
		let unpaid = PolicyTerms { premium_paid_until: START + 5 * DAY, ..terms(LIMIT, TERM) };
		assert_ok!(Titles::bind_policy(RuntimeOrigin::signed(INSURER), other, unpaid));
		assert_ok!(cancel(other, ending + 1));
		let policy = stored(other);
		assert_eq!(policy.cancelled_at, Some(START + 30 * DAY));
		assert!(policy.in_force(START + 5 * DAY, 0));
		assert!(!policy.in_force(START + 5 * DAY + 1, 0));
		assert!(policy.in_force(START + 15 * DAY, GRACE));
		assert!(!policy.in_force(START + 15 * DAY + 1, GRACE));
		assert!(!policy.is_over(START + 30 * DAY));
		assert!(policy.is_over(START + 30 * DAY + 1));
	});
}

#[test]
fn cancel_policy_should_work_when_suspended_or_lost() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, policy) = title_and_policy();
		assert_ok!(Titles::suspend_party(RuntimeOrigin::root(), PartyKind::Insurer, INSURER));
		assert_ok!(Titles::report_loss(
			RuntimeOrigin::signed(CUSTODIAN),
			title,
			machines_of(title)
		));
		assert_ok!(cancel(title, policy));
	});
}

#[test]
fn cancel_policy_should_fail_when_cancelled_over_unknown_or_of_another() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, policy) = title_and_policy();
		assert_noop!(cancel(title + 1, policy), Error::<Test>::UnknownTitle);
		assert_noop!(cancel(title, policy + 1), Error::<Test>::UnknownPolicy);
		for who in [OWNER, SECOND_INSURER] {
			assert_noop!(
				Titles::cancel_policy(RuntimeOrigin::signed(who), title, policy),
				Error::<Test>::NotPolicyInsurer
			);
		}
		set_time(START + TERM + 1);
		assert_noop!(cancel(title, policy), Error::<Test>::PolicyOver);
		set_time(START + TERM);
		assert_ok!(cancel(title, policy));
		assert_noop!(cancel(title, policy), Error::<Test>::PolicyCancelled);
	});
}

#[test]
fn cancel_policy_should_fail_when_the_notice_leaves_the_range() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, policy) = title_and_policy();
		Values::mutate(|values| values.cancellation_notice = Seconds::MAX);
		assert_noop!(cancel(title, policy), Error::<Test>::Overflow);
	});
}

#[test]
fn remove_policy_should_return_the_deposit_to_the_insurer_once_over() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, policy) = title_and_policy();
		set_time(START + TERM);
		assert_noop!(remove(INSURER, title, policy), Error::<Test>::PolicyNotOver);
		set_time(START + TERM + 1);
		assert_ok!(remove(INSURER, title, policy));
		assert!(!Policies::<Test>::contains_key(title));
		assert_eq!(policy_deposit_held(&INSURER), 0);
		assert_eq!(Balances::balance(&INSURER), ENDOWMENT);
		assert_eq!(Parties::<Test>::get(PartyKind::Insurer, INSURER).unwrap().items, 0);
		assert_eq!(last_event(), Event::PolicyRemoved { title, policy, insurer: INSURER });
	});
}

#[test]
fn remove_policy_should_be_for_anyone_after_the_time_for_claims() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, policy) = title_and_policy();
		assert_ok!(cancel(title, policy));
		// Thirty days of notice, ninety for claims.
		set_time(START + 120 * DAY);
		for who in [STRANGER, OWNER, SECOND_INSURER] {
			assert_noop!(remove(who, title, policy), Error::<Test>::PolicyNotOver);
		}
		set_time(START + 120 * DAY + 1);
		assert_ok!(remove(STRANGER, title, policy));
		assert_eq!(Balances::balance(&INSURER), ENDOWMENT);
		assert_eq!(Balances::balance(&STRANGER), ENDOWMENT);
	});
}

#[test]
fn remove_policy_should_be_for_anyone_when_the_limit_is_used_up() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, policy) = title_and_policy();
		claim(title, policy, LIMIT - 1);
		assert_noop!(remove(STRANGER, title, policy), Error::<Test>::PolicyNotOver);
		claim(title, policy, 1);
		assert_eq!(Titles::eligibility(title), Err(Ineligibility::Uninsured));
		assert_ok!(remove(STRANGER, title, policy));
	});
}

#[test]
fn remove_policy_should_be_for_governance_while_the_insurer_is_suspended() {
	ExtBuilder::default().build_and_execute(|| {
		// Next to nothing, for as long as may be: no other policy has room.
		let title = attested(1);
		let terms = || terms(1, LONGEST);
		let bind = |who: AccountId| Titles::bind_policy(RuntimeOrigin::signed(who), title, terms());
		let first = insured(title, 1, LONGEST);
		for _ in 1..MAX_POLICIES {
			assert_ok!(bind(INSURER));
		}
		assert_noop!(bind(SECOND_INSURER), Error::<Test>::TooManyPolicies);
		let by_governance = || Titles::remove_policy(RuntimeOrigin::root(), title, first);
		assert_noop!(by_governance(), Error::<Test>::PolicyNotOver);
		assert_ok!(Titles::suspend_party(RuntimeOrigin::root(), PartyKind::Insurer, INSURER));
		for who in [INSURER, OWNER, CUSTODIAN] {
			assert_noop!(remove(who, title, first), Error::<Test>::PolicyNotOver);
		}
		assert_noop!(
			Titles::remove_policy(RuntimeOrigin::none(), title, first),
			polkadot_sdk::sp_runtime::traits::BadOrigin
		);
		assert_ok!(by_governance());
		let left = Balance::from(MAX_POLICIES - 1);
		assert_eq!(policy_deposit_held(&INSURER), left * POLICY_DEPOSIT);
		assert_ok!(bind(SECOND_INSURER));
	});
}

#[test]
fn remove_policy_should_be_for_governance_as_for_anyone_otherwise() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, policy) = title_and_policy();
		let by_governance = || Titles::remove_policy(RuntimeOrigin::root(), title, policy);
		set_time(START + TERM + 90 * DAY);
		assert_noop!(by_governance(), Error::<Test>::PolicyNotOver);
		set_time(START + TERM + 90 * DAY + 1);
		assert_ok!(by_governance());
	});
}

#[test]
fn remove_policy_should_leave_the_others() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		let policies = [DAY, 3 * DAY, 2 * DAY].map(|term| insured(title, USD, term));
		set_time(START + 2 * DAY + 1);
		assert_ok!(remove(INSURER, title, policies[0]));
		assert_noop!(remove(INSURER, title, policies[1]), Error::<Test>::PolicyNotOver);
		assert_ok!(remove(INSURER, title, policies[2]));
		assert_eq!(Policies::<Test>::get(title).len(), 1);
		assert_eq!(stored(title).id, policies[1]);
		assert_eq!(policy_deposit_held(&INSURER), POLICY_DEPOSIT);
	});
}

#[test]
fn remove_policy_should_fail_when_unknown() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, policy) = title_and_policy();
		assert_noop!(remove(INSURER, title + 1, policy), Error::<Test>::UnknownTitle);
		assert_noop!(remove(INSURER, title, policy + 1), Error::<Test>::UnknownPolicy);
	});
}

#[test]
fn policies_and_appraisals_should_go_with_their_title() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		insured(title, LIMIT, TERM);
		let terms = terms(LIMIT, TERM);
		assert_ok!(Titles::bind_policy(RuntimeOrigin::signed(SECOND_INSURER), title, terms));
		appraised(APPRAISER, title, WORTH, DAY);
		let info = Titles::withdraw_attestation(RuntimeOrigin::signed(CUSTODIAN), title).unwrap();
		assert_eq!(info.actual_weight, Some(<() as WeightInfo>::withdraw_attestation(2, 2, 3)));
		assert!(!Policies::<Test>::contains_key(title));
		assert!(!Appraisals::<Test>::contains_key(title));
		for who in [INSURER, SECOND_INSURER, APPRAISER] {
			assert_eq!(Balances::balance(&who), ENDOWMENT);
		}
	});
}

/// The insurer has paid all of the limit, and would end the cover of the line in the next second.
#[test]
fn used_up_policy_of_a_held_title_should_not_be_cut() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, policy) = title_and_policy();
		assert_ok!(<Titles as Encumber<AccountId>>::encumber(title, &OWNER, 9));
		let cover = || {
			let rules = caliber_testkit::Rules::present();
			let known = <Titles as TitleInspect<AccountId>>::collateral(title, Some(9), &rules);
			known.unwrap().cover
		};
		let cut = |limit, days| {
			assert_noop!(
				renew(title, policy, terms(limit, days * DAY)),
				Error::<Test>::RenewalReducesCover
			);
		};
		// What is left is 40 000, what the line counts 90 000.
		claim(title, policy, 50_000 * USD);
		cut(40_000 * USD, 365);
		cut(LIMIT, 364);
		claim(title, policy, 40_000 * USD);
		cut(1, 1);
		cut(LIMIT - 1, 365);
		assert_eq!(cover(), LIMIT);
		assert_ok!(renew(title, policy, terms(LIMIT, TERM)));

		// On the second day of its grace a brake makes the grace a day; the line knows ten.
		let unpaid =
			PolicyTerms { premium_paid_until: START + 366 * DAY, ..terms(LIMIT, TERM + 40 * DAY) };
		assert_ok!(renew(title, policy, unpaid));
		set_time(START + 368 * DAY);
		caliber_testkit::Rules::change(|rules| rules.premium_grace = DAY);
		cut(USD, 1);
		// Once it is over it covers nothing.
		set_time(START + TERM + 40 * DAY + 1);
		assert_ok!(renew(title, policy, terms(USD, DAY)));
	});
}
