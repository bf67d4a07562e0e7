// SPDX-License-Identifier: Apache-2.0

//! Titles of machines: attested, insured, appraised, confirmed, pledged.

use crate::{
	tests::mock::{Titles, *},
	Encumber, NextAppraisalId, NextPolicyId, NextTitleId, PolicyTerms, TitleSpec,
};
use caliber_primitives::{
	titles::{AppraisalId, AssetClass, Condition, DocumentKind, PolicyId},
	Balance, LineId, Seconds, TitleId,
};
use polkadot_sdk::{
	frame_support::{
		assert_ok,
		dispatch::{DispatchResult, DispatchResultWithPostInfo},
	},
	sp_core::H256,
};

pub fn serial(number: u64) -> H256 {
	H256::from_low_u64_be(number)
}

/// Two GPUs with the serials `first` and `first + 1`, and two papers.
pub fn spec(first: u64) -> TitleSpec {
	TitleSpec {
		class: AssetClass::Compute,
		model: GPU,
		serials: vec![serial(first), serial(first + 1)].try_into().unwrap(),
		facility: b"Reykjavik 1, hall B".to_vec().try_into().unwrap(),
		condition: Condition::New,
		commissioned_at: START - 90 * DAY,
		documents: vec![
			(DocumentKind::WarehouseReceipt, H256::repeat_byte(0xaa)),
			(DocumentKind::PurchaseInvoice, H256::repeat_byte(0xbb)),
		]
		.try_into()
		.unwrap(),
	}
}

/// The deposit for `spec`: two serials and two papers.
pub const SPEC_DEPOSIT: Balance = DEPOSIT_BASE + 4 * DEPOSIT_PER_ITEM;

/// Attest machines of `OWNER` with the serials `first` and `first + 1`.
pub fn attested(first: u64) -> TitleId {
	let title = NextTitleId::<Test>::get();
	assert_ok!(Titles::attest(RuntimeOrigin::signed(CUSTODIAN), OWNER, spec(first)));
	title
}

/// Terms of a policy that lasts for `seconds` from now on, the premium paid for all of it.
pub fn terms(limit: Balance, seconds: Seconds) -> PolicyTerms {
	let until = Titles::now() + seconds;
	PolicyTerms {
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

/// Have a title appraised by `who` for `seconds` from now on.
pub fn appraised(who: AccountId, title: TitleId, value: Balance, seconds: Seconds) -> AppraisalId {
	let appraisal = NextAppraisalId::<Test>::get();
	let document = H256::repeat_byte(0xee);
	let until = Titles::now() + seconds;
	assert_ok!(Titles::file_appraisal(RuntimeOrigin::signed(who), title, value, document, until));
	appraisal
}

/// The same, insured for all it is worth for a hundred years, and confirmed.
pub fn active(first: u64) -> TitleId {
	let title = attested(first);
	insured(title, WORTH, 36_525 * DAY);
	assert_ok!(Titles::confirm(RuntimeOrigin::signed(VERIFIER), title));
	title
}

/// The same, pledged to `line`.
pub fn pledged(first: u64, line: LineId) -> TitleId {
	let title = active(first);
	assert_ok!(<Titles as Encumber<AccountId>>::encumber(title, &OWNER, line));
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
