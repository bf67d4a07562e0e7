// SPDX-License-Identifier: Apache-2.0

//! Nobody earns by knowing when a payment comes: the price of a share moves by the clock, whatever
//! is paid when.

#![allow(missing_docs)]

mod common;

use caliber_math::{calendar::Calendar, schedule::Amortization};
use caliber_primitives::{
	credit::{LineState, LineTerms},
	USD, USDAI,
};
use caliber_runtime::{Balance, Credit, Runtime, RuntimeCall, Vault};
use codec::Encode;
use common::{lines::*, *};
use pallet_caliber_credit::Call as CreditCall;
use pallet_caliber_vault::Call as VaultCall;
use polkadot_sdk::{
	pallet_assets,
	sp_core::H256,
	sp_io::hashing::blake2_256,
	sp_keyring::Sr25519Keyring as Keyring,
	sp_runtime::{FixedU128, MultiAddress},
};

/// Draws 50 000 under the first line: 45 000 of the savers at 10 %.
fn draw() {
	submit_ok(&borrower(), CreditCall::draw { line: 0, amount: 50_000 * USD });
}

/// Pays what is due and the payment period that runs.
fn pay() {
	let max_amount = Credit::due(LOAN).unwrap().total;
	submit_ok(&borrower(), CreditCall::repay { loan: LOAN, max_amount });
}

fn for_deposits() -> Balance {
	Vault::nav().for_deposits
}

/// Principal of 45 000 in units, times the rate of a second, rounded up: more than the savers earn
/// in a second.
const PER_SECOND: Balance = 45_000 * 3_170_979_199;

/// Rounding of the rate of a whole loan, of 1e-18 a second on each dollar of 45 000 for a month.
const DUST: Balance = 45_000 * 31 * 86_400 + 1_000_000;

/// Has blocks made until a request is served and paid out.
fn wait_for_payout(id: u32) {
	for _ in 0..200 {
		if Vault::request(id).is_none() {
			return;
		}
		idle_block();
		set_time(now() + 6);
	}
	panic!("request {id} is not served");
}

/// The theft: 300 000 come seconds before a payment that comes early, and leave at once after it.
#[test]
fn deposit_around_an_early_payment_should_gain_nothing() {
	run_live(|| {
		let thief = account(Keyring::Two);
		open_funded_line(100_000);
		draw();
		buy_usdai(&saver(), 300_000);
		submit_ok(
			&saver(),
			RuntimeCall::Assets(pallet_assets::Call::transfer {
				id: USDAI.into(),
				target: MultiAddress::Id(thief.clone()),
				amount: 300_000 * USD,
			}),
		);
		// What falls due before the close of the window is paid on its day.
		let close = Vault::window().closes_at;
		while Credit::loan(LOAN).unwrap().next_due_at < close {
			set_time(Credit::loan(LOAN).unwrap().next_due_at);
			pay();
		}
		set_time(close - 6);
		let came = now();
		let before = Vault::nav();
		submit_ok(&thief, VaultCall::deposit { assets: 300_000 * USD, min_shares: 0 });
		// The payment period that runs, weeks ahead of its day.
		submit_ok(&borrower(), CreditCall::repay { loan: LOAN, max_amount: 5_000 * USD });
		let paid = Vault::nav().idle - before.idle - 300_000 * USD;
		assert!(paid > 200 * USD, "{paid}");
		let shares = susdai_of(&thief);
		submit_ok(&thief, VaultCall::request_redemption { shares, least_price: None });
		let id = pallet_caliber_vault::NextRequestId::<Runtime>::get() - 1;
		set_time(close);
		wait_for_payout(id);

		// Its part of what the second hand has earned, and no more.
		let seconds = Balance::from(now() - came);
		let fair = PER_SECOND * seconds * 300_000 / 800_000;
		let has = usdai_of(&thief);
		assert!(has <= 300_000 * USD + fair, "{has}");
		assert!(has + 400 * USD > 300_000 * USD, "{has}");
	});
}

/// The price at which shares are bought does not move by any payment: on time, early, late, of all.
#[test]
fn payment_should_move_the_deposit_price_by_no_more_than_rounding() {
	run_live(|| {
		fund(200_000);
		let mut terms = terms();
		terms.reserve_installments = 0;
		terms.loan.grace_period = 80 * DAY;
		open_line_on(terms, server(&borrower(), 1));
		draw();
		let schedule = Credit::schedule(50_000 * USD, terms.loan, now()).unwrap();
		let check = |pay: &dyn Fn()| {
			idle_block();
			let before = for_deposits();
			pay();
			assert!(for_deposits() <= before, "{before} {}", for_deposits());
			assert!(before - for_deposits() <= 12 * DUST, "{before} {}", for_deposits());
			check_state();
		};
		set_time(schedule[0].due_at);
		check(&pay);
		set_time(schedule[0].due_at + 3 * DAY);
		check(&|| {
			submit_ok(&borrower(), CreditCall::repay { loan: LOAN, max_amount: 6_000 * USD });
		});
		// Two due dates pass unpaid.
		set_time(schedule[3].due_at + DAY);
		check(&pay);
		check(&|| {
			let max_amount = Credit::payoff_amount(LOAN).unwrap();
			submit_ok(&borrower(), CreditCall::payoff { loan: LOAN, max_amount });
		});
	});
}

/// Returns terms of one payment in ten days, interest and all; nothing is set aside.
fn bullet() -> LineTerms {
	let mut terms = terms();
	terms.reserve_installments = 0;
	terms.loan.calendar = Calendar::Every { seconds: 5 * DAY, periods: 2 };
	terms.loan.amortization = Amortization::Bullet;
	terms.loan.grace_period = 80 * DAY;
	terms
}

