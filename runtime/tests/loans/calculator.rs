// SPDX-License-Identifier: Apache-2.0

//! Second calculator of loans: the formulas of the specification in integers of 256 bits, and a
//! calendar that counts single days. It shares no code with `caliber-math`.

#![allow(missing_docs)]

use polkadot_sdk::sp_core::U256;

pub const WAD: u128 = 1_000_000_000_000_000_000;
pub const PPB: u128 = 1_000_000_000;
const DAY: u64 = 86_400;
const YEAR: u128 = 31_536_000;

/// Returns `a` × `b` / `c`, rounded down.
pub fn floor(a: u128, b: u128, c: u128) -> u128 {
	(U256::from(a) * U256::from(b) / U256::from(c)).as_u128()
}

/// Returns `a` × `b` / `c`, rounded up.
pub fn ceil(a: u128, b: u128, c: u128) -> u128 {
	let (quotient, rest) = (U256::from(a) * U256::from(b)).div_mod(U256::from(c));
	(quotient + U256::from(u8::from(!rest.is_zero()))).as_u128()
}

/// Converts an annual rate in basis points to a rate per second, in units of 1e-18, rounded up.
pub fn per_second(basis_points: u128) -> u128 {
	(basis_points * WAD / 10_000).div_ceil(YEAR)
}

fn is_leap(year: u64) -> bool {
	year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

/// Returns the number of days of a month.
fn month_length(year: u64, month: u64) -> u64 {
	match month {
		2 if is_leap(year) => 29,
		2 => 28,
		4 | 6 | 9 | 11 => 30,
		_ => 31,
	}
}

/// Returns the year, month and day of a number of days since 1970-01-01.
fn date(mut day: u64) -> (u64, u64, u64) {
	let (mut year, mut month) = (1970, 1);
	while day >= month_length(year, month) {
		day -= month_length(year, month);
		(year, month) = following(year, month);
	}
	(year, month, day + 1)
}

/// Returns the next month.
fn following(year: u64, month: u64) -> (u64, u64) {
	if month == 12 {
		(year + 1, 1)
	} else {
		(year, month + 1)
	}
}

/// Returns the number of days from 1970-01-01 to a date.
fn days(year: u64, month: u64, day: u64) -> u64 {
	let (mut y, mut m, mut days) = (1970, 1, 0);
	while (y, m) != (year, month) {
		days += month_length(y, m);
		(y, m) = following(y, m);
	}
	days + day - 1
}

/// Returns the due dates of a loan that is drawn at `origin` and due on day `anchor` of each month.
/// The flag is true if its first payment period is a stub.
pub fn due_dates(anchor: u64, offset: u64, origin: u64, duration_days: u64) -> (Vec<u64>, bool) {
	let local = origin + offset;
	let (mut year, mut month, day) = date(local / DAY);
	let anchor_of = |year, month| anchor.min(month_length(year, month));
	let stub = day != anchor_of(year, month);
	if day >= anchor_of(year, month) {
		(year, month) = following(year, month);
	}
	let mut due_dates = Vec::new();
	loop {
		let midnight = days(year, month, anchor_of(year, month)) * DAY;
		due_dates.push(midnight - offset);
		if midnight >= local + duration_days * DAY {
			return (due_dates, stub);
		}
		(year, month) = following(year, month);
	}
}

/// Loan of two tranches with level payments.
#[derive(Clone, Debug)]
pub struct Loan {
	pub origin: u64,
	pub due_dates: Vec<u64>,
	pub stub: bool,
	pub senior: u128,
	pub junior: u128,
	pub senior_rate: u128,
	pub junior_rate: u128,
	pub grace_rate: u128,
	pub grace_secs: u64,
	/// Servicing fee of a payment period as a share of the balance, in parts per billion.
	pub servicing: u128,
	/// Exit fee as a share of the prepaid principal, in parts per billion.
	pub exit: u128,
	pub senior_outstanding: u128,
	pub junior_outstanding: u128,
	/// Index of the oldest unpaid payment period.
	pub next: usize,
}

/// Cost of one payment period or of a prepayment, with its distribution.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Payment {
	pub principal: u128,
	pub interest: u128,
	pub late: u128,
	pub fee: u128,
	pub senior_principal: u128,
	pub senior_interest: u128,
	pub junior_interest: u128,
}

impl Payment {
	pub fn total(&self) -> u128 {
		self.principal + self.interest + self.late + self.fee
	}

	pub fn junior_principal(&self) -> u128 {
		self.principal - self.senior_principal
	}
}

impl Loan {
	pub fn balance(&self) -> u128 {
		self.senior_outstanding + self.junior_outstanding
	}

