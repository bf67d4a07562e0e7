// SPDX-License-Identifier: Apache-2.0

//! State for benchmarks, ours and those of other pallets.

use super::combine::MILLIS;
use crate::{
	course::{Course, Span, MAX_DAY_SPANS, MAX_UPDATE_SPANS},
	pallet::{Config, Courses, Pallet, Policy},
	types::{ConditionFactors, ModelSpec, Symbol, FULL_UTILISATION, MAX_MAX_AGE},
};
use alloc::vec::Vec;
use caliber_math::{CurvePoint, WAD};
use caliber_primitives::{
	appraisal::{OracleKey, OracleValue},
	titles::AssetClass,
	ModelId, PricedAssetId,
};
use polkadot_sdk::{
	pallet_oracle::{TimestampedValue, Values},
	sp_runtime::{FixedU128, Perbill},
};

impl<T: Config> Pallet<T> {
	/// A description with the longest name and curve.
	pub fn benchmark_spec(class: AssetClass) -> ModelSpec {
		let curve = (0..16u16)
			.map(|point| CurvePoint {
				age_months: point * 6,
				factor: 1_000_000_000 - u32::from(point) * 50_000_000,
			})
			.collect::<Vec<_>>();
		ModelSpec {
			class,
			name: [b'm'; 64].to_vec().try_into().expect("64 bytes are the bound"),
			reference_price: 30_000 * WAD,
			release_date: 1_600_000_000,
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

	/// A listed model of a class, with an accepted value for each of its keys. They stay fresh as long as
	/// can be: a benchmark may move the clock.
	pub fn benchmark_valued_model(class: AssetClass) -> ModelId {
		Policy::<T>::mutate(|policy| policy.max_age = MAX_MAX_AGE);
		let model = Self::do_add_model(Self::benchmark_spec(class))
			.expect("the description is within its bounds");
		Self::benchmark_accept(OracleKey::Resale(model), 25_000 * WAD);
		Self::benchmark_accept(OracleKey::Rental(model), 3 * WAD);
		Self::benchmark_accept(OracleKey::Utilisation(model), FULL_UTILISATION / 10 * 8);
		model
	}

	/// A registered asset with an accepted price.
	pub fn benchmark_priced_asset(id: PricedAssetId, price: OracleValue) {
		let symbol: Symbol = b"ASSET".to_vec().try_into().expect("5 bytes are within the bound");
		// One that is there already is as good.
		let _ = Self::do_register_asset(id, symbol);
		Self::benchmark_accept(OracleKey::Price(id), price);
	}

	/// Accept a value now, as if enough operators had fed it.
	pub fn benchmark_accept(key: OracleKey, value: OracleValue) {
		let now = Self::now();
		Values::<T>::insert(key, TimestampedValue { value, timestamp: now * MILLIS });
		Courses::<T>::insert(key, Course::begin(value, now, &Policy::<T>::get()));
	}

	/// Give a key that has a value a course as long as can be.
	pub fn benchmark_long_course(key: OracleKey) {
		let now = Self::now();
		let value = Values::<T>::get(key).expect("the key has a value").value;
		let span = Span { since: now, low: value, high: value };
		let course = Course {
			free_until: now,
			recent: alloc::vec![span; MAX_UPDATE_SPANS as usize]
				.try_into()
				.expect("so many are the bound"),
			day: alloc::vec![span; MAX_DAY_SPANS as usize]
				.try_into()
				.expect("so many are the bound"),
		};
		Courses::<T>::insert(key, course);
	}

	/// Keys and values for the benchmarks of `pallet-oracle`. Nothing is written, so that they can be
	/// counted before there is a state.
	pub fn benchmark_pairs(count: u32) -> Vec<(OracleKey, OracleValue)> {
		(0..count).map(|asset| (OracleKey::Price(asset), WAD)).collect()
	}
}
