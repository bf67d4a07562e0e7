// SPDX-License-Identifier: Apache-2.0

//! What an owner may do with the NFT of its title by the calls of `pallet-nfts`: everything while
//! the title is free, nothing that moves or destroys it while it is not.

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::titles::TitleStatus;
use polkadot_sdk::{
	frame_support::{
		assert_noop, assert_ok,
		dispatch::DispatchResult,
		traits::{fungible::Inspect, tokens::nonfungibles_v2::Inspect as InspectNft},
	},
	pallet_nfts::{Error as NftsError, Item, ItemPriceOf, PendingSwapOf},
};

const LINE: u32 = 9;

fn collection() -> u32 {
	Titles::collection().unwrap()
}

fn offer(who: AccountId, title: u32, price: u128) -> DispatchResult {
	Nfts::set_price(RuntimeOrigin::signed(who), collection(), title, Some(price), None)
}

fn buy(who: AccountId, title: u32, price: u128) -> DispatchResult {
	Nfts::buy_item(RuntimeOrigin::signed(who), collection(), title, price)
}

fn approve(who: AccountId, title: u32, delegate: AccountId) -> DispatchResult {
	Nfts::approve_transfer(RuntimeOrigin::signed(who), collection(), title, delegate, None)
}

/// Offer a title for any other title.
fn propose_swap(who: AccountId, title: u32, wanted: u32) -> DispatchResult {
	Nfts::create_swap(
		RuntimeOrigin::signed(who),
		collection(),
		title,
		collection(),
		Some(wanted),
		None,
		1_000,
	)
}

/// Give `sent` for `title`.
fn swap(who: AccountId, sent: u32, title: u32) -> DispatchResult {
	Nfts::claim_swap(RuntimeOrigin::signed(who), collection(), sent, collection(), title, None)
}

fn burn(who: AccountId, title: u32) -> DispatchResult {
	Nfts::burn(RuntimeOrigin::signed(who), collection(), title)
}

/// A title of `BUYER` to swap for.
fn title_of_buyer(first: u64) -> u32 {
	let title = active(first);
	assert_ok!(send_nft(OWNER, title, BUYER));
	title
}

/// The owner makes every offer there is: a price, an approval of `STRANGER`, a swap for `wanted`.
fn offer_all(title: u32, wanted: u32) {
	assert_ok!(offer(OWNER, title, CLBR));
	assert_ok!(approve(OWNER, title, STRANGER));
	assert_ok!(propose_swap(OWNER, title, wanted));
}

/// Nobody gets the locked title of `OWNER`. What it offered before is void, and were it offered now,
/// past the filter of the runtime, nobody could take it either.
fn assert_nobody_takes(title: u32, wanted: u32) {
	assert_nothing_is_offered(title);
	assert_noop!(buy(BUYER, title, CLBR), NftsError::<Test>::NotForSale);
	assert_noop!(swap(BUYER, wanted, title), NftsError::<Test>::UnknownSwap);
	offer_all(title, wanted);
	assert_noop!(send_nft(OWNER, title, BUYER), NftsError::<Test>::ItemLocked);
	assert_noop!(send_nft(STRANGER, title, STRANGER), NftsError::<Test>::ItemLocked);
	assert_noop!(buy(BUYER, title, CLBR), NftsError::<Test>::ItemLocked);
	assert_noop!(swap(BUYER, wanted, title), NftsError::<Test>::ItemLocked);
	assert_noop!(burn(OWNER, title), NftsError::<Test>::ItemLocked);
	assert_eq!(owner_of(title), Some(OWNER));
	assert_eq!(owner_of(wanted), Some(BUYER));
}

fn assert_nothing_is_offered(title: u32) {
	assert!(ItemPriceOf::<Test>::get(collection(), title).is_none());
	assert!(PendingSwapOf::<Test>::get(collection(), title).is_none());
	// The item has no approvals: nobody but its owner sends it.
	let item = Item::<Test>::get(collection(), title).unwrap();
	let moved = Nfts::cancel_approval(
		RuntimeOrigin::signed(owner_of(title).unwrap()),
		collection(),
		title,
		STRANGER,
	);
	assert_noop!(moved, NftsError::<Test>::NotDelegate);
	assert_eq!(Item::<Test>::get(collection(), title), Some(item));
}

