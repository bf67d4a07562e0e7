// SPDX-License-Identifier: Apache-2.0

use crate::{
	tests::mock::{Titles, *},
	*,
};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, traits::fungible::Inspect},
	sp_runtime::traits::BadOrigin,
};

#[test]
fn withdraw_attestation_should_remove_the_title_and_return_the_deposit() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		assert_ok!(Titles::withdraw_attestation(RuntimeOrigin::signed(CUSTODIAN), title));

		assert_eq!(crate::Titles::<Test>::get(title), None);
		assert_eq!(Devices::<Test>::iter().count(), 0);
		assert_eq!(TitleDevices::<Test>::iter().count(), 0);
		assert_eq!(Documents::<Test>::iter().count(), 0);
		assert_eq!(Attestations::<Test>::get(title), None);
		assert_eq!(Custodians::<Test>::get(CUSTODIAN).unwrap().live_titles, 0);
		assert_eq!(deposit_held(&CUSTODIAN), 0);
		assert_eq!(Balances::balance(&CUSTODIAN), ENDOWMENT);
		assert_eq!(last_event(), Event::AttestationWithdrawn { title, custodian: CUSTODIAN });
	});
}

#[test]
fn withdraw_attestation_should_free_the_devices_and_not_the_id() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		attested(3);
		assert_ok!(Titles::withdraw_attestation(RuntimeOrigin::signed(CUSTODIAN), title));
		assert_eq!(attested(1), title + 2);
		assert_ok!(confirm_as(VERIFIER, title + 2));
		assert_eq!(Titles::device(device(1)).unwrap().title, Some(title + 2));
	});
}

#[test]
fn withdraw_attestation_should_charge_for_what_it_removed() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		let info = Titles::withdraw_attestation(RuntimeOrigin::signed(CUSTODIAN), title).unwrap();
		assert_eq!(info.actual_weight, Some(<() as WeightInfo>::withdraw_attestation(2, 2, 0)));
	});
}

#[test]
fn withdraw_attestation_should_work_when_suspended() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		assert_ok!(Titles::suspend_party(RuntimeOrigin::root(), PartyKind::Custodian, CUSTODIAN));
		assert_ok!(Titles::withdraw_attestation(RuntimeOrigin::signed(CUSTODIAN), title));
	});
}

#[test]
fn withdraw_attestation_should_fail_when_unknown_foreign_or_confirmed() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Titles::withdraw_attestation(RuntimeOrigin::signed(CUSTODIAN), 0),
			Error::<Test>::UnknownTitle
		);
		let waiting = attested(3);
		for who in [RIVAL, OWNER, VERIFIER] {
			assert_noop!(
				Titles::withdraw_attestation(RuntimeOrigin::signed(who), waiting),
				Error::<Test>::AttestationStands
			);
		}
		let title = active(1);
		assert_noop!(
			Titles::withdraw_attestation(RuntimeOrigin::signed(CUSTODIAN), title),
			Error::<Test>::NotAttested
		);
	});
}

#[test]
fn withdraw_attestation_should_be_anybodys_when_lapsed() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		let withdraw = || Titles::withdraw_attestation(RuntimeOrigin::signed(STRANGER), title);
		set_time(START + ATTESTATION_PERIOD);
		assert_noop!(withdraw(), Error::<Test>::AttestationStands);
		set_time(START + ATTESTATION_PERIOD + 1);
		assert_noop!(confirm_as(VERIFIER, title), Error::<Test>::AttestationLapsed);
		assert_ok!(withdraw());
		// The deposits go to who paid them.
		assert_eq!(deposit_held(&CUSTODIAN), 0);
		assert_eq!(Balances::balance(&STRANGER), ENDOWMENT);
		assert_eq!(last_event(), Event::AttestationWithdrawn { title, custodian: CUSTODIAN });
	});
}

#[test]
fn withdraw_attestation_should_be_anybodys_when_a_device_is_taken() {
	ExtBuilder::default().build_and_execute(|| {
		let second = attested(2);
		active(3);
		assert_ok!(Titles::withdraw_attestation(RuntimeOrigin::signed(STRANGER), second));
		assert_eq!(Titles::device(device(3)).unwrap().title, Some(second + 1));
	});
}

#[test]
fn strike_attestation_should_remove_what_waits() {
	ExtBuilder::default().build_and_execute(|| {
		let (waiting, title) = (attested(1), active(3));
		assert_noop!(
			Titles::strike_attestation(RuntimeOrigin::signed(CUSTODIAN), waiting),
			BadOrigin
		);
		assert_noop!(Titles::strike_attestation(referendum(), title), Error::<Test>::NotAttested);
		assert_noop!(Titles::strike_attestation(referendum(), 77), Error::<Test>::UnknownTitle);
		for by in [committee, referendum] {
			let struck = attested(1);
			assert_ok!(Titles::strike_attestation(by(), struck));
			assert_eq!(Titles::title(struck), None);
			let event = Event::AttestationStruck { title: struck, custodian: CUSTODIAN };
			assert_eq!(last_event(), event);
		}
		assert_eq!(deposit_held(&CUSTODIAN), 2 * SPEC_DEPOSIT + RECORDS_DEPOSIT);
	});
}
