// SPDX-License-Identifier: Apache-2.0

//! A payment on a loan.

use super::checked_sum;
use caliber_math::{Allocation, MathError};
use caliber_primitives::Balance;

/// A payment made at once on a loan. Amounts in USDai.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Payment {
	/// Payment periods paid, and their principal, interest and fees.
	pub allocation: Allocation,
	/// Principal paid ahead of the schedule.
	pub prepaid: Balance,
	/// Fee on the principal paid ahead of the schedule.
	pub exit_fee: Balance,
}

impl Payment {
	/// Returns a payment of whole payment periods, with nothing ahead of the schedule.
	pub fn of_periods(allocation: Allocation) -> Self {
		Self { allocation, prepaid: 0, exit_fee: 0 }
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
