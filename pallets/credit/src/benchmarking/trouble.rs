// SPDX-License-Identifier: Apache-2.0

//! Lines in trouble and loans of some age, for the benchmarks of what happens to them.

use super::{drawn, funded, limit, min_draw, opened, terms, PERIOD};
use crate::{
	impls::LineOp,
	pallet::*,
	sp_runtime::FixedU128,
	types::{LineRecordOf, LoanRecord, MAX_TITLES},
	BenchmarkHelper,
};
use alloc::vec::Vec;
use caliber_math::{tranche::Split, Progress, MAX_INSTALLMENTS};
use caliber_primitives::{
	credit::{Breach, BreachReason, LineState, LineTerms},
	traits::{Encumber, LineRules, SeniorLender, Settlement, TitleValue},
	Balance, LineId, ModelId,
};
use polkadot_sdk::frame_support::{assert_ok, traits::fungible::Mutate};

/// Changes a line.
pub(super) fn change<T: Config>(line_id: LineId, change: impl FnOnce(&mut LineRecordOf<T>)) {
	Lines::<T>::mutate(line_id, |line| change(line.as_mut().expect("the line was opened")));
}

/// Lets a whole term pass before anything begins, so that loans can be as old as they may.
pub(super) fn late_start<T: Config>() {
	let term = PERIOD.checked_mul(MAX_INSTALLMENTS.into()).expect("a term fits");
	let later = Pallet::<T>::now().checked_add(term).expect("a term fits");
	T::BenchmarkHelper::set_time(later);
}

/// A line with `titles` titles and `loans` loans, and its borrower.
pub(super) fn in_debt<T: Config>(titles: u32, loans: u32) -> (T::AccountId, T::AccountId, LineId) {
	let (curator, borrower) = (funded::<T>("curator"), funded::<T>("borrower"));
	let line_id = opened::<T>(&curator, &borrower, MAX_TITLES);
	for _ in 0..loans {
		drawn::<T>(&borrower, line_id);
	}
	// As many titles as it takes to draw, then no more than were asked for.
	keep_titles::<T>(line_id, titles);
	(curator, borrower, line_id)
}

/// Free all titles of a line but the first `titles`, covered or not.
pub(super) fn keep_titles<T: Config>(line_id: LineId, titles: u32) {
	change::<T>(line_id, |line| {
		for title in line.titles.iter().skip(titles as usize) {
			assert_ok!(T::Titles::release(*title, line_id));
		}
		line.titles.truncate(titles as usize);
	});
}

/// Ask for next to no coverage: one title is enough then.
pub(super) fn ask_for_no_coverage<T: Config>(line_id: LineId) {
	change::<T>(line_id, |line| {
		line.terms.maintenance_coverage = FixedU128::from_inner(1);
	});
}

/// Let the debt of a line stand against `models` models, payments on each not being booked yet.
pub(super) fn spread<T: Config>(line_id: LineId, models: u32) {
	change::<T>(line_id, |line| {
		for (model, _) in line.exposure.iter() {
			OutstandingByModel::<T>::remove(model);
		}
		let parts: Vec<(ModelId, Balance)> = (0..models)
			.map(|index| {
				let part = if index == 0 { line.outstanding + 1 } else { 1 };
				(ModelId::MAX - index, part)
			})
			.collect();
		for (model, part) in &parts {
			OutstandingByModel::<T>::insert(model, part);
		}
		line.exposure = parts.try_into().expect("no more models than a line may have");
	});
}

/// Lets the present have another version of the rules, and of each model of a line, than the line:
/// its titles are valued by both where new debt is asked about.
pub(super) fn outdate<T: Config>(line_id: LineId) {
	let line = Lines::<T>::get(line_id).expect("the line was opened");
	let models: Vec<ModelId> = line.versions.models.iter().map(|(model, _)| *model).collect();
	T::BenchmarkHelper::make_versions(&models);
	let versions = line.versions;
	assert_ne!(T::Rules::version(), versions.rules);
	assert!(versions.models.iter().all(|(model, own)| T::Value::version(*model) != Some(*own)));
}

