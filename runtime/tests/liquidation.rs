// SPDX-License-Identifier: Apache-2.0

//! Sales of titles on the runtime of the chain: what parties of a line would take from the savers, the
//! winner of a lot or the borrower.

#![allow(missing_docs)]

mod common;

use caliber_math::{calendar::Calendar, schedule::Fee};
use caliber_primitives::{
	credit::{FeeRecipient, FeeTerm, LineState, LineTerms, LoanTerms},
	LineId, USD,
};
use caliber_runtime::{accounts::TreasuryAccount, AccountId, Balance, Credit, Runtime, Vault};
use common::{lines::*, *};
use pallet_caliber_credit::{Call as CreditCall, Error as CreditError};
use polkadot_sdk::sp_runtime::Perbill;

fn treasury() -> AccountId {
	TreasuryAccount::get()
}

/// Draws 80 000 dollars against a server worth 135 360, due in parts every second day from now on,
/// without grace.
fn drawn(periods: u32, liquidation: FeeTerm) -> LineId {
	fund(20_000);
	allow_draws_without_cushion();
	let usual = terms();
	let mut fees = usual.loan.fees;
	fees.liquidation = liquidation;
	let terms = LineTerms {
		limit: 600_000 * USD,
		reserve_installments: 0,
		loan: LoanTerms {
			calendar: Calendar::Every { seconds: 2 * DAY, periods },
			grace_period: 0,
			first_loss: Perbill::from_percent(5),
			fees,
			..usual.loan
		},
		..usual
	};
	let line = open_line_on(terms, server(&borrower(), 1));
	submit_ok(&borrower(), CreditCall::draw { line, amount: 80_000 * USD });
	line
}

fn no_fee() -> FeeTerm {
	FeeTerm { fee: Fee::None, recipient: FeeRecipient::Treasury }
}

/// Declares the default in the first second and puts the lot up a day later, at the usual prices.
/// Returns the reserve price.
fn put_up(line: LineId) -> Balance {
	set_time(START + 2 * DAY + 1);
	submit_ok(&saver(), CreditCall::declare_default { loan: LOAN });
	let start = CreditCall::start_auction { line };
	submit_err(&saver(), start.clone(), CreditError::<Runtime>::SaleTooEarly);
	set_time(START + 3 * DAY + 1);
	feed_usual_prices();
	submit_ok(&saver(), start);
	let auction = Credit::auction(line).unwrap();
	// Four fifths of what a forced sale brings, which is 65 % of the value; thirty days.
	assert_eq!(auction.reserve, 70_387_200_000_000_000_000_000);
	assert!(auction.ends_at > START + 33 * DAY);
	auction.reserve
}

/// Lets a stranger bid so much.
fn bid(line: LineId, amount: Balance) {
	buy_usdai(&off_taker(), 100_000);
	submit_ok(&off_taker(), CreditCall::bid { line, amount });
}

/// A fee of a tenth of a limit of which little was drawn takes most of the price of the lot: 60 000 of
/// 70 387 would be the curator's, and the savers would have 8 980 for their 76 000.
#[test]
fn curator_should_not_take_the_price_of_the_lot_by_its_fee() {
	run_live(|| {
		let fee = FeeTerm { fee: Fee::Absolute(60_000 * USD), recipient: FeeRecipient::Curator };
		let line = drawn(1, fee);
		let price = put_up(line);
		bid(line, price);
		set_time(Credit::auction(line).unwrap().ends_at);
		let before = (Vault::nav().idle, usdai_of(&curator()), usdai_of(&treasury()));
		submit_ok(&saver(), CreditCall::settle_auction { line });
		// 2 % of the price are 1 407.744.
		let cost = 1_407_744_000_000_000_000_000;
		assert_eq!(Vault::nav().idle - before.0, price - cost);
		// Its capital that was never drawn was on hold, and is free again: 30 000 less 4 000.
		assert_eq!(usdai_of(&curator()) - before.1, 26_000 * USD);
		assert_eq!(usdai_of(&treasury()) - before.2, cost);
		// What the savers lack: of the principal, and interest at 10 %, of the two days of the schedule at
		// least (41.64) and of all 33 at most (687.12).
		let principal = 76_000 * USD - (price - cost);
		let bad_debt = Credit::book().bad_debt;
		let interest = bad_debt - principal;
		assert!((41 * USD..688 * USD).contains(&interest), "{interest}");
	});
}

/// The price of the machines rises in the last days of a round, and the borrower pays when the bidder
/// has won.
#[test]
fn winner_should_have_the_lot_when_the_borrower_pays_too_late() {
	run_live(|| {
		let line = drawn(1, no_fee());
		let price = put_up(line);
		bid(line, price);
		set_time(Credit::auction(line).unwrap().ends_at);
		buy_usdai(&borrower(), 100_000);
		let max_amount = Credit::payoff_amount(LOAN).unwrap();
		let payoff = CreditCall::payoff { loan: LOAN, max_amount };
		submit_err(&borrower(), payoff, CreditError::<Runtime>::LotWon);
		let reinstate = CreditCall::reinstate { line, max_cost: USD * 10_000 };
		submit_err(&borrower(), reinstate, CreditError::<Runtime>::LotWon);
		let title = Credit::line(line).unwrap().titles[0];
		submit_ok(&saver(), CreditCall::settle_auction { line });
		assert_eq!(caliber_runtime::Nfts::owner(0, title), Some(off_taker()));
	});
}

/// The machines of a borrower that pays all that is overdue are sold all the same.
#[test]
fn borrower_should_keep_its_machines_when_it_pays_before_the_lot_is_won() {
	run_live(|| {
		let line = drawn(6, no_fee());
		let price = put_up(line);
		bid(line, price);
		buy_usdai(&borrower(), 50_000);
		let reinstate = |max_cost| CreditCall::reinstate { line, max_cost };
		submit_err(&borrower(), reinstate(Balance::MAX), CreditError::<Runtime>::PaymentOverdue);
		let max_amount = Credit::due(LOAN).unwrap().total;
		submit_ok(&borrower(), CreditCall::repay { loan: LOAN, max_amount });
		// Two percent of the principal that is left, rounded up.
		let left = Credit::line(line).unwrap().outstanding;
		let cost = (left * 2).div_ceil(100);
		let received = usdai_of(&treasury());
		let held = usdai_of(&off_taker());
		submit_err(&borrower(), reinstate(cost - 1), CreditError::<Runtime>::CostAboveMaximum);
		submit_ok(&borrower(), reinstate(cost));
		let after = Credit::line(line).unwrap();
		assert_eq!((after.state, after.impairment), (LineState::Open, 0));
		assert_eq!(Credit::auction(line), None);
		assert_eq!(usdai_of(&treasury()), received + cost);
		// The bid is free again.
		assert_eq!(usdai_of(&off_taker()), held + price);
		assert!(Vault::nav().bad_debt == 0);
	});
}
