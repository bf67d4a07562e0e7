// SPDX-License-Identifier: Apache-2.0

//! State in which a test begins.

use crate::{self as pallet_caliber_credit, tests::mock::*};
use caliber_primitives::{Balance, USD, USDAI};
use caliber_testkit::{self as testkit, Asset, Ground};
use polkadot_sdk::{frame_support::traits::fungible::Inspect, sp_io::TestExternalities};

pub struct ExtBuilder {
	curators: Vec<(AccountId, Balance)>,
	vault: Balance,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self {
			curators: vec![(CURATOR, 5_000_000 * USD), (OTHER_CURATOR, 2_000_000 * USD)],
			vault: FUNDS,
		}
	}
}

impl ExtBuilder {
	/// How much the senior lender has.
	pub fn vault(mut self, vault: Balance) -> Self {
		self.vault = vault;
		self
	}

	pub fn build(self) -> TestExternalities {
		let people = [CURATOR, BORROWER, ANYONE, OTHER_CURATOR, OTHER_BORROWER];
		let ground = Ground::new(ADMIN, &[Asset::USDAI])
			.clbr(people, 1_000 * CLBR)
			.funds(USDAI, people, FUNDS)
			.funds(USDAI, [VAULT], self.vault);
		let genesis = RuntimeGenesisConfig {
			balances: ground.balances(),
			assets: ground.assets(),
			credit: pallet_caliber_credit::GenesisConfig { curators: self.curators },
			..Default::default()
		};
		testkit::externalities::<Test>(genesis, || {
			set_time(START);
			begin_anew();
			for title in 1..=4 {
				new_title(title, BORROWER, 2_000_000 * USD);
			}
			new_title(5, OTHER_BORROWER, 2_000_000 * USD);
		})
	}

	/// Run a test and check what must be true after it; no USDai may come or go.
	pub fn build_and_execute<R>(self, test: impl FnOnce() -> R) -> R {
		self.build().execute_with(|| {
			let issued = UsdAi::total_issuance();
			let result = test();
			check_all();
			assert_eq!(everything(), issued, "USDai came or went");
			assert_eq!(UsdAi::total_issuance(), issued);
			result
		})
	}
}

/// For benchmarks as tests.
#[cfg(feature = "runtime-benchmarks")]
pub fn new_test_ext() -> TestExternalities {
	ExtBuilder::default().build()
}
