// SPDX-License-Identifier: Apache-2.0

//! Line of a year against one server, at the tempo of a live chain.

use super::{
	borrower, buy_usdai, curator, custodian, feed_usual_prices, now, saver, server, submit_ok, DAY,
};
use caliber_math::{
	calendar::Calendar,
	schedule::{Amortization, Fee},
};
use caliber_primitives::{
	credit::{FeeRecipient, FeeTerm, LineTerms, LoanFees, LoanTerms},
	governance::values::RuleValue,
	LoanId, USD,
};
use caliber_runtime::{Balance, Runtime, RuntimeCall, RuntimeOrigin};
use pallet_caliber_governance::Change;
use polkadot_sdk::{
	frame_support::assert_ok,
	sp_core::H256,
	sp_io::hashing::blake2_256,
	sp_runtime::{traits::Dispatchable, FixedU128, Perbill},
};

/// First loan of the first line.
pub const LOAN: LoanId = LoanId { line: 0, number: 0 };

fn no_fee() -> FeeTerm {
	FeeTerm { fee: Fee::None, recipient: FeeRecipient::Treasury }
}

/// Returns the terms of the line: a year, due on the 15th of each month, level payments; senior at
/// 10 %, junior at 15 %.
pub fn terms() -> LineTerms {
	LineTerms {
		limit: 60_000 * USD,
		revolving: false,
		availability_end: now() + 30 * DAY,
		advance_rate: Perbill::from_percent(70),
		maintenance_coverage: FixedU128::from_rational(11, 10),
		cure_period: 7 * DAY,
		reserve_installments: 3,
		loan: LoanTerms {
			calendar: Calendar::Monthly { day: 15, utc_offset_secs: 0, duration_days: 340 },
			amortization: Amortization::Level,
			stub_amortizes: false,
			senior_apr: FixedU128::from_rational(10, 100),
			junior_apr: FixedU128::from_rational(15, 100),
			first_loss: Perbill::from_percent(10),
			grace_apr: FixedU128::from_rational(5, 100),
			grace_period: 10 * DAY,
			fees: LoanFees {
				origination: FeeTerm {
					fee: Fee::Share(10_000_000),
					recipient: FeeRecipient::Treasury,
				},
				servicing: no_fee(),
				exit: no_fee(),
				liquidation: no_fee(),
			},
		},
	}
}

/// Lets governance make rounds of auctions three days long, for lines that open from now on.
pub fn shorten_rounds() {
	let changes = vec![Change::Rules(RuleValue::AuctionDuration(3 * DAY))].try_into().unwrap();
	let set = RuntimeCall::from(pallet_caliber_governance::Call::set { changes });
	assert_ok!(set.dispatch(RuntimeOrigin::root()));
}

/// Offers and accepts a line on `title`, whose custodian acknowledges the pledge. Returns its id.
pub fn open_line(title_id: u32) -> u32 {
	open_line_on(terms(), title_id)
}

/// Offers and accepts a line of these terms on `title`, whose custodian acknowledges the pledge.
/// Returns its id.
pub fn open_line_on(terms: LineTerms, title_id: u32) -> u32 {
	let line_id = accept_line_on(terms, title_id);
	acknowledge(line_id);
	line_id
}

/// Has governance allow draws that leave no more than the maintenance coverage: for tests of losses.
pub fn allow_draws_without_cushion() {
	pallet_caliber_governance::CreditArea::<Runtime>::mutate(|area| {
		area.values.draw_cushion = polkadot_sdk::sp_runtime::FixedU128::from_u32(1);
	});
}

/// Offers and accepts a line on `title`. Returns its id.
pub fn accept_line(title_id: u32) -> u32 {
	accept_line_on(terms(), title_id)
}

fn accept_line_on(terms: LineTerms, title_id: u32) -> u32 {
	let line_id = pallet_caliber_credit::NextLineId::<Runtime>::get();
	submit_ok(
		&curator(),
		pallet_caliber_credit::Call::offer_line {
			borrower: borrower(),
			terms,
			expires_at: now() + DAY,
		},
	);
	let terms_hash = H256(blake2_256(&codec::Encode::encode(&terms)));
	submit_ok(
		&borrower(),
		pallet_caliber_credit::Call::accept_line {
			line: line_id,
			terms_hash,
			titles: vec![title_id].try_into().unwrap(),
		},
	);
	line_id
}

/// Has the custodian acknowledge the pledge of the titles of a line.
pub fn acknowledge(line: u32) {
	submit_ok(&custodian(), pallet_caliber_titles::Call::acknowledge_pledge { line });
}

/// Provides the savings, the capital and the title of a line, and `dollars` for the borrower. Opens
/// the line and returns its id.
pub fn open_funded_line(dollars: Balance) -> u32 {
	fund(dollars);
	open_line(server(&borrower(), 1))
}

/// Provides the savings and the capital of a line, `dollars` for the borrower, and prices.
pub fn fund(dollars: Balance) {
	buy_usdai(&saver(), 500_000);
	buy_usdai(&curator(), 100_000);
	buy_usdai(&borrower(), dollars);
	submit_ok(
		&saver(),
		pallet_caliber_vault::Call::deposit { assets: 500_000 * USD, min_shares: 0 },
	);
	feed_usual_prices();
}
