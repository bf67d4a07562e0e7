// SPDX-License-Identifier: Apache-2.0

use crate::{
	mock::{Titles, *},
	*,
};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok},
	sp_runtime::traits::BadOrigin,
};

fn info() -> CustodianInfo {
	CustodianInfo {
		facility: b"Odense 2".to_vec().try_into().unwrap(),
		tier: 2,
		jurisdiction: *b"DK",
	}
}

#[test]
fn register_custodian_should_store_info_without_bond() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Titles::register_custodian(RuntimeOrigin::root(), STRANGER, info()));
		assert_eq!(
			Custodians::<Test>::get(STRANGER),
			Some(Custodian {
				info: info(),
				suspended: false,
				frozen: false,
				bond: 0,
				live_titles: 0,
				open_claims: 0
			})
		);
		assert_eq!(last_event(), Event::CustodianRegistered { custodian: STRANGER, info: info() });
	});
}

#[test]
fn register_custodian_should_fail_when_origin_is_not_the_admin() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Titles::register_custodian(RuntimeOrigin::signed(STRANGER), STRANGER, info()),
			BadOrigin
		);
	});
}

#[test]
fn register_custodian_should_fail_when_it_is_one_already() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Titles::register_custodian(RuntimeOrigin::root(), CUSTODIAN, info()),
			Error::<Test>::AlreadyCustodian
		);
	});
}

#[test]
fn register_custodian_should_fail_when_facility_has_no_name() {
	ExtBuilder::default().build_and_execute(|| {
		let info = CustodianInfo { facility: Default::default(), ..info() };
		assert_noop!(
			Titles::register_custodian(RuntimeOrigin::root(), STRANGER, info),
			Error::<Test>::EmptyFacility
		);
	});
}

#[test]
fn register_custodian_should_accept_tiers_one_to_four_only() {
	ExtBuilder::default().build_and_execute(|| {
		for tier in [0, 5] {
			assert_noop!(
				Titles::register_custodian(
					RuntimeOrigin::root(),
					STRANGER,
					CustodianInfo { tier, ..info() }
				),
				Error::<Test>::InvalidTier
			);
		}
		for (tier, account) in [(1, STRANGER), (4, BUYER)] {
			assert_ok!(Titles::register_custodian(
				RuntimeOrigin::root(),
				account,
				CustodianInfo { tier, ..info() }
			));
		}
	});
}

#[test]
fn register_custodian_should_fail_when_jurisdiction_is_not_two_capitals() {
	ExtBuilder::default().build_and_execute(|| {
		for jurisdiction in [*b"dk", *b"D1", *b"D ", [0, 0]] {
			assert_noop!(
				Titles::register_custodian(
					RuntimeOrigin::root(),
					STRANGER,
					CustodianInfo { jurisdiction, ..info() }
				),
				Error::<Test>::InvalidJurisdiction
			);
		}
	});
}

#[test]
fn suspend_custodian_should_suspend_until_reinstated() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Titles::suspend_custodian(RuntimeOrigin::root(), CUSTODIAN));
		assert_eq!(last_event(), Event::CustodianSuspended { custodian: CUSTODIAN });
		assert!(Custodians::<Test>::get(CUSTODIAN).unwrap().suspended);

		assert_ok!(Titles::reinstate_custodian(RuntimeOrigin::root(), CUSTODIAN));
		assert_eq!(last_event(), Event::CustodianReinstated { custodian: CUSTODIAN });
		assert!(!Custodians::<Test>::get(CUSTODIAN).unwrap().suspended);
	});
}

#[test]
fn suspend_custodian_should_fail_when_suspended_unknown_or_not_admin() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(Titles::suspend_custodian(RuntimeOrigin::signed(RIVAL), CUSTODIAN), BadOrigin);
		assert_noop!(
			Titles::suspend_custodian(RuntimeOrigin::root(), STRANGER),
			Error::<Test>::NotCustodian
		);
		assert_ok!(Titles::suspend_custodian(RuntimeOrigin::root(), CUSTODIAN));
		assert_noop!(
			Titles::suspend_custodian(RuntimeOrigin::root(), CUSTODIAN),
			Error::<Test>::CustodianSuspended
		);
	});
}

