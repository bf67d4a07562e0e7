// SPDX-License-Identifier: Apache-2.0

//! Loans of three years on the real calendar, with every figure checked against a second
//! calculator: a loan that is repaid, one that ends in a loss, and one whose auction leaves a
//! surplus.

#![allow(missing_docs)]

mod common;
mod loans {
	pub mod calculator;
}

use caliber_math::{
	calendar::Calendar,
	schedule::{Amortization, Fee},
};
use caliber_primitives::{
	appraisal::OracleKey,
	credit::{FeeRecipient, FeeTerm, LineState, LineTerms, LoanFees, LoanState, LoanTerms},
	vault::Nav,
	LineId, LoanId, TitleId, USD,
};
use caliber_runtime::{
	accounts::TreasuryAccount, AccountId, Appraisal, Balance, Credit, Nfts, Runtime, Vault,
};
use common::*;
use loans::calculator::{ceil, due_dates, floor, per_second, Loan, Payment, PPB, WAD};
use polkadot_sdk::{
	sp_core::H256,
	sp_io::hashing::blake2_256,
	sp_keyring::Sr25519Keyring as Keyring,
	sp_runtime::{FixedU128, Perbill},
};

/// Time of the draw, 2026-01-14T10:17Z. The first payment period is a stub of half a month.
const DRAWN_AT: u64 = START + 13 * DAY + 37_020;
/// Duration of the loan.
const DURATION_DAYS: u64 = 1_095;
/// Offset of Finnish winter time, in seconds.
const OFFSET: u64 = 7_200;
const PRINCIPAL: Balance = 80_000 * USD;
const GRACE: u64 = 10 * DAY;

/// First loan of the first line.
const LOAN: LoanId = LoanId { line: 0, number: 0 };

/// Returns a fee that is a share.
fn share(parts_per_billion: u32, recipient: FeeRecipient) -> FeeTerm {
	FeeTerm { fee: Fee::Share(parts_per_billion), recipient }
}

/// Returns the terms of the line: a stub and 36 months, due on the last day of each month, level
/// payments; senior at 10.5 %, junior at 16 %; fees of 1.5 % on the draw, 0.05 % per month, 1 % on
/// prepayments, and 2 % on a sale.
fn terms() -> LineTerms {
	LineTerms {
		limit: 80_000 * USD,
		revolving: false,
		availability_end: now() + 30 * DAY,
		advance_rate: Perbill::from_percent(70),
		// The draw leaves 1.15 times as much: 70 % of the machines are 1.184 times the principal.
		maintenance_coverage: FixedU128::from_rational(102, 100),
		cure_period: 14 * DAY,
		reserve_installments: 3,
		loan: LoanTerms {
			calendar: Calendar::Monthly {
				day: 31,
				utc_offset_secs: OFFSET as i32,
				duration_days: DURATION_DAYS as u32,
			},
			amortization: Amortization::Level,
			stub_amortizes: false,
			senior_apr: FixedU128::from_rational(105, 1_000),
			junior_apr: FixedU128::from_rational(16, 100),
			first_loss: Perbill::from_percent(15),
			grace_apr: FixedU128::from_rational(5, 100),
			grace_period: GRACE,
			fees: LoanFees {
				origination: share(15_000_000, FeeRecipient::Treasury),
				servicing: share(500_000, FeeRecipient::Treasury),
				exit: share(10_000_000, FeeRecipient::Treasury),
				liquidation: share(20_000_000, FeeRecipient::Treasury),
			},
		},
	}
}

/// Returns the same loan for the second calculator.
fn second_calculation() -> Loan {
	let (due_dates, stub) = due_dates(31, OFFSET, DRAWN_AT, DURATION_DAYS);
	Loan {
		origin: DRAWN_AT,
		due_dates,
		stub,
		senior: 68_000 * USD,
		junior: 12_000 * USD,
		senior_rate: per_second(1_050),
		junior_rate: per_second(1_600),
		grace_rate: per_second(500),
		grace_secs: GRACE,
		servicing: 500_000,
		exit: 10_000_000,
		senior_outstanding: 68_000 * USD,
		junior_outstanding: 12_000 * USD,
		next: 0,
	}
}

