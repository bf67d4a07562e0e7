// SPDX-License-Identifier: Apache-2.0

//! Thefts by a single registered key, or by a borrower alone, in figures that others rely on:
//! appraisals, revenue and papers.

#![allow(missing_docs)]

mod common;

use caliber_primitives::{
	appraisal::Independent, credit::LineState, titles::Ineligibility, LineId, USD,
};
use caliber_runtime::{Appraisal, Credit, Runtime, RuntimeCall, Titles, Vault};
use common::{lines::*, server::*, *};
use pallet_caliber_credit::Call as CreditCall;
use pallet_caliber_titles::{Call as TitlesCall, Error as TitlesError};
use pallet_caliber_vault::Call as VaultCall;
use polkadot_sdk::{pallet_utility, sp_core::H256, sp_runtime::FixedU128};

/// Calls one after the other, those that fail left out.
fn one_batch(calls: Vec<RuntimeCall>) -> RuntimeCall {
	pallet_utility::Call::force_batch { calls }.into()
}

/// Savings of 100 000, of which half is in the queue; a line that owes 50 000.
fn queued() -> LineId {
	buy_usdai(&saver(), 100_000);
	buy_usdai(&curator(), 100_000);
	buy_usdai(&borrower(), 100_000);
	submit_ok(&saver(), VaultCall::deposit { assets: 100_000 * USD, min_shares: 0 });
	feed_usual_prices();
	let line = open_line(server(&borrower(), 1));
	submit_ok(&borrower(), CreditCall::draw { line, amount: 50_000 * USD });
	submit_ok(&saver(), VaultCall::request_redemption { shares: 50_000 * USD, least_price: None });
	line
}

/// One appraiser, one batch: the title is worth nothing while the window settles. `filed` is the time
/// before the close of the window at which an appraisal was filed already.
fn settle_while_one_appraiser_speaks(filed: Option<u64>) {
	run_live(|| {
		let line = queued();
		let close = Vault::window().closes_at;
		set_time(START + 14 * DAY);
		let max_amount = Credit::due(LOAN).unwrap().total;
		submit_ok(&borrower(), CreditCall::repay { loan: LOAN, max_amount });
		if let Some(before) = filed {
			pass_to(close - before);
			submit_ok(&appraiser(), appraise(1));
		}
		pass_to(close);
		let fair = Vault::preview_redeem(50_000 * USD).unwrap();
		assert!(fair >= 50_000 * USD);

		let steps = vec![
			appraise(1).into(),
			CreditCall::declare_breach { line }.into(),
			VaultCall::start_settlement {}.into(),
			TitlesCall::withdraw_appraisal { title: TITLE, appraisal: 0 }.into(),
			TitlesCall::withdraw_appraisal { title: TITLE, appraisal: 1 }.into(),
			CreditCall::cure { line }.into(),
		];
		turn_round();
		submit_ok(&appraiser(), one_batch(steps));
		submit_ok(&borrower(), VaultCall::settle { max_requests: 10 });
		let before = usdai_of(&saver());
		submit_ok(&saver(), VaultCall::claim { id: 0, amount: None });
		assert_eq!(usdai_of(&saver()) - before, fair);
		assert!(matches!(Credit::line(line).unwrap().state, LineState::Open));
	});
}

#[test]
fn settlement_should_not_pay_less_because_one_appraiser_spoke() {
	settle_while_one_appraiser_speaks(None);
}

#[test]
fn settlement_should_not_pay_less_because_one_appraiser_spoke_two_days_before() {
	settle_while_one_appraiser_speaks(Some(2 * DAY));
}

#[test]
fn one_appraiser_should_lower_the_value_to_that_of_a_forced_sale_after_a_day() {
	run_live(|| {
		let line = queued();
		let value = || Appraisal::appraise(TITLE).unwrap().value;
		assert_eq!(value(), VALUE);
		submit_ok(&appraiser(), appraise(1));
		assert_eq!(value(), VALUE);
		// New debt looks at once: 87 984 at 70 % are 61 588, less than 1.1 times 1.15 times 56 000.
		submit_err(
			&borrower(),
			CreditCall::draw { line, amount: 6_000 * USD },
			pallet_caliber_credit::Error::<Runtime>::InsufficientCoverage,
		);
		pass_to(START + DAY - 1);
		assert_eq!(value(), VALUE);
		pass_to(START + DAY);
		assert_eq!(value(), FORCED_SALE);
		// Milliseconds are no seconds.
		submit_err(
			&appraiser(),
			TitlesCall::file_appraisal {
				title: TITLE,
				value: USD,
				document: H256::zero(),
				valid_until: 1_000 * (now() + 60 * DAY),
			},
			TitlesError::<Runtime>::TimeTooFar,
		);
	});
}

/// The money goes round: into the reserve of the line, out of it, and in again.
#[test]
fn revenue_round_trip_should_not_count() {
	run_live(|| {
		let line = open_funded_line(100_000);
		submit_ok(&borrower(), CreditCall::draw { line, amount: 50_000 * USD });
		let dscr = || Credit::line(line).unwrap().dscr.unwrap();
		assert_eq!(dscr(), FixedU128::from_u32(0));
		let once = || -> [RuntimeCall; 2] {
			let amount = 10_000 * USD;
			[
				TitlesCall::pay_revenue { title: TITLE, amount }.into(),
				CreditCall::withdraw_reserve { line, amount }.into(),
			]
		};
		let calls = (0..50).flat_map(|_| once()).collect();
		let before = usdai_of(&borrower());
		submit_ok(&borrower(), pallet_utility::Call::batch_all { calls });
		assert_eq!(usdai_of(&borrower()), before);
		assert_eq!(dscr(), FixedU128::from_u32(0));
		let report = Titles::title(TITLE).unwrap();
		assert_eq!((report.revenue_total, report.revenue_earned), (500_000 * USD, 0));

		// Another account of the borrower's is none that governance knows.
		buy_usdai(&verifier(), 10_000);
		submit_ok(&verifier(), TitlesCall::pay_revenue { title: TITLE, amount: 10_000 * USD });
		assert_eq!(dscr(), FixedU128::from_u32(0));
		// What a registered off-taker pays counts.
		buy_usdai(&off_taker(), 10_000);
		submit_ok(&off_taker(), TitlesCall::pay_revenue { title: TITLE, amount: 10_000 * USD });
		assert!(dscr() > FixedU128::from_u32(0));
		assert_eq!(Titles::title(TITLE).unwrap().earned_trailing_year, 10_000 * USD);
	});
}

#[test]
fn struck_appraisal_should_bring_no_new_debt() {
	run_live(|| {
		let line = queued();
		submit_ok(&appraiser(), appraise(1));
		referendum_decides(TitlesCall::strike_appraisal { title: TITLE, appraisal: 0 });
		assert_eq!(Titles::title(TITLE).unwrap().independent, Independent::NONE);
		let draw = || CreditCall::draw { line, amount: 1_000 * USD };
		let refused = submit(&borrower(), draw()).map(drop).map_err(|failed| failed.error);
		assert!(refused.is_err());
		pass_to(START + 14 * DAY - 1);
		assert_eq!(Titles::eligibility(TITLE), Err(Ineligibility::Encumbered));
		assert!(submit(&borrower(), draw()).is_err());
		assert!(matches!(Credit::line(line).unwrap().state, LineState::Open));
		pass_to(START + 14 * DAY);
		submit_ok(&borrower(), draw());
	});
}