/// Take a line to another state.
fn transition<T: Config>(line_id: LineId, to: LineState) {
	let mut op = LineOp::<T>::load(line_id).expect("the line was opened");
	assert_ok!(op.transition(to));
	op.commit();
}

/// Bring a line into breach, with nothing to be expected of its titles.
pub(super) fn breach<T: Config>(line_id: LineId) {
	let since = Pallet::<T>::now();
	change::<T>(line_id, |line| {
		line.breach = Some(Breach { reason: BreachReason::Coverage, since, cure_until: 0 });
		line.recovery = 0;
	});
	transition::<T>(line_id, LineState::Breached);
}

/// Bring a line that is in breach into default.
pub(super) fn default<T: Config>(line_id: LineId) {
	transition::<T>(line_id, LineState::Defaulted);
}

/// Withhold something from the curator of a line that is in default.
pub(super) fn withhold<T: Config>(line_id: LineId) {
	let amount = min_draw::<T>();
	assert_ok!(T::UsdAi::mint_into(&Pallet::<T>::account_id(), amount));
	change::<T>(line_id, |line| line.junior_holdback = amount);
}

/// Takes the capital that is locked for the draws of a line away from its curator.
pub(super) fn lose_junior<T: Config>(line_id: LineId) {
	change::<T>(line_id, |line| {
		let locked = core::mem::take(&mut line.junior_locked);
		assert_ok!(Pallet::<T>::free_hold(HoldReason::JuniorCapital, &line.curator, locked));
	});
}

/// Ask for more coverage than any titles give.
pub(super) fn break_coverage<T: Config>(line_id: LineId) {
	change::<T>(line_id, |line| {
		line.terms.maintenance_coverage = FixedU128::from_u32(1_000_000_000);
	});
}

/// Let all loans of a line have been drawn so many payment periods ago.
pub(super) fn age<T: Config>(line_id: LineId, periods: u32) {
	change::<T>(line_id, |line| {
		let terms = line.terms.loan;
		let passed = PERIOD.checked_mul(periods.into()).expect("a term fits");
		for loan in line.loans.iter_mut() {
			let accrual = |loan: &LoanRecord| loan.accrual(&terms).expect("a loan earns");
			let old = accrual(loan);
			loan.originated_at = loan.originated_at.checked_sub(passed).expect("it began late");
			let new = accrual(loan);
			let paid_until = loan.originated_at;
			assert_ok!(T::Senior::settle(
				&Pallet::<T>::account_id(),
				Settlement { old, new, paid_until, ..Settlement::default() },
			));
		}
	});
}

/// Loans without meaning, for a line that has to look at all of its loans.
pub(super) fn fill_loans<T: Config>(line_id: LineId, count: u32) {
	let terms = terms::<T>().loan;
	change::<T>(line_id, |line| {
		for _ in 0..count {
			let loan = LoanRecord {
				number: line.next_loan,
				tranches: crate::types::tranches_of(&terms, limit::<T>(), 1),
				outstanding: Split { senior: 1, junior: 1 },
				originated_at: Pallet::<T>::now(),
				next_period: 0,
				progress: Progress::NONE,
				senior_paid: 0,
				prepaid: 0,
				booked_in: None,
				uncounted: 0,
				suspended: 0,
			};
			line.next_loan += 1;
			line.loans.try_push(loan).expect("no more loans than a line may have");
		}
	});
}

/// Terms that are not those of the line, under which all of its loans fit.
pub(super) fn other_terms<T: Config>() -> LineTerms {
	let mut terms = terms::<T>();
	terms.limit = limit::<T>().checked_mul(2).expect("the least draw is small");
	// One title is enough.
	terms.maintenance_coverage = FixedU128::from_u32(1);
	terms
}
