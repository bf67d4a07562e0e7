// SPDX-License-Identifier: Apache-2.0

use super::mock::*;
use crate::{types::WindowSchedule, Error, Event, GenesisConfig, Windows, DEFAULT_WINDOW_LENGTH};
use caliber_primitives::{Seconds, WindowIndex, USD};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok},
	sp_runtime::{BuildStorage, DispatchError, DispatchResult},
};

fn set_length(length: Seconds) -> DispatchResult {
	Vault::set_window_length(RuntimeOrigin::root(), length)
}

/// The window of a time and when it closes.
fn window_at(time: Seconds) -> (WindowIndex, Seconds) {
	set_time(time);
	let report = Vault::window();
	assert!(report.closes_at > time);
	(report.current, report.closes_at)
}

#[test]
fn window_should_be_the_next_one_at_the_exact_boundary() {
	ExtBuilder::default().build_and_execute(|| {
		// Window 4 is [4 500, 5 500).
		for (time, window) in [(4_499, 3), (4_500, 4), (5_499, 4), (5_500, 5)] {
			set_time(time);
			let report = Vault::window();
			assert_eq!(report.current, window);
			// g + (floor((t - g) / W) + 1) * W
			assert_eq!(report.closes_at, 500 + ((time - 500) / 1_000 + 1) * 1_000);
			assert_eq!(report.length, 1_000);
			assert!(report.closes_at > time);
		}
	});
}

#[test]
fn window_should_close_at_the_beginning_when_windows_have_not_begun() {
	ExtBuilder::default().windows(10_000, 200).build_and_execute(|| {
		// nextWindow(t) is g before g.
		for (time, window, closes_at) in [
			(1, 0, 10_000),
			(9_999, 0, 10_000),
			(10_000, 1, 10_200),
			(10_199, 1, 10_200),
			(10_200, 2, 10_400),
		] {
			assert_eq!(window_at(time), (window, closes_at));
		}
	});
}

#[test]
fn window_should_reveal_in_its_second_half_when_it_is_short() {
	// A window of 120 seconds is shorter than twice the 100 in which bids are revealed.
	ExtBuilder::default().least_length(120).windows(120, 120).build_and_execute(|| {
		set_time(1_200);
		let report = Vault::window();
		assert_eq!((report.reveal_from, report.closes_at), (1_260, 1_320));
	});
}

#[test]
fn window_length_should_change_with_the_next_window() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(redeem(ALICE, 10 * USD));
		// Window 3 is [3 500, 4 500).
		set_time(4_000);
		assert_eq!(Vault::window().next_length, None);
		assert_ok!(set_length(2_000));
		assert_eq!(
			last_event(),
			Event::WindowLengthSet { window: 4, since: 4_500, length: 2_000, reveal: 100 }
		);
		let report = Vault::window();
		assert_eq!((report.current, report.closes_at), (3, 4_500));
		assert_eq!((report.length, report.next_length), (1_000, Some(2_000)));
		assert_eq!(request(0).window, 3);

		for (time, window, closes_at) in [
			(4_499, 3, 4_500),
			(4_500, 4, 6_500),
			(6_499, 4, 6_500),
			(6_500, 5, 8_500),
			(8_500, 6, 10_500),
		] {
			assert_eq!(window_at(time), (window, closes_at));
		}
		let report = Vault::window();
		assert_eq!((report.length, report.next_length), (2_000, None));
		assert_eq!(report.reveal_from, 10_400);
		assert_ok!(Vault::do_try_state());

		// Shorter again, while a request of long ago still waits.
		assert_ok!(redeem(ALICE, 10 * USD));
		assert_eq!(request(1).window, 6);
		assert_ok!(set_length(500));
		assert_eq!(window_at(10_499), (6, 10_500));
		assert_eq!(window_at(10_500), (7, 11_000));
		assert_ok!(start());
		assert_ok!(settle(9));
		assert_eq!((request(0).claimable, request(1).claimable), (10 * USD, 10 * USD));
	});
}

