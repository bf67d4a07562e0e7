// SPDX-License-Identifier: Apache-2.0

//! A runtime with the real oracle, membership and clock. Titles are a table.

use crate::{self as pallet_caliber_appraisal, types::*, GenesisModel};
use alloc::collections::BTreeMap;
use caliber_math::{CurvePoint, MONTH_SECS, WAD};
use caliber_primitives::{
	appraisal::{OracleKey, OracleValue},
	titles::{AssetClass, Condition, TitleFacts},
	traits::{InspectTitles, OnNewAppraisal},
	Balance, ModelId, PricedAssetId, Seconds, TitleId,
};
use polkadot_sdk::{
	frame_support::{
		assert_ok, construct_runtime, derive_impl, parameter_types,
		traits::{ConstU32, ConstU64},
		weights::Weight,
		PalletId,
	},
	frame_system::{self, EnsureRoot},
	pallet_membership, pallet_oracle, pallet_timestamp,
	sp_io::TestExternalities,
	sp_runtime::{BuildStorage, FixedU128, Perbill},
};

/// The clock at the start of each test.
pub const START: Seconds = 1_700_000_000;
/// The model of the genesis.
pub const MODEL: ModelId = 0;
/// The asset of the genesis.
pub const ASSET: PricedAssetId = 7;
/// The operators of the genesis.
pub const OPERATORS: [u64; 5] = [1, 2, 3, 4, 5];
/// The most operators there can be.
pub const MAX_FEEDERS: u32 = 8;
/// The most values of a call.
pub const MAX_FEED_VALUES: u32 = 6;

pub const RESALE: OracleKey = OracleKey::Resale(MODEL);
pub const RENTAL: OracleKey = OracleKey::Rental(MODEL);
pub const UTILISATION: OracleKey = OracleKey::Utilisation(MODEL);
pub const PRICE: OracleKey = OracleKey::Price(ASSET);

type Block = frame_system::mocking::MockBlock<Test>;

construct_runtime!(
	pub enum Test {
		System: frame_system,
		Timestamp: pallet_timestamp,
		Operators: pallet_membership::<Instance1>,
		Oracle: pallet_oracle,
		Appraisal: pallet_caliber_appraisal,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
}

impl pallet_timestamp::Config for Test {
	type Moment = u64;
	type OnTimestampSet = ();
	type MinimumPeriod = ConstU64<0>;
	type WeightInfo = ();
}

impl pallet_membership::Config<pallet_membership::Instance1> for Test {
	type RuntimeEvent = RuntimeEvent;
	type AddOrigin = EnsureRoot<u64>;
	type RemoveOrigin = EnsureRoot<u64>;
	type SwapOrigin = EnsureRoot<u64>;
	type ResetOrigin = EnsureRoot<u64>;
	type PrimeOrigin = EnsureRoot<u64>;
	type MembershipInitialized = ();
	type MembershipChanged = Appraisal;
	type MaxMembers = ConstU32<MAX_FEEDERS>;
	type WeightInfo = ();
}

parameter_types! {
	pub const OraclePalletId: PalletId = PalletId(*b"cb/oracl");
	pub static Ledger: BTreeMap<TitleId, TitleFacts> = BTreeMap::new();
	/// What independent appraisals say.
	pub static Independent: BTreeMap<TitleId, Balance> = BTreeMap::new();
	/// What was told of accepted values, and what could be read meanwhile.
	pub static Heard: Vec<(OracleKey, OracleValue, Seconds, Option<OracleValue>)> = Vec::new();
}

#[cfg(feature = "runtime-benchmarks")]
pub struct OraclePairs;

#[cfg(feature = "runtime-benchmarks")]
impl pallet_oracle::BenchmarkHelper<OracleKey, OracleValue, ConstU32<MAX_FEED_VALUES>>
	for OraclePairs
{
	fn get_currency_id_value_pairs(
	) -> polkadot_sdk::frame_support::BoundedVec<(OracleKey, OracleValue), ConstU32<MAX_FEED_VALUES>>
	{
		Appraisal::benchmark_pairs(MAX_FEED_VALUES).try_into().unwrap()
	}
}

impl pallet_oracle::Config for Test {
	type OnNewData = ();
	type CombineData = Appraisal;
	type Time = Timestamp;
	type OracleKey = OracleKey;
	type OracleValue = OracleValue;
	type PalletId = OraclePalletId;
	type Members = Operators;
	type WeightInfo = ();
	type MaxHasDispatchedSize = ConstU32<MAX_FEEDERS>;
	type MaxFeedValues = ConstU32<MAX_FEED_VALUES>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = OraclePairs;
}

/// Titles that the tests put down.
pub struct Titles;

impl InspectTitles for Titles {
	fn facts(title: TitleId) -> Option<TitleFacts> {
		Ledger::get().get(&title).copied()
	}

	fn independent_value(title: TitleId) -> Option<Balance> {
		Independent::get().get(&title).copied()
	}
}

/// Whoever is told of accepted values.
pub struct Listener;

impl OnNewAppraisal for Listener {
	fn on_new_appraisal(key: &OracleKey, value: OracleValue, as_of: Seconds) {
		Heard::mutate(|heard| heard.push((*key, value, as_of, accepted(*key))));
	}

	fn weight() -> Weight {
		Weight::from_parts(7_000, 70)
	}
}

impl pallet_caliber_appraisal::Config for Test {
	type Time = Timestamp;
	type Titles = Titles;
	type OnNewAppraisal = Listener;
	type AdminOrigin = EnsureRoot<u64>;
	type MaxFeeders = ConstU32<MAX_FEEDERS>;
	type WeightInfo = ();
}

/// The externalities of a test.
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
	/// Another genesis of the pallet.
	pub fn genesis(mut self, genesis: pallet_caliber_appraisal::GenesisConfig<Test>) -> Self {
		self.genesis = genesis;
		self
	}

	pub fn build(self) -> TestExternalities {
		let storage = RuntimeGenesisConfig {
			system: Default::default(),
			operators: pallet_membership::GenesisConfig {
				members: OPERATORS.to_vec().try_into().unwrap(),
				phantom: Default::default(),
			},
			appraisal: self.genesis,
		}
		.build_storage()
		.unwrap();
		let mut ext = TestExternalities::from(storage);
		ext.execute_with(|| {
			Ledger::set(BTreeMap::new());
			Independent::set(BTreeMap::new());
			Heard::set(Vec::new());
			System::set_block_number(1);
			Timestamp::set_timestamp(START * 1_000);
		});
		ext
	}

	/// Run a test, then look at the whole state.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			assert_ok!(Appraisal::do_try_state());
		});
	}
}

