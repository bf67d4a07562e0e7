// SPDX-License-Identifier: Apache-2.0

//! A year of the vault against a second valuation (`vectors/valuation.mjs`), which holds every loan
//! by itself and shares neither code nor language with this crate. The lines are explained there.

use super::mock::*;
use crate::Ledger;
use caliber_primitives::{
	traits::{Accrual, Loss, SeniorLender, Settlement},
	vault::IncomeSource,
	Balance, Seconds,
};
use polkadot_sdk::frame_support::assert_ok;
use std::{collections::BTreeMap, str::FromStr};

const YEAR: &str = include_str!("vectors/valuation.csv");

/// A loan of the year: its place, and its suspended interest and provision.
#[derive(Default)]
struct Loan {
	place: Option<Accrual>,
	suspended: Balance,
	provision: Balance,
}

/// Parses the text of a number.
fn number<N: FromStr>(text: &str) -> N {
	text.parse().unwrap_or_else(|_| panic!("{text} is no number"))
}

/// Parses the place of a loan.
fn place(text: &str) -> Option<Accrual> {
	let parts: Vec<&str> = text.split(':').collect();
	(text != "-").then(|| Accrual {
		per_second: number(parts[0]),
		since: number(parts[1]),
		paid: number(parts[2]),
		earned: number(parts[3]),
	})
}

/// Makes an event of the year happen.
fn perform(kind: &str, args: &[&str], loans: &mut BTreeMap<u32, Loan>) {
	let amount = |at: usize| number::<Balance>(args[at]);
	match kind {
		"deposit" => {
			let by = RuntimeOrigin::signed(number(args[0]));
			assert_ok!(Vault::deposit_impaired(by, amount(1), 0, Balance::MAX));
		}
		"draw" => {
			let accrual = Accrual { per_second: amount(2), since: time(), paid: 0, earned: 0 };
			assert_ok!(Vault::lend(&BORROWER, amount(1), Some(accrual)));
			loans.insert(number(args[0]), Loan { place: Some(accrual), ..Default::default() });
		}
		"place" => {
			let loan = loans.get_mut(&number(args[0])).expect("it was drawn");
			let (new, suspended) = (place(args[3]), amount(4));
			assert_ok!(settle_loan(Settlement {
				principal: amount(1),
				interest: amount(2),
				old: loan.place,
				new,
				suspended_before: loan.suspended,
				suspended_after: suspended,
				paid_until: number(args[5]),
			}));
			(loan.place, loan.suspended) = (new, suspended);
		}
		"provision" => {
			let loan = loans.get_mut(&number(args[0])).expect("it was drawn");
			assert_ok!(Vault::provision(loan.provision, amount(1)));
			loan.provision = amount(1);
		}
		"loss" => {
			let (suspended, provision) = (amount(3), amount(4));
			assert_ok!(Vault::write_off(Loss {
				principal: amount(1),
				interest: amount(2),
				suspended,
				provision,
			}));
		}
		"recover" => {
			assert_ok!(Vault::recover(&BORROWER, amount(0)));
		}
		"yield" => {
			let by = RuntimeOrigin::signed(CHARLIE);
			assert_ok!(Vault::pay_yield(by, IncomeSource::Other, amount(0)));
		}
		"bills" => {
			BillsValue::set(amount(0));
			BillsYieldDue::set(amount(1));
		}
		"redeem" => {
			assert_ok!(start());
			assert_ok!(settle(10));
		}
		"look" => {}
		other => panic!("no event is called {other}"),
	}
}

#[test]
fn year_should_have_the_values_and_prices_of_the_second_valuation() {
	ExtBuilder::default().windows(30 * DAY, 30 * DAY).build_and_execute(|| {
		// A window is settled at its close with what is there.
		Values::mutate(|values| (values.raising_period, values.round_wait) = (0, 0));
		let mut loans = BTreeMap::new();
		let lines: Vec<&str> = YEAR.lines().collect();
		for (at, line) in lines.iter().enumerate() {
			let (event, figures) = line.split_once('=').expect("figures stand behind it");
			let event: Vec<&str> = event.split(',').collect();
			let now: Seconds = number(event[1]);
			set_time(now);
			perform(event[0], &event[2..], &mut loans);

			let nav = Vault::nav();
			let ours = [
				nav.for_deposits,
				nav.for_redemptions,
				nav.deposit_price.into_inner(),
				nav.redemption_price.into_inner(),
				nav.shares,
				nav.idle,
				nav.locked,
			];
			let theirs: Vec<Balance> = figures.split(',').map(number).collect();
			assert_eq!(ours[..], theirs[..], "line {}: {line}", at + 1);
			assert_ok!(Vault::do_try_state());

			// Who leaves at the next close asks for it in this window.
			let next = lines.get(at + 1).filter(|next| next.starts_with("redeem,"));
			if let Some(next) = next {
				let args: Vec<&str> = next.split(['=', ',']).collect();
				assert_ok!(redeem(number(args[2]), number(args[3])));
			}
		}
		// Not a year without events.
		assert!(loans.len() > 40 && Ledger::<Test>::get().bad_debt > 0);
	});
}
