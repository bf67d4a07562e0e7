// SPDX-License-Identifier: Apache-2.0

//! Benchmarks: what the calls cost at worst.

use crate::{
	impls::{FungiblesOf, PegBalanceOf},
	pallet_psm,
	sp_core::H256,
	types::{Checkpoint, TreasuryBill},
	AssetIdOf, Bills, BillsHeld, Call, Checkpoints, Config, Frozen, Fuse, LastCheckpoint, Pallet,
	Stablecoins, CHECKPOINTS,
};
use caliber_primitives::{
	appraisal::OracleKey,
	traits::{IdleFunds, OnNewAppraisal},
	Balance, USD,
};
use polkadot_sdk::{
	frame_benchmarking::v2::*,
	frame_support::traits::{fungibles::Mutate, EnsureOrigin},
	frame_system::{self, RawOrigin},
	pallet_psm::BenchmarkHelper as _,
	sp_runtime::{traits::Get, Perbill},
};

/// Sets the scene for the benchmarks.
pub trait BenchmarkHelper<AssetId, AccountId> {
	/// A token with decimals, its fresh price at the oracle of a dollar, and a pool of it and USDai
	/// in which there are `usdai` of USDai and as many dollars of the token. The token is sufficient.
	fn market(usdai: Balance) -> TreasuryBill<AssetId>;
	/// See that the teams of USDai and sUSDai can pay the deposits for two accounts.
	fn endow_teams();
}

/// So little in the pool that the band permits a trade only after many halvings.
const POOL: Balance = 1_000 * USD;

/// So much that it is more than an hour's limit.
const MUCH: Balance = 100_000_000 * USD;

type OriginOf<T> = <T as frame_system::Config>::RuntimeOrigin;

/// An asset that exists.
fn asset<T: Config>() -> AssetIdOf<T> {
	let owner: T::AccountId = whitelisted_caller();
	let asset = <T as pallet_psm::Config>::BenchmarkHelper::get_asset_id(77);
	<T as pallet_psm::Config>::BenchmarkHelper::create_asset(asset.clone(), &owner, 6);
	asset
}

/// Bills that can be traded.
fn market<T: Config>() -> TreasuryBill<AssetIdOf<T>> {
	let bill = <T as Config>::BenchmarkHelper::market(POOL);
	Bills::<T>::put(bill.clone());
	bill
}

/// Bills that were bought, of so many dollars.
pub(crate) fn holding<T: Config>(dollars: Balance) -> Result<Balance, BenchmarkError> {
	let bill = market::<T>();
	let whole = Pallet::<T>::whole(&bill).ok_or("the token has no whole")?;
	let held = (dollars / USD).checked_mul(whole).ok_or("too many bills")?;
	let balance = PegBalanceOf::<T>::try_from(held).map_err(|_| "too many bills")?;
	FungiblesOf::<T>::mint_into(bill.asset, &Pallet::<T>::account_id(), balance)?;
	BillsHeld::<T>::put(held);
	Ok(held)
}

fn admin<T: Config>() -> Result<OriginOf<T>, BenchmarkError> {
	T::AdminOrigin::try_successful_origin().map_err(|()| BenchmarkError::Weightless)
}

fn compliance<T: Config>() -> Result<OriginOf<T>, BenchmarkError> {
	T::ComplianceOrigin::try_successful_origin().map_err(|()| BenchmarkError::Weightless)
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn set_priced_asset() -> Result<(), BenchmarkError> {
		let admin = admin::<T>()?;
		let asset = asset::<T>();

		#[extrinsic_call]
		_(admin as OriginOf<T>, asset.clone(), Some(7));

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
		Bills::<T>::put(TreasuryBill { priced_asset: 8, ..bill.clone() });
		for day in 0..CHECKPOINTS {
			Checkpoints::<T>::insert(day, Checkpoint { day, price: USD, as_of: 0 });
		}
		LastCheckpoint::<T>::put(CHECKPOINTS - 1);

		#[extrinsic_call]
		_(admin as OriginOf<T>, Some(bill.clone()));

		assert_eq!(Bills::<T>::get(), Some(bill));
		assert_eq!(Checkpoints::<T>::iter().count(), 0);
		Ok(())
	}

	#[benchmark]
	fn rebalance_buy() -> Result<(), BenchmarkError> {
		market::<T>();
		T::Vault::benchmark_idle(MUCH);
		let caller: T::AccountId = whitelisted_caller();

		#[extrinsic_call]
		rebalance(RawOrigin::Signed(caller));

		assert!(BillsHeld::<T>::get() > 0);
		Ok(())
	}

	#[benchmark]
	fn rebalance_sell() -> Result<(), BenchmarkError> {
		let held = holding::<T>(MUCH)?;
		let caller: T::AccountId = whitelisted_caller();

		#[extrinsic_call]
		rebalance(RawOrigin::Signed(caller));

		assert!(BillsHeld::<T>::get() < held);
		Ok(())
	}

	#[benchmark]
	fn divest() -> Result<(), BenchmarkError> {
		let held = holding::<T>(MUCH)?;

		#[block]
		{
			Pallet::<T>::do_divest(MUCH / 2);
		}

		assert!(BillsHeld::<T>::get() < held);
		Ok(())
	}

	#[benchmark]
	fn reset_fuse() -> Result<(), BenchmarkError> {
		let admin = admin::<T>()?;

		#[extrinsic_call]
		_(admin as OriginOf<T>);

		assert!(Fuse::<T>::exists());
		Ok(())
	}

	#[benchmark]
	fn freeze() -> Result<(), BenchmarkError> {
		let compliance = compliance::<T>()?;
		<T as Config>::BenchmarkHelper::endow_teams();
		let who: T::AccountId = account("frozen", 0, 0);

		#[extrinsic_call]
		_(compliance as OriginOf<T>, who.clone(), H256::zero());

		assert!(Frozen::<T>::contains_key(who));
		Ok(())
	}

	#[benchmark]
	fn thaw() -> Result<(), BenchmarkError> {
		let compliance = compliance::<T>()?;
		<T as Config>::BenchmarkHelper::endow_teams();
		let who: T::AccountId = account("frozen", 0, 0);
		Pallet::<T>::do_freeze(who.clone(), H256::zero())?;

		#[extrinsic_call]
		_(compliance as OriginOf<T>, who.clone(), H256::zero());

		assert!(!Frozen::<T>::contains_key(who));
		Ok(())
	}

	#[benchmark]
	fn issue() -> Result<(), BenchmarkError> {
		let bill = market::<T>();
		Stablecoins::<T>::insert(&bill.asset, bill.priced_asset);
		Fuse::<T>::kill();

		#[block]
		{
			Pallet::<T>::pass_floor(&bill.asset)?;
			Pallet::<T>::pass_fuse(USD)?;
		}

		assert!(Fuse::<T>::exists());
		Ok(())
	}

	#[benchmark]
	fn on_new_appraisal() -> Result<(), BenchmarkError> {
		let bill =
			TreasuryBill { asset: T::PegAsset::get(), priced_asset: 7, haircut: Perbill::zero() };
		Bills::<T>::put(bill);

		#[block]
		{
			Pallet::<T>::on_new_appraisal(&OracleKey::Price(7), USD, 86_400);
		}

		assert_eq!(LastCheckpoint::<T>::get(), Some(1));
		Ok(())
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::tests::mock::new_test_ext(),
		crate::tests::mock::Test
	);
}
