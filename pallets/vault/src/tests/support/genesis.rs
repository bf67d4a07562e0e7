// SPDX-License-Identifier: Apache-2.0

//! State in which a test begins.

use crate::{self as pallet_caliber_vault, tests::mock::*};
use caliber_primitives::{
	governance::{values::VaultValues, Area},
	Seconds, USDAI,
};
use caliber_testkit::{self as testkit, Asset, Ground};
use polkadot_sdk::{sp_io::TestExternalities, sp_runtime::FixedU128};

/// Governed values with which a test begins: the defaults, but for those of here.
pub fn values() -> VaultValues {
	VaultValues {
		// Another than the default, which nothing else in a report is.
		target_apr: FixedU128::from_rational(12, 100),
		// The windows of the tests last a thousand seconds.
		reveal_period: REVEAL,
		raising_period: RAISING,
		round_wait: ROUND_WAIT,
		reopening_period: REOPENING,
		..Default::default()
	}
}

/// Builds the state in which a test begins.
pub struct ExtBuilder {
	window_length: Seconds,
	windows_since: Seconds,
	least_length: Seconds,
	tempo: u32,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self { window_length: LENGTH, windows_since: SINCE, least_length: 200, tempo: 1 }
	}
}

impl ExtBuilder {
	pub fn windows(mut self, since: Seconds, length: Seconds) -> Self {
		self.windows_since = since;
		self.window_length = length;
		self
	}

	/// Lets windows be as short as this.
	pub fn least_length(mut self, length: Seconds) -> Self {
		self.least_length = length;
		self
	}

	/// Divides the waits, as the governance pallet does, from the defaults of all values on.
	pub fn tempo(mut self, tempo: u32) -> Self {
		self.tempo = tempo;
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
		reset_peg();
		reset_lines();
		Frozen::set(Vec::new());
		Tempo::set(self.tempo);
		MinWindowLength::set(self.least_length);
		Values::set(if self.tempo == 1 {
			values()
		} else {
			VaultValues::default().at_tempo(self.tempo)
		});
		Outages::forget();
		testkit::externalities::<Test>(genesis, || {
			to_window(FIRST_WINDOW);
			System::reset_events();
		})
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
