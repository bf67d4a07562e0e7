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
	/// Returns the value at which the bills count when shares are bought, in USDai, rounded down: at
	/// the last price, without a discount. It is not less than [`Self::value`]. `None` where it is
	/// not known: no shares are sold then.
	fn value_for_deposits() -> Option<Balance> {
		Some(Self::value())
	}
	/// Returns true if the vault holds no bill, or the price of the bills was accepted at or after
	/// `time`, unix seconds.
	fn priced_since(_time: Seconds) -> bool {
		true
	}
	/// Returns true if the vault holds no bill, or the price of the bills is fresh. No shares are sold
	/// otherwise.
	fn is_fresh() -> bool {
		true
	}
	/// Returns the yield of the bills of which no fee has been taken, in USDai, rounded down: the
	/// rise, above the highest before, of prices that lasted for a day, per unit held all that day.
	fn yield_due() -> Balance {
		0
	}
	/// Takes the yield of [`Self::yield_due`] off the books: the fee on it has been taken.
	fn settle_yield() {}
	/// Returns the annual yield of the bills by their accepted prices; `None` while too few prices
	/// are known.
	fn annual_yield() -> Option<FixedU128>;
	/// Puts bills worth about `amount` USDai into the vault, for benchmarks.
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
	/// Returns the worth, in USDai at the redemption price, of what is wanted for certain: the
	/// requests that can no longer be cancelled. Those that the last settlement left over are not
	/// among them until cancelling ends in the window that runs. It fails if their worth overflows.
	fn wanted() -> Result<Balance, DispatchError>;
	/// Returns the USDai that has lain idle for `period` seconds at least: the least that lay idle at
	/// any time since the begin of the day so long ago. Bills are bought with it, and it is less
	/// by what [`Self::take`] has taken since.
	fn long_idle(period: Seconds) -> Balance;
	/// Takes `amount` out of the idle money that has lain longest, to `to`.
	fn take(to: &AccountId, amount: Balance) -> DispatchResult;
	/// Brings `amount` from `from` to the idle money, for bills that were marked at `mark` before.
	/// While money is raised for redemptions, those who are served bear what the bills were sold
	/// under their mark. The bills still count in [`TreasuryBills::value`] then, and leave it next.
	fn put_back(from: &AccountId, amount: Balance, mark: Balance) -> DispatchResult;
	/// Puts `amount` of USDai of savers into the vault, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_idle(amount: Balance);
}
