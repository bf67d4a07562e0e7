// SPDX-License-Identifier: Apache-2.0

//! A payment on a loan, and the fee on what is paid ahead.

use super::{checked_difference, checked_sum};
use caliber_math::{mul_div, Allocation, Fee, MathError, Rounding, PPB};
use caliber_primitives::Balance;

/// A payment made at once on a loan. Amounts in USDai.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Payment {
	/// Payment periods paid, in full or in part, and their principal, interest and fees.
	pub allocation: Allocation,
	/// Principal paid ahead of the schedule.
	pub prepaid: Balance,
	/// Part of `prepaid` that the exit fee is charged on.
	pub charged: Balance,
	/// Fee on the principal paid ahead of the schedule.
	pub exit_fee: Balance,
}

impl Payment {
	/// Returns a payment of what is due, with nothing ahead of the schedule.
	pub fn of_due(allocation: Allocation) -> Self {
		Self { allocation, prepaid: 0, charged: 0, exit_fee: 0 }
	}

	/// Returns the number of payment periods that the payment goes to, one that it leaves open
	/// included.
	pub fn periods_paid_on(&self) -> u32 {
		let progress = &self.allocation.progress;
		let is_open = (progress.interest, progress.principal, progress.late_interest) != (0, 0, 0);
		// A schedule has 512 payment periods at most.
		self.allocation.periods.saturating_add(is_open.into())
	}

	/// Returns interest and late interest.
	pub fn interest(&self) -> Result<Balance, MathError> {
		checked_sum(self.allocation.interest, self.allocation.late_interest)
	}

	/// Returns all principal, scheduled and prepaid.
	pub fn principal(&self) -> Result<Balance, MathError> {
		checked_sum(self.allocation.principal, self.prepaid)
	}

	/// Returns servicing and exit fees.
	pub fn fees(&self) -> Result<Balance, MathError> {
		checked_sum(self.allocation.servicing, self.exit_fee)
	}

	/// Returns the amount that the payer pays.
	pub fn total(&self) -> Result<Balance, MathError> {
		checked_sum(checked_sum(self.interest()?, self.principal()?)?, self.fees()?)
	}
}

/// Fee on principal that is paid ahead of the schedule, over the life of a loan: what its prepayments
/// cost together does not depend on how they are cut.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct ExitFee {
	/// The fee as agreed: a share of what is prepaid, or an amount for the whole loan.
	pub fee: Fee,
	/// Principal that the loan was drawn for, in USDai.
	pub principal: Balance,
	/// Principal prepaid so far, in USDai.
	pub prepaid: Balance,
}

impl ExitFee {
	/// No fee.
	pub const FREE: Self = Self { fee: Fee::None, principal: 0, prepaid: 0 };

	/// Returns the fee as numerator and denominator of a share of what is prepaid.
	fn share(&self) -> Result<(Balance, Balance), MathError> {
		match self.fee {
			Fee::None => Ok((0, 1)),
			Fee::Share(share) if share > PPB => Err(MathError::InvalidTerms),
			Fee::Share(share) => Ok((share.into(), PPB.into())),
			Fee::Absolute(amount) => Ok((amount, self.principal)),
		}
	}

	/// Returns the fee on all that is prepaid once `prepaid` is, rounded up.
	fn until(&self, prepaid: Balance) -> Result<Balance, MathError> {
		let (part, whole) = self.share()?;
		mul_div(prepaid, part, whole, Rounding::Up)
	}

	/// Returns the fee on a prepayment of `amount`.
	pub fn of(&self, amount: Balance) -> Result<Balance, MathError> {
		let after = self.until(checked_sum(self.prepaid, amount)?)?;
		checked_difference(after, self.until(self.prepaid)?)
	}

	/// Returns the largest prepayment of `balance` that `budget` pays with its fee, and the fee.
	pub fn prepayment(
		&self,
		balance: Balance,
		budget: Balance,
	) -> Result<(Balance, Balance), MathError> {
		// The largest y with y + ceil(y · part / whole) <= what all prepayments may cost together.
		let (part, whole) = self.share()?;
		let paid = checked_sum(self.prepaid, self.until(self.prepaid)?)?;
		let most = checked_sum(paid, budget)?;
		let prepaid = mul_div(most, whole, checked_sum(whole, part)?, Rounding::Down)?;
		let amount = checked_difference(prepaid, self.prepaid)?.min(balance);
		Ok((amount, self.of(amount)?))
	}
}