fn treasury() -> AccountId {
	TreasuryAccount::get()
}

/// Provides dollars, pledges a server, opens a line and draws the loan. Returns the line and its
/// title.
fn draw() -> (LineId, TitleId) {
	for (who, dollars) in [(saver(), 400_000), (curator(), 50_000), (borrower(), 200_000)] {
		buy_usdai(&who, dollars);
	}
	submit_ok(
		&saver(),
		pallet_caliber_vault::Call::deposit { assets: 300_000 * USD, min_shares: 0 },
	);
	set_time(DRAWN_AT);
	feed_usual_prices();
	let title_id = server(&borrower(), 1);
	let terms = terms();
	let line_id = pallet_caliber_credit::NextLineId::<Runtime>::get();
	submit_ok(
		&curator(),
		pallet_caliber_credit::Call::offer_line {
			borrower: borrower(),
			terms,
			expires_at: now() + DAY,
		},
	);
	submit_ok(
		&borrower(),
		pallet_caliber_credit::Call::accept_line {
			line: line_id,
			terms_hash: H256(blake2_256(&codec::Encode::encode(&terms))),
			titles: vec![title_id].try_into().unwrap(),
		},
	);
	lines::acknowledge(line_id);
	submit_ok(&borrower(), pallet_caliber_credit::Call::draw { line: line_id, amount: PRINCIPAL });
	(line_id, title_id)
}

/// Balances that a payment changes.
#[derive(Debug, PartialEq, Eq)]
struct Books {
	idle: Balance,
	principal_out: Balance,
	curator: Balance,
	treasury: Balance,
}

fn books() -> Books {
	let Nav { idle, principal_out, .. } = Vault::nav();
	Books { idle, principal_out, curator: usdai_of(&curator()), treasury: usdai_of(&treasury()) }
}

/// Splits senior interest into the share of the savers and the yield fee.
fn net_of_fee(interest: Balance) -> (Balance, Balance) {
	let fee = ceil(interest, 100_000_000, PPB);
	(interest - fee, fee)
}

/// Returns the books after `payment`.
fn after(before: Books, payment: &Payment) -> Books {
	let (kept, fee) = net_of_fee(payment.senior_interest);
	Books {
		idle: before.idle + payment.senior_principal + kept,
		principal_out: before.principal_out - payment.senior_principal,
		curator: before.curator + payment.junior_principal() + payment.junior_interest,
		treasury: before.treasury + payment.fee + fee,
	}
}

fn repay(amount: Balance) {
	submit_ok(&borrower(), pallet_caliber_credit::Call::repay { loan: LOAN, max_amount: amount });
}

/// Pays the payment periods that have begun at `at`: the oldest, and after its due date the next one
/// too. Compares the amounts due and every balance with the second calculator.
fn pay_period(loan: &mut Loan, at: u64) -> Payment {
	set_time(at);
	let due = Credit::due(LOAN).unwrap();
	let first = loan.next;
	let payment = loan.pay_begun(at);
	let period = loan.next - 1;
	assert_eq!(due.periods as usize, loan.next - first, "period {period}");
	assert_eq!(due.principal, payment.principal, "period {period}");
	assert_eq!(due.interest, payment.interest, "period {period}");
	assert_eq!(due.late_interest, payment.late, "period {period}");
	assert_eq!(due.fees, payment.fee, "period {period}");
	assert_eq!(due.total, payment.total(), "period {period}");
	let before = books();
	repay(payment.total());
	assert_eq!(books(), after(before, &payment), "period {period}");
	if loan.balance() > 0 {
		let report = Credit::loan(LOAN).unwrap();
		assert_eq!(report.senior_outstanding, loan.senior_outstanding);
		assert_eq!(report.junior_outstanding, loan.junior_outstanding);
	}
	payment
}

/// Renews custody, and reports `resale` and the usual rent until the oracle accepts the price. The
/// oracle limits each move of a price.
fn keep(title_id: TitleId, resale: Balance) {
	loop {
		feed_h100(resale, 2 * USD, 880_900_000_000_000_000);
		if Appraisal::feed_value(OracleKey::Resale(0)).unwrap().0 == resale {
			break;
		}
		set_time(now() + 6 * 3_600);
	}
	submit_ok(
		&custodian(),
		pallet_caliber_titles::Call::heartbeat { titles: vec![title_id].try_into().unwrap() },
	);
}

