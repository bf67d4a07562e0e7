// SPDX-License-Identifier: Apache-2.0

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::{
	titles::{DocumentKind, Ineligibility, TitleStatus},
	USD, USDAI,
};
use caliber_testkit::Outages;
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, dispatch::DispatchResult, traits::fungible::Inspect},
	pallet_nfts::Error as NftsError,
	sp_runtime::TokenError,
};

fn request(who: AccountId, title: u32) -> DispatchResult {
	Titles::request_redemption(RuntimeOrigin::signed(who), title)
}

fn cancel(who: AccountId, title: u32) -> DispatchResult {
	Titles::cancel_redemption(RuntimeOrigin::signed(who), title)
}

fn confirm(who: AccountId, title: u32) -> DispatchResult {
	Titles::confirm_release(RuntimeOrigin::signed(who), title)
}

fn acknowledge(who: AccountId, title: u32) -> DispatchResult {
	plain(Titles::acknowledge_release(RuntimeOrigin::signed(who), title))
}

fn finalise(who: AccountId, title: u32) -> DispatchResult {
	plain(Titles::finalise_release(RuntimeOrigin::signed(who), title))
}

/// A title of `OWNER` whose custodian says that it handed the machines over.
fn confirmed(first: u64) -> u32 {
	let title = active(first);
	assert_ok!(request(OWNER, title));
	assert_ok!(confirm(CUSTODIAN, title));
	title
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
				release: None,
				deposit: CLAIM_DEPOSIT,
				ticket: Some(ticket(REDEMPTION_DEPOSIT)),
				escalated: false,
				disputed: false,
			})
		);
		assert_eq!(redemption_held(&OWNER), REDEMPTION_DEPOSIT);
		assert_eq!(claim_deposit_held(&OWNER), CLAIM_DEPOSIT);
		assert_eq!(
			last_event(),
			Event::RedemptionRequested {
				title,
				owner: OWNER,
				deadline: START + 14 * DAY,
				deposit: CLAIM_DEPOSIT
			}
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
		// Neither dollars nor CLBR alone are enough.
		let dollars = CLAIM_DEPOSIT + 1;
		let payer = RuntimeOrigin::signed(PAYER);
		assert_ok!(Assets::transfer(payer, USDAI, poor.clone(), dollars));
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
		assert_eq!((redemption_held(&OWNER), claim_deposit_held(&OWNER)), (0, 0));
		assert_eq!(Balances::balance(&OWNER), ENDOWMENT);
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT);
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

/// The owner takes the machines, then takes its request back and pledges the title.
#[test]
fn cancel_redemption_should_fail_when_the_release_was_confirmed() {
	ExtBuilder::default().build_and_execute(|| {
		let title = confirmed(1);
		assert_noop!(cancel(OWNER, title), Error::<Test>::ReleaseConfirmed);
		set_time(START + RELEASE_PERIOD);
		assert_noop!(cancel(OWNER, title), Error::<Test>::ReleaseConfirmed);
		assert_noop!(
			<Titles as Encumber<AccountId>>::encumber(title, &OWNER, 9),
			Error::<Test>::Ineligible(Ineligibility::NotActive(TitleStatus::RedemptionRequested))
		);
	});
}

#[test]
fn request_redemption_should_ask_for_a_share_of_the_value_and_a_least_deposit() {
	ExtBuilder::default().build_and_execute(|| {
		// One percent of 20 000 and of 2 x 33 333.333…, rounded up; a hundred dollars at least.
		let large = active(1);
		ReferencePrice::set(&Some(USD / 3 * 100_000));
		let odd = active(3);
		ReferencePrice::set(&Some(4_999 * USD));
		let small = active(5);
		for (title, deposit) in
			[(large, 200 * USD), (odd, 666_666_666_666_666_666_000), (small, 100 * USD)]
		{
			let before = claim_deposit_held(&OWNER);
			assert_ok!(request(OWNER, title));
			assert_eq!(claim_deposit_held(&OWNER) - before, deposit);
		}
	});
}

