// SPDX-License-Identifier: Apache-2.0

//! Tracks of referenda: what they ask for, and how long a decision waits.

#![allow(missing_docs)]

mod common;

use caliber_runtime::{
	configs::governance::tracks::TracksInfo, constants::time::DAYS,
	genesis_config_presets as presets, BlockNumber, Runtime, Vault,
};
use common::*;
use polkadot_sdk::{
	pallet_referenda::{self, TracksInfo as _},
	sp_runtime::{traits::Get, Perbill},
};

/// Tracks that can raise risk.
const RISKY: [u16; 6] = [0, 10, 11, 12, 13, 14];
/// Track of calls that the committee has whitelisted: it can raise risk, and waits for no window.
const WHITELISTED: u16 = 1;
/// Tracks that wait for no window.
const OTHERS: [u16; 3] = [WHITELISTED, 20, 21];

fn enactment(track: u16) -> BlockNumber {
	TracksInfo::info(track).unwrap().min_enactment_period
}

fn on_live_chain(test: impl FnOnce()) {
	genesis(presets::TESTNET_RUNTIME_PRESET).execute_with(|| {
		set_time(START);
		test();
	});
}

#[test]
fn every_track_should_be_named_here() {
	let mut named: Vec<_> = RISKY.into_iter().chain(OTHERS).collect();
	named.sort_unstable();
	run(|| {
		assert_eq!(TracksInfo::track_ids().collect::<Vec<_>>(), named);
		assert_eq!(TracksInfo::check_integrity(), Ok(()));
	});
}

#[test]
fn tracks_that_can_raise_risk_should_never_pass_with_few_votes() {
	run(|| {
		for track in RISKY.into_iter().chain([WHITELISTED]) {
			let info = TracksInfo::info(track).unwrap();
			for percent in 0..=100 {
				let at = Perbill::from_percent(percent);
				let (approval, support) =
					(info.min_approval.threshold(at), info.min_support.threshold(at));
				assert!(approval >= Perbill::from_percent(60), "track {track}: {approval:?}");
				assert!(support >= Perbill::from_percent(5), "track {track}: {support:?}");
			}
			assert_eq!(info.min_approval.threshold(Perbill::zero()), Perbill::one());
		}
	});
}

#[test]
fn enactment_should_wait_a_window_and_a_day_when_the_track_can_raise_risk() {
	on_live_chain(|| {
		for track in RISKY {
			assert_eq!(enactment(track), 31 * DAYS, "track {track}");
		}
		// Ten minutes.
		for track in OTHERS {
			assert_eq!(enactment(track), 100, "track {track}");
		}
	});
	run(|| {
		// A window of 120 seconds and a day of 12, in blocks of six.
		for track in RISKY {
			assert_eq!(enactment(track), 22, "track {track}");
		}
		for track in OTHERS {
			assert_eq!(enactment(track), 2, "track {track}");
		}
	});
}

#[test]
fn enactment_should_wait_longer_when_the_window_is_longer() {
	on_live_chain(|| {
		polkadot_sdk::frame_support::assert_ok!(Vault::set_window_length(
			caliber_runtime::RuntimeOrigin::root(),
			45 * DAY
		));
		// The window that runs keeps its length; who asks just after its close waits longer.
		assert_eq!(enactment(12), 46 * DAYS);
		set_time(Vault::window().closes_at);
		assert_eq!(Vault::window().length, 45 * DAY);
		assert_eq!(enactment(12), 46 * DAYS);
		assert_eq!(enactment(20), 100);
	});
}

#[test]
fn tempo_should_divide_the_periods_of_every_track() {
	let periods = || {
		let root = TracksInfo::info(0).unwrap();
		let timeout = <Runtime as pallet_referenda::Config>::UndecidingTimeout::get();
		[root.prepare_period, root.decision_period, root.confirm_period, timeout]
	};
	on_live_chain(|| assert_eq!(periods(), [1_200, 28 * DAYS, DAYS, 14 * DAYS]));
	// 28 days take 112 seconds, 14 days 56, and nothing less than two blocks.
	run(|| assert_eq!(periods(), [2, 19, 2, 10]));
}
