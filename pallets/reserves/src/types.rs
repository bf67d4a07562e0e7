// SPDX-License-Identifier: Apache-2.0

//! What the reserves keep in storage, and what genesis asks for.

use alloc::vec::Vec;
use caliber_primitives::{Balance, PricedAssetId};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::sp_runtime::Perbill;
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// The Treasury bills in which the vault's idle money is put.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct TreasuryBill<AssetId> {
	/// The token.
	pub asset: AssetId,
	/// The oracle's number for it.
	pub priced_asset: PricedAssetId,
	/// What is taken off the oracle's price when it is valued.
	pub haircut: Perbill,
}

/// The peg as it is at genesis.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Peg<AssetId> {
	/// The most USDai that is issued against all stablecoins.
	pub max_debt: Balance,
	/// The least USDai that is swapped at once; not zero.
	pub min_swap: Balance,
	/// What USDai is issued against.
	pub stablecoins: Vec<Stablecoin<AssetId>>,
}

/// A stablecoin of the peg at genesis. Shares of a whole are in parts per million.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Stablecoin<AssetId> {
	/// The asset.
	pub asset: AssetId,
	/// Its weight; the most that is issued against it is the part of the most that is issued which
	/// its weight is of all weights. Nothing while it is zero.
	pub ceiling_weight: u32,
	/// Fee of those who bring it for USDai.
	pub minting_fee: u32,
	/// Fee of those who take it for USDai.
	pub redemption_fee: u32,
	/// The oracle's number for it, where it has one.
	pub priced_asset: Option<PricedAssetId>,
}
