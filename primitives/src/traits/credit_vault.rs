// SPDX-License-Identifier: Apache-2.0

//! Credit lines and the savers' vault.

use crate::{Balance, Seconds};
use polkadot_sdk::frame_support::dispatch::DispatchResult;

/// Earnings of a loan in the senior lender's books: `per_second` USDai each second from `since` on.
///
/// `since` may lie ahead of the clock: interest was then paid in advance, and the part of it that
/// is not earned yet is deducted from the earnings of the other loans.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Accrual {
	/// Interest a second, in USDai: floor(principal · rate / 10^18).
	pub per_second: Balance,
	/// Time up to which interest was paid, unix seconds.
	pub since: Seconds,
}

/// Lender of the senior tranche. Credit asks the vault.
pub trait SeniorLender<AccountId> {
	/// Returns the USDai that may be lent now.
	fn liquidity() -> Balance;
	/// Lends `amount` to `to`.
	fn lend(to: &AccountId, amount: Balance) -> DispatchResult;
	/// Takes a payment from `from`. The fee on the interest goes to the treasury.
	fn receive(from: &AccountId, principal: Balance, interest: Balance) -> DispatchResult;
	/// Replaces the accrual of a loan. `None` before it is drawn and after it stops earning.
	fn update_accrual(old: Option<Accrual>, new: Option<Accrual>) -> DispatchResult;
	/// Replaces the expected shortfall of a line.
	fn update_impairment(old: Balance, new: Balance) -> DispatchResult;
	/// Writes off principal that will not come back.
	fn write_off(principal: Balance) -> DispatchResult;
	/// Puts `amount` of USDai of savers into the vault, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_liquidity(amount: Balance);
}
