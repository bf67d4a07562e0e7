// SPDX-License-Identifier: Apache-2.0

//! Escalation of a redemption that nobody answered, and what governance decides.

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::titles::TitleStatus;
use polkadot_sdk::{
	frame_support::{
		assert_noop, assert_ok,
		dispatch::DispatchResult,
		traits::{
			fungible::{Inspect, Mutate},
			tokens::Preservation,
			LockableCurrency, WithdrawReasons,
		},
	},
	sp_runtime::{traits::BadOrigin, TokenError},
};

const DEADLINE: u64 = START + REDEMPTION_PERIOD;

fn escalate(who: AccountId, title: u32) -> DispatchResult {
	Titles::escalate_redemption(RuntimeOrigin::signed(who), title)
}

fn resolve(title: u32, award: u128) -> DispatchResult {
	Titles::resolve_claim(RuntimeOrigin::root(), title, award)
}

/// A title of `OWNER` whose machines were asked for.
fn requested(first: u64) -> u32 {
	let title = active(first);
	assert_ok!(Titles::request_redemption(RuntimeOrigin::signed(OWNER), title));
	title
}

/// The same, after the deadline and escalated.
fn escalated(first: u64) -> u32 {
	let title = requested(first);
	set_time(Titles::now() + REDEMPTION_PERIOD + 1);
	assert_ok!(escalate(OWNER, title));
	title
}

fn bonded() -> Custodian {
	Custodians::<Test>::get(CUSTODIAN).unwrap()
}

#[test]
fn escalate_redemption_should_freeze_the_custodian_and_open_a_claim() {
	ExtBuilder::default().build_and_execute(|| {
		let title = requested(1);
		set_time(DEADLINE + 1);
		assert_ok!(escalate(OWNER, title));
		assert!(bonded().frozen);
		assert!(!is_suspended(PartyKind::Custodian, CUSTODIAN));
		assert_eq!(bonded().open_claims, 1);
		assert_eq!(
			BondClaims::<Test>::get(title),
			Some(BondClaim {
				custodian: CUSTODIAN,
				claimant: OWNER,
				opened_at: DEADLINE + 1,
				ticket: ticket(REDEMPTION_DEPOSIT),
			})
		);
		assert_eq!(redemption_held(&OWNER), REDEMPTION_DEPOSIT);
		assert_eq!(status_of(title), TitleStatus::RedemptionRequested);
		assert_eq!(
			last_event(),
			Event::RedemptionEscalated {
				title,
				custodian: CUSTODIAN,
				claimant: OWNER,
				bond: BOND,
				open_claims: 1
			}
		);
		System::assert_has_event(Event::CustodianFrozen { custodian: CUSTODIAN }.into());
	});
}

#[test]
fn title_should_tell_its_deadline_and_its_claim() {
	ExtBuilder::default().build_and_execute(|| {
		let title = requested(1);
		let told = || Titles::title(title).unwrap();
		assert_eq!((told().redemption_deadline, told().claim_open), (Some(DEADLINE), false));
		set_time(DEADLINE + 1);
		assert_ok!(escalate(OWNER, title));
		assert_eq!((told().redemption_deadline, told().claim_open), (Some(DEADLINE), true));
		assert_ok!(Titles::cancel_redemption(RuntimeOrigin::signed(OWNER), title));
		assert_eq!((told().redemption_deadline, told().claim_open), (None, true));
		assert_ok!(resolve(title, 0));
		assert!(!told().claim_open);
	});
}

#[test]
fn escalate_redemption_should_wait_until_the_deadline_is_over() {
	ExtBuilder::default().build_and_execute(|| {
		let title = requested(1);
		set_time(DEADLINE);
		assert_noop!(escalate(OWNER, title), Error::<Test>::RedemptionPeriodRunning);
		set_time(DEADLINE + 1);
		assert_ok!(escalate(OWNER, title));
	});
}

#[test]
fn escalate_redemption_should_fail_when_not_the_requester_or_nothing_was_asked() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, other) = (requested(1), active(3));
		set_time(DEADLINE + 1);
		assert_noop!(escalate(BUYER, title), Error::<Test>::NotTitleOwner);
		assert_noop!(escalate(OWNER, other), Error::<Test>::NotInRedemption);
		assert_noop!(escalate(OWNER, 77), Error::<Test>::UnknownTitle);
	});
}

