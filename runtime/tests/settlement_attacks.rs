// SPDX-License-Identifier: Apache-2.0

//! Thefts around the close of a redemption window, each in one batch and over blocks: nobody who is
//! queued loses more than 2 % to them, and nobody gains. Those with Treasury bills and sealed bids are
//! in the tests of the vault.

#![allow(missing_docs)]

mod common;

use caliber_primitives::{
	credit::LineState,
	vault::{WindowPhase, WindowReport},
	LineId, USD,
};
use caliber_runtime::{
	assets::UsdAiHold, configs::governance::origins::Origin, AccountId, Balance, Balances, Credit,
	Runtime, RuntimeCall, Vault,
};
use common::{lines::*, *};
use pallet_caliber_credit::{Call as CreditCall, Error as CreditError};
use pallet_caliber_titles::Call as TitlesCall;
use pallet_caliber_vault::{Call as VaultCall, Error as VaultError, HoldReason, Settlement};
use polkadot_sdk::{
	frame_support::{
		assert_ok,
		traits::{
			fungible::{Inspect, InspectHold, Mutate},
			tokens::Preservation,
		},
	},
	pallet_utility,
	sp_runtime::{traits::Dispatchable, Perbill},
};

/// Shares that are queued.
const QUEUED: Balance = 20_000 * USD;

/// Calls one after the other, those that fail left out.
fn one_batch(calls: Vec<RuntimeCall>) -> RuntimeCall {
	pallet_utility::Call::force_batch { calls }.into()
}

/// Renews the custody of the machines.
fn heartbeat() -> TitlesCall<Runtime> {
	TitlesCall::heartbeat { titles: vec![0].try_into().unwrap() }
}

/// Sets the clock. The custodian renews custody and the operators report the usual prices.
fn pass_to(time: u64) {
	set_time(time);
	submit_ok(&custodian(), heartbeat());
	feed_usual_prices();
}

fn deposit(who: &AccountId, dollars: Balance) {
	buy_usdai(who, dollars);
	submit_ok(who, VaultCall::deposit { assets: dollars * USD, min_shares: 0 });
}

/// A line that has drawn what the value of its machines lets it draw, whose sale would cost half of it.
/// The saver queues 20 000 of its shares, and somebody else stays with 40 000. Returns the line and
/// the close of the window.
fn queued() -> (LineId, u64) {
	buy_usdai(&curator(), 100_000);
	buy_usdai(&borrower(), 100_000);
	deposit(&saver(), 100_000);
	deposit(&off_taker(), 40_000);
	pallet_caliber_governance::CreditArea::<Runtime>::mutate(|area| {
		area.values.liquidation_cost = Perbill::from_percent(50);
		// A lapse of custody shows all of that at once, and nothing shows it before.
		area.values.lapse_weight = Perbill::one();
		area.values.low_coverage_weight = Perbill::zero();
	});
	feed_usual_prices();
	let line = open_line_on(
		caliber_primitives::credit::LineTerms { limit: 90_000 * USD, ..terms() },
		server(&borrower(), 1),
	);
	submit_ok(&borrower(), CreditCall::draw { line, amount: 74_900 * USD });
	submit_ok(&saver(), VaultCall::request_redemption { shares: QUEUED, least_price: None });
	pass_to(START + 14 * DAY);
	let max_amount = Credit::due(LOAN).unwrap().total;
	submit_ok(&borrower(), CreditCall::repay { loan: LOAN, max_amount });
	(line, Vault::window().closes_at)
}

/// The first heartbeat is missed in the second after the close; the custodian's friend stays.
fn miss_a_heartbeat() -> (LineId, u64, Balance) {
	let (line, close) = queued();
	assert_eq!(close, START + 30 * DAY);
	pass_to(close - 7 * DAY - 1);
	let reveal_from = close - DAY;
	set_time(reveal_from);
	feed_usual_prices();
	let fair = Vault::preview_redeem(QUEUED).unwrap();
	assert!(fair >= QUEUED);
	set_time(close);
	feed_usual_prices();
	(line, close, fair)
}

