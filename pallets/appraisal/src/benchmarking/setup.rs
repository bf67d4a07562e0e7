// SPDX-License-Identifier: Apache-2.0

//! State for the benchmarks of this pallet and of others.

use super::SetValues;
use crate::{
	impls::{PriceOp, MILLIS},
	pallet::{Config, Medians, Pallet, PriceHistories},
	types::{
		Bucket, ConditionFactors, Median, ModelSpec, PriceHistory, Symbol, FULL_UTILISATION,
		MAX_DAY_BUCKETS, MAX_UPDATE_BUCKETS,
	},
};
use alloc::{vec, vec::Vec};
use caliber_math::{CurvePoint, SECONDS_PER_DAY, WAD};
use caliber_primitives::{
	appraisal::{Namespace, OracleKey, OracleValue},
	governance::values::AppraisalValues,
	titles::AssetClass,
	ModelId, PricedAssetId,
};
use polkadot_sdk::{
	frame_support::traits::Get,
	pallet_oracle::Values,
	sp_runtime::{FixedU128, Perbill},
};

impl<T: Config> Pallet<T> {
	/// Returns a description with the longest name and curve.
	pub fn benchmark_spec(class: AssetClass) -> ModelSpec {
		let curve = (0..16u16)
			.map(|point| CurvePoint {
				age_months: point * 6,
				factor: 1_000_000_000 - u32::from(point) * 50_000_000,
			})
			.collect::<Vec<_>>();
		ModelSpec {
			class,
			namespace: Namespace::Serial,
			name: [b'm'; 64].to_vec().try_into().expect("64 bytes are the bound"),
			reference_price: 30_000 * WAD,
			// Before every clock of a benchmark.
			release_date: 0,
			economic_life_months: 72,
			curve: curve.try_into().expect("16 points are the bound"),
			conditions: ConditionFactors {
				new: Perbill::from_percent(100),
				refurbished: Perbill::from_percent(90),
				used: Perbill::from_percent(80),
				as_is: Perbill::from_percent(60),
			},
			forced_sale_factor: Perbill::from_percent(70),
			discount_rate: FixedU128::from_rational(12, 100),
			opex_per_hour: WAD / 2,
			max_advance_rate: Perbill::from_percent(70),
		}
	}

	/// Adds a listed model of a class, with an accepted value for each of its keys. Sets a
	/// freshness limit of thirty days: a benchmark may move the clock.
	pub fn benchmark_valued_model(class: AssetClass) -> ModelId {
		// Its values are fit for new debt at once, in the first second of the clock too.
		let values = AppraisalValues {
			max_age: 30 * SECONDS_PER_DAY,
			seasoning_period: 0,
			..T::Values::get()
		};
		T::BenchmarkValues::set_values(values);
		let model_id = Self::do_add_model(Self::benchmark_spec(class))
			.expect("the description is within its bounds");
		Self::benchmark_accept(OracleKey::Resale(model_id), 25_000 * WAD);
		Self::benchmark_accept(OracleKey::Rental(model_id), 3 * WAD);
		Self::benchmark_accept(OracleKey::Utilisation(model_id), FULL_UTILISATION / 10 * 8);
		model_id
	}

	/// Registers an asset, unless its id is taken, and accepts a price of it.
	pub fn benchmark_priced_asset(asset_id: PricedAssetId, price: OracleValue) {
		let symbol: Symbol = b"ASSET".to_vec().try_into().expect("5 bytes are within the bound");
		let _ = Self::do_register_asset(asset_id, symbol);
		Self::benchmark_accept(OracleKey::Price(asset_id), price);
	}

	/// Accepts a value now, as the first one of its key and as if enough operators had fed it. It is
	/// fit for new debt at once.
	pub fn benchmark_accept(key: OracleKey, value: OracleValue) {
		let now = Self::now();
		PriceOp::<T>::remove(key);
		PriceOp::<T>::load(key, &T::Values::get(), now)
			.accept(value, now * MILLIS)
			.expect("a first value has no bounds to compute")
			.commit();
		Medians::<T>::insert(key, Median { value, usable_since: 0 });
	}

	/// Replaces the history of a key that has a value by one of full length.
	pub fn benchmark_long_history(key: OracleKey) {
		let now = Self::now();
		let value = Values::<T>::get(key).expect("the key has a value").value;
		let bucket = Bucket { since: now, low: value, high: value };
		let history = PriceHistory {
			free_until: now,
			recent: vec![bucket; MAX_UPDATE_BUCKETS as usize].try_into().expect("as the bound"),
			day: vec![bucket; MAX_DAY_BUCKETS as usize].try_into().expect("as the bound"),
		};
		PriceHistories::<T>::insert(key, history);
	}

	/// Returns keys and values for the benchmarks of `pallet-oracle`. Writes nothing, so that they
	/// can be counted before there is a state.
	pub fn benchmark_pairs(count: u32) -> Vec<(OracleKey, OracleValue)> {
		(0..count).map(|asset_id| (OracleKey::Price(asset_id), WAD)).collect()
	}
}
