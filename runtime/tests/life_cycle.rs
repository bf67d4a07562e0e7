// SPDX-License-Identifier: Apache-2.0

//! One loan from title to repayment, on the real runtime and by the real calendar.

#![allow(missing_docs)]

mod common;

use caliber_math::{
	calendar::Calendar,
	schedule::{Amortization, Fee},
};
use caliber_primitives::{
	credit::{FeeRecipient, FeeTerm, LineTerms, LoanFees, LoanTerms},
	USD,
};
use caliber_runtime::{
	configs::governance::TreasuryAccount, genesis_config_presets as presets, AccountId, Appraisal,
	Balance, Credit, ForeignAssets, Nfts, Reserves, Runtime, Titles, Vault,
};
use common::*;
use polkadot_sdk::{
	pallet_nfts, pallet_psm,
	sp_core::H256,
	sp_io::hashing::blake2_256,
	sp_runtime::{FixedU128, MultiAddress, Perbill, Permill},
};

fn no_fee() -> FeeTerm {
	FeeTerm { fee: Fee::None, recipient: FeeRecipient::Treasury }
}

/// A year, monthly on the 15th, level payments; senior at 10 %, junior at 15 %.
fn terms() -> LineTerms {
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

/// Offer and accept a line on `title`; its id.
fn open_line(title: u32) -> u32 {
	let line = pallet_caliber_credit::NextLineId::<Runtime>::get();
	let terms = terms();
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
			line,
			terms_hash,
			titles: vec![title].try_into().unwrap(),
		},
	);
	line
}

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

/// All USDai there is, account by account.
fn held() -> Balance {
	use polkadot_sdk::frame_support::traits::fungible::InspectHold;
	holders()
		.iter()
		.map(|who| {
			usdai_of(who) + caliber_runtime::configs::credit::UsdAiHold::total_balance_on_hold(who)
		})
		.sum()
}

fn transfer_nft(title: u32) -> pallet_nfts::Call<Runtime> {
	pallet_nfts::Call::transfer {
		collection: Titles::collection().unwrap(),
		item: title,
		dest: MultiAddress::Id(saver()),
	}
}

