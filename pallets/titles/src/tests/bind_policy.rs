// SPDX-License-Identifier: Apache-2.0

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::{titles::Ineligibility, Balance, USD};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, dispatch::DispatchResult, traits::fungible::Inspect},
	sp_runtime::TokenError,
};

fn bind(title: u32, terms: PolicyTerms) -> DispatchResult {
	Titles::bind_policy(RuntimeOrigin::signed(INSURER), title, terms)
}

/// A confirmed title without a policy.
fn bare(first: u64) -> u32 {
	let title = attested(first);
	assert_ok!(confirm_as(VERIFIER, title));
	title
}

#[test]
fn bind_policy_should_store_it_and_hold_the_deposit() {
	ExtBuilder::default().build_and_execute(|| {
		let title = bare(1);
		let terms =
			PolicyTerms { premium_paid_until: START + 90 * DAY, ..terms(80_000 * USD, 365 * DAY) };
		assert_ok!(bind(title, terms.clone()));
		assert_eq!(
			Policies::<Test>::get(title).to_vec(),
			vec![Policy {
				id: 0,
				insurer: INSURER,
				terms: terms.clone(),
				bound_at: START,
				claimed: 0,
				cancelled_at: None,
				ticket: ticket(3 * CLBR),
			}]
		);
		assert_eq!(policy_deposit_held(&INSURER), 3 * CLBR);
		assert_eq!(Parties::<Test>::get(PartyKind::Insurer, INSURER).unwrap().items, 1);
		assert_eq!(last_event(), Event::PolicyBound { title, policy: 0, insurer: INSURER, terms });
		assert_eq!(Titles::eligibility(title), Ok(()));
	});
}

#[test]
fn bind_policy_should_cover_up_to_and_including_the_last_second() {
	ExtBuilder::default().build_and_execute(|| {
		// New debt looks no notice ahead.
		Values::mutate(|values| values.cancellation_notice = 0);
		let (short, unpaid) = (bare(1), bare(3));
		assert_ok!(bind(short, terms(WORTH, 5 * DAY)));
		let terms = PolicyTerms { premium_paid_until: START + 4 * DAY, ..terms(WORTH, 6 * DAY) };
		assert_ok!(bind(unpaid, terms));

		// The grace of a premium does not make the term longer.
		for (title, until) in [(short, START + 5 * DAY), (unpaid, START + 6 * DAY)] {
			set_time(until);
			assert_eq!(Titles::eligibility(title), Ok(()));
			set_time(until + 1);
			assert_eq!(Titles::eligibility(title), Err(Ineligibility::Uninsured));
		}
	});
}

#[test]
fn bind_policy_should_add_up_the_limits_of_several_insurers() {
	ExtBuilder::default().build_and_execute(|| {
		Values::mutate(|values| values.cancellation_notice = 0);
		let title = bare(1);
		assert_ok!(bind(title, terms(50_000 * USD, 2 * DAY)));
		assert_ok!(Titles::bind_policy(
			RuntimeOrigin::signed(SECOND_INSURER),
			title,
			terms(30_000 * USD, DAY)
		));
		assert_eq!(Titles::eligibility(title), Ok(()));
		assert_eq!(Titles::title(title).unwrap().cover, 80_000 * USD);
		assert_eq!(policy_deposit_held(&SECOND_INSURER), POLICY_DEPOSIT);

		set_time(START + DAY + 1);
		assert_eq!(Titles::title(title).unwrap().cover, 50_000 * USD);
		set_time(START + 2 * DAY + 1);
		assert_eq!(Titles::eligibility(title), Err(Ineligibility::Uninsured));
		assert_eq!(Titles::title(title).unwrap().cover, 0);
	});
}

#[test]
fn bind_policy_should_work_before_confirmation_and_on_pledged_titles() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(bind(attested(1), terms(WORTH, DAY)));
		assert_ok!(bind(pledged(3, 9), terms(WORTH, DAY)));
	});
}

#[test]
fn bind_policy_should_take_eight_policies_of_a_title() {
	ExtBuilder::default().build_and_execute(|| {
		let title = bare(1);
		for count in 1..=8 {
			assert_ok!(bind(title, terms(USD, DAY)));
			assert_eq!(policy_deposit_held(&INSURER), count * POLICY_DEPOSIT);
		}
		assert_noop!(bind(title, terms(USD, DAY)), Error::<Test>::TooManyPolicies);
		assert_ok!(bind(bare(3), terms(USD, DAY)));
		let ids = Policies::<Test>::get(title).iter().map(|policy| policy.id).collect::<Vec<_>>();
		assert_eq!(ids, (0..8).collect::<Vec<_>>());
		assert_eq!(NextPolicyId::<Test>::get(), 9);
	});
}

#[test]
fn bind_policy_should_fail_when_not_an_insurer_in_good_standing() {
	ExtBuilder::default().build_and_execute(|| {
		let title = bare(1);
		for who in [STRANGER, APPRAISER, OWNER] {
			assert_noop!(
				Titles::bind_policy(RuntimeOrigin::signed(who), title, terms(WORTH, DAY)),
				Error::<Test>::UnknownParty
			);
		}
		assert_ok!(Titles::suspend_party(RuntimeOrigin::root(), PartyKind::Insurer, INSURER));
		assert_noop!(bind(title, terms(WORTH, DAY)), Error::<Test>::PartySuspended);
	});
}

