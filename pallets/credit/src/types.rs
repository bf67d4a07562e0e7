// SPDX-License-Identifier: Apache-2.0

//! What the pallet stores, and what a payment is.

use crate::{frame_support::BoundedVec, sp_core::ConstU32};
use alloc::vec::Vec;
use caliber_math::{
	calendar::Calendar,
	mul_div, per_second_rate,
	schedule::{LateTerms, Schedule, Settlement},
	tranche::{Split, Tranches},
	MathError, Rounding, SECONDS_PER_YEAR, WAD,
};
use caliber_primitives::{
	credit::{Breach, LineState, LineTerms, LoanState, LoanTerms},
	traits::Accrual,
	Balance, LineId, LoanId, ModelId, Seconds, TitleId,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// The most titles a line may hold.
pub const MAX_TITLES: u32 = 64;
/// The most loans a line may have outstanding.
pub const MAX_LOANS: u32 = 16;
/// The most installments the terms of a line may keep back.
pub const MAX_RESERVE_INSTALLMENTS: u8 = 12;
/// By how many of the smallest units of USDai a curator's share of a draw may be less than its
/// rounded-up part of the amount, so that the rounding of earlier draws and payments does not keep
/// the last of a line's limit from being drawn. Less than a millionth of a millionth of a dollar.
pub const FIRST_LOSS_DUST: Balance = 10_000;

/// The titles of a line.
pub type Titles = BoundedVec<TitleId, ConstU32<MAX_TITLES>>;

/// What of a line's principal stands against each model, by model.
pub type Exposure = BoundedVec<(ModelId, Balance), ConstU32<MAX_TITLES>>;

/// A curator.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct CuratorRecord {
	/// The most the limits of its live lines may add up to, in USDai.
	pub capacity: Balance,
	/// What the limits of its live lines, offers included, add up to, in USDai.
	pub committed: Balance,
	/// Whether it is kept from offering lines.
	pub suspended: bool,
}

/// A line.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct LineRecord<AccountId> {
	/// The borrower.
	pub borrower: AccountId,
	/// The curator.
	pub curator: AccountId,
	/// The terms, as offered.
	pub terms: LineTerms,
	/// From when on the offer cannot be accepted, unix seconds. Without meaning afterwards.
	pub expires_at: Seconds,
	/// Where the line stands.
	pub state: LineState,
	/// The titles pledged.
	pub titles: Titles,
	/// The loans outstanding.
	pub loans: BoundedVec<LoanId, ConstU32<MAX_LOANS>>,
	/// The curator's USDai held for draws to come.
	pub junior_locked: Balance,
	/// USDai set aside for payments, in the pallet's account.
	pub reserve: Balance,
	/// Principal ever drawn, in USDai.
	pub drawn_total: Balance,
	/// Principal outstanding, in USDai.
	pub outstanding: Balance,
	/// The senior lender's part of it.
	pub senior_outstanding: Balance,
	/// What of the principal outstanding stands against each model; the parts add up to it.
	pub exposure: Exposure,
	/// Insurance money that is not yet applied to the loans, in the pallet's account.
	pub claims: Balance,
	/// The covenant that is broken, until the line is whole again.
	pub breach: Option<Breach>,
	/// When the line went into default, unix seconds.
	pub defaulted_at: Option<Seconds>,
	/// What the titles are expected to bring in a sale, as of the last assessment.
	pub recovery: Balance,
	/// The expected shortfall of the senior lender, as it stands in its books.
	pub impairment: Balance,
	/// The curator's part of what was paid while the line is in default, in the pallet's account. It
	/// stands behind the senior lender until the line is whole again, or goes down the waterfall.
	pub withheld: Balance,
	/// CLBR held from the curator for the storage of the line.
	pub deposit: Balance,
}

impl<AccountId> LineRecord<AccountId> {
	/// What the limit leaves to draw: of what is outstanding if the line revolves, else of what was
	/// ever drawn.
	pub fn undrawn(&self) -> Balance {
		let used = if self.terms.revolving { self.outstanding } else { self.drawn_total };
		self.terms.limit.max(used) - used
	}

	/// The expected shortfall of the senior lender by the last assessment of the titles. The curator
	/// lent its part beside the senior lender and stands behind it: what the sale brings, and what is
	/// withheld from the curator, is the senior lender's first.
	pub fn shortfall(&self) -> Balance {
		if !is_distressed(self.state) {
			return 0;
		}
		let lacking = self.senior_outstanding.max(self.recovery) - self.recovery;
		lacking.max(self.withheld) - self.withheld
	}
}

/// Whether the loans of a line in this state earn in the senior lender's books.
pub fn accrues(state: LineState) -> bool {
	matches!(state, LineState::Open | LineState::Breached)
}

/// Whether a loss is expected of a line in this state.
pub fn is_distressed(state: LineState) -> bool {
	matches!(state, LineState::Breached | LineState::Defaulted | LineState::Liquidating)
}