#[test]
fn confirm_release_should_burn_nothing_and_begin_a_period() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(request(OWNER, title));
		set_time(START + DAY);
		assert_ok!(confirm(CUSTODIAN, title));
		let until = START + 8 * DAY;
		assert_eq!(last_event(), Event::ReleaseConfirmed { title, custodian: CUSTODIAN, until });
		assert_eq!(status_of(title), TitleStatus::RedemptionRequested);
		assert_eq!(owner_of(title), Some(OWNER));
		assert_eq!(Devices::<Test>::get(device(1)).unwrap().title, Some(title));
		assert_eq!(Titles::title(title).unwrap().release_deadline, Some(until));
		assert_noop!(confirm(CUSTODIAN, title), Error::<Test>::ReleaseConfirmed);
		// The machines could not be attested again, and the bond cannot leave.
		assert_noop!(
			Titles::attest(RuntimeOrigin::signed(CUSTODIAN), BUYER, spec(1)),
			Error::<Test>::DeviceTaken
		);
		assert_noop!(
			Titles::withdraw_bond(RuntimeOrigin::signed(CUSTODIAN), Surety::CustodianBond, BOND),
			Error::<Test>::BondRequired
		);
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
		assert_ok!(acknowledge(OWNER, title));
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
		Values::mutate(|values| values.release_period = u64::MAX);
		assert_noop!(confirm(CUSTODIAN, title), Error::<Test>::Overflow);
	});
}

#[test]
fn acknowledge_release_should_burn_the_nft_and_leave_what_a_claim_needs() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		let before = Custodians::<Test>::get(CUSTODIAN).unwrap();
		assert_ok!(Titles::pay_revenue(RuntimeOrigin::signed(PAYER), title, 7));
		assert_ok!(request(OWNER, title));
		assert_ok!(confirm(CUSTODIAN, title));
		set_time(START + DAY);
		assert_ok!(acknowledge(OWNER, title));

		assert_eq!(
			last_event(),
			Event::TitleRedeemed { title, custodian: CUSTODIAN, owner: OWNER, units: 2 }
		);
		assert_eq!(owner_of(title), None);
		assert_eq!(Titles::title(title), None);
		// But for what the devices are remembered by.
		for unit in [device(1), device(2)] {
			assert_eq!(Titles::device(unit).unwrap().title, None);
		}
		assert!(!TitleDevices::<Test>::contains_key(title));
		assert!(!Attestations::<Test>::contains_key(title));
		assert_eq!(Documents::<Test>::iter_prefix(title).count(), 0);
		assert!(!Redemptions::<Test>::contains_key(title));
		assert_eq!(deposit_held(&CUSTODIAN), RECORDS_DEPOSIT);
		assert_eq!(claim_deposit_held(&OWNER), 0);
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT + 7);
		assert_eq!(Balances::balance(&OWNER), ENDOWMENT - REDEMPTION_DEPOSIT);
		assert_eq!(
			ReleasedTitles::<Test>::get(title),
			Some(ReleasedTitle {
				owner: OWNER,
				custodian: CUSTODIAN,
				released_at: START + DAY,
				claim_until: START + 91 * DAY,
				custody_value: TWO_UNITS,
				ticket: ticket(REDEMPTION_DEPOSIT),
			})
		);
		assert_eq!(
			Custodians::<Test>::get(CUSTODIAN),
			Some(Custodian { live_titles: 0, ..before })
		);
	});
}

#[test]
fn acknowledge_release_should_return_what_insurers_appraisers_and_owners_paid() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		appraised(APPRAISER, title, WORTH, DAY);
		assert_ok!(filed(OWNER, title, paper(DocumentKind::PurchaseInvoice, 0x11)));
		assert_eq!(policy_deposit_held(&INSURER), POLICY_DEPOSIT);
		assert_eq!(appraisal_deposit_held(&APPRAISER), APPRAISAL_DEPOSIT);
		assert_eq!(deposit_held(&OWNER), DEPOSIT_PER_ITEM);

		assert_ok!(request(OWNER, title));
		assert_ok!(confirm(CUSTODIAN, title));
		let done = Titles::acknowledge_release(RuntimeOrigin::signed(OWNER), title).unwrap();
		assert_eq!(done.actual_weight, Some(<() as WeightInfo>::acknowledge_release(2, 3, 2)));
		assert_eq!(policy_deposit_held(&INSURER), 0);
		assert_eq!(appraisal_deposit_held(&APPRAISER), 0);
		assert_eq!(deposit_held(&OWNER), 0);
		assert_eq!(deposit_held(&CUSTODIAN), RECORDS_DEPOSIT);
		assert!(!Policies::<Test>::contains_key(title));
		assert!(!Appraisals::<Test>::contains_key(title));
	});
}

