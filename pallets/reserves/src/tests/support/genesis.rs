// SPDX-License-Identifier: Apache-2.0

//! State in which a test begins.

use crate::{
	self as pallet_caliber_reserves,
	tests::mock::*,
	types::{Peg, TreasuryBill},
};
use caliber_primitives::USD;
use caliber_testkit::{self as testkit, Asset, Ground};
use polkadot_sdk::sp_io::TestExternalities;

/// Builder of the state in which a test begins.
pub struct ExtBuilder {
	peg: Option<Peg<u32>>,
	bill: Option<TreasuryBill<u32>>,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self { peg: Some(peg()), bill: None }
	}
}

impl ExtBuilder {
	pub fn peg(mut self, peg: Option<Peg<u32>>) -> Self {
		self.peg = peg;
		self
	}

	pub fn bill(mut self, bill: TreasuryBill<u32>) -> Self {
		self.bill = Some(bill);
		self
	}

	/// Raises the debt ceiling of the peg above any amount of the tests.
	pub fn wide_peg(self) -> Self {
		let mut peg = peg();
		peg.max_debt = 10_000_000_000 * USD;
		self.peg(Some(peg))
	}

	pub fn build(self) -> TestExternalities {
		let assets = [
			Asset::USDAI,
			Asset::SUSDAI,
			Asset::new(USDC, "USDC", 6),
			Asset::new(USDT, "USDT", 18),
			Asset::new(BILL, "BILL", 6),
			Asset::new(BILL18, "BILL18", 18),
		];
		let ground = Ground::new(TREASURY, &assets)
			.clbr([ALICE, BOB, TREASURY], 1_000_000)
			.funds(USDC, [ALICE], 1_000_000 * UNIT)
			.funds(USDT, [ALICE], 1_000_000 * USD)
			.funds(BILL, [ALICE], 1_000_000 * UNIT)
			.funds(USDT, [BOB], 1_000_000_000 * USD)
			.funds(BILL, [BOB], 1_000_000_000 * UNIT)
			.funds(BILL18, [BOB], 1_000_000_000 * USD);
		let genesis = RuntimeGenesisConfig {
			assets: ground.assets(),
			balances: ground.balances(),
			reserves: pallet_caliber_reserves::GenesisConfig { peg: self.peg, bill: self.bill },
			..Default::default()
		};
		testkit::externalities::<Test>(genesis, || testkit::set_time::<Test>(START))
	}

	pub fn build_and_execute(self, test: impl FnOnce()) {
		testkit::execute(self.build(), test, Reserves::do_try_state);
	}
}

/// Returns the state in which the benchmarks run.
#[cfg(feature = "runtime-benchmarks")]
pub fn new_test_ext() -> TestExternalities {
	let mut ext = ExtBuilder::default().wide_peg().build();
	ext.execute_with(|| Floor::set(&(10_000_000_000 * USD)));
	ext
}
