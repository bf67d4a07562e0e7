// SPDX-License-Identifier: Apache-2.0

//! What wallets, marketplaces and indexers see of a title's NFT: metadata, and attributes of the
//! collection's owner.

use crate::{
	impls::ATTRIBUTES,
	tests::mock::{Titles, *},
	Encumber, TitleSpec, MAX_STATE_LEN,
};
use caliber_primitives::{
	titles::{AssetClass, TitleStatus},
	TitleId,
};
use polkadot_sdk::{
	frame_support::{assert_ok, traits::tokens::nonfungibles_v2::Inspect},
	pallet_nfts::{Attribute, Collection, CollectionMetadataOf, ItemMetadataOf},
};

const LINE: u32 = 4_294_967_295;

fn collection() -> u32 {
	Titles::collection().unwrap()
}

/// Returns an attribute in the namespace of the collection's owner, as text.
fn attribute(title: TitleId, key: &str) -> Option<String> {
	let value = <Nfts as Inspect<AccountId>>::attribute(&collection(), &title, key.as_bytes());
	value.map(|value| String::from_utf8(value).unwrap())
}

#[track_caller]
fn assert_state(title: TitleId, expected: &str) {
	assert_eq!(attribute(title, "state").as_deref(), Some(expected));
	assert!(expected.len() <= MAX_STATE_LEN);
}

#[test]
fn collection_should_name_itself_when_it_is_made() {
	ExtBuilder::default().build_and_execute(|| {
		let metadata = CollectionMetadataOf::<Test>::get(collection()).unwrap();
		assert_eq!(
			core::str::from_utf8(&metadata.data),
			Ok("{\"name\":\"Caliber titles\",\"description\":\"Titles to machines. Only \
				attributes of the collection's owner are the chain's word.\"}")
		);
	});
}

#[test]
fn nft_should_tell_what_a_buyer_needs_when_the_title_is_confirmed() {
	ExtBuilder::default().build_and_execute(|| {
		let pending = attested(1);
		for key in ATTRIBUTES {
			assert_eq!(attribute(pending, key), None);
		}
		let title = active(3);
		let metadata = ItemMetadataOf::<Test>::get(collection(), title).unwrap();
		assert_eq!(core::str::from_utf8(&metadata.data), Ok("{\"name\":\"Caliber title 1\"}"));
		let expected = [
			("class", "compute"),
			("model", "0000000000000000000000000000000000000000000000000000000000000007"),
			("units", "2"),
			("facility", "Reykjavik 1"),
			("state", "free"),
		];
		for (key, value) in expected {
			assert_eq!(attribute(title, key).as_deref(), Some(value), "{key}");
		}
		assert_eq!(expected.map(|(key, _)| key), ATTRIBUTES);
	});
}

#[test]
fn nft_should_name_each_class_when_it_is_minted() {
	ExtBuilder::default().build_and_execute(|| {
		let classes = [
			(AssetClass::Storage, DISK, "storage"),
			(AssetClass::Bandwidth, SWITCH, "bandwidth"),
			(AssetClass::Power, BATTERY, "power"),
		];
		for (index, (class, model, expected)) in classes.into_iter().enumerate() {
			let title = crate::NextTitleId::<Test>::get();
			let of_class = TitleSpec { class, model, ..spec(10 * (1 + index as u64)) };
			assert_ok!(Titles::attest(RuntimeOrigin::signed(CUSTODIAN), OWNER, of_class));
			assert_ok!(confirm_as(VERIFIER, title));
			assert_eq!(attribute(title, "class").as_deref(), Some(expected));
		}
	});
}

#[test]
fn state_should_follow_the_title_when_it_is_pledged_and_freed() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(<Titles as Encumber<AccountId>>::encumber(title, &OWNER, LINE));
		assert_state(title, "pledged to line 4294967295");
		assert_ok!(Titles::suspend_title(RuntimeOrigin::root(), title));
		assert_state(title, "suspended, pledged to line 4294967295");
		assert_ok!(Titles::reinstate_title(RuntimeOrigin::root(), title));
		assert_ok!(Titles::report_loss(
			RuntimeOrigin::signed(CUSTODIAN),
			title,
			machines_of(title)
		));
		assert_state(title, "lost, pledged to line 4294967295");
		assert_ok!(<Titles as Encumber<AccountId>>::release(title, LINE));
		assert_state(title, "lost");
		assert_ok!(Titles::recover_title(RuntimeOrigin::root(), title));
		assert_state(title, "free");
		assert_eq!(status_of(title), TitleStatus::Active);
	});
}

#[test]
fn state_should_follow_the_title_when_it_is_seized_or_asked_for() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, 9);
		assert_state(title, "pledged to line 9");
		assert_ok!(<Titles as Encumber<AccountId>>::seize(title, 9, &BUYER));
		assert_state(title, "free");
		assert_ok!(Titles::request_redemption(RuntimeOrigin::signed(BUYER), title));
		assert_state(title, "in redemption");
		assert_ok!(Titles::cancel_redemption(RuntimeOrigin::signed(BUYER), title));
		assert_state(title, "free");
	});
}

/// It ends by itself: no call would rewrite the state then.
#[test]
fn state_should_not_tell_of_a_suspension_that_ends_by_itself() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(Titles::suspend_title(RuntimeOrigin::signed(CommitteeAccount::get()), title));
		assert_state(title, "free");
	});
}

#[test]
fn metadata_and_attributes_should_be_gone_when_the_nft_is_burnt() {
	ExtBuilder::default().build_and_execute(|| {
		let before = Collection::<Test>::get(collection());
		let (title, lost) = (active(1), active(3));
		handed_over(title);
		assert_ok!(Titles::report_loss(RuntimeOrigin::signed(CUSTODIAN), lost, machines_of(lost)));
		set_time(START + LOSS_PERIOD + 1);
		assert_ok!(Titles::retire_lost(RuntimeOrigin::signed(OWNER), lost));
		for title in [title, lost] {
			assert!(!ItemMetadataOf::<Test>::contains_key(collection(), title));
		}
		assert_eq!(Attribute::<Test>::iter_prefix((collection(),)).count(), 0);
		assert_eq!(Collection::<Test>::get(collection()), before);
	});
}
