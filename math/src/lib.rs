//! The arithmetic of Caliber: what a loan owes and when, how it splits over the tranches, what a
//! machine is worth, which price is accepted and what a share is worth.
//!
//! Nothing here knows a runtime. Every function is a pure function of its arguments, so that the
//! pallets, the runtime API, the keepers and the auditors compute the same figure to the unit.
//!
//! # Units
//! - amounts, prices and values: `u128` with 18 decimals ([`WAD`] is one dollar or one share);
//! - rates: `u128` at 1e-18, a year's (APR) or, where the name says `per_second`, a second's;
//! - shares of a whole: `u32` parts per billion ([`PPB`] is the whole), the inner value of a
//!   `Perbill`;
//! - time: unix seconds, `u64`.
//!
//! # Rounding and errors
//! Each conversion is one multiplication and one division with a 256 or 512-bit intermediate, rounded
//! once, in the direction the name, the [`Rounding`] argument or the documentation states. Nothing
//! saturates and nothing panics: a figure that cannot be represented is a [`MathError`].
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub mod appraisal;
pub mod auction;
pub mod calendar;
mod error;
pub mod fixed;
pub mod oracle;
pub mod schedule;
pub mod shares;
pub mod tranche;
pub mod waterfall;

pub use appraisal::{
	cost_value, income_value, liquidation_value, market_value, remaining_months, validate_curve,
	CurvePoint, Income, MONTH_SECS,
};
pub use calendar::{Calendar, MAX_INSTALLMENTS, MIN_PERIOD_SECS};
pub use error::MathError;
pub use fixed::{mul_div, per_second_rate, share_of, Rounding, PPB, SECONDS_PER_YEAR, WAD};
pub use oracle::{clamp_move, median};
pub use schedule::{
	late_interest, Amortization, Fee, Horizon, Installment, LateTerms, Schedule, Settlement,
};
pub use shares::{assets_for_shares, price_wad, shares_for_assets, LOCKED_FIRST_SHARES};
pub use tranche::{Split, Tranches};
pub use waterfall::{Ranks, Waterfall};
