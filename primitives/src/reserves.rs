// SPDX-License-Identifier: Apache-2.0

//! Types of the reserves: the proof of reserves, the Treasury bills and the mint rate limit (fuse).

use crate::{Balance, PricedAssetId, Seconds};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::sp_runtime::FixedU128;
use scale_info::TypeInfo;

/// One stablecoin behind USDai.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct ReserveReport {
	/// Priced asset of the oracle for the stablecoin; `None` if it has none.
	pub priced_asset: Option<PricedAssetId>,
	/// Symbol of the stablecoin.
	pub symbol: Vec<u8>,
	/// Decimals of the stablecoin.
	pub decimals: u8,
	/// USDai issued against the stablecoin, 18 decimals.
	pub debt: Balance,
	/// Balance of the peg account, in the stablecoin's smallest unit.
	pub balance: Balance,
	/// The same balance in 18 decimals, rounded down; `None` if it overflows.
	pub balance_usd: Option<Balance>,
	/// Fresh price of the oracle, USD with 18 decimals; `None` if it is missing or stale.
	pub price: Option<Balance>,
	/// True if the last accepted price, however old, is below the floor of the peg: no USDai is
	/// issued against the stablecoin.
	pub below_floor: bool,
}

/// The Treasury bills of the vault and the amounts that may be traded now.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct BillsReport {
	/// Priced asset of the oracle for the token.
	pub priced_asset: PricedAssetId,
	/// Symbol of the token.
	pub symbol: Vec<u8>,
	/// Decimals of the token.
	pub decimals: u8,
	/// Bills held, in the token's smallest unit, without donations.
	pub held: Balance,
	/// Value of the bills held, in USDai, after the haircuts, rounded down.
	pub value: Balance,
	/// Last accepted price of one whole bill, USD with 18 decimals; `None` before the first.
	pub price: Option<Balance>,
	/// Time of that price, unix seconds.
	pub price_at: Option<Seconds>,
	/// True if there is no fresh price: the stale-bill haircut applies and no bill is traded.
	pub stale: bool,
	/// Price of one whole bill in the pool before the fee, in USDai; `None` without a pool.
	pub pool_price: Option<Balance>,
	/// Annual growth of the accepted prices over up to 90 days; `None` while the prices span less
	/// than seven days.
	pub annual_yield: Option<FixedU128>,
	/// USDai of the vault that is neither lent nor owed.
	pub idle: Balance,
	/// Target for the idle USDai: the liquidity buffer and the demand of the redemption queue.
	pub target: Balance,
	/// Excess of the idle USDai over the target.
	pub spare: Balance,
	/// Shortfall of the idle USDai against the target.
	pub missing: Balance,
	/// USDai that rebalancing may still trade in this hour.
	pub rebalance_room: Balance,
	/// USDai that a settlement may still raise by selling bills in this hour.
	pub divest_room: Balance,
}

/// The mint rate limit (fuse) in the current period.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct MintRateLimitReport {
	/// Start of the period, unix seconds.
	pub since: Seconds,
	/// Start of the next period, unix seconds.
	pub until: Seconds,
	/// Supply of USDai from which the growth of the period counts.
	pub supply: Balance,
	/// Largest growth of the supply in the period, in USDai.
	pub allowance: Balance,
	/// USDai that may still be issued in the period if nothing is redeemed.
	pub room: Balance,
}

/// The proof of reserves: the supply of USDai, the debt of the peg and the stablecoins behind it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct ProofOfReserves {
	/// USDai in issue.
	pub supply: Balance,
	/// USDai that the peg has issued and not taken back.
	pub debt: Balance,
	/// One entry per stablecoin.
	pub reserves: Vec<ReserveReport>,
	/// Value of the vault's Treasury bills, in USDai, after the haircuts.
	pub treasury_bills: Balance,
	/// Details of the Treasury bills; `None` while no token is set.
	pub bills: Option<BillsReport>,
	/// The mint rate limit (fuse).
	pub mint_rate_limit: MintRateLimitReport,
	/// True if supply ≤ debt and each reserve covers its debt. The peg keeps supply and debt equal;
	/// a holder who burns USDai lowers the supply alone.
	pub backed: bool,
}

/// Offer of the vault to trade Treasury bills at the oracle's price.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct BillOffer {
	/// True if the vault buys bills, false if it sells them.
	pub buys: bool,
	/// Most that may be traded now, in USDai.
	pub amount: Balance,
	/// Price of one whole bill, USDai with 18 decimals.
	pub price: Balance,
}
