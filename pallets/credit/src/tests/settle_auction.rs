// SPDX-License-Identifier: Apache-2.0

use super::{mock::*, support::lot::*};
use crate::{
	frame_support::{assert_noop, assert_ok},
	Curators, Error, Event, Lines,
};
use caliber_primitives::{
	credit::{AuctionPhase, LineState},
	traits::TitleInspect,
	TitleId, USD,
};

const END: u64 = DEFAULT_AT + ROUND;

#[test]
fn settle_auction_should_hand_the_lot_over_and_end_the_line() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, loan) = auctioned(bare_terms(), DEBT);
		let price = 1_000_000 * USD;
		assert_ok!(bid(ANYONE, id, price));
		set_time(END);
		take_events();
		assert_ok!(settle(id));

		assert_eq!((TitlesMock::owner(1), line_of_title(1)), (Some(ANYONE), None));
		assert_eq!((bid_held(ANYONE), usd(ANYONE)), (0, FUNDS - price));
		assert_eq!((Lines::<Test>::get(id), super::mock::loan(loan)), (None, None));
		assert_eq!(Credit::auction(id), None);
		assert_eq!((junior_held(CURATOR), deposit_held(CURATOR)), (0, 0));
		assert_eq!(Curators::<Test>::get(CURATOR).map(|curator| curator.committed), Some(0));
		assert_eq!(totals().bad_debt, 0);
		assert_eq!(losses(id), (0, 0));
		let events = take_events();
		for event in [
			Event::LotHandedOver { line: id, to: ANYONE, price, lot: titles(&[1]) },
			Event::LoanLiquidated { loan, line: id, senior: 540_000 * USD, junior: 60_000 * USD },
			Event::LineStateChanged {
				line: id,
				from: LineState::Liquidating,
				to: LineState::Closed,
			},
		] {
			assert!(events.contains(&event), "{event:?} is missing");
		}
		// The titles serve again, for their new owner.
		let again = offer_by(CURATOR, ANYONE, bare_terms());
		assert_ok!(accept(ANYONE, again, &bare_terms(), &[1]));
	});
}

#[test]
fn settle_auction_should_wait_for_the_second_of_the_end() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = auctioned(bare_terms(), DEBT);
		assert_ok!(bid(ANYONE, id, RESERVE));
		set_time(END - 1);
		assert_noop!(settle(id), Error::<Test>::AuctionRunning);
		// A late bid makes it wait longer.
		assert_ok!(bid(ANYONE, id, 2 * RESERVE));
		set_time(END + EXTENSION - 2);
		assert_noop!(settle(id), Error::<Test>::AuctionRunning);
		set_time(END + EXTENSION - 1);
		assert_ok!(settle(id));
		assert_noop!(settle(id), Error::<Test>::NoAuction);
	});
}

#[test]
fn settle_auction_should_put_an_unsold_lot_up_again_at_less() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = auctioned(bare_terms(), DEBT);
		set_time(END);
		take_events();
		assert_ok!(settle(id));
		// A fifth less each time.
		let (second, ends_at) = (640_000 * USD, END + ROUND);
		assert_eq!(
			take_events(),
			[Event::LotRelisted { line: id, round: 1, reserve: second, ends_at }]
		);
		assert_noop!(settle(id), Error::<Test>::AuctionRunning);
		assert_noop!(bid(ANYONE, id, second - 1), Error::<Test>::BidTooLow);
		// Whoever comes late makes the round begin late.
		set_time(ends_at + DAY);
		assert_ok!(settle(id));
		assert_eq!((auction(id).reserve, auction(id).round), (512_000 * USD, 2));
		assert_eq!(auction(id).ends_at, ends_at + DAY + ROUND);
		assert_ok!(bid(ANYONE, id, 512_000 * USD));
		set_time(ends_at + DAY + ROUND);
		assert_ok!(settle(id));
		assert_eq!(TitlesMock::owner(1), Some(ANYONE));
	});
}

#[test]
fn settle_auction_should_provision_what_a_round_without_bids_shows() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = auctioned(bare_terms(), DEBT);
		let reassess = || {
			assert_ok!(Credit::reassess(RuntimeOrigin::signed(ANYONE), id));
		};
		let books = || (line(id).recovery, SeniorImpairment::get());
		// In the first round the values count: half of two millions, less five percent.
		reassess();
		assert_eq!(books(), (950_000 * USD, 0));
		set_time(END);
		assert_ok!(settle(id));
		// 640 000 are asked, less five percent: enough for the 540 000 of the senior lender.
		assert_eq!(books(), (608_000 * USD, 0));
		set_time(END + ROUND);
		assert_ok!(settle(id));
		// 512 000 are asked.
		let shown = (486_400 * USD, 53_600 * USD);
		assert_eq!(books(), shown);
		reassess();
		assert_eq!(books(), shown);
		// A bid shows more, and a value that is less counts as ever.
		assert_ok!(bid(ANYONE, id, 550_000 * USD));
		reassess();
		assert_eq!(books(), (522_500 * USD, 17_500 * USD));
		set_worth(1, Ok(600_000 * USD));
		reassess();
		assert_eq!(books(), (285_000 * USD, 255_000 * USD));
	});
}

