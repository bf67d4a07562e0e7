// SPDX-License-Identifier: Apache-2.0

//! Benchmarks of the calls and of the work that others cause here, at worst.

use crate::{
	impls::FungiblesOf,
	pallet_psm,
	sp_core::H256,
	types::{
		BillPriceCheckpoint, BillRecord, BillYield, CheckpointDays, Peg, PriceDay, StablecoinTerms,
		TreasuryBill,
	},
	AssetIdOf, BillPriceCheckpoints, BillPriceDays, BillTrading, BillYields, Bills, Call, Claimed,
	Claims, Config, Frozen, Inflows, Ledger, MintRateLimit, MintingStops, Pallet, PegFreezes,
	Stablecoins, BILL_PRICE_CHECKPOINTS, MAX_PEG_FEE,
};
use alloc::vec::Vec;
use caliber_math::SECONDS_PER_DAY;
use caliber_primitives::{
	appraisal::OracleKey,
	governance::{Authority, Risk},
	reserves::BillSide,
	traits::{IdleFunds, OnNewAppraisal, PriceSource},
	Balance, PricedAssetId, USD,
};
use polkadot_sdk::{
	frame_benchmarking::v2::*,
	frame_support::traits::{
		fungibles::{Inspect, Mutate},
		EnsureOriginWithArg,
	},
	frame_system::{self, RawOrigin},
	pallet_psm::BenchmarkHelper as _,
	sp_runtime::{traits::Get, Perbill, Permill},
};

/// Set-up of the benchmarks.
pub trait BenchmarkHelper<AssetId> {
	/// Creates a sufficient token with decimals and a fresh price of one dollar. Returns the token.
	fn market() -> TreasuryBill<AssetId>;
}

/// Amount above the limit of an hour.
const MUCH: Balance = 100_000_000 * USD;

/// Amount of a fill.
const FILL: Balance = 10_000 * USD;

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
	let bill = <T as Config>::BenchmarkHelper::market();
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

/// USDai issued against each stablecoin.
const DEBT: Balance = 1_000 * USD;

/// Returns terms of a stablecoin.
fn terms() -> StablecoinTerms {
	StablecoinTerms {
		ceiling_weight: Permill::from_percent(10),
		minting_fee: MAX_PEG_FEE,
		redemption_fee: Permill::from_parts(1_000),
	}
}

/// Creates an asset with six decimals whose minimum balance lies in the account of the peg.
fn stablecoin<T: Config>(id: u32) -> Result<AssetIdOf<T>, BenchmarkError> {
	let owner: T::AccountId = whitelisted_caller();
	let peg = pallet_psm::Pallet::<T>::psm_account(&T::PegAsset::get());
	let asset = <T as pallet_psm::Config>::BenchmarkHelper::get_asset_id(id);
	<T as pallet_psm::Config>::BenchmarkHelper::create_asset(asset.clone(), &owner, 6);
	FungiblesOf::<T>::mint_into(asset.clone(), &peg, 1)?;
	Ok(asset)
}

/// Fills the peg with as many stablecoins as it may have, each with a debt and the price of one
/// priced asset, and gives `caller` the USDai. Returns the priced asset and the last stablecoin.
fn whole_peg<T: Config>(
	caller: &T::AccountId,
) -> Result<(PricedAssetId, AssetIdOf<T>), BenchmarkError> {
	let usdai = T::PegAsset::get;
	if !pallet_psm::Psm::<T>::contains_key(usdai()) {
		Pallet::<T>::create_peg(&Peg { max_debt: MUCH, min_swap: 1, stablecoins: Vec::new() })?;
	}
	let priced_asset = market::<T>().priced_asset;
	let peg = pallet_psm::Pallet::<T>::psm_account(&usdai());
	for index in Stablecoins::<T>::count()..<T as pallet_psm::Config>::MaxExternals::get() {
		let asset = stablecoin::<T>(index.checked_add(6_000).ok_or("too many stablecoins")?)?;
		Pallet::<T>::do_add_stablecoin(asset, priced_asset, terms())?;
	}
	let assets: Vec<_> = Stablecoins::<T>::iter_keys().collect();
	for asset in &assets {
		Stablecoins::<T>::insert(asset, priced_asset);
		PegFreezes::<T>::remove(asset);
		let units = Pallet::<T>::unit(asset).map_err(|_| "the token has too many decimals")?;
		let units = units.checked_mul(DEBT / USD).ok_or("too many units")?;
		FungiblesOf::<T>::mint_into(asset.clone(), &peg, units)?;
		pallet_psm::PsmDebt::<T>::mutate(usdai(), asset, |debt| *debt += DEBT);
		FungiblesOf::<T>::mint_into(usdai(), caller, DEBT)?;
	}
	let last = assets.last().cloned().ok_or("the peg has stablecoins")?;
	Ok((priced_asset, last))
}

