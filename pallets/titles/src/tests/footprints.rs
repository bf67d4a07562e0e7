// SPDX-License-Identifier: Apache-2.0

//! Deposits pay for the items and bytes that are stored, with their short forms.

use crate::{tests::mock::*, *};
use caliber_primitives::Balance;
use codec::MaxEncodedLen;
use polkadot_sdk::{
	frame_support::{
		traits::{ConstU32, Footprint},
		BoundedVec,
	},
	pallet_nfts::{ItemConfig, ItemDeposit, ItemDetails},
	sp_core::H256,
};

/// Returns the most bytes of a value of this type.
fn bytes<T: MaxEncodedLen>() -> u64 {
	T::max_encoded_len() as u64
}

/// Returns the most bytes of a list without its elements: its length.
fn length_of<T: MaxEncodedLen, const MAX: u32>() -> u64 {
	bytes::<BoundedVec<T, ConstU32<MAX>>>() - u64::from(MAX) * bytes::<T>()
}

fn footprint(count: u64, size: u64) -> Footprint {
	Footprint { count, size }
}

#[test]
fn footprint_of_a_title_should_be_all_that_is_stored_for_it() {
	// Policies and appraisals pay for their short forms in the record.
	let short_forms = u64::from(MAX_POLICIES) * bytes::<Cover>()
		+ u64::from(MAX_APPRAISALS) * bytes::<Estimate>();
	type Approvals = BoundedVec<u8, ConstU32<0>>;
	type Nft = ItemDetails<AccountId, ItemDeposit<Balance, AccountId>, Approvals>;
	// A text of so many bytes, its length, and that its deposit is zero and of no account.
	let text = |len: u64| {
		let length = if len < 64 { 1 } else { 2 };
		length + len + 1 + bytes::<Balance>()
	};
	let values = [
		bytes::<TitleOf<Test>>() - short_forms,
		bytes::<AttestationOf<Test>>(),
		length_of::<H256, MAX_DEVICES>(),
		length_of::<Loss<AccountId>, MAX_DEVICES>(),
		// Of the NFT: owner and deposit, settings, and the owner's entry, which is empty.
		bytes::<Nft>(),
		bytes::<ItemConfig>(),
		bytes::<()>(),
		// Its metadata and attributes: text, and a deposit of nobody.
		text(r#"{"name":"Caliber title 4294967295"}"#.len() as u64),
		text("bandwidth".len() as u64),
		text(64),
		text("72".len() as u64),
		text(u64::from(MAX_FACILITY_LEN)),
		text(MAX_STATE_LEN as u64),
	];
	let title = footprint(values.len() as u64, values.iter().sum());
	assert_eq!(TITLE_FOOTPRINT, title);

	// A device may be the whole of a loss.
	let listed = bytes::<H256>() + bytes::<Loss<AccountId>>();
	assert_eq!(LISTED_DEVICE_FOOTPRINT, footprint(0, listed));
	assert_eq!(title_footprint(MAX_DEVICES), footprint(title.count, title.size + 72 * 117));
	assert_eq!(DEVICE_FOOTPRINT, footprint(1, bytes::<DeviceOf<Test>>()));
	assert_eq!(CUSTODY_OFFER_FOOTPRINT, footprint(1, bytes::<CustodyOfferOf<Test>>()));
}

#[test]
fn footprints_of_what_is_filed_on_a_title_should_be_all_that_is_stored_for_it() {
	assert_eq!(DOCUMENT_FOOTPRINT, footprint(1, bytes::<DocumentOf<Test>>()));
	// The first of a list pays for the list.
	let policy = length_of::<PolicyOf<Test>, MAX_POLICIES>() + bytes::<PolicyOf<Test>>();
	assert_eq!(POLICY_FOOTPRINT, footprint(1, policy + bytes::<Cover>()));
	let appraisal = length_of::<AppraisalOf<Test>, MAX_APPRAISALS>() + bytes::<AppraisalOf<Test>>();
	assert_eq!(APPRAISAL_FOOTPRINT, footprint(1, appraisal + bytes::<Estimate>()));
	let request = bytes::<RedemptionOf<Test>>() + bytes::<BondClaimOf<Test>>();
	assert_eq!(REDEMPTION_FOOTPRINT, footprint(2, request));
}

/// A title of the greatest size, as the state has it.
#[test]
fn footprint_should_cover_the_bytes_in_the_state_when_a_title_is_as_large_as_it_may_be() {
	use polkadot_sdk::{frame_support::assert_ok, sp_io::storage};
	fn stored() -> (u64, u64) {
		let (mut count, mut size, mut key) = (0, 0, Vec::new());
		let ours = [&b"Titles"[..], b"Nfts"].map(polkadot_sdk::sp_io::hashing::twox_128);
		while let Some(next) = storage::next_key(&key) {
			if ours.iter().any(|prefix| next.starts_with(prefix)) {
				count += 1;
				size += storage::get(&next).map_or(0, |value| value.len() as u64);
			}
			key = next;
		}
		(count, size)
	}
	ExtBuilder::default().build_and_execute(|| {
		// What all titles share exists from the first one on.
		active(1_000);
		let (items, bytes) = stored();
		let devices: Vec<_> = (0..u64::from(MAX_DEVICES)).map(device).collect();
		let title = NextTitleId::<Test>::get();
		let largest = TitleSpec {
			devices: devices.try_into().unwrap(),
			documents: Default::default(),
			..spec(1)
		};
		assert_ok!(crate::tests::mock::Titles::attest(
			RuntimeOrigin::signed(CUSTODIAN),
			OWNER,
			largest
		));
		assert_ok!(confirm_as(VERIFIER, title));
		assert_ok!(crate::tests::mock::Titles::pay_revenue(RuntimeOrigin::signed(PAYER), title, 1));
		let (items, bytes) = (stored().0 - items, stored().1 - bytes);
		let (title, record) = (title_footprint(MAX_DEVICES), DEVICE_FOOTPRINT);
		let records = u64::from(MAX_DEVICES);
		let paid =
			footprint(title.count + records * record.count, title.size + records * record.size);
		// Nothing is lost: there is no list of losses, of 2 bytes and 85 for each device.
		assert_eq!(items, paid.count - 1);
		// No line, brake, struck appraisal or inspection is on it: 5 - 1, 10, 9 - 1 and 73 - 1
		// bytes less; nor a paper, whose lapse is paid for beforehand: 70 bytes. No device is lost:
		// 9 - 1 bytes less each. Its id, class, facility and state are shorter: 10 - 1, 9 - 7, 64 -
		// 11 and 48 - 4 bytes.
		let less = 4 + 10 + 8 + 72 + 70 + 2 + records * (8 + 85) + 108;
		assert!(bytes <= paid.size && bytes + less >= paid.size, "{bytes} of {}", paid.size);
	});
}
