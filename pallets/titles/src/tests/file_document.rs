// SPDX-License-Identifier: Apache-2.0

//! Papers of a title: only added, dated, and needed.

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::{
	titles::{DocumentKind, DocumentKinds, Ineligibility, Paper},
	traits::LineRules,
	Seconds,
};
use caliber_testkit::Rules;
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, dispatch::DispatchResult, traits::fungible::Inspect},
	sp_core::H256,
	sp_runtime::TokenError,
};

fn file(who: AccountId, title: u32, kind: DocumentKind) -> DispatchResult {
	filed(who, title, paper(kind, 0x77))
}

fn lapsing(kind: DocumentKind, dated: Seconds, lapses: Seconds) -> Paper {
	Paper { dated, lapses: Some(lapses), ..paper(kind, 1) }
}

#[test]
fn file_document_should_add_a_paper_with_a_deposit() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		set_time(START + 7);
		assert_ok!(file(CUSTODIAN, title, DocumentKind::BurnInReport));
		let paper = paper(DocumentKind::BurnInReport, 0x77);
		let ticket = ticket(CLBR / 10);
		assert_eq!(
			Documents::<Test>::get(title, 2),
			Some(Document { paper, filed_by: CUSTODIAN, filed_at: START + 7, ticket })
		);
		assert_eq!(deposit_held(&CUSTODIAN), SPEC_DEPOSIT + RECORDS_DEPOSIT + CLBR / 10);
		assert_eq!(
			last_event(),
			Event::DocumentFiled { title, document: 2, paper, filed_by: CUSTODIAN }
		);
	});
}

#[test]
fn file_document_should_leave_the_papers_that_are_there() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		// The custodian gave the invoice with the attestation.
		assert_ok!(filed(OWNER, title, paper(DocumentKind::PurchaseInvoice, 1)));
		assert_ok!(send_nft(OWNER, title, BUYER));
		assert_noop!(
			file(OWNER, title, DocumentKind::PurchaseInvoice),
			Error::<Test>::DocumentNotYours
		);
		assert_ok!(filed(BUYER, title, paper(DocumentKind::PurchaseInvoice, 2)));
		for (who, deposit) in [
			(CUSTODIAN, SPEC_DEPOSIT + RECORDS_DEPOSIT),
			(OWNER, DEPOSIT_PER_ITEM),
			(BUYER, DEPOSIT_PER_ITEM),
		] {
			assert_eq!(deposit_held(&who), deposit);
		}
		let documents = Titles::title(title).unwrap().documents;
		let hashes = documents.iter().map(|paper| paper.hash);
		let expected = [0xaa, 0xbb, 1, 2].map(H256::repeat_byte);
		assert_eq!(hashes.collect::<Vec<_>>(), expected);
	});
}

#[test]
fn file_document_should_be_for_those_whom_the_kind_concerns_while_free() {
	use DocumentKind::*;
	ExtBuilder::default().build_and_execute(|| {
		let (free, waiting) = (active(1), attested(5));
		for kind in [WarehouseReceipt, BailmentAgreement, BurnInReport, Inspection] {
			for title in [free, waiting] {
				assert_ok!(file(CUSTODIAN, title, kind));
				for who in [OWNER, VERIFIER, STRANGER, CURATOR] {
					assert_noop!(file(who, title, kind), Error::<Test>::DocumentNotYours);
				}
			}
		}
		for kind in [LienFiling, LienWaiver] {
			for title in [free, waiting] {
				assert_ok!(file(CUSTODIAN, title, kind));
				assert_noop!(file(STRANGER, title, kind), Error::<Test>::DocumentNotYours);
			}
			assert_ok!(file(OWNER, free, kind));
			assert_noop!(file(OWNER, waiting, kind), Error::<Test>::DocumentNotYours);
		}
		assert_ok!(file(OWNER, free, PurchaseInvoice));
		for title in [free, waiting] {
			for who in [CUSTODIAN, STRANGER] {
				assert_noop!(file(who, title, PurchaseInvoice), Error::<Test>::DocumentNotYours);
			}
		}
	});
}

