// SPDX-License-Identifier: Apache-2.0

//! Every figure of 500 loans against a second calculator (`vectors/generate.mjs`), which shares
//! neither code nor language with this crate. The fields of its lines are explained there.

use caliber_math::{
	late_interest, per_second_rate, share_of, AllocationRequest, Amortization, Calendar, Fee,
	Horizon, LateTerms, Progress, Rounding, Schedule, Split, Tranches, WAD,
};

const LOANS: &str = include_str!("vectors/loans.csv");

/// Line of the file: its kind and its fields.
struct Line<'a> {
	number: usize,
	kind: &'a str,
	fields: Vec<&'a str>,
}

impl Line<'_> {
	fn parse<N: core::str::FromStr>(&self, field: usize) -> N {
		self.fields[field]
			.parse()
			.unwrap_or_else(|_| panic!("line {}: field {field} is no number", self.number))
	}

	fn amount(&self, field: usize) -> u128 {
		self.parse(field)
	}

	/// Asserts that the fields from `first` on are `ours`.
	fn assert(&self, first: usize, ours: &[u128]) {
		for (field, ours) in (first..).zip(ours) {
			assert_eq!(
				*ours,
				self.amount(field),
				"line {}: {} field {field}",
				self.number,
				self.kind
			);
		}
	}
}

/// Loan of the first line of a group, and its state after the payments so far.
struct Loan {
	schedule: Schedule,
	tranches: Tranches,
	late: LateTerms,
	servicing: Fee,
	principal: u128,
	period: u32,
	left: Split,
	prepaid: bool,
	/// The loan after the payments of any amount so far, which begin anew.
	taken: Taken,
}

/// A loan of which any amounts were paid.
struct Taken {
	first_unpaid: u32,
	balance: u128,
	progress: Progress,
}

fn calendar_of(text: &str) -> Calendar {
	let parts: Vec<&str> = text.split(':').collect();
	let number = |index: usize| parts[index].parse::<i64>().expect("a calendar is of numbers");
	match parts[0] {
		"M" => Calendar::Monthly {
			day: number(1) as u8,
			utc_offset_secs: number(2) as i32,
			duration_days: number(3) as u32,
		},
		"E" => Calendar::Every { seconds: number(1) as u64, periods: number(2) as u32 },
		other => panic!("no calendar begins with {other}"),
	}
}

impl Loan {
	fn new(line: &Line) -> Self {
		let principal = line.amount(4);
		let junior = share_of(principal, line.parse(5), Rounding::Up).unwrap();
		let tranches = Tranches {
			senior: principal - junior,
			junior,
			senior_rate: per_second_rate(line.amount(6)),
			junior_rate: per_second_rate(line.amount(7)),
		};
		Self {
			schedule: Schedule {
				calendar: calendar_of(line.fields[0]),
				amortization: match line.fields[1] {
					"linear" => Amortization::Linear,
					"level" => Amortization::Level,
					"bullet" => Amortization::Bullet,
					other => panic!("no amortization is called {other}"),
				},
				stub_amortizes: line.fields[2] == "1",
				originated_at: line.parse(3),
				rate_per_second: tranches.blended_rate().unwrap(),
			},
			tranches,
			late: LateTerms {
				grace_rate_per_second: per_second_rate(line.amount(8)),
				grace_period_secs: line.parse(9),
			},
			servicing: Fee::Share(line.parse(10)),
			principal,
			period: 0,
			left: Split { senior: principal - junior, junior },
			prepaid: false,
			taken: Taken { first_unpaid: 0, balance: principal, progress: Progress::NONE },
		}
	}

	/// Returns true if the first payment period is a stub, as a schedule shows it: where stubs do
	/// not amortise and other payment periods follow, a stub pays no principal. `None` for a single
	/// payment period, which shows nothing.
	fn has_stub(&self) -> Option<bool> {
		let linear =
			Schedule { amortization: Amortization::Linear, stub_amortizes: false, ..self.schedule };
		let several = linear.count().unwrap() > 1;
		several.then(|| linear.installment(0, WAD).unwrap().principal == 0)
	}

	fn check_rates(&self, line: &Line) {
		line.assert(
			0,
			&[
				self.tranches.senior,
				self.tranches.junior,
				self.tranches.senior_rate,
				self.tranches.junior_rate,
				self.schedule.rate_per_second,
				self.late.grace_rate_per_second,
				self.schedule.count().unwrap().into(),
			],
		);
		if let Some(has_stub) = self.has_stub() {
			line.assert(7, &[has_stub.into()]);
		}
	}

