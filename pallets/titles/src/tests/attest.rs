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
		let TitleSpec { class, model, serials, facility, condition, commissioned_at, .. } = spec(1);

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
				status: TitleStatus::Attested,
				suspended: Governed::new(false),
				line: None,
				loss: None,
				covers: Default::default(),
				appraisals: Default::default(),
			})
		);
		assert_eq!(
			Attestations::<Test>::get(0),
			Some(Attestation {
				facility,
				beneficiary: OWNER,
				verifier: None,
				// 2 CLBR and a tenth for each of two serials. A tenth for each paper is held beside.
				ticket: ticket(2_200_000_000_000),
			})
		);
		assert_eq!(TitleSerials::<Test>::get(0), serials);
		assert_eq!(Serials::<Test>::get(serial(1)), Some(0));
		assert_eq!(Serials::<Test>::get(serial(2)), Some(0));
		assert_eq!(
			Documents::<Test>::get(0, DocumentKind::WarehouseReceipt),
			Some(Document {
				hash: H256::repeat_byte(0xaa),
				filed_by: CUSTODIAN,
				ticket: ticket(100_000_000_000),
			})
		);
		assert_eq!(Documents::<Test>::get(0, DocumentKind::LienFiling), None);
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
fn attest_should_take_seventy_two_serials_and_six_documents() {
	ExtBuilder::default().build_and_execute(|| {
		let kinds = [
			DocumentKind::WarehouseReceipt,
			DocumentKind::BailmentAgreement,
			DocumentKind::LienFiling,
			DocumentKind::LienWaiver,
			DocumentKind::BurnInReport,
			DocumentKind::PurchaseInvoice,
		];
		let full = TitleSpec {
			serials: (0..72).map(serial).collect::<Vec<_>>().try_into().unwrap(),
			documents: kinds.map(|kind| (kind, H256::zero())).to_vec().try_into().unwrap(),
			..spec(1)
		};
		assert_ok!(attest(full));
		assert_eq!(deposit_held(&CUSTODIAN), 2 * CLBR + 78 * CLBR / 10);
		assert!(SerialHashes::try_from(vec![H256::zero(); 73]).is_err());
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
		assert_ok!(Titles::withdraw_bond(RuntimeOrigin::signed(CUSTODIAN), BOND - MIN_BOND + 1));
		assert_noop!(attest(spec(1)), Error::<Test>::BondTooLow);
		assert_ok!(Titles::post_bond(RuntimeOrigin::signed(CUSTODIAN), 1));
		assert_ok!(attest(spec(1)));
	});
}

#[test]
fn attest_should_fail_when_facility_or_serials_are_missing() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			attest(TitleSpec { facility: Default::default(), ..spec(1) }),
			Error::<Test>::EmptyFacility
		);
		assert_noop!(
			attest(TitleSpec { serials: Default::default(), ..spec(1) }),
			Error::<Test>::NoSerials
		);
	});
}

#[test]
fn attest_should_fail_when_a_serial_is_given_twice() {
	ExtBuilder::default().build_and_execute(|| {
		let serials = vec![serial(1), serial(2), serial(1)].try_into().unwrap();
		assert_noop!(attest(TitleSpec { serials, ..spec(1) }), Error::<Test>::DuplicateSerial);
	});
}

#[test]
fn attest_should_fail_when_a_serial_belongs_to_another_title() {
	ExtBuilder::default().build_and_execute(|| {
		attested(1);
		assert_noop!(attest(spec(2)), Error::<Test>::SerialTaken);
		assert_noop!(
			Titles::attest(RuntimeOrigin::signed(RIVAL), BUYER, spec(2)),
			Error::<Test>::SerialTaken
		);
		assert_ok!(attest(spec(3)));
	});
}

#[test]
fn attest_should_fail_when_a_kind_of_document_is_given_twice() {
	ExtBuilder::default().build_and_execute(|| {
		let documents = vec![
			(DocumentKind::LienWaiver, H256::repeat_byte(1)),
			(DocumentKind::LienWaiver, H256::repeat_byte(2)),
		];
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
		assert_ok!(attest(TitleSpec { commissioned_at: START, ..spec(1) }));
	});
}

#[test]
fn attest_should_change_nothing_when_deposit_is_not_covered() {
	ExtBuilder::default().build_and_execute(|| {
		let spare = Balances::balance(&CUSTODIAN) - EXISTENTIAL_DEPOSIT - SPEC_DEPOSIT + 1;
		assert_ok!(Titles::post_bond(RuntimeOrigin::signed(CUSTODIAN), spare));
		assert_noop!(attest(spec(1)), TokenError::FundsUnavailable);

		assert_ok!(Titles::withdraw_bond(RuntimeOrigin::signed(CUSTODIAN), 1));
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
