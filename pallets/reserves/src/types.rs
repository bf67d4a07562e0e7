// SPDX-License-Identifier: Apache-2.0

//! Types of the reserves pallet: its records, and its genesis.

pub use crate::growth::Growth;

use crate::{offers::OfferBook, BILL_PRICE_CHECKPOINTS};
use alloc::vec::Vec;
use caliber_primitives::{
	governance::{Governed, Ramped},
	Balance, PricedAssetId, Seconds,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::{
	sp_core::H256,
	sp_runtime::{Perbill, Permill},
};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// The Treasury bills that the vault's idle USDai buys, as they are set.
#[derive(Clone, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TreasuryBill<AssetId> {
	/// The token.
	pub asset: AssetId,
	/// Priced asset of the oracle for the token.
	pub priced_asset: PricedAssetId,
	/// Discount on the oracle's price when bills are valued; at most
	/// [`MAX_HAIRCUT`](crate::MAX_HAIRCUT).
	pub haircut: Perbill,
}

/// The Treasury bills as they are stored.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct BillRecord<AssetId> {
	/// The token.
	pub asset: AssetId,
	/// Priced asset of the oracle for the token.
	pub priced_asset: PricedAssetId,
	/// Discount on the oracle's price when bills are valued. It moves the price of a share, and so
	/// it moves linearly.
	pub haircut: Ramped<Perbill>,
}

impl<AssetId> BillRecord<AssetId> {
	/// Returns the record of a token that was not set before. Its haircut counts at once.
	pub fn new(bill: TreasuryBill<AssetId>) -> Self {
		let TreasuryBill { asset, priced_asset, haircut } = bill;
		Self { asset, priced_asset, haircut: Ramped::new(haircut) }
	}

	/// Returns the record with other terms of the same token. Another haircut is reached within
	/// `period` seconds from `now`. The same one leaves a move as it is.
	pub fn amended(self, bill: TreasuryBill<AssetId>, now: Seconds, period: Seconds) -> Self {
		let TreasuryBill { asset, priced_asset, haircut: target } = bill;
		let mut haircut = self.haircut;
		if target != haircut.target() {
			haircut.move_to(target, now, period);
		}
		Self { asset, priced_asset, haircut }
	}
}

/// Bills held, and the offers at which they are traded.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct BillsLedger {
	/// Bills bought and not sold, in the token's smallest unit.
	pub held: Balance,
	/// State of the offers.
	pub offers: OfferBook,
}

/// Yield of the bills for the fee on it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct BillYield {
	/// Highest price of one whole bill so far that lasted for a day, USD with 18 decimals: the first
	/// accepted one at first, none before it.
	pub highest: Option<Balance>,
	/// Rise of such prices above the highest before, for the bills held all that day, in USDai. The
	/// vault has taken no fee of it.
	pub due: Balance,
	/// Prices since the last look at the highest; none before the next one is accepted.
	pub day: Option<PriceDay>,
}

/// What lasted since a price of the bills was accepted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct PriceDay {
	/// Time at which the first price was accepted, unix seconds.
	pub since: Seconds,
	/// Lowest price accepted since then, USD with 18 decimals.
	pub lowest: Balance,
	/// Fewest bills held at any of these times, in the token's smallest unit.
	pub held: Balance,
}

impl PriceDay {
	/// Returns the day with another price, accepted while so many bills are held.
	pub fn with(self, price: Balance, held: Balance) -> Self {
		Self { lowest: self.lowest.min(price), held: self.held.min(held), ..self }
	}
}

/// First accepted price of the bills on one day.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct BillPriceCheckpoint {
	/// The day, counted from the unix epoch.
	pub day: u32,
	/// Price of one whole bill, USD with 18 decimals.
	pub price: Balance,
	/// Time of the price, unix seconds.
	pub as_of: Seconds,
}

/// Days whose first price of the bills is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct CheckpointDays {
	/// Last day with a checkpoint, counted from the unix epoch.
	pub last: u32,
	/// A bit for each of the last [`BILL_PRICE_CHECKPOINTS`] days, the lowest for `last`, the next
	/// for the day before it: set if that day has a checkpoint.
	pub kept: u128,
}

impl CheckpointDays {
	/// Returns the days with a first checkpoint of one day.
	pub fn first(day: u32) -> Self {
		Self { last: day, kept: 1 }
	}