/// Returns an account with bills and USDai for a fill. The assets know it already.
fn dealer<T: Config>(bill: &TreasuryBill<AssetIdOf<T>>) -> Result<T::AccountId, BenchmarkError> {
	let caller: T::AccountId = whitelisted_caller();
	let unit = Pallet::<T>::unit(&bill.asset).map_err(|_| "the token has too many decimals")?;
	let bills = (2 * FILL / USD).checked_mul(unit).ok_or("too many bills")?;
	FungiblesOf::<T>::mint_into(bill.asset.clone(), &caller, bills)?;
	FungiblesOf::<T>::mint_into(T::PegAsset::get(), &caller, 2 * FILL)?;
	Ok(caller)
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
		let caller: T::AccountId = whitelisted_caller();
		let (priced_asset, asset) = whole_peg::<T>(&caller)?;
		PegFreezes::<T>::insert(&asset, 0);

		#[extrinsic_call]
		_(admin as OriginOf<T>, asset.clone(), priced_asset);

		assert_eq!(PegFreezes::<T>::get(asset), None);
		Ok(())
	}

	#[benchmark]
	fn set_minting_stopped() -> Result<(), BenchmarkError> {
		let admin = admin::<T>(Risk::Lowers)?;
		let caller: T::AccountId = whitelisted_caller();
		let (_, asset) = whole_peg::<T>(&caller)?;

		#[extrinsic_call]
		_(admin as OriginOf<T>, asset.clone(), true);

		assert!(MintingStops::<T>::get(asset).at(Pallet::<T>::now()));
		Ok(())
	}

	#[benchmark]
	fn add_stablecoin() -> Result<(), BenchmarkError> {
		let admin = admin::<T>(Risk::Raises)?;
		let caller: T::AccountId = whitelisted_caller();
		let (priced_asset, last) = whole_peg::<T>(&caller)?;
		pallet_psm::PsmDebt::<T>::remove(T::PegAsset::get(), &last);
		Pallet::<T>::do_remove_stablecoin(last)?;
		let asset = stablecoin::<T>(7_000)?;

		#[extrinsic_call]
		_(admin as OriginOf<T>, asset.clone(), priced_asset, terms());

		assert_eq!(Stablecoins::<T>::get(asset), Some(priced_asset));
		Ok(())
	}

	#[benchmark]
	fn remove_stablecoin() -> Result<(), BenchmarkError> {
		let admin = admin::<T>(Risk::Raises)?;
		let caller: T::AccountId = whitelisted_caller();
		let (_, last) = whole_peg::<T>(&caller)?;
		Pallet::<T>::ensure_may_leave(&last)?;
		PegFreezes::<T>::insert(&last, 0);
		Pallet::<T>::do_set_minting_stopped(Authority::Committee, last.clone(), true)?;
		pallet_psm::PsmDebt::<T>::remove(T::PegAsset::get(), &last);

		#[extrinsic_call]
		_(admin as OriginOf<T>, last.clone());

		assert!(!Stablecoins::<T>::contains_key(&last) && !Inflows::<T>::contains_key(last));
		Ok(())
	}

	#[benchmark]
	fn set_stablecoin_terms() -> Result<(), BenchmarkError> {
		let admin = admin::<T>(Risk::Raises)?;
		let caller: T::AccountId = whitelisted_caller();
		let (_, asset) = whole_peg::<T>(&caller)?;

		#[extrinsic_call]
		_(admin as OriginOf<T>, asset, terms());

		Ok(())
	}

	#[benchmark]
	fn set_debt_ceiling() -> Result<(), BenchmarkError> {
		let admin = admin::<T>(Risk::Raises)?;
		let caller: T::AccountId = whitelisted_caller();
		whole_peg::<T>(&caller)?;

		#[extrinsic_call]
		_(admin as OriginOf<T>, MUCH);

		let peg = pallet_psm::Psm::<T>::get(T::PegAsset::get()).expect("the peg is made; qed");
		assert_eq!(peg.max_debt, MUCH);
		Ok(())
	}

	#[benchmark]
	fn redeem_basket() -> Result<(), BenchmarkError> {
		let caller: T::AccountId = whitelisted_caller();
		whole_peg::<T>(&caller)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), DEBT, 0);

		assert_eq!(Claims::<T>::iter().count(), 0);
		Ok(())
	}

	#[benchmark]
	fn redeem_basket_into_claims() -> Result<(), BenchmarkError> {
		let caller: T::AccountId = whitelisted_caller();
		whole_peg::<T>(&caller)?;
		let peg = pallet_psm::Pallet::<T>::psm_account(&T::PegAsset::get());
		for asset in Stablecoins::<T>::iter_keys() {
			FungiblesOf::<T>::set_balance(asset, &peg, 1);
		}

		#[extrinsic_call]
		redeem_basket(RawOrigin::Signed(caller), DEBT, 0);

		assert_eq!(Claims::<T>::iter().count(), Stablecoins::<T>::count() as usize);
		Ok(())
	}

	#[benchmark]
	fn claim_basket() -> Result<(), BenchmarkError> {
		let caller: T::AccountId = whitelisted_caller();
		let (_, asset) = whole_peg::<T>(&caller)?;
		let claims = Pallet::<T>::claims_account();
		FungiblesOf::<T>::mint_into(T::PegAsset::get(), &claims, DEBT)?;
		Claims::<T>::insert(&asset, &caller, DEBT);
		Claimed::<T>::insert(&asset, DEBT);

		#[extrinsic_call]
		_(RawOrigin::Signed(caller.clone()), asset.clone(), caller.clone());

		assert!(!Claims::<T>::contains_key(&asset, &caller));
		assert!(FungiblesOf::<T>::balance(asset, &caller) > 0);
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
	fn fill_buys() -> Result<(), BenchmarkError> {
		let bill = market::<T>();
		T::Vault::benchmark_idle(MUCH);
		let caller = dealer::<T>(&bill)?;

		#[extrinsic_call]
		fill_offer(RawOrigin::Signed(caller), BillSide::Buys, FILL, 0);

		assert!(Ledger::<T>::get().held > 0);
		Ok(())
	}

	#[benchmark]
	fn fill_sells() -> Result<(), BenchmarkError> {
		let held = holding::<T>(MUCH)?;
		let bill = Bills::<T>::get().ok_or("bills are set")?;
		// The issuer took some, which is found by the fill.
		Ledger::<T>::mutate(|ledger| ledger.held = held.saturating_add(1));
		let terms = TreasuryBill {
			asset: bill.asset,
			priced_asset: bill.priced_asset,
			haircut: Perbill::zero(),
		};
		let caller = dealer::<T>(&terms)?;

		#[extrinsic_call]
		fill_offer(RawOrigin::Signed(caller), BillSide::Sells, FILL, Balance::MAX);

		assert!(Ledger::<T>::get().held < held);
		Ok(())
	}

	#[benchmark]
	fn note_offers() -> Result<(), BenchmarkError> {
		holding::<T>(MUCH)?;
		// One opens, and the other closes.
		Ledger::<T>::mutate(|ledger| ledger.offers.buys.since = Some(0));

		#[block]
		{
			Pallet::<T>::note_offers();
		}

		assert!(Ledger::<T>::get().offers.sells.since.is_some());
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
		let caller: T::AccountId = whitelisted_caller();
		let (_, asset) = whole_peg::<T>(&caller)?;
		MintRateLimit::<T>::kill();
		Inflows::<T>::remove(&asset);

		#[block]
		{
			Pallet::<T>::ensure_may_come_in(&asset, 1_000_000)?;
			Pallet::<T>::ensure_within_mint_limit(USD)?;
		}

		assert!(MintRateLimit::<T>::exists() && Inflows::<T>::contains_key(asset));
		Ok(())
	}

	#[benchmark]
	fn redemption() -> Result<(), BenchmarkError> {
		let caller: T::AccountId = whitelisted_caller();
		let (_, asset) = whole_peg::<T>(&caller)?;
		MintRateLimit::<T>::kill();
		Inflows::<T>::remove(&asset);

		#[block]
		{
			Pallet::<T>::note_supply();
			Pallet::<T>::ensure_may_leave(&asset)?;
		}

		assert!(MintRateLimit::<T>::exists() && Inflows::<T>::contains_key(asset));
		Ok(())
	}

	#[benchmark]
	fn on_new_appraisal() -> Result<(), BenchmarkError> {
		let caller: T::AccountId = whitelisted_caller();
		let (priced_asset, last) = whole_peg::<T>(&caller)?;
		BillPriceDays::<T>::put(CheckpointDays::first(0));
		// A rise for bills held.
		Ledger::<T>::mutate(|ledger| ledger.held = 1);
		let day = PriceDay { since: 0, lowest: USD / 2, held: 1 };
		BillYields::<T>::put(BillYield { highest: Some(1), due: 0, day: Some(day) });

		#[block]
		{
			// The bills and all stablecoins have one price, which freezes them.
			Pallet::<T>::on_new_appraisal(
				&OracleKey::Price(priced_asset),
				USD / 2,
				SECONDS_PER_DAY,
			);
		}

		assert!(PegFreezes::<T>::contains_key(last));
		assert_eq!(BillPriceDays::<T>::get().map(|days| days.last), Some(1));
		assert_eq!(BillYields::<T>::get().highest, Some(USD / 2));
		Ok(())
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::tests::mock::new_test_ext(),
		crate::tests::mock::Test
	);
}
