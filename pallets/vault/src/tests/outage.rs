// SPDX-License-Identifier: Apache-2.0

//! Closes of windows when the chain made no blocks. Window 3 of the tests is [3 500, 4 500), and
//! its bids are revealed from 4 400 on.

use super::mock::*;
use crate::{Error, Event, LastSettled};
use caliber_primitives::{traits::IdleFunds, Seconds, WindowIndex, USD};
use polkadot_sdk::frame_support::{assert_noop, assert_ok};

/// Lets the chain make no block between two times.
fn outage(from: Seconds, until: Seconds) {
	set_time(from);
	Outages::note(from, until);
	set_time(until);
}

/// The open window, from when its bids are revealed, and when it closes.
fn open() -> (WindowIndex, Seconds, Seconds) {
	let report = Vault::window();
	(report.current, report.reveal_from, report.closes_at)
}

#[test]
fn window_should_close_later_by_the_overlap_when_an_outage_touched_its_last_part() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 1_000 * USD));
		for _ in 0..3 {
			assert_ok!(redeem(ALICE, 10 * USD));
		}
		assert_ok!(commit(ALICE, 0, 500));
		assert_ok!(commit(ALICE, 1, 500));
		// 200 seconds of the outage are in the last part and after it.
		outage(4_300, 4_600);
		assert_eq!(open(), (3, 4_400, 4_700));
		assert_eq!((Vault::window().due, Vault::wanted()), (None, Ok(30 * USD)));
		assert_noop!(start(), Error::<Test>::NothingToSettle);
		// The part is open for as long as without the outage: bids are revealed, none is sealed, and
		// who wants to may join.
		assert_noop!(commit(ALICE, 2, 500), Error::<Test>::BiddingClosed);
		assert_ok!(reveal(ALICE, 0, 500));
		assert_noop!(cancel(ALICE, 2), Error::<Test>::CancellingEnded);
		set_time(4_699);
		assert_ok!(redeem(ALICE, 10 * USD));
		assert_eq!(request(3).window, 3);
		assert_ok!(Vault::do_try_state());

		// The next window's close stays.
		set_time(4_700);
		assert_eq!(open(), (4, 5_400, 5_500));
		assert_noop!(reveal(ALICE, 1, 500), Error::<Test>::WindowClosed);
		assert_ok!(redeem(ALICE, 10 * USD));
		assert_eq!(request(4).window, 4);
		assert_ok!(start());
		assert!(matches!(
			last_event(),
			Event::SettlementStarted { window: 3, queued, .. } if queued == 40 * USD
		));
		assert_ok!(settle(9));
		assert_eq!(LastSettled::<Test>::get(), Some(3));
		assert_eq!(request(4).shares, 10 * USD);
		set_time(5_500);
		assert_eq!(open(), (5, 6_400, 6_500));
	});
}

#[test]
fn window_should_close_by_the_calendar_when_an_outage_did_not_touch_its_last_part() {
	ExtBuilder::default().build_and_execute(|| {
		outage(3_600, 4_400);
		assert_eq!(open(), (3, 4_400, 4_500));
		set_time(4_500);
		assert_eq!(open(), (4, 5_400, 5_500));
		// It began at the close.
		outage(4_500, 4_900);
		assert_eq!(open(), (4, 5_400, 5_500));
	});
}

#[test]
fn window_should_close_with_the_next_one_at_the_latest() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(redeem(ALICE, 10 * USD));
		// It would close at 5 550.
		outage(4_450, 5_499);
		assert_eq!(open(), (3, 4_400, 5_500));
		assert_noop!(cancel(ALICE, 0), Error::<Test>::CancellingEnded);
		assert_ok!(redeem(ALICE, 10 * USD));
		assert_eq!(request(1).window, 3);
		// The last part of window 4 was touched too, from 5 400 on: 99 seconds.
		set_time(5_500);
		assert_eq!(open(), (4, 5_400, 5_599));
		assert_ok!(start());
		assert_ok!(settle(2));
		set_time(5_599);
		assert_eq!(open(), (5, 6_400, 6_500));
	});
}

#[test]
fn window_should_be_the_last_one_touched_when_an_outage_was_long() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(redeem(ALICE, 10 * USD));
		// Windows 3 to 12 end meanwhile. What remains of the last part of 12 is its 100 seconds.
		outage(4_000, 13_520);
		assert_eq!(open(), (12, 13_400, 13_620));
		// Window 3 closed with the fourth: its requests can be settled.
		assert_noop!(cancel(ALICE, 0), Error::<Test>::WindowClosed);
		assert_eq!(Vault::window().due, Some(11));
		assert_ok!(redeem(ALICE, 10 * USD));
		assert_ok!(start());
		assert_ok!(settle(2));
		assert_eq!((request(0).shares, request(1).window), (0, 12));
		set_time(13_620);
		assert_eq!(open(), (13, 14_400, 14_500));
		assert_eq!(Vault::window().due, Some(12));
	});
}

#[test]
fn window_that_has_closed_should_stay_closed() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(redeem(ALICE, 10 * USD));
		outage(4_450, 4_480);
		assert_eq!(open(), (3, 4_400, 4_530));
		set_time(4_530);
		assert_ok!(start());
		// An outage after it.
		outage(4_530, 5_300);
		assert_eq!(open(), (4, 5_400, 5_500));
		assert_ok!(settle(1));
	});
}

#[test]
fn length_should_change_by_the_calendar_when_a_window_closes_late() {
	ExtBuilder::default().build_and_execute(|| {
		let set = |length| Vault::set_window_length(RuntimeOrigin::root(), length);
		Values::mutate(|values| values.reveal_period = 50);
		// From 4 500 on windows last 300, and their last 50 are for bids.
		assert_ok!(set(300));
		outage(4_420, 4_600);
		assert_eq!(open(), (3, 4_400, 4_680));
		let report = Vault::window();
		assert_eq!((report.length, report.next_length), (1_000, Some(300)));
		assert_eq!(Vault::window_length(), 300);
		// Window 4 has begun by the calendar, and keeps its close; the third keeps its last part,
		// though its epoch is over.
		assert_ok!(set(600));
		assert_eq!(
			last_event(),
			Event::WindowLengthSet { window: 5, since: 4_800, length: 600, reveal: 50 }
		);
		assert_eq!(open(), (3, 4_400, 4_680));
		assert_ok!(Vault::do_try_state());
		set_time(4_680);
		assert_eq!(open(), (4, 4_750, 4_800));
		set_time(4_800);
		assert_eq!(open(), (5, 5_350, 5_400));
	});
}
