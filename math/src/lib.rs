// SPDX-License-Identifier: Apache-2.0

//! The arithmetic of Caliber: schedules of loans, splits over tranches and ranks, values of
//! machines, prices of shares and the clearing of redemptions.
//!
//! Nothing here knows a runtime. Every function is a pure function of its arguments, so that the
//! pallets, the runtime APIs, the keepers and the auditors compute the same figure to the unit.
//!
//! # Units
//! - amounts, prices and values: `u128` with 18 decimals ([`WAD`] is one dollar or one share);
//! - rates: `u128` at 1e-18, of a year (APR) or, where the name says `per_second`, of a second;
//! - shares of a whole: `u32` parts per billion ([`PPB`] is the whole), the inner value of a
//!   `Perbill`;
//! - time: unix seconds, `u64`.
//!
//! # Rounding and errors
//! Each conversion is one multiplication and one division with a 256 or 512-bit intermediate,
//! rounded once, in the direction that the name, the [`Rounding`] argument or the documentation
//! states. Nothing saturates and nothing panics: a figure that cannot be represented is a
//! [`MathError`].
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(clippy::too_many_arguments)]

extern crate alloc;

mod apportion;
pub mod appraisal;
pub mod calendar;
pub mod clearing;
mod error;
pub mod fixed;
mod growth;
mod locked;
mod median;
mod meter;
mod offer;
pub mod schedule;
pub mod shares;
mod time;
pub mod tranche;
pub mod waterfall;
pub mod yield_book;

pub use apportion::apportion;
pub use appraisal::{
	appraisal_cap, cost_value, income_value, liquidation_value, market_value, remaining_months,
	validate_curve, CurvePoint, Income, MONTH_SECS,
};
pub use calendar::{Calendar, MAX_INSTALLMENTS};
pub use error::MathError;
pub use fixed::{mul_div, per_second_rate, share_of, Rounding, PPB, WAD};
pub use growth::annualised_growth;
pub use locked::Locked;
pub use median::median;
pub use meter::Meter;
pub use offer::ClockedOffer;
pub use schedule::{
	late_interest, Allocation, AllocationRequest, Amortization, Fee, Horizon, Installment,
	LateTerms, Progress, Schedule,
};
pub use shares::{assets_for_shares, price_wad, shares_for_assets, LOCKED_FIRST_SHARES};
pub use time::{SECONDS_PER_DAY, SECONDS_PER_HOUR, SECONDS_PER_YEAR};
pub use tranche::{Split, Tranches};
pub use waterfall::{Ranks, Waterfall};
pub use yield_book::{net_of_fee, signed_difference, surplus, Holdings};