#[test]
fn window_length_should_be_replaced_or_withdrawn_before_it_begins() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(set_length(1_000), Error::<Test>::SameWindowLength);
		assert_ok!(set_length(2_000));
		assert_noop!(set_length(2_000), Error::<Test>::SameWindowLength);
		assert_ok!(set_length(3_000));
		assert_eq!(Vault::window().next_length, Some(3_000));
		assert_ok!(set_length(1_000));
		assert_eq!(Vault::window().next_length, None);
		assert_eq!(window_at(4_500), (4, 5_500));
		assert_eq!(window_at(5_500), (5, 6_500));
	});
}

#[test]
fn window_length_should_be_within_its_bounds_and_set_by_governance_only() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(set_length(199), Error::<Test>::WindowTooShort);
		assert_noop!(set_length(366 * DAY + 1), Error::<Test>::WindowTooLong);
		let alice = RuntimeOrigin::signed(ALICE);
		assert_noop!(Vault::set_window_length(alice, 2_000), DispatchError::BadOrigin);
		// Neither way is a brake.
		for length in [500, 2_000] {
			let committee = RuntimeOrigin::signed(COMMITTEE);
			assert_noop!(Vault::set_window_length(committee, length), DispatchError::BadOrigin);
		}
		assert_ok!(set_length(200));
		assert_ok!(set_length(366 * DAY));
	});
}

#[test]
fn window_length_should_change_at_the_beginning_when_windows_have_not_begun() {
	ExtBuilder::default().windows(10_000, 300).build_and_execute(|| {
		set_time(5);
		assert_ok!(set_length(400));
		assert_eq!(window_at(9_999), (0, 10_000));
		assert_eq!(window_at(10_000), (1, 10_400));
		assert_eq!(window_at(10_400), (2, 10_800));
	});
}

#[test]
fn window_should_say_when_a_settlement_may_be_started() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(redeem(ALICE, 10 * USD));
		set_time(4_499);
		assert_eq!(Vault::window().due, None);
		set_time(4_500);
		assert_eq!(Vault::window().due, Some(FIRST_WINDOW));
		assert_ok!(start());
		assert_eq!((Vault::window().due, Vault::window().settling), (None, Some(FIRST_WINDOW)));
		assert_ok!(settle(1));
		assert_eq!((Vault::window().due, Vault::window().settling), (None, None));
	});
}

#[test]
fn window_should_count_what_is_in_escrow() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(redeem(ALICE, 10 * USD));
		assert_ok!(redeem(ALICE, 5 * USD));
		let report = Vault::window();
		assert_eq!((report.queued_shares, report.settling), (15 * USD, None));

		to_window(FIRST_WINDOW + 1);
		assert_ok!(start());
		let report = Vault::window();
		assert_eq!((report.queued_shares, report.settling), (0, Some(FIRST_WINDOW)));
	});
}

#[test]
fn genesis_should_take_thirty_days_when_it_says_nothing() {
	assert_eq!(DEFAULT_WINDOW_LENGTH, 2_592_000);
	let mut ext: polkadot_sdk::sp_io::TestExternalities =
		GenesisConfig::<Test>::default().build_storage().unwrap().into();
	ext.execute_with(|| {
		let WindowSchedule { current, next } = Windows::<Test>::get();
		assert_eq!((current.since, current.first, current.length), (0, 1, 2_592_000));
		assert_eq!(next, None);
		assert_ok!(Vault::do_try_state());
	});
}

#[test]
#[should_panic(expected = "windows of 199 seconds cannot be set at genesis: WindowTooShort")]
fn genesis_should_refuse_when_windows_are_too_short() {
	drop(ExtBuilder::default().windows(0, 200).build());
	ExtBuilder::default().windows(0, 199).build();
}

