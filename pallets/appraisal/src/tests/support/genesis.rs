// SPDX-License-Identifier: Apache-2.0

//! State in which a test begins.

use crate::{self as pallet_caliber_appraisal, tests::mock::*};
use caliber_testkit as testkit;
use polkadot_sdk::{pallet_membership, sp_io::TestExternalities};

/// Builder of the externalities of a test.
pub struct ExtBuilder {
	pub genesis: pallet_caliber_appraisal::GenesisConfig<Test>,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self {
			genesis: pallet_caliber_appraisal::GenesisConfig {
				models: vec![genesis_model()],
				assets: vec![(ASSET, "USDC".into())],
				..Default::default()
			},
		}
	}
}

impl ExtBuilder {
	/// Replaces the genesis of the pallet.
	pub fn genesis(mut self, genesis: pallet_caliber_appraisal::GenesisConfig<Test>) -> Self {
		self.genesis = genesis;
		self
	}

	/// Returns externalities at block 1, with empty tables.
	pub fn build(self) -> TestExternalities {
		let genesis = RuntimeGenesisConfig {
			system: Default::default(),
			operators: pallet_membership::GenesisConfig {
				members: OPERATORS.to_vec().try_into().unwrap(),
				phantom: Default::default(),
			},
			appraisal: self.genesis,
		};
		testkit::externalities::<Test>(genesis, || {
			clear_tables();
			testkit::set_time::<Test>(START);
		})
	}

	/// Runs a test, then checks the invariants.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		testkit::execute(self.build(), test, Appraisal::do_try_state);
	}
}