/// The states that a line may go to from this one.
pub fn may_follow(from: LineState, to: LineState) -> bool {
	use LineState::*;
	matches!(
		(from, to),
		(Offered, Open)
			| (Open, Breached | Defaulted)
			| (Breached, Open | Defaulted)
			| (Defaulted, Open | Liquidating)
			| (Liquidating, Open)
	)
}

/// Parts of `total` in the proportion of `weights`, which add up to it exactly: each part is its
/// exact share, rounded down or up. None when there is nothing to divide by.
///
/// A part never exceeds its weight when the total does not exceed the sum of the weights.
pub fn apportion(
	total: Balance,
	weights: &[(ModelId, Balance)],
) -> Result<Vec<(ModelId, Balance)>, MathError> {
	let whole = weights.iter().try_fold(0, |sum, (_, weight)| add(sum, *weight))?;
	let mut parts = Vec::with_capacity(weights.len());
	if whole == 0 && total > 0 {
		return Err(MathError::DivisionByZero);
	}
	let (mut weighed, mut given) = (0, 0);
	for (model, weight) in weights {
		weighed = add(weighed, *weight)?;
		let until_here = mul_div(total, weighed, whole, Rounding::Down)?;
		// The shares up to a model only grow from one to the next.
		let part = until_here.checked_sub(given).ok_or(MathError::Overflow)?;
		if part > 0 {
			parts.push((*model, part));
		}
		given = until_here;
	}
	Ok(parts)
}

/// New terms for an accepted line.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct TermsOffer {
	/// The terms.
	pub terms: LineTerms,
	/// From when on they cannot be accepted, unix seconds.
	pub expires_at: Seconds,
}

/// How far the work of idle blocks has come.
#[derive(
	Clone,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct SweepState {
	/// The line whose loans come first: insurance money came in for it.
	pub urgent: Option<LineId>,
	/// The loan that was looked at last; none at the start of a round.
	pub last_loan: Option<LoanId>,
	/// The line that was watched last; none at the start of a round.
	pub last_line: Option<LineId>,
	/// Whether a round over the lines is under way.
	pub watching: bool,
	/// Whether a new price asks for another round over the lines.
	pub marked: bool,
	/// When the next round over the lines begins without one, unix seconds.
	pub next_round_at: Seconds,
}

/// A loan. Its terms are those of its line.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct LoanRecord {
	/// The line it was drawn under.
	pub line: LineId,
	/// What each tranche lent and earns a second.
	pub tranches: Tranches,
	/// What each tranche has still out.
	pub left: Split,
	/// When it was drawn, unix seconds.
	pub originated_at: Seconds,
	/// The oldest unpaid window.
	pub next_window: u32,
}

impl LoanRecord {
	/// Principal outstanding, in USDai.
	pub fn balance(&self) -> Result<Balance, MathError> {
		self.left.total()
	}

	/// What the loan owes and when.
	pub fn schedule(&self, terms: &LoanTerms) -> Result<Schedule, MathError> {
		schedule_of(terms, &self.tranches, self.originated_at)
	}

	/// How the loan earns in the senior lender's books; none once it is repaid.
	pub fn accrual(&self, terms: &LoanTerms) -> Result<Option<Accrual>, MathError> {
		if self.balance()? == 0 {
			return Ok(None);
		}
		Ok(Some(Accrual {
			per_second: mul_div(self.left.senior, self.tranches.senior_rate, WAD, Rounding::Down)?,
			since: terms.calendar.window_start(self.originated_at, self.next_window)?,
		}))
	}

	/// How the payments stand at `now`. Only a loan with principal outstanding has a next payment.
	pub fn state(&self, terms: &LoanTerms, now: Seconds) -> Result<LoanState, MathError> {
		let due_at = self.next_due_at(terms)?;
		if now <= due_at {
			return Ok(LoanState::Current);
		}
		// An end of the grace period beyond all times is never reached.
		match due_at.checked_add(terms.grace_period) {
			Some(grace_ends) if now > grace_ends => Ok(LoanState::Defaulted),
			_ => Ok(LoanState::Late),
		}
	}

	/// The deadline of the oldest unpaid window, unix seconds.
	pub fn next_due_at(&self, terms: &LoanTerms) -> Result<Seconds, MathError> {
		terms.calendar.deadline(self.originated_at, self.next_window)
	}

	/// Interest that the balance has earned at `now` since the last paid window ended, late interest
	/// left aside, rounded as said. Nothing where interest was paid ahead.
	pub fn accrued(
		&self,
		terms: &LoanTerms,
		now: Seconds,
		rounding: Rounding,
	) -> Result<Balance, MathError> {
		let since = terms.calendar.window_start(self.originated_at, self.next_window)?;
		let seconds = now.max(since) - since;
		let growth =
			self.tranches.blended_rate()?.checked_mul(seconds.into()).ok_or(MathError::Overflow)?;
		mul_div(self.balance()?, growth, WAD, rounding)
	}

