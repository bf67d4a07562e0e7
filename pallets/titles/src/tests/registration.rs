// SPDX-License-Identifier: Apache-2.0

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::governance::Governed;
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, dispatch::DispatchResult},
	sp_runtime::traits::BadOrigin,
};

fn info() -> CustodianInfo {
	CustodianInfo {
		facility: b"Odense 2".to_vec().try_into().unwrap(),
		tier: 2,
		jurisdiction: *b"DK",
	}
}

fn register(account: AccountId, info: CustodianInfo) -> DispatchResult {
	Titles::register_party(RuntimeOrigin::root(), account, PartyInfo::Custodian(info))
}

fn update(account: AccountId, info: CustodianInfo) -> DispatchResult {
	Titles::update_party(RuntimeOrigin::root(), account, PartyInfo::Custodian(info))
}

fn suspend(account: AccountId) -> DispatchResult {
	Titles::suspend_party(RuntimeOrigin::root(), PartyKind::Custodian, account)
}

fn reinstate(account: AccountId) -> DispatchResult {
	Titles::reinstate_party(RuntimeOrigin::root(), PartyKind::Custodian, account)
}

fn register_verifier(account: AccountId) -> DispatchResult {
	Titles::register_party(RuntimeOrigin::root(), account, PartyInfo::Verifier)
}

fn remove_verifier(account: AccountId) -> DispatchResult {
	Titles::remove_party(RuntimeOrigin::root(), PartyKind::Verifier, account)
}

fn is_verifier(account: AccountId) -> bool {
	Parties::<Test>::contains_key(PartyKind::Verifier, account)
}

#[test]
fn register_custodian_should_store_info_without_bond() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(register(STRANGER, info()));
		let info = PartyInfo::Custodian(info());
		assert_eq!(
			Parties::<Test>::get(PartyKind::Custodian, STRANGER),
			Some(PartyRecord { info: info.clone(), suspended: Governed::new(false), items: 0 })
		);
		assert_eq!(
			Custodians::<Test>::get(STRANGER),
			// The third facility: two custodians are registered at genesis.
			Some(Custodian {
				facility: 2,
				bond: 0,
				claimed: 0,
				in_custody: 0,
				live_titles: 0,
				open_claims: 0,
				moved: 0,
				moved_loss_at: 0,
			})
		);
		assert_eq!(last_event(), Event::PartyRegistered { account: STRANGER, info });
	});
}

#[test]
fn register_custodian_should_fail_when_origin_is_not_the_admin() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Titles::register_party(
				RuntimeOrigin::signed(STRANGER),
				STRANGER,
				PartyInfo::Custodian(info())
			),
			BadOrigin
		);
	});
}

#[test]
fn register_custodian_should_fail_when_it_is_one_already() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(register(CUSTODIAN, info()), Error::<Test>::AlreadyRegistered);
	});
}

#[test]
fn register_custodian_should_fail_when_facility_has_no_name() {
	ExtBuilder::default().build_and_execute(|| {
		let info = CustodianInfo { facility: Default::default(), ..info() };
		assert_noop!(register(STRANGER, info), Error::<Test>::EmptyFacility);
	});
}

#[test]
fn register_custodian_should_accept_tiers_one_to_four_only() {
	ExtBuilder::default().build_and_execute(|| {
		for tier in [0, 5] {
			assert_noop!(
				register(STRANGER, CustodianInfo { tier, ..info() }),
				Error::<Test>::InvalidTier
			);
		}
		for (tier, account) in [(1, STRANGER), (4, BUYER)] {
			assert_ok!(register(account, CustodianInfo { tier, ..info() }));
		}
	});
}

#[test]
fn register_custodian_should_fail_when_jurisdiction_is_not_two_capitals() {
	ExtBuilder::default().build_and_execute(|| {
		for jurisdiction in [*b"dk", *b"D1", *b"D ", [0, 0]] {
			assert_noop!(
				register(STRANGER, CustodianInfo { jurisdiction, ..info() }),
				Error::<Test>::InvalidJurisdiction
			);
		}
	});
}

#[test]
fn suspend_custodian_should_suspend_until_reinstated() {
	ExtBuilder::default().build_and_execute(|| {
		let (kind, account) = (PartyKind::Custodian, CUSTODIAN);
		assert_ok!(suspend(CUSTODIAN));
		assert_eq!(
			last_event(),
			Event::PartySuspended { kind, account: account.clone(), until: None }
		);
		assert!(is_suspended(PartyKind::Custodian, CUSTODIAN));

		assert_ok!(reinstate(CUSTODIAN));
		assert_eq!(last_event(), Event::PartyReinstated { kind, account });
		assert!(!is_suspended(PartyKind::Custodian, CUSTODIAN));
	});
}

#[test]
fn suspend_custodian_should_fail_when_suspended_unknown_or_not_admin() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Titles::suspend_party(RuntimeOrigin::signed(RIVAL), PartyKind::Custodian, CUSTODIAN),
			BadOrigin
		);
		assert_noop!(suspend(STRANGER), Error::<Test>::UnknownParty);
		assert_ok!(suspend(CUSTODIAN));
		assert_noop!(suspend(CUSTODIAN), Error::<Test>::PartySuspended);
	});
}

#[test]
fn reinstate_custodian_should_fail_when_not_suspended_unknown_or_not_admin() {
	ExtBuilder::default().build_and_execute(|| {
		let kind = PartyKind::Custodian;
		assert_noop!(
			Titles::reinstate_party(RuntimeOrigin::signed(CUSTODIAN), kind, CUSTODIAN),
			BadOrigin
		);
		assert_noop!(reinstate(STRANGER), Error::<Test>::UnknownParty);
		assert_noop!(reinstate(CUSTODIAN), Error::<Test>::PartyNotSuspended);
	});
}

