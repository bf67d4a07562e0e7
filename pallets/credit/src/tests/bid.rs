// SPDX-License-Identifier: Apache-2.0

use super::{mock::*, support::lot::*};
use crate::{
	frame_support::{assert_noop, assert_ok},
	Error, Event, UnclaimedPayouts,
};
use caliber_primitives::{credit::AuctionPhase, traits::TitleInspect, USD, USDAI};

#[test]
fn bid_should_hold_the_amount_and_release_the_one_it_exceeds() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = auctioned(bare_terms(), DEBT);
		take_events();
		assert_ok!(bid(ANYONE, id, RESERVE));
		assert_eq!((bid_held(ANYONE), usd(ANYONE)), (RESERVE, FUNDS - RESERVE));
		let ends_at = DEFAULT_AT + ROUND;
		let placed = |bidder, amount| Event::BidPlaced { line: id, bidder, amount, ends_at };
		assert_eq!(take_events(), [placed(ANYONE, RESERVE)]);

		// 2 % of 800 000 are 16 000.
		let higher = 816_000 * USD;
		assert_noop!(bid(OTHER_BORROWER, id, higher - 1), Error::<Test>::BidTooLow);
		assert_ok!(bid(OTHER_BORROWER, id, higher));
		assert_eq!((bid_held(ANYONE), usd(ANYONE)), (0, FUNDS));
		assert_eq!(bid_held(OTHER_BORROWER), higher);
		let released = Event::BidReleased { line: id, bidder: ANYONE, amount: RESERVE };
		assert_eq!(take_events(), [released, placed(OTHER_BORROWER, higher)]);

		let report = Credit::auction(id).expect("it runs");
		assert_eq!((report.best_bid, report.bidder), (Some(higher), Some(OTHER_BORROWER)));
		assert_eq!(report.minimum_bid, Some(832_320 * USD));
		// Until somebody bids more, or the round is won.
		assert_eq!(report.bound_until, None);
	});
}

#[test]
fn bid_should_hold_only_the_difference_when_a_bidder_raises_its_own() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = auctioned(bare_terms(), DEBT);
		assert_ok!(bid(ANYONE, id, 6_000_000 * USD));
		// Not both bids are there at once.
		assert_noop!(bid(ANYONE, id, 6_120_000 * USD - 1), Error::<Test>::BidTooLow);
		assert_ok!(bid(ANYONE, id, 6_120_000 * USD));
		assert_eq!(bid_held(ANYONE), 6_120_000 * USD);
		assert_eq!(wealth(ANYONE), FUNDS);
	});
}

#[test]
fn bid_should_refuse_when_it_is_below_the_reserve() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = auctioned(bare_terms(), DEBT);
		assert_noop!(bid(ANYONE, id, RESERVE - 1), Error::<Test>::BidTooLow);
		assert_noop!(bid(ANYONE, id, 0), Error::<Test>::BidTooLow);
		assert_ok!(bid(ANYONE, id, RESERVE));
	});
}

#[test]
fn bid_should_refuse_when_no_auction_runs() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(bid(ANYONE, 0, RESERVE), Error::<Test>::NoAuction);
		let (id, _) = in_default(bare_terms(), DEBT);
		assert_noop!(bid(ANYONE, id, RESERVE), Error::<Test>::NoAuction);
	});
}

#[test]
fn bid_should_refuse_when_it_is_the_sellers() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = auctioned(bare_terms(), DEBT);
		assert_noop!(bid(BORROWER, id, RESERVE), Error::<Test>::SellerMayNotBid);
	});
}

#[test]
fn bid_should_refuse_when_the_bidder_does_not_have_it() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = auctioned(bare_terms(), DEBT);
		assert!(bid(ANYONE, id, FUNDS + 1).is_err());
		assert_ok!(bid(OTHER_BORROWER, id, RESERVE));
		assert!(bid(ANYONE, id, FUNDS + 1).is_err());
		assert_eq!(bid_held(OTHER_BORROWER), RESERVE);
	});
}

#[test]
fn bid_should_be_taken_to_the_last_second_and_not_in_that_of_the_end() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = auctioned(bare_terms(), DEBT);
		set_time(DEFAULT_AT + ROUND);
		assert_noop!(bid(ANYONE, id, RESERVE), Error::<Test>::AuctionEnded);
		assert_eq!(Credit::auction(id).and_then(|report| report.minimum_bid), None);
		set_time(DEFAULT_AT + ROUND - 1);
		assert_ok!(bid(ANYONE, id, RESERVE));
	});
}