#[test]
fn settle_auction_should_keep_what_was_shown_while_governance_decides() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = unwanted(bare_terms(), DEBT);
		let shown = || {
			assert_ok!(Credit::reassess(RuntimeOrigin::signed(ANYONE), id));
			SeniorImpairment::get()
		};
		assert_eq!(shown(), 53_600 * USD);
		// An offer next to nothing shows nothing.
		assert_ok!(bid(ANYONE, id, 1));
		assert_eq!(shown(), 53_600 * USD);
		assert_ok!(bid(OTHER_BORROWER, id, 2_000_000 * USD));
		assert_eq!(shown(), 0);
	});
}

#[test]
fn settle_auction_should_give_the_curator_its_option_when_nobody_ever_bids() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = auctioned(bare_terms(), DEBT);
		for _ in 0..2 {
			set_time(auction(id).ends_at);
			assert_ok!(settle(id));
		}
		set_time(END + 2 * ROUND);
		take_events();
		assert_ok!(settle(id));
		let option_until = END + 2 * ROUND + OPTION;
		let reserve = 512_000 * USD;
		assert_eq!(take_events(), [Event::LotUnsold { line: id, reserve, option_until }]);
		let phase = || Credit::auction(id).map(|report| report.phase);
		assert_eq!(phase(), Some(AuctionPhase::CuratorOption));
		assert_noop!(settle(id), Error::<Test>::NothingToSettle);
		set_time(option_until - 1);
		assert_eq!(phase(), Some(AuctionPhase::CuratorOption));
		set_time(option_until);
		assert_eq!(phase(), Some(AuctionPhase::Resolution));
		assert_noop!(settle(id), Error::<Test>::NothingToSettle);
	});
}

#[test]
fn settle_auction_should_refuse_when_there_is_none() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(settle(0), Error::<Test>::NoAuction);
		let (id, _) = in_default(bare_terms(), DEBT);
		assert_noop!(settle(id), Error::<Test>::NoAuction);
	});
}

#[test]
fn settle_auction_should_sell_to_a_bidder_whose_account_was_closed() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = auctioned(bare_terms(), DEBT);
		assert_ok!(bid(ANYONE, id, RESERVE));
		block(ANYONE);
		set_time(END);
		assert_ok!(settle(id));
		assert_eq!(TitlesMock::owner(1), Some(ANYONE));
		assert_eq!((bid_held(ANYONE), wealth(ANYONE)), (0, FUNDS - RESERVE));
	});
}

#[test]
fn settle_auction_should_leave_other_lines_alone() {
	ExtBuilder::default().build_and_execute(|| {
		let other = offer_by(OTHER_CURATOR, OTHER_BORROWER, bare_terms());
		assert_ok!(accept(OTHER_BORROWER, other, &bare_terms(), &[5]));
		assert_ok!(Credit::draw(RuntimeOrigin::signed(OTHER_BORROWER), other, DEBT));
		let (id, _) = auctioned(bare_terms(), DEBT);
		let before = line(other);
		assert_ok!(bid(ANYONE, id, RESERVE));
		set_time(END);
		assert_ok!(settle(id));
		assert_eq!(line(other), before);
		assert_eq!(balance_of(loan_id(0, 0)), DEBT);
	});
}

#[test]
fn settle_auction_should_sell_as_many_titles_and_close_as_many_loans_as_a_line_may_have() {
	ExtBuilder::default().build_and_execute(|| {
		let lot: Vec<TitleId> = (100..164).collect();
		for title in &lot {
			new_title(*title, BORROWER, 100_000 * USD);
			set_model(*title, 70);
		}
		let id = offer(bare_terms());
		assert_ok!(accept(BORROWER, id, &bare_terms(), &lot));
		let loans: Vec<_> = (0..16).map(|_| draw(id, 50_000 * USD)).collect();
		set_time(DEFAULT_AT);
		assert_ok!(declare_default(loans[0]));
		assert_ok!(start(id));
		// 64 · 100 000 / 2 · 80 %.
		assert_eq!(auction(id).reserve, 2_560_000 * USD);
		assert_ok!(bid(ANYONE, id, 2_560_000 * USD));
		set_time(END);
		assert_ok!(settle(id));
		assert!(lot.iter().all(|title| TitlesMock::owner(*title) == Some(ANYONE)));
		assert!(lot.iter().all(|title| line_of_title(*title).is_none()));
		assert_eq!(all_loans().len(), 0);
	});
}
