// SPDX-License-Identifier: Apache-2.0

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::{
	governance::Governed,
	titles::{AssetClass, DocumentKind, TitleStatus},
	Balance, TitleId,
};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, dispatch::DispatchResult, traits::fungible::Inspect},
	sp_core::H256,
	sp_runtime::TokenError,
};

fn attest(spec: TitleSpec) -> DispatchResult {
	Titles::attest(RuntimeOrigin::signed(CUSTODIAN), OWNER, spec)
}

#[test]
fn attest_should_store_the_title_and_hold_the_deposit() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(attest(spec(1)));
		let TitleSpec { class, model, devices, condition, commissioned_at, .. } = spec(1);

		assert_eq!(
			crate::Titles::<Test>::get(0),
			Some(TitleRecord {
				class,
				model,
				units: 2,
				condition,
				commissioned_at,
				facility: 0,
				custodian: CUSTODIAN,
				custody_renewed_at: START,
				custody_value: 0,
				status: TitleStatus::Attested,
				suspended: Governed::new(false),
				line: None,
				acknowledged: false,
				unmatched: 0,
				covers: Default::default(),
				appraisals: Default::default(),
				struck_until: None,
				revenue: Default::default(),
				documents: 2,
				lapses: vec![
					(DocumentKind::WarehouseReceipt, None),
					(DocumentKind::PurchaseInvoice, None)
				]
				.try_into()
				.unwrap(),
			})
		);
		assert_eq!(
			Attestations::<Test>::get(0),
			Some(Attestation {
				beneficiary: OWNER,
				verifier: None,
				attested_at: START,
				confirmed_at: None,
				evidence: None,
				inspection: None,
				// 2 CLBR and a tenth for each of two devices. A tenth for each paper is held beside.
				ticket: ticket(2_200_000_000_000),
			})
		);
		assert_eq!(TitleDevices::<Test>::get(0), devices);
		// Nothing is reserved.
		assert_eq!(Devices::<Test>::iter().count(), 0);
		assert_eq!(
			Documents::<Test>::get(0, 0),
			Some(Document {
				paper: paper(DocumentKind::WarehouseReceipt, 0xaa),
				filed_by: CUSTODIAN,
				filed_at: START,
				ticket: ticket(100_000_000_000),
			})
		);
		assert_eq!(Documents::<Test>::get(0, 2), None);
		assert_eq!(Custodians::<Test>::get(CUSTODIAN).unwrap().live_titles, 1);
		assert_eq!(deposit_held(&CUSTODIAN), 2_400_000_000_000);
		assert_eq!(bond_held(&CUSTODIAN), BOND);
		assert_eq!(owner_of(0), None);
		assert_eq!(
			last_event(),
			Event::TitleAttested {
				title: 0,
				custodian: CUSTODIAN,
				owner: OWNER,
				class: AssetClass::Compute,
				model: GPU,
				units: 2,
			}
		);
	});
}

#[test]
fn attest_should_number_titles_in_a_row() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!([attested(1), attested(3), attested(5)], [0, 1, 2]);
		assert_eq!(Custodians::<Test>::get(CUSTODIAN).unwrap().live_titles, 3);
	});
}

#[test]
fn attest_should_take_seventy_two_devices_and_seven_documents() {
	ExtBuilder::default().build_and_execute(|| {
		let full = TitleSpec {
			devices: (0..72).map(device).collect::<Vec<_>>().try_into().unwrap(),
			documents: DocumentKind::ALL.map(|kind| paper(kind, 0)).to_vec().try_into().unwrap(),
			..spec(1)
		};
		assert_ok!(attest(full));
		assert_eq!(deposit_held(&CUSTODIAN), 2 * CLBR + 79 * CLBR / 10);
		assert!(DeviceIds::try_from(vec![H256::zero(); 73]).is_err());
	});
}

#[test]
fn attest_should_fail_when_not_a_custodian_in_good_standing() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Titles::attest(RuntimeOrigin::signed(STRANGER), OWNER, spec(1)),
			Error::<Test>::UnknownParty
		);
		assert_ok!(Titles::suspend_party(RuntimeOrigin::root(), PartyKind::Custodian, CUSTODIAN));
		assert_noop!(attest(spec(1)), Error::<Test>::PartySuspended);
	});
}

#[test]
fn attest_should_need_the_minimum_bond() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Titles::withdraw_bond(
			RuntimeOrigin::signed(CUSTODIAN),
			Surety::CustodianBond,
			BOND - MIN_BOND + 1
		));
		assert_noop!(attest(spec(1)), Error::<Test>::BondTooLow);
		assert_ok!(Titles::post_bond(RuntimeOrigin::signed(CUSTODIAN), Surety::CustodianBond, 1));
		assert_ok!(attest(spec(1)));
	});
}

#[test]
fn attest_should_fail_when_devices_are_missing() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			attest(TitleSpec { devices: Default::default(), ..spec(1) }),
			Error::<Test>::NoDevices
		);
	});
}

#[test]
fn attest_should_fail_when_a_device_is_given_twice() {
	ExtBuilder::default().build_and_execute(|| {
		let devices = vec![device(1), device(2), device(1)].try_into().unwrap();
		assert_noop!(attest(TitleSpec { devices, ..spec(1) }), Error::<Test>::DuplicateDevice);
	});
}

