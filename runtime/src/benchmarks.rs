// SPDX-License-Identifier: Apache-2.0

//! Benchmarks of this runtime, and the helpers with which pallets set their state up.

use crate::{
	assets::{LocalAndForeignAssets, NativeAndAssets},
	constants::currency::CLBR,
	AccountId, Balance, Balances, Runtime, RuntimeOrigin,
};
use alloc::{string::String, vec::Vec};
use caliber_primitives::{
	appraisal::OracleKey, governance::values::AppraisalValues, ModelId, PricedAssetId, Seconds,
	USD, USD_DECIMALS,
};
use pallet_caliber_reserves::types::TreasuryBill;
use polkadot_sdk::{staging_xcm::latest::prelude::*, *};

use frame_benchmarking::{BenchmarkBatch, BenchmarkConfig, BenchmarkList};
use frame_support::{
	traits::{fungible::Mutate as _, fungibles},
	BoundedVec,
};
use pallet_psm::BenchmarkHelper as _;

frame_benchmarking::define_benchmarks!(
	[pallet_caliber_governance, Governance]
	[pallet_caliber_appraisal, Appraisal]
	[pallet_caliber_titles, Titles]
	[pallet_caliber_credit, Credit]
	[pallet_caliber_vault, Vault]
	[pallet_caliber_reserves, Reserves]
	[pallet_xcm, Messages::<Runtime>]
);

/// Lists the benchmarks.
pub fn list(list: &mut Vec<BenchmarkList>, extra: bool) {
	use crate::{Appraisal, Credit, Governance, Reserves, Titles, Vault};
	use pallet_xcm::benchmarking::Pallet as Messages;
	list_benchmarks!(list, extra);
}

/// Runs the selected benchmarks.
pub fn run(config: BenchmarkConfig) -> Result<Vec<BenchmarkBatch>, String> {
	use crate::{Appraisal, Credit, Governance, Reserves, Titles, Vault};
	use frame_support::traits::WhitelistedStorageKeys;
	use pallet_xcm::benchmarking::Pallet as Messages;
	let whitelist = crate::AllPalletsWithSystem::whitelisted_storage_keys();
	let mut batches = Vec::<BenchmarkBatch>::new();
	let params = (&config, &whitelist);
	add_benchmarks!(params, batches);
	Ok(batches)
}

/// Clock of the chain, and versions of rules and models.
pub struct Clock;
impl pallet_caliber_credit::BenchmarkHelper for Clock {
	fn set_time(now: Seconds) {
		pallet_timestamp::Now::<Runtime>::put(now * 1_000);
	}

	fn make_versions(models: &[ModelId]) {
		use pallet_caliber_appraisal::{ModelVersions, Models};
		use pallet_caliber_governance::{CurrentRules, RuleArea, RuleVersions};
		for model_id in models {
			let mut model = Models::<Runtime>::get(model_id).expect("the model is known; qed");
			let terms = ModelVersions::<Runtime>::get(model_id, model.version)
				.expect("the present version of a model is stored; qed");
			model.version += 1;
			ModelVersions::<Runtime>::insert(model_id, model.version, terms);
			Models::<Runtime>::insert(model_id, model);
		}
		RuleArea::<Runtime>::mutate(|area| area.values.max_relistings += 1);
		let version = CurrentRules::<Runtime>::get() + 1;
		CurrentRules::<Runtime>::put(version);
		RuleVersions::<Runtime>::insert(version, RuleArea::<Runtime>::get().values);
	}
}

impl pallet_caliber_titles::BenchmarkHelper for Clock {
	fn set_time(now: Seconds) {
		pallet_timestamp::Now::<Runtime>::put(now * 1_000);
	}
}

/// Governed values of the appraisal.
pub struct AppraisalValuesHelper;
impl pallet_caliber_appraisal::SetValues for AppraisalValuesHelper {
	fn set_values(values: AppraisalValues) {
		pallet_caliber_governance::AppraisalArea::<Runtime>::mutate(|area| area.values = values);
	}
}

/// Treasury bills.
pub struct ReservesHelper;
impl pallet_caliber_reserves::BenchmarkHelper<Location> for ReservesHelper {
	fn market() -> TreasuryBill<Location> {
		const PRICED: PricedAssetId = 9_999;
		let maker = AccountId::new([0x6d; 32]);
		let token = sibling_asset(4_000);
		PsmHelper::create_asset(token.clone(), &maker, USD_DECIMALS);
		crate::Appraisal::benchmark_priced_asset(PRICED, USD);
		TreasuryBill {
			asset: token,
			priced_asset: PRICED,
			haircut: sp_runtime::Perbill::from_percent(1),
		}
	}
}