#[test]
fn escalate_redemption_should_fail_when_it_was_escalated() {
	ExtBuilder::default().build_and_execute(|| {
		let title = escalated(1);
		assert_noop!(escalate(OWNER, title), Error::<Test>::AlreadyEscalated);
		assert_ok!(resolve(title, 0));
		assert_noop!(escalate(OWNER, title), Error::<Test>::AlreadyEscalated);
	});
}

#[test]
fn escalate_redemption_should_fail_when_an_earlier_claim_is_undecided() {
	ExtBuilder::default().build_and_execute(|| {
		let title = escalated(1);
		assert_ok!(Titles::cancel_redemption(RuntimeOrigin::signed(OWNER), title));
		assert_ok!(Titles::request_redemption(RuntimeOrigin::signed(OWNER), title));
		assert_eq!(redemption_held(&OWNER), 2 * REDEMPTION_DEPOSIT);
		set_time(Titles::now() + REDEMPTION_PERIOD + 1);
		assert_noop!(escalate(OWNER, title), Error::<Test>::ClaimOpen);
		assert_ok!(resolve(title, 0));
		assert_ok!(escalate(OWNER, title));
	});
}

#[test]
fn escalate_redemption_should_fail_when_the_custodian_owns_the_title() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(send_nft(OWNER, title, CUSTODIAN));
		assert_ok!(Titles::request_redemption(RuntimeOrigin::signed(CUSTODIAN), title));
		set_time(DEADLINE + 1);
		assert_noop!(escalate(CUSTODIAN, title), Error::<Test>::CustodianIsOwner);
	});
}

#[test]
fn escalate_redemption_should_fail_when_the_count_overflows() {
	ExtBuilder::default().build().execute_with(|| {
		let title = requested(1);
		set_time(DEADLINE + 1);
		Custodians::<Test>::mutate(CUSTODIAN, |record| {
			record.as_mut().unwrap().open_claims = u32::MAX
		});
		assert_noop!(escalate(OWNER, title), Error::<Test>::Overflow);
	});
}

#[test]
fn frozen_custodian_should_take_in_nothing_and_keep_its_bond_in() {
	ExtBuilder::default().build_and_execute(|| {
		let waiting = attested(21);
		let title = escalated(1);
		let custodian = || RuntimeOrigin::signed(CUSTODIAN);
		assert_noop!(Titles::attest(custodian(), OWNER, spec(31)), Error::<Test>::CustodianFrozen);
		assert_noop!(
			Titles::confirm(RuntimeOrigin::signed(VERIFIER), waiting),
			Error::<Test>::CustodianFrozen
		);
		assert_noop!(Titles::withdraw_bond(custodian(), 1), Error::<Test>::CustodianFrozen);
		assert_ok!(Titles::post_bond(custodian(), 1));
		assert_ok!(Titles::heartbeat(custodian(), vec![title].try_into().unwrap()));
		assert_ok!(plain(Titles::withdraw_attestation(custodian(), waiting)));
	});
}

#[test]
fn frozen_custodian_should_leave_its_other_titles_sound() {
	ExtBuilder::default().build_and_execute(|| {
		let other = active(21);
		escalated(1);
		let batch = vec![other].try_into().unwrap();
		assert_ok!(Titles::heartbeat(RuntimeOrigin::signed(CUSTODIAN), batch));
		assert_eq!(Titles::eligibility(other), Ok(()));
		assert_ok!(send_nft(OWNER, other, BUYER));
	});
}

