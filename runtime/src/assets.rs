// SPDX-License-Identifier: Apache-2.0

//! Assets of the chain, by number and by location.
//!
//! The peg, pools and fees handle assets of several kinds: they name an asset by its location as
//! seen from this chain: CLBR is `Here`, USDai is `PalletInstance(50), GeneralIndex(1)`, USDC is
//! `../Parachain(1000), PalletInstance(50), GeneralIndex(1337)`.

use crate::{AccountId, Assets, AssetsHolder, Balances, ForeignAssets};
use caliber_primitives::{SUSDAI, USDAI};
use polkadot_sdk::{
	frame_support::{
		parameter_types,
		traits::{
			fungible::{self, ItemOf},
			fungibles, Contains,
		},
	},
	pallet_assets,
	sp_runtime::{traits::Convert, Either},
	staging_xcm::latest::prelude::*,
};

/// Assets issued by this chain, by number.
pub type LocalAssetsInstance = pallet_assets::Instance1;
/// Assets of other chains, by location.
pub type ForeignAssetsInstance = pallet_assets::Instance2;
/// Shares in pools, by number.
pub type PoolAssetsInstance = pallet_assets::Instance3;

/// Index of `Assets` in this runtime. It is part of the location of every local asset.
pub const LOCAL_ASSETS_PALLET_INDEX: u8 = 50;

/// Returns the location of a local asset.
pub fn local_asset(id: u32) -> Location {
	Location::new(0, [PalletInstance(LOCAL_ASSETS_PALLET_INDEX), GeneralIndex(id.into())])
}

parameter_types! {
	pub const UsdAiId: u32 = USDAI;
	pub const SUsdAiId: u32 = SUSDAI;
	pub UsdAiLocation: Location = local_asset(USDAI);
	pub NativeLocation: Location = Location::here();
}

/// Balances of USDai.
pub type UsdAi = ItemOf<Assets, UsdAiId, AccountId>;
/// Holds on balances of USDai.
pub type UsdAiHold = ItemOf<AssetsHolder, UsdAiId, AccountId>;
/// Balances of sUSDai.
pub type SUsdAi = ItemOf<Assets, SUsdAiId, AccountId>;

/// Converts the location of a local asset to its number and keeps any other location.
pub struct LocalOrForeign;
impl Convert<Location, Either<u32, Location>> for LocalOrForeign {
	fn convert(location: Location) -> Either<u32, Location> {
		match location.unpack() {
			(0, [PalletInstance(LOCAL_ASSETS_PALLET_INDEX), GeneralIndex(index)]) => {
				match u32::try_from(*index) {
					Ok(id) => Either::Left(id),
					Err(_) => Either::Right(location),
				}
			}
			_ => Either::Right(location),
		}
	}
}

/// Separates the location of the native token from all others.
pub struct NativeOrAsset;
impl Convert<Location, Either<(), Location>> for NativeOrAsset {
	fn convert(location: Location) -> Either<(), Location> {
		if location.is_here() {
			Either::Left(())
		} else {
			Either::Right(location)
		}
	}
}

/// Local and foreign assets by location.
pub type LocalAndForeignAssets =
	fungibles::UnionOf<Assets, ForeignAssets, LocalOrForeign, Location, AccountId>;

/// The native token and all assets except pool shares, by location.
pub type NativeAndAssets =
	fungible::UnionOf<Balances, LocalAndForeignAssets, NativeOrAsset, Location, AccountId>;

/// Location of the native token.
pub struct NativeAsset;
impl Contains<Location> for NativeAsset {
	fn contains(location: &Location) -> bool {
		location.is_here()
	}
}
