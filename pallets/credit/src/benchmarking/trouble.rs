// SPDX-License-Identifier: Apache-2.0

//! Lines in trouble and loans of some age, for the benchmarks of what happens to them.

use super::{drawn, funded, limit, opened, terms, WINDOW};
use crate::{
	pallet::*,
	sp_runtime::FixedU128,
	types::{LoanRecord, MAX_TITLES},
	BenchmarkHelper,
};
use alloc::vec::Vec;
use caliber_math::{tranche::Split, MAX_INSTALLMENTS};
use caliber_primitives::{
	credit::{Breach, BreachReason, LineState, LineTerms},
	traits::{Encumber, SeniorLender},
	Balance, LineId, LoanId, ModelId, Seconds,
};
use polkadot_sdk::frame_support::{
	assert_ok,
	traits::{fungible::Mutate, Get},
};

/// Change a line.
pub(super) fn change<T: Config>(
	line: LineId,
	change: impl FnOnce(&mut crate::LineRecord<T::AccountId>),
) {
	Lines::<T>::mutate(line, |record| change(record.as_mut().expect("the line was opened")));
}

/// Let a whole term pass before anything begins, so that loans can be as old as they may.
pub(super) fn late_start<T: Config>() {
	let term = WINDOW.checked_mul(MAX_INSTALLMENTS.into()).expect("a term fits");
	let later = Pallet::<T>::now().checked_add(term).expect("a term fits");
	T::BenchmarkHelper::set_time(later);
}

/// A line with `titles` titles and `loans` loans, and its borrower.
pub(super) fn in_debt<T: Config>(titles: u32, loans: u32) -> (T::AccountId, T::AccountId, LineId) {
	let (curator, borrower) = (funded::<T>("curator"), funded::<T>("borrower"));
	let line = opened::<T>(&curator, &borrower, MAX_TITLES);
	for _ in 0..loans {
		drawn::<T>(&borrower, line);
	}
	// As many titles as it takes to draw, then no more than were asked for.
	keep_titles::<T>(line, titles);
	(curator, borrower, line)
}

/// Free all titles of a line but the first `titles`, covered or not.
pub(super) fn keep_titles<T: Config>(line: LineId, titles: u32) {
	change::<T>(line, |record| {
		for title in record.titles.iter().skip(titles as usize) {
			assert_ok!(T::Titles::release(*title, line));
		}
		record.titles.truncate(titles as usize);
	});
}

/// Ask for next to no coverage: one title is enough then.
pub(super) fn ask_for_no_coverage<T: Config>(line: LineId) {
	change::<T>(line, |record| {
		record.terms.maintenance_coverage = FixedU128::from_inner(1);
	});
}

/// Let the debt of a line stand against `models` models.
pub(super) fn spread<T: Config>(line: LineId, models: u32) {
	change::<T>(line, |record| {
		for (model, _) in record.exposure.iter() {
			OutstandingByModel::<T>::remove(model);
		}
		let one: Balance = 1;
		let others = Balance::from(models.max(1) - 1);
		let parts: Vec<(ModelId, Balance)> = (0..models)
			.map(|index| {
				let part = if index == 0 { record.outstanding - others } else { one };
				(ModelId::MAX - index, part)
			})
			.collect();
		for (model, part) in &parts {
			OutstandingByModel::<T>::insert(model, part);
		}
		record.exposure = parts.try_into().expect("no more models than titles");
	});
}

/// Bring a line into breach, with nothing to be expected of its titles.
pub(super) fn breach<T: Config>(line: LineId) {
	let mut record = Lines::<T>::get(line).expect("the line was opened");
	let since = Pallet::<T>::now();
	record.breach = Some(Breach { reason: BreachReason::Coverage, since, cure_until: 0 });
	record.recovery = 0;
	assert_ok!(Pallet::<T>::transition(line, &mut record, LineState::Breached));
	Lines::<T>::insert(line, record);
}

/// Bring a line that is in breach into default.
pub(super) fn default<T: Config>(line: LineId) {
	let mut record = Lines::<T>::get(line).expect("the line was opened");
	assert_ok!(Pallet::<T>::transition(line, &mut record, LineState::Defaulted));
	Lines::<T>::insert(line, record);
}

/// Withhold something from the curator of a line that is in default.
pub(super) fn withhold<T: Config>(line: LineId) {
	let amount = T::MinDraw::get();
	assert_ok!(T::UsdAi::mint_into(&Pallet::<T>::account_id(), amount));
	change::<T>(line, |record| record.withheld = amount);
}

/// Ask for more coverage than any titles give.
pub(super) fn break_coverage<T: Config>(line: LineId) {
	change::<T>(line, |record| {
		record.terms.maintenance_coverage = FixedU128::from_u32(1_000_000_000);
	});
}

/// Let a loan have been drawn so many windows ago.
pub(super) fn age<T: Config>(loan: LoanId, windows: u32) {
	let record = Loans::<T>::get(loan).expect("the loan was drawn");
	let terms = Lines::<T>::get(record.line).expect("the loan has a line").terms.loan;
	let passed = WINDOW.checked_mul(windows.into()).expect("a term fits");
	let originated_at = record.originated_at.checked_sub(passed).expect("it began late");
	let older = LoanRecord { originated_at, ..record.clone() };
	let accrual = |loan: &LoanRecord| loan.accrual(&terms).expect("a loan earns");
	assert_ok!(T::Senior::rebook(accrual(&record), accrual(&older)));
	Loans::<T>::insert(loan, older);
}

/// Loans without meaning, for a line that has to look at all of its loans.
pub(super) fn fill_loans<T: Config>(line: LineId, count: u32) {
	let terms = terms::<T>(Seconds::MAX).loan;
	for _ in 0..count {
		let id = NextLoanId::<T>::get();
		NextLoanId::<T>::put(id + 1);
		let loan = LoanRecord {
			line,
			tranches: crate::types::tranches_of(&terms, limit::<T>(), 1),
			left: Split { senior: 1, junior: 1 },
			originated_at: Pallet::<T>::now(),
			next_window: 0,
		};
		Loans::<T>::insert(id, loan);
		change::<T>(line, |record| {
			record.loans.try_push(id).expect("no more loans than a line may have");
		});
	}
}

/// Terms that are not those of the line, under which all of its loans fit.
pub(super) fn other_terms<T: Config>() -> LineTerms {
	let mut terms = terms::<T>(Seconds::MAX);
	terms.limit = limit::<T>().checked_mul(2).expect("the least draw is small");
	// One title is enough.
	terms.maintenance_coverage = FixedU128::from_u32(1);
	terms
}
