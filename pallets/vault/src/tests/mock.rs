// SPDX-License-Identifier: Apache-2.0

//! A runtime for the tests, with the real balances, assets and clock.

use crate as pallet_caliber_vault;
use crate::types::Tick;
use caliber_primitives::{
	traits::{IdleFunds, TreasuryBills},
	vault::RequestReport,
	Balance, RequestId, Seconds, WindowIndex, SUSDAI, USD, USDAI,
};
use codec::Encode;
use polkadot_sdk::{
	frame_support::{
		self, assert_ok, derive_impl, parameter_types,
		traits::{
			fungible::{HoldConsideration, Inspect, ItemOf, Mutate},
			AsEnsureOriginWithArg, ConstU128, ConstU32, ConstU64, ConstantStoragePrice,
		},
		PalletId,
	},
	frame_system::{self, EnsureRoot, EnsureSigned},
	pallet_assets, pallet_balances, pallet_timestamp,
	sp_core::H256,
	sp_io,
	sp_runtime::{BuildStorage, DispatchResult, FixedU128, Perbill},
};

pub type AccountId = u64;
type Block = frame_system::mocking::MockBlock<Test>;

pub const ALICE: AccountId = 1;
pub const BOB: AccountId = 2;
pub const CHARLIE: AccountId = 3;
pub const BORROWER: AccountId = 10;
pub const TREASURY: AccountId = 90;
/// Buys and sells the vault's bills.
pub const DEALER: AccountId = 80;

/// USDai that each of the savers and the borrower begin with.
pub const ENDOWMENT: Balance = 1_000_000 * USD;
/// CLBR that each of them begins with.
pub const CLBR: Balance = 1_000_000_000_000;
/// Window 1 begins here.
pub const SINCE: Seconds = 1_500;
/// A window lasts as long.
pub const LENGTH: Seconds = 1_000;
/// Bids are revealed as long before the close.
pub const REVEAL: Seconds = 100;
/// The window in which the tests begin, at its first second.
pub const FIRST_WINDOW: WindowIndex = 3;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Timestamp: pallet_timestamp,
		Balances: pallet_balances,
		Assets: pallet_assets,
		Vault: pallet_caliber_vault,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountData = pallet_balances::AccountData<Balance>;
}

#[derive_impl(pallet_timestamp::config_preludes::TestDefaultConfig)]
impl pallet_timestamp::Config for Test {}

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
	pub const VaultPalletId: PalletId = PalletId(*b"cbr/vlt0");
	pub const TreasuryAccount: AccountId = TREASURY;
	pub const YieldFee: Perbill = Perbill::from_percent(10);
	pub static DepositCap: Balance = 100_000_000 * USD;
	/// The bills at their mark. They are sold at it, less what `BillsLoss` says.
	pub static BillsValue: Balance = 0;
	/// What the bills count for above that when shares are bought; none while nobody knows.
	pub static BillsMarkedOff: Option<Balance> = Some(0);
	/// What a sale of bills loses.
	pub static BillsLoss: Perbill = Perbill::zero();
	/// The most that one sale brings.
	pub static BillsLimit: Balance = Balance::MAX;
	pub static BillsYield: Option<FixedU128> = None;
	pub static TargetApr: FixedU128 = FixedU128::from_rational(12, 100);
	pub static RequestDeposit: Balance = CLBR;
	pub const OperatorHold: RuntimeHoldReason =
		RuntimeHoldReason::Vault(pallet_caliber_vault::HoldReason::Operator);
	pub const RequestHold: RuntimeHoldReason =
		RuntimeHoldReason::Vault(pallet_caliber_vault::HoldReason::RedemptionRequest);
}

/// Stands where the reserves would.
pub struct MockBills;
impl TreasuryBills for MockBills {
	fn value() -> Balance {
		BillsValue::get()
	}

	fn value_for_deposits() -> Option<Balance> {
		BillsMarkedOff::get().map(|marked_off| BillsValue::get() + marked_off)
	}

	fn divest(wanted: Balance) -> Balance {
		let kept = Perbill::one() - BillsLoss::get();
		let sold = BillsValue::get().min(kept.saturating_reciprocal_mul_ceil(wanted));
		let got = kept.mul_floor(sold).min(BillsLimit::get());
		if got == 0 || Vault::put_back(&DEALER, got).is_err() {
			return 0;
		}
		BillsValue::mutate(|value| *value -= sold);
		got
	}

	fn annual_yield() -> Option<FixedU128> {
		BillsYield::get()
	}
}

/// Buy bills with idle money.
pub fn invest(amount: Balance) -> DispatchResult {
	Vault::take(&DEALER, amount)?;
	BillsValue::mutate(|value| *value += amount);
	Ok(())
}

pub type UsdAi = ItemOf<Assets, ConstU32<USDAI>, AccountId>;
pub type Shares = ItemOf<Assets, ConstU32<SUSDAI>, AccountId>;

