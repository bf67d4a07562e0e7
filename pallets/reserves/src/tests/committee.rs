// SPDX-License-Identifier: Apache-2.0

//! Powers of the technical committee: it stops the trading of bills and the minting against a
//! stablecoin for a time, and nothing else.

use super::mock::*;
use crate::{BillTrading, Error, Event, MintRateLimit};
use caliber_primitives::{reserves::BillSide, traits::TreasuryBills, USD};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok},
	sp_runtime::{traits::BadOrigin, DispatchResult, Perbill},
};

fn committee() -> RuntimeOrigin {
	RuntimeOrigin::signed(COMMITTEE)
}

fn stop() -> DispatchResult {
	Reserves::set_bill_trading(committee(), true)
}

fn buy() -> DispatchResult {
	fill(BillSide::Buys, 1_000 * USD)
}

fn sell() -> DispatchResult {
	VaultWanted::set(&(20_000 * USD));
	let sold = fill(BillSide::Sells, 100 * USD);
	VaultWanted::set(&0);
	sold
}

/// Runs a test with bills at one dollar, a vault with ten thousand USDai to invest, and a thousand
/// bills.
fn with_market(test: impl FnOnce()) {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		with_bills(BILL, 10_000 * USD);
		hold(BILL, 1_000 * UNIT);
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
		assert_noop!(Reserves::set_priced_asset(committee(), USDC, 1), BadOrigin);
		assert_noop!(Reserves::set_minting_stopped(committee(), USDC, false), BadOrigin);
		let terms = peg_terms(0, 0);
		assert_noop!(Reserves::set_stablecoin_terms(committee(), USDC, terms), BadOrigin);
		assert_noop!(Reserves::add_stablecoin(committee(), BILL, 1, terms), BadOrigin);
		assert_noop!(Reserves::remove_stablecoin(committee(), USDC), BadOrigin);
		assert_noop!(Reserves::set_debt_ceiling(committee(), 0), BadOrigin);
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
		assert_noop!(buy(), Error::<Test>::TradingStopped);
		// Nor is there a sale for the queue, or with a buffer of the whole.
		assert_eq!(sell(), Err(Error::<Test>::TradingStopped.into()));
		Values::mutate(|values| values.liquidity_buffer = Perbill::one());
		assert_eq!(sell(), Err(Error::<Test>::TradingStopped.into()));
		assert_eq!(Reserves::offers(), vec![]);
		// The bills keep their value.
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
		assert_noop!(buy(), Error::<Test>::TradingStopped);
		assert_noop!(stop(), Error::<Test>::NotStricter);
		pass(1);
		assert_noop!(stop(), Error::<Test>::BrakeResting);
		assert_ok!(buy());
		assert_ok!(sell());
		pass(30 * DAY - 1);
		assert_noop!(stop(), Error::<Test>::BrakeResting);
		pass(1);
		assert_ok!(stop());
		assert_eq!(sell(), Err(Error::<Test>::TradingStopped.into()));
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
		assert_noop!(buy(), Error::<Test>::TradingStopped);
		assert_ok!(root(false));
		assert_eq!(last_event(), Event::BillTradingSet { stopped: false, until: None });
		assert_ok!(buy());
	});
}

#[test]
fn referendum_should_end_a_stop_of_the_committee_and_let_it_rest() {
	with_market(|| {
		assert_ok!(stop());
		pass(DAY);
		assert_ok!(Reserves::set_bill_trading(RuntimeOrigin::root(), false));
		assert!(!BillTrading::<Test>::get().at(now()));
		assert_ok!(buy());
		assert_noop!(stop(), Error::<Test>::BrakeResting);
		pass(30 * DAY - 1);
		assert_noop!(stop(), Error::<Test>::BrakeResting);
		pass(1);
		assert_ok!(stop());
	});
}

#[test]
fn stop_of_minting_should_stop_one_stablecoin_and_no_redemption() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(mint(USDC, 1_000 * UNIT));
		assert_ok!(mint(USDT, 1_000 * USD));
		assert_ok!(Reserves::set_minting_stopped(committee(), USDC, true));
		let until = Some(START + 14 * DAY);
		assert_eq!(last_event(), Event::MintingStopSet { asset: USDC, stopped: true, until });
		assert_noop!(mint(USDC, UNIT), Error::<Test>::MintingStopped);
		assert!(Reserves::proof_of_reserves().reserves.iter().any(|each| each.minting_stopped));
		assert_ok!(mint(USDT, USD));
		// It is no freeze: each stablecoin leaves alone.
		for (asset, amount) in [(USDC, 10 * USD), (USDT, 10 * USD)] {
			assert_ok!(redeem(asset, amount));
		}
		assert_ok!(basket(10 * USD));
		pass(14 * DAY - 1);
		assert_noop!(mint(USDC, UNIT), Error::<Test>::MintingStopped);
		pass(1);
		assert_ok!(mint(USDC, UNIT));
		let again = Reserves::set_minting_stopped(committee(), USDC, true);
		assert_noop!(again, Error::<Test>::BrakeResting);
	});
}

#[test]
fn stop_of_minting_should_last_when_a_referendum_decides_it() {
	ExtBuilder::default().build_and_execute(|| {
		let root =
			|asset, stopped| Reserves::set_minting_stopped(RuntimeOrigin::root(), asset, stopped);
		assert_noop!(root(BILL, true), Error::<Test>::NotAStablecoin);
		assert_ok!(root(USDC, true));
		pass(365 * DAY);
		assert_noop!(mint(USDC, UNIT), Error::<Test>::MintingStopped);
		let committee = Reserves::set_minting_stopped(committee(), USDC, true);
		assert_noop!(committee, Error::<Test>::NotStricter);
		assert_ok!(root(USDC, false));
		assert_ok!(mint(USDC, UNIT));
	});
}
