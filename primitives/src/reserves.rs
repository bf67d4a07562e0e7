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
	/// Last accepted price, however old, USD with 18 decimals; `None` before the first.
	pub last_price: Option<Balance>,
	/// Time of the last accepted price, unix seconds.
	pub priced_at: Option<Seconds>,
	/// Balance at the last accepted price, USD with 18 decimals, rounded down; `None` without a
	/// price, or if it overflows.
	pub market_value: Option<Balance>,
	/// True if the last accepted price, however old, is below the floor of the peg: no USDai is
	/// issued against the stablecoin.
	pub below_floor: bool,
	/// True while the stablecoin is frozen, by its price or by the silence of the oracle. Nothing
	/// is issued against it then, and while it has a debt the others leave the peg by the basket
	/// alone.
	pub frozen: bool,
	/// Time since which it is frozen, unix seconds; zero for a stablecoin that has been so since
	/// genesis.
	pub frozen_since: Option<Seconds>,
	/// True while governance has stopped minting against the stablecoin.
	pub minting_stopped: bool,
	/// USDai that may still be issued against the stablecoin by its inflow limit, if nothing is
	/// redeemed into it. The ceilings of the peg and the mint rate limit apply beside it.
	pub inflow_room: Balance,
	/// USDai of claims on the stablecoin, which baskets could not pay.
	pub claimed: Balance,
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
	/// Annual growth of the accepted prices over up to 90 days; `None` while the prices span less
	/// than seven days.
	pub annual_yield: Option<FixedU128>,
	/// USDai of the vault that is neither lent nor owed.
	pub idle: Balance,
	/// Target for the idle USDai: the liquidity buffer, what the redemption queue wants for certain,
	/// and what announced draws want.
	pub target: Balance,
	/// Excess of the idle USDai over the target.
	pub spare: Balance,
	/// Shortfall of the idle USDai against the target.
	pub missing: Balance,
	/// Idle USDai that has lain long enough to buy bills, the target included.
	pub long_idle: Balance,
}

/// The mint rate limit (fuse) as it stands now.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct MintRateLimitReport {
	/// Supply of USDai from which its growth counts. It follows the supply.
	pub reference: Balance,
	/// Largest growth over the reference, in USDai. The reference moves by this much in a period.
	pub allowance: Balance,
	/// USDai that may be issued now if nothing is redeemed.
	pub room: Balance,
	/// Length of a period, in seconds.
	pub period: Seconds,
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
	/// Sum of the market values, USD with 18 decimals. A stablecoin without one is left out.
	pub market_value: Balance,
	/// True if supply ≤ what the reserves fetch. A stablecoin at the floor of minting or above
	/// counts as a dollar, as the peg takes it for one; one below at its last price; one whose
	/// oracle is silent for `peg_silence` counts for nothing.
	pub backed_at_market: bool,
	/// True while a stablecoin with a debt is frozen: the others leave the peg by the basket alone.
	pub basket_only: bool,
	/// USDai of all claims, which baskets could not pay. It is part of the supply.
	pub claimed: Balance,
}

/// Side on which the vault trades Treasury bills.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum BillSide {
	/// The vault buys bills and pays USDai.
	#[codec(index = 0)]
	Buys,
	/// The vault sells bills and receives USDai.
	#[codec(index = 1)]
	Sells,
}

/// Offer of the vault to trade Treasury bills at the oracle's price. Prices are USDai for one whole
/// bill, with 18 decimals.
///
/// The place of the price on its path is `p = min(1, (now − since) / (until − since))`. A fill of
/// `x` USDai is the share `f = x / hourly_amount` and counts at the place `p − f / 2`, or `p² / 2f`
/// where f > p. Its price is that far on the way from `first_price` to `last_price`; it takes `p`
/// back by f. It loses no more against `oracle_price` than `loss_left`, the part of it that is
/// `for_queue` excepted: where it would, the price is better for the vault.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct BillOffer {
	/// Side of the vault.
	pub side: BillSide,
	/// Most that may be filled now, in USDai; where all bills are sold, as if at `first_price`.
	pub amount: Balance,
	/// Part of `amount` that the redemption queue wants for certain; zero where the vault buys.
	pub for_queue: Balance,
	/// Price of a very small fill now.
	pub price: Balance,
	/// The oracle's price, which is fresh.
	pub oracle_price: Balance,
	/// Price at the begin of the path: better for the vault than the oracle's.
	pub first_price: Balance,
	/// Price at the end of the path: the worst for the vault.
	pub last_price: Balance,
	/// Time at which the path began, unix seconds. Fills move it forward.
	pub since: Seconds,
	/// Time from which the last price counts if nobody fills, unix seconds.
	pub until: Seconds,
	/// Amount of USDai whose fill takes the price back by the whole path. So much may be filled, and as
	/// much becomes free again in each hour.
	pub hourly_amount: Balance,
	/// USDai that may still be filled in this hour.
	pub left_in_hour: Balance,
	/// USDai that fills may still lose against the oracle's price in this day.
	pub loss_left: Balance,
	/// Smallest fill, in USDai. A fill of all bills that are left may be smaller.
	pub min_fill: Balance,
}
