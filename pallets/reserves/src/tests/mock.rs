// SPDX-License-Identifier: Apache-2.0

//! A runtime for the tests, with the real balances, assets and peg.

use crate as pallet_caliber_reserves;
use crate::types::{Peg, Stablecoin};
use caliber_primitives::{
	appraisal::{AppraisalError, OracleKey},
	traits::PriceSource,
	Balance, PricedAssetId, Seconds, USD, USDAI,
};
use polkadot_sdk::{
	frame_support::{
		self, assert_ok, derive_impl, parameter_types,
		traits::{fungible::ItemOf, AsEnsureOriginWithArg, ConstU128, ConstU32},
		PalletId,
	},
	frame_system::{self, EnsureRoot, EnsureRootWithSuccess, EnsureSigned, RawOrigin},
	pallet_assets, pallet_balances, pallet_psm, sp_io,
	sp_runtime::{traits::IdentityLookup, AccountId32, BuildStorage, DispatchResult, Permill},
};
use std::collections::BTreeMap;

pub type AccountId = AccountId32;
type Block = frame_system::mocking::MockBlock<Test>;

pub const ALICE: AccountId = AccountId::new([1; 32]);
pub const GUARDIAN: AccountId = AccountId::new([80; 32]);
pub const TREASURY: AccountId = AccountId::new([90; 32]);
pub const VAULT: AccountId = AccountId::new([91; 32]);

/// A stablecoin of 6 decimals.
pub const USDC: u32 = 10;
/// A stablecoin of 18 decimals.
pub const USDT: u32 = 11;
/// A Treasury bill of 6 decimals.
pub const BILL: u32 = 12;
/// One of those with 6 decimals.
pub const UNIT: Balance = 1_000_000;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeTask,
		RuntimeHoldReason,
		RuntimeFreezeReason,
		RuntimeViewFunction
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(2)]
	pub type Assets = pallet_assets;
	#[runtime::pallet_index(3)]
	pub type Psm = pallet_psm;
	#[runtime::pallet_index(4)]
	pub type Reserves = pallet_caliber_reserves;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type AccountData = pallet_balances::AccountData<Balance>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = ConstU128<1>;
	type AccountStore = System;
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Test {
	type Balance = Balance;
	type AssetId = u32;
	type AssetIdParameter = u32;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
}

parameter_types! {
	pub const PsmPalletId: PalletId = PalletId(*b"cbr/psm0");
	pub const NoDepositor: Option<AccountId> = None;
	pub const TreasuryAccount: AccountId = TREASURY;
	pub const BillsAccount: AccountId = VAULT;
	pub PegAdmin: OriginCaller = RawOrigin::Root.into();
	pub PegGuardian: OriginCaller = RawOrigin::Signed(GUARDIAN).into();
	pub static PriceFeed: BTreeMap<PricedAssetId, Balance> = BTreeMap::new();
}

#[cfg(feature = "runtime-benchmarks")]
pub struct PsmBenchmarkHelper;
#[cfg(feature = "runtime-benchmarks")]
impl pallet_psm::BenchmarkHelper<u32, AccountId> for PsmBenchmarkHelper {
	fn get_asset_id(index: u32) -> u32 {
		index
	}
	fn create_asset(id: u32, owner: &AccountId, decimals: u8) {
		assert_ok!(Assets::force_create(RuntimeOrigin::root(), id, owner.clone(), true, 1));
		assert_ok!(Assets::force_set_metadata(
			RuntimeOrigin::root(),
			id,
			b"Stablecoin".to_vec(),
			b"USD".to_vec(),
			decimals,
			false,
		));
	}
}

impl pallet_psm::Config for Test {
	type Fungibles = Assets;
	type Consideration = ();
	type CreateOrigin = AsEnsureOriginWithArg<EnsureRootWithSuccess<AccountId, NoDepositor>>;
	type RuntimeOrigin = RuntimeOrigin;
	type PalletsOrigin = OriginCaller;
	type AssetId = u32;
	type WeightInfo = ();
	type PalletId = PsmPalletId;
	type MaxExternals = ConstU32<3>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = PsmBenchmarkHelper;
}

