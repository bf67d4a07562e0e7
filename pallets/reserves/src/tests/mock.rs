// SPDX-License-Identifier: Apache-2.0

//! Runtime of the tests, with the real balances, assets, pools and peg.

use crate as pallet_caliber_reserves;
use crate::{
	types::{Peg, Stablecoin, TreasuryBill},
	AssetTeam, RateLimitedMint, RateLimitedMintWeights,
};
use caliber_math::{SECONDS_PER_DAY, SECONDS_PER_HOUR};
use caliber_primitives::{
	appraisal::{AppraisalError, OracleKey},
	traits::{IdleFunds, OnNewAppraisal, PriceSource, TreasuryBills},
	Balance, PricedAssetId, Seconds, SUSDAI, USD, USDAI,
};
use polkadot_sdk::{
	frame_support::{
		self, assert_ok, derive_impl, ensure, parameter_types,
		traits::{
			fungible::ItemOf, fungibles::Mutate, tokens::Preservation, AsEnsureOriginWithArg,
			ConstU128, ConstU32, Equals, UnixTime,
		},
		PalletId,
	},
	frame_system::{
		self, EnsureRoot, EnsureRootWithSuccess, EnsureSigned, EnsureSignedBy, RawOrigin,
	},
	pallet_asset_conversion, pallet_assets, pallet_balances, pallet_psm, sp_core, sp_io,
	sp_runtime::{
		traits::IdentityLookup, AccountId32, BuildStorage, DispatchError, DispatchResult,
		FixedU128, Perbill, Permill,
	},
};
use std::{collections::BTreeMap, time::Duration};

pub type AccountId = AccountId32;
type Block = frame_system::mocking::MockBlock<Test>;

pub const ALICE: AccountId = AccountId::new([1; 32]);
pub const BOB: AccountId = AccountId::new([2; 32]);
pub const COMPLIANCE: AccountId = AccountId::new([70; 32]);
pub const GUARDIAN: AccountId = AccountId::new([80; 32]);
pub const TREASURY: AccountId = AccountId::new([90; 32]);
pub const VAULT: AccountId = AccountId::new([91; 32]);

/// Stablecoin with 6 decimals.
pub const USDC: u32 = 10;
/// Stablecoin with 18 decimals.
pub const USDT: u32 = 11;
/// Treasury bill with 6 decimals.
pub const BILL: u32 = 12;
/// Treasury bill with 18 decimals.
pub const BILL18: u32 = 13;
/// One whole unit of an asset with 6 decimals.
pub const UNIT: Balance = 1_000_000;
/// Priced asset of the bills.
pub const PRICED_BILL: PricedAssetId = 3;
/// One day.
pub const DAY: Seconds = SECONDS_PER_DAY;
/// One hour.
pub const HOUR: Seconds = SECONDS_PER_HOUR;
/// Time at which the tests begin: a midnight.
pub const START: Seconds = 19_358 * DAY;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Balances: pallet_balances,
		Assets: pallet_assets,
		Psm: pallet_psm,
		Reserves: pallet_caliber_reserves,
		PoolAssets: pallet_assets::<Instance1>,
		AssetConversion: pallet_asset_conversion,
	}
);

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

impl pallet_assets::Config<pallet_assets::Instance1> for Test {
	type ApprovalDeposit = ConstU128<0>;
	type AssetAccountDeposit = ConstU128<0>;
	type AssetDeposit = ConstU128<0>;
	type AssetId = u32;
	type AssetIdAllocator = ();
	type AssetIdParameter = u32;
	type Balance = Balance;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
	type CallbackHandle = ();
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type Currency = Balances;
	type Extra = ();
	type ForceOrigin = EnsureRoot<AccountId>;
	type Freezer = ();
	type Holder = ();
	type MetadataDepositBase = ConstU128<0>;
	type MetadataDepositPerByte = ConstU128<0>;
	type RemoveItemsLimit = ConstU32<1_000>;
	type ReserveData = ();
	type RuntimeEvent = RuntimeEvent;
	type StringLimit = ConstU32<50>;
	type WeightInfo = ();
}