	/// The next `installments` payments, or as many as are left, without fees: what the reserve has
	/// to hold. The principal of the very last window is not among them: the loan ends with it.
	pub fn required_reserve(
		&self,
		terms: &LoanTerms,
		installments: u8,
	) -> Result<Balance, MathError> {
		let schedule = self.schedule(terms)?;
		let last = schedule.count()?.checked_sub(1).ok_or(MathError::NoSuchWindow)?;
		let end = self.next_window.checked_add(installments.into()).ok_or(MathError::Overflow)?;
		// The windows in front of the last one, as if each were paid on its day.
		let before_last = end.min(last);
		let mut balance = self.balance()?;
		let mut required: Balance = 0;
		if before_last > self.next_window {
			let until = schedule.calendar.window_start(self.originated_at, before_last)?;
			let paid = scheduled_until(&schedule, self.next_window, balance, until)?;
			required = paid.total()?;
			balance = paid.balance_after;
		}
		if end > last && balance > 0 {
			let interest = schedule.installment(last, balance)?.interest;
			required = required.checked_add(interest).ok_or(MathError::Overflow)?;
		}
		Ok(required)
	}

	/// Interest and principal of every unpaid window whose deadline is at or before `until`.
	pub fn debt_service(&self, terms: &LoanTerms, until: Seconds) -> Result<Balance, MathError> {
		let schedule = self.schedule(terms)?;
		scheduled_until(&schedule, self.next_window, self.balance()?, until)?.total()
	}
}

/// The two tranches of a loan of `senior` and `junior` under `terms`.
pub fn tranches_of(terms: &LoanTerms, senior: Balance, junior: Balance) -> Tranches {
	Tranches {
		senior,
		junior,
		senior_rate: per_second_rate(terms.senior_apr.into_inner()),
		junior_rate: per_second_rate(terms.junior_apr.into_inner()),
	}
}

/// The schedule of a loan with these tranches.
pub fn schedule_of(
	terms: &LoanTerms,
	tranches: &Tranches,
	originated_at: Seconds,
) -> Result<Schedule, MathError> {
	Ok(Schedule {
		calendar: terms.calendar,
		amortization: terms.amortization,
		stub_amortizes: terms.stub_amortizes,
		originated_at,
		rate_per_second: tranches.blended_rate()?,
	})
}

/// The most windows of a loan that end in a year.
pub fn windows_in_a_year(calendar: &Calendar) -> u64 {
	match *calendar {
		Calendar::Monthly { .. } => 12,
		// None is shorter than a block, and a loan has no more of them than its calendar.
		Calendar::Every { seconds, periods } => {
			SECONDS_PER_YEAR.div_ceil(seconds.max(1)).min(periods.into())
		}
	}
}

/// What being late costs under `terms`.
pub fn late_terms(terms: &LoanTerms) -> LateTerms {
	LateTerms {
		grace_rate_per_second: per_second_rate(terms.grace_apr.into_inner()),
		grace_period_secs: terms.grace_period,
	}
}

/// The windows from `first_unpaid` whose deadline is at or before `until`, each paid on its day and
/// without fees.
fn scheduled_until(
	schedule: &Schedule,
	first_unpaid: u32,
	balance: Balance,
	until: Seconds,
) -> Result<Settlement, MathError> {
	let on_time = LateTerms { grace_rate_per_second: 0, grace_period_secs: 0 };
	schedule.settle(
		first_unpaid,
		balance,
		until,
		&on_time,
		&caliber_math::schedule::Fee::None,
		caliber_math::schedule::Horizon::Reached,
		None,
	)
}

/// What is paid at once on a loan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Payment {
	/// The windows settled.
	pub settled: Settlement,
	/// Principal paid ahead of the schedule.
	pub prepaid: Balance,
	/// The fee on it.
	pub exit_fee: Balance,
}

impl Payment {
	/// Windows alone.
	pub fn of_windows(settled: Settlement) -> Self {
		Self { settled, prepaid: 0, exit_fee: 0 }
	}

	/// Interest and late interest.
	pub fn interest(&self) -> Result<Balance, MathError> {
		add(self.settled.interest, self.settled.late_interest)
	}

	/// All principal.
	pub fn principal(&self) -> Result<Balance, MathError> {
		add(self.settled.principal, self.prepaid)
	}

	/// Servicing and exit fees.
	pub fn fees(&self) -> Result<Balance, MathError> {
		add(self.settled.servicing, self.exit_fee)
	}

	/// What the payer pays.
	pub fn total(&self) -> Result<Balance, MathError> {
		add(add(self.interest()?, self.principal()?)?, self.fees()?)
	}
}

/// A sum, or the error that it does not fit.
pub(crate) fn add(a: Balance, b: Balance) -> Result<Balance, MathError> {
	a.checked_add(b).ok_or(MathError::Overflow)
}
