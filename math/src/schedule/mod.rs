//! What a loan owes at each deadline. Computed, never stored: one function gives what is due for
//! payment, default, net asset value and view alike.

mod settlement;
#[cfg(test)]
mod tests;

use alloc::vec::Vec;

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use primitive_types::U256;
use scale_info::TypeInfo;

use crate::{
	calendar::{Calendar, Deadlines},
	fixed::wide_mul_div_down,
	mul_div, MathError, Rounding, WAD,
};

pub use settlement::{late_interest, Fee, Horizon, LateTerms, Settlement};

/// How the principal comes back. The last window always takes the whole balance.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Amortization {
	/// The same principal each window: `floor(balance / windows left)`.
	Linear,
	/// The same payment each window, interest included, over the windows' true lengths.
	Level,
	/// Interest only, until the last window.
	Bullet,
}

/// What one window owes when it is paid by its deadline.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Installment {
	/// The deadline, in unix seconds. Payment in that very second is in time.
	pub due_at: u64,
	/// Principal, 18 decimals, rounded down.
	pub principal: u128,
	/// Interest of the full window on its opening balance, 18 decimals, rounded up.
	pub interest: u128,
	/// Principal still out once this installment is paid, 18 decimals.
	pub balance_after: u128,
}

/// The terms that make a schedule. With a balance they say everything a loan owes.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Schedule {
	/// When installments are due.
	pub calendar: Calendar,
	/// How the principal comes back.
	pub amortization: Amortization,
	/// Whether a stub pays principal too. Otherwise it pays interest only, unless it is also the last
	/// window.
	pub stub_amortizes: bool,
	/// When the loan was drawn, in unix seconds.
	pub originated_at: u64,
	/// The blended rate of the tranches ([`crate::Tranches::blended_rate`]), a second at 1e-18.
	pub rate_per_second: u128,
}

impl Schedule {
	/// The number of windows, N.
	///
	/// # Errors
	/// [`MathError::InvalidTerms`] as [`Calendar::validate`].
	pub fn count(&self) -> Result<u32, MathError> {
		self.calendar.count(self.originated_at)
	}

	/// What window `k` owes on its opening balance. For a level payment this takes N − k steps.
	///
	/// # Errors
	/// - [`MathError::InvalidTerms`] as [`Calendar::validate`].
	/// - [`MathError::NoSuchWindow`] when `k` is not below N.
	/// - [`MathError::Overflow`] when an amount, or the growth of the balance over the windows left,
	///   does not fit.
	pub fn installment(&self, k: u32, balance: u128) -> Result<Installment, MathError> {
		let windows = self.windows()?;
		let mut annuity = None;
		if windows.needs_annuity(k) {
			windows.walk_annuities(k, |from_here| annuity = Some(from_here))?;
		}
		windows.installment(k, balance, annuity)
	}

	/// The whole table of a loan of `principal`, one row a window. Takes N steps in all.
	///
	/// # Errors
	/// Those of [`Self::installment`].
	pub fn installments(&self, principal: u128) -> Result<Vec<Installment>, MathError> {
		let windows = self.windows()?;
		let annuities = windows.annuities(0)?;
		let mut balance = principal;
		(0..windows.count())
			.map(|k| {
				let row = windows.installment(k, balance, annuities.of(k))?;
				balance = row.balance_after;
				Ok(row)
			})
			.collect()
	}

	/// The windows of this schedule, with what all of them share computed once.
	fn windows(&self) -> Result<Windows<'_>, MathError> {
		Ok(Windows { terms: self, deadlines: self.calendar.deadlines(self.originated_at)? })
	}
}

/// The windows of one schedule.
struct Windows<'a> {
	terms: &'a Schedule,
	deadlines: Deadlines,
}