	/// Returns the rate of both tranches, weighted by their amounts at the draw.
	pub fn blended(&self) -> u128 {
		let weight = |rate: u128, amount: u128| U256::from(rate) * U256::from(amount);
		let sum = weight(self.senior_rate, self.senior) + weight(self.junior_rate, self.junior);
		(sum / U256::from(self.senior + self.junior)).as_u128()
	}

	/// Returns the length of payment period `k`, in seconds.
	fn period(&self, k: usize) -> u128 {
		let begins = if k == 0 { self.origin } else { self.due_dates[k - 1] };
		(self.due_dates[k] - begins).into()
	}

	/// Returns the interest and principal of the oldest unpaid payment period.
	fn installment(&self) -> (u128, u128) {
		let (k, count, balance) = (self.next, self.due_dates.len(), self.balance());
		let interest = ceil(balance, self.blended() * self.period(k), WAD);
		if k + 1 == count {
			return (interest, balance);
		}
		if k == 0 && self.stub {
			return (interest, 0);
		}
		let (mut growth, mut sum) = (WAD, U256::zero());
		for period in (k..count).rev() {
			sum += U256::from(growth);
			growth = floor(growth, WAD + self.blended() * self.period(period), WAD);
		}
		let level = (U256::from(balance) * U256::from(growth) / sum).as_u128();
		(interest, level.saturating_sub(interest).min(balance))
	}

	/// Returns the part of the junior in an interest.
	fn junior_interest(&self, interest: u128) -> u128 {
		let weight = |rate: u128, amount: u128| U256::from(rate) * U256::from(amount);
		let junior = weight(self.junior_rate, self.junior);
		let all = weight(self.senior_rate, self.senior) + junior;
		(U256::from(interest) * junior / all).as_u128()
	}

	/// Returns the part of the senior in a principal payment. `junior` is the part of the junior,
	/// which its outstanding limits.
	fn senior_of(&self, principal: u128, junior: u128) -> u128 {
		let junior = junior.min(self.junior_outstanding);
		(principal - junior).min(self.senior_outstanding)
	}

	/// Pays the oldest unpaid payment period at `now`.
	pub fn pay_period(&mut self, now: u64) -> Payment {
		self.pay_periods(now, 1)
	}

	/// Pays every payment period that has begun at `now`, at once.
	pub fn pay_begun(&mut self, now: u64) -> Payment {
		let over = self.due_dates.iter().filter(|due| **due < now).count();
		let begun = (over + 1).min(self.due_dates.len());
		self.pay_periods(now, begun - self.next)
	}

	/// Pays the oldest unpaid payment periods at `now`. What they cost together is split once.
	fn pay_periods(&mut self, now: u64, count: usize) -> Payment {
		let (mut interest, mut principal, mut late, mut fee) = (0, 0, 0, 0);
		let mut ahead = self.clone();
		for _ in 0..count {
			let (of_period, repaid) = ahead.installment();
			let secs = now.saturating_sub(ahead.due_dates[ahead.next]).min(ahead.grace_secs);
			interest += of_period;
			principal += repaid;
			late += ceil(ahead.balance(), ahead.grace_rate * u128::from(secs), WAD);
			fee += ceil(ahead.balance(), ahead.servicing, PPB);
			// The tranches do not matter for what is owed.
			let from_senior = repaid.min(ahead.senior_outstanding);
			ahead.senior_outstanding -= from_senior;
			ahead.junior_outstanding -= repaid - from_senior;
			ahead.next += 1;
		}
		let junior_interest = self.junior_interest(interest + late);
		let junior = floor(principal, self.junior, self.senior + self.junior);
		let senior_principal = self.senior_of(principal, junior);
		self.senior_outstanding -= senior_principal;
		self.junior_outstanding -= principal - senior_principal;
		self.next += count;
		let senior_interest = interest + late - junior_interest;
		Payment {
			principal,
			interest,
			late,
			fee,
			senior_principal,
			senior_interest,
			junior_interest,
		}
	}

	/// Prepays with `budget`, which is less than the balance.
	pub fn prepay(&mut self, budget: u128) -> Payment {
		let principal = floor(budget, PPB, PPB + self.exit);
		let fee = ceil(principal, self.exit, PPB);
		let senior = floor(principal, self.senior, self.senior + self.junior);
		let senior_principal = self.senior_of(principal, principal - senior);
		self.senior_outstanding -= senior_principal;
		self.junior_outstanding -= principal - senior_principal;
		Payment { principal, fee, senior_principal, ..Payment::default() }
	}

	/// Returns the interest accrued at `now` in the current payment period. All payment periods
	/// before it are paid.
	pub fn earned_in_running_period(&self, now: u64) -> u128 {
		let begins = if self.next == 0 { self.origin } else { self.due_dates[self.next - 1] };
		ceil(self.balance(), self.blended() * u128::from(now - begins), WAD)
	}
}
