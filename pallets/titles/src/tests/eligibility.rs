// SPDX-License-Identifier: Apache-2.0

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::{
	appraisal::{AppraisalError, OracleKey},
	titles::{Ineligibility, TitleStatus},
	traits::LineRules,
};
use caliber_testkit::Rules;
use polkadot_sdk::frame_support::{assert_noop, assert_ok};

#[test]
fn eligibility_should_be_ok_when_active_free_fresh_and_insured() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(Titles::eligibility(active(1)), Ok(()));
	});
}

#[test]
fn eligibility_should_tell_unknown_and_not_active() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(Titles::eligibility(0), Err(Ineligibility::Unknown));
		let title = attested(1);
		assert_eq!(
			Titles::eligibility(title),
			Err(Ineligibility::NotActive(TitleStatus::Attested))
		);
	});
}

#[test]
fn eligibility_should_tell_encumbered_except_to_the_holder() {
	ExtBuilder::default().build_and_execute(|| {
		let title = encumbered(1, 9);
		assert_eq!(Titles::eligibility(title), Err(Ineligibility::Encumbered));
		assert_eq!(seen_by(title, 8), Err(Ineligibility::Encumbered));
		assert_eq!(seen_by(title, 9), Err(Ineligibility::NotAcknowledged));
		assert_ok!(Titles::acknowledge_pledge(RuntimeOrigin::signed(CUSTODIAN), 9));
		assert_eq!(seen_by(title, 9), Ok(()));
	});
}

#[test]
fn eligibility_should_not_depend_on_the_holder_when_free() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(seen_by(active(1), 9), Ok(()));
	});
}

#[test]
fn eligibility_should_tell_stale_custody_after_the_validity() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		set_time(START + VALIDITY);
		assert_eq!(Titles::eligibility(title), Ok(()));
		set_time(START + VALIDITY + 1);
		assert_eq!(Titles::eligibility(title), Err(Ineligibility::CustodyStale));
	});
}

#[test]
fn eligibility_should_tell_a_suspended_custodian_when_it_would_be_pledged() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, held) = (active(1), pledged(3, 9));
		assert_ok!(Titles::suspend_party(RuntimeOrigin::root(), PartyKind::Custodian, CUSTODIAN));
		assert_eq!(Titles::eligibility(title), Err(Ineligibility::CustodianSuspended));
		assert_eq!(seen_by(title, 9), Err(Ineligibility::CustodianSuspended));
		// What a line holds goes on counting, but for new debt; and what is free may be sold.
		assert_eq!(seen_by(held, 9), Err(Ineligibility::CustodianSuspended));
		let rules = Rules::present();
		let told = <Titles as TitleInspect<AccountId>>::collateral(held, Some(9), &rules).unwrap();
		assert_eq!(told.standing, Ok(()));
		assert_ok!(send_nft(OWNER, title, BUYER));

		assert_ok!(Titles::reinstate_party(RuntimeOrigin::root(), PartyKind::Custodian, CUSTODIAN));
		assert_eq!(Titles::eligibility(title), Ok(()));
	});
}

#[test]
fn eligibility_should_ask_for_some_cover_and_not_for_how_much() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		assert_ok!(confirm_as(VERIFIER, title));
		assert_eq!(Titles::eligibility(title), Err(Ineligibility::Uninsured));
		insured(title, 5, NOTICE);
		for worth in [5, 6, u128::MAX, 1] {
			TitleWorth::set(&worth);
			assert_eq!(Titles::eligibility(title), Ok(()), "worth {worth}");
		}
		// What is paid out secures no new debt.
		assert_ok!(Titles::pay_claim(RuntimeOrigin::signed(INSURER), title, 0, 5, None));
		assert_eq!(Titles::eligibility(title), Err(Ineligibility::Uninsured));
		insured(title, 1, NOTICE);
		assert_eq!(Titles::eligibility(title), Ok(()));
	});
}