/// A loan behind its last due date earns no more: idle work, or anyone, sets it back, and what comes
/// in later lowers no price.
#[test]
fn loan_should_earn_no_more_when_it_is_past_its_last_due_date() {
	for by_anyone in [false, true] {
		run_live(|| {
			fund(200_000);
			open_line_on(bullet(), server(&borrower(), 1));
			let began = now();
			draw();
			let start = for_deposits();
			set_time(began + 10 * DAY);
			let at_the_end = for_deposits();
			let earned = PER_SECOND * Balance::from(10 * DAY) / 10 * 9;
			assert!(at_the_end <= start + earned && at_the_end + USD > start + earned);

			set_time(began + 10 * DAY + 6);
			if by_anyone {
				submit_ok(&saver(), CreditCall::reassess { line: 0 });
				// Once is enough, and twice changes nothing.
				let once = Vault::nav();
				submit_ok(&saver(), CreditCall::reassess { line: 0 });
				assert_eq!(Vault::nav(), once);
			} else {
				idle_block();
			}
			for days in [1, 20, 60] {
				set_time(began + (10 + days) * DAY);
				assert!(for_deposits().abs_diff(at_the_end) <= DUST, "{}", for_deposits());
				check_state();
			}
			let before = for_deposits();
			let max_amount = Credit::payoff_amount(LOAN).unwrap();
			submit_ok(&borrower(), CreditCall::payoff { loan: LOAN, max_amount });
			assert!(for_deposits() <= before && before - for_deposits() <= DUST);
			// Late interest runs off over a window.
			let nav = Vault::nav();
			assert!(nav.locked > USD, "{}", nav.locked);
			assert_eq!(nav.locked_until, now() + Vault::window_length());
		});
	}
}

/// A default moves what was earned beside the other interest, and a cure moves it back.
#[test]
fn default_and_cure_should_not_move_the_deposit_price() {
	run_live(|| {
		fund(200_000);
		let mut terms = bullet();
		terms.loan.calendar = Calendar::Every { seconds: 20 * DAY, periods: 6 };
		terms.loan.grace_period = 5 * DAY;
		open_line_on(terms, server(&borrower(), 1));
		let began = now();
		draw();
		set_time(began + 25 * DAY + 1);
		feed_usual_prices();
		for title in 0..1 {
			submit_ok(
				&custodian(),
				pallet_caliber_titles::Call::heartbeat { titles: vec![title].try_into().unwrap() },
			);
		}
		submit_ok(&saver(), CreditCall::reassess { line: 0 });
		let before = for_deposits();
		submit_ok(&saver(), CreditCall::declare_default { loan: LOAN });
		assert_eq!(Credit::line(0).unwrap().state, LineState::Defaulted);
		assert!(for_deposits().abs_diff(before) <= 2);
		let nav = Vault::nav();
		assert!(nav.suspended > 300 * USD && nav.accrued_interest == 0);
		check_state();

		// What was owed is paid, and the line is cured.
		set_time(now() + 2 * DAY);
		assert_eq!(for_deposits(), nav.for_deposits);
		feed_usual_prices();
		let max_amount = Credit::due(LOAN).unwrap().total;
		submit_ok(&borrower(), CreditCall::repay { loan: LOAN, max_amount });
		check_state();
		let paid = for_deposits();
		assert!(paid.abs_diff(nav.for_deposits) <= 2);
		submit_ok(&saver(), CreditCall::cure { line: 0 });
		assert!(for_deposits().abs_diff(paid) <= 2);
		assert_eq!(Vault::nav().suspended, 0);
		check_state();

		// The running payment period was paid in default: it runs off beside the loan, which earns again
		// from its due date on.
		assert_eq!(Vault::nav().accrued_net, 0);
		set_time(began + 40 * DAY);
		idle_block();
		let of_next = for_deposits();
		set_time(began + 41 * DAY);
		assert!(for_deposits() > of_next + 45_000 * USD / 3_650 / 10 * 9 - USD);
		check_state();
	});
}

/// Curator and borrower raise the rate of a loan whose month is paid: the price does not fall for a
/// moment in which they could buy.
#[test]
fn higher_rate_should_not_lower_the_price_when_the_month_is_paid() {
	run_live(|| {
		fund(200_000);
		let mut terms = bullet();
		terms.loan.calendar = Calendar::Every { seconds: 30 * DAY, periods: 6 };
		open_line_on(terms, server(&borrower(), 1));
		draw();
		let month = Credit::loan(LOAN).unwrap().next_interest;
		submit_ok(&borrower(), CreditCall::repay { loan: LOAN, max_amount: month });
		set_time(now() + 60);
		feed_usual_prices();
		let before = Vault::nav();
		let mut dear = terms;
		dear.loan.senior_apr = FixedU128::from_u32(1);
		let expires_at = now() + DAY;
		submit_ok(&curator(), CreditCall::offer_terms { line: 0, terms: dear, expires_at });
		let terms_hash = H256(blake2_256(&dear.encode()));
		submit_ok(&borrower(), CreditCall::accept_terms { line: 0, terms_hash });
		check_state();
		let after = Vault::nav();
		assert!(after.for_deposits >= before.for_deposits - 2, "{before:?} {after:?}");
		// It earns by the new terms once they begin.
		assert_eq!(after.accrued_net, 0);
		set_time(Credit::loan(LOAN).unwrap().originated_at + 6);
		idle_block();
		let began = for_deposits();
		set_time(now() + DAY);
		let a_day = 45_000 * USD / 365 / 10 * 9;
		assert!((for_deposits() - began).abs_diff(a_day) < USD / 100, "{}", for_deposits() - began);
		check_state();
	});
}
