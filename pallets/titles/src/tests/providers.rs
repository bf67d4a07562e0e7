// SPDX-License-Identifier: Apache-2.0

use crate::{
	mock::{Titles, *},
	*,
};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok},
	sp_runtime::traits::BadOrigin,
};

const ROLES: [Role; 2] = [Role::Insurer, Role::Appraiser];

fn info() -> ProviderInfo {
	ProviderInfo { name: b"Sund Assurance".to_vec().try_into().unwrap(), jurisdiction: *b"DK" }
}

fn of(role: Role) -> AccountId {
	match role {
		Role::Insurer => INSURER,
		Role::Appraiser => APPRAISER,
	}
}

fn root() -> RuntimeOrigin {
	RuntimeOrigin::root()
}

#[test]
fn register_provider_should_admit_to_one_role_each_time() {
	ExtBuilder::default().build_and_execute(|| {
		for role in ROLES {
			assert_ok!(Titles::register_provider(root(), role, STRANGER, info()));
			assert_eq!(
				Providers::<Test>::get(role, STRANGER),
				Some(Provider { info: info(), suspended: false, items: 0 })
			);
			assert_eq!(
				last_event(),
				Event::ProviderRegistered { role, account: STRANGER, info: info() }
			);
		}
		assert!(!Providers::<Test>::contains_key(Role::Appraiser, INSURER));
	});
}

#[test]
fn register_provider_should_fail_when_it_is_one_invalid_or_not_admin() {
	ExtBuilder::default().build_and_execute(|| {
		for role in ROLES {
			let register = |info| Titles::register_provider(root(), role, STRANGER, info);
			assert_noop!(
				Titles::register_provider(RuntimeOrigin::signed(STRANGER), role, STRANGER, info()),
				BadOrigin
			);
			assert_noop!(
				Titles::register_provider(root(), role, of(role), info()),
				Error::<Test>::AlreadyProvider
			);
			assert_noop!(
				register(ProviderInfo { name: Default::default(), ..info() }),
				Error::<Test>::EmptyName
			);
			for jurisdiction in [*b"dk", *b"D1", [0, 0]] {
				assert_noop!(
					register(ProviderInfo { jurisdiction, ..info() }),
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
		assert_ok!(Titles::suspend_provider(root(), Role::Insurer, INSURER));
		assert_ok!(Titles::update_provider(root(), Role::Insurer, INSURER, info()));
		assert_eq!(
			Providers::<Test>::get(Role::Insurer, INSURER),
			Some(Provider { info: info(), suspended: true, items: 1 })
		);
		assert_eq!(
			last_event(),
			Event::ProviderUpdated { role: Role::Insurer, account: INSURER, info: info() }
		);
	});
}

#[test]
fn update_provider_should_fail_when_unknown_invalid_or_not_admin() {
	ExtBuilder::default().build_and_execute(|| {
		let role = Role::Appraiser;
		let update = |who, info| Titles::update_provider(root(), role, who, info);
		assert_noop!(
			Titles::update_provider(RuntimeOrigin::signed(APPRAISER), role, APPRAISER, info()),
			BadOrigin
		);
		assert_noop!(update(INSURER, info()), Error::<Test>::NotProvider);
		assert_noop!(
			update(APPRAISER, ProviderInfo { name: Default::default(), ..info() }),
			Error::<Test>::EmptyName
		);
		assert_noop!(
			update(APPRAISER, ProviderInfo { jurisdiction: *b"xx", ..info() }),
			Error::<Test>::InvalidJurisdiction
		);
	});
}

#[test]
fn suspend_provider_should_suspend_until_reinstated() {
	ExtBuilder::default().build_and_execute(|| {
		for role in ROLES {
			let account = of(role);
			let suspended = || Providers::<Test>::get(role, of(role)).unwrap().suspended;
			assert_ok!(Titles::suspend_provider(root(), role, account.clone()));
			assert!(suspended());
			assert_eq!(last_event(), Event::ProviderSuspended { role, account: account.clone() });
			assert_ok!(Titles::reinstate_provider(root(), role, account.clone()));
			assert!(!suspended());
			assert_eq!(last_event(), Event::ProviderReinstated { role, account });
		}
	});
}

#[test]
fn suspend_provider_should_fail_when_suspended_unknown_or_not_admin() {
	ExtBuilder::default().build_and_execute(|| {
		for role in ROLES {
			let suspend = |who| Titles::suspend_provider(root(), role, who);
			assert_noop!(
				Titles::suspend_provider(RuntimeOrigin::signed(STRANGER), role, of(role)),
				BadOrigin
			);
			assert_noop!(suspend(STRANGER), Error::<Test>::NotProvider);
			assert_ok!(suspend(of(role)));
			assert_noop!(suspend(of(role)), Error::<Test>::ProviderSuspended);
		}
	});
}

#[test]
fn reinstate_provider_should_fail_when_not_suspended_unknown_or_not_admin() {
	ExtBuilder::default().build_and_execute(|| {
		for role in ROLES {
			let reinstate = |who| Titles::reinstate_provider(root(), role, who);
			assert_noop!(
				Titles::reinstate_provider(RuntimeOrigin::signed(of(role)), role, of(role)),
				BadOrigin
			);
			assert_noop!(reinstate(STRANGER), Error::<Test>::NotProvider);
			assert_noop!(reinstate(of(role)), Error::<Test>::ProviderNotSuspended);
		}
	});
}

#[test]
fn remove_provider_should_end_the_registration_when_nothing_of_it_is_stored() {
	ExtBuilder::default().build_and_execute(|| {
		for role in ROLES {
			let account = of(role);
			assert_ok!(Titles::remove_provider(root(), role, account.clone()));
			assert_eq!(Providers::<Test>::get(role, account.clone()), None);
			assert_eq!(last_event(), Event::ProviderRemoved { role, account });
		}
	});
}

#[test]
fn remove_provider_should_fail_when_in_use_unknown_or_not_admin() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		insured(title, WORTH, DAY);
		appraised(APPRAISER, title, WORTH, DAY);
		for role in ROLES {
			let remove = |who| Titles::remove_provider(root(), role, who);
			assert_noop!(
				Titles::remove_provider(RuntimeOrigin::signed(STRANGER), role, of(role)),
				BadOrigin
			);
			assert_noop!(remove(STRANGER), Error::<Test>::NotProvider);
			assert_noop!(remove(of(role)), Error::<Test>::ProviderInUse);
		}
		// With the title go its policies and appraisals.
		assert_ok!(Titles::withdraw_attestation(RuntimeOrigin::signed(CUSTODIAN), title));
		for role in ROLES {
			assert_ok!(Titles::remove_provider(root(), role, of(role)));
		}
	});
}
