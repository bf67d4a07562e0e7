// SPDX-License-Identifier: Apache-2.0

//! Insurers and appraisers in the registry of parties.

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::governance::Governed;
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok},
	sp_runtime::traits::BadOrigin,
};

const KINDS: [PartyKind; 2] = [PartyKind::Insurer, PartyKind::Appraiser];

fn info() -> ServiceProviderInfo {
	ServiceProviderInfo {
		name: b"Sund Assurance".to_vec().try_into().unwrap(),
		jurisdiction: *b"DK",
	}
}

/// The particulars of a party of this kind.
fn as_party(kind: PartyKind, info: ServiceProviderInfo) -> PartyInfo {
	match kind {
		PartyKind::Insurer => PartyInfo::Insurer(info),
		_ => PartyInfo::Appraiser(info),
	}
}

fn of(kind: PartyKind) -> AccountId {
	match kind {
		PartyKind::Insurer => INSURER,
		_ => APPRAISER,
	}
}

fn root() -> RuntimeOrigin {
	RuntimeOrigin::root()
}

#[test]
fn register_provider_should_admit_to_one_role_each_time() {
	ExtBuilder::default().build_and_execute(|| {
		for kind in KINDS {
			let info = as_party(kind, info());
			assert_ok!(Titles::register_party(root(), STRANGER, info.clone()));
			assert_eq!(
				Parties::<Test>::get(kind, STRANGER),
				Some(PartyRecord { info: info.clone(), suspended: Governed::new(false), items: 0 })
			);
			assert_eq!(last_event(), Event::PartyRegistered { account: STRANGER, info });
		}
		assert!(!Parties::<Test>::contains_key(PartyKind::Appraiser, INSURER));
	});
}

#[test]
fn register_provider_should_fail_when_it_is_one_invalid_or_not_admin() {
	ExtBuilder::default().build_and_execute(|| {
		for kind in KINDS {
			let register = |info| Titles::register_party(root(), STRANGER, as_party(kind, info));
			let by_stranger = RuntimeOrigin::signed(STRANGER);
			assert_noop!(
				Titles::register_party(by_stranger, STRANGER, as_party(kind, info())),
				BadOrigin
			);
			assert_noop!(
				Titles::register_party(root(), of(kind), as_party(kind, info())),
				Error::<Test>::AlreadyRegistered
			);
			assert_noop!(
				register(ServiceProviderInfo { name: Default::default(), ..info() }),
				Error::<Test>::EmptyName
			);
			for jurisdiction in [*b"dk", *b"D1", [0, 0]] {
				assert_noop!(
					register(ServiceProviderInfo { jurisdiction, ..info() }),
					Error::<Test>::InvalidJurisdiction
				);
			}
		}
		assert!(Name::try_from(vec![b'x'; 64]).is_ok());
		assert!(Name::try_from(vec![b'x'; 65]).is_err());
	});
}

#[test]
fn update_provider_should_replace_its_registration_and_nothing_else() {
	ExtBuilder::default().build_and_execute(|| {
		insured(attested(1), WORTH, DAY);
		assert_ok!(Titles::suspend_party(root(), PartyKind::Insurer, INSURER));
		let info = PartyInfo::Insurer(info());
		assert_ok!(Titles::update_party(root(), INSURER, info.clone()));
		assert_eq!(
			Parties::<Test>::get(PartyKind::Insurer, INSURER),
			Some(PartyRecord { info: info.clone(), suspended: Governed::new(true), items: 1 })
		);
		assert_eq!(last_event(), Event::PartyUpdated { account: INSURER, info });
	});
}

