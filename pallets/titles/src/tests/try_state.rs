// SPDX-License-Identifier: Apache-2.0

//! Each invariant is broken once.

use crate::{
	mock::{Titles, *},
	*,
};
use caliber_primitives::titles::{DocumentKind, TitleStatus};
use polkadot_sdk::{
	frame_support::{
		assert_ok,
		traits::tokens::nonfungibles_v2::{Mutate, Transfer},
	},
	pallet_nfts::ItemConfig,
	sp_core::H256,
	sp_runtime::DispatchError,
};

/// Break the state of a chain with one active title, 0, one pledged title, 1, and one attested
/// title, 2, and tell what is found.
fn broken(by: impl FnOnce(u32)) -> &'static str {
	ExtBuilder::default().build().execute_with(|| {
		active(1);
		pledged(3, 9);
		attested(5);
		assert_ok!(Titles::do_try_state());
		by(Titles::collection().unwrap());
		match Titles::do_try_state() {
			Err(DispatchError::Other(found)) => found,
			other => panic!("expected a broken invariant, got {other:?}"),
		}
	})
}

fn change_title(title: u32, change: impl FnOnce(&mut Title<AccountId>)) {
	crate::Titles::<Test>::mutate(title, |record| change(record.as_mut().unwrap()));
}

#[test]
fn try_state_should_find_broken_titles() {
	assert!(broken(|_| NextTitleId::<Test>::put(2)).starts_with("1: a title has an id"));
	assert!(broken(|_| CustodyRenewedAt::<Test>::remove(0)).starts_with("1: a title without"));
	assert!(broken(|_| change_title(0, |title| title.verifier = None)).starts_with("1: a title is"));
	assert!(broken(|_| CustodyRenewedAt::<Test>::insert(7, 0)).starts_with("1: custody of"));
	assert!(broken(|_| { Documents::<Test>::insert(7, DocumentKind::LienFiling, H256::zero()) })
		.starts_with("1: document of"));
	assert!(broken(|_| Revenue::<Test>::insert(7, RevenueHistory::default()))
		.starts_with("1: revenue of"));
}

#[test]
fn try_state_should_find_broken_serials() {
	assert!(broken(|_| TitleSerials::<Test>::insert(7, SerialHashes::default()))
		.starts_with("2: serials of an unknown"));
	assert!(broken(|_| change_title(0, |title| title.units = 3)).starts_with("2: as many"));
	assert!(broken(|_| Serials::<Test>::insert(serial(1), 1)).starts_with("2: a serial is of"));
	assert!(broken(|_| Serials::<Test>::remove(serial(1))).starts_with("2: a serial is of"));
	assert!(broken(|_| TitleSerials::<Test>::remove(0)).starts_with("2: a title without"));
	assert!(broken(|_| Serials::<Test>::insert(serial(99), 0)).starts_with("2: a serial that no"));
}

#[test]
fn try_state_should_find_broken_nfts() {
	assert!(broken(|_| Collection::<Test>::kill()).starts_with("3: titles without"));
	assert!(broken(|_| Collection::<Test>::put(77)).starts_with("3: the collection"));
	assert!(broken(|collection| {
		assert_ok!(<Nfts as Mutate<AccountId, ItemConfig>>::burn(&collection, &0, None));
	})
	.starts_with("3: a title is active"));
	assert!(broken(|collection| {
		assert_ok!(Nfts::mint_into(&collection, &2, &OWNER, &ItemConfig::default(), true));
	})
	.starts_with("3: a title is active"));
	assert!(broken(|collection| {
		assert_ok!(Nfts::mint_into(&collection, &7, &OWNER, &ItemConfig::default(), true));
	})
	.starts_with("3: the NFT of"));
	assert!(broken(|_| change_title(0, |title| title.status = TitleStatus::Suspended))
		.starts_with("3: a title is active"));
}

#[test]
fn try_state_should_find_broken_encumbrances() {
	assert!(broken(|_| Encumbrances::<Test>::remove(1)).starts_with("4: a title is"));
	assert!(broken(|_| Encumbrances::<Test>::insert(0, 9)).starts_with("4: a title is"));
	assert!(broken(|_| Encumbrances::<Test>::insert(2, 9)).starts_with("4: a title is"));
	assert!(broken(|_| Encumbrances::<Test>::insert(7, 9)).starts_with("4: encumbrance of"));
	assert!(broken(|collection| {
		assert_ok!(<Nfts as Transfer<AccountId>>::enable_transfer(&collection, &1));
	})
	.starts_with("4: a title is"));
}

#[test]
fn try_state_should_find_broken_custodians() {
	let change = |by: fn(&mut Custodian)| {
		Custodians::<Test>::mutate(CUSTODIAN, |record| by(record.as_mut().unwrap()))
	};
	assert!(broken(|_| change(|custodian| custodian.live_titles = 2)).starts_with("5: live"));
	assert!(broken(|_| change(|custodian| custodian.bond += 1)).starts_with("5: bond"));
	assert!(broken(|_| change_title(0, |title| title.deposit += 1)).starts_with("5: deposits and"));
	assert!(broken(|_| change_title(0, |title| title.deposit = u128::MAX))
		.starts_with("5: deposits overflow"));
	assert!(broken(|_| Custodians::<Test>::remove(CUSTODIAN)).starts_with("5: the custodian"));
}

#[test]
fn try_state_should_find_broken_revenue() {
	let history = |buckets| RevenueHistory { total: 10, latest: 700, buckets };
	assert!(broken(|_| Revenue::<Test>::insert(0, history([1; 12]))).starts_with("6: the periods"));
	assert!(broken(|_| Revenue::<Test>::insert(0, history([u128::MAX; 12])))
		.starts_with("6: revenue overflows"));
}
