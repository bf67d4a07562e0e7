// SPDX-License-Identifier: Apache-2.0

//! What the reserves keep in storage, and what genesis asks for.

use alloc::vec::Vec;
use caliber_primitives::{Balance, PricedAssetId, Seconds};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::{sp_core::H256, sp_runtime::Perbill};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// The Treasury bills in which the vault's idle money is put.
#[derive(
	Clone,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TreasuryBill<AssetId> {
	/// The token.
	pub asset: AssetId,
	/// The oracle's number for it.
	pub priced_asset: PricedAssetId,
	/// What is taken off the oracle's price when it is valued.
	pub haircut: Perbill,
}

/// What bills were sold for.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Purpose {
	/// The liquidity buffer.
	Rebalance,
	/// The redemption requests of a window that is settled.
	Settlement,
}

/// What was traded in one hour. Hours begin with the hours of the clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct HourBook {
	/// The hour, counted from the unix epoch.
	pub hour: u64,
	/// USDai that rebalancing has paid and received.
	pub rebalanced: Balance,
	/// USDai that settlements have received.
	pub divested: Balance,
}

impl HourBook {
	/// What was traded for `purpose`.
	pub fn traded(&self, purpose: Purpose) -> Balance {
		match purpose {
			Purpose::Rebalance => self.rebalanced,
			Purpose::Settlement => self.divested,
		}
	}

	/// Add a trade; none where the sum has no number.
	pub fn add(mut self, purpose: Purpose, amount: Balance) -> Option<Self> {
		let book = match purpose {
			Purpose::Rebalance => &mut self.rebalanced,
			Purpose::Settlement => &mut self.divested,
		};
		*book = book.checked_add(amount)?;
		Some(self)
	}
}

/// The first accepted price of a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Checkpoint {
	/// The day, counted from the unix epoch.
	pub day: u32,
	/// Price of one whole bill, USD with 18 decimals.
	pub price: Balance,
	/// Its time.
	pub as_of: Seconds,
}

/// The supply of USDai from which the growth of a period counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct FusePeriod {
	/// When the period began. Periods are multiples of their length.
	pub since: Seconds,
	/// USDai in issue before the first that was issued in it, or at the last reset.
	pub supply: Balance,
}

/// Why and since when an account is frozen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct FrozenAccount {
	/// When it was frozen.
	pub since: Seconds,
	/// Hash of the document that says why.
	pub reason: H256,
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
