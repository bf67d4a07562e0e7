// SPDX-License-Identifier: Apache-2.0

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::{titles::Ineligibility, traits::LineRules, Balance, USD};
use caliber_testkit::Rules;
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, dispatch::DispatchResult},
	sp_runtime::{DispatchError, TokenError},
};

fn pay(title: u32, policy: u32, amount: Balance) -> DispatchResult {
	Titles::pay_claim(RuntimeOrigin::signed(INSURER), title, policy, amount, None)
}

#[test]
fn pay_claim_should_go_to_the_owner_when_free() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(send_nft(OWNER, title, BUYER));
		assert_ok!(pay(title, 0, 40_000 * USD));
		assert_eq!(usdai(&BUYER), USDAI_ENDOWMENT + 40_000 * USD);
		assert_eq!(usdai(&INSURER), USDAI_ENDOWMENT - 40_000 * USD);
		assert_eq!(
			last_event(),
			Event::ClaimPaid {
				title,
				policy: 0,
				insurer: INSURER,
				owner: BUYER,
				line: None,
				loss: None,
				amount: 40_000 * USD,
				to_line: 0,
				remaining: 60_000 * USD,
			}
		);
		assert_eq!(Titles::title(title).unwrap().cover, 60_000 * USD);
	});
}

#[test]
fn pay_claim_should_go_to_the_line_when_pledged() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, 9);
		assert_ok!(pay(title, 0, 30_000 * USD));
		assert_ok!(pay(title, 0, 70_000 * USD));
		assert_eq!(usdai(&reserve_account(9)), 100_000 * USD);
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT);
		assert_eq!(
			last_event(),
			Event::ClaimPaid {
				title,
				policy: 0,
				insurer: INSURER,
				owner: OWNER,
				line: Some(9),
				loss: None,
				amount: 70_000 * USD,
				to_line: 70_000 * USD,
				remaining: 0,
			}
		);
		// The line was paid: no covenant is broken, and no other line takes the title.
		let rules = Rules::present();
		let told = <Titles as TitleInspect<AccountId>>::collateral(title, Some(9), &rules).unwrap();
		assert_eq!((told.standing, told.cover, told.claimable), (Ok(()), 100_000 * USD, 0));
		// Nor does a stranger break one by removing the policy.
		let remove = |who| Titles::remove_policy(RuntimeOrigin::signed(who), title, 0);
		assert_noop!(remove(STRANGER), Error::<Test>::PolicyNotOver);
		assert_ok!(<Titles as Encumber<AccountId>>::release(title, 9));
		assert_eq!(Titles::eligibility(title), Err(Ineligibility::Uninsured));
		assert_ok!(remove(STRANGER));
	});
}

#[test]
fn pay_claim_should_not_count_as_revenue() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(pay(title, 0, USD));
		assert_eq!(record_of(title).revenue, RevenueHistory::default());
	});
}

#[test]
fn pay_claim_should_work_whatever_happened_to_title_policy_and_insurer() {
	ExtBuilder::default().build_and_execute(|| {
		let (suspended, lost, asked, pledged) = (active(1), active(3), active(5), pledged(7, 9));
		assert_ok!(Titles::suspend_title(RuntimeOrigin::root(), suspended));
		for title in [lost, pledged] {
			assert_ok!(Titles::report_loss(
				RuntimeOrigin::signed(CUSTODIAN),
				title,
				machines_of(title)
			));
		}
		assert_ok!(Titles::request_redemption(RuntimeOrigin::signed(OWNER), asked));
		assert_ok!(Titles::cancel_policy(RuntimeOrigin::signed(INSURER), suspended, 0));
		assert_ok!(Titles::suspend_party(RuntimeOrigin::root(), PartyKind::Insurer, INSURER));
		set_time(START + 40_000 * DAY);

		let before = usdai(&OWNER);
		for (policy, title) in [suspended, lost, asked, pledged].into_iter().enumerate() {
			assert_ok!(pay(title, policy as u32, USD));
		}
		assert_eq!(usdai(&OWNER), before + 3 * USD);
		assert_eq!(usdai(&reserve_account(9)), USD);
	});
}

#[test]
fn pay_claim_should_fail_when_more_than_is_left_of_the_limit() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(pay(title, 0, 99_999 * USD));
		assert_noop!(pay(title, 0, USD + 1), Error::<Test>::ClaimExceedsLimit);
		assert_ok!(pay(title, 0, USD));
		assert_noop!(pay(title, 0, 1), Error::<Test>::ClaimExceedsLimit);
	});
}

#[test]
fn pay_claim_should_fail_when_zero_unknown_or_of_another() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_noop!(pay(title, 0, 0), Error::<Test>::ZeroAmount);
		assert_noop!(pay(title + 1, 0, 1), Error::<Test>::UnknownTitle);
		assert_noop!(pay(title, 1, 1), Error::<Test>::UnknownPolicy);
		assert_noop!(
			Titles::pay_claim(RuntimeOrigin::signed(SECOND_INSURER), title, 0, 1, None),
			Error::<Test>::NotPolicyInsurer
		);
	});
}

#[test]
fn pay_claim_should_fail_when_there_is_no_owner_yet() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		let policy = insured(title, WORTH, DAY);
		assert_noop!(pay(title, policy, 1), Error::<Test>::NotConfirmed);
	});
}

#[test]
fn pay_claim_should_fail_when_the_insurer_would_pay_itself() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(send_nft(OWNER, title, INSURER));
		assert_noop!(pay(title, 0, 1), Error::<Test>::SelfPayment);
		// Nor does it pledge what it insures.
		let dependent = Error::<Test>::Ineligible(Ineligibility::NotIndependent);
		assert_noop!(<Titles as Encumber<AccountId>>::encumber(title, &INSURER, 9), dependent);
	});
}

#[test]
fn pay_claim_should_change_nothing_when_the_money_does_not_arrive() {
	ExtBuilder::default().build_and_execute(|| {
		let (free, held) = (active(1), pledged(3, 9));
		binds_anything(&INSURER);
		let rich = insured(free, Balance::MAX / 2, DAY);
		// The capital of the insurer pays nothing, and keeps a unit beside it.
		assert_noop!(pay(free, rich, USDAI_ENDOWMENT + 1), TokenError::FundsUnavailable);
		assert_noop!(pay(free, rich, USDAI_ENDOWMENT), TokenError::OnlyProvider);
		ReservesOpen::set(&false);
		assert_noop!(pay(held, 1, 1), DispatchError::Other("the line takes nothing"));
		assert_ok!(pay(free, rich, USDAI_ENDOWMENT - 1));
	});
}