/// Returns the location of a sibling's asset with this number.
fn sibling_asset(id: u32) -> Location {
	Location::new(1, [Parachain(3_000), GeneralIndex(id.into())])
}

/// Foreign assets by number.
pub struct ForeignAssetHelper;
impl pallet_assets::BenchmarkHelper<Location, ()> for ForeignAssetHelper {
	fn create_asset_id_parameter(id: u32) -> Location {
		sibling_asset(id)
	}

	fn create_reserve_id_parameter(_id: u32) {}
}

/// Pairs of assets for pools.
pub struct AssetPairHelper;
impl pallet_asset_conversion::BenchmarkHelper<Location> for AssetPairHelper {
	fn create_pair(seed1: u32, seed2: u32) -> (Location, Location) {
		(sibling_asset(seed1), sibling_asset(seed2))
	}
}

/// Asset for fees, with its pool.
pub struct AssetTxHelper;
impl pallet_asset_conversion_tx_payment::BenchmarkHelperTrait<AccountId, Location, Location>
	for AssetTxHelper
{
	fn create_asset_id_parameter(id: u32) -> (Location, Location) {
		let asset = sibling_asset(2_000 + id);
		(asset.clone(), asset)
	}

	fn setup_balances_and_pool(asset: Location, account: AccountId) {
		use fungibles::{Create, Mutate};
		const AMOUNT: Balance = 1_000 * CLBR;
		NativeAndAssets::create(asset.clone(), account.clone(), true, 1)
			.expect("the benchmark's asset is new; qed");
		NativeAndAssets::mint_into(asset.clone(), &account, 3 * AMOUNT)
			.expect("the asset exists; qed");
		Balances::mint_into(&account, 3 * AMOUNT).expect("the amount is in range; qed");
		let origin = RuntimeOrigin::signed(account.clone());
		let (native, asset) = (Location::here(), asset);
		crate::AssetConversion::create_pool(
			origin.clone(),
			native.clone().into(),
			asset.clone().into(),
		)
		.expect("the pool is new; qed");
		crate::AssetConversion::add_liquidity(
			origin,
			native.into(),
			asset.into(),
			AMOUNT,
			AMOUNT,
			1,
			1,
			account,
		)
		.expect("the account has both assets; qed");
	}
}

/// Assets of the peg.
pub struct PsmHelper;
impl pallet_psm::BenchmarkHelper<Location, AccountId> for PsmHelper {
	fn get_asset_id(asset_index: u32) -> Location {
		sibling_asset(3_000 + asset_index)
	}

	fn create_asset(asset: Location, owner: &AccountId, decimals: u8) {
		use fungibles::{metadata::Mutate as _, Create, Inspect};
		if !NativeAndAssets::asset_exists(asset.clone()) {
			NativeAndAssets::create(asset.clone(), owner.clone(), true, 1)
				.expect("the asset does not exist yet; qed");
		}
		Balances::set_balance(owner, 1_000_000 * CLBR);
		LocalAndForeignAssets::set(asset, owner, b"Benchmark".to_vec(), b"BNC".to_vec(), decimals)
			.expect("the owner sets the metadata of its asset; qed");
	}
}

/// Assets and beneficiaries of treasury spends.
pub struct TreasuryHelper;
impl pallet_treasury::ArgumentsFactory<Location, AccountId> for TreasuryHelper {
	fn create_asset_kind(seed: u32) -> Location {
		sibling_asset(seed)
	}

	fn create_beneficiary(seed: [u8; 32]) -> AccountId {
		seed.into()
	}
}
impl pallet_asset_rate::AssetKindFactory<Location> for TreasuryHelper {
	fn create_asset_kind(seed: u32) -> Location {
		sibling_asset(seed)
	}
}

/// Keys and values of the oracle.
pub struct OracleHelper;
impl<L: frame_support::traits::Get<u32>> pallet_oracle::BenchmarkHelper<OracleKey, u128, L>
	for OracleHelper
{
	fn get_currency_id_value_pairs() -> BoundedVec<(OracleKey, u128), L> {
		BoundedVec::truncate_from(crate::Appraisal::benchmark_pairs(L::get()))
	}
}