#[test]
fn confirm_release_should_leave_the_claim_to_governance_when_late() {
	ExtBuilder::default().build_and_execute(|| {
		let title = escalated(1);
		assert_ok!(plain(Titles::confirm_release(RuntimeOrigin::signed(CUSTODIAN), title)));
		assert_eq!(Titles::title(title), None);
		assert!(bonded().frozen);
		assert_eq!(bonded().live_titles, 0);
		assert_eq!(bonded().open_claims, 1);
		assert_eq!(redemption_held(&OWNER), REDEMPTION_DEPOSIT);
		assert_noop!(
			Titles::withdraw_bond(RuntimeOrigin::signed(CUSTODIAN), BOND),
			Error::<Test>::CustodianFrozen
		);

		assert_ok!(resolve(title, 50 * CLBR));
		assert_eq!(bonded().bond, BOND - 50 * CLBR);
		assert_eq!(Balances::balance(&OWNER), ENDOWMENT + 50 * CLBR);
	});
}

#[test]
fn resolve_claim_should_pay_the_claimant_from_the_bond() {
	ExtBuilder::default().build_and_execute(|| {
		let title = escalated(1);
		let free = Balances::balance(&CUSTODIAN);
		assert_ok!(resolve(title, 700 * CLBR));
		assert_eq!(
			last_event(),
			Event::ClaimResolved {
				title,
				custodian: CUSTODIAN,
				claimant: OWNER,
				award: 700 * CLBR,
				bond: BOND - 700 * CLBR,
				open_claims: 0
			}
		);
		assert_eq!(bonded().bond, BOND - 700 * CLBR);
		assert_eq!(bond_held(&CUSTODIAN), BOND - 700 * CLBR);
		assert_eq!(Balances::balance(&CUSTODIAN), free);
		assert_eq!(Balances::balance(&OWNER), ENDOWMENT + 700 * CLBR);
		assert_eq!(redemption_held(&OWNER), 0);
		assert_eq!(BondClaims::<Test>::get(title), None);
		// The machine has not come back: the owner may wait, or take the request back.
		assert_eq!(status_of(title), TitleStatus::RedemptionRequested);
	});
}

#[test]
fn resolve_claim_should_award_nothing_or_all_of_the_bond_and_no_more() {
	ExtBuilder::default().build_and_execute(|| {
		let (first, second) = (requested(1), requested(3));
		set_time(DEADLINE + 1);
		assert_ok!(escalate(OWNER, first));
		assert_ok!(escalate(OWNER, second));
		assert_eq!(bonded().open_claims, 2);

		assert_ok!(resolve(first, 0));
		assert_eq!(bonded().bond, BOND);
		assert_noop!(resolve(second, BOND + 1), Error::<Test>::InsufficientBond);
		assert_ok!(resolve(second, BOND));
		assert_eq!(bonded().bond, 0);
		assert_eq!(bonded().open_claims, 0);
		assert_eq!(Balances::balance(&OWNER), ENDOWMENT + BOND);
	});
}

#[test]
fn resolve_claim_should_pay_though_the_custodian_has_locked_its_balance() {
	ExtBuilder::default().build_and_execute(|| {
		let title = escalated(1);
		let free = Balances::balance(&CUSTODIAN);
		assert_ok!(<Balances as Mutate<AccountId>>::transfer(
			&CUSTODIAN,
			&STRANGER,
			free - CLBR,
			Preservation::Preserve
		));
		<Balances as LockableCurrency<AccountId>>::set_lock(
			*b"pyconvot",
			&CUSTODIAN,
			BOND,
			WithdrawReasons::all(),
		);
		assert_ok!(resolve(title, BOND));
		assert_eq!(Balances::balance(&OWNER), ENDOWMENT + BOND);
	});
}

#[test]
fn resolve_claim_should_fail_when_there_is_none() {
	ExtBuilder::default().build_and_execute(|| {
		let title = requested(1);
		assert_noop!(resolve(title, 0), Error::<Test>::NoClaim);
		set_time(DEADLINE + 1);
		assert_ok!(escalate(OWNER, title));
		assert_ok!(resolve(title, 0));
		assert_noop!(resolve(title, 0), Error::<Test>::NoClaim);
	});
}

#[test]
fn resolve_claim_should_be_for_governance() {
	ExtBuilder::default().build_and_execute(|| {
		let title = escalated(1);
		for who in [OWNER, CUSTODIAN, VERIFIER] {
			assert_noop!(Titles::resolve_claim(RuntimeOrigin::signed(who), title, 1), BadOrigin);
		}
	});
}

