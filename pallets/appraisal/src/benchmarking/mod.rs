// SPDX-License-Identifier: Apache-2.0

//! Benchmarks of the appraisal pallet: one for each call, in its worst case.

mod setup;

use crate::{
	pallet::{Assets, Call, Config, LastFed, ModelVersions, Models, NextModelId, Pallet},
	types::ModelRecord,
};
use alloc::vec::Vec;
use caliber_math::{median, WAD};
use caliber_primitives::{
	appraisal::{ModelStatus, OracleKey, OracleValue},
	governance::{values::AppraisalValues, Risk},
	titles::AssetClass,
	ModelId,
};
use polkadot_sdk::{
	frame_benchmarking::v2::*,
	frame_support::traits::{EnsureOriginWithArg, Get, SortedMembers, Time},
	frame_system::{self, RawOrigin},
	pallet_oracle::{self, RawValues, TimestampedValue, Values},
	sp_runtime::Perbill,
};

/// Governed values that benchmarks need.
pub trait SetValues {
	/// Sets the governed values.
	fn set_values(values: AppraisalValues);
}

/// Membership of the oracle operators.
type Operators<T> = <T as pallet_oracle::Config>::Members;

/// Returns at least `count` operators. Adds those that are missing.
fn operators<T: Config>(count: u32) -> Vec<T::AccountId> {
	let mut index = 0;
	while (Operators::<T>::count() as u32) < count {
		Operators::<T>::add(&account("operator", index, 0));
		index += 1;
	}
	Operators::<T>::sorted_members()
}

/// Stores a report of each operator for a key, now.
fn feed_raw<T: Config>(operators: &[T::AccountId], key: OracleKey, value: OracleValue) {
	let timestamp = <T as pallet_oracle::Config>::Time::now();
	for operator in operators {
		RawValues::<T>::insert(operator, key, TimestampedValue { value, timestamp });
	}
}

