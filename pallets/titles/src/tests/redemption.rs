// SPDX-License-Identifier: Apache-2.0

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::titles::{DocumentKind, Ineligibility, TitleStatus};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, dispatch::DispatchResult, traits::fungible::Inspect},
	pallet_nfts::Error as NftsError,
	sp_core::H256,
	sp_runtime::TokenError,
};

fn request(who: AccountId, title: u32) -> DispatchResult {
	Titles::request_redemption(RuntimeOrigin::signed(who), title)
}

fn cancel(who: AccountId, title: u32) -> DispatchResult {
	Titles::cancel_redemption(RuntimeOrigin::signed(who), title)
}

fn confirm(who: AccountId, title: u32) -> DispatchResult {
	plain(Titles::confirm_release(RuntimeOrigin::signed(who), title))
}

#[test]
fn request_redemption_should_lock_the_title_and_set_a_deadline() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(request(OWNER, title));
		assert_eq!(status_of(title), TitleStatus::RedemptionRequested);
		assert_eq!(
			Redemptions::<Test>::get(title),
			Some(Redemption {
				requester: OWNER,
				requested_at: START,
				deadline: START + 14 * DAY,
				ticket: Some(ticket(REDEMPTION_DEPOSIT)),
				escalated: false,
			})
		);
		assert_eq!(redemption_held(&OWNER), REDEMPTION_DEPOSIT);
		assert_eq!(
			last_event(),
			Event::RedemptionRequested { title, owner: OWNER, deadline: START + 14 * DAY }
		);
		assert_noop!(send_nft(OWNER, title, BUYER), NftsError::<Test>::ItemLocked);
	});
}

#[test]
fn request_redemption_should_rule_out_a_new_pledge() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(request(OWNER, title));
		assert_eq!(
			Titles::eligibility(title),
			Err(Ineligibility::NotActive(TitleStatus::RedemptionRequested))
		);
		assert_noop!(
			<Titles as Encumber<AccountId>>::encumber(title, &OWNER, 9),
			Error::<Test>::Ineligible(Ineligibility::NotActive(TitleStatus::RedemptionRequested))
		);
	});
}

#[test]
fn request_redemption_should_be_of_who_owns_the_nft() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(send_nft(OWNER, title, BUYER));
		assert_noop!(request(OWNER, title), Error::<Test>::NotTitleOwner);
		assert_noop!(request(CUSTODIAN, title), Error::<Test>::NotTitleOwner);
		assert_ok!(request(BUYER, title));
	});
}

#[test]
fn request_redemption_should_fail_when_pledged_not_active_or_unknown() {
	ExtBuilder::default().build_and_execute(|| {
		let (waiting, held, title) = (attested(1), pledged(3, 9), active(5));
		assert_noop!(request(OWNER, 77), Error::<Test>::UnknownTitle);
		assert_noop!(request(OWNER, waiting), Error::<Test>::NotActive);
		assert_noop!(request(OWNER, held), Error::<Test>::Encumbered);
		assert_ok!(request(OWNER, title));
		assert_noop!(request(OWNER, title), Error::<Test>::NotActive);
	});
}

#[test]
fn request_redemption_should_work_when_custody_is_stale_and_the_custodian_suspended() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		set_time(START + VALIDITY + 1);
		assert_ok!(Titles::suspend_party(RuntimeOrigin::root(), PartyKind::Custodian, CUSTODIAN));
		assert_ok!(request(OWNER, title));
	});
}

#[test]
fn request_redemption_should_change_nothing_when_the_deposit_is_not_there() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		let poor = AccountId::new([99; 32]);
		assert_ok!(send_nft(OWNER, title, poor.clone()));
		assert_noop!(request(poor.clone(), title), TokenError::FundsUnavailable);
		assert_eq!(status_of(title), TitleStatus::Active);
		assert_ok!(send_nft(poor, title, OWNER));
	});
}

