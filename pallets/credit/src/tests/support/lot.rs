// SPDX-License-Identifier: Apache-2.0

//! Lines in default and lots for sale, for the tests of auctions.

use crate::{
	frame_support::{
		assert_ok,
		storage::{with_transaction, TransactionOutcome},
		traits::tokens::fungible::{Inspect, InspectHold},
	},
	sp_runtime::DispatchError,
	tests::mock::*,
	types::AuctionRecord,
	Auctions, HoldReason, LineLosses,
};
use caliber_primitives::{
	credit::{LineTerms, Task},
	traits::Clock,
	Balance, LineId, LoanId, Seconds, USD,
};

/// How long a round of the mock's auctions takes.
pub const ROUND: Seconds = 3 * DAY;
/// How long a late bid keeps it open.
pub const EXTENSION: Seconds = 600;
/// How long the curator may take an unsold lot.
pub const OPTION: Seconds = 7 * DAY;
/// How long an offer to governance binds.
pub const BINDING: Seconds = 40 * DAY;
/// When the first payment period of a loan drawn at the start has run past its grace period.
pub const DEFAULT_AT: Seconds = START + PERIOD + 10 * DAY + 1;
/// The usual debt: 540 000 senior, 60 000 junior.
pub const DEBT: Balance = 600_000 * USD;
/// Four fifths of the liquidation value of title 1, which is half of its two millions.
pub const RESERVE: Balance = 800_000 * USD;

pub type Outcome = Result<(), DispatchError>;

/// A line over title 1 whose only loan is in default.
pub fn in_default(terms: LineTerms, amount: Balance) -> (LineId, LoanId) {
	let line = open(terms);
	let loan = draw(line, amount);
	set_time(DEFAULT_AT);
	assert_ok!(declare_default(loan));
	(line, loan)
}

/// The same, up for auction since the second of the default.
pub fn auctioned(terms: LineTerms, amount: Balance) -> (LineId, LoanId) {
	let (line, loan) = in_default(terms, amount);
	assert_ok!(start(line));
	(line, loan)
}

/// The same, and nobody bid in any round: the curator's option has begun.
pub fn unsold(terms: LineTerms, amount: Balance) -> (LineId, LoanId) {
	let (line, loan) = auctioned(terms, amount);
	for _ in 0..3 {
		set_time(auction(line).ends_at);
		assert_ok!(settle(line));
	}
	assert!(auction(line).unsold);
	(line, loan)
}

/// The same, and the curator did not take the lot.
pub fn unwanted(terms: LineTerms, amount: Balance) -> (LineId, LoanId) {
	let (line, loan) = unsold(terms, amount);
	set_time(auction(line).ends_at);
	(line, loan)
}

pub fn declare_default(loan: LoanId) -> Outcome {
	Credit::declare_default(RuntimeOrigin::signed(ANYONE), loan).map(|_| ()).map_err(|e| e.error)
}

pub fn start(line: LineId) -> Outcome {
	Credit::start_auction(RuntimeOrigin::signed(ANYONE), line).map(|_| ()).map_err(|e| e.error)
}

/// What comes of a step that is then undone.
pub fn undone(step: impl FnOnce() -> Outcome) -> Outcome {
	with_transaction(|| TransactionOutcome::Rollback(step()))
}

pub fn bid(who: AccountId, line: LineId, amount: Balance) -> Outcome {
	Credit::bid(RuntimeOrigin::signed(who), line, amount).map(|_| ()).map_err(|e| e.error)
}

pub fn settle(line: LineId) -> Outcome {
	Credit::settle_auction(RuntimeOrigin::signed(ANYONE), line).map(|_| ()).map_err(|e| e.error)
}

pub fn credit_bid(who: AccountId, line: LineId) -> Outcome {
	Credit::credit_bid(RuntimeOrigin::signed(who), line).map(|_| ()).map_err(|e| e.error)
}

pub fn resolve(line: LineId, to: AccountId, price: Balance) -> Outcome {
	Credit::resolve_lot(referendum(), line, to, price).map(|_| ()).map_err(|e| e.error)
}

pub fn withdraw_bid(who: AccountId, line: LineId) -> Outcome {
	Credit::withdraw_bid(RuntimeOrigin::signed(who), line)
}

pub fn auction(line: LineId) -> AuctionRecord<AccountId> {
	Auctions::<Test>::get(line).expect("an auction runs")
}

