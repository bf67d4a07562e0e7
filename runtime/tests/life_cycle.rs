// SPDX-License-Identifier: Apache-2.0

//! A loan from its title to its repayment, on the real runtime and the real calendar.

#![allow(missing_docs)]

mod common;

use caliber_primitives::USD;
use caliber_runtime::{
	accounts::TreasuryAccount, genesis_config_presets as presets, AccountId, Appraisal, Balance,
	Credit, ForeignAssets, Nfts, Reserves, Runtime, Titles, Vault,
};
use common::{lines::*, *};
use polkadot_sdk::{
	pallet_nfts, pallet_psm,
	sp_runtime::{MultiAddress, Permill},
};

/// Returns all accounts that have USDai.
fn holders() -> Vec<AccountId> {
	vec![
		borrower(),
		curator(),
		saver(),
		off_taker(),
		TreasuryAccount::get(),
		Credit::account_id(),
		Vault::account_id(),
	]
}

/// Returns the sum of the balances and holds of all holders of USDai.
fn held() -> Balance {
	use polkadot_sdk::frame_support::traits::fungible::InspectHold;
	holders()
		.iter()
		.map(|who| usdai_of(who) + caliber_runtime::assets::UsdAiHold::total_balance_on_hold(who))
		.sum()
}

fn transfer_nft(title_id: u32) -> pallet_nfts::Call<Runtime> {
	pallet_nfts::Call::transfer {
		collection: Titles::collection().unwrap(),
		item: title_id,
		dest: MultiAddress::Id(saver()),
	}
}

#[test]
fn loan_should_live_its_life_when_everyone_pays() {
	run_live(|| {
		// The peg issues dollars. Those of the pool for fees, and bonds and capital, are there from
		// the beginning.
		let of_pool = usdai_supply();
		assert_eq!(of_pool, 6_700_004 * USD);
		buy_usdai(&saver(), 1_000_000);
		buy_usdai(&curator(), 100_000);
		buy_usdai(&borrower(), 100_000);
		let supply = usdai_supply();
		assert_eq!(supply, of_pool + 1_200_000 * USD);
		submit_ok(
			&saver(),
			pallet_caliber_vault::Call::deposit { assets: 500_000 * USD, min_shares: 0 },
		);
		assert_eq!(susdai_of(&saver()), 500_000 * USD - 1_000_000);

		// A machine becomes a title and secures a line.
		feed_usual_prices();
		let title_id = server(&borrower(), 1);
		assert_eq!(Nfts::owner(0, title_id), Some(borrower()));
		let value = Appraisal::appraise(title_id).unwrap();
		assert!(value.value > 85_000 * USD, "{value:?}");
		let line_id = open_line(title_id);
		submit_err(&borrower(), transfer_nft(title_id), pallet_nfts::Error::<Runtime>::ItemLocked);

		// The draw pays 1 % to the treasury and three installments into the reserve.
		let before = usdai_of(&borrower());
		submit_ok(
			&borrower(),
			pallet_caliber_credit::Call::draw { line: line_id, amount: 50_000 * USD },
		);
		let report = Credit::line(line_id).unwrap();
		assert_eq!(report.outstanding, 50_000 * USD);
		assert_eq!(usdai_of(&TreasuryAccount::get()), 500 * USD);
		assert_eq!(usdai_of(&borrower()) - before, 50_000 * USD - 500 * USD - report.reserve);
		assert_eq!(Vault::nav().principal_out, 45_000 * USD);
		assert_eq!(held(), supply - of_pool);

		// A payment is due on each 15th, for the first time after a stub of two weeks.
		let schedule = Credit::schedule(50_000 * USD, terms().loan, now()).unwrap();
		assert_eq!(schedule.len(), 12);
		assert_eq!(schedule[0].due_at, START + 14 * DAY);
		assert_eq!(schedule[0].principal, 0);
		let nav_before = Vault::nav();
		let mut senior_interest = 0;
		for installment in &schedule {
			set_time(installment.due_at);
			let due = Credit::due(LOAN).unwrap();
			assert_eq!(due.total, installment.principal + installment.interest);
			assert_eq!(due.late_interest, 0);
			let vault_before = Vault::nav();
			submit_ok(
				&borrower(),
				pallet_caliber_credit::Call::repay { loan: LOAN, max_amount: due.total },
			);
			let vault_after = Vault::nav();
			let principal = vault_before.principal_out - vault_after.principal_out;
			senior_interest += vault_after.idle - vault_before.idle - principal;
			assert_eq!(held(), supply - of_pool);
			check_state();
		}
		assert_eq!(Credit::due(LOAN), None);

		// The savers have earned the senior interest, less the yield fee.
		let nav = Vault::nav();
		assert_eq!(nav.principal_out, 0);
		assert_eq!(nav.accrued_interest, 0);
		// What the savers earn beyond the interest of the second hand, rounding, runs off by and by.
		assert!(nav.locked < 1_000_000_000, "{}", nav.locked);
		assert_eq!(nav.for_redemptions + nav.locked - nav_before.for_redemptions, senior_interest);
		// 10 % of 45 000 on a balance that falls to zero in a year is about half of 4 500, less 10
		// %.
		assert!((2_000 * USD..2_500 * USD).contains(&senior_interest), "{senior_interest}");

		// The line closes and releases the title.
		submit_ok(&borrower(), pallet_caliber_credit::Call::close_line { line: line_id });
		submit_ok(&borrower(), transfer_nft(title_id));
		assert_eq!(Nfts::owner(0, title_id), Some(saver()));
		assert_eq!(usdai_of(&Credit::account_id()), 0);

		// The saver redeems all shares, and USDai for USDC.
		let shares = susdai_of(&saver());
		let worth = Vault::preview_redeem(shares).unwrap();
		submit_ok(
			&saver(),
			pallet_caliber_vault::Call::request_redemption { shares, least_price: None },
		);
		set_time(Vault::window().closes_at);
		start_settlement();
		submit_ok(&borrower(), pallet_caliber_vault::Call::settle { max_requests: 10 });
		let before = usdai_of(&saver());
		submit_ok(&saver(), pallet_caliber_vault::Call::claim { id: 0, amount: None });
		let claimed = usdai_of(&saver()) - before;
		assert!(claimed >= worth && claimed <= worth + nav.locked, "{claimed} {worth}");
		let of_the_first = nav.for_redemptions - worth;
		assert_eq!(worth + of_the_first + nav.locked, 500_000 * USD + senior_interest);

		let usdc_before = ForeignAssets::balance(presets::usdc(), saver());
		submit_ok(
			&saver(),
			pallet_psm::Call::redeem {
				internal_asset: usdai(),
				external_asset: presets::usdc(),
				internal_amount: 100_000 * USD,
				max_fee: Permill::from_parts(1_000),
			},
		);
		assert_eq!(
			ForeignAssets::balance(presets::usdc(), saver()) - usdc_before,
			99_900 * 1_000_000
		);
		let proof = Reserves::proof_of_reserves();
		assert!(proof.backed);
		assert_eq!(proof.supply, usdai_supply());
		assert_eq!(proof.supply, supply - 99_900 * USD);
	});
}

