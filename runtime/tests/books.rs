// SPDX-License-Identifier: Apache-2.0

//! Books of several pallets that must agree to the last unit.

#![allow(missing_docs)]

mod common;

use caliber_primitives::{credit::LineState, traits::SeniorLender, USD};
use caliber_runtime::{
	invariants, AccountId, Balances, Credit, Runtime, RuntimeHoldReason, System, Vault,
};
use common::{lines::*, *};
use polkadot_sdk::{
	frame_support::{
		assert_ok,
		traits::{
			fungible::{InspectHold, MutateHold},
			tokens::Precision,
			TryState, TryStateSelect,
		},
	},
	sp_runtime::FixedU128,
};

/// Opens a line and draws a loan under it.
fn draw_a_loan() {
	let line_id = open_funded_line(10_000);
	submit_ok(
		&borrower(),
		pallet_caliber_credit::Call::draw { line: line_id, amount: 40_000 * USD },
	);
	check_state();
}

/// Returns true if the invariants of credit hold.
fn credit_is_sound() -> bool {
	<Credit as TryState<_>>::try_state(System::block_number(), TryStateSelect::All).is_ok()
}

#[test]
fn one_unit_between_credit_and_vault_should_be_found() {
	run_live(|| {
		draw_a_loan();
		let book = <Vault as SeniorLender<AccountId>>::book();
		assert_eq!(book.principal_out, 36_000 * USD);
		type Ledger = pallet_caliber_vault::Ledger<Runtime>;

		let ledger = Ledger::get();
		Ledger::mutate(|ledger| ledger.principal_out += 1);
		assert!(!credit_is_sound());
		Ledger::mutate(|ledger| ledger.principal_out -= 2);
		assert!(!credit_is_sound());
		Ledger::put(ledger);
		assert!(credit_is_sound());
		Ledger::mutate(|ledger| ledger.impairment += 1);
		assert!(!credit_is_sound());
		Ledger::put(ledger);

		Ledger::mutate(|ledger| ledger.accrual.offset += 1);
		assert!(!credit_is_sound());
		Ledger::put(ledger);
		Ledger::mutate(|ledger| ledger.accrual.per_second -= 1);
		assert!(!credit_is_sound());
		Ledger::put(ledger);
		assert!(credit_is_sound());
	});
}

/// 40 000 are drawn on titles that secure 94 752.
#[test]
fn record_of_the_day_should_hold_the_coverage_of_the_last_round() {
	run_live(|| {
		draw_a_loan();
		let drawn_at = now();
		submit_ok(&saver(), pallet_caliber_credit::Call::turn_round { max_lines: 9 });
		let round = Credit::book().last_round.unwrap();
		assert_eq!((round.begun, round.ended), (drawn_at, drawn_at));
		assert_eq!(round.by_state.to_vec(), [(LineState::Open, 1, 40_000 * USD)]);
		assert_eq!((round.base, round.debt), (94_752 * USD, 40_000 * USD));
		assert_eq!(round.coverage, Some(FixedU128::from_rational(23_688, 10_000)));
		buy_usdai(&saver(), 1);
		// A deposit writes the record of its day, with the round of the day before.
		set_time(drawn_at + DAY);
		let forward = Vault::nav().apr.forward;
		let deposit = pallet_caliber_vault::Call::deposit { assets: USD, min_shares: 0 };
		submit_ok(&saver(), deposit);
		let record = Vault::history(0, 400).pop().unwrap();
		assert_eq!((record.at, record.round), (drawn_at + DAY, Some(round)));
		assert_eq!(record.forward_apr, forward);
		assert!(forward > Some(FixedU128::from_u32(0)));
	});
}

#[test]
fn one_unit_of_a_deposit_should_be_found() {
	run_live(|| {
		draw_a_loan();
		let shares = 1_000 * USD;
		submit_ok(
			&saver(),
			pallet_caliber_vault::Call::request_redemption { shares, least_price: None },
		);
		check_state();
		let deposits: [(AccountId, RuntimeHoldReason); 4] = [
			(custodian(), pallet_caliber_titles::HoldReason::TitleDeposit.into()),
			(insurer(), pallet_caliber_titles::HoldReason::PolicyDeposit.into()),
			(curator(), pallet_caliber_credit::HoldReason::LineDeposit.into()),
			(saver(), pallet_caliber_vault::HoldReason::RedemptionRequest.into()),
		];
		for (who, reason) in deposits {
			assert!(Balances::balance_on_hold(&reason, &who) > 0, "{reason:?}");
			assert_ok!(Balances::hold(&reason, &who, 1));
			assert!(invariants::check().is_err(), "{reason:?}");
			assert_ok!(Balances::release(&reason, &who, 2, Precision::Exact));
			assert!(invariants::check().is_err(), "{reason:?}");
			assert_ok!(Balances::hold(&reason, &who, 1));
			assert_ok!(invariants::check());
		}
	});
}
