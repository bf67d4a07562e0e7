// SPDX-License-Identifier: Apache-2.0

//! Powers of the technical committee: it stops the trading of bills for a time, and nothing else.

use super::mock::*;
use crate::{BillTrading, Error, Event, MintRateLimit};
use caliber_primitives::{traits::TreasuryBills, USD};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, assert_storage_noop},
	sp_runtime::{traits::BadOrigin, DispatchResult, Perbill},
};

fn committee() -> RuntimeOrigin {
	RuntimeOrigin::signed(COMMITTEE)
}

fn stop() -> DispatchResult {
	Reserves::set_bill_trading(committee(), true)
}

fn rebalance() -> DispatchResult {
	Reserves::rebalance(RuntimeOrigin::signed(ALICE))
}

/// Runs a test with a market of bills at one dollar, a vault with ten thousand USDai to invest, and
/// a thousand bills.
fn with_market(test: impl FnOnce()) {
	let at_genesis = bill(BILL, Perbill::zero());
	ExtBuilder::default().wide_peg().bill(at_genesis).build_and_execute(|| {
		set_price(PRICED_BILL, Some(USD));
		open_pool(BILL, 2_000_000 * USD, 2_000_000 * UNIT);
		fund_vault(10_000 * USD);
		assert_ok!(send(BILL, &BOB, &Reserves::account_id(), 1_000 * UNIT));
		set_bills_held(1_000 * UNIT);
		test();
	});
}

#[test]
fn committee_should_raise_no_risk() {
	with_market(|| {
		assert_ok!(mint(USDT, 1_000 * USD));
		let before = MintRateLimit::<Test>::get();
		assert_noop!(Reserves::reset_mint_rate_limit(committee()), BadOrigin);
		assert_eq!(MintRateLimit::<Test>::get(), before);
		for priced_asset in [Some(1), None] {
			let set = Reserves::set_priced_asset(committee(), USDC, priced_asset);
			assert_noop!(set, BadOrigin);
		}
		// Neither another token, nor a higher or lower haircut, nor none.
		for terms in [
			Some(bill(BILL18, Perbill::zero())),
			Some(bill(BILL, Perbill::from_percent(5))),
			Some(bill(BILL, Perbill::zero())),
			None,
		] {
			assert_noop!(Reserves::set_treasury_bill(committee(), terms), BadOrigin);
		}
		assert_noop!(Reserves::set_bill_trading(committee(), false), BadOrigin);
		for stopped in [true, false] {
			let alice = RuntimeOrigin::signed(ALICE);
			assert_noop!(Reserves::set_bill_trading(alice, stopped), BadOrigin);
		}
	});
}

#[test]
fn stop_should_stop_every_trade_and_nothing_else() {
	with_market(|| {
		assert_ok!(mint(USDT, 1_000 * USD));
		assert_ok!(stop());
		let until = Some(START + 14 * DAY);
		assert_eq!(last_event(), Event::BillTradingSet { stopped: true, until });
		assert_noop!(rebalance(), Error::<Test>::TradingStopped);
		// Nor is there a sale with a buffer of the whole.
		Values::mutate(|values| values.liquidity_buffer = Perbill::one());
		assert_noop!(rebalance(), Error::<Test>::TradingStopped);
		let report = Reserves::bills().expect("there are bills");
		assert_eq!((report.rebalance_room, report.divest_room), (0, 0));
		// A settlement goes on without the sale, and the bills keep their value.
		System::reset_events();
		assert_storage_noop!({
			assert_eq!(Reserves::divest(100 * USD), 0);
			let reason = Error::<Test>::TradingStopped.into();
			assert_eq!(last_event(), Event::DivestFailed { wanted: 100 * USD, reason });
			System::reset_events();
		});
		assert_eq!(Reserves::value(), 1_000 * USD);
		assert_eq!(Reserves::value_for_deposits(), Some(1_000 * USD));
		// USDai is minted and redeemed as before.
		assert_ok!(redeem(USDT, 100 * USD));
		assert_ok!(mint(USDT, 100 * USD));
	});
}

#[test]
fn stop_of_the_committee_should_end_by_itself_and_rest() {
	with_market(|| {
		assert_ok!(stop());
		// It gets no longer by being repeated.
		pass(13 * DAY);
		assert_noop!(stop(), Error::<Test>::NotStricter);
		pass(DAY - 1);
		assert_noop!(rebalance(), Error::<Test>::TradingStopped);
		assert_noop!(stop(), Error::<Test>::NotStricter);
		pass(1);
		assert_noop!(stop(), Error::<Test>::BrakeResting);
		assert_ok!(rebalance());
		assert_eq!(Reserves::divest(100 * USD), 100 * USD);
		pass(30 * DAY - 1);
		assert_noop!(stop(), Error::<Test>::BrakeResting);
		pass(1);
		assert_ok!(stop());
		assert_eq!(Reserves::divest(100 * USD), 0);
	});
}

#[test]
fn referendum_should_stop_and_resume_for_good() {
	with_market(|| {
		let root = |stopped| Reserves::set_bill_trading(RuntimeOrigin::root(), stopped);
		assert_ok!(root(true));
		assert_eq!(last_event(), Event::BillTradingSet { stopped: true, until: None });
		// The committee adds nothing to it, and cannot turn it into a stop that ends.
		assert_noop!(stop(), Error::<Test>::NotStricter);
		pass(365 * DAY);
		assert_noop!(rebalance(), Error::<Test>::TradingStopped);
		assert_ok!(root(false));
		assert_eq!(last_event(), Event::BillTradingSet { stopped: false, until: None });
		assert_ok!(rebalance());
	});
}

#[test]
fn referendum_should_end_a_stop_of_the_committee_and_let_it_rest() {
	with_market(|| {
		assert_ok!(stop());
		pass(DAY);
		assert_ok!(Reserves::set_bill_trading(RuntimeOrigin::root(), false));
		assert!(!BillTrading::<Test>::get().at(now()));
		assert_ok!(rebalance());
		assert_noop!(stop(), Error::<Test>::BrakeResting);
		pass(30 * DAY - 1);
		assert_noop!(stop(), Error::<Test>::BrakeResting);
		pass(1);
		assert_ok!(stop());
	});
}

#[test]
fn offers_should_be_none_while_bills_trade_in_a_pool() {
	with_market(|| {
		assert_eq!(Reserves::offers(), vec![]);
		assert_ok!(rebalance());
		assert_eq!(Reserves::offers(), vec![]);
	});
}
