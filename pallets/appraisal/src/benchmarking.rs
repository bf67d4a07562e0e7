// SPDX-License-Identifier: Apache-2.0

//! Benchmarks: one for each call, in its worst case.

use crate::{
	pallet::{Assets, Call, Config, LastFed, Models, Pallet, Policy},
	types::AppraisalPolicy,
};
use alloc::vec::Vec;
use caliber_math::WAD;
use caliber_primitives::{
	appraisal::{ModelStatus, OracleKey, OracleValue},
	titles::AssetClass,
	ModelId,
};
use polkadot_sdk::{
	frame_benchmarking::v2::*,
	frame_support::traits::{EnsureOrigin, Get, SortedMembers, Time},
	frame_system::{self, RawOrigin},
	pallet_oracle::{self, RawValues, TimestampedValue, Values},
};

type Operators<T> = <T as pallet_oracle::Config>::Members;

/// At least so many operators; those that are there already count.
fn operators<T: Config>(count: u32) -> Vec<T::AccountId> {
	let mut index = 0;
	while (Operators::<T>::count() as u32) < count {
		Operators::<T>::add(&account("operator", index, 0));
		index += 1;
	}
	Operators::<T>::sorted_members()
}

/// A value of each operator for a key, now.
fn feed_raw<T: Config>(operators: &[T::AccountId], key: OracleKey, value: OracleValue) {
	let timestamp = <T as pallet_oracle::Config>::Time::now();
	for operator in operators {
		RawValues::<T>::insert(operator, key, TimestampedValue { value, timestamp });
	}
}

/// A model with values of all operators for all keys.
fn fed_model<T: Config>(operators: &[T::AccountId]) -> ModelId {
	let model = Pallet::<T>::benchmark_valued_model(AssetClass::Compute);
	feed_raw::<T>(operators, OracleKey::Resale(model), 25_000 * WAD);
	feed_raw::<T>(operators, OracleKey::Rental(model), 3 * WAD);
	feed_raw::<T>(operators, OracleKey::Utilisation(model), WAD / 10 * 8);
	model
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn set_policy() -> Result<(), BenchmarkError> {
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let policy = AppraisalPolicy { min_feeders: 1, ..Default::default() };

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, policy.clone());

		assert_eq!(Policy::<T>::get(), policy);
		Ok(())
	}

	#[benchmark]
	fn add_model() -> Result<(), BenchmarkError> {
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let spec = Pallet::<T>::benchmark_spec(AssetClass::Compute);
		let id = crate::NextModelId::<T>::get();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, spec.clone());

		assert_eq!(Models::<T>::get(id).map(|model| model.spec), Some(spec));
		Ok(())
	}

	#[benchmark]
	fn update_model() -> Result<(), BenchmarkError> {
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let id = Pallet::<T>::benchmark_valued_model(AssetClass::Compute);
		let mut spec = Pallet::<T>::benchmark_spec(AssetClass::Compute);
		spec.reference_price = WAD;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id, spec.clone());

		assert_eq!(Models::<T>::get(id).map(|model| model.spec), Some(spec));
		Ok(())
	}

	#[benchmark]
	fn set_model_status() -> Result<(), BenchmarkError> {
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let id = Pallet::<T>::benchmark_valued_model(AssetClass::Compute);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id, ModelStatus::Paused);

		assert_eq!(Models::<T>::get(id).map(|model| model.status), Some(ModelStatus::Paused));
		Ok(())
	}

	#[benchmark]
	fn delist_model(m: Linear<1, { T::MaxFeeders::get() }>) -> Result<(), BenchmarkError> {
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let id = fed_model::<T>(&operators::<T>(m));

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id);

		assert!(!Values::<T>::contains_key(OracleKey::Resale(id)));
		Ok(())
	}

	#[benchmark]
	fn register_asset() -> Result<(), BenchmarkError> {
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let symbol = [b'S'; 16].to_vec().try_into().expect("16 bytes are the bound");

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, u32::MAX, symbol);

		assert!(Assets::<T>::contains_key(u32::MAX));
		Ok(())
	}

	#[benchmark]
	fn remove_asset(m: Linear<1, { T::MaxFeeders::get() }>) -> Result<(), BenchmarkError> {
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		Pallet::<T>::benchmark_priced_asset(u32::MAX, WAD);
		feed_raw::<T>(&operators::<T>(m), OracleKey::Price(u32::MAX), WAD);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, u32::MAX);

		assert!(!Values::<T>::contains_key(OracleKey::Price(u32::MAX)));
		Ok(())
	}

	/// Every value is of a model of its own, has a fresh value of every operator and a course as long as
	/// can be, and moves.
	#[benchmark]
	fn feed(
		v: Linear<1, { T::MaxFeedValues::get() }>,
		m: Linear<1, { T::MaxFeeders::get() }>,
	) -> Result<(), BenchmarkError> {
		Policy::<T>::put(AppraisalPolicy { min_feeders: 1, ..Default::default() });
		let operators = operators::<T>(m);
		let values = (0..v)
			.map(|_| {
				let key = OracleKey::Resale(fed_model::<T>(&operators));
				Pallet::<T>::benchmark_long_course(key);
				(key, 26_000 * WAD)
			})
			.collect::<Vec<_>>();
		let operator = operators.first().cloned().ok_or(BenchmarkError::Stop("no operator"))?;

		#[extrinsic_call]
		_(
			RawOrigin::Signed(operator.clone()),
			values.try_into().expect("no more than the bound were made"),
		);

		assert_eq!(LastFed::<T>::get(&operator), Some(frame_system::Pallet::<T>::block_number()));
		Ok(())
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::tests::mock::ExtBuilder::default().build(),
		crate::tests::mock::Test
	);
}