#[test]
fn bind_policy_should_fail_when_the_insurer_owns_or_keeps_the_title() {
	ExtBuilder::default().build_and_execute(|| {
		let title = bare(1);
		let info = Parties::<Test>::get(PartyKind::Insurer, INSURER).unwrap().info;
		for who in [OWNER, CUSTODIAN] {
			assert_ok!(Titles::register_party(RuntimeOrigin::root(), who.clone(), info.clone()));
			assert_noop!(
				Titles::bind_policy(RuntimeOrigin::signed(who.clone()), title, terms(WORTH, DAY)),
				Error::<Test>::NotIndependent
			);
		}
		// Before confirmation the owner is who will receive the NFT.
		let waiting = attested(3);
		let by_owner = RuntimeOrigin::signed(OWNER);
		assert_noop!(
			Titles::bind_policy(by_owner.clone(), waiting, terms(WORTH, DAY)),
			Error::<Test>::NotIndependent
		);
		assert_ok!(send_nft(OWNER, title, BUYER));
		binds_anything(&OWNER);
		assert_ok!(Titles::bind_policy(by_owner, title, terms(WORTH, DAY)));
	});
}

#[test]
fn bind_policy_should_fail_when_unknown_or_lost() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(bind(0, terms(WORTH, DAY)), Error::<Test>::UnknownTitle);
		let title = bare(1);
		assert_ok!(Titles::report_loss(
			RuntimeOrigin::signed(CUSTODIAN),
			title,
			machines_of(title)
		));
		assert_noop!(bind(title, terms(WORTH, DAY)), Error::<Test>::TitleLost);
	});
}

#[test]
fn bind_policy_should_fail_when_terms_make_no_sense() {
	ExtBuilder::default().build_and_execute(|| {
		let title = bare(1);
		assert_noop!(bind(title, terms(0, DAY)), Error::<Test>::ZeroAmount);
		assert_noop!(bind(title, terms(WORTH, 0)), Error::<Test>::ExpiryNotInFuture);
		assert_noop!(bind(title, terms(WORTH, LONGEST + 1)), Error::<Test>::TimeTooFar);
		// Milliseconds for seconds.
		let until = 1_000 * (START + 365 * DAY);
		let millis =
			PolicyTerms { premium_paid_until: until, expires_at: until, ..terms(WORTH, DAY) };
		assert_noop!(bind(title, millis), Error::<Test>::TimeTooFar);
		assert_ok!(bind(title, terms(WORTH, LONGEST)));
		assert_noop!(
			bind(title, PolicyTerms { premium_paid_until: START, ..terms(WORTH, 2) }),
			Error::<Test>::PremiumUnpaid
		);
		assert_noop!(
			bind(title, PolicyTerms { premium_paid_until: START + 3, ..terms(WORTH, 2) }),
			Error::<Test>::PremiumBeyondExpiry
		);
		assert_ok!(bind(title, PolicyTerms { premium_paid_until: START + 1, ..terms(1, 1) }));
	});
}

#[test]
fn bind_policy_should_fail_when_limits_or_ids_run_out() {
	ExtBuilder::default().build_and_execute(|| {
		let title = bare(1);
		binds_anything(&INSURER);
		assert_ok!(bind(title, terms(Balance::MAX - 1, NOTICE)));
		assert_noop!(bind(title, terms(2, DAY)), Error::<Test>::Overflow);
		assert_ok!(bind(title, terms(1, DAY)));
		assert_eq!(Titles::eligibility(title), Ok(()));

		let other = bare(3);
		NextPolicyId::<Test>::put(u32::MAX);
		assert_noop!(bind(other, terms(1, DAY)), Error::<Test>::PolicyIdsExhausted);
	});
}

#[test]
fn bind_policy_should_fail_when_the_count_of_policies_overflows() {
	ExtBuilder::default().build_and_execute(|| {
		let title = bare(1);
		let insurer = Parties::<Test>::get(PartyKind::Insurer, INSURER).unwrap();
		let full = PartyRecord { items: u32::MAX, ..insurer.clone() };
		Parties::<Test>::insert(PartyKind::Insurer, INSURER, full);
		assert_noop!(bind(title, terms(1, DAY)), Error::<Test>::Overflow);
		Parties::<Test>::insert(PartyKind::Insurer, INSURER, insurer);
	});
}

#[test]
fn bind_policy_should_change_nothing_when_deposit_is_not_covered() {
	ExtBuilder::default().build_and_execute(|| {
		let title = bare(1);
		let spare = Balances::balance(&INSURER) - EXISTENTIAL_DEPOSIT - POLICY_DEPOSIT + 1;
		let send = |from, to, amount| {
			Balances::transfer_keep_alive(RuntimeOrigin::signed(from), to, amount)
		};
		assert_ok!(send(INSURER, STRANGER, spare));
		assert_noop!(bind(title, terms(WORTH, DAY)), TokenError::FundsUnavailable);
		assert_ok!(send(STRANGER, INSURER, 1));
		assert_ok!(bind(title, terms(WORTH, DAY)));
	});
}
