// SPDX-License-Identifier: Apache-2.0

//! Net asset values of a vault whose value moves with time, not with cash.
//!
//! Loans earn by the second, and what they earn is one signed sum: a loan that has paid ahead counts
//! negative until its due date. A receipt moves no value: what comes in above the sum is a surplus,
//! and runs off from a buffer ([`Locked`](crate::Locked)).

use crate::{share_of, MathError, Rounding, PPB};

/// Returns `a − b`.
///
/// # Errors
/// [`MathError::Overflow`] when the difference does not fit.
pub fn signed_difference(a: u128, b: u128) -> Result<i128, MathError> {
	let magnitude = i128::try_from(a.abs_diff(b)).map_err(|_| MathError::Overflow)?;
	// Not the least of its type.
	Ok(if a >= b { magnitude } else { -magnitude })
}

/// Returns `a + b`, an amount and a signed one.
fn sum(a: i128, b: u128) -> Result<i128, MathError> {
	let b = i128::try_from(b).map_err(|_| MathError::Overflow)?;
	a.checked_add(b).ok_or(MathError::Overflow)
}

/// Returns interest net of a fee of `fee` parts per billion, rounded down: `x − ceil(fee · x)` of
/// what was earned, and `−ceil((1 − fee) · |x|)` of what was paid ahead.
///
/// # Errors
/// - [`MathError::InvalidTerms`] when the fee is more than the whole.
/// - [`MathError::Overflow`] when an amount does not fit.
pub fn net_of_fee(interest: i128, fee: u32) -> Result<i128, MathError> {
	let kept = PPB.checked_sub(fee).ok_or(MathError::InvalidTerms)?;
	let magnitude = interest.unsigned_abs();
	if interest < 0 {
		return signed_difference(0, share_of(magnitude, kept, Rounding::Up)?);
	}
	signed_difference(magnitude, share_of(magnitude, fee, Rounding::Up)?)
}

/// Amounts from which both net asset values follow, 18 decimals.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Holdings {
	/// Money that is neither lent nor owed.
	pub idle: u128,
	/// Bills at their marked value.
	pub bills: u128,
	/// Part of the worth of the bills that counts when shares are bought only.
	pub bills_for_deposits_only: u128,
	/// Principal lent out.
	pub principal_out: u128,
	/// Fees that are due and not paid.
	pub fees_due: u128,
	/// Income received and not earned yet.
	pub locked: u128,
	/// Interest of live loans that is earned and not received, before the fee; negative where more
	/// was paid ahead.
	pub accrued: i128,
	/// Interest earned by loans that are in default now, and not received, before the fee.
	pub suspended: u128,
	/// Expected losses.
	pub provisions: u128,
	/// Fee on interest, in parts per billion.
	pub fee: u32,
}

impl Holdings {
	/// Returns what counts in both values: money, bills and principal, less fees due and what is
	/// locked.
	///
	/// # Errors
	/// [`MathError::Overflow`] when the sum does not fit.
	pub fn base(&self) -> Result<i128, MathError> {
		let assets = sum(sum(sum(0, self.idle)?, self.bills)?, self.principal_out)?;
		let debts = sum(sum(0, self.fees_due)?, self.locked)?;
		assets.checked_sub(debts).ok_or(MathError::Overflow)
	}

	/// Returns the value at which shares are bought: the base and all interest earned, net of the
	/// fee. Provisions do not count: a default that can end would be bought before its end. Zero if
	/// the debts are more than the assets.
	///
	/// # Errors
	/// Those of [`net_of_fee`].
	pub fn for_deposits(&self) -> Result<u128, MathError> {
		let interest = net_of_fee(sum(self.accrued, self.suspended)?, self.fee)?;
		let base = sum(self.base()?, self.bills_for_deposits_only)?;
		Ok(at_least_zero(base.checked_add(interest).ok_or(MathError::Overflow)?))
	}

	/// Returns the value at which shares are redeemed: the base, less what was paid ahead beyond
	/// what the other loans have earned, and less provisions. Never more than
	/// [`Self::for_deposits`]. Zero if the debts are more than the assets.
	///
	/// # Errors
	/// Those of [`net_of_fee`].
	pub fn for_redemptions(&self) -> Result<u128, MathError> {
		let ahead = net_of_fee(self.accrued, self.fee)?.min(0);
		let value = self.base()?.checked_add(ahead).ok_or(MathError::Overflow)?;
		Ok(at_least_zero(value.checked_sub(sum(0, self.provisions)?).ok_or(MathError::Overflow)?))
	}
}

