// SPDX-License-Identifier: Apache-2.0

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::titles::{AssetClass, TitleStatus};
use polkadot_sdk::{
	frame_support::{
		assert_noop, assert_ok,
		dispatch::{DispatchResult, GetDispatchInfo},
	},
	sp_runtime::TokenError,
};

fn attest_batch(items: Vec<(AccountId, TitleSpec)>) -> DispatchResult {
	Titles::attest_batch(RuntimeOrigin::signed(CUSTODIAN), items.try_into().unwrap())
}

fn confirm_batch(titles: &[u32]) -> DispatchResult {
	Titles::confirm_batch(RuntimeOrigin::signed(VERIFIER), titles.to_vec().try_into().unwrap())
}

fn live_titles() -> u32 {
	Custodians::<Test>::get(CUSTODIAN).unwrap().live_titles
}

#[test]
fn attest_batch_should_attest_each_item_for_its_owner() {
	ExtBuilder::default().build_and_execute(|| {
		let disks = TitleSpec { class: AssetClass::Storage, model: DISK, ..spec(3) };
		assert_ok!(attest_batch(vec![(OWNER, spec(1)), (BUYER, disks), (OWNER, spec(5))]));
		let titles = [0, 1, 2].map(|title| crate::Titles::<Test>::get(title).unwrap());
		let attestations = [0, 1, 2].map(|title| Attestations::<Test>::get(title).unwrap());
		assert_eq!(attestations.map(|attested| attested.beneficiary), [OWNER, BUYER, OWNER]);
		assert_eq!(titles.map(|title| title.model), [GPU, DISK, GPU]);
		assert_eq!(Serials::<Test>::get(serial(6)), Some(2));
		assert_eq!(live_titles(), 3);
		assert_eq!(deposit_held(&CUSTODIAN), 3 * SPEC_DEPOSIT);
		let attested = System::events()
			.into_iter()
			.filter(|record| {
				matches!(record.event, RuntimeEvent::Titles(Event::TitleAttested { .. }))
			})
			.count();
		assert_eq!(attested, 3);
	});
}

#[test]
fn attest_batch_should_take_sixty_four_titles() {
	ExtBuilder::default().build_and_execute(|| {
		let items = (0..64).map(|index| (OWNER, spec(2 * index))).collect::<Vec<_>>();
		assert_ok!(attest_batch(items.clone()));
		assert_eq!(live_titles(), 64);
		let more = [items, vec![(OWNER, spec(128))]].concat();
		assert!(Delivery::try_from(more).is_err());
	});
}

#[test]
fn attest_batch_should_fail_when_a_serial_occurs_twice_anywhere() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			attest_batch(vec![(OWNER, spec(1)), (BUYER, spec(3)), (OWNER, spec(2))]),
			Error::<Test>::DuplicateSerial
		);
		let twice = vec![serial(1), serial(1)].try_into().unwrap();
		assert_noop!(
			attest_batch(vec![(OWNER, TitleSpec { serials: twice, ..spec(1) })]),
			Error::<Test>::DuplicateSerial
		);
	});
}

#[test]
fn attest_batch_should_attest_nothing_when_one_item_fails() {
	ExtBuilder::default().build_and_execute(|| {
		attested(9);
		let good = || (OWNER, spec(1));
		for (bad, error) in [
			(spec(9), Error::<Test>::SerialTaken),
			(TitleSpec { serials: Default::default(), ..spec(3) }, Error::<Test>::NoSerials),
			(TitleSpec { facility: Default::default(), ..spec(3) }, Error::<Test>::EmptyFacility),
			(TitleSpec { model: 99, ..spec(3) }, Error::<Test>::ModelNotListed),
			(TitleSpec { model: DISK, ..spec(3) }, Error::<Test>::WrongClass),
			(
				TitleSpec { commissioned_at: START + 1, ..spec(3) },
				Error::<Test>::CommissionedInFuture,
			),
		] {
			assert_noop!(attest_batch(vec![good(), (BUYER, bad)]), error);
		}
		assert_eq!(live_titles(), 1);
		assert_ok!(attest_batch(vec![good()]));
	});
}