#[test]
fn request_redemption_should_fail_when_the_deadline_overflows() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		Values::mutate(|values| values.redemption_period = u64::MAX);
		assert_noop!(request(OWNER, title), Error::<Test>::Overflow);
	});
}

#[test]
fn redemption_should_keep_the_deadline_when_the_period_changes() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(request(OWNER, title));
		Values::mutate(|values| values.redemption_period = DAY);
		assert_eq!(Redemptions::<Test>::get(title).unwrap().deadline, START + 14 * DAY);
	});
}

#[test]
fn cancel_redemption_should_make_the_title_active_and_free() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(request(OWNER, title));
		assert_ok!(cancel(OWNER, title));
		assert_eq!(status_of(title), TitleStatus::Active);
		assert_eq!(Redemptions::<Test>::get(title), None);
		assert_eq!(redemption_held(&OWNER), 0);
		assert_eq!(Balances::balance(&OWNER), ENDOWMENT);
		assert_eq!(last_event(), Event::RedemptionCancelled { title, owner: OWNER });
		assert_eq!(Titles::eligibility(title), Ok(()));
		assert_ok!(send_nft(OWNER, title, BUYER));
	});
}

#[test]
fn cancel_redemption_should_fail_when_not_the_requester_or_nothing_was_asked() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, other) = (active(1), active(3));
		assert_ok!(request(OWNER, title));
		assert_noop!(cancel(CUSTODIAN, title), Error::<Test>::NotTitleOwner);
		assert_noop!(cancel(OWNER, other), Error::<Test>::NotInRedemption);
		assert_noop!(cancel(OWNER, 77), Error::<Test>::UnknownTitle);
	});
}

#[test]
fn redemption_should_be_asked_for_again_after_it_was_cancelled() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(request(OWNER, title));
		assert_ok!(cancel(OWNER, title));
		set_time(START + DAY);
		assert_ok!(request(OWNER, title));
		assert_eq!(Redemptions::<Test>::get(title).unwrap().deadline, START + 15 * DAY);
	});
}

#[test]
fn confirm_release_should_burn_the_nft_and_leave_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		let before = Custodians::<Test>::get(CUSTODIAN).unwrap();
		assert_ok!(Titles::pay_revenue(RuntimeOrigin::signed(PAYER), title, 7));
		assert_ok!(request(OWNER, title));
		assert_ok!(confirm(CUSTODIAN, title));

		assert_eq!(
			last_event(),
			Event::TitleRedeemed { title, custodian: CUSTODIAN, owner: OWNER, units: 2 }
		);
		assert_eq!(owner_of(title), None);
		assert_eq!(Titles::title(title), None);
		assert!(!Serials::<Test>::contains_key(serial(1)));
		assert!(!Serials::<Test>::contains_key(serial(2)));
		assert!(!TitleSerials::<Test>::contains_key(title));
		assert!(!Attestations::<Test>::contains_key(title));
		assert!(!Revenue::<Test>::contains_key(title));
		assert_eq!(Documents::<Test>::iter_prefix(title).count(), 0);
		assert!(!Redemptions::<Test>::contains_key(title));
		assert_eq!(deposit_held(&CUSTODIAN), 0);
		assert_eq!(redemption_held(&OWNER), 0);
		assert_eq!(Balances::balance(&OWNER), ENDOWMENT);
		assert_eq!(
			Custodians::<Test>::get(CUSTODIAN),
			Some(Custodian { live_titles: 0, ..before })
		);
	});
}