#[test]
fn pledged_paper_should_not_change() {
	ExtBuilder::default().build_and_execute(|| {
		Rules::change(|rules| {
			rules.require_papers(DocumentKinds::NONE.with(DocumentKind::LienFiling))
		});
		let title = active(1);
		assert_ok!(file(CUSTODIAN, title, DocumentKind::LienFiling));
		assert_ok!(<Titles as Encumber<AccountId>>::encumber(title, &OWNER, 9));
		let papers = || Titles::title(title).unwrap().documents;
		let before = papers();
		for kind in DocumentKind::ALL {
			for who in [CUSTODIAN, OWNER, VERIFIER, STRANGER] {
				assert_noop!(file(who, title, kind), Error::<Test>::CuratorFiles);
			}
		}
		assert_eq!(papers(), before);

		// The curator alone adds, and renews a filing before it lapses.
		give_clbr(CURATOR);
		set_time(START + 364 * DAY);
		let renewed = lapsing(DocumentKind::LienFiling, START + 364 * DAY, START + 700 * DAY);
		assert_ok!(filed(CURATOR, title, renewed));
		assert_eq!(papers()[..3], before);
		set_time(START + 700 * DAY);
		assert_eq!(paper_state(title), Ok(()));
		set_time(START + 700 * DAY + 1);
		let lapsed = Err(Ineligibility::DocumentLapsed(DocumentKind::LienFiling));
		assert_eq!(paper_state(title), lapsed);
	});
}

/// What the papers of a title say by the present rules.
fn paper_state(title: u32) -> Result<(), Ineligibility> {
	let record = record_of(title);
	record.ensure_papers(Rules::present().required_papers(record.class), Titles::now())
}

fn give_clbr(to: AccountId) {
	let stranger = RuntimeOrigin::signed(STRANGER);
	assert_ok!(Balances::transfer_keep_alive(stranger, to, 10 * CLBR));
}

#[test]
fn title_should_need_the_papers_of_its_class() {
	ExtBuilder::default().build_and_execute(|| {
		let needed = DocumentKinds::NONE
			.with(DocumentKind::WarehouseReceipt)
			.with(DocumentKind::BailmentAgreement)
			.with(DocumentKind::LienFiling);
		assert_eq!(RuleValuesOfGenesis::default().required_papers_compute, needed);
		let title = active(1);
		assert_eq!(Titles::eligibility(title), Ok(()));
		// Another class asks for nothing of this one.
		Rules::change(|rules| rules.required_papers_storage = DocumentKinds::ALL);
		assert_eq!(Titles::eligibility(title), Ok(()));
		Rules::change(|rules| rules.required_papers_compute = needed);
		let missing = |kind| Err(Ineligibility::DocumentMissing(kind));
		assert_eq!(Titles::eligibility(title), missing(DocumentKind::BailmentAgreement));
		assert_noop!(
			<Titles as Encumber<AccountId>>::encumber(title, &OWNER, 9),
			Error::<Test>::Ineligible(Ineligibility::DocumentMissing(
				DocumentKind::BailmentAgreement
			))
		);
		assert_ok!(file(CUSTODIAN, title, DocumentKind::BailmentAgreement));
		assert_eq!(Titles::eligibility(title), missing(DocumentKind::LienFiling));
		let until = START + DAY;
		let filing = lapsing(DocumentKind::LienFiling, START, until);
		assert_ok!(filed(OWNER, title, filing));
		set_time(until);
		assert_eq!(Titles::eligibility(title), Ok(()));
		set_time(until + 1);
		let lapsed = Err(Ineligibility::DocumentLapsed(DocumentKind::LienFiling));
		assert_eq!(Titles::eligibility(title), lapsed);
		// The last of a kind counts.
		assert_ok!(filed(OWNER, title, lapsing(DocumentKind::LienFiling, START, until + DAY)));
		assert_eq!(Titles::eligibility(title), Ok(()));
	});
}

type RuleValuesOfGenesis = caliber_primitives::governance::values::RuleValues;

