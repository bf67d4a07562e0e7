// SPDX-License-Identifier: Apache-2.0

//! State in which a test begins.

use crate::{
	self as pallet_caliber_reserves,
	tests::mock::*,
	types::{GenesisPool, Peg, TreasuryBill},
};
use caliber_primitives::{governance::values::ReserveValues, titles::Surety, Balance, USD, USDAI};
use caliber_testkit::{self as testkit, Asset, Ground, CLBR};
use polkadot_sdk::{sp_io::TestExternalities, sp_runtime::Perbill};

/// Governed values with which a test begins: the defaults, but for those of here.
pub fn values() -> ReserveValues {
	ReserveValues {
		// Another than the haircuts of the bills in the tests, and than their difference.
		stale_bill_haircut: Perbill::from_percent(5),
		// Tests mint more in a day than the limits of a live chain take; those of the limits set them.
		mint_limit_floor: 10_000_000 * USD,
		inflow_share: Perbill::one(),
		inflow_floor: 10_000_000_000 * USD,
		..Default::default()
	}
}

/// Minimum balance of each asset. That of a stablecoin lies in the account of the peg.
pub const MINIMUM: Balance = 1;

/// Builder of the state in which a test begins.
pub struct ExtBuilder {
	peg: Option<Peg<u32>>,
	paid_in: Vec<(u32, AccountId, Balance)>,
	promised: Vec<(AccountId, u32, Balance)>,
	sureties: Vec<(Surety, AccountId, Balance)>,
	pool: Option<GenesisPool<AccountId>>,
	bill: Option<TreasuryBill<u32>>,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self {
			peg: Some(peg()),
			paid_in: Vec::new(),
			promised: Vec::new(),
			sureties: Vec::new(),
			pool: None,
			bill: None,
		}
	}
}

impl ExtBuilder {
	pub fn peg(mut self, peg: Option<Peg<u32>>) -> Self {
		self.peg = peg;
		self
	}

	/// Lets an account pay a stablecoin into the peg at genesis. It begins with that much more.
	pub fn paid_in(mut self, asset: u32, who: AccountId, amount: Balance) -> Self {
		self.paid_in.push((asset, who, amount));
		self
	}

	/// Lets an account pay a stablecoin into the peg at genesis, whatever it has of it.
	pub fn promised(mut self, asset: u32, who: AccountId, amount: Balance) -> Self {
		self.promised.push((who, asset, amount));
		self
	}

	/// Lets an account post a bond at genesis.
	pub fn posted(mut self, surety: Surety, who: AccountId, amount: Balance) -> Self {
		self.sureties.push((surety, who, amount));
		self
	}

	pub fn pool(mut self, provider: AccountId, clbr: Balance, usdai: Balance) -> Self {
		self.pool = Some(GenesisPool { provider, clbr, usdai });
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
			Asset::new(NATIVE, "CLBR", 12),
		];
		let ground = Ground::new(TREASURY, &assets)
			.clbr([ALICE, BOB, DEALER, TREASURY], 1_000_000)
			.funds(USDC, [ALICE], 1_000_000 * UNIT)
			.funds(USDT, [ALICE], 1_000_000 * USD)
			.funds(BILL, [ALICE], 1_000_000 * UNIT)
			.funds(USDT, [BOB], 1_000_000_000 * USD)
			.funds(BILL, [BOB], 1_000_000_000 * UNIT)
			.funds(BILL18, [BOB], 1_000_000_000 * USD)
			.funds(BILL, [DEALER], 1_000_000_000 * UNIT)
			.funds(BILL18, [DEALER], 1_000_000_000 * USD)
			.funds(NATIVE, [BOB], 1_000 * CLBR)
			.funds(USDC, [Psm::psm_account(&USDAI)], MINIMUM)
			.funds(USDT, [Psm::psm_account(&USDAI)], MINIMUM);
		let ground = self
			.paid_in
			.into_iter()
			.fold(ground, |ground, (asset, who, amount)| ground.paid_in(asset, [who], amount));
		Values::set(values());
		Draws::set(0);
		let genesis = RuntimeGenesisConfig {
			assets: ground.assets(),
			balances: ground.balances(),
			reserves: pallet_caliber_reserves::GenesisConfig {
				peg: self.peg,
				mints: ground.mints().into_iter().chain(self.promised).collect(),
				sureties: self.sureties,
				pool: self.pool,
				bill: self.bill,
			},
			..Default::default()
		};
		testkit::externalities::<Test>(genesis, || {
			testkit::set_time::<Test>(START);
			[PRICED_USDC, PRICED_USDT].into_iter().for_each(steady);
			System::reset_events();
		})
	}

	pub fn build_and_execute(self, test: impl FnOnce()) {
		testkit::execute(self.build(), test, Reserves::do_try_state);
	}
}

/// Returns the state in which the benchmarks run.
#[cfg(feature = "runtime-benchmarks")]
pub fn new_test_ext() -> TestExternalities {
	let mut ext = ExtBuilder::default().wide_peg().build();
	ext.execute_with(|| {
		Values::mutate(|values| values.mint_limit_floor = 10_000_000_000 * USD);
	});
	ext
}
