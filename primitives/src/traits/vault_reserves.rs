// SPDX-License-Identifier: Apache-2.0

//! The savers' vault and the reserves: idle money in Treasury bills.

use crate::{Balance, PricedAssetId, Seconds};
use alloc::vec::Vec;
use polkadot_sdk::{
	frame_support::dispatch::DispatchResult,
	sp_runtime::{DispatchError, FixedU128},
};

/// Idle money in Treasury bills. The vault asks the reserves.
pub trait TreasuryBills {
	/// Returns the bills at their marked value, in USDai, rounded down.
	fn value() -> Balance;
	/// Returns the value at which the bills count when shares are bought, in USDai, rounded down.
	/// It is not less than [`Self::value`], which is marked down while the price of the bills is
	/// old. `None` where it is not known: no shares are sold then.
	fn value_for_deposits() -> Option<Balance> {
		Some(Self::value())
	}
	/// Sells bills until up to `wanted` USDai have come back to the vault by
	/// [`IdleFunds::put_back`], and returns how much came. The market or a limit may yield less, or
	/// nothing; that is no error.
	fn divest(wanted: Balance) -> Balance;
	/// Returns the annual yield of the bills by their accepted prices; `None` while too few prices
	/// are known.
	fn annual_yield() -> Option<FixedU128>;
	/// Puts bills worth about `amount` USDai into the vault that [`Self::divest`] can sell, for
	/// benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_bills(_amount: Balance) {}
}

/// Dollars behind USDai, for the daily record. The vault asks the reserves.
pub trait PegReport {
	/// Returns the USDai in issue.
	fn supply() -> Balance;
	/// Returns the stablecoins of the peg by their id at the oracle, in USDai. A stablecoin without
	/// an id is left out.
	fn reserves() -> Vec<(PricedAssetId, Balance)>;
	/// Adds stablecoins until the peg has as many as it may have, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_reserves() {}
}

/// Money that bills are bought from. The reserves ask the vault.
pub trait IdleFunds<AccountId> {
	/// Returns the USDai that is neither lent nor owed.
	fn idle() -> Balance;
	/// Returns the net asset value for redemptions, in USDai. The liquidity buffer is a share of
	/// it. It fails if the value overflows.
	fn assets() -> Result<Balance, DispatchError>;
	/// Returns the worth, in USDai at the redemption price, of the requests of windows that have
	/// closed or will close within `ahead` seconds. It fails if their worth overflows.
	fn wanted_within(ahead: Seconds) -> Result<Balance, DispatchError>;
	/// Takes `amount` out of the idle money, to `to`.
	fn take(to: &AccountId, amount: Balance) -> DispatchResult;
	/// Brings `amount` from `from` to the idle money.
	fn put_back(from: &AccountId, amount: Balance) -> DispatchResult;
	/// Puts `amount` of USDai of savers into the vault, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_idle(amount: Balance);
}