#[test]
fn resolve_claim_should_change_nothing_when_the_claimant_cannot_be_paid() {
	ExtBuilder::default().build_and_execute(|| {
		let title = escalated(1);
		let claim = BondClaims::<Test>::get(title).unwrap();
		let gone = AccountId::new([98; 32]);
		BondClaims::<Test>::insert(
			title,
			BondClaim { claimant: gone.clone(), ticket: ticket(0), ..claim.clone() },
		);
		assert_noop!(resolve(title, EXISTENTIAL_DEPOSIT - 1), TokenError::CannotCreate);
		assert_eq!(Balances::balance(&gone), 0);
		BondClaims::<Test>::insert(title, claim);
	});
}

#[test]
fn reinstate_custodian_should_end_the_freeze_when_all_claims_are_decided() {
	ExtBuilder::default().build_and_execute(|| {
		let (first, second) = (requested(1), requested(3));
		set_time(DEADLINE + 1);
		assert_ok!(escalate(OWNER, first));
		assert_ok!(escalate(OWNER, second));
		let reinstate =
			|| Titles::reinstate_party(RuntimeOrigin::root(), PartyKind::Custodian, CUSTODIAN);
		assert_noop!(reinstate(), Error::<Test>::ClaimOpen);
		assert_ok!(resolve(first, 0));
		assert_noop!(reinstate(), Error::<Test>::ClaimOpen);
		assert_ok!(resolve(second, 0));
		assert!(bonded().frozen);

		assert_ok!(reinstate());
		assert!(!bonded().frozen);
		assert_noop!(reinstate(), Error::<Test>::PartyNotSuspended);
		assert_ok!(Titles::attest(RuntimeOrigin::signed(CUSTODIAN), OWNER, spec(31)));
	});
}

#[test]
fn reinstate_custodian_should_end_freeze_and_suspension_together() {
	ExtBuilder::default().build_and_execute(|| {
		let title = escalated(1);
		assert_ok!(Titles::suspend_party(RuntimeOrigin::root(), PartyKind::Custodian, CUSTODIAN));
		assert_ok!(resolve(title, 0));
		assert_ok!(Titles::reinstate_party(RuntimeOrigin::root(), PartyKind::Custodian, CUSTODIAN));
		assert!(!bonded().frozen);
		assert!(!is_suspended(PartyKind::Custodian, CUSTODIAN));
	});
}

#[test]
fn custodian_should_not_attest_when_an_award_left_too_little_bond() {
	ExtBuilder::default().build_and_execute(|| {
		let title = escalated(1);
		assert_ok!(resolve(title, BOND - MIN_BOND + 1));
		assert_ok!(Titles::reinstate_party(RuntimeOrigin::root(), PartyKind::Custodian, CUSTODIAN));
		let attest = || Titles::attest(RuntimeOrigin::signed(CUSTODIAN), OWNER, spec(31));
		assert_noop!(attest(), Error::<Test>::BondTooLow);
		assert_ok!(Titles::post_bond(RuntimeOrigin::signed(CUSTODIAN), 1));
		assert_ok!(attest());
	});
}

#[test]
fn report_loss_should_open_a_claim_when_the_custodian_was_asked_for_the_machines() {
	ExtBuilder::default().build_and_execute(|| {
		let title = requested(1);
		set_time(START + 1);
		System::reset_events();
		assert_ok!(Titles::report_loss(RuntimeOrigin::signed(CUSTODIAN), title));
		assert_eq!(status_of(title), TitleStatus::Lost);
		assert!(!Redemptions::<Test>::contains_key(title));
		assert_eq!(
			BondClaims::<Test>::get(title),
			Some(BondClaim {
				custodian: CUSTODIAN,
				claimant: OWNER,
				opened_at: START + 1,
				ticket: ticket(REDEMPTION_DEPOSIT),
			})
		);
		assert_eq!((bonded().frozen, bonded().open_claims), (true, 1));
		assert_eq!(redemption_held(&OWNER), REDEMPTION_DEPOSIT);
		System::assert_has_event(Event::CustodianFrozen { custodian: CUSTODIAN }.into());
		System::assert_has_event(
			Event::RedemptionEscalated {
				title,
				custodian: CUSTODIAN,
				claimant: OWNER,
				bond: BOND,
				open_claims: 1,
			}
			.into(),
		);
		assert_noop!(
			Titles::withdraw_bond(RuntimeOrigin::signed(CUSTODIAN), 1),
			Error::<Test>::CustodianFrozen
		);
		assert_ok!(resolve(title, CLBR));
		assert_eq!(Balances::balance(&OWNER), ENDOWMENT + CLBR);
		assert_eq!(redemption_held(&OWNER), 0);
	});
}

