// SPDX-License-Identifier: Apache-2.0

//! Benchmarks of the calls and of the work that others cause here, at worst.

use crate::{
	impls::FungiblesOf,
	pallet_psm,
	sp_core::H256,
	types::{BillPriceCheckpoint, BillRecord, CheckpointDays, TreasuryBill},
	AssetIdOf, BillPriceCheckpoints, BillPriceDays, BillTrading, Bills, Call, Config, Frozen,
	Ledger, MintRateLimit, Pallet, Stablecoins, BILL_PRICE_CHECKPOINTS,
};
use caliber_math::SECONDS_PER_DAY;
use caliber_primitives::{
	appraisal::OracleKey,
	governance::{Authority, Risk},
	traits::{IdleFunds, OnNewAppraisal, PriceSource},
	Balance, PricedAssetId, USD,
};
use polkadot_sdk::{
	frame_benchmarking::v2::*,
	frame_support::traits::{fungibles::Mutate, EnsureOriginWithArg},
	frame_system::{self, RawOrigin},
	pallet_psm::BenchmarkHelper as _,
	sp_runtime::{traits::Get, Perbill},
};

/// Set-up of the benchmarks.
pub trait BenchmarkHelper<AssetId> {
	/// Creates a sufficient token with decimals and a fresh price of one dollar, and a pool of it
	/// and USDai with `usdai` of USDai and the same value of the token. Returns the token.
	fn market(usdai: Balance) -> TreasuryBill<AssetId>;
}

/// USDai in the pool: so little that the band permits a trade only after many bisections.
const POOL: Balance = 1_000 * USD;

/// Amount above the limit of an hour.
const MUCH: Balance = 100_000_000 * USD;

type OriginOf<T> = <T as frame_system::Config>::RuntimeOrigin;

/// Creates an asset.
fn asset<T: Config>() -> AssetIdOf<T> {
	let owner: T::AccountId = whitelisted_caller();
	let asset = <T as pallet_psm::Config>::BenchmarkHelper::get_asset_id(77);
	<T as pallet_psm::Config>::BenchmarkHelper::create_asset(asset.clone(), &owner, 6);
	asset
}

/// Sets bills that can be traded.
fn market<T: Config>() -> TreasuryBill<AssetIdOf<T>> {
	let bill = <T as Config>::BenchmarkHelper::market(POOL);
	Bills::<T>::put(BillRecord::new(bill.clone()));
	bill
}

/// Adds bills worth about `dollars`, at 18 decimals, as if they had been bought. Returns their
/// number in the token's smallest unit.
pub(crate) fn holding<T: Config>(dollars: Balance) -> Result<Balance, BenchmarkError> {
	let bill = market::<T>();
	let unit = Pallet::<T>::unit(&bill.asset).map_err(|_| "the token has too many decimals")?;
	let held = (dollars / USD).checked_mul(unit).ok_or("too many bills")?;
	FungiblesOf::<T>::mint_into(bill.asset, &Pallet::<T>::account_id(), held)?;
	Ledger::<T>::mutate(|ledger| ledger.held = held);
	Ok(held)
}

/// Keeps two prices of the bills for their yield, the first of them ninety days old.
pub(crate) fn kept_prices<T: Config>() {
	let Some((price, last)) =
		Bills::<T>::get().and_then(|bill| T::Prices::last_known(bill.priced_asset))
	else {
		return;
	};
	let today = u32::try_from(last / SECONDS_PER_DAY).expect("benchmarks are made in our time");
	let first = today.saturating_sub(BILL_PRICE_CHECKPOINTS - 1);
	for day in [first, today] {
		let as_of = u64::from(day).saturating_mul(SECONDS_PER_DAY);
		let checkpoint = BillPriceCheckpoint { day, price, as_of };
		BillPriceCheckpoints::<T>::insert(day % BILL_PRICE_CHECKPOINTS, checkpoint);
	}
	BillPriceDays::<T>::put(CheckpointDays::first(first).with(today));
}

/// Adds stablecoins with a priced asset, and with a balance in the account of the peg, until there
/// are as many as the peg may have.
pub(crate) fn all_stablecoins<T: Config>() -> Result<(), BenchmarkError> {
	let owner: T::AccountId = whitelisted_caller();
	let peg = pallet_psm::Pallet::<T>::psm_account(&T::PegAsset::get());
	let most = <T as pallet_psm::Config>::MaxExternals::get();
	for index in Stablecoins::<T>::count()..most {
		let id = index.checked_add(5_000).ok_or("too many stablecoins")?;
		let asset = <T as pallet_psm::Config>::BenchmarkHelper::get_asset_id(id);
		<T as pallet_psm::Config>::BenchmarkHelper::create_asset(asset.clone(), &owner, 6);
		FungiblesOf::<T>::mint_into(asset.clone(), &peg, 1_000_000)?;
		Stablecoins::<T>::insert(asset, PricedAssetId::from(id));
	}
	Ok(())
}

