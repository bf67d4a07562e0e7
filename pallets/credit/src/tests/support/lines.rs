// SPDX-License-Identifier: Apache-2.0

//! Lines and loans: offered, accepted, drawn, repaid, brought into trouble.

use crate::{
	impls::LineOp, tests::mock::*, Event, LineRecordOf, Lines, LoanRecord, NextLineId, Titles,
};
use caliber_primitives::{
	credit::{Breach, BreachReason, LineState, LineTerms},
	titles::Ineligibility,
	Balance, LineId, LoanId, TitleId, USD,
};
use caliber_testkit as testkit;
use polkadot_sdk::{
	frame_support::{assert_ok, traits::Hooks, weights::Weight},
	sp_runtime::{DispatchError, DispatchResult},
};

/// Room for all work of an idle block.
pub const PLENTY: Weight = Weight::from_parts(u64::MAX, u64::MAX);

pub fn offer_by(curator: AccountId, borrower: AccountId, terms: LineTerms) -> LineId {
	let line = NextLineId::<Test>::get();
	assert_ok!(Credit::offer_line(
		RuntimeOrigin::signed(curator),
		borrower,
		terms,
		now() + 7 * DAY
	));
	line
}

pub fn offer(terms: LineTerms) -> LineId {
	offer_by(CURATOR, BORROWER, terms)
}

pub fn titles(ids: &[TitleId]) -> Titles {
	ids.to_vec().try_into().expect("few titles")
}

pub fn accept(
	borrower: AccountId,
	line: LineId,
	terms: &LineTerms,
	ids: &[TitleId],
) -> DispatchResult {
	let hash = Credit::terms_hash(terms);
	Credit::accept_line(RuntimeOrigin::signed(borrower), line, hash, titles(ids))
}

/// A line of the borrower over title 1, worth two millions.
pub fn open(terms: LineTerms) -> LineId {
	let line = offer(terms);
	assert_ok!(accept(BORROWER, line, &terms, &[1]));
	line
}

/// Lines over titles of their own, from 100 on, with a loan of 10 000 each.
pub fn small_lines(count: u32) -> Vec<LineId> {
	(0..count)
		.map(|index| {
			new_title(100 + index, BORROWER, 2_000_000 * USD);
			let mut terms = bare_terms();
			terms.limit = 10_000 * USD;
			let line = offer(terms);
			assert_ok!(accept(BORROWER, line, &terms, &[100 + index]));
			draw(line, 10_000 * USD);
			line
		})
		.collect()
}

/// An idle block of no more than `limit`. Returns the weight of its work.
pub fn idle(limit: Weight) -> Weight {
	let used = Credit::on_idle(1, limit);
	assert!(used.all_lte(limit), "{used} of {limit}");
	used
}

/// A turn of the round over the lines, by anyone.
pub fn turn(lines: u32) -> DispatchResult {
	Credit::turn_round(RuntimeOrigin::signed(ANYONE), lines).map(drop).map_err(|e| e.error)
}

/// Take an open line to a state in trouble, as if what leads there had happened.
pub fn bring_to(line_id: LineId, state: LineState) {
	let steps = [LineState::Breached, LineState::Defaulted, LineState::Liquidating];
	let before = line(line_id);
	let from = steps.iter().position(|step| *step == before.state).map_or(0, |at| at + 1);
	let until = steps.iter().position(|step| *step == state).expect("a state in trouble");
	for step in &steps[from..=until] {
		let mut line = line(line_id);
		if *step == LineState::Liquidating {
			// A line that is whole is not sold.
			set_ineligible(line.titles[0], Some(Ineligibility::CustodyStale));
			assert_ok!(Credit::start_auction(RuntimeOrigin::signed(ANYONE), line_id));
			set_ineligible(line.titles[0], None);
			return;
		}
		let cure_until = now() + line.terms.cure_period;
		line.breach = Some(Breach { reason: BreachReason::Coverage, since: now(), cure_until });
		let mut op = LineOp::<Test>::new(line_id, line);
		assert_ok!(op.transition(*step));
		op.commit();
	}
}

pub fn draw(line_id: LineId, amount: Balance) -> LoanId {
	let loan = loan_id(line_id, line(line_id).next_loan);
	assert_ok!(Credit::draw(RuntimeOrigin::signed(BORROWER), line_id, amount));
	loan
}

pub fn repay(loan: LoanId, max_amount: Balance) -> Result<Balance, DispatchError> {
	let before = usd(ANYONE);
	Credit::repay(RuntimeOrigin::signed(ANYONE), loan, max_amount).map_err(|e| e.error)?;
	Ok(before - usd(ANYONE))
}

pub fn line(id: LineId) -> LineRecordOf<Test> {
	Lines::<Test>::get(id).expect("the line exists")
}

/// The id of a loan of a line.
pub const fn loan_id(line: LineId, number: u32) -> LoanId {
	LoanId { line, number }
}

/// A loan; none once it is repaid.
pub fn loan(id: LoanId) -> Option<LoanRecord> {
	Lines::<Test>::get(id.line)?.loan(id.number).cloned()
}

/// A loan that is outstanding.
pub fn loan_record(id: LoanId) -> LoanRecord {
	loan(id).expect("the loan exists")
}

/// The ids of the loans of a line; none once it is gone.
pub fn loans_of(line_id: LineId) -> Vec<LoanId> {
	Lines::<Test>::get(line_id).map_or_else(Vec::new, |line| line.loan_ids(line_id).collect())
}

/// All loans.
pub fn all_loans() -> Vec<LoanId> {
	Lines::<Test>::iter_keys().flat_map(loans_of).collect()
}

pub fn balance_of(id: LoanId) -> Balance {
	loan(id).map_or(0, |loan| loan.outstanding.senior + loan.outstanding.junior)
}

/// The events of this pallet, oldest first, which are then forgotten.
pub fn take_events() -> Vec<Event<Test>> {
	testkit::take_events::<Test, _>()
}