#[test]
fn attest_batch_should_fail_when_empty_or_the_custodian_may_not_attest() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(attest_batch(vec![]), Error::<Test>::EmptyBatch);
		let items = || Delivery::try_from(vec![(OWNER, spec(1))]).unwrap();
		assert_noop!(
			Titles::attest_batch(RuntimeOrigin::signed(STRANGER), items()),
			Error::<Test>::UnknownParty
		);
		assert_ok!(Titles::suspend_party(RuntimeOrigin::root(), PartyKind::Custodian, RIVAL));
		assert_noop!(
			Titles::attest_batch(RuntimeOrigin::signed(RIVAL), items()),
			Error::<Test>::PartySuspended
		);
		assert_ok!(Titles::withdraw_bond(RuntimeOrigin::signed(CUSTODIAN), BOND - MIN_BOND + 1));
		assert_noop!(attest_batch(vec![(OWNER, spec(1))]), Error::<Test>::BondTooLow);
	});
}

#[test]
fn attest_batch_should_change_nothing_when_deposits_are_not_covered() {
	ExtBuilder::default().build_and_execute(|| {
		let spare = ENDOWMENT - BOND - EXISTENTIAL_DEPOSIT - 2 * SPEC_DEPOSIT + 1;
		assert_ok!(Titles::post_bond(RuntimeOrigin::signed(CUSTODIAN), spare));
		let two = vec![(OWNER, spec(1)), (OWNER, spec(3))];
		assert_noop!(attest_batch(two.clone()), TokenError::FundsUnavailable);
		assert_ok!(Titles::withdraw_bond(RuntimeOrigin::signed(CUSTODIAN), 1));
		assert_ok!(attest_batch(two));
	});
}

#[test]
fn attest_batch_should_weigh_by_titles_serials_and_documents() {
	ExtBuilder::default().build_and_execute(|| {
		let one = TitleSpec {
			serials: vec![serial(9)].try_into().unwrap(),
			documents: Default::default(),
			..spec(0)
		};
		let delivery = vec![(OWNER, spec(1)), (OWNER, spec(3)), (OWNER, one)].try_into().unwrap();
		let call = RuntimeCall::Titles(Call::attest_batch { delivery });
		// Three titles; two serials beyond one of each; two times two papers.
		assert_eq!(call.get_dispatch_info().call_weight, <() as WeightInfo>::attest_batch(3, 2, 4));
	});
}

#[test]
fn confirm_batch_should_mint_every_nft() {
	ExtBuilder::default().build_and_execute(|| {
		let titles = [attested(1), attested(3), attested(5)];
		assert_ok!(confirm_batch(&titles[..2]));
		let status = |title| crate::Titles::<Test>::get(title).unwrap().status;
		assert_eq!(
			titles.map(status),
			[TitleStatus::Active, TitleStatus::Active, TitleStatus::Attested]
		);
		assert_eq!(titles.map(owner_of), [Some(OWNER), Some(OWNER), None]);
		assert_eq!(
			last_event(),
			Event::TitleConfirmed { title: titles[1], verifier: VERIFIER, owner: OWNER }
		);
	});
}

#[test]
fn confirm_batch_should_take_sixty_four_titles() {
	ExtBuilder::default().build_and_execute(|| {
		let titles = (0..64).map(|index| attested(2 * index)).collect::<Vec<_>>();
		assert_ok!(confirm_batch(&titles));
		assert!(ConfirmBatch::try_from(vec![0; 65]).is_err());
	});
}

#[test]
fn confirm_batch_should_confirm_nothing_when_one_title_cannot_be() {
	ExtBuilder::default().build_and_execute(|| {
		let (good, confirmed) = (attested(1), active(3));
		assert_noop!(confirm_batch(&[]), Error::<Test>::EmptyBatch);
		assert_noop!(confirm_batch(&[good, good]), Error::<Test>::NotAttested);
		assert_noop!(confirm_batch(&[good, confirmed]), Error::<Test>::NotAttested);
		assert_noop!(confirm_batch(&[good, 77]), Error::<Test>::UnknownTitle);
		assert_noop!(
			Titles::confirm_batch(RuntimeOrigin::signed(OWNER), vec![good].try_into().unwrap()),
			Error::<Test>::UnknownParty
		);
		assert_ok!(Titles::register_party(RuntimeOrigin::root(), CUSTODIAN, PartyInfo::Verifier));
		assert_ok!(Titles::attest(RuntimeOrigin::signed(RIVAL), OWNER, spec(5)));
		let batch = vec![confirmed + 1, good].try_into().unwrap();
		assert_noop!(
			Titles::confirm_batch(RuntimeOrigin::signed(CUSTODIAN), batch),
			Error::<Test>::VerifierIsCustodian
		);
		assert_ok!(Titles::suspend_party(RuntimeOrigin::root(), PartyKind::Custodian, RIVAL));
		assert_noop!(confirm_batch(&[good, confirmed + 1]), Error::<Test>::PartySuspended);
		assert_eq!(owner_of(good), None);
	});
}
