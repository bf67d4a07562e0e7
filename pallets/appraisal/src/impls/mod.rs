// SPDX-License-Identifier: Apache-2.0

//! Bodies of the calls, and implementations of the traits of other pallets.

mod accepted_values;
mod assets;
mod combine;
mod feeds;
mod models;
mod price_op;
mod valuation;

pub(crate) use price_op::PriceOp;

/// Milliseconds in a second: moments of `pallet-oracle` are unix milliseconds.
pub(crate) const MILLIS: u64 = 1_000;
