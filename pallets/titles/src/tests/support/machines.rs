// SPDX-License-Identifier: Apache-2.0

//! Titles of machines: attested, insured, appraised, confirmed, pledged.

use crate::{
	tests::mock::{Titles, *},
	DeviceIds, Encumber, NextAppraisalId, NextPolicyId, NextTitleId, PartyInfo, PolicyTerms,
	Surety, TitleDevices, TitleSpec,
};
use caliber_primitives::{
	titles::{AppraisalId, AssetClass, Condition, DocumentKind, Paper, PolicyId, PolicyKind},
	Balance, LineId, Seconds, TitleId,
};
use polkadot_sdk::{
	frame_support::{
		assert_ok,
		dispatch::{DispatchResult, DispatchResultWithPostInfo},
	},
	sp_core::H256,
	sp_runtime::Perbill,
};

pub fn device(number: u64) -> H256 {
	H256::from_low_u64_be(number)
}

/// A paper of a month before the start; a lien filing is good for a year.
pub fn paper(kind: DocumentKind, byte: u8) -> Paper {
	let lapses = (kind == DocumentKind::LienFiling).then_some(START + 365 * DAY);
	Paper { kind, hash: H256::repeat_byte(byte), dated: START - 30 * DAY, lapses }
}

/// Have a paper filed.
pub fn filed(who: AccountId, title: TitleId, paper: Paper) -> DispatchResult {
	let Paper { kind, hash, dated, lapses } = paper;
	Titles::file_document(RuntimeOrigin::signed(who), title, kind, hash, dated, lapses)
}

/// Two GPUs with the devices `first` and `first + 1`, and two papers.
pub fn spec(first: u64) -> TitleSpec {
	TitleSpec {
		class: AssetClass::Compute,
		model: GPU,
		devices: vec![device(first), device(first + 1)].try_into().unwrap(),
		condition: Condition::New,
		commissioned_at: START - 90 * DAY,
		documents: vec![
			paper(DocumentKind::WarehouseReceipt, 0xaa),
			paper(DocumentKind::PurchaseInvoice, 0xbb),
		]
		.try_into()
		.unwrap(),
	}
}

/// The deposit for `spec`: two devices and two papers.
pub const SPEC_DEPOSIT: Balance = DEPOSIT_BASE + 4 * DEPOSIT_PER_ITEM;
/// What is held for the records of its devices from the confirmation on, for ever.
pub const RECORDS_DEPOSIT: Balance = 2 * DEPOSIT_PER_ITEM;

/// The digest of what is attested of a title; zeros of a title that does not exist.
pub fn evidence(title: TitleId) -> H256 {
	Titles::title(title).map_or_else(H256::zero, |report| report.evidence)
}

/// Have `who` confirm a title by the evidence of this moment.
pub fn confirm_as(who: AccountId, title: TitleId) -> DispatchResult {
	plain(Titles::confirm(RuntimeOrigin::signed(who), title, evidence(title)))
}

/// The devices of a title that are not lost; one that does not exist where there are none, so that
/// a report of their loss names something.
pub fn machines_of(title: TitleId) -> DeviceIds {
	let listed = TitleDevices::<Test>::get(title);
	let is_lost = |id: &H256| Titles::device(*id).is_some_and(|device| device.lost_at.is_some());
	let kept = listed.into_iter().filter(|id| !is_lost(id)).collect::<Vec<_>>();
	if kept.is_empty() { vec![device(u64::MAX)] } else { kept }.try_into().unwrap()
}

/// Attest machines of `OWNER` with the devices `first` and `first + 1`.
pub fn attested(first: u64) -> TitleId {
	let title = NextTitleId::<Test>::get();
	assert_ok!(Titles::attest(RuntimeOrigin::signed(CUSTODIAN), OWNER, spec(first)));
	title
}

/// Terms of a policy that lasts for `seconds` from now on, the premium paid for all of it.
pub fn terms(limit: Balance, seconds: Seconds) -> PolicyTerms {
	let until = Titles::now() + seconds;
	PolicyTerms {
		kind: PolicyKind::Casualty,
		limit,
		premium_paid_until: until,
		expires_at: until,
		document: H256::repeat_byte(0xcc),
		reference: b"HM-1042".to_vec().try_into().unwrap(),
	}
}

/// Have a title insured by `INSURER` for `limit` and `seconds` from now on.
pub fn insured(title: TitleId, limit: Balance, seconds: Seconds) -> PolicyId {
	let policy = NextPolicyId::<Test>::get();
	let terms = terms(limit, seconds);
	assert_ok!(Titles::bind_policy(RuntimeOrigin::signed(INSURER), title, terms));
	policy
}

/// Register an account as a verifier, with its bond.
pub fn verifies_too(who: &AccountId) {
	assert_ok!(Titles::register_party(referendum(), who.clone(), PartyInfo::Verifier));
	let origin = RuntimeOrigin::signed(who.clone());
	assert_ok!(Titles::post_bond(origin, Surety::VerifierBond, VERIFIER_BOND));
}

/// Have the machines of a free title handed over to its owner, by both keys.
pub fn handed_over(title: TitleId) {
	let (owner, custodian) = (owner_of(title).unwrap(), record_of(title).custodian);
	assert_ok!(Titles::request_redemption(RuntimeOrigin::signed(owner.clone()), title));
	assert_ok!(Titles::confirm_release(RuntimeOrigin::signed(custodian), title));
	assert_ok!(plain(Titles::acknowledge_release(RuntimeOrigin::signed(owner), title)));
}

/// Give an insurer a capacity, and let it bind limits without capital.
pub fn binds_anything(who: &AccountId) {
	assert_ok!(Titles::set_insurer_capacity(referendum(), who.clone(), Balance::MAX));
	Values::mutate(|values| values.capital_share = Perbill::zero());
}

/// Have a title appraised by `who` for `seconds` from now on.
pub fn appraised(who: AccountId, title: TitleId, value: Balance, seconds: Seconds) -> AppraisalId {
	let appraisal = NextAppraisalId::<Test>::get();
	let document = H256::repeat_byte(0xee);
	let until = Titles::now() + seconds;
	assert_ok!(Titles::file_appraisal(RuntimeOrigin::signed(who), title, value, document, until));
	appraisal
}

/// The same, insured for all it is worth for five years, and confirmed.
pub fn active(first: u64) -> TitleId {
	let title = attested(first);
	insured(title, WORTH, LONGEST);
	assert_ok!(confirm_as(VERIFIER, title));
	title
}

/// The same, pledged to `line`.
pub fn encumbered(first: u64, line: LineId) -> TitleId {
	let title = active(first);
	assert_ok!(<Titles as Encumber<AccountId>>::encumber(title, &OWNER, line));
	title
}

/// The same, and the custodian has acknowledged the pledge.
pub fn pledged(first: u64, line: LineId) -> TitleId {
	let title = encumbered(first, line);
	assert_ok!(Titles::acknowledge_pledge(RuntimeOrigin::signed(CUSTODIAN), line));
	title
}

/// End the insurance of a title.
pub fn drop_policies(title: TitleId) {
	assert_ok!(Titles::remove_policies(title));
}

/// The outcome of a call, whatever it weighed.
pub fn plain(result: DispatchResultWithPostInfo) -> DispatchResult {
	result.map(|_| ()).map_err(|failure| failure.error)
}

/// Send the NFT of a title as its owner would.
pub fn send_nft(from: AccountId, title: TitleId, to: AccountId) -> DispatchResult {
	let collection = Titles::collection().unwrap();
	Nfts::transfer(RuntimeOrigin::signed(from), collection, title, to)
}
