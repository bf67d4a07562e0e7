// SPDX-License-Identifier: Apache-2.0

//! Installments of a loan. They are computed, never stored: payment, default, net asset value and
//! views use the same function.

mod allocation;
#[cfg(test)]
mod tests;

use alloc::vec::Vec;

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use primitive_types::U256;
use scale_info::TypeInfo;

use crate::{
	calendar::{Calendar, DueDates},
	fixed::wide_mul_div_down,
	mul_div, MathError, Rounding, WAD,
};

pub use allocation::{
	late_interest, Allocation, AllocationRequest, Fee, Horizon, LateTerms, Progress,
};

/// Repayment of the principal. The last payment period always takes the whole balance.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum Amortization {
	/// The same principal each payment period: `floor(balance / periods left)`.
	Linear,
	/// The same payment each payment period, interest included, over the true lengths of the
	/// payment periods.
	Level,
	/// Interest only, until the last payment period.
	Bullet,
}

/// Payment that one payment period owes when it is paid by its due date.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct Installment {
	/// Due date, in unix seconds. A payment in that very second is in time.
	pub due_at: u64,
	/// Principal, 18 decimals, rounded down.
	pub principal: u128,
	/// Interest of the full payment period on its opening balance, 18 decimals, rounded up.
	pub interest: u128,
	/// Principal outstanding after this installment is paid, 18 decimals.
	pub balance_after: u128,
}

/// Terms that make a schedule. With a balance they determine everything that a loan owes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Schedule {
	/// Due dates of the installments.
	pub calendar: Calendar,
	/// Repayment of the principal.
	pub amortization: Amortization,
	/// True if a stub pays principal too. Otherwise it pays interest only, unless it is also the
	/// last payment period.
	pub stub_amortizes: bool,
	/// Time at which the loan was drawn, in unix seconds.
	pub originated_at: u64,
	/// Blended rate of the tranches ([`crate::Tranches::blended_rate`]), a second at 1e-18.
	pub rate_per_second: u128,
}

impl Schedule {
	/// Returns the number of payment periods, N.
	///
	/// # Errors
	/// [`MathError::InvalidTerms`] as [`Calendar::validate`].
	pub fn count(&self) -> Result<u32, MathError> {
		self.calendar.count(self.originated_at)
	}

	/// Returns the installment of payment period `k` on its opening balance. A level payment takes
	/// N − k steps.
	///
	/// # Errors
	/// - [`MathError::InvalidTerms`] as [`Calendar::validate`].
	/// - [`MathError::NoSuchPeriod`] when `k` is not below N.
	/// - [`MathError::Overflow`] when an amount, or the growth of the balance over the payment
	///   periods that remain, does not fit.
	pub fn installment(&self, k: u32, balance: u128) -> Result<Installment, MathError> {
		let periods = self.periods()?;
		let mut annuity = None;
		if periods.needs_annuity(k) {
			periods.walk_annuities(k, |from_here| annuity = Some(from_here))?;
		}
		periods.installment(k, balance, annuity)
	}

	/// Returns the table of a loan of `principal`, one row a payment period. Takes N steps in all.
	///
	/// # Errors
	/// Those of [`Self::installment`].
	pub fn installments(&self, principal: u128) -> Result<Vec<Installment>, MathError> {
		let periods = self.periods()?;
		let annuities = periods.annuities(0)?;
		let mut balance = principal;
		(0..periods.count())
			.map(|k| {
				let row = periods.installment(k, balance, annuities.of(k))?;
				balance = row.balance_after;
				Ok(row)
			})
			.collect()
	}

	/// Returns the payment periods of this schedule; figures that all of them share are computed
	/// once.
	fn periods(&self) -> Result<Periods<'_>, MathError> {
		Ok(Periods { terms: self, due_dates: self.calendar.due_dates(self.originated_at)? })
	}
}

/// Payment periods of one schedule.
struct Periods<'a> {
	terms: &'a Schedule,
	due_dates: DueDates,
}