parameter_types! {
	pub const PoolsPalletId: PalletId = PalletId(*b"py/ascon");
	pub const LpFee: Permill = Permill::from_parts(3_000);
	pub const MaxSwapFee: Permill = Permill::from_percent(2);
	pub const NoFee: Permill = Permill::zero();
}

impl pallet_asset_conversion::Config for Test {
	type AdminOrigin = EnsureRoot<AccountId>;
	type AssetKind = u32;
	type Assets = Assets;
	type Balance = Balance;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
	type HigherPrecisionBalance = sp_core::U256;
	type LPFee = LpFee;
	type LiquidityWithdrawalFee = NoFee;
	type MaxSwapFee = MaxSwapFee;
	type MaxSwapPathLength = ConstU32<3>;
	type MintMinLiquidity = ConstU128<100>;
	type PalletId = PoolsPalletId;
	type PoolAssetId = u32;
	type PoolAssets = PoolAssets;
	type PoolId = (u32, u32);
	type PoolLocator = pallet_asset_conversion::Ascending<
		AccountId,
		u32,
		pallet_asset_conversion::AccountIdConverter<PoolsPalletId, (u32, u32)>,
	>;
	type PoolSetupFee = ConstU128<0>;
	type PoolSetupFeeAsset = ConstU32<USDAI>;
	type PoolSetupFeeTarget = ();
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = ();
}