#[test]
fn reinstate_custodian_should_fail_when_not_suspended_unknown_or_not_admin() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Titles::reinstate_custodian(RuntimeOrigin::signed(CUSTODIAN), CUSTODIAN),
			BadOrigin
		);
		assert_noop!(
			Titles::reinstate_custodian(RuntimeOrigin::root(), STRANGER),
			Error::<Test>::NotCustodian
		);
		assert_noop!(
			Titles::reinstate_custodian(RuntimeOrigin::root(), CUSTODIAN),
			Error::<Test>::CustodianNotSuspended
		);
	});
}

#[test]
fn verifier_should_be_registered_and_removed_by_the_admin() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Titles::register_verifier(RuntimeOrigin::root(), STRANGER));
		assert_eq!(last_event(), Event::VerifierRegistered { verifier: STRANGER });
		assert!(Verifiers::<Test>::contains_key(STRANGER));

		assert_ok!(Titles::remove_verifier(RuntimeOrigin::root(), STRANGER));
		assert_eq!(last_event(), Event::VerifierRemoved { verifier: STRANGER });
		assert!(!Verifiers::<Test>::contains_key(STRANGER));
	});
}

#[test]
fn register_verifier_should_fail_when_it_is_one_or_not_admin() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Titles::register_verifier(RuntimeOrigin::root(), VERIFIER),
			Error::<Test>::AlreadyVerifier
		);
		assert_noop!(
			Titles::register_verifier(RuntimeOrigin::signed(STRANGER), STRANGER),
			BadOrigin
		);
	});
}

#[test]
fn remove_verifier_should_fail_when_it_is_none_or_not_admin() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Titles::remove_verifier(RuntimeOrigin::root(), STRANGER),
			Error::<Test>::NotVerifier
		);
		assert_noop!(Titles::remove_verifier(RuntimeOrigin::signed(VERIFIER), VERIFIER), BadOrigin);
	});
}

#[test]
fn update_custodian_should_replace_its_registration_and_nothing_else() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(Titles::suspend_custodian(RuntimeOrigin::root(), CUSTODIAN));
		let before = Custodians::<Test>::get(CUSTODIAN).unwrap();
		assert_ok!(Titles::update_custodian(RuntimeOrigin::root(), CUSTODIAN, info()));
		assert_eq!(
			Custodians::<Test>::get(CUSTODIAN),
			Some(Custodian { info: info(), ..before.clone() })
		);
		assert!(before.suspended);
		assert_eq!(last_event(), Event::CustodianUpdated { custodian: CUSTODIAN, info: info() });
		let attested = crate::Titles::<Test>::get(title).unwrap().facility;
		assert_eq!(attested.to_vec(), b"Reykjavik 1, hall B".to_vec());
	});
}

#[test]
fn update_custodian_should_fail_when_invalid_unknown_or_not_admin() {
	ExtBuilder::default().build_and_execute(|| {
		let update = |who, info| Titles::update_custodian(RuntimeOrigin::root(), who, info);
		assert_noop!(
			Titles::update_custodian(RuntimeOrigin::signed(CUSTODIAN), CUSTODIAN, info()),
			BadOrigin
		);
		assert_noop!(update(STRANGER, info()), Error::<Test>::NotCustodian);
		assert_noop!(
			update(CUSTODIAN, CustodianInfo { facility: Default::default(), ..info() }),
			Error::<Test>::EmptyFacility
		);
		for tier in [0, 5] {
			assert_noop!(
				update(CUSTODIAN, CustodianInfo { tier, ..info() }),
				Error::<Test>::InvalidTier
			);
		}
		assert_noop!(
			update(CUSTODIAN, CustodianInfo { jurisdiction: *b"d1", ..info() }),
			Error::<Test>::InvalidJurisdiction
		);
	});
}
