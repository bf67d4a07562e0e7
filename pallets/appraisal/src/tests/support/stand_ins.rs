// SPDX-License-Identifier: Apache-2.0

//! Stand-ins for the titles, whose facts are a table, and for the listener to accepted values.

use crate::tests::mock::*;
use alloc::collections::BTreeMap;
use caliber_math::MONTH_SECS;
use caliber_primitives::{
	appraisal::{AppraisalError, Independent, OracleKey, OracleValue},
	titles::{Condition, Ineligibility, TitleFacts},
	traits::{InspectModels, OnNewAppraisal, TitleFactsSource, TitleValue},
	Balance, ModelId, Seconds, TitleId,
};
use polkadot_sdk::frame_support::{parameter_types, weights::Weight};
#[cfg(feature = "runtime-benchmarks")]
use polkadot_sdk::{
	frame_support::{traits::ConstU32, BoundedVec},
	pallet_oracle,
};

/// Call of the listener: key, value and time, and the accepted value that was stored meanwhile.
pub type Notification = (OracleKey, OracleValue, Seconds, Option<OracleValue>);

parameter_types! {
	/// Facts of the titles, set by the tests.
	pub static TitleTable: BTreeMap<TitleId, TitleFacts> = BTreeMap::new();
	/// Values by independent appraisals, USD with 18 decimals.
	pub static IndependentValues: BTreeMap<TitleId, Independent> = BTreeMap::new();
	/// Calls of the listener: key, value and time, and the accepted value that was stored
	/// meanwhile.
	pub static Notifications: Vec<Notification> = Vec::new();
}

/// Empties the tables above.
pub fn clear_tables() {
	TitleTable::set(BTreeMap::new());
	IndependentValues::set(BTreeMap::new());
	Notifications::set(Vec::new());
	Values::set(Default::default());
}

/// Titles in the tables above.
pub struct Titles;

impl TitleFactsSource for Titles {
	fn facts(title_id: TitleId) -> Option<TitleFacts> {
		TitleTable::get().get(&title_id).copied()
	}

	fn independent(title_id: TitleId) -> Independent {
		IndependentValues::get().get(&title_id).copied().unwrap_or_default()
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

/// Keys and values for the benchmarks of `pallet-oracle`.
#[cfg(feature = "runtime-benchmarks")]
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

/// Returns the reason for which a model keeps a title from securing a line, if there is one.
pub fn ineligibility(model_id: ModelId) -> Option<Ineligibility> {
	let for_titles = <Appraisal as InspectModels>::ineligibility(model_id);
	assert_eq!(<Appraisal as TitleValue>::ineligibility(model_id), for_titles);
	for_titles
}

/// Returns the value of a title now.
pub fn title_value(title_id: TitleId) -> Result<Balance, AppraisalError> {
	Appraisal::appraise(title_id).map(|valuation| valuation.value)
}

/// Returns a title of eight used units of a model, in service for eighteen months at [`START`].
pub fn title_of(model_id: ModelId) -> TitleFacts {
	TitleFacts {
		model: model_id,
		units: 8,
		condition: Condition::Used,
		commissioned_at: START - 18 * MONTH_SECS,
		earned_per_hour: None,
	}
}

/// Sets the facts of a title.
pub fn put_title(title_id: TitleId, facts: TitleFacts) {
	TitleTable::mutate(|titles| {
		titles.insert(title_id, facts);
	});
}

/// Has a title appraised by two appraisers who agree.
pub fn put_independent(title_id: TitleId, value: Balance) {
	put_appraisals(title_id, &[value, value]);
}

/// Sets the independent appraisals of a title.
pub fn put_appraisals(title_id: TitleId, said: &[Balance]) {
	IndependentValues::mutate(|values| {
		values.insert(title_id, Independent::of(said.iter().copied()));
	});
}
