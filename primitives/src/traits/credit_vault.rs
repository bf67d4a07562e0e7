// SPDX-License-Identifier: Apache-2.0

//! Credit lines and the savers' vault.

use crate::{credit::RoundBook, Balance, Seconds};
use caliber_math::{signed_difference, MathError};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::{frame_support::dispatch::DispatchResult, sp_runtime::FixedU128};
use scale_info::TypeInfo;

/// Earnings of a loan in the senior lender's books: `per_second` USDai each second from `since` on,
/// and what was earned before and is not paid, less what was already paid.
///
/// `since` may lie ahead of the clock: interest was then paid in advance, and the part of it that
/// is not earned yet is deducted from the earnings of the other loans.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Accrual {
	/// Interest a second, in USDai: floor(principal · rate / 10^18).
	pub per_second: Balance,
	/// Time up to which interest was paid in full, unix seconds.
	pub since: Seconds,
	/// Interest already paid of the time after `since`, or not counted of it, in USDai.
	pub paid: Balance,
	/// Interest earned before `since` and not paid, in USDai.
	pub earned: Balance,
}

impl Accrual {
	/// Returns the interest earned and not received at `now`; zero where more was paid ahead.
	///
	/// # Errors
	/// [`MathError::Overflow`] when it does not fit.
	pub fn at(&self, now: Seconds) -> Result<Balance, MathError> {
		let sum = AccrualSum::default().with(self).ok_or(MathError::Overflow)?;
		Ok(sum.at(now)?.max(0).unsigned_abs())
	}
}

/// Change of a loan's place in the senior lender's books, with the money that comes with it.
///
/// Payment and place are one step: the lender takes the money, lowers its principal by what comes
/// back and replaces the accrual of the loan, so that no price stands between them. It does not
/// compare the interest with what it expected: the difference moves its net asset value.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Settlement {
	/// Senior principal that comes back, in USDai.
	pub principal: Balance,
	/// Senior interest that comes in, in USDai, the lender's fee included.
	pub interest: Balance,
	/// Accrual of the loan before; `None` if it did not accrue.
	pub old: Option<Accrual>,
	/// Accrual of the loan afterwards; `None` once it stops earning.
	pub new: Option<Accrual>,
	/// Interest of the loan that was suspended before: earned, not received, and of a line in
	/// default. In USDai.
	pub suspended_before: Balance,
	/// Suspended interest of the loan afterwards, in USDai.
	pub suspended_after: Balance,
	/// Time up to which the interest is paid, unix seconds; it may lie ahead of the clock. What was
	/// paid for time still to come is earned until then.
	pub paid_until: Seconds,
}

/// Loss of the senior lender at the end of a loan, in USDai.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Loss {
	/// Senior principal that will not come back.
	pub principal: Balance,
	/// Senior interest that will not come.
	pub interest: Balance,
	/// Suspended interest in it: the part that the books count.
	pub suspended: Balance,
	/// Provision that stood for the loss. It is released with it.
	pub provision: Balance,
}

/// Sum of the accruals of several loans: `per_second` · now + `earned` − `offset`, in USDai.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct AccrualSum {
	/// Interest a second, in USDai.
	pub per_second: Balance,
	/// Sum over the loans of `per_second` · `since` + `paid`, in USDai.
	pub offset: Balance,
	/// Sum over the loans of `earned`, in USDai.
	pub earned: Balance,
}

impl AccrualSum {
	/// Returns the sum with an accrual added; `None` if it overflows.
	pub fn with(self, accrual: &Accrual) -> Option<Self> {
		let earned = accrual.per_second.checked_mul(accrual.since.into())?;
		Some(Self {
			per_second: self.per_second.checked_add(accrual.per_second)?,
			offset: self.offset.checked_add(earned)?.checked_add(accrual.paid)?,
			earned: self.earned.checked_add(accrual.earned)?,
		})
	}

	/// Returns the sum with an accrual taken out; `None` if the accrual is more than the sum, or
	/// overflows. The caller sees to it that the accrual is part of the sum: another one that is no
	/// more than the sum is taken out all the same.
	pub fn without(self, accrual: &Accrual) -> Option<Self> {
		let earned = accrual.per_second.checked_mul(accrual.since.into())?;
		Some(Self {
			per_second: self.per_second.checked_sub(accrual.per_second)?,
			offset: self.offset.checked_sub(earned)?.checked_sub(accrual.paid)?,
			earned: self.earned.checked_sub(accrual.earned)?,
		})
	}

	/// Returns the interest earned and not received at `now`, before the fee; negative where more
	/// was paid ahead.
	///
	/// # Errors
	/// [`MathError::Overflow`] when it does not fit.
	pub fn at(&self, now: Seconds) -> Result<i128, MathError> {
		let earned = self
			.per_second
			.checked_mul(now.into())
			.and_then(|sum| sum.checked_add(self.earned))
			.ok_or(MathError::Overflow)?;
		signed_difference(earned, self.offset)
	}
}