/// Calls of the custodian that would serve the queue at the price of a default.
fn flag_and_start(line: LineId) -> Vec<RuntimeCall> {
	vec![
		CreditCall::turn_round { max_lines: 8 }.into(),
		CreditCall::declare_breach { line }.into(),
		VaultCall::start_settlement {}.into(),
	]
}

fn make_good(line: LineId) -> Vec<RuntimeCall> {
	vec![heartbeat().into(), CreditCall::cure { line }.into()]
}

/// Ensures that nothing was settled and that requests can be cancelled. Returns until when.
#[track_caller]
fn assert_reopened() -> u64 {
	assert!(!Settlement::<Runtime>::exists());
	let WindowReport { phase, until, .. } = Vault::window();
	assert_eq!(phase, WindowPhase::Reopened);
	until.unwrap()
}

/// Starts and serves at `time`. Returns what the saver got.
fn served_at(time: u64) -> Balance {
	pass_to(time);
	start_settlement();
	submit_ok(&borrower(), VaultCall::settle { max_requests: 10 });
	let before = usdai_of(&saver());
	submit_ok(&saver(), VaultCall::claim { id: 0, amount: None });
	usdai_of(&saver()) - before
}

#[test]
fn missed_heartbeat_should_take_nothing_from_who_is_queued_when_all_is_one_batch() {
	run_live(|| {
		let (line, _, fair) = miss_a_heartbeat();
		let steps = [flag_and_start(line), make_good(line)].concat();
		submit_ok(&custodian(), one_batch(steps));
		assert_eq!(Credit::line(line).unwrap().state, LineState::Open);
		let until = assert_reopened();
		assert_eq!(until, START + 31 * DAY);
		assert!(served_at(until) >= fair);
	});
}

#[test]
fn missed_heartbeat_should_take_nothing_from_who_is_queued_when_it_is_cured_in_the_next_block() {
	run_live(|| {
		let (line, close, fair) = miss_a_heartbeat();
		submit_ok(&custodian(), one_batch(flag_and_start(line)));
		let low = Vault::preview_redeem(QUEUED).unwrap();
		assert!(low < fair * 98 / 100, "{low} of {fair}");
		set_time(close + 6);
		submit_ok(&custodian(), one_batch(make_good(line)));
		let until = assert_reopened();
		assert!(served_at(until) >= fair);
	});
}

#[test]
fn leaver_should_cancel_without_a_loss_when_the_price_has_fallen() {
	run_live(|| {
		let (line, close, _) = miss_a_heartbeat();
		submit_err(
			&saver(),
			VaultCall::cancel_request { id: 0 },
			VaultError::<Runtime>::WindowClosed,
		);
		submit_ok(&custodian(), one_batch(flag_and_start(line)));
		assert_reopened();
		set_time(close + 600);
		let before = susdai_of(&saver());
		submit_ok(&saver(), VaultCall::cancel_request { id: 0 });
		assert_eq!(susdai_of(&saver()) - before, QUEUED);
		submit_ok(&custodian(), one_batch(make_good(line)));
	});
}

/// The breach is known a second before the price is noted: whoever leaves could know it too.
#[test]
fn price_should_be_noted_before_the_transactions_of_the_block_in_which_cancelling_ends() {
	run_live(|| {
		let (line, close) = queued();
		let reveal_from = close - DAY;
		pass_to(reveal_from - 7 * DAY - 1);
		let fair = Vault::preview_redeem(QUEUED).unwrap();
		set_time(reveal_from);
		feed_usual_prices();
		let steps: [RuntimeCall; 3] = [
			CreditCall::declare_breach { line }.into(),
			heartbeat().into(),
			CreditCall::cure { line }.into(),
		];
		submit_ok(&custodian(), one_batch(steps[..1].to_vec()));
		assert!(Vault::preview_redeem(QUEUED).unwrap() < fair * 98 / 100);
		// What was noted is the price before: it opens cancelling again.
		set_time(close);
		feed_usual_prices();
		start_settlement();
		assert_reopened();
		submit_ok(&custodian(), one_batch(steps[1..].to_vec()));
	});
}