/// What a line that is gone still costs the senior lender and the curator.
pub fn losses(line: LineId) -> (Balance, Balance) {
	LineLosses::<Test>::get(line).map_or((0, 0), |loss| (loss.senior, loss.junior))
}

/// What a sale at a price costs: two percent, rounded down.
pub fn sale_cost(price: Balance) -> Balance {
	price * 2 / 100
}

/// The least price of which so much is left when the sale is paid.
pub fn price_for(left: Balance) -> Balance {
	(left * 100 / 98..).find(|price| price - sale_cost(*price) == left).expect("it grows")
}

/// What is on hold of an account for its bids.
pub fn bid_held(who: AccountId) -> Balance {
	UsdAiHold::balance_on_hold(&HoldReason::AuctionBid.into(), &who)
}

/// The time at which the round of an auction, or the curator's option, ends: later by the time in
/// which the chain stood still.
pub fn ends_at(auction: &AuctionRecord<AccountId>) -> Seconds {
	Outages::end_of(auction.began_at, auction.ends_at)
}

/// Returns true if the best bid of an auction cannot be taken back now.
pub fn is_bound(auction: &AuctionRecord<AccountId>) -> bool {
	let Some(best) = &auction.best else { return false };
	let is_offer = auction.unsold && now() >= ends_at(auction);
	let bound_until = best.placed_at + auction.terms.offer_binding;
	!is_offer || now() < Outages::end_of(best.placed_at, bound_until)
}

/// All USDai of an account, on hold or not.
pub fn wealth(who: AccountId) -> Balance {
	UsdAi::total_balance(&who)
}

/// Close an account of USDai to deposits.
pub fn block(who: AccountId) {
	assert_ok!(Assets::block(RuntimeOrigin::signed(ADMIN), USDAI_ID, who));
}

const USDAI_ID: u32 = caliber_primitives::USDAI;

/// `ceil(balance * rate * seconds / 10^18)`, of whole dollars and with a rate of a second at 1e-18.
pub fn interest_on(dollars: Balance, rate: Balance, seconds: Seconds) -> Balance {
	dollars * rate * Balance::from(seconds)
}

/// ceil(12 % · 10^18 / 31 536 000) and ceil(20 % · 10^18 / 31 536 000).
pub const SENIOR_RATE: Balance = 3_805_175_039;
pub const JUNIOR_RATE: Balance = 6_341_958_397;
/// floor((540 000 · senior + 60 000 · junior) / 600 000).
pub const BLENDED: Balance = (SENIOR_RATE * 9 + JUNIOR_RATE) / 10;
/// ceil(5 % · 10^18 / 31 536 000).
pub const GRACE_RATE: Balance = 1_585_489_600;

/// Interest of the senior and of the junior on a debt of as many dollars, drawn `age` ago and never
/// paid: each payment period that is over on what the one before would have left of it, a twelfth
/// less each, with ten days of late interest at most, and the running one so far.
pub fn unpaid_interest(dollars: Balance, age: Seconds) -> (Balance, Balance) {
	let mut all = 0;
	for period in 0.. {
		let left = dollars / 12 * (12 - period);
		let began = period as Seconds * PERIOD;
		let due = began + PERIOD;
		if due > age {
			all += interest_on(left, BLENDED, age - began);
			break;
		}
		all += interest_on(left, BLENDED, PERIOD);
		all += interest_on(left, GRACE_RATE, (age - due).min(10 * DAY));
	}
	let junior = all * JUNIOR_RATE / (SENIOR_RATE * 9 + JUNIOR_RATE);
	(all - junior, junior)
}

/// Does what a keeper is told to do.
pub fn perform(task: Task) -> Outcome {
	let by = RuntimeOrigin::signed(ANYONE);
	let done = match task {
		Task::Collect(loan) => Credit::collect(by, loan),
		Task::DeclareDefault(loan) => Credit::declare_default(by, loan),
		Task::DeclareUncured(line) => Credit::declare_uncured(by, line),
		Task::StartAuction(line) => Credit::start_auction(by, line),
		Task::SettleAuction(line) => Credit::settle_auction(by, line),
		Task::ApplyInsuranceProceeds(loan) => Credit::apply_insurance_proceeds(by, loan),
		other => panic!("{other:?} is no task of a line"),
	};
	done.map(|_| ()).map_err(|e| e.error)
}
