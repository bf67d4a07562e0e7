// SPDX-License-Identifier: Apache-2.0

use super::{mock::*, support::lot::*};
use crate::{
	frame_support::{
		assert_noop, assert_ok,
		storage::{with_transaction, TransactionOutcome},
	},
	sp_runtime::DispatchError,
	Auctions, Error, Event,
};
use caliber_primitives::{
	appraisal::AppraisalError,
	credit::{AuctionPhase, AuctionReport, LineState},
	titles::{Ineligibility, TitleStatus},
	USD,
};

#[test]
fn start_auction_should_put_up_every_title_at_a_share_of_the_liquidation_value() {
	ExtBuilder::default().build_and_execute(|| {
		let id = offer(bare_terms());
		assert_ok!(accept(BORROWER, id, &bare_terms(), &[1, 2]));
		let loan = draw(id, DEBT);
		set_time(DEFAULT_AT);
		assert_ok!(declare_default(loan));
		take_events();
		assert_ok!(start(id));

		assert_eq!(line(id).state, LineState::Liquidating);
		let reserve = 2 * RESERVE;
		let events = take_events();
		assert_eq!(
			events.last(),
			Some(&Event::AuctionStarted {
				line: id,
				lot: titles(&[1, 2]),
				reserve,
				ends_at: DEFAULT_AT + ROUND
			})
		);
		assert!(events.contains(&Event::LineStateChanged {
			line: id,
			from: LineState::Defaulted,
			to: LineState::Liquidating
		}));
		assert_eq!(
			Credit::auction(id),
			Some(AuctionReport {
				lot: vec![1, 2],
				phase: AuctionPhase::Bidding,
				round: 0,
				started_at: DEFAULT_AT,
				ends_at: DEFAULT_AT + ROUND,
				reserve,
				best_bid: None,
				bidder: None,
				bound_until: None,
				minimum_bid: Some(reserve),
				is_won: false,
				// 2 % of 600 000.
				reinstatement_cost: 12_000 * USD,
			})
		);
		assert_eq!((line_of_title(1), line_of_title(2)), (Some(id), Some(id)));
	});
}

#[test]
fn start_auction_should_refuse_when_the_line_is_not_in_default() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(start(0), Error::<Test>::UnknownLine);
		let id = offer(bare_terms());
		assert_noop!(start(id), Error::<Test>::NotAccepted);
		assert_ok!(accept(BORROWER, id, &bare_terms(), &[1]));
		let loan = draw(id, DEBT);
		assert_noop!(start(id), Error::<Test>::NotDefaulted);
		// The grace period is over, but nobody has declared it.
		set_time(DEFAULT_AT);
		assert_noop!(start(id), Error::<Test>::NotDefaulted);
		assert_ok!(declare_default(loan));
		assert_ok!(start(id));
		assert_noop!(start(id), Error::<Test>::NotDefaulted);
	});
}

#[test]
fn start_auction_should_refuse_when_nothing_is_owed() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, loan) = in_default(bare_terms(), DEBT);
		assert_ok!(Credit::payoff(RuntimeOrigin::signed(ANYONE), loan, FUNDS));
		assert_noop!(start(id), Error::<Test>::NothingOwed);
		assert_eq!(Credit::auction(id), None);
	});
}

#[test]
fn start_auction_should_refuse_when_the_line_is_whole_again() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, loan) = in_default(bare_terms(), DEBT);
		// Both payment periods that have begun are paid, and title 1 covers the rest.
		let due = Credit::due(loan).expect("the loan is there").total;
		assert_ok!(repay(loan, due));
		assert_noop!(start(id), Error::<Test>::Curable);
		// Four fifths of the last value are enough: the oracle's silence is nobody's default.
		set_worth(1, Err(AppraisalError::Stale(some_key())));
		assert_noop!(start(id), Error::<Test>::Curable);
		assert_eq!(
			undone(|| Credit::cure(RuntimeOrigin::signed(ANYONE), id)
				.map(|_| ())
				.map_err(|error| error.error)),
			Ok(())
		);
		// 70 % of 900 000 cover the 500 000 that are left, and four fifths of that do not: the line
		// is neither whole nor sold while the price is missing.
		set_worth(1, Ok(900_000 * USD));
		set_worth(1, Err(AppraisalError::Stale(some_key())));
		let cover = line(id).outstanding * 11 / 10;
		assert!((504_000 * USD..630_000 * USD).contains(&cover), "{cover}");
		assert_noop!(start(id), Error::<Test>::PriceStale);
		// Too low by the last value too.
		set_worth(1, Ok(600_000 * USD));
		set_worth(1, Err(AppraisalError::Stale(some_key())));
		assert_eq!(undone(|| start(id)), Ok(()));
		set_worth(1, Ok(600_000 * USD));
		assert_ok!(start(id));
	});
}