	/// Returns the days with a later one added. Those before the last [`BILL_PRICE_CHECKPOINTS`]
	/// days are forgotten.
	pub fn with(self, day: u32) -> Self {
		let passed = day.saturating_sub(self.last);
		let kept = self.kept.checked_shl(passed).unwrap_or(0) & ALL_DAYS;
		Self { last: day, kept: kept | 1 }
	}

	/// Returns the oldest day with a checkpoint from ninety days before `day` to `day`.
	pub fn oldest_until(&self, day: u32) -> Option<u32> {
		// Days before the last one that are too old for `day`, or after it.
		let too_old = day.saturating_sub(self.last);
		let too_new = self.last.saturating_sub(day);
		let young = ALL_DAYS.checked_shr(too_old)?;
		let old = u128::MAX.checked_shl(too_new)?;
		let age = (self.kept & young & old).checked_ilog2()?;
		self.last.checked_sub(age)
	}

	/// Returns true if a day is one of the last [`BILL_PRICE_CHECKPOINTS`] and has a checkpoint.
	pub fn contains(&self, day: u32) -> bool {
		let age = self.last.checked_sub(day).filter(|age| *age < BILL_PRICE_CHECKPOINTS);
		age.and_then(|age| self.kept.checked_shr(age)).is_some_and(|kept| kept & 1 == 1)
	}
}

/// A bit for each of [`BILL_PRICE_CHECKPOINTS`] days.
const ALL_DAYS: u128 = (1 << BILL_PRICE_CHECKPOINTS) - 1;

/// Terms of a stablecoin of the peg.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct StablecoinTerms {
	/// Weight of the stablecoin. Its ceiling is the debt ceiling of the peg · weight / sum of all
	/// weights; zero permits no issue.
	pub ceiling_weight: Permill,
	/// Fee on issuing USDai against the stablecoin; at most [`MAX_PEG_FEE`](crate::MAX_PEG_FEE).
	pub minting_fee: Permill,
	/// Fee on redeeming USDai for the stablecoin; at most [`MAX_PEG_FEE`](crate::MAX_PEG_FEE).
	pub redemption_fee: Permill,
}

/// Freeze of an account as it is stored.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct FreezeRecord {
	/// Time of the last freeze, unix seconds.
	pub since: Seconds,
	/// Hash of the document with its reason.
	pub reason: H256,
	/// True while the account is frozen: by a referendum until it is thawed, by the technical
	/// committee for a time.
	pub frozen: Governed<bool>,
}

/// Freeze of an account that is frozen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct FrozenAccount {
	/// Time of the freeze, unix seconds.
	pub since: Seconds,
	/// Hash of the document with the reason.
	pub reason: H256,
	/// First second after a freeze of the technical committee, unix seconds. None if a referendum
	/// froze the account.
	pub until: Option<Seconds>,
}

/// The peg at genesis.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Peg<AssetId> {
	/// Ceiling of the USDai issued against all stablecoins.
	pub max_debt: Balance,
	/// Smallest amount of USDai in one swap: one unit of a stablecoin. Not zero.
	pub min_swap: Balance,
	/// The stablecoins against which USDai is issued.
	pub stablecoins: Vec<Stablecoin<AssetId>>,
}

/// The pool of USDai and CLBR at genesis.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GenesisPool<AccountId> {
	/// Account that provides both and receives the shares of the pool. It has more of both than it
	/// provides, and CLBR for the set-up fee of the pool.
	pub provider: AccountId,
	/// CLBR in the pool, 12 decimals.
	pub clbr: Balance,
	/// USDai in the pool, 18 decimals.
	pub usdai: Balance,
}

/// A stablecoin of the peg at genesis. Shares are in parts per million. Its minimum balance lies in
/// the account of the peg by then.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Stablecoin<AssetId> {
	/// The asset.
	pub asset: AssetId,
	/// Weight of the stablecoin. Its ceiling is `max_debt · weight / sum of all weights`; zero
	/// permits no issue.
	pub ceiling_weight: u32,
	/// Fee on issuing USDai against the stablecoin.
	pub minting_fee: u32,
	/// Fee on redeeming USDai for the stablecoin.
	pub redemption_fee: u32,
	/// Priced asset of the oracle for the stablecoin.
	pub priced_asset: PricedAssetId,
}