/// Returns a model with reports of all operators for all its keys.
fn fed_model<T: Config>(operators: &[T::AccountId]) -> ModelId {
	let model_id = Pallet::<T>::benchmark_valued_model(AssetClass::Compute);
	feed_raw::<T>(operators, OracleKey::Resale(model_id), 25_000 * WAD);
	feed_raw::<T>(operators, OracleKey::Rental(model_id), 3 * WAD);
	feed_raw::<T>(operators, OracleKey::Utilisation(model_id), WAD / 10 * 8);
	model_id
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn add_model() -> Result<(), BenchmarkError> {
		let origin = T::AdminOrigin::try_successful_origin(&Risk::Raises)
			.map_err(|_| BenchmarkError::Weightless)?;
		let spec = Pallet::<T>::benchmark_spec(AssetClass::Compute);
		let id = NextModelId::<T>::get();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, spec.clone());

		assert_eq!(Models::<T>::get(id), Some(ModelRecord::new(&spec)));
		assert_eq!(ModelVersions::<T>::get(id, 0), Some(spec.terms()));
		Ok(())
	}

	/// A new version, and a forced-sale factor that begins to move.
	#[benchmark]
	fn update_model() -> Result<(), BenchmarkError> {
		let origin = T::AdminOrigin::try_successful_origin(&Risk::Raises)
			.map_err(|_| BenchmarkError::Weightless)?;
		let id = Pallet::<T>::benchmark_valued_model(AssetClass::Compute);
		let mut spec = Pallet::<T>::benchmark_spec(AssetClass::Compute);
		spec.reference_price = WAD;
		spec.forced_sale_factor = Perbill::from_percent(50);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id, spec.clone());

		assert_eq!(Models::<T>::get(id).map(|model| model.version), Some(1));
		assert_eq!(ModelVersions::<T>::get(id, 1), Some(spec.terms()));
		Ok(())
	}

	#[benchmark]
	fn set_model_status() -> Result<(), BenchmarkError> {
		let origin = T::AdminOrigin::try_successful_origin(&Risk::Raises)
			.map_err(|_| BenchmarkError::Weightless)?;
		let id = Pallet::<T>::benchmark_valued_model(AssetClass::Compute);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id, ModelStatus::Paused);

		assert_eq!(Models::<T>::get(id).map(|model| model.paused.governed()), Some(true));
		Ok(())
	}

	#[benchmark]
	fn delist_model(m: Linear<1, { T::MaxFeeders::get() }>) -> Result<(), BenchmarkError> {
		let origin = T::AdminOrigin::try_successful_origin(&Risk::Raises)
			.map_err(|_| BenchmarkError::Weightless)?;
		let id = fed_model::<T>(&operators::<T>(m));

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id);

		assert!(!Values::<T>::contains_key(OracleKey::Resale(id)));
		Ok(())
	}

	#[benchmark]
	fn register_asset() -> Result<(), BenchmarkError> {
		let origin = T::AdminOrigin::try_successful_origin(&Risk::Raises)
			.map_err(|_| BenchmarkError::Weightless)?;
		let symbol = [b'S'; 16].to_vec().try_into().expect("16 bytes are the bound");

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, u32::MAX, symbol);

		assert!(Assets::<T>::contains_key(u32::MAX));
		Ok(())
	}

	#[benchmark]
	fn remove_asset(m: Linear<1, { T::MaxFeeders::get() }>) -> Result<(), BenchmarkError> {
		let origin = T::AdminOrigin::try_successful_origin(&Risk::Raises)
			.map_err(|_| BenchmarkError::Weightless)?;
		Pallet::<T>::benchmark_priced_asset(u32::MAX, WAD);
		feed_raw::<T>(&operators::<T>(m), OracleKey::Price(u32::MAX), WAD);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, u32::MAX);

		assert!(!Values::<T>::contains_key(OracleKey::Price(u32::MAX)));
		Ok(())
	}

	/// Each value belongs to another model with a price history of full length, and moves. There are
	/// no more operators than those of the genesis: what the reports of all cost is in
	/// `combine_reports`.
	#[benchmark]
	fn feed(v: Linear<1, { T::MaxFeedValues::get() }>) -> Result<(), BenchmarkError> {
		T::BenchmarkValues::set_values(AppraisalValues { min_feeders: 1, ..Default::default() });
		let operators = operators::<T>(1);
		let values = (0..v)
			.map(|_| {
				let key = OracleKey::Resale(fed_model::<T>(&operators));
				Pallet::<T>::benchmark_long_history(key);
				(key, 26_000 * WAD)
			})
			.collect::<Vec<_>>();
		let operator = operators.first().cloned().ok_or(BenchmarkError::Stop("no operator"))?;

		#[extrinsic_call]
		_(
			RawOrigin::Signed(operator.clone()),
			values.try_into().expect("as many as the bound allows were made"),
		);

		assert_eq!(LastFed::<T>::get(&operator), Some(frame_system::Pallet::<T>::block_number()));
		Ok(())
	}

	/// The reports of all operators for as many keys as a call may feed: `r` of them in all. A call
	/// that feeds `v` values where `m` operators report reads `v · m` reports, so that its cost is
	/// linear in their number and in neither of both alone.
	#[benchmark]
	fn combine_reports(
		r: Linear<1, { T::MaxFeedValues::get() * T::MaxFeeders::get() }>,
	) -> Result<(), BenchmarkError> {
		let operators = operators::<T>(T::MaxFeeders::get());
		let operator = |index: u32| &operators[(index % T::MaxFeeders::get()) as usize];
		let key = |index: u32| OracleKey::Price(index / T::MaxFeeders::get());
		let timestamp = <T as pallet_oracle::Config>::Time::now();
		for index in 0..r {
			let value = OracleValue::from(r - index);
			RawValues::<T>::insert(
				operator(index),
				key(index),
				TimestampedValue { value, timestamp },
			);
		}
		let mut combined = 0;

		#[block]
		{
			for index in (0..r).step_by(T::MaxFeeders::get() as usize) {
				let reports = pallet_oracle::Pallet::<T>::read_raw_values(&key(index));
				let mut values = reports.iter().map(|report| report.value).collect::<Vec<_>>();
				combined += u32::from(median(&mut values).is_some());
			}
		}

		assert_eq!(combined, r.div_ceil(T::MaxFeeders::get()));
		Ok(())
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::tests::mock::ExtBuilder::default().build(),
		crate::tests::mock::Test
	);
}
