// SPDX-License-Identifier: Apache-2.0

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::governance::Governed;
use polkadot_sdk::{
	frame_support::traits::tokens::nonfungibles_v2::Inspect,
	pallet_nfts::{CollectionConfigOf, CollectionSetting},
};

#[test]
fn genesis_should_make_a_collection_of_the_pallet_without_item_deposits() {
	let bare = ExtBuilder::default().custodians(vec![]).verifiers(vec![]);
	bare.insurers(vec![]).appraisers(vec![]).build_and_execute(|| {
		let collection = Titles::collection().unwrap();
		assert_eq!(
			<Nfts as Inspect<AccountId>>::collection_owner(&collection),
			Some(Titles::account_id())
		);
		let config = CollectionConfigOf::<Test>::get(collection).unwrap();
		assert!(config.has_disabled_setting(CollectionSetting::DepositRequired));
		assert!(config.is_setting_enabled(CollectionSetting::TransferableItems));
	});
}

#[test]
fn genesis_should_leave_the_next_collection_id_to_others() {
	ExtBuilder::default().build_and_execute(|| {
		let collection = Titles::collection().unwrap();
		polkadot_sdk::frame_support::assert_ok!(Nfts::create(
			RuntimeOrigin::signed(STRANGER),
			STRANGER,
			Default::default()
		));
		assert_eq!(
			<Nfts as Inspect<AccountId>>::collection_owner(&(collection + 1)),
			Some(STRANGER)
		);
		assert_eq!(
			<Nfts as Inspect<AccountId>>::collection_owner(&collection),
			Some(Titles::account_id())
		);
	});
}

#[test]
fn genesis_should_register_custodians_and_verifiers() {
	ExtBuilder::default()
		.custodians(vec![
			(CUSTODIAN, b"Reykjavik 1".to_vec(), 3, *b"IS"),
			(RIVAL, b"Boden 4".to_vec(), 4, *b"SE"),
		])
		.build_and_execute(|| {
			let info = CustodianInfo {
				facility: b"Reykjavik 1".to_vec().try_into().unwrap(),
				tier: 3,
				jurisdiction: *b"IS",
			};
			assert_eq!(
				Custodians::<Test>::get(CUSTODIAN),
				Some(Custodian {
					facility: 0,
					bond: BOND,
					claimed: 0,
					in_custody: 0,
					live_titles: 0,
					open_claims: 0,
					moved: 0,
					moved_loss_at: 0,
				})
			);
			assert_eq!(
				Parties::<Test>::get(PartyKind::Custodian, CUSTODIAN),
				Some(PartyRecord {
					info: PartyInfo::Custodian(info),
					suspended: Governed::new(false),
					items: 0
				})
			);
			assert_eq!(bond_held(&CUSTODIAN), BOND);
			assert_eq!(Custodians::<Test>::get(RIVAL).unwrap().facility, 1);
			assert!(Parties::<Test>::contains_key(PartyKind::Verifier, VERIFIER));
			assert!(!Parties::<Test>::contains_key(PartyKind::Verifier, STRANGER));
		});
}

#[test]
fn genesis_should_register_insurers_and_appraisers() {
	ExtBuilder::default()
		.insurers(vec![(INSURER, b"Hekla Mutual".to_vec(), *b"IS", 5)])
		.appraisers(vec![(INSURER, b"Hekla Valuers".to_vec(), *b"NO")])
		.build_and_execute(|| {
			let provider = |name: &[u8], jurisdiction| ServiceProviderInfo {
				name: name.to_vec().try_into().unwrap(),
				jurisdiction,
			};
			let registered =
				|info| Some(PartyRecord { info, suspended: Governed::new(false), items: 0 });
			let kinds = [PartyKind::Insurer, PartyKind::Appraiser];
			assert_eq!(kinds.map(|kind| Parties::<Test>::iter_prefix(kind).count()), [1, 1]);
			assert_eq!(
				Parties::<Test>::get(PartyKind::Insurer, INSURER),
				registered(PartyInfo::Insurer(provider(b"Hekla Mutual", *b"IS")))
			);
			assert_eq!(
				Insurers::<Test>::get(INSURER),
				Some(Insurer { capacity: Governed::new(5), capital: CAPITAL, bound: 0 })
			);
			assert_eq!(
				Parties::<Test>::get(PartyKind::Appraiser, INSURER),
				registered(PartyInfo::Appraiser(provider(b"Hekla Valuers", *b"NO")))
			);
		});
}

#[test]
#[should_panic(expected = "each provider is valid and named once")]
fn genesis_should_panic_when_an_insurer_is_named_twice() {
	let insurer = (INSURER, b"Hekla Mutual".to_vec(), *b"IS", 5);
	ExtBuilder::default().insurers(vec![insurer.clone(), insurer]).build();
}

#[test]
#[should_panic(expected = "each provider is valid and named once")]
fn genesis_should_panic_when_an_appraiser_has_no_name() {
	ExtBuilder::default().appraisers(vec![(APPRAISER, vec![], *b"IS")]).build();
}

#[test]
#[should_panic(expected = "each custodian is valid and named once")]
fn genesis_should_panic_when_a_custodian_is_named_twice() {
	let twice = vec![
		(CUSTODIAN, b"Reykjavik 1".to_vec(), 3, *b"IS"),
		(CUSTODIAN, b"Reykjavik 2".to_vec(), 3, *b"IS"),
	];
	ExtBuilder::default().custodians(twice).build();
}