fn admin<T: Config>(risk: Risk) -> Result<OriginOf<T>, BenchmarkError> {
	T::AdminOrigin::try_successful_origin(&risk).map_err(|()| BenchmarkError::Weightless)
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn set_priced_asset() -> Result<(), BenchmarkError> {
		let admin = admin::<T>(Risk::Raises)?;
		let asset = asset::<T>();

		#[extrinsic_call]
		_(admin as OriginOf<T>, asset.clone(), Some(7));

		assert_eq!(Stablecoins::<T>::get(asset), Some(7));
		Ok(())
	}

	#[benchmark]
	fn set_treasury_bill() -> Result<(), BenchmarkError> {
		let admin = admin::<T>(Risk::Raises)?;
		let bill = TreasuryBill {
			asset: asset::<T>(),
			priced_asset: 7,
			haircut: Perbill::from_percent(1),
		};
		let haircut = Perbill::from_percent(2);
		Bills::<T>::put(BillRecord::new(TreasuryBill { priced_asset: 8, haircut, ..bill.clone() }));
		for day in 0..BILL_PRICE_CHECKPOINTS {
			let checkpoint = BillPriceCheckpoint { day, price: USD, as_of: 0 };
			BillPriceCheckpoints::<T>::insert(day, checkpoint);
		}
		BillPriceDays::<T>::put(CheckpointDays::first(BILL_PRICE_CHECKPOINTS - 1));

		#[extrinsic_call]
		_(admin as OriginOf<T>, Some(bill.clone()));

		let record = Bills::<T>::get().expect("the bills are set; qed");
		assert_eq!((record.priced_asset, record.haircut.target()), (7, bill.haircut));
		assert_eq!(BillPriceCheckpoints::<T>::iter().count(), 0);
		Ok(())
	}

	#[benchmark]
	fn set_bill_trading() -> Result<(), BenchmarkError> {
		let admin = admin::<T>(Risk::Lowers)?;

		#[extrinsic_call]
		_(admin as OriginOf<T>, true);

		assert!(BillTrading::<T>::get().at(Pallet::<T>::now()));
		Ok(())
	}

	#[benchmark]
	fn rebalance_buy() -> Result<(), BenchmarkError> {
		market::<T>();
		T::Vault::benchmark_idle(MUCH);
		let caller: T::AccountId = whitelisted_caller();

		#[extrinsic_call]
		rebalance(RawOrigin::Signed(caller));

		assert!(Ledger::<T>::get().held > 0);
		Ok(())
	}

	#[benchmark]
	fn rebalance_sell() -> Result<(), BenchmarkError> {
		let held = holding::<T>(MUCH)?;
		let caller: T::AccountId = whitelisted_caller();

		#[extrinsic_call]
		rebalance(RawOrigin::Signed(caller));

		assert!(Ledger::<T>::get().held < held);
		Ok(())
	}

	#[benchmark]
	fn divest() -> Result<(), BenchmarkError> {
		let held = holding::<T>(MUCH)?;

		#[block]
		{
			Pallet::<T>::do_divest(MUCH / 2);
		}

		assert!(Ledger::<T>::get().held < held);
		Ok(())
	}

	#[benchmark]
	fn reset_mint_rate_limit() -> Result<(), BenchmarkError> {
		let admin = admin::<T>(Risk::Raises)?;

		#[extrinsic_call]
		_(admin as OriginOf<T>);

		assert!(MintRateLimit::<T>::exists());
		Ok(())
	}

	#[benchmark]
	fn freeze() -> Result<(), BenchmarkError> {
		let admin = admin::<T>(Risk::Lowers)?;
		let who: T::AccountId = account("frozen", 0, 0);

		#[extrinsic_call]
		_(admin as OriginOf<T>, who.clone(), H256::zero());

		assert!(Pallet::<T>::is_frozen(&who));
		Ok(())
	}

	#[benchmark]
	fn thaw() -> Result<(), BenchmarkError> {
		let admin = admin::<T>(Risk::Raises)?;
		let who: T::AccountId = account("frozen", 0, 0);
		// By both, so that the record stays to rest.
		for authority in [Authority::Committee, Authority::Referendum] {
			Pallet::<T>::do_freeze(authority, who.clone(), H256::zero())?;
		}

		#[extrinsic_call]
		_(admin as OriginOf<T>, who.clone(), H256::zero());

		assert!(!Pallet::<T>::is_frozen(&who));
		assert!(Frozen::<T>::contains_key(who));
		Ok(())
	}

	#[benchmark]
	fn issue() -> Result<(), BenchmarkError> {
		let bill = market::<T>();
		Stablecoins::<T>::insert(&bill.asset, bill.priced_asset);
		MintRateLimit::<T>::kill();

		#[block]
		{
			Pallet::<T>::ensure_above_peg_floor(&bill.asset)?;
			Pallet::<T>::ensure_within_mint_limit(USD)?;
		}

		assert!(MintRateLimit::<T>::exists());
		Ok(())
	}

	#[benchmark]
	fn on_new_appraisal() -> Result<(), BenchmarkError> {
		let bill =
			TreasuryBill { asset: T::PegAsset::get(), priced_asset: 7, haircut: Perbill::zero() };
		Bills::<T>::put(BillRecord::new(bill));
		BillPriceDays::<T>::put(CheckpointDays::first(0));

		#[block]
		{
			Pallet::<T>::on_new_appraisal(&OracleKey::Price(7), USD, SECONDS_PER_DAY);
		}

		assert_eq!(BillPriceDays::<T>::get().map(|days| days.last), Some(1));
		Ok(())
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::tests::mock::new_test_ext(),
		crate::tests::mock::Test
	);
}