/// Returns an amount, or zero for a negative one.
fn at_least_zero(amount: i128) -> u128 {
	amount.max(0).unsigned_abs()
}

/// Returns the surplus of a receipt of interest, `received` net of the fee: what it exceeds the fall
/// of the interest earned by, net of the fee. With it locked, the value at which shares are bought
/// stays as it was. Zero where the receipt falls short.
///
/// `before` and `after` are the interest that is earned and not received, that of loans in default
/// included.
///
/// # Errors
/// Those of [`net_of_fee`].
pub fn surplus(received: u128, before: i128, after: i128, fee: u32) -> Result<u128, MathError> {
	let after = net_of_fee(after, fee)?;
	let fall = net_of_fee(before, fee)?.checked_sub(after).ok_or(MathError::Overflow)?;
	let exceeds = sum(0, received)?.checked_sub(fall).ok_or(MathError::Overflow)?;
	Ok(at_least_zero(exceeds))
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::Locked;
	use proptest::prelude::*;

	/// A tenth.
	const FEE: u32 = 100_000_000;

	#[test]
	fn net_of_fee_should_round_down_on_both_sides_of_zero() {
		assert_eq!(net_of_fee(11, FEE), Ok(9));
		assert_eq!(net_of_fee(10, FEE), Ok(9));
		assert_eq!(net_of_fee(0, FEE), Ok(0));
		// Nine tenths of 11 are 9.9.
		assert_eq!(net_of_fee(-11, FEE), Ok(-10));
		assert_eq!(net_of_fee(-10, FEE), Ok(-9));
		assert_eq!(net_of_fee(7, PPB), Ok(0));
		assert_eq!(net_of_fee(1, PPB + 1), Err(MathError::InvalidTerms));
	}

	#[test]
	fn signed_difference_should_refuse_what_does_not_fit() {
		assert_eq!(signed_difference(3, 5), Ok(-2));
		assert_eq!(signed_difference(u128::MAX, 0), Err(MathError::Overflow));
		assert_eq!(signed_difference(u128::MAX, u128::MAX), Ok(0));
	}

	#[test]
	fn values_should_be_those_of_the_specification() {
		let holdings = Holdings {
			idle: 1_000,
			bills: 500,
			bills_for_deposits_only: 7,
			principal_out: 2_000,
			fees_due: 3,
			locked: 40,
			accrued: 100,
			suspended: 50,
			provisions: 600,
			fee: FEE,
		};
		assert_eq!(holdings.base(), Ok(3_457));
		// 150 less a tenth; the bills without the stale haircut.
		assert_eq!(holdings.for_deposits(), Ok(3_457 + 7 + 135));
		assert_eq!(holdings.for_redemptions(), Ok(3_457 - 600));
		// More is paid ahead than the others have earned.
		let ahead = Holdings { accrued: -200, ..holdings };
		assert_eq!(ahead.for_deposits(), Ok(3_457 + 7 - 135));
		assert_eq!(ahead.for_redemptions(), Ok(3_457 - 180 - 600));
		let lost = Holdings { provisions: 4_000, ..holdings };
		assert_eq!(lost.for_redemptions(), Ok(0));
	}

	#[test]
	fn surplus_should_be_what_no_loan_had_earned() {
		// On time: nothing is left over.
		assert_eq!(surplus(90, 100, 0, FEE), Ok(0));
		// A month ahead: the loan counts negative instead.
		assert_eq!(surplus(90, 0, -100, FEE), Ok(0));
		// Late interest, and a loan that ends before its due date.
		assert_eq!(surplus(99, 100, 0, FEE), Ok(9));
		assert_eq!(surplus(0, -100, 0, FEE), Ok(90));
		// Less came than was counted.
		assert_eq!(surplus(0, 100, 0, FEE), Ok(0));
	}

	/// Amounts of up to a thousand million dollars.
	const MOST: u128 = 1_000_000_000_000_000_000_000_000_000;

	prop_compose! {
		fn holdings()(
			idle in 0..MOST,
			bills in 0..MOST,
			principal_out in 0..MOST,
			locked in 0..MOST,
			accrued in -(MOST as i128)..MOST as i128,
			suspended in 0..MOST,
			provisions in 0..MOST,
			fee in 0..=PPB / 2,
		) -> Holdings {
			Holdings {
				idle, bills, principal_out, locked, accrued, suspended, provisions, fee,
				..Holdings::default()
			}
		}
	}

	proptest! {
		/// The first invariant: nobody gains by coming and going.
		#[test]
		fn for_redemptions_should_never_exceed_for_deposits(holdings in holdings()) {
			prop_assert!(holdings.for_redemptions().unwrap() <= holdings.for_deposits().unwrap());
		}

		/// The second: a receipt that is more than was expected moves the value for deposits by
		/// nothing, and one that is less by what is lacking.
		#[test]
		fn receipt_should_not_raise_the_value_for_deposits(
			holdings in holdings(),
			interest in 0..MOST,
			after in -(MOST as i128)..MOST as i128,
			paid in 0..MOST,
		) {
			let received = net_of_fee(interest as i128, holdings.fee).unwrap().unsigned_abs();
			let suspended = holdings.suspended.min(paid);
			let expected = |h: &Holdings| h.accrued + h.suspended as i128;
			let then = Holdings {
				idle: holdings.idle + received,
				accrued: after,
				suspended,
				..holdings
			};
			let over =
				surplus(received, expected(&holdings), expected(&then), holdings.fee).unwrap();
			let then = Holdings { locked: then.locked + over, ..then };
			let (was, is) = (holdings.for_deposits().unwrap(), then.for_deposits().unwrap());
			prop_assert!(is <= was, "{was} {is}");
			if over > 0 {
				prop_assert_eq!(is, was);
			}
		}

		/// The third: who holds D between two moments gains no more than its part of what was earned
		/// and unlocked in between, whatever is paid when. One loan earns `rate` a second; at any
		/// moment its interest comes in for any time ahead, and it may end.
		#[test]
		fn gain_should_be_bounded_by_what_time_has_earned(
			base in 1_000_000_000_000u128..MOST,
			deposit in 1_000_000_000_000u128..MOST,
			rate in 0u128..1_000_000_000_000_000_000,
			since in 0u64..1_000_000,
			bought in 1_000_000u64..2_000_000,
			wait in 0u64..3_000_000,
			ahead in 0u64..3_000_000,
			ends in any::<bool>(),
			extra in 0u128..1_000_000_000_000_000_000_000,
		) {
			let value = |idle: u128, locked: &Locked, now: u64, since: u64, rate: u128| Holdings {
				idle,
				locked: locked.at(now).unwrap(),
				accrued: rate as i128 * (i128::from(now) - i128::from(since)),
				fee: FEE,
				..Holdings::default()
			};
			let none = Locked::default();
			let before = value(base, &none, bought, since, rate).for_deposits().unwrap();
			// The loan pays all up to `ahead` from now, and something on top, right after.
			let until = bought + ahead;
			let interest = rate * u128::from(until - since) + extra;
			let received = net_of_fee(interest as i128, FEE).unwrap().unsigned_abs();
			let left = if ends { 0 } else { rate };
			let expected = |since: u64, rate: u128| {
				rate as i128 * (i128::from(bought) - i128::from(since))
			};
			let over =
				surplus(received, expected(since, rate), expected(until, left), FEE).unwrap();
			let locked = none.with(bought, over, ahead.max(1)).unwrap();
			let sold = bought + wait;
			let end = value(base + deposit + received, &locked, sold, until, left);
			let worth = end.for_redemptions().unwrap();
			// Shares at the price of before, one for each unit of it.
			let got = crate::mul_div(worth, deposit, before + deposit, Rounding::Down).unwrap();
			let earned = left * u128::from(wait) + over - locked.at(sold).unwrap() + 2;
			let fair =
				crate::mul_div(earned, deposit, before + deposit, Rounding::Up).unwrap();
			prop_assert!(got <= deposit + fair, "{got} {deposit} {fair}");
		}
	}
}
