// SPDX-License-Identifier: Apache-2.0

//! Hand-over of requests.

use super::mock::*;
use crate::{Error, Event, HoldReason, LiveRequests};
use caliber_primitives::{Balance, SUSDAI, USD};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, traits::fungible::InspectHold},
	sp_runtime::DispatchResult,
};

fn offer(who: AccountId, id: u32, to: Option<AccountId>) -> DispatchResult {
	Vault::transfer_request(RuntimeOrigin::signed(who), id, to)
}

fn accept(who: AccountId, id: u32) -> DispatchResult {
	Vault::accept_request(RuntimeOrigin::signed(who), id)
}

fn held(who: AccountId) -> Balance {
	Balances::balance_on_hold(&HoldReason::RedemptionRequest.into(), &who)
}

#[test]
fn request_should_change_hands_when_it_is_offered_and_accepted() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(redeem(ALICE, 40 * USD));
		assert_noop!(offer(BOB, 0, Some(BOB)), Error::<Test>::NotRequestOwner);
		assert_noop!(offer(ALICE, 0, Some(ALICE)), Error::<Test>::OwnOffer);
		assert_noop!(accept(BOB, 0), Error::<Test>::NotOffered);
		assert_ok!(offer(ALICE, 0, Some(BOB)));
		assert_eq!(last_event(), Event::RequestOffered { id: 0, to: Some(BOB) });
		assert_noop!(accept(CHARLIE, 0), Error::<Test>::NotOffered);
		assert_ok!(offer(ALICE, 0, None));
		assert_noop!(accept(BOB, 0), Error::<Test>::NotOffered);
		assert_ok!(offer(ALICE, 0, Some(BOB)));
		assert_eq!(request(0).offered_to, Some(BOB));
		assert_ok!(accept(BOB, 0));
		assert_eq!(last_event(), Event::RequestTransferred { id: 0, from: ALICE, to: BOB });
		assert_eq!((request(0).owner, request(0).offered_to), (BOB, None));
		assert_eq!((held(ALICE), held(BOB)), (0, CLBR));
		let live = |who| LiveRequests::<Test>::get(who);
		assert_eq!((live(ALICE), live(BOB)), (0, 1));
		assert_noop!(cancel(ALICE, 0), Error::<Test>::NotRequestOwner);
		to_window(FIRST_WINDOW + 1);
		assert_ok!(start());
		assert_ok!(settle(1));
		assert_noop!(offer(BOB, 0, Some(ALICE)), Error::<Test>::NotQueued);
		assert_ok!(claim(BOB, 0));
		assert_eq!(usdai(BOB), ENDOWMENT + 40 * USD);
	});
}

#[test]
fn request_should_stay_when_it_was_served_in_part_until_that_is_claimed() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(lend(90 * USD));
		assert_ok!(redeem(ALICE, 40 * USD));
		assert_ok!(offer(ALICE, 0, Some(BOB)));
		to_window(FIRST_WINDOW + 1);
		assert_ok!(start());
		assert_ok!(settle(1));
		assert_noop!(accept(BOB, 0), Error::<Test>::ClaimFirst);
		assert_ok!(claim(ALICE, 0));
		assert_ok!(accept(BOB, 0));
		assert_eq!((request(0).owner, request(0).shares), (BOB, 30 * USD));
	});
}

#[test]
fn request_should_stay_with_an_account_that_is_frozen() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(redeem(ALICE, 40 * USD));
		assert_ok!(offer(ALICE, 0, Some(BOB)));
		assert_ok!(Assets::freeze(RuntimeOrigin::signed(TREASURY), SUSDAI, ALICE));
		assert_noop!(accept(BOB, 0), Error::<Test>::OwnerFrozen);
	});
}

/// All that a frozen account has is in its request: its balances, of nothing, do not show it.
#[test]
fn request_should_stay_with_a_frozen_account_that_has_nothing_else() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(redeem(ALICE, shares(ALICE)));
		assert_ok!(offer(ALICE, 0, Some(BOB)));
		Frozen::set(vec![ALICE]);
		assert_noop!(offer(ALICE, 0, Some(CHARLIE)), Error::<Test>::OwnerFrozen);
		assert_noop!(accept(BOB, 0), Error::<Test>::OwnerFrozen);
		// To keep it is no way out.
		assert_ok!(offer(ALICE, 0, None));
		Frozen::set(Vec::new());
		assert_ok!(offer(ALICE, 0, Some(BOB)));
		assert_ok!(accept(BOB, 0));
		assert_eq!(request(0).owner, BOB);
	});
}

#[test]
fn hand_over_should_leave_what_an_unrevealed_bid_costs() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(lend(100 * USD));
		assert_ok!(redeem(ALICE, 40 * USD));
		assert_ok!(commit(ALICE, 0, 100));
		assert_ok!(offer(ALICE, 0, Some(BOB)));
		to_window(FIRST_WINDOW + 1);
		assert_noop!(accept(BOB, 0), Error::<Test>::WindowClosed);
		assert_ok!(start());
		assert_ok!(accept(BOB, 0));
		assert_eq!(request(0).shares, 40 * USD - USD / 5);
		assert_eq!(request(0).commitment, None);
		assert_eq!(Vault::nav().shares, 100 * USD - USD / 5);
	});
}
