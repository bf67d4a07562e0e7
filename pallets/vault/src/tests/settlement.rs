// SPDX-License-Identifier: Apache-2.0

use super::mock::*;
use crate::{Error, Event, LastSettled, Ledger, Settlement};
use caliber_primitives::{traits::SeniorLender, Balance, USD};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok},
	sp_runtime::{FixedU128, Perbill},
};

/// Alice has 100 and Bob 100, minus the locked shares, and each request is for ten shares.
fn two_savers(requests: u32) {
	assert_ok!(deposit(ALICE, 100 * USD));
	assert_ok!(deposit(BOB, 100 * USD));
	for index in 0..requests {
		assert_ok!(redeem(if index % 2 == 0 { ALICE } else { BOB }, 10 * USD));
	}
}

#[test]
fn settlement_should_serve_all_in_full_when_there_is_enough() {
	ExtBuilder::default().build_and_execute(|| {
		two_savers(3);
		// 200 shares for 218: 1.09 each.
		assert_ok!(receive(0, 20 * USD));
		to_window(FIRST_WINDOW + 1);
		System::reset_events();
		assert_ok!(start());
		assert_eq!(
			events(),
			[Event::SettlementStarted {
				window: FIRST_WINDOW,
				price: FixedU128::from_rational(109, 100),
				cost: 0,
				queued: 30 * USD,
				marginal: None,
				tick: 0,
				shares: 30 * USD,
				liquidity: 327 * USD / 10,
				forgone: 0,
			}]
		);
		let ledger = Ledger::<Test>::get();
		assert_eq!((ledger.idle, ledger.reserved), (1_853 * USD / 10, 327 * USD / 10));
		assert_eq!(Vault::lendable(), 1_853 * USD / 10);

		System::reset_events();
		assert_ok!(settle(10));
		let served = |id| Event::Served { id, shares: 10 * USD, assets: 109 * USD / 10 };
		assert_eq!(
			events(),
			[
				served(0),
				served(1),
				served(2),
				Event::SettlementFinished {
					window: FIRST_WINDOW,
					served_shares: 30 * USD,
					paid: 327 * USD / 10,
					left: 0,
				}
			]
		);
		let ledger = Ledger::<Test>::get();
		assert_eq!((ledger.reserved, ledger.claimable), (0, 327 * USD / 10));
		let nav = Vault::nav();
		assert_eq!(nav.shares, 170 * USD);
		assert_eq!(nav.redemption_price, FixedU128::from_rational(109, 100));
		assert_eq!(nav.claimable, 327 * USD / 10);
		assert_eq!(LastSettled::<Test>::get(), Some(FIRST_WINDOW));
	});
}

#[test]
fn settlement_should_serve_in_order_and_the_last_in_part_when_there_is_not_enough() {
	ExtBuilder::default().build_and_execute(|| {
		two_savers(4);
		assert_ok!(lend(175 * USD));
		to_window(FIRST_WINDOW + 1);
		assert_ok!(start());
		assert_eq!(Vault::lendable(), 0);
		assert_ok!(settle(10));
		assert_eq!(
			last_event(),
			Event::SettlementFinished {
				window: FIRST_WINDOW,
				served_shares: 25 * USD,
				paid: 25 * USD,
				left: 15 * USD,
			}
		);
		let state: Vec<_> = (0..4).map(|id| (request(id).shares, request(id).claimable)).collect();
		assert_eq!(state, [(0, 10 * USD), (0, 10 * USD), (5 * USD, 5 * USD), (10 * USD, 0)]);

		// Those left come before a newcomer.
		assert_ok!(redeem(ALICE, 10 * USD));
		assert_ok!(receive(20 * USD, 0));
		to_window(FIRST_WINDOW + 2);
		assert_ok!(start());
		assert_ok!(settle(10));
		let state: Vec<_> = (2..5).map(|id| (request(id).shares, request(id).claimable)).collect();
		assert_eq!(state, [(0, 10 * USD), (0, 10 * USD), (5 * USD, 5 * USD)]);
	});
}

#[test]
fn settlement_should_give_the_same_whatever_the_number_of_steps() {
	let outcome = |steps: &[u32]| {
		let mut result = Vec::new();
		ExtBuilder::default().build_and_execute(|| {
			two_savers(7);
			assert_ok!(receive(0, 7 * USD));
			assert_ok!(lend(150 * USD));
			to_window(FIRST_WINDOW + 1);
			assert_ok!(start());
			for step in steps {
				assert_ok!(settle(*step));
				assert_ok!(Vault::do_try_state());
			}
			assert_eq!(Settlement::<Test>::get(), None);
			result = (0..7).map(|id| (request(id).shares, request(id).claimable)).collect();
		});
		result
	};
	let at_once = outcome(&[100]);
	assert_eq!(outcome(&[1, 1, 1, 1, 1, 1]), at_once);
	assert_eq!(outcome(&[2, 3, 4]), at_once);
}

