// SPDX-License-Identifier: Apache-2.0

//! Deposits pay for the items and bytes that are stored, with their short forms.

use crate::{tests::mock::*, *};
use caliber_primitives::{Balance, TitleId};
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
	let values = [
		bytes::<TitleOf<Test>>() - short_forms,
		bytes::<AttestationOf<Test>>(),
		length_of::<H256, MAX_SERIALS>(),
		bytes::<RevenueHistory>(),
		// Of the NFT: owner and deposit, settings, and the owner's entry, which is empty.
		bytes::<Nft>(),
		bytes::<ItemConfig>(),
		bytes::<()>(),
	];
	let title = footprint(values.len() as u64, values.iter().sum());
	assert_eq!(TITLE_FOOTPRINT, title);

	let serial = footprint(1, bytes::<H256>() + bytes::<TitleId>());
	assert_eq!(SERIAL_FOOTPRINT, serial);
	assert_eq!(
		title_footprint(MAX_SERIALS),
		footprint(title.count + 72 * serial.count, title.size + 72 * serial.size)
	);
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
		let serials: Vec<_> = (0..u64::from(MAX_SERIALS)).map(serial).collect();
		let longest = vec![b'x'; MAX_FACILITY_LEN as usize];
		let title = NextTitleId::<Test>::get();
		let largest = TitleSpec {
			serials: serials.try_into().unwrap(),
			facility: longest.try_into().unwrap(),
			documents: Default::default(),
			..spec(1)
		};
		assert_ok!(crate::tests::mock::Titles::attest(
			RuntimeOrigin::signed(CUSTODIAN),
			OWNER,
			largest
		));
		assert_ok!(crate::tests::mock::Titles::confirm(RuntimeOrigin::signed(VERIFIER), title));
		assert_ok!(crate::tests::mock::Titles::pay_revenue(RuntimeOrigin::signed(PAYER), title, 1));
		let (items, bytes) = (stored().0 - items, stored().1 - bytes);
		let paid = title_footprint(MAX_SERIALS);
		assert_eq!(items, paid.count);
		// No line, brake or loss is on it: 5 - 1, 10 and 46 - 1 bytes less.
		assert!(bytes <= paid.size && bytes + 59 >= paid.size, "{bytes} of {}", paid.size);
	});
}
