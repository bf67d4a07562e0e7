// SPDX-License-Identifier: Apache-2.0

use super::mock::*;
use crate::{GenesisConfig, WindowLength, DEFAULT_WINDOW_LENGTH};
use caliber_primitives::{Seconds, WindowIndex, USD};
use polkadot_sdk::{frame_support::assert_ok, sp_runtime::BuildStorage};

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
fn window_should_be_the_first_when_windows_have_not_begun() {
	ExtBuilder::default().windows(10_000, 100).build_and_execute(|| {
		for (time, window) in [(1, 0), (9_999, 0), (10_000, 0), (10_099, 0), (10_100, 1)] {
			set_time(time);
			assert_eq!(Vault::window().current, window);
		}
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
		assert_eq!(WindowLength::<Test>::get(), 2_592_000);
		assert_ok!(Vault::do_try_state());
	});
}

#[test]
#[should_panic(expected = "a redemption window has to last a second at least")]
fn genesis_should_refuse_when_windows_have_no_length() {
	ExtBuilder::default().windows(0, 0).build();
}

#[test]
fn window_should_last_as_long_as_indices_do() {
	ExtBuilder::default().windows(0, 1).build_and_execute(|| {
		set_time(Seconds::from(WindowIndex::MAX));
		assert_eq!(Vault::window().current, WindowIndex::MAX);
		assert_eq!(Vault::window().closes_at, Seconds::from(WindowIndex::MAX) + 1);
	});
}