impl Periods<'_> {
	/// Returns N.
	fn count(&self) -> u32 {
		self.due_dates.count
	}

	/// Returns true if `k` is the last payment period, or beyond.
	fn is_last(&self, k: u32) -> bool {
		u64::from(k) + 1 >= u64::from(self.count())
	}

	/// Returns true if payment period `k` is a stub that pays interest only, if others follow it.
	fn is_interest_only_stub(&self, k: u32) -> bool {
		k == 0 && self.due_dates.has_stub && !self.terms.stub_amortizes
	}

	/// Returns true if the principal of payment period `k` is that of a level payment.
	fn needs_annuity(&self, k: u32) -> bool {
		self.terms.amortization == Amortization::Level
			&& !self.is_last(k)
			&& !self.is_interest_only_stub(k)
	}

	/// Returns the share of its opening balance that payment period `k` earns, at 1e-18, exact.
	fn accrual(&self, k: u32) -> Result<u128, MathError> {
		let period_secs = self.due_dates.period_secs(k)?;
		self.terms.rate_per_second.checked_mul(period_secs.into()).ok_or(MathError::Overflow)
	}

	/// Returns the installment of payment period `k` on `balance`. A level payment needs the
	/// annuity of the payment periods from `k`.
	fn installment(
		&self,
		k: u32,
		balance: u128,
		annuity: Option<Annuity>,
	) -> Result<Installment, MathError> {
		let due_at = self.due_dates.get(k)?;
		let interest = mul_div(balance, self.accrual(k)?, WAD, Rounding::Up)?;
		let principal = self.principal(k, balance, interest, annuity)?;
		let balance_after = balance.checked_sub(principal).ok_or(MathError::Overflow)?;
		Ok(Installment { due_at, principal, interest, balance_after })
	}

	/// Returns the principal of payment period `k`.
	fn principal(
		&self,
		k: u32,
		balance: u128,
		interest: u128,
		annuity: Option<Annuity>,
	) -> Result<u128, MathError> {
		if self.is_last(k) {
			return Ok(balance);
		}
		if self.is_interest_only_stub(k) {
			return Ok(0);
		}
		match self.terms.amortization {
			Amortization::Bullet => Ok(0),
			Amortization::Linear => {
				let remaining = self.count().checked_sub(k).ok_or(MathError::NoSuchPeriod)?;
				mul_div(balance, 1, remaining.into(), Rounding::Down)
			}
			Amortization::Level => {
				let level = annuity.ok_or(MathError::NoSuchPeriod)?.level_payment(balance)?;
				// A long payment period may earn more than the level payment: the balance then
				// stays, it never grows.
				Ok(level.checked_sub(interest).map_or(0, |principal| principal.min(balance)))
			}
		}
	}

	/// Calls `visit` with the annuity of the payment periods k..N, for every k from the last down
	/// to `first`.
	fn walk_annuities(&self, first: u32, mut visit: impl FnMut(Annuity)) -> Result<(), MathError> {
		let mut annuity = Annuity::NONE;
		for k in (first..self.count()).rev() {
			annuity = annuity.preceded_by(self.accrual(k)?)?;
			visit(annuity);
		}
		Ok(())
	}

	/// Returns the annuities that the payment periods from `first` need, in one walk.
	fn annuities(&self, first: u32) -> Result<Annuities, MathError> {
		let mut backwards = Vec::new();
		if let Some(first) = (first..self.count()).find(|k| self.needs_annuity(*k)) {
			self.walk_annuities(first, |annuity| backwards.push(annuity))?;
		}
		Ok(Annuities { backwards, count: self.count() })
	}
}

/// Annuities of the payment periods k..N, for every k that needs one.
struct Annuities {
	/// Annuities, that of the last payment period first.
	backwards: Vec<Annuity>,
	/// Number of payment periods, N.
	count: u32,
}

impl Annuities {
	/// Returns the annuity of the payment periods from `k`, where one is needed.
	fn of(&self, k: u32) -> Option<Annuity> {
		let periods_after = self.count.checked_sub(k)?.checked_sub(1)?;
		self.backwards.get(usize::try_from(periods_after).ok()?).copied()
	}
}

/// Level payment over payment periods of unequal length, as a fraction.
///
/// An untouched balance grows to `balance · growth` by the last due date; payments of `p` at each
/// due date grow to `p · payments` by then. The level payment makes the two equal. Both at 1e-18,
/// each step rounded down.
#[derive(Clone, Copy)]
struct Annuity {
	/// G: value, by the last due date, of 1 at the start of the payment periods.
	growth: U256,
	/// D: value, by the last due date, of 1 paid at every due date of the payment periods.
	payments: U256,
}

impl Annuity {
	/// Annuity of no payment periods: 1 stays 1, and there are no payments.
	const NONE: Self = Self { growth: U256([WAD as u64, 0, 0, 0]), payments: U256::zero() };

	/// Returns this annuity preceded by a payment period that earns `accrual` (at 1e-18).
	fn preceded_by(self, accrual: u128) -> Result<Self, MathError> {
		let factor = accrual.checked_add(WAD).ok_or(MathError::Overflow)?;
		Ok(Self {
			payments: self.payments.checked_add(self.growth).ok_or(MathError::Overflow)?,
			growth: wide_mul_div_down(self.growth, factor.into(), WAD.into())?,
		})
	}

	/// Returns `floor(balance · growth / payments)`.
	fn level_payment(&self, balance: u128) -> Result<u128, MathError> {
		let payment = wide_mul_div_down(balance.into(), self.growth, self.payments)?;
		u128::try_from(payment).map_err(|_| MathError::Overflow)
	}
}