#[test]
fn bid_should_move_the_end_when_it_comes_in_the_closing_period() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = auctioned(bare_terms(), DEBT);
		let end = DEFAULT_AT + ROUND;
		set_time(end - EXTENSION);
		assert_ok!(bid(ANYONE, id, RESERVE));
		assert_eq!(auction(id).ends_at, end);
		set_time(end - EXTENSION + 1);
		assert_ok!(bid(OTHER_BORROWER, id, 2 * RESERVE));
		assert_eq!(auction(id).ends_at, end + 1);
		set_time(end);
		assert_ok!(bid(ANYONE, id, 3 * RESERVE));
		assert_eq!(auction(id).ends_at, end + EXTENSION);
		// Again and again, and never earlier.
		set_time(end + EXTENSION - 1);
		assert_ok!(bid(OTHER_BORROWER, id, 4 * RESERVE));
		assert_eq!(auction(id).ends_at, end + 2 * EXTENSION - 1);
		set_time(end + 2 * EXTENSION - 1);
		assert_noop!(bid(ANYONE, id, 5 * RESERVE), Error::<Test>::AuctionEnded);
	});
}

#[test]
fn bid_should_not_be_blocked_by_an_account_that_cannot_take_its_money_back() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = auctioned(bare_terms(), DEBT);
		assert_ok!(bid(ANYONE, id, RESERVE));
		block(ANYONE);
		assert_ok!(bid(OTHER_BORROWER, id, 2 * RESERVE));
		assert_eq!(bid_held(ANYONE), 0);
		assert_eq!(UnclaimedPayouts::<Test>::get(ANYONE), RESERVE);
		assert_ok!(Assets::thaw(RuntimeOrigin::signed(ADMIN), USDAI, ANYONE));
		assert_ok!(Credit::claim_payout(RuntimeOrigin::signed(ANYONE), ANYONE));
		assert_eq!(usd(ANYONE), FUNDS);
	});
}

#[test]
fn bid_should_be_released_to_a_frozen_account() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = auctioned(bare_terms(), DEBT);
		assert_ok!(bid(ANYONE, id, RESERVE));
		assert_ok!(Assets::freeze(RuntimeOrigin::signed(ADMIN), USDAI, ANYONE));
		assert_ok!(bid(OTHER_BORROWER, id, 2 * RESERVE));
		assert_eq!((bid_held(ANYONE), usd(ANYONE)), (0, FUNDS));
		assert_eq!(UnclaimedPayouts::<Test>::get(ANYONE), 0);
	});
}

#[test]
fn bid_should_wait_while_the_curators_option_runs_and_be_an_offer_afterwards() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = unsold(bare_terms(), DEBT);
		let option_ends = auction(id).ends_at;
		set_time(option_ends - 1);
		assert_noop!(bid(ANYONE, id, RESERVE), Error::<Test>::OptionRunning);
		set_time(option_ends);
		assert_noop!(bid(BORROWER, id, RESERVE), Error::<Test>::SellerMayNotBid);
		assert_noop!(bid(ANYONE, id, 0), Error::<Test>::BidTooLow);
		assert_ok!(bid(ANYONE, id, 1));
		assert_noop!(bid(OTHER_BORROWER, id, 1), Error::<Test>::BidTooLow);
		assert_ok!(bid(OTHER_BORROWER, id, 2));
		assert_eq!((bid_held(ANYONE), bid_held(OTHER_BORROWER)), (0, 2));
		let report = Credit::auction(id).expect("it runs");
		assert_eq!(report.phase, AuctionPhase::Resolution);
		assert_eq!((report.minimum_bid, report.ends_at), (Some(3), option_ends));
	});
}

#[test]
fn withdraw_bid_should_free_an_offer_to_governance() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = unwanted(bare_terms(), DEBT);
		assert_noop!(withdraw_bid(ANYONE, id), Error::<Test>::NotBestBidder);
		assert_ok!(bid(ANYONE, id, 7));
		assert_noop!(withdraw_bid(OTHER_BORROWER, id), Error::<Test>::NotBestBidder);
		take_events();
		set_time(now() + BINDING);
		assert_ok!(withdraw_bid(ANYONE, id));
		assert_eq!(take_events(), [Event::BidReleased { line: id, bidder: ANYONE, amount: 7 }]);
		assert_eq!((bid_held(ANYONE), usd(ANYONE)), (0, FUNDS));
		assert_ok!(bid(OTHER_BORROWER, id, 1));
	});
}