#[test]
fn report_loss_should_open_no_second_claim_when_there_was_one_for_the_machines() {
	// An escalated request, its claim undecided or decided, and one after an undecided claim.
	ExtBuilder::default().build_and_execute(|| {
		let by_custodian = |title| Titles::report_loss(RuntimeOrigin::signed(CUSTODIAN), title);
		let (open, decided, renewed) = (requested(1), requested(3), requested(5));
		set_time(DEADLINE + 1);
		for title in [open, decided, renewed] {
			assert_ok!(escalate(OWNER, title));
		}
		assert_ok!(resolve(decided, 0));
		assert_ok!(Titles::cancel_redemption(RuntimeOrigin::signed(OWNER), renewed));
		assert_ok!(Titles::request_redemption(RuntimeOrigin::signed(OWNER), renewed));
		// Two claims and a request.
		assert_eq!(redemption_held(&OWNER), 3 * REDEMPTION_DEPOSIT);
		for title in [open, decided, renewed] {
			assert_ok!(by_custodian(title));
			assert!(!Redemptions::<Test>::contains_key(title));
		}
		assert_eq!(bonded().open_claims, 2);
		assert!(!BondClaims::<Test>::contains_key(decided));
		assert_eq!(redemption_held(&OWNER), 2 * REDEMPTION_DEPOSIT);
	});
}

#[test]
fn report_loss_should_open_no_claim_when_the_custodian_owns_the_title() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(send_nft(OWNER, title, CUSTODIAN));
		assert_ok!(Titles::request_redemption(RuntimeOrigin::signed(CUSTODIAN), title));
		assert_ok!(Titles::report_loss(RuntimeOrigin::signed(CUSTODIAN), title));
		assert_eq!(BondClaims::<Test>::get(title), None);
		assert_eq!((bonded().frozen, redemption_held(&CUSTODIAN)), (false, 0));
	});
}

#[test]
fn report_loss_should_fail_when_the_count_of_claims_overflows() {
	ExtBuilder::default().build().execute_with(|| {
		let title = requested(1);
		Custodians::<Test>::mutate(CUSTODIAN, |record| {
			record.as_mut().unwrap().open_claims = u32::MAX
		});
		assert_noop!(
			Titles::report_loss(RuntimeOrigin::signed(CUSTODIAN), title),
			Error::<Test>::Overflow
		);
	});
}

#[test]
fn governance_should_declare_the_machine_lost_that_never_came_back() {
	ExtBuilder::default().build_and_execute(|| {
		let title = escalated(1);
		assert_ok!(Titles::report_loss(RuntimeOrigin::root(), title));
		assert_eq!(status_of(title), TitleStatus::Lost);
		assert!(!Redemptions::<Test>::contains_key(title));
		assert_ok!(resolve(title, CLBR));
		assert_eq!(Balances::balance(&OWNER), ENDOWMENT + CLBR);
	});
}

#[test]
fn claim_should_outlive_a_cancelled_redemption_and_stay_with_its_claimant() {
	ExtBuilder::default().build_and_execute(|| {
		let title = escalated(1);
		assert_ok!(Titles::cancel_redemption(RuntimeOrigin::signed(OWNER), title));
		assert_ok!(send_nft(OWNER, title, BUYER));
		assert_ok!(resolve(title, CLBR));
		assert_eq!(Balances::balance(&OWNER), ENDOWMENT + CLBR);
		assert_eq!(Balances::balance(&BUYER), ENDOWMENT);
	});
}
