// SPDX-License-Identifier: Apache-2.0

//! When titles are sold at the earliest, and who may bid for them by how much.

use super::{mock::*, support::lot::*};
use crate::{
	frame_support::{assert_noop, assert_ok},
	Error,
};
use caliber_primitives::{
	credit::{LineState, Task},
	titles::TitlePart,
	USD,
};

/// A default declared in the first block of a day in which its borrower sleeps, and the machines
/// sold in the next.
#[test]
fn titles_should_not_be_sold_before_the_delay_after_the_default() {
	ExtBuilder::default().build_and_execute(|| {
		Rules::change(|rules| rules.auction_delay = DAY);
		let (id, _) = in_default(bare_terms(), DEBT);
		let work = Credit::due_for_work(0, 10);
		let told = work.iter().find(|work| work.task == Task::StartAuction(id));
		assert_eq!(told.map(|work| work.from), Some(DEFAULT_AT + DAY));
		assert_noop!(start(id), Error::<Test>::SaleTooEarly);
		set_time(DEFAULT_AT + DAY - 1);
		assert_noop!(start(id), Error::<Test>::SaleTooEarly);
		set_time(DEFAULT_AT + DAY);
		assert_ok!(start(id));
		assert_eq!(auction(id).ends_at, DEFAULT_AT + DAY + ROUND);
	});
}

#[test]
fn outage_should_make_the_delay_longer() {
	ExtBuilder::default().build_and_execute(|| {
		Rules::change(|rules| rules.auction_delay = DAY);
		let (id, _) = in_default(bare_terms(), DEBT);
		set_time(DEFAULT_AT + DAY / 2);
		stand_still(5 * DAY);
		assert_noop!(start(id), Error::<Test>::SaleTooEarly);
		set_time(DEFAULT_AT + 6 * DAY - 1);
		assert_noop!(start(id), Error::<Test>::SaleTooEarly);
		set_time(DEFAULT_AT + 6 * DAY);
		assert_ok!(start(id));
	});
}

/// A line keeps the delay that it opened under.
#[test]
fn delay_should_be_that_of_the_version_of_the_line() {
	ExtBuilder::default().build_and_execute(|| {
		Rules::change(|rules| rules.auction_delay = DAY);
		let (id, _) = in_default(bare_terms(), DEBT);
		Rules::change(|rules| rules.auction_delay = 0);
		assert_noop!(start(id), Error::<Test>::SaleTooEarly);
		set_time(DEFAULT_AT + DAY);
		assert_ok!(start(id));
		assert_eq!(line(id).state, LineState::Liquidating);
	});
}

/// A lot that nobody values is held open for weeks by bids of units.
#[test]
fn bid_should_exceed_the_best_by_an_amount_at_least() {
	ExtBuilder::default().build_and_execute(|| {
		Rules::change(|rules| rules.min_increment_amount = 100 * USD);
		let (id, _) = in_default(bare_terms(), DEBT);
		set_worth(1, Ok(2));
		assert_ok!(start(id));
		assert_ok!(bid(ANYONE, id, 1));
		assert_noop!(bid(OTHER_BORROWER, id, 100 * USD), Error::<Test>::BidTooLow);
		assert_ok!(bid(OTHER_BORROWER, id, 100 * USD + 1));
		// Two percent of 6 000 are more than a hundred.
		assert_ok!(bid(ANYONE, id, 6_000 * USD));
		assert_noop!(bid(OTHER_BORROWER, id, 6_120 * USD - 1), Error::<Test>::BidTooLow);
		assert_ok!(bid(OTHER_BORROWER, id, 6_120 * USD));
	});
}

/// A custodian says that machines are lost, an appraiser that they are worth little, an insurer does
/// not pay, and each buys.
#[test]
fn bid_should_be_refused_when_the_bidder_can_move_the_price() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = auctioned(bare_terms(), DEBT);
		assert_noop!(bid(BORROWER, id, RESERVE), Error::<Test>::SellerMayNotBid);
		assert_noop!(bid(CURATOR, id, RESERVE), Error::<Test>::CuratorMayNotBid);
		let refused = [
			(TitlePart::Custodian, Error::<Test>::CustodianMayNotBid),
			(TitlePart::Insurer, Error::<Test>::InsurerMayNotBid),
			(TitlePart::Appraiser, Error::<Test>::AppraiserMayNotBid),
		];
		for (part, error) in refused {
			set_part(1, OTHER_CURATOR, part);
			assert_noop!(bid(OTHER_CURATOR, id, RESERVE), error);
		}
		// A part in another title is none.
		set_part(1, OTHER_BORROWER, TitlePart::Custodian);
		assert_ok!(bid(OTHER_CURATOR, id, RESERVE));
	});
}

/// What is refused in a round is refused when governance decides.
#[test]
fn offer_to_governance_should_be_refused_from_who_may_not_bid() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = unwanted(bare_terms(), DEBT);
		assert_noop!(bid(CURATOR, id, 10), Error::<Test>::CuratorMayNotBid);
		set_part(1, ANYONE, TitlePart::Insurer);
		assert_noop!(bid(ANYONE, id, 10), Error::<Test>::InsurerMayNotBid);
		assert_ok!(bid(OTHER_BORROWER, id, 10));
	});
}