#[test]
fn calendar_of_the_loan_should_be_the_last_day_of_every_month() {
	let loan = second_calculation();
	assert!(loan.stub);
	assert_eq!(loan.due_dates.len(), 37);
	// Local midnight of 2026-01-31, 2028-02-29 and 2029-01-31.
	assert_eq!(loan.due_dates[0], 1_769_810_400);
	assert_eq!(loan.due_dates[25], 1_835_388_000);
	assert_eq!(loan.due_dates[36], 1_864_504_800);
	run_live(|| {
		let schedule = Credit::schedule(PRINCIPAL, terms().loan, DRAWN_AT).unwrap();
		let due: Vec<u64> = schedule.iter().map(|installment| installment.due_at).collect();
		assert_eq!(due, loan.due_dates);
		let mut paid = loan.clone();
		for installment in &schedule {
			let payment = paid.pay_period(installment.due_at);
			assert_eq!(
				(installment.principal, installment.interest, installment.balance_after),
				(payment.principal, payment.interest, paid.balance())
			);
		}
		assert_eq!(paid.balance(), 0);
	});
}

#[test]
fn loan_of_three_years_should_be_paid_to_the_last_unit() {
	run_live(|| {
		let before_draw = usdai_of(&borrower());
		let (line_id, title_id) = draw();
		let mut loan = second_calculation();
		let nav_at_draw = Vault::nav();
		let mut price = nav_at_draw.redemption_price;
		let mut earned = 0;

		// The draw withholds 1.5 % and three installments: the interest of the stub, and two level
		// payments.
		let mut ahead = loan.clone();
		let kept: Balance = (0..3)
			.map(|k| {
				let payment = ahead.pay_period(loan.due_dates[k]);
				payment.principal + payment.interest
			})
			.sum();
		assert_eq!(Credit::line(line_id).unwrap().reserve, kept);
		assert_eq!(usdai_of(&borrower()) - before_draw, 200_000 * USD + 78_800 * USD - kept);

		for k in 0..36 {
			let due_at = loan.due_dates[k];
			let at = match k {
				// Two days early, a second late, three days late, and at the end of the grace
				// period.
				4 => due_at - 2 * DAY,
				7 => due_at + 1,
				12 => due_at + 3 * DAY,
				20 => due_at + GRACE,
				_ => due_at,
			};
			if loan.next == k {
				let payment = pay_period(&mut loan, at);
				earned += net_of_fee(payment.senior_interest).0;
			} else {
				// It was paid with the one before it, which was late.
				set_time(at);
			}
			if k == 15 {
				// A prepayment. The rest is paid in level payments again.
				let budget = 10_000 * USD + 17;
				let before = books();
				let prepaid = loan.prepay(budget);
				repay(budget);
				assert_eq!(books(), after(before, &prepaid));
				assert!(prepaid.total() <= budget && budget - prepaid.total() <= 1);
			}
			// The price falls by one and a half percent of its start per month. The covenants hold.
			let resale = 23_500 * USD * (1_000 - 15 * (k as u128 + 1)) / 1_000;
			keep(title_id, resale);
			idle_block();
			let report = Credit::line(line_id).unwrap();
			assert_eq!((report.state, report.breach_now), (LineState::Open, None), "month {k}");
			assert_eq!(report.reserve, kept, "nothing was overdue");
			let nav = Vault::nav();
			assert!(nav.redemption_price >= price);
			price = nav.redemption_price;
			if k % 6 == 0 {
				check_state();
			}
		}

		// The payoff five days before the last due date costs the interest of the whole payment
		// period and no exit fee.
		set_time(loan.due_dates[36] - 5 * DAY);
		let last = loan.pay_period(now());
		earned += net_of_fee(last.senior_interest).0;
		assert_eq!(Credit::payoff_amount(LOAN), Some(last.total()));
		let before = books();
		submit_ok(
			&borrower(),
			pallet_caliber_credit::Call::payoff { loan: LOAN, max_amount: last.total() },
		);
		assert_eq!(books(), after(before, &last));
		assert_eq!(loan.balance(), 0);
		assert_eq!(Credit::loan(LOAN), None);

		let nav = Vault::nav();
		assert_eq!((nav.principal_out, nav.accrued_interest, nav.impairment), (0, 0, 0));
		// Five days of the last payment period, and rounding, are not earned yet.
		assert_eq!(nav.for_redemptions + nav.locked - nav_at_draw.for_redemptions, earned);
		let of_last = net_of_fee(last.senior_interest).0;
		assert!(nav.locked > of_last / 7 && nav.locked < of_last / 5, "{} {of_last}", nav.locked);
		assert_eq!(nav.for_deposits, nav.for_redemptions);
		let before = usdai_of(&borrower());
		submit_ok(&borrower(), pallet_caliber_credit::Call::close_line { line: line_id });
		assert_eq!(usdai_of(&borrower()) - before, kept);
		assert_eq!(usdai_of(&Credit::account_id()), 0);
	});
}