#[test]
fn loan_should_live_its_life_when_everyone_pays() {
	run(|| {
		// Dollars come in through the peg.
		buy_usdai(&saver(), 1_000_000);
		buy_usdai(&curator(), 100_000);
		buy_usdai(&borrower(), 100_000);
		let supply = usdai_supply();
		assert_eq!(supply, 1_200_000 * USD);
		submit_ok(
			&saver(),
			pallet_caliber_vault::Call::deposit { assets: 500_000 * USD, min_shares: 0 },
		);
		assert_eq!(susdai_of(&saver()), 500_000 * USD - 1_000_000);

		// A machine becomes a title and secures a line.
		feed_usual_prices();
		let title = server(&borrower(), 1);
		assert_eq!(Nfts::owner(0, title), Some(borrower()));
		let value = Appraisal::appraise(title).unwrap();
		assert!(value.value > 85_000 * USD, "{value:?}");
		let line = open_line(title);
		submit_err(&borrower(), transfer_nft(title), pallet_nfts::Error::<Runtime>::ItemLocked);

		// The draw: 1 % stays with the treasury, three installments in the reserve.
		let before = usdai_of(&borrower());
		submit_ok(&borrower(), pallet_caliber_credit::Call::draw { line, amount: 50_000 * USD });
		let report = Credit::line(line).unwrap();
		assert_eq!(report.outstanding, 50_000 * USD);
		assert_eq!(usdai_of(&TreasuryAccount::get()), 500 * USD);
		assert_eq!(usdai_of(&borrower()) - before, 50_000 * USD - 500 * USD - report.reserve);
		assert_eq!(Vault::nav().principal_out, 45_000 * USD);
		assert_eq!(held(), supply);

		// It is paid on each 15th, the first time after a stub of two weeks.
		let schedule = Credit::schedule(50_000 * USD, terms().loan, now()).unwrap();
		assert_eq!(schedule.len(), 12);
		assert_eq!(schedule[0].due_at, START + 14 * DAY);
		assert_eq!(schedule[0].principal, 0);
		let nav_before = Vault::nav();
		let mut senior_interest = 0;
		for installment in &schedule {
			set_time(installment.due_at);
			let due = Credit::due(0).unwrap();
			assert_eq!(due.total, installment.principal + installment.interest);
			assert_eq!(due.late_interest, 0);
			let vault_before = Vault::nav();
			submit_ok(
				&borrower(),
				pallet_caliber_credit::Call::repay { loan: 0, max_amount: due.total },
			);
			let vault_after = Vault::nav();
			let principal = vault_before.principal_out - vault_after.principal_out;
			senior_interest += vault_after.idle - vault_before.idle - principal;
			assert_eq!(held(), supply);
			check_state();
		}
		assert_eq!(Credit::due(0), None);

		// What the savers earned is what their part of the interest was, less the fee on it.
		let nav = Vault::nav();
		assert_eq!(nav.principal_out, 0);
		assert_eq!(nav.accrued_interest, 0);
		assert_eq!(nav.for_redemptions - nav_before.for_redemptions, senior_interest);
		// 45 000 at 10 % on a balance that sinks to nothing in a year: about half of 4 500, less 10 %.
		assert!((2_000 * USD..2_500 * USD).contains(&senior_interest), "{senior_interest}");

		// The line closes; the machine is free.
		submit_ok(&borrower(), pallet_caliber_credit::Call::close_line { line });
		submit_ok(&borrower(), transfer_nft(title));
		assert_eq!(Nfts::owner(0, title), Some(saver()));
		assert_eq!(usdai_of(&Credit::account_id()), 0);

		// The saver leaves with everything and takes USDC home.
		let shares = susdai_of(&saver());
		let worth = Vault::preview_redeem(shares);
		submit_ok(&saver(), pallet_caliber_vault::Call::request_redemption { shares });
		set_time(Vault::window().closes_at);
		submit_ok(&borrower(), pallet_caliber_vault::Call::start_settlement {});
		submit_ok(&borrower(), pallet_caliber_vault::Call::settle { max_requests: 10 });
		let before = usdai_of(&saver());
		submit_ok(&saver(), pallet_caliber_vault::Call::claim { id: 0, amount: None });
		assert_eq!(usdai_of(&saver()) - before, worth);
		assert_eq!(worth, 500_000 * USD + senior_interest - (nav.for_redemptions - worth));

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
	run(|| {
		buy_usdai(&saver(), 500_000);
		buy_usdai(&curator(), 100_000);
		buy_usdai(&borrower(), 100_000);
		submit_ok(
			&saver(),
			pallet_caliber_vault::Call::deposit { assets: 500_000 * USD, min_shares: 0 },
		);
		feed_usual_prices();
		let title = server(&borrower(), 1);
		let line = open_line(title);
		submit_ok(&borrower(), pallet_caliber_credit::Call::draw { line, amount: 50_000 * USD });
		let schedule = Credit::schedule(50_000 * USD, terms().loan, now()).unwrap();

		// Two deadlines pass; the oracle has fallen silent. A third party pays for the borrower.
		set_time(schedule[1].due_at + 3 * DAY);
		let due = Credit::due(0).unwrap();
		assert_eq!(due.windows, 3);
		assert!(due.late_interest > 0);
		let rate = 1_585_489_600u128; // ceil(5 % / 31 536 000) at 1e-18
		let late = |late_secs: u128| (50_000 * USD * rate * late_secs).div_ceil(10u128.pow(18));
		// The first window is ten days late at most: that is its grace period.
		assert_eq!(due.late_interest, late(10 * 86_400) + late(3 * 86_400));
		submit_ok(
			&saver_with_dollars(),
			pallet_caliber_credit::Call::repay { loan: 0, max_amount: due.total },
		);
		let due = Credit::due(0).unwrap();
		assert_eq!((due.windows, due.total), (0, 0));
		assert_eq!(Credit::line(line).unwrap().outstanding, schedule[2].balance_after);

		// And the rest at once.
		let rest = Credit::payoff_amount(0).unwrap();
		assert_eq!(rest, schedule[2].balance_after);
		submit_ok(
			&saver_with_dollars(),
			pallet_caliber_credit::Call::payoff { loan: 0, max_amount: rest },
		);
		assert_eq!(Credit::line(line).unwrap().outstanding, 0);
	});
}

/// The saver, who has bought dollars once more.
fn saver_with_dollars() -> AccountId {
	buy_usdai(&saver(), 60_000);
	saver()
}

#[test]
fn draw_should_fail_when_prices_are_old_and_repay_should_not() {
	run(|| {
		buy_usdai(&saver(), 500_000);
		buy_usdai(&curator(), 100_000);
		buy_usdai(&borrower(), 10_000);
		submit_ok(
			&saver(),
			pallet_caliber_vault::Call::deposit { assets: 500_000 * USD, min_shares: 0 },
		);
		feed_usual_prices();
		let title = server(&borrower(), 1);
		let line = open_line(title);
		submit_ok(&borrower(), pallet_caliber_credit::Call::draw { line, amount: 20_000 * USD });

		// The last second in which the prices count, and the one after.
		let draw = || pallet_caliber_credit::Call::draw { line, amount: 1_000 * USD };
		set_time(START + 600);
		submit_ok(&borrower(), draw());
		set_time(START + 601);
		submit_err(&borrower(), draw(), pallet_caliber_credit::Error::<Runtime>::PriceStale);
		submit_ok(
			&borrower(),
			pallet_caliber_credit::Call::repay { loan: 0, max_amount: 1_000 * USD },
		);
	});
}
