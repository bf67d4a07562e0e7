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
	sp_core::H256,
	sp_runtime::TokenError,
};

fn attest_batch(items: Vec<(AccountId, TitleSpec)>) -> DispatchResult {
	Titles::attest_batch(RuntimeOrigin::signed(CUSTODIAN), items.try_into().unwrap())
}

fn confirm_batch(titles: &[u32]) -> DispatchResult {
	plain(Titles::confirm_batch(RuntimeOrigin::signed(VERIFIER), by_evidence(titles)))
}

fn by_evidence(titles: &[u32]) -> ConfirmBatch {
	titles.iter().map(|title| (*title, evidence(*title))).collect::<Vec<_>>().try_into().unwrap()
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
		assert_eq!(TitleDevices::<Test>::get(2), vec![device(5), device(6)]);
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
fn attest_batch_should_fail_when_a_device_occurs_twice_anywhere() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			attest_batch(vec![(OWNER, spec(1)), (BUYER, spec(3)), (OWNER, spec(2))]),
			Error::<Test>::DuplicateDevice
		);
		let twice = vec![device(1), device(1)].try_into().unwrap();
		assert_noop!(
			attest_batch(vec![(OWNER, TitleSpec { devices: twice, ..spec(1) })]),
			Error::<Test>::DuplicateDevice
		);
	});
}

#[test]
fn attest_batch_should_attest_nothing_when_one_item_fails() {
	ExtBuilder::default().build_and_execute(|| {
		active(9);
		let good = || (OWNER, spec(1));
		for (bad, error) in [
			(spec(9), Error::<Test>::DeviceTaken),
			(TitleSpec { devices: Default::default(), ..spec(3) }, Error::<Test>::NoDevices),
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
		assert_ok!(Titles::withdraw_bond(
			RuntimeOrigin::signed(CUSTODIAN),
			Surety::CustodianBond,
			BOND - MIN_BOND + 1
		));
		assert_noop!(attest_batch(vec![(OWNER, spec(1))]), Error::<Test>::BondTooLow);
	});
}

#[test]
fn attest_batch_should_change_nothing_when_deposits_are_not_covered() {
	ExtBuilder::default().build_and_execute(|| {
		let spare = ENDOWMENT - EXISTENTIAL_DEPOSIT - 2 * SPEC_DEPOSIT + 1;
		let send = |from, to: AccountId, amount| {
			Balances::transfer_allow_death(RuntimeOrigin::signed(from), to, amount)
		};
		assert_ok!(send(CUSTODIAN, STRANGER, spare));
		let two = vec![(OWNER, spec(1)), (OWNER, spec(3))];
		assert_noop!(attest_batch(two.clone()), TokenError::FundsUnavailable);
		assert_ok!(send(STRANGER, CUSTODIAN, 1));
		assert_ok!(attest_batch(two));
	});
}

#[test]
fn attest_batch_should_weigh_by_titles_devices_and_documents() {
	ExtBuilder::default().build_and_execute(|| {
		let one = TitleSpec {
			devices: vec![device(9)].try_into().unwrap(),
			documents: Default::default(),
			..spec(0)
		};
		let delivery = vec![(OWNER, spec(1)), (OWNER, spec(3)), (OWNER, one)].try_into().unwrap();
		let call = RuntimeCall::Titles(Call::attest_batch { delivery });
		// Three titles; two devices beyond one of each; two times two papers.
		assert_eq!(call.get_dispatch_info().call_weight, <() as WeightInfo>::attest_batch(3, 2, 4));
	});
}

/// Eight machines of 64 units each, or one unit more.
#[test]
fn batches_should_take_five_hundred_and_twelve_devices() {
	ExtBuilder::default().build_and_execute(|| {
		let item = |first: u64, units: u64| {
			let devices = (first..first + units).map(device).collect::<Vec<_>>();
			let devices = devices.try_into().unwrap();
			(OWNER, TitleSpec { devices, documents: Default::default(), ..spec(0) })
		};
		let full = (0..8).map(|index| item(100 * index, 64)).collect::<Vec<_>>();
		let more = [full[1..].to_vec(), vec![item(0, 65)]].concat();
		assert_noop!(attest_batch(more), Error::<Test>::TooManyDevices);
		assert_ok!(attest_batch(full));
		assert_ok!(attest_batch(vec![item(900, 1)]));

		let nine = by_evidence(&[0, 1, 2, 3, 4, 5, 6, 7, 8]);
		assert_noop!(
			plain(Titles::confirm_batch(RuntimeOrigin::signed(VERIFIER), nine)),
			Error::<Test>::TooManyDevices
		);
		let batch = by_evidence(&[0, 1, 2, 3, 4, 5, 6, 7]);
		let call = RuntimeCall::Titles(Call::confirm_batch { titles: batch.clone() });
		// Eight titles of up to 512 devices: what the weight is paid for at most.
		let most = <() as WeightInfo>::confirm_batch(8, 504);
		assert_eq!(call.get_dispatch_info().call_weight, most);
		let done = Titles::confirm_batch(RuntimeOrigin::signed(VERIFIER), batch).unwrap();
		assert_eq!(done.actual_weight, Some(most));
		assert_eq!(Devices::<Test>::iter().count(), 512);
	});
}

#[test]
fn confirm_batch_should_take_the_same_device_once() {
	ExtBuilder::default().build_and_execute(|| {
		let titles = [attested(1), attested(2)];
		assert_noop!(confirm_batch(&titles), Error::<Test>::DeviceTaken);
		assert_ok!(confirm_batch(&titles[..1]));
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
			Event::TitleConfirmed {
				title: titles[1],
				verifier: VERIFIER,
				owner: OWNER,
				evidence: evidence(titles[1]),
			}
		);
	});
}

#[test]
fn confirm_batch_should_take_sixty_four_titles() {
	ExtBuilder::default().build_and_execute(|| {
		let titles = (0..64).map(|index| attested(2 * index)).collect::<Vec<_>>();
		assert_ok!(confirm_batch(&titles));
		assert!(ConfirmBatch::try_from(vec![(0, H256::zero()); 65]).is_err());
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
			plain(Titles::confirm_batch(RuntimeOrigin::signed(OWNER), by_evidence(&[good]))),
			Error::<Test>::UnknownParty
		);
		verifies_too(&CUSTODIAN);
		assert_ok!(Titles::attest(RuntimeOrigin::signed(RIVAL), OWNER, spec(5)));
		let batch = by_evidence(&[confirmed + 1, good]);
		assert_noop!(
			plain(Titles::confirm_batch(RuntimeOrigin::signed(CUSTODIAN), batch)),
			Error::<Test>::VerifierIsCustodian
		);
		assert_ok!(Titles::suspend_party(RuntimeOrigin::root(), PartyKind::Custodian, RIVAL));
		assert_noop!(confirm_batch(&[good, confirmed + 1]), Error::<Test>::PartySuspended);
		assert_eq!(owner_of(good), None);
	});
}