/// Draws a loan of which the borrower pays the stub and three months. The reserve pays two more,
/// and the seventh payment is missing. Returns the line, its title and the loan in that state.
fn draw_and_vanish() -> (LineId, TitleId, Loan) {
	lines::shorten_rounds();
	let (line_id, title_id) = draw();
	let mut loan = second_calculation();
	for k in 0..4 {
		let at = loan.due_dates[k];
		pay_period(&mut loan, at);
	}
	let mut reserve = Credit::line(line_id).unwrap().reserve;
	let mut collected = 0;
	while collected < 3 {
		let due_at = loan.due_dates[loan.next];
		set_time(due_at);
		let mut ahead = loan.clone();
		let payment = ahead.pay_period(due_at);
		if reserve < payment.total() {
			break;
		}
		let before = books();
		submit_ok(&account(Keyring::Two), pallet_caliber_credit::Call::collect { loan: LOAN });
		assert_eq!(books(), after(before, &payment));
		reserve -= payment.total();
		loan = ahead;
		collected += 1;
		assert_eq!(Credit::line(line_id).unwrap().reserve, reserve);
	}
	// The reserve held two level payments and the interest of the stub.
	assert_eq!((collected, loan.next), (2, 6));
	(line_id, title_id, loan)
}

/// Declares the default one second after the grace period of the oldest payment period. Asserts
/// that it fails in the last second of the grace period.
fn default(loan: &Loan) {
	let due_at = loan.due_dates[loan.next];
	set_time(due_at + GRACE);
	let declare = || pallet_caliber_credit::Call::declare_default { loan: LOAN };
	assert_eq!(Credit::loan(LOAN).unwrap().state, LoanState::Late);
	submit_err(
		&account(Keyring::Two),
		declare(),
		pallet_caliber_credit::Error::<Runtime>::GracePeriodRunning,
	);
	set_time(due_at + GRACE + 1);
	assert_eq!(Credit::loan(LOAN).unwrap().state, LoanState::Defaulted);
	submit_ok(&account(Keyring::Two), declare());
}

/// Returns the senior interest, junior interest and servicing fee that the loan owes at a sale at
/// `now`: those of the unpaid payment periods whose due dates have passed, with late interest, and
/// the interest accrued in the current payment period.
fn owed_beside_principal(loan: &Loan, now: u64) -> (Balance, Balance, Balance) {
	let mut unpaid = loan.clone();
	let (mut interest, mut servicing) = (0, 0);
	while unpaid.due_dates[unpaid.next] <= now {
		let payment = unpaid.pay_period(now);
		interest += payment.interest + payment.late;
		servicing += payment.fee;
	}
	interest += unpaid.earned_in_running_period(now);
	let junior = loan_junior_interest(loan, interest);
	(interest - junior, junior, servicing)
}

/// Returns the part of the junior in an interest.
fn loan_junior_interest(loan: &Loan, interest: Balance) -> Balance {
	use polkadot_sdk::sp_core::U256;
	let weight = |rate: u128, amount: u128| U256::from(rate) * U256::from(amount);
	let junior = weight(loan.junior_rate, loan.junior);
	let all = weight(loan.senior_rate, loan.senior) + junior;
	(U256::from(interest) * junior / all).as_u128()
}