#[test]
fn confirm_release_should_return_what_insurers_appraisers_and_owners_paid() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		appraised(APPRAISER, title, WORTH, DAY);
		assert_ok!(Titles::set_document(
			RuntimeOrigin::signed(OWNER),
			title,
			DocumentKind::PurchaseInvoice,
			H256::repeat_byte(0x11)
		));
		assert_eq!(policy_deposit_held(&INSURER), POLICY_DEPOSIT);
		assert_eq!(appraisal_deposit_held(&APPRAISER), APPRAISAL_DEPOSIT);
		assert_eq!(deposit_held(&OWNER), DEPOSIT_PER_ITEM);

		assert_ok!(request(OWNER, title));
		let done = Titles::confirm_release(RuntimeOrigin::signed(CUSTODIAN), title).unwrap();
		assert_eq!(done.actual_weight, Some(<() as WeightInfo>::confirm_release(2, 2, 2)));
		assert_eq!(policy_deposit_held(&INSURER), 0);
		assert_eq!(appraisal_deposit_held(&APPRAISER), 0);
		assert_eq!(deposit_held(&OWNER), 0);
		assert_eq!(deposit_held(&CUSTODIAN), 0);
		assert!(!Policies::<Test>::contains_key(title));
		assert!(!Appraisals::<Test>::contains_key(title));
	});
}

#[test]
fn confirm_release_should_free_the_serials_and_not_the_id() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_noop!(
			Titles::attest(RuntimeOrigin::signed(RIVAL), BUYER, spec(1)),
			Error::<Test>::SerialTaken
		);
		assert_ok!(request(OWNER, title));
		assert_ok!(confirm(CUSTODIAN, title));

		assert_ok!(Titles::attest(RuntimeOrigin::signed(RIVAL), BUYER, spec(1)));
		let next = title + 1;
		assert_ok!(Titles::confirm(RuntimeOrigin::signed(VERIFIER), next));
		assert_eq!(owner_of(next), Some(BUYER));
		assert_eq!(Serials::<Test>::get(serial(1)), Some(next));
	});
}

#[test]
fn confirm_release_should_let_the_custodian_take_out_all_of_its_bond() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(request(OWNER, title));
		let withdraw = || Titles::withdraw_bond(RuntimeOrigin::signed(CUSTODIAN), BOND);
		assert_noop!(withdraw(), Error::<Test>::BondRequired);
		assert_ok!(confirm(CUSTODIAN, title));
		assert_ok!(withdraw());
	});
}

#[test]
fn confirm_release_should_work_when_the_custodian_is_suspended_or_late() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(request(OWNER, title));
		assert_ok!(Titles::suspend_party(RuntimeOrigin::root(), PartyKind::Custodian, CUSTODIAN));
		set_time(START + 100 * DAY);
		assert_ok!(confirm(CUSTODIAN, title));
	});
}

#[test]
fn confirm_release_should_fail_when_not_the_custodian_or_nothing_was_asked() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, other, held) = (active(1), active(3), pledged(5, 9));
		assert_ok!(request(OWNER, title));
		assert_noop!(confirm(RIVAL, title), Error::<Test>::NotTitleCustodian);
		assert_noop!(confirm(OWNER, title), Error::<Test>::NotTitleCustodian);
		assert_noop!(confirm(CUSTODIAN, other), Error::<Test>::NotInRedemption);
		assert_noop!(confirm(CUSTODIAN, held), Error::<Test>::NotInRedemption);
		assert_noop!(confirm(CUSTODIAN, 77), Error::<Test>::UnknownTitle);
	});
}

#[test]
fn confirm_release_should_weigh_as_much_as_there_was_to_remove() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(request(OWNER, title));
		let done = Titles::confirm_release(RuntimeOrigin::signed(CUSTODIAN), title).unwrap();
		assert_eq!(done.actual_weight, Some(<() as WeightInfo>::confirm_release(2, 2, 1)));
	});
}

#[test]
fn machines_should_go_on_earning_and_being_kept_while_redemption_is_asked_for() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(request(OWNER, title));
		set_time(START + DAY);
		let batch = vec![title].try_into().unwrap();
		assert_ok!(Titles::heartbeat(RuntimeOrigin::signed(CUSTODIAN), batch));
		assert_ok!(Titles::pay_revenue(RuntimeOrigin::signed(PAYER), title, 5));
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT + 5);
	});
}