#[test]
fn file_document_should_fail_when_date_or_lapse_are_not_those_of_the_kind() {
	use DocumentKind::*;
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		let fails = |paper, error: Error<Test>| {
			assert_noop!(filed(CUSTODIAN, title, paper), error);
		};
		let year = 365 * DAY;
		fails(Paper { dated: START + 1, ..paper(WarehouseReceipt, 1) }, Error::DatedInFuture);
		fails(Paper { dated: 1_000 * START, ..paper(WarehouseReceipt, 1) }, Error::DatedInFuture);
		fails(Paper { lapses: None, ..paper(LienFiling, 1) }, Error::LapseMissing);
		fails(lapsing(BurnInReport, START, START + DAY), Error::LapseNotTaken);
		for lapses in [START - 1, START] {
			fails(lapsing(WarehouseReceipt, START, lapses), Error::AlreadyLapsed);
		}
		fails(lapsing(BailmentAgreement, START, START + 10 * year + 1), Error::TimeTooFar);
		fails(lapsing(LienFiling, START, 1_000 * (START + year)), Error::TimeTooFar);
		// Five years with their leap days.
		let dated = START - year;
		fails(lapsing(LienFiling, dated, dated + 1_827 * DAY + 1), Error::LapseTooLate);
		assert_ok!(filed(CUSTODIAN, title, lapsing(LienFiling, dated, dated + 1_827 * DAY)));
		assert_ok!(filed(CUSTODIAN, title, lapsing(Inspection, START, START + 10 * year)));
		assert_noop!(
			filed(OWNER, title, lapsing(PurchaseInvoice, START, START + DAY)),
			Error::<Test>::LapseNotTaken
		);
		// The same when attested.
		let documents = vec![Paper { lapses: None, ..paper(LienFiling, 1) }];
		let spec = TitleSpec { documents: documents.try_into().unwrap(), ..spec(7) };
		assert_noop!(
			Titles::attest(RuntimeOrigin::signed(CUSTODIAN), OWNER, spec),
			Error::<Test>::LapseMissing
		);
	});
}

#[test]
fn file_document_should_leave_room_for_the_curator() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		for _ in 2..24 {
			assert_ok!(file(CUSTODIAN, title, DocumentKind::Inspection));
		}
		assert_noop!(
			file(CUSTODIAN, title, DocumentKind::Inspection),
			Error::<Test>::TooManyDocuments
		);
		assert_ok!(<Titles as Encumber<AccountId>>::encumber(title, &OWNER, 9));
		give_clbr(CURATOR);
		for _ in 24..28 {
			assert_ok!(file(CURATOR, title, DocumentKind::LienFiling));
		}
		assert_noop!(
			file(CURATOR, title, DocumentKind::LienFiling),
			Error::<Test>::TooManyDocuments
		);
	});
}

#[test]
fn file_document_should_fail_when_unknown() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(file(CUSTODIAN, 0, DocumentKind::LienFiling), Error::<Test>::UnknownTitle);
	});
}

#[test]
fn file_document_should_change_nothing_when_deposit_is_not_covered() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		let spare = ENDOWMENT - EXISTENTIAL_DEPOSIT - DEPOSIT_PER_ITEM + 1;
		let send = |from, to, amount| {
			Balances::transfer_keep_alive(RuntimeOrigin::signed(from), to, amount)
		};
		assert_ok!(send(OWNER, STRANGER, spare));
		assert_noop!(
			file(OWNER, title, DocumentKind::PurchaseInvoice),
			TokenError::FundsUnavailable
		);
		assert_ok!(send(STRANGER, OWNER, 1));
		assert_ok!(file(OWNER, title, DocumentKind::PurchaseInvoice));
	});
}

#[test]
fn documents_should_go_with_their_title_and_return_each_deposit() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(file(OWNER, title, DocumentKind::LienWaiver));
		assert_ok!(send_nft(OWNER, title, BUYER));
		assert_ok!(file(BUYER, title, DocumentKind::PurchaseInvoice));
		assert_ok!(Titles::request_redemption(RuntimeOrigin::signed(BUYER), title));
		assert_ok!(Titles::confirm_release(RuntimeOrigin::signed(CUSTODIAN), title));
		assert_ok!(plain(Titles::acknowledge_release(RuntimeOrigin::signed(BUYER), title)));
		assert_eq!(Documents::<Test>::iter().count(), 0);
		assert_eq!(Balances::balance(&OWNER), ENDOWMENT);
		// What is kept of the release holds the deposit of the request.
		assert_eq!(Balances::balance(&BUYER), ENDOWMENT - REDEMPTION_DEPOSIT);
		assert_eq!(Balances::balance(&CUSTODIAN), ENDOWMENT - RECORDS_DEPOSIT);
	});
}