#[test]
fn free_title_should_be_sold_at_its_price() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		let before = crate::Titles::<Test>::get(title);
		assert_ok!(offer(OWNER, title, 5 * CLBR));
		assert_ok!(buy(BUYER, title, 5 * CLBR));
		assert_eq!(owner_of(title), Some(BUYER));
		assert_eq!(Balances::balance(&OWNER), ENDOWMENT + 5 * CLBR);
		// The sale changes nothing in the ledger: the NFT says who owns the title.
		assert_eq!(crate::Titles::<Test>::get(title), before);
		assert_ok!(Titles::request_redemption(RuntimeOrigin::signed(BUYER), title));
	});
}

#[test]
fn free_title_should_be_sent_by_who_is_approved() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(approve(OWNER, title, STRANGER));
		assert_ok!(send_nft(STRANGER, title, BUYER));
		assert_eq!(owner_of(title), Some(BUYER));
	});
}

#[test]
fn free_title_should_be_swapped() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, other) = (active(1), title_of_buyer(3));
		assert_ok!(propose_swap(OWNER, title, other));
		assert_ok!(swap(BUYER, other, title));
		assert_eq!(owner_of(title), Some(BUYER));
		assert_eq!(owner_of(other), Some(OWNER));
	});
}

#[test]
fn pledged_title_should_go_to_nobody() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, other) = (active(1), title_of_buyer(3));
		offer_all(title, other);
		assert_ok!(<Titles as Encumber<AccountId>>::encumber(title, &OWNER, LINE));
		assert_nobody_takes(title, other);
	});
}

#[test]
fn pledged_title_should_not_be_given_in_a_swap() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, other) = (pledged(1, LINE), title_of_buyer(3));
		assert_ok!(propose_swap(BUYER, other, title));
		assert_noop!(swap(OWNER, title, other), NftsError::<Test>::ItemLocked);
	});
}

#[test]
fn title_in_redemption_should_go_to_nobody() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, other) = (active(1), title_of_buyer(3));
		offer_all(title, other);
		assert_ok!(Titles::request_redemption(RuntimeOrigin::signed(OWNER), title));
		assert_nobody_takes(title, other);
	});
}

#[test]
fn suspended_title_should_go_to_nobody() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, other) = (active(1), title_of_buyer(3));
		offer_all(title, other);
		assert_ok!(Titles::suspend_title(RuntimeOrigin::root(), title));
		assert_nobody_takes(title, other);
	});
}

#[test]
fn lost_title_should_go_to_nobody() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, other) = (active(1), title_of_buyer(3));
		offer_all(title, other);
		assert_ok!(Titles::report_loss(
			RuntimeOrigin::signed(CUSTODIAN),
			title,
			machines_of(title)
		));
		assert_nobody_takes(title, other);
	});
}

#[test]
fn offers_should_be_void_when_a_line_lets_the_title_go() {
	ExtBuilder::default().build_and_execute(|| {
		let (before, during, other) = (active(1), pledged(5, LINE), title_of_buyer(3));
		offer_all(before, other);
		assert_ok!(<Titles as Encumber<AccountId>>::encumber(before, &OWNER, LINE));
		offer_all(during, other);
		for title in [before, during] {
			assert_ok!(<Titles as Encumber<AccountId>>::release(title, LINE));
			assert_eq!(owner_of(title), Some(OWNER));
			assert_nothing_is_offered(title);
			assert_noop!(buy(BUYER, title, CLBR), NftsError::<Test>::NotForSale);
			assert_noop!(send_nft(STRANGER, title, STRANGER), NftsError::<Test>::NoPermission);
			assert_noop!(swap(BUYER, other, title), NftsError::<Test>::UnknownSwap);
		}
	});
}

#[test]
fn offers_should_be_void_when_a_redemption_is_cancelled() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, other) = (active(1), title_of_buyer(3));
		assert_ok!(Titles::request_redemption(RuntimeOrigin::signed(OWNER), title));
		offer_all(title, other);
		assert_ok!(Titles::cancel_redemption(RuntimeOrigin::signed(OWNER), title));
		assert_nothing_is_offered(title);
	});
}

