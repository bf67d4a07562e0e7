// SPDX-License-Identifier: Apache-2.0

//! # Reserves
//!
//! The proof of reserves of USDai, its mint rate limit (fuse), the Treasury bills of the vault, and
//! the freezing of accounts.
//!
//! | Call | Who may call |
//! |---|---|
//! | [`Call::set_priced_asset`] | a referendum |
//! | [`Call::set_treasury_bill`] | a referendum |
//! | [`Call::set_bill_trading`] | a referendum; the technical committee stops for a time |
//! | [`Call::rebalance`] | anyone |
//! | [`Call::reset_mint_rate_limit`] | a referendum |
//! | [`Call::freeze`] | a referendum; the technical committee freezes for a time |
//! | [`Call::thaw`] | a referendum |
//!
//! Limits, bands, discounts and periods are [`ReserveValues`](pallet::Config::Values), which
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
//! `pallet-psm` works on the assets through [`RateLimitedMint`], which adds two checks to an issue
//! and none to a redemption. In the genesis block, in which no call can be made, both pass and count
//! nothing.
//!
//! - **Mint rate limit (fuse).** In a period of `mint_limit_period` the supply may grow by
//!   `mint_limit_share` of the supply before the first issue of the period, and at least by
//!   `mint_limit_floor`. The limit measures the supply, so a redemption makes room again
//!   and a round trip of minting and redeeming uses up nothing. Periods follow each other, so two
//!   allowances may be used around the boundary of two periods. A period keeps its end when the length
//!   is changed.
//! - **Floor.** No USDai is issued against a stablecoin while its last accepted price, however old,
//!   is below `peg_floor`: a depegged stablecoin cannot mint USDai at par. A stablecoin
//!   that never had a price passes.
//!
//! ## The bills
//!
//! The idle USDai of the vault buys tokens of Treasury bills in a pool of the two. The bills are
//! sold again when the USDai is needed. They lie in this pallet's account and are recorded in
//! [`Ledger`]: donations to the account do not count, and bills that the issuer takes stop
//! counting at once. The value is `floor(held · price · (1 − haircut))`. Without a fresh price the
//! last one is taken, with `stale_bill_haircut` on top, and no bill is traded. The value is
//! zero only if there never was a price. A buyer of shares pays for the bills without the haircut
//! on top, and cannot buy while the bills have no price at all.
//!
//! The haircut moves the price of the savers' shares. It is at most [`MAX_HAIRCUT`]. Another haircut
//! of the same token is reached linearly within [`Config::RampPeriod`].
//!
//! Anyone may call [`Call::rebalance`]. The target for the idle USDai is
//! `liquidity_buffer` of the vault's assets and the demand of the redemption queue within
//! `look_ahead`. An excess of more than `rebalance_threshold` buys bills. A
//! shortfall of more than that sells them. With a buffer of 100 % all bills are sold and none is
//! bought; governance sets that before it changes the token.
//!
//! Every trade keeps within `price_band` around the fresh price of the oracle: the spot
//! price of the pool lies in the band, and so does the price of the whole trade with the pool's
//! fee. An attacker who moves the pool against the vault gains no more than the width of the band.
//! The trade is as large as the band permits, found by bisection with at most [`MAX_QUOTES`]
//! quotes.
//!
//! Rebalancing trades at most `hourly_limit` USDai in a clock hour, purchases and sales
//! together. The settlement of a redemption window has an allowance of the same size of its own, so
//! that rebalancing cannot use it up beforehand.
//!
//! [`Call::set_bill_trading`] stops all trades, those for a settlement too. Redemptions go on: a
//! window is settled with the USDai that is idle. A stop of the technical committee ends by itself
//! and cannot return before its rest is over ([`Config::BrakeTerms`]).
//!
//! The yield of the bills is the growth of their accepted prices. The first price of each day is
//! kept for [`BILL_PRICE_CHECKPOINTS`] days.
//!
//! ## Freezing
//!
//! [`Call::freeze`] freezes the USDai and sUSDai of an account. A frozen account cannot send, redeem
//! or deposit. It can receive both, so that a payment to it never blocks an auction, a settlement or a
//! liquidation. A referendum's freeze lasts until [`Call::thaw`], a freeze of the technical committee
//! ends by itself. `pallet-assets` asks [`FrozenAccounts`], which answers by the clock.
//!
//! Accounts of the chain cannot be frozen, and neither can pools: a frozen pool would trap all who
//! provide for it. [`KnownPools`] keeps the list of them.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

use polkadot_sdk::{
	frame_support::{self, pallet_macros::import_section},
	frame_system, pallet_asset_conversion, pallet_psm, sp_core,
	sp_runtime::Perbill,
};

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
mod calls;
mod config;
mod errors;
mod events;
mod genesis;
mod hooks;
mod impls;
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

/// Largest number of quotes taken from the pool to find the largest trade within the band.
pub const MAX_QUOTES: u32 = 32;

/// Largest haircut of the bills.
pub const MAX_HAIRCUT: Perbill = Perbill::from_percent(50);

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
		BillPriceCheckpoint, BillRecord, BillsLedger, CheckpointDays, FreezeRecord, FrozenAccount,
		GenesisPool, MintPeriod, Peg, Purpose, TreasuryBill,
	};
	use alloc::vec::Vec;
	use caliber_primitives::{
		governance::{values::ReserveValues, Authority, BrakeTerms, Governed, Risk},
		reserves::{BillOffer, BillsReport, MintRateLimitReport, ProofOfReserves},
		titles::Surety,
		traits::{IdleFunds, PostSurety, PriceSource},
		Balance, PricedAssetId, Seconds,
	};
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible, fungibles, Contains, EnsureOriginWithArg, UnixTime},
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use pallet_asset_conversion::{MutateLiquidity, QuotePrice, Swap};
	use sp_core::H256;

	/// The layout of this pallet's storage.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// Returns the supply of USDai, the debt of the peg and the reserves behind it.
		pub fn proof_of_reserves() -> ProofOfReserves {
			Self::proof()
		}

		/// Returns the Treasury bills and the amounts that may be traded now, none while trading is
		/// stopped; `None` while no token is set.
		pub fn bills() -> Option<BillsReport> {
			Self::bills_report()
		}

		/// Returns the amount of USDai that may still be issued in this period.
		pub fn mint_rate_limit() -> MintRateLimitReport {
			Self::mint_rate_limit_report()
		}

		/// Returns the offers at which the vault trades bills now: none while bills trade in a pool
		/// ([`Call::rebalance`]).
		pub fn offers() -> Vec<BillOffer> {
			Vec::new()
		}

		/// Returns the time, the reason and the end of an account's freeze; `None` if it is not
		/// frozen now.
		pub fn frozen(who: T::AccountId) -> Option<FrozenAccount> {
			Self::freeze_report(&who)
		}
	}
}