/// Returns the liquidation value of the title, and checks it against the forced-sale factor.
fn liquidation_value(title_id: TitleId) -> Balance {
	let known = Appraisal::last_known_value(title_id).unwrap();
	// The forced-sale factor of the model is 65 %.
	assert_eq!(known.liquidation_value, floor(known.value, 650_000_000, PPB));
	known.liquidation_value
}

/// Auctions the lot to Alice for `price`, or for the reserve price, at the prices of the day after the
/// default. Returns the price.
fn sell(line_id: LineId, title_id: TitleId, resale: Balance, price: Option<Balance>) -> Balance {
	let bidder = account(Keyring::Alice);
	set_time(now() + DAY);
	keep(title_id, resale);
	submit_ok(&account(Keyring::Two), pallet_caliber_credit::Call::start_auction { line: line_id });
	let auction = Credit::auction(line_id).unwrap();
	let price = price.unwrap_or(auction.reserve);
	buy_usdai(&bidder, price / USD + 1);
	submit_err(
		&bidder,
		pallet_caliber_credit::Call::bid { line: line_id, amount: auction.reserve - 1 },
		pallet_caliber_credit::Error::<Runtime>::BidTooLow,
	);
	submit_ok(&bidder, pallet_caliber_credit::Call::bid { line: line_id, amount: price });
	set_time(auction.ends_at);
	price
}

#[test]
fn loss_should_hit_savers_once_when_a_loan_defaults_in_its_seventh_month() {
	run_live(|| {
		let (line_id, title_id, loan) = draw_and_vanish();
		// The price of an H100 falls to 14 000 dollars.
		set_time(loan.due_dates[6] - 5 * DAY);
		keep(title_id, 14_000 * USD);
		set_time(loan.due_dates[6] + GRACE - 1);
		keep(title_id, 14_000 * USD);
		// The books learn that a due date has passed.
		let reassess = pallet_caliber_credit::Call::reassess { line: line_id };
		submit_ok(&account(Keyring::Two), reassess);
		let before = Vault::nav();
		assert!(before.accrued_interest > 0);

		// 14 000 x 8 x 0.72 x 0.65, less 10 % for the sale.
		let liquidation = 52_416 * USD;
		default(&loan);
		assert_eq!(Appraisal::last_known_value(title_id).unwrap().value, 80_640 * USD);
		assert_eq!(liquidation_value(title_id), liquidation);
		let recovery = liquidation - liquidation / 10;
		// What is left in the reserve stands for the principal too.
		let reserve = Credit::line(line_id).unwrap().reserve;
		let impairment = loan.senior_outstanding - recovery - reserve;
		assert!((5_000 * USD..15_000 * USD).contains(&impairment), "{impairment}");
		// 70 % of 80 640 are less than 1.21 times the debt: a tenth was provisioned before.
		assert_eq!(before.impairment, impairment.div_ceil(10));
		let nav = Vault::nav();
		assert_eq!(nav.impairment, impairment);
		// What is still locked runs off beside it.
		let with_locked = |nav: &Nav| nav.for_redemptions + nav.locked;
		assert_eq!(with_locked(&nav) + impairment, with_locked(&before) + before.impairment);
		assert_eq!(
			nav.redemption_price,
			FixedU128::from_inner(floor(nav.for_redemptions, WAD, nav.shares))
		);
		assert!(nav.redemption_price < before.redemption_price);
		// The loan accrues no more interest for savers. What it had earned is suspended.
		assert_eq!((nav.accrued_interest, nav.suspended > 0), (0, true));
		assert!(nav.for_deposits >= before.for_deposits);
		assert_eq!(Credit::line(line_id).unwrap().state, LineState::Defaulted);
		check_state();

		// The lot is sold at the first reserve price, 80 % of its liquidation value.
		let reserve = Credit::line(line_id).unwrap().reserve;
		let price = sell(line_id, title_id, 14_000 * USD, None);
		assert_eq!(price, ceil(liquidation, 800_000_000, PPB));
		assert_eq!(with_locked(&Vault::nav()), with_locked(&nav));
		let (senior_interest, ..) = owed_beside_principal(&loan, now());
		// The sale costs two percent.
		let fee = floor(price, 20_000_000, PPB);
		// Interest and fees rank behind the senior principal and get nothing.
		let recovered = price + reserve - fee;
		let lost = loan.senior_outstanding - recovered;
		let books_before = books();
		let borrower_before = usdai_of(&borrower());
		submit_ok(
			&account(Keyring::Two),
			pallet_caliber_credit::Call::settle_auction { line: line_id },
		);

		// The junior tranche is lost. The rest of the loss is booked to the senior tranche once.
		assert_eq!(
			books(),
			Books {
				idle: books_before.idle + recovered,
				principal_out: 0,
				curator: books_before.curator,
				treasury: books_before.treasury + fee,
			}
		);
		let settled = Vault::nav();
		// The interest that never came is bad debt too, and no price knew more of it than was suspended.
		let bad_debt = lost + senior_interest;
		assert_eq!((settled.impairment, settled.bad_debt, settled.suspended), (0, bad_debt, 0));
		assert_eq!(with_locked(&settled) + lost, with_locked(&before) + before.impairment);
		assert_eq!(with_locked(&settled) + lost, with_locked(&nav) + impairment);
		let loss = pallet_caliber_credit::LineLosses::<Runtime>::get(line_id).unwrap();
		assert_eq!((loss.senior, loss.junior), (bad_debt, loan.junior_outstanding));
		assert_eq!(pallet_caliber_credit::Totals::<Runtime>::get().bad_debt, bad_debt);
		assert_eq!(usdai_of(&borrower()), borrower_before);
		assert_eq!(Nfts::owner(0, title_id), Some(account(Keyring::Alice)));
		assert_eq!(Credit::line(line_id), None);
		assert_eq!(usdai_of(&Credit::account_id()), 0);
	});
}

