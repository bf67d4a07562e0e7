// SPDX-License-Identifier: Apache-2.0

//! States from which benchmarks begin, on the pallets of the chain.

#![cfg(feature = "runtime-benchmarks")]

mod common;

use caliber_primitives::{
	traits::{LineRules, LossPayee, RevenueSink, TitleInspect, TitleValue},
	ModelId, USD,
};
use caliber_runtime::{AccountId, Appraisal, Credit, Governance, Runtime, System, Titles};
use common::{borrower, genesis, lines, live_genesis, run_live, submit_ok};
use pallet_caliber_credit::{BenchmarkHelper, Config, Lines};
use polkadot_sdk::frame_support::assert_ok;

/// The measured chain is the development one, whose waits are divided by its tempo.
#[test]
fn benchmark_line_should_take_payments_when_it_is_as_large_as_it_may_be() {
	for mut ext in [live_genesis(), genesis("development")] {
		ext.execute_with(|| {
			System::set_block_number(1);
			let owner: AccountId = polkadot_sdk::frame_benchmarking::account("owner", 0, 0);
			let title = <Titles as TitleInspect<AccountId>>::benchmark_title(&owner);
			let line_id = <Credit as RevenueSink<AccountId>>::benchmark_line(&owner, title)
				.expect("the chain has lines");
			assert_eq!(Titles::encumbrance(title), Some(line_id));
			let line = Lines::<Runtime>::get(line_id).unwrap();
			assert!(line.titles.is_full() && line.loans.is_full());
			assert_ok!(Credit::receive_revenue(line_id, &line.curator, USD));
			assert_ok!(Credit::receive_loss_payment(line_id, title, &line.curator, 2 * USD));
			let line = Lines::<Runtime>::get(line_id).unwrap();
			assert_eq!((line.reserve, line.insurance_proceeds), (USD, 2 * USD));
		});
	}
}

#[test]
fn make_versions_should_leave_a_line_its_own_when_it_draws() {
	run_live(|| {
		let line_id = lines::open_funded_line(100_000);
		let own = Lines::<Runtime>::get(line_id).unwrap().versions;
		let models: Vec<ModelId> = own.models.iter().map(|(model, _)| *model).collect();
		<Runtime as Config>::BenchmarkHelper::make_versions(&models);
		assert_ne!(<Governance as LineRules>::version(), own.rules);
		for (model, version) in &own.models {
			assert_ne!(<Appraisal as TitleValue>::version(*model), Some(*version));
		}
		let draw = pallet_caliber_credit::Call::draw { line: line_id, amount: 10_000 * USD };
		submit_ok(&borrower(), draw);
		assert_eq!(Lines::<Runtime>::get(line_id).unwrap().versions, own);
	});
}