#[test]
fn acknowledge_release_should_free_the_devices_and_not_the_id() {
	ExtBuilder::default().build_and_execute(|| {
		let title = confirmed(1);
		assert_ok!(acknowledge(OWNER, title));

		assert_ok!(Titles::attest(RuntimeOrigin::signed(RIVAL), BUYER, spec(1)));
		let next = title + 1;
		assert_ok!(confirm_as(VERIFIER, next));
		assert_eq!(owner_of(next), Some(BUYER));
		assert_eq!(Titles::device(device(1)).unwrap().title, Some(next));
	});
}

#[test]
fn acknowledge_release_should_be_of_the_owner_after_the_custodians_word() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, other) = (active(1), active(3));
		assert_ok!(request(OWNER, title));
		assert_noop!(acknowledge(OWNER, title), Error::<Test>::ReleaseNotConfirmed);
		assert_ok!(confirm(CUSTODIAN, title));
		for who in [CUSTODIAN, STRANGER] {
			assert_noop!(acknowledge(who, title), Error::<Test>::NotTitleOwner);
		}
		assert_noop!(acknowledge(OWNER, other), Error::<Test>::NotInRedemption);
		assert_noop!(acknowledge(OWNER, 77), Error::<Test>::UnknownTitle);
		Values::mutate(|values| values.claim_tail = u64::MAX);
		assert_noop!(acknowledge(OWNER, title), Error::<Test>::Overflow);
	});
}

#[test]
fn finalise_release_should_be_for_anyone_when_the_owner_was_silent() {
	ExtBuilder::default().build_and_execute(|| {
		let title = confirmed(1);
		set_time(START + RELEASE_PERIOD);
		assert_noop!(finalise(CUSTODIAN, title), Error::<Test>::ReleasePeriodRunning);
		// Nobody can speak in an outage.
		Outages::note(START + DAY, START + 3 * DAY);
		set_time(START + RELEASE_PERIOD + 2 * DAY);
		assert_noop!(finalise(CUSTODIAN, title), Error::<Test>::ReleasePeriodRunning);
		set_time(START + RELEASE_PERIOD + 2 * DAY + 1);
		let done = Titles::finalise_release(RuntimeOrigin::signed(STRANGER), title).unwrap();
		assert_eq!(done.actual_weight, Some(<() as WeightInfo>::finalise_release(2, 2, 1)));
		assert_eq!(owner_of(title), None);
		assert_eq!(claim_deposit_held(&OWNER), 0);
		assert!(ReleasedTitles::<Test>::contains_key(title));
	});
}

#[test]
fn finalise_release_should_fail_without_the_custodians_word() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, other) = (active(1), active(3));
		assert_ok!(request(OWNER, title));
		set_time(START + 1_000 * DAY);
		assert_noop!(finalise(CUSTODIAN, title), Error::<Test>::ReleaseNotConfirmed);
		assert_noop!(finalise(CUSTODIAN, other), Error::<Test>::NotInRedemption);
		assert_noop!(finalise(CUSTODIAN, 77), Error::<Test>::UnknownTitle);
	});
}

#[test]
fn custodian_should_leave_no_claim_against_itself_when_it_releases_its_own_machines() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(send_nft(OWNER, title, CUSTODIAN));
		assert_ok!(request(CUSTODIAN, title));
		assert_ok!(confirm(CUSTODIAN, title));
		assert_ok!(acknowledge(CUSTODIAN, title));
		assert!(!ReleasedTitles::<Test>::contains_key(title));
		assert_eq!((redemption_held(&CUSTODIAN), claim_deposit_held(&CUSTODIAN)), (0, 0));
		assert_eq!(Custodians::<Test>::get(CUSTODIAN).unwrap().in_custody, 0);
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
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT - CLAIM_DEPOSIT + 5);
	});
}