#[test]
fn attest_should_fail_when_a_confirmed_title_stands_for_a_device() {
	ExtBuilder::default().build_and_execute(|| {
		active(1);
		assert_noop!(attest(spec(2)), Error::<Test>::DeviceTaken);
		assert_noop!(
			Titles::attest(RuntimeOrigin::signed(RIVAL), BUYER, spec(2)),
			Error::<Test>::DeviceTaken
		);
		assert_ok!(attest(spec(3)));
	});
}

#[test]
fn attest_should_work_when_others_attest_the_same_devices() {
	ExtBuilder::default().build_and_execute(|| {
		attested(1);
		assert_ok!(attest(spec(2)));
		assert_ok!(Titles::attest(RuntimeOrigin::signed(RIVAL), BUYER, spec(1)));
		assert_eq!(Devices::<Test>::iter().count(), 0);
	});
}

#[test]
fn attest_should_fail_when_a_kind_of_document_is_given_twice() {
	ExtBuilder::default().build_and_execute(|| {
		let documents =
			vec![paper(DocumentKind::LienWaiver, 1), paper(DocumentKind::LienWaiver, 2)];
		assert_noop!(
			attest(TitleSpec { documents: documents.try_into().unwrap(), ..spec(1) }),
			Error::<Test>::DuplicateDocument
		);
	});
}

#[test]
fn attest_should_work_when_there_are_no_documents() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(attest(TitleSpec { documents: Default::default(), ..spec(1) }));
		assert_eq!(deposit_held(&CUSTODIAN), DEPOSIT_BASE + 2 * DEPOSIT_PER_ITEM);
	});
}

#[test]
fn attest_should_fail_when_model_is_not_listed_or_of_another_class() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(attest(TitleSpec { model: 99, ..spec(1) }), Error::<Test>::ModelNotListed);
		assert_noop!(attest(TitleSpec { model: DISK, ..spec(1) }), Error::<Test>::WrongClass);
		assert_ok!(attest(TitleSpec { model: DISK, class: AssetClass::Storage, ..spec(1) }));
		ModelsListed::set(&false);
		assert_noop!(attest(spec(3)), Error::<Test>::ModelNotListed);
	});
}

#[test]
fn attest_should_fail_when_commissioned_in_the_future() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			attest(TitleSpec { commissioned_at: START + 1, ..spec(1) }),
			Error::<Test>::CommissionedInFuture
		);
		// Milliseconds are far in the future.
		assert_noop!(
			attest(TitleSpec { commissioned_at: (START - 90 * DAY) * 1_000, ..spec(1) }),
			Error::<Test>::CommissionedInFuture
		);
		assert_ok!(attest(TitleSpec { commissioned_at: START, ..spec(1) }));
	});
}

#[test]
fn attest_should_fail_when_commissioned_before_the_model_came_to_market() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			attest(TitleSpec { commissioned_at: RELEASE - 1, ..spec(1) }),
			Error::<Test>::CommissionedBeforeRelease
		);
		assert_ok!(attest(TitleSpec { commissioned_at: RELEASE, ..spec(1) }));
	});
}

#[test]
fn attest_should_change_nothing_when_deposit_is_not_covered() {
	ExtBuilder::default().build_and_execute(|| {
		let spare = Balances::balance(&CUSTODIAN) - EXISTENTIAL_DEPOSIT - SPEC_DEPOSIT + 1;
		let send = |from, to: AccountId, amount| {
			Balances::transfer_allow_death(RuntimeOrigin::signed(from), to, amount)
		};
		assert_ok!(send(CUSTODIAN, STRANGER, spare));
		assert_noop!(attest(spec(1)), TokenError::FundsUnavailable);

		assert_ok!(send(STRANGER, CUSTODIAN, 1));
		assert_ok!(attest(spec(1)));
	});
}

#[test]
fn attest_should_fail_when_no_id_is_left() {
	ExtBuilder::default().build_and_execute(|| {
		NextTitleId::<Test>::put(TitleId::MAX);
		assert_noop!(attest(spec(1)), Error::<Test>::TitleIdsExhausted);
	});
}

#[test]
fn attest_should_fail_when_the_count_of_titles_overflows() {
	ExtBuilder::default().build_and_execute(|| {
		let before = Custodians::<Test>::get(CUSTODIAN).unwrap();
		let full = Custodian { live_titles: u32::MAX, ..before.clone() };
		Custodians::<Test>::insert(CUSTODIAN, full);
		assert_noop!(attest(spec(1)), Error::<Test>::Overflow);
		Custodians::<Test>::insert(CUSTODIAN, before);
	});
}

#[test]
fn deposit_should_cover_custodians_separately() {
	ExtBuilder::default().build_and_execute(|| {
		attested(1);
		assert_ok!(Titles::attest(RuntimeOrigin::signed(RIVAL), OWNER, spec(3)));
		let held: [Balance; 2] = [deposit_held(&CUSTODIAN), deposit_held(&RIVAL)];
		assert_eq!(held, [SPEC_DEPOSIT, SPEC_DEPOSIT]);
	});
}