#[test]
fn draw_should_take_nothing_that_the_queue_wants() {
	for after_close in [false, true] {
		run_live(|| {
			buy_usdai(&curator(), 100_000);
			deposit(&saver(), 50_000);
			feed_usual_prices();
			let line = open_line_on(
				caliber_primitives::credit::LineTerms {
					availability_end: now() + 60 * DAY,
					..terms()
				},
				server(&borrower(), 1),
			);
			submit_ok(
				&saver(),
				VaultCall::request_redemption { shares: QUEUED, least_price: None },
			);
			let close = Vault::window().closes_at;
			pass_to(if after_close { close } else { close - DAY });
			let draw = |dollars: Balance| CreditCall::draw { line, amount: dollars * USD };
			// 50 000 idle, 20 000 wanted: 45 000 of 50 000 are too much.
			let lacking = CreditError::<Runtime>::InsufficientLiquidity;
			let steps = vec![draw(50_000).into(), VaultCall::start_settlement {}.into()];
			submit_err(&borrower(), draw(50_000), lacking);
			submit_ok(&borrower(), one_batch(steps));
			submit_ok(&borrower(), draw(33_000));
			assert_eq!(served_at(close + 6), QUEUED);
		});
	}
}

/// A default whose time has come is in the price of the settlement, whoever starts it first.
#[test]
fn settlement_should_wait_until_each_line_was_looked_at_after_the_close() {
	run_live(|| {
		let (line, close) = queued();
		pass_to(close - 60);
		turn_round();
		pass_to(close);
		let start = || VaultCall::start_settlement {};
		submit_err(&saver(), start(), VaultError::<Runtime>::RoundAwaited);
		assert!(Vault::window().awaited.round);
		turn_round();
		submit_ok(&saver(), start());
		assert_eq!(Credit::line(line).unwrap().state, LineState::Open);
		submit_ok(&saver(), VaultCall::settle { max_requests: 1 });
	});
	// Nobody turns it: six hours after the raising period all goes on.
	run_live(|| {
		let (_, close) = queued();
		for late in [0, DAY, DAY + 6 * 3_600 - 1] {
			pass_to(close + late);
			submit_err(
				&saver(),
				VaultCall::start_settlement {},
				VaultError::<Runtime>::RoundAwaited,
			);
		}
		pass_to(close + DAY + 6 * 3_600);
		submit_ok(&saver(), VaultCall::start_settlement {});
		submit_ok(&saver(), VaultCall::settle { max_requests: 1 });
	});
}

#[test]
fn idle_blocks_should_turn_the_round_settle_and_pay() {
	run_live(|| {
		let (_, close) = queued();
		let before = usdai_of(&saver());
		pass_to(close);
		for _ in 0..6 {
			idle_block();
		}
		assert!(Vault::request(0).is_none());
		assert!(usdai_of(&saver()) - before >= QUEUED);
	});
}

#[test]
fn saver_without_native_tokens_should_request_with_a_deposit_in_usdai() {
	run_live(|| {
		let who = AccountId::new([7; 32]);
		buy_usdai(&saver(), 1_000);
		caliber_runtime::assets::UsdAi::transfer(
			&saver(),
			&who,
			100 * USD,
			Preservation::Expendable,
		)
		.unwrap();
		submit_ok(&saver(), VaultCall::deposit { assets: 500 * USD, min_shares: 0 });
		submit_ok(&who, VaultCall::deposit { assets: 90 * USD, min_shares: 0 });
		assert_eq!(Balances::balance(&who), 0);
		let request = || VaultCall::request_redemption { shares: 10 * USD, least_price: None };
		submit_ok(&who, request());
		let held = || UsdAiHold::balance_on_hold(&HoldReason::RedemptionRequest.into(), &who);
		assert_eq!((held(), usdai_of(&who)), (USD, 9 * USD));
		check_state();
		// Who has them gives native tokens.
		submit_ok(&saver(), request());
		let reason = HoldReason::RedemptionRequest.into();
		assert!(Balances::balance_on_hold(&reason, &saver()) > 0);
		check_state();
		submit_ok(&who, VaultCall::cancel_request { id: 0 });
		assert_eq!((held(), usdai_of(&who)), (0, 10 * USD));
	});
}

