// SPDX-License-Identifier: Apache-2.0

//! Runtime with the real oracle, membership and clock. Titles are a table.

use crate::{self as pallet_caliber_appraisal, types::*, GenesisModel};
use alloc::collections::BTreeMap;
use caliber_math::{CurvePoint, MONTH_SECS, WAD};
use caliber_primitives::{
	appraisal::{OracleKey, OracleValue},
	titles::{AssetClass, Condition, TitleFacts},
	traits::{OnNewAppraisal, TitleFactsSource},
	Balance, ModelId, PricedAssetId, Seconds, TitleId,
};
#[cfg(feature = "runtime-benchmarks")]
use polkadot_sdk::frame_support::BoundedVec;
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

/// Clock at the start of each test, unix seconds.
pub const START: Seconds = 1_700_000_000;
/// Model of the genesis.
pub const MODEL: ModelId = 0;
/// Asset of the genesis.
pub const ASSET: PricedAssetId = 7;
/// Operators of the genesis.
pub const OPERATORS: [u64; 5] = [1, 2, 3, 4, 5];
/// Largest number of operators.
pub const MAX_FEEDERS: u32 = 8;
/// Largest number of values in a call.
pub const MAX_FEED_VALUES: u32 = 6;

/// Keys of the model and of the asset of the genesis.
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

/// Call of the listener: key, value and time, and the accepted value that was stored meanwhile.
pub type Notification = (OracleKey, OracleValue, Seconds, Option<OracleValue>);

parameter_types! {
	pub const OraclePalletId: PalletId = PalletId(*b"cb/oracl");
	/// Facts of the titles, set by the tests.
	pub static TitleTable: BTreeMap<TitleId, TitleFacts> = BTreeMap::new();
	/// Values by independent appraisals, USD with 18 decimals.
	pub static IndependentValues: BTreeMap<TitleId, Balance> = BTreeMap::new();
	/// Calls of the listener: key, value and time, and the accepted value that was stored
	/// meanwhile.
	pub static Notifications: Vec<Notification> = Vec::new();
}

#[cfg(feature = "runtime-benchmarks")]
/// Keys and values for the benchmarks of `pallet-oracle`.
pub struct OraclePairs;

#[cfg(feature = "runtime-benchmarks")]
impl pallet_oracle::BenchmarkHelper<OracleKey, OracleValue, ConstU32<MAX_FEED_VALUES>>
	for OraclePairs
{
	fn get_currency_id_value_pairs(
	) -> BoundedVec<(OracleKey, OracleValue), ConstU32<MAX_FEED_VALUES>> {
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

/// Titles in the tables above.
pub struct Titles;

impl TitleFactsSource for Titles {
	fn facts(title_id: TitleId) -> Option<TitleFacts> {
		TitleTable::get().get(&title_id).copied()
	}

	fn independent_value(title_id: TitleId) -> Option<Balance> {
		IndependentValues::get().get(&title_id).copied()
	}
}

/// Listener that records accepted values.
pub struct Listener;

impl OnNewAppraisal for Listener {
	fn on_new_appraisal(key: &OracleKey, value: OracleValue, as_of: Seconds) {
		Notifications::mutate(|notes| notes.push((*key, value, as_of, accepted(*key))));
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
			TitleTable::set(BTreeMap::new());
			IndependentValues::set(BTreeMap::new());
			Notifications::set(Vec::new());
			System::set_block_number(1);
			Timestamp::set_timestamp(START * 1_000);
		});
		ext
	}

	/// Runs a test, then checks the invariants.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			assert_ok!(Appraisal::do_try_state());
		});
	}
}

/// Returns a datacenter GPU: 30 000 dollars new, 80 % after a year, 40 % after three, 10 % after
/// five.
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

/// Returns the model of the genesis as the calls take it.
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

/// Returns a symbol.
pub fn symbol(text: &str) -> Symbol {
	text.as_bytes().to_vec().try_into().unwrap()
}

/// Returns the time of the block, unix seconds.
pub fn now() -> Seconds {
	Timestamp::get() / 1_000
}

/// Starts the next block, `secs` later.
pub fn pass(secs: Seconds) {
	System::set_block_number(System::block_number() + 1);
	Timestamp::set_timestamp(Timestamp::get() + secs * 1_000);
}

/// Feeds one value of one operator.
pub fn feed(operator: u64, key: OracleKey, value: OracleValue) {
	assert_ok!(Appraisal::feed(
		RuntimeOrigin::signed(operator),
		vec![(key, value)].try_into().unwrap()
	));
}

/// Starts the next block at the same second, and feeds one value for each of the first operators.
pub fn feed_each<const N: usize>(key: OracleKey, values: [OracleValue; N]) {
	pass(0);
	for (operator, value) in OPERATORS.into_iter().zip(values) {
		feed(operator, key, value);
	}
}

/// Feeds the same value for three operators, which is enough to accept it.
pub fn agree(key: OracleKey, value: OracleValue) {
	feed_each(key, [value; 3]);
}

/// Returns the accepted value of a key, however old.
pub fn accepted(key: OracleKey) -> Option<OracleValue> {
	pallet_oracle::Values::<Test>::get(key).map(|timed| timed.value)
}

/// Returns the time of the accepted value of a key, unix seconds.
pub fn as_of(key: OracleKey) -> Option<Seconds> {
	pallet_oracle::Values::<Test>::get(key).map(|timed| timed.timestamp / 1_000)
}

/// Returns a title of eight used units of a model, in service for eighteen months at [`START`].
pub fn title_of(model_id: ModelId) -> TitleFacts {
	TitleFacts {
		model: model_id,
		units: 8,
		condition: Condition::Used,
		commissioned_at: START - 18 * MONTH_SECS,
	}
}

/// Sets the facts of a title.
pub fn put_title(title_id: TitleId, facts: TitleFacts) {
	TitleTable::mutate(|titles| {
		titles.insert(title_id, facts);
	});
}

/// Sets the independent appraisal of a title.
pub fn put_independent(title_id: TitleId, value: Balance) {
	IndependentValues::mutate(|values| {
		values.insert(title_id, value);
	});
}

/// Returns the last event.
pub fn last_event() -> RuntimeEvent {
	System::events().pop().unwrap().event
}
