// SPDX-License-Identifier: Apache-2.0

//! Benchmarks: what the calls cost at worst.

use crate::{pallet_psm, types::TreasuryBill, AssetIdOf, Bills, Call, Config, Pallet, Stablecoins};
use polkadot_sdk::{
	frame_benchmarking::v2::*, frame_support::traits::EnsureOrigin, frame_system,
	pallet_psm::BenchmarkHelper, sp_runtime::Perbill,
};

/// An asset that exists.
fn asset<T: Config>() -> AssetIdOf<T> {
	let owner: T::AccountId = whitelisted_caller();
	let asset = <T as pallet_psm::Config>::BenchmarkHelper::get_asset_id(77);
	<T as pallet_psm::Config>::BenchmarkHelper::create_asset(asset.clone(), &owner, 6);
	asset
}

fn admin<T: Config>() -> Result<<T as frame_system::Config>::RuntimeOrigin, BenchmarkError> {
	T::AdminOrigin::try_successful_origin().map_err(|()| BenchmarkError::Weightless)
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn set_priced_asset() -> Result<(), BenchmarkError> {
		let admin = admin::<T>()?;
		let asset = asset::<T>();

		#[extrinsic_call]
		_(admin as <T as frame_system::Config>::RuntimeOrigin, asset.clone(), Some(7));

		assert_eq!(Stablecoins::<T>::get(asset), Some(7));
		Ok(())
	}

	#[benchmark]
	fn set_treasury_bill() -> Result<(), BenchmarkError> {
		let admin = admin::<T>()?;
		let bill = TreasuryBill {
			asset: asset::<T>(),
			priced_asset: 7,
			haircut: Perbill::from_percent(1),
		};

		#[extrinsic_call]
		_(admin as <T as frame_system::Config>::RuntimeOrigin, Some(bill.clone()));

		assert_eq!(Bills::<T>::get(), Some(bill));
		Ok(())
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::tests::mock::new_test_ext(),
		crate::tests::mock::Test
	);
}