#[test]
fn withdraw_bid_should_wait_for_the_binding_period_from_the_last_raise() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = unwanted(bare_terms(), DEBT);
		let placed = now();
		let bound_until = || Credit::auction(id).and_then(|report| report.bound_until);
		assert_eq!(bound_until(), None);
		assert_ok!(bid(ANYONE, id, 100));
		assert_eq!(auction(id).best.map(|best| best.placed_at), Some(placed));
		assert_eq!(bound_until(), Some(placed + BINDING));
		assert_noop!(withdraw_bid(ANYONE, id), Error::<Test>::BidBinding);
		set_time(placed + BINDING - 1);
		assert_noop!(withdraw_bid(ANYONE, id), Error::<Test>::BidBinding);
		// A raise is a new offer, and so is one of somebody else.
		assert_ok!(bid(ANYONE, id, 200));
		set_time(placed + 2 * BINDING - 2);
		assert_noop!(withdraw_bid(ANYONE, id), Error::<Test>::BidBinding);
		assert_ok!(bid(OTHER_BORROWER, id, 300));
		set_time(placed + 3 * BINDING - 3);
		assert_noop!(withdraw_bid(OTHER_BORROWER, id), Error::<Test>::BidBinding);
		assert_eq!(bound_until(), Some(placed + 3 * BINDING - 2));
		set_time(placed + 3 * BINDING - 2);
		assert_ok!(withdraw_bid(OTHER_BORROWER, id));
		assert_eq!(bound_until(), None);
		assert_eq!((bid_held(OTHER_BORROWER), auction(id).best), (0, None));
	});
}

#[test]
fn withdraw_bid_should_keep_the_period_that_the_auction_began_with() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = unwanted(bare_terms(), DEBT);
		Rules::change(|rules| rules.offer_binding = 1);
		assert_ok!(bid(ANYONE, id, 100));
		set_time(now() + BINDING - 1);
		assert_noop!(withdraw_bid(ANYONE, id), Error::<Test>::BidBinding);
	});
}

#[test]
fn withdraw_bid_should_refuse_when_the_bid_binds() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(withdraw_bid(ANYONE, 0), Error::<Test>::NoAuction);
		let (id, _) = auctioned(bare_terms(), DEBT);
		assert_ok!(bid(ANYONE, id, RESERVE));
		assert_noop!(withdraw_bid(ANYONE, id), Error::<Test>::BidBinding);
		set_time(DEFAULT_AT + ROUND);
		assert_noop!(withdraw_bid(ANYONE, id), Error::<Test>::BidBinding);
	});
}

/// Who exceeds the honest offer at the last moment and takes its own back before the referendum is
/// enacted would leave governance without any: the lot is then worth what the thief says.
#[test]
fn withdraw_bid_should_refuse_when_a_referendum_may_still_accept_the_offer() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = unwanted(bare_terms(), DEBT);
		assert_ok!(bid(ANYONE, id, 100_000 * USD));
		assert_ok!(bid(OTHER_BORROWER, id, 102_000 * USD));
		// The referendum is decided in two days. A redemption window of 30 and a day more pass
		// before its enactment, many rounds of an auction.
		let placed = now();
		for days in [3, 12, 33] {
			set_time(placed + days * DAY);
			assert_noop!(withdraw_bid(OTHER_BORROWER, id), Error::<Test>::BidBinding);
		}
		let vault = usd(VAULT);
		assert_ok!(resolve(id, ANYONE, 100_000 * USD));
		assert_eq!(TitlesMock::owner(1), Some(OTHER_BORROWER));
		assert_eq!((usd(OTHER_BORROWER), usd(ANYONE)), (FUNDS - 102_000 * USD, FUNDS));
		assert_eq!(usd(VAULT) - vault, 99_960 * USD);
		let (interest, _) = unpaid_interest(600_000, now() - START);
		assert_eq!(losses(id), (440_040 * USD + interest, 60_000 * USD));
	});
}
