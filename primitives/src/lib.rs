// SPDX-License-Identifier: Apache-2.0

//! Ids, types, traits and runtime APIs that the pallets of Caliber share: one module for each
//! pallet, [`traits`] that join them, [`apis`] for clients.
//!
//! Pallets never name each other. Each asks its configuration for a trait of [`traits`], and the
//! runtime says which pallet answers.
//!
//! # Units
//!
//! | thing | representation |
//! |---|---|
//! | USD, USDai, sUSDai | [`Balance`] with 18 decimals |
//! | CLBR | [`Balance`] with 12 decimals |
//! | annual rate | `FixedU128` |
//! | share of a whole | `Perbill` |
//! | time | unix seconds, [`Seconds`] |

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub mod apis;
pub mod appraisal;
pub mod credit;
pub mod governance;
pub mod reserves;
mod share_of;
pub mod titles;
pub mod traits;
pub mod vault;

pub use credit::LoanId;
pub use share_of::ShareOf;

/// Amount of any fungible asset, in its smallest unit.
pub type Balance = u128;
/// Unix time or span of time, in seconds.
pub type Seconds = u64;
/// Id of a title; the same number as the item in the titles' NFT collection.
pub type TitleId = u32;
/// Id of a hardware model of the appraisal.
pub type ModelId = u32;
/// Id of an asset whose price the oracle reports (a stablecoin, a Treasury-bill token).
pub type PricedAssetId = u32;
/// Id of a credit line.
pub type LineId = u32;
/// Version of the specification of a model, counted from zero.
pub type ModelVersion = u32;
/// Version of the rules of lines, counted from zero.
pub type RulesVersion = u32;
/// Id of a redemption request in the vault's queue.
pub type RequestId = u32;
/// Index of a redemption window, counted from zero: window `i` closes at `genesis + i · length`,
/// until the length is changed.
pub type WindowIndex = u32;

/// `pallet-assets` id of USDai, the dollar that is lent and repaid.
pub const USDAI: u32 = 1;
/// `pallet-assets` id of sUSDai, the savers' share.
pub const SUSDAI: u32 = 2;
/// Decimals of USDai, sUSDai and of every USD amount on chain.
pub const USD_DECIMALS: u8 = 18;
/// One CLBR, the native token.
pub const CLBR: Balance = 1_000_000_000_000;
/// One dollar.
pub const USD: Balance = 1_000_000_000_000_000_000;