#[test]
fn start_auction_should_count_the_last_known_value_less_the_haircut_when_there_is_none_today() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = in_default(bare_terms(), DEBT);
		set_worth(1, Ok(1_000_000 * USD));
		for missing in [
			AppraisalError::Stale(some_key()),
			AppraisalError::Unavailable(some_key()),
			AppraisalError::Paused,
			AppraisalError::Delisted,
		] {
			set_worth(1, Err(missing));
			let reserve = with_transaction(|| {
				assert_ok!(start(id));
				TransactionOutcome::Rollback(Ok::<_, DispatchError>(auction(id).reserve))
			});
			// Half of the million in a forced sale, a fifth off that, and four fifths of what is
			// left.
			assert_eq!(reserve, Ok(320_000 * USD));
		}
	});
}

#[test]
fn start_auction_should_count_each_title_as_the_expected_loss_does() {
	ExtBuilder::default().build_and_execute(|| {
		let id = offer(bare_terms());
		assert_ok!(accept(BORROWER, id, &bare_terms(), &[1, 2, 3, 4]));
		let loan = draw(id, DEBT);
		set_time(DEFAULT_AT);
		set_worth(1, Ok(500_000 * USD));
		set_worth(2, Ok(300_000 * USD));
		set_worth(2, Err(AppraisalError::Stale(some_key())));
		set_worth(3, Err(AppraisalError::Zero));
		set_ineligible(4, Some(Ineligibility::NotActive(TitleStatus::Lost)));
		assert_ok!(declare_default(loan));
		assert_ok!(start(id));
		// In a forced sale half: 250 000 of the first, 150 000 less a fifth of the second, nothing
		// of the third, which is worth nothing whatever it was, and of the fourth, which is not
		// there.
		let lot = 370_000 * USD;
		assert_eq!(auction(id).reserve, lot * 4 / 5);
		// A sale costs a twentieth; the senior has 540 000 out.
		let line = line(id);
		assert_eq!(line.recovery, lot * 19 / 20);
		assert_eq!(line.impairment, 188_500 * USD);
	});
}

#[test]
fn start_auction_should_ask_a_unit_when_no_value_was_ever_accepted() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = in_default(bare_terms(), DEBT);
		set_worth(1, Err(AppraisalError::Unavailable(some_key())));
		forget_worth(1);
		assert_ok!(start(id));
		assert_eq!(auction(id).reserve, 1);
	});
}

#[test]
fn start_auction_should_count_nothing_for_a_title_without_a_machine_and_ask_a_unit_at_least() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = in_default(bare_terms(), DEBT);
		let reserve_when = |reason| {
			set_ineligible(1, Some(reason));
			with_transaction(|| {
				assert_ok!(start(id));
				TransactionOutcome::Rollback(Ok::<_, DispatchError>(auction(id).reserve))
			})
		};
		for status in [TitleStatus::Lost, TitleStatus::Released] {
			assert_eq!(reserve_when(Ineligibility::NotActive(status)), Ok(1));
		}
		// Any other lapse leaves a machine that can be sold.
		let suspended = Ineligibility::NotActive(TitleStatus::Suspended);
		for reason in [suspended, Ineligibility::Uninsured, Ineligibility::CustodyStale] {
			assert_eq!(reserve_when(reason), Ok(RESERVE));
		}
	});
}

#[test]
fn start_auction_should_round_the_reserve_price_up() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = in_default(bare_terms(), DEBT);
		// Half of it is 13, and four fifths of that are 10.4.
		set_worth(1, Ok(26));
		assert_ok!(start(id));
		assert_eq!(auction(id).reserve, 11);
	});
}

#[test]
fn auction_should_keep_the_rules_it_began_with() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = auctioned(bare_terms(), DEBT);
		Rules::change(|rules| rules.auction_duration = DAY);
		set_time(DEFAULT_AT + ROUND);
		assert_ok!(settle(id));
		assert_eq!(auction(id).ends_at, DEFAULT_AT + 2 * ROUND);
		assert!(Auctions::<Test>::contains_key(id));
	});
}

#[test]
fn start_auction_should_wait_for_insurers_when_every_machine_is_lost() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, _) = in_default(bare_terms(), DEBT);
		set_ineligible(1, Some(Ineligibility::NotActive(TitleStatus::Lost)));
		set_insured_loss(1, USD, 0);
		assert_noop!(start(id), Error::<Test>::ClaimsOpen);
		// The policy is used up.
		set_insured_loss(1, 0, USD);
		assert_ok!(start(id));
	});
}
