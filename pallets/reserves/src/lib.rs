// SPDX-License-Identifier: Apache-2.0

//! # Reserves
//!
//! The proof of reserves of USDai, its mint rate limit (fuse), the Treasury bills of the vault, and
//! the freezing of accounts.
//!
//! | Call | Who may call |
//! |---|---|
//! | [`Call::set_priced_asset`] | a referendum |
//! | [`Call::add_stablecoin`], [`Call::remove_stablecoin`] | a referendum |
//! | [`Call::set_stablecoin_terms`], [`Call::set_debt_ceiling`] | a referendum |
//! | [`Call::set_minting_stopped`] | a referendum; the technical committee stops for a time |
//! | [`Call::redeem_basket`] | a holder of USDai |
//! | [`Call::claim_basket`] | anyone |
//! | [`Call::set_treasury_bill`] | a referendum |
//! | [`Call::set_bill_trading`] | a referendum; the technical committee stops for a time |
//! | [`Call::fill_offer`] | anyone |
//! | [`Call::reset_mint_rate_limit`] | a referendum |
//! | [`Call::freeze`] | a referendum; the technical committee freezes for a time |
//! | [`Call::thaw`] | a referendum |
//!
//! Limits, discounts and periods are [`ReserveValues`](pallet::Config::Values), which
//! governance sets.
//!
//! ## The peg
//!
//! `pallet-psm` alone issues USDai and takes it back, one for one against stablecoins. The supply
//! is the debt of that pallet less the USDai that holders have burnt. Each stablecoin in the
//! account of the peg covers the debt against it. [`Pallet::proof_of_reserves`] shows both from
//! chain state. The genesis of this pallet makes the instance for USDai, lets accounts mint the
//! first USDai against stablecoins of theirs, and makes the pool of USDai and CLBR.
//!
//! `pallet-psm` works on the assets through [`RateLimitedMint`], which adds checks to what it does.
//! In the genesis block, in which no call can be made, all pass and count nothing. The admin of the
//! instance is [`Origin::PegAdmin`], which this pallet alone uses: stablecoins, fees and ceilings
//! change by calls of this pallet, within their ranges.
//!
//! - **Guard.** Minting against a stablecoin needs a fresh price at `peg_floor` or above. A price
//!   below `peg_freeze` freezes the stablecoin until one is at `peg_floor` again, and so does an
//!   oracle that is silent for `peg_silence`. Nothing is minted against a frozen stablecoin. While
//!   it has a debt, the others leave the peg by [`Call::redeem_basket`] alone: nobody takes the
//!   good dollars and leaves the broken one. Into the frozen one redemption goes on.
//! - **Inflow limit.** Within a period of `mint_limit_period` the debt against one stablecoin may
//!   grow by `inflow_share` of the supply of USDai, and at least by `inflow_floor`. What is
//!   redeemed into the same stablecoin makes room again, what is redeemed into another one does
//!   not.
//! - **Mint rate limit (fuse).** Within a period the supply may grow by `mint_limit_share` of
//!   itself, and at least by `mint_limit_floor`. Both limits refill continuously
//!   ([`Growth`](types::Growth)). A round trip uses up nothing, in either order.
//!
//! A redemption meets no limit. [`Call::redeem_basket`] pays out of every stablecoin by the debt in
//! it. A part that cannot be paid, because the issuer has frozen it or because it is less than a
//! minimum balance, becomes a claim, which anyone may have paid later.
//!
//! ## The bills
//!
//! The idle USDai of the vault buys tokens of Treasury bills from whoever fills its offers. The
//! bills are sold again when the USDai is needed. They lie in this pallet's account and are
//! recorded in [`Ledger`]: donations to the account do not count, and bills that the issuer takes
//! stop counting at once. The value is `floor(held · price · (1 − haircut))`. Without a fresh price
//! the last one is taken, with `stale_bill_haircut` on top, and no bill is traded. The value is
//! zero only if there never was a price. A buyer of shares pays for the bills at the last price
//! without a haircut, and cannot buy while the bills have no price at all.
//!
//! The haircut moves the price of the savers' shares. It is at most [`MAX_HAIRCUT`]. Another
//! haircut of the same token is reached linearly within [`Config::RampPeriod`].
//!
//! The target for the idle USDai is `liquidity_buffer` of the vault's assets, what the redemption
//! queue wants for certain, and what announced draws want ([`Config::Draws`]). Below it the vault
//! offers to sell bills. Above it the vault offers to buy them, with what has lain idle for
//! `idle_period`. With a buffer of 100 % all bills are sold and none is bought; governance sets that
//! before it changes the token. A request that can still be cancelled changes no offer.
//!
//! Anyone fills any part of an offer ([`Call::fill_offer`]) at a price that moves by the clock around
//! the fresh price of the oracle. It begins on the vault's side (`offer_start`) and moves across, to
//! `max_buy_premium` or `max_sell_discount` within `offer_period`. A fill takes the clock back by its
//! share of `hourly_limit` and pays the mean of the prices that it passes. So a large fill has worse
//! terms than a small one, many small ones have those of a large one, and where dealers compete the
//! price stays near the first that pays one of them. No price of a pool counts.
//!
//! On each side `hourly_limit` may be filled, and as much becomes free again in each hour
//! ([`Meter`](caliber_math::Meter)). Fills lose no more than `max_daily_loss` of the vault's assets
//! in a day against the oracle's price; from then on the price is the oracle's or better for the
//! vault. What the queue lacks is sold by the clock whatever was lost, and what it lost beyond that
//! is counted for as many days as it takes. Idle work notes when an offer opens and when it closes,
//! so that its price begins at its first.
//!
//! [`Call::set_bill_trading`] stops all trades. Redemptions go on: a window is settled with the
//! USDai that is idle. A stop of the technical committee ends by itself and cannot return before its
//! rest is over ([`Config::BrakeTerms`]).
//!
//! The yield of the bills is the growth of their accepted prices. The first price of each day is
//! kept for [`BILL_PRICE_CHECKPOINTS`] days. The vault takes a fee on what lasted: on the rise of the
//! lowest price of a day above the highest such price before ([`BillYields`]).
//!
//! ## Freezing
//!
//! [`Call::freeze`] freezes the USDai and sUSDai of an account. A frozen account cannot send,
//! redeem or deposit. It can receive both, so that a payment to it never blocks an auction, a
//! settlement or a liquidation. A referendum's freeze lasts until [`Call::thaw`], a freeze of the
//! technical committee ends by itself. `pallet-assets` asks [`FrozenAccounts`], which answers by
//! the clock.
//!
//! Accounts of the chain cannot be frozen, and neither can pools: a frozen pool would trap all who
//! provide for it. [`KnownPools`] keeps the list of them.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