#[test]
fn remove_party_should_not_be_for_custodians() {
	ExtBuilder::default().build_and_execute(|| {
		let kind = PartyKind::Custodian;
		assert_noop!(
			Titles::remove_party(RuntimeOrigin::root(), kind, CUSTODIAN),
			Error::<Test>::UnsupportedKind
		);
	});
}

#[test]
fn verifier_should_be_registered_and_removed_by_the_admin() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(register_verifier(STRANGER));
		let info = PartyInfo::Verifier;
		assert_eq!(last_event(), Event::PartyRegistered { account: STRANGER, info });
		assert!(is_verifier(STRANGER));

		assert_ok!(remove_verifier(STRANGER));
		let kind = PartyKind::Verifier;
		assert_eq!(last_event(), Event::PartyRemoved { kind, account: STRANGER });
		assert!(!is_verifier(STRANGER));
	});
}

#[test]
fn register_verifier_should_fail_when_it_is_one_or_not_admin() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(register_verifier(VERIFIER), Error::<Test>::AlreadyRegistered);
		let by_stranger = RuntimeOrigin::signed(STRANGER);
		assert_noop!(Titles::register_party(by_stranger, STRANGER, PartyInfo::Verifier), BadOrigin);
	});
}

#[test]
fn remove_verifier_should_fail_when_it_is_none_or_not_admin() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(remove_verifier(STRANGER), Error::<Test>::UnknownParty);
		let by_verifier = RuntimeOrigin::signed(VERIFIER);
		assert_noop!(Titles::remove_party(by_verifier, PartyKind::Verifier, VERIFIER), BadOrigin);
	});
}

#[test]
fn verifier_should_not_be_updated() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Titles::update_party(RuntimeOrigin::root(), VERIFIER, PartyInfo::Verifier),
			Error::<Test>::UnsupportedKind
		);
	});
}

#[test]
fn verifier_should_be_suspended_until_reinstated_when_by_a_referendum() {
	ExtBuilder::default().build_and_execute(|| {
		let (root, kind) = (RuntimeOrigin::root, PartyKind::Verifier);
		let reinstate = || Titles::reinstate_party(root(), kind, VERIFIER);
		assert_noop!(reinstate(), Error::<Test>::PartyNotSuspended);
		assert_ok!(Titles::suspend_party(root(), kind, VERIFIER));
		assert_eq!(last_event(), Event::PartySuspended { kind, account: VERIFIER, until: None });
		assert_noop!(Titles::suspend_party(root(), kind, VERIFIER), Error::<Test>::PartySuspended);
		let title = attested(1);
		let confirm = || confirm_as(VERIFIER, title);
		set_time(START + ATTESTATION_PERIOD);
		assert_noop!(confirm(), Error::<Test>::PartySuspended);
		assert_ok!(reinstate());
		assert_ok!(confirm());
	});
}

#[test]
fn update_custodian_should_replace_its_registration_and_nothing_else() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(suspend(CUSTODIAN));
		let bonded = Custodians::<Test>::get(CUSTODIAN);
		assert_ok!(update(CUSTODIAN, info()));
		let info = PartyInfo::Custodian(info());
		assert_eq!(
			Parties::<Test>::get(PartyKind::Custodian, CUSTODIAN),
			Some(PartyRecord { info: info.clone(), suspended: Governed::new(true), items: 0 })
		);
		assert_eq!(Custodians::<Test>::get(CUSTODIAN), bonded);
		assert_eq!(last_event(), Event::PartyUpdated { account: CUSTODIAN, info });
		// Its machines stand where it does.
		assert_eq!(Titles::title(title).unwrap().facility, b"Odense 2".to_vec());
	});
}

#[test]
fn update_custodian_should_fail_when_invalid_unknown_or_not_admin() {
	ExtBuilder::default().build_and_execute(|| {
		let by_custodian = RuntimeOrigin::signed(CUSTODIAN);
		assert_noop!(
			Titles::update_party(by_custodian, CUSTODIAN, PartyInfo::Custodian(info())),
			BadOrigin
		);
		assert_noop!(update(STRANGER, info()), Error::<Test>::UnknownParty);
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

#[test]
fn register_custodian_should_number_its_facility_for_good() {
	ExtBuilder::default().build_and_execute(|| {
		let facility = |who| Custodians::<Test>::get(who).unwrap().facility;
		assert_eq!([CUSTODIAN, RIVAL].map(facility), [0, 1]);
		assert_ok!(register_verifier(PAYER));
		assert_ok!(register(STRANGER, info()));
		assert_ok!(register(BUYER, info()));
		assert_eq!([STRANGER, BUYER].map(facility), [2, 3]);
		assert_ok!(update(STRANGER, CustodianInfo { tier: 4, ..info() }));
		assert_eq!(facility(STRANGER), 2);

		assert_eq!(record_of(active(1)).facility, 0);
		assert_ok!(Titles::attest(RuntimeOrigin::signed(RIVAL), OWNER, spec(3)));
		assert_eq!(record_of(1).facility, 1);
	});
}

#[test]
fn register_custodian_should_fail_when_no_facility_id_is_left() {
	ExtBuilder::default().build_and_execute(|| {
		NextFacilityId::<Test>::put(u32::MAX);
		assert_noop!(register(STRANGER, info()), Error::<Test>::FacilityIdsExhausted);
		// Nobody else needs one.
		assert_ok!(register_verifier(STRANGER));
	});
}
