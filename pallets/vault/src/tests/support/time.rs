// SPDX-License-Identifier: Apache-2.0

//! Clock and redemption windows.

use crate::tests::mock::*;
use caliber_primitives::{Seconds, WindowIndex};
use caliber_testkit as testkit;
use polkadot_sdk::frame_support::traits::OnTimestampSet;

/// Sets the time of the block, unix seconds, as its inherent does.
pub fn set_time(time: Seconds) {
	testkit::set_time::<Test>(time);
	Vault::on_timestamp_set(time);
}

/// Returns the time of the block, unix seconds.
pub fn time() -> Seconds {
	testkit::now::<Test>()
}

/// To the first second of a window.
pub fn to_window(window: WindowIndex) {
	set_time(SINCE + Seconds::from(window - 1) * LENGTH);
}

/// To the first second in which bids of a window are revealed.
pub fn to_reveal(window: WindowIndex) {
	to_window(window + 1);
	set_time(time() - REVEAL);
}