/// A policy of one more second would secure a draw that it never covers.
#[test]
fn policy_should_secure_new_debt_when_it_is_good_for_the_notice_of_a_cancellation() {
	ExtBuilder::default().build_and_execute(|| {
		let (held, free) = (pledged(1, 9), active(3));
		for title in [held, free] {
			drop_policies(title);
		}
		let rules = Rules::present();
		let known =
			|| <Titles as TitleInspect<AccountId>>::collateral(held, Some(9), &rules).unwrap();
		let insurer = || RuntimeOrigin::signed(INSURER);
		let bind = |terms: PolicyTerms| {
			for title in [held, free] {
				assert_ok!(Titles::bind_policy(insurer(), title, terms.clone()));
			}
		};
		// The term ends too soon, or the premium is paid up to a day before the grace that is left.
		let unpaid = START + NOTICE - GRACE - 1;
		bind(terms(20, NOTICE - 1));
		bind(PolicyTerms { premium_paid_until: unpaid, ..terms(300, LONGEST) });
		assert_eq!((known().cover, known().claimable), (320, 0));
		assert_eq!(known().standing, Ok(()));
		assert_eq!(Titles::eligibility(free), Err(Ineligibility::Uninsured));
		bind(terms(4_000, NOTICE));
		bind(PolicyTerms { premium_paid_until: unpaid + 1, ..terms(50_000, LONGEST) });
		assert_eq!((known().cover, known().claimable), (54_320, 54_000));
		assert_eq!(known().for_new_debt().cover, 54_000);
		assert_eq!(Titles::eligibility(free), Ok(()));
		// A cancelled one is good for the notice, and in the next second for less.
		let longest = record_of(free).covers[3].policy;
		assert_ok!(Titles::cancel_policy(insurer(), free, longest));
		assert_eq!(Titles::eligibility(free), Ok(()));
		set_time(START + 1);
		assert_eq!(Titles::eligibility(free), Err(Ineligibility::Uninsured));
	});
}

/// Who did not hand over one machine may have none of the others.
#[test]
fn claim_on_a_custodian_should_keep_its_other_titles_from_new_debt() {
	ExtBuilder::default().build_and_execute(|| {
		let (asked, held, free) = (active(1), pledged(3, 9), active(5));
		let owner = || RuntimeOrigin::signed(OWNER);
		assert_ok!(Titles::request_redemption(owner(), asked));
		set_time(START + REDEMPTION_PERIOD + 1);
		let batch = vec![held, free].try_into().unwrap();
		assert_ok!(Titles::heartbeat(RuntimeOrigin::signed(CUSTODIAN), batch));
		assert_eq!((Titles::eligibility(free), seen_by(held, 9)), (Ok(()), Ok(())));
		assert_ok!(Titles::escalate_redemption(owner(), asked));
		let open = Err(Ineligibility::ClaimOpen);
		assert_eq!((Titles::eligibility(free), seen_by(held, 9)), (open, open));
		// No covenant is broken.
		let rules = Rules::present();
		let told = <Titles as TitleInspect<AccountId>>::collateral(held, Some(9), &rules).unwrap();
		assert_eq!(told.standing, Ok(()));
		assert_ok!(Titles::resolve_claim(referendum(), asked, 0));
		assert_eq!((Titles::eligibility(free), seen_by(held, 9)), (Ok(()), Ok(())));
	});
}

#[test]
fn eligibility_should_tell_why_there_is_no_value() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		let key = OracleKey::Resale(GPU);
		for (failure, reason) in [
			(AppraisalError::UnknownTitle, Ineligibility::Unknown),
			(AppraisalError::UnknownKey, Ineligibility::AppraisalUnavailable),
			(AppraisalError::Paused, Ineligibility::ModelPaused),
			(AppraisalError::Delisted, Ineligibility::ModelDelisted),
			(AppraisalError::Unavailable(key), Ineligibility::AppraisalUnavailable),
			(AppraisalError::Stale(key), Ineligibility::AppraisalStale),
			(AppraisalError::Zero, Ineligibility::AppraisalUnavailable),
			(AppraisalError::Overflow, Ineligibility::AppraisalUnavailable),
			(AppraisalError::Unexpected, Ineligibility::AppraisalUnavailable),
		] {
			AppraisalFailure::set(&Some(failure));
			assert_eq!(Titles::eligibility(title), Err(reason));
		}
	});
}