#[test]
#[should_panic(expected = "windows of 31622401 seconds cannot be set at genesis: WindowTooLong")]
fn genesis_should_refuse_when_windows_are_too_long() {
	drop(ExtBuilder::default().windows(0, 31_622_400).build());
	ExtBuilder::default().windows(0, 31_622_401).build();
}

/// Savers who disagree with a decision leave by the next window, and that may be one of the new
/// length.
#[test]
fn window_length_should_be_the_longer_of_both_when_a_change_is_pending() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(Vault::window_length(), 1_000);
		// Window 3 is [3 500, 4 500).
		assert_ok!(set_length(3_000));
		assert_eq!(Vault::window_length(), 3_000);
		set_time(4_499);
		assert_eq!(Vault::window_length(), 3_000);
		set_time(4_500);
		assert_eq!(Vault::window_length(), 3_000);
		// A shorter one counts when it has begun: window 4 is [4 500, 7 500).
		assert_ok!(set_length(500));
		assert_eq!(Vault::window_length(), 3_000);
		set_time(7_499);
		assert_eq!(Vault::window_length(), 3_000);
		set_time(7_500);
		assert_eq!(Vault::window_length(), 500);
		// One that was withdrawn counts for nothing.
		assert_ok!(set_length(2_000));
		assert_ok!(set_length(500));
		assert_eq!(Vault::window_length(), 500);
	});
}

#[test]
fn window_should_last_as_long_as_indices_do() {
	ExtBuilder::default().windows(200, 200).build_and_execute(|| {
		let last = 200 * Seconds::from(WindowIndex::MAX) + 199;
		assert_eq!(window_at(last), (WindowIndex::MAX, last + 1));
		assert_ok!(deposit(ALICE, 100 * USD));
		set_time(last + 1);
		assert_noop!(redeem(ALICE, 10 * USD), Error::<Test>::Overflow);
	});
}

#[test]
fn windows_should_be_shorter_by_the_tempo_of_the_chain() {
	const MONTH: Seconds = 30 * DAY;
	// The clock begins at 3 500, which is 2 000 after the first window: 16 windows and 80 seconds.
	ExtBuilder::default().windows(SINCE, MONTH).tempo(21_600).build_and_execute(|| {
		let report = Vault::window();
		assert_eq!((report.current, report.length), (17, 120));
		assert_eq!((report.reveal_from, report.closes_at), (3_528, 3_540));
		assert_eq!(Vault::window_length(), 120);
		// Lengths are named as for tempo 1, and so are their bounds of 200 seconds and 366 days.
		assert_noop!(set_length(366 * DAY + 21_600), Error::<Test>::WindowTooLong);
		assert_ok!(set_length(900_000));
		assert_eq!(
			last_event(),
			Event::WindowLengthSet { window: 18, since: 3_540, length: 41, reveal: 12 }
		);
		assert_eq!(Vault::window_length(), 120);
		set_time(3_540);
		assert_eq!(Vault::window_length(), 41);
		// Both are two blocks. The last part is half of that.
		assert_noop!(set_length(11), Error::<Test>::WindowTooShort);
		assert_ok!(set_length(200));
		let report = Vault::window();
		assert_eq!((report.length, report.next_length), (41, Some(12)));
		set_time(3_581);
		let report = Vault::window();
		assert_eq!((report.length, report.closes_at - report.reveal_from), (12, 6));
	});
}

#[test]
fn reveal_period_should_count_from_the_next_change_of_the_length_on() {
	ExtBuilder::default().build_and_execute(|| {
		Values::mutate(|values| values.reveal_period = 5_000);
		assert_eq!(window_at(4_500), (4, 5_500));
		assert_eq!(Vault::window().reveal_from, 5_400);
		// The same length again; never more than half of a window.
		assert_ok!(set_length(1_000));
		assert_eq!(Vault::window().reveal_from, 5_400);
		assert_eq!(window_at(5_500), (5, 6_500));
		assert_eq!(Vault::window().reveal_from, 6_000);
	});
}
