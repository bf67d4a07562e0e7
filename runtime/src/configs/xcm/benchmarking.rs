// SPDX-License-Identifier: Apache-2.0

//! Set-up for benchmarks of messages between chains: a channel to Asset Hub, and assets to send.

use super::{AssetHubLocation, PriceForSiblingDelivery, XcmConfig};
use crate::{
	assets::{local_asset, NativeAndAssets},
	constants::currency::{CLBR, EXISTENTIAL_DEPOSIT},
	AccountId, Balance, Balances, ParachainSystem, Runtime, RuntimeCall, RuntimeOrigin,
};
use alloc::{boxed::Box, vec, vec::Vec};
use polkadot_sdk::{
	cumulus_primitives_core::ParaId,
	frame_benchmarking::whitelisted_caller,
	frame_support::{
		parameter_types,
		traits::{
			fungible::Mutate as _,
			fungibles::{Inspect, Mutate as _},
		},
	},
	pallet_utility, pallet_xcm, polkadot_runtime_common,
	staging_xcm::latest::prelude::*,
};

parameter_types! {
	pub const AssetHubId: ParaId = ParaId::new(1000);
	pub ExistentialDepositAsset: Option<Asset> =
		Some((Location::here(), EXISTENTIAL_DEPOSIT).into());
}

/// Returns the location of a local asset. Creates the asset if it does not exist, and endows the
/// caller with `amount` of it and with CLBR.
fn issued_here(id: u32, amount: Balance) -> Location {
	let (asset, caller) = (local_asset(id), whitelisted_caller::<AccountId>());
	if !NativeAndAssets::asset_exists(asset.clone()) {
		// Only root may choose the number.
		crate::Assets::force_create(
			RuntimeOrigin::root(),
			id.into(),
			caller.clone().into(),
			true,
			1,
		)
		.expect("the asset does not exist yet; qed");
	}
	Balances::set_balance(&caller, 1_000 * CLBR);
	NativeAndAssets::mint_into(asset.clone(), &caller, amount).expect("the asset exists; qed");
	asset
}

/// Opens a channel to Asset Hub and endows the sender with the delivery fee.
pub type DeliveryHelper = polkadot_runtime_common::xcm_sender::ToParachainDeliveryHelper<
	XcmConfig,
	ExistentialDepositAsset,
	PriceForSiblingDelivery,
	AssetHubId,
	ParachainSystem,
>;

impl pallet_xcm::benchmarking::Config for Runtime {
	type DeliveryHelper = DeliveryHelper;

	fn reachable_dest() -> Option<Location> {
		Some(AssetHubLocation::get())
	}

	fn reserve_transferable_asset_and_dest() -> Option<(Asset, Location)> {
		Some(((issued_here(caliber_primitives::USDAI, CLBR), CLBR).into(), AssetHubLocation::get()))
	}

	// A local asset with the fees in CLBR is the most complex transfer: nothing is teleported.
	fn set_up_complex_asset_transfer() -> Option<(Assets, u32, Location, Box<dyn FnOnce()>)> {
		let asset = issued_here(caliber_primitives::USDAI, 2 * CLBR);
		let fee: Asset = (Location::here(), CLBR).into();
		let assets: Assets = vec![fee.clone(), (asset.clone(), CLBR).into()].into();
		let fee_index = u32::from(assets.get(0) != Some(&fee));
		let caller = whitelisted_caller::<AccountId>();
		let before = NativeAndAssets::balance(asset.clone(), &caller);
		let verify = move || {
			assert_eq!(NativeAndAssets::balance(asset, &caller), before - CLBR);
		};
		Some((assets, fee_index, AssetHubLocation::get(), Box::new(verify)))
	}

	fn get_asset() -> Asset {
		(Location::here(), CLBR).into()
	}

	fn get_assets(n: u32) -> Assets {
		(0..n)
			.map(|i| Asset::from((issued_here(1_000_000 + i, CLBR), CLBR)))
			.collect::<Vec<_>>()
			.into()
	}

	fn batch_call(calls: Vec<RuntimeCall>) -> Option<RuntimeCall> {
		Some(pallet_utility::Call::<Runtime>::batch { calls }.into())
	}
}