#[test]
fn eligibility_should_tell_what_the_model_says() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		for reason in [
			Ineligibility::AppraisalUnavailable,
			Ineligibility::ModelPaused,
			Ineligibility::ModelDelisted,
		] {
			ModelObjection::set(&Some(reason));
			assert_eq!(Titles::eligibility(title), Err(reason));
		}
	});
}

#[test]
fn eligibility_should_tell_the_first_reason_in_order() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		let policy = insured(title, WORTH, 10 * DAY);
		assert_ok!(confirm_as(VERIFIER, title));
		ModelObjection::set(&Some(Ineligibility::ModelDelisted));
		AppraisalFailure::set(&Some(AppraisalError::Stale(OracleKey::Rental(GPU))));
		assert_ok!(Titles::suspend_party(RuntimeOrigin::root(), PartyKind::Custodian, CUSTODIAN));
		set_time(START + 10 * DAY + 1);
		let reason = || Titles::eligibility(title).unwrap_err();

		// One after the other is mended; no price is needed up to insurance.
		assert_eq!(reason(), Ineligibility::CustodyStale);
		let batch = vec![title].try_into().unwrap();
		assert_ok!(Titles::heartbeat(RuntimeOrigin::signed(CUSTODIAN), batch));
		assert_eq!(reason(), Ineligibility::Uninsured);
		let renewed = terms(WORTH, NOTICE);
		assert_ok!(Titles::renew_policy(RuntimeOrigin::signed(INSURER), title, policy, renewed));
		assert_eq!(reason(), Ineligibility::CustodianSuspended);
		assert_ok!(Titles::reinstate_party(RuntimeOrigin::root(), PartyKind::Custodian, CUSTODIAN));
		assert_ok!(send_nft(OWNER, title, CUSTODIAN));
		assert_eq!(reason(), Ineligibility::NotIndependent);
		assert_ok!(send_nft(CUSTODIAN, title, OWNER));
		assert_eq!(reason(), Ineligibility::AppraisalStale);
		AppraisalFailure::set(&None);
		assert_eq!(reason(), Ineligibility::ModelDelisted);
		ModelObjection::set(&None);
		assert_eq!(Titles::eligibility(title), Ok(()));

		// And what comes before all of it.
		assert_ok!(<Titles as Encumber<AccountId>>::encumber(title, &OWNER, 9));
		set_time(START + 100 * DAY);
		assert_eq!(reason(), Ineligibility::Encumbered);
		assert_ok!(Titles::report_loss(
			RuntimeOrigin::signed(CUSTODIAN),
			title,
			machines_of(title)
		));
		assert_eq!(reason(), Ineligibility::NotActive(TitleStatus::Lost));
	});
}

#[test]
fn encumber_should_fail_with_the_reason_of_ineligibility() {
	ExtBuilder::default().build_and_execute(|| {
		let encumber = |title| <Titles as Encumber<AccountId>>::encumber(title, &OWNER, 9);
		let ineligible = Error::<Test>::Ineligible;
		assert_noop!(encumber(0), ineligible(Ineligibility::Unknown));
		let (waiting, held, title) = (attested(1), pledged(3, 9), active(5));
		assert_noop!(
			encumber(waiting),
			ineligible(Ineligibility::NotActive(TitleStatus::Attested))
		);
		assert_noop!(encumber(held), ineligible(Ineligibility::Encumbered));

		for reason in [
			Ineligibility::AppraisalUnavailable,
			Ineligibility::AppraisalStale,
			Ineligibility::ModelPaused,
			Ineligibility::ModelDelisted,
		] {
			ModelObjection::set(&Some(reason));
			assert_noop!(encumber(title), ineligible(reason));
		}
		ModelObjection::set(&None);
		let policies = Policies::<Test>::get(title);
		assert_ok!(Titles::set_policies(title, Default::default()));
		assert_noop!(encumber(title), ineligible(Ineligibility::Uninsured));
		assert_ok!(Titles::set_policies(title, policies));

		assert_ok!(Titles::suspend_party(RuntimeOrigin::root(), PartyKind::Custodian, CUSTODIAN));
		assert_noop!(encumber(title), ineligible(Ineligibility::CustodianSuspended));
		set_time(START + VALIDITY + 1);
		assert_noop!(encumber(title), ineligible(Ineligibility::CustodyStale));
	});
}