impl pallet_caliber_vault::Config for Test {
	type AdminOrigin = EnsureRoot<AccountId>;
	type UsdAi = UsdAi;
	type Shares = Shares;
	type Bills = MockBills;
	type Time = Timestamp;
	type PalletId = VaultPalletId;
	type TreasuryAccount = TreasuryAccount;
	type YieldFee = YieldFee;
	type MinDeposit = ConstU128<USD>;
	type DepositCap = DepositCap;
	type RequestConsideration = HoldConsideration<
		AccountId,
		Balances,
		RequestHold,
		ConstantStoragePrice<RequestDeposit, Balance>,
	>;
	type OperatorConsideration = HoldConsideration<
		AccountId,
		Balances,
		OperatorHold,
		ConstantStoragePrice<ConstU128<CLBR>, Balance>,
	>;
	type RevealPeriod = ConstU64<REVEAL>;
	type MinWindowLength = ConstU64<200>;
	type MaxWindowLength = ConstU64<1_000_000>;
	type TargetApr = TargetApr;
	type MaxRequests = ConstU32<50>;
	type WeightInfo = ();
}

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

	pub fn build(self) -> sp_io::TestExternalities {
		let people = [ALICE, BOB, CHARLIE, BORROWER, DEALER];
		let storage = RuntimeGenesisConfig {
			balances: pallet_balances::GenesisConfig {
				balances: people.iter().map(|who| (*who, 1_000 * CLBR)).collect(),
				..Default::default()
			},
			assets: pallet_assets::GenesisConfig {
				assets: vec![(USDAI, TREASURY, true, 1), (SUSDAI, TREASURY, true, 1)],
				accounts: people.iter().map(|who| (USDAI, *who, ENDOWMENT)).collect(),
				..Default::default()
			},
			vault: pallet_caliber_vault::GenesisConfig {
				window_length: self.window_length,
				windows_since: self.windows_since,
				..Default::default()
			},
			..Default::default()
		}
		.build_storage()
		.expect("the genesis is in order");
		BillsValue::set(0);
		BillsMarkedOff::set(Some(0));
		BillsLoss::set(Perbill::zero());
		BillsLimit::set(Balance::MAX);
		let mut ext = sp_io::TestExternalities::from(storage);
		ext.execute_with(|| {
			System::set_block_number(1);
			to_window(FIRST_WINDOW);
		});
		ext
	}

	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			assert_ok!(Vault::do_try_state());
		});
	}
}

/// For the benchmarks.
#[cfg(feature = "runtime-benchmarks")]
pub fn new_test_ext() -> sp_io::TestExternalities {
	ExtBuilder::default().build()
}

pub fn set_time(time: Seconds) {
	pallet_timestamp::Now::<Test>::put(time * 1_000);
}

pub fn time() -> Seconds {
	pallet_timestamp::Now::<Test>::get() / 1_000
}

/// To the first second of a window.
pub fn to_window(window: WindowIndex) {
	set_time(SINCE + Seconds::from(window - 1) * LENGTH);
}

pub fn vault() -> AccountId {
	Vault::account_id()
}

pub fn deposit(who: AccountId, assets: Balance) -> DispatchResult {
	Vault::deposit(RuntimeOrigin::signed(who), assets, 0)
}

pub fn redeem(who: AccountId, shares: Balance) -> DispatchResult {
	Vault::request_redemption(RuntimeOrigin::signed(who), shares)
}

pub fn cancel(who: AccountId, id: RequestId) -> DispatchResult {
	Vault::cancel_request(RuntimeOrigin::signed(who), id)
}

pub fn claim(who: AccountId, id: RequestId) -> DispatchResult {
	Vault::claim(RuntimeOrigin::signed(who), id, None)
}

/// The salt of a request's bids in the tests.
pub fn salt(id: RequestId) -> [u8; 32] {
	[u8::try_from(id % 251).expect("it is less"); 32]
}

pub fn commit(who: AccountId, id: RequestId, tick: Tick) -> DispatchResult {
	let seal = sp_io::hashing::blake2_256(&(id, tick, salt(id)).encode());
	Vault::commit_bid(RuntimeOrigin::signed(who), id, H256(seal))
}

pub fn reveal(who: AccountId, id: RequestId, tick: Tick) -> DispatchResult {
	Vault::reveal_bid(RuntimeOrigin::signed(who), id, tick, salt(id))
}

/// To the first second in which bids of a window are revealed.
pub fn to_reveal(window: WindowIndex) {
	to_window(window + 1);
	set_time(time() - REVEAL);
}

/// Seal and reveal the bids of requests of the window; the clock goes to its last part.
pub fn bid(window: WindowIndex, bids: &[(AccountId, RequestId, Tick)]) {
	for (who, id, tick) in bids {
		assert_ok!(commit(*who, *id, *tick));
	}
	to_reveal(window);
	for (who, id, tick) in bids {
		assert_ok!(reveal(*who, *id, *tick));
	}
}

pub fn start() -> DispatchResult {
	Vault::start_settlement(RuntimeOrigin::signed(CHARLIE))
}

pub fn settle(max_requests: u32) -> DispatchResult {
	Vault::settle(RuntimeOrigin::signed(CHARLIE), max_requests)
		.map(|_| ())
		.map_err(|failed| failed.error)
}

pub fn request(id: RequestId) -> RequestReport<AccountId> {
	Vault::request(id).expect("the request exists")
}

pub fn usdai(who: AccountId) -> Balance {
	UsdAi::balance(&who)
}

pub fn shares(who: AccountId) -> Balance {
	Shares::balance(&who)
}

/// USDai that comes to the vault's account without a call of the vault.
pub fn donate(from: AccountId, amount: Balance) {
	use frame_support::traits::tokens::Preservation::Expendable;
	assert_ok!(UsdAi::transfer(&from, &vault(), amount, Expendable));
}

/// The last event of the vault.
pub fn last_event() -> crate::Event<Test> {
	events().pop().expect("the vault has emitted an event")
}

/// The events of the vault.
pub fn events() -> Vec<crate::Event<Test>> {
	System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Vault(event) => Some(event),
			_ => None,
		})
		.collect()
}