/// What the senior lender's books say about the loans of credit, for comparison with them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct SeniorBook {
	/// Senior principal lent out, in USDai.
	pub principal_out: Balance,
	/// Sum of the accruals.
	pub accrual: AccrualSum,
	/// Expected shortfall of all lines, in USDai.
	pub provisions: Balance,
	/// Suspended interest of all loans, in USDai.
	pub suspended: Balance,
}

/// Lender of the senior tranche. Credit asks the vault.
pub trait SeniorLender<AccountId> {
	/// Returns the USDai that may be lent now.
	fn lendable() -> Balance;
	/// Lends `amount` to `to`: a loan that accrues as said.
	fn lend(to: &AccountId, amount: Balance, accrual: Option<Accrual>) -> DispatchResult;
	/// Books a change of a loan's place, and takes what comes with it from `payer`. The fee on the
	/// interest goes to the treasury. No money moves where the settlement names none.
	fn settle(payer: &AccountId, settlement: Settlement) -> DispatchResult;
	/// Replaces the expected shortfall of a line.
	fn provision(old: Balance, new: Balance) -> DispatchResult;
	/// Writes off what will not come back. Income that is not earned yet makes good first what no
	/// provision stood for.
	fn write_off(loss: Loss) -> DispatchResult;
	/// Takes `amount` from `payer` for what was written off before. It is earned over a redemption
	/// window.
	fn recover(payer: &AccountId, amount: Balance) -> DispatchResult;
	/// Returns what the books say about the loans.
	fn book() -> SeniorBook;
	/// Puts `amount` of USDai of savers into the vault, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_liquidity(amount: Balance);
}

/// Round over the lines that has ended: each was looked at, and what the clock and prices prove of it
/// is in the books.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Round {
	/// Time at which its first line was looked at, unix seconds.
	pub begun: Seconds,
	/// Time at which its last line had been looked at, unix seconds.
	pub ended: Seconds,
}

/// Rounds over the lines. The vault asks credit.
pub trait LineRounds {
	/// Returns the last round that has ended; `None` before the first.
	fn last_round() -> Option<Round>;
	/// Returns the sums over the lines of that round.
	fn last_book() -> Option<RoundBook>;
	/// Returns true if nothing has come to be known since the last round that a line has still to
	/// be looked at for: no price was accepted, and no round runs.
	fn is_current() -> bool;
	/// Asks for a round that begins at `since` or later, unless one did that runs or has ended.
	fn ask_round(since: Seconds);
	/// Ends a round now, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_round();
}

/// Annual rate that money earns without credit risk. The reserves answer. Nobody asks yet: the
/// bound on the rates of senior tranches will.
pub trait ReferenceRate {
	/// Returns the annual yield of Treasury bills by their accepted prices; `None` while too few
	/// prices are known.
	fn reference_apr() -> Option<FixedU128>;
}

impl ReferenceRate for () {
	fn reference_apr() -> Option<FixedU128> {
		None
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn accrual_sum_should_take_out_what_was_added() {
		let accruals = [
			Accrual { per_second: 7, since: 100, paid: 0, earned: 0 },
			Accrual { per_second: 5, since: 40, paid: 11, earned: 300 },
		];
		let sum = accruals
			.iter()
			.try_fold(AccrualSum::default(), |sum, accrual| sum.with(accrual))
			.unwrap();
		assert_eq!(sum, AccrualSum { per_second: 12, offset: 7 * 100 + 5 * 40 + 11, earned: 300 });
		assert_eq!(sum.at(100), Ok(5 * 60 - 11 + 300));
		assert_eq!(sum.at(40), Ok(-7 * 60 - 11 + 300));
		let first = sum.without(&accruals[1]).unwrap();
		assert_eq!(first, AccrualSum { per_second: 7, offset: 700, earned: 0 });
		assert_eq!(first.without(&accruals[0]), Some(AccrualSum::default()));
		assert_eq!(AccrualSum::default().without(&accruals[1]), None);
	}

	#[test]
	fn accrual_should_be_worth_what_is_earned_and_not_paid() {
		let accrual = Accrual { per_second: 7, since: 100, paid: 5, earned: 40 };
		assert_eq!(accrual.at(110), Ok(70 + 40 - 5));
		// Paid ahead by more than was earned before.
		assert_eq!(accrual.at(94), Ok(0));
	}

	#[test]
	fn accrual_sum_should_refuse_an_overflow() {
		let accrual = Accrual { per_second: Balance::MAX, since: 2, paid: 0, earned: 0 };
		assert_eq!(AccrualSum::default().with(&accrual), None);
	}
}