/// Stands where the appraisal would.
pub struct MockPrices;
impl PriceSource for MockPrices {
	fn price(asset: PricedAssetId) -> Result<(Balance, Seconds), AppraisalError> {
		PriceFeed::get()
			.get(&asset)
			.map(|price| (*price, 0))
			.ok_or(AppraisalError::Stale(OracleKey::Price(asset)))
	}
}

impl pallet_caliber_reserves::Config for Test {
	type AdminOrigin = EnsureRoot<AccountId>;
	type UsdAi = ItemOf<Assets, ConstU32<USDAI>, AccountId>;
	type PegAsset = ConstU32<USDAI>;
	type PegAdmin = PegAdmin;
	type PegGuardian = PegGuardian;
	type TreasuryAccount = TreasuryAccount;
	type BillsAccount = BillsAccount;
	type Prices = MockPrices;
	type WeightInfo = ();
}

/// The peg with which the tests begin: 3 : 1, fees of 1 % and 2 % for USDC.
pub fn peg() -> Peg<u32> {
	Peg {
		max_debt: 1_000_000 * USD,
		min_swap: USD,
		stablecoins: vec![
			Stablecoin {
				asset: USDC,
				ceiling_weight: 750_000,
				minting_fee: 10_000,
				redemption_fee: 20_000,
				priced_asset: Some(0),
			},
			Stablecoin {
				asset: USDT,
				ceiling_weight: 250_000,
				minting_fee: 0,
				redemption_fee: 0,
				priced_asset: None,
			},
		],
	}
}

/// Builds the state in which a test begins.
pub struct ExtBuilder {
	peg: Option<Peg<u32>>,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self { peg: Some(peg()) }
	}
}

impl ExtBuilder {
	pub fn peg(mut self, peg: Option<Peg<u32>>) -> Self {
		self.peg = peg;
		self
	}

	pub fn build(self) -> sp_io::TestExternalities {
		let asset = |id| (id, TREASURY, true, 1);
		let metadata = |id, symbol: &str, decimals| {
			(id, symbol.as_bytes().to_vec(), symbol.as_bytes().to_vec(), decimals)
		};
		let storage = RuntimeGenesisConfig {
			assets: pallet_assets::GenesisConfig {
				assets: vec![asset(USDAI), asset(USDC), asset(USDT), asset(BILL)],
				metadata: vec![
					metadata(USDAI, "USDai", 18),
					metadata(USDC, "USDC", 6),
					metadata(USDT, "USDT", 18),
					metadata(BILL, "BILL", 6),
				],
				accounts: vec![
					(USDC, ALICE, 1_000_000 * UNIT),
					(USDT, ALICE, 1_000_000 * USD),
					(BILL, ALICE, 1_000_000 * UNIT),
				],
				..Default::default()
			},
			reserves: pallet_caliber_reserves::GenesisConfig { peg: self.peg },
			..Default::default()
		}
		.build_storage()
		.expect("the genesis is in order");
		let mut ext = sp_io::TestExternalities::from(storage);
		ext.execute_with(|| System::set_block_number(1));
		ext
	}

	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			assert_ok!(Reserves::do_try_state());
		});
	}
}

/// For the benchmarks.
#[cfg(feature = "runtime-benchmarks")]
pub fn new_test_ext() -> sp_io::TestExternalities {
	ExtBuilder::default().build()
}

/// Set the price of an asset, or take it away.
pub fn set_price(asset: PricedAssetId, price: Option<Balance>) {
	PriceFeed::mutate(|feed| match price {
		Some(price) => feed.insert(asset, price),
		None => feed.remove(&asset),
	});
}

/// USDai for a stablecoin.
pub fn mint(asset: u32, amount: Balance) -> DispatchResult {
	Psm::mint(RuntimeOrigin::signed(ALICE), USDAI, asset, amount, Permill::one())
}

/// A stablecoin for USDai.
pub fn redeem(asset: u32, amount: Balance) -> DispatchResult {
	Psm::redeem(RuntimeOrigin::signed(ALICE), USDAI, asset, amount, Permill::one())
}

/// The last event of the reserves.
pub fn last_event() -> crate::Event<Test> {
	System::events()
		.into_iter()
		.rev()
		.find_map(|record| match record.event {
			RuntimeEvent::Reserves(event) => Some(event),
			_ => None,
		})
		.expect("the reserves have emitted an event")
}
