// SPDX-License-Identifier: Apache-2.0

use super::{mock::*, support::lot::*};
use crate::{
	frame_support::{assert_noop, assert_ok},
	sp_runtime::traits::BadOrigin,
	Error, Event, Lines,
};
use caliber_primitives::{traits::TitleInspect, USD};

#[test]
fn resolve_lot_should_sell_for_what_was_offered() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = unwanted(bare_terms(), DEBT);
		let offer = 100_000 * USD;
		assert_ok!(bid(ANYONE, id, offer));
		assert_ok!(resolve(id, ANYONE, offer));
		assert_eq!(TitlesMock::owner(1), Some(ANYONE));
		assert_eq!((bid_held(ANYONE), usd(ANYONE)), (0, FUNDS - offer));
		let (interest, _) = unpaid_interest(600_000, now() - START);
		assert_eq!(losses(id), (442_000 * USD + interest, 60_000 * USD));
		assert_eq!(SeniorBadDebt::get(), 442_000 * USD + interest);
		assert_eq!(Lines::<Test>::get(id), None);
	});
}

#[test]
fn resolve_lot_should_give_it_away_and_free_the_offer() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = unwanted(bare_terms(), DEBT);
		assert_ok!(bid(ANYONE, id, 5));
		take_events();
		assert_ok!(resolve(id, TREASURY, 0));
		assert_eq!(TitlesMock::owner(1), Some(TREASURY));
		assert_eq!((bid_held(ANYONE), usd(ANYONE)), (0, FUNDS));
		let (interest, _) = unpaid_interest(600_000, now() - START);
		assert_eq!(totals().bad_debt, 540_000 * USD + interest);
		let released = Event::BidReleased { line: id, bidder: ANYONE, amount: 5 };
		assert_eq!(take_events().first(), Some(&released));
	});
}

#[test]
fn resolve_lot_should_take_nothing_that_was_not_offered() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = unwanted(bare_terms(), DEBT);
		assert_noop!(resolve(id, ANYONE, 1), Error::<Test>::NoSuchOffer);
		assert_ok!(bid(ANYONE, id, 10));
		assert_noop!(resolve(id, ANYONE, 11), Error::<Test>::NoSuchOffer);
		assert_noop!(resolve(id, OTHER_BORROWER, 11), Error::<Test>::NoSuchOffer);
		assert_ok!(resolve(id, ANYONE, 10));
		assert_eq!(usd(ANYONE), FUNDS - 10);
	});
}

#[test]
fn resolve_lot_should_take_all_of_the_offer_when_less_is_asked() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = unwanted(bare_terms(), DEBT);
		let offer = 100_000 * USD;
		assert_ok!(bid(ANYONE, id, offer));
		assert_ok!(resolve(id, ANYONE, 1));
		assert_eq!((TitlesMock::owner(1), usd(ANYONE)), (Some(ANYONE), FUNDS - offer));
		let (interest, _) = unpaid_interest(600_000, now() - START);
		assert_eq!(SeniorBadDebt::get(), 442_000 * USD + interest);
	});
}

#[test]
fn resolve_lot_should_sell_to_who_has_exceeded_the_offer_that_governance_saw() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = unwanted(bare_terms(), DEBT);
		assert_ok!(bid(ANYONE, id, 100_000 * USD));
		// Exceeded at the last moment, to be withdrawn at once: it binds, and is as good.
		assert_ok!(bid(OTHER_BORROWER, id, 102_000 * USD));
		assert_noop!(withdraw_bid(OTHER_BORROWER, id), Error::<Test>::BidBinding);
		take_events();
		assert_ok!(resolve(id, ANYONE, 100_000 * USD));
		assert_eq!(TitlesMock::owner(1), Some(OTHER_BORROWER));
		assert_eq!((bid_held(OTHER_BORROWER), usd(ANYONE)), (0, FUNDS));
		assert_eq!(usd(OTHER_BORROWER), FUNDS - 102_000 * USD);
		assert!(take_events().iter().any(|event| matches!(
			event,
			Event::LotHandedOver { to, price, .. }
				if *to == OTHER_BORROWER && *price == 102_000 * USD
		)));
	});
}

#[test]
fn resolve_lot_should_have_who_offered_pay_when_it_is_to_be_given_the_lot() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = unwanted(bare_terms(), DEBT);
		assert_ok!(bid(ANYONE, id, 100_000 * USD));
		assert_ok!(resolve(id, ANYONE, 0));
		assert_eq!((TitlesMock::owner(1), usd(ANYONE)), (Some(ANYONE), FUNDS - 100_000 * USD));
	});
}

#[test]
fn resolve_lot_should_be_governances_once_the_option_is_over() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(resolve(0, ANYONE, 0), Error::<Test>::NoAuction);
		let (id, _) = auctioned(bare_terms(), DEBT);
		assert_noop!(resolve(id, ANYONE, 0), Error::<Test>::NotInResolution);
		for _ in 0..3 {
			set_time(auction(id).ends_at);
			assert_noop!(resolve(id, ANYONE, 0), Error::<Test>::NotInResolution);
			assert_ok!(settle(id));
		}
		let ends_at = auction(id).ends_at;
		set_time(ends_at - 1);
		assert_noop!(resolve(id, ANYONE, 0), Error::<Test>::NotInResolution);
		set_time(ends_at);
		assert_noop!(
			Credit::resolve_lot(RuntimeOrigin::signed(ANYONE), id, ANYONE, 0).map_err(|e| e.error),
			BadOrigin
		);
		assert_ok!(resolve(id, ANYONE, 0));
	});
}