#[test]
fn late_borrower_should_pay_extra_and_catch_up_in_one_call() {
	run_live(|| {
		let line_id = open_funded_line(100_000);
		submit_ok(
			&borrower(),
			pallet_caliber_credit::Call::draw { line: line_id, amount: 50_000 * USD },
		);
		let schedule = Credit::schedule(50_000 * USD, terms().loan, now()).unwrap();

		// Two due dates pass without reports of the oracle. A third party pays for the borrower.
		set_time(schedule[1].due_at + 3 * DAY);
		let due = Credit::due(LOAN).unwrap();
		assert_eq!(due.periods, 3);
		assert!(due.late_interest > 0);
		let rate = 1_585_489_600u128; // ceil(5 % / 31 536 000) at 1e-18
		let late = |late_secs: u128| (50_000 * USD * rate * late_secs).div_ceil(10u128.pow(18));
		// The lateness of the first payment period is limited to its grace period of ten days.
		assert_eq!(due.late_interest, late(10 * 86_400) + late(3 * 86_400));
		submit_ok(
			&saver_with_dollars(),
			pallet_caliber_credit::Call::repay { loan: LOAN, max_amount: due.total },
		);
		let due = Credit::due(LOAN).unwrap();
		assert_eq!((due.periods, due.total), (0, 0));
		assert_eq!(Credit::line(line_id).unwrap().outstanding, schedule[2].balance_after);

		// The payoff pays the rest.
		let rest = Credit::payoff_amount(LOAN).unwrap();
		assert_eq!(rest, schedule[2].balance_after);
		submit_ok(
			&saver_with_dollars(),
			pallet_caliber_credit::Call::payoff { loan: LOAN, max_amount: rest },
		);
		assert_eq!(Credit::line(line_id).unwrap().outstanding, 0);
	});
}

/// Mints more dollars for the saver. Returns its account.
fn saver_with_dollars() -> AccountId {
	buy_usdai(&saver(), 60_000);
	saver()
}

#[test]
fn draw_should_fail_when_prices_are_old_and_repay_should_not() {
	run_live(|| {
		let line_id = open_funded_line(10_000);
		submit_ok(
			&borrower(),
			pallet_caliber_credit::Call::draw { line: line_id, amount: 20_000 * USD },
		);

		// The prices are fresh for 600 seconds.
		let draw = || pallet_caliber_credit::Call::draw { line: line_id, amount: 1_000 * USD };
		set_time(START + 600);
		submit_ok(&borrower(), draw());
		set_time(START + 601);
		submit_err(&borrower(), draw(), pallet_caliber_credit::Error::<Runtime>::PriceStale);
		submit_ok(
			&borrower(),
			pallet_caliber_credit::Call::repay { loan: LOAN, max_amount: 1_000 * USD },
		);
	});
}
