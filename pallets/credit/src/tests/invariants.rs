// SPDX-License-Identifier: Apache-2.0

//! Random calls, and after each of them what must be true.

use super::mock::*;
use crate::{frame_support::traits::tokens::fungible::Inspect, Lines, Loans};
use caliber_math::{
	calendar::Calendar,
	schedule::{Amortization, Fee},
};
use caliber_primitives::{
	credit::{FeeRecipient, FeeTerm, LineTerms},
	traits::RevenueSink,
	Balance, Seconds, USD,
};
use proptest::prelude::*;

/// One step of a random history. Lines and loans are picked among those that are there.
#[derive(Clone, Debug)]
enum Op {
	Draw { line: usize, amount: Balance },
	Repay { loan: usize, amount: Balance },
	Payoff { loan: usize },
	Collect { loan: usize },
	TopUp { line: usize, amount: Balance },
	Withdraw { line: usize, amount: Balance },
	Revenue { line: usize, amount: Balance },
	Donate { amount: Balance },
	Close { line: usize },
	Pass { time: Seconds },
}

fn any_op() -> impl Strategy<Value = Op> {
	let amount =
		|| (1..300_000u128, any::<u64>()).prop_map(|(usd, dust)| usd * USD + Balance::from(dust));
	let pick = || 0..4usize;
	prop_oneof![
		3 => (pick(), amount()).prop_map(|(line, amount)| Op::Draw { line, amount }),
		4 => (pick(), amount()).prop_map(|(loan, amount)| Op::Repay { loan, amount }),
		1 => pick().prop_map(|loan| Op::Payoff { loan }),
		3 => pick().prop_map(|loan| Op::Collect { loan }),
		1 => (pick(), amount()).prop_map(|(line, amount)| Op::TopUp { line, amount }),
		2 => (pick(), amount()).prop_map(|(line, amount)| Op::Withdraw { line, amount }),
		1 => (pick(), amount()).prop_map(|(line, amount)| Op::Revenue { line, amount }),
		1 => amount().prop_map(|amount| Op::Donate { amount }),
		1 => pick().prop_map(|line| Op::Close { line }),
		3 => (1..50 * DAY).prop_map(|time| Op::Pass { time }),
	]
}

fn varied_terms(revolving: bool, amortization: Amortization, monthly: bool) -> LineTerms {
	let mut terms = terms();
	terms.revolving = revolving;
	terms.availability_end = START + 1_000 * DAY;
	terms.loan.amortization = amortization;
	if monthly {
		terms.loan.calendar =
			Calendar::Monthly { day: 31, utc_offset_secs: 3_600, duration_days: 400 };
	}
	terms.loan.fees.servicing = percent(1, FeeRecipient::Curator);
	terms.loan.fees.exit = if revolving {
		percent(2, FeeRecipient::Treasury)
	} else {
		FeeTerm { fee: Fee::Absolute(100 * USD), recipient: FeeRecipient::Treasury }
	};
	terms
}

fn pick<V>(all: impl Iterator<Item = V>, index: usize) -> Option<V> {
	let all: Vec<V> = all.collect();
	let index = index % all.len().max(1);
	all.into_iter().nth(index)
}

/// Every USDai there is: free, on hold, anyone's.
fn everything() -> Balance {
	let free: Balance =
		polkadot_sdk::pallet_assets::Account::<Test>::iter_prefix_values(caliber_primitives::USDAI)
			.map(|account| account.balance)
			.sum();
	free + junior_held(CURATOR) + junior_held(OTHER_CURATOR)
}

fn apply(op: Op) {
	let line_at = |index| pick(Lines::<Test>::iter(), index);
	let loan_at = |index| pick(Loans::<Test>::iter_keys(), index);
	let by = RuntimeOrigin::signed;
	match op {
		Op::Draw { line, amount } => {
			if let Some((id, line)) = line_at(line) {
				let _ = Credit::draw(by(line.borrower), id, amount);
			}
		}
		Op::Repay { loan, amount } => {
			if let Some(id) = loan_at(loan) {
				if let Ok(paid) = repay(id, amount) {
					assert!(paid > 0 && paid <= amount, "took {paid} of {amount}");
				}
			}
		}
		Op::Payoff { loan } => {
			if let Some(id) = loan_at(loan) {
				let cost = Credit::payoff_amount(id).expect("it can always be told");
				let before = usd(ANYONE);
				if Credit::payoff(by(ANYONE), id, cost).is_ok() {
					assert_eq!(before - usd(ANYONE), cost);
					assert_eq!(balance_of(id), 0);
				} else {
					assert!(before < cost, "a payoff of {cost} was refused");
				}
			}
		}
		Op::Collect { loan } => {
			if let Some(id) = loan_at(loan) {
				let _ = Credit::collect(by(ANYONE), id);
			}
		}
		Op::TopUp { line, amount } => {
			if let Some((id, _)) = line_at(line) {
				let _ = Credit::top_up_reserve(by(ANYONE), id, amount);
			}
		}
		Op::Withdraw { line, amount } => {
			if let Some((id, line)) = line_at(line) {
				let _ = Credit::withdraw_reserve(by(line.borrower), id, amount);
			}
		}
		Op::Revenue { line, amount } => {
			if let Some((id, _)) = line_at(line) {
				let _ = Credit::receive_revenue(id, &ANYONE, amount);
			}
		}
		Op::Donate { amount } => {
			let _ = Assets::transfer(
				by(ANYONE),
				caliber_primitives::USDAI,
				Credit::account_id(),
				amount,
			);
		}
		Op::Close { line } => {
			if let Some((id, line)) = line_at(line) {
				let _ = Credit::close_line(by(line.curator), id);
			}
		}
		Op::Pass { time } => set_time(now() + time),
	}
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

	#[test]
	fn books_should_hold_after_every_step_of_a_random_history(
		ops in prop::collection::vec(any_op(), 1..120),
	) {
		ExtBuilder::default().build_and_execute(|| {
			let line = open(varied_terms(true, Amortization::Linear, false));
			assert_eq!(line, 0);
			for (curator, borrower, title, terms) in [
				(CURATOR, BORROWER, 2, varied_terms(false, Amortization::Level, true)),
				(OTHER_CURATOR, OTHER_BORROWER, 5, varied_terms(true, Amortization::Bullet, true)),
			] {
				let line = offer_by(curator, borrower, terms);
				accept(borrower, line, &terms, &[title]).expect("the title is free");
			}
			let issued = everything();
			for op in ops {
				let step = format!("{op:?}");
				apply(op);
				check_all();
				assert_eq!(everything(), issued, "USDai came or went with {step}");
				assert!(UsdAi::total_issuance() == issued);
			}
		});
	}
}