use caliber_primitives::{Balance, USD};
use polkadot_sdk::{
	frame_support::{self, pallet_macros::import_section},
	frame_system, pallet_asset_conversion, pallet_psm, sp_core,
	sp_runtime::{Perbill, Permill},
};

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
mod calls;
mod config;
mod errors;
mod events;
mod genesis;
mod growth;
mod hooks;
mod impls;
pub mod offers;
mod rate_limited_mint;
mod storage;
#[cfg(test)]
mod tests;
mod try_state;
pub mod types;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;
pub use impls::freezing::{FrozenAccounts, KnownPools};
pub use pallet::*;
pub use rate_limited_mint::{RateLimitedMint, RateLimitedMintWeights};
pub use weights::WeightInfo;

/// Asset id of the peg, the pools and the bills.
pub type AssetIdOf<T> = <T as pallet_psm::Config>::AssetId;

/// Largest haircut of the bills.
pub const MAX_HAIRCUT: Perbill = Perbill::from_percent(50);

/// Largest fee of a stablecoin of the peg, on minting and on redeeming.
pub const MAX_PEG_FEE: Permill = Permill::from_percent(2);

/// Largest debt ceiling of the peg, in USDai.
pub const MAX_DEBT_CEILING: Balance = 100_000_000_000 * USD;

/// Smallest basket, in USDai.
pub const LEAST_BASKET: Balance = USD;

/// Smallest part of a basket that becomes a claim, in USDai: less is not worth an entry.
pub const LEAST_CLAIM: Balance = USD / 100;

/// Number of days whose first price is kept: two of them can be ninety days apart.
pub const BILL_PRICE_CHECKPOINTS: u32 = 91;

#[import_section(config::config)]
#[import_section(storage::storage)]
#[import_section(genesis::genesis)]
#[import_section(events::events)]
#[import_section(errors::errors)]
#[import_section(calls::calls)]
#[import_section(hooks::hooks)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use crate::types::{
		BillPriceCheckpoint, BillRecord, BillYield, BillsLedger, CheckpointDays, FreezeRecord,
		FrozenAccount, GenesisPool, Growth, Peg, StablecoinTerms, TreasuryBill,
	};
	use alloc::vec::Vec;
	use caliber_primitives::{
		credit::{Task, Work},
		governance::{values::ReserveValues, Authority, BrakeTerms, Governed, Risk},
		reserves::{BillOffer, BillSide, BillsReport, MintRateLimitReport, ProofOfReserves},
		titles::Surety,
		traits::{IdleFunds, PostSurety, PriceSource},
		PricedAssetId, Seconds,
	};
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible, fungibles, Contains, EnsureOriginWithArg, UnixTime},
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use pallet_asset_conversion::MutateLiquidity;
	use sp_core::H256;

	/// The layout of this pallet's storage.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Origin of this pallet, which no account, referendum or committee has.
	#[derive(PartialEq, Eq, Clone, Debug)]
	#[derive(MaxEncodedLen, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
	#[pallet::origin]
	pub enum Origin {
		/// Administers the peg: full admin and emergency admin of the PSM of USDai.
		PegAdmin,
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// Returns the supply of USDai, the debt of the peg and the reserves behind it.
		pub fn proof_of_reserves() -> ProofOfReserves {
			Self::proof()
		}

		/// Returns the Treasury bills and the target for the idle USDai; `None` while no token is set.
		pub fn bills() -> Option<BillsReport> {
			Self::bills_report()
		}

		/// Returns the amount of USDai that may be issued now.
		pub fn mint_rate_limit() -> MintRateLimitReport {
			Self::mint_rate_limit_report()
		}

		/// Returns the offers at which the vault trades bills now ([`Call::fill_offer`]): none while
		/// trading is stopped, the price is not fresh, or the idle USDai is at its target.
		pub fn offers() -> Vec<BillOffer> {
			Self::offer_reports()
		}

		/// Returns the offers that may be filled, as work for dealers, each from now on.
		pub fn due_for_work() -> Vec<Work> {
			let from = Self::now();
			let fill = |BillOffer { side, .. }| Work { from, task: Task::FillOffer(side) };
			Self::offer_reports().into_iter().filter(|offer| offer.amount > 0).map(fill).collect()
		}

		/// Returns the time, the reason and the end of an account's freeze; `None` if it is not
		/// frozen now.
		pub fn frozen(who: T::AccountId) -> Option<FrozenAccount> {
			Self::freeze_report(&who)
		}
	}
}
