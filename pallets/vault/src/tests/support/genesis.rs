// SPDX-License-Identifier: Apache-2.0

//! State in which a test begins.

use crate::{self as pallet_caliber_vault, tests::mock::*};
use caliber_primitives::{Seconds, USDAI};
use caliber_testkit::{self as testkit, Asset, Ground};
use polkadot_sdk::sp_io::TestExternalities;

/// Builds the state in which a test begins.
pub struct ExtBuilder {
	window_length: Seconds,
	windows_since: Seconds,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self { window_length: LENGTH, windows_since: SINCE }
	}
}

impl ExtBuilder {
	pub fn windows(mut self, since: Seconds, length: Seconds) -> Self {
		self.windows_since = since;
		self.window_length = length;
		self
	}

	pub fn build(self) -> TestExternalities {
		let people = [ALICE, BOB, CHARLIE, BORROWER, DEALER];
		let ground = Ground::new(TREASURY, &[Asset::USDAI, Asset::SUSDAI])
			.clbr(people, 1_000 * CLBR)
			.funds(USDAI, people, ENDOWMENT);
		let genesis = RuntimeGenesisConfig {
			balances: ground.balances(),
			assets: ground.assets(),
			vault: pallet_caliber_vault::GenesisConfig {
				window_length: self.window_length,
				windows_since: self.windows_since,
				..Default::default()
			},
			..Default::default()
		};
		reset_bills();
		testkit::externalities::<Test>(genesis, || to_window(FIRST_WINDOW))
	}

	pub fn build_and_execute(self, test: impl FnOnce()) {
		testkit::execute(self.build(), test, Vault::do_try_state);
	}
}

/// For the benchmarks.
#[cfg(feature = "runtime-benchmarks")]
pub fn new_test_ext() -> TestExternalities {
	ExtBuilder::default().build()
}
