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
	assert!(broken(|_| {
		let document = Document { hash: H256::zero(), filed_by: CUSTODIAN, deposit: 0 };
		Documents::<Test>::insert(7, DocumentKind::LienFiling, document)
	})
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
	.starts_with("3: a title is confirmed"));
	assert!(broken(|collection| {
		assert_ok!(Nfts::mint_into(&collection, &2, &OWNER, &ItemConfig::default(), true));
	})
	.starts_with("3: a title is confirmed"));
	assert!(broken(|collection| {
		assert_ok!(Nfts::mint_into(&collection, &7, &OWNER, &ItemConfig::default(), true));
	})
	.starts_with("3: the NFT of"));
	assert!(broken(|_| change_title(0, |title| title.status = TitleStatus::Redeemed))
		.starts_with("3: a redeemed"));
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
	assert!(broken(|collection| {
		assert_ok!(<Nfts as Transfer<AccountId>>::disable_transfer(&collection, &0));
	})
	.starts_with("4: a title is"));
	for status in [TitleStatus::Suspended, TitleStatus::Lost, TitleStatus::RedemptionRequested] {
		assert!(
			broken(|_| change_title(0, |title| title.status = status)).starts_with("4: a title is")
		);
	}
	assert!(broken(|_| change_title(1, |title| title.status = TitleStatus::RedemptionRequested))
		.starts_with("4: a line holds"));
}

fn redemption_by(requester: AccountId) -> Redemption<AccountId> {
	Redemption { requester, requested_at: 0, deadline: 0, deposit: 0, escalated: false }
}

#[test]
fn try_state_should_find_broken_redemptions_and_losses() {
	let ask = || {
		assert_ok!(Titles::request_redemption(RuntimeOrigin::signed(OWNER), 0));
	};
	let lose = || {
		assert_ok!(Titles::report_loss(RuntimeOrigin::root(), 0));
	};
	assert!(broken(|_| Redemptions::<Test>::insert(0, redemption_by(OWNER)))
		.starts_with("7: a title is in redemption"));
	assert!(broken(|_| {
		ask();
		Redemptions::<Test>::remove(0);
	})
	.starts_with("7: a title is in redemption"));
	assert!(broken(|_| Redemptions::<Test>::insert(7, redemption_by(OWNER)))
		.starts_with("7: redemption of"));
	assert!(broken(|_| {
		ask();
		Redemptions::<Test>::insert(0, redemption_by(BUYER));
	})
	.starts_with("7: redemption was"));
	assert!(broken(|_| LostSince::<Test>::insert(0, 0)).starts_with("7: a title is lost"));
	assert!(broken(|_| {
		lose();
		LostSince::<Test>::remove(0);
	})
	.starts_with("7: a title is lost"));
	assert!(broken(|_| LostSince::<Test>::insert(7, 0)).starts_with("7: loss of"));
}

#[test]
fn try_state_should_find_broken_claims() {
	let claim =
		|deposit| BondClaim { custodian: CUSTODIAN, claimant: OWNER, opened_at: START, deposit };
	let count = |open_claims, frozen| {
		Custodians::<Test>::mutate(CUSTODIAN, |record| {
			let record = record.as_mut().unwrap();
			record.open_claims = open_claims;
			record.frozen = frozen;
		})
	};
	assert!(broken(|_| BondClaims::<Test>::insert(0, claim(0))).starts_with("8: claims against"));
	assert!(broken(|_| count(1, true)).starts_with("8: claims against"));
	assert!(broken(|_| {
		BondClaims::<Test>::insert(0, claim(0));
		count(1, false);
	})
	.starts_with("8: a claim is open"));
	assert!(broken(|_| {
		BondClaims::<Test>::insert(0, BondClaim { custodian: STRANGER, ..claim(0) });
	})
	.starts_with("8: a claim against"));
	assert!(broken(|_| {
		BondClaims::<Test>::insert(0, claim(5));
		count(1, true);
	})
	.starts_with("8: deposits and hold"));
	assert!(broken(|_| {
		BondClaims::<Test>::insert(0, claim(u128::MAX));
		BondClaims::<Test>::insert(1, claim(1));
		count(2, true);
	})
	.starts_with("8: deposits overflow"));
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