#[test]
fn surplus_should_be_the_borrowers_when_the_lot_brings_more_than_is_owed() {
	run_live(|| {
		let (line_id, title_id, loan) = draw_and_vanish();
		set_time(loan.due_dates[6] + GRACE - 1);
		keep(title_id, 23_500 * USD);
		let before = Vault::nav();
		default(&loan);
		// The expected recovery covers the loan, so there is no impairment.
		let nav = Vault::nav();
		assert_eq!(nav.impairment, 0);
		assert_eq!(nav.for_redemptions + nav.locked, before.for_redemptions + before.locked);

		let price = 100_000 * USD;
		let reserve = Credit::line(line_id).unwrap().reserve;
		sell(line_id, title_id, 23_500 * USD, Some(price));
		let (senior_interest, junior_interest, servicing) = owed_beside_principal(&loan, now());
		// Two percent that the sale costs, and the fee of the terms, as much again.
		let fee = floor(price, 20_000_000, PPB) + ceil(price, 20_000_000, PPB);
		let (kept, vault_fee) = net_of_fee(senior_interest);
		let owed = fee + servicing + loan.balance() + senior_interest + junior_interest;
		let surplus = price + reserve - owed;
		assert!(surplus > 20_000 * USD, "{surplus}");
		let books_before = books();
		let borrower_before = usdai_of(&borrower());
		submit_ok(
			&account(Keyring::Two),
			pallet_caliber_credit::Call::settle_auction { line: line_id },
		);
		assert_eq!(usdai_of(&borrower()) - borrower_before, surplus);
		assert_eq!(
			books(),
			Books {
				idle: books_before.idle + loan.senior_outstanding + kept,
				principal_out: 0,
				curator: books_before.curator + loan.junior_outstanding + junior_interest,
				treasury: books_before.treasury + fee + servicing + vault_fee,
			}
		);
		let settled = Vault::nav();
		assert_eq!((settled.bad_debt, settled.impairment), (0, 0));
		// Nobody gains by the sale: what the books did not expect runs off over a window.
		assert_eq!(
			settled.for_redemptions + settled.locked,
			nav.for_redemptions + nav.locked + kept
		);
		assert!(settled.locked > 0 && settled.suspended == 0);
		assert_eq!(Nfts::owner(0, title_id), Some(account(Keyring::Alice)));
		assert_eq!(usdai_of(&Credit::account_id()), 0);
	});
}