	fn take(&mut self, parts: Split) {
		self.left = Split {
			senior: self.left.senior - parts.senior,
			junior: self.left.junior - parts.junior,
		};
	}

	fn check_payment(&mut self, line: &Line) {
		let Schedule { calendar, originated_at, .. } = self.schedule;
		let balance = self.left.total().unwrap();
		let row = self.schedule.installment(self.period, balance).unwrap();
		if !self.prepaid {
			// The table of a loan that nobody prepays says the same.
			let table = self.schedule.installments(self.principal).unwrap();
			assert_eq!(table[self.period as usize], row, "line {}", line.number);
		}
		let begins = calendar.period_start(originated_at, self.period).unwrap();
		let mut interest = row.interest;
		if line.fields.len() > 5 {
			let paid_at = row.due_at + line.parse::<u64>(5);
			let late = late_interest(balance, &self.late, row.due_at, 0, paid_at).unwrap();
			line.assert(6, &[late]);
			interest += late;
		}
		let principal = self.tranches.split_principal(row.principal, self.left).unwrap();
		let interest = self.tranches.split_interest(interest).unwrap();
		line.assert(
			0,
			&[
				(row.due_at - begins).into(),
				row.principal,
				row.interest,
				principal.junior,
				interest.junior,
			],
		);
		self.take(principal);
		assert_eq!(self.left.total(), Ok(row.balance_after), "line {}", line.number);
		self.period += 1;
	}

	fn check_prepayment(&mut self, line: &Line) {
		let split = self.tranches.split_prepayment(line.amount(0), self.left).unwrap();
		line.assert(1, &[split.junior]);
		self.take(split);
		self.prepaid = true;
	}

	fn check_allocation(&self, line: &Line, horizon: Horizon) {
		let request = AllocationRequest {
			first_unpaid: 0,
			balance: self.principal,
			progress: Progress::NONE,
			now: line.parse(0),
			late: self.late,
			servicing: self.servicing,
			horizon,
			budget: None,
		};
		let allocation = self.schedule.allocate(&request).unwrap();
		line.assert(
			1,
			&[
				allocation.periods.into(),
				allocation.principal,
				allocation.interest,
				allocation.late_interest,
				allocation.servicing,
			],
		);
	}

	fn check_taken(&mut self, line: &Line) {
		let Taken { first_unpaid, balance, progress } = self.taken;
		let request = AllocationRequest {
			first_unpaid,
			balance,
			progress,
			now: line.parse(0),
			late: self.late,
			servicing: self.servicing,
			horizon: if line.fields[1] == "1" { Horizon::Reached } else { Horizon::Begun },
			budget: Some(line.amount(2)),
		};
		let allocation = self.schedule.allocate(&request).unwrap();
		line.assert(
			3,
			&[
				allocation.periods.into(),
				allocation.principal,
				allocation.interest,
				allocation.late_interest,
				allocation.servicing,
				allocation.balance_after,
			],
		);
		self.taken = Taken {
			first_unpaid: first_unpaid + allocation.periods,
			balance: allocation.balance_after,
			progress: allocation.progress,
		};
	}

	fn check_accrued(&self, line: &Line) {
		let rest = self.principal - line.amount(2);
		let (next, now) = (line.parse(1), line.parse(0));
		let accrued = self.schedule.accrued(next, rest, &Progress::NONE, now).unwrap();
		line.assert(6, &[accrued]);
	}
}

#[test]
fn loans_should_be_those_of_the_second_calculator() {
	let mut loan: Option<Loan> = None;
	let mut loans = 0;
	for (index, text) in LOANS.lines().enumerate() {
		let mut fields = text.split(',');
		let kind = fields.next().unwrap_or_default();
		let line = Line { number: index + 1, kind, fields: fields.collect() };
		if kind == "loan" {
			loans += 1;
			loan = Some(Loan::new(&line));
			continue;
		}
		let loan = loan.as_mut().expect("a loan comes first");
		match kind {
			"rate" => loan.check_rates(&line),
			"pay" => loan.check_payment(&line),
			"pre" => loan.check_prepayment(&line),
			"due" => {
				assert_eq!(loan.left, Split::default(), "line {}: not repaid", line.number);
				loan.check_allocation(&line, Horizon::Reached);
				loan.check_accrued(&line);
			}
			"run" => loan.check_allocation(&line, Horizon::Begun),
			"take" => loan.check_taken(&line),
			other => panic!("line {}: nothing is called {other}", line.number),
		}
	}
	assert_eq!(loans, 500);
}
