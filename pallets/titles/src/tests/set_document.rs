// SPDX-License-Identifier: Apache-2.0

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::titles::DocumentKind;
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, dispatch::DispatchResult, traits::fungible::Inspect},
	sp_core::H256,
	sp_runtime::TokenError,
};

const HASH: H256 = H256::repeat_byte(0x77);

fn set(who: AccountId, title: u32, kind: DocumentKind) -> DispatchResult {
	Titles::set_document(RuntimeOrigin::signed(who), title, kind, HASH)
}

#[test]
fn set_document_should_file_a_new_paper_with_a_deposit() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(set(CUSTODIAN, title, DocumentKind::BurnInReport));
		assert_eq!(
			Documents::<Test>::get(title, DocumentKind::BurnInReport),
			Some(Document { hash: HASH, filed_by: CUSTODIAN, ticket: ticket(CLBR / 10) })
		);
		assert_eq!(deposit_held(&CUSTODIAN), SPEC_DEPOSIT + CLBR / 10);
		assert_eq!(
			last_event(),
			Event::DocumentSet {
				title,
				kind: DocumentKind::BurnInReport,
				hash: HASH,
				filed_by: CUSTODIAN,
			}
		);
	});
}

#[test]
fn set_document_should_return_the_deposit_of_what_it_replaces() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		// The custodian gave the invoice with the attestation.
		assert_ok!(set(OWNER, title, DocumentKind::PurchaseInvoice));
		assert_eq!(deposit_held(&CUSTODIAN), SPEC_DEPOSIT - DEPOSIT_PER_ITEM);
		assert_eq!(deposit_held(&OWNER), DEPOSIT_PER_ITEM);
		assert_ok!(set(OWNER, title, DocumentKind::PurchaseInvoice));
		assert_eq!(deposit_held(&OWNER), DEPOSIT_PER_ITEM);

		assert_ok!(send_nft(OWNER, title, BUYER));
		assert_noop!(
			set(OWNER, title, DocumentKind::PurchaseInvoice),
			Error::<Test>::DocumentNotYours
		);
		assert_ok!(set(BUYER, title, DocumentKind::PurchaseInvoice));
		assert_eq!(deposit_held(&OWNER), 0);
		assert_eq!(deposit_held(&BUYER), DEPOSIT_PER_ITEM);
	});
}

#[test]
fn set_document_should_be_for_those_whom_the_kind_concerns() {
	use DocumentKind::*;
	ExtBuilder::default().build_and_execute(|| {
		let (free, held, waiting) = (active(1), pledged(3, 9), attested(5));
		for kind in [WarehouseReceipt, BailmentAgreement, BurnInReport] {
			for title in [free, held, waiting] {
				assert_ok!(set(CUSTODIAN, title, kind));
				for who in [OWNER, VERIFIER, STRANGER] {
					assert_noop!(set(who, title, kind), Error::<Test>::DocumentNotYours);
				}
			}
		}
		for kind in [LienFiling, LienWaiver] {
			for title in [free, held, waiting] {
				assert_ok!(set(CUSTODIAN, title, kind));
				assert_noop!(set(STRANGER, title, kind), Error::<Test>::DocumentNotYours);
			}
			assert_ok!(set(OWNER, free, kind));
			assert_noop!(set(OWNER, held, kind), Error::<Test>::Encumbered);
			assert_noop!(set(OWNER, waiting, kind), Error::<Test>::DocumentNotYours);
		}
		assert_ok!(set(OWNER, free, PurchaseInvoice));
		assert_noop!(set(OWNER, held, PurchaseInvoice), Error::<Test>::Encumbered);
		for title in [free, held, waiting] {
			for who in [CUSTODIAN, STRANGER] {
				assert_noop!(set(who, title, PurchaseInvoice), Error::<Test>::DocumentNotYours);
			}
			for who in [CUSTODIAN, OWNER, APPRAISER] {
				assert_noop!(set(who, title, AppraisalReport), Error::<Test>::DocumentByAppraiser);
			}
		}
	});
}

#[test]
fn set_document_should_fail_when_unknown() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(set(CUSTODIAN, 0, DocumentKind::LienFiling), Error::<Test>::UnknownTitle);
	});
}

#[test]
fn set_document_should_change_nothing_when_deposit_is_not_covered() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		let spare = ENDOWMENT - EXISTENTIAL_DEPOSIT - DEPOSIT_PER_ITEM + 1;
		let send = |from, to, amount| {
			Balances::transfer_keep_alive(RuntimeOrigin::signed(from), to, amount)
		};
		assert_ok!(send(OWNER, STRANGER, spare));
		assert_noop!(
			set(OWNER, title, DocumentKind::PurchaseInvoice),
			TokenError::FundsUnavailable
		);
		assert_ok!(send(STRANGER, OWNER, 1));
		assert_ok!(set(OWNER, title, DocumentKind::PurchaseInvoice));
	});
}

#[test]
fn documents_should_go_with_their_title_and_return_each_deposit() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(set(OWNER, title, DocumentKind::LienWaiver));
		assert_ok!(send_nft(OWNER, title, BUYER));
		assert_ok!(set(BUYER, title, DocumentKind::PurchaseInvoice));
		assert_ok!(Titles::request_redemption(RuntimeOrigin::signed(BUYER), title));
		assert_ok!(Titles::confirm_release(RuntimeOrigin::signed(CUSTODIAN), title));
		assert_eq!(Documents::<Test>::iter().count(), 0);
		assert_eq!(Balances::balance(&OWNER), ENDOWMENT);
		assert_eq!(Balances::balance(&BUYER), ENDOWMENT);
		assert_eq!(Balances::balance(&CUSTODIAN), ENDOWMENT - BOND);
	});
}