parameter_types! {
	pub const PsmPalletId: PalletId = PalletId(*b"cbr/psm0");
	pub const NoDepositor: Option<AccountId> = None;
	pub const TreasuryAccount: AccountId = TREASURY;
	pub const BillsPalletId: PalletId = PalletId(*b"cbr/bill");
	pub const VaultAccount: AccountId = VAULT;
	pub FrozenAssets: Vec<u32> = vec![USDAI, SUSDAI];
	pub PegAdmin: OriginCaller = RawOrigin::Root.into();
	pub PegGuardian: OriginCaller = RawOrigin::Signed(GUARDIAN).into();
	/// Price of each asset, its time, and true if it is fresh.
	pub storage PriceFeed: BTreeMap<PricedAssetId, (Balance, Seconds, bool)> = BTreeMap::new();
	pub storage Clock: Seconds = START;
	pub storage Buffer: Perbill = Perbill::from_percent(10);
	pub storage Ahead: Seconds = DAY;
	pub storage Threshold: Balance = 1_000 * USD;
	pub storage Band: Perbill = Perbill::from_percent(1);
	pub storage Hourly: Balance = 100_000 * USD;
	pub storage StaleHaircut: Perbill = Perbill::from_percent(5);
	pub storage Period: Seconds = DAY;
	pub storage Share: Perbill = Perbill::from_percent(10);
	pub storage Floor: Balance = 10_000_000 * USD;
	pub storage LowestPrice: FixedU128 = FixedU128::from_rational(98, 100);
	/// The ledger of the vault.
	pub storage VaultIdle: Balance = 0;
	pub storage VaultLent: Balance = 0;
	pub storage VaultWanted: Balance = 0;
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

frame_support::ord_parameter_types! {
	pub const Compliance: AccountId = COMPLIANCE;
}

impl pallet_psm::Config for Test {
	type Fungibles = RateLimitedMint<Test, Assets>;
	type Consideration = ();
	type CreateOrigin = AsEnsureOriginWithArg<EnsureRootWithSuccess<AccountId, NoDepositor>>;
	type RuntimeOrigin = RuntimeOrigin;
	type PalletsOrigin = OriginCaller;
	type AssetId = u32;
	type WeightInfo = RateLimitedMintWeights<Test, ()>;
	type PalletId = PsmPalletId;
	type MaxExternals = ConstU32<3>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = PsmBenchmarkHelper;
}

/// Prices in place of the appraisal pallet.
pub struct MockPrices;
impl PriceSource for MockPrices {
	fn price(asset: PricedAssetId) -> Result<(Balance, Seconds), AppraisalError> {
		match PriceFeed::get().get(&asset) {
			Some((price, at, true)) => Ok((*price, *at)),
			_ => Err(AppraisalError::Stale(OracleKey::Price(asset))),
		}
	}

	fn last_known(asset: PricedAssetId) -> Option<(Balance, Seconds)> {
		PriceFeed::get().get(&asset).map(|(price, at, _)| (*price, *at))
	}
}

/// Clock in place of the timestamp pallet.
pub struct MockTime;
impl UnixTime for MockTime {
	fn now() -> Duration {
		Duration::from_secs(Clock::get())
	}
}

/// Vault in place of the vault pallet: its account has at least the idle USDai.
pub struct MockVault;
impl IdleFunds<AccountId> for MockVault {
	fn idle() -> Balance {
		VaultIdle::get()
	}

	fn assets() -> Result<Balance, DispatchError> {
		Ok(VaultIdle::get() + VaultLent::get() + <Reserves as TreasuryBills>::value())
	}

	fn wanted_within(ahead: Seconds) -> Result<Balance, DispatchError> {
		Ok(if ahead >= DAY { VaultWanted::get() } else { 0 })
	}

	fn take(to: &AccountId, amount: Balance) -> DispatchResult {
		let idle = VaultIdle::get();
		ensure!(amount <= idle, "the vault has less");
		VaultIdle::set(&(idle - amount));
		send(USDAI, &VAULT, to, amount)
	}

	fn put_back(from: &AccountId, amount: Balance) -> DispatchResult {
		VaultIdle::set(&(VaultIdle::get() + amount));
		send(USDAI, from, &VAULT, amount)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_idle(amount: Balance) {
		fund_vault(amount);
	}
}

#[cfg(feature = "runtime-benchmarks")]
pub struct ReservesBenchmarkHelper;
#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper<u32, AccountId> for ReservesBenchmarkHelper {
	fn market(usdai: Balance) -> TreasuryBill<u32> {
		set_price(PRICED_BILL, Some(USD));
		open_pool(BILL18, usdai, usdai);
		bill(BILL18, Perbill::from_percent(1))
	}

	fn endow_teams() {}
}

impl pallet_caliber_reserves::Config for Test {
	type AdminOrigin = EnsureRoot<AccountId>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ReservesBenchmarkHelper;
	type BillsPalletId = BillsPalletId;
	type ComplianceOrigin = EnsureSignedBy<Compliance, AccountId>;
	type Freezer = AssetTeam<Test, (), FrozenAssets>;
	type HourlyLimit = Hourly;
	type LiquidityBuffer = Buffer;
	type LookAhead = Ahead;
	type MintLimitFloor = Floor;
	type MintLimitPeriod = Period;
	type MintLimitShare = Share;
	type PegAdmin = PegAdmin;
	type PegAsset = ConstU32<USDAI>;
	type PegFloor = LowestPrice;
	type PegGuardian = PegGuardian;
	type Pools = AssetConversion;
	type PriceBand = Band;
	type Prices = MockPrices;
	type Protected = Equals<VaultAccount>;
	type RebalanceThreshold = Threshold;
	type StaleBillHaircut = StaleHaircut;
	type Time = MockTime;
	type TreasuryAccount = TreasuryAccount;
	type UsdAi = ItemOf<Assets, ConstU32<USDAI>, AccountId>;
	type Vault = MockVault;
	type WeightInfo = ();
}

/// Returns the peg of the tests: weights 3 : 1, fees of 1 % and 2 % for USDC.
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

	pub fn build(self) -> sp_io::TestExternalities {
		let asset = |id| (id, TREASURY, true, 1);
		let metadata = |id, symbol: &str, decimals| {
			(id, symbol.as_bytes().to_vec(), symbol.as_bytes().to_vec(), decimals)
		};
		let storage = RuntimeGenesisConfig {
			assets: pallet_assets::GenesisConfig {
				assets: [USDAI, SUSDAI, USDC, USDT, BILL, BILL18].map(asset).to_vec(),
				metadata: vec![
					metadata(USDAI, "USDai", 18),
					metadata(SUSDAI, "sUSDai", 18),
					metadata(USDC, "USDC", 6),
					metadata(USDT, "USDT", 18),
					metadata(BILL, "BILL", 6),
					metadata(BILL18, "BILL18", 18),
				],
				accounts: vec![
					(USDC, ALICE, 1_000_000 * UNIT),
					(USDT, ALICE, 1_000_000 * USD),
					(BILL, ALICE, 1_000_000 * UNIT),
					(USDT, BOB, 1_000_000_000 * USD),
					(BILL, BOB, 1_000_000_000 * UNIT),
					(BILL18, BOB, 1_000_000_000 * USD),
				],
				..Default::default()
			},
			balances: pallet_balances::GenesisConfig {
				balances: [ALICE, BOB, TREASURY].map(|who| (who, 1_000_000)).to_vec(),
				..Default::default()
			},
			reserves: pallet_caliber_reserves::GenesisConfig { peg: self.peg, bill: self.bill },
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

/// Returns the state in which the benchmarks run.
#[cfg(feature = "runtime-benchmarks")]
pub fn new_test_ext() -> sp_io::TestExternalities {
	let mut ext = ExtBuilder::default().wide_peg().build();
	ext.execute_with(|| Floor::set(&(10_000_000_000 * USD)));
	ext
}

/// Sets a fresh price of an asset, or makes the last one stale.
pub fn set_price(asset: PricedAssetId, price: Option<Balance>) {
	let mut feed = PriceFeed::get();
	match (price, feed.get_mut(&asset)) {
		(Some(price), _) => drop(feed.insert(asset, (price, Clock::get(), true))),
		(None, Some(old)) => old.2 = false,
		(None, None) => {}
	}
	PriceFeed::set(&feed);
}

/// Accepts a price of the bills as the oracle does.
pub fn accept_price(price: Balance) {
	set_price(PRICED_BILL, Some(price));
	Reserves::on_new_appraisal(&OracleKey::Price(PRICED_BILL), price, Clock::get());
}

/// Moves the clock on.
pub fn pass(seconds: Seconds) {
	Clock::set(&(Clock::get() + seconds));
}

/// Returns the Treasury bills of a token.
pub fn bill(asset: u32, haircut: Perbill) -> TreasuryBill<u32> {
	TreasuryBill { asset, priced_asset: PRICED_BILL, haircut }
}

/// Issues USDai to `who` against USDT of Bob.
pub fn issue(who: &AccountId, amount: Balance) {
	assert_ok!(Psm::mint(RuntimeOrigin::signed(BOB), USDAI, USDT, amount, Permill::one()));
	assert_ok!(send(USDAI, &BOB, who, amount));
}

/// Issues idle USDai to the vault.
pub fn fund_vault(amount: Balance) {
	issue(&VAULT, amount);
	VaultIdle::set(&(VaultIdle::get() + amount));
}

/// Opens a pool of USDai and a token with liquidity of Bob.
pub fn open_pool(token: u32, usdai: Balance, tokens: Balance) {
	// One dollar more: the pool leaves the provider's accounts alive.
	issue(&BOB, usdai + USD);
	let bob = RuntimeOrigin::signed(BOB);
	let pair = || (Box::new(USDAI), Box::new(token));
	let (one, other) = pair();
	assert_ok!(AssetConversion::create_pool(bob.clone(), one, other));
	let (one, other) = pair();
	assert_ok!(AssetConversion::add_liquidity(bob, one, other, usdai, tokens, 1, 1, BOB));
}

/// Returns the USDai and the tokens in the pool.
pub fn pool(token: u32) -> (Balance, Balance) {
	AssetConversion::get_reserves(USDAI, token).expect("there is a pool")
}

/// Sends an asset.
pub fn send(asset: u32, from: &AccountId, to: &AccountId, amount: Balance) -> DispatchResult {
	<Assets as Mutate<_>>::transfer(asset, from, to, amount, Preservation::Expendable)?;
	Ok(())
}

/// Returns the balance of an account.
pub fn balance(asset: u32, who: &AccountId) -> Balance {
	Assets::balance(asset, who)
}

/// Mints USDai of Alice against a stablecoin.
pub fn mint(asset: u32, amount: Balance) -> DispatchResult {
	Psm::mint(RuntimeOrigin::signed(ALICE), USDAI, asset, amount, Permill::one())
}

/// Redeems USDai of Alice for a stablecoin.
pub fn redeem(asset: u32, amount: Balance) -> DispatchResult {
	Psm::redeem(RuntimeOrigin::signed(ALICE), USDAI, asset, amount, Permill::one())
}

/// Returns the last event of the reserves pallet.
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