/// The curator alone would break the line: a filing that lapses in a second takes the place of one
/// that is good for a year.
#[test]
fn curator_should_not_shorten_what_the_line_relies_on() {
	ExtBuilder::default().build_and_execute(|| {
		Rules::change(|rules| {
			rules.require_papers(
				DocumentKinds::NONE
					.with(DocumentKind::LienFiling)
					.with(DocumentKind::WarehouseReceipt),
			)
		});
		let (title, year) = (active(1), START + 365 * DAY);
		assert_ok!(file(CUSTODIAN, title, DocumentKind::LienFiling));
		assert_ok!(<Titles as Encumber<AccountId>>::encumber(title, &OWNER, 9));
		give_clbr(CURATOR);
		for lapses in [START + 1, year - 1] {
			let shorter = lapsing(DocumentKind::LienFiling, START, lapses);
			assert_noop!(filed(CURATOR, title, shorter), Error::<Test>::LapseTooSoon);
			// The receipt does not lapse.
			let lapsing = lapsing(DocumentKind::WarehouseReceipt, START, lapses);
			assert_noop!(filed(CURATOR, title, lapsing), Error::<Test>::LapseTooSoon);
		}
		// Of a kind that the title has not, one that gives notice.
		let waiver = |lapses| lapsing(DocumentKind::LienWaiver, START, lapses);
		assert_noop!(
			filed(CURATOR, title, waiver(START + NOTICE - 1)),
			Error::<Test>::LapseTooSoon
		);
		assert_ok!(filed(CURATOR, title, waiver(START + NOTICE)));
		assert_eq!(paper_state(title), Ok(()));
		assert_ok!(filed(CURATOR, title, lapsing(DocumentKind::LienFiling, START, year)));
	});
}

/// The curator is silent at the end of the year, or has filed all that it may.
#[test]
fn owner_should_renew_a_filing_that_lapses_soon_without_the_curator() {
	ExtBuilder::default().build_and_execute(|| {
		Rules::change(|rules| {
			rules.require_papers(DocumentKinds::NONE.with(DocumentKind::LienFiling))
		});
		let (title, year) = (active(1), START + 365 * DAY);
		assert_ok!(file(CUSTODIAN, title, DocumentKind::LienFiling));
		assert_ok!(<Titles as Encumber<AccountId>>::encumber(title, &OWNER, 9));
		give_clbr(CURATOR);
		for _ in 3..28 {
			assert_ok!(file(CURATOR, title, DocumentKind::Inspection));
		}
		assert_noop!(
			file(CURATOR, title, DocumentKind::Inspection),
			Error::<Test>::TooManyDocuments
		);
		let renewed = |lapses| lapsing(DocumentKind::LienFiling, START, lapses);
		set_time(year - NOTICE - 1);
		assert_noop!(filed(OWNER, title, renewed(year + 365 * DAY)), Error::<Test>::CuratorFiles);
		set_time(year - NOTICE);
		for who in [STRANGER, VERIFIER] {
			assert_noop!(
				filed(who, title, renewed(year + NOTICE)),
				Error::<Test>::DocumentNotYours
			);
		}
		assert_noop!(filed(OWNER, title, renewed(year + NOTICE - 1)), Error::<Test>::LapseTooSoon);
		assert_ok!(filed(OWNER, title, renewed(year + NOTICE)));
		// It does not lapse soon any more: nobody fills the log second by second.
		assert_noop!(
			filed(CUSTODIAN, title, renewed(year + 3 * NOTICE)),
			Error::<Test>::CuratorFiles
		);
		set_time(year + NOTICE + 1);
		let lapsed = Err(Ineligibility::DocumentLapsed(DocumentKind::LienFiling));
		assert_eq!(paper_state(title), lapsed);
		// A lapsed one is made good by either.
		assert_noop!(
			filed(CUSTODIAN, title, renewed(Titles::now() + NOTICE - 1)),
			Error::<Test>::LapseTooSoon
		);
		assert_ok!(filed(CUSTODIAN, title, renewed(Titles::now() + NOTICE)));
		assert_eq!(paper_state(title), Ok(()));
	});
}
