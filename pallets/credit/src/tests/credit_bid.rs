// SPDX-License-Identifier: Apache-2.0

use super::{mock::*, support::lot::*};
use crate::{
	frame_support::{assert_noop, assert_ok},
	Error, Event, Lines,
};
use caliber_primitives::{traits::TitleInspect, Balance, USD};

/// The reserve price after two discounts of a fifth.
const LAST_RESERVE: Balance = 512_000 * USD;

#[test]
fn credit_bid_should_sell_to_the_curator_at_the_reserve_price() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = unsold(bare_terms(), DEBT);
		let before = wealth(CURATOR);
		take_events();
		assert_ok!(credit_bid(CURATOR, id));
		assert_eq!(TitlesMock::owner(1), Some(CURATOR));
		assert_eq!(Lines::<Test>::get(id), None);
		// It paid the price, and its junior capital is lost with 38 240 of the senior's, and interest.
		let (interest, _) = unpaid_interest(600_000, now() - START);
		assert_eq!(before - wealth(CURATOR), LAST_RESERVE);
		assert_eq!(losses(id), (38_240 * USD + interest, 60_000 * USD));
		let price = LAST_RESERVE;
		let handed = Event::LotHandedOver { line: id, to: CURATOR, price, lot: titles(&[1]) };
		assert!(take_events().contains(&handed));
	});
}

#[test]
fn credit_bid_should_be_the_curators_until_its_option_ends() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(credit_bid(CURATOR, 0), Error::<Test>::NoAuction);
		let (id, _) = auctioned(bare_terms(), DEBT);
		assert_noop!(credit_bid(CURATOR, id), Error::<Test>::NoOption);
		for _ in 0..3 {
			set_time(auction(id).ends_at);
			assert_noop!(credit_bid(CURATOR, id), Error::<Test>::NoOption);
			assert_ok!(settle(id));
		}
		assert_noop!(credit_bid(OTHER_CURATOR, id), Error::<Test>::NotLineCurator);
		assert_noop!(credit_bid(BORROWER, id), Error::<Test>::NotLineCurator);
		let ends_at = auction(id).ends_at;
		set_time(ends_at);
		assert_noop!(credit_bid(CURATOR, id), Error::<Test>::NoOption);
		set_time(ends_at - 1);
		assert_ok!(credit_bid(CURATOR, id));
	});
}

#[test]
fn credit_bid_should_refuse_when_the_curator_cannot_pay() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = unsold(bare_terms(), DEBT);
		let all = usd(CURATOR) - LAST_RESERVE + 1;
		assert_ok!(Assets::transfer(
			RuntimeOrigin::signed(CURATOR),
			caliber_primitives::USDAI,
			ANYONE,
			all
		));
		assert!(credit_bid(CURATOR, id).is_err());
		assert_eq!(TitlesMock::owner(1), Some(BORROWER));
		assert!(auction(id).unsold);
	});
}