#[test]
fn offers_should_be_void_when_the_status_frees_the_title() {
	ExtBuilder::default().build_and_execute(|| {
		let (suspended, lost, other) = (active(1), active(5), title_of_buyer(3));
		offer_all(suspended, other);
		offer_all(lost, other);
		assert_ok!(Titles::suspend_title(RuntimeOrigin::root(), suspended));
		assert_ok!(Titles::report_loss(RuntimeOrigin::signed(CUSTODIAN), lost, machines_of(lost)));
		assert_ok!(Titles::reinstate_title(RuntimeOrigin::root(), suspended));
		assert_ok!(Titles::recover_title(RuntimeOrigin::root(), lost));
		assert_nothing_is_offered(suspended);
		assert_nothing_is_offered(lost);
	});
}

#[test]
fn offers_of_the_former_owner_should_not_move_a_seized_title() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, other) = (pledged(1, LINE), title_of_buyer(3));
		offer_all(title, other);
		assert_ok!(<Titles as Encumber<AccountId>>::seize(title, LINE, &PAYER));
		assert_eq!(owner_of(title), Some(PAYER));
		assert_nothing_is_offered(title);
		assert_noop!(buy(BUYER, title, CLBR), NftsError::<Test>::NotForSale);
		assert_noop!(send_nft(STRANGER, title, STRANGER), NftsError::<Test>::NoPermission);
		assert_noop!(swap(BUYER, other, title), NftsError::<Test>::UnknownSwap);
		assert_noop!(send_nft(OWNER, title, OWNER), NftsError::<Test>::NoPermission);
	});
}

#[test]
fn offers_of_the_former_owner_should_not_move_a_title_seized_while_lost() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, other) = (pledged(1, LINE), title_of_buyer(3));
		offer_all(title, other);
		assert_ok!(Titles::report_loss(
			RuntimeOrigin::signed(CUSTODIAN),
			title,
			machines_of(title)
		));
		assert_ok!(<Titles as Encumber<AccountId>>::seize(title, LINE, &PAYER));
		assert_nothing_is_offered(title);
		assert_ok!(Titles::recover_title(RuntimeOrigin::root(), title));
		assert_eq!(owner_of(title), Some(PAYER));
		assert_nothing_is_offered(title);
	});
}

#[test]
fn seize_should_keep_the_title_with_its_owner_when_that_takes_it() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, other) = (pledged(1, LINE), title_of_buyer(3));
		offer_all(title, other);
		assert_ok!(<Titles as Encumber<AccountId>>::seize(title, LINE, &OWNER));
		assert_eq!(owner_of(title), Some(OWNER));
		assert_nothing_is_offered(title);
	});
}

#[test]
fn status_should_change_under_a_pledge_without_touching_offers_or_lock() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, LINE);
		assert_ok!(offer(OWNER, title, CLBR));
		assert_ok!(Titles::suspend_title(RuntimeOrigin::root(), title));
		assert_ok!(Titles::reinstate_title(RuntimeOrigin::root(), title));
		assert_eq!(status_of(title), TitleStatus::Active);
		assert!(!<Nfts as InspectNft<AccountId>>::can_transfer(&collection(), &title));
		assert!(ItemPriceOf::<Test>::get(collection(), title).is_some());
		assert_noop!(buy(BUYER, title, CLBR), NftsError::<Test>::ItemLocked);
	});
}

#[test]
fn minting_and_the_collection_should_be_out_of_everyones_reach() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		for who in [OWNER, CUSTODIAN, STRANGER] {
			let origin = || RuntimeOrigin::signed(who.clone());
			assert!(Nfts::mint(origin(), collection(), title + 1, who.clone(), None).is_err());
			assert_noop!(
				Nfts::lock_item_transfer(origin(), collection(), title),
				NftsError::<Test>::NoPermission
			);
			assert_noop!(
				Nfts::unlock_item_transfer(origin(), collection(), title),
				NftsError::<Test>::NoPermission
			);
		}
	});
}