/// A datacenter GPU: 30 000 dollars new, 80 % after a year, 40 % after three, 10 % after five.
pub fn genesis_model() -> GenesisModel {
	GenesisModel {
		class: AssetClass::Compute,
		name: "H100 SXM 80GB".into(),
		reference_price: 30_000 * WAD,
		release_date: 1_660_000_000,
		economic_life_months: 60,
		curve: vec![(0, 1_000_000_000), (12, 800_000_000), (36, 400_000_000), (60, 100_000_000)],
		new_factor: 1_000_000_000,
		refurbished_factor: 900_000_000,
		used_factor: 800_000_000,
		as_is_factor: 500_000_000,
		forced_sale_factor: 700_000_000,
		discount_rate: WAD / 100 * 12,
		opex_per_hour: WAD / 2,
		max_advance_rate: 700_000_000,
	}
}

/// The same as the call takes it.
pub fn spec() -> ModelSpec {
	let point = |age_months, percent: u32| CurvePoint { age_months, factor: percent * 10_000_000 };
	ModelSpec {
		class: AssetClass::Compute,
		name: b"H100 SXM 80GB".to_vec().try_into().unwrap(),
		reference_price: 30_000 * WAD,
		release_date: 1_660_000_000,
		economic_life_months: 60,
		curve: vec![point(0, 100), point(12, 80), point(36, 40), point(60, 10)].try_into().unwrap(),
		conditions: ConditionFactors {
			new: Perbill::from_percent(100),
			refurbished: Perbill::from_percent(90),
			used: Perbill::from_percent(80),
			as_is: Perbill::from_percent(50),
		},
		forced_sale_factor: Perbill::from_percent(70),
		discount_rate: FixedU128::from_rational(12, 100),
		opex_per_hour: WAD / 2,
		max_advance_rate: Perbill::from_percent(70),
	}
}

pub fn symbol(text: &str) -> Symbol {
	text.as_bytes().to_vec().try_into().unwrap()
}

/// The clock.
pub fn now() -> Seconds {
	Timestamp::get() / 1_000
}

/// The next block, `secs` later.
pub fn pass(secs: Seconds) {
	System::set_block_number(System::block_number() + 1);
	Timestamp::set_timestamp(Timestamp::get() + secs * 1_000);
}

/// One operator reports one value.
pub fn feed(operator: u64, key: OracleKey, value: OracleValue) {
	assert_ok!(Appraisal::feed(
		RuntimeOrigin::signed(operator),
		vec![(key, value)].try_into().unwrap()
	));
}

/// The first operators report one value each, in the next block and at the same second.
pub fn feed_each<const N: usize>(key: OracleKey, values: [OracleValue; N]) {
	pass(0);
	for (operator, value) in OPERATORS.into_iter().zip(values) {
		feed(operator, key, value);
	}
}

/// Three operators agree on a value.
pub fn agree(key: OracleKey, value: OracleValue) {
	feed_each(key, [value; 3]);
}

/// The accepted value of a key, however old.
pub fn accepted(key: OracleKey) -> Option<OracleValue> {
	pallet_oracle::Values::<Test>::get(key).map(|timed| timed.value)
}

/// The time of the accepted value of a key.
pub fn as_of(key: OracleKey) -> Option<Seconds> {
	pallet_oracle::Values::<Test>::get(key).map(|timed| timed.timestamp / 1_000)
}

/// Eight used units of the model, in service for eighteen months at the start.
pub fn title_of(model: ModelId) -> TitleFacts {
	TitleFacts {
		model,
		units: 8,
		condition: Condition::Used,
		commissioned_at: START - 18 * MONTH_SECS,
	}
}

pub fn put_title(id: TitleId, facts: TitleFacts) {
	Ledger::mutate(|titles| {
		titles.insert(id, facts);
	});
}

/// An independent appraisal of a title.
pub fn put_independent(id: TitleId, value: Balance) {
	Independent::mutate(|values| {
		values.insert(id, value);
	});
}

pub fn last_event() -> RuntimeEvent {
	System::events().pop().unwrap().event
}