impl Windows<'_> {
	/// N.
	fn count(&self) -> u32 {
		self.deadlines.count
	}

	/// Whether `k` is the last window, or beyond.
	fn is_last(&self, k: u32) -> bool {
		u64::from(k) + 1 >= u64::from(self.count())
	}

	/// Whether window `k` is a stub that pays interest only, if others follow it.
	fn is_interest_only_stub(&self, k: u32) -> bool {
		k == 0 && self.deadlines.has_stub && !self.terms.stub_amortizes
	}

	/// Whether the principal of window `k` is that of a level payment.
	fn needs_annuity(&self, k: u32) -> bool {
		self.terms.amortization == Amortization::Level
			&& !self.is_last(k)
			&& !self.is_interest_only_stub(k)
	}

	/// The share of its opening balance that window `k` earns, at 1e-18, exact.
	fn accrual(&self, k: u32) -> Result<u128, MathError> {
		let window_secs = self.deadlines.window_secs(k)?;
		self.terms.rate_per_second.checked_mul(window_secs.into()).ok_or(MathError::Overflow)
	}

	/// What window `k` owes on `balance`. A level payment needs the annuity of the windows from `k`.
	fn installment(
		&self,
		k: u32,
		balance: u128,
		annuity: Option<Annuity>,
	) -> Result<Installment, MathError> {
		let due_at = self.deadlines.get(k)?;
		let interest = mul_div(balance, self.accrual(k)?, WAD, Rounding::Up)?;
		let principal = self.principal(k, balance, interest, annuity)?;
		let balance_after = balance.checked_sub(principal).ok_or(MathError::Overflow)?;
		Ok(Installment { due_at, principal, interest, balance_after })
	}

	/// The principal of window `k`.
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
				let left = self.count().checked_sub(k).ok_or(MathError::NoSuchWindow)?;
				mul_div(balance, 1, left.into(), Rounding::Down)
			}
			Amortization::Level => {
				let level = annuity.ok_or(MathError::NoSuchWindow)?.level_payment(balance)?;
				// A long window may earn more than the level payment: the balance stays, it never grows.
				Ok(level.checked_sub(interest).map_or(0, |principal| principal.min(balance)))
			}
		}
	}

	/// Shows `visit` the annuity of the windows k..N for every k from the last down to `first`.
	fn walk_annuities(&self, first: u32, mut visit: impl FnMut(Annuity)) -> Result<(), MathError> {
		let mut annuity = Annuity::NONE;
		for k in (first..self.count()).rev() {
			annuity = annuity.preceded_by(self.accrual(k)?)?;
			visit(annuity);
		}
		Ok(())
	}

	/// The annuities that the windows from `first` need, in one walk.
	fn annuities(&self, first: u32) -> Result<Annuities, MathError> {
		let mut backwards = Vec::new();
		if let Some(first) = (first..self.count()).find(|k| self.needs_annuity(*k)) {
			self.walk_annuities(first, |annuity| backwards.push(annuity))?;
		}
		Ok(Annuities { backwards, count: self.count() })
	}
}

/// The annuity of the windows k..N, for every k a level payment is asked for.
struct Annuities {
	/// That of the last window first.
	backwards: Vec<Annuity>,
	/// N.
	count: u32,
}

impl Annuities {
	/// The annuity of the windows from `k`, where one is needed.
	fn of(&self, k: u32) -> Option<Annuity> {
		let windows_after = self.count.checked_sub(k)?.checked_sub(1)?;
		self.backwards.get(usize::try_from(windows_after).ok()?).copied()
	}
}

/// The level payment over windows of unequal length, as a fraction: the balance, left alone until the
/// last deadline, grows to `balance · growth`; payments of `p` at each deadline grow to `p · payments`
/// by then; the level payment makes the two equal. Both at 1e-18, each step rounded down.
#[derive(Clone, Copy)]
struct Annuity {
	/// G: what 1 at the start of the windows becomes by the last deadline.
	growth: U256,
	/// D: what 1 paid at every deadline of the windows becomes by the last deadline.
	payments: U256,
}

impl Annuity {
	/// No windows: 1 stays 1, and there are no payments.
	const NONE: Self = Self { growth: U256([WAD as u64, 0, 0, 0]), payments: U256::zero() };

	/// This annuity with a window that earns `accrual` (at 1e-18) before it.
	fn preceded_by(self, accrual: u128) -> Result<Self, MathError> {
		let factor = accrual.checked_add(WAD).ok_or(MathError::Overflow)?;
		Ok(Self {
			payments: self.payments.checked_add(self.growth).ok_or(MathError::Overflow)?,
			growth: wide_mul_div_down(self.growth, factor.into(), WAD.into())?,
		})
	}

	/// `floor(balance · growth / payments)`.
	fn level_payment(&self, balance: u128) -> Result<u128, MathError> {
		let payment = wide_mul_div_down(balance.into(), self.growth, self.payments)?;
		u128::try_from(payment).map_err(|_| MathError::Overflow)
	}
}