#[test]
fn update_provider_should_fail_when_unknown_invalid_or_not_admin() {
	ExtBuilder::default().build_and_execute(|| {
		let update = |who, info| Titles::update_party(root(), who, PartyInfo::Appraiser(info));
		let by_appraiser = RuntimeOrigin::signed(APPRAISER);
		assert_noop!(
			Titles::update_party(by_appraiser, APPRAISER, PartyInfo::Appraiser(info())),
			BadOrigin
		);
		assert_noop!(update(INSURER, info()), Error::<Test>::UnknownParty);
		assert_noop!(
			update(APPRAISER, ServiceProviderInfo { name: Default::default(), ..info() }),
			Error::<Test>::EmptyName
		);
		assert_noop!(
			update(APPRAISER, ServiceProviderInfo { jurisdiction: *b"xx", ..info() }),
			Error::<Test>::InvalidJurisdiction
		);
	});
}

#[test]
fn suspend_provider_should_suspend_until_reinstated() {
	ExtBuilder::default().build_and_execute(|| {
		for kind in KINDS {
			let account = of(kind);
			assert_ok!(Titles::suspend_party(root(), kind, account.clone()));
			assert!(is_suspended(kind, of(kind)));
			assert_eq!(
				last_event(),
				Event::PartySuspended { kind, account: account.clone(), until: None }
			);
			assert_ok!(Titles::reinstate_party(root(), kind, account.clone()));
			assert!(!is_suspended(kind, of(kind)));
			assert_eq!(last_event(), Event::PartyReinstated { kind, account });
		}
	});
}

#[test]
fn suspend_provider_should_fail_when_suspended_unknown_or_not_admin() {
	ExtBuilder::default().build_and_execute(|| {
		for kind in KINDS {
			let suspend = |who| Titles::suspend_party(root(), kind, who);
			assert_noop!(
				Titles::suspend_party(RuntimeOrigin::signed(STRANGER), kind, of(kind)),
				BadOrigin
			);
			assert_noop!(suspend(STRANGER), Error::<Test>::UnknownParty);
			assert_ok!(suspend(of(kind)));
			assert_noop!(suspend(of(kind)), Error::<Test>::PartySuspended);
		}
	});
}

#[test]
fn reinstate_provider_should_fail_when_not_suspended_unknown_or_not_admin() {
	ExtBuilder::default().build_and_execute(|| {
		for kind in KINDS {
			let reinstate = |who| Titles::reinstate_party(root(), kind, who);
			assert_noop!(
				Titles::reinstate_party(RuntimeOrigin::signed(of(kind)), kind, of(kind)),
				BadOrigin
			);
			assert_noop!(reinstate(STRANGER), Error::<Test>::UnknownParty);
			assert_noop!(reinstate(of(kind)), Error::<Test>::PartyNotSuspended);
		}
	});
}

#[test]
fn remove_provider_should_end_the_registration_when_nothing_of_it_is_stored() {
	ExtBuilder::default().build_and_execute(|| {
		for kind in KINDS {
			let account = of(kind);
			assert_ok!(Titles::remove_party(root(), kind, account.clone()));
			assert_eq!(Parties::<Test>::get(kind, account.clone()), None);
			assert_eq!(last_event(), Event::PartyRemoved { kind, account });
		}
	});
}

#[test]
fn remove_provider_should_fail_when_in_use_unknown_or_not_admin() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		insured(title, WORTH, DAY);
		appraised(APPRAISER, title, WORTH, DAY);
		for kind in KINDS {
			let remove = |who| Titles::remove_party(root(), kind, who);
			assert_noop!(
				Titles::remove_party(RuntimeOrigin::signed(STRANGER), kind, of(kind)),
				BadOrigin
			);
			assert_noop!(remove(STRANGER), Error::<Test>::UnknownParty);
			assert_noop!(remove(of(kind)), Error::<Test>::PartyInUse);
		}
		// With the title go its policies and appraisals.
		assert_ok!(Titles::withdraw_attestation(RuntimeOrigin::signed(CUSTODIAN), title));
		for kind in KINDS {
			assert_ok!(Titles::remove_party(root(), kind, of(kind)));
		}
	});
}