#[test]
fn settlement_should_keep_its_price_when_others_deposit_and_losses_come_between_steps() {
	ExtBuilder::default().build_and_execute(|| {
		two_savers(4);
		assert_ok!(lend(100 * USD));
		to_window(FIRST_WINDOW + 1);
		assert_ok!(start());
		assert_ok!(settle(1));

		// A depositor pays the current price, the same as before: nothing is dearer or cheaper for
		// the settlement.
		assert_ok!(deposit(CHARLIE, 40 * USD));
		assert_eq!(shares(CHARLIE), 40 * USD);
		assert_ok!(settle(1));

		// A loss: 200 shares remain, for 200, less 20.
		assert_ok!(write_off(20 * USD, 0));
		let after_loss = Vault::nav();
		assert_eq!(after_loss.redemption_price, FixedU128::from_rational(180, 200));
		for id in 2..4 {
			assert_ok!(settle(1));
			assert_eq!(request(id).claimable, 10 * USD);
			let nav = Vault::nav();
			assert_eq!(nav.redemption_price, after_loss.redemption_price);
			assert_eq!(nav.deposit_price, after_loss.deposit_price);
		}
		assert_eq!(Settlement::<Test>::get(), None);
	});
}

#[test]
fn settlement_should_never_lower_the_price_of_those_who_stay() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(deposit(BOB, 50 * USD));
		// A price that does not come out even.
		assert_ok!(receive(0, 1_234_567_890_123_456_789));
		for _ in 0..9 {
			assert_ok!(redeem(ALICE, 3 * USD + 333_333_333_333_333_333));
		}
		to_window(FIRST_WINDOW + 1);
		let price = |nav: caliber_primitives::vault::Nav| (nav.for_redemptions, nav.shares);
		let mut before = price(Vault::nav());
		let mut check = || {
			let after = price(Vault::nav());
			// a/b >= c/d, exactly.
			use polkadot_sdk::sp_core::U256;
			let product = |a: Balance, b: Balance| U256::from(a) * U256::from(b);
			assert!(product(after.0, before.1) >= product(before.0, after.1));
			before = after;
		};
		assert_ok!(start());
		check();
		for _ in 0..9 {
			assert_ok!(settle(1));
			check();
		}
		assert_eq!(Settlement::<Test>::get(), None);
	});
}

#[test]
fn settlement_should_set_liquidity_aside_from_draws_and_claims() {
	ExtBuilder::default().build_and_execute(|| {
		two_savers(4);
		assert_ok!(lend(150 * USD));
		to_window(FIRST_WINDOW + 1);
		assert_ok!(start());
		// 50 idle, 40 of it set aside.
		assert_noop!(lend(10 * USD + 1), Error::<Test>::InsufficientLiquidity);
		assert_ok!(lend(10 * USD));
		assert_ok!(settle(1));
		assert_ok!(claim(ALICE, 0));
		assert_ok!(settle(10));
		assert_eq!(Ledger::<Test>::get().claimable, 30 * USD);
		assert_eq!(usdai(vault()), 30 * USD);
	});
}

#[test]
fn settlement_should_wait_for_the_close_and_come_once_a_window() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		to_window(FIRST_WINDOW + 1);
		// Nobody waits.
		assert_noop!(start(), Error::<Test>::NothingToSettle);
		assert_ok!(redeem(ALICE, 10 * USD));
		set_time(SINCE + u64::from(FIRST_WINDOW + 1) * LENGTH - 1);
		assert_noop!(start(), Error::<Test>::NothingToSettle);
		to_window(FIRST_WINDOW + 2);
		assert_noop!(settle(1), Error::<Test>::NoSettlement);
		assert_ok!(start());
		assert_noop!(start(), Error::<Test>::SettlementRunning);
		assert_noop!(settle(0), Error::<Test>::NoSteps);
		assert_ok!(settle(1));
		assert_noop!(settle(1), Error::<Test>::NoSettlement);

		assert_ok!(redeem(ALICE, 10 * USD));
		assert_noop!(start(), Error::<Test>::AlreadySettled);
		to_window(FIRST_WINDOW + 3);
		assert_ok!(start());
		assert_ok!(settle(1));
	});
}

