// SPDX-License-Identifier: Apache-2.0

use crate::{
	tests::mock::{Titles, *},
	*,
};
use polkadot_sdk::frame_support::{assert_noop, assert_ok, traits::fungible::Inspect};

#[test]
fn withdraw_attestation_should_remove_the_title_and_return_the_deposit() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		assert_ok!(Titles::withdraw_attestation(RuntimeOrigin::signed(CUSTODIAN), title));

		assert_eq!(crate::Titles::<Test>::get(title), None);
		assert_eq!(Serials::<Test>::iter().count(), 0);
		assert_eq!(TitleSerials::<Test>::iter().count(), 0);
		assert_eq!(Documents::<Test>::iter().count(), 0);
		assert_eq!(Attestations::<Test>::get(title), None);
		assert_eq!(Custodians::<Test>::get(CUSTODIAN).unwrap().live_titles, 0);
		assert_eq!(deposit_held(&CUSTODIAN), 0);
		assert_eq!(Balances::balance(&CUSTODIAN), ENDOWMENT - BOND);
		assert_eq!(last_event(), Event::AttestationWithdrawn { title, custodian: CUSTODIAN });
	});
}

#[test]
fn withdraw_attestation_should_free_the_serials_and_not_the_id() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		attested(3);
		assert_ok!(Titles::withdraw_attestation(RuntimeOrigin::signed(CUSTODIAN), title));
		assert_eq!(attested(1), title + 2);
		assert_eq!(Serials::<Test>::get(serial(1)), Some(title + 2));
		assert_eq!(Serials::<Test>::get(serial(3)), Some(title + 1));
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
		let title = active(1);
		assert_noop!(
			Titles::withdraw_attestation(RuntimeOrigin::signed(RIVAL), title),
			Error::<Test>::NotTitleCustodian
		);
		assert_noop!(
			Titles::withdraw_attestation(RuntimeOrigin::signed(OWNER), title),
			Error::<Test>::NotTitleCustodian
		);
		assert_noop!(
			Titles::withdraw_attestation(RuntimeOrigin::signed(CUSTODIAN), title),
			Error::<Test>::NotAttested
		);
	});
}