/// Spam at tick 0 cannot be refused by price: each request is a share and its owner's deposit. It
/// costs the chain steps of idle work, and changes neither the price nor the turn of those before.
#[test]
fn many_small_requests_should_cost_deposits_and_take_nobodys_turn() {
	run_live(|| {
		deposit(&saver(), 100_000);
		deposit(&off_taker(), 1_000);
		let before = Balances::balance(&off_taker());
		submit_ok(&saver(), VaultCall::request_redemption { shares: QUEUED, least_price: None });
		let spam = || VaultCall::request_redemption { shares: USD, least_price: None };
		for _ in 0..50 {
			submit_ok(&off_taker(), spam());
		}
		submit_err(&off_taker(), spam(), VaultError::<Runtime>::TooManyRequests);
		let deposit = before - Balances::balance(&off_taker());
		assert!(deposit >= 50 * caliber_runtime::configs::vault::RequestDeposit::get());
		let close = Vault::window().closes_at;
		set_time(close);
		turn_round();
		submit_ok(&saver(), VaultCall::start_settlement {});
		submit_ok(&saver(), VaultCall::settle { max_requests: 1 });
		assert_eq!(Vault::request(0).unwrap().claimable, QUEUED);
		submit_ok(&saver(), VaultCall::settle { max_requests: 50 });
	});
}

/// The price of the machines falls in this block, and who reads it first leaves at the value of
/// before. Anyone turns the round that the price asks for, and the price of a share is that of after.
#[test]
fn leaver_should_not_be_paid_the_price_of_before_a_fall_that_is_on_chain() {
	run_live(|| {
		let (_, close) = queued();
		let id = pallet_caliber_vault::NextRequestId::<Runtime>::get() - 1;
		submit_ok(&saver(), VaultCall::cancel_request { id });
		pass_to(close - 5 * DAY);
		idle_block();
		let leave = || VaultCall::redeem_now { shares: 500 * USD, min_assets: 0 };
		let before = usdai_of(&saver());
		submit_ok(&saver(), leave());
		let paid = usdai_of(&saver()) - before;

		// The accepted price follows by a tenth each time, and twice is more than the cushion of a draw.
		for _ in 0..2 {
			set_time(now() + 600);
			report_h100(11_750 * USD, USD, 440_450_000_000_000_000);
		}
		submit_err(&saver(), leave(), VaultError::<Runtime>::RoundTooOld);
		submit_ok(&off_taker(), CreditCall::turn_round { max_lines: 10 });
		assert!(Vault::nav().impairment > 1_000 * USD);
		let before = usdai_of(&saver());
		submit_ok(&saver(), leave());
		let paid_after = usdai_of(&saver()) - before;
		assert!(paid_after + 5 * USD < paid, "{paid_after} {paid}");
	});
}

/// A frozen account has all its shares in a request: it hands nothing over.
#[test]
fn request_should_stay_with_a_frozen_account() {
	run_live(|| {
		queued();
		let id = pallet_caliber_vault::NextRequestId::<Runtime>::get() - 1;
		let mallory = saver();
		let rest = susdai_of(&mallory);
		submit_ok(&mallory, VaultCall::request_redemption { shares: rest, least_price: None });
		submit_ok(&mallory, VaultCall::transfer_request { id, to: Some(off_taker()) });
		let freeze = pallet_caliber_reserves::Call::freeze {
			who: mallory.clone(),
			reason: Default::default(),
		};
		assert_ok!(RuntimeCall::from(freeze).dispatch(Origin::StableAdmin.into()));
		submit_err(
			&off_taker(),
			VaultCall::accept_request { id },
			VaultError::<Runtime>::OwnerFrozen,
		);
		let again = VaultCall::transfer_request { id: id + 1, to: Some(off_taker()) };
		submit_err(&mallory, again, VaultError::<Runtime>::OwnerFrozen);
	});
}