#[test]
fn settlement_should_refuse_when_the_first_window_is_open() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		// Before the windows begin.
		set_time(SINCE - 1);
		assert_ok!(redeem(ALICE, 10 * USD));
		assert_eq!(request(0).window, 0);
		assert_noop!(start(), Error::<Test>::NothingToSettle);
		to_window(1);
		assert_ok!(start());
		assert_ok!(settle(1));
	});
}

#[test]
fn settlement_should_end_at_once_and_roll_over_when_nothing_is_idle() {
	ExtBuilder::default().build_and_execute(|| {
		two_savers(2);
		assert_ok!(lend(200 * USD));
		to_window(FIRST_WINDOW + 1);
		assert_ok!(start());
		assert_eq!(
			last_event(),
			Event::SettlementFinished {
				window: FIRST_WINDOW,
				served_shares: 0,
				paid: 0,
				left: 20 * USD,
			}
		);
		assert_eq!(request(0).window, FIRST_WINDOW + 1);
		assert_ok!(cancel(ALICE, 0));
	});
}

#[test]
fn settlement_should_not_burn_shares_that_are_worth_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		two_savers(2);
		assert_ok!(lend(200 * USD));
		assert_ok!(Vault::provision(0, 200 * USD));
		to_window(FIRST_WINDOW + 1);
		assert_ok!(start());
		assert_eq!(request(0).shares, 10 * USD);
		assert_eq!(Vault::nav().shares, 200 * USD);

		// They recover with the loan.
		assert_ok!(receive(200 * USD, 0));
		assert_ok!(Vault::provision(200 * USD, 0));
		to_window(FIRST_WINDOW + 2);
		assert_ok!(start());
		assert_ok!(settle(2));
		assert_eq!(request(1).claimable, 10 * USD);
	});
}

#[test]
fn settlement_should_pay_an_impaired_price_when_a_loan_is_impaired() {
	ExtBuilder::default().build_and_execute(|| {
		two_savers(2);
		assert_ok!(lend(100 * USD));
		assert_ok!(Vault::provision(0, 50 * USD));
		to_window(FIRST_WINDOW + 1);
		assert_ok!(start());
		assert_ok!(settle(2));
		assert_eq!(request(0).claimable, 75 * USD / 10);
		assert_eq!(
			Vault::nav().redemption_price,
			FixedU128::from_perbill(Perbill::from_percent(75))
		);
	});
}

#[test]
fn settlement_should_return_the_dust_of_rounding_to_idle() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 3 * USD));
		assert_ok!(deposit(BOB, 7 * USD));
		// 10 shares for 10.9 + 9 units.
		assert_ok!(receive(0, USD + 10));
		assert_ok!(redeem(BOB, USD + 1));
		assert_ok!(redeem(BOB, USD + 1));
		to_window(FIRST_WINDOW + 1);
		assert_ok!(start());
		// 2 * (1e18 + 1) shares at (10.9e18 + 9) / 10e18:
		// 2.18e18 + 2 * 0.9 + 2 * 1.09 + … = 2.18e18 + 3.98
		let reserved = Ledger::<Test>::get().reserved;
		assert_eq!(reserved, 218 * USD / 100 + 3);
		assert_ok!(settle(2));
		// Each: 1.09e18 + 1.99, rounded down.
		assert_eq!(request(0).claimable, 109 * USD / 100 + 1);
		assert_eq!(request(1).claimable, 109 * USD / 100 + 1);
		let ledger = Ledger::<Test>::get();
		assert_eq!(ledger.reserved, 0);
		assert_eq!(ledger.idle + ledger.claimable, 109 * USD / 10 + 9);
	});
}

#[test]
fn settle_should_cost_what_it_has_served() {
	use crate::WeightInfo;
	ExtBuilder::default().build_and_execute(|| {
		two_savers(2);
		to_window(FIRST_WINDOW + 1);
		assert_ok!(start());
		let post = Vault::settle(RuntimeOrigin::signed(CHARLIE), 100).expect("it runs");
		assert_eq!(post.actual_weight, Some(<() as WeightInfo>::settle(2)));
	});
}

#[test]
#[should_panic(expected = "Unexpected")]
fn settle_should_stop_when_the_state_contradicts_itself() {
	ExtBuilder::default().build().execute_with(|| {
		two_savers(2);
		to_window(FIRST_WINDOW + 1);
		assert_ok!(start());
		// The head of the lane is not there. Where assertions are on, this is noticed at once.
		crate::Requests::<Test>::remove(0);
		let _ = settle(1);
	});
}
